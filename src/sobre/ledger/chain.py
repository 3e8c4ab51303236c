"""What a line of the ledger says, and how lines are bound so that a change shows.

A line's *canonical bytes* are its record in JSON: UTF-8, keys sorted, no spaces, shortest
round-trip numbers, no NaN. They are encoded once (by the adapter), stored, and only ever hashed
as stored: decoding and encoding again may turn ``0`` into ``0.0`` and break a good chain.

Texts are not in the record. It holds a commitment to each, ``SHA-256(tag || salt || text)`` with a
random salt stored beside the text: once both are erased the line still stands, and nobody can
confirm a guess of what the text was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sobre.core.exchange import (
    NO_PHASE,
    Actor,
    Ask,
    Attempt,
    Exchange,
    Impact,
    Json,
    Outcome,
    Phase,
    Reply,
)
from sobre.core.quantity import Quantity

Record = dict[str, Json]

EXCHANGE = "exchange"
ERASURE = "erasure"
ENERGY = "energy"
APPROVAL = "approval"
DOCUMENT_REMOVED = "document_removed"
WHOLE = "exchange"
"""In place of an attempt's impact and cost: they are those of the whole exchange."""

_PIECE = 2000

SALT_BYTES = 16
_LINK = b"sobre-ledger-1 link\x00"
_TEXT = b"sobre-ledger-1 text\x00"

GENESIS = hashlib.sha256(b"sobre-ledger-1 genesis").digest()
"""What the first line is bound to."""


class Why(StrEnum):
    """What is wrong with a line."""

    GAP = "gap"
    """A line of this number is not there."""
    LINK = "link"
    """Its bytes, its hash or its place are not those it was written with."""
    COLUMNS = "columns"
    """What the store indexes it by is not what the record says."""
    TEXT = "text"
    """A text kept beside it is not the one it was sealed with."""
    TEXT_GONE = "text_gone"
    """A text is missing and no erasure in the chain accounts for it."""
    HEAD = "head"
    """It is absent, or not the line whose hash was noted elsewhere."""


class Line(NamedTuple):
    """One stored line; ``flaw`` is what the store itself found wrong around it."""

    seq: int
    canonical: bytes
    hash: bytes
    flaw: Why | None = None


class Break(NamedTuple):
    seq: int
    why: Why


@dataclass(frozen=True, slots=True)
class Verdict:
    """``entries`` lines stand, the last with hash ``head``; ``broken`` is the first that fails."""

    entries: int
    head: bytes
    broken: Break | None


def link(previous: bytes, canonical: bytes) -> bytes:
    """The hash of a line: 32 bytes that depend on it and on every line before it."""
    # In pieces that hashlib takes without giving up the interpreter's lock: it is slower to fight a
    # busy event loop for the lock again than to hash.
    digest = hashlib.sha256(_LINK + previous)
    for start in range(0, len(canonical), _PIECE):
        digest.update(canonical[start : start + _PIECE])
    return digest.digest()


def commitment(salt: bytes, text: bytes) -> str:
    """What the chain keeps of a text, in hexadecimal."""
    return hashlib.sha256(b"".join((_TEXT, salt, text))).hexdigest()


def verify(lines: Iterable[Line], *, noted: tuple[int, bytes] | None = None) -> Verdict:
    """Walk the chain and stop at the first line that does not stand.

    A chain cut at its end is still a chain: only a head written down elsewhere can show that.
    ``noted`` is such a head, the number and hash of a line that must be found.
    """
    previous, count = GENESIS, 0
    for line in lines:
        expected = count + 1
        if line.seq != expected:
            return Verdict(count, previous, Break(expected, Why.GAP))
        if line.hash != link(previous, line.canonical):
            return Verdict(count, previous, Break(expected, Why.LINK))
        if noted is not None and noted[0] == expected and noted[1] != line.hash:
            return Verdict(count, previous, Break(expected, Why.HEAD))
        if line.flaw is not None:
            return Verdict(count, previous, Break(expected, line.flaw))
        previous, count = line.hash, expected
    if noted is not None and noted[0] > count:
        return Verdict(count, previous, Break(noted[0], Why.HEAD))
    return Verdict(count, previous, None)


def opening(ask: Ask, actor: Actor) -> Record:
    """What is known before anything leaves: enough to say later who asked what of whom."""
    return {
        "actor": {
            "key_id": actor.key_id,
            "name": actor.name,
            "role": actor.role,
            "team": actor.team,
        },
        "door": ask.door,
        "id": ask.id,
        "kind": EXCHANGE,
        "messages": len(ask.messages),
        "model": ask.model,
        "operation": ask.operation,
        "received_at": ask.received_at,
        "stream": ask.stream,
        "use_case": ask.use_case,
    }


def record(exchange: Exchange, texts: Record) -> Record:
    """The record of a sealed exchange. No message text and no finding's value is in it."""
    sealed = opening(exchange.ask, exchange.actor)
    sealed["attempts"] = [_attempt(attempt, exchange) for attempt in exchange.attempts]
    avoided, compared = exchange.avoided, exchange.compared
    sealed["avoided"] = avoided and {"against": avoided.rung, "gwp": _quantity(avoided.gwp)}
    sealed["compared"] = compared and compared._asdict()
    sealed["cost"] = _quantity(exchange.cost)
    sealed["disguised"] = exchange.disguised
    sealed["ended_at"] = exchange.ended_at
    sealed["findings"] = dict(exchange.findings)
    sealed["impact"] = _impact(exchange.impact)
    sealed["marking"] = dict(exchange.marking)
    sealed["notes"] = {step: str(note) for step, note in exchange.notes.items()}
    sealed["outcome"] = exchange.outcome
    sealed["reason"] = str(exchange.reason)
    sealed["skipped"] = {rung: str(why) for rung, why in exchange.skipped.items()}
    sealed["texts"] = texts
    return sealed


def interrupted(opened: Record, texts: Record) -> Record:
    """The record of an exchange found opened and never sealed. What nobody can know is ``None``."""
    return opened | {
        "attempts": None,
        "cost": None,
        "disguised": None,
        "ended_at": None,
        "findings": None,
        "impact": None,
        "marking": None,
        "notes": {"ledger": "the process stopped in the middle of this exchange"},
        "outcome": Outcome.INTERRUPTED,
        "reason": "the process stopped in the middle",
        "skipped": None,
        "texts": texts,
    }


def texts(*, kept: bool, ask: str | None, reply: str | None) -> Record:
    """Whether the texts were kept, and the commitments to those that were."""
    return {"ask": ask, "kept": kept, "reply": reply}


def erasure(
    *, at: float, by: Actor, exchange: str | None, before: float | None, count: int
) -> Record:
    """The record of an erasure: of one exchange, or of all received before a moment."""
    return {
        "actor": {"key_id": by.key_id, "name": by.name, "role": by.role, "team": by.team},
        "before": before,
        "count": count,
        "exchange": exchange,
        "kind": ERASURE,
        "received_at": at,
    }


def approval(
    *, at: float, by: Actor, approval: str, team: str, use_case: str, ends_at: float, revoked: bool
) -> Record:
    """The record that the top rung was opened in spite of a carbon budget, or closed again.

    An empty ``team`` or ``use_case`` means all; ``approval`` is its id.
    """
    return {
        "actor": {"key_id": by.key_id, "name": by.name, "role": by.role, "team": by.team},
        "approval": approval,
        "ends_at": ends_at,
        "kind": APPROVAL,
        "received_at": at,
        "revoked": revoked,
        "team": team,
        "use_case": use_case,
    }


def document_removed(
    *, name: str, at: float, by: str, collection: str, documents: Sequence[Record]
) -> Record:
    """The record that documents were deleted with all that was made of them.

    ``name`` is the removal's id; of each document its id, the SHA-256 of its file, and how many
    passages and characters went. No word of it is here.
    """
    return {
        "actor": {"key_id": "cli", "name": by, "role": "admin", "team": ""},
        "collection": collection,
        "count": len(documents),
        "documents": list(documents),
        "id": name,
        "kind": DOCUMENT_REMOVED,
        "received_at": at,
    }


def energy(
    *,
    name: str,
    start: float,
    end: float,
    source: str,
    sources: Mapping[str, Record],
    tier: str,
    scope: Mapping[str, str],
    zones: Sequence[str],
    total: Quantity,
    parts: Mapping[str, float],
    unattributed: float,
    failed: Sequence[Record],
) -> Record:
    """The record of what was measured between two moments (Unix seconds), see ``docs/measure.md``.

    ``parts`` is exchange id -> Wh; with ``unattributed`` they sum to the total's middle. Each of
    ``sources`` tells its own energy and idle in Wh and the seconds it covers, which are fewer than
    from start to end where no call was there or it failed.
    """
    return {
        "actor": {"key_id": "sobre", "name": "", "role": "", "team": ""},
        "failed": list(failed),
        "from": start,
        "id": name,
        "kind": ENERGY,
        "parts": dict(parts),
        "received_at": end,
        "scope": dict(scope),
        "source": source,
        "sources": dict(sources),
        "tier": tier,
        "to": end,
        "total": _quantity(total),
        "unattributed": unattributed,
        "zones": list(zones),
    }


def asked(ask: Ask) -> Record:
    """The text of the ask as it is kept: everything that a model could have been given."""
    return {
        "messages": ask.messages,
        "options": ask.options,
        "response_format": ask.response_format,
        "stop": ask.stop,
        "tools": ask.tools,
    }


def answered(reply: Reply) -> Record:
    """The text of the reply as it is kept, without log-probabilities and embedding vectors."""
    return {
        "choices": [
            {
                "finish_reason": choice.finish_reason,
                "index": choice.index,
                "rest": choice.rest,
                "text": choice.text,
                "tool_calls": choice.tool_calls,
            }
            for choice in reply.choices
        ],
    }


def _attempt(attempt: Attempt, exchange: Exchange) -> Record:
    """An attempt that bears the whole impact of its exchange refers to it: most do."""
    usage = attempt.usage
    whole = attempt.impact is not None and attempt.impact is exchange.impact
    return {
        "cost": WHOLE if whole else _quantity(attempt.cost),
        "first_token_seconds": attempt.first_token_seconds,
        "impact": WHOLE if whole else _impact(attempt.impact),
        "level": attempt.level,
        "model": attempt.model,
        "outcome": attempt.outcome,
        "reason": str(attempt.reason),
        "rung": attempt.rung,
        "seconds": attempt.seconds,
        "usage": None
        if usage is None
        else {
            "cached_tokens": usage.cached_tokens,
            **({"cpu_estimated": True} if usage.cpu_estimated else {}),
            "cpu_seconds": usage.cpu_seconds,
            "estimated": usage.estimated,
            "input_tokens": usage.input_tokens,
            "output_tokens": usage.output_tokens,
            "reasoning_tokens": usage.reasoning_tokens,
        },
        "zone": attempt.zone.slug,
    }


def _impact(impact: Impact | None) -> Record | None:
    if impact is None:
        return None
    return {
        "adpe": _quantity(impact.adpe),
        "embodied": _phase(impact.embodied),
        "energy": _quantity(impact.energy),
        "factors": impact.factors,
        "gwp": _quantity(impact.gwp),
        "method": impact.method,
        "pe": _quantity(impact.pe),
        "scope": dict(impact.scope),
        "tier": impact.tier,
        "use": _phase(impact.use),
        "wcf": _quantity(impact.wcf),
    }


def _phase(phase: Phase) -> Record | None:
    """``null`` where nothing of it was assessed."""
    if phase is NO_PHASE or phase == NO_PHASE:
        return None
    return {
        "adpe": _quantity(phase.adpe),
        "gwp": _quantity(phase.gwp),
        "pe": _quantity(phase.pe),
        "wcf": _quantity(phase.wcf),
    }


def _quantity(amount: Quantity | None) -> Record | None:
    if amount is None:
        return None
    return {"high": amount.high, "low": amount.low, "mid": amount.mid, "unit": amount.unit}
