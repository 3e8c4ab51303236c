"""What people told the shield: "this is not a secret", "this is one". Rules with an owner.

A correction speaks of one text, found again as whole words whatever its case, accents and spaces.
``mask`` is a detector like any other. ``keep_clear`` has the last word on what the others found,
and clears only what lies inside its text; never a mark on the text around it (sensitive,
confidential, unreadable), nor what a ``mask`` says. What form or context judged, anybody's clears;
what a check digit proved, a credential, or the number of an identity, an account or a file on a
person only a *forced* one, which only an administrator makes.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sobre.errors import BadRequest, Forbidden
from sobre.privacy.fold import fold
from sobre.privacy.inspect import MASKED, Hit, Settling

KEEP_CLEAR, MASK = "keep_clear", "mask"
ADMIN = "admin"
JUDGED = frozenset(
    "person address term handle salary birth_date phone email plate ip_address mac gps imei vin"
    " siren siret vat rpps adeli finess".split()
)
"""Kinds of which a form or the words around decide, where no check digit held."""
KINDS = {
    **dict.fromkeys(
        (
            *("person", "email", "phone", "iban", "rib", "card", "nir", "siren", "siret", "vat"),
            *("address", "plate", "birth_date", "passport", "cni", "driving_licence"),
            *("residence_permit", "spi", "caf", "ine", "rpps", "adeli", "finess", "ip_address"),
            *("mac", "imei", "vin", "gps", "handle", "salary", "patient_id", "national_id"),
        ),
        "personal",
    ),
    "term": "business",
    **dict.fromkeys(("url_credentials", "api_key", "jwt", "private_key", "password"), "secret"),
}
"""Every kind of value that an alias can stand for, with its usual class."""
CLASSES = ("personal", "business", "secret")
LEAST_MASKED = 2
"""Letters and digits: a shorter text would be masked everywhere."""
MOST_CHARACTERS = 200
_SAID = "correction "
"""How the evidence of a ``mask`` begins; its label follows."""


class Correction(NamedTuple):
    """One rule. Times in Unix seconds."""

    id: int
    verb: str
    """``keep_clear`` or ``mask``."""
    text: str
    """As it was given, spaces apart: kept in clear, since it has to be found."""
    kind: str
    """Of a ``mask``: what the text is. Empty otherwise, like the class."""
    data_class: str
    team: str
    """For whose requests; empty: everyone's."""
    owner: str
    reason: str
    forced: bool
    made_at: float
    revoked_at: float | None = None

    @property
    def label(self) -> str:
        return f"C{self.id}"


def corrected(
    verb: str,
    text: str,
    *,
    owner: str,
    role: str,
    made_at: float,
    kind: str = "",
    data_class: str = "",
    team: str = "",
    reason: str = "",
    forced: bool = False,
) -> Correction:
    """A rule that can be kept; its id comes from the store.

    Raises ``BadRequest`` for a text that says nothing or a kind that there is not, ``Forbidden``
    for a forced one of anybody but an administrator.
    """
    text = " ".join(text.split())
    letters = sum(map(str.isalnum, text))
    if letters < (LEAST_MASKED if verb == MASK else 1):
        raise BadRequest(
            f"{text!r} is too short to be corrected: it would be found everywhere.",
            remedy="Give the whole value, as it stands in the text.",
            key="error.correction_short",
            params={"text": text},
        )
    if len(text) > MOST_CHARACTERS:
        raise BadRequest(
            f"A correction has at most {MOST_CHARACTERS} characters.",
            remedy="Give the value alone; register longer texts with 'sobre secrets add'.",
            key="error.correction_long",
            params={"characters": MOST_CHARACTERS},
        )
    if verb == MASK:
        kind = kind or "term"
        if kind not in KINDS:
            raise BadRequest(
                f"There is no kind of value {kind!r}.",
                remedy=f"It is one of: {', '.join(sorted(KINDS))}.",
                key="error.correction_kind",
                params={"kind": kind, "kinds": ", ".join(sorted(KINDS))},
            )
        data_class = data_class or KINDS[kind]
    if forced and role != ADMIN:
        raise Forbidden(
            "Only an administrator can force a correction.",
            remedy="Ask whoever runs Sobre.",
            key="error.correction_forced",
        )
    return Correction(
        0, verb, text, kind, data_class, team.strip().lower(), owner, reason, forced, made_at
    )


def same_text(one: Correction, other: Correction) -> bool:
    """Whether both speak of the same words, for the same people."""
    return one.team == other.team and _key(one.text) == _key(other.text)


def needs_force(hit: Hit) -> bool:
    """Whether clearing it takes a forced correction: see the head of this module."""
    proved = "check digit" in hit.evidence and "wrong" not in hit.evidence
    return hit.data_class == "secret" or proved or hit.kind not in JUDGED


def may_clear(correction: Correction, hit: Hit) -> bool:
    """Whether a ``keep_clear`` may clear a hit that lies inside its text."""
    if hit.data_class not in MASKED or hit.evidence.startswith(_SAID):
        return False
    return correction.forced or not needs_force(hit)


class _Rule(NamedTuple):
    correction: Correction
    form: re.Pattern[str]
    sign: str
    """The longest word of its text: where it does not stand, the rule is not looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Corrections(Settling):
    """Rules ready to be applied: a detector with the last word (see ``inspect.Settling``)."""

    masks: tuple[_Rule, ...] = ()
    clears: tuple[_Rule, ...] = ()

    def __call__(self, text: str) -> list[Hit]:
        """What the ``mask`` rules say of a folded text."""
        return [
            Hit(start, end, rule.kind, rule.data_class, f"{_SAID}{rule.label}")
            for rule, spans in _found(text, self.masks)
            for start, end in spans
        ]

    def settle(self, text: str, hits: list[Hit]) -> list[Hit]:
        """The hits without those that a ``keep_clear`` rule clears."""
        if not hits:
            return hits
        for rule, spans in _found(text, self.clears):
            hits = [hit for hit in hits if not (_inside(hit, spans) and may_clear(rule, hit))]
        return hits

    def stands(self, text: str) -> dict[int, list[tuple[int, int]]]:
        """Where the text of each rule stands in a folded text: id -> start and end."""
        return {rule.id: spans for rule, spans in _found(text, (*self.masks, *self.clears))}


def ready(corrections: Iterable[Correction]) -> Corrections:
    """Those in force, made ready."""
    rules = [_rule(correction) for correction in corrections if correction.revoked_at is None]
    return Corrections(
        tuple(rule for rule in rules if rule.correction.verb == MASK),
        tuple(rule for rule in rules if rule.correction.verb == KEEP_CLEAR),
    )


# --- Finding a text again ------------------------------------------------------------------------

_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"\s+|oe|ae|.", re.DOTALL)
_FLEXIBLE = {"oe": "(?:oe|œ)", "ae": "(?:ae|æ)"}
_SPACES = r"\s{1,40}"
FEW = 50
"""Rules up to so many are looked for one by one; for more, the text is cut into words first."""


class _Base(dict[int, int]):
    """A letter's code -> that of the letter without its accents; filled as letters are met."""

    def __missing__(self, code: int) -> int:
        first, *accents = map(ord, unicodedata.normalize("NFD", chr(code)))
        base = first if all(map(unicodedata.combining, map(chr, accents))) else code
        self[code] = base
        return base


_BASE = _Base()


def _plain(text: str) -> str:
    """Lower case without accents, each character where it stood."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return lower if lower.isascii() else lower.translate(_BASE)


def _ascii_pairs(plain: str) -> str:
    return plain if plain.isascii() else plain.replace("œ", "oe").replace("æ", "ae")


def _key(text: str) -> str:
    return _ascii_pairs(" ".join(_plain(fold(text)[0]).split()))


def _rule(correction: Correction) -> _Rule:
    key = _key(correction.text)
    parts = _JOINED.findall(key)
    body = "".join(
        _SPACES if part.isspace() else _FLEXIBLE.get(part) or re.escape(part) for part in parts
    )
    before = r"(?<![^\W_])" if key[0].isalnum() else ""
    after = r"(?![^\W_])" if key[-1].isalnum() else ""
    return _Rule(correction, re.compile(before + body + after), max(_WORD.findall(key), key=len))


def _found(text: str, rules: Sequence[_Rule]) -> Iterator[tuple[Correction, list[tuple[int, int]]]]:
    """Each rule whose text stands there, with where."""
    if not rules:
        return
    plain = _plain(text)
    paired = _ascii_pairs(plain)
    signs = frozenset(_WORD.findall(paired)) if len(rules) > FEW else paired
    for rule in rules:
        if rule.sign in signs and (spans := [m.span() for m in rule.form.finditer(plain)]):
            yield rule.correction, spans


def _inside(hit: Hit, spans: list[tuple[int, int]]) -> bool:
    place = bisect_right(spans, hit.start, key=lambda span: span[0]) - 1
    return place >= 0 and hit.end <= spans[place][1]
