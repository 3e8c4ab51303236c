"""One window shared among the calls in it: nothing is lost, nothing is counted twice."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobre.footprint import FootprintInputError
from sobre.footprint.share import SEVERAL, Call, Window, compare, share, tokens

moment = st.floats(-5, 15)
amount = st.none() | st.floats(0, 1e6)


@st.composite
def calls(draw: st.DrawFn) -> list[Call]:
    """Begun early, ended late, both, neither; known or not; of one exchange or of several."""
    made = []
    for _ in range(draw(st.integers(0, 30))):
        start = draw(moment)
        end = draw(st.one_of(moment, st.just(start), st.just(math.inf)))
        name = f"ex_{draw(st.integers(0, 20))}"
        made.append(Call(name, start, min(end, 20.0), draw(amount), draw(amount)))
    return made


@given(calls(), st.floats(0, 1e9), st.none() | st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_parts_and_remainder_are_the_whole(
    made: list[Call], energy: float, idle: float | None, ours: float, share_idle: bool
) -> None:
    known = None if idle is None else energy * idle
    parts, rest = share(Window(0.0, 10.0, energy, known, ours), made, share_idle=share_idle)
    assert math.isclose(math.fsum(parts.values()) + rest, energy, rel_tol=1e-9)
    assert rest >= 0
    assert all(part >= 0 for part in parts.values())
    there = {c.id for c in made if c.start < 10 and c.end > 0 and c.end > c.start}
    assert set(parts) <= there
    if idle is not None and not share_idle:
        assert rest >= energy * idle * (1 - 1e-9)


@pytest.mark.parametrize(
    ("made", "parts"),
    [
        ([("a", 0, 10, 3.0, 1), ("b", 0, 10, 1.0, 99)], {"a": 0.75, "b": 0.25}),
        ([("a", 0, 10, None, 30), ("b", 0, 10, None, 10)], {"a": 0.75, "b": 0.25}),
        ([("a", 0, 10, None, None), ("b", 0, 5, None, None)], {"a": 2 / 3, "b": 1 / 3}),
        ([("a", 0, 20, 4.0, None), ("b", 0, 10, 1.0, None)], {"a": 2 / 3, "b": 1 / 3}),
        ([("a", 0, 10, 2.0, 1), ("b", 0, 10, None, 99)], {"a": 0.5, "b": 0.5}),
        ([("a", 2, 4, None, None), ("a", 4, 6, None, None)], {"a": 1.0}),
        ([("a", 3, 4, 0.0, 0), ("b", 11, 12, 1.0, 5)], {"a": 1.0}),
    ],
    ids=["cpu", "tokens", "time", "half-outside", "mean-rate", "two-calls-of-one", "uncounted"],
)
def test_work_inside_the_window_decides(
    made: list[tuple[str, float, float, float | None, float | None]], parts: dict[str, float]
) -> None:
    told = share(Window(0.0, 10.0, 1.0), [Call(*call) for call in made])
    assert told.parts == pytest.approx(parts)


def test_idle_is_borne_only_where_that_is_wanted_and_only_while_a_call_is_there() -> None:
    window, half = Window(0.0, 10.0, 100.0, idle=40.0), [Call("a", 0.0, 4.0), Call("b", 2.0, 5.0)]
    assert share(window, half).unattributed == pytest.approx(40)
    assert share(window, half, share_idle=True).unattributed == pytest.approx(20)
    assert share(window._replace(idle=None), half).unattributed == pytest.approx(50)


def test_what_other_programs_drew_is_nobodys() -> None:
    told = share(Window(0.0, 10.0, 100.0, idle=20.0, ours=0.25), [Call("a", 0.0, 10.0)])
    assert told.parts["a"] == pytest.approx(20)
    assert told.unattributed == pytest.approx(80)


@pytest.mark.parametrize(
    ("window", "field"),
    [
        (Window(1.0, 1.0, 1.0), "window"),
        (Window(0.0, math.nan, 1.0), "window"),
        (Window(0.0, 1.0, -1.0), "energy"),
        (Window(0.0, 1.0, math.inf), "energy"),
        (Window(0.0, 1.0, 1.0, idle=2.0), "idle"),
        (Window(0.0, 1.0, 1.0, ours=1.5), "ours"),
    ],
)
def test_a_window_that_cannot_be_is_refused_by_name(window: Window, field: str) -> None:
    with pytest.raises(FootprintInputError) as caught:
        share(window, [])
    assert caught.value.field == field


def test_a_prompts_token_counts_for_less_than_an_answers() -> None:
    assert tokens(0, 100) > tokens(100, 0) > 0


def attempt(rung: str, wh: float | None, zone: str = "machine") -> dict[str, object]:
    energy = None if wh is None else {"low": wh / 2, "mid": wh, "high": wh * 2, "unit": "Wh"}
    return {"rung": rung, "zone": zone, "usage": {}, "impact": {"energy": energy}}


def energy(parts: dict[str, float], unattributed: float) -> dict[str, object]:
    mid = sum(parts.values()) + unattributed
    total = {"low": mid * 0.9, "mid": mid, "high": mid * 1.1, "unit": "Wh"}
    gap = {"from": 1.0, "to": 3.5, "source": "rapl", "why": "", "next": ""}
    return {
        "parts": parts,
        "unattributed": unattributed,
        "total": total,
        "sources": {
            "rapl": {"energy": mid * 0.75, "idle": 0.1, "seconds": 1.0},
            "cpu-time": {"energy": mid * 0.25, "idle": None, "seconds": 1.0},
        },
        "zones": ["machine"],
        "failed": [gap] if parts else [],
    }


def test_measured_is_set_against_modelled_rung_by_rung() -> None:
    exchanges = {
        "a": {"attempts": [attempt("near", 1.0)], "impact": None},
        "b": {"attempts": [attempt("near", 3.0), attempt("far", 9.0, "abroad")], "impact": None},
        "c": {"attempts": [attempt("near", 1.0), attempt("other", 1.0)], "impact": None},
        "d": {"attempts": [attempt("blind", None)], "impact": None},
    }
    lines = [
        energy({"a": 1.0, "b": 1.0, "c": 2.0, "gone": 0.5}, 1.0),
        energy({"b": 4.0, "d": 1.0}, 0.5),
    ]
    told = compare([*lines, energy({}, 2.0)], exchanges)
    near = told.rungs["near"]
    assert (near.exchanges, near.mid, near.modelled) == (2, 6.0, 4.0)
    assert near.ratio == pytest.approx(1.5)
    assert [near.low, near.high] == pytest.approx([5.4, 6.6])
    assert told.rungs[SEVERAL].modelled == 2.0
    assert told.rungs["blind"].ratio is None
    assert (told.unattributed, told.idle, told.unknown, told.failed_seconds) == (3.5, 2.0, 0.5, 5.0)
    assert told.from_model == pytest.approx(told.total / 4)
    assert told.with_idle == pytest.approx((told.total - told.idle) / 4), "only while at work"
    assert told.total == pytest.approx(
        sum(row.mid for row in told.rungs.values()) + told.unknown + told.unattributed
    )
