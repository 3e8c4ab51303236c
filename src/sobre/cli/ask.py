"""``sobre ask``: one question from the terminal, through the whole life of a request."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sobre.errors import BadRequest
from sobre.messages import reason, say

if TYPE_CHECKING:
    from sobre.config import Config
    from sobre.core.exchange import Actor, Delta, Exchange, RungCard

Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse names it nowhere else


def add(subcommands: Subcommands[argparse.ArgumentParser], lang: str) -> None:
    command = subcommands.add_parser("ask", help=say("cli.ask.about", lang))
    command.add_argument("question", metavar="QUESTION", help=say("cli.ask.question", lang))
    command.add_argument("--model", default="auto", help=say("cli.ask.model", lang))
    command.add_argument("--system", help=say("cli.ask.system", lang))
    command.add_argument("--max-tokens", type=int, help=say("cli.ask.max_tokens", lang))
    command.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    import asyncio
    import logging

    from sobre import config

    # What goes wrong is told once, in the person's language, by the error itself.
    logging.getLogger("sobre").addHandler(logging.NullHandler())
    question = sys.stdin.read() if args.question == "-" else args.question
    if not question.strip():
        raise BadRequest("There is no question.", key="error.no_question")
    if args.max_tokens is not None and args.max_tokens < 1:
        raise BadRequest("--max-tokens needs 1 or more.", key="error.max_tokens")
    settings = config.load(args.config, data_dir=args.data_dir)
    return asyncio.run(_ask(settings, question, args))


class _Operator:
    """The port ``KeyRing`` for the terminal: whoever can read the data folder runs this Sobre."""

    def __init__(self, name: str) -> None:
        self._name = name

    def actor(self, digest: bytes, now: float) -> Actor:  # noqa: ARG002 - the port's shape
        from sobre.core.exchange import Actor

        return Actor("cli", self._name, "", "admin")


class _Terminal:
    """The port ``Reader`` over standard output; silent where JSON is wanted."""

    def __init__(self, *, silent: bool) -> None:
        self._silent = silent

    async def begin(self, card: RungCard) -> None: ...

    async def push(self, deltas: Sequence[Delta]) -> None:
        if not self._silent:
            print("".join(d.text for d in deltas if d.text), end="", flush=True)


async def _ask(settings: Config, question: str, args: argparse.Namespace) -> int:
    import dataclasses
    import getpass
    import os
    import time

    from sobre import life
    from sobre.app import open_app
    from sobre.core.exchange import Ask, Message, Operation, exchange_id

    now = time.time()
    system = (Message("system", args.system),) if args.system else ()
    ask = Ask(
        id=exchange_id(now, os.urandom(10)),
        operation=Operation.CHAT,
        door="cli",
        model=args.model,
        messages=(*system, Message("user", question)),
        received_at=now,
        stream=True,
        max_tokens=args.max_tokens,
    )
    async with open_app(settings) as app:
        house = dataclasses.replace(app.house, keys=_Operator(getpass.getuser()))
        exchange = await life.answer(ask, "cli", house, _Terminal(silent=args.json))
    if args.json:
        print(_json(exchange, args.lang))
    else:
        print("\n", flush=True)
        print(_summary(exchange, args.lang), file=sys.stderr)
        if told := exchange.notes.get("budget"):
            print(reason(told, args.lang), file=sys.stderr)
    return 0


def _json(exchange: Exchange, lang: str) -> str:
    import msgspec

    from sobre.web.dialects.fields import sobre_json

    choices = exchange.reply.choices if exchange.reply else ()
    told = {"answer": choices[0].text if choices else None, "sobre": sobre_json(exchange, lang)}
    return msgspec.json.format(msgspec.json.encode(told)).decode()


def _summary(exchange: Exchange, lang: str) -> str:
    from sobre.messages.amounts import amount, impact_words, in_one_line, number

    kept, impact = exchange.kept, exchange.impact
    assert kept is not None
    words = impact_words(impact.gwp if impact else None, exchange.compared, exchange.avoided, lang)
    return say(
        "cli.ask.summary",
        lang,
        rung=kept.rung,
        model=kept.model,
        zone=say(f"cli.zone.{kept.zone.slug}", lang),
        seconds=number(kept.seconds, lang),
        energy=amount(impact.energy if impact else None, lang),
        impact=in_one_line(words, lang),
        tier=impact.tier if impact else "–",
        exchange=exchange.ask.id,
    )
