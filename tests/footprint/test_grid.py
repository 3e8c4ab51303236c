"""Places by any name, hours of a profile, and series that are judged before they are believed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobre.adapters import grids
from sobre.footprint.errors import FootprintInputError
from sobre.footprint.grid import HourProfile, Imported, SeriesError, summarise, zone_of

START = datetime(2023, 1, 1, tzinfo=UTC).timestamp()
Samples = Sequence[tuple[float, float | None]]


def a_profile(grams: float = 100.0, **other: object) -> HourProfile:
    """Each hour its own value, the same all year: hour 0 is ``grams``, hour 23 ``grams + 23``."""
    row = tuple(grams + hour for hour in range(24))
    values = {
        "zone": "FRA", "timezone": "Europe/Paris", "month_hour": (row,) * 12,
        "weekend_factor": 1.0, "mean": grams + 11.5, "p05": grams / 2, "p95": grams * 2,
        "source": "test", "year": 2023, "basis": "location", "accounting": "life cycle",
        "perimeter": "consumption",
    }  # fmt: skip
    return HourProfile(**(values | other))  # type: ignore[arg-type]


def hours(count: int, value: Callable[[int], float | None] = lambda i: 50 + i % 24) -> Samples:
    return [(START + 3600 * i, value(i)) for i in range(count)]


@pytest.mark.parametrize(
    ("text", "zone"),
    [("FRA", "FRA"), ("fr", "FRA"), (" Fr ", "FRA"), ("UK", "GBR"), ("DK-DK1", "DNK"),
     ("US-CAL-CISO", "USA"), ("el", "GRC"), ("EU", "EEE"), ("wor", "WOR")],
)  # fmt: skip
def test_a_place_is_known_by_each_of_its_usual_codes(text: str, zone: str) -> None:
    assert zone_of(text) == zone


def test_a_place_is_also_known_by_its_name_where_names_are_given() -> None:
    assert zone_of("Allemagne", grids.atlas().names) == "DEU"


def test_an_unknown_place_is_an_error_that_names_near_ones() -> None:
    with pytest.raises(FootprintInputError, match=r"'Frnace'; near ones: FRANCE") as caught:
        zone_of("Frnace", grids.atlas().names)
    assert caught.value.field == "zone"


def test_every_place_on_file_has_factors_a_name_and_a_clock_that_exists() -> None:
    factors, places = grids.factors(), grids.atlas().places
    assert set(places) | {"EEE", "WOR"} == set(factors.grids)
    for place in places.values():
        assert zone_of(place.zone) == place.zone
        assert ZoneInfo(place.timezone).key == place.timezone


def test_no_electricity_is_left_below_the_energy_a_kilowatt_hour_holds() -> None:
    factors = grids.factors()
    assert factors.by_id["electricity.NOR.pe"].value < 3.6
    assert "electricity.NOR.pe" in factors.flags
    assert all(grid.pe.low >= 3.6 for grid in factors.grids.values())


def test_other_published_figures_say_what_they_count() -> None:
    for one in grids.atlas().published["FRA"]:
        assert one.source
        assert one.basis
        assert one.accounting
        assert one.perimeter
    assert {one.accounting for one in grids.atlas().published["FRA"]} == {"direct", "life cycle"}


def test_a_weekend_is_lower_and_the_week_keeps_its_mean() -> None:
    profile = a_profile(weekend_factor=0.8)
    week = [profile.at(5, day, 12).mid for day in range(7)]
    assert week[6] == pytest.approx(0.8 * week[0])
    assert math.fsum(week) / 7 == pytest.approx(112)


def test_the_hours_are_those_of_the_places_own_clock() -> None:
    series = a_profile().series(datetime(2026, 7, 15, 10, tzinfo=UTC), 3)
    assert series == pytest.approx((112, 113, 114))


@pytest.mark.parametrize(("day", "length"), [((2026, 3, 29), 23), ((2026, 10, 25), 25)])
def test_a_day_on_which_clocks_change_has_its_own_number_of_hours(
    day: tuple[int, int, int], length: int
) -> None:
    series = a_profile().series(datetime(*day, tzinfo=ZoneInfo("Europe/Paris")), length + 1)
    assert series[0] == pytest.approx(100)
    assert series[length] == pytest.approx(100)
    assert len([value for value in series if value == pytest.approx(102)]) == length - 23


def test_an_hour_between_two_of_the_clocks_takes_its_share_of_both() -> None:
    series = a_profile().series(datetime(2026, 7, 15, 10, 15, tzinfo=UTC), 2)
    assert series == pytest.approx((112.25, 113.25))


def test_a_month_that_is_not_known_takes_the_mean_of_the_others() -> None:
    row, other = (10.0,) * 24, (30.0,) * 24
    profile = a_profile(month_hour=(row, other, *[None] * 10), p05=5.0, mean=20.0, p95=40.0)
    assert profile.missing_months == tuple(range(3, 13))
    assert profile.at(7, 2, 3).mid == pytest.approx(20)


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda p: p.at(13, 0, 0), "month"),
        (lambda p: p.at(1, 7, 0), "weekday"),
        (lambda p: p.at(1, 0, 24), "hour"),
        (lambda p: p.series(datetime(2026, 1, 1), 3), "start"),  # noqa: DTZ001 - meant
        (lambda p: p.series(datetime(2026, 1, 1, tzinfo=UTC), 0), "hours"),
    ],
)
def test_a_wrong_question_to_a_profile_names_its_field(
    call: Callable[[HourProfile], object], field: str
) -> None:
    with pytest.raises(FootprintInputError) as caught:
        call(a_profile())
    assert caught.value.field == field


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)), st.integers(1, 60))  # noqa: DTZ001
def test_a_series_stays_within_its_profile(start: datetime, count: int) -> None:
    series = a_profile().series(start.replace(tzinfo=UTC), count)
    assert len(series) == count
    assert all(100 <= value <= 123 for value in series)


def test_the_profiles_that_ship_keep_their_years_mean() -> None:
    for profile in grids.profiles().values():
        known = [hour for row in profile.month_hour if row for hour in row]
        assert math.fsum(known) / len(known) == pytest.approx(profile.mean, rel=0.01)


def test_a_year_of_hours_gives_back_its_mean_its_range_and_its_shape() -> None:
    seen = summarise(hours(8760), "UTC")
    assert seen.mean == pytest.approx(61.5)
    assert (seen.p05, seen.p95) == (51, 72)
    assert seen.month_hour[6] == pytest.approx(tuple(50 + hour for hour in range(24)))
    assert seen.flags == {}


def test_a_part_of_a_year_is_taken_and_its_gaps_are_said() -> None:
    seen = summarise(hours(24 * 40, lambda i: None if i == 100 else 50 + i % 24), "UTC")
    assert set(seen.flags) == {"short", "gaps", "months"}
    assert seen.flags["months"] == "3, 4, 5, 6, 7, 8, 9, 10, 11, 12"


@pytest.mark.parametrize(
    ("samples", "problem"),
    [
        (hours(10), "few"),
        (hours(500, lambda _: 60.0), "constant"),
        (hours(500, lambda i: -1.0 if i == 7 else 60.0), "negative"),
        (hours(500, lambda i: math.nan if i == 7 else 60.0), "negative"),
        (hours(500, lambda i: 0.0 if i == 7 else 60.0), "zero"),
        (hours(500, lambda i: 5000.0 if i == 7 else 60.0), "high"),
        (hours(500, lambda i: 0.05 + i / 1e5), "kilograms"),
        (hours(500, lambda i: 50_000.0 + i), "per_mwh"),
        (hours(500, lambda i: None if i % 5 == 0 else 60.0 + i % 3), "gaps"),
        ([*hours(100), hours(100)[-1]], "twice"),
        ([*hours(100), hours(50)[-1]], "order"),
        ([(START + 86400 * i, 50.0 + i) for i in range(365)], "coarse"),
    ],
)
def test_what_cannot_be_hours_of_electricity_is_refused_by_name(
    samples: Samples, problem: str
) -> None:
    with pytest.raises(SeriesError) as caught:
        summarise(samples, "UTC")
    assert caught.value.problem == problem


def an_import(grams: float = 100.0, **profile: object) -> Imported:
    return Imported(
        a_profile(grams, **profile), "My meter, 2023", "mine.csv", "ab" * 32,
        "2023-01-01T00:00:00+00:00", "2024-01-01T00:00:00+00:00", 60, 8760, 0.0, {"direct": "x"},
    )  # fmt: skip


def test_an_import_comes_back_from_its_file_as_it_was() -> None:
    import json

    own = an_import()
    assert Imported.from_json(json.dumps(own.as_json())) == own


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"version": 2}', '{"version": 1, "profile": {}}']
)
def test_a_file_that_is_no_import_is_an_error(text: str) -> None:
    with pytest.raises(FootprintInputError):
        Imported.from_json(text)


def test_an_import_takes_the_place_of_the_grams_and_is_named_as_their_source() -> None:
    shipped = grids.factors()
    factors = shipped.with_grids({"FRA": an_import()})
    assert factors.grids["FRA"].gwp.mid == pytest.approx(111.5)
    assert factors.grids["FRA"].pe == shipped.grids["FRA"].pe
    assert factors.grids["FRA"].source == "My meter, 2023 (gwp), EcoLogits 0.11.3 (other amounts)"
    assert "mine.csv" in factors.by_id["electricity.FRA.gwp"].note
    assert factors.sha256 != shipped.sha256
    assert factors.grids["DEU"] == shipped.grids["DEU"]


def test_an_import_for_a_place_without_factors_takes_the_worlds_other_amounts() -> None:
    factors = grids.factors().with_grids({"AND": an_import(zone="AND")})
    assert factors.grids["AND"].wue == factors.grids["WOR"].wue
    assert "WOR (other amounts)" in factors.grids["AND"].source


def test_direct_emissions_that_fall_to_nothing_keep_a_bound_that_can_be_multiplied() -> None:
    assert an_import(p05=0.0).gwp.low > 0


def test_an_unknown_clock_is_an_error_that_names_it() -> None:
    with pytest.raises(FootprintInputError, match="Mars/Olympus"):
        a_profile(timezone="Mars/Olympus").series(datetime.now(UTC) + timedelta(hours=1), 2)
