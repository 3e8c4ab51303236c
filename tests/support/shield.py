"""Requests with findings made by hand, and replies brought back whole or cut in pieces."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sobre import privacy
from sobre.core.exchange import Action, Ask, Choice, Delta, Finding, Outbound, Reply, Usage
from sobre.core.zone import Zone
from sobre.privacy import Aliases
from support.values import APP, Heard, ask, limits

Value = tuple[str, str]
"""A value and its kind; a person's may say the gender: ``person/f``."""


def seen(text: str, *values: Value, message: int = 0) -> list[Finding]:
    """A finding for each value, in the order in which they stand."""
    found, start = [], 0
    for value, kind in values:
        start = text.index(value, start)
        name, _, gender = kind.partition("/")
        end = start + len(value)
        found.append(
            Finding(message, ("content",), start, end, name, "personal", "test", 1.0, gender)
        )
        start = end
    return found


def leave(
    text: str, *values: Value, known: privacy.Known | None = None, **fields: Any
) -> tuple[str, Aliases]:
    """What leaves of one user message, and what its aliases stand for."""
    outbound, aliases = send(ask(text, **fields), seen(text, *values), known)
    return str(outbound.messages[0].content), aliases


def send(
    asked: Ask, findings: Sequence[Finding], known: privacy.Known | None = None
) -> tuple[Outbound, Aliases]:
    return privacy.disguise(
        asked, findings, limits(Action.DISGUISE), Zone.EU_HOSTED, APP, known or {}
    )


def reply_of(text: str | None, **fields: Any) -> Reply:
    return Reply((Choice(0, text, "stop", **fields),), Usage(1, 1), "m")


def back(text: str, aliases: Aliases) -> str:
    """A reply restored whole."""
    return str(privacy.restore(reply_of(text), aliases).choices[0].text)


def streamed(pieces: Sequence[Delta], aliases: Aliases) -> list[Delta]:
    """What a reader hears of a reply that comes in these steps."""
    heard = Heard()

    async def run() -> None:
        sink = privacy.restoring(heard, aliases)
        for piece in pieces:
            await sink.push([piece])
        await sink.push([Delta(0, None, "stop")])

    asyncio.run(run())
    return heard.deltas


def said(pieces: Sequence[str], aliases: Aliases) -> str:
    return "".join(d.text or "" for d in streamed([Delta(0, p) for p in pieces], aliases))


def cut(text: str, at: Sequence[int]) -> list[str]:
    """The text in pieces, cut at these places (taken modulo its length)."""
    places = sorted({0, len(text), *(place % (len(text) + 1) for place in at)})
    return [text[a:b] for a, b in pairwise(places)]
