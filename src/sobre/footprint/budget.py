"""Carbon budgets: how fast one may be used, and what follows when it is used faster.

Allowed rate ``r(t) = (limit - spent) / (T - t)``; burn ``= rate of the last 24 h / r``. A budget
counts the upper bound of every amount, so that what is promised to stay under it does; a trend
(``project``) is told with the middle and an interval. Pure: time and spending are given.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from sobre.core.course import FREE, Course, Level
from sobre.core.quantity import Quantity
from sobre.core.reason import Reason
from sobre.footprint.errors import FootprintInputError

PERIODS = ("week", "month", "year")
"""Of the calendar, UTC; a week begins on Monday."""
INFORM_ABOVE, DOWN_ABOVE, APPROVE_ABOVE = 0.8, 1.0, 1.25
"""Burn above which each level begins."""
DAY_HOURS = 24.0
FLOOR_HOURS = 6.0
"""With less history than this a rate is taken as if there were this much: the first requests of an
installation are a burst, not a pace."""
LEAST_HOURS = 1.0
"""The rest of a period counts as at least this long, so that the allowed rate stays finite."""
_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Budget:
    """So many gCO2eq for a team, a use case, both, or everyone, in each period.

    Either ``period`` is one of ``PERIODS``, or ``start`` and ``end`` (Unix seconds) bound it. An
    empty ``team`` or ``use_case`` means all; letter case does not count. Raises
    ``FootprintInputError``.
    """

    name: str
    limit_g: float
    period: str = "month"
    team: str = ""
    use_case: str = ""
    start: float | None = None
    end: float | None = None

    def __post_init__(self) -> None:
        if not 0 < self.limit_g < math.inf:
            raise FootprintInputError("limit_g", f"needs a number above 0, got {self.limit_g!r}")
        if self.start is None and self.end is None:
            if self.period not in PERIODS:
                raise FootprintInputError("period", f"needs week, month or year: {self.period!r}")
        elif self.start is None or self.end is None:
            raise FootprintInputError("end" if self.end is None else "start", "is missing")
        elif not -math.inf < self.start < self.end < math.inf:
            raise FootprintInputError("end", "needs to come after start")
        object.__setattr__(self, "team", fold(self.team))
        object.__setattr__(self, "use_case", fold(self.use_case))

    def covers(self, team: str, use_case: str) -> bool:
        """Whether spending of ``team`` for ``use_case``, both folded, counts here."""
        return self.team in ("", team) and self.use_case in ("", use_case)


def fold(name: str | None) -> str:
    """A team or use case as budgets compare it."""
    return name.strip().lower() if name else ""


def window(budget: Budget, now: float) -> tuple[float, float]:
    """The period that ``now`` falls in, half-open, Unix seconds; the one and only of a dated
    budget, whether ``now`` is in it or not.
    """
    if budget.start is not None and budget.end is not None:
        return budget.start, budget.end
    from datetime import UTC, datetime, timedelta

    _check("now", now, least=-math.inf)
    day = datetime.fromtimestamp(now, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if budget.period == "week":
        first = day - timedelta(days=day.weekday())
        following = first + timedelta(days=7)
    elif budget.period == "month":
        first = day.replace(day=1)
        following = (first + timedelta(days=31)).replace(day=1)
    else:
        first = day.replace(month=1, day=1)
        following = first.replace(year=first.year + 1)
    return first.timestamp(), following.timestamp()


def rate(recent_g: float, history_hours: float) -> float:
    """Grams an hour, from what the last 24 hours spent.

    ``history_hours`` is how long anything has been counted at all. A quiet day is history: it
    lowers the rate. Too short a history does not raise it (``FLOOR_HOURS``).
    """
    _check("recent_g", recent_g)
    if not history_hours >= 0:
        raise FootprintInputError("history_hours", f"needs 0 or more, got {history_hours!r}")
    return recent_g / min(max(history_hours, FLOOR_HOURS), DAY_HOURS)


def course(
    budget: Budget,
    spent_g: float,
    rate_24h_g_per_h: float,
    now: float,
    *,
    bounds: tuple[float, float] | None = None,
) -> Course:
    """What the budget asks for now.

    ``spent_g`` is the upper bound of what this period has spent, ``rate_24h_g_per_h`` comes from
    ``rate``; ``bounds`` are those of ``window`` where the caller has them. Outside its period a
    budget asks for nothing. Raises ``FootprintInputError`` for what is negative or not a number.
    """
    _check("spent_g", spent_g)
    _check("rate_24h_g_per_h", rate_24h_g_per_h)
    _check("now", now, least=-math.inf)
    start, end = bounds or window(budget, now)
    if not start <= now < end:
        return FREE
    allowed = allowed_rate(budget.limit_g, spent_g, now, end)
    burn = rate_24h_g_per_h / allowed if allowed else None
    level, words = level_of(burn), ""
    if level is not Level.FREE:
        pace = None if burn is None else _paced(burn)
        words = _words(budget.name, level, used_percent(spent_g, budget.limit_g), pace)
    return Course(
        level,
        words,
        budget.name,
        burn,
        spent_g,
        budget.limit_g,
        rate_24h_g_per_h,
        allowed,
        end,
    )


def project(
    budget: Budget,
    spent: Quantity | None,
    recent: Quantity | None,
    history_hours: float,
    now: float,
) -> Quantity | None:
    """What the period will have spent at its end, gCO2eq, if it goes on as it did.

    ``spent`` is this period's, ``recent`` the last 24 hours'; ``None`` is nothing assessed. Two
    paces are seen, the last day's and the period's own mean: the middle is midway between the two,
    the interval holds both with the bounds of what was counted. ``None`` outside the period, and
    where nothing was spent: no pace can be seen.
    """
    start, end = window(budget, now)
    if not start <= now < end or spent is None:
        return None
    rest = (end - now) / _HOUR
    _check("history_hours", history_hours)
    since = max(min((now - start) / _HOUR, history_hours), FLOOR_HOURS)
    day = min(max(history_hours, FLOOR_HOURS), DAY_HOURS)
    last = recent or Quantity(0.0, 0.0, 0.0, spent.unit)
    return Quantity(
        spent.low + rest * min(spent.low / since, last.low / day),
        spent.mid + rest * (spent.mid / since + last.mid / day) / 2,
        spent.high + rest * max(spent.high / since, last.high / day),
        spent.unit,
        "pace of the last 24 hours and of the period",
    )


def allowed_rate(limit_g: float, spent_g: float, now: float, end: float) -> float:
    """Grams an hour that would use up the rest exactly at the end; 0 once nothing is left."""
    return max(limit_g - spent_g, 0.0) / max((end - now) / _HOUR, LEAST_HOURS)


def level_of(burn: float | None) -> Level:
    """What a burn asks for; ``None`` is a budget with nothing left."""
    if burn is None:
        return Level.EXHAUSTED
    if burn > APPROVE_ABOVE:
        return Level.APPROVE
    if burn > DOWN_ABOVE:
        return Level.DOWN
    return Level.INFORM if burn > INFORM_ABOVE else Level.FREE


@lru_cache(maxsize=256)
def _words(name: str, level: Level, used: int, pace: float | None) -> str:
    """What the budget asks for, whether or not this request is one it can ask it of.

    English here; ``messages`` says it in the reader's language. Asked for by every request, and
    seldom different: the figures are rounded.
    """
    if pace is None:
        text = f"carbon budget {name} is spent ({used} %): only the lowest rungs answer"
        return Reason(text, "budget.exhausted", name=name, used=used)
    text = f"carbon budget {name}: {used} % spent, at {pace:g} times the pace that would last"
    if level is Level.DOWN:
        text += "; it asks for less than the top rung and for shorter answers"
        return Reason(text, "budget.down", name=name, used=used, pace=pace)
    if level is Level.APPROVE:
        text += "; it asks for an approval for the highest level and for shorter answers"
        return Reason(text, "budget.approve", name=name, used=used, pace=pace)
    return Reason(text, "budget.inform", name=name, used=used, pace=pace)


def used_percent(spent_g: float, limit_g: float) -> int:
    """In whole percent, two digits of them; 100 is said only once all is spent."""
    share = 100 * spent_g / limit_g
    return int(float(f"{share:.2g}")) if share >= 100 else min(round(share), 99)


def _paced(burn: float) -> float:
    """Two significant digits; two decimals near the thresholds."""
    return float(f"{burn:.2g}") if burn >= 1.95 else round(burn, 2)


def _check(field: str, value: float, *, least: float = 0.0) -> None:
    if not (math.isfinite(value) and value >= least):
        need = "a number of 0 or more" if least == 0.0 else "a finite number"
        raise FootprintInputError(field, f"needs {need}, got {value!r}")
