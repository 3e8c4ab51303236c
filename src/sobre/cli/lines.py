"""Lines on standard input, for the commands that answer one by one with ``--jsonl``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from io import BufferedReader
from typing import Any, cast

CHUNK_BYTES = 1 << 16
"""Read at a time; what was read is answered before more is waited for."""


def chunks() -> Iterator[tuple[int, list[bytes]]]:
    """The lines that have come, as they come, with the number of the first of them."""
    number, begun = 1, [b""]
    stdin = cast("BufferedReader", sys.stdin.buffer)
    while chunk := stdin.read1(CHUNK_BYTES):
        head, end, tail = chunk.rpartition(b"\n")
        if not end:
            begun.append(tail)
            continue
        lines = b"".join((*begun, head)).split(b"\n")
        begun = [tail]
        yield number, lines
        number += len(lines)
    yield number, [b"".join(begun)]


def decoded(line: bytes) -> dict[str, Any] | None:
    """The JSON object of a line, or ``None``: it is none."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
