"""What this machine draws, measured in the background. See ``docs/measure.md``.

Sources: ``wall`` (a meter that the configuration names), ``rapl`` (the processor's own counters),
``nvml`` (NVIDIA cards), ``cpu_time`` (a model, where nothing can be measured). ``sampler`` reads
them and shares what they say among the calls in flight.
"""

from __future__ import annotations

from sobre.core.exchange import RungCard, Usage


class NoMeter:
    """The port ``Meter`` where nothing is measured."""

    def begin(self, exchange: str, card: RungCard) -> None: ...

    def work(self, exchange: str) -> None: ...

    def end(self, exchange: str, usage: Usage | None) -> None: ...
