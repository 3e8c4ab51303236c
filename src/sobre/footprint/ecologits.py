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

import json
import math
from collections.abc import Mapping
from functools import lru_cache
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


@lru_cache(4096)
def _gpus(needed: float) -> int:
    """GPUs as a power of two, from the memory needed in GPUs."""
    return 1 << (max(math.ceil(needed), 1) - 1).bit_length()


@lru_cache(4096)
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
            and (tps is None or tps == 0 or 1e-6 <= tps <= 1e9)
            and (ttft is None or 0 <= ttft <= 1e9)
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
            why = f"{at:g} is more than total_params {of:g}"
            raise FootprintInputError("active_params", why, "more_than_total", active=at, total=of)
    single = (
        ("output_tokens", tokens, 0.0, 1e9),
        ("quantization_bits", bits, math.ulp(0.0), 128.0),
        ("batch", batch, 1.0, 1e6),
        ("latency", latency, 0.0, math.inf),
        ("tps", None if tps == 0 else tps, 1e-6, 1e9),
        ("ttft", ttft, 0.0, 1e9),
        *(
            (f"electricity.{name}", value, 0.0, 1e9)
            for name, value in zip(Electricity._fields, electricity, strict=True)
        ),
    )
    for field, value, least, most in single:
        if value is not None and not _between(value, least, most):
            raise _out_of_bounds(field, value, least, most)
    raise AssertionError("unreachable: one field is out of bounds")


def _out_of_bounds(field: str, value: Any, least: float, most: float) -> FootprintInputError:
    got = str(value)[:40]
    why = f"needs a number from {least:g} to {most:g}, got {got!r}"
    return FootprintInputError(field, why, "between", least=least, most=most, got=got)


def _ordered(field: str, bounds: Any, least: float, most: float, *, closed: bool) -> None:
    try:
        low, high = bounds
        fine = least <= low <= high <= most and (closed or low > least)
    except (TypeError, ValueError):
        fine = False
    if not fine:
        got = str(bounds)[:40]
        why = f"needs [lowest, highest] within {least:g} to {most:g}, got {got!r}"
        raise FootprintInputError(field, why, "range", least=least, most=most, got=got)


def _between(value: Any, least: float, most: float) -> bool:
    try:
        return not isinstance(value, bool) and bool(least <= value <= most)
    except TypeError:
        return False


def case(constants: Constants, given: Mapping[str, Any]) -> Result:
    """``compute`` from the ``input`` object of a conformance case.

    Raises ``FootprintInputError`` naming the field that is absent or wrong.
    """

    def needed(name: str) -> Any:
        if given.get(name) is None:
            raise FootprintInputError(name, "missing", "missing")
        return given[name]

    def single(name: str, otherwise: float | None = None) -> Any:
        value = given.get(name)
        if isinstance(value, bool):  # to Python a number
            raise _out_of_bounds(name, value, 0.0, 1e9)
        return otherwise if value is None else value

    mix = needed("electricity")
    if not isinstance(mix, Mapping):
        raise FootprintInputError("electricity", "needs an object", "object")
    for name in _MIX:
        if not _between(mix.get(name), 0.0, 1e9):
            raise _out_of_bounds(f"electricity.{name}", mix.get(name), 0.0, 1e9)
    needed("output_tokens")
    try:
        return compute(
            constants,
            _pair("active_params_B", needed("active_params_B")),
            _pair("total_params_B", needed("total_params_B")),
            single("output_tokens"),
            Electricity(*(mix[name] for name in _MIX)),
            _pair("pue", needed("pue")),
            _pair("wue_L_per_kWh", needed("wue_L_per_kWh")),
            latency=single("request_latency_s"),
            tps=single("tps"),
            ttft=single("ttft_s"),
            bits=single("quantization_bits", 16),
            batch=single("batch_size", 64),
        )
    except FootprintInputError as error:
        error.field = _FIELDS.get(error.field, error.field)
        raise


_FIELDS = {
    "active_params": "active_params_B",
    "total_params": "total_params_B",
    "wue": "wue_L_per_kWh",
    "latency": "request_latency_s",
    "ttft": "ttft_s",
    "batch": "batch_size",
}
"""Fields of ``compute`` as a case names them."""


class Lookup(NamedTuple):
    """What EcoLogits finds by name: models, its providers' data centres, one kWh of each zone."""

    providers: Mapping[str, Mapping[str, Any]]
    models: Mapping[str, Mapping[str, list[Any]]]
    """Provider -> name -> [active, total] and, where it knows them, [tokens/s, s to the first]."""
    zones: Mapping[str, list[float]]

    @classmethod
    def from_json(cls, text: bytes) -> Lookup:
        try:
            table = json.loads(text)
            return cls(table["providers"], table["models"], table["zones"])
        except (ValueError, TypeError, KeyError) as error:
            raise FootprintInputError("ecologits", f"not its file: {error!r}") from error

    def completed(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The ``input`` of a case with what it leaves out and EcoLogits would look up.

        ``provider`` may be left out, or stand before the name (``openai/gpt-4o``). Raises
        ``FootprintInputError`` for a model or a zone that it does not have, in that order.
        """
        if not isinstance(given, Mapping):
            raise FootprintInputError("ecologits", "needs an object", "object")
        case = {name: value for name, value in given.items() if value is not None}
        place: str | None = None
        if "model_name" in case and not {"active_params_B", "total_params_B"} & case.keys():
            provider, row = self._model(case.get("provider"), case["model_name"])
            case["active_params_B"], case["total_params_B"] = row[:2]
            for field, value in zip(("tps", "ttft_s"), row[2:], strict=False):
                if value is not None:
                    case.setdefault(field, value)
            site = self.providers[provider]
            case.setdefault("pue", site["pue"])
            case.setdefault("wue_L_per_kWh", site["wue"])
            place = site["zone"]
        elif not {"active_params_B", "total_params_B"} & case.keys():
            raise FootprintInputError("model", "give a model's name, or params", "no_model")
        # Without a provider: from the lowest to the highest of those it knows.
        for field, name in (("pue", "pue"), ("wue_L_per_kWh", "wue")):
            if field not in case:
                ends = [_pair(name, site[name]) for site in self.providers.values()]
                case[field] = (min(low for low, _ in ends), max(high for _, high in ends))
        if "electricity" not in case:
            case["electricity"] = self._mix(
                case.get("zone_override") or case.get("zone") or place or "WOR"
            )
        return case

    def _model(self, provider: Any, name: Any) -> tuple[str, list[Any]]:
        told = str(name)[:80]
        before, _, after = name.partition("/") if isinstance(name, str) else ("", "", "")
        for sold_by, models in self.models.items():
            for asked in (name, after if before == sold_by else name):
                if isinstance(asked, str) and asked in models and provider in (None, sold_by):
                    return sold_by, models[asked]
        raise FootprintInputError(
            "model", f"{told!r} is not registered", "model_not_registered", model=told
        )

    def _mix(self, zone: Any) -> dict[str, float]:
        row = self.zones.get(zone) if isinstance(zone, str) else None
        if row is None:
            told = str(zone)[:40]
            raise FootprintInputError(
                "zone", f"{told!r} has no factors", "zone_not_registered", zone=told
            )
        return dict(zip(_MIX, row, strict=True))


_MIX = ("gwp_kgCO2eq_per_kWh", "adpe_kgSbeq_per_kWh", "pe_MJ_per_kWh", "wue_L_per_kWh")


def _pair(field: str, value: Any) -> Range:
    """A range as a pair, or one number."""
    ends = value if isinstance(value, (list, tuple)) and len(value) == 2 else (value, value)
    if all(isinstance(end, (int, float)) and not isinstance(end, bool) for end in ends):
        return (ends[0], ends[1])
    raise FootprintInputError(field, "needs a number or [lowest, highest]", "pair")
