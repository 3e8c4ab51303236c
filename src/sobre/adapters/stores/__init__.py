"""Where things are kept on disk. SQL stands in ``sql/``: numbered migrations and named queries."""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from importlib.resources import files

_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


@cache
def queries(area: str) -> dict[str, str]:
    """The named queries of ``sql/<area>.sql``, without their comments."""
    text = (files(__package__) / "sql" / f"{area}.sql").read_text(encoding="utf-8")
    _, *parts = _NAME.split(text)
    return {
        name: "\n".join(
            line for line in body.splitlines() if line.strip() and not line.startswith("--")
        ).rstrip(";")
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }


@cache
def migrations(area: str) -> dict[int, tuple[str, ...]]:
    """Version -> statements, from ``sql/<version>_<area>….sql``."""
    found = {}
    for entry in (files(__package__) / "sql").iterdir():
        number, _, rest = entry.name.partition("_")
        if number.isdigit() and rest.removesuffix(".sql").split("_")[0] == area:
            found[int(number)] = tuple(_statements(entry.read_text(encoding="utf-8")))
    return dict(sorted(found.items()))


def _statements(script: str) -> list[str]:
    done, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            done.append(pending.strip())
            pending = ""
    return done
