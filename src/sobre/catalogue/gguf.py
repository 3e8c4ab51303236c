"""Reads what a GGUF file says of itself: only its head, from any bytes-like thing.

Format: the GGUF specification, version 3, in the ggml repository (``docs/gguf.md``).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from mmap import mmap

_SCALARS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
_STRING, _ARRAY = 8, 9
_MOST_ENTRIES = 1_000_000

Value = int | float | str | None


@dataclass(frozen=True, slots=True)
class Header:
    """``None`` is "the file does not say"."""

    name: str | None
    architecture: str | None
    licence: str | None
    context_tokens: int | None
    parameters: int
    """Weights stored in the file."""
    experts: int
    """0 for a dense model; otherwise not all weights work on each token."""
    experts_used: int = 0
    """Of them on each token; 0 where the file does not say."""


def read_header(data: bytes | mmap) -> Header:
    """Raises ``ValueError`` for anything that is not a whole GGUF head."""
    if data[:4] != b"GGUF":
        raise ValueError("it does not begin with GGUF")
    try:
        return _read(_Cursor(data))
    except (struct.error, IndexError, UnicodeDecodeError, OverflowError) as error:
        raise ValueError(f"its head is damaged ({error})") from error


class _Cursor:
    """A place in the data that only moves forward."""

    def __init__(self, data: bytes | mmap) -> None:
        self.data = data
        self.at = 4

    def scalar(self, code: str) -> int | float:
        value: int | float = struct.unpack_from(f"<{code}", self.data, self.at)[0]
        self.at += struct.calcsize(f"<{code}")
        return value

    def count(self) -> int:
        """A length or a number of entries, refused where it cannot be true."""
        value = int(self.scalar("Q"))
        if value > len(self.data):
            raise IndexError(f"a length of {value}")
        return value

    def text(self) -> str:
        length = self.count()
        raw = self.data[self.at : self.at + length]
        self.at += length
        return raw.decode("utf-8", "replace")

    def value(self, kind: int) -> Value:
        """A metadata value; an array is stepped over and given as ``None``."""
        if kind in _SCALARS:
            return self.scalar(_SCALARS[kind])
        if kind == _STRING:
            return self.text()
        if kind != _ARRAY:
            raise IndexError(f"a value of unknown kind {kind}")
        inner, length = int(self.scalar("I")), self.count()
        if inner in _SCALARS:
            self.at += length * struct.calcsize(f"<{_SCALARS[inner]}")
            return None
        step: Callable[[], object] = self.text if inner == _STRING else lambda: self.value(inner)
        for _ in range(length):
            step()
        return None


def _read(cursor: _Cursor) -> Header:
    version = int(cursor.scalar("I"))
    if version not in (2, 3):
        raise ValueError(f"its GGUF version is {version}, not 2 or 3")
    tensors, entries = cursor.count(), cursor.count()
    if max(tensors, entries) > _MOST_ENTRIES:
        raise IndexError(f"{tensors} tensors and {entries} entries")
    facts: dict[str, Value] = {}
    for _ in range(entries):
        key = cursor.text()
        facts[key] = cursor.value(int(cursor.scalar("I")))
    parameters = farthest = 0
    for _ in range(tensors):
        cursor.text()
        shape = [int(cursor.scalar("Q")) for _ in range(int(cursor.scalar("I")))]
        cursor.scalar("I")
        parameters += math.prod(shape)
        farthest = max(farthest, int(cursor.scalar("Q")))
    if cursor.at + farthest >= len(cursor.data):
        raise IndexError("the file ends before its last tensor")
    return _header(facts, parameters)


def _header(facts: dict[str, Value], parameters: int) -> Header:
    def text(key: str) -> str | None:
        value = facts.get(key)
        return value if isinstance(value, str) else None

    def number(key: str) -> int | None:
        value = facts.get(key)
        return value if isinstance(value, int) else None

    architecture = text("general.architecture")
    return Header(
        name=text("general.name"),
        architecture=architecture,
        licence=text("general.license"),
        context_tokens=number(f"{architecture}.context_length"),
        parameters=parameters,
        experts=number(f"{architecture}.expert_count") or 0,
        experts_used=number(f"{architecture}.expert_used_count") or 0,
    )
