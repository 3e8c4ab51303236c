"""Look for passages and lay them under the conversation."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from sobre.core.exchange import Actor, Ask, Message, Operation, Passage
from sobre.core.ports import Source


async def passages(ask: Ask, actor: Actor, sources: Sequence[Source]) -> tuple[Passage, ...]:
    """What every source has for this actor and this request; nothing when there is no source."""
    if ask.operation is not Operation.CHAT:
        return ()
    found: list[Passage] = []
    for source in sources:
        found.extend(await source.passages(ask, actor))
    return tuple(found)


def ground(ask: Ask, found: Sequence[Passage]) -> Ask:
    """The request with its passages as a first system message.

    They become part of what is inspected: a retrieved passage may be the confidential part.
    """
    if not found:
        return ask
    quoted = "\n\n".join(f"[{number}] {p.source}\n{p.text}" for number, p in enumerate(found, 1))
    first = Message("system", f"Answer from these passages only, citing their numbers.\n\n{quoted}")
    return dataclasses.replace(ask, messages=(first, *ask.messages))
