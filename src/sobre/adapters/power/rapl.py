"""RAPL: what the processor itself counts (Intel since 2011, AMD since 2017), through ``/sys``.

``psys`` covers the platform and is preferred; else each package, and its memory where that is
counted apart. Cores and graphics are inside their package, and ``intel-rapl-mmio`` repeats it:
neither is added.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sobre.adapters.power.source import (
    BOARD,
    MEMORY,
    PROCESSOR,
    Facts,
    Reading,
    Unreadable,
    Unusable,
    is_virtual,
    number_in,
)
from sobre.core.reason import Reason

MOST_WATTS = 5000.0
"""No zone draws more: a larger step is a counter that was set back, not one that ran over."""
_FOLDER = "sys/class/powercap"
ALLOW = f"chmod a+r /{_FOLDER}/intel-rapl:*/energy_uj"
"""What lets everybody read them; ``*`` stands for what is below a package too."""


@dataclass(slots=True)
class _Counter:
    file: Path
    range_uj: int
    last_uj: int = 0


class Rapl:
    """A ``Source``. ``ours`` gives the part of the processor's work that was Sobre's, each time."""

    def __init__(self, root: Path = Path("/"), ours: Callable[[], float] = lambda: 1.0) -> None:
        """Raises ``Unusable``."""
        zones = _zones(root)
        if not zones:
            raise Unusable(_why_none(root))
        psys = [zone for zone, name in zones.items() if name.startswith("psys")]
        packages = [zone for zone, name in zones.items() if name.startswith("package")]
        memory = [zone for zone, name in zones.items() if name == "dram"]
        chosen = psys or [*packages, *memory]
        if not chosen:
            raise Unusable(_why_none(root))
        try:
            self._counters = [
                _Counter(zone / "energy_uj", number_in(zone / "max_energy_range_uj"))
                for zone in chosen
            ]
            for counter in self._counters:
                number_in(counter.file)
        except PermissionError as error:
            raise Unusable(
                Reason(
                    "only the administrator may read them; to allow it until the next start:"
                    f" sudo {ALLOW} (what that gives away: docs/measure.md)",
                    "reason.power.permission",
                    command=f"sudo {ALLOW}",
                )
            ) from error
        except (OSError, ValueError) as error:
            raise Unusable(
                Reason(
                    f"its counters cannot be read ({type(error).__name__})",
                    "reason.power.unreadable",
                    kind=type(error).__name__,
                )
            ) from error
        self._ours = ours
        self._at = 0.0
        covers = (
            {PROCESSOR, MEMORY, BOARD} if psys else {PROCESSOR} | ({MEMORY} if memory else set())
        )
        self.facts = Facts("rapl", frozenset(covers), 0.9, 1.1, hardware="cpu")

    def start(self, now: float) -> None:
        self._at = now
        for counter in self._counters:
            counter.last_uj = self._count(counter)
        self._ours()

    def read(self, now: float) -> Reading:
        seconds = now - self._at
        total = 0
        for counter in self._counters:
            count = self._count(counter)
            step = count - counter.last_uj
            if step < 0:
                step += counter.range_uj + 1
            # After so long it may have run over more than once.
            if seconds * MOST_WATTS * 1e6 < step or seconds > counter.range_uj / 1e9:
                raise Unreadable("the counter was set back, or not read for too long")
            counter.last_uj = count
            total += step
        self._at = now
        return Reading(total / 1e6, self._ours())

    def close(self) -> None: ...

    @staticmethod
    def _count(counter: _Counter) -> int:
        try:
            return number_in(counter.file)
        except (OSError, ValueError) as error:
            raise Unreadable(f"{counter.file.parent.name}: {type(error).__name__}") from error


def _zones(root: Path) -> dict[Path, str]:
    """Each zone's folder and name: packages, and what is below them."""
    found: dict[Path, str] = {}
    for folder in sorted((root / _FOLDER).glob("intel-rapl:*")):
        try:
            found[folder] = (folder / "name").read_text().strip()
        except OSError:
            continue
    return found


def _why_none(root: Path) -> Reason:
    if any((root / _FOLDER).glob("intel-rapl:*")):
        return Reason(
            "this container hides them: run Sobre outside it, or name a wall meter (measure.meter)",
            "reason.power.hidden",
        )
    if is_virtual(root):
        return Reason("a virtual machine has none", "reason.power.virtual")
    return Reason("this machine has none", "reason.power.absent")
