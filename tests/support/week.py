"""A week of a made-up firm of thirty people, for the report's tests and for looking at it.

Seeded, so that it is the same each time. Four rungs, six teams, use cases, an application at night;
failures, answers that did not suffice, refusals, readers who left, tokens that were estimated or
came from a cache, a model whose impact nobody can assess.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from sobre import footprint
from sobre.adapters import data
from sobre.adapters.stores.ledger import SqliteBook
from sobre.core.exchange import (
    Actor,
    Ask,
    Attempt,
    Exchange,
    Message,
    ModelCard,
    Operation,
    Outcome,
    RungCard,
    Usage,
    exchange_id,
)
from sobre.core.impact import Avoided
from sobre.core.quantity import Quantity, total
from sobre.core.zone import Zone
from sobre.ledger import chain
from support.values import card

MONDAY = 1_762_124_400.0
"""2025-11-03T00:00 at UTC+1, Unix seconds."""
DAY = 86_400.0

FACTORS = footprint.Factors.from_json(data.read("footprint", "factors.json"))


def _model(name: str, total_b: float | None, active_b: float | None = None) -> ModelCard:
    known = None if total_b is None else (total_b, total_b)
    active = None if total_b is None else (active_b or total_b, active_b or total_b)
    return ModelCard(name, known, active, 32_768, "Apache-2.0")


CARDS: dict[str, RungCard] = {
    "local": card(
        "local",
        level=2,
        model=_model("Qwen2.5-1.5B-Instruct", 1.5),
        zone=Zone.MACHINE,
        hardware="cpu",
        electricity="FRA",
        threads=4,
    ),
    "paris": card(
        "paris",
        level=3,
        model=_model("Mistral-Small-24B", 24),
        zone=Zone.EU_SOVEREIGN,
        electricity="FRA",
        price_in=0.1,
        price_out=0.3,
    ),
    "dublin": card(
        "dublin",
        level=4,
        model=_model("grand-modele", None),
        zone=Zone.EU_HOSTED,
        electricity="IRL",
        price_in=2.0,
        price_out=8.0,
    ),
    "labo": card(
        "labo",
        level=2,
        model=_model("prototype", 3),
        zone=Zone.COMPANY,
        hardware="unknown",
        electricity="FRA",
    ),
}
PROFILES = {name: footprint.profile(one, FACTORS) for name, one in CARDS.items()}
TEAMS = {"atelier": 8, "bureau d’études": 7, "commerce": 6, "compta": 5, "direction": 1, "RH": 3}
USES = {
    "courriel": (0.34, 350, 180),
    "résumé": (0.22, 2600, 220),
    "devis": (0.16, 900, 420),
    "traduction": (0.14, 500, 480),
    "code": (0.08, 1400, 800),
    "": (0.06, 200, 250),
}


def people() -> list[Actor]:
    """One key for each person, and one for the application that works at night."""
    found = [
        Actor(f"key_{team[:4].strip()}{n}", f"Personne {team} {n}", team, "user")
        for team, size in TEAMS.items()
        for n in range(size)
    ]
    return [*found, Actor("key_nuit", "Indexation", "commerce", "app")]


def week(start: float = MONDAY, *, exchanges: int = 600, seed: int = 7) -> Iterator[Exchange]:
    """``exchanges`` requests spread over seven days from ``start``, in order of time."""
    rng = random.Random(seed)
    everyone = people()
    moments = sorted(_moment(rng) for _ in range(exchanges))
    for at in moments:
        received = start + at
        actor = rng.choice(everyone[:-1])
        if (at % DAY) < 6 * 3600:
            actor = everyone[-1]
        yield _exchange(rng, received, actor)


def keep(folder: Path, exchanges: Iterator[Exchange]) -> int:
    """Seal them in a ledger in ``folder``, and say how many they were."""
    count = 0
    with SqliteBook(folder, keep_texts=False) as book:
        for one in exchanges:
            book.open(one.ask, one.actor)
            book.seal(one)
            count += 1
    return count


def _moment(rng: random.Random) -> float:
    """Office hours on five days, one in eight at night."""
    day = rng.choice([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5])
    if rng.random() < 0.12:
        return day * DAY + rng.uniform(1, 5) * 3600
    return day * DAY + min(max(rng.gauss(13.5, 2.6), 7.5), 20) * 3600


def _exchange(rng: random.Random, received: float, actor: Actor) -> Exchange:
    names = list(USES)
    use = rng.choices(names, [USES[n][0] for n in names])[0]
    _, words_in, words_out = USES[use]
    ask = Ask(
        id=exchange_id(received, rng.randbytes(10)),
        operation=Operation.CHAT,
        door="/v1/chat/completions",
        model="auto",
        messages=(Message("user", "Bonjour"),),
        received_at=received,
        use_case=use or None,
    )
    if rng.random() < 0.02:
        return _sealed(ask, actor, Outcome.REFUSED, ())
    weights = {"local": 0.58, "paris": 0.3, "dublin": 0.09, "labo": 0.03}
    if use == "code":
        weights = {"local": 0.2, "paris": 0.4, "dublin": 0.4, "labo": 0.0}
    first = rng.choices(list(weights), list(weights.values()))[0]
    attempts: list[Attempt] = []
    if first != "labo" and rng.random() < 0.1:
        outcome = rng.choices([Outcome.ABANDONED, Outcome.FAILED], [0.7, 0.3])[0]
        below = {"dublin": "paris", "paris": "local"}.get(first, "local")
        attempts.append(_attempt(rng, below, outcome, words_in, words_out))
        if below == first:
            first = "paris"
    fate = rng.random()
    if fate < 0.015:
        attempts.append(_attempt(rng, first, Outcome.FAILED, words_in, words_out))
        return _sealed(ask, actor, Outcome.FAILED, tuple(attempts))
    last = Outcome.HUNG_UP if fate < 0.03 else Outcome.KEPT
    attempts.append(_attempt(rng, first, last, words_in, words_out))
    return _sealed(ask, actor, last, tuple(attempts))


def _attempt(
    rng: random.Random, rung: str, outcome: Outcome, words_in: int, words_out: int
) -> Attempt:
    one = CARDS[rung]
    sent = max(20, round(rng.lognormvariate(0, 0.5) * words_in))
    said = max(5, round(rng.lognormvariate(0, 0.6) * words_out))
    usage: Usage | None = Usage(
        sent,
        said,
        cached_tokens=round(sent * 0.6) if rng.random() < 0.25 else 0,
        reasoning_tokens=round(said * 0.4) if rung == "dublin" else 0,
        estimated=rng.random() < 0.06,
        cpu_seconds=round(0.02 * sent + 0.16 * said, 3) if rung == "local" else None,
    )
    if outcome is Outcome.FAILED and rng.random() < 0.6:
        usage = None
    return Attempt(
        rung=rung,
        level=one.level,
        zone=one.zone,
        model=one.model.name,
        outcome=outcome,
        reason="",
        seconds=rng.uniform(0.4, 9.0),
        first_token_seconds=None,
        usage=usage,
        impact=footprint.measure(PROFILES[rung], usage) if usage else None,
        cost=footprint.cost(one, usage) if usage else None,
    )


def _sealed(ask: Ask, actor: Actor, outcome: Outcome, attempts: tuple[Attempt, ...]) -> Exchange:
    worked = [a for a in attempts if a.usage]
    impact = worked[0].impact if len(attempts) == 1 and worked else None
    if len(attempts) > 1:
        impact = footprint.combine([a.impact for a in worked])
    return Exchange(
        ask=ask,
        actor=actor,
        outcome=outcome,
        reason="",
        findings={},
        disguised=0,
        attempts=attempts,
        skipped={},
        impact=impact,
        cost=total([a.cost for a in worked]),
        marking={},
        reply=None,
        ended_at=ask.received_at + sum(a.seconds for a in attempts),
        notes={"quality": "not assessed"},
        avoided=_avoided(attempts[-1]) if outcome is Outcome.KEPT else None,
    )


def _avoided(kept: Attempt) -> Avoided | None:
    """What the costliest rung would have emitted for as many tokens."""
    if kept.rung == "dublin" or kept.usage is None:
        return None
    elsewhere = footprint.measure(PROFILES["dublin"], kept.usage._replace(cpu_seconds=None))
    return Avoided(elsewhere.use.gwp, "dublin") if elsewhere.use.gwp else None


def meter(folder: Path, exchanges: Iterable[Exchange]) -> None:
    """Add a day's measurement of the firm's machine for each day of these exchanges."""
    days: dict[int, dict[str, float]] = {}
    for one in exchanges:
        impacts = [a.impact for a in one.attempts if a.rung == "local" and a.impact]
        modelled = [impact.energy.mid for impact in impacts if impact.energy]
        if modelled:
            day = int((one.ask.received_at - MONDAY) // DAY)
            days.setdefault(day, {})[one.ask.id] = sum(modelled) * 1.3
    with SqliteBook(folder, keep_texts=False) as book:
        for day, parts in sorted(days.items()):
            idle = 55.0
            whole = sum(parts.values()) + idle
            start = MONDAY + day * DAY
            book.note(
                chain.energy(
                    name=f"en_{day}",
                    start=start,
                    end=start + DAY - 1,
                    source="rapl",
                    sources={"rapl": {"energy": whole, "idle": idle, "seconds": DAY}},
                    tier="A",
                    scope={"processor": "computed"},
                    zones=["machine"],
                    total=Quantity(whole * 0.95, whole, whole * 1.05, "Wh"),
                    parts=parts,
                    unattributed=idle,
                    failed=[],
                )
            )
