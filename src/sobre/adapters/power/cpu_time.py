"""A model where nothing can be measured: busy processor seconds times watts a busy thread.

Good to a factor of two. It counts what is drawn above idle only, so Sobre's own processes have no
idle part. Watts of an unknown processor: ``cpu.watts_per_thread`` of the footprint's factors; with
its TDP known, 1.02 x TDP / threads.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from sobre.adapters.power.source import PROCESSOR, Facts, Reading, Unreadable, Unusable
from sobre.core.reason import Reason
from sobre.footprint.share import MODEL

TDP_SHARE = 1.02
"""What a busy thread draws, in shares of TDP / threads; fitted on published measurements."""
_SLACK_S = 0.05
"""A process that ends may take a moment to be counted with the one that waits for it."""


class ProcessorTime:
    """Busy seconds of the whole machine, and of one process with all it has started."""

    def __init__(self, root: Path = Path("/"), pid: int | None = None, ticks: float = 0) -> None:
        """``ticks`` is the system's clock ticks a second; the system's own where it is 0."""
        self._proc = root / "proc"
        self._pid = os.getpid() if pid is None else pid
        self._tick = 1 / (ticks or os.sysconf("SC_CLK_TCK"))

    def machine(self) -> float:
        """Seconds of all threads since the start of the machine. Raises ``Unreadable``.

        Waiting for a disk is idle; what a hypervisor took away is not ours.
        """
        try:
            with (self._proc / "stat").open("rb") as file:
                user, nice, system, _idle, _wait, irq, softirq = map(
                    int, file.readline().split()[1:8]
                )
        except (OSError, ValueError) as error:
            raise Unreadable(f"/proc/stat: {type(error).__name__}") from error
        return (user + nice + system + irq + softirq) * self._tick

    def own(self) -> float:
        """Seconds of the process and of all below it, ended ones included."""
        return sum(self._of(pid) for pid in self._family(self._pid)) * self._tick

    def _of(self, pid: int) -> int:
        try:
            said = (self._proc / str(pid) / "stat").read_bytes()
            # The name may hold spaces and brackets; utime, stime, cutime and cstime come after it.
            fields = said[said.rindex(b")") + 2 :].split()
            return sum(map(int, fields[11:15]))
        except (OSError, ValueError, IndexError) as error:
            if pid != self._pid:
                return 0  # it has just ended, and is counted with the one that started it
            raise Unreadable(f"/proc/self/stat: {type(error).__name__}") from error

    def _family(self, pid: int) -> Iterator[int]:
        yield pid
        for file in (self._proc / str(pid) / "task").glob("*/children"):
            try:
                children = file.read_bytes().split()
            except OSError:
                continue
            for child in children:
                yield from self._family(int(child))


class Ours:
    """Which part of the processor's work since the last call was Sobre's own."""

    def __init__(self, time: ProcessorTime) -> None:
        self._time = time
        self._machine = self._own = 0.0

    def __call__(self) -> float:
        try:
            machine, own = self._time.machine(), self._time.own()
        except Unreadable:
            return 1.0
        busy, mine = machine - self._machine, own - self._own
        self._machine, self._own = machine, own
        return min(max(mine / busy, 0.0), 1.0) if busy > 0 else 1.0


class CpuTime:
    """A ``Source``. ``whole`` counts the machine, for a model that another program runs."""

    def __init__(
        self,
        time: ProcessorTime,
        *,
        low_w: float,
        mid_w: float,
        high_w: float,
        whole: bool = False,
    ) -> None:
        """Watts of one busy thread. Raises ``Unusable``."""
        self._count = time.machine if whole else time.own
        try:
            self._count()
        except Unreadable as error:
            raise Unusable(Reason("there is no /proc", "reason.power.no_proc")) from error
        self._watts = mid_w
        self._last = 0.0
        self.facts = Facts(
            MODEL,
            frozenset({PROCESSOR}),
            low_w / mid_w,
            high_w / mid_w,
            tier="B",
            hardware="cpu",
            has_idle=whole,
        )

    def start(self, now: float) -> None:
        del now
        self._last = self._count()

    def read(self, now: float) -> Reading:
        del now
        count = self._count()
        step = count - self._last
        if step < -_SLACK_S:
            raise Unreadable("processor time went back")
        self._last = max(count, self._last)
        return Reading(max(step, 0.0) * self._watts)

    def close(self) -> None: ...


def watts_of(tdp_w: float, threads: int) -> float:
    """Watts of one busy thread of a processor whose TDP is known."""
    return TDP_SHARE * tdp_w / threads
