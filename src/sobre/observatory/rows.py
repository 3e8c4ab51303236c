"""A ledger record taken apart: what each figure of a report is a sum of.

An exchange gives one row for itself and one for each of its attempts; a measurement of energy gives
one. A row has a key (what it can be told apart by) and a vector: counts, then for each amount how
many rows assessed it and its low, mid and high. Every figure is linear in these, so that the rows
of a figure, one by one, add up to it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from sobre.footprint import Factors, Interval

Record: TypeAlias = Mapping[str, Any]
Triple: TypeAlias = tuple[float, float, float]

EXCHANGE, ATTEMPT, ENERGY = "exchange", "attempt", "energy"
NONE = "none"
"""In place of a team, a use case or a grid that a record does not name."""

COUNTS = (
    "exchanges",
    "answers",
    "attempts",
    "unreached",
    "not_assessed",
    "unknown",
    "unjudged",
    "input_tokens",
    "cached_tokens",
    "output_tokens",
    "reasoning_tokens",
    "cpu_seconds",
    "seconds",
    "estimated",
    "windows",
)
AMOUNTS = (
    "energy",
    "gwp",
    "gwp.use",
    "gwp.embodied",
    "adpe",
    "adpe.use",
    "adpe.embodied",
    "pe",
    "pe.use",
    "pe.embodied",
    "wcf",
    "wcf.use",
    "wcf.embodied",
    "reasoning",
    "rest",
    "avoided",
    "measured",
    "attributed",
    "unattributed",
)
UNITS = {"energy": "Wh", "gwp": "gCO2eq", "adpe": "kgSbeq", "pe": "MJ", "wcf": "L"}
_OTHER = {
    "reasoning": "gCO2eq",
    "rest": "gCO2eq",
    "avoided": "gCO2eq",
    "measured": "Wh",
    "attributed": "Wh",
    "unattributed": "Wh",
}
_AT = {name: index for index, name in enumerate(COUNTS)}
_AMOUNT_AT = {name: len(COUNTS) + 4 * index for index, name in enumerate(AMOUNTS)}
LENGTH = len(COUNTS) + 4 * len(AMOUNTS)


def unit(amount: str) -> str:
    """Of an amount's figure: ``Wh``, ``gCO2eq`` and so on."""
    return _OTHER.get(amount) or UNITS[amount.partition(".")[0]]


def counted(vector: Sequence[float], name: str) -> float:
    return vector[_AT[name]]


def amounted(vector: Sequence[float], name: str) -> Triple | None:
    """Low, mid and high; ``None`` where no row of it was assessed."""
    at = _AMOUNT_AT[name]
    return (vector[at + 1], vector[at + 2], vector[at + 3]) if vector[at] else None


def assessed(vector: Sequence[float], name: str) -> float:
    """How many rows assessed this amount."""
    return vector[_AMOUNT_AT[name]]


class Key(NamedTuple):
    """What a row is told apart by. Of an exchange's own row the model's fields are ``none``."""

    part: str
    rung: str = NONE
    model: str = NONE
    zone: str = NONE
    team: str = NONE
    use_case: str = NONE
    outcome: str = NONE
    """Of the attempt; of an exchange's row, of the exchange."""
    end: str = NONE
    """Of the exchange."""
    tier: str = NONE
    kind: str = NONE
    """``gpu`` or ``cpu``, as the method says; ``none`` where nothing was assessed."""
    grid: str = NONE
    """The electricity that the figures imply, if the factors on file have it."""
    estimated: str = NONE
    """``yes`` where tokens were counted from characters."""
    factors: str = NONE
    day: str = NONE


class Row(NamedTuple):
    seq: int
    record: str
    at: float
    key: Key
    vector: list[float]


class Splitter:
    """Turns records into rows.

    ``day`` names the day of a moment (Unix seconds) in the reader's time zone. The factors serve to
    tell which electricity a figure was computed with, and how much of its width they explain.
    """

    def __init__(self, factors: Factors, day: Callable[[float], str]) -> None:
        self._day = day
        self._grids = {f"{grid.gwp.mid:.6g}": zone for zone, grid in factors.grids.items()}
        shared = _widths(factors.by_id["gpu.pue"].interval, overhead(factors))
        watts = _widths(factors.by_id["cpu.watts_per_thread"].interval)
        self._guess = _widths(factors.by_id["tokens.estimated"].interval)
        self._embodied = _widths(*(factors.by_id[name].interval for name in EMBODIED))
        self._use = {
            (kind, zone): _plus(of_kind, _widths(grid.gwp))
            for kind, of_kind in (("gpu", shared), ("cpu", watts))
            for zone, grid in factors.grids.items()
        }
        self._of_kind = {"gpu": shared, "cpu": watts}

    def rows(self, seq: int, record: Record) -> Iterator[Row]:
        """The rows of one record; none for a kind that no figure speaks of.

        A record that lacks what every one has raises ``KeyError``, ``TypeError`` or ``ValueError``.
        """
        kind = record.get("kind")
        if kind == EXCHANGE:
            yield from self._exchange(seq, record)
        elif kind == ENERGY:
            yield self._energy(seq, record)

    def _exchange(self, seq: int, record: Record) -> Iterator[Row]:
        at, name, end = record["received_at"], record["id"], record["outcome"]
        day = self._day(at)
        actor = record["actor"]
        team = actor.get("team") or NONE
        if not isinstance(actor["key_id"], str):
            raise TypeError("a key's id is text")
        use_case = record.get("use_case") or NONE
        own = [0.0] * LENGTH
        own[_AT["exchanges"]] = 1.0
        own[_AT["answers"]] = float(end == "kept")
        own[_AT["unknown"]] = float(record.get("attempts") is None)
        quality = (record.get("notes") or {}).get("quality", "not assessed")
        own[_AT["unjudged"]] = float(end == "kept" and quality == "not assessed")
        avoided = record.get("avoided")
        if avoided:
            _put(own, "avoided", avoided.get("gwp"))
        key = Key(EXCHANGE, team=team, use_case=use_case, outcome=end, end=end, day=day)
        yield Row(seq, name, at, key, own)
        for attempt in record.get("attempts") or ():
            impact = attempt.get("impact")
            if impact == EXCHANGE:
                impact = record.get("impact")
            yield self._attempt(seq, record, attempt, impact, key)

    def _attempt(
        self, seq: int, record: Record, attempt: Record, impact: Record | None, of: Key
    ) -> Row:
        vector = [0.0] * LENGTH
        usage, outcome = attempt.get("usage"), attempt["outcome"]
        vector[_AT["attempts"]] = 1.0
        vector[_AT["answers"]] = float(outcome == "kept" and of.end == "kept")
        vector[_AT["unreached"]] = float(usage is None)
        vector[_AT["seconds"]] = attempt.get("seconds") or 0.0
        estimated = bool(usage and usage.get("estimated"))
        if usage:
            for field in ("input_tokens", "output_tokens"):
                vector[_AT[field]] = float(usage[field])
            for field in ("cached_tokens", "reasoning_tokens"):
                vector[_AT[field]] = float(usage.get(field) or 0)
            vector[_AT["cpu_seconds"]] = usage.get("cpu_seconds") or 0.0
            vector[_AT["estimated"]] = float(estimated)
        tier = kind = grid = factors = NONE
        if impact:
            for name in ("energy", "gwp", "adpe", "pe", "wcf"):
                _put(vector, name, impact.get(name))
            for stage in ("use", "embodied"):
                for name, amount in (impact.get(stage) or {}).items():
                    if f"{name}.{stage}" in _AMOUNT_AT:
                        _put(vector, f"{name}.{stage}", amount)
        gwp = amounted(vector, "gwp")
        if impact and (gwp or amounted(vector, "energy")):
            tier, factors = impact["tier"], impact.get("factors") or NONE
            kind = _kind(impact.get("method") or "")
            energy, use = amounted(vector, "energy"), amounted(vector, "gwp.use")
            if energy and use and energy[1]:
                grid = self._grids.get(f"{use[1] / energy[1] * 1000:.6g}", NONE)
            self._more(vector, kind, grid, estimated=estimated)
        vector[_AT["not_assessed"]] = float(usage is not None and gwp is None)
        key = of._replace(
            part=ATTEMPT,
            rung=attempt["rung"],
            model=attempt["model"],
            zone=attempt["zone"],
            outcome=outcome,
            tier=tier,
            kind=kind,
            grid=grid,
            estimated="yes" if estimated else "no",
            factors=factors,
        )
        return Row(seq, record["id"], record["received_at"], key, vector)

    def _more(self, vector: list[float], kind: str, grid: str, *, estimated: bool) -> None:
        """What is worked out line by line: the reasoning share, the width no named factor explains.

        The width of a product is known factor by factor in logarithms; what is left once the named
        ones are taken out is the batch, the size of the model and the fit.
        """
        gwp, out = amounted(vector, "gwp"), counted(vector, "output_tokens")
        if gwp and out:
            share = counted(vector, "reasoning_tokens") / out
            if share:
                _set(vector, "reasoning", tuple(value * share for value in gwp))
        low = high = 0.0
        known = self._use.get((kind, grid)) or self._of_kind.get(kind)
        for stage, named in (("gwp.use", known), ("gwp.embodied", self._embodied)):
            amount = amounted(vector, stage)
            if amount is None or named is None or not amount[0] > 0:
                continue
            of_tokens = self._guess if estimated else (0.0, 0.0)
            below = math.log(amount[1] / amount[0]) ** 2 - named[0] - of_tokens[0]
            above = math.log(amount[2] / amount[1]) ** 2 - named[1] - of_tokens[1]
            low += amount[1] * math.expm1(-math.sqrt(max(below, 0.0)))
            high += amount[1] * math.expm1(math.sqrt(max(above, 0.0)))
        if high:
            _set(vector, "rest", (low, 0.0, high))

    def _energy(self, seq: int, record: Record) -> Row:
        at = record.get("received_at", record.get("from"))
        vector = [0.0] * LENGTH
        vector[_AT["windows"]] = 1.0
        _put(vector, "measured", record.get("total"))
        shared = math.fsum((record.get("parts") or {}).values())
        _set(vector, "attributed", (shared, shared, shared))
        _put(vector, "unattributed", record.get("unattributed"))
        key = Key(ENERGY, day=self._day(float(at or 0.0)))
        return Row(seq, str(record.get("id") or record.get("source") or ""), at or 0.0, key, vector)


EMBODIED = ("gpu.power", "gpu.utilisation", "embodied.spread")


def overhead(factors: Factors) -> Interval:
    """Host and idle energy on top of the accelerator's own: ``1 + host + idle``."""
    host, idle = factors.interval("gpu.host"), factors.interval("gpu.idle")
    return Interval(1 + host.low + idle.low, 1 + host.mid + idle.mid, 1 + host.high + idle.high)


def _kind(method: str) -> str:
    """By which processor; a sum of several ways is not of one kind."""
    kinds = {"cpu" if way.startswith("cpu") else "gpu" for way in method.split("; ")}
    return kinds.pop() if len(kinds) == 1 and method not in {"", NONE} else NONE


def _widths(*parts: Interval) -> tuple[float, float]:
    """Squared half-widths in logarithms, below and above, added up."""
    below = sum(math.log(part.mid / part.low) ** 2 for part in parts)
    above = sum(math.log(part.high / part.mid) ** 2 for part in parts)
    return below, above


def _plus(first: tuple[float, float], second: tuple[float, float]) -> tuple[float, float]:
    return first[0] + second[0], first[1] + second[1]


def _put(vector: list[float], name: str, amount: Any) -> None:
    """An amount of a record, ``{low, mid, high}`` or a number; ``None`` leaves it not assessed."""
    if amount is None:
        return
    if isinstance(amount, int | float):
        _set(vector, name, (float(amount),) * 3)
    else:
        _set(vector, name, (amount["low"], amount["mid"], amount["high"]))


def _set(vector: list[float], name: str, triple: Sequence[float]) -> None:
    low, mid, high = triple
    if not low <= mid <= high:
        raise ValueError(f"{name} needs low <= mid <= high, got {triple!r}")
    at = _AMOUNT_AT[name]
    vector[at : at + 4] = [1.0, *triple]
