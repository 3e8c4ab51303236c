"""Microseconds a call, and how the estimates stand against measured points.

python bench/footprint.py                 times only
python bench/footprint.py --data FOLDER   also coverage on h100_measured.json and
                                          mlenergy_reference_points.json in FOLDER
"""

import argparse
import json
import statistics
import timeit
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from sobre.core.exchange import ModelCard, RungCard, Usage
from sobre.core.zone import Zone
from sobre.footprint import Factors, measure, predict, predict_gwp, profile
from sobre.footprint.energy import (
    gpu_work,
    joules_per_input_token,
    joules_per_output_token,
    size,
)

REPEATS, CALLS = 7, 20_000


def factors() -> Factors:
    path = files("sobre.footprint") / "data" / "factors.json"
    return Factors.from_json(path.read_bytes())


def card(
    active: float | None,
    total: float | None = None,
    *,
    hardware: str = "gpu",
    electricity: str | None = "FRA",
    zone: Zone = Zone.EU_SOVEREIGN,
    bytes_per_weight: float = 2.0,
) -> RungCard:
    total = total or active
    model = ModelCard(
        "m",
        (total, total) if total else None,
        (active, active) if active else None,
        None,
        None,
        bytes_per_weight,
    )
    return RungCard("r", 3, model, zone, hardware, electricity, frozenset(), frozenset(), threads=2)


def micros(call: Callable[[], object]) -> float:
    """Median over repeats, which a busy neighbour disturbs least."""
    return statistics.median(timeit.repeat(call, number=CALLS, repeat=REPEATS)) / CALLS * 1e6


def times(data: Factors) -> None:
    gpu, cpu = profile(card(8), data), profile(card(0.494, hardware="cpu"), data)
    usage, on_cpu = Usage(1200, 300), Usage(1200, 300, cpu_seconds=12.5)
    print(f"measure, gpu          {micros(lambda: measure(gpu, usage)):8.2f} µs")
    print(f"measure, cpu seconds  {micros(lambda: measure(cpu, on_cpu)):8.2f} µs")
    print(f"predict, gpu          {micros(lambda: predict(gpu, 1200, 300)):8.2f} µs")
    print(f"predict_gwp           {micros(lambda: predict_gwp(gpu, 1200, 300)):8.2f} µs")
    print(f"profile (once a rung) {micros(lambda: profile(card(8), data)):8.2f} µs")


def ladder(data: Factors) -> None:
    """What a document question (4,000 tokens in, 200 out) costs on typical rungs, in France."""
    rungs = {
        "0.5 B, this CPU": card(0.494, hardware="cpu", zone=Zone.MACHINE),
        "1.5 B, this CPU": card(1.544, hardware="cpu", zone=Zone.MACHINE),
        "8 B, own GPU": card(8, zone=Zone.COMPANY),
        "8 B, provider's GPU": card(8),
        "123 B, provider's GPU": card(123),
        "41 of 675 B, provider's": card(41, 675, bytes_per_weight=1),
        "unknown size and place": card(None, electricity=None, zone=Zone.ABROAD),
    }
    print("\n4,000 tokens in, 200 out      Wh low   mid    high    mg CO2e low   mid    high  tier")
    for name, rung in rungs.items():
        got = predict(profile(rung, data), 4000, 200)
        assert got.energy is not None
        assert got.gwp is not None
        e, g = got.energy, got.gwp
        print(
            f"{name:26} {e.low:9.3f} {e.mid:6.3f} {e.high:7.3f} "
            f"{g.low * 1e3:12.1f} {g.mid * 1e3:7.1f} {g.high * 1e3:7.1f}  {got.tier}"
        )


def share(hits: list[bool]) -> str:
    return f"{sum(hits)}/{len(hits)} = {sum(hits) / len(hits):.0%}"


def within(ratios: list[float], times: float) -> str:
    return share([1 / times <= ratio <= times for ratio in ratios])


def coverage(data: Factors, folder: Path) -> None:
    own: list[dict[str, Any]] = json.loads((folder / "h100_measured.json").read_text())
    published: list[dict[str, Any]] = json.loads(
        (folder / "mlenergy_reference_points.json").read_text()
    )["rows"]
    bytes_of = {"bfloat16": 2.0, "fp8": 1.0, "mxfp4": 0.53}

    def decode(active: float, total: float, batch: float, bytes_per_weight: float = 2.0) -> float:
        return joules_per_output_token(
            active, total, batch=batch, bytes_per_weight=bytes_per_weight, factors=data
        )

    def interval_holds(
        active: float, total: float, bytes_per_weight: float, measured: float
    ) -> tuple[bool, float]:
        of = size(card(active, total).model, data, cpu=False)
        got = gpu_work(
            of, bytes_per_weight=bytes_per_weight, batch=None, own=False, factors=data
        ).per_output
        return got.low <= measured <= got.high, got.high / got.low

    short = [r for r in own if r["T"] == 1 and r["B"] >= 8 and r["ctx"] == 1024]
    long = [r for r in own if r["T"] == 1 and r["ctx"] == 8192]
    prompt = [r for r in own if r["T"] > 1]
    prefill = [(r["p"], joules_per_input_token(r["p"], data) / r["e"]) for r in prompt]
    ratios = [decode(r["p"], r["p"], r["B"]) / r["e"] for r in short]
    print(f"\nown decode, batch >= 8, context 1,024, within x2:  {within(ratios, 2)}")
    ratios = [decode(r["p"], r["p"], r["B"]) / r["e"] for r in long]
    print(f"own decode, context 8,192 (not modelled), within x2: {within(ratios, 2)}")
    print(
        f"own prefill within x1.4:                           {within([r for _, r in prefill], 1.4)}"
    )
    big = [r for p, r in prefill if p >= 1.5]
    print(f"own prefill >= 1.5 B within x1.3:                  {within(big, 1.3)}")
    sizes = [
        (r["active_B"], r["total_B"], bytes_of[r["precision"]], r["J_per_output_token"], r)
        for r in published
    ]
    ratios = [decode(a, t, r["avg_batch"], b) / e for a, t, b, e, r in sizes]
    print(f"published points, their batch, within x2:          {within(ratios, 2)}")
    held = [
        interval_holds(a, t, b, e) for a, t, b, e, r in sizes if 16 <= r["avg_batch"] <= 256
    ] + [interval_holds(r["p"], r["p"], 2.0, r["e"]) for r in short if r["B"] >= 16]
    width = statistics.median(w for _, w in held)
    print(f"90 % interval, batch unknown, holds:               {share([h for h, _ in held])}")
    print(f"its width, median:                                 x{width:.1f}")
    small, large = decode(0.134, 0.134, 64), decode(32, 32, 64)
    measured = {r["p"]: r["e"] for r in short if r["B"] == 64}
    print(
        f"0.13 to 32 B at batch 64: x{large / small:.0f} "
        f"(measured x{max(measured.values()) / min(measured.values()):.0f}); "
        f"step at 33.3 B: x{decode(33.4, 33.4, 64) / decode(33.3, 33.3, 64):.2f}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    folder = parser.parse_args().data
    numbers = factors()
    times(numbers)
    ladder(numbers)
    if folder:
        coverage(numbers, folder)
