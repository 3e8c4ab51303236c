from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from footprint_cases import factors, rung
from hypothesis import given
from hypothesis import strategies as st

from sobre.core.exchange import Impact, RungCard, Usage
from sobre.core.quantity import Quantity
from sobre.core.zone import Zone
from sobre.footprint import (
    SCOPE,
    FootprintInputError,
    combine,
    cost,
    measure,
    predict,
    predict_gwp,
    predict_use_gwp,
    profile,
)

UNITS = {"energy": "Wh", "gwp": "gCO2eq", "adpe": "kgSbeq", "pe": "MJ", "wcf": "L"}
CPU = rung(0.494, hardware="cpu", zone=Zone.MACHINE)
tokens = st.integers(0, 10**9)


def amounts(impact: Impact) -> dict[str, Quantity | None]:
    return {name: getattr(impact, name) for name in UNITS}


def mid(quantity: Quantity | None) -> float:
    assert quantity is not None
    return quantity.mid


def of(card: RungCard, *usage: int, **more: float) -> Impact:
    return measure(profile(card, factors()), Usage(*usage, **more))  # type: ignore[arg-type]  # kwargs by name


cards = st.builds(
    rung,
    st.none() | st.floats(0.05, 2000),
    hardware=st.sampled_from(["cpu", "gpu"]),
    electricity=st.sampled_from([None, "FRA", "POL", "WOR", "NLD", "EEE"]),
    zone=st.sampled_from(Zone),
)


@given(cards, tokens, tokens, st.booleans(), st.floats(0, 1), st.none() | st.floats(0, 1e6))
def test_every_amount_has_ordered_bounds_its_unit_and_a_source(
    card: RungCard,
    tokens_in: int,
    tokens_out: int,
    estimated: bool,
    cached: float,
    cpu_seconds: float | None,
) -> None:
    usage = Usage(
        tokens_in, tokens_out, int(cached * tokens_in), 0, estimated, cpu_seconds=cpu_seconds
    )
    got = measure(profile(card, factors()), usage)
    assert got.tier in "BCD"
    assert tuple(got.scope) == SCOPE
    for name, quantity in amounts(got).items():
        if quantity is not None:
            assert 0 <= quantity.low <= quantity.mid <= quantity.high
            assert quantity.unit == UNITS[name]
            assert quantity.source


@given(cards, tokens, tokens)
def test_predicted_grams_agree_with_the_whole_prediction(
    card: RungCard, tokens_in: int, tokens_out: int
) -> None:
    known = profile(card, factors())
    whole = predict(known, tokens_in, tokens_out).gwp
    grams = predict_gwp(known, tokens_in, tokens_out)
    assert math.isclose(grams, 0.0 if whole is None else whole.mid, rel_tol=1e-9)
    assert predict_use_gwp(known, tokens_in, tokens_out) <= grams


def test_one_answer_of_an_8_b_model_is_reckoned_step_by_step() -> None:
    # 100 output tokens, batch 64: v2 gives 0.11541 J; host and idle x1.5236, PUE x1.3040, 41.44 g.
    got = predict(profile(rung(8), factors()), 0, 100)
    joules = 0.125204698 / 64 + 0.216620258 * 16 / 64 + 0.003164795 * 8 + 0.011967385 * 8**0.5
    watt_hours = 100 * joules * (1 + 0.3 + 0.2236) * 1.304 / 3600
    life = 94_608_000 * 480 * 0.4899
    making_grams = 100 * joules * (5700 / 8 + 273) * 1000 / life
    assert mid(got.energy) == pytest.approx(watt_hours, rel=1e-4)
    assert mid(got.gwp) == pytest.approx(watt_hours / 1000 * 41.44 + making_grams, rel=1e-4)


def test_the_prompt_counts() -> None:
    question = of(rung(8), 4000, 200)
    assert mid(question.energy) > 1.5 * mid(of(rung(8), 0, 200).energy)


def test_a_cached_prefix_costs_nearly_nothing() -> None:
    cold, warm = of(rung(8), 4000, 1), of(rung(8), 4000, 1, 4000)
    assert 0 < mid(warm.energy) < 0.02 * mid(cold.energy)


def test_tokens_counted_from_characters_widen_the_interval_and_lower_the_tier() -> None:
    exact, guessed = of(rung(8), 500, 500), of(rung(8), 500, 500, estimated=True)
    assert exact.energy is not None
    assert guessed.energy is not None
    assert guessed.energy.mid == pytest.approx(exact.energy.mid)
    assert guessed.energy.low < exact.energy.low < exact.energy.high < guessed.energy.high
    assert (exact.tier, guessed.tier) == ("B", "C")
    assert "estimated" in guessed.energy.source


def test_cpu_seconds_come_before_tokens() -> None:
    got = of(CPU, 1000, 1000, cpu_seconds=900.0)
    assert got.energy == Quantity(0.5, 1.0, 2.0, "Wh", "CPU time")
    assert (got.method, got.tier) == ("cpu-time", "B")


def test_cpu_seconds_that_were_estimated_give_the_same_amount_one_tier_lower() -> None:
    usage = Usage(1000, 1000, cpu_seconds=900.0)
    counted = measure(profile(CPU, factors()), usage)
    told = measure(profile(CPU, factors()), usage._replace(cpu_estimated=True))
    assert (told.method, told.tier) == ("cpu-wall", "C")
    assert told.energy == counted.energy


def test_without_cpu_seconds_tokens_give_them() -> None:
    got = of(CPU, 134, 0)
    assert mid(got.energy) == pytest.approx(4 * 2.0 / 3600, rel=1e-2)  # one second of two threads
    assert (got.method, got.tier) == ("cpu-tokens", "C")


def test_the_making_of_this_machine_is_not_assessed() -> None:
    got = of(CPU, 100, 100)
    assert got.adpe is None
    assert got.scope["embodied servers"] == "not assessed"
    assert got.scope["processor"] == "computed"


def test_a_small_model_here_needs_more_energy_than_an_8_b_one_in_a_full_batch() -> None:
    small_here, large_there = of(CPU, 4000, 200), of(rung(8), 4000, 200)
    assert mid(small_here.energy) > mid(large_there.energy)


def test_a_gpu_of_ones_own_costs_more_a_token_than_a_providers() -> None:
    own, provider = of(rung(8, zone=Zone.COMPANY), 0, 100), of(rung(8), 0, 100)
    assert mid(own.energy) > 5 * mid(provider.energy)


@pytest.mark.parametrize("hardware", ["", "tpu"])
def test_unknown_hardware_is_not_assessed_and_not_zero(hardware: str) -> None:
    known = profile(rung(hardware=hardware), factors())
    got = measure(known, Usage(100, 100))
    assert set(amounts(got).values()) == {None}
    assert set(got.scope.values()) == {"not assessed"}
    assert predict_gwp(known, 100, 100) == math.inf


def test_a_call_whose_tokens_nobody_counted_is_not_assessed() -> None:
    assert of(rung(), 0, 0).energy is None


@pytest.mark.parametrize(
    ("card", "tier"),
    [
        (rung(8), "B"),
        (rung(8, electricity=None), "C"),
        (rung(8, electricity="WOR"), "C"),
        (rung(8, electricity="NLD"), "C"),
        (rung(None), "D"),
        (replace(rung(8), model=replace(rung(8).model, total_params=None)), "C"),
    ],
)
def test_what_is_not_known_lowers_the_tier(card: RungCard, tier: str) -> None:
    assert of(card, 100, 100).tier == tier


def test_an_unknown_size_spans_small_and_large_models() -> None:
    wide, small, large = (of(rung(size), 0, 100).energy for size in (None, 8, 70))
    assert wide is not None
    assert wide.low < mid(small) < mid(large) < wide.high


def test_an_unknown_place_spans_low_carbon_and_coal() -> None:
    wide = of(rung(electricity=None, zone=Zone.ABROAD), 0, 100).gwp
    assert wide is not None
    assert wide.low < mid(of(rung(electricity="FRA"), 0, 100).gwp)
    assert wide.high > mid(of(rung(electricity="POL"), 0, 100).gwp)
    assert wide.source == "v2; EcoLogits 0.11.3 WOR range"


@pytest.mark.parametrize("spelled", ["FR", "fr", "fra", "FR-COR"])
def test_a_rungs_place_may_be_spelled_as_elsewhere(spelled: str) -> None:
    assert of(rung(8, electricity=spelled), 0, 100) == of(rung(8), 0, 100)


def test_an_eu_rung_of_unknown_country_gets_the_european_range() -> None:
    got = of(rung(electricity="NLD"), 0, 100).gwp
    assert got is not None
    assert got.source == "v2; EcoLogits 0.11.3 EEE range, no factor for NLD"


@pytest.mark.parametrize(
    ("field", "usage"),
    [
        ("input_tokens", Usage(-1, 0)),
        ("output_tokens", Usage(1, 2 * 10**9)),
        ("input_tokens", Usage(float("nan"), 1)),  # type: ignore[arg-type]  # what is tested
        ("output_tokens", Usage(1, "7")),  # type: ignore[arg-type]  # what is tested
        ("cached_tokens", Usage(10, 1, cached_tokens=11)),
        ("cpu_seconds", Usage(10, 1, cpu_seconds=float("nan"))),
        ("cpu_seconds", Usage(10, 1, cpu_seconds=-0.1)),
    ],
)
def test_counts_that_cannot_be_are_refused_by_name(field: str, usage: Usage) -> None:
    with pytest.raises(FootprintInputError, match=f"^{field}: ") as caught:
        measure(profile(CPU, factors()), usage)
    assert caught.value.field == field


@pytest.mark.parametrize("count", [-1, float("nan"), 10**10, None])
def test_predictions_refuse_the_same(count: Any) -> None:
    known = profile(rung(), factors())
    for call in (predict, predict_gwp, predict_use_gwp):
        with pytest.raises(FootprintInputError, match=r"^output_tokens: "):
            call(known, 1, count)


def test_two_attempts_add_up() -> None:
    first, second = of(rung(8), 100, 50), of(rung(8), 300, 20)
    both, at_once = combine([first, second]), of(rung(8), 400, 70)
    assert both is not None
    for name in UNITS:
        assert mid(getattr(both, name)) == pytest.approx(mid(getattr(at_once, name)))
    assert both.gwp is not None
    assert both.gwp.source == "v2; EcoLogits 0.11.3 FRA"


def test_a_sum_has_the_worst_tier_and_the_narrowest_scope() -> None:
    both = combine([of(rung(8), 100, 50), of(CPU, 100, 50), of(rung(8), 1, 1)])
    assert both is not None
    assert both.tier == "C"
    assert both.method == "physics-v2; cpu-tokens"
    assert both.scope["processor"] == "computed"
    assert both.scope["embodied servers"] == "not assessed"
    assert both.adpe is None
    assert both.energy is not None
    assert both.energy.source == "v2; CPU seconds from tokens"


def test_an_attempt_nobody_assessed_leaves_the_sum_not_assessed() -> None:
    both = combine([of(rung(8), 100, 50), None])
    assert both is not None
    assert set(amounts(both).values()) == {None}
    assert both.tier == "D"
    assert combine([None, None]) is None
    assert combine([]) is None


def test_adding_two_units_is_an_error() -> None:
    one = of(rung(8), 100, 50)
    with pytest.raises(TypeError, match="cannot add"):
        combine([one, replace(one, energy=one.gwp)])


def test_cost_is_price_times_tokens_and_a_discount_on_the_cached_part_at_most() -> None:
    card = rung(price_in=2.0, price_out=6.0)
    assert cost(card, Usage(1_000_000, 500_000, cached_tokens=400_000)) == Quantity(
        4.2, 5.0, 5.0, "EUR", "prices x tokens"
    )


def test_a_price_nobody_knows_is_no_cost_and_ones_own_machine_costs_zero() -> None:
    assert cost(rung(price_in=2.0), Usage(10, 10)) is None
    assert cost(rung(price_in=2.0, price_out=1.0), Usage(0, 0)) is None
    free = cost(rung(price_in=0.0, price_out=0.0), Usage(10, 10))
    assert free is not None
    assert free.high == 0.0


def test_an_answer_without_a_model_costs_its_processor_time() -> None:
    got = of(CPU, 0, 0, cpu_seconds=0.009)
    assert mid(got.energy) == pytest.approx(4 * 0.009 / 3600)
    assert (got.method, got.tier) == ("cpu-time", "B")
