"""Why the impact changed between two periods, and how much growth took back."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobre.footprint.errors import FootprintInputError
from sobre.footprint.rebound import EFFECTS, NOBODY, Segment, decompose, segments

# The worked example (source: ours): 10,000 then 16,000 requests; share, tokens a request, kWh a
# token, kg a kWh.
BEFORE: dict[str, tuple[float, ...]] = {
    "local-3B": (0.2, 300, 3e-05, 0.0414),
    "eu-24B": (0.5, 400, 0.00012, 0.0414),
    "frontier": (0.3, 500, 0.0016, 0.3844),
}
AFTER: dict[str, tuple[float, ...]] = {
    "local-3B": (0.55, 280, 2.8e-05, 0.0414),
    "eu-24B": (0.35, 380, 0.00011, 0.0414),
    "frontier": (0.1, 650, 0.0014, 0.36),
}
EFFECTS_OF_IT = {
    "volume": 336.5571723870049,
    "routing": -776.0910948430328,
    "tokens": 184.27358627837117,
    "efficiency": -95.0603996789716,
    "grid": -46.21328334337109,
    "entered": 0.0,
    "left": 0.0,
}


def period(requests: float, rows: dict[str, tuple[float, ...]]) -> list[Segment]:
    return [Segment(name, requests * share, *rest) for name, (share, *rest) in rows.items()]


def test_the_worked_example_is_reproduced() -> None:
    made = decompose(period(10_000, BEFORE), period(16_000, AFTER))
    assert (made.before.mid, made.after.mid) == pytest.approx((933.2412, 536.7071808), rel=1e-12)
    assert {k: v.mid for k, v in made.effects.items()} == pytest.approx(EFFECTS_OF_IT, rel=1e-9)


amounts = st.one_of(st.just(0.0), st.floats(1e-9, 1e9))
bounds = st.tuples(st.floats(0, 1), st.floats(1, 5))
rows = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(amounts, amounts, amounts, amounts, bounds), max_size=5
)


def some(made: dict[str, Any]) -> list[Segment]:
    return [Segment(name, *factors, *bounds) for name, (*factors, bounds) in made.items()]


@given(rows, rows)
def test_the_effects_add_up_to_the_change(old: dict[str, Any], new: dict[str, Any]) -> None:
    made = decompose(some(old), some(new), users_before=3, users_after=7)
    scale = max(made.before.mid, made.after.mid)
    told = math.fsum(effect.mid for effect in made.effects.values())
    assert abs(told - made.change) <= 1e-9 * scale
    parts = math.fsum(v for effects in made.segments.values() for v in effects.values())
    assert abs(parts - made.change) <= 1e-9 * scale
    if made.volume_split:
        split = made.volume_split[0].mid + made.volume_split[1].mid
        assert abs(split - made.effects["volume"].mid) <= 1e-9 * scale


def test_a_change_of_one_factor_only_is_that_factors_effect() -> None:
    old = Segment("a", 100, 200, 0.01, 0.05)
    for place, effect in enumerate(("tokens", "efficiency", "grid")):
        factors = [200, 0.01, 0.05]
        factors[place] *= 1 + 1e-12
        made = decompose([old], [Segment("a", 100, *factors)])
        others = [made.effects[name].mid for name in EFFECTS if name != effect]
        assert made.effects[effect].mid == pytest.approx(made.change, rel=1e-3)
        assert others == [0.0] * 6


def test_a_segment_that_comes_or_goes_counts_whole_as_entered_or_left() -> None:
    made = decompose([Segment("old", 10, 1, 1, 3)], [Segment("new", 10, 1, 1, 2)])
    assert (made.effects["entered"].mid, made.effects["left"].mid) == (20, -30)
    idle = decompose([Segment("a", 10, 1, 1, 3)], [Segment("a", 0, 1, 1, 3)])
    assert (idle.effects["left"].mid, idle.effects["volume"].mid) == (-30, 0)


def test_more_users_and_more_requests_of_each_are_told_apart() -> None:
    before, after = [Segment("a", 100, 1, 1, 1)], [Segment("a", 100, 1, 1, 1)]
    made = decompose(before, after, users_before=10, users_after=20)
    assert made.volume_split is not None
    users, each = made.volume_split
    assert (users.mid, each.mid) == pytest.approx((100 * math.log(2), -100 * math.log(2)))
    assert decompose(before, after).volume_split is None


def test_an_effect_has_the_interval_of_its_segments() -> None:
    before = [Segment("a", 100, 1, 1, 1, 0.5, 3)]
    after = [Segment("a", 100, 1, 0.5, 1, 0.5, 3)]
    effect = decompose(before, after).effects["efficiency"]
    assert (effect.low, effect.mid, effect.high) == pytest.approx((-150, -50, -25))


HALVED = (100.0, 1.0, 0.5, 1.0)
REBOUNDS = [
    (HALVED, 0.0, "none"),
    ((90, 1, 0.5, 1), -0.1, "super_conservation"),
    ((150, 1, 0.5, 1), 0.5, "partial"),
    ((100, 2, 0.5, 1), 1.0, "full"),
    ((300, 1, 0.5, 1), 2.0, "backfire"),
    ((150, 1, 0.5, 0.1), 0.5, "partial"),
]


@pytest.mark.parametrize(("after", "index", "kind"), REBOUNDS)
def test_the_rebound_says_how_much_of_a_saving_was_taken_back(
    after: tuple[float, ...], index: float, kind: str
) -> None:
    """Twice as efficient; a cleaner grid (the last row) is no one's restraint."""
    made = decompose([Segment("a", 100, 1, 1, 1)], [Segment("a", *after)])
    for variant in ("efficiency", "routing_efficiency"):
        found = made.rebound[variant]
        assert found.index == pytest.approx(index)
        assert found.kind == kind


@pytest.mark.parametrize(("wh", "why"), [(1.0, "no_saving"), (1.5, "no_saving"), (0.999, "tiny")])
def test_without_a_saving_to_expect_there_is_no_rebound(wh: float, why: str) -> None:
    made = decompose([Segment("a", 100, 1, 1, 1)], [Segment("a", 150, 1, wh, 1)])
    assert (made.rebound["efficiency"].index, made.rebound["efficiency"].why) == (None, why)


def test_a_move_to_smaller_models_is_a_saving_of_its_own() -> None:
    made = decompose(period(10_000, BEFORE), period(16_000, AFTER))
    assert made.rebound["routing_efficiency"].expected == pytest.approx(655.87292)
    assert made.rebound["routing_efficiency"].index == pytest.approx(0.44958, abs=1e-5)
    assert made.rebound["volume"].index == pytest.approx(0.33668, abs=1e-5)


def test_with_nothing_in_a_period_nothing_is_divided_by_zero() -> None:
    some = [Segment("a", 100, 1, 1, 1)]
    assert decompose(some, []).change == -100
    assert decompose([], some).effects["entered"].mid == 100
    assert [r.index for r in decompose([], []).rebound.values()] == [None] * 3


WRONG = [
    ({"requests": -1}, "a.requests"),
    ({"g_per_wh": math.nan}, "a.g_per_wh"),
    ({"wh_per_token": math.inf}, "a.wh_per_token"),
    ({"tokens_per_request": 1e60}, "a.tokens_per_request"),
    ({"low": 2.0, "high": 3.0}, "a.low"),
]


@pytest.mark.parametrize(("fields", "named"), WRONG)
def test_a_wrong_number_is_an_error_that_names_its_field(
    fields: dict[str, float], named: str
) -> None:
    good = {"requests": 1, "tokens_per_request": 1, "wh_per_token": 1, "g_per_wh": 1}
    with pytest.raises(FootprintInputError) as caught:
        Segment("a", **{**good, **fields})
    assert caught.value.field == named


def test_a_wrong_period_or_number_of_users_is_named() -> None:
    one = Segment("a", 1, 1, 1, 1)
    with pytest.raises(FootprintInputError, match="after"):
        decompose([one], [one, one])
    with pytest.raises(FootprintInputError, match="users_after"):
        decompose([one], [one], users_before=1, users_after=0)


def exchange(*rungs: str, **fields: Any) -> dict[str, Any]:
    """A record as the ledger has it: every attempt but the last in vain."""
    usage = {"input_tokens": 60, "output_tokens": 40}
    last = fields.pop("outcome", "kept")
    attempts = [
        {"rung": rung, "outcome": last if rung == rungs[-1] else "abandoned", "usage": usage}
        for rung in rungs
    ]
    wh, g = {"mid": 2.0 * len(rungs)}, {"low": 0.5, "mid": 1.0, "high": 4.0}
    given: dict[str, Any] = {
        "kind": "exchange",
        "actor": {"key_id": "key_1"},
        "use_case": None,
        "attempts": attempts,
        "impact": {"energy": wh, "gwp": g, "factors": "1", "method": "v2"},
    }
    return given | fields


def test_an_exchange_counts_whole_under_the_rung_that_answered() -> None:
    made = segments([exchange("small", "large"), exchange("large"), exchange("small")])
    large = next(s for s in made.segments if s.name == "large")
    assert (large.requests, large.tokens_per_request, large.wh_per_token) == (2, 150, 6 / 300)
    assert (large.impact, large.low, large.high) == pytest.approx((2.0, 0.5, 4.0))
    assert sum(s.impact for s in made.segments) == pytest.approx(3.0)


def test_use_cases_are_segments_of_their_own_and_keys_are_counted() -> None:
    other = exchange("small", use_case="letters", actor={"key_id": "key_2"})
    made = segments([exchange("small"), other, {"kind": "erasure"}])
    assert [s.name for s in made.segments] == ["small", "small × letters"]
    assert (made.requests, made.users, made.factors) == (2, 2, frozenset({"1"}))


def test_what_could_not_be_assessed_is_counted_and_never_zero() -> None:
    made = segments(
        [
            exchange("small", impact=None),
            exchange("small", impact={"energy": {"mid": 1.0}, "gwp": None}),
            exchange(attempts=None, impact=None),
            exchange(impact=None),
            exchange("small", outcome="failed"),
        ]
    )
    assert (made.unassessed, made.unanswered, made.requests) == (3, 1, 1)
    assert [s.name for s in made.segments] == [NOBODY]


def test_an_answer_without_tokens_still_has_its_energy() -> None:
    nothing = {"input_tokens": 0, "output_tokens": 0}
    found = exchange("cache")
    found["attempts"][0]["usage"] = nothing
    (one,) = segments([found, found]).segments
    assert (one.tokens_per_request, one.wh_per_token, one.impact) == (1, 2.0, 2.0)
