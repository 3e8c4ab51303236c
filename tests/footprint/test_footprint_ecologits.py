from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from footprint_cases import factors
from hypothesis import given
from hypothesis import strategies as st

from sobre.footprint import FootprintInputError
from sobre.footprint.ecologits import Constants, Electricity, Result, case, compute

CASES = json.loads((Path(__file__).parent / "data" / "ecologits.json").read_text())["cases"]
FRANCE = Electricity(0.04144, 4.858e-08, 9.3135, 3.6737)
CONSTANTS = Constants.of(factors())


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
