from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from footprint_cases import factors, text

from sobre.footprint import Factors, FootprintInputError


def edited(change: Callable[[Any], object]) -> str:
    table = json.loads(text())
    change(table)
    return json.dumps(table)


def test_every_factor_says_where_it_comes_from() -> None:
    for factor in factors().by_id.values():
        assert factor.unit
        assert factor.source
        assert factor.basis
        assert factor.accounting
        assert factor.perimeter, factor.id
        assert factor.low <= factor.value <= factor.high


def test_the_file_is_known_by_its_hash() -> None:
    assert Factors.from_json(text().decode()) == factors()
    assert len(factors().sha256) == 64


def test_an_impossible_primary_energy_is_flagged_and_replaced() -> None:
    flag = factors().flags["electricity.WOR.pe"]
    assert "2.5871" in flag
    assert factors().grids["WOR"].pe.low == 3.6
    assert all(grid.pe.low >= 3.6 for grid in factors().grids.values())
    assert set(factors().flags) == {"electricity.WOR.pe"}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda t: t["factors"][0].pop("source"), "v2.a0: lacks 'source'"),
        (lambda t: t["factors"][0].update(source=""), "v2.a0: needs a source"),
        (lambda t: t["factors"][0].update(value="1"), "v2.a0: "),
        (lambda t: t["factors"][0].update(low=float("nan")), "v2.a0: interval"),
        (lambda t: t["factors"][0].update(low=0), "v2.a0: needs a lower bound"),
        (lambda t: t["factors"][0].update(colour="red"), "v2.a0: has an unknown field 'colour'"),
        (lambda t: t["factors"].pop(0), "v2.a0: missing"),
        (lambda t: t["factors"].append(t["factors"][0]), "v2.a0: stands twice"),
        (lambda t: t["factors"].append(3), "factors: needs an object"),
        (lambda t: t.pop("factors"), "factors: not a factor file"),
    ],
)
def test_a_damaged_factor_file_is_refused_naming_the_factor(
    change: Callable[[Any], object], named: str
) -> None:
    with pytest.raises(FootprintInputError) as caught:
        Factors.from_json(edited(change))
    assert str(caught.value).startswith(named)


def test_text_that_is_not_json_is_refused() -> None:
    with pytest.raises(FootprintInputError, match=r"^factors: not a factor file"):
        Factors.from_json(b"\xff\xfe nonsense")
