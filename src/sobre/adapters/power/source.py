"""What every source of energy readings is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from sobre.core.reason import Reason
from sobre.core.zone import Zone

PROCESSOR, MEMORY, BOARD, GPU = "processor", "memory", "board", "gpu"
MACHINE = "rest of the machine"
COMPANY = "company servers"
PARTS = (PROCESSOR, MEMORY, BOARD, GPU, MACHINE, COMPANY)
"""What a source may cover, and what every record of energy speaks of."""
WHOLE_MACHINE = frozenset({PROCESSOR, MEMORY, BOARD, GPU, MACHINE})

NEAR = frozenset({Zone.MACHINE})


class Unusable(Exception):
    """A source that this machine does not have, or that may not be read; ``why`` can be told."""

    def __init__(self, why: Reason) -> None:
        super().__init__(why)
        self.why = why


class Unreadable(Exception):
    """One reading that failed: what was drawn since the last one is not known."""


class Reading(NamedTuple):
    joules: float
    """Since the last reading."""
    ours: float = 1.0
    """Of what is above idle, the part that Sobre's calls can have caused; see ``share.Window``."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a source before any reading."""

    name: str
    """``wall``, ``rapl``, ``nvml`` or ``cpu-time``."""
    covers: frozenset[str]
    """Of ``PARTS``; two sources that share a part are not used together."""
    low: float
    high: float
    """The interval of a reading, as factors of it: meant to hold 90 % of cases."""
    tier: str = "A"
    """A measured, B modelled."""
    hardware: str = ""
    """Only calls on ``cpu`` or ``gpu`` can have caused it; empty: any call."""
    zones: frozenset[Zone] = NEAR
    """Calls of rungs there can have caused it."""
    has_idle: bool = True
    """Whether it draws something when nobody asks anything."""


class Source(Protocol):
    @property
    def facts(self) -> Facts: ...

    def start(self, now: float) -> None:
        """Take the reading that the next one is counted from. Raises ``Unreadable``."""
        ...

    def read(self, now: float) -> Reading | None:
        """What was drawn since the last reading; ``None`` where the meter has not moved yet.

        ``now`` is seconds on a clock that never goes back. Raises ``Unreadable``, and the next
        reading then counts from a new ``start``.
        """
        ...

    def close(self) -> None: ...


def number_in(path: Path) -> int:
    """The whole number that a file of ``/sys`` holds. Raises ``OSError``, ``ValueError``."""
    return int(path.read_bytes())


def is_virtual(root: Path) -> bool:
    """Whether this is a virtual machine, by what the processor says of itself."""
    try:
        return " hypervisor" in (root / "proc/cpuinfo").read_text(errors="replace")
    except OSError:
        return False
