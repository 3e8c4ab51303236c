"""Bounds that travel with every number.

An interval is read as a two-piece lognormal: half-widths ``ln(mid/low)`` below and ``ln(high/mid)``
above, each a 90 % half-width. Independent factors then multiply analytically, their half-widths
adding in quadrature on each side. For symmetric lognormals that is exact; for the skewed ranges met
here it is an approximation, checked against measured points in ``bench/footprint.py``. Nothing is
drawn at random, so the same inputs always give the same figures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """``0 <= low <= mid <= high``, finite; meant to hold 90 % of cases."""

    low: float
    mid: float
    high: float

    def __post_init__(self) -> None:
        if not (0 <= self.low <= self.mid <= self.high < math.inf):
            raise ValueError(
                f"interval needs 0 <= low <= mid <= high, got "
                f"{self.low!r}, {self.mid!r}, {self.high!r}"
            )

    def scaled(self, by: float) -> Interval:
        """The interval times a number that is known exactly."""
        return Interval(self.low * by, self.mid * by, self.high * by)

    def inverse(self) -> Interval:
        return Interval(1 / self.high, 1 / self.mid, 1 / self.low)


def geometric(low: float, high: float) -> Interval:
    """A range of which only the ends are known: the middle is the geometric mean."""
    return Interval(low, min(max(math.sqrt(low * high), low), high), high)


def product(*parts: Interval) -> Interval:
    """The product of independent factors; a bound of 0 makes the product's 0."""
    mid, below, above = 1.0, 0.0, 0.0
    for part in parts:
        if part.mid == 0 or part.low == 0:
            return _through_zero(parts)
        mid *= part.mid
        below += math.log(part.mid / part.low) ** 2
        above += math.log(part.high / part.mid) ** 2
    return Interval(mid * math.exp(-math.sqrt(below)), mid, mid * math.exp(math.sqrt(above)))


def _through_zero(parts: tuple[Interval, ...]) -> Interval:
    """Some bound is 0, where logarithms end: the others still combine."""
    mid = math.prod(part.mid for part in parts)
    above = math.hypot(*(math.log(part.high / part.mid) for part in parts if part.mid))
    return Interval(0.0, mid, mid * math.exp(above))


def plus(*parts: Interval) -> Interval:
    """The sum of independent amounts: deviations from the middle add in quadrature."""
    mid = math.fsum(part.mid for part in parts)
    below = math.hypot(*(part.mid - part.low for part in parts))
    above = math.hypot(*(part.high - part.mid for part in parts))
    return Interval(max(mid - below, 0.0), mid, mid + above)
