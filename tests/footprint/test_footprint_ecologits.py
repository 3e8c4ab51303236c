from __future__ import annotations

import json
import math
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from footprint_cases import factors
from hypothesis import given
from hypothesis import strategies as st

from sobre.footprint import FootprintInputError
from sobre.footprint.calculator import shipped_factors
from sobre.footprint.ecologits import Constants, Electricity, Lookup, Result, case, compute

CASES = json.loads((Path(__file__).parent / "data" / "ecologits.json").read_text())["cases"]
FRANCE = Electricity(0.04144, 4.858e-08, 9.3135, 3.6737)
CONSTANTS = Constants.of(factors())
LOOKUP = Lookup.from_json((files("sobre.footprint") / "data" / "ecologits.json").read_bytes())


def of(active: Any = (8, 8), total: Any = (8, 8), tokens: Any = 400, **more: Any) -> Result:
    mix = more.pop("electricity", FRANCE)
    pue, wue = more.pop("pue", (1.2, 1.2)), more.pop("wue", (0.3, 0.3))
    return compute(CONSTANTS, active, total, tokens, mix, pue, wue, **more)


@pytest.mark.parametrize("known", CASES, ids=[c["id"] for c in CASES])
def test_the_same_call_gives_what_ecologits_gives(known: dict[str, Any]) -> None:
    got, said = case(CONSTANTS, known["input"]), known["expected"]
    pairs = {
        "energy_kWh": got.energy,
        "gwp_kgCO2eq": got.gwp,
        "adpe_kgSbeq": got.adpe,
        "pe_MJ": got.pe,
        "wcf_L": got.wcf,
    }
    for name, ends in pairs.items():
        assert list(ends) == pytest.approx(said[name], rel=1e-9, abs=0)
    for phase, amounts in (("usage", got.use), ("embodied", got.embodied)):
        for name, ends in (
            ("gwp_kgCO2eq", amounts.gwp),
            ("adpe_kgSbeq", amounts.adpe),
            ("pe_MJ", amounts.pe),
        ):
            assert list(ends) == pytest.approx(said[phase][name], rel=1e-9, abs=0)


@given(
    st.floats(0.1, 500),
    st.floats(1, 20),
    st.integers(0, 100_000),
    st.floats(1, 2),
    st.sampled_from([4, 8, 16]),
)
def test_use_and_making_add_up_and_low_never_passes_high(
    active: float, sparsity: float, tokens: int, pue: float, bits: int
) -> None:
    got = of((active, active * 2), (active * sparsity, active * 2 * sparsity), tokens,
             pue=(1.0, pue), bits=bits)  # fmt: skip
    for whole, used, made in zip(got[1:4], got.use[:3], got.embodied[:3], strict=True):
        assert whole[0] <= whole[1]
        assert used is not None
        assert made is not None
        assert whole == pytest.approx([u + m for u, m in zip(used, made, strict=True)])


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("active_params", {"active": (0, 0)}),
        ("active_params", {"active": (9, 9)}),
        ("active_params", {"active": (8, 7)}),
        ("active_params", {"active": 8}),
        ("total_params", {"total": (math.nan, 8)}),
        ("output_tokens", {"tokens": -1}),
        ("output_tokens", {"tokens": math.nan}),
        ("output_tokens", {"tokens": "many"}),
        ("output_tokens", {"tokens": 10**12}),
        ("pue", {"pue": (0.9, 1.2)}),
        ("wue", {"wue": (-1, 0)}),
        ("quantization_bits", {"bits": 0}),
        ("batch", {"batch": 0}),
        ("latency", {"latency": -0.1}),
        ("tps", {"tps": math.nan}),
        ("ttft", {"ttft": -1}),
        ("electricity.gwp", {"electricity": FRANCE._replace(gwp=math.inf)}),
        ("electricity.pe", {"electricity": FRANCE._replace(pe=-1)}),
    ],
)
def test_what_cannot_be_is_refused_by_name(field: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(FootprintInputError) as caught:
        of(**wrong)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("electricity", {"electricity": None}),
        ("electricity", {"electricity": 3}),
        ("electricity.pe_MJ_per_kWh", {"electricity": {"gwp_kgCO2eq_per_kWh": 1.0,
                                                       "adpe_kgSbeq_per_kWh": 1.0}}),
        ("active_params_B", {"active_params_B": "8"}),
        ("output_tokens", {"output_tokens": None}),
    ],
)  # fmt: skip
def test_a_case_that_lacks_a_field_names_it(field: str, change: dict[str, Any]) -> None:
    with pytest.raises(FootprintInputError) as caught:
        case(CONSTANTS, CASES[0]["input"] | change)
    assert caught.value.field == field


# --- What EcoLogits looks up by name --------------------------------------------------------------

NAMED = [
    # provider, model, zone, seconds -> kWh and L as EcoLogits 0.11.3 gives them for 400 tokens
    ("mistralai", "ministral-8b-latest", "SGP", 1e9, [3.448171617879002e-05] * 2,
     [0.00013742985239230716] * 2),
    ("anthropic", "claude-sonnet-4-5", None, 12.3, [0.0005787026559716128, 0.0009708396967325159],
     [0.0018815741715909906, 0.0038915291694304596]),
    ("openai", "gpt-5-nano", "MAC", 1e9, [3.1234710933299406e-05, 3.492451292153511e-05],
     [0.00013687570909487354, 0.00015304503637432045]),
    ("huggingface_hub", "google/gemma-2b", "GUY", 1e9,
     [2.9971773300097477e-05, 3.1346625286340475e-05],
     [0.00012070430522101276, 0.00014972468094663006]),
]  # fmt: skip


@pytest.mark.parametrize(("provider", "model", "zone", "seconds", "kwh", "litres"), NAMED)
def test_a_model_and_a_zone_by_name_give_what_ecologits_gives(
    provider: str, model: str, zone: str | None, seconds: float, kwh: list[float], litres: Any
) -> None:
    asked = {"model_name": model, "output_tokens": 400, "zone": zone, "request_latency_s": seconds}
    for named in (
        asked | {"provider": provider},
        asked | {"model_name": f"{provider}/{model}"},
    ):
        got = case(CONSTANTS, LOOKUP.completed(named))
        assert list(got.energy) == pytest.approx(kwh, rel=1e-9, abs=0)
        assert list(got.wcf) == pytest.approx(litres, rel=1e-9, abs=0)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("model_not_registered", {"model_name": "no-such-model"}),
        ("model_not_registered", {"model_name": "qwen3:8b"}),
        ("model_not_registered", {"provider": "mistralai"}),
        ("model_not_registered", {"model_name": 5}),
        ("model_not_registered", {"model_name": "no-such-model", "zone": "ZZZ"}),
        ("zone_not_registered", {"zone": "ZZZ"}),
        ("zone_not_registered", {"zone": "FR"}),
        ("zone_not_registered", {"zone": ["FRA"]}),
        ("no_model", {"model_name": None}),
    ],
)
def test_what_ecologits_does_not_have_is_refused_as_it_refuses_it(
    kind: str, change: dict[str, Any]
) -> None:
    asked = {"provider": "openai", "model_name": "gpt-4o", "output_tokens": 5, "zone": "FRA"}
    with pytest.raises(FootprintInputError) as caught:
        LOOKUP.completed(asked | change)
    assert caught.value.kind == kind


def test_its_zones_are_those_the_other_method_starts_from() -> None:
    known = shipped_factors().by_id
    shared = [zone for zone in LOOKUP.zones if f"electricity.{zone}.gwp" in known]
    assert len(shared) > 60
    for zone in shared:
        gwp, _, pe, _ = LOOKUP.zones[zone]
        ours = [known[f"electricity.{zone}.{name}"].value for name in ("gwp", "pe")]
        assert [gwp * 1000, pe] == pytest.approx(ours, rel=1e-6), zone


def test_the_world_is_what_ecologits_publishes_and_not_what_the_other_method_makes_of_it() -> None:
    mix = LOOKUP.completed({"model_name": "gpt-4o", "zone": "WOR"})["electricity"]
    assert mix["adpe_kgSbeq_per_kWh"] == 1.349e-08
    assert mix["pe_MJ_per_kWh"] == 2.5871
