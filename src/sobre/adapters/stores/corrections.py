"""The corrections people made to the shield, in SQLite, read from memory while nothing changes.

Whatever is wrong with the file raises ``ShieldFailed``: a text that cannot be held against the
firm's corrections goes nowhere.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sobre.adapters.stores import queries
from sobre.adapters.stores.database import connect, transaction
from sobre.errors import BadRequest, ShieldFailed
from sobre.privacy.corrections import MASK, Correction, Corrections, ready, same_text
from sobre.privacy.inspect import Hit, Settling

FILE = "corrections.sqlite3"
LOOK_SECONDS = 0.25
WAIT_SECONDS = 0.5
"""How long a request waits for a locked file before it is refused."""
_SQL = queries("corrections")


class CorrectionStore:
    """Serves a running gateway, and the command line that writes meanwhile.

    The file is asked whether it changed every ``LOOK_SECONDS``: a correction made elsewhere holds
    within that time, one made here at once. It is made with the first correction. Safe to call from
    several threads.
    """

    def __init__(self, data_dir: Path) -> None:
        self._file = data_dir / FILE
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._version = -1
        self._looked = float("-inf")
        self._failure: ShieldFailed | None = None
        self._all: tuple[Correction, ...] = ()
        self._ready: dict[str | None, Corrections] = {}

    def detector(self, team: str | None = None) -> Live:
        """The corrections as a detector, always up to date. It raises ``ShieldFailed``.

        For everyone and ``team``. Where the team is not known, on the safe side: what any team
        masks is masked, and nothing is kept clear but for everyone.
        """
        return Live(self, None if team is None else team.strip().lower())

    def rules(self, team: str | None) -> Corrections:
        """What ``detector`` applies, as it is now."""
        with self._lock:
            self._refresh()
            if team not in self._ready:
                self._ready[team] = ready(c for c in self._all if _applies(c, team))
            return self._ready[team]

    def all(self) -> tuple[Correction, ...]:
        """Every correction, revoked ones too, oldest first."""
        with self._lock:
            self._refresh()
            return self._all

    def add(self, draft: Correction) -> Correction:
        """Keep a rule; it gets its id. Raises ``BadRequest`` where one of the same text holds."""
        with self._writing() as db:
            held = [c for c in _read(db) if c.revoked_at is None and same_text(c, draft)]
            if held:
                raise BadRequest(
                    f"{draft.text!r} is already corrected, by {held[0].label} ({held[0].verb}).",
                    remedy=f"Revoke {held[0].label} first to say something else.",
                    key="error.correction_there",
                    params={"text": draft.text, "id": held[0].label},
                )
            done = db.execute(_SQL["add"], draft[1:-1])
        return draft._replace(id=int(done.lastrowid or 0))

    def revoke(self, label: str, now: float) -> Correction:
        """End a rule, by its label (``C1``). Raises ``BadRequest`` when none in force has it."""
        wanted = label.strip().upper()
        with self._writing() as db:
            held = [c for c in _read(db) if c.revoked_at is None]
            for correction in held:
                if correction.label == wanted:
                    db.execute(_SQL["revoke"], {"id": correction.id, "now": now})
                    return correction._replace(revoked_at=now)
        names = ", ".join(c.label for c in held) or "–"
        raise BadRequest(
            f"There is no correction {label!r} in force.",
            remedy=f"In force: {names}.",
            key="error.no_such_correction",
            params={"id": label, "names": names},
        )

    def close(self) -> None:
        with self._lock:
            self._close()

    # --- The file --------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._telling(), contextlib.closing(connect(self._file, "corrections")) as db:
            db.execute("PRAGMA secure_delete = ON")
            with transaction(db):
                yield db
        with self._lock:
            self._looked = float("-inf")

    def _refresh(self) -> None:
        """Read the file if it is not what it was. Called with the lock held."""
        now = time.monotonic()
        if now - self._looked < LOOK_SECONDS:
            if self._failure is not None:
                raise self._failure
            return
        self._looked = now
        try:
            with self._telling():
                self._look()
            self._failure = None
        except ShieldFailed as failure:
            self._failure = failure
            self._identity = None
            self._close()
            raise

    def _look(self) -> None:
        identity = self._on_disk()
        if identity is None:
            if self._all:
                raise FileNotFoundError(2, "it is gone")
            return
        if identity != self._identity or self._db is None:
            self._close()
            self._db, self._identity, self._version = _reading(self._file), identity, -1
        version = int(self._db.execute("PRAGMA data_version").fetchone()[0])
        if version != self._version:
            found = tuple(_read(self._db))
            if self._all and not found:  # rules end, but their rows stay
                raise sqlite3.DatabaseError("it is empty, and was not")
            self._all, self._ready = found, {}
            self._version = version

    def _on_disk(self) -> tuple[int, int] | None:
        try:
            found = self._file.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    def _close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        """What SQLite and the disk say, as ours; no text of a correction is in it."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            why = str(getattr(error, "strerror", None) or error)
            raise ShieldFailed(
                f"The corrections of the shield cannot be read: {self._file}: {why}.",
                remedy="Nothing is sent meanwhile. Check the file and the rights on it, or bring "
                "back a copy.",
                key="error.corrections_unreadable",
                params={"path": str(self._file), "why": why},
            ) from error


@dataclass(frozen=True, slots=True, eq=False)
class Live(Settling):
    """The store's corrections of this moment: a detector that has the last word."""

    store: CorrectionStore
    team: str | None

    def __call__(self, text: str) -> list[Hit]:
        return self.store.rules(self.team)(text)

    def settle(self, text: str, hits: list[Hit]) -> list[Hit]:
        return self.store.rules(self.team).settle(text, hits)


def _applies(correction: Correction, team: str | None) -> bool:
    if not correction.team:
        return True
    return correction.verb == MASK if team is None else correction.team == team


def _reading(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        timeout=WAIT_SECONDS,
        check_same_thread=False,
    )
    db.execute("PRAGMA query_only = ON")
    return db


def _read(db: sqlite3.Connection) -> Iterator[Correction]:
    """Nothing of a file that another process is only just making."""
    if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'correction'").fetchone():
        for row in db.execute(_SQL["all"]):
            correction = Correction._make(row)
            yield correction._replace(forced=bool(correction.forced))
