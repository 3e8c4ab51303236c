"""NVIDIA cards, through NVML: their energy counter, or power times time on cards without one.

The counter is renewed every 100 ms and takes some 4 ms to read: never inside a request. It counts
the board, whoever used it. Needs the extra ``measure`` (nvidia-ml-py, BSD).
"""

from __future__ import annotations

from typing import Any, Protocol

from sobre.adapters.power.source import GPU, Facts, Reading, Unreadable, Unusable
from sobre.core.reason import Reason

MOST_WATTS = 3000.0
_RENEWED_S = 0.2
"""A reading may be this old."""
_LONGEST_S = 60.0
"""Power read at two moments says nothing of a longer time between them."""


class Library(Protocol):
    """What is used of ``pynvml``."""

    @property
    def NVMLError(self) -> type[Exception]: ...  # noqa: N802 - its name

    def nvmlInit(self) -> None: ...  # noqa: N802 - its name

    def nvmlShutdown(self) -> None: ...  # noqa: N802 - its name

    def nvmlDeviceGetCount(self) -> int: ...  # noqa: N802 - its name

    def nvmlDeviceGetHandleByIndex(self, index: int) -> Any: ...  # noqa: N802 - its name

    def nvmlDeviceGetTotalEnergyConsumption(self, handle: Any) -> int:  # noqa: N802 - its name
        """Millijoules since the driver was loaded."""
        ...

    def nvmlDeviceGetPowerUsage(self, handle: Any) -> int:  # noqa: N802 - its name
        """Milliwatts."""
        ...


class _Board:
    """One card."""

    def __init__(self, library: Library, handle: Any) -> None:
        self._library = library
        self._handle = handle
        try:
            library.nvmlDeviceGetTotalEnergyConsumption(handle)
            self._counts = True
        except library.NVMLError:
            library.nvmlDeviceGetPowerUsage(handle)
            self._counts = False
        self._last = 0.0
        self._at = 0.0

    def start(self, now: float) -> None:
        self._last, self._at = self._value(), now

    def joules(self, now: float) -> float:
        value, seconds = self._value(), now - self._at
        if self._counts:
            joules = (value - self._last) / 1e3
            if not 0 <= joules <= (seconds + _RENEWED_S) * MOST_WATTS:
                raise Unreadable("the card's counter was set back")
        elif seconds > _LONGEST_S:
            raise Unreadable("the card's power was not read for too long")
        else:
            joules = (value + self._last) / 2e3 * seconds
        self._last, self._at = value, now
        return joules

    def _value(self) -> int:
        """Millijoules or milliwatts."""
        if self._counts:
            return self._library.nvmlDeviceGetTotalEnergyConsumption(self._handle)
        return self._library.nvmlDeviceGetPowerUsage(self._handle)


class Nvml:
    """A ``Source``."""

    def __init__(self, library: Library | None = None) -> None:
        """``library`` in the place of ``pynvml``, for tests. Raises ``Unusable``."""
        self._library = library or _pynvml()
        try:
            self._library.nvmlInit()
        except self._library.NVMLError as error:
            raise Unusable(Reason("no NVIDIA card or driver", "reason.power.no_gpu")) from error
        try:
            self._boards = [
                _Board(self._library, self._library.nvmlDeviceGetHandleByIndex(index))
                for index in range(self._library.nvmlDeviceGetCount())
            ]
        except self._library.NVMLError as error:
            self.close()
            kind = type(error).__name__
            raise Unusable(
                Reason(
                    f"its counters cannot be read ({kind})", "reason.power.unreadable", kind=kind
                )
            ) from error
        if not self._boards:
            self.close()
            raise Unusable(Reason("no NVIDIA card or driver", "reason.power.no_gpu"))
        self.facts = Facts("nvml", frozenset({GPU}), 0.95, 1.05, hardware="gpu")

    def start(self, now: float) -> None:
        try:
            for board in self._boards:
                board.start(now)
        except self._library.NVMLError as error:
            raise Unreadable(type(error).__name__) from error

    def read(self, now: float) -> Reading:
        try:
            return Reading(sum(board.joules(now) for board in self._boards))
        except self._library.NVMLError as error:
            raise Unreadable(type(error).__name__) from error

    def close(self) -> None:
        try:
            self._library.nvmlShutdown()
        except self._library.NVMLError:
            return


def _pynvml() -> Library:
    try:
        import pynvml
    except ImportError as error:
        raise Unusable(
            Reason(
                "the library nvidia-ml-py is not installed (pip install 'sobre[measure]')",
                "reason.power.no_library",
            )
        ) from error
    library: Library = pynvml
    return library
