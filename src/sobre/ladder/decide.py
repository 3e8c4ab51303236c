"""Order the rungs by computed impact, and say of each one left out why."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sobre.core.course import FREE, Course
from sobre.core.exchange import Action, Ask, Limits, Operation, RungCard
from sobre.core.ports import Rung
from sobre.core.reason import Reason, listed
from sobre.core.zone import Zone
from sobre.errors import NoRungLeft, PolicyRefusal, UnknownModel
from sobre.ladder.steer import left_out, only, over_budget
from sobre.ladder.suffices import wants_json

AUTO = "auto"
CHARACTERS_PER_TOKEN = 4.0
"""Rough, for predictions made before a tokenizer has seen the text; French runs 3.5 to 4.5."""
FEWEST_TOKENS = 1 / 8
"""No text packs more than 8 characters a token on average: under this count it surely fits."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a call will probably cost, before it is made."""

    grams: Callable[[RungCard, int, int], float | None]
    """(card, input tokens, output tokens) -> gCO2eq, or ``None`` when it cannot be computed."""
    output_tokens: int
    """How long an answer is expected to be where the request sets no lower limit."""


@dataclass(frozen=True, slots=True)
class Step:
    """One rung to try, with what its call is expected to cost."""

    rung: Rung
    card: RungCard
    grams: float | None
    """gCO2eq, middle estimate."""
    why: str
    last: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The rungs to try in order, at least one, and those left out with the reason."""

    steps: tuple[Step, ...]
    skipped: Mapping[str, str]


def candidates(model: str, rungs: Sequence[Rung], aliases: Mapping[str, str]) -> tuple[Rung, ...]:
    """The rungs a ``model`` value may mean: all (``auto``), one by name, those with that model.

    Raises ``UnknownModel`` naming the nearest names.
    """
    model = aliases.get(model, model)
    if model == AUTO:
        return tuple(rungs)
    named = tuple(r for r in rungs if r.card.name == model) or tuple(
        r for r in rungs if r.card.model.name == model
    )
    if named:
        return named
    names = [AUTO, *aliases, *(r.card.name for r in rungs), *(r.card.model.name for r in rungs)]
    near = difflib.get_close_matches(model, names, n=3, cutoff=0.4) or names[:8]
    shown = ", ".join(dict.fromkeys(near))
    raise UnknownModel(
        f"The model {model[:80]!r} does not exist here.",
        remedy=f"Nearest names: {shown}. GET /v1/models lists them all.",
        param="model",
        key="error.unknown_model",
        params={"model": model[:80], "near": shown},
    )


def decide(
    ask: Ask,
    limits: Limits,
    rungs: Sequence[Rung],
    aliases: Mapping[str, str],
    forecast: Forecast,
    budgets: frozenset[str] = frozenset(),
    course: Course = FREE,
) -> Plan:
    """The rungs that may answer, lowest computed impact first.

    ``budgets`` names what the actor's spending is limited in: a rung whose grams or euros cannot be
    counted is not for it. ``course`` is what carbon budgets ask for: what it leaves out is skipped
    with the reason.

    A rung whose impact could not be computed comes after those whose could. What quality each would
    reach is not predicted in this version: the order is by impact alone, and says so.
    Where policy keeps the text nearer than every rung that was named, those of a nearer open zone
    stand in, and each step's ``why`` says so. Not for embeddings: vectors of two models do not mix.
    Raises ``UnknownModel``, ``PolicyRefusal`` when policy leaves none, ``BudgetSpent`` when a
    carbon budget does, ``NoRungLeft`` otherwise.
    """
    meant = candidates(ask.model, rungs, aliases)
    skipped: dict[str, str] = {}
    kept = None if ask.operation is Operation.EMBED else _kept_nearer(meant, limits)
    if kept is not None and len(meant) < len(rungs):
        skipped = {rung.card.name: limits.reasons[rung.card.zone] for rung in meant}
        meant = tuple(rung for rung in rungs if rung.card.zone < kept)
    tokens_in = round(ask.characters / CHARACTERS_PER_TOKEN)
    tokens_out = 0
    if ask.operation is not Operation.EMBED:
        expected = forecast.output_tokens
        tokens_out = min(ask.max_tokens or expected, expected) * ask.n
    refused = len(skipped)
    allowed: list[tuple[float, int, Rung, float | None]] = []
    for rung in meant:
        card = rung.card
        if not limits.toward[card.zone].opens:
            skipped[card.name] = limits.reasons[card.zone]
            refused += 1
        elif lack := _lack(ask, card, tokens_in):
            skipped[card.name] = lack
        elif "eur" in budgets and card.price_in is None:
            skipped[card.name] = Reason("its price is not known", "reason.no_price")
        else:
            cost = forecast.grams(card, tokens_in, tokens_out)
            if "g" in budgets and cost is None:
                skipped[card.name] = Reason("its impact cannot be computed", "reason.no_grams")
                continue
            allowed.append((math.inf if cost is None else cost, card.level, rung, cost))
    if not allowed:
        raise _none_left(skipped, refused)
    spared = left_out([(rung.card, cost) for cost, _, rung, _ in allowed], course)
    skipped |= spared
    if len(spared) == len(allowed):
        raise over_budget(spared, course)
    allowed = [entry for entry in allowed if entry[2].card.name not in spared]
    allowed.sort(key=lambda entry: entry[:2])
    last = len(allowed) - 1
    steps: list[Step] = []
    for place, (_, _, rung, cost) in enumerate(allowed):
        if kept is not None:
            why: str = _instead(rung.card, ask.model, limits.reasons[kept])
        else:
            chosen = ask.model if len(meant) < len(rungs) else ""
            why = _why(place, len(allowed), cost, chosen)
            why = only(why, course, rung.card, len(allowed), spared)
        steps.append(Step(rung, rung.card, cost, why, last=place == last))
    return Plan(tuple(steps), skipped)


def _kept_nearer(meant: Sequence[Rung], limits: Limits) -> Zone | None:
    """The nearest zone that policy keeps the text out of, when it lets none of these rungs answer;
    ``None`` when one may, or when policy refuses without offering another.
    """
    zones = {rung.card.zone for rung in meant}
    if any(limits.toward[zone].opens for zone in zones):
        return None
    return min((z for z in zones if limits.toward[z] is Action.KEEP), default=None)


def _instead(card: RungCard, asked: str, because: str) -> Reason:
    """Why a rung answers that was not the one asked for."""
    return Reason(
        f"kept in zone {card.zone.slug}, not sent to {asked[:80]} as asked: {because}",
        "reason.kept_nearer",
        zone=Reason(card.zone.slug, f"cli.zone.{card.zone.slug}"),
        name=asked[:80],
        because=because,
    )


def _lack(ask: Ask, card: RungCard, tokens_in: int) -> str:
    """What a rung would need to serve this request and has not, in words; empty when nothing."""
    if ask.operation not in card.operations:
        return Reason(f"does not offer {ask.operation}", f"reason.no_{ask.operation}")
    if ask.tools and "tools" not in card.features:
        return Reason("does not call tools", "reason.no_tools")
    if "images" not in card.features and _shows(ask):
        return Reason("takes no images or files", "reason.no_images")
    if wants_json(ask) and "json_schema" not in card.features:
        return Reason("cannot be held to a JSON schema", "reason.no_json")
    if ask.logprobs and "logprobs" not in card.features:
        return Reason("gives no log-probabilities", "reason.no_logprobs")
    if ask.n > 1 and "n" not in card.features:
        return Reason("gives one answer at a time", "reason.no_n")
    context = card.model.context_tokens
    if context and tokens_in * CHARACTERS_PER_TOKEN * FEWEST_TOKENS > context:
        return Reason(
            f"its context of {context} tokens is too short for this request",
            "reason.short_context",
            context=context,
        )
    return ""


_TEXTUAL = ("text", "refusal")


def _shows(ask: Ask) -> bool:
    """Whether a message has a part that is not text: an image, a sound, a file."""
    return any(
        isinstance(part, dict) and part.get("type") not in _TEXTUAL
        for message in ask.messages
        if isinstance(message.content, list)
        for part in message.content
    )


def _why(position: int, count: int, cost: float | None, chosen: str) -> str:
    if chosen:
        return Reason(f"asked for by name ({chosen[:80]})", "reason.by_name", name=chosen[:80])
    if cost is None:
        return Reason(
            f"rank {position + 1} of {count}: its impact could not be computed",
            "reason.unknown_impact",
            rank=position + 1,
            count=count,
        )
    if count == 1:
        return Reason("the only rung that may answer", "reason.only")
    if position == 0:
        return Reason(
            f"lowest computed impact of {count} rungs; quality not predicted",
            "reason.lowest",
            count=count,
        )
    return Reason(
        f"rank {position + 1} of {count} by computed impact; quality not predicted",
        "reason.rank",
        rank=position + 1,
        count=count,
    )


def _none_left(skipped: Mapping[str, str], refused: int) -> PolicyRefusal | NoRungLeft:
    told = listed(skipped) if skipped else Reason("no rung is configured", "reason.no_rungs")
    if refused and refused == len(skipped):
        return PolicyRefusal(
            f"Policy lets this request go to none of the models it may use ({told}).",
            remedy="Take out what is confidential, or ask whoever runs Sobre to open a zone.",
            key="error.policy_refusal",
            params={"told": told},
        )
    return NoRungLeft(
        f"No model here can take this request ({told}).",
        remedy="Change what is asked, or add a rung to sobre.toml.",
        status=503 if not skipped else 400,
        code="no_rung_left" if not skipped else "unsupported_request",
        key="error.no_rung",
        params={"told": told},
    )
