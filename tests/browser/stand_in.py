"""A server with the real console and a model that is played: `python stand_in.py`.

Prints its port and the key. What it answers depends on a word of the question: ``policy``,
``unknown``, ``cut``, ``slow``, ``markup``. The shield knows the name "Claire Fontaine" and the word
"dépression", and fails on ``broken``.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sobre import messages
from sobre.app import Corrected, Preview, RungState, Status, Toward
from sobre.core.exchange import Actor
from sobre.core.reason import Reason
from sobre.core.zone import BY_SLUG
from sobre.errors import ShieldFailed
from sobre.web import console

KEY = "sk-sobre-of-the-test"
EXCHANGE = "ex_01K2ZJ8Q6W3V9T7R5N4M2H1GCD"
NAME, ALIAS = "Claire Fontaine", "[FEMME-1-k3v9]"
KNOWN = [("person", "personal", NAME), ("health", "sensitive", "dépression")]
TEXT = "Une **facture** porte :\n\n1. sa date ;\n2. son numéro.\n\n```\nTotal  650,00\n```\nFin."


class House:
    def __init__(self) -> None:
        self.open = False
        self.made: list[Corrected] = []

    def sign_in(self, key: str) -> str | None:
        self.open = key == KEY
        return "token" if self.open else None

    def session(self, token: str) -> Actor | None:
        actor = Actor("k1", "Camille", "direction", "admin")
        return actor if self.open and token == "token" else None

    def sign_out(self, token: str) -> None:
        self.open = False

    def status(self) -> Status:
        here: RungState = {
            "name": "embedded",
            "zone": "machine",
            "level": 2,
            "model": "small",
            "ready": True,
            "note": "",
        }
        far: RungState = {**here, "name": "far", "zone": "eu-hosted", "level": 3}
        policy = {"plain": {"eu-hosted": "pass"}, "personal": {"eu-hosted": "disguise"}}
        return {"version": "0.0", "rungs": [here, far], "policy": policy}

    async def preview(self, text: str, actor: Actor, **asked: Any) -> Preview:
        if "broken" in text:
            raise ShieldFailed("It broke.", key="error.shield_failed", params={"kind": "Broken"})
        held = {name for _, name, value in KNOWN if value in text}
        return {
            "findings": [
                {
                    "start": text.index(value),
                    "end": text.index(value) + len(value),
                    "kind": kind,
                    "data_class": name,
                    "evidence": "title before it",
                    "score": 0.95,
                    "masked": name == "personal",
                    "clearing": "free" if name == "personal" else "no",
                }
                for kind, name, value in KNOWN
                if value in text
            ],
            "zones": [self._toward(zone, text, held) for zone in BY_SLUG],
        }

    def corrections(self, actor: Actor) -> list[Corrected]:
        return list(self.made)

    def correct(
        self, actor: Actor, verb: str, text: str, *, kind: str = "", forced: bool = False
    ) -> Corrected:
        made: Corrected = {
            "id": f"C{len(self.made) + 1}",
            "verb": verb,
            "text": text,
            "kind": kind,
            "team": "",
            "owner": actor.name,
            "made_at": 1.8e9,
            "forced": forced,
        }
        self.made.append(made)
        return made

    def revoke(self, actor: Actor, label: str) -> None:
        self.made = [one for one in self.made if one["id"] != label]

    def _toward(self, zone: str, text: str, held: set[str]) -> Toward:
        near = zone in ("machine", "company")
        closed = zone == "abroad" or ("sensitive" in held and zone != "machine")
        hides = "personal" in held and not near and not closed
        action = "refuse" if closed else "disguise" if hides else "pass"
        return {
            "zone": zone,
            "action": action,
            "reason": Reason("closed", "reason.not_abroad") if closed else "",
            "classes": {"plain": "pass", **dict.fromkeys(sorted(held), action)},
            "text": None if closed else text.replace(NAME, ALIAS) if hides else text,
            "aliases": [ALIAS] if hides else [],
            "rungs": [rung for rung in self.status()["rungs"] if rung["zone"] == zone],
        }


def _amount(mid: float, unit: str) -> dict[str, Any]:
    return {"low": mid / 2, "mid": mid, "high": mid * 2, "unit": unit}


def _sobre(question: str, lang: str) -> dict[str, Any]:
    known = "unknown" not in question
    impact = {
        "energy": _amount(0.025, "Wh"),
        "gwp": _amount(0.0013, "gCO2eq"),
        "adpe": None,
        "pe": _amount(0.00029, "MJ"),
        "wcf": None,
        "tier": "B",
        "method": "cpu-time",
        "scope": {"processor": "computed", "training": "not assessed", "network": "excluded"},
    }
    return {
        "exchange": EXCHANGE,
        "rung": "embedded",
        "level": 2,
        "why": messages.say("reason.only", lang),
        "zone": "machine",
        "model": "small",
        "attempts": [
            {
                "rung": "embedded",
                "zone": "machine",
                "outcome": "kept",
                "reason": messages.say("reason.answered", lang),
                "seconds": 0.2,
            }
        ],
        "findings": {"email": 2, "iban": 1} if known else {},
        "disguised": False,
        "impact": impact if known else None,
        "cost": {"low": 0, "mid": 0, "high": 0, "unit": "EUR"} if known else None,
        "citations": [],
        "marking": {"ai_generated": True},
        "notes": {"quality": "not assessed"},
    }


def _event(value: object) -> str:
    return f"data: {json.dumps(value)}\n\n"


def _piece(text: str) -> str:
    return _event({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]})


async def _stream(question: str, lang: str) -> AsyncIterator[str]:
    text = "<img src=x onerror=alert(1)> <b>brut</b>" if "markup" in question else TEXT
    for word in text.replace(" ", " |").split("|"):
        yield _piece(word)
        await asyncio.sleep(0.5 if "slow" in question else 0.002)
        if "cut" in question:
            yield _event({"error": {"message": "It broke.", "code": "upstream_error"}})
            return
    yield _event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    yield _event({"choices": [], "usage": {"total_tokens": 9}, "sobre": _sobre(question, lang)})
    yield "data: [DONE]\n\n"


async def chat(request: Request) -> Response:
    body = await request.json()
    question = body["messages"][-1]["content"]
    headers = {"x-sobre-exchange": EXCHANGE, "x-sobre-rung": "embedded", "x-sobre-zone": "machine"}
    if "policy" in question:
        error = {"message": "A secret may not leave.", "code": "policy_refusal"}
        return JSONResponse({"error": error}, 403, headers=headers)
    lang = messages.best(request.headers.get("accept-language", ""))
    events = _stream(question, lang)
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


async def models(_: Request) -> Response:
    return JSONResponse({"data": [{"id": "auto"}, {"id": "embedded"}, {"id": "far"}]})


def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], KEY, flush=True)
    own = [Route("/v1/chat/completions", chat, methods=["POST"]), Route("/v1/models", models)]
    app = Starlette(routes=[*console.routes(House(), wrong_key_delay_s=0), *own])
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


if __name__ == "__main__":
    main()
