"""Work that can wait is placed in better hours, and is never late for it."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobre.footprint.errors import FootprintInputError
from sobre.footprint.schedule import Job, place, place_many

SERIES = st.lists(st.floats(1, 1000), min_size=1, max_size=48)
HOURS = st.floats(0.05, 60)
TINY = 1e-9


def test_a_job_waits_for_the_lowest_hours() -> None:
    plan = place([100, 80, 40, 60, 90], 2, 5)
    assert (plan.start_h, plan.end_h) == (2, 4)
    assert plan.gco2_per_kwh == pytest.approx(50)
    assert plan.at_once_gco2_per_kwh == pytest.approx(90)
    assert plan.saving.mid == pytest.approx(4 / 9)


def test_a_job_of_part_of_an_hour_ends_or_begins_where_the_hours_change() -> None:
    assert place([100, 10, 20], 1.5, 3).pieces == ((1.0, 2.5),)
    assert place([100, 20, 10], 1.5, 3).pieces == ((1.5, 3.0),)


def test_a_job_that_may_be_split_takes_the_lowest_hours_wherever_they_are() -> None:
    plan = place([100, 10, 100, 20, 15], 2.5, 5, split=True)
    assert plan.pieces == ((1.0, 2.0), (3.0, 3.5), (4.0, 5.0))
    assert plan.in_time


def test_nothing_waits_where_no_hour_is_better() -> None:
    plan = place([50, 50, 50], 1, 3)
    assert not plan.waits
    assert plan.saving == (0, 0, 0)
    assert plan.grams_ratio == 1


@pytest.mark.parametrize("seconds", [1, 20, 1000, 3600])
@pytest.mark.parametrize("before", [0, 1, 3, 90])
def test_of_equal_choices_the_earliest_is_taken(seconds: float, before: int) -> None:
    series = [333.3] * before + [100.1, 20.2, 20.2, 20.2, 90.9]
    assert place(series, seconds / 3600, before + 4.9).start_h == before + 1


def test_a_job_longer_than_its_window_starts_at_once_and_says_so() -> None:
    plan = place([100, 10, 10], 5, 3)
    assert (plan.start_h, plan.in_time) == (0, False)


def test_hours_that_are_not_known_are_never_chosen() -> None:
    plan = place([100, 90], 1, 24)
    assert plan.end_h <= 2


def test_the_longer_the_wait_the_less_is_sure() -> None:
    soon = place([100, 50, *[100] * 22], 1, 24).saving
    late = place([*[100] * 23, 50], 1, 24).saving
    assert soon.mid == pytest.approx(late.mid)
    assert late.low < soon.low
    assert late.high > soon.high


@given(SERIES, HOURS, HOURS, st.booleans())
def test_no_deadline_that_could_be_met_is_missed_and_no_grams_are_added(
    series: list[float], duration: float, within: float, split: bool
) -> None:
    plan = place(series, duration, within, split=split)
    assert plan.in_time == (duration <= within)
    if plan.in_time:
        assert plan.end_h <= within + TINY
    assert plan.start_h >= 0
    assert plan.gco2_per_kwh <= plan.at_once_gco2_per_kwh + TINY
    assert math.fsum(b - a for a, b in plan.pieces) == pytest.approx(duration)
    assert plan.saving.low <= plan.saving.mid <= plan.saving.high <= 1


@given(SERIES, HOURS, HOURS)
def test_no_start_on_a_fine_raster_is_better_than_the_one_chosen(
    series: list[float], duration: float, within: float
) -> None:
    best = place(series, duration, within).gco2_per_kwh
    horizon = min(within, len(series))
    step = 0.05
    starts = [step * i for i in range(int(max(0.0, horizon - duration) / step))]
    for start in starts:
        edges = [
            start,
            *range(math.floor(start) + 1, math.ceil(start + duration)),
            start + duration,
        ]
        cost = math.fsum((b - a) * series[min(int(a), len(series) - 1)] for a, b in pairwise(edges))
        assert best <= cost / duration + 1e-6


@given(SERIES, HOURS, HOURS)
def test_to_split_is_never_worse(series: list[float], duration: float, within: float) -> None:
    whole = place(series, duration, within)
    assert place(series, duration, within, split=True).gco2_per_kwh <= whole.gco2_per_kwh + TINY


@pytest.mark.parametrize(
    ("series", "duration", "within", "field"),
    [
        ([], 1, 2, "series"), ([math.nan], 1, 2, "series"), ([-1.0], 1, 2, "series"),
        ([1.0], 0, 2, "duration_h"), ([1.0], math.inf, 2, "duration_h"),
        ([1.0], 1, -2, "within_h"), ([1.0], 1, math.nan, "within_h"),
    ],
)  # fmt: skip
def test_a_wrong_question_names_its_field(
    series: list[float], duration: float, within: float, field: str
) -> None:
    with pytest.raises(FootprintInputError) as caught:
        place(series, duration, within)
    assert caught.value.field == field


def test_a_queue_shares_the_good_hours_and_keeps_to_its_places() -> None:
    plans = place_many([100, 10, 20, 100], [Job(1, 4), Job(1, 4), Job(1, 2)], 1)
    assert [plan.start_h for plan in plans] == [2, 0, 1]
    assert all(plan.in_time for plan in plans)


def test_a_queue_does_not_wait_where_waiting_would_make_a_job_late() -> None:
    plans = place_many([100, 100, 1, 1], [Job(2, 4), Job(2, 4)], 1)
    assert [plan.in_time for plan in plans] == [True, True]


@given(
    SERIES,
    st.lists(st.builds(Job, st.floats(0.1, 6), st.floats(0.1, 40)), max_size=8),
    st.integers(1, 3),
)
def test_a_queue_never_runs_more_at_once_than_it_has_places(
    series: list[float], jobs: list[Job], places: int
) -> None:
    plans = place_many(series, jobs, places)
    assert len(plans) == len(jobs)
    for hour in range(200):
        assert sum(p.start_h <= hour < math.ceil(p.end_h) for p in plans) <= places


def test_a_queue_without_a_place_is_an_error() -> None:
    with pytest.raises(FootprintInputError, match="at_once"):
        place_many([1.0], [Job(1, 2)], 0)
