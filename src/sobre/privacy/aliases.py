"""What stands in a value's place, and how it is told from everything that only looks like it.

An alias is ``[KIND-N-TAG]``. The tag is drawn at random for each exchange and stands nowhere in the
request, so whatever carries it back is ours; N is unique in the conversation; the kind is for the
model, and gives a person's gender so that French agrees.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from sobre.core.exchange import Actor, Ask, Message
from sobre.core.ports import Forms

PERSON = "person"
GENDERS = {"f": "FEMME", "m": "HOMME", "": "PERSONNE"}
WORDS: Mapping[str, tuple[str, ...]] = {
    PERSON: (
        "PERSONNE", "FEMME", "HOMME", "PERSON", "WOMAN", "WOMEN", "MAN", "MEN", "NAME", "NOM",
        "PERSONA", "MUJER", "HOMBRE", "FRAU", "MANN", "DONNA", "UOMO", "FEMALE", "MALE",
    ),
    "email": ("EMAIL", "MAIL", "COURRIEL", "MEL", "CORREO"),
    "phone": ("TELEPHONE", "PHONE", "TEL", "TELEFONO", "TELEFON", "MOBILE", "PORTABLE"),
    "iban": ("IBAN",),
    "rib": ("RIB",),
    "card": ("CARTE", "CARD", "TARJETA", "KARTE"),
    "nir": ("NIR", "SECU", "SSN"),
    "siren": ("SIREN",),
    "siret": ("SIRET",),
    "vat": ("TVA", "VAT"),
    "address": ("ADRESSE", "ADDRESS", "DIRECCION", "INDIRIZZO"),
    "plate": ("PLAQUE", "PLATE", "IMMATRICULATION"),
    "birth_date": ("NAISSANCE", "BIRTHDATE", "BIRTH", "DATE"),
    "passport": ("PASSEPORT", "PASSPORT"),
    "cni": ("CNI", "IDENTITE"),
    "driving_licence": ("PERMIS", "LICENCE", "LICENSE"),
    "residence_permit": ("SEJOUR", "RESIDENCE"),
    "spi": ("FISCAL", "SPI", "TAX"),
    "caf": ("CAF",),
    "ine": ("INE",),
    "rpps": ("RPPS",),
    "adeli": ("ADELI",),
    "finess": ("FINESS",),
    "ip_address": ("IP",),
    "mac": ("MAC",),
    "imei": ("IMEI",),
    "vin": ("VIN",),
    "gps": ("GPS",),
    "handle": ("PSEUDO", "HANDLE", "USERNAME"),
    "url_credentials": ("LOGIN", "IDENTIFIANTS", "CREDENTIALS"),
    "salary": ("SALAIRE", "SALARY"),
    "api_key": ("APIKEY", "KEY", "CLE"),
    "jwt": ("JETON", "JWT", "TOKEN"),
    "private_key": ("PRIVATEKEY",),
    "password": ("PASSWORD", "MOTDEPASSE"),
    "term": ("TERME", "TERM"),
}  # fmt: skip
"""Kind -> the word of its alias, first; then those a model may turn it into."""

_KIND_OF = {word: kind for kind, words in WORDS.items() for word in words}
SMALL_WORDS = frozenset(
    {"DE", "DU", "OF", "E", "D", "N", "NO", "NUMERO", "NUMBER", "API", "PRIVATE"}
)
"""What may stand beside a kind's word in brackets without saying anything."""

LETTERS = "abcdefghjkmnpqrstvwxyz"
FIRST = "abcdefghjkmpqsvwxyz"
"""A tag does not begin with n, r or t: after a backslash those are signs of their own."""
DIGITS = "23456789"
SHORTEST_TAG, LONGEST_TAG = 4, 8


class Stood(NamedTuple):
    """One alias taken apart, and the value it stands for."""

    alias: str
    kind: str
    number: int
    tag: str
    value: str

    @property
    def place(self) -> tuple[int, str]:
        return self.number, self.tag


@dataclass(frozen=True)
class Aliases:
    """Alias -> value, for one exchange. Never leaves, never logged: not even by ``repr``."""

    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Those of this exchange and of the conversation's earlier ones."""
    fresh: Mapping[str, Forms] = field(default_factory=dict, repr=False)
    """What the conversation did not know yet: alias -> the value, then its other spellings."""
    literal: frozenset[tuple[int, str]] = frozenset()
    """Number and tag of aliases that the request itself writes: text like any other."""
    as_written: frozenset[tuple[int, str]] = frozenset()
    """Persons before whose names the request writes "de" and "que" its own way."""
    in_json: bool = False
    """Whether the answer is JSON, so that a value in it is escaped as JSON asks."""
    used: int = 0
    """How many values leave under an alias in this exchange."""

    @cached_property
    def places(self) -> Mapping[tuple[int, str], Stood]:
        """Number and tag -> what stands there."""
        return {stood.place: stood for stood in self.by_alias.values()}

    @cached_property
    def by_alias(self) -> Mapping[str, Stood]:
        return {alias: _taken_apart(alias, value) for alias, value in self.values.items()}

    @cached_property
    def tags(self) -> frozenset[str]:
        return frozenset(tag for _, tag in self.places)

    @cached_property
    def openings(self) -> frozenset[str]:
        """What a tag, or its plural, may begin with."""
        return _beginnings({*self.tags, *(tag + "s" for tag in self.tags)})

    @cached_property
    def last(self) -> int:
        return max((number for number, _ in self.places), default=0)

    @cached_property
    def has_people(self) -> bool:
        return any(stood.kind == PERSON for stood in self.places.values())

    @cached_property
    def words(self) -> frozenset[str]:
        """Words, in capitals, that may open an alias of ours without brackets."""
        kinds = {stood.kind for stood in self.places.values()}
        return frozenset(word for kind in kinds for word in WORDS.get(kind, (kind,)))

    @cached_property
    def word_openings(self) -> frozenset[str]:
        """Beginnings of those words and of their plurals."""
        return _beginnings({*self.words, *(word + "S" for word in self.words)})

    @cached_property
    def small_words(self) -> frozenset[str]:
        """Our own words and their plurals in small letters: other small words are words."""
        own = {stood.alias[1:].partition("-")[0].lower() for stood in self.places.values()}
        return frozenset({*own, *(word + "s" for word in own)})

    @cached_property
    def small_openings(self) -> frozenset[str]:
        return _beginnings(self.small_words)


def _beginnings(words: Collection[str]) -> frozenset[str]:
    return frozenset(word[:n] for word in words for n in range(1, len(word) + 1))


def _taken_apart(alias: str, value: str) -> Stood:
    word, number, tag = alias[1:-1].rsplit("-", 2)
    return Stood(alias, _KIND_OF.get(word, word), int(number), tag, value)


def kind_of(alias: str) -> str:
    """What an alias of ours stands for, such as ``person`` or ``email``."""
    return _taken_apart(alias, "").kind


def gender_of(alias: str) -> str:
    """``f``, ``m`` or nothing, as a person's alias says."""
    word = alias[1:].partition("-")[0]
    return {"FEMME": "f", "HOMME": "m"}.get(word, "")


def place_of(alias: str) -> tuple[int, str]:
    """Its number and its tag."""
    return _taken_apart(alias, "").place


def written(kind: str, gender: str, number: int, tag: str) -> str:
    """The alias itself."""
    kind = known_kind(kind)
    if kind == PERSON:
        word = GENDERS.get(gender, "PERSONNE")
    else:
        word = WORDS[kind][0] if kind in WORDS else kind
    return f"[{word}-{number}-{tag}]"


def known_kind(kind: str) -> str:
    """The kind as its alias tells it: one without a word of its own is its letters, in capitals."""
    return kind if kind in WORDS else "".join(c for c in plain(kind) if "A" <= c <= "Z") or "VALEUR"


def session(ask: Ask, actor: Actor) -> bytes:
    """Which conversation a request goes on with: of one key, by the name the caller gives it, else
    by how it began. A store makes a keyed hash of it: nobody can confirm a guess of the beginning.
    """
    digest = hashlib.sha256()
    for part in (actor.key_id, ask.session, *_beginning(ask)):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d " % len(data) + data)
    return digest.digest()


def _beginning(ask: Ask) -> tuple[str, ...]:
    """The first instructions and the first question, unless the caller gives a name."""
    if ask.session:
        return ()
    system = next((m for m in ask.messages if m.role in ("system", "developer")), None)
    user = next((m for m in ask.messages if m.role == "user"), None)
    return _content(system), _content(user)


def _content(message: Message | None) -> str:
    if message is None:
        return ""
    content = message.content
    return content if isinstance(content, str) else json.dumps(content, sort_keys=True)


def plain(text: str) -> str:
    """Capitals without accents, full-width letters as usual ones: how kind words are compared."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).upper()


def says(words: Collection[str]) -> set[str]:
    """The kinds that these words, in capitals, name; a plural counts as its word."""
    named = (_KIND_OF.get(word) or _KIND_OF.get(word.removesuffix("S")) for word in words)
    return {kind for kind in named if kind}


def new_tag(exchange: str, text: str, taken: Collection[str]) -> str:
    """A tag that does not stand in ``text`` (in small letters) and is not ``taken``.

    It is part of the exchange's random id, or of that id's hash where those parts will not do:
    nobody who wrote the text could know it, and the same exchange always gets the same.
    """
    for tag in _tags(exchange):
        if tag not in taken and tag not in text:
            return tag
    raise AssertionError("the tags never end")


def _tags(exchange: str) -> Iterator[str]:
    tail = exchange[-16:].lower()
    for end in range(len(tail), SHORTEST_TAG - 1, -1):
        tag = tail[end - SHORTEST_TAG : end]
        if _is_tag(tag):
            yield tag
    draw = 0
    while True:
        digest = hashlib.sha256(f"{exchange} {draw}".encode()).digest()
        size = min(SHORTEST_TAG + draw // 8, LONGEST_TAG)
        both = LETTERS + DIGITS
        tag = FIRST[digest[0] % len(FIRST)]
        tag += "".join(both[byte % len(both)] for byte in digest[1 : size - 1])
        yield tag + DIGITS[digest[size] % len(DIGITS)]
        draw += 1


def _is_tag(text: str) -> bool:
    return (
        text[0] in FIRST
        and any(c in DIGITS for c in text)
        and all(c in LETTERS or c in DIGITS for c in text)
    )
