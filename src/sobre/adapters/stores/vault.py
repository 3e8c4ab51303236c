"""The port ``Vault`` over a SQLite file in which nothing can be read without the key."""

from __future__ import annotations

import hmac
import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sobre.adapters.stores import queries
from sobre.adapters.stores.database import connect, transaction
from sobre.core.ports import Forms
from sobre.errors import ConfigError, VaultError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
KEY_FILE = "vault.key"
FILE = "vault.sqlite3"
_NONCE_BYTES = 12
_BUSY_MS = 1000
"""How long a request may wait for another process to have written."""
_DAY_S = 86400.0


class SqliteVault:
    """Opened when first needed: a firm that disguises nothing has no vault.

    Conversations are found by a keyed hash and sealed with AES-256-GCM, each record bound to its
    conversation. Whatever is wrong with the file or the key is a ``VaultError``: nothing leaves.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        key_file: Path | None = None,
        days: float = 30.0,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._file = data_dir / FILE
        self._key_file = key_file
        self._made_key = data_dir / KEY_FILE
        self._days = days
        self._now = now
        self._sql = queries("vault")
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None
        self._version: int | None = None
        self._used: dict[bytes, float] = {}
        """Every conversation, and when it was last noted to be in use."""
        self._swept = 0.0

    def close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def load(self, session: bytes) -> Mapping[str, Forms]:
        """See ``ports.Vault``. Costs microseconds where the conversation has no mapping."""
        if self._db is None and not self._file.exists():
            return {}
        with self._lock, self._telling():
            db = self._opened()
            place = self._place(session)
            self._refresh(db)
            if place not in self._used:
                return {}
            if (now := self._now()) - self._used[place] > _DAY_S:
                db.execute(self._sql["touch"], {"id": place, "now": now})
                self._used[place] = now
            mapping: dict[str, Forms] = {}
            for (sealed,) in db.execute(self._sql["load"], (place,)):
                mapping |= self._unsealed(sealed, place)
            return mapping

    def save(self, session: bytes, mapping: Mapping[str, Forms]) -> None:
        """See ``ports.Vault``. Returns when it survives a killed process."""
        with self._lock, self._telling():
            db = self._opened()
            place = self._place(session)
            now = self._now()
            with transaction(db):
                db.execute(self._sql["begin"], {"id": place, "now": now})
                db.execute(self._sql["add"], (place, self._sealed(mapping, place)))
                if now - self._swept > _DAY_S:
                    self._sweep(db)
            self._used[place] = now

    def _opened(self) -> sqlite3.Connection:
        if self._db is None:
            db = connect(self._file, "vault")
            try:
                db.execute("PRAGMA foreign_keys = ON")
                db.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
                self._check_key(db)
                with transaction(db):
                    self._sweep(db)
            except BaseException:
                db.close()
                raise
            self._db = db
        return self._db

    def _check_key(self, db: sqlite3.Connection) -> None:
        mark = self._derived(b"mark")
        db.execute(self._sql["set_mark"], (mark,))
        if not hmac.compare_digest(db.execute(self._sql["mark"]).fetchone()[0], mark):
            raise VaultError(
                "The vault was sealed with another key.",
                remedy="Put the former key back; without it, delete vault.sqlite3: what aliases of"
                " earlier conversations stood for is lost.",
                key="error.vault_key_other",
            )

    def _sweep(self, db: sqlite3.Connection) -> None:
        """Forget what nobody went on with, once a day."""
        self._swept = self._now()
        if db.execute(self._sql["expire"], (self._swept - self._days * _DAY_S,)).rowcount:
            self._version = None

    def _refresh(self, db: sqlite3.Connection) -> None:
        """Another process may have added conversations."""
        version = db.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._used = dict(db.execute(self._sql["sessions"]).fetchall())
            self._version = version

    # --- Key and seal --------------------------------------------------------------------------

    @cached_property
    def _key(self) -> bytes:
        file = self._key_file
        if file is None:
            file = self._made_key
            if not file.exists():
                _make_key(file)
        try:
            text = file.read_bytes()
        except OSError as error:
            raise VaultError(
                f"The vault's key {str(file)!r} cannot be read: {error.strerror}.",
                remedy="Correct data.vault_key_file, or the file's permissions.",
                key="error.vault_key_unreadable",
                params={"path": str(file), "why": error.strerror},
            ) from error
        key = _decoded(text)
        if key is None:
            raise VaultError(
                f"The vault's key {str(file)!r} is not {KEY_BYTES} bytes.",
                remedy=f"It holds {KEY_BYTES} bytes, or as many in hexadecimal.",
                key="error.vault_key_length",
                params={"path": str(file), "bytes": KEY_BYTES},
            )
        return key

    def _derived(self, purpose: bytes) -> bytes:
        return hmac.digest(self._key, b"sobre-vault-1 " + purpose, "sha256")

    def _place(self, session: bytes) -> bytes:
        return hmac.digest(self._session_key, session, "sha256")

    @cached_property
    def _session_key(self) -> bytes:
        return self._derived(b"session")

    @cached_property
    def _cipher(self) -> AESGCM:
        # 15 ms to import: a start that disguises nothing does not wait for it.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._derived(b"seal"))

    def _sealed(self, mapping: Mapping[str, Forms], place: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        text = json.dumps(mapping, ensure_ascii=True).encode()
        return nonce + self._cipher.encrypt(nonce, text, place)

    def _unsealed(self, sealed: bytes, place: bytes) -> dict[str, Forms]:
        from cryptography.exceptions import InvalidTag

        cipher = self._cipher
        try:
            text = cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place)
        except (InvalidTag, ValueError) as error:
            raise VaultError(
                "The vault holds a record that was altered.",
                remedy="Restore vault.sqlite3 from a backup, or delete it: what aliases of earlier"
                " conversations stood for is lost.",
                key="error.vault_altered",
            ) from error
        return {alias: tuple(forms) for alias, forms in json.loads(text).items()}

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Whatever SQLite or the disk says becomes a ``VaultError``; its words hold no value."""
        try:
            yield
        except (sqlite3.Error, OSError, ConfigError) as error:
            self.close()
            raise VaultError(
                f"The vault cannot be used: {error}.",
                remedy="See that the data folder can be written, and that vault.sqlite3 is whole.",
                key="error.vault",
                params={"why": str(error)},
            ) from error


def _make_key(file: Path) -> None:
    """A new key, for its owner only; another process may have made one at the same moment."""
    made = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(os.urandom(KEY_BYTES).hex() + "\n")
    try:
        os.link(made, file)
    except FileExistsError:
        pass
    finally:
        made.unlink()


def _decoded(text: bytes) -> bytes | None:
    if len(text) == KEY_BYTES:
        return text
    try:
        key = bytes.fromhex(text.decode("ascii"))
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None
