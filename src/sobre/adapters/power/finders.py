"""Which sources the configuration allows, best first, each ready to be opened."""

from __future__ import annotations

import os
from pathlib import Path

from sobre.adapters.power.cpu_time import CpuTime, Ours, ProcessorTime, watts_of
from sobre.adapters.power.nvml import Nvml
from sobre.adapters.power.rapl import Rapl
from sobre.adapters.power.sampler import Finder
from sobre.adapters.power.source import NEAR, Source, Unusable
from sobre.adapters.power.wall import COVERS, Wall, fetcher
from sobre.config import Measure
from sobre.core.reason import Reason
from sobre.core.zone import Zone
from sobre.footprint.interval import Interval

SPREAD = 2.0
"""The model is good to a factor of two, with the TDP known or not."""


def reach(measure: Measure) -> frozenset[Zone]:
    """The zones whose calls can be measured at all."""
    return NEAR | COVERS[measure.meter_covers][1] if measure.meter else NEAR


def finders(
    measure: Measure,
    base: Path | None,
    watts: Interval,
    *,
    others: bool,
    root: Path = Path("/"),
) -> list[Finder]:
    """``watts`` of a busy thread where the TDP is not known.

    ``others``: whether a program that is not Sobre's own runs a model here. Raises ``ConfigError``
    for a meter that is not there.
    """
    whole = others if measure.processes == "auto" else measure.processes == "all"
    if measure.cpu_tdp_w is not None:
        mid = watts_of(measure.cpu_tdp_w, os.cpu_count() or 1)
        watts = Interval(mid / SPREAD, mid, mid * SPREAD)
    fetch = fetcher(measure.meter, base) if measure.meter else None

    def wall() -> Source:
        if fetch is None:
            raise Unusable(
                Reason("the configuration names none (measure.meter)", "reason.power.no_meter")
            )
        return Wall(fetch, measure.meter_unit, measure.meter_pointer, measure.meter_covers)

    def rapl() -> Source:
        return Rapl(root) if whole else Rapl(root, Ours(ProcessorTime(root)))

    def cpu_time() -> Source:
        return CpuTime(
            ProcessorTime(root),
            low_w=watts.low,
            mid_w=watts.mid,
            high_w=watts.high,
            whole=whole,
        )

    known = {"wall": wall, "rapl": rapl, "nvml": Nvml, "cpu-time": cpu_time}
    return [Finder(name, known[name]) for name in measure.sources]
