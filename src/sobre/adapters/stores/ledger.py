"""The ledger on one machine: a spool for the moment, SQLite for good. See ``docs/ledger.md``.

``open`` and ``seal`` append one line to this process's spool and return; a thread carries sealed
lines to ``ledger.sqlite3`` in batches. Several processes extend one chain: each batch reads the
chain's head and appends to it inside one ``BEGIN IMMEDIATE`` transaction.
"""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import math
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import msgspec

from sobre.adapters.entropy import random_bytes
from sobre.adapters.stores import database, queries
from sobre.adapters.stores.spool import (
    Head,
    Row,
    Scan,
    Spool,
    SpoolLine,
    encode,
    head_of,
    orphans,
    unwritable,
)
from sobre.core.exchange import Actor, Ask, Exchange
from sobre.errors import LedgerError
from sobre.ledger import chain

FILE = "ledger.sqlite3"

_PACE_S = 0.2
"""How long lines gather in the spool, where they are safe, before a batch; ``flush`` cuts it."""
_ADOPT_EVERY_S = 60.0
_SWEEP_EVERY_S = 5.0
"""How long a carried line may stay in the spool while other exchanges are open."""
_RETRY_S = 1.0
_BACKLOG_BYTES = 64 << 20
_BACKLOG_WAIT_S = 5.0
_ROWS = 256

_log = logging.getLogger(__name__)


class Entry(NamedTuple):
    """A line of the ledger as it is shown."""

    seq: int
    hash: bytes
    record: chain.Record


class Page(NamedTuple):
    """One exchange with the texts that are left of it, as JSON values."""

    entry: Entry
    ask: Any
    reply: Any


class Reader:
    """Reads the ledger without ever writing to it, also while another process extends it."""

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / FILE
        self._sql = queries("ledger")
        self._reading = threading.Lock()
        with self._told():
            self._db = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode=ro",
                uri=True,
                isolation_level=None,
                timeout=30,
                check_same_thread=False,
            )

    def close(self) -> None:
        with self._reading:  # closing under another thread's read crashes the process
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def tail(self, n: int = 20) -> list[Entry]:
        """The last ``n`` lines, oldest first."""
        rows = self._all("tail", n)
        return [Entry(seq, digest, json.loads(record)) for seq, record, digest in reversed(rows)]

    def get(self, exchange_id: str) -> Page | None:
        """An exchange's record, with its texts where they were kept and not erased."""
        for seq, record, digest, ask, reply in self._all("get", exchange_id):
            texts = (None if text is None else json.loads(text) for text in (ask, reply))
            return Page(Entry(seq, digest, json.loads(record)), *texts)
        return None

    def spent(self, since: float) -> Mapping[str, tuple[float, float]]:
        """Per key, the highest plausible gCO2eq and EUR of all received since (Unix seconds).

        An amount nobody could assess adds nothing.
        """
        return {key: (gwp, cost) for key, gwp, cost in self._all("spent", since)}

    def first(self) -> float | None:
        """When the earliest exchange on record was received, Unix seconds."""
        return next((at for (at,) in self._all("first")), None)

    def exchanges(
        self, since: float = -math.inf, until: float = math.inf, *, after: int = 0
    ) -> Iterator[tuple[int, bytes]]:
        """``(seq, record)`` of every exchange received in ``[since, until)``, in flat memory.

        Of lines after number ``after`` only. Records are canonical bytes, in the chain's order.
        """
        [(first, last)] = self._all("span", since, until)
        if first is None:
            return
        after = max(after, first - 1)
        while page := self._all("exchanges", after, last, since, until, _ROWS):
            yield from page
            after = page[-1][0]

    def walk(
        self, since: float, until: float, *, last: int | None = None
    ) -> Iterator[tuple[int, chain.Record]]:
        """Number and record of each exchange and measurement received in ``[since, until)``.

        In the chain's order and in flat memory; of lines up to number ``last`` only, so that two
        walks see the same. A line that is not JSON is passed over: ``verify`` names it.
        """
        after, last = 0, last if last is not None else 2**62
        while page := self._all("period", after, last, since, until, _ROWS):
            for seq, record in page:
                with contextlib.suppress(msgspec.MsgspecError, TypeError):
                    yield seq, msgspec.json.decode(record, type=dict)
            after = page[-1][0]

    def head(self) -> tuple[int, bytes]:
        """Number and hash of the last line; 0 and the genesis where there is none."""
        return next(iter(self._all("head")), (0, chain.GENESIS))

    def energy(self, since: float = -math.inf, until: float = math.inf) -> list[chain.Record]:
        """What was measured and put on record in ``[since, until)`` (Unix seconds)."""
        return [json.loads(record) for (record,) in self._all("energy", since, until)]

    def of(self, exchanges: Sequence[str]) -> dict[str, chain.Record]:
        """Id -> record, of those that are there."""
        rows = self._all("of", json.dumps(list(exchanges)))
        return {name: json.loads(record) for name, record in rows}

    def verify(self, *, noted: tuple[int, bytes] | None = None) -> chain.Verdict:
        """Walk the whole chain, each line's columns and kept texts with it, in flat memory."""
        with self._reading, self._told():
            self._db.execute("BEGIN")
            try:
                return chain.verify(self._lines(), noted=noted)
            finally:
                self._db.execute("COMMIT")

    def _lines(self) -> Iterator[chain.Line]:
        erasures = _Erasures(self._db.execute(self._sql["erasures"]))
        for seq, record, digest, *rest in self._db.execute(self._sql["chain"]):
            record_bytes, hash_bytes = _as_bytes(record), _as_bytes(digest)
            flaw = _flaw(seq, record_bytes, tuple(rest[:6]), rest[6:], erasures)
            yield chain.Line(seq, record_bytes, hash_bytes, flaw)

    def _all(self, query: str, *values: object) -> list[Any]:
        with self._reading, self._told():
            return self._db.execute(self._sql[query], values).fetchall()

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LedgerError(
                f"the ledger {str(self.path)!r} cannot be read: {error}.",
                remedy="Check the file and the right to read it, or bring back a copy.",
                key="error.ledger_read",
                params={"path": str(self.path), "why": str(error)},
            ) from error


class _Erasures:
    """Which missing texts the chain itself accounts for."""

    def __init__(self, rows: Iterator[tuple[int, bytes]]) -> None:
        self._one: dict[str, int] = {}
        self._before: list[tuple[int, float]] = []
        for seq, record in rows:
            with contextlib.suppress(ValueError, TypeError, AttributeError):
                said = json.loads(record)
                if said.get("before") is not None:
                    self._before.append((seq, float(said["before"])))
                else:
                    self._one[said.get("exchange")] = seq

    def account_for(self, seq: int, head: Head) -> bool:
        """A later line says that this one's texts were erased."""
        if self._one.get(head.id or "", 0) > seq:
            return True
        return any(at > seq and head.received_at < before for at, before in self._before)


def _flaw(
    seq: int,
    record: bytes,
    columns: tuple[object, ...],
    kept: Sequence[bytes | None],
    erasures: _Erasures,
) -> chain.Why | None:
    try:
        head = head_of(record)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return chain.Why.COLUMNS
    if columns != head.columns:
        return chain.Why.COLUMNS
    said = (head.texts.ask, head.texts.reply) if head.texts else (None, None)
    ask_salt, ask, reply_salt, reply = kept
    for commitment, salt, text in zip(said, (ask_salt, reply_salt), (ask, reply), strict=True):
        if text is None:
            if commitment is not None and not erasures.account_for(seq, head):
                return chain.Why.TEXT_GONE
        elif commitment != chain.commitment(_as_bytes(salt), _as_bytes(text)):
            return chain.Why.TEXT
    return None


def _as_bytes(value: object) -> bytes:
    """A blob as it should be; anything else that someone put there cannot match a hash."""
    return value if isinstance(value, bytes) else repr(value).encode("utf-8", "replace")


class SqliteBook:
    """The ledger's store of a running process: port ``Book``, and what the console asks of it.

    After ``close`` nothing can be opened. A book that is not closed loses nothing: its spool is
    taken over by the next process that opens the ledger.
    """

    def __init__(self, data_dir: Path, *, keep_texts: bool = True) -> None:
        self._keep = keep_texts
        self._folder = data_dir / "spool"
        self._asked: dict[str, str | None] = {}
        self._trouble: Exception | None = None
        self._pending: list[Row] = []
        self._carried = 0
        self._wake, self._hurry, self._stop = (threading.Event() for _ in range(3))
        self._progress = threading.Condition()
        self._closed = False
        self._path = data_dir / FILE
        with contextlib.ExitStack() as undo:
            try:
                data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
                os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
                self._db = undo.enter_context(contextlib.closing(_connect(self._path)))
                self._spool = Spool(self._folder)
                undo.callback(self._spool.close, delete=True)
                self._adopt()
            except (OSError, sqlite3.Error) as error:
                raise unwritable(self._path, _reason(error)) from error
            self._reader = Reader(data_dir)
            undo.pop_all()
        self._adopt_at = time.monotonic() + _ADOPT_EVERY_S
        self._sweep_at = time.monotonic() + _SWEEP_EVERY_S
        self._thread = threading.Thread(target=self._run, name="ledger", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # The life of a request.

    def open(self, ask: Ask, actor: Actor) -> None:
        """Put on record who asks what. Raises ``LedgerError`` when that cannot be done."""
        self._refuse_when_troubled()
        line = SpoolLine(ask.id, open=chain.opening(ask, actor))
        committed = self._attach_ask(line, ask) if self._keep else None
        self._spool.append(encode(line) + b"\n")
        self._asked[ask.id] = committed

    def seal(self, exchange: Exchange) -> None:
        """Put on record how it ended. The first seal of an exchange counts; others do nothing."""
        ask = exchange.ask
        line = SpoolLine(ask.id)
        answered = None
        committed = self._asked.get(ask.id)
        if self._keep:
            if committed is None:
                committed = self._attach_ask(line, ask)
            if exchange.reply is not None:
                text, salt = encode(chain.answered(exchange.reply)), random_bytes(chain.SALT_BYTES)
                line.reply, line.reply_salt = msgspec.Raw(text), salt
                answered = chain.commitment(salt, text)
        texts = chain.texts(kept=self._keep, ask=committed, reply=answered)
        line.seal = chain.record(exchange, texts)
        self._spool.append(encode(line) + b"\n")
        self._asked.pop(ask.id, None)
        if not self._wake.is_set():
            self._wake.set()

    def _attach_ask(self, line: SpoolLine, ask: Ask) -> str:
        text, salt = encode(chain.asked(ask)), random_bytes(chain.SALT_BYTES)
        line.ask, line.ask_salt = msgspec.Raw(text), salt
        return chain.commitment(salt, text)

    def _refuse_when_troubled(self) -> None:
        """Fail closed: nothing may leave that could not be kept for good."""
        if self._closed:
            raise unwritable(self._spool.path, "it is closed")
        if self._spool.backlog > _BACKLOG_BYTES:
            deadline = time.monotonic() + _BACKLOG_WAIT_S
            while self._spool.backlog > _BACKLOG_BYTES and time.monotonic() < deadline:
                self._hurry.set()
                time.sleep(0.01)
            if self._spool.backlog > _BACKLOG_BYTES:
                raise unwritable(self._path, "the disk is too slow for what is asked of it")
        if self._trouble is not None:
            raise unwritable(self._path, _reason(self._trouble))

    # What the console and the command line ask.

    def flush(self, limit_s: float = 30.0) -> None:
        """Return once all that was sealed before is in the database."""
        target = self._spool.lines
        self._hurry.set()
        self._wake.set()
        with self._progress:
            done = self._progress.wait_for(
                lambda: self._carried >= target or self._trouble is not None, limit_s
            )
        if self._trouble is not None:
            raise unwritable(self._path, _reason(self._trouble))
        if not done:
            raise unwritable(self._path, f"nothing could be written for {limit_s:.0f} s")

    def tail(self, n: int = 20) -> list[Entry]:
        self.flush()
        return self._reader.tail(n)

    def get(self, exchange_id: str) -> Page | None:
        self.flush()
        return self._reader.get(exchange_id)

    def spent(self, since: float) -> Mapping[str, tuple[float, float]]:
        self.flush()
        return self._reader.spent(since)

    def verify(self, *, noted: tuple[int, bytes] | None = None) -> chain.Verdict:
        self.flush()
        return self._reader.verify(noted=noted)

    def erase(
        self,
        exchange_id: str | None = None,
        *,
        by: Actor,
        before: float | None = None,
    ) -> int:
        """Erase the texts of one exchange, or of all received before a moment (Unix seconds).

        Returns how many exchanges lost their texts.
        The chain gets a line that says so in the same transaction; where there is no text left to
        erase it gets none.
        """
        if (exchange_id is None) == (before is None):
            raise ValueError("name one exchange, or a moment")
        self.flush()
        query, value = ("erase_one", exchange_id) if before is None else ("erase_before", before)
        path = self._path
        try:
            with contextlib.closing(_connect(path)) as db:
                db.execute("PRAGMA secure_delete = ON")
                with database.transaction(db):
                    count = db.execute(queries("ledger")[query], (value,)).rowcount
                    if count:
                        record = chain.erasure(
                            at=time.time(), by=by, exchange=exchange_id, before=before, count=count
                        )
                        canonical = encode(record)
                        _append(db, [Row(canonical, head_of(canonical))])
                if count:
                    # The write-ahead log still holds the old pages; this empties it.
                    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.Error as error:
            raise unwritable(path, str(error)) from error
        return int(count)

    def note(self, record: chain.Record) -> None:
        """Add a line that is no exchange: see ``chain.approval``, ``chain.energy``.

        Raises ``LedgerError``.
        """
        self.flush()
        try:
            with contextlib.closing(_connect(self._path)) as db, database.transaction(db):
                canonical = encode(record)
                _append(db, [Row(canonical, head_of(canonical))])
        except sqlite3.Error as error:
            raise unwritable(self._path, str(error)) from error

    def close(self) -> None:
        """Carry everything over, what was never sealed as interrupted, and let go of the files."""
        if self._closed:
            return
        self._closed = True
        self._stop.set()
        self._hurry.set()
        self._wake.set()
        self._thread.join()
        try:
            self._carry()
            for row in self._spool.scan.unsealed():
                self._insert([row])
            self._trouble = None
        except (OSError, sqlite3.Error) as error:
            self._trouble = error
        self._spool.close(delete=self._trouble is None)
        self._reader.close()
        self._db.close()

    # The writer's thread.

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(_SWEEP_EVERY_S if self._spool.size else _ADOPT_EVERY_S)
            self._hurry.wait(_PACE_S)
            self._hurry.clear()
            self._wake.clear()
            try:
                self._carry()
                trouble = None
            except (OSError, sqlite3.Error) as error:
                trouble = error
                _log.error("the ledger cannot be written, trying again: %s", _reason(error))
            with self._progress:
                self._trouble = trouble
                self._progress.notify_all()
            if trouble is not None:
                self._wake.set()
                self._stop.wait(_RETRY_S)

    def _carry(self) -> None:
        """From the spool to the database, until there is nothing left to carry."""
        for path in (self._spool.path, self._path):
            if not path.exists():
                raise FileNotFoundError(errno.ENOENT, "the file was removed", str(path))
        while True:
            offset = self._spool.scan.offset
            self._pending = self._pending or self._spool.scan.batch(_ROWS)
            self._insert(self._pending)
            if not self._pending and self._spool.scan.offset == offset:
                break
            self._pending = []
            self._carried = self._spool.scan.lines
        now = time.monotonic()
        self._spool.compact(now=now >= self._sweep_at)
        if now >= self._sweep_at:
            self._sweep_at = now + _SWEEP_EVERY_S
        if now >= self._adopt_at:
            self._adopt_at = now + _ADOPT_EVERY_S
            self._adopt()

    def _adopt(self) -> None:
        """Take over the spools of processes that ended."""
        for orphan in orphans(self._folder, self._spool.path):
            with orphan as scan:
                self._take_over(scan)

    def _take_over(self, scan: Scan) -> None:
        offset = -1
        while scan.offset != offset:
            offset = scan.offset
            self._insert(scan.batch(_ROWS))
        for row in scan.unsealed():
            self._insert([row])

    def _insert(self, rows: list[Row]) -> None:
        if rows:
            with database.transaction(self._db):
                _append(self._db, rows)


def _connect(path: Path) -> sqlite3.Connection:
    """A killed process loses nothing, a power cut the last moments (see ``database.connect``)."""
    db = database.connect(path, "ledger")
    db.execute("PRAGMA wal_autocheckpoint = 4000")  # 16 MiB: a page is copied fewer times
    return db


def _append(db: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Bind each row to the chain's head, exactly once: an exchange already there is passed over."""
    sql = queries("ledger")
    ids = [row.head.id for row in rows if row.head.id is not None]
    known = {found for (found,) in db.execute(sql["known"], (json.dumps(ids),))}
    seq, previous = db.execute(sql["head"]).fetchone() or (0, chain.GENESIS)
    entries: list[tuple[object, ...]] = []
    texts: list[tuple[object, ...]] = []
    for row in rows:
        if row.head.id is not None:
            if row.head.id in known:
                continue
            known.add(row.head.id)
        seq += 1
        previous = chain.link(previous, row.canonical)
        entries.append((seq, *row.head.columns, row.canonical, previous))
        if row.ask is not None or row.reply is not None:
            texts.append((seq, row.ask_salt, row.ask, row.reply_salt, row.reply))
    _many(db, sql["append_entries"], entries)
    _many(db, sql["append_texts"], texts)


def _many(db: sqlite3.Connection, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows, up to 64 to a call; few sizes, so that each is prepared once.

    ``executemany`` gives up the interpreter's lock at each row, and fights a busy event loop for
    it again.
    """
    start, placeholders = statement.rsplit("VALUES", 1)
    first = 0
    for size in (64, 16, 4, 1):
        repeated = f"{start}VALUES{','.join([placeholders] * size)}"
        while len(rows) - first >= size:
            part = rows[first : first + size]
            db.execute(repeated, [value for row in part for value in row])
            first += size


def _reason(error: Exception) -> str:
    """In words: what the system says of it, without the file's name."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
