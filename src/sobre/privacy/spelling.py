"""One spelling of letters and digits: lower case, no accents, ASCII.

So that a code name or a quoted document is known again whatever its case and accents. It is done in
a few passes of C, not letter by letter.
"""

from __future__ import annotations

import codecs
import unicodedata
from array import array
from functools import lru_cache
from itertools import accumulate

_OWN_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
"""Latin letters that Unicode takes for no base letter with an accent."""
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_ADDED = "sobre.spelling"
"""The name under which ``_spelled_run`` is known to the codecs."""


@lru_cache(maxsize=4096)
def _spelled(letter: str) -> str:
    """One character as ASCII letters and digits, of which it may need none or several.

    A letter of another alphabet becomes one letter, an ideogram two: which of them is lost, not
    that a run of them is the same.
    """
    plain = unicodedata.normalize("NFKD", letter).casefold().translate(_OWN_LETTERS)
    return "".join(map(_ascii, unicodedata.normalize("NFKD", plain)))


def _ascii(letter: str) -> str:
    code = ord(letter)
    if not letter.isalnum() or 0x80 <= code < 0x370:
        return ""
    if code < 0x80:
        return letter
    last = _ALPHABET[code % 36]
    return last if code < 0x2E80 else _ALPHABET[code // 36 % 36] + last


def _spelled_run(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(map(_spelled, error.object[error.start : error.end])), error.end


codecs.register_error(_ADDED, _spelled_run)


def _tables() -> tuple[bytes, bytes, dict[int, str]]:
    """For Latin-1: what each byte becomes, which are none, which become several letters."""
    table, drop, long = bytearray(range(256)), bytearray(), {}
    for code in range(256):
        spelled = _spelled(chr(code))
        if not spelled:
            drop.append(code)
        elif len(spelled) == 1:
            table[code] = ord(spelled)
        else:
            long[code] = spelled
    return bytes(table), bytes(drop), long


_TABLE, _DROP, _LONG = _tables()
_SPACED = bytes(32 if code in _DROP else _TABLE[code] for code in range(256))
_LONG_LETTERS = tuple(map(chr, _LONG))


def normalise(text: str) -> bytes:
    """Letters and digits only, lower case, without accents: what fingerprints are taken of.

    Letter by letter, so that a part of a text is normalised to a part of the whole.
    """
    return _bytes(text).translate(_TABLE, _DROP)


def words(text: str) -> list[bytes]:
    """The words of a text, each normalised. What is no letter or digit parts them."""
    return _bytes(text).translate(_SPACED).split()


def _bytes(text: str) -> bytes:
    if text.isascii():
        return text.encode("ascii")
    if any(map(text.__contains__, _LONG_LETTERS)):
        text = text.translate(_LONG)
    return text.encode("latin-1", _ADDED)


def places(text: str) -> array[int]:
    """For each letter of ``text``, where the normalised text stands after it."""
    lengths = {letter: len(normalise(letter)) for letter in set(text)}
    return array("L", accumulate(map(lengths.__getitem__, text)))
