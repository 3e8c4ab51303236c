"""What a carbon budget asks for, by how fast it is used."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobre.core.course import FREE, Course, Level
from sobre.core.quantity import Quantity
from sobre.footprint.budget import Budget, course, project, rate, window
from sobre.footprint.errors import FootprintInputError

HOUR = 3600.0


def at(day: str) -> float:
    return datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()


NOW = at("2026-06-15T12:00")
"""15.5 days before the end of June, 372 hours."""
JUNE = Budget("june", 1000.0)


def burning(burn: float, spent: float = 628.0) -> Course:
    """A course whose allowed rate is 1 g/h where ``spent`` is left as it is."""
    return course(JUNE, spent, burn * (1000 - spent) / 372, NOW)


LEVELS = [
    (0.0, Level.FREE),
    (0.8, Level.FREE),
    (0.81, Level.INFORM),
    (1.0, Level.INFORM),
    (1.01, Level.DOWN),
    (1.25, Level.DOWN),
    (1.26, Level.APPROVE),
    (50.0, Level.APPROVE),
]


@pytest.mark.parametrize(("burn", "level"), LEVELS)
def test_the_burn_decides_the_level(burn: float, level: Level) -> None:
    found = burning(burn)
    assert found.level is level
    assert found.burn == pytest.approx(burn)
    assert bool(found.reason) == (level is not Level.FREE)


@pytest.mark.parametrize("spent", [1000.0, 1000.5, 5000.0])
def test_at_the_limit_a_budget_is_exhausted_at_any_pace(spent: float) -> None:
    found = course(JUNE, spent, 0.0, NOW)
    assert (found.level, found.burn) == (Level.EXHAUSTED, None)


def test_what_is_nearly_spent_is_not_told_to_be_spent() -> None:
    assert "99 %" in burning(1.1, 999.9).reason


@given(st.floats(0, 5000), st.floats(0, 1e6), st.floats(0, 1))
def test_spending_more_or_faster_never_loosens_the_course(
    spent: float, pace: float, place: float
) -> None:
    start, end = window(JUNE, NOW)
    now = start + place * (end - start) * (1 - 1e-9)
    severity = course(JUNE, spent, pace, now).level.severity
    assert course(JUNE, spent * 1.1, pace, now).level.severity >= severity
    assert course(JUNE, spent, pace * 1.1, now).level.severity >= severity


def test_at_the_first_moment_of_a_period_the_whole_limit_is_left() -> None:
    found = course(JUNE, 0.0, 1.0, at("2026-06-01"))
    assert found.allowed_rate == pytest.approx(1000 / 720)


def test_at_the_last_moment_the_allowed_rate_stays_finite() -> None:
    found = course(JUNE, 990.0, 5.0, at("2026-07-01") - 0.001)
    assert found.allowed_rate == pytest.approx(10.0)
    assert found.level is Level.FREE


RATES = [(24.0, 24.0, 1.0), (24.0, 240.0, 1.0), (12.0, 12.0, 1.0), (12.0, 0.0, 2.0), (6.0, 1.0, 1)]


@pytest.mark.parametrize(("grams", "history", "expected"), RATES)
def test_little_history_gives_a_rate_over_the_time_there_is_but_not_over_minutes(
    grams: float, history: float, expected: float
) -> None:
    assert rate(grams, history) == expected


WINDOWS = [
    ("week", "2026-06-15T12:00", "2026-06-15", "2026-06-22"),
    ("week", "2026-06-14T23:59", "2026-06-08", "2026-06-15"),
    ("month", "2026-12-31T23:59", "2026-12-01", "2027-01-01"),
    ("month", "2028-02-29T00:00", "2028-02-01", "2028-03-01"),
    ("year", "2026-06-15T12:00", "2026-01-01", "2027-01-01"),
]


@pytest.mark.parametrize(("period", "now", "start", "end"), WINDOWS)
def test_a_period_is_one_of_the_calendar(period: str, now: str, start: str, end: str) -> None:
    assert window(Budget("b", 1.0, period), at(now)) == (at(start), at(end))


def test_a_dated_budget_asks_for_nothing_outside_its_days() -> None:
    spring = Budget("spring", 10.0, start=at("2026-03-01"), end=at("2026-06-01"))
    assert course(spring, 50.0, 5.0, at("2026-05-31T23:59")).level is Level.EXHAUSTED
    for outside in ("2026-02-28", "2026-06-01"):
        assert course(spring, 50.0, 5.0, at(outside)) == FREE


COVERS = [
    ({}, "sales", "letters", True),
    ({"team": " Sales "}, "sales", "", True),
    ({"team": "sales"}, "", "letters", False),
    ({"team": "sales", "use_case": "Letters"}, "sales", "letters", True),
    ({"team": "sales", "use_case": "letters"}, "sales", "", False),
]


@pytest.mark.parametrize(("names", "team", "use_case", "covered"), COVERS)
def test_a_budget_covers_its_team_and_use_case(
    names: dict[str, str], team: str, use_case: str, covered: bool
) -> None:
    assert Budget("b", 1.0, **names).covers(team, use_case) is covered  # type: ignore[arg-type]


WRONG_BUDGETS = [
    ({"limit_g": 0.0}, "limit_g"),
    ({"limit_g": math.nan}, "limit_g"),
    ({"limit_g": math.inf}, "limit_g"),
    ({"period": "day"}, "period"),
    ({"start": 1.0}, "end"),
    ({"start": 2.0, "end": 2.0}, "end"),
]


@pytest.mark.parametrize(("fields", "named"), WRONG_BUDGETS)
def test_a_wrong_budget_is_an_error_that_names_its_field(
    fields: dict[str, Any], named: str
) -> None:
    with pytest.raises(FootprintInputError) as caught:
        Budget(**{"name": "b", "limit_g": 1.0, **fields})
    assert caught.value.field == named


@pytest.mark.parametrize("wrong", [-1.0, math.nan, math.inf])
def test_a_wrong_amount_is_an_error_that_names_its_field(wrong: float) -> None:
    for field, given_ in (("spent_g", (wrong, 1.0)), ("rate_24h_g_per_h", (1.0, wrong))):
        with pytest.raises(FootprintInputError) as caught:
            course(JUNE, *given_, NOW)
        assert caught.value.field == field
    with pytest.raises(FootprintInputError, match="recent_g"):
        rate(wrong, 24.0)
    with pytest.raises(FootprintInputError, match="history_hours"):
        rate(1.0, -1.0)


def grams(low: float, mid: float, high: float) -> Quantity:
    return Quantity(low, mid, high, "gCO2eq")


def test_the_projection_lies_between_the_two_paces_and_holds_both() -> None:
    """348 hours of 1 g then a day of 2 g an hour, 372 hours to go."""
    spent, recent = grams(174, 348, 696), grams(24, 48, 96)
    found = project(JUNE, spent, recent, 1e4, NOW)
    assert found is not None
    assert found.mid == pytest.approx(348 + 372 * 1.5)
    assert (found.low, found.high) == pytest.approx((174 + 372 * 0.5, 696 + 372 * 4))


def test_there_is_no_projection_without_spending_or_outside_the_period() -> None:
    past = Budget("past", 10.0, start=0.0, end=HOUR)
    assert project(JUNE, None, None, 100.0, NOW) is None
    assert project(past, grams(1, 1, 1), None, 100.0, NOW) is None
