from __future__ import annotations

import pytest

from sobre.core.impact import Avoided, Comparison
from sobre.core.quantity import Quantity
from sobre.messages.amounts import impact_class, impact_words, in_one_line

GWP = Quantity(0.005, 0.02, 0.3, "gCO2eq")


@pytest.mark.parametrize(
    ("grams", "name"),
    [
        (0, "very_low"),
        (0.0099, "very_low"),
        (0.01, "low"),
        (0.5, "moderate"),
        (9.99, "high"),
        (10, "very_high"),
        (1e9, "very_high"),
    ],
)
def test_a_class_spans_a_factor_ten(grams: float, name: str) -> None:
    assert impact_class(grams) == name


def test_an_answer_is_told_by_class_range_and_comparables() -> None:
    compared = Comparison(3.42, "embedded", 2)
    avoided = Avoided(Quantity(0.1, 0.2, 0.4, "gCO2eq"), "frontier")
    english = in_one_line(impact_words(GWP, compared, avoided, "en"), "en")
    french = in_one_line(impact_words(GWP, compared, avoided, "fr"), "fr")
    assert english.replace("\u00a0", " ") == (
        "low (very low to moderate): 20 mg CO₂e (5 to 300); "
        "3.4 × the same answer at rung 2 (embedded), electricity only; "
        "frontier would have emitted 200 mg CO₂e (100 to 400) (estimate, not deducted)"
    )
    assert french.startswith("faible (de très faible à modéré)\u00a0: 20")
    assert "3,4\u00a0× la même réponse au barreau\u00a02 (embedded)" in french


def test_what_was_not_assessed_has_no_class_and_no_comparable() -> None:
    words = impact_words(None, Comparison(3, "embedded", 2), None, "fr")
    assert words == {"name": None, "range": "non évalué", "compared": None, "avoided": None}
    assert in_one_line(words, "fr") == "non évalué"
