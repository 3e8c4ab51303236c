"""Short makers of the values that flow, with the least a test must say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sobre.core.exchange import (
    Action,
    Actor,
    Ask,
    Delta,
    Finding,
    Limits,
    Message,
    ModelCard,
    Operation,
    Outbound,
    Reply,
    RungCard,
)
from sobre.core.ports import Sink
from sobre.core.zone import Zone

APP = Actor("key_1", "tests", "", "app")
ALL = frozenset({"tools", "json_schema", "logprobs", "n"})


def ask(*texts: str, **fields: Any) -> Ask:
    """A chat of user messages."""
    given: dict[str, Any] = {
        "id": "ex_01ABCDEFGHJKMNPQRSTVWXK3V9",
        "operation": Operation.CHAT,
        "door": "/v1/chat/completions",
        "model": "auto",
        "messages": tuple(Message("user", text) for text in texts or ("Hello",)),
        "received_at": 1_700_000_000.0,
    }
    return Ask(**{**given, **fields})


def finding(data_class: str, **fields: Any) -> Finding:
    given: dict[str, Any] = {
        "message": 0,
        "path": ("content",),
        "start": 0,
        "end": 1,
        "kind": data_class,
        "evidence": "test",
    }
    return Finding(**{**given, **fields, "data_class": data_class})


def limits(action: Action = Action.PASS, refused: Sequence[Zone] = ()) -> Limits:
    """One action toward every zone, ``refused`` ones apart."""
    toward = {zone: Action.REFUSE if zone in refused else action for zone in Zone}
    by_class = {
        zone: dict.fromkeys(("personal", "secret", "unreadable"), acted)
        for zone, acted in toward.items()
    }
    return Limits(toward, by_class, dict.fromkeys(refused, "policy says no"))


def card(name: str, **fields: Any) -> RungCard:
    context = fields.pop("context_tokens", None)
    given: dict[str, Any] = {
        "name": name,
        "level": 2,
        "model": ModelCard(f"{name}-model", None, None, context, None),
        "zone": Zone.MACHINE,
        "hardware": "gpu",
        "electricity": None,
        "operations": frozenset(Operation),
        "features": ALL,
    }
    return RungCard(**{**given, **fields})


class Still:
    """A rung that is only looked at."""

    def __init__(self, card: RungCard) -> None:
        self.card = card

    async def attempt(self, outbound: Outbound, sink: Sink) -> Reply:
        raise AssertionError("nobody calls it")


class Heard:
    """A reader that keeps what reaches it."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.deltas: list[Delta] = []

    async def begin(self, card: RungCard) -> None:
        self.begun.append(card.name)

    async def push(self, deltas: Sequence[Delta]) -> None:
        self.deltas.extend(deltas)

    @property
    def text(self) -> str:
        return "".join(delta.text or "" for delta in self.deltas)
