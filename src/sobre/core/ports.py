"""What the domain asks of the outside world. Small protocols; adapters are chosen in ``app.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from sobre.core.course import Course
from sobre.core.exchange import (
    Actor,
    Ask,
    Delta,
    Exchange,
    Outbound,
    Passage,
    Reply,
    RungCard,
    Usage,
)

Forms: TypeAlias = tuple[str, ...]
"""The value an alias stands for, then other spellings of it."""


class Sink(Protocol):
    """Takes a streamed reply as it comes: the reader's connection, or a step before it."""

    async def push(self, deltas: Sequence[Delta]) -> None: ...


class Reader(Sink, Protocol):
    """Who asked, at the other end of a connection or a terminal."""

    async def begin(self, card: RungCard) -> None:
        """Called once, before the first ``push``: this rung's answer is the one delivered."""
        ...


class Clock(Protocol):
    """Time, given to the domain instead of taken by it."""

    def now(self) -> float:
        """Unix time in seconds."""
        ...

    def elapsed(self) -> float:
        """Seconds on a clock that never goes back."""
        ...

    async def sleep(self, seconds: float) -> None: ...


class Rung(Protocol):
    """Something that can answer: a model near or far."""

    @property
    def card(self) -> RungCard: ...

    async def attempt(self, outbound: Outbound, sink: Sink) -> Reply:
        """Call it once and return the whole reply.

        With ``outbound.stream`` each piece is also pushed to ``sink`` as it arrives; otherwise the
        sink is not touched. Raises ``errors.UpstreamError``. Cancelling frees the upstream at once.
        """
        ...


class Book(Protocol):
    """The ledger's store. Both calls return only when the line survives a killed process."""

    def open(self, ask: Ask, actor: Actor) -> None: ...

    def seal(self, exchange: Exchange) -> None: ...


class Source(Protocol):
    """A place to look for passages. A request is grounded by all of them."""

    async def passages(self, ask: Ask, actor: Actor) -> Sequence[Passage]: ...


class KeyRing(Protocol):
    """Where keys are looked up, by the digest of what was presented."""

    def actor(self, digest: bytes, now: float) -> Actor | None:
        """The owner of an unexpired, unrevoked key. Raises ``errors.ExpiredKey`` for an old one."""
        ...


class Purse(Protocol):
    """What each key has spent of its budget this month."""

    def refusal(self, actor: Actor, now: float) -> str | None:
        """Which budget is spent, in words, or ``None``."""
        ...

    def spend(self, exchange: Exchange) -> None: ...


class Steward(Protocol):
    """What the carbon budgets of teams and use cases ask for, see ``core.course``."""

    def course(self, actor: Actor, use_case: str | None, now: float) -> Course:
        """The strictest of all that apply; from memory, since every request asks."""
        ...


class Vault(Protocol):
    """What the aliases of each conversation stand for. At rest, sealed.

    Both calls raise ``errors.VaultError``.
    """

    def load(self, session: bytes) -> Mapping[str, Forms]:
        """All that was saved for this conversation; the later of two forms of one alias."""
        ...

    def save(self, session: bytes, mapping: Mapping[str, Forms]) -> None:
        """Add to what is kept for it."""
        ...


class Meter(Protocol):
    """Told of each call of a rung, so that what the machine draws can be shared among them.

    No call waits, fails, or takes more than microseconds.
    """

    def begin(self, exchange: str, card: RungCard) -> None: ...

    def work(self, exchange: str) -> None:
        """The call waited for its turn, and has it now. A rung without a queue never says so."""
        ...

    def end(self, exchange: str, usage: Usage | None) -> None:
        """``usage`` is ``None`` for a call that reached no model."""
        ...
