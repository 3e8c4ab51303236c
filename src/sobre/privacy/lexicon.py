"""What a word may be: a first name, a surname, a place, an ordinary French word.

The lists are facts of public sources (``privacy/data/README.md``), kept as sorted 32-bit hashes
with a few bits each: two hundred thousand names take a megabyte and are looked up in a microsecond.
About one unknown word in ten thousand is taken for a listed one.
"""

from __future__ import annotations

import sys
import unicodedata
from array import array
from bisect import bisect_left
from typing import NamedTuple
from zlib import crc32

_MAGIC = b"SOBRELX1"
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss"})
_MOST_KEPT = 50_000
"""Looked-up words remembered; all are forgotten when there are more."""


class Word(NamedTuple):
    """What the lists say of one word; 0 where they say nothing."""

    first: int
    """How usual as a first name, 0 to 3."""
    gender: str
    """``f``, ``m`` or, for a name of both, nothing."""
    last: int
    """How usual as a surname, 0 to 3."""
    common: int
    """1 an ordinary word of French, 2 a grammatical word; 0 none."""
    proper: int
    """1 a proper noun that is no person's: a country, a town, a brand."""


NOTHING = Word(0, "", 0, 0, 0)


class _Table:
    """Sorted hashes, and a byte for each."""

    def __init__(self, data: bytes) -> None:
        if data[: len(_MAGIC)] != _MAGIC:
            raise ValueError("not a lexicon")
        size = int.from_bytes(data[8:12], "little")
        if len(data) != 12 + 5 * size:
            raise ValueError("a cut lexicon")
        self._keys = array("I", data[12 : 12 + 4 * size])
        if sys.byteorder == "big":
            self._keys.byteswap()
        self._bits = data[12 + 4 * size :]

    def bits(self, key: int) -> int:
        place = bisect_left(self._keys, key)
        if place < len(self._keys) and self._keys[place] == key:
            return self._bits[place]
        return 0


def pack(words: dict[str, int]) -> bytes:
    """The file that ``Lexicon`` reads, from plain words and their bits (1 to 255)."""
    by_hash: dict[int, int] = {}
    for word, bits in words.items():
        key = crc32(word.encode())
        by_hash[key] = by_hash.get(key, 0) | bits
    keys = array("I", sorted(by_hash))
    body = bytes(by_hash[key] for key in keys)
    if sys.byteorder == "big":
        keys.byteswap()
    return _MAGIC + len(keys).to_bytes(4, "little") + keys.tobytes() + body


def plain(word: str) -> str:
    """Lower case, no accents: how the lists spell."""
    word = word.lower()
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word.translate(_LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c))


class Lexicon:
    """Two lists together: ``names`` (first, last, gender) and ``words`` (common, proper)."""

    def __init__(self, names: bytes, words: bytes) -> None:
        self._names = _Table(names)
        self._words = _Table(words)
        self._kept: dict[str, Word] = {}

    def look(self, word: str) -> Word:
        """What the lists say of ``word``, whatever its case and accents.

        A compound (``Jean-Luc``) that no list has is what its parts are together.
        """
        known = self._kept.get(word)
        if known is None:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            known = self._kept[word] = self._look(plain(word))
        return known

    def _look(self, word: str) -> Word:
        key = crc32(word.encode())
        names, words = self._names.bits(key), self._words.bits(key)
        if not (names or words) and "-" in word:
            parts = [self._look(part) for part in word.split("-") if part]
            if not parts:
                return NOTHING
            return Word(
                min(p.first for p in parts),
                parts[0].gender,
                min(p.last or p.first for p in parts),
                min(p.common for p in parts),
                0,
            )
        gender = ("", "f", "m", "")[names >> 4 & 3]
        return Word(names & 3, gender, names >> 2 & 3, words & 3, words >> 2 & 1)
