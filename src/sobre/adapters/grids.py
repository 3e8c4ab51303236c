"""Electricity that people import: reads exports of RTE and Electricity Maps, one file kept a zone.

What is kept stands in ``<data folder>/grids/<ZONE>.json``, for its owner only, written whole or not
at all. The amounts are judged by ``footprint.grid``.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sobre.adapters import data
from sobre.errors import GridFileError
from sobre.footprint import Factors
from sobre.footprint.errors import FootprintInputError
from sobre.footprint.grid import (
    Atlas,
    HourProfile,
    Imported,
    SeriesError,
    profiles_from_json,
    summarise,
    zone_info,
    zone_of,
)

if TYPE_CHECKING:
    from datetime import datetime

FOLDER = "grids"
MAX_BYTES = 100_000_000
HEADER_WITHIN = 30
"""Lines looked at for the one that names the columns."""
_BLANK = {"", "-", "nd", "n/a", "na", "nan", "null", "none"}
_DIRECT, _LIFE_CYCLE = "(direct)", ("(lca)", "(life cycle)")


# --- What ships, and what was imported -----------------------------------------------------------


@cache
def atlas() -> Atlas:
    return Atlas.from_json(data.read("footprint", "electricity.json"))


def factors(data_dir: Path | None = None) -> Factors:
    """Every factor that ships, with the zones imported into that data folder.

    Raises ``GridFileError``.
    """
    shipped = Factors.from_json(
        data.read("footprint", "factors.json"), data.read("footprint", "electricity.json")
    )
    return shipped.with_grids(load(data_dir)) if data_dir else shipped


def profiles(data_dir: Path | None = None) -> Mapping[str, HourProfile]:
    """The zones whose hours are known; an imported one stands in for the one that ships.

    Raises ``GridFileError``.
    """
    shipped = profiles_from_json(data.read("footprint", "grid_profiles.json"))
    own = {zone: own.profile for zone, own in load(data_dir).items()} if data_dir else {}
    return {**shipped, **own}


def load(data_dir: Path) -> Mapping[str, Imported]:
    """Zone -> what was imported for it. Raises ``GridFileError`` for a damaged file."""
    found: dict[str, Imported] = {}
    try:
        files = sorted((data_dir / FOLDER).glob("*.json"))
    except OSError as error:
        raise _unreadable(data_dir / FOLDER, error) from error
    for file in files:
        try:
            own = Imported.from_json(file.read_bytes())
        except OSError as error:
            raise _unreadable(file, error) from error
        except FootprintInputError as error:
            raise _damaged(file, str(error)) from error
        if own.zone != file.stem:
            raise _damaged(file, f"holds {own.zone}")
        found[own.zone] = own
    return found


def save(data_dir: Path, own: Imported) -> Path:
    """In the place of what was imported for that zone before. Raises ``GridFileError``."""
    folder = data_dir / FOLDER
    path, draft = folder / f"{own.zone}.json", folder / f"{own.zone}.{os.getpid()}.draft"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.unlink(missing_ok=True)
        opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            json.dump(own.as_json(), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise GridFileError(
            f"{str(path)!r} cannot be written: {error.strerror}.",
            remedy="Nothing was changed.",
            key="error.grid_write",
            params={"path": str(path), "why": str(error.strerror)},
        ) from error
    return path


def remove(data_dir: Path, zone: str) -> None:
    """Forget what was imported for a zone, damaged or not. Raises ``GridFileError``."""
    path = data_dir / FOLDER / f"{zone}.json"
    try:
        path.unlink()
    except FileNotFoundError as error:
        raise GridFileError(
            f"Nothing was imported for {zone}.",
            remedy="See `sobre grid list`.",
            key="error.grid_not_imported",
            params={"zone": zone},
        ) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def find_zone(text: str) -> str:
    """``zone_of``, also by a country's name. Raises ``GridFileError``."""
    try:
        return zone_of(text, atlas().names)
    except FootprintInputError as error:
        raise GridFileError(
            f"{error.why[0].upper()}{error.why[1:]}.",
            remedy="See `sobre grid list`.",
            key="error.grid_zone",
            params={"text": text[:40], "near": error.why.partition("near ones: ")[2] or "–"},
        ) from error


# --- Reading an export ---------------------------------------------------------------------------


class Columns(NamedTuple):
    """What a kind of export says of itself, and how to read one of its rows."""

    kind: str
    when: Callable[[Sequence[str]], str]
    grams: int
    other: int | None
    """The column of the other accounting, where the file has both."""
    zone: int | None
    estimated: int | None
    local: bool
    """Whether times are the place's own clock."""
    source: str
    accounting: str
    perimeter: str


def read_file(
    path: Path,
    *,
    zone: str | None = None,
    name: str | None = None,
    basis: str = "location",
    accounting: str | None = None,
    timezone: str | None = None,
) -> Imported:
    """One export as the electricity of one zone. Raises ``GridFileError``; writes nothing.

    ``accounting`` chooses between the columns of a file that has both, life cycle if it is not
    given. ``zone`` may be left out where the file names its own.
    """
    raw = _bytes(path)
    text = _text(raw, path)
    columns, rows = _table(text, path, accounting)
    named = {row[columns.zone].strip() for _, row in rows if columns.zone is not None}
    if len(named) > 1:
        listed = ", ".join(sorted(named)[:5])
        raise _wrong(path, "zones", f"holds several zones: {listed}", zones=listed)
    asked = zone or (named.pop() if named else "FRA" if columns.kind == "rte" else "")
    if not asked:
        raise _wrong(path, "no_zone", "does not say its zone; give --zone")
    found = find_zone(asked)
    flags: dict[str, str] = {}
    if "-" in asked:
        flags["part"] = asked
    place = atlas().places.get(found)
    clock = timezone or (place.timezone if place else "")
    if not clock:
        raise _wrong(path, "no_clock", f"no time zone is on file for {found}; give --timezone")
    try:
        zone_info(clock)
    except FootprintInputError as error:
        raise _wrong(path, "clock", f"unknown time zone {clock!r}", clock=clock) from error
    samples = _samples(columns, rows, path, clock, flags)
    kept = accounting or columns.accounting
    if kept == "direct":
        flags["direct"] = columns.source
    try:
        seen = summarise(samples, clock, accounting=kept)
    except SeriesError as error:
        raise _wrong(path, error.problem, error.why, **error.found) from error
    if columns.other is not None:
        _compare(columns, rows, path, kept, flags)
    if columns.estimated is not None:
        guessed = sum(row[columns.estimated].strip().lower() == "true" for _, row in rows)
        if guessed >= 0.01 * len(rows):
            flags["estimated"] = f"{guessed / len(rows):.0%}"
    first, last = _iso(seen.first), _iso(seen.last)
    years = {first[:4], _iso(seen.last - 1)[:4]}
    titled = name or f"{columns.source} {first[:10]} to {_iso(seen.last - 1)[:10]}"
    said = [titled, *([kept] if kept == "direct" else []), *([basis] if basis == "market" else [])]
    profile = HourProfile(
        found,
        clock,
        seen.month_hour,
        seen.weekend_factor,
        seen.mean,
        seen.p05,
        seen.p95,
        titled,
        int(years.pop()) if len(years) == 1 else None,
        basis,
        kept,
        columns.perimeter,
    )
    return Imported(
        profile,
        ", ".join(said),
        path.name,
        hashlib.sha256(raw).hexdigest(),
        first,
        last,
        round(seen.step_s / 60),
        seen.count,
        seen.missing,
        {**flags, **seen.flags},
    )


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(raw) > MAX_BYTES:
        raise _wrong(path, "large", f"is above {MAX_BYTES // 1_000_000} MB")
    return raw


def _text(raw: bytes, path: Path) -> str:
    if raw[:2] == b"PK" or raw[:4] == b"\xd0\xcf\x11\xe0" or b"\0" in raw[:4096]:
        raise _wrong(path, "workbook", "is a workbook or another binary file: save it as CSV")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")  # what RTE writes


def _table(
    text: str, path: Path, accounting: str | None
) -> tuple[Columns, list[tuple[int, list[str]]]]:
    """The columns, and each row that holds data with its line number."""
    import csv

    lines = text.splitlines()
    for number, line in enumerate(lines[:HEADER_WITHIN]):
        for mark in "\t;,":
            cells = next(csv.reader([line], delimiter=mark), [])
            head = [cell.strip().casefold() for cell in cells]
            columns = _columns(head, accounting, path) if len(head) > 1 else None
            if columns is not None:
                rows = csv.reader(lines[number + 1 :], delimiter=mark)
                try:
                    return columns, list(_rows(rows, number + 2, len(head), path))
                except csv.Error as error:
                    raise _wrong(path, "csv", f"is no table: {error}", about=str(error)) from error
    raise _wrong(path, "columns", "has no line that names columns Sobre knows")


def _columns(head: Sequence[str], accounting: str | None, path: Path) -> Columns | None:
    def index(*starts: str) -> int | None:
        return next((i for i, cell in enumerate(head) if cell.startswith(starts)), None)

    date, hour, rate = index("date"), index("heure"), index("taux de co2")
    if None not in (date, hour, rate):
        if accounting not in (None, "direct"):
            raise _wrong(path, "no_accounting", "counts direct emissions", accounting=accounting)
        day, minute = head.index("date") if "date" in head else date, hour
        assert day is not None
        assert minute is not None
        assert rate is not None
        return Columns(
            "rte", lambda row: f"{row[day].strip()} {row[minute].strip()}", rate, None, None, None,
            True, "RTE éCO2mix", "direct", "production",
        )  # fmt: skip
    utc = index("datetime (utc)")
    if utc is not None:
        found = {
            "direct": next((i for i, c in enumerate(head) if _DIRECT in c), None),
            "life cycle": next((i for i, c in enumerate(head) if c.endswith(_LIFE_CYCLE)), None),
        }
        kept = accounting or ("life cycle" if found["life cycle"] is not None else "direct")
        grams = found.get(kept)
        if grams is None:
            raise _wrong(path, "no_accounting", f"has no column {kept!r}", accounting=kept)
        other = found["direct" if kept == "life cycle" else "life cycle"]
        return Columns(
            "electricity-maps", lambda row: row[utc], grams, other, index("zone id"),
            index("data estimated"), False, "Electricity Maps", kept, "consumption",
        )  # fmt: skip
    if "datetime" in head and "gco2_per_kwh" in head:
        at, grams = head.index("datetime"), head.index("gco2_per_kwh")
        return Columns(
            "plain", lambda row: row[at], grams, None, None, None, False, path.name,
            accounting or "not stated", "not stated",
        )  # fmt: skip
    return None


def _rows(
    rows: Iterator[list[str]], line: int, width: int, path: Path
) -> Iterator[tuple[int, list[str]]]:
    """Without empty lines and the one sentence some exports end with."""
    for number, row in enumerate(rows, line):
        filled = [cell for cell in row if cell.strip()]
        if not filled or (len(filled) == 1 and not filled[0][:1].isdigit()):
            continue
        if len(row) < width - 1:
            raise _wrong(path, "short_line", f"line {number} has {len(row)} columns", line=number)
        yield number, [*row, *[""] * (width - len(row))]


def _samples(
    columns: Columns,
    rows: Sequence[tuple[int, list[str]]],
    path: Path,
    clock: str,
    flags: dict[str, str],
) -> list[tuple[float, float | None]]:
    from datetime import UTC, datetime

    place = zone_info(clock)
    samples: list[tuple[float, float | None]] = []
    before, skipped, naive = -float("inf"), 0, False
    for line, row in rows:
        when = _when(columns.when(row), line, path)
        if when.tzinfo is not None:
            at = when.timestamp()
        elif not columns.local:
            naive = columns.kind == "plain"
            at = when.replace(tzinfo=UTC).timestamp()
        else:
            at = when.replace(tzinfo=place).timestamp()
            if at <= before:  # the hour that a clock set back shows twice
                again = when.replace(tzinfo=place, fold=1).timestamp()
                at = again if again > before else at
            if datetime.fromtimestamp(at, place).replace(tzinfo=None) != when:
                skipped += 1  # an hour that a clock set forward never shows
                continue
        samples.append((at, _grams(row[columns.grams], line, path)))
        before = at
    if naive:
        flags["utc"] = "UTC"
    if skipped:
        flags["no_such_hour"] = str(skipped)
    return samples


def _when(text: str, line: int, path: Path) -> datetime:
    from datetime import datetime

    text = text.strip()
    if found := re.match(r"(\d\d)/(\d\d)/(\d{4})(.*)", text):
        text = f"{found[3]}-{found[2]}-{found[1]}{found[4]}"
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        shown = text[:40]
        raise _wrong(
            path, "time", f"line {line}: {shown!r} is no time", line=line, text=shown
        ) from (error)


def _grams(text: str, line: int, path: Path) -> float | None:
    text = text.strip()
    if text.lower() in _BLANK:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        shown = text[:40]
        raise _wrong(
            path, "number", f"line {line}: {shown!r} is no number", line=line, text=shown
        ) from error


def _compare(
    columns: Columns,
    rows: Sequence[tuple[int, list[str]]],
    path: Path,
    kept: str,
    flags: dict[str, str],
) -> None:
    """A life cycle holds the burning too: direct above it is a fault of the file."""
    assert columns.other is not None
    above = both = 0
    for line, row in rows:
        own = _grams(row[columns.grams], line, path)
        other = _grams(row[columns.other], line, path)
        if own is not None and other is not None:
            both += 1
            direct, whole = (own, other) if kept == "direct" else (other, own)
            above += direct > whole * 1.001
    if above:
        flags["direct_above"] = f"{above / both:.1%}"


def _iso(at: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at, UTC).isoformat()


# --- Errors --------------------------------------------------------------------------------------


def _wrong(path: Path, problem: str, why: str, **found: object) -> GridFileError:
    return GridFileError(
        f"{path.name!r} {why}.",
        remedy="Nothing was imported.",
        key=f"error.grid_{problem}",
        params={"file": path.name, **found},
    )


def _unreadable(path: Path, error: OSError) -> GridFileError:
    return GridFileError(
        f"{str(path)!r} cannot be read: {error.strerror}.",
        key="error.grid_read",
        params={"path": str(path), "why": str(error.strerror)},
    )


def _damaged(path: Path, why: str) -> GridFileError:
    return GridFileError(
        f"{str(path)!r} is damaged: {why}.",
        remedy=f"`sobre grid remove {path.stem}`, then import it again.",
        key="error.grid_damaged",
        params={"path": str(path), "zone": path.stem, "why": why},
    )
