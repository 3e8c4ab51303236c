"""Keys, sessions and budgets in SQLite, read from memory while nothing changes."""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sobre.adapters.stores import queries
from sobre.adapters.stores.database import connect, transaction
from sobre.core.exchange import Actor, Exchange
from sobre.core.ports import Book
from sobre.core.reason import Reason
from sobre.errors import BadRequest, ExpiredKey, RevokedKey

LOOK_SECONDS = 0.25


class Credential(NamedTuple):
    """One row: a key, or a session opened with one. Times in Unix seconds."""

    id: str
    digest: bytes
    kind: str
    parent: str | None
    name: str
    team: str
    role: str
    made_at: float
    expires_at: float | None
    revoked_at: float | None
    budget_g: float | None
    budget_eur: float | None


class State:
    """The port ``KeyRing`` over a SQLite file, and what the command line needs beside it.

    Another process may add or revoke a key at any moment: the file is asked whether it changed
    every ``LOOK_SECONDS``, so a key revoked elsewhere is refused within that time; one revoked
    here, at once.
    """

    def __init__(self, data_dir: Path) -> None:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._db = connect(data_dir / "state.sqlite3", "state")
        self._sql = queries("state")
        self._lock = threading.Lock()
        self._version: int | None = None
        self._looked = 0.0
        self._by_digest: dict[bytes, Credential] = {}
        self._by_id: dict[str, Credential] = {}

    def close(self) -> None:
        self._db.close()

    def actor(self, digest: bytes, now: float) -> Actor | None:
        """See ``ports.KeyRing``."""
        self._refresh()
        found = self._by_digest.get(digest)
        if found is None or not hmac.compare_digest(found.digest, digest):
            return None
        return self._in_force(found, now)

    def owner(self, key_id: str, now: float) -> Actor | None:
        """Whose key this is, by its id: for work that goes on after the request. Raises alike."""
        self._refresh()
        found = self._by_id.get(key_id)
        return None if found is None else self._in_force(found, now)

    def _in_force(self, found: Credential, now: float) -> Actor:
        lender = self._by_id.get(found.parent, found) if found.parent else found
        if found.revoked_at is not None or lender.revoked_at is not None:
            raise RevokedKey(
                f"The key {found.name!r} was revoked.",
                remedy="Ask whoever runs Sobre for a new one.",
                key="error.revoked_key",
                params={"name": found.name},
            )
        ends = [at for at in (found.expires_at, lender.expires_at) if at is not None]
        if ends and min(ends) <= now:
            raise ExpiredKey(
                f"The key {found.name!r} has expired.",
                remedy="Ask whoever runs Sobre for a new one, or sign in again.",
                key="error.expired_key",
                params={"name": found.name},
            )
        return Actor(lender.id, found.name, found.team, found.role, _budgets(lender))

    def budget(self, key_id: str) -> tuple[float | None, float | None]:
        """(gCO2eq, EUR) a month; ``None`` is no limit."""
        found = self._by_id.get(key_id)
        return (found.budget_g, found.budget_eur) if found else (None, None)

    def add(self, credential: Credential) -> None:
        """Raises ``BadRequest`` for a name that a living key already has."""
        with self._lock, transaction(self._db):
            taken = {
                c.name
                for c in map(Credential._make, self._db.execute(self._sql["keys"]))
                if c.revoked_at is None
            }
            if credential.kind == "key" and credential.name in taken:
                raise BadRequest(
                    f"There is already a key named {credential.name!r}.",
                    remedy="Choose another name, or revoke that one first.",
                    key="error.key_name_taken",
                    params={"name": credential.name},
                )
            row = (*credential[:9], *credential[10:])
            self._db.execute(self._sql["add"], row)
        self._version = None

    def keys(self) -> list[Credential]:
        with self._lock:
            return [Credential._make(row) for row in self._db.execute(self._sql["keys"])]

    def revoke(self, name_or_id: str, now: float) -> Credential:
        """Revoke a key and its sessions. Raises ``BadRequest`` when there is no such living key."""
        living = [k for k in self.keys() if k.revoked_at is None]
        for key in living:
            if name_or_id in (key.id, key.name):
                with self._lock, transaction(self._db):
                    self._db.execute(self._sql["revoke"], {"now": now, "id": key.id})
                self._version = None
                return key
        names = ", ".join(k.name for k in living) or "–"
        raise BadRequest(
            f"There is no key {name_or_id!r}.",
            remedy=f"Keys in use: {names}.",
            key="error.no_such_key",
            params={"name": name_or_id, "names": names},
        )

    def forget_session(self, digest: bytes, now: float) -> None:
        """Sign out; sessions long ended are swept on the way."""
        with self._lock, transaction(self._db):
            self._db.execute(self._sql["forget"], {"digest": digest, "now": now})
        self._version = None

    def _refresh(self) -> None:
        looked = time.monotonic()
        if self._version is not None and looked - self._looked < LOOK_SECONDS:
            return
        with self._lock:
            self._looked = looked
            version = self._db.execute("PRAGMA data_version").fetchone()[0]
            if version == self._version:
                return
            rows = [Credential._make(row) for row in self._db.execute(self._sql["all"])]
            self._by_digest = {row.digest: row for row in rows}
            self._by_id = {row.id: row for row in rows}
            self._version = version


def _budgets(key: Credential) -> frozenset[str]:
    limits = {"g": key.budget_g, "eur": key.budget_eur}
    return frozenset(unit for unit, limit in limits.items() if limit is not None)


class MonthlyPurse:
    """The port ``Purse``: what each key spent this calendar month (UTC), upper bounds.

    Begins with what the ledger knows of the month and adds each exchange as it is sealed. Grams or
    euros that could not be assessed cannot be counted; the ledger shows those exchanges.
    """

    def __init__(
        self,
        budget: Callable[[str], tuple[float | None, float | None]],
        spent: Callable[[float], Mapping[str, tuple[float, float]]],
    ) -> None:
        self._budget = budget
        self._load = spent
        self._first = self._until = 0.0
        self._spent: dict[str, tuple[float, float]] = {}

    def refusal(self, actor: Actor, now: float) -> str | None:
        """See ``ports.Purse``."""
        grams, euros = self._budget(actor.key_id)
        if grams is None and euros is None:
            return None
        self._turn_page(now)
        used_grams, used_euros = self._spent.get(actor.key_id, (0.0, 0.0))
        if grams is not None and used_grams >= grams:
            told = f"{used_grams:.3g} of {grams:g} gCO2eq"
            spent = float(f"{used_grams:.3g}")
            return Reason(told, "reason.spent_g", spent=spent, limit=grams)
        if euros is not None and used_euros >= euros:
            told = f"{used_euros:.2f} of {euros:.2f} EUR"
            return Reason(told, "reason.spent_eur", spent=round(used_euros, 2), limit=euros)
        return None

    def spend(self, exchange: Exchange) -> None:
        self._turn_page(exchange.ended_at)
        grams = exchange.impact.gwp.high if exchange.impact and exchange.impact.gwp else 0.0
        euros = exchange.cost.high if exchange.cost else 0.0
        used_grams, used_euros = self._spent.get(exchange.actor.key_id, (0.0, 0.0))
        self._spent[exchange.actor.key_id] = (used_grams + grams, used_euros + euros)

    def load(self, now: float) -> None:
        """Read what this month has already cost; once, at the start."""
        first = self._turn_page(now)
        self._spent = dict(self._load(first))

    def _turn_page(self, now: float) -> float:
        """Begin a new month when one has begun; returns its first moment, in Unix seconds."""
        if now < self._until:
            return self._first
        day = datetime.fromtimestamp(now, UTC)
        first = day.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
        self._spent = {}
        self._first, self._until = first.timestamp(), following.timestamp()
        return self._first


class SpendingBook:
    """A ledger that also tells the purse of each sealed exchange."""

    def __init__(self, book: Book, purse: MonthlyPurse) -> None:
        self.open = book.open
        self._seal = book.seal
        self._spend = purse.spend

    def seal(self, exchange: Exchange) -> None:
        self._seal(exchange)
        self._spend(exchange)
