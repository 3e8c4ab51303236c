"""Fake machines: a tree of ``/sys`` and ``/proc``, sources and clocks that a test turns by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sobre.adapters.power.sampler import Finder, Sampler
from sobre.adapters.power.source import (
    GPU,
    PROCESSOR,
    Facts,
    Reading,
    Source,
    Unreadable,
    Unusable,
)
from sobre.adapters.providers.fake import CARD
from sobre.core.exchange import RungCard, Usage
from sobre.core.reason import Reason

LOCAL = CARD
PROCESSOR_FACTS = Facts("rapl", frozenset({PROCESSOR}), 0.9, 1.1, hardware="cpu")
GPU_FACTS = Facts("nvml", frozenset({GPU}), 0.95, 1.05, hardware="gpu")
MODEL_FACTS = Facts(
    "cpu-time", frozenset({PROCESSOR}), 0.5, 2.0, tier="B", hardware="cpu", has_idle=False
)


def zone(root: Path, name: str, called: str, energy_uj: int, most_uj: int = 1_000_000_000) -> Path:
    """One RAPL zone: ``zone(root, "intel-rapl:0:2", "dram", 10)``."""
    folder = root / "sys/class/powercap" / name
    folder.mkdir(parents=True)
    (folder / "name").write_text(called + "\n")
    (folder / "max_energy_range_uj").write_text(f"{most_uj}\n")
    (folder / "energy_uj").write_text(f"{energy_uj}\n")
    return folder / "energy_uj"


def process(root: Path, pid: int, ticks: int, children: str = "", ended_ticks: int = 0) -> None:
    """One process that used ``ticks``, and whose ended children used ``ended_ticks``."""
    folder = root / "proc" / str(pid)
    (folder / "task" / str(pid)).mkdir(parents=True, exist_ok=True)
    (folder / "task" / str(pid) / "children").write_text(children)
    fields = f"S 1 1 1 0 -1 0 0 0 0 0 {ticks} 0 {ended_ticks} 0 20 0 1"
    (folder / "stat").write_text(f"{pid} (a (strange) name) {fields}\n")


def machine(root: Path, busy: int, idle: int = 0) -> None:
    (root / "proc").mkdir(exist_ok=True)
    (root / "proc/stat").write_text(f"cpu  {busy} 0 0 {idle} 7 0 0 99 0 0\ncpu0 1 1 1 1\n")


@dataclass
class Time:
    """A clock and a calendar."""

    now: float = 1000.0
    slept: float = 0.0

    def clock(self) -> float:
        return self.now

    def calendar(self) -> float:
        return 1_700_000_000 + self.now + self.slept


@dataclass
class Dial:
    """A source whose power is turned by hand; ``fault`` breaks it."""

    time: Time
    facts: Facts = PROCESSOR_FACTS
    watts: float = 0.0
    fault: str = ""
    still: bool = False
    """A coarse counter that does not move."""
    closed: int = 0
    _joules: float = 0.0
    _at: float = 0.0

    def start(self, now: float) -> None:
        if self.fault:
            raise Unreadable(self.fault)
        self._at, self._joules = now, 0.0

    def turn(self, watts: float) -> None:
        self._joules += (self.time.now - self._at) * self.watts
        self._at, self.watts = self.time.now, watts

    def read(self, now: float) -> Reading | None:
        if self.fault:
            raise Unreadable(self.fault)
        self.turn(self.watts)
        if self.still:
            return None
        joules, self._joules = self._joules, 0.0
        return Reading(joules)

    def close(self) -> None:
        self.closed += 1


def finder(source: Dial) -> Finder:
    def find() -> Source:
        if source.fault:
            raise Unusable(Reason("none", "reason.power.absent"))
        return source

    return Finder(source.facts.name, find)


@dataclass
class Bench:
    """A sampler over some dials, and the records that it wrote."""

    time: Time
    sampler: Sampler
    records: list[dict[str, Any]] = field(default_factory=list)

    def wait(self, seconds: float, step: float = 0.5) -> None:
        """Let time pass, with a reading every ``step``."""
        for _ in range(round(seconds / step)):
            self.time.now += step
            self.sampler.tick()

    def call(self, name: str, seconds: float, used: Usage | None, card: RungCard = LOCAL) -> None:
        self.sampler.begin(name, card)
        self.wait(seconds)
        self.sampler.end(name, used)


def bench(time: Time, *dials: Dial, **settings: Any) -> Bench:
    records: list[dict[str, Any]] = []
    write: Callable[[dict[str, Any]], None] = records.append
    sampler = Sampler(
        [finder(dial) for dial in dials],
        write,
        clock=time.clock,
        calendar=time.calendar,
        **settings,
    )
    sampler.choose()
    return Bench(time, sampler, records)


def used(cpu_seconds: float | None = None, tokens: int = 10) -> Usage:
    return Usage(0, tokens, cpu_seconds=cpu_seconds)


class FakeNvml:
    """What is used of ``pynvml``; ``counts = False``: a card without an energy counter."""

    class NVMLError(Exception):
        pass

    def __init__(self, *, cards: int = 1, counts: bool = True, driver: bool = True) -> None:
        self.cards, self.counts, self.driver = cards, counts, driver
        self.millijoules = [5_000_000] * cards
        self.milliwatts = [70_000] * cards

    def nvmlInit(self) -> None:  # noqa: N802 - its name
        if not self.driver:
            raise self.NVMLError

    def nvmlShutdown(self) -> None: ...  # noqa: N802 - its name

    def nvmlDeviceGetCount(self) -> int:  # noqa: N802 - its name
        return self.cards

    def nvmlDeviceGetHandleByIndex(self, index: int) -> int:  # noqa: N802 - its name
        return index

    def nvmlDeviceGetTotalEnergyConsumption(self, handle: int) -> int:  # noqa: N802 - its name
        if not self.counts:
            raise self.NVMLError
        return self.millijoules[handle]

    def nvmlDeviceGetPowerUsage(self, handle: int) -> int:  # noqa: N802 - its name
        return self.milliwatts[handle]
