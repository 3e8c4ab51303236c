"""Which names are one person's, and how French elides before a name."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple, TypeAlias

Names: TypeAlias = frozenset[str]

_TITLES = {
    **dict.fromkeys(("m", "mr", "monsieur", "sir", "herr", "mister"), "m"),
    **dict.fromkeys(
        ("mme", "mlle", "madame", "mademoiselle", "mrs", "ms", "miss", "frau", "mmes"), "f"
    ),
    **dict.fromkeys(("dr", "docteur", "doctor", "me", "maitre", "pr", "professeur", "prof"), ""),
}
_PARTICLES = frozenset({"de", "du", "des", "la", "le", "d", "van", "von", "der", "den", "di", "da"})
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_MOST_NAMES = 6
"""Names of a person beyond these do not help to tell it from another."""
_MANY = 100
"""So many persons of one name cannot be told apart by it."""
_ASPIRATED = frozenset(
    "habib hadi hafid hafida haissam haitham hakan hakim hakima halim halima hamed hamid hamida "
    "hamza hana hanane hanna hans harald harold haroun harry harvey hasan hasna hassan hassna "
    "hatem hatim heather heidi heike heinrich heinz helga helmut hicham hichem hilary hilda "
    "hillary hind hisham hoang holly howard houari houda houria houssam houssine hudson hugh hung "
    "hussein hussain hamon hollande huchon haddad haas hallyday hardy hulot huppert".split()
)
"""First names and surnames whose h keeps a word from being elided; before any other it is mute."""


class Mention(NamedTuple):
    """A name as it stands in a text; the gender seen with it is ``f``, ``m`` or nothing."""

    text: str
    gender: str


@dataclass(slots=True)
class _Person:
    names: Names
    gender: str
    forms: list[Mention] = field(default_factory=list)


def fold(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def read(mention: Mention) -> tuple[Names, str]:
    """The names in it, titles and particles apart, and the gender that it shows."""
    words = _WORD.findall(fold(mention.text).replace("’", "'"))
    gender = mention.gender
    while len(words) > 1 and words[0] in _TITLES:
        gender = gender or _TITLES[words[0]]
        words = words[1:]
    names = [word.removeprefix("d'") for word in words if word not in _PARTICLES]
    if not any(len(name) > 1 for name in names):
        return frozenset({fold(mention.text)}), gender
    return frozenset(names[:_MOST_NAMES]), gender


def fullest(forms: Iterable[str]) -> str:
    """The form with most names, then with most words; the first of equals."""

    def fullness(form: str) -> tuple[int, int]:
        names, _ = read(Mention(form, ""))
        return sum(len(name) > 1 for name in names), len(form.split())

    return max(forms, key=fullness)


def tell_apart(
    mentions: Sequence[Mention], known: Sequence[tuple[Sequence[str], str]] = ()
) -> tuple[list[int], list[str]]:
    """For each mention the number of the person it names, and each person's gender.

    The first numbers are those of ``known`` persons (their spellings, their gender). A shorter form
    is somebody's only where a single person fits: a surname that two share is its own, unless the
    gender seen with it decides. Two genders are two persons.
    """
    persons = _Persons()
    for forms, gender in known:
        persons.add(frozenset().union(*(read(Mention(form, ""))[0] for form in forms[:1])), gender)
        for form in forms:
            persons.spelled.setdefault(form, len(persons.all) - 1)
    reading = {mention: read(mention) for mention in dict.fromkeys(mentions)}
    most_first = sorted(reading, key=lambda m: (-len(reading[m][0]), not reading[m][1]))
    batch = {names for names, _ in reading.values()}
    for mention in most_first:
        names, gender = reading[mention]
        persons.place(mention, names, gender, batch)
    numbers = [persons.of[mention] for mention in mentions]
    return numbers, [person.gender for person in persons.all]


class _Persons:
    """All persons so far, found by any of their names."""

    def __init__(self) -> None:
        self.all: list[_Person] = []
        self.of: dict[Mention, int] = {}
        self.spelled: dict[str, int] = {}
        self._with: dict[str, list[int]] = defaultdict(list)
        self._exactly: dict[Names, list[int]] = defaultdict(list)

    def add(self, names: Names, gender: str) -> int:
        self.all.append(_Person(names, gender))
        self._index(len(self.all) - 1, names)
        return len(self.all) - 1

    def place(self, mention: Mention, names: Names, gender: str, batch: set[Names]) -> None:
        number = self.spelled.get(mention.text)
        if number is None or _clash(self.all[number].gender, gender):
            number = self._find(names, gender, batch)
        if number is None:
            number = self.add(names, gender)
        person = self.all[number]
        person.gender = person.gender or gender
        if len(names) > len(person.names):
            person.names = names
            self._index(number, names)
        self.of[mention] = number

    def _find(self, names: Names, gender: str, batch: set[Names]) -> int | None:
        fitting = [
            number
            for number in self._candidates(names)
            if not _clash(self.all[number].gender, gender)
            and _fit(self.all[number].names, names)
            and not self._claimed(number, names, batch)
        ]
        if len(fitting) <= _MANY:
            apart = [
                n
                for n in fitting
                if not any(self.all[n].names < self.all[other].names for other in fitting)
            ]
            if len(apart) == 1:
                return apart[0]
        return next((n for n in fitting if self.all[n].names == names), None)

    def _claimed(self, number: int, names: Names, batch: set[Names]) -> bool:
        """Whether another longer name of the text could as well be this shorter one's."""
        own = self.all[number].names
        return own < names and any(own < other and not _fit(names, other) for other in batch)

    def _candidates(self, names: Names) -> list[int]:
        whole = [name for name in names if len(name) > 1] or list(names)
        found = set(min((self._with[name] for name in whole), key=len, default=[])[: _MANY + 1])
        for size in range(1, len(names) + 1):
            for part in combinations(sorted(names), size):
                found.update(self._exactly.get(frozenset(part), ()))
        for initial in {name[0] for name in names}:
            for name in whole:
                found.update(self._exactly.get(frozenset((initial, name)), ()))
        return sorted(found)

    def _index(self, number: int, names: Names) -> None:
        self._exactly[names].append(number)
        for name in names:
            if number not in self._with[name][-1:]:
                self._with[name].append(number)


def _clash(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _fit(one: Names, other: Names) -> bool:
    """Whether all names of the shorter are in the longer, an initial standing for a name."""
    short, long = sorted((one, other), key=len)
    if not any(len(name) > 1 for name in short & long):
        return False
    rest = set(long)
    for name in sorted(short, key=len, reverse=True):
        match = name if name in rest else next((n for n in rest if _initial(name, n)), None)
        if match is None:
            return False
        rest.remove(match)
    return True


def _initial(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[:1] == other[:1]


_BEFORE = re.compile(
    r"(?<![\w'’\-])(?P<word>d|qu|lorsqu|puisqu|quoiqu|jusqu)"
    r"(?P<end>e[ \u00a0]|['’])(?P<mark>\*{0,2})\Z",
    re.IGNORECASE,
)
_LONGEST_BEFORE = 12


def before_name(text: str, end: int) -> re.Match[str] | None:
    """The "de", "que", "d'"… right before ``end``: its ``word``, its ``end`` (the letter and space,
    or the apostrophe) and the ``mark`` of emphasis after it.
    """
    return _BEFORE.search(text, max(0, end - _LONGEST_BEFORE), end)


def elides(name: str) -> bool:
    """Whether French says "d'" and "qu'" before this name: a vowel, or a mute h."""
    word = fold(name).lstrip(" \"'«“(*_")
    first = word[:1]
    if first == "h":
        return word[1:2] in tuple("aeiouyœæ") and not _ASPIRATED & set(_WORD.findall(word)[:1])
    if first == "y":
        return word[1:2] not in tuple("aeiou")
    return first in tuple("aeiouœæ")
