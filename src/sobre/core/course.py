"""How sparing the ladder must be with one request, so that a carbon budget lasts its period."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """What a budget asks for, mildest first."""

    FREE = "free"
    INFORM = "inform"
    """Nothing changes; the reader is told."""
    DOWN = "down"
    """The top rung is left out and answers are shorter."""
    APPROVE = "approve"
    """The highest level needs an approval, and batch jobs wait."""
    EXHAUSTED = "exhausted"
    """Spent: only rungs of the lowest levels."""

    @property
    def severity(self) -> int:
        """0 for ``FREE``, growing."""
        return _ORDER[self]


_ORDER = {level: place for place, level in enumerate(Level)}


class Course(NamedTuple):
    """What one budget says of one request, with the figures it says it from.

    Grams are gCO2eq, upper bounds; a rate is grams an hour.
    """

    level: Level
    reason: str = ""
    """In words for the reader; empty where there is nothing to tell."""
    budget: str = ""
    """Its name; empty where none applies."""
    burn: float | None = None
    """Rate of the last day over the rate that would last; ``None`` where nothing is left."""
    spent_g: float = 0.0
    limit_g: float = 0.0
    rate: float = 0.0
    """Over the last 24 hours."""
    allowed_rate: float = 0.0
    """What would use up the rest exactly at the end of the period."""
    ends_at: float = 0.0
    """End of the period, Unix seconds."""
    approved: str = ""
    """Who allowed the top rung nevertheless; empty where nobody did."""
    approve_with: str = ""
    """The command that would allow it."""
    answer_share: float = 1.0
    """From ``DOWN`` on, the share of its longest answer that a request keeps."""
    usual_tokens: int = 0
    """The longest answer of a request that names none, in tokens; 0: left as it is."""


FREE = Course(Level.FREE)
"""No budget applies, or there is nothing to say."""

Hold = Callable[[str, "str | None"], "str | None"]
"""(team, use case) -> why its batch jobs wait, in words; ``None`` when they may run."""
