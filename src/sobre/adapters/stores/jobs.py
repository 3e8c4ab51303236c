"""Files of requests and batches on disk: ``jobs.sqlite3``, and the texts in the folder ``files``.

A file lies there under its id, readable by its owner only, whatever its sender named it. It is
written beside its place and moved there whole. Deleting is for good: the file is unlinked, and what
the database held of it is overwritten.
"""

from __future__ import annotations

import codecs
import contextlib
import dataclasses
import hashlib
import math
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import filelock
import msgspec

from sobre.adapters.entropy import random_bytes
from sobre.adapters.stores import queries
from sobre.adapters.stores.database import connect, transaction
from sobre.core.exchange import exchange_id
from sobre.errors import BadRequest, BodyTooLarge
from sobre.jobs import DAY_S, Batch, Result, Status, StoredFile

FILE = "jobs.sqlite3"
FOLDER = "files"
_PART = ".part"
_FETCHED_S = _ABANDONED_S = 3600.0
"""A file that no row names, and that nobody has written to for so long, is left of a crash."""
_SQL = queries("jobs")
_decode = msgspec.json.Decoder(Batch).decode
_encode = msgspec.json.Encoder().encode


def new_id(prefix: str, now: float) -> str:
    """``prefix`` and 26 characters that sort by time."""
    return prefix + exchange_id(now, random_bytes(10))[3:]


class JobStore:
    """The port ``jobs.Store``, and what the edge and the command line ask beside it.

    Where texts are not kept (``data.keep_texts = false``) a batch's input is deleted when it ends;
    its output an hour after it was fetched whole, and a day after the end at the latest.
    """

    def __init__(self, data_dir: Path, *, keep_days: float = 30.0, keep_texts: bool = True) -> None:
        self._folder = data_dir / FOLDER
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = connect(data_dir / FILE, "jobs")
        self._db.execute("PRAGMA secure_delete = ON")
        self._keep_s = keep_days * DAY_S
        self._keep_texts = keep_texts
        self._mine = filelock.FileLock(data_dir / "jobs.lock", mode=0o600, thread_local=False)

    def close(self) -> None:
        with self._lock:
            self._db.close()
        self._mine.release()

    def claim(self) -> bool:
        """Whether this process is the one that runs the batches of this folder."""
        try:
            self._mine.acquire(timeout=0)
        except filelock.Timeout:
            return False
        return True

    # Files.

    @property
    def default_life_s(self) -> float:
        """How long a file is kept that nobody deletes."""
        return self._keep_s if self._keep_texts else min(self._keep_s, DAY_S)

    def room(self) -> int:
        """Bytes free on the disk of the files, which is the ledger's too."""
        return shutil.disk_usage(self._folder).free

    def upload(self, most_bytes: float) -> Upload:
        """A place to write a file that is still arriving."""
        return Upload(self._folder, most_bytes)

    def add_file(self, file: StoredFile, upload: Upload) -> StoredFile:
        """Keep what has arrived."""
        upload.keep_as(file.id)
        with self._lock, transaction(self._db):
            self._db.execute(_SQL["add_file"], file)
        return file

    def file(self, file_id: str) -> StoredFile | None:
        with self._lock:
            row = self._db.execute(_SQL["file"], (file_id,)).fetchone()
        return StoredFile._make(row) if row else None

    def files(self, key_id: str, team: str) -> list[StoredFile]:
        """Those of a key and of its team, newest first."""
        whose = {"key_id": key_id, "team": team}
        with self._lock:
            return [StoredFile._make(row) for row in self._db.execute(_SQL["files"], whose)]

    def read(self, file_id: str) -> BinaryIO:
        """See ``jobs.Store``. Only an id that the database knows is ever a path."""
        if self.file(file_id) is None:
            raise FileNotFoundError(file_id)
        return (self._folder / file_id).open("rb")

    def in_use(self, file_id: str) -> list[str]:
        """The batches that have still to read it."""
        with self._lock:
            return [batch for (batch,) in self._db.execute(_SQL["in_use"], (file_id,))]

    def delete(self, file_id: str) -> None:
        """For good. What is not there is no error."""
        with self._lock:
            with transaction(self._db):
                self._db.execute(_SQL["drop_file"], (file_id,))
            (self._folder / Path(file_id).name).unlink(missing_ok=True)

    def fetched(self, file: StoredFile, now: float) -> None:
        """All of it was sent to its owner, who may still want it once more."""
        if file.purpose == "batch_output" and not self._keep_texts:
            with self._lock, transaction(self._db):
                self._db.execute(_SQL["expire_file"], {"id": file.id, "at": now + _FETCHED_S})

    # Batches.

    def add(self, batch: Batch) -> None:
        with self._lock, transaction(self._db):
            row = (batch.id, batch.key_id, batch.team, batch.input_file_id, batch.created_at)
            self._db.execute(_SQL["add_batch"], (*row, batch.status.ended, _encode(batch)))

    def batch(self, batch_id: str) -> Batch | None:
        with self._lock:
            row = self._db.execute(_SQL["batch"], (batch_id,)).fetchone()
        return _decode(row[0]) if row else None

    def batches(self) -> list[Batch]:
        """All of them, newest first."""
        return self._all("batches")

    def batches_of(self, key_id: str, team: str) -> list[Batch]:
        """Those of a key and of its team, newest first."""
        return self._all("batches_of", key_id=key_id, team=team)

    def count_open(self, key_id: str, team: str) -> int:
        """How many of these have not ended."""
        with self._lock:
            row = self._db.execute(_SQL["count_open"], {"key_id": key_id, "team": team}).fetchone()
        return int(row[0])

    def unfinished(self) -> list[Batch]:
        return self._all("unfinished")

    def _all(self, query: str, **values: str) -> list[Batch]:
        with self._lock:
            return [_decode(record) for (record,) in self._db.execute(_SQL[query], values)]

    def update(
        self, batch_id: str, change: Callable[[Batch], Batch], results: Sequence[Result] = ()
    ) -> Batch:
        """See ``jobs.Store``."""
        with self._lock, transaction(self._db):
            return self._update(batch_id, change, results)

    def _update(
        self, batch_id: str, change: Callable[[Batch], Batch], results: Sequence[Result] = ()
    ) -> Batch:
        row = self._db.execute(_SQL["batch"], (batch_id,)).fetchone()
        changed = change(_decode(row[0]))
        self._db.executemany(_SQL["add_result"], [(batch_id, *result) for result in results])
        values = {"id": batch_id, "record": _encode(changed), "ended": changed.status.ended}
        self._db.execute(_SQL["save_batch"], values)
        return changed

    def finished(self, batch_id: str) -> set[int]:
        with self._lock:
            return {number for (number,) in self._db.execute(_SQL["finished"], (batch_id,))}

    def results(self, batch_id: str) -> Iterator[Result]:
        last = -1
        while True:
            with self._lock:
                rows = self._db.execute(_SQL["results"], (batch_id, last)).fetchall()
            if not rows:
                return
            yield from (Result(number, bool(good), text) for number, good, text in rows)
            last = rows[-1][0]

    def end(
        self, batch: Batch, status: Status, now: float, good: Iterable[bytes], bad: Iterable[bytes]
    ) -> Batch:
        """See ``jobs.Store``. What was written and not noted for lack of time is swept later."""
        output = self._write(batch, "output", now, good)
        errors = self._write(batch, "error", now, bad)

        def change(found: Batch) -> Batch:
            return _ended(found, status, now, output, errors)

        with self._lock:  # nobody sees it ended before what it answered is gone from the database
            with transaction(self._db):
                for file in (output, errors):
                    if file is not None:
                        self._db.execute(_SQL["add_file"], file)
                done = self._update(batch.id, change)
                self._db.execute(_SQL["drop_results"], (batch.id,))
                if not self._keep_texts:
                    self._db.execute(_SQL["expire_file"], {"id": batch.input_file_id, "at": now})
            if not self._keep_texts:
                self.sweep(now)
            self._forget()
        return done

    def _forget(self) -> None:
        """Empty the log beside the database, where texts that were dropped still stand. Another
        process that uses it at this moment puts it off to the next time.
        """
        with self._lock:
            (waits,) = self._db.execute("PRAGMA busy_timeout").fetchone()
            self._db.execute("PRAGMA busy_timeout = 0")
            try:
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                self._db.execute(f"PRAGMA busy_timeout = {int(waits)}")

    def _write(
        self, batch: Batch, kind: str, now: float, texts: Iterable[bytes]
    ) -> StoredFile | None:
        with contextlib.closing(self.upload(float("inf"))) as upload:
            for text in texts:
                upload.write(text)
            if not upload.size:
                return None
            name = new_id("file-", now)
            upload.keep_as(name)
        return StoredFile(
            name,
            batch.key_id,
            batch.team,
            "batch_output",
            f"{batch.id}_{kind}.jsonl",
            upload.size,
            upload.sha256,
            now,
            now + min(self.default_life_s, batch.output_life_s or math.inf),
        )

    def pace(self, model: str, endpoint: str) -> float | None:
        with self._lock:
            row = self._db.execute(_SQL["pace"], (model, endpoint)).fetchone()
        return float(row[0]) if row else None

    def note_pace(self, model: str, endpoint: str, seconds: float) -> None:
        with self._lock, transaction(self._db):
            values = {"model": model, "endpoint": endpoint, "seconds": seconds}
            self._db.execute(_SQL["note_pace"], values)

    def sweep(self, now: float) -> None:
        """Delete what has expired, batches long over, and files that nobody knows of."""
        with self._lock:
            expired = [name for (name,) in self._db.execute(_SQL["expired_files"], (now,))]
            for name in expired:
                self.delete(name)
            with transaction(self._db):
                self._db.execute(_SQL["expired_batches"], (now - self._keep_s,))
            known = {name for (name,) in self._db.execute(_SQL["file_ids"])}
            for path in self._folder.iterdir():
                if path.name not in known and _age_s(path) > _ABANDONED_S:
                    path.unlink(missing_ok=True)
            self._forget()


def _age_s(path: Path) -> float:
    with contextlib.suppress(FileNotFoundError):
        return time.time() - path.stat().st_mtime
    return 0.0


def _ended(
    batch: Batch, status: Status, now: float, output: StoredFile | None, errors: StoredFile | None
) -> Batch:
    return dataclasses.replace(
        batch,
        status=status,
        times={**batch.times, f"{status}_at": now},
        output_file_id=output.id if output else None,
        error_file_id=errors.id if errors else None,
        held="",
    )


class Upload:
    """A file that is still arriving, beside its place. ``close`` deletes what was not kept."""

    def __init__(self, folder: Path, most_bytes: float) -> None:
        self._folder = folder
        self._most = most_bytes
        self._path = folder / f"{random_bytes(16).hex()}{_PART}"
        fd = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(fd, "wb")
        self._digest = hashlib.sha256()
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self.size = 0

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def write(self, data: bytes) -> None:
        """Raises ``BodyTooLarge``, and ``BadRequest`` for what is not UTF-8."""
        if self.size + len(data) > self._most:
            limit = f"{self._most / 2**20:g}"
            raise BodyTooLarge(
                f"The file is larger than {limit} MB.",
                remedy="Cut it into several, or raise batches.max_file_mb.",
                param="file",
                key="error.files.too_large",
                params={"limit": limit},
            )
        self._check(data, final=False)
        self.size += len(data)
        self._digest.update(data)
        self._file.write(data)

    def _check(self, data: bytes, *, final: bool) -> None:
        try:
            self._utf8.decode(data, final)
        except UnicodeDecodeError as error:
            raise BadRequest(
                "The file is not in UTF-8.",
                remedy="Save it as UTF-8, one JSON object a line.",
                param="file",
                code="invalid_file",
                key="error.files.not_utf8",
            ) from error

    def keep_as(self, name: str) -> None:
        """Move it to its place, whole and on the disk."""
        self._check(b"", final=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._path.replace(self._folder / name)

    def close(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)
