"""What the figures of a report are made of."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobre.adapters.stores.ledger import Reader
from sobre.core.quantity import Quantity
from sobre.footprint import rebound
from sobre.ledger import chain
from sobre.observatory import Cube, Figures, Splitter, change, figures, observe
from sobre.reports.document import on_log_scale
from sobre.reports.tables import lines
from support import week

END = week.MONDAY + 7 * week.DAY
SPLITTER = Splitter(week.FACTORS, lambda at: f"day {int(at // week.DAY)}")


def made(*records: Any) -> Figures:
    cube = Cube()
    list(observe(enumerate(records, 1), cube, SPLITTER))
    return figures(cube, Cube(), week.FACTORS)


def record(*attempts: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "kind": "exchange",
        "id": "ex_1",
        "received_at": week.MONDAY,
        "outcome": "kept",
        "actor": {"key_id": "k1", "role": "user", "team": "a"},
        "use_case": "mail",
        "attempts": list(attempts),
        "impact": None,
        **fields,
    }


def attempt(gwp: float | None, outcome: str = "kept", **fields: Any) -> dict[str, Any]:
    bounds = gwp and {"low": gwp / 2, "mid": gwp, "high": gwp * 2, "unit": "gCO2eq"}
    impact = {"gwp": bounds, "tier": "B", "method": "physics-v2", "scope": {"training": "excluded"}}
    return {
        "rung": "near",
        "level": 2,
        "model": "m",
        "zone": "machine",
        "outcome": outcome,
        "usage": {"input_tokens": 10, "output_tokens": 20},
        "impact": impact,
        **fields,
    }


def test_the_lines_of_every_figure_add_up_to_it(firm: Path) -> None:
    spans = ((week.MONDAY - 7 * week.DAY, week.MONDAY), (week.MONDAY, END))
    cubes = (Cube(), Cube())
    with Reader(firm) as reader:
        periods = [
            rebound.segments(observe(reader.walk(*span), cube, SPLITTER))
            for cube, span in zip(cubes, spans, strict=True)
        ]
        rows = [
            [row for seq, one in reader.walk(*span) for row in SPLITTER.rows(seq, one)]
            for span in spans
        ]
    all_of_them = figures(cubes[1], cubes[0], week.FACTORS, change(*periods)).by_id
    assert len(all_of_them) > 300
    for figure in all_of_them.values():
        text = "".join(lines(figure, rows[0 if figure.before else 1]))
        table = list(csv.DictReader(io.StringIO(text)))
        columns = ("low", "mid", "high") if figure.share else ("mid",)
        value = dict(zip(("low", "mid", "high"), figure.value or (0.0,) * 3, strict=True))
        for column in columns:
            summed = math.fsum(float(row[column]) for row in table)
            assert summed == pytest.approx(value[column], rel=1e-9, abs=1e-15), figure.id


@pytest.mark.parametrize("field", ["rung", "use_case", "team"])
def test_the_rows_of_a_table_add_up_to_its_total(firm: Path, field: str) -> None:
    found = _week_of(firm)
    ends = [end for end, _, _ in found.names[field]]
    assert len(ends) > 3
    for amount in ("energy", "gwp", "wcf"):
        parts = math.fsum(found.mid(f"R4.{field}.{end}.{amount}") for end in ends)
        assert parts == pytest.approx(found.mid(f"R1.{amount}.total"), rel=1e-9)
    tokens = math.fsum(found.mid(f"R3.{field}.{end}.output_tokens") for end in ends)
    assert tokens == found.mid("R3.all.output_tokens")


def test_the_figures_are_those_of_a_sum_by_hand(firm: Path) -> None:
    found, by_hand, answers = _week_of(firm), 0.0, 0
    with Reader(firm) as reader:
        for _, one in reader.walk(week.MONDAY, END):
            if one["kind"] != "exchange":
                continue
            answers += one["outcome"] == "kept"
            for tried in one["attempts"]:
                impact = one["impact"] if tried["impact"] == "exchange" else tried["impact"]
                if tried["rung"] == "paris" and impact:
                    by_hand += impact["gwp"]["mid"]
    assert found.mid("R4.rung.paris.gwp") == pytest.approx(by_hand, rel=1e-9)
    assert found.mid("R1.answers") == answers


def _week_of(firm: Path) -> Figures:
    cube = Cube()
    with Reader(firm) as reader:
        list(observe(reader.walk(week.MONDAY, END), cube, SPLITTER))
    return figures(cube, Cube(), week.FACTORS)


def test_factors_at_their_bounds_move_the_total_as_they_are_defined() -> None:
    grid = week.FACTORS.grids["FRA"].gwp
    use = {"low": 0.1, "mid": grid.mid / 1000, "high": 0.9, "unit": "gCO2eq"}
    one = attempt(1.0)
    energy = {"low": 0.5, "mid": 1.0, "high": 2.0, "unit": "Wh"}
    one["impact"] |= {"use": {"gwp": use | {"low": grid.low / 1000}}, "energy": energy}
    low, mid, high = made(record(one)).value("R5.electricity") or (0.0, 0.0, 0.0)
    assert mid == 0.0
    assert low == pytest.approx((grid.low - grid.mid) / 1000)
    assert high == pytest.approx((grid.high - grid.mid) / 1000)


def test_an_attempt_that_refers_to_its_exchange_has_its_impact() -> None:
    whole = attempt(4.0)["impact"]
    found = made(record(attempt(None, impact="exchange"), impact=whole))
    assert found.value("R1.gwp.total") == (2.0, 4.0, 8.0)


def test_what_was_tried_in_vain_is_in_the_total_and_shown_apart() -> None:
    found = made(record(attempt(1.0, "abandoned"), attempt(3.0)))
    assert found.value("R1.gwp.total") == (2.0, 4.0, 8.0)
    assert found.value("R4.attempts.abandoned.gwp") == (0.5, 1.0, 2.0)
    assert found.value("R1.gwp.per_answer") == (2.0, 4.0, 8.0)


def test_an_attempt_that_reached_no_model_is_not_one_that_was_not_assessed() -> None:
    found = made(record(attempt(None, "failed", usage=None, impact=None), attempt(None)))
    assert found.mid("R1.unreached") == 1
    assert found.mid("R1.not_assessed") == 1
    assert found.value("R1.gwp.total") is None


def test_avoided_impact_is_never_in_a_total() -> None:
    avoided = {"gwp": {"low": 5.0, "mid": 9.0, "high": 20.0, "unit": "gCO2eq"}, "against": "far"}
    with_it, without = made(record(attempt(1.0), avoided=avoided)), made(record(attempt(1.0)))
    assert with_it.value("R4.avoided.gwp") == (5.0, 9.0, 20.0)
    assert without.value("R4.avoided.gwp") is None
    assert with_it.value("R1.gwp.total") == without.value("R1.gwp.total")


def test_measured_energy_stands_beside_the_modelled_and_is_added_to_nothing() -> None:
    window = chain.energy(
        name="en_1",
        start=week.MONDAY - 60,
        end=week.MONDAY,
        source="rapl",
        sources={},
        tier="A",
        scope={},
        zones=["machine"],
        total=Quantity(9.0, 10.0, 11.0, "Wh"),
        parts={"ex_1": 4.0, "ex_2": 2.5},
        unattributed=3.5,
        failed=[],
    )
    found = made(record(attempt(1.0)), window)
    assert found.value("R4.energy.measured") == (9.0, 10.0, 11.0)
    assert found.mid("R4.energy.attributed") == 6.5
    assert found.mid("R4.energy.unattributed") == 3.5
    assert found.value("R1.energy.total") is None
    assert found.now.persons["team"] == {"a": {"k1"}}


def test_an_interrupted_exchange_is_counted_as_unknown() -> None:
    found = made(record(outcome="interrupted", attempts=None))
    assert found.mid("R1.unknown") == 1
    assert found.mid("R1.answers") == 0


@pytest.mark.parametrize(
    ("keys", "roles", "together"),
    [
        ({"a": 1, "b": 5, "c": 5}, {}, {"a", "b"}),
        ({"a": 2, "b": 1, "c": 5}, {}, {"a", "b"}),
        ({"a": 1, "b": 5}, {"a": "app"}, set()),
        ({"a": 3, "b": 3}, {}, set()),
        ({"a": 1}, {}, {"a"}),
    ],
)
def test_a_row_never_speaks_of_fewer_than_three_persons(
    keys: dict[str, int], roles: dict[str, str], together: set[str]
) -> None:
    cube = Cube()
    for team, count in keys.items():
        for n in range(count):
            role = roles.get(team, "user")
            cube.met(
                {"kind": "exchange", "actor": {"key_id": f"{team}{n}", "team": team, "role": role}}
            )
    assert cube.few("team", 3) == together


def test_the_electricity_of_a_line_is_told_from_its_figures(firm: Path) -> None:
    with Reader(firm) as reader:
        rows = [row for seq, one in reader.walk(0.0, END) for row in SPLITTER.rows(seq, one)]
    grids = {row.key.rung: row.key.grid for row in rows if row.key.tier != "none"}
    assert grids["local"] == grids["paris"] == "FRA"
    assert grids["dublin"] == "IRL"


@given(st.lists(st.tuples(*[st.floats(1e-9, 1e9)] * 3).map(sorted), min_size=1, max_size=9))
def test_a_logarithmic_chart_keeps_every_bar_inside(triples: list[list[float]]) -> None:
    bars, ticks = on_log_scale([("x", "", (a, b, c), "") for a, b, c in triples])
    assert len(bars) == len(triples)
    assert all(-1e-6 <= bar.low <= bar.mid <= bar.high <= 1 + 1e-6 for bar in bars)
    assert 2 <= len(ticks) <= 8
