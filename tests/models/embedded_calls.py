"""An ``Embedded`` on any file and requests to put to it."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sobre.adapters.data import catalogue, prompts
from sobre.adapters.models import Located
from sobre.adapters.providers.cards import card
from sobre.adapters.providers.embedded import Embedded
from sobre.adapters.providers.openai_style import Prepare
from sobre.config import RungConfig
from sobre.core.exchange import Choice, Delta, Message, Operation, Outbound, Reply, RungCard, Usage
from sobre.core.ports import Sink
from sobre.core.zone import Zone

FAKE_WORKER = (sys.executable, str(Path(__file__).with_name("fake_worker.py")))


def outbound(text: str = "Say hello", **changes: Any) -> Outbound:
    plain = Outbound(
        exchange="ex_1", zone=Zone.MACHINE, queue="key", operation=Operation.CHAT,
        messages=(Message("user", text),), stream=False, max_tokens=16, n=1, stop=(),
        logprobs=False, tools=None, response_format=None, options={},
    )  # fmt: skip
    return dataclasses.replace(plain, **changes)


def embedded(
    path: Path,
    model: str | None = None,
    *,
    context: int = 1024,
    prompt: str = "smollm2-135m",
    sha256: str | None = None,
    **options: Any,
) -> Embedded:
    rung = RungConfig(
        provider="embedded", path=str(path), threads=1, context_tokens=context, parallel=2
    )
    found = card("embedded", rung, catalogue())
    if model:
        found = dataclasses.replace(found, model=dataclasses.replace(found.model, name=model))
    located = Located(Path(path), Path(path).stem, sha256)
    return Embedded(found, lambda: located, prompts().prompt(prompt), **options)


class Steps:
    """A sink that keeps what it is given."""

    def __init__(self) -> None:
        self.deltas: list[Delta] = []

    async def push(self, deltas: Sequence[Delta]) -> None:
        self.deltas.extend(deltas)


@dataclasses.dataclass
class Echo:
    """A rung that answers at once with the address it was given."""

    card: RungCard
    url: str

    async def attempt(self, _asked: Outbound, _sink: Sink) -> Reply:
        return Reply((Choice(0, self.url, "stop"),), Usage(1, 1), "echo")


def over_echo(url: str, _key: str, _prepare: Prepare) -> Echo:
    rung = RungConfig(provider="embedded", model="qwen2.5-coder-0.5b")
    return Echo(card("echo", rung, catalogue()), url)
