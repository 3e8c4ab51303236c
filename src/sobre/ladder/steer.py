"""What a carbon budget takes from a request: the top rungs, and the length of its answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from sobre.core.course import Course, Level
from sobre.core.exchange import Ask, Operation, RungCard
from sobre.core.reason import Reason
from sobre.errors import BudgetSpent
from sobre.ladder.suffices import wants_json

HIGHEST = 4
"""The level that needs an approval: frontier models."""
LAST_LEVEL = 2
"""The highest that a spent budget leaves: cache, search and classic, the firm's own models."""
_NEWER = "max_completion_tokens"


def shorten(ask: Ask, course: Course) -> Ask:
    """The request with the limit that the course leaves to its answer.

    Where it must be JSON or may call a tool it keeps its length: cut short, it would be of no use
    and have cost its share all the same. Vectors have no length.
    """
    longest = ask.max_tokens or course.usual_tokens
    if (
        course.level.severity < Level.DOWN.severity
        or not longest
        or ask.operation is Operation.EMBED
        or ask.tools
        or wants_json(ask)
    ):
        return ask
    limit = max(1, int(longest * course.answer_share))
    options = ask.options
    if _NEWER in options:
        options = {**options, _NEWER: limit}
    return dataclasses.replace(ask, max_tokens=limit, options=options)


def told(course: Course, before: Ask, after: Ask) -> Mapping[str, str]:
    """The note ``budget`` for the ledger and the reader; nothing where there is nothing to say."""
    said = course.reason
    if not said:
        return {}
    if course.approved and course.level in (Level.DOWN, Level.APPROVE):
        text = f"{said}; every rung is open with an approval by {course.approved}"
        said = Reason(text, "budget.approved", said=said, by=course.approved)
    if after.max_tokens != before.max_tokens:
        text = f"{said}; at most {after.max_tokens} tokens in the answer"
        said = Reason(text, "budget.shortened", said=said, tokens=after.max_tokens)
    return {"budget": said}


def left_out(allowed: Sequence[tuple[RungCard, float]], course: Course) -> dict[str, Reason]:
    """Of the rungs that could answer, each with its grams, those that the course closes, and why.

    A burning budget closes the top: the highest level, or among rungs of one level the most
    impactful; never the only one. One that burns faster closes the highest level of all unless it
    was approved, and one that is spent all above ``LAST_LEVEL``, even where none is left.
    """
    if course.level is Level.EXHAUSTED:
        why = Reason(
            f"carbon budget {course.budget} is spent: nothing above level {LAST_LEVEL}",
            "budget.above",
            budget=course.budget,
            level=LAST_LEVEL,
        )
        return {card.name: why for card, _ in allowed if card.level > LAST_LEVEL}
    if course.approved or course.level not in (Level.DOWN, Level.APPROVE):
        return {}
    if course.level is Level.APPROVE:
        highest = {card.name for card, _ in allowed if card.level >= HIGHEST}
        if highest:
            why = Reason(
                f"carbon budget {course.budget} burns too fast: it needs an approval"
                f" (`{course.approve_with}`)",
                "budget.needs_approval",
                budget=course.budget,
                command=course.approve_with,
            )
            return dict.fromkeys(highest, why)
    why = Reason(
        f"the top rung, left out to spare carbon budget {course.budget}",
        "budget.top",
        budget=course.budget,
    )
    return dict.fromkeys(_top(allowed), why)


def _top(allowed: Sequence[tuple[RungCard, float]]) -> list[str]:
    """Names of the rungs one step above the others; none where there is no such step."""
    for size in (lambda card, _: card.level, lambda _, grams: grams):
        sizes = [size(card, grams) for card, grams in allowed]
        if min(sizes) < max(sizes):
            return [c.name for (c, _), own in zip(allowed, sizes, strict=True) if own == max(sizes)]
    return []


def only(why: str, course: Course, card: RungCard, count: int, spared: Mapping[str, str]) -> str:
    """Why a rung answers; where the budget would leave it out were there another, that too.

    Not of the low ones that even a spent budget leaves: nothing lower is asked for there.
    """
    burning = course.level in (Level.DOWN, Level.APPROVE) and not course.approved
    if not burning or spared or count > 1 or card.level <= LAST_LEVEL:
        return why
    return Reason(
        f"{why}; carbon budget {course.budget} asks for a lower rung, but this request leaves none",
        "budget.only",
        why=why,
        budget=course.budget,
    )


def over_budget(spared: Mapping[str, str], course: Course) -> BudgetSpent:
    """The refusal where only closed rungs could have answered."""
    held = ", ".join(spared)
    if course.level is Level.EXHAUSTED:
        return BudgetSpent(
            f"The carbon budget {course.budget!r} leaves no model for this request ({held}).",
            remedy='Ask for "auto" or a model of the firm\'s own, or wait for the next period.',
            param="model",
            key="error.budget_spent",
            params={"budget": course.budget, "held": held},
        )
    return BudgetSpent(
        f"Under the carbon budget {course.budget!r} this model needs an approval ({held}).",
        remedy=f'Ask for "auto", or have whoever runs Sobre type `{course.approve_with}`.',
        param="model",
        code="approval_needed",
        key="error.budget_approval",
        params={"budget": course.budget, "held": held, "command": course.approve_with},
    )
