"""One spelling for what looks the same: detectors read a folded text, and hits are mapped back.

French typography, word processors and hostile writers put no-break and thin spaces, typographic
dashes and quotes, full-width digits, soft hyphens and zero-width characters inside values. A folded
text has the plain character instead, and none of those that show nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_SPACES = (
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\uff07"
_QUOTES = "\u201c\u201d\u201e\uff02"
_NOTHING = (
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_SAME_PLACE = (
    dict.fromkeys(map(ord, _SPACES), " ")
    | dict.fromkeys(map(ord, _DASHES), "-")
    | dict.fromkeys(map(ord, _APOSTROPHES), "'")
    | dict.fromkeys(map(ord, _QUOTES), '"')
    | {ord(wide): chr(ord(wide) - 0xFEE0) for wide in map(chr, range(0xFF01, 0xFF5F))}
    | {0x2024: ".", 0x3002: ".", 0xFE52: "."}
)
_MOVES = re.compile(f"[{_NOTHING}]|[\u0300-\u036f]")
"""Characters whose removal or composition shifts what follows."""
_TRANSLATE = re.compile(
    f"[{_SPACES}{_DASHES}{_APOSTROPHES}{_QUOTES}\uff01-\uff5e\u2024\u3002\ufe52]"
)


def fold(text: str) -> tuple[str, Sequence[int] | None]:
    """The folded text, and for each of its characters (and its end) where it stood.

    ``None`` instead of the places when every character stands where it stood.
    """
    if text.isascii():
        return text, None
    if _TRANSLATE.search(text):
        text = text.translate(_SAME_PLACE)
    if not _MOVES.search(text):
        return text, None
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character in _NOTHING:
            continue
        if kept and "\u0300" <= character <= "\u036f":
            together = unicodedata.normalize("NFC", kept[-1] + character)
            if len(together) == 1:
                kept[-1] = together
            continue
        kept.append(character)
        places.append(place)
    places.append(len(text))
    return "".join(kept), places
