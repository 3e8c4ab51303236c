"""Exchanges of a made-up firm, for the ledger's tests and bench."""

from __future__ import annotations

from sobre.core.exchange import (
    Actor,
    Ask,
    Attempt,
    Choice,
    Exchange,
    Impact,
    Message,
    Operation,
    Outcome,
    Reply,
    Usage,
)
from sobre.core.quantity import Quantity
from sobre.core.zone import Zone

ALICE = Actor("k1", "Alice", "compta", "user")
BOB = Actor("k2", "Bob", "atelier", "app")
USAGE = Usage(58, 102, cpu_seconds=1.25)
IMPACT = Impact(
    energy=Quantity(0.11, 0.2, 0.4, "Wh"),
    gwp=Quantity(0.02, 0.05, 0.125, "gCO2eq"),
    adpe=Quantity(1e-9, 2e-9, 4e-9, "kgSbeq"),
    pe=Quantity(0.001, 0.002, 0.004, "MJ"),
    wcf=None,
    tier="B",
    method="sobre-footprint 2",
    scope={"use": "computed", "embodied": "computed", "network": "excluded"},
)
COST = Quantity(0.0, 0.001, 0.0025, "EUR")


def ask(name: str, *, text: str = "Combien de jours de congés ?", at: float = 1000.0) -> Ask:
    return Ask(
        id=name,
        operation=Operation.CHAT,
        door="/v1/chat/completions",
        model="auto",
        messages=(Message("user", text),),
        received_at=at,
    )


def exchange(
    asked: Ask, actor: Actor = ALICE, *, text: str | None = "Vingt-cinq jours.", **change: object
) -> Exchange:
    attempt = Attempt(
        rung="embedded",
        level=2,
        zone=Zone.MACHINE,
        model="tiny",
        outcome=Outcome.KEPT,
        reason="suffices",
        seconds=1.5,
        first_token_seconds=0.25,
        usage=USAGE,
        impact=IMPACT,
        cost=COST,
    )
    values: dict[str, object] = {
        "ask": asked,
        "actor": actor,
        "outcome": Outcome.KEPT,
        "reason": "",
        "findings": {"email": 1},
        "disguised": 0,
        "attempts": (attempt,),
        "skipped": {"frontier": "abroad is closed"},
        "impact": IMPACT,
        "cost": COST,
        "marking": {"generated": True},
        "reply": None if text is None else Reply((Choice(0, text, "stop"),), USAGE, "tiny"),
        "ended_at": asked.received_at + 1.5,
        "notes": {"evaluation": "not assessed"},
    }
    return Exchange(**(values | change))  # type: ignore[arg-type]  # a test names what it changes
