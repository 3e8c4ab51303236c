"""The method ``ecologits``: what EcoLogits 0.11.3 computes of the same call, to 1e-9.

For whoever has to compare with figures published with that tool. It ignores the prompt and hardly
tells small models apart: ``docs/footprint.md`` says where the default method differs and why.

The formulae, as in EcoLogits (MPL-2.0; no line of its code is here)::

    e_gpu = T_out·(alpha·exp(beta·B)·P_act + gamma)/1000                  kWh, one GPU
    dt    = min(latency, T_out·(1/tps or LA·P_act + LB·B + LG) + ttft)    s
    n     = 2**ceil(log2(ceil(1.2·P_tot·Q/8/80)))                         GPUs of 80 GB, Q bits
    E_it  = dt/3600·1.2·n/8/B + n·e_gpu;  E = PUE·E_it                    kWh
    use   : gwp, adpe, pe = E·factor;  wcf = E_it·(WUE_site + PUE·WUE_mix)
    making: X = dt/(lifetime·B)·(n/8·X_server + n·X_gpu)

A range goes low to low and high to high: (lowest active, lowest total, lowest PUE and WUE), then
the highest of each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from sobre.footprint.errors import FootprintInputError
from sobre.footprint.factors import Factors

SCOPE = {
    "processor": "computed",
    "host": "computed",
    "idle": "not assessed",
    "data centre overhead": "computed",
    "embodied servers": "computed",
    "embodied water": "not assessed",
    "training": "not assessed",
    "network": "not assessed",
    "terminal": "not assessed",
    "gateway": "not assessed",
}
"""Parts of the life cycle, in the words of the default method."""
Range = tuple[float, float]
"""Lowest and highest."""


class Electricity(NamedTuple):
    """What one kWh costs: kgCO2eq, kgSbeq, MJ, L."""

    gwp: float
    adpe: float
    pe: float
    wue: float


class Amounts(NamedTuple):
    """kgCO2eq, kgSbeq, MJ, and L where it is assessed; each lowest and highest."""

    gwp: Range
    adpe: Range
    pe: Range
    wcf: Range | None


class Result(NamedTuple):
    """``energy`` in kWh; each lowest and highest."""

    energy: Range
    gwp: Range
    adpe: Range
    pe: Range
    wcf: Range
    use: Amounts
    embodied: Amounts


class _End(NamedTuple):
    """One end of the range."""

    energy: float
    use_gwp: float
    use_adpe: float
    use_pe: float
    wcf: float
    made_gwp: float
    made_adpe: float
    made_pe: float


class Constants(NamedTuple):
    """The numbers of the formulae, out of the factors."""

    alpha: float
    beta: float
    gamma: float
    la: float
    lb: float
    lg: float
    server_kw: float
    gpus_per_server: float
    margin: float
    memory_gb: float
    lifetime_s: float
    gpu: Electricity
    """Of making one GPU; its ``wue`` is not assessed and never read."""
    server: Electricity

    @classmethod
    def of(cls, factors: Factors) -> Constants:
        value = factors.value

        def making(part: str) -> Electricity:
            gwp, adpe, pe = (value(f"embodied.{part}.{name}") for name in ("gwp", "adpe", "pe"))
            return Electricity(gwp, adpe, pe, 0.0)

        return cls(
            alpha=value("ecologits.alpha"),
            beta=value("ecologits.beta"),
            gamma=value("ecologits.gamma"),
            la=value("ecologits.la"),
            lb=value("ecologits.lb"),
            lg=value("ecologits.lg"),
            server_kw=value("ecologits.server_power"),
            gpus_per_server=value("embodied.server.gpus"),
            margin=value("v2.gpu_memory_margin"),
            memory_gb=value("v2.gpu_memory"),
            lifetime_s=value("embodied.lifetime"),
            gpu=making("gpu"),
            server=making("server"),
        )


def compute(
    constants: Constants,
    active: Range,
    total: Range,
    output_tokens: float,
    electricity: Electricity,
    pue: Range = (1.0, 1.0),
    wue: Range = (0.0, 0.0),
    *,
    latency: float | None = None,
    tps: float | None = None,
    ttft: float | None = None,
    bits: float = 16,
    batch: float = 64,
) -> Result:
    """One call. Parameters in billions, ``latency`` and ``ttft`` in s, ``tps`` in tokens/s.

    Raises ``FootprintInputError`` naming the field.
    """
    c = constants
    _check(active, total, output_tokens, electricity, pue, wue, latency, tps, ttft, bits, batch)
    low = _end(
        c, active[0], total[0], output_tokens, electricity, pue[0], wue[0],
        latency, tps, ttft, bits, batch,
    )  # fmt: skip
    if active[0] == active[1] and total[0] == total[1] and pue[0] == pue[1] and wue[0] == wue[1]:
        high = low
    else:
        high = _end(
            c, active[1], total[1], output_tokens, electricity, pue[1], wue[1],
            latency, tps, ttft, bits, batch,
        )  # fmt: skip
    energy0, ug0, ua0, up0, w0, mg0, ma0, mp0 = low
    energy1, ug1, ua1, up1, w1, mg1, ma1, mp1 = high
    return Result(
        (energy0, energy1),
        (ug0 + mg0, ug1 + mg1),
        (ua0 + ma0, ua1 + ma1),
        (up0 + mp0, up1 + mp1),
        (w0, w1),
        Amounts((ug0, ug1), (ua0, ua1), (up0, up1), (w0, w1)),
        Amounts((mg0, mg1), (ma0, ma1), (mp0, mp1), None),
    )


@cache
def _gpus(needed: float) -> int:
    """GPUs as a power of two, from the memory needed in GPUs."""
    return 1 << (max(math.ceil(needed), 1) - 1).bit_length()


@cache
def _falling(rate: float, batch: float) -> float:
    return math.exp(rate * batch)


def _end(
    c: Constants,
    active: float,
    total: float,
    tokens: float,
    electricity: Electricity,
    pue: float,
    wue: float,
    latency: float | None,
    tps: float | None,
    ttft: float | None,
    bits: float,
    batch: float,
) -> _End:
    alpha, beta, gamma, la, lb, lg, server_kw, per_server, margin, memory, life, gpu, server = c
    a_token = 1 / tps if tps else la * active + lb * batch + lg
    seconds = tokens * a_token + (ttft or 0.0)
    if latency is not None and latency < seconds:
        seconds = latency
    n = _gpus(margin * (total * bits / 8) / memory)
    of_gpu = tokens * (alpha * _falling(beta, batch) * active + gamma) / 1000
    it = seconds / 3600 * server_kw * n / per_server / batch + n * of_gpu
    energy = pue * it
    share, servers = seconds / (life * batch), n / per_server
    gwp, adpe, pe, water = electricity
    return _End(
        energy,
        energy * gwp,
        energy * adpe,
        energy * pe,
        it * (wue + pue * water),
        share * (servers * server.gwp + n * gpu.gwp),
        share * (servers * server.adpe + n * gpu.adpe),
        share * (servers * server.pe + n * gpu.pe),
    )


def _check(
    active: Range,
    total: Range,
    tokens: float,
    electricity: Electricity,
    pue: Range,
    wue: Range,
    latency: float | None,
    tps: float | None,
    ttft: float | None,
    bits: float,
    batch: float,
) -> None:
    try:
        if (
            0 < active[0] <= active[1] <= 1e6
            and 0 < total[0] <= total[1] <= 1e6
            and active[0] <= total[0]
            and active[1] <= total[1]
            and 0 <= tokens <= 1e9
            and 1 <= pue[0] <= pue[1] <= 10
            and 0 <= wue[0] <= wue[1] <= 1e3
            and 0 < bits <= 128
            and 1 <= batch <= 1e6
            and (latency is None or latency >= 0)
            and (tps is None or tps >= 0)
            and (ttft is None or ttft >= 0)
            and min(electricity) >= 0
            and max(electricity) < math.inf
        ):
            return
    except (TypeError, IndexError):
        pass  # not numbers: named below
    _name_fault(active, total, tokens, electricity, pue, wue, latency, tps, ttft, bits, batch)


def _name_fault(
    active: Range,
    total: Range,
    tokens: float,
    electricity: Electricity,
    pue: Range,
    wue: Range,
    latency: float | None,
    tps: float | None,
    ttft: float | None,
    bits: float,
    batch: float,
) -> None:
    """Which field it was. Reached only when one is wrong."""
    ranges = (
        ("active_params", active, 0.0, 1e6, False),
        ("total_params", total, 0.0, 1e6, False),
        ("pue", pue, 1.0, 10.0, True),
        ("wue", wue, 0.0, 1e3, True),
    )
    for field, bounds, least, most, closed in ranges:
        _ordered(field, bounds, least, most, closed=closed)
    for at, of in zip(active, total, strict=True):
        if at > of:
            raise FootprintInputError("active_params", f"{at:g} is more than total_params {of:g}")
    single = (
        ("output_tokens", tokens, 0.0, 1e9),
        ("quantization_bits", bits, math.ulp(0.0), 128.0),
        ("batch", batch, 1.0, 1e6),
        ("latency", latency, 0.0, math.inf),
        ("tps", tps, 0.0, math.inf),
        ("ttft", ttft, 0.0, math.inf),
        *(
            (f"electricity.{name}", value, 0.0, 1e9)
            for name, value in zip(Electricity._fields, electricity, strict=True)
        ),
    )
    for field, value, least, most in single:
        if value is not None and not _between(value, least, most):
            raise FootprintInputError(field, f"needs {least:g} to {most:g}, got {value!r}")
    raise AssertionError("unreachable: one field is out of bounds")


def _ordered(field: str, bounds: Any, least: float, most: float, *, closed: bool) -> None:
    try:
        low, high = bounds
        fine = least <= low <= high <= most and (closed or low > least)
    except (TypeError, ValueError):
        fine = False
    if not fine:
        raise FootprintInputError(field, f"needs lowest <= highest within bounds, got {bounds!r}")


def _between(value: Any, least: float, most: float) -> bool:
    try:
        return bool(least <= value <= most)
    except TypeError:
        return False


def case(constants: Constants, given: Mapping[str, Any]) -> Result:
    """``compute`` from the ``input`` object of a conformance case.

    Raises ``FootprintInputError`` naming the field that is absent or wrong.
    """

    def needed(name: str) -> Any:
        if given.get(name) is None:
            raise FootprintInputError(name, "missing")
        return given[name]

    mix = needed("electricity")
    if not isinstance(mix, Mapping):
        raise FootprintInputError("electricity", f"needs an object, got {mix!r}")
    names = ("gwp_kgCO2eq_per_kWh", "adpe_kgSbeq_per_kWh", "pe_MJ_per_kWh", "wue_L_per_kWh")
    for name in names:
        if not _between(mix.get(name), 0.0, 1e9):
            raise FootprintInputError(
                f"electricity.{name}", f"needs a number, got {mix.get(name)!r}"
            )
    return compute(
        constants,
        _pair("active_params_B", needed("active_params_B")),
        _pair("total_params_B", needed("total_params_B")),
        needed("output_tokens"),
        Electricity(*(mix[name] for name in names)),
        _pair("pue", needed("pue")),
        _pair("wue_L_per_kWh", needed("wue_L_per_kWh")),
        latency=given.get("request_latency_s"),
        tps=given.get("tps"),
        ttft=given.get("ttft_s"),
        bits=given.get("quantization_bits") or 16,
        batch=given.get("batch_size") or 64,
    )


def _pair(field: str, value: Any) -> Range:
    """A range as a pair, or one number."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (value, value)
    if isinstance(value, (list, tuple)) and len(value) == 2:
        return (value[0], value[1])
    raise FootprintInputError(field, f"needs a number or [lowest, highest], got {value!r}")
