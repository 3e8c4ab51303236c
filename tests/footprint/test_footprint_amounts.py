from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobre.core.quantity import Quantity
from sobre.messages.amounts import amount

CASES = [
    ((0.00057, 0.00131, 0.0029), "gCO2eq", "1,3_mg~CO₂e (0,6 à 2,9)", "1.3~mg~CO₂e (0.6 to 2.9)"),
    ((1e-5, 0.0132, 0.49), "Wh", "13_mWh (0,01 à 490)", "13~mWh (0.01 to 490)"),
    ((0.9996, 0.9996, 0.9996), "Wh", "1,0_Wh", "1.0~Wh"),
    ((100, 1234, 5678), "Wh", "1,2_kWh (0,1 à 5,7)", "1.2~kWh (0.1 to 5.7)"),
    ((0.3, 0.45, 0.6), "L", "450_mL (300 à 600)", "450~mL (300 to 600)"),
    ((2e-10, 3e-10, 5e-10), "kgSbeq", "300_ng~Sb éq. (200 à 500)", "300~ng~Sb eq. (200 to 500)"),
    ((4e-3, 5e-3, 5e-3), "EUR", "0,0050_€ (0,0040 à 0,0050)", "€0.0050 (0.0040 to 0.0050)"),
    ((0, 0, 0), "Wh", "0_Wh", "0~Wh"),
    ((12e9, 12e9, 12e9), "Wh", "12_000_MWh", "12,000~MWh"),
]
"""``_`` stands for a narrow no-break space, ``~`` for a no-break space."""


def spaced(text: str) -> str:
    return text.replace("_", "\u202f").replace("~", "\u00a0")


@pytest.mark.parametrize(("bounds", "unit", "fr", "en"), CASES)
def test_an_amount_reads_well_in_both_languages(
    bounds: tuple[float, float, float], unit: str, fr: str, en: str
) -> None:
    quantity = Quantity(*bounds, unit=unit)
    assert amount(quantity, "fr") == spaced(fr)
    assert amount(quantity, "en") == spaced(en)


def test_what_was_not_assessed_is_said_and_is_not_zero() -> None:
    assert amount(None, "fr") == "non évalué"
    assert amount(None, "en") == "not assessed"


@given(
    st.lists(st.floats(1e-12, 1e9), min_size=3, max_size=3).map(sorted),
    st.sampled_from(["Wh", "gCO2eq", "kgSbeq", "MJ", "L", "EUR"]),
)
def test_an_amount_above_nothing_never_reads_as_nothing(bounds: list[float], unit: str) -> None:
    low, mid, high = bounds
    shown = amount(Quantity(low, mid, high, unit), "en")
    numbers = shown.replace("(", " ").replace(")", " ").replace("€", " ").replace("\u00a0", " ")
    digits = [word.replace(",", "") for word in numbers.split() if word[0].isdigit()]
    assert all(float(word) > 0 for word in digits)
