"""When to run what can wait: the hours of least carbon that still meet the deadline.

Pure: what the electricity will hold is given as a series, an hour a value, the first hour starting
now. Times are hours from now. Nothing here ever chooses an end after a deadline that could be met.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from sobre.footprint.errors import FootprintInputError

MAX_HOURS = 24.0 * 366
ERROR = (0.42, 0.28)
"""By how much, as a share, the saving of a job that waited long turns out below and above what a
month x hour profile says, in 90 % of cases: FR and DE 2023, weeks held out, ``bench/scheduler.py``.
"""
_ALIKE = 1e-12
"""By how much two means may differ, as a share, and be the same but for rounding."""
_Start = TypeVar("_Start", int, float)
ERROR_AFTER_H = 8.0
"""A wait this long or longer errs by ``ERROR``, a shorter one by its share of it: hours that are
near are alike."""


class Saving(NamedTuple):
    """A share of the grams of running at once, 90 % of jobs; below 0 where waiting cost more."""

    low: float
    mid: float
    high: float


class Piece(NamedTuple):
    """One stretch of running, hours from now."""

    start_h: float
    end_h: float


@dataclass(frozen=True, slots=True)
class Placement:
    """When a job should run, and what that is expected to change."""

    pieces: tuple[Piece, ...]
    """One, unless the job may be split; in order, apart from each other."""
    gco2_per_kwh: float
    """Mean expected over the pieces."""
    at_once_gco2_per_kwh: float
    """Mean expected if it started now."""
    in_time: bool
    """False only where the job is longer than its window (or its queue too full): it then starts
    as soon as it can."""
    error: tuple[float, float] = ERROR

    @property
    def start_h(self) -> float:
        return self.pieces[0].start_h

    @property
    def end_h(self) -> float:
        return self.pieces[-1].end_h

    @property
    def waits(self) -> bool:
        """Whether it does anything else than run at once and in one piece."""
        return self.start_h > 0 or len(self.pieces) > 1

    @property
    def grams_ratio(self) -> float:
        """Expected grams over those of running at once, for the same energy."""
        if not self.at_once_gco2_per_kwh:
            return 1.0
        return self.gco2_per_kwh / self.at_once_gco2_per_kwh

    @property
    def saving(self) -> Saving:
        """Exactly 0 for a job that runs at once."""
        if not self.waits:
            return Saving(0.0, 0.0, 0.0)
        mid = 1.0 - self.grams_ratio
        far = min(self.pieces[-1].start_h / ERROR_AFTER_H, 1.0)
        return Saving(mid - self.error[0] * far, mid, min(mid + self.error[1] * far, 1.0))


@dataclass(frozen=True, slots=True)
class Job:
    """Something that can wait: how long it runs, and by when it must be done."""

    duration_h: float
    within_h: float


def place(
    series: Sequence[float],
    duration_h: float,
    within_h: float,
    *,
    split: bool = False,
    error: tuple[float, float] = ERROR,
) -> Placement:
    """The best hours for a job of ``duration_h`` that must end ``within_h`` from now.

    ``series`` is g/kWh for consecutive hours from now, such as ``HourProfile.series`` gives; hours
    past its end are unknown and never chosen. With ``split`` the job may run in several stretches.
    Of equal choices the earliest is taken. Raises ``FootprintInputError``.
    """
    known = _checked(series)
    _hours("duration_h", duration_h)
    _hours("within_h", within_h)
    at_once = _mean(known, 0.0, duration_h)
    horizon = min(within_h, float(len(series)))
    if duration_h >= horizon:
        now = (Piece(0.0, duration_h),)
        return Placement(now, at_once, at_once, in_time=duration_h <= within_h, error=error)
    if split:
        pieces = _cheapest(series, duration_h, horizon)
    else:
        best = _earliest(_starts(duration_h, horizon), known, duration_h)
        pieces = (Piece(best, best + duration_h),)
    mean = sum(_mean(known, a, b - a) * (b - a) for a, b in pieces) / duration_h
    if mean >= at_once * (1 - _ALIKE):
        pieces, mean = (Piece(0.0, duration_h),), at_once
    return Placement(pieces, mean, at_once, in_time=True, error=error)


def place_many(
    series: Sequence[float],
    jobs: Sequence[Job],
    at_once: int,
    *,
    error: tuple[float, float] = ERROR,
) -> list[Placement]:
    """A queue of which ``at_once`` jobs may run together, in the order given; each in one piece.

    Jobs take whole hours of a place. Those with the least slack choose first; where such choices
    make more jobs late than first-deadline-first without waiting would, the latter is taken.
    """
    known = _checked(series)
    if at_once < 1:
        raise FootprintInputError("at_once", f"needs 1 or more, got {at_once!r}")
    for job in jobs:
        _hours("duration_h", job.duration_h)
        _hours("within_h", job.within_h)
    by_slack = sorted(range(len(jobs)), key=lambda i: jobs[i].within_h - jobs[i].duration_h)
    by_deadline = sorted(range(len(jobs)), key=lambda i: jobs[i].within_h)
    green = _starts_of_queue(known, jobs, by_slack, at_once, wait=True)
    soon = _starts_of_queue(known, jobs, by_deadline, at_once, wait=False)

    def late(starts: Sequence[int]) -> int:
        pairs = zip(jobs, starts, strict=True)
        return sum(start + job.duration_h > job.within_h for job, start in pairs)

    starts = green if late(green) <= late(soon) else soon
    return [
        Placement(
            (Piece(float(start), start + job.duration_h),),
            _mean(known, start, job.duration_h),
            _mean(known, 0.0, job.duration_h),
            in_time=start + job.duration_h <= job.within_h,
            error=error,
        )
        for job, start in zip(jobs, starts, strict=True)
    ]


def _starts_of_queue(
    known: Sequence[float], jobs: Sequence[Job], order: Sequence[int], at_once: int, *, wait: bool
) -> list[int]:
    """The hour each job starts, the jobs choosing in ``order`` among the places left."""
    taken: dict[int, int] = {}
    starts = [0] * len(jobs)
    hours_known = len(known) - 1
    for i in order:
        job = jobs[i]
        length = math.ceil(job.duration_h)

        def free(start: int, length: int = length) -> bool:
            return all(taken.get(hour, 0) < at_once for hour in range(start, start + length))

        last = math.floor(min(job.within_h, hours_known) - job.duration_h)
        choices = [start for start in range(last + 1) if free(start)] if wait else []
        if choices:
            start = _earliest(choices, known, job.duration_h)
        else:
            start = next(at for at in range(max(taken, default=0) + 2) if free(at))
        starts[i] = start
        for hour in range(start, start + length):
            taken[hour] = taken.get(hour, 0) + 1
    return starts


def _checked(series: Sequence[float]) -> list[float]:
    """The sums of the first 0, 1, 2… hours."""
    if not series:
        raise FootprintInputError("series", "needs at least one hour")
    sums = [0.0]
    for hour, value in enumerate(series):
        if not 0 <= value < math.inf:
            raise FootprintInputError("series", f"needs 0 g/kWh or more, got {value!r} at {hour} h")
        sums.append(sums[-1] + value)
    return sums


def _hours(field: str, value: float) -> None:
    if not 0 < value <= MAX_HOURS:
        raise FootprintInputError(field, f"needs above 0 to {MAX_HOURS:g} hours, got {value!r}")


def _mean(known: Sequence[float], start: float, duration: float) -> float:
    """Mean over the stretch; over its known part where the series is shorter."""
    end = min(start + duration, float(len(known) - 1))
    if end <= start:  # past what is known
        return known[-1] / (len(known) - 1)
    return (_sum(known, end) - _sum(known, start)) / (end - start)


def _earliest(starts: Sequence[_Start], known: Sequence[float], duration: float) -> _Start:
    """The first of the starts of least carbon, those that differ by rounding taken as equal."""
    means = [_mean(known, start, duration) for start in starts]
    # A mean is a difference of sums: what it errs by grows with these, and with short stretches.
    alike = _ALIKE * (known[-1] / duration + min(means))
    least = min(means) + alike
    return min(start for start, mean in zip(starts, means, strict=True) if mean <= least)


def _sum(known: Sequence[float], until: float) -> float:
    hour = min(int(until), len(known) - 2)
    return known[hour] + (until - hour) * (known[hour + 1] - known[hour])


def _starts(duration: float, horizon: float) -> list[float]:
    """Where the best start must be: the mean is linear between hours that begin or end a run."""
    last = horizon - duration
    begins = [float(hour) for hour in range(math.floor(last) + 1)]
    ends = [hour - duration for hour in range(math.ceil(duration), math.floor(horizon) + 1)]
    return [*begins, *(start for start in ends if 0 <= start <= last), last]


def _cheapest(series: Sequence[float], duration: float, horizon: float) -> tuple[Piece, ...]:
    """The lowest hours, the last of them in part; neighbours joined."""
    left, chosen = duration, []
    hours = range(math.ceil(horizon))
    for hour in sorted(hours, key=lambda hour: (series[hour], hour)):
        length = min(1.0, horizon - hour, left)
        chosen.append(Piece(float(hour), hour + length))
        left -= length
        if left <= 0:
            break
    pieces: list[Piece] = []
    for piece in sorted(chosen):
        if pieces and pieces[-1].end_h == piece.start_h:
            pieces[-1] = Piece(pieces[-1].start_h, piece.end_h)
        else:
            pieces.append(piece)
    return tuple(pieces)
