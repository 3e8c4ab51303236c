"""Whose energy was it: one window of a measured machine, shared among the calls at work in it.

A counter says what the machine drew between two moments, never who drew it. ``share`` divides that,
once the calls have ended and it is known what each has done; ``compare`` sets the shares against
what the model had said. Pure: the windows come from ``adapters.power``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeGuard

from sobre.footprint.errors import FootprintInputError

INPUT_WEIGHT = 0.17
"""Work of an uncached input token in output tokens, where nobody took CPU seconds: 0.15 to 0.21 for
0.2 to 8 B by the CPU factors (``cpu.prompt_*`` over ``cpu.generation_*``). On a GPU it is less at a
small batch and more at a large one."""
SEVERAL = "(several)"
"""In place of a rung's name: an exchange that several measured rungs worked on."""
MODEL = "cpu-time"
"""The source that is none: processor seconds times watts."""


class Window(NamedTuple):
    """What one meter said between two of its readings."""

    start: float
    """Seconds on any clock that ``Call`` is told in too."""
    end: float
    energy: float
    """In any unit; the shares are in it."""
    idle: float | None = 0.0
    """Of which the machine would have drawn anyway; ``None`` where that is not known yet."""
    ours: float = 1.0
    """Of what is above idle, the part that can be Sobre's calls' (0 to 1); other programs' else."""


class Call(NamedTuple):
    """One call that worked from ``start`` to ``end``, and all it did in that time."""

    id: str
    start: float
    end: float
    cpu_seconds: float | None = None
    tokens: float | None = None


class Shares(NamedTuple):
    """``sum(parts) + unattributed`` is the window's energy, to rounding."""

    parts: dict[str, float]
    unattributed: float


def tokens(uncached_input: int, output: int) -> float:
    """A call's tokens as one amount of work, in output tokens."""
    return output + INPUT_WEIGHT * uncached_input


def share(window: Window, calls: Sequence[Call], *, share_idle: bool = False) -> Shares:
    """Divide a window's energy above idle among the calls by the work each did inside the window.

    A call's work is its CPU seconds, spread evenly over its time; where nobody's are known its
    tokens, and where nobody's are known either its time. In between, a call of which the amount is
    not known counts with the mean rate of those of which it is. What was idle stays unattributed,
    unless ``share_idle``: then only for the time in which no call was there. Where idle is not
    known, all that was drawn while a call was there is the calls', as if power had been even. Parts
    of one id add. Raises ``FootprintInputError``.
    """
    _check(window)
    inside: list[tuple[Call, float]] = []
    for call in calls:
        seconds = min(call.end, window.end) - max(call.start, window.start)
        if seconds > 0:
            inside.append((call, seconds))
    if not inside:
        return Shares({}, window.energy)
    pool = (window.energy - (window.idle or 0.0)) * window.ours
    if window.idle is None:
        pool *= _covered(window, inside) / (window.end - window.start)
    elif share_idle:
        pool += window.idle * _covered(window, inside) / (window.end - window.start)
    parts: dict[str, float] = {}
    for (call, _), weight in zip(inside, _weights(inside), strict=True):
        parts[call.id] = parts.get(call.id, 0.0) + pool * weight
    return Shares(parts, max(window.energy - math.fsum(parts.values()), 0.0))


def _check(window: Window) -> None:
    start, end, energy, idle, ours = window
    if not -math.inf < start < end < math.inf:
        raise FootprintInputError("window", f"needs start < end, got {start!r} and {end!r}")
    if not 0 <= energy < math.inf:
        raise FootprintInputError("energy", f"needs a finite number from 0, got {energy!r}")
    if idle is not None and not 0 <= idle <= energy:
        raise FootprintInputError("idle", f"needs 0 to {energy!r}, got {idle!r}")
    if not 0 <= ours <= 1:
        raise FootprintInputError("ours", f"needs 0 to 1, got {ours!r}")


def _weights(inside: Sequence[tuple[Call, float]]) -> list[float]:
    """Shares of 1, by the best amount that is known of anyone."""
    seconds = [overlap for _, overlap in inside]
    by_cpu = _work(inside, [call.cpu_seconds for call, _ in inside])
    by_tokens = _work(inside, [call.tokens for call, _ in inside])
    for weights in (by_cpu, by_tokens, seconds):
        if 0 < (whole := math.fsum(weights)) < math.inf:
            return [weight / whole for weight in weights]
    return [1 / len(inside)] * len(inside)


def _work(inside: Sequence[tuple[Call, float]], amounts: Sequence[float | None]) -> Sequence[float]:
    """What each call did inside the window, or nothing where nobody's amount is known."""
    known = [
        (amount, call.end - call.start)
        for amount, (call, _) in zip(amounts, inside, strict=True)
        if _is_amount(amount)
    ]
    if not known:
        return ()
    mean = math.fsum(a for a, _ in known) / math.fsum(s for _, s in known)
    return [
        amount * (seconds / (call.end - call.start)) if _is_amount(amount) else mean * seconds
        for amount, (call, seconds) in zip(amounts, inside, strict=True)
    ]


def _is_amount(amount: float | None) -> TypeGuard[float]:
    """A call that was in flight has done something: 0 says that nobody counted."""
    return amount is not None and 0 < amount < math.inf


def _covered(window: Window, inside: Sequence[tuple[Call, float]]) -> float:
    """Seconds of the window in which at least one call was there."""
    covered, seen = 0.0, window.start
    for start, end in sorted((call.start, min(call.end, window.end)) for call, _ in inside):
        covered += max(end - max(start, seen), 0.0)
        seen = max(seen, end)
    return covered


# --- Measured against modelled ------------------------------------------------------------------


@dataclass(slots=True)
class Compared:
    """What one rung's exchanges drew, Wh: as measured, and as it was modelled when they were."""

    exchanges: int = 0
    low: float = 0.0
    mid: float = 0.0
    high: float = 0.0
    modelled: float | None = 0.0
    """Middle; ``None`` as soon as one exchange's was not assessed."""

    @property
    def ratio(self) -> float | None:
        """Measured over modelled, both middle."""
        return self.mid / self.modelled if self.modelled else None


@dataclass(slots=True)
class Comparison:
    """All measurements of a period. ``unknown`` are parts whose exchange is not on record."""

    rungs: dict[str, Compared] = field(default_factory=dict)
    total: float = 0.0
    unattributed: float = 0.0
    idle: float = 0.0
    """Of ``unattributed``, what was drawn while no call was there."""
    unknown: float = 0.0
    from_model: float = 0.0
    """Of ``total``, what no counter said: a model of the processor did, good to a factor of two."""
    with_idle: float = 0.0
    """Of ``total``, what was drawn at work while idle was not known: the calls bear it too."""
    failed_seconds: float = 0.0


def compare(
    energies: Sequence[Mapping[str, Any]], exchanges: Mapping[str, Mapping[str, Any]]
) -> Comparison:
    """Set ledger records of kind ``energy`` against those of the exchanges they name.

    ``exchanges`` is id -> record. Each measured part takes its record's relative interval.
    """
    told = Comparison()
    parts: dict[str, list[float]] = {}
    zones: dict[str, set[str]] = {}
    for energy in energies:
        total = energy["total"]
        told.total += total["mid"]
        told.unattributed += energy["unattributed"]
        told.idle += 0.0 if energy["parts"] else energy["unattributed"]
        told.from_model += energy["sources"].get(MODEL, {}).get("energy", 0.0)
        if energy["parts"]:
            known = energy["sources"].values()
            told.with_idle += math.fsum(one["energy"] for one in known if one["idle"] is None)
        told.failed_seconds += math.fsum(gap["to"] - gap["from"] for gap in energy["failed"])
        for name, mid in energy["parts"].items():
            bounds = (mid * total[end] / total["mid"] if total["mid"] else 0.0 for end in _ENDS)
            sums = parts.setdefault(name, [0.0, 0.0, 0.0])
            sums[:] = [before + more for before, more in zip(sums, bounds, strict=True)]
            zones.setdefault(name, set()).update(energy["zones"])
    for name, (low, mid, high) in parts.items():
        if name not in exchanges:
            told.unknown += mid
            continue
        rung, modelled = _modelled(exchanges[name], zones[name])
        row = told.rungs.setdefault(rung, Compared())
        row.exchanges += 1
        row.low, row.mid, row.high = row.low + low, row.mid + mid, row.high + high
        known = row.modelled is not None and modelled is not None
        row.modelled = row.modelled + modelled if known else None  # type: ignore[operator]  # known
    return told


_ENDS = ("low", "mid", "high")


def _modelled(exchange: Mapping[str, Any], zones: set[str]) -> tuple[str, float | None]:
    """The rung that was measured for this exchange, and the Wh its calls were said to cost."""
    worked = [
        attempt
        for attempt in exchange["attempts"] or ()
        if attempt["zone"] in zones and attempt["usage"] is not None
    ]
    rungs = {attempt["rung"] for attempt in worked}
    amounts: list[float] = []
    for attempt in worked:
        impact = attempt["impact"]
        if impact == "exchange":
            impact = exchange["impact"]
        energy = (impact or {}).get("energy")
        if energy is None:
            return (rungs.pop() if len(rungs) == 1 else SEVERAL), None
        amounts.append(energy["mid"])
    return (rungs.pop() if len(rungs) == 1 else SEVERAL), math.fsum(amounts) if amounts else None
