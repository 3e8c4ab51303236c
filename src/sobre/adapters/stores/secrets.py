"""What the firm wants kept: registered documents, by keyed fingerprints only, and its own terms.

Two doors to one SQLite file. ``Secrets`` writes, for the command line; ``SecretStore`` serves the
running gateway: it holds all in memory and looks again when the file changes. The key lies beside
the file and not in it, so that a copied database tells nothing of any document.

Whatever is wrong with either raises ``SecretsError``: a text that cannot be compared with the
firm's secrets goes nowhere.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import sqlite3
import sys
import threading
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, Self

from sobre.adapters import documents
from sobre.adapters.stores import queries
from sobre.adapters.stores.database import connect, transaction
from sobre.core.reason import Reason
from sobre.errors import BadRequest, SecretsError
from sobre.privacy import fingerprints as fp
from sobre.privacy import vocabulary
from sobre.privacy.inspect import Detector, Hit
from sobre.privacy.spelling import normalise, words

FILE, KEY_FILE = "secrets.sqlite3", "secrets.key"
KEY_BYTES = 32
METHOD = f"winnow-1 {fp.GRAM}/{fp.WINDOW}"
"""Fingerprints taken otherwise match nothing: their documents have to be read again."""
LOOK_SECONDS = 0.25
WAIT_SECONDS = 0.5
"""How long a request waits for a locked file before it is refused."""
_SQL = queries("secrets")


class Document(NamedTuple):
    """A registered file. Times in Unix seconds, except the file's own."""

    id: int
    name: str
    path: str
    root: str
    size: int
    mtime_ns: int
    digest: bytes
    characters: int
    fragments: int
    added_at: float
    added_by: str
    method: str

    @property
    def label(self) -> str:
        return f"D{self.id}"


class StoredTerm(NamedTuple):
    id: int
    text: str
    kind: str
    owner: str
    added_at: float

    @property
    def label(self) -> str:
        return f"T{self.id}"


@dataclass(slots=True)
class Intake:
    """What became of the files of one root."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    dropped: int = 0
    kept_out: int = 0
    """Removed by name earlier, and not taken in again with their folder."""
    hidden: int = 0
    """Names that begin with a dot or ``~$``: not documents of anybody's."""
    unread: dict[str, Reason] = field(default_factory=dict)
    """Path -> why its content is not known. If it was known before, it still is as it was."""
    left_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Path -> attachments that could not be read, of an e-mail that could."""


Progress = Callable[[int, int, str], None]
"""Told (files done, files in all, path) before each file."""


# --- The key -------------------------------------------------------------------------------------


def _read_key(folder: Path) -> bytes | None:
    path = folder / KEY_FILE
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, str(error.strerror)) from error
    if len(key) != KEY_BYTES:
        raise _wrong_key(path)
    return key


def _make_key(folder: Path) -> bytes:
    """A new key, whole from the first moment; another process's where that one was quicker."""
    path, draft = folder / KEY_FILE, folder / f"{KEY_FILE}.{os.getpid()}"
    try:
        opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(os.urandom(KEY_BYTES))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    except OSError as error:
        raise _unreadable(path, str(error.strerror)) from error
    key = _read_key(folder)
    assert key is not None
    return key


def _proof(key: bytes) -> bytes:
    return blake2b(b"sobre secrets", key=key, digest_size=16).digest()


def _check_seal(db: sqlite3.Connection, folder: Path, key: bytes | None) -> int:
    """The revision; 0 for a file that nothing was put in yet. Raises ``SecretsError``."""
    row = db.execute(_SQL["seal"]).fetchone()
    if row is None:
        return 0
    if key is None:
        raise SecretsError(
            f"{str(folder / KEY_FILE)!r} is missing, the key of the registered documents.",
            remedy=f"Bring it back from a copy, or delete {FILE} and add the documents again.",
            key="error.secrets_key_missing",
            params={"path": str(folder / KEY_FILE), "file": FILE},
        )
    if not hmac.compare_digest(row[0], _proof(key)):
        raise _wrong_key(folder / KEY_FILE)
    return int(row[1])


def _wrong_key(path: Path) -> SecretsError:
    return SecretsError(
        f"{str(path)!r} is not the key that the documents were registered with.",
        remedy=f"Bring the right one back, or delete {FILE} and add the documents again.",
        key="error.secrets_key_wrong",
        params={"path": str(path), "file": FILE},
    )


def _unreadable(path: Path, why: str) -> SecretsError:
    return SecretsError(
        f"The firm's secrets cannot be read: {path}: {why}.",
        remedy="Nothing is sent meanwhile. Check the file and the rights on it, or bring back a "
        "copy.",
        key="error.secrets_unreadable",
        params={"path": str(path), "why": why},
    )


@contextlib.contextmanager
def _telling(path: Path) -> Iterator[None]:
    """SQLite's own errors as ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise _unreadable(path, str(error)) from error


# --- Writing -------------------------------------------------------------------------------------


class Secrets:
    """What ``sobre secrets`` does to the file. Every change is whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        with _telling(self._file):
            self._db = connect(self._file, "secrets")
        try:
            with _telling(self._file):
                self._db.execute("PRAGMA secure_delete = ON")
                key = _read_key(folder)
                _check_seal(self._db, folder, key)
                self._key = key or _make_key(folder)
                with transaction(self._db):
                    if self._db.execute(_SQL["seal"]).fetchone() is None:
                        self._db.execute(_SQL["new_seal"], (_proof(self._key),))
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def documents(self) -> list[Document]:
        with _telling(self._file):
            return [Document._make(row) for row in self._db.execute(_SQL["documents"])]

    def terms(self) -> list[StoredTerm]:
        with _telling(self._file):
            return [StoredTerm._make(row) for row in self._db.execute(_SQL["terms"])]

    def roots(self) -> list[tuple[Path, str]]:
        """What was named to be registered, with its owner."""
        with _telling(self._file):
            return [(Path(path), owner) for path, owner in self._db.execute(_SQL["roots"])]

    def add_term(self, text: str, kind: str, owner: str, now: float) -> StoredTerm:
        """Raises ``BadRequest`` for a term that would be found in any text."""
        text = " ".join(text.split())
        if len(normalise(text)) < vocabulary.LEAST_LETTERS:
            raise BadRequest(
                f"{text!r} is too short: it would be found everywhere.",
                remedy=f"A term needs {vocabulary.LEAST_LETTERS} letters or digits.",
                key="error.secrets_short_term",
                params={"term": text, "letters": vocabulary.LEAST_LETTERS},
            )
        if len(words(text)) > vocabulary.MOST_WORDS:
            raise BadRequest(
                f"{text!r} is too long for a term.",
                remedy=f"At most {vocabulary.MOST_WORDS} words; register longer texts as a file.",
                key="error.secrets_long_term",
                params={"term": text, "words": vocabulary.MOST_WORDS},
            )
        row = {"text": text, "folded": _folded(text), "kind": kind, "owner": owner, "now": now}
        with _telling(self._file), transaction(self._db):
            self._db.execute(_SQL["put_term"], row)
        return next(term for term in self.terms() if _folded(term.text) == row["folded"])

    def take_in(self, root: Path, owner: str, now: float, progress: Progress) -> Intake:
        """Register a file, or all files of a folder; again later, only what has changed.

        What is gone from the folder is forgotten. Raises ``BadRequest`` where nothing is there:
        then all stays as it was, since a disk that is not plugged in looks the same.
        """
        root = root.resolve()
        if not root.exists():
            raise BadRequest(
                f"There is nothing at {str(root)!r}.",
                remedy="Check the path; what was registered from there stays registered.",
                key="error.secrets_nothing_there",
                params={"path": str(root)},
            )
        told = Intake()
        files = sorted(_files(root, told)) if root.is_dir() else [root]
        with _telling(self._file):
            with transaction(self._db):
                self._db.execute(_SQL["add_root"], {"path": str(root), "owner": owner, "now": now})
                if not root.is_dir():
                    self._db.execute(_SQL["let_in"], (str(root),))
            known = {d.path: d for d in self.documents()}
            kept_out = {path for (path,) in self._db.execute(_SQL["kept_out"])}
            for done, path in enumerate(files):
                progress(done, len(files), str(path))
                if str(path) in kept_out:
                    told.kept_out += 1
                else:
                    self._take_one(path, root, owner, now, known.get(str(path)), told)
            here = set(map(str, files))
            unseen = {Path(path) for path in told.unread}
            gone = [
                d
                for d in known.values()
                if d.root == str(root)
                and d.path not in here
                and unseen.isdisjoint(Path(d.path).parents)
            ]
            for document in gone:
                self._drop(document)
            told.dropped = len(gone)
            self._shelve()
        return told

    def _take_one(
        self, path: Path, root: Path, owner: str, now: float, known: Document | None, told: Intake
    ) -> None:
        name = str(Path(root.name, path.relative_to(root))) if path != root else path.name
        try:
            stat = path.stat()
            same_place = known is not None and (known.root, known.name) == (str(root), name)
            as_it_was = known is not None and known.method == METHOD
            if (
                known
                and as_it_was
                and (known.size, known.mtime_ns) == (stat.st_size, stat.st_mtime_ns)
            ):
                told.unchanged += 1
                if not same_place:
                    self._touch(path, root, name, known.mtime_ns)
                return
            data = documents.load(path)
            digest = hmac.digest(self._key, data, "sha256")
            if known and as_it_was and hmac.compare_digest(known.digest, digest):
                told.unchanged += 1
                self._touch(path, root, name, stat.st_mtime_ns)
                return
            read = documents.decode(path.name, data)
        except documents.Unreadable as error:
            told.unread[str(path)] = error.reason
            return
        except OSError as error:
            why = str(error.strerror)
            told.unread[str(path)] = Reason(f"cannot be opened ({why})", "document.os", why=why)
            return
        if len(normalise(read.text)) < fp.LEAST_COVERED:
            told.unread[str(path)] = Reason(
                f"less than {fp.LEAST_COVERED} letters: no excerpt could be told",
                "document.too_short",
                letters=fp.LEAST_COVERED,
            )
            return
        prints = fp.fingerprints(read.text, self._key)
        if read.left_out:
            told.left_out[str(path)] = read.left_out
        row = {
            "root": str(root),
            "path": str(path),
            "name": name,
            "size": stat.st_size,
            "mtime_ns": stat.st_mtime_ns,
            "digest": digest,
            "characters": len(read.text),
            "fragments": len(prints),
            "now": now,
            "owner": owner,
            "method": METHOD,
            "prints": _bytes(prints),
        }
        with transaction(self._db):
            self._db.execute(_SQL["put_document"], row)
            self._db.execute(_SQL["revise"])
        if known:
            told.changed += 1
        else:
            told.added += 1

    def _touch(self, path: Path, root: Path, name: str, mtime_ns: int) -> None:
        row = {"path": str(path), "root": str(root), "name": name, "mtime_ns": mtime_ns}
        with transaction(self._db):
            self._db.execute(_SQL["touch_document"], row)
            self._db.execute(_SQL["revise"])

    def _drop(self, document: Document) -> None:
        with transaction(self._db):
            self._db.execute(_SQL["drop_document"], (document.id,))
            self._db.execute(_SQL["revise"])

    def remove(self, what: str) -> list[str]:
        """Forget a document or term, by id or by name, or all that came from a folder.

        Returns what was forgotten. Raises ``BadRequest`` where nothing goes by that name.
        """
        path = str(Path(what).resolve())
        folded = _folded(what)
        terms = [t for t in self.terms() if what == t.label or (folded == _folded(t.text))]
        whole = path in {str(root) for root, _ in self.roots()}
        found = [
            d
            for d in self.documents()
            if what in (d.label, d.name) or path == d.path or (whole and d.root == path)
        ]
        if not terms and not found and not whole:
            raise BadRequest(
                f"Nothing is registered under {what!r}.",
                remedy="'sobre secrets list' shows all names.",
                key="error.secrets_unknown",
                params={"name": what},
            )
        with _telling(self._file):
            for term in terms:
                with transaction(self._db):
                    self._db.execute(_SQL["drop_term"], (term.id,))
            for document in found:
                with transaction(self._db):
                    self._db.execute(_SQL["drop_document"], (document.id,))
                    self._db.execute(_SQL["revise"])
                    if not whole and document.path != document.root:
                        self._db.execute(_SQL["keep_out"], (document.path,))
                    elif document.path == document.root:
                        self._db.execute(_SQL["sweep_roots"], (document.path,))
            if whole:
                with transaction(self._db):
                    self._db.execute(_SQL["sweep_roots"], (path,))
                    self._db.execute(_SQL["let_in_below"], {"folder": path + os.sep})
            self._shelve()
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return [t.text for t in terms] + [d.name for d in found] or [path]

    def _shelve(self) -> None:
        """Lay all fingerprints out in one list, unless it is still true."""
        with transaction(self._db):
            revision = self._db.execute(_SQL["seal"]).fetchone()[1]
            shelf = self._db.execute(_SQL["shelf"]).fetchone()
            if shelf and shelf[0] == revision:
                return
            prints, owners = _merged(self._db.execute(_SQL["prints"]))
            self._db.execute(_SQL["put_shelf"], (_bytes(prints), _bytes(owners)))


def _folded(text: str) -> str:
    return b" ".join(words(text)).decode()


def _files(root: Path, told: Intake) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        why = str(error.strerror)
        told.unread[str(error.filename)] = Reason(
            f"cannot be opened ({why})", "document.os", why=why
        )

    for folder, below, names in os.walk(root, onerror=unreadable):
        seen = len(below)
        below[:] = sorted(name for name in below if not name.startswith("."))
        told.hidden += seen - len(below)
        for name in names:
            if name.startswith((".", "~$")):
                told.hidden += 1
            else:
                yield Path(folder, name)


def _merged(rows: Iterable[tuple[int, bytes]]) -> tuple[array[int], array[int]]:
    pairs = [value << 32 | number for number, prints in rows for value in _array("Q", prints)]
    pairs.sort()
    return array("Q", (p >> 32 for p in pairs)), array("I", (p & 0xFFFFFFFF for p in pairs))


def _bytes(values: array[int]) -> bytes:
    if sys.byteorder == "big":
        values = array(values.typecode, values)
        values.byteswap()
    return values.tobytes()


def _array(typecode: str, data: bytes) -> array[int]:
    values: array[int] = array(typecode)
    values.frombytes(data)
    if sys.byteorder == "big":
        values.byteswap()
    return values


# --- Serving -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Loaded:
    """All that was in the file, ready to be matched."""

    key: bytes
    known: fp.Register
    terms: vocabulary.Terms


_NOTHING = _Loaded(b"\0" * KEY_BYTES, fp.register(array("Q"), array("I"), {}), vocabulary.terms(()))


class SecretStore:
    """The firm's secrets as detectors, for a gateway that runs while the command line writes.

    The file is asked whether it changed every ``LOOK_SECONDS``; what is new is read in a thread of
    its own and then takes the old one's place, so that no request waits for it. The first load, and
    one after a failure, are waited for. Safe to call from several threads.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / FILE
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._version = -1
        self._looked = 0.0
        self._loaded: _Loaded | None = None
        self._failure: SecretsError | None = None
        self._reading: threading.Thread | None = None

    def detectors(self) -> Sequence[Detector]:
        """Labels, terms, excerpts. The last two raise ``SecretsError`` where the store fails."""
        return (vocabulary.find_labels, self._find_terms, self._find_excerpts)

    def load(self) -> None:
        """Read all now rather than with the first request. Raises ``SecretsError``."""
        self._current()

    def close(self) -> None:
        with self._lock:
            if self._reading is not None:
                self._reading.join()
            self._close()

    def _find_terms(self, text: str) -> list[Hit]:
        return vocabulary.find_terms(text, self._current().terms)

    def _find_excerpts(self, text: str) -> list[Hit]:
        loaded = self._current()
        return fp.find_excerpts(text, loaded.key, loaded.known)

    def _current(self) -> _Loaded:
        loaded, failure = self._loaded, self._failure
        if loaded is not None and failure is None:
            if time.monotonic() - self._looked < LOOK_SECONDS:
                return loaded
            with self._lock:
                self._look()
                if self._failure is None and self._loaded is not None:
                    return self._loaded
        with self._lock:
            if self._failure is not None and time.monotonic() - self._looked < LOOK_SECONDS:
                raise self._failure
            self._load_here()
            assert self._loaded is not None
            return self._loaded

    def _look(self) -> None:
        """Begin to read again if the file is not what it was. Called with the lock held."""
        if time.monotonic() - self._looked < LOOK_SECONDS:
            return
        self._looked = time.monotonic()
        if self._reading is not None and self._reading.is_alive():
            return
        try:
            changed = self._changed()
        except SecretsError as failure:
            self._failure = failure
            self._close()
            return
        if changed:
            self._reading = threading.Thread(target=self._read_aside, name="secrets", daemon=True)
            self._reading.start()

    def _changed(self) -> bool:
        if _identity(self._file) != self._identity or self._db is None:
            if self._identity is None and _identity(self._file) is None:
                return False
            self._open()
            return True
        with _telling(self._file):
            version = int(self._db.execute("PRAGMA data_version").fetchone()[0])
        changed = version != self._version
        self._version = version
        return changed

    def _open(self) -> None:
        """A connection kept to ask whether the file changed. Raises ``SecretsError``."""
        self._close()
        was, self._identity = self._identity, _identity(self._file)
        if self._identity is None:
            if was is not None or (self._folder / KEY_FILE).exists():
                raise SecretsError(
                    f"{str(self._file)!r} is gone, though documents or terms were registered.",
                    remedy=f"Bring it back from a copy, add them again, or delete {KEY_FILE}.",
                    key="error.secrets_gone",
                    params={"path": str(self._file), "file": KEY_FILE},
                )
            return
        with _telling(self._file):
            self._db = _reading(self._file)
            self._version = self._db.execute("PRAGMA data_version").fetchone()[0]

    def _close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _load_here(self) -> None:
        self._looked = time.monotonic()
        try:
            self._open()
            self._loaded = _load(self._folder) if self._identity else _NOTHING
            self._failure = None
        except SecretsError as failure:
            self._failure = failure
            raise

    def _read_aside(self) -> None:
        try:
            self._loaded = _load(self._folder)
        except SecretsError as failure:
            self._failure = failure
        except BaseException as error:
            self._failure = _unreadable(self._file, type(error).__name__)
            raise


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, str(error.strerror)) from error
    return found.st_dev, found.st_ino


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


def _load(folder: Path) -> _Loaded:
    """All of the file, of one moment. Raises ``SecretsError``."""
    path = folder / FILE
    with _telling(path), contextlib.closing(_reading(path)) as db:
        if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'seal'").fetchone():
            return _NOTHING
        db.execute("BEGIN")
        key = _read_key(folder)
        revision = _check_seal(db, folder, key)
        if key is None:
            return _NOTHING
        terms = vocabulary.terms(
            vocabulary.Term(row[1], row[2]) for row in db.execute(_SQL["terms"])
        )
        return _Loaded(key, _known(db, revision), terms)


def _known(db: sqlite3.Connection, revision: int) -> fp.Register:
    labels: Mapping[int, str] = {}
    rows = db.execute(_SQL["labels"]).fetchall()
    if any(method != METHOD for _, _, method in rows):
        raise SecretsError(
            "The documents were registered by another version of Sobre.",
            remedy="Run 'sobre secrets refresh': it reads them again.",
            key="error.secrets_method",
        )
    labels = {number: f"D{number} {name}" for number, name, _ in rows}
    shelf = db.execute(_SQL["shelf"]).fetchone()
    if shelf is not None and shelf[0] == revision:
        return fp.register(_array("Q", shelf[1]), _array("I", shelf[2]), labels)
    return fp.register(*_merged(db.execute(_SQL["prints"])), labels)
