"""What placing jobs in low-carbon hours saves, judged on weeks the profile was not made of.

``python bench/scheduler.py --hourly FR.csv DE.csv`` reads hourly exports of Electricity Maps (one
year each) and, for jobs of 1, 2, 3 and 4 h submitted at every hour with 24 h to finish, compares
the grams of placing with those of running at once and with perfect foresight. The profile knows
month, hour and weekend only; it is made anew of the weeks that are not tested.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sobre.adapters import grids
from sobre.footprint.grid import HourProfile, summarise
from sobre.footprint.schedule import place

WEEK = 168
WITHIN_H = 24
DURATIONS_H = (1, 2, 3, 4)
PERSISTENCE_H = 8.0
"""How fast what is seen now is forgotten, in hours: chosen on no test, a third of a day."""


class Year(NamedTuple):
    """A zone's hours, without holes."""

    zone: str
    clock: str
    start: float
    grams: list[float]


class Result(NamedTuple):
    """Sums of g/kWh over jobs, and what became of each job that waited."""

    at_once: float
    placed: float
    oracle: float
    jobs: int
    late: int
    waited: int
    held: int
    """Of those that waited, how many saved what their interval says."""

    @property
    def saved(self) -> float:
        return 1 - self.placed / self.at_once

    @property
    def possible(self) -> float:
        return 1 - self.oracle / self.at_once


def read(path: Path) -> Year:
    """Through the import, so that the bench also shows that it reads a whole year."""
    own = grids.read_file(path)
    text = grids._text(path.read_bytes(), path)  # noqa: SLF001 - the rows behind the summary
    columns, rows = grids._table(text, path, None)  # noqa: SLF001
    found = grids._samples(columns, rows, path, own.profile.timezone, {})  # noqa: SLF001
    grams = [value for _, value in found if value is not None]
    if len(grams) != len(found) or own.step_minutes != 60:
        sys.exit(f"{path}: needs hourly values without holes")
    return Year(own.zone, own.profile.timezone, found[0][0], grams)


def learn(year: Year, tested: Callable[[int], bool]) -> HourProfile:
    """The profile of the weeks that are not tested; a month without any takes its neighbours'."""
    samples = [
        (year.start + 3600 * i, None if tested(i // WEEK) else value)
        for i, value in enumerate(year.grams)
    ]
    seen = summarise_loosely(samples, year.clock)
    return HourProfile(
        year.zone, year.clock, seen.month_hour, seen.weekend_factor, seen.mean, seen.p05, seen.p95,
        "bench", None, "location", "life cycle", "consumption",
    )  # fmt: skip


def summarise_loosely(samples: Sequence[tuple[float, float | None]], clock: str) -> Any:
    """``summarise`` without its refusal of holes: here they are meant."""
    from sobre.footprint import grid

    limit, grid.MAX_MISSING = grid.MAX_MISSING, 1.0
    try:
        seen = summarise(samples, clock)
    finally:
        grid.MAX_MISSING = limit
    months = list(seen.month_hour)
    known = [i for i, row in enumerate(months) if row is not None]
    for i, row in enumerate(months):
        if row is None:
            near = min(known, key=lambda k: min((k - i) % 12, (i - k) % 12))
            months[i] = months[near]
    return replace(seen, month_hour=tuple(months))


def judge(
    year: Year, profile: HourProfile, tested: Callable[[int], bool], hours: int, *, seen: bool
) -> Result:
    """Every hour of the tested weeks; with ``seen`` the forecast starts from the last hour."""
    at_once = placed = oracle = 0.0
    jobs = late = waited = held = 0
    expected = profile.series(datetime.fromtimestamp(year.start, UTC), len(year.grams))
    for i in range(len(year.grams) - WITHIN_H):
        if not tested(i // WEEK):
            continue
        series: Sequence[float] = expected[i : i + WITHIN_H]
        if seen and i:
            series = forecast(series, year.grams[i - 1] / expected[i - 1])
        plan = place(series, hours, WITHIN_H)
        start = round(plan.start_h)
        now = sum(year.grams[i : i + hours])
        then = sum(year.grams[i + start : i + start + hours])
        at_once, placed, jobs = at_once + now, placed + then, jobs + 1
        late += plan.end_h > WITHIN_H + 1e-9
        oracle += place(year.grams[i : i + WITHIN_H], hours, WITHIN_H).gco2_per_kwh * hours
        waited += plan.waits
        held += plan.waits and plan.saving.low <= 1 - then / now <= plan.saving.high
    return Result(at_once, placed, oracle, jobs, late, waited, held)


def forecast(series: Sequence[float], ratio: float) -> list[float]:
    """The profile, and what is above or below it now, forgotten by and by."""
    return [
        value * (1 + (ratio - 1) * math.exp(-(hour + 1) / PERSISTENCE_H))
        for hour, value in enumerate(series)
    ]


def tests(weeks: int) -> Iterator[tuple[str, Callable[[int], bool]]]:
    for phase in range(4):
        kept = frozenset(range(phase, weeks + 1, 4))
        yield f"every 4th week, from the {phase + 1}.", kept.__contains__
    for first in range(0, weeks - 8, 13):  # each in another season
        yield f"weeks {first + 1}-{first + 8} in a row", range(first, first + 8).__contains__


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hourly", nargs="+", type=Path, required=True, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    found: list[dict[str, Any]] = []
    for path in args.hourly:
        year = read(path)
        for test, tested in tests(len(year.grams) // WEEK):
            profile = learn(year, tested)
            for seen in (False, True):
                results = {h: judge(year, profile, tested, h, seen=seen) for h in DURATIONS_H}
                total = Result(*map(sum, zip(*results.values(), strict=True)))
                found.append(
                    {
                        "zone": year.zone,
                        "test": test,
                        "forecast": "profile and last hour" if seen else "profile only",
                        "jobs": total.jobs,
                        "late": total.late,
                        "saved": total.saved,
                        "by_hours": {h: r.saved for h, r in results.items()},
                        "possible": total.possible,
                        "of_possible": total.saved / total.possible,
                        "interval_held": total.held / total.waited,
                    }
                )
    if args.json:
        print(json.dumps(found, indent=2))
        return
    head = ("zone", "held out", "forecast", "jobs", "late", "saved", "1 h", "2 h", "3 h", "4 h",
            "foresight", "reached", "interval")  # fmt: skip
    table: list[tuple[str, ...]] = [head]
    for row in found:
        hours = [f"{row['by_hours'][h]:.1%}" for h in DURATIONS_H]
        table.append(
            (
                row["zone"], row["test"], row["forecast"], str(row["jobs"]), str(row["late"]),
                f"{row['saved']:.1%}", *hours, f"{row['possible']:.1%}",
                f"{row['of_possible']:.0%}", f"{row['interval_held']:.0%}",
            )
        )  # fmt: skip
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        print("  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()
