"""Sums of rows, in memory that does not grow with their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import add
from typing import Any, TypeAlias

from sobre.observatory.rows import (
    ATTEMPT,
    ENERGY,
    EXCHANGE,
    NONE,
    Key,
    Record,
    Row,
    Splitter,
    Triple,
)

Where: TypeAlias = Mapping[str, frozenset[str]]
"""Field of a key -> the values that count; a field that is not there may be anything."""
Share: TypeAlias = Callable[[Key, Sequence[float]], Triple | None]
"""What a row, or the sum of like rows, adds to a figure: linear in the vector."""


class Cube:
    """The rows of one period, summed by everything but the day; attempts also by the day alone.

    ``persons`` are the keys seen for each team and use case, so that a page can do without rows
    that speak of one person.
    """

    def __init__(self) -> None:
        self.cells: dict[Key, list[float]] = {}
        self.days: dict[Key, list[float]] = {}
        self.persons: dict[str, dict[str, set[str]]] = {"team": {}, "use_case": {}}
        self.shared: dict[str, set[str]] = {"team": set(), "use_case": set()}
        """Teams and use cases in which an application's key took part: many persons, as we know."""
        self.levels: dict[str, int] = {}
        """Rung -> its step on the ladder, as last seen."""
        self.scope: dict[str, dict[str, int]] = {}
        """Part of the life cycle -> computed, excluded or not assessed -> in how many attempts."""
        self.methods: dict[str, int] = {}
        self.factors: dict[str, int] = {}
        self.measured: set[str] = set()
        """Places whose energy was measured, and by what; how often a source could not be read."""
        self.sources: set[str] = set()
        self.failures = 0
        self.lines = 0
        self.unreadable = 0
        """Lines whose record has not the shape of one."""

    def add(self, rows: Iterable[Row]) -> None:
        """One record's rows."""
        for row in rows:
            key = row.key
            _into(self.cells, key._replace(day=NONE), row.vector)
            if key.part == ATTEMPT:
                _into(self.days, Key(ATTEMPT, day=key.day), row.vector)
        self.lines += 1

    def met(self, record: Mapping[str, Any]) -> None:
        """Note what no vector holds: whose request it is, the rung's step, scopes, methods."""
        if record["kind"] == ENERGY:
            self.measured |= set(record.get("zones") or ())
            self.sources.add(str(record.get("source")))
            self.failures += len(record.get("failed") or ())
            return
        actor = record.get("actor")
        if not isinstance(actor, Mapping):
            return
        for field, value in (("team", actor.get("team")), ("use_case", record.get("use_case"))):
            name = str(value or NONE)
            self.persons[field].setdefault(name, set()).add(str(actor.get("key_id")))
            if actor.get("role") == "app":
                self.shared[field].add(name)
        attempts = record.get("attempts")
        for attempt in attempts if isinstance(attempts, list) else ():
            self.levels[attempt["rung"]] = attempt["level"]
            impact = attempt.get("impact")
            impact = record.get("impact") if impact == EXCHANGE else impact
            if isinstance(impact, Mapping):
                self._met_impact(impact)

    def _met_impact(self, impact: Mapping[str, Any]) -> None:
        """Of what was assessed: the rest has neither a scope nor a method to speak of."""
        if not (impact.get("gwp") or impact.get("energy")):
            return
        for part, status in impact["scope"].items():
            seen = self.scope.setdefault(part, {})
            seen[status] = seen.get(status, 0) + 1
        for counts, name in (
            (self.methods, impact["method"]),
            (self.factors, impact.get("factors") or NONE),
        ):
            counts[name] = counts.get(name, 0) + 1

    def values(self, field: str, part: str = ATTEMPT) -> list[str]:
        """The values that a field takes, in order of their names."""
        return sorted({getattr(key, field) for key in self.cells if key.part == part})

    def few(self, field: str, least: int) -> frozenset[str]:
        """Teams or use cases with fewer than ``least`` keys, none of them an application's.

        They are shown as one row; where that row would speak of too few too, the next smallest
        joins it.
        """
        persons = self.persons[field]
        small = {name for name, keys in persons.items() if len(keys) < least} - self.shared[field]
        together = set().union(*(persons[name] for name in small)) if small else set()
        others = sorted(
            set(persons) - small - self.shared[field], key=lambda n: (len(persons[n]), n)
        )
        while small and len(together) < least and others:
            joined = others.pop(0)
            small.add(joined)
            together |= persons[joined]
        return frozenset(small)


def rows_of(seq: int, record: Record, splitter: Splitter) -> list[Row] | None:
    """The rows of a record; ``None`` where it has not the shape of one, as after a tampering."""
    try:
        return list(splitter.rows(seq, record))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def observe(
    records: Iterable[tuple[int, Record]], cube: Cube, splitter: Splitter
) -> Iterator[Record]:
    """Add each record to the cube as it passes on to whoever else reads it.

    One that cannot be read is counted in ``cube.unreadable`` and not passed on.
    """
    for seq, record in records:
        rows = rows_of(seq, record, splitter)
        if rows is None:
            cube.unreadable += 1
            continue
        cube.met(record)
        cube.add(rows)
        yield record


def matches(key: Key, where: Where) -> bool:
    return all(getattr(key, field) in values for field, values in where.items())


def _into(cells: dict[Key, list[float]], key: Key, vector: list[float]) -> None:
    known = cells.get(key)
    if known is None:
        cells[key] = vector[:]
    else:
        known[:] = map(add, known, vector)
