"""Joules and CPU seconds per token: the v2 model for accelerators, a line through two for CPUs."""

from __future__ import annotations

import math
from typing import NamedTuple

from sobre.core.impact import ModelCard
from sobre.footprint.errors import FootprintInputError
from sobre.footprint.factors import Factors
from sobre.footprint.interval import Interval, geometric, product

Z90 = 1.6448536269514722
"""Half-width of a normal's 90 % interval, in standard deviations."""


class Size(NamedTuple):
    """A model's parameters, in billions."""

    active: Interval
    total: Interval
    known: str
    """``yes``, ``partly`` (a wide range, or one of the two guessed), ``no``."""


class Work(NamedTuple):
    """What one token costs the processor: GPU joules, or CPU seconds."""

    per_input: Interval
    per_output: Interval


def size(model: ModelCard, factors: Factors, *, cpu: bool) -> Size:
    """The parameters to reckon with. Raises ``FootprintInputError`` for impossible ones.

    Where only the total is known the model is taken as dense, with a mixture of experts as lower
    bound; where only the active ones are known, as dense with a mixture as upper bound.
    """
    active = _params("active_params", model.active_params)
    total = _params("total_params", model.total_params)
    sparsity = factors.value("generic.sparsity")
    if active and total:
        if active.low > total.low or active.high > total.high:
            raise FootprintInputError("active_params", "more than total_params")
        narrow = max(active.high / active.low, total.high / total.low) <= 1.5
        return Size(active, total, "yes" if narrow else "partly")
    if total:
        return Size(Interval(total.low / sparsity, total.mid, total.high), total, "partly")
    if active:
        return Size(active, Interval(active.low, active.mid, active.high * sparsity), "partly")
    if cpu:
        generic = factors.interval("generic.cpu")
        return Size(generic, generic, "no")
    return Size(factors.interval("generic.active"), factors.interval("generic.total"), "no")


def sized_by(model: ModelCard, *, cpu: bool) -> tuple[str, ...]:
    """Ids of the factors that ``size`` took, where the card left something out."""
    if model.active_params and model.total_params:
        return ()
    if model.active_params or model.total_params:
        return ("generic.sparsity",)
    return ("generic.cpu",) if cpu else ("generic.active", "generic.total")


def _params(field: str, bounds: tuple[float, float] | None) -> Interval | None:
    if bounds is None:
        return None
    low, high = bounds
    if not 0 < low <= high <= 1e6:
        raise FootprintInputError(field, f"needs 0 < low <= high <= 1e6 billions, got {bounds!r}")
    return geometric(low, high)


def gpus(total: float, bytes_per_weight: float, factors: Factors) -> int:
    """Accelerators that hold the weights: a power of two (EcoLogits' rule, 80 GB each)."""
    margin = factors.value("v2.gpu_memory_margin")
    memory = factors.value("v2.gpu_memory")
    count = math.ceil(margin * total * bytes_per_weight / memory)
    return 1 << (count - 1).bit_length()


def joules_per_output_token(
    active: float, total: float, *, batch: float, bytes_per_weight: float, factors: Factors
) -> float:
    """v2's decode: J of all GPUs, GPU boards only, for one output token at a known batch.

    Four terms: fixed cost of an iteration, reading the weights (of a mixture: those a batch really
    touches), arithmetic, and what lies between. Parameters in billions.
    """
    value = factors.value
    n = gpus(total, bytes_per_weight, factors)
    untouched = math.exp(-value("v2.k") * batch * active / total)
    read = active + (total - active) * (1 - untouched)
    return (
        value("v2.a0") * n / batch
        + value("v2.a1") * read * bytes_per_weight / batch
        + value("v2.a2") * active
        + value("v2.a3") * n * math.sqrt(active)
    )


def joules_per_input_token(active: float, factors: Factors) -> float:
    """v2's prefill: J of all GPUs for one uncached input token (bf16)."""
    return factors.value("v2.prefill_base") + factors.value("v2.prefill_per_billion") * active


def gpu_work(
    params: Size, *, bytes_per_weight: float, batch: float | None, own: bool, factors: Factors
) -> Work:
    """GPU joules per token, with the width that an unknown batch, size and the fit itself give.

    ``own``: a server of the firm's, where few requests share an iteration.
    """
    if batch is None:
        prior = factors.by_id["v2.batch_own" if own else "v2.batch_service"]
        ratio = prior.high / prior.low
        few, usual, many = (prior.low * ratio**q for q in (0.05, 0.5, 0.95))
    else:
        few = usual = many = batch

    def decode(active: float, total: float, at: float) -> float:
        return joules_per_output_token(
            active, total, batch=at, bytes_per_weight=bytes_per_weight, factors=factors
        )

    def prefill(active: float) -> float:
        return joules_per_input_token(active, factors)

    a, t = params.active, params.total
    base = decode(a.mid, t.mid, usual)
    spread = math.exp(Z90 * factors.value("v2.residual_sd_ln"))
    per_output = product(
        Interval(decode(a.low, t.low, usual), base, decode(a.high, t.high, usual)),
        Interval(decode(a.mid, t.mid, many) / base, 1.0, decode(a.mid, t.mid, few) / base),
        Interval(1 / spread, 1.0, spread),
    )
    per_input = product(
        Interval(prefill(a.low), prefill(a.mid), prefill(a.high)),
        factors.interval("v2.prefill_spread"),
    )
    return Work(per_input, per_output)


def cpu_work(params: Size, factors: Factors) -> Work:
    """CPU seconds per token where nobody measured them: a line through two measured models."""

    def line(part: str, active: float) -> float:
        return factors.value(f"cpu.{part}_base") + factors.value(f"cpu.{part}_per_billion") * active

    def per(part: str) -> Interval:
        a = params.active
        of_size = Interval(line(part, a.low), line(part, a.mid), line(part, a.high))
        return product(of_size, factors.interval("cpu.spread"))

    return Work(per("prompt"), per("generation"))
