"""What each carbon budget has spent, kept in memory, and the approvals beside it.

It begins with what the ledger knows and adds every exchange as it is sealed; ``refresh`` adds what
other processes wrote since. All by ``received_at``, so that memory and ledger agree.
"""

from __future__ import annotations

import dataclasses
import math
import shlex
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sobre.adapters.stores import queries
from sobre.adapters.stores.database import connect, transaction
from sobre.core.course import FREE, Course, Level
from sobre.core.exchange import Actor, Ask, Exchange
from sobre.core.ports import Book
from sobre.core.quantity import Quantity
from sobre.core.reason import Reason
from sobre.errors import BadRequest
from sobre.footprint import budget as budgets
from sobre.footprint.budget import Budget, fold

DAY = 86400.0
BUCKET = 300.0
"""Seconds; every period of a budget begins at a multiple of it, the last 24 hours are 288."""
LOOK_SECONDS = 0.25
_UNIT = "gCO2eq"

Gwp = tuple[float, float, float]
"""low, mid, high in gCO2eq."""
Read = Callable[[float, int], Iterable[tuple[int, bytes]]]
"""(received since, after which line) -> ``(seq, record)`` of exchanges, in order."""


class Spent(NamedTuple):
    """What one exchange adds to the budgets that cover it."""

    id: str
    at: float
    """When it was received, Unix seconds."""
    team: str
    use_case: str
    gwp: Gwp | None
    """``None`` where it could not be assessed, though a model worked or may have."""


class Approval(NamedTuple):
    """One row. Times in Unix seconds; an empty team or use case means all."""

    id: str
    team: str
    use_case: str
    made_at: float
    ends_at: float
    by: str
    revoked_at: float | None = None

    def holds(self, team: str, use_case: str, now: float) -> bool:
        return (
            self.revoked_at is None
            and self.made_at <= now < self.ends_at
            and self.team in ("", team)
            and self.use_case in ("", use_case)
        )


class Approvals:
    """Who opened the top rung to whom; another process may add or revoke one at any moment."""

    def __init__(self, data_dir: Path) -> None:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._db = connect(data_dir / "state.sqlite3", "state")
        self._sql = queries("budgets")
        self._lock = threading.Lock()
        self._version: int | None = None
        self._looked = 0.0
        self._all: tuple[Approval, ...] = ()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def all(self) -> tuple[Approval, ...]:
        """Every one, oldest first; read again within ``LOOK_SECONDS`` of a change elsewhere."""
        looked = time.monotonic()
        if self._version is None or looked - self._looked >= LOOK_SECONDS:
            with self._lock:
                self._looked = looked
                version = self._db.execute("PRAGMA data_version").fetchone()[0]
                if version != self._version:
                    rows = self._db.execute(self._sql["approvals"])
                    self._all = tuple(Approval._make(row) for row in rows)
                    self._version = version
        return self._all

    def add(self, approval: Approval) -> None:
        with self._lock, transaction(self._db):
            self._db.execute(self._sql["approve"], approval[:-1])
        self._version = None

    def living(self, approval_id: str, now: float) -> Approval:
        """The one of that id that holds now. Raises ``BadRequest``."""
        held = [a for a in self.all() if a.revoked_at is None and now < a.ends_at]
        for approval in held:
            if approval.id == approval_id.strip().lower():
                return approval
        names = ", ".join(a.id for a in held) or "–"
        raise BadRequest(
            f"There is no approval {approval_id!r} in force.",
            remedy=f"In force: {names}.",
            key="error.no_such_approval",
            params={"id": approval_id, "names": names},
        )

    def revoke(self, approval_id: str, now: float) -> None:
        with self._lock, transaction(self._db):
            self._db.execute(self._sql["revoke"], {"id": approval_id, "now": now})
        self._version = None


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """One budget as it stands, for people: see ``sobre budget``."""

    budget: Budget
    start: float
    end: float
    spent: Quantity
    """Of this period, gCO2eq."""
    recent: Quantity
    """Of the last 24 hours."""
    history_hours: float
    requests: int
    unassessed: int
    """Of these, how many could not be counted."""
    course: Course
    projection: Quantity | None


class _Tally:
    """The running sums of one budget. Not safe by itself: the steward's lock is held."""

    def __init__(self, budget: Budget, now: float) -> None:
        self.budget = budget
        self.start, self.end = budgets.window(budget, now)
        self.spent = [0.0, 0.0, 0.0]
        self.requests = self.unassessed = 0
        self.recent = [0.0, 0.0, 0.0]
        self._buckets: dict[int, list[float]] = {}
        self._newest = int(now // BUCKET)

    def turn(self, now: float) -> None:
        """Begin a new period when one has begun, and forget what is older than a day."""
        if now >= self.end and self.budget.start is None:
            self.start, self.end = budgets.window(self.budget, now)
            self.spent = [0.0, 0.0, 0.0]
            self.requests = self.unassessed = 0
        bucket = int(now // BUCKET)
        if bucket > self._newest:
            self._newest = bucket
            oldest = int((now - DAY) // BUCKET)
            self._buckets = {at: sums for at, sums in self._buckets.items() if at > oldest}
            columns = zip(*self._buckets.values(), strict=True) if self._buckets else ((),) * 3
            self.recent = [math.fsum(column) for column in columns]

    def burn(self, now: float, history_hours: float) -> float:
        """How fast it is used: infinitely where nothing is left, not at all outside its days."""
        self.turn(now)
        if not self.start <= now < self.end:
            return 0.0
        allowed = budgets.allowed_rate(self.budget.limit_g, self.spent[2], now, self.end)
        return budgets.rate(self.recent[2], history_hours) / allowed if allowed else math.inf

    def add(self, one: Spent, now: float) -> None:
        self.turn(now)
        if self.start <= one.at < self.end:
            self.requests += 1
            self.unassessed += one.gwp is None
            _add(self.spent, one.gwp)
        bucket = int(one.at // BUCKET)
        if one.gwp is not None and int((now - DAY) // BUCKET) < bucket <= self._newest:
            _add(self._buckets.setdefault(bucket, [0.0, 0.0, 0.0]), one.gwp)
            _add(self.recent, one.gwp)


class BudgetSteward:
    """The port ``Steward``. Safe to call from several threads."""

    def __init__(
        self,
        all_of_them: Sequence[Budget],
        approved: Callable[[], Iterable[Approval]] = tuple,
        *,
        exempt: Iterable[str] = (),
        answer_share: float = 0.6,
        usual_tokens: int = 1000,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._approved = approved
        self._exempt = frozenset(map(fold, exempt))
        self._share = answer_share
        self._usual = usual_tokens
        self._clock = clock
        now = clock()
        self._tallies = [_Tally(budget, now) for budget in all_of_them]
        self._lock = threading.Lock()
        self._read: Read | None = None
        self._seen = 0
        self._since = now
        self._own: set[str] = set()
        """Exchanges counted here whose lines have not been read yet."""

    # The hot path.

    def course(self, actor: Actor, use_case: str | None, now: float) -> Course:
        """See ``ports.Steward``."""
        if not self._tallies:
            return FREE
        return self._course(fold(actor.team), fold(use_case), now)

    def spend(self, exchange: Exchange) -> None:
        """Count one exchange, at the moment it is sealed."""
        if not self._tallies:
            return
        now, one = self._clock(), spent_by(exchange)
        with self._lock:
            if self._read is not None:
                self._own.add(one.id)
            self._count(one, now)

    def hold(self, team: str, use_case: str | None) -> str | None:
        """Why batch jobs of that team and use case wait (``core.course.Hold``)."""
        course = self._course(fold(team), fold(use_case), self._clock())
        if course.level.severity < Level.APPROVE.severity:
            return None
        return Reason(f"waiting, to spare: {course.reason}", "budget.hold", because=course.reason)

    def _course(self, team: str, use_case: str, now: float) -> Course:
        with self._lock:
            history = self._history(now)
            severest, strictest = budgets.INFORM_ABOVE, None
            for tally in self._tallies:
                if tally.budget.covers(team, use_case):
                    burn = tally.burn(now, history)
                    if burn > severest:
                        severest, strictest = burn, tally
            if strictest is None:
                return FREE
            found = self._of(strictest, now)
        if found.level.severity < Level.DOWN.severity:
            return found
        if use_case in self._exempt:
            text = f"{use_case} is exempt from carbon budget {found.budget}"
            why = Reason(text, "budget.exempt", use_case=use_case, budget=found.budget)
            return found._replace(level=Level.FREE, reason=why)
        by = next((a.by for a in self._approved() if a.holds(team, use_case, now)), "")
        command = ""
        if found.level is Level.APPROVE:
            command = f"sobre budget approve {_whose(team)} --for 24h"
        return found._replace(
            approved=by,
            approve_with=command,
            answer_share=self._share,
            usual_tokens=self._usual,
        )

    def _of(self, tally: _Tally, now: float) -> Course:
        tally.turn(now)
        recent = budgets.rate(tally.recent[2], self._history(now))
        bounds = tally.start, tally.end
        return budgets.course(tally.budget, tally.spent[2], recent, now, bounds=bounds)

    def _history(self, now: float) -> float:
        return max(now - self._since, 0.0) / 3600.0

    def _count(self, one: Spent, now: float) -> None:
        self._since = min(self._since, one.at)
        for tally in self._tallies:
            if tally.budget.covers(one.team, one.use_case):
                tally.add(one, now)

    # Beside it.

    def load(self, read: Read, first: float | None) -> None:
        """Read what the ledger knows; once, at the start. ``first`` is its earliest exchange."""
        self._read = read
        if first is not None:
            self._since = min(self._since, first)
        self.refresh()

    def refresh(self) -> None:
        """Add what other processes wrote since the last time. Reads the disk: not on the loop."""
        if self._read is None or not self._tallies:
            return
        since = min(self._clock() - DAY, *(tally.start for tally in self._tallies))
        for seq, record in self._read(since, self._seen):
            one = _spent_on(record)
            with self._lock:
                self._seen = seq
                if one is None:
                    continue
                if one.id in self._own:
                    self._own.discard(one.id)
                else:
                    self._count(one, self._clock())

    def standings(self, now: float) -> Iterator[Standing]:
        """Each budget in the order of the configuration, exemptions and approvals aside."""
        for tally in self._tallies:
            with self._lock:
                course, history = self._of(tally, now), self._history(now)
                spent = Quantity(*_ordered(tally.spent), _UNIT, "ledger")
                recent = Quantity(*_ordered(tally.recent), _UNIT, "ledger")
                assessed = spent if tally.requests > tally.unassessed else None
                yield Standing(
                    tally.budget,
                    tally.start,
                    tally.end,
                    spent,
                    recent,
                    history,
                    tally.requests,
                    tally.unassessed,
                    course,
                    budgets.project(tally.budget, assessed, recent, history, now),
                )


class BudgetBook:
    """A ledger that also tells the steward of each exchange.

    Before it is sealed: a line that is in the ledger has then been counted, so that ``refresh``
    knows it as this process's own.
    """

    def __init__(self, book: Book, steward: BudgetSteward) -> None:
        self.open: Callable[[Ask, Actor], None] = book.open
        self._seal = book.seal
        self._spend = steward.spend

    def seal(self, exchange: Exchange) -> None:
        self._spend(exchange)
        self._seal(exchange)


def spent_by(exchange: Exchange) -> Spent:
    """What an exchange adds."""
    gwp = exchange.impact.gwp if exchange.impact else None
    if gwp is not None:
        bounds: Gwp | None = (gwp.low, gwp.mid, gwp.high)
    else:
        bounds = None if any(a.usage for a in exchange.attempts) else (0.0, 0.0, 0.0)
    ask = exchange.ask
    return Spent(ask.id, ask.received_at, fold(exchange.actor.team), fold(ask.use_case), bounds)


class _Amount(msgspec.Struct):
    low: float
    mid: float
    high: float


class _Impact(msgspec.Struct):
    gwp: _Amount | None = None


class _Team(msgspec.Struct):
    team: str = ""


class _Attempt(msgspec.Struct):
    usage: Any = None


class _Line(msgspec.Struct):
    """Of an exchange's record, what budgets need."""

    id: str
    received_at: float
    actor: _Team
    use_case: str | None = None
    impact: _Impact | None = None
    attempts: list[_Attempt] | None = None

    def spent(self) -> Spent:
        gwp = self.impact.gwp if self.impact else None
        bounds: Gwp | None = None
        if gwp is not None:
            bounds = (gwp.low, gwp.mid, gwp.high)
        elif self.attempts is not None and all(a.usage is None for a in self.attempts):
            bounds = (0.0, 0.0, 0.0)
        return Spent(self.id, self.received_at, fold(self.actor.team), fold(self.use_case), bounds)


_LINE = msgspec.json.Decoder(_Line)


def _spent_on(record: bytes) -> Spent | None:
    """What a line adds; ``None`` for one that someone damaged, which ``verify`` names."""
    try:
        return _LINE.decode(record).spent()
    except (msgspec.MsgspecError, TypeError):
        return None


def _add(sums: list[float], gwp: Gwp | None) -> None:
    if gwp is not None:
        for place, amount in enumerate(gwp):
            sums[place] += amount


def _ordered(sums: Sequence[float]) -> tuple[float, float, float]:
    """Sums of ordered bounds are ordered, but for the last bit."""
    low, mid, high = sums
    return min(low, mid), mid, max(mid, high)


@lru_cache(maxsize=256)
def _whose(team: str) -> str:
    """Options that name whom an approval would be for; never the use case, which the caller made
    up: someone will type this command.
    """
    return f"--team {shlex.quote(team)}" if team else "--all"
