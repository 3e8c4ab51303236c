"""The spool: where a line of the ledger lands first, in one ``write`` to a file of this process.

A written line is in the system's page cache, so it survives ``kill -9`` of this process; the
ledger's writer carries it to the database a moment later. Each process has a spool of its own,
held by a lock that the system frees when the process ends, however it ends; the next process to
look takes over what an ended one left.

A spool is JSON Lines. An *open* line says what was asked, by whom; a *seal* line holds the record
of the finished exchange, whose bytes are taken as they stand. A line without its newline was being
written when the process ended, so nothing was promised about it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import filelock
import msgspec
from msgspec import UNSET, Raw, UnsetType

from sobre.errors import LedgerError
from sobre.ledger import chain

_CHUNK = 1 << 20
_HEAVY = 4 << 20
"""Bytes of text after which a batch is full."""
_ROOMY = 4 << 20
"""A spool of open and carried lines is rewritten without the latter above this size."""


class SpoolLine(msgspec.Struct, omit_defaults=True):
    """One line: ``open`` or ``seal`` is set; a text stands beside its salt, where it is kept."""

    id: str
    open: Any = UNSET
    seal: Any = UNSET
    ask_salt: bytes | None = None
    ask: Raw | UnsetType = UNSET
    reply_salt: bytes | None = None
    reply: Raw | UnsetType = UNSET


class _Read(msgspec.Struct):
    """The same line coming back, its JSON left as the bytes that were written."""

    id: str
    open: Raw | UnsetType = UNSET
    seal: Raw | UnsetType = UNSET
    ask_salt: bytes | None = None
    ask: Raw | UnsetType = UNSET
    reply_salt: bytes | None = None
    reply: Raw | UnsetType = UNSET


class _High(msgspec.Struct):
    high: float


class _Gwp(msgspec.Struct):
    gwp: _High | None = None


class _Key(msgspec.Struct):
    key_id: str


class _Texts(msgspec.Struct):
    kept: bool
    ask: str | None
    reply: str | None


class Head(msgspec.Struct):
    """Of a record, what the database indexes and ``verify`` compares."""

    kind: str
    received_at: float
    actor: _Key
    id: str | None = None
    impact: _Gwp | None = None
    cost: _High | None = None
    texts: _Texts | None = None

    @property
    def columns(self) -> tuple[str, str | None, float, str, float | None, float | None]:
        """``kind, exchange, received_at, key_id, gwp_g, cost_eur``."""
        gwp = self.impact.gwp if self.impact else None
        return (
            self.kind,
            self.id,
            self.received_at,
            self.actor.key_id,
            gwp.high if gwp else None,
            self.cost.high if self.cost else None,
        )


class Row(NamedTuple):
    """A finished line on its way to the database."""

    canonical: bytes
    head: Head
    ask_salt: bytes | None = None
    ask: bytes | None = None
    reply_salt: bytes | None = None
    reply: bytes | None = None


def encode(value: Any) -> bytes:
    """Canonical bytes. Half a surrogate pair, which no UTF-8 can hold, becomes U+FFFD."""
    try:
        return _encode(value)
    except UnicodeEncodeError:
        return _encode(_mended(value))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(f"{type(value)!r} has no place in the ledger")


def _mended(value: Any) -> Any:
    if isinstance(value, SpoolLine):
        fields = {name: _mended(getattr(value, name)) for name in ("id", "open", "seal")}
        return msgspec.structs.replace(value, **fields)
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if isinstance(value, list | tuple):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    if value is None or value is UNSET or isinstance(value, int | float):
        return value
    return _mended(msgspec.to_builtins(value, enc_hook=_plain))


_encode = msgspec.json.Encoder(order="sorted", enc_hook=_plain).encode
head_of = msgspec.json.Decoder(Head).decode
_read = msgspec.json.Decoder(_Read).decode


class _Place(NamedTuple):
    offset: int
    length: int


class Scan:
    """Reads a spool in order, pairing each seal line with its open line."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self._chunk, self._chunk_at = b"", 0
        self.offset = 0
        """Everything before it was handed out, or is in ``opened``."""
        self.opened: dict[str, _Place] = {}
        self.lines = 0
        self.damaged = 0
        """Whole lines that could not be read: a torn write, or a disk that lost a block."""

    def batch(self, rows: int = 256) -> list[Row]:
        """The next sealed lines, at most ``rows`` and a few MiB of text.

        None may be found where only open lines stood; at the end ``offset`` stays where it was.
        """
        found: list[Row] = []
        size = 0
        for line in self._lines():
            place = _Place(self.offset, len(line))
            self.offset += len(line)
            self.lines += 1
            try:
                row = self._take(line, place)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                self.damaged += 1
                continue
            if row is None:
                continue
            found.append(row)
            size += len(row.ask or b"") + len(row.reply or b"")
            if len(found) == rows or size > _HEAVY:
                break
        self._chunk = b""
        return found

    def unsealed(self) -> Iterator[Row]:
        """Every line still open, as an interrupted exchange: its process must have ended."""
        for place in self.opened.values():
            try:
                yield self._interrupted(place)
            except msgspec.MsgspecError:
                self.damaged += 1

    def _lines(self) -> Iterator[bytes]:
        """Whole lines of the next chunk; the chunk grows until it holds one."""
        size = _CHUNK
        while True:
            chunk = os.pread(self.fd, size, self.offset)
            end = chunk.rfind(b"\n") + 1
            if end or len(chunk) < size:
                break
            size *= 2
        self._chunk, self._chunk_at = chunk, self.offset
        yield from chunk[:end].splitlines(keepends=True)

    def _fetch(self, place: _Place) -> _Read:
        """A line again: mostly from the chunk at hand."""
        start = place.offset - self._chunk_at
        if start >= 0 and start + place.length <= len(self._chunk):
            return _read(self._chunk[start : start + place.length])
        return _read(os.pread(self.fd, place.length, place.offset))

    def _take(self, raw: bytes, place: _Place) -> Row | None:
        """The row that a seal line completes; an open line is remembered."""
        line = _read(raw)
        if line.seal is UNSET:
            if line.open is UNSET:
                raise msgspec.ValidationError("neither an open nor a seal line")
            self.opened[line.id] = place
            return None
        canonical = bytes(line.seal)
        head = head_of(canonical)
        opened = self.opened.pop(line.id, None)
        first = line
        if line.ask is UNSET and opened is not None and head.texts and head.texts.ask:
            first = self._fetch(opened)
        return Row(
            canonical, head, first.ask_salt, _bytes(first.ask), line.reply_salt, _bytes(line.reply)
        )

    def _interrupted(self, place: _Place) -> Row:
        line = self._fetch(place)
        ask = _bytes(line.ask)
        kept = ask is not None and line.ask_salt is not None
        texts = chain.texts(
            kept=kept,
            ask=chain.commitment(line.ask_salt or b"", ask or b"") if kept else None,
            reply=None,
        )
        opened = msgspec.json.decode(line.open if line.open is not UNSET else b"{}")
        canonical = encode(chain.interrupted(opened, texts))
        return Row(canonical, head_of(canonical), line.ask_salt, ask)


def _bytes(raw: Raw | UnsetType) -> bytes | None:
    return None if raw is UNSET else bytes(raw)


class Spool:
    """A running process's own spool. ``append`` may be called from any thread."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = folder / f"{os.getpid()}-{secrets.token_hex(4)}.jsonl"
        self._lock = _lock(self.path)
        self._lock.acquire(timeout=0)
        self._writing = threading.Lock()
        self.size = 0
        """Bytes of whole lines in the file."""
        self.lines = 0
        """Lines ever written."""
        self._torn = False
        self.scan = Scan(_create(self.path))

    @property
    def backlog(self) -> int:
        """Bytes not yet carried to the database."""
        return self.size - self.scan.offset

    def append(self, line: bytes) -> None:
        """Write one line, whole or not at all. Raises ``LedgerError`` when the disk refuses it."""
        with self._writing:
            if self._torn:
                self._mend()
            try:
                written = os.write(self.scan.fd, line)
            except OSError as error:
                raise unwritable(self.path, error.strerror or str(error)) from error
            if written != len(line):
                self._torn = True
                with contextlib.suppress(LedgerError):
                    self._mend()
                raise unwritable(self.path, "the disk is full")
            self.size += written
            self.lines += 1

    def _mend(self) -> None:
        """Cut off the half line that a full disk left."""
        try:
            os.ftruncate(self.scan.fd, self.size)
        except OSError as error:
            raise unwritable(self.path, error.strerror or str(error)) from error
        self._torn = False

    def compact(self, *, now: bool) -> None:
        """Drop the lines that were carried.

        With exchanges still open this rewrites the file, so it waits until the file is large or
        the caller says ``now``.
        """
        scan = self.scan
        with self._writing:
            if self.size == scan.offset and not scan.opened:
                if self.size:
                    os.ftruncate(scan.fd, 0)
                self.size = scan.offset = 0
                return
            kept = sum(place.length for place in scan.opened.values()) + self.backlog
            if self.size > kept and (now or self.size > _ROOMY + 2 * kept):
                self._rewrite()

    def _rewrite(self) -> None:
        """A new file with the open lines and what is not read yet takes the old one's name."""
        old, fresh = self.scan, self.path.with_suffix(".new")
        scan = Scan(_create(fresh))
        try:
            for name, place in old.opened.items():
                scan.opened[name] = _Place(scan.offset, place.length)
                scan.offset += _copy(old.fd, scan.fd, place.offset, place.length)
            rest = _copy(old.fd, scan.fd, old.offset, self.backlog)
            fresh.replace(self.path)
        except OSError:
            os.close(scan.fd)
            fresh.unlink(missing_ok=True)
            raise
        scan.lines, scan.damaged = old.lines, old.damaged
        self.scan, self.size = scan, scan.offset + rest
        os.close(old.fd)

    def close(self, *, delete: bool) -> None:
        """Let go of the file; what is left in it is for the next process."""
        os.close(self.scan.fd)
        if delete:
            self.path.unlink(missing_ok=True)
        _release(self._lock, self.path)


class Orphan:
    """The spool of a process that ended, held while in its ``with`` block.

    Leaving the block removes it, after an error it stays; one with a line that could not be read
    is set aside as ``.damaged`` for a person to see.
    """

    def __init__(self, path: Path, lock: filelock.BaseFileLock) -> None:
        self.path = path
        self._lock = lock
        self.scan = Scan(os.open(path, os.O_RDONLY))

    def __enter__(self) -> Scan:
        return self.scan

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        os.close(self.scan.fd)
        if failed is None:
            if self.scan.damaged:
                self.path.replace(self.path.with_suffix(".damaged"))
            self.path.with_suffix(".new").unlink(missing_ok=True)
            self.path.unlink(missing_ok=True)
        _release(self._lock, self.path)


def orphans(folder: Path, mine: Path) -> Iterator[Orphan]:
    """Each spool whose process has ended, to be closed once its lines are in the database."""
    for path in sorted(folder.glob("*.jsonl")):
        if path == mine:
            continue
        lock = _lock(path)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            continue
        if path.exists():
            yield Orphan(path, lock)
        else:
            _release(lock, path)


def unwritable(path: Path, why: str) -> LedgerError:
    return LedgerError(
        f"the ledger cannot be written: {path}: {why}.",
        remedy="Nothing is sent while it cannot; free some space or give back the right to write.",
        key="error.ledger_write",
        params={"path": str(path), "why": why},
    )


def _lock(path: Path) -> filelock.BaseFileLock:
    return filelock.FileLock(path.with_suffix(".lock"), mode=0o600, thread_local=False)


def _release(lock: filelock.BaseFileLock, path: Path) -> None:
    """Names are never used twice, so the lock's file can go with the lock."""
    path.with_suffix(".lock").unlink(missing_ok=True)
    lock.release()


def _create(path: Path) -> int:
    """A file that only its owner reads: it holds texts."""
    return os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)


def _copy(source: int, target: int, offset: int, length: int) -> int:
    end = offset + length
    while offset < end:
        chunk = os.pread(source, min(_CHUNK, end - offset), offset)
        if not chunk:
            raise OSError("the spool is shorter than what was written to it")
        offset += os.write(target, chunk)
    return length
