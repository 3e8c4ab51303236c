"""Opening a SQLite file at this version's schema, whatever it holds."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from sobre.adapters.stores import migrations
from sobre.errors import ConfigError


def connect(path: Path, area: str) -> sqlite3.Connection:
    """A connection that writes; ``area`` names the migrations under ``sql/``.

    ``synchronous=NORMAL``: a killed process loses nothing; a power cut may lose the last moments,
    never the order or the integrity of what is left.
    """
    with contextlib.suppress(OSError):  # SQLite says it better
        path.touch(0o600)  # its log and shared memory take the same mode
    db = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
    try:
        _wal(db)
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA journal_size_limit = 16777216")
        _migrate(db, path, area)
    except BaseException:
        db.close()
        raise
    return db


@contextlib.contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Takes the right to write at once, so that what is read inside stays true."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _wal(db: sqlite3.Connection) -> None:
    """Two processes may switch a new file at once; SQLite then answers "locked" without waiting."""
    for _ in range(100):
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            time.sleep(0.02)
        else:
            return
    db.execute("PRAGMA journal_mode = WAL")


def _migrate(db: sqlite3.Connection, path: Path, area: str) -> None:
    steps = migrations(area)
    if _version(db) == max(steps):
        return
    with transaction(db):
        version = _version(db)
        if version > max(steps):
            raise ConfigError(
                f"{str(path)!r} was written by a newer Sobre (schema {version}).",
                remedy="Install that version or a later one.",
                key="error.newer_schema",
                params={"path": str(path), "version": version},
            )
        for number, statements in steps.items():
            if number > version:
                for statement in statements:
                    db.execute(statement)
                db.execute("INSERT INTO schema_version VALUES (?, ?)", (number, time.time()))


def _version(db: sqlite3.Connection) -> int:
    if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'schema_version'").fetchone():
        return 0
    return int(db.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()[0])
