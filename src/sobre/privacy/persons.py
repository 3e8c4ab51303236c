"""Persons in running text, chat, lists, forms and tables.

Three readers, most certain first: a form says whose name a field holds; a title says that a name
follows; the tagger judges the rest. What is found once is then looked for everywhere, for a bare
surname three lines below is the same person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sobre.privacy.inspect import ECHOES_FROM, Echoing, Hit
from sobre.privacy.lexicon import Lexicon, plain
from sobre.privacy.tagger import Read, Tagger

THRESHOLD = 0.4
"""Probability of being part of a name from which a word is masked. Chosen on development data:
below it what is harmless begins to be masked, above it names of chats are missed."""
SURE_OF_A_PLACE = 0.9
"""How sure the tagger must be that what is listed as a place is a person."""
LABELLED, TITLED, ECHOED = 0.9, 0.9, 0.8
"""Scores of what a form's label, a title, or the same name elsewhere decides."""

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_KEY = (
    r"(?:pr[ée]noms?|nom(?: de (?:famille|naissance|jeune fille)| d'usage| d'[ée]pouse"
    r"| marital| complet| patronymique| et pr[ée]noms?| pr[ée]noms?|/pr[ée]noms?)?"
    r"|pr[ée]noms? et nom|patronyme|last[ _-]?name|first[ _-]?name|given[ _-]?name|family[ _-]?name"
    r"|surname|full[ _-]?name|firstname|lastname|nom[_-](?:client|salarie|famille|usage|naissance"
    r"|prenom|complet)|prenom[_-]?\w{0,12})"
)
_FIELD = re.compile(
    rf"(?im)(?:^|(?<=[\s,;|{{(/\"'*-])){_KEY}(?:\(s\))?[\"'*]{{0,3}}[ \t]{{0,4}}[:=]"
    r"[ \t]{0,4}[\"'*]{0,3}[ \t]{0,2}"
    r"(?P<value>[^\W\d_][^\W\d_.'-]{0,30}(?:[ ,]{1,2}[^\W\d_][^\W\d_.'-]{0,30}){0,3})"
)
_COLUMN = re.compile(rf"(?i){_KEY}(?:\(s\))?|salari[ée]e?s?|name")
_TITLE = re.compile(
    r"(?<!\w)(?P<title>M\.|MM\.|Mmes?|Mlles?|Mrs?\.?|Ms\.?|Dr\.?|Pr\.?|Me|[Dd]octeure?|[Mm]a[îi]tre"
    r"|[Pp]rofesseure?|[Mm]adame|[Mm]onsieur|[Mm]ademoiselle|[Aa]djudante?|[Cc]apitaine|[Cc]olonel"
    r"|[Cc]ommandante?|[Ss]ergente?|[Ll]ieutenante?|[Bb]rigadi(?:er|ère)|[Gg]endarme)[ ]{1,3}"
    r"(?P<name>(?:[A-ZÀ-Þ]\.-?[ ]?){0,2}"
    r"(?:(?:de la|de La|de|du|des|dos|da|di|van der|van|von|el|ben)[ ]|d'(?=[A-ZÀ-Þ]))?"
    r"[A-ZÀ-Þ][\w'-]{1,40})(?!\w)"
)
_LOWER_TITLE = re.compile(r"(?<!\w)(?:mme|mlle|mr|dr|m\.) (?P<name>[a-zà-ÿ][a-zà-ÿ'-]{2,30})(?!\w)")
_SPEAKER = re.compile(
    r"(?m)^[ \t]{0,4}(?:\[?(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?[ T]{0,2}(?:-[ ])?)?"
    r"\d{1,2}[:h]\d{2}(?::\d{2})?\]?)[ ]{0,2}(?:-[ ])?"
    r"(?P<name>[^\W\d_][\w'.-]{1,24}(?: [^\W\d_][\w'.-]{0,24}){0,2})[ ]?:(?!\w)"
)
"""Who speaks in a chat's transcript: ``[10:32] Name : …``, ``12/03/2025, 10:14 - Name: …``."""
_WOMAN = frozenset(
    "mme mmes mlle madame mademoiselle mrs ms miss docteure professeure veuve".split()
)
_MAN = frozenset("m mm mr monsieur messieurs sir".split())
_BEFORE = re.compile(
    r"(?i)(?<!\w)(m\.|mm\.|mr\.?|mmes?|mlle|madame|mademoiselle|monsieur|mrs\.?|ms\.?)\s{1,3}$"
)
_THING = re.compile(
    r"(?i)(?<!\w)(?:lyc[ée]es?|coll[èe]ges?|[ée]coles?|groupe scolaire|universit[ée]|facult[ée]"
    r"|h[ôo]pital|clinique|chu|centre hospitalier|gymnase|stade|th[ée][âa]tre|mus[ée]e|piscine"
    r"|m[ée]diath[èe]que|biblioth[èe]que|cr[èe]che|ehpad|salle|amphith[ée][âa]tre|rue|avenue"
    r"|boulevard|place|square|quai|pont|gare|station|a[ée]roport|lois?|amendement|th[ée]or[èe]me"
    r"|m[ée]thode|syndrome|maladie|prix|effet|principe|algorithme|score|[ée]chelle|classification"
    r"|moteur|constante|[ée]quation|fondation|garage|boulangerie|boucherie|menuiserie|transports"
    r"|[ée]tablissements|ets|imprimerie|pharmacie|cabinet|brasserie|domaine|ch[âa]teau|h[ôo]tel"
    r"|restaurant|champagne|maison|groupe|soci[ée]t[ée]|entreprise)[ ]{1,2}(?:de |du |d'|des )?$"
)
"""What is called after somebody: a school, a street, a law, a firm."""
WINDOW = 20_000
"""Characters of a text held in words at a time."""
_SHORTEST_ECHO = 3
_NO_NAME = frozenset(
    "inconnu inconnue neant vide nc na non oui null none true false string text test todo nom"
    " prenom name".split()
)


def _windows(text: str) -> list[tuple[int, int]]:
    """Stretches of a long text, cut between lines or words, that are read one after another."""
    windows: list[tuple[int, int]] = []
    begin = 0
    while len(text) - begin > WINDOW:
        end = begin + WINDOW
        cut = max(text.rfind("\n", end - WINDOW // 8, end), text.rfind(" ", end - 200, end)) + 1
        windows.append((begin, cut or end))
        begin = cut or end
    windows.append((begin, len(text)))
    return windows


@dataclass(frozen=True, slots=True)
class Persons(Echoing):
    """The detector, over one lexicon and one tagger. A call reads one folded text."""

    lexicon: Lexicon
    tagger: Tagger
    threshold: float = field(default=THRESHOLD)

    def __call__(self, text: str) -> list[Hit]:
        hits = [*self._fields(text), *self._columns(text), *self._titles(text)]
        hits += self._speakers(text)
        windows = _windows(text)
        read = None
        for begin, end in windows:
            read = self.tagger.reader.read(text[begin:end])
            hits += (
                self._hit(text, begin + start, begin + stop, f"tagger {score:.2f}", score)
                for start, stop, score in self.tagger.names(read, self.threshold)
                if not _THING.search(text, max(0, begin + start - 32), begin + start)
                and (
                    score >= SURE_OF_A_PLACE
                    or not self._is_place(text, begin + start, begin + stop)
                )
            )
        if not hits:
            return hits
        known = self.parts({text[h.start : h.end] for h in hits if h.score >= ECHOES_FROM})
        if read is None or len(windows) > 1:
            return [*hits, *self.echoes(text, known)]
        named = bytearray(len(text))
        for hit in hits:
            named[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
        return [*hits, *self._echoes(text, 0, read, known, named)]

    def _is_place(self, text: str, start: int, end: int) -> bool:
        """Whether it is one word that the lists know as a place or brand, hardly as a person."""
        listed = self.lexicon.look(text[start:end])
        return listed.proper == 1 and listed.first < 2

    def parts(self, names: Iterable[str]) -> frozenset[str]:
        """The words by which persons found once are known again."""
        known: set[str] = set()
        for name in names:
            for word in _WORD.findall(name):
                listed = self.lexicon.look(word)
                if len(word) >= _SHORTEST_ECHO and not listed.common:
                    known.add(plain(word))
        return frozenset(known)

    def echoes(self, text: str, known: frozenset[str]) -> Iterator[Hit]:
        """Where words of names known from another text stand, in any case."""
        if known:
            for begin, end in _windows(text):
                yield from self._echoes(
                    text, begin, self.tagger.reader.read(text[begin:end]), known
                )

    def _echoes(
        self,
        text: str,
        begin: int,
        read: Read,
        known: frozenset[str],
        named: bytes | bytearray = b"",
    ) -> Iterator[Hit]:
        for word, start, seen in zip(*read, strict=True):
            if seen.word in known and not (named and named[start]):
                at = begin + start
                yield self._hit(text, at, at + len(word), "named elsewhere", ECHOED)

    def _hit(self, text: str, start: int, end: int, evidence: str, score: float) -> Hit:
        gender = self._gender(text, start, end)
        return Hit(start, end, "person", "personal", evidence, round(score, 2), gender)

    def _gender(self, text: str, start: int, end: int) -> str:
        if title := _BEFORE.search(text, max(0, start - 16), start):
            said = title[1].lower().rstrip(".")
            return "f" if said in _WOMAN else "m" if said in _MAN else ""
        for word in _WORD.findall(text[start:end]):
            listed = self.lexicon.look(word)
            if listed.first:
                return listed.gender
        return ""

    def _fields(self, text: str) -> Iterator[Hit]:
        """``Nom : X``, ``"prenom": "Y"``."""
        if ":" not in text and "=" not in text:
            return
        for match in _FIELD.finditer(text):
            if self._is_name(match["value"]):
                yield self._hit(text, *match.span("value"), "label before it", LABELLED)

    def _is_name(self, value: str) -> bool:
        words = [plain(word) for word in _WORD.findall(value)]
        return bool(words) and not any(w in _NO_NAME or _KEYWORDS.fullmatch(w) for w in words)

    def _columns(self, text: str) -> Iterator[Hit]:
        """Cells below a header that says so: CSV, tabs, Markdown."""
        if "\n" not in text:
            return
        columns: frozenset[int] = frozenset()
        mark, at = "", 0
        for line in text.split("\n"):
            start, at = at, at + len(line) + 1
            if not mark or line.count(mark) == 0:
                mark = next((m for m in ";\t|," if m in line), "")
                columns = (
                    self._name_columns(line.split(mark))
                    if mark and len(line) < 2000
                    else frozenset()
                )
                if not columns:
                    mark = ""
                continue
            place = start
            for number, cell in enumerate(line.split(mark)):
                bare = cell.strip(" \"'*")
                if number in columns and bare and bare[0].isalpha() and self._is_name(bare):
                    first = place + cell.index(bare)
                    yield self._hit(text, first, first + len(bare), "column of names", LABELLED)
                place += len(cell) + 1

    def _name_columns(self, cells: list[str]) -> frozenset[int]:
        named = [
            number for number, cell in enumerate(cells) if _COLUMN.fullmatch(cell.strip(" \"'*"))
        ]
        return frozenset(named) if len(cells) > 1 and max(map(len, cells)) < 40 else frozenset()

    def _titles(self, text: str) -> Iterator[Hit]:
        for match in _TITLE.finditer(text):
            last = match["name"].split()[-1]
            if self.lexicon.look(last).common != 2:
                yield self._hit(text, *match.span("name"), "title before it", TITLED)
        for match in _LOWER_TITLE.finditer(text):
            if self.lexicon.look(match["name"]).common != 2:
                yield self._hit(text, *match.span("name"), "title before it", TITLED)

    def _speakers(self, text: str) -> Iterator[Hit]:
        if ":" in text:
            for match in _SPEAKER.finditer(text):
                words = map(self.lexicon.look, _WORD.findall(match["name"]))
                if any(w.first > 1 or ((w.first or w.last) and not w.common) for w in words):
                    yield self._hit(text, *match.span("name"), "speaks in a chat", LABELLED)


_KEYWORDS = re.compile(
    r"date|adresse|address|email|mail|courriel|tel|telephone|phone|age|sexe|ville|code|numero"
    r"|prenoms?|noms?|naissance|nationalite|fonction|service|poste|titre|statut|type"
)
