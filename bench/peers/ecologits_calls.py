"""EcoLogits as a peer of `bench/footprint.py`: one JSON request a line, one answer a line.

Run by a Python that has `ecologits==0.11.3`.
"""

import json
import sys
import time
from typing import Any

from ecologits.impacts.llm import compute_llm_impacts, gpu_energy, gpu_required_count
from ecologits.utils.range_value import RangeValue

MIX = {
    "if_electricity_mix_gwp": 0.04144,
    "if_electricity_mix_adpe": 4.858e-08,
    "if_electricity_mix_pe": 9.3135,
    "if_electricity_mix_wue": 3.6737,
}
ALPHA, BETA, GAMMA = 1.1665273170451914e-06, -0.011205921025579175, 4.052928146734005e-05


def ends(value: Any) -> list[float]:
    return [value.min, value.max] if isinstance(value, RangeValue) else [value, value]


def between(pair: list[float]) -> Any:
    low, high = pair
    return low if low == high else RangeValue(min=low, max=high)


def timed(request: dict[str, Any]) -> float:
    active, total, pue, wue = (between(pair) for pair in request["ranges"])
    started = time.process_time()
    for _ in range(request["calls"]):
        compute_llm_impacts(active, total, 400, datacenter_pue=pue, datacenter_wue=wue, **MIX)
    calls: int = request["calls"]
    return (time.process_time() - started) / calls * 1e6


def case(given: dict[str, Any]) -> dict[str, list[float]]:
    mix = given["electricity"]
    impacts = compute_llm_impacts(
        between(given["active_params_B"]),
        between(given["total_params_B"]),
        given["output_tokens"],
        mix["adpe_kgSbeq_per_kWh"],
        mix["pe_MJ_per_kWh"],
        mix["gwp_kgCO2eq_per_kWh"],
        mix["wue_L_per_kWh"],
        between(given["pue"]),
        between(given["wue_L_per_kWh"]),
        request_latency=given["request_latency_s"],
        tps=given["tps"],
        ttft=given["ttft_s"],
        model_quantization_bits=given["quantization_bits"],
        batch_size=given["batch_size"],
    )
    return {
        "energy_kWh": ends(impacts.energy.value),
        "gwp_kgCO2eq": ends(impacts.gwp.value),
        "adpe_kgSbeq": ends(impacts.adpe.value),
        "pe_MJ": ends(impacts.pe.value),
        "wcf_L": ends(impacts.wcf.value),
    }


def joules(active: float, total: float, batch: float, bits: float) -> float:
    """J of all GPUs an output token, at a batch that is known."""
    count = gpu_required_count(1.2 * total * bits / 8, 80)
    return float(count * gpu_energy(active, 1.0, batch, ALPHA, BETA, GAMMA) * 3.6e6)


for line in sys.stdin:
    request = json.loads(line)
    if "calls" in request:
        answer: Any = timed(request)
    elif "case" in request:
        answer = case(request["case"])
    else:
        answer = [joules(*point) for point in request["points"]]
    print(json.dumps(answer), flush=True)
