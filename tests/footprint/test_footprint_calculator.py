from __future__ import annotations

import math
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobre.core.impact import NO_PHASE
from sobre.core.quantity import Quantity
from sobre.footprint import FootprintInputError
from sobre.footprint.calculator import Calculator, Estimate, Params, Site


@cache
def calculator() -> Calculator:
    return Calculator.shipped()


def of(*args: Any, **more: Any) -> Estimate:
    return calculator().estimate(*args, **more)


def mid(quantity: Quantity | None) -> float:
    assert quantity is not None
    return quantity.mid


sizes = st.builds(Params, st.floats(0.05, 1000), st.none(), bits=st.sampled_from([4.5, 8, 16]))


@given(sizes, st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from(["gpu", "cpu"]))
def test_use_and_making_add_up_to_the_whole(
    params: Params, tokens_in: int, tokens_out: int, hardware: str
) -> None:
    got = of(
        params=params,
        input_tokens=tokens_in,
        output_tokens=tokens_out,
        zone="DEU",
        hardware=hardware,
    ).impact
    for name in ("gwp", "pe"):
        made = getattr(got.embodied, name)
        parts = mid(getattr(got.use, name)) + (made.mid if made else 0.0)
        assert mid(getattr(got, name)) == pytest.approx(parts)
    assert got.use.wcf == got.wcf
    assert (got.embodied == NO_PHASE) == (hardware == "cpu")


@given(sizes, st.integers(0, 10**6), st.integers(1, 10**6))
def test_the_parts_of_the_energy_add_up_to_it(
    params: Params, tokens_in: int, tokens_out: int
) -> None:
    got = of(params=params, input_tokens=tokens_in, output_tokens=tokens_out)
    assert sum(part.mid for part in got.parts.values()) == pytest.approx(mid(got.impact.energy))
    assert set(got.parts) == {"prefill", "decode", "host", "idle", "data centre overhead"}


def test_the_boards_alone_are_the_published_formula() -> None:
    alone = Site(host=0, idle=0, pue=1)
    got = of(params=Params(8), output_tokens=1000, batch=64, zone="FRA", site=alone)
    joules = 0.125204698 / 64 + 0.216620258 * 16 / 64 + 0.003164795 * 8 + 0.011967385 * 8**0.5
    assert mid(got.impact.energy) * 3.6 == pytest.approx(joules, rel=1e-6)
    assert got.parts["host"].mid == got.parts["data centre overhead"].high == 0


def test_every_source_named_is_a_factor_with_its_provenance() -> None:
    got = of("mistral-small-3.2", input_tokens=10, output_tokens=10, zone="FRA")
    factors = [calculator().factors.by_id[name] for name in got.sources]
    assert {"v2.a1", "gpu.pue", "embodied.gpu.gwp", "electricity.FRA.gwp"} <= set(got.sources)
    assert all(factor.source and factor.unit for factor in factors)
    assert got.impact.factors == calculator().factors.name


def test_a_name_nobody_knows_gives_a_wide_range_and_the_lowest_tier() -> None:
    got = of("no-such-model-at-all", input_tokens=100, output_tokens=100, zone="FRA")
    assert got.model is not None
    assert got.model.source == "generic"
    assert got.impact.tier == "D"
    assert got.impact.energy is not None
    assert got.impact.energy.high / got.impact.energy.low > 20


def test_any_model_on_a_processor_is_one_that_a_processor_can_run() -> None:
    unknown, eight = (
        of("zorglub", output_tokens=9, hardware="cpu"),
        of(params=Params(8), output_tokens=9, hardware="cpu"),
    )
    assert unknown.impact.tier == "D"
    assert mid(unknown.impact.energy) < mid(eight.impact.energy)
    assert unknown.model is not None
    assert unknown.model.total.high == 8
    assert "generic.cpu" in unknown.sources


@pytest.mark.parametrize(
    ("asked", "named", "absent"),
    [
        ({"model": "zorglub"}, "generic.total", "generic.sparsity"),
        ({"model": "zorglub-70b"}, "generic.sparsity", "generic.total"),
        ({"model": "mistral-small-3.2"}, "v2.batch_service", "generic.total"),
        ({"params": Params(8), "batch": 4}, "v2.a0", "v2.batch_service"),
        ({"params": Params(8)}, "v2.prefill_base", "tokens.cached"),
        ({"params": Params(8), "cached_tokens": 1}, "tokens.cached", "generic.active"),
        ({"params": Params(1), "hardware": "cpu", "cpu_seconds": 2}, "cpu.watts_per_thread",
         "cpu.generation_base"),
        ({"params": Params(8), "output_tokens": 0, "input_tokens": 0}, "", "v2.a0"),
    ],
)  # fmt: skip
def test_the_sources_are_the_factors_used(asked: dict[str, Any], named: str, absent: str) -> None:
    got = of(**{"input_tokens": 9, "output_tokens": 9} | asked).sources
    assert not named or named in got
    assert absent not in got


def test_what_a_request_sets_to_nothing_is_said_to_be_left_out() -> None:
    got = of(params=Params(8), output_tokens=9, site=Site(host=0, idle=(0, 0), pue=1.2))
    assert got.impact.scope["host"] == got.impact.scope["idle"] == "excluded"
    assert got.impact.scope["data centre overhead"] == "computed"
    assert got.given == ("gpu.host", "gpu.idle", "gpu.pue")


def test_true_is_no_number_even_where_one_was_asked_before() -> None:
    of(params=Params(1), output_tokens=1, batch=1, own=True, site=Site(pue=1))
    for field, wrong in (
        ("params.active_b", {"params": Params(True)}),
        ("batch", {"batch": True}),
        ("own", {"own": 1}),
        ("site.pue", {"site": Site(pue=True)}),
        ("input_tokens", {"input_tokens": True}),
        ("cpu_seconds", {"cpu_seconds": True}),
    ):
        asked: dict[str, Any] = {"params": Params(1), "output_tokens": 1}
        with pytest.raises(FootprintInputError, match=f"^{field}: "):
            of(**asked | wrong)


def test_a_zone_may_be_named_as_people_name_it() -> None:
    same = {of("gpt-4o", output_tokens=9, zone=z).impact.gwp for z in ("FRA", "fr", "fra")}
    assert len(same) == 1


def test_reasoning_is_a_part_of_what_is_written_and_costs_as_much() -> None:
    plain = of(params=Params(8), output_tokens=500)
    thought = of(params=Params(8), output_tokens=500, reasoning_tokens=400)
    assert plain.impact == thought.impact


def test_an_embedding_costs_its_prompt_alone() -> None:
    got = of(params=Params(0.56), input_tokens=512, zone="FRA")
    assert got.parts["decode"].high == 0
    assert mid(got.impact.gwp) > 0


def test_a_picture_costs_what_was_measured_and_an_unknown_model_a_range() -> None:
    flux = calculator().estimate_images(model="FLUX.1-dev", zone="FRA")
    small = calculator().estimate_images(model="SD3.5-medium", zone="FRA")
    other = calculator().estimate_images(2, model="nobody-knows", zone="FRA")
    assert flux.parts["decode"].mid == pytest.approx(7600 / 3600)
    assert mid(small.impact.energy) < mid(flux.impact.energy)
    assert other.impact.energy is not None
    assert other.impact.energy.low < 2 * mid(small.impact.energy)
    assert other.impact.energy.high > 2 * mid(flux.impact.energy)
    assert (flux.impact.tier, other.impact.tier) == ("C", "D")


def test_what_was_measured_is_of_the_best_tier_and_of_use_alone() -> None:
    meter = Quantity(0.98, 1.0, 1.02, "Wh", "wall meter")
    got = calculator().measured(meter, zone="FRA", whole_machine=True)
    assert (got.tier, got.method, got.energy) == ("A", "measured", meter)
    assert mid(got.gwp) == pytest.approx(0.04144)
    assert got.gwp == got.use.gwp
    assert got.embodied == NO_PHASE
    assert got.scope["host"] == "computed"
    assert calculator().measured(meter).tier == "B"
    nothing = calculator().measured(Quantity(0, 0, 1, "Wh"), zone="FRA")
    assert nothing.gwp is not None
    assert nothing.gwp.low == nothing.gwp.mid == 0 < nothing.gwp.high


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("model", {}),
        ("model", {"model": 3}),
        ("params.active_b", {"params": Params(0)}),
        ("params.active_b", {"params": Params(9, 8)}),
        ("params.active_b", {"params": Params(math.nan)}),
        ("params.total_b", {"params": Params(1, math.inf)}),
        ("bits", {"params": Params(8, bits=-1)}),
        ("input_tokens", {"params": Params(8), "input_tokens": -1}),
        ("output_tokens", {"params": Params(8), "output_tokens": math.nan}),
        ("cached_tokens", {"params": Params(8), "input_tokens": 1, "cached_tokens": 2}),
        ("reasoning_tokens", {"params": Params(8), "output_tokens": 1, "reasoning_tokens": 2}),
        ("zone", {"params": Params(8), "zone": "Atlantis"}),
        ("batch", {"params": Params(8), "batch": 0}),
        ("hardware", {"params": Params(8), "hardware": "abacus"}),
        ("cpu_seconds", {"params": Params(8), "hardware": "cpu", "cpu_seconds": -1.0}),
        ("site.pue", {"params": Params(8), "site": Site(pue=0.5)}),
        ("site.host", {"params": Params(8), "site": Site(host=(0.5, 0.2))}),
        ("site.utilisation", {"params": Params(8), "site": Site(utilisation=0)}),
    ],
)
def test_bad_input_is_refused_by_the_name_of_its_field(field: str, asked: dict[str, Any]) -> None:
    with pytest.raises(FootprintInputError) as caught:
        of(**asked)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("field", "asked"),
    [("images", {"images": 0}), ("images", {"images": math.nan}), ("pixels", {"pixels": -1})],
)
def test_pictures_that_cannot_be_are_refused(field: str, asked: dict[str, Any]) -> None:
    with pytest.raises(FootprintInputError) as caught:
        calculator().estimate_images(**asked)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("field", "energy"),
    [("energy", Quantity(1, 1, 1, "J")), ("energy", Quantity(-1, 1, 1, "Wh"))],
)
def test_a_measurement_that_cannot_be_is_refused(field: str, energy: Quantity) -> None:
    with pytest.raises(FootprintInputError) as caught:
        calculator().measured(energy, zone="FRA")
    assert caught.value.field == field
