"""Writes small GGUF files."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence


def _text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def _value(value: str | int | list[str]) -> bytes:
    if isinstance(value, str):
        return struct.pack("<I", 8) + _text(value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    return struct.pack("<IIQ", 9, 8, len(value)) + b"".join(map(_text, value))


def gguf(
    facts: Mapping[str, str | int | list[str]], shapes: Sequence[Sequence[int]] = ((4, 2),)
) -> bytes:
    """The bytes of a GGUF file: these facts, one tensor a shape, and a little data."""
    head = struct.pack("<4sIQQ", b"GGUF", 3, len(shapes), len(facts))
    entries = b"".join(_text(key) + _value(value) for key, value in facts.items())
    tensors = b"".join(
        _text(f"t{i}") + struct.pack(f"<I{len(s)}QIQ", len(s), *s, 0, 0)
        for i, s in enumerate(shapes)
    )
    return head + entries + tensors + bytes(64)
