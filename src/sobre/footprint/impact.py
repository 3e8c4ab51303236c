"""From a rung's card and what a call used to its impact.

``profile`` does, once per rung, all that does not depend on tokens. Every amount is then linear in
uncached input, cached input and output tokens (or in CPU seconds), so ``measure`` is nine products
an amount. Bounds add token by token as if all parts erred together: they share the machine, the
grid and the model, and a sum of two calls is then exactly the sum of their impacts.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from sobre.core.impact import NO_PHASE, Impact, Phase, RungCard, Usage
from sobre.core.quantity import Quantity, total
from sobre.core.zone import Zone
from sobre.footprint.energy import Size, Work, cpu_work, gpu_work, size, sized_by
from sobre.footprint.errors import FootprintInputError
from sobre.footprint.factors import EUROPE, WORLD, Factors, Grid
from sobre.footprint.interval import Interval, plus, product

MAX_TOKENS = 1_000_000_000
MAX_CPU_SECONDS = 1e7
J_PER_WH = 3600.0
J_PER_KWH = 3.6e6
G_PER_KG = 1000.0

SCOPE = (
    "processor",
    "host",
    "idle",
    "data centre overhead",
    "embodied servers",
    "embodied water",
    "training",
    "network",
    "terminal",
    "gateway",
)
"""Parts of the life cycle that every impact speaks of. ``processor`` is the accelerator or CPU."""

COMPUTED, EXCLUDED, NOT_ASSESSED = "computed", "excluded", "not assessed"
_TIERS = "ABCD"


class Rate(NamedTuple):
    """One amount per token: low, mid, high for uncached input, cached input and output."""

    input_low: float
    input_mid: float
    input_high: float
    cached_low: float
    cached_mid: float
    cached_high: float
    output_low: float
    output_mid: float
    output_high: float
    unit: str
    source: str


class Rates(NamedTuple):
    """The five amounts one way of measuring gives, by stage, and how good they are.

    Water is of use alone: nobody could assess that of making the machines.
    """

    energy: Rate | None
    gwp: Rate | None
    adpe: Rate | None
    pe: Rate | None
    wcf: Rate | None
    use_gwp: Rate | None
    use_adpe: Rate | None
    use_pe: Rate | None
    made_gwp: Rate | None
    made_adpe: Rate | None
    made_pe: Rate | None
    tier: str
    method: str
    scope: Mapping[str, str]
    factors: str


class Profile(NamedTuple):
    """All that is known of a rung's footprint before any call. Build it once, with ``profile``."""

    rung: str
    by_tokens: Rates | None
    by_estimated_tokens: Rates | None
    by_cpu_seconds: Rates | None
    """Per CPU second, held as if each were an output token."""
    gwp_per_input: float
    """gCO2eq per uncached input token, mid; ``inf`` where it is not assessed."""
    gwp_per_output: float
    use_gwp_per_input: float
    """The same from electricity alone, without the making of the machine."""
    use_gwp_per_output: float
    parts: Mapping[str, Rate] = MappingProxyType({})
    """Where the energy goes, in Wh: see ``energy_parts``."""
    known: str = "no"
    """Whether the size is known: see ``energy.Size``."""
    sources: tuple[str, ...] = ()
    """Ids of the factors that made it, in the order of the formulae."""


class _PerWork(NamedTuple):
    """What one joule of GPU, or one CPU second, costs: as a whole, and of that the two stages."""

    energy: Interval
    gwp: Interval
    adpe: Interval | None
    pe: Interval
    wcf: Interval
    use_gwp: Interval
    use_adpe: Interval | None
    use_pe: Interval
    made_gwp: Interval | None
    made_adpe: Interval | None
    made_pe: Interval | None
    parts: Mapping[str, Interval]
    """Wh, by what draws it beside the processor itself."""
    sources: tuple[str, ...]


def profile(card: RungCard, factors: Factors, *, batch: float | None = None) -> Profile:
    """What ``measure`` and ``predict`` need of a rung.

    ``batch`` is the number of sequences its accelerator serves at once, where somebody knows it.
    Hardware that is neither ``cpu`` nor ``gpu`` gives a profile that assesses nothing. Raises
    ``FootprintInputError`` for a card that contradicts itself.
    """
    if card.hardware not in {"cpu", "gpu"}:
        return Profile(card.name, None, None, None, math.inf, math.inf, math.inf, math.inf)
    on_cpu = card.hardware == "cpu"
    grid, place_known = _grid(card, factors)
    return reckon(
        card.name,
        size(card.model, factors, cpu=on_cpu),
        factors,
        on_cpu=on_cpu,
        grid=grid,
        place_known=place_known,
        own=card.zone <= Zone.COMPANY,
        bytes_per_weight=card.model.bytes_per_weight,
        batch=batch,
        sized=sized_by(card.model, cpu=on_cpu),
    )


def reckon(
    name: str,
    params: Size,
    factors: Factors,
    *,
    on_cpu: bool,
    grid: Grid,
    place_known: bool,
    own: bool,
    bytes_per_weight: float,
    batch: float | None,
    sized: tuple[str, ...] = (),
) -> Profile:
    """``profile`` from a size and a place instead of a card; ``sized``: factors that gave it."""
    if not 0 < bytes_per_weight <= 16:
        raise FootprintInputError("bytes_per_weight", f"needs 0 to 16, got {bytes_per_weight!r}")
    if batch is not None and not 1 <= batch <= 1e6:
        raise FootprintInputError("batch", f"needs 1 to 1e6, got {batch!r}")
    lowered = 0 if place_known else 1
    by_cpu_seconds = None
    if on_cpu:
        per_work, scope = _per_cpu_second(grid, factors), _CPU_SCOPE
        work = cpu_work(params, factors)
        tier = _tier("D" if params.known == "no" else "C", lowered)
        method, label = "cpu-tokens", "CPU seconds from tokens"
        one = Interval(1.0, 1.0, 1.0)
        by_cpu_seconds = _rates(
            Work(one, one), per_work, factors, _tier("B", lowered), "cpu-time", "CPU time", grid
        )._replace(scope=scope)
        sources = _CPU_FACTORS
    else:
        per_work, scope = _per_gpu_joule(grid, factors), _GPU_SCOPE
        work = gpu_work(
            params, bytes_per_weight=bytes_per_weight, batch=batch, own=own, factors=factors
        )
        tier = _tier({"yes": "B", "partly": "C", "no": "D"}[params.known], lowered)
        method, label = "physics-v2", "v2" if params.known != "no" else "v2, size unknown"
        prior = () if batch else ("v2.batch_own" if own else "v2.batch_service",)
        sources = (*_GPU_FACTORS, *prior)
    by_tokens = _rates(work, per_work, factors, tier, method, label, grid)._replace(scope=scope)
    guess = factors.interval("tokens.estimated")
    by_estimated = _rates(
        Work(product(work.per_input, guess), product(work.per_output, guess)),
        per_work,
        factors,
        _tier(tier, 1),
        method,
        f"{label}, tokens estimated",
        grid,
    )._replace(scope=scope)
    made = _profile(name, work, per_work, factors, label, by_tokens, by_estimated, by_cpu_seconds)
    return made._replace(
        known=params.known,
        sources=(*sized, *sources, *per_work.sources, *_of_place(grid)),
    )


def _profile(
    name: str,
    work: Work,
    per_work: _PerWork,
    factors: Factors,
    label: str,
    by_tokens: Rates,
    by_estimated_tokens: Rates,
    by_cpu_seconds: Rates | None,
) -> Profile:
    """With what is read off the work itself: the middle grams, and where the energy goes."""
    return Profile(
        name,
        by_tokens,
        by_estimated_tokens,
        by_cpu_seconds,
        work.per_input.mid * per_work.gwp.mid,
        work.per_output.mid * per_work.gwp.mid,
        work.per_input.mid * per_work.use_gwp.mid,
        work.per_output.mid * per_work.use_gwp.mid,
        parts={
            part: _rate(work, per, factors, "Wh", label) for part, per in per_work.parts.items()
        },
    )


def _grid(card: RungCard, factors: Factors) -> tuple[Grid, bool]:
    """The electricity of the rung's place, and whether that place is known."""
    european = card.zone in {Zone.EU_SOVEREIGN, Zone.EU_HOSTED}
    return grid_of(card.electricity, factors, european=european)


def grid_of(zone: str | None, factors: Factors, *, european: bool = False) -> tuple[Grid, bool]:
    """The electricity of a place, spelled as ``grid.zone_of`` reads it, and whether it is known.

    An unknown place gets the European range where it is at least in Europe, else the world's.
    """
    code = (zone or WORLD).upper()
    if code not in factors.grids:
        from sobre.footprint.grid import zone_of  # 8 ms, for what is no code of the file

        with contextlib.suppress(FootprintInputError):  # its name stands in each source
            code = zone_of(code)
    if code not in {WORLD, EUROPE} and code in factors.grids:
        return factors.grids[code], True
    wide = factors.grids[EUROPE if european or code == EUROPE else WORLD]
    named = "" if code in {WORLD, EUROPE} else f", no factor for {code}"
    return wide._replace(zone=f"{wide.zone} range{named}"), False


def _tier(tier: str, steps: int) -> str:
    return _TIERS[min(_TIERS.index(tier) + steps, len(_TIERS) - 1)]


_GPU_SCOPE = (
    dict.fromkeys(SCOPE, NOT_ASSESSED)
    | dict.fromkeys(SCOPE[: SCOPE.index("embodied water")], COMPUTED)
    | {"gateway": EXCLUDED}
)
"""The gateway's own work is left out: well under a millisecond of one thread a request."""

_CPU_SCOPE = dict.fromkeys(SCOPE, NOT_ASSESSED) | {
    "processor": COMPUTED,
    "idle": EXCLUDED,
    "network": EXCLUDED,
    "gateway": EXCLUDED,
}
"""On the firm's own processor: the machine is on anyway, and nothing crosses a network."""

_NO_SCOPE = dict.fromkeys(SCOPE, NOT_ASSESSED)


def reckon_work(
    name: str,
    work: Work,
    factors: Factors,
    *,
    grid: Grid,
    tier: str,
    method: str,
    label: str,
    sources: tuple[str, ...],
) -> Profile:
    """A profile of work on a provider's GPUs whose joules are known by themselves."""
    per_work = _per_gpu_joule(grid, factors)
    rates = _rates(work, per_work, factors, tier, method, label, grid)._replace(scope=_GPU_SCOPE)
    made = _profile(name, work, per_work, factors, label, rates, rates, None)
    return made._replace(sources=(*sources, *per_work.sources, *_of_place(grid)))


def measured(
    energy: Quantity, grid: Grid, factors: Factors, *, place_known: bool, whole_machine: bool
) -> Impact:
    """Electricity that was measured, in Wh, as an impact of use alone; tier A in a known place.

    The measurement's bounds and the grid's combine as independent factors.
    """

    def used(per_kwh: Interval, unit: str, note: str = "") -> Quantity:
        if energy.low > 0:
            of = product(Interval(energy.low, energy.mid, energy.high), per_kwh).scaled(1e-3)
        else:
            wh = energy
            of = Interval(0.0, wh.mid * per_kwh.mid / 1e3, wh.high * per_kwh.high / 1e3)
        source = f"{energy.source or 'measured'}; {grid.source} {grid.zone}{note}"
        return Quantity(of.low, of.mid, of.high, unit, source)

    gwp, adpe = used(grid.gwp, "gCO2eq"), used(grid.adpe, "kgSbeq")
    pe, water = used(grid.pe, "MJ", grid.pe_note), used(grid.wue, "L")
    scope = _CPU_SCOPE | ({"host": COMPUTED} if whole_machine else {})
    return Impact(
        energy,
        gwp,
        None,
        pe,
        water,
        _tier("A", 0 if place_known else 1),
        "measured",
        scope,
        Phase(gwp, adpe, pe, water),
        NO_PHASE,
        factors.name,
    )


def _of_place(grid: Grid) -> tuple[str, ...]:
    place = grid.zone.partition(" ")[0]
    return tuple(f"electricity.{place}.{amount}" for amount in ("gwp", "adpe", "pe", "wue"))


_GPU_FACTORS = tuple(
    """
    v2.a0 v2.a1 v2.a2 v2.a3 v2.k v2.prefill_base v2.prefill_per_billion v2.residual_sd_ln
    v2.prefill_spread v2.gpu_memory v2.gpu_memory_margin tokens.cached
    """.split()
)
_CPU_FACTORS = tuple(
    """
    cpu.prompt_base cpu.prompt_per_billion cpu.generation_base cpu.generation_per_billion cpu.spread
    tokens.cached
    """.split()
)
_SITE_FACTORS = tuple("gpu.host gpu.idle gpu.pue gpu.site_water".split())
_LIFE_FACTORS = tuple(
    """
    gpu.power gpu.utilisation embodied.lifetime embodied.spread embodied.gpu.gwp embodied.gpu.adpe
    embodied.gpu.pe embodied.server.gwp embodied.server.adpe embodied.server.pe embodied.server.gpus
    """.split()
)


def _per_gpu_joule(grid: Grid, factors: Factors) -> _PerWork:
    """One joule of the GPU boards, brought to the data centre's meter and to the hardware's life.

    GPU seconds come from the joules and a power range; a request carries its share of a life that
    is in use only part of the time.
    """
    interval = factors.interval
    host, idle, pue = interval("gpu.host"), interval("gpu.idle"), interval("gpu.pue")
    one = Interval(1.0, 1.0, 1.0)
    overhead = plus(one, host, idle)
    site = product(overhead, pue)
    above = Interval(pue.low - 1, pue.mid - 1, pue.high - 1)
    life = product(
        interval("gpu.power").inverse(),
        interval("gpu.utilisation").inverse(),
        interval("embodied.spread"),
    ).scaled(1 / factors.value("embodied.lifetime"))
    share = 1 / factors.value("embodied.server.gpus")

    def made(amount: str) -> Interval:
        server = factors.value(f"embodied.server.{amount}")
        return life.scaled(server * share + factors.value(f"embodied.gpu.{amount}"))

    def used(per_kwh: Interval) -> Interval:
        return product(site, per_kwh).scaled(1 / J_PER_KWH)

    use_gwp, use_adpe, use_pe = used(grid.gwp), used(grid.adpe), used(grid.pe)
    made_gwp, made_adpe, made_pe = made("gwp").scaled(G_PER_KG), made("adpe"), made("pe")
    water = plus(interval("gpu.site_water"), product(pue, grid.wue))
    return _PerWork(
        energy=site.scaled(1 / J_PER_WH),
        gwp=plus(use_gwp, made_gwp),
        adpe=plus(use_adpe, made_adpe),
        pe=plus(use_pe, made_pe),
        wcf=product(overhead, water).scaled(1 / J_PER_KWH),
        use_gwp=use_gwp,
        use_adpe=use_adpe,
        use_pe=use_pe,
        made_gwp=made_gwp,
        made_adpe=made_adpe,
        made_pe=made_pe,
        parts={
            "accelerator": one.scaled(1 / J_PER_WH),
            "host": host.scaled(1 / J_PER_WH),
            "idle": idle.scaled(1 / J_PER_WH),
            "data centre overhead": product(overhead, above).scaled(1 / J_PER_WH),
        },
        sources=(*_SITE_FACTORS, *_LIFE_FACTORS),
    )


def _per_cpu_second(grid: Grid, factors: Factors) -> _PerWork:
    """One busy second of one thread of this machine: electricity only.

    The machine's making is not assessed. For metals it is nearly the whole (98 % of EcoLogits'
    ADPe), so a use-only figure would mislead and none is given.
    """
    watts = factors.interval("cpu.watts_per_thread")

    def used(per_kwh: Interval) -> Interval:
        return product(watts, per_kwh).scaled(1 / J_PER_KWH)

    return _PerWork(
        energy=watts.scaled(1 / J_PER_WH),
        gwp=used(grid.gwp),
        adpe=None,
        pe=used(grid.pe),
        wcf=used(grid.wue),
        use_gwp=used(grid.gwp),
        use_adpe=used(grid.adpe),
        use_pe=used(grid.pe),
        made_gwp=None,
        made_adpe=None,
        made_pe=None,
        parts={"processor": watts.scaled(1 / J_PER_WH)},
        sources=("cpu.watts_per_thread",),
    )


def _rate(work: Work, per: Interval, factors: Factors, unit: str, source: str) -> Rate:
    cached = factors.interval("tokens.cached")
    i, o = product(work.per_input, per), product(work.per_output, per)
    return Rate(
        i.low,
        i.mid,
        i.high,
        i.low * cached.low,
        i.mid * cached.mid,
        i.high * cached.high,
        o.low,
        o.mid,
        o.high,
        unit,
        source,
    )


def _rates(
    work: Work,
    per_work: _PerWork,
    factors: Factors,
    tier: str,
    method: str,
    label: str,
    grid: Grid,
) -> Rates:
    def rate(per: Interval | None, unit: str, source: str) -> Rate | None:
        return None if per is None else _rate(work, per, factors, unit, source)

    of_grid = f"{label}; {grid.source} {grid.zone}"
    of_making = f"{label}; EcoLogits 0.11.3"
    return Rates(
        rate(per_work.energy, "Wh", label),
        rate(per_work.gwp, "gCO2eq", of_grid),
        rate(per_work.adpe, "kgSbeq", of_grid),
        rate(per_work.pe, "MJ", of_grid + grid.pe_note),
        rate(per_work.wcf, "L", of_grid),
        rate(per_work.use_gwp, "gCO2eq", of_grid),
        rate(per_work.use_adpe, "kgSbeq", of_grid),
        rate(per_work.use_pe, "MJ", of_grid + grid.pe_note),
        rate(per_work.made_gwp, "gCO2eq", of_making),
        rate(per_work.made_adpe, "kgSbeq", of_making),
        rate(per_work.made_pe, "MJ", of_making),
        tier,
        method,
        _NO_SCOPE,
        factors.name,
    )


def unassessed() -> Impact:
    """No figure at all, and said so."""
    return Impact(None, None, None, None, None, "D", "none", _NO_SCOPE)


def measure(profile: Profile, usage: Usage) -> Impact:
    """The impact of one call. Raises ``FootprintInputError`` for counts that cannot be.

    CPU seconds, where they were taken, come before tokens. A usage without a single token says that
    nobody counted: not assessed, since a call that ran cost something.
    """
    fresh, cached, out = _counted(usage)
    seconds = usage.cpu_seconds
    if seconds is not None:
        _check("cpu_seconds", seconds, MAX_CPU_SECONDS)
        if seconds and profile.by_cpu_seconds is not None:
            work = profile.by_cpu_seconds
            if usage.cpu_estimated:
                work = work._replace(tier=_tier(work.tier, 1), method="cpu-wall")
            return _impact(work, 0, 0, seconds)
    rates = profile.by_estimated_tokens if usage.estimated else profile.by_tokens
    return _impact(rates, fresh, cached, out)


def _counted(usage: Usage) -> tuple[int, int, int]:
    """Uncached input, cached input and output tokens, once they can be believed."""
    tokens_in, out, cached = usage[:3]
    try:
        if 0 <= cached <= tokens_in <= MAX_TOKENS and 0 <= out <= MAX_TOKENS:
            return tokens_in - cached, cached, out
    except TypeError:
        pass  # not a number: named below
    _check("input_tokens", tokens_in, MAX_TOKENS)
    _check("output_tokens", out, MAX_TOKENS)
    _check("cached_tokens", cached, tokens_in)
    raise AssertionError("unreachable: one of the three is out of bounds")


def predict(profile: Profile, input_tokens: int, output_tokens: int) -> Impact:
    """The impact of a call before it is made, nothing cached."""
    _check("input_tokens", input_tokens, MAX_TOKENS)
    _check("output_tokens", output_tokens, MAX_TOKENS)
    return _impact(profile.by_tokens, input_tokens, 0, output_tokens)


def predict_gwp(profile: Profile, input_tokens: int, output_tokens: int) -> float:
    """``predict``'s middle gCO2eq, cheap enough to order rungs with.

    ``inf`` where it is not assessed: what nobody could assess never wins for being small.
    """
    _check("input_tokens", input_tokens, MAX_TOKENS)
    _check("output_tokens", output_tokens, MAX_TOKENS)
    if profile.by_tokens is None:
        return math.inf
    return profile.gwp_per_input * input_tokens + profile.gwp_per_output * output_tokens


def predict_use_gwp(profile: Profile, input_tokens: int, output_tokens: int) -> float:
    """``predict_gwp`` from electricity alone: like with like.

    A server's making is computed and this machine's is not, so the whole grams of a ``gpu`` and of
    a ``cpu`` rung do not compare; these do.
    """
    _check("input_tokens", input_tokens, MAX_TOKENS)
    _check("output_tokens", output_tokens, MAX_TOKENS)
    if profile.by_tokens is None:
        return math.inf
    return profile.use_gwp_per_input * input_tokens + profile.use_gwp_per_output * output_tokens


def _check(field: str, value: float, most: float) -> None:
    try:
        if 0 <= value <= most and type(value) is not bool:
            return
    except TypeError:
        pass
    got = str(value)[:40]
    why = f"needs a number from 0 to {most:g}, got {got!r}"
    raise FootprintInputError(field, why, "between", least=0, most=most, got=got)


def _impact(rates: Rates | None, fresh: float, cached: float, out: float) -> Impact:
    if rates is None or not (fresh or cached or out):
        return unassessed()
    energy, gwp, adpe, pe, wcf, ug, ua, up, mg, ma, mp, tier, method, scope, factors = rates
    water = _amount(wcf, fresh, cached, out)
    making = (
        NO_PHASE
        if mg is None
        else Phase(
            _amount(mg, fresh, cached, out),
            _amount(ma, fresh, cached, out),
            _amount(mp, fresh, cached, out),
            None,
        )
    )
    return Impact(
        _amount(energy, fresh, cached, out),
        _amount(gwp, fresh, cached, out),
        _amount(adpe, fresh, cached, out),
        _amount(pe, fresh, cached, out),
        water,
        tier,
        method,
        scope,
        Phase(
            _amount(ug, fresh, cached, out),
            _amount(ua, fresh, cached, out),
            _amount(up, fresh, cached, out),
            water,
        ),
        making,
        factors,
    )


def _amount(rate: Rate | None, fresh: float, cached: float, out: float) -> Quantity | None:
    if rate is None:
        return None
    il, im, ih, cl, cm, ch, ol, om, oh, unit, source = rate
    return Quantity(
        il * fresh + cl * cached + ol * out,
        im * fresh + cm * cached + om * out,
        ih * fresh + ch * cached + oh * out,
        unit,
        source,
    )


def compare(impact: Impact | None, reference: Profile, usage: Usage) -> float | None:
    """How many times the reference's gCO2eq for as many tokens an impact is.

    Electricity alone on both sides, middle estimates: the making of the machines is not assessed
    for all rungs. ``None`` where one of the two is not assessed.
    """
    if impact is None or impact.use.gwp is None:
        return None
    fresh, cached, out = _counted(usage)
    theirs = predict_use_gwp(reference, fresh + cached, out)
    return impact.use.gwp.mid / theirs if 0 < theirs < math.inf else None


def avoid(other: Profile, usage: Usage) -> Quantity | None:
    """What as many tokens, none cached, would have emitted on another rung, in gCO2eq.

    From electricity, like ``compare``. An amount of its own: nothing is taken off it, and it is
    taken off nothing.
    """
    fresh, cached, out = _counted(usage)
    rates = other.by_tokens
    if rates is None or not (fresh or cached or out):
        return None
    return _amount(rates.use_gwp, fresh + cached, 0, out)


def energy_parts(profile: Profile, usage: Usage) -> Mapping[str, Quantity]:
    """Where a call's energy goes, in Wh: to the accelerator, reading (``prefill``) and writing
    (``decode``) apart, then host, idle time and the data centre's overhead.

    The middles add up to the call's energy; bounds are each part's own. Empty where nothing is
    assessed. CPU seconds do not tell reading from writing: then there is only ``processor``.
    """
    fresh, cached, out = _counted(usage)
    if usage.cpu_seconds and profile.by_cpu_seconds is not None:
        whole = measure(profile, usage).energy
        return {} if whole is None else {"processor": whole}
    parts: dict[str, Quantity | None] = {}
    for name, rate in profile.parts.items():
        if name in {"accelerator", "processor"}:
            parts["prefill"] = _amount(rate, fresh, cached, 0)
            parts["decode"] = _amount(rate, 0, 0, out)
        else:
            parts[name] = _amount(rate, fresh, cached, out)
    return {name: part for name, part in parts.items() if part is not None}


def combine(impacts: Sequence[Impact | None]) -> Impact | None:
    """What several attempts cost together; ``None`` if none of them was assessed.

    An amount that one part lacks is not assessed in the sum, since a sum that silently leaves out a
    part would make a ladder look better than it is. So pass every attempt that reached a rung, and
    leave out those of which nothing was sent. The sum has the worst tier, and a part of the life
    cycle counts as computed only if every attempt computed it.
    """
    parts = [impact for impact in impacts if impact is not None]
    if not parts:
        return None
    whole = len(parts) == len(impacts)
    methods = dict.fromkeys(part.method for part in parts)
    return Impact(
        _sum([part.energy for part in parts], whole),
        _sum([part.gwp for part in parts], whole),
        _sum([part.adpe for part in parts], whole),
        _sum([part.pe for part in parts], whole),
        _sum([part.wcf for part in parts], whole),
        max(part.tier for part in parts) if whole else "D",
        "; ".join(methods),
        _merged([part.scope for part in parts]) if whole else _NO_SCOPE,
        _sum_phase([part.use for part in parts], whole),
        _sum_phase([part.embodied for part in parts], whole),
        "; ".join(dict.fromkeys(part.factors for part in parts if part.factors)),
    )


def _sum_phase(parts: Sequence[Phase], whole: bool) -> Phase:
    if all(part == NO_PHASE for part in parts):
        return NO_PHASE
    return Phase(
        _sum([part.gwp for part in parts], whole),
        _sum([part.adpe for part in parts], whole),
        _sum([part.pe for part in parts], whole),
        _sum([part.wcf for part in parts], whole),
    )


def _sum(parts: list[Quantity | None], whole: bool) -> Quantity | None:
    amount = total(parts) if whole else None
    if amount is None:
        return None
    sources = dict.fromkeys(part.source for part in parts if part is not None)
    return replace(amount, source="; ".join(sources))


def _merged(scopes: Sequence[Mapping[str, str]]) -> Mapping[str, str]:
    names = dict.fromkeys(name for scope in scopes for name in scope)
    return {
        name: max(
            (scope.get(name, NOT_ASSESSED) for scope in scopes),
            key=(COMPUTED, EXCLUDED, NOT_ASSESSED).index,
        )
        for name in names
    }


def cost(card: RungCard, usage: Usage) -> Quantity | None:
    """EUR by the rung's prices; ``None`` where a price or the token counts are not known.

    Discounts on cached tokens differ by provider: low counts them free, mid and high in full.
    """
    fresh, cached, out = _counted(usage)
    if card.price_in is None or card.price_out is None:
        return None
    _check("price_in", card.price_in, 1e6)
    _check("price_out", card.price_out, 1e6)
    if not (fresh or cached or out) and (card.price_in or card.price_out):
        return None
    least = (fresh * card.price_in + out * card.price_out) / 1e6
    full = least + cached * card.price_in / 1e6
    source = "prices x tokens estimated" if usage.estimated else "prices x tokens"
    return Quantity(least, full, full, "EUR", source)
