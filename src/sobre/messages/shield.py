"""What the shield finds, and how it knows, in the reader's words."""

from __future__ import annotations

import re

from sobre.messages import catalogue, say

_WITH_WORDS = (
    (re.compile(r"tagger (?P<score>[\d.]+)"), "tagger"),
    (re.compile(r"check digits mod (?P<n>\d+)"), "check_mod"),
    (re.compile(r"label before it: (?P<word>.+)"), "label_before"),
    (re.compile(r"label behind it: (?P<word>.+)"), "label_behind"),
    (re.compile(r"column headed (?P<word>.+)"), "column_headed"),
    (re.compile(r"form of a token: (?P<word>.+)"), "token"),
    (re.compile(r"secret parameter '?(?P<word>[^']+)'? in the address"), "parameter"),
    (re.compile(r"(?P<count>\d+) fingerprints of document '?(?P<word>.+?)'?"), "fingerprints"),
    (re.compile(r"correction (?P<word>\w+)"), "correction"),
)
"""Evidence that names something -> the end of its key; the names go into the message."""
_NO_LETTER = re.compile(r"[^a-z0-9]+")


def kind(name: str, lang: str) -> str:
    """``nir`` -> *social security number*; a kind without words as it is called in JSON."""
    return catalogue(lang).get(f"shield.kind.{name}", name.replace("_", " "))


def evidence(phrase: str, lang: str) -> str:
    """A detector's English phrase in the reader's language; one that has no words as it is."""
    key = f"shield.evidence.{_NO_LETTER.sub('_', phrase.lower()).strip('_')}"
    if key in catalogue(lang):
        return say(key, lang)
    for form, ending in _WITH_WORDS:
        if match := form.fullmatch(phrase):
            told: dict[str, object] = match.groupdict()
            if "score" in told:
                told = {"percent": min(99, round(float(match["score"]) * 100))}
            return say(f"shield.seen.{ending}", lang, **told)
    return phrase
