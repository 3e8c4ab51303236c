"""An amount with its interval, its unit and where it comes from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Quantity:
    """``low <= mid <= high`` in ``unit``; the interval is meant to hold 90 % of cases.

    ``source`` names the method or data behind the figure. An amount nobody could assess is
    ``None`` where a ``Quantity`` is expected, never a zero.
    """

    low: float
    mid: float
    high: float
    unit: str
    source: str = ""

    def __post_init__(self) -> None:
        if not -math.inf < self.low <= self.mid <= self.high < math.inf:
            raise ValueError(
                f"quantity needs finite low <= mid <= high, got "
                f"{self.low!r}, {self.mid!r}, {self.high!r} {self.unit}"
            )

    def __add__(self, other: Quantity) -> Quantity:
        """The sum, bound by bound. Adding two units is an error."""
        if not isinstance(other, Quantity):
            return NotImplemented
        if other.unit != self.unit:
            raise TypeError(f"cannot add {other.unit!r} to {self.unit!r}")
        source = self.source if self.source == other.source else f"{self.source}; {other.source}"
        return Quantity(
            self.low + other.low, self.mid + other.mid, self.high + other.high, self.unit, source
        )

    def as_json(self) -> dict[str, Any]:
        return {"low": self.low, "mid": self.mid, "high": self.high, "unit": self.unit}


def total(parts: list[Quantity | None]) -> Quantity | None:
    """The sum of what was assessed; ``None`` as soon as one part is unknown, or there is none."""
    if not parts or any(part is None for part in parts):
        return None
    first, *rest = [part for part in parts if part is not None]
    for part in rest:
        first = first + part
    return first
