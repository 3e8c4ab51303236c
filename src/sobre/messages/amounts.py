"""Amounts as people read them: two significant digits, an interval, the unit that fits.

``amount(q, "fr")`` gives ``1,3 mg CO₂e (0,6 à 2,9)``. More digits would promise what no footprint
knows: published figures for one answer differ a hundredfold by scope.
"""

from __future__ import annotations

import math
from typing import TypedDict

from sobre.core.impact import Avoided, Comparison
from sobre.core.quantity import Quantity
from sobre.messages import say

_NARROW = "\u202f"
_NO_BREAK = "\u00a0"
_STEPS = {
    "Wh": (1e-9, (("nWh", 0), ("µWh", 3), ("mWh", 6), ("Wh", 9), ("kWh", 12), ("MWh", 15))),
    "gCO2eq": (1e-9, (("ng", 0), ("µg", 3), ("mg", 6), ("g", 9), ("kg", 12), ("t", 15))),
    "kgSbeq": (1e-15, (("pg", 0), ("ng", 3), ("µg", 6), ("mg", 9), ("g", 12), ("kg", 15))),
    "MJ": (1e-9, (("mJ", 0), ("J", 3), ("kJ", 6), ("MJ", 9), ("GJ", 12))),
    "L": (1e-9, (("nL", 0), ("µL", 3), ("mL", 6), ("L", 9), ("m³", 12))),
}
"""Unit of a ``Quantity`` -> the smallest unit shown, in it, and the powers of ten above that."""
_SUBSTANCE = {
    "gCO2eq": {"fr": "CO₂e", "en": "CO₂e"},
    "kgSbeq": {"fr": "Sb éq.", "en": "Sb eq."},
}
_EXACT = 1e-9


def amount(quantity: Quantity | None, lang: str) -> str:
    """The quantity in words of ``lang``; ``None`` is said to be not assessed, never 0."""
    lang = "fr" if lang == "fr" else "en"
    if quantity is None:
        return say("amount.not_assessed", lang)
    scale, unit = _unit(quantity)
    mid = quantity.mid / scale
    places = _places(mid)
    shown = _number(mid, places, lang)
    low = _number(quantity.low / scale, _bound_places(quantity.low / scale, places), lang)
    high = _number(quantity.high / scale, _bound_places(quantity.high / scale, places), lang)
    space = _NARROW if lang == "fr" else _NO_BREAK
    suffix = _SUBSTANCE.get(quantity.unit, {}).get(lang, "")
    value = f"{shown}{space}{unit}{_NO_BREAK}{suffix}" if suffix else f"{shown}{space}{unit}"
    if unit == "€" and lang == "en":
        value = f"€{shown}"
    if low == high == shown:
        return value
    return say("amount.interval", lang, value=value, low=low, high=high)


CLASSES = (
    (0.01, "very_low"),
    (0.1, "low"),
    (1.0, "moderate"),
    (10.0, "high"),
    (math.inf, "very_high"),
)
"""gCO2eq of one answer below which it is of that class: one class a factor ten, a convention."""


def impact_class(grams: float) -> str:
    """The class of one answer's gCO2eq: ``very_low`` to ``very_high``."""
    return next(name for most, name in CLASSES if grams < most)


class ImpactWords(TypedDict):
    """One answer's climate impact as people can use it; ``None`` where there is nothing to say."""

    name: str | None
    """Its class: ``low (very low to moderate)``."""
    range: str
    """``13 mg CO₂e (6 to 29)``, or that it was not assessed."""
    compared: str | None
    """``3.4 × the same answer at rung 2 (embedded), electricity only``."""
    avoided: str | None
    """What another rung would have emitted: an amount of its own, never taken off."""


def impact_words(
    gwp: Quantity | None, compared: Comparison | None, avoided: Avoided | None, lang: str
) -> ImpactWords:
    """The class, range and comparable of one answer's gCO2eq."""
    words = ImpactWords(
        name=None if gwp is None else class_words(gwp, lang),
        range=amount(gwp, lang),
        compared=None,
        avoided=None,
    )
    if gwp is not None and compared is not None:
        times = number(compared.times, lang)
        words["compared"] = say(
            "amount.compared", lang, times=times, level=compared.level, rung=compared.rung
        )
    if gwp is not None and avoided is not None:
        shown = amount(avoided.gwp, lang)
        words["avoided"] = say("amount.avoided", lang, rung=avoided.rung, amount=shown)
    return words


def in_one_line(words: ImpactWords, lang: str) -> str:
    """The same as one text, for a terminal."""
    name, shown = words["name"], words["range"]
    first = shown if name is None else say("amount.classed", lang, name=name, amount=shown)
    parts = [part for part in (first, words["compared"], words["avoided"]) if part]
    return (f"{_NO_BREAK}; " if lang == "fr" else "; ").join(parts)


def class_words(gwp: Quantity, lang: str) -> str:
    """The class of the middle, and those its bounds reach where they differ."""
    low, mid, high = (impact_class(bound) for bound in (gwp.low, gwp.mid, gwp.high))
    name = say(f"amount.class.{mid}", lang)
    if low == high:
        return name
    ends = (say(f"amount.class.{end}", lang) for end in (low, high))
    return say(
        "amount.class_range", lang, name=name, **dict(zip(("low", "high"), ends, strict=True))
    )


def number(value: float, lang: str) -> str:
    """A bare number, two significant digits, as ``lang`` writes it."""
    return _number(value, _places(value), lang)


def _unit(quantity: Quantity) -> tuple[float, str]:
    """The largest unit in which the middle, as it will be rounded, is at least 1."""
    if quantity.unit == "EUR":
        return 1.0, "€"
    if quantity.unit not in _STEPS:
        return 1.0, quantity.unit
    base, steps = _STEPS[quantity.unit]
    of_note = _rounded(quantity.mid) or quantity.high
    if of_note == 0:
        return 1.0, next(name for name, power in steps if math.isclose(base * 10**power, 1.0))
    fit = [s for s in steps if of_note >= base * 10.0 ** s[1] * (1 - _EXACT)] or [steps[0]]
    return base * 10.0 ** fit[-1][1], fit[-1][0]


def _rounded(value: float) -> float:
    return float(f"{value:.1e}")


def _places(value: float) -> int:
    """Decimals that give two significant digits; negative where tens or hundreds are rounded."""
    if value == 0:
        return 0
    return 1 - math.floor(math.log10(_rounded(value)) + _EXACT)


def _bound_places(value: float, places: int) -> int:
    """A bound is not finer than the middle, unless it would then read as nothing."""
    own = _places(value)
    if value and round(value, places) == 0:
        return own - 1
    return min(own, places)


def _number(value: float, places: int, lang: str) -> str:
    text = f"{round(value, places):,.{max(places, 0)}f}"
    if lang == "fr":
        return text.replace(",", _NARROW).replace(".", ",")
    return text
