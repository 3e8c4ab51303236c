"""The line of one request: opened before anything leaves, sealed whatever happens.

Opening and sealing are plain calls, never awaited: a reader who hangs up cancels awaits, and an
awaited last line would be lost exactly then.
"""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sobre.core.exchange import (
    Actor,
    Ask,
    Attempt,
    Avoided,
    Comparison,
    Exchange,
    Impact,
    Json,
    Outcome,
    Reply,
)
from sobre.core.ports import Book, Clock
from sobre.core.quantity import Quantity
from sobre.errors import BudgetSpent, PolicyRefusal, ShieldFailed, SobreError


class Entry:
    """What each step has established so far; sealed into an ``Exchange`` on the way out."""

    def __init__(self, ask: Ask, actor: Actor) -> None:
        self.ask = ask
        self.actor = actor
        self.findings: Mapping[str, int] = {}
        self.disguised = 0
        self.skipped: Mapping[str, str] = {}
        self.attempts: list[Attempt] = []
        self.notes: dict[str, str] = {}
        self.impact: Impact | None = None
        self.cost: Quantity | None = None
        self.reply: Reply | None = None
        self.marking: Mapping[str, Json] = {}
        self.compared: Comparison | None = None
        self.avoided: Avoided | None = None
        self._sealed: Exchange | None = None

    @property
    def exchange(self) -> Exchange:
        """The sealed exchange; there is one as soon as the ``with`` block has ended."""
        if self._sealed is None:
            raise RuntimeError("the entry is still open")
        return self._sealed

    def seal(self, book: Book, outcome: Outcome, reason: str, ended_at: float) -> None:
        self._sealed = Exchange(
            ask=self.ask,
            actor=self.actor,
            outcome=outcome,
            reason=reason,
            findings=self.findings,
            disguised=self.disguised,
            attempts=tuple(self.attempts),
            skipped=self.skipped,
            impact=self.impact,
            cost=self.cost,
            marking=self.marking,
            reply=self.reply,
            ended_at=ended_at,
            notes=self.notes,
            compared=self.compared,
            avoided=self.avoided,
        )
        book.seal(self._sealed)


@contextmanager
def entry(book: Book, ask: Ask, actor: Actor, clock: Clock) -> Iterator[Entry]:
    """Open the line; seal it with how the block ended. The block's error goes on to the caller."""
    book.open(ask, actor)
    line = Entry(ask, actor)
    outcome, reason = Outcome.FAILED, ""
    try:
        yield line
        outcome, reason = Outcome.KEPT, "answered"
    except (BudgetSpent, PolicyRefusal, ShieldFailed) as error:
        outcome, reason = Outcome.REFUSED, error.message
        raise
    except SobreError as error:
        reason = error.message
        raise
    except CancelledError:
        outcome, reason = Outcome.HUNG_UP, "the reader left before the end"
        raise
    except BaseException as error:
        reason = f"unexpected {type(error).__name__}"
        raise
    finally:
        line.seal(book, outcome, reason, clock.now())
