"""From a rung's card and what a call used to its impact.

``profile`` does, once per rung, all that does not depend on tokens. Every amount is then linear in
uncached input, cached input and output tokens (or in CPU seconds), so ``measure`` is nine products
an amount. Bounds add token by token as if all parts erred together: they share the machine, the
grid and the model, and a sum of two calls is then exactly the sum of their impacts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sobre.core.exchange import Impact, RungCard, Usage
from sobre.core.quantity import Quantity, total
from sobre.core.zone import Zone
from sobre.footprint.energy import Work, cpu_work, gpu_work, size
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
    """The five amounts one way of measuring gives, and how good they are."""

    energy: Rate | None
    gwp: Rate | None
    adpe: Rate | None
    pe: Rate | None
    wcf: Rate | None
    tier: str
    method: str
    scope: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Profile:
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


class _PerWork(NamedTuple):
    """What one joule of GPU, or one CPU second, costs."""

    energy: Interval
    gwp: Interval
    use_gwp: Interval
    adpe: Interval | None
    pe: Interval
    wcf: Interval


def profile(card: RungCard, factors: Factors, *, batch: float | None = None) -> Profile:
    """What ``measure`` and ``predict`` need of a rung.

    ``batch`` is the number of sequences its accelerator serves at once, where somebody knows it.
    Hardware that is neither ``cpu`` nor ``gpu`` gives a profile that assesses nothing. Raises
    ``FootprintInputError`` for a card that contradicts itself.
    """
    bytes_per_weight = card.model.bytes_per_weight
    if not 0 < bytes_per_weight <= 16:
        raise FootprintInputError("bytes_per_weight", f"needs 0 to 16, got {bytes_per_weight!r}")
    if batch is not None and not 1 <= batch <= 1e6:
        raise FootprintInputError("batch", f"needs 1 to 1e6, got {batch!r}")
    if card.hardware not in {"cpu", "gpu"}:
        return Profile(card.name, None, None, None, *[math.inf] * 4)
    on_cpu = card.hardware == "cpu"
    params = size(card.model, factors, cpu=on_cpu)
    grid, place_known = _grid(card, factors)
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
    else:
        per_work, scope = _per_gpu_joule(grid, factors), _GPU_SCOPE
        work = gpu_work(
            params,
            bytes_per_weight=bytes_per_weight,
            batch=batch,
            own=card.zone <= Zone.COMPANY,
            factors=factors,
        )
        tier = _tier({"yes": "B", "partly": "C", "no": "D"}[params.known], lowered)
        method, label = "physics-v2", "v2" if params.known != "no" else "v2, size unknown"
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
    return Profile(
        card.name,
        by_tokens,
        by_estimated,
        by_cpu_seconds,
        work.per_input.mid * per_work.gwp.mid,
        work.per_output.mid * per_work.gwp.mid,
        work.per_input.mid * per_work.use_gwp.mid,
        work.per_output.mid * per_work.use_gwp.mid,
    )


def _grid(card: RungCard, factors: Factors) -> tuple[Grid, bool]:
    """The electricity of the rung's place, and whether that place is known.

    An EU rung whose country is unknown gets the European range, anything else the world's.
    """
    zone = (card.electricity or WORLD).upper()
    if zone not in {WORLD, EUROPE} and zone in factors.grids:
        return factors.grids[zone], True
    in_europe = zone == EUROPE or card.zone in {Zone.EU_SOVEREIGN, Zone.EU_HOSTED}
    wide = factors.grids[EUROPE if in_europe else WORLD]
    named = "" if zone in {WORLD, EUROPE} else f", no factor for {zone}"
    return replace(wide, zone=f"{wide.zone} range{named}"), False


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


def _per_gpu_joule(grid: Grid, factors: Factors) -> _PerWork:
    """One joule of the GPU boards, brought to the data centre's meter and to the hardware's life.

    GPU seconds come from the joules and a power range; a request carries its share of a life that
    is in use only part of the time.
    """
    interval = factors.interval
    overhead = plus(Interval(1.0, 1.0, 1.0), interval("gpu.host"), interval("gpu.idle"))
    site = product(overhead, interval("gpu.pue"))
    life = product(
        interval("gpu.power").inverse(),
        interval("gpu.utilisation").inverse(),
        interval("embodied.spread"),
    ).scaled(1 / factors.value("embodied.lifetime"))
    share = 1 / factors.value("embodied.server.gpus")

    def embodied(amount: str) -> Interval:
        server = factors.value(f"embodied.server.{amount}")
        return life.scaled(server * share + factors.value(f"embodied.gpu.{amount}"))

    def use(per_kwh: Interval) -> Interval:
        return product(site, per_kwh).scaled(1 / J_PER_KWH)

    water = plus(interval("gpu.site_water"), product(interval("gpu.pue"), grid.wue))
    return _PerWork(
        energy=site.scaled(1 / J_PER_WH),
        gwp=plus(use(grid.gwp), embodied("gwp").scaled(G_PER_KG)),
        use_gwp=use(grid.gwp),
        adpe=plus(use(grid.adpe), embodied("adpe")),
        pe=plus(use(grid.pe), embodied("pe")),
        wcf=product(overhead, water).scaled(1 / J_PER_KWH),
    )


def _per_cpu_second(grid: Grid, factors: Factors) -> _PerWork:
    """One busy second of one thread of this machine: electricity only.

    The machine's making is not assessed. For metals it is nearly the whole (98 % of EcoLogits'
    ADPe), so a use-only figure would mislead and none is given.
    """
    watts = factors.interval("cpu.watts_per_thread")

    def use(per_kwh: Interval) -> Interval:
        return product(watts, per_kwh).scaled(1 / J_PER_KWH)

    return _PerWork(
        energy=watts.scaled(1 / J_PER_WH),
        gwp=use(grid.gwp),
        use_gwp=use(grid.gwp),
        adpe=None,
        pe=use(grid.pe),
        wcf=use(grid.wue),
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
    cached = factors.interval("tokens.cached")

    def rate(per: Interval, unit: str, source: str) -> Rate:
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

    of_grid = f"{label}; {grid.source} {grid.zone}"
    return Rates(
        rate(per_work.energy, "Wh", label),
        rate(per_work.gwp, "gCO2eq", of_grid),
        rate(per_work.adpe, "kgSbeq", of_grid) if per_work.adpe else None,
        rate(per_work.pe, "MJ", of_grid + grid.pe_note),
        rate(per_work.wcf, "L", of_grid),
        tier,
        method,
        _NO_SCOPE,
    )


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
            return _impact(profile.by_cpu_seconds, 0, 0, seconds)
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
        if 0 <= value <= most:
            return
    except TypeError:
        pass
    raise FootprintInputError(field, f"needs a number from 0 to {most:g}, got {value!r}")


def _impact(rates: Rates | None, fresh: float, cached: float, out: float) -> Impact:
    if rates is None or not (fresh or cached or out):
        return Impact(None, None, None, None, None, "D", "none", _NO_SCOPE)
    energy, gwp, adpe, pe, wcf, tier, method, scope = rates
    return Impact(
        None if energy is None else _amount(energy, fresh, cached, out),
        None if gwp is None else _amount(gwp, fresh, cached, out),
        None if adpe is None else _amount(adpe, fresh, cached, out),
        None if pe is None else _amount(pe, fresh, cached, out),
        None if wcf is None else _amount(wcf, fresh, cached, out),
        tier,
        method,
        scope,
    )


def _amount(rate: Rate, fresh: float, cached: float, out: float) -> Quantity:
    il, im, ih, cl, cm, ch, ol, om, oh, unit, source = rate
    return Quantity(
        il * fresh + cl * cached + ol * out,
        im * fresh + cm * cached + om * out,
        ih * fresh + ch * cached + oh * out,
        unit,
        source,
    )


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
