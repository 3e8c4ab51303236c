"""Which rungs may answer, in which order, and whether an answer suffices."""

from sobre.ladder.decide import CHARACTERS_PER_TOKEN, Forecast, Plan, Step, candidates, decide
from sobre.ladder.gate import Gate
from sobre.ladder.steer import shorten, told
from sobre.ladder.suffices import Verdict, suffices, wants_json

__all__ = [
    "CHARACTERS_PER_TOKEN",
    "Forecast",
    "Gate",
    "Plan",
    "Step",
    "Verdict",
    "candidates",
    "decide",
    "shorten",
    "suffices",
    "told",
    "wants_json",
]
