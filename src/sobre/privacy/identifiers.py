"""Numbers that name a person, a firm, a vehicle or a device: found by form, check digit and words.

One scan gathers the runs of digits, one more the tokens of letters and digits; each is then read by
its length and grouping. Rules go from sure to likely: a check digit, then a form that nothing else
has, then a word near it that says what the number is (``identifier_words``). A word for another
sort of number just before (lot, version, order…) stops all but the surest. A number whose check
digit is wrong is left alone, unless its label names it: typing errors are personal data too.
"""

from __future__ import annotations

import ipaddress
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from string import ascii_letters
from typing import NamedTuple

from sobre.privacy import checks
from sobre.privacy.identifier_words import NOT, WORD, WORDS, labels, names
from sobre.privacy.inspect import Hit, exclusive

PERSONAL = "personal"
CONTEXT = 60
"""Characters before a number in which a word may say what it is."""
EXPLICIT = 25
"""Characters within which a label names the number itself, even with a wrong check digit."""

CHECKED, FORM, LABELLED, MISTYPED = 1.0, 0.95, 0.9, 0.8
"""Scores: a check digit held; a form nothing else has; a word said so; label, wrong check digit."""


def find_identifiers(text: str) -> list[Hit]:
    """Every structured identifier in a folded text, in order, none overlapping another."""
    hits: list[Hit] = []
    hits += _emails(text)
    if "<<" in text:
        hits += _machine_readable(text)
    zones = _zones(text)
    if not zones:
        return exclusive(hits, text)
    page = _Page(text)
    for zone in zones:
        if zone.dotted or zone.beside or zone.longest >= 17 or ":" in text:
            hits += _addresses(page, zone)
        hits += _mixed(page, zone)
    if page.barred:
        page.free = _blank(text, page.barred)
    for zone in zones:
        if zone.corsican or zone.longest >= 10 or zone.fives > 1:
            hits += _accounts(page, zone)
        if zone.longest >= 25:
            hits += _boxes(page, zone)
    if hits:
        page.free = _blank(page.free, [hit[:2] for hit in hits])
    for zone in zones:
        hits += _numbers(page, zone)
    return exclusive(hits, text)


MARGIN = 24
"""Letters of an identifier before its first digit or after its last."""
SHORT = 400
"""Characters of a text that is one zone."""
_ZONE = re.compile(r"[0-9]++(?:[^0-9]{1,160}+[0-9]++)*+")
_WORTH = re.compile(r"[0-9](?:[0-9]|(?=[A-Za-z:.])|(?<=[A-Za-z][0-9])|[ -][0-9A-Z])")
"""A digit with another or a letter beside it; a lone one is no identifier's."""


class _Zone(NamedTuple):
    """A stretch of text with digits, and what stands beside them."""

    start: int
    end: int
    prefixed: Sequence[int]
    """Where digits begin after letters, or after letters and one sign."""
    beside: Sequence[tuple[int, int]]
    """Runs with a letter right before or after them, to the end of that word."""
    spaced: Sequence[tuple[int, int]]
    """Runs with a space or dash and a few letters after them."""
    corsican: bool
    dotted: bool
    longest: int
    """Characters of the longest run of digits and separators."""
    fives: int
    """How many runs have five characters."""
    runs: Sequence[tuple[int, int]] | None
    """The runs of four characters or more, for a short text."""


def _zones(text: str) -> list[_Zone]:
    """Where digits stand near each other: the only places worth a closer look."""
    if len(text) <= SHORT:
        digit = _WORTH.search(text)
        return [_survey(text, max(0, digit.start() - MARGIN), len(text), [])] if digit else []
    return [
        _survey(text, max(0, match.start() - MARGIN), min(match.end() + MARGIN, len(text)))
        for match in _ZONE.finditer(text)
        if _WORTH.search(text, match.start(), match.end() + 2)
    ]


_ASCII_LETTERS = frozenset(ascii_letters)
_SPACED_AFTER = re.compile(r"[ \-][A-Za-z]{1,3}(?:[ \-./][0-9]|(?![A-Za-zÀ-ÿ]))")


def _survey(text: str, first: int, last: int, runs: list[tuple[int, int]] | None = None) -> _Zone:
    prefixed: list[int] = []
    beside: list[tuple[int, int]] = []
    spaced: list[tuple[int, int]] = []
    corsican = dotted = False
    longest = fives = inside = 0
    for match in _RUN.finditer(text, first, last):
        span = start, end = match.span()
        size = end - start
        longest = max(longest, size)
        if size >= 4:
            if runs is not None:
                runs.append(span)
            if size == 5:
                fives += 1
            elif size >= 7 and not dotted:
                dotted = text.count(".", start, end) >= 3
        after = text[end : end + 1]
        if start >= inside:
            before = text[start - 1 : start]
            if after in _ASCII_LETTERS:
                word = _ALPHANUMERIC.match(text, end)
                inside = word.end() if word else end
                beside.append((start, inside))
            elif before in _ASCII_LETTERS:
                beside.append(span)
            if before in _ASCII_LETTERS or (
                before in _SIGNS and text[start - 2 : start - 1] in _ASCII_LETTERS
            ):
                prefixed.append(start)
        if after in _SIGNS and _SPACED_AFTER.match(text, end):
            spaced.append(span)
            corsican = corsican or (text[end + 1] in "AaBb" and text[end - 1] == "2")
        elif after in _AB:
            corsican = corsican or text[end - 1] == "2"
    return _Zone(first, last, prefixed, beside, spaced, corsican, dotted, longest, fives, runs)


_AB = frozenset("ABab")
_ALPHANUMERIC = re.compile("[A-Za-z0-9]*")
_SIGNS = frozenset(" .:-")


def _hit(start: int, end: int, kind: str, evidence: str, score: float = CHECKED) -> Hit:
    return Hit(start, end, kind, PERSONAL, evidence, score)


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with what was found struck out, so that no second rule reads a part of it."""
    pieces: list[str] = []
    done = 0
    for first, end in sorted(spans):
        if end > done:
            start = max(first, done)
            pieces += (text[done:start], "\0" * (end - start))
            done = end
    pieces.append(text[done:])
    return "".join(pieces)


# --- What stands around a number ----------------------------------------------------------------


class _Said(NamedTuple):
    """What the words around a number say."""

    kinds: tuple[str, ...] = ()
    """Kinds named near it, nearest first."""
    near: tuple[str, ...] = ()
    """Those of the label that names the number itself."""
    denied: bool = False
    """Just before it stands the word for another sort of number."""
    reference: bool = False
    """The same, with a word between that does not name a phone: no bare number is one."""


_SENTENCE = re.compile(r"[.!?\n](?:(?<!\n)\s+(?=[A-ZÀ-Þ][a-zà-ÿ]+ )|(?<=\n)\s*\n)")
_LOOSE = re.compile(r"[,;()\[\]\n|{}]|(?:^|\s)[A-ZÀ-Þ][a-zà-ÿ]")
"""What stands between a word and a number that it does not speak of: punctuation, a name."""
_AFTER_PHONE = re.compile(
    r"[ \t]?[-(,:/]?[ \t]?(?:\(|en )?(?:t[ée]l|portable|mobile|fax|bureau|domicile|fixe|perso|pro"
    r"|office|home|cell|work|gsm|whatsapp)\b",
    re.IGNORECASE,
)
_AFTER_FIRM = re.compile(
    r"[ \t]?[-(),]{0,2}[ \t]?(?:(?:immatricul[ée]e? )?(?:au |du )?R\.?C\.?S\b|RNE\b|SIREN\b)"
)
_BETWEEN = " \t-(),:/"
_AFTER_STARTS = frozenset("tTpPmMfFbBdDoOhHcCwWgGeErRsSiIaA")
_FIRM = re.compile(
    r"\b(?:SARL|SASU?|SA|SCI|SNC|SCP|SELA?RL|SCOP|EURL|EI|GIE|GAEC|GmbH|AG|BV|SRL|Ltd|LLC|PLC|Inc"
    r"|[EÉ]ts|S\.A\.(?:R\.L|S)?|S\.C\.[IP]|S\.N\.C|E\.U\.R\.L)\b"
    r"|(?i:\b(?:soci[ée]t[ée]s?|entreprises?|compagnies?|cabinets?|groupe|filiales?|holding"
    r"|associations?|si[èe]ge|g[ée]rant|dirigeant|rcs|r\.c\.s|k-?bis|greffe|registre|immatricul"
    r"|fournisseurs?|prestataires?|sous-traitant|raison sociale|d[ée]nomination|enseigne"
    r"|(?:auto|micro)-?entrepreneur|artisan|company|firm|supplier|registered))"
)
_VEHICLE = re.compile(
    r"(?i)\b(?:voitures?|v[ée]hicules?|automobiles?|immatricul\w{1,8}|immat|plaques?|camions?"
    r"|camionnettes?|utilitaires?|parkings?|pv|proc[èe]s-verbal|amendes?|contraventions?|flash[ée]e?s?"
    r"|radar|stationn\w{2,8}|gar[ée]e?s? (?:devant|au|sur|dans|en)|fourri[èe]re|cartes? grises?"
    r"|certificat d'immatriculation|ch[âa]ssis|vin|berline|citadine|suv|scooters?|motos?|remorques?"
    r"|tracteurs?|fourgon(?:nette)?s?|autocars?|poids[ -]lourds?|chauffeurs?|conduct(?:eur|rice)s?"
    r"|garages?|garagiste|carrosserie|contr[ôo]le technique|vidange|kilom[ée]trage|autoroute"
    r"|p[ée]age|flotte|clio|m[ée]gane|twingo|kangoo|zo[ée]|captur|sc[ée]nic|duster|sandero|peugeot|renault"
    r"|citro[ëe]n|dacia|toyota|yaris|volkswagen|vw|golf|polo|bmw|audi|mercedes|ford|fiesta|fiat|opel"
    r"|tesla|nissan|hyundai|kia|skoda|seat|volvo|scania|iveco|berlingo|partner|jumper|boxer|ducato"
    r"|vehicles?|cars?|vans?|trucks?|lorry|lorries|number plates?|licen[cs]e plates?|parked"
    r"|speeding)"
    r"\b"
)
_UNIT = re.compile(
    r" ?(?:[€$£%°]|k€|M€|eur(?:os?)?\b|[kcm]?m[²³2]?\b|kg\b|[kmg]o\b|ans\b|pages?\b|HT\b|TTC\b"
    r"|exemplaires\b|pi[èe]ces\b|unit[ée]s\b|personnes\b)",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"n'est (?:pas|plus)|n'[ée]tait pas|\bpas (?:un|le|une|la|de)\b|is not|isn't|fictif|fictive"
    r"|\bfaux\b|\bfausse\b|bidon|invalide|erron[ée]|d'exemple|\bfake\b|\binvalid\b",
    re.IGNORECASE,
)


_SILENT = _Said()
_PATIENT = _Said(("patient_id",), ("patient_id",))
_MEDICAL = re.compile(
    r"(?i)\b(?:patiente?s?|h[ôo]pital|CHU|CHR|clinique|IPP|m[ée]decins?|consultation|hospitalis)"
)
_MEDICAL_SIGNS = ("patient", "pital", "chu", "chr", "cliniq", "ipp", "decin", "consult", "hospit")
_MEDICAL_FILE = re.compile(
    r"(?i)\b(?:id|ip|identification|dossier|sous le num[ée]ro)(?: est| du patient)?"
    r"(?:\s?n°)?\s?:?\s?$"
)


class _Page:
    """A text with what is asked of it more than once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.free = text
        """The same, what was found struck out."""
        self.barred: list[tuple[int, int]] = []
        """Spans that are no identifier and in which none is to be looked for."""
        self._said: dict[int, _Said] = {}
        self._found_vehicle: bool | None = None
        self._found_medical: bool | None = None
        self._found_tables: Sequence[_Table] | None = None

    def said(self, start: int, end: int) -> _Said:
        found = self._said.get(start)
        if found is None:
            if len(self._said) >= REMEMBERED:
                self._said.clear()
            found = self._said[start] = self._read(start, end)
        return found

    def near_vehicle(self, start: int, end: int) -> bool:
        """Whether the text speaks of a vehicle around, also at some distance."""
        first, last = max(0, start - 150), end + 80
        whole = first == 0 and last >= len(self.text)
        return self._vehicle and (whole or bool(_VEHICLE.search(self.text[first:last])))

    @property
    def _vehicle(self) -> bool:
        if self._found_vehicle is None:
            self._found_vehicle = _VEHICLE.search(self.text) is not None
        return self._found_vehicle

    def near_firm(self, start: int, end: int) -> bool:
        """Whether a legal form or a word for a firm stands around."""
        text = self.text
        return bool(
            _FIRM.search(text[max(0, start - 100) : start]) or _FIRM.search(text[end : end + 50])
        )

    def denied(self, start: int, end: int) -> bool:
        """Whether the text itself says that this is no such number."""
        around = self.text[max(0, start - CONTEXT) : end + 45]
        return _DENIAL.search(around) is not None

    def _read(self, start: int, end: int) -> _Said:
        window = self.text[max(0, start - CONTEXT) : start]
        cut = 0
        if len(window) > EXPLICIT:
            for sentence in _SENTENCE.finditer(window, 0, len(window) - EXPLICIT):
                cut = sentence.end()
            window = window[cut:]
        if "R.C.S" in window:
            window = window.replace("R.C.S", "RCS  ")
        kinds: list[str] = []
        near: tuple[str, ...] = ()
        reference = False
        for number, label in enumerate(labels(window)):
            if label.kinds[0] != NOT:
                kinds += label.kinds
                if not near and label.gap <= EXPLICIT and label.words <= 3 and number < 2:
                    near = label.kinds
            elif label.words <= 3 and not _LOOSE.search(label.between):
                if not kinds:
                    denied = not (self._medical and self._is_patient(window, end))
                    return _Said(denied=True) if denied else _PATIENT
                reference = not any(kind.startswith("phone") for kind in kinds)
        weak = not kinds or kinds == ["siren?"]
        if weak and self._medical and self._is_patient(window, end):
            return _PATIENT
        if not near and (header := self._header(start)):
            kinds = [*header, *kinds]
            near = header
        if self.text[end : end + 7].lstrip(_BETWEEN)[:1] in _AFTER_STARTS:
            if _AFTER_PHONE.match(self.text, end):
                kinds.insert(0, "phone")
            elif _AFTER_FIRM.match(self.text, end):
                kinds.insert(0, "siren")
        if not kinds:
            return _SILENT
        return _Said(tuple(kinds), near, reference=reference)

    @property
    def _medical(self) -> bool:
        if self._found_medical is None:
            lower = self.text.lower()
            signs = any(sign in lower for sign in _MEDICAL_SIGNS)
            self._found_medical = signs and _MEDICAL.search(self.text) is not None
        return self._found_medical

    def _is_patient(self, window: str, end: int) -> bool:
        """In a medical text, the bare number of a file, or one alone in a cell of a line."""
        if window.endswith(("| ", "|")):
            return self.text[end : end + 2].strip() in ("", "|", ".")
        return _MEDICAL_FILE.search(window) is not None

    def _header(self, start: int) -> tuple[str, ...]:
        """What the head of the column says, where the text holds a table."""
        tables = self.tables
        if not tables:
            return ()
        index = bisect_right(tables, start, key=lambda t: t.start) - 1
        if index < 0 or start >= tables[index].end:
            return ()
        table = tables[index]
        line = self.text.rfind("\n", max(0, start - LONGEST_ROW), start) + 1
        if not line:
            return ()
        column = self.text.count(table.delimiter, line, start)
        return table.columns[column] if column < len(table.columns) else ()

    @property
    def tables(self) -> Sequence[_Table]:
        if self._found_tables is None:
            self._found_tables = list(_read_tables(self.text)) if "\n" in self.text else ()
        return self._found_tables


class _Table(NamedTuple):
    start: int
    end: int
    delimiter: str
    columns: Sequence[tuple[str, ...]]


REMEMBERED = 256
"""Places whose words are kept: they are asked again only by the rules right after."""
LONGEST_ROW = 2000
"""Characters into a table's row where its head is still asked."""
LONGEST_HEADER = 1000
"""Characters of a line that may still be a table's header."""


def _read_tables(text: str) -> Iterator[_Table]:
    """Blocks of lines cut by one delimiter, whose first line names at least one column."""
    lines = text.splitlines(keepends=True)
    place, table = 0, None
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        end = place + len(line)
        if table is not None and line.count(table.delimiter) >= len(table.columns) - 1:
            table = table._replace(end=end)
        else:
            if table is not None:
                yield table
            table = _header_of(line, following, end)
        place = end
    if table is not None:
        yield table


def _header_of(line: str, following: str, end: int) -> _Table | None:
    if len(line) > LONGEST_HEADER:
        return None
    for delimiter in ("|", "\t", ";", ","):
        cells = line.count(delimiter)
        if cells and following.count(delimiter) >= cells:
            if (delimiter == "," and ", " in line) or _LONG_NUMBER.search(line):
                return None
            columns = [names(cell) for cell in line.split(delimiter)]
            return _Table(end, end, delimiter, columns) if any(columns) else None
    return None


_LONG_NUMBER = re.compile(r"\d{5}")


# --- Electronic mail ----------------------------------------------------------------------------

_LOCAL = re.compile(r"[\w.%+\-]{1,64}")
_DOMAIN = re.compile(
    r"(?:[^\W_](?:[\w\-]{0,61}[^\W_])?\.){1,8}"
    r"(?:xn--[a-z0-9\-]{2,40}|[a-zà-ÿ]{2,24}(?![a-zà-ÿ0-9])|[A-Z]{2,24}(?![A-Za-z0-9])"
    r"|[A-Za-z]{2,24}(?![A-Za-z0-9]))"
)
_DOT = r" ?(?:\.|[(\[]\s?(?:dot|point|\.)\s?[)\]]| dot | point ) ?"
_SPELT = re.compile(
    r"(?<![\w.%+\-])[\w%+\-]{1,64}(?:" + _DOT + r"[\w%+\-]{1,40}){0,3}"
    r" ?(?:@|[(\[{<] ?(?:at|a|arobase?|@|chez) ?[)\]}>]| arobase? ) ?"
    r"[\w\-]{1,63}(?:" + _DOT + r"[\w\-]{1,63}){0,3}" + _DOT + r"[A-Za-z]{2,24}(?!\w)",
    re.IGNORECASE,
)
_SPELT_AT_DOT = re.compile(
    r"(?i)(?<![\w.%+\-])[\w%+\-]{1,64}(?:(?:\.| dot )[\w%+\-]{1,40}){0,3} at "
    r"[\w\-]{1,63}(?:(?:\.| dot )[\w\-]{1,63}){0,3} dot [A-Za-z]{2,24}(?!\w)"
)


def _may_be_spelt(text: str) -> bool:
    bracketed = "(" in text or "[" in text or "{" in text or "<" in text
    return "arobas" in text or "AROBAS" in text or (bracketed and bool(_AT.search(text)))


_AT = re.compile(r"[(\[{<] ?(?i:a|at|arob\w{0,3}|chez) ?[)\]}>]")


def _emails(text: str) -> Iterator[Hit]:
    spelt = False
    at = text.find("@")
    while at >= 0:
        local = _LOCAL.match(text[max(0, at - 64) : at][::-1])
        domain = _DOMAIN.match(text, at + 1)
        if local is not None and domain is not None:
            size = len(local[0].rstrip(".-"))
            if text[at - size - 2 : at - size] in ("o'", "O'"):
                size += 2
            if size and not (local[0] == "tig" and text[domain.end() : domain.end() + 1] == ":"):
                yield _hit(at - size, domain.end(), "email", "form", FORM)
        elif text[at + 1 : at + 2] == " " or text[at - 1 : at] in " ([":
            spelt = True
        at = text.find("@", at + 1)
    if spelt or _may_be_spelt(text):
        for match in _SPELT.finditer(text):
            yield _hit(*match.span(), "email", "form, spelt out", FORM)
    if " dot " in text or " DOT " in text:
        for match in _SPELT_AT_DOT.finditer(text):
            yield _hit(*match.span(), "email", "form, spelt out", FORM)


# --- Network addresses --------------------------------------------------------------------------

_IPV4 = re.compile(
    r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?!\w|\.\d)"
)
_NOBODY = re.compile(r"0\.|127\.|255\.255\.|2(?:2[4-9]|3\d)\.")
"""This host, any host, netmasks and multicast: addresses of nobody."""
_IP_WORD = re.compile(
    r"(?i)\b(?:ips?|ipv4|adresses?|serveurs?|server|host|h[ôo]te|connexions?|depuis|from|ping|ssh"
    r"|client|routeur|passerelle|gateway|dns|pare-feu|firewall|port|poste|remote|login|x-forwarded)"
    r"\b"
)
_VERSION_WORD = re.compile(
    r"(?i)\b(?:versions?|v|vers|releases?|rev|r[ée]vision|firmware|micrologiciel|build|pilotes?"
    r"|drivers?|patch|correctif|mise à jour|logiciel|paquet|package|module|update|upgrade|sections?"
    r"|chapitres?|articles?|annexes?|points?|paragraphes?|clauses?|alin[ée]as?|rubriques?|oid)\b|§"
)
_VERSION_NOW = re.compile(
    r"(?i)(?:\b(?:versions?|v|vers\.?|releases?|rev|r[ée]vision|firmware|build|sections?|chapitres?"
    r"|articles?|annexes?|clauses?|paragraphes?|oid|isbn|point|rg|r\.g|r[ôo]le|r[ée]pertoire"
    r"|r[ée]f(?:[ée]rence)?|dossier|affaire|cote|lot|code|nomenclature|commande|compte|plan|pi[èe]ce"
    r"|mod[èe]le|s[ée]rie)\.?|§|==|>=|~=)\s*(?:n°\s*)?:?\s*$"
)
_PRODUCT = re.compile(r"[A-Za-z]/v?$")
"""A product's name, as in ``nginx/1.25.3.1``."""
_HEX = "[0-9A-Fa-f]"
_IPV6 = re.compile(
    rf"(?<![\w:.])(?:{_HEX}{{1,4}}(?=:)|(?=::{_HEX}))(?::{{1,2}}{_HEX}{{1,4}}){{1,7}}(?:::)?"
    r"(?![\w:])"
)
_MAC = re.compile(
    rf"(?<![\w:.\-]){_HEX}{{2}}([:\-]){_HEX}{{2}}(?:\1{_HEX}{{2}}){{4}}(?![\w:\-])"
    rf"|(?<![\w.]){_HEX}{{4}}\.{_HEX}{{4}}\.{_HEX}{{4}}(?![\w.])"
)


_HAS_COLONS = re.compile(rf":{_HEX}{{0,4}}:")
_PAIRS_COLON = re.compile(rf":{_HEX}{{2}}:{_HEX}{{2}}:")
_PAIRS_DASH = re.compile(rf"-{_HEX}{{2}}-{_HEX}{{2}}-")
_PAIRS_DOT = re.compile(rf"\.{_HEX}{{4}}\.{_HEX}{{4}}")


def _addresses(page: _Page, zone: _Zone) -> Iterator[Hit]:
    text, first, last = page.text, zone.start, zone.end
    if zone.dotted:
        for match in _IPV4.finditer(text, first, last):
            if not _is_version(text, match):
                yield _hit(*match.span(), "ip_address", "form, each byte below 256", FORM)
    if _HAS_COLONS.search(text, first, last):
        for match in _IPV6.finditer(text, first, last):
            if _is_ipv6(match[0]):
                yield _hit(*match.span(), "ip_address", "form of IPv6", FORM)
    if (
        _PAIRS_COLON.search(text, first, last)
        or _PAIRS_DASH.search(text, first, last)
        or _PAIRS_DOT.search(text, first, last)
    ):
        for match in _MAC.finditer(text, first, last):
            digits = re.sub(r"[:.\-]", "", match[0]).upper()
            doubtful = digits.isdigit() and match[1] != ":"
            if len(set(digits)) > 1 and not (
                doubtful and "mac" not in page.said(*match.span()).kinds
            ):
                yield _hit(*match.span(), "mac", "form", FORM)


def _is_version(text: str, match: re.Match[str]) -> bool:
    """Whether four numbers with dots are rather a version, a section or nobody's address."""
    start, end = match.span()
    if _NOBODY.match(match[0]) or (match[0].endswith(".0") and text[end : end + 1] == "/"):
        return True
    before = text[max(0, start - CONTEXT) : start]
    if _VERSION_NOW.search(before[-16:]) or _PRODUCT.search(before[-3:]):
        return True
    parts = [int(part) for part in match[0].split(".")]
    if (parts[0] >= 32 and parts[3]) or _IP_WORD.search(before):
        return False
    if not parts[3] or _VERSION_WORD.search(f"{before[-40:]} {text[end : end + 30]}"):
        return True
    first = start == 0 or text[start - 1] == "\n"
    return first and max(parts) < 50 and text[end : end + 1] in (" ", ".", "\t")


def _is_ipv6(written: str) -> bool:
    groups = [group for group in written.split(":") if group]
    if len(groups) < 3 or not any(c.isdigit() for c in written):
        return False
    try:
        address = ipaddress.IPv6Address(written)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)


# --- Letters and digits -------------------------------------------------------------------------

_GLUED = r"(?:(?<![^\W_])|(?<=IBAN)|(?<=[TV][VA][AT])|(?<=[a-zà-ÿ])(?=[A-Z]{2}))"
_PREFIXES = (
    re.compile(_GLUED + r"(?:CHE|[A-Za-z]{2})[ .:\-]?$"),
    re.compile(r"(?<![^\W_])[A-Za-z]{2}[ .:\-]?[A-Za-z]{1,2}$"),
)
_SEPARATORS = re.compile(r"[ .\-/]")


def _spaced(kinds: str, gap: str) -> str:
    """The pattern of a value whose characters may stand apart."""
    classes = {"#": "[0-9]", "@": "[A-Za-z]", "*": "[0-9A-Za-z]"}
    return gap.join(classes.get(c, c) for c in kinds)


_IBAN_BODY = {
    country: re.compile(rf"[ .\-]?{_spaced('##' + '*' * (length - 4), '[ .-]?')}(?![0-9])")
    for country, length in checks.IBAN_LENGTHS.items()
}
_VAT_BODY = {
    prefix: re.compile(
        r"[ .:\-]?(?:"
        + "|".join(_spaced(form, "[ .-]?") for form in forms)
        + r")(?!(?-i:[0-9A-Z]))(?![.,]\d)",
        re.IGNORECASE,
    )
    for prefix, (forms, _) in checks.VAT.items()
}
_SIV_LETTERS = "[A-HJ-NP-TV-Z]"
_SIV = re.compile(
    rf"({_SIV_LETTERS}{{2}})([ \-.]?)(\d{{3}})\2({_SIV_LETTERS}{{2}})(?![^\W_])(?!-\w)",
    re.IGNORECASE,
)
_NO_PLATE = frozenset(
    re.findall(
        "..",
        "DELELAENETCESENEMMCMKMKGMGMLCLGBMBKBTBCVKWHTTCMATASAESPMAMNFDBHZNC",
    )
)
"""Pairs of letters that are words or units more often than ends of a spaced plate."""


def _mixed(page: _Page, zone: _Zone) -> Iterator[Hit]:
    text, last = page.text, zone.end
    for place in zone.prefixed:
        for start in _prefix_starts(text, place):
            yield from _prefixed(page, start, place)
    done = 0
    for start, end in zone.beside:
        single = text[start:end].isalnum()
        if not text[end : end + 1].isalnum() and (not single or text[end - 6 : end].isalnum()):
            for token in _TOKEN.finditer(text, max(done, start - 15), end):
                yield from _token(page, token.start(), token.end(), token[0])
            done = end
    if zone.beside and _SPACED_VIN_SIGN.search(text, zone.start, last):
        for match in _SPACED_VIN.finditer(text, zone.start, last):
            yield from _vin(page, *match.span(), re.sub("[ -]", "", match[0]), apart=True)
    for start, end in zone.spaced:
        first = max(start, end - 14)
        for match in _SPACED_TOKEN.finditer(text, first, min(end + 24, last)):
            yield from _token(page, match.start(), match.end(), match[0].replace(" ", ""))
        if (plate := _FNI.search(text, first, min(end + 24, last))) is not None:
            yield from _fni(page, plate)


def _prefix_starts(text: str, place: int) -> Iterator[int]:
    """Where the two letters of a country or plate begin, of digits that begin at ``place``."""
    if text[place - 1] in _SIGNS and text[place - 4 : place - 1].upper() != "CHE":
        start = place - 3
        free = not start or not text[start - 1].isalnum() or text[start - 4 : start] == "IBAN"
        if start >= 0 and text[start] in _ASCII_LETTERS and free:
            yield start
        return
    window = text[max(0, place - 8) : place]
    for prefix in _PREFIXES:
        if (before := prefix.search(window)) is not None:
            yield place - len(window) + before.start()


def _prefixed(page: _Page, start: int, place: int) -> Iterator[Hit]:
    """What begins with two letters: a bank account, a VAT number, a plate, a British number.

    Its digits begin at ``place``.
    """
    text = page.text
    if text[start : start + 2].upper() in _COUNTRIES:
        yield from _ibans_and_vat(page, start)
    sign = text[place + 2 : place + 3]
    if sign == " " and (nino := _SPACED_NINO.match(text, start)) is not None:
        yield from _token(page, start, nino.end(), nino[0].replace(" ", ""))
    elif sign.isdigit() and (plate := _SIV.match(text, start)) is not None:
        yield from _plate(page, plate)


_COUNTRIES = frozenset(checks.IBAN_LENGTHS) | {prefix[:2] for prefix in checks.VAT} | {"GR"}


def _accounts(page: _Page, zone: _Zone) -> Iterator[Hit]:
    """Numbers of mostly digits that letters may stand in: Corsican NIR, RIB."""
    text, first, last = page.free, zone.start, zone.end
    if zone.corsican:
        for match in _CORSICA.finditer(text, first, last):
            compact = re.sub(r"[ .\-/]", "", match[0]).upper()
            if len(compact) == 15 and checks.nir_key_holds(compact):
                yield _hit(*match.span(), "nir", "check digits mod 97")
            elif checks.nir_form_holds(compact[:13]) and "nir" in page.said(*match.span()).kinds:
                wrong = len(compact) == 15
                evidence = "label, check digits wrong" if wrong else "label and form, without key"
                yield _hit(*match.span(), "nir", evidence, MISTYPED if wrong else LABELLED)
    if _RIB_SIGN.search(text, first, last):
        for match in _RIB.finditer(text, first, last):
            compact = re.sub(r"[^0-9A-Za-z]", "", match[0]).upper()
            if checks.rib_key_holds(compact):
                yield _hit(*match.span(), "rib", "check digits mod 97")
            elif "rib" in page.said(*match.span()).near and not page.denied(*match.span()):
                yield _hit(*match.span(), "rib", "label, check digits wrong", MISTYPED)
    before = max(0, first - MARGIN)
    if text.find("uichet", before, last) >= 0 or text.find("UICHET", before, last) >= 0:
        for match in _RIB_IN_WORDS.finditer(text, before, last):
            for group in range(1, 5):
                if match[group]:
                    yield _hit(*match.span(group), "rib", "labels of a RIB", FORM)


def _machine_readable(text: str) -> Iterator[Hit]:
    """The lines at the foot of passports and identity cards. Source: ICAO 9303."""
    for match in _MRZ.finditer(text):
        if match[0].count("<") >= 2 and any(c.isalnum() for c in match[0]):
            kind = "passport" if match[0][0] == "P" or len(match[0]) == 44 else "cni"
            yield _hit(*match.span(), kind, "machine-readable zone", FORM)


_VAT_LABEL = re.compile(
    r"(?i)(?:\bt\.?v\.?a\b|\bvat\b|ust\b|\bust|mwst|\bbtw|\biva\b|\bp\.? ?iva|\buid\b|umsatzsteuer"
    r"|intracom|\bmva\b|\balv\b|\bmoms\b|\bvies\b)[^\d\n]{0,40}$"
)
_VAT_LABEL_AFTER = re.compile(r"(?i) ?[(,-]? ?(?:n° )?(?:tva|vat|ust|mwst|btw|iva)\b")
_SHOUTED = re.compile(r"[A-ZÀ-Þ]{2} $")


def _ibans_and_vat(page: _Page, start: int) -> Iterator[Hit]:
    text = page.text
    country = text[start : start + 2].upper()
    body = _IBAN_BODY.get(country)
    match = body.match(text, start + 2) if body else None
    if match is not None:
        end = match.end()
        compact = _SEPARATORS.sub("", text[start:end]).upper()
        if checks.iban_key_holds(compact):
            yield _hit(start, end, "iban", "check digits mod 97")
            return
        alone = not text[end : end + 1].isalnum()
        if alone and "iban" in page.said(start, end).near and not page.denied(start, end):
            yield _hit(start, end, "iban", "label, check digits wrong", MISTYPED)
            return
        if _IBAN_START.match(text, start):
            page.barred.append((start, end))
            return
    prefix = "CHE" if text[start : start + 3].upper() == "CHE" else country
    prefix = "EL" if prefix == "GR" else prefix
    body = _VAT_BODY.get(prefix)
    match = body.match(text, start + (3 if prefix == "CHE" else 2)) if body else None
    if match is not None:
        yield from _vat(page, start, match.end(), prefix, match[0])


_IBAN_START = re.compile(r"[A-Z]{2}[0-9]{2}")


def _vat(page: _Page, start: int, end: int, prefix: str, body: str) -> Iterator[Hit]:
    """A VAT number: its check digit, or the word before it, or a German one's form.

    German numbers are printed on every invoice, and few other things look like them.
    """
    text = page.text
    held = checks.vat_holds(prefix, _SEPARATORS.sub("", body).upper().lstrip(":"))
    upper = text[start : start + len(prefix)].isupper()
    before = text[max(0, start - CONTEXT) : start]
    if held:
        if upper or _VAT_LABEL.search(before) or "vat" in page.said(start, end).kinds:
            yield _hit(start, end, "vat", "check digit")
        return
    if text[end : end + 1].isalnum() or page.denied(start, end):
        return
    named = _VAT_LABEL.search(before) or _VAT_LABEL_AFTER.match(text, end)
    said = page.said(start, end)
    if named or ("vat" in said.kinds and not said.denied):
        evidence = "form and label" if held is None else "label, check digit wrong"
        yield _hit(start, end, "vat", evidence, LABELLED if held is None else MISTYPED)
    elif (
        prefix == "DE"
        and upper
        and not said.denied
        and not _UNIT.match(text, end)
        and not (body[0] == " " and _SHOUTED.search(before))
        and len(set(body)) > 3
    ):
        yield _hit(start, end, "vat", "form of a German number", LABELLED)


def _plate(page: _Page, match: re.Match[str]) -> Iterator[Hit]:
    """SIV plate: AA-123-AA without I, O, U; never SS, 000, nor WW at the right."""
    left, gap, number, right = match[1].upper(), match[2], match[3], match[4].upper()
    if "SS" in (left, right) or right == "WW" or number == "000":
        return
    said = page.said(*match.span())
    named = "plate" in said.kinds or (not said.denied and page.near_vehicle(*match.span()))
    plain = match[0].isupper() and (
        gap == "-" or (gap == " " and left not in _NO_PLATE and right not in _NO_PLATE)
    )
    if named or (plain and not said.denied):
        evidence = "form and label" if named else "form of a plate"
        yield _hit(*match.span(), "plate", evidence, FORM if plain else LABELLED)


_FNI = re.compile(
    rf"[0-9](?<![\w.,/\-][0-9])[0-9]{{0,3}}([ \-])({_SIV_LETTERS}{{2,3}})\1"
    r"(?:97[1-68]|0[1-9]|[1-8]\d|9[0-5]|2[AB])(?![^\W_])(?![.,/\-]\d)",
    re.IGNORECASE,
)
_FNI_GLUED = re.compile(rf"\d{{2,4}}{_SIV_LETTERS}{{2,3}}(?:97[1-68]|\d\d|2[AB])")


def _fni(page: _Page, match: re.Match[str]) -> Iterator[Hit]:
    """Plates until 2009: number, letters, department."""
    said = page.said(*match.span())
    letters = match[2]
    named = "plate" in said.kinds or (not said.denied and page.near_vehicle(*match.span()))
    plain = letters.isupper() and letters not in _NO_PLATE and len(match[0]) >= 9
    if named or (plain and not said.denied):
        evidence = "form and label" if named else "form of a plate before 2009"
        yield _hit(*match.span(), "plate", evidence, FORM if named else LABELLED)


_TOKEN = re.compile(
    r"(?<![^\W_])(?:[A-Za-z]{1,14}+(?=\d)|\d{1,12}+(?=[A-Za-z]))[A-Za-z0-9]{1,24}+(?![^\W_])"
)
_SPACED_TOKEN = re.compile(
    r"[0-9](?<![\w.,/\-][0-9])(?:\d [A-Z]{2} \d{5}|\d [A-Z]{2} \d{3} \d{2}"
    r"|\d{6} [A-Z](?= ?[,.;\n)|]|$)|\d{6} [A-Z](?! ?[A-Z0-9'])|\d{8} [A-Z]{2}|\d{9} [A-Z]"
    r"|\d{3} \d{3} \d{3} [A-Z])(?![^\W_])"
)
_SPACED_VIN_SIGN = re.compile(r"[0-9](?<=[A-HJ-NPR-Z][A-HJ-NPR-Z0-9][0-9])[ -][A-HJ-NPR-Z0-9]{5}")
_SPACED_VIN = re.compile(
    r"(?<![\w.\-])(?:[A-HJ-NPR-Z][A-HJ-NPR-Z0-9]{2}[ -][A-HJ-NPR-Z0-9]{6}[ -][A-HJ-NPR-Z0-9]{8}"
    r")(?![\w\-])"
)
_VIN = re.compile(r"(?=.*\d)(?=.*[A-Z])[A-HJ-NPR-Z0-9]{17}")
_WMI = re.compile(
    r"VF\d|VF[A-Z]|VN[1K]|VR[137]|VS[ESKX]|VSS|VWV|WA[UC1]|WB[ASXY]|WD[BDCF]|W1[KNVTX]|WV[WGZ123]"
    r"|WP[01]|WF0|W0[LV]|WM[WEA]|WJM|ZFA|ZAR|ZCF|ZFF|ZLA|ZD[CM]|ZHW|ZAM|ZAP|TMB|TM[AB]|TRU|TSM|SA[LJ]"
    r"|SB[1M]|SC[CF]|SJN|SHH|SHS|SUU|SUP|UU1|YV[1-4]|YS[23]|YK1|XP7|XL[ER]|XTA|X7L|LRW|LSJ|LGX|LB3|LVS"
    r"|J[ADFHKLMNST][0-9A-Z]|K[LMN][0-9A-Z]|MA[13]|MBH|MMB|MNT|NM[0T4]|NLH|U5Y|PL1|AA[AVW]|AHT|VBK"
)
"""World manufacturer identifiers (ISO 3780) seen in Europe."""
_SERIAL = re.compile(
    r"(?i)(?:s[ée]rie|serial(?: n\w*)?|ch[âa]ssis(?: n\w*)?"
    r"|(?:champ|case|rubrique|rep[èe]re) ?\(?E\)?"
    r"|\(E\)|\bE\.?)[ .:=]{0,3}(?:n°|no)?[ .:]{0,3}$"
)
_JOINED = frozenset("-_/+=@#%&\\")


def _vin(page: _Page, start: int, end: int, code: str, *, apart: bool = False) -> Iterator[Hit]:
    """Seventeen letters and digits without I, O, Q: by check digit, a word, or standing alone.

    ``apart``: written in groups, so that only a word near it makes it one.
    """
    text = page.text
    if not _VIN.fullmatch(code.upper()):
        return
    if code[2:].isdigit() and checks.nir_form_holds(code[2:15]):
        return
    upper = code.isupper()
    said = page.said(start, end)
    named = "vin" in said.kinds or page.near_vehicle(start, end)
    if not named and (apart or not upper):
        return
    if checks.vin_holds(code.upper()):
        yield _hit(start, end, "vin", "check digit")
        return
    known = _WMI.match(code) is not None
    if named or (known and _SERIAL.search(text[max(0, start - 30) : start])):
        yield _hit(start, end, "vin", "form and label", FORM)
    elif not said.denied and not (
        text[end : end + 1] in _JOINED
        or text[start - 1 : start] in _JOINED
        or (text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum())
    ):
        if known:
            yield _hit(start, end, "vin", "form and maker's code", FORM)
        elif (
            _THREE_LETTERS.match(code)
            and not _HEXADECIMAL.fullmatch(code)
            and not _BASE32.fullmatch(code)
        ):
            yield _hit(start, end, "vin", "form", LABELLED)


_THREE_LETTERS = re.compile(r"(?:\d*[A-Z]){3}")
_HEXADECIMAL = re.compile(r"[0-9A-F]+")
_BASE32 = re.compile(r"[A-Z2-7]+")


def _token(page: _Page, start: int, end: int, written: str) -> Iterator[Hit]:
    """A token of letters and digits: a document's number, mostly by the word before it."""
    size = len(written)
    if size < 6:
        return
    code = written.upper()
    upper = written == code
    if size == 17:
        yield from _vin(page, start, end, written)
        return
    if size == 16 and checks.codice_fiscale_holds(code):
        yield _hit(start, end, "national_id", "check digit, codice fiscale")
        return
    if size > 16 and not upper:
        return
    said = page.said(start, end)
    if said.denied:
        return
    if _FRENCH_PASSPORT.fullmatch(written) and (not said.near or "passport" in said.kinds):
        yield _hit(start, end, "passport", "form of a French passport", FORM)
        return
    kinds = said.kinds
    if _FNI_GLUED.fullmatch(code) and not kinds and page.near_vehicle(start, end):
        kinds = ("plate",)
    for kind in kinds:
        rule = _CODES.get(kind)
        if rule is not None and rule.fullmatch(code):
            evidence = "label and form"
            if kind == "national_id" and checks.dni_holds(code):
                evidence = "label and check digit"
            yield _hit(start, end, kind, evidence, LABELLED)
            return


_FRENCH_PASSPORT = re.compile(r"\d{2}[A-Z]{2}\d{5}")
_CODES = {
    "passport": re.compile(r"\d{2}[A-Z]{2}\d{5}|(?=.{0,4}\d{2})[A-Z0-9]{7,10}"),
    "cni": re.compile(r"(?=[A-Z]*\d)[A-Z0-9]{8,14}"),
    "driving_licence": re.compile(r"(?=[A-Z]*\d)[A-Z0-9]{8,18}"),
    "residence_permit": re.compile(r"(?=(?:[A-Z]*\d){3})[A-Z0-9]{9,12}"),
    "ine": re.compile(r"\d{10}[A-Z]|\d{9}[A-Z]{2}|(?=(?:[A-Z]*\d){5})[A-Z0-9]{11}"),
    "caf": re.compile(r"\d{7}[A-Z]"),
    "adeli": re.compile(r"2[AB]\d{7}"),
    "finess": re.compile(r"2[AB]\d{7}"),
    "plate": _FNI_GLUED,
    "mac": re.compile(r"[0-9A-F]{12}"),
    "patient_id": re.compile(r"[A-Z]{0,4}\d{6,14}[A-Z]{0,2}"),
    "national_id": re.compile(r"[A-Z]{0,2}\d{6,10}[A-Z]{1,2}|[XYZ]\d{7}[A-Z]"),
    "spi": re.compile(r"[A-Z]?\d{7,10}[A-Z]"),
}
"""Kind -> what its numbers of letters and digits look like, given that a word named them."""

_SPACED_NINO = re.compile(r"[A-Z]{2} \d\d \d\d \d\d [A-D](?![^\W_])")
_CORSICA = re.compile(
    r"[1-478](?<![^\W_][0-9])(?:[ .\-/]?\d){4}[ .\-/]?2 ?[ABab](?:[ .\-/]?\d){6}"
    r"(?:[ .\-/]{0,3}\d[ ]?\d)?(?![^\W_])"
)
_RIB_SIGN = re.compile(r"[0-9]{5}[ .\-/|:]{0,3}[0-9]{5}")
_RIB = re.compile(
    r"[0-9](?<![^\W_][0-9])\d{4}[ .\-/|:]{0,3}\d{5}[ .\-/|:]{0,3}[A-Za-z0-9]{11}"
    r"[ .\-/|:]{0,3}\d{2}(?![^\W_])"
)
_RIB_IN_WORDS = re.compile(
    r"(?i)banque\s{0,3}[:=]?\s{0,3}(\d{5})\b[^\d]{1,30}guichet\s{0,3}[:=]?\s{0,3}(\d{5})\b"
    r"[^\d]{1,30}compte\s{0,3}(?:n°)?\s{0,3}[:=]?\s{0,3}([0-9A-Z]{11})\b"
    r"(?:[^\d]{1,20}cl[ée](?: rib)?\s{0,3}[:=]?\s{0,3}(\d\d)\b)?"
)
_MRZ = re.compile(r"(?<![A-Z0-9<])[A-Z0-9<]{28,44}(?![A-Z0-9<])")


# --- Digits -------------------------------------------------------------------------------------

_RUN = re.compile(r"[0-9]++(?:[ \t.\-/()]{1,3}+[0-9]++)*+")
_GROUP = re.compile(r"[0-9]+")
_BOXED = re.compile(r"[0-9](?<![^\W_][0-9])(?: \d){12,31}+(?! ?\d)(?![^\W_])")
_BOXED_DATE = re.compile(r"(?:[0-2] \d|3 [01]) (?:0 \d|1 [0-2]) (?:1 9|2 0) \d \d(?: |$)")
_BOXED_SIGN = re.compile(r"[0-9] [0-9] [0-9] [0-9] [0-9] [0-9]")
_DATE = re.compile(
    r"(?:(?:0?[1-9]|[12]\d|3[01])([/.\- ])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d"
    r"|(?:0?[1-9]|[12]\d|3[01])([/.\-])(?:0?[1-9]|1[0-2])\2\d\d"
    r"|(?:19|20)\d\d([/.\-])(?:0?[1-9]|1[0-2])\3(?:0?[1-9]|[12]\d|3[01]))(?![./\-]?\d)"
)
_EXTENSION = re.compile(
    r"(?i)(?<![^\W_])(?:postes?|ext(?:ension)?|bip|dect|ligne interne|num[ée]ro interne"
    r"|joignables?(?: \w+)? (?:au|sous le)|(?:t[ée]l|t[ée]l[ée]phone)\.?(?: interne)?)"
    r"\.? ?(?:n°|:|#)? ?$"
)
"""A label that makes an extension of four to six digits, right before it."""
_EXTENSION_ENDS = frozenset({"te", "es", "xt", "io", "ip", "ct", "ne", "au", "le", "el", "él"})
_GLUED_AFTER = re.compile(r"(?i)(?:e-?mail|mail|tel|t[ée]l|fax|mob|port)(?:[^a-z]|$)|x\d")
_WORD_AFTER = re.compile(r"(?:[a-zà-ÿ]{2,20}|[A-Z]{2,8})(?![^\W_])")
_NO_WORD = re.compile(
    r"(?i)[a-f]+|[kcmdh]?m|[kmg]?[bgo]|[cmd]?l|px|[kmg]?hz|m?s|th|st|nd|rd|[eè]?me|er|bits?|bytes"
)
"""What follows digits as a unit or as more of a hexadecimal number, never as a word of its own."""
_GLUED_SHAPE = re.compile(
    r"0[1-9](?:[ .\-]?\d\d){4}(?!\d)|\+?33[ .]?\(?0?\)?[ .]?[1-9](?:[ .\-]?\d\d){4}(?!\d)"
    r"|[12][ .]?\d\d[ .]?\d\d[ .]?\d\d[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d\d)?(?!\d)"
    r"|\d{4} \d{4} \d{4} \d{4}(?!\d)"
)
"""Numbers whose grouping shows them even right after a word that says nothing of them."""
_WORD_BEFORE = re.compile(r"(?:^|[\s(\[«\"':;,=|>°])([A-ZÀ-Þ][a-zà-ÿ]+|[a-zà-ÿ]{2,})$")
_CODE_BEFORE = re.compile(r"(?<![^\W_])([A-Z0-9]{1,12})[-_]$")
_CODE_AFTER = re.compile(r"[-_](?=[A-Z]{0,9}[0-9])[A-Z][A-Z0-9]{1,9}(?![a-z])")
_BLOCK_BEFORE = re.compile(r"(?<![^\W_])(?=\d{0,3}[A-Z])(?=[A-Z]{0,3}\d)[A-Z0-9]{4} $")
_BLOCK_HEAD = re.compile(r"(?<![^\W_])[A-Z]{1,3}[0-9]{1,3}(?<=(?<![^\W_])\w{4})$")
_BLOCK_AFTER = re.compile(r" (?=\d{0,3}[A-Z])(?=[A-Z]{0,3}\d)[A-Z0-9]{4}(?![^\W_])")
"""A block of four letters and digits beside blocks of four digits: one long code."""
_NUMBERED = re.compile(
    r"(?i)(?:imei|t[ée]l(?:[ée]phone)?|phone|portable|mobile|mob|gsm|fax|fixe|ligne)\.? ?(?:n° ?)?$"
)
"""A label that may carry a number of its own, as in ``IMEI 2``."""
_KEY_IN_WORDS = re.compile(r"[ ,(]{0,3}cl[ée] ?:? ?\d\d(?!\d)", re.IGNORECASE)
_X_EXTENSION = re.compile(r" ?(?:x|ext\.?) ?\d{1,6}(?!\w)")
_MOST_GROUPS = 9
"""Groups of a number that is not written digit by digit."""
_LONGEST, _SHORTEST = 23, 6
"""Digits of the longest (RIB) and shortest identifiers."""


def _boxes(page: _Page, zone: _Zone) -> Iterator[Hit]:
    if _BOXED_SIGN.search(page.free, zone.start, zone.end):
        for match in _BOXED.finditer(page.free, zone.start, zone.end):
            yield from _boxed(page, *match.span())


def _numbers(page: _Page, zone: _Zone) -> Iterator[Hit]:
    if zone.longest < 4:
        return
    text = page.free
    if zone.runs is not None and text is page.text:
        runs: Iterable[tuple[int, int]] = zone.runs
    else:
        runs = (match.span() for match in _RUN.finditer(text, zone.start, zone.end))
    for start, end in runs:
        if end - start >= _SHORTEST:
            if end - start in (10, 14) and (plain := _plain_phone(page, start, end)):
                yield plain
            else:
                yield from _run(page, start, end)
        elif end - start >= 4 and _is_extension(text, start, end):
            yield _hit(start, end, "phone", "extension, label before it", LABELLED)


_PLAIN_PHONE = re.compile("0[1-9](?:[0-9]{8}|(?:[ .\\-/][0-9]{2}){4})")
_BOUNDARY = frozenset(" :;,\n\t|\"'<>[]=*")


def _plain_phone(page: _Page, start: int, end: int) -> Hit | None:
    """A phone in its commonest form with nothing unusual around: most numbers need no more."""
    text = page.free
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before and before not in _BOUNDARY) or after in _ASCII_LETTERS or after in ("-", "_"):
        return None
    if not _PLAIN_PHONE.fullmatch(text, start, end) or _X_EXTENSION.match(text, end):
        return None
    said = page.said(start, end)
    grouped = end - start == 14
    if said.denied or said.reference or not (grouped or not said.near or "phone" in said.near):
        return None
    return _hit(start, end, "phone", "French numbering plan", FORM)


def _is_extension(text: str, start: int, end: int) -> bool:
    window = text[max(0, start - 24) : start]
    return (
        window.rstrip(" .:#°n")[-2:].lower() in _EXTENSION_ENDS
        and _EXTENSION.search(window) is not None
        and not text[end : end + 1].isalnum()
        and not _UNIT.match(text, end)
        and not text[end : end + 2].strip(" ").startswith(tuple("0123456789,"))
    )


def _boxed(page: _Page, start: int, end: int) -> Iterator[Hit]:
    """Digits one by one, as in the boxes of a form: only the NIR is written so at this length.

    A date of eight boxes before or after it is not part of it. Digits that only go up and down by
    one are a scale.
    """
    text = page.free
    if _BOXED_DATE.match(text, start, end):
        start += 16
    if _BOXED_DATE.match(text, end - 15, end):
        end -= 16
    digits = text[start:end].replace(" ", "")
    if not 13 <= len(digits) <= 15 or digits[0] not in "123478" or len(set(digits)) < 4:
        return
    if len(digits) == 15 and checks.nir_key_holds(digits):
        yield _hit(start, end, "nir", "check digits mod 97")
    elif any(abs(int(a) - int(b)) > 1 for a, b in pairwise(digits)) and (
        checks.nir_form_holds(digits[:13]) or not page.said(start, end).denied
    ):
        yield _hit(start, end, "nir", "form of a boxed number, without valid key", MISTYPED)


class _Piece(NamedTuple):
    """Some groups of a run, read as one number."""

    first: int
    last: int
    digits: str
    sizes: tuple[int, ...]


GROUPS = 256
"""Groups of a run read at a time: a text may be one run from end to end."""
_OVERLAP = 26


def _run(page: _Page, start: int, end: int) -> Iterator[Hit]:
    text = page.free
    spans: list[tuple[int, int]] = []
    index, limit = 0, 0
    groups = _GROUP.finditer(text, start, end)
    while True:
        if index >= limit:
            del spans[: max(0, index - 1)]
            index = min(index, 1)
            for match in groups:
                spans.append(match.span())
                if len(spans) >= GROUPS:
                    break
            limit = len(spans) if len(spans) < GROUPS else GROUPS - _OVERLAP
            if index == 0 and limit > 1:
                index = 1 if _only_numbers_a_label(text, spans) else _long_code(text, spans)
            if index >= len(spans):
                return
        date = _DATE.match(text, spans[index][0], end) if index + 2 < len(spans) else None
        if date is not None:
            while index < len(spans) and spans[index][0] < date.end():
                index += 1
            continue
        deep = spans[index][0] - start > CONTEXT and not page.tables
        pieces = _pieces(text, spans, index, deep=deep) if _starts(text, spans, index) else []
        hit, after = _read_number(page, spans, pieces) if pieces else (None, index)
        if hit is None:
            index += 1
        else:
            yield hit
            index = after


def _may_stand_alone(size: int, sizes: tuple[int, ...], digits: str) -> bool:
    """Whether digits deep in a run, where no word stands before them, may be a number at all."""
    return (
        len(sizes) == 1
        or sizes in _SHAPES
        or (size == 15 and _NIR_ENDS.issuperset(accumulate(sizes)))
        or (size == 23 and len(sizes) <= 7)
        or digits.startswith("00")
    )


def _only_numbers_a_label(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the first group is the 2 of ``IMEI 2 352…``."""
    start, end = spans[0]
    if end - start > 1 or text[start] not in "123456789":
        return False
    label = _NUMBERED.search(text[max(0, start - 14) : start])
    return label is not None and (
        label[0][:4].lower() == "imei" or text[spans[1][0]] == "0" or text[end : end + 2] == " +"
    )


def _long_code(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """How many groups belong to a code in blocks of four that begins or ends with letters."""
    start, end = spans[0]
    head = start > 0 and text[start - 1] in _ASCII_LETTERS
    if spans[1][1] - spans[1][0] != 4 or not (head or end - start == 4):
        return 0
    last = 1
    while last + 1 < len(spans) and spans[last + 1][1] - spans[last + 1][0] == 4:
        last += 1
    before = text[max(0, start - 6) : start]
    if head:
        return last + 1 if last > 1 and _BLOCK_HEAD.search(before + text[start:end]) else 0
    code = _BLOCK_BEFORE.search(before) or _BLOCK_AFTER.match(text, spans[last][1])
    return last + 1 if code else 0


def _starts(text: str, spans: Sequence[tuple[int, int]], index: int) -> bool:
    """Whether a number may begin here: after a word's end, a label, not inside a longer code."""
    start = spans[index][0]
    if index:
        gap = text[spans[index - 1][1] : start]
        return gap == " " or not set(gap) <= {".", "-"}
    if not start:
        return True
    before = text[start - 1]
    if before in "-_":
        code = _CODE_BEFORE.search(text[max(0, start - 14) : start])
        if code is None:
            return True
        return code[1].isalpha() and (len(code[1]) > 5 or _names_number(code[1].lower()))
    if not before.isalnum():
        return True
    window = text[max(0, start - 14) : start]
    words = WORD.findall(window)
    if not words or not window.endswith(words[-1]):
        return False
    word = words[-1].lower()
    if _names_number(word):
        return True
    if WORDS.get(word, ("",))[0] == NOT:
        return False
    if word in ("a", "b", "c", "d"):
        return _IN_REGISTER.search(text[max(0, start - 40) : start]) is not None
    return _WORD_BEFORE.search(window) is not None and _GLUED_SHAPE.match(text, start) is not None


_IN_REGISTER = re.compile(r"(?i)\b(?:R\.?C\.?S|registre)\b[^\d]{0,30} [ABCD]$")
"""The letter of the trade register that stands before a SIREN on older papers."""


def _names_number(word: str) -> bool:
    return WORDS.get(word, (NOT,))[0] not in (NOT, "siren?", "phone?", "plate", "ip_address")


def _pieces(text: str, spans: Sequence[tuple[int, int]], first: int, *, deep: bool) -> list[_Piece]:
    """What may be read from one group on, longest first; each ends where a number may end.

    ``deep``: only numbers stand before it for a while.
    """
    found: list[_Piece] = []
    sizes: list[int] = []
    digits, ones = "", True
    final = len(spans) - 1
    alone_before = first > 0 and spans[first - 1][1] - spans[first - 1][0] == 1
    size = several = 0
    for last in range(first, len(spans)):
        start, end = spans[last]
        sizes.append(end - start)
        digits += text[start:end]
        size += end - start
        if end - start > 1:
            ones = False
            several += 1
        if size > _LONGEST or (several > 2 and last - first >= _MOST_GROUPS):
            break
        if size < _SHORTEST or (ones and alone_before):
            continue
        if last < final:
            if deep and not _may_stand_alone(size, tuple(sizes), digits):
                continue
            following, until = spans[last + 1]
            if ones and until - following == 1:
                continue
            if following - end == 1 and (
                text[end] in ".-" or text[end] == "/" == text[start - 1 : start]
            ):
                continue
        else:
            after = text[end : end + 1]
            if after in ("-", "_"):
                if _CODE_AFTER.match(text, end):
                    continue
            elif after.isalnum() and not _ends_anyway(text, end, sizes):
                continue
        found.append(_Piece(first, last, digits, tuple(sizes)))
    found.reverse()
    if found and len(found[0].digits) >= 15:
        found = [p for p in found if len(p.digits) != 13 or not _lacks_its_key(p, found)]
    return found


def _ends_anyway(text: str, end: int, sizes: Sequence[int]) -> bool:
    """Whether a letter right after the digits opens another value, or follows a phone in pairs."""
    if sizes == [2, 2, 2, 2, 2] or _GLUED_AFTER.match(text, end) is not None:
        return True
    word = _WORD_AFTER.match(text, end)
    return (
        word is not None
        and sum(sizes) >= 9
        and not _NO_WORD.fullmatch(word[0])
        and (word[0].islower() or word[0].lower() in WORDS)
    )


def _lacks_its_key(piece: _Piece, pieces: Sequence[_Piece]) -> bool:
    """Whether these are the first 13 digits of a NIR whose two last stand right after."""
    return (
        checks.nir_form_holds(piece.digits)
        and not checks.spi_key_holds(piece.digits)
        and any(len(p.digits) == 15 and p.sizes[:-1] == piece.sizes for p in pieces)
    )


def _read_number(
    page: _Page, spans: Sequence[tuple[int, int]], pieces: Sequence[_Piece]
) -> tuple[Hit | None, int]:
    """The identifier that starts at the first group, and the index of the group after it."""
    text = page.text
    start = spans[pieces[0].first][0]
    single = spans[pieces[-1].last][1] if len(pieces) == 1 else spans[pieces[0].first][1]
    said = page.said(start, max(single, spans[pieces[0].last][1]))
    plus = start > 0 and (text[start - 1] == "+" or text[max(0, start - 2) : start] == "+(")

    def made(piece: _Piece, kind: str, evidence: str, score: float) -> tuple[Hit, int]:
        begin, end = start, spans[piece.last][1]
        if kind == "nir" and (key := _KEY_IN_WORDS.match(text, end)):
            end = key.end()
        if kind == "phone":
            if plus:
                begin -= 1 if text[start - 1] == "+" else 2
            if text[begin - 1 : begin] == "(" and ")" in text[start:end]:
                begin -= 1
            if extension := _X_EXTENSION.match(text, end):
                end = extension.end()
        return _hit(begin, end, kind, evidence, score), piece.last + 1

    if plus or pieces[0].digits.startswith("00"):
        for piece in pieces:
            if _abroad_holds(piece.digits, plus=plus) and (plus or not said.denied):
                return made(piece, "phone", "international numbering plan", FORM)
    if plus:
        for piece in pieces:
            if 8 <= len(piece.digits) <= 15:
                return made(piece, "phone", "international prefix", FORM)
    for piece in pieces:
        if len(piece.digits) in (15, 23) and (surest := _by_key(said, piece)):
            if said.near and "nir" not in said.near:
                surest = _by_label(page, said.near, piece, spans, exact=True) or surest
            return made(piece, *surest)
    if said.near and not any(
        _is_grouped_phone(piece) or _is_alone(piece, spans) for piece in pieces
    ):
        for piece in pieces:
            if named := _by_label(page, said.near, piece, spans, exact=True):
                return made(piece, *named)
    if not said.denied:
        after = spans[pieces[0].first][1]
        gap = text[after : after + 1]
        for piece in pieces:
            size = len(piece.digits)
            if size < 9 or size == 12 or size > 19:
                continue
            end = spans[piece.last][1]
            nine = size == 9
            money = nine and _UNIT.match(text, end) is not None
            if sure := _by_check(said, piece, gap, money=money):
                if sure[0] == "phone" and (said.reference or _counts(text, spans, piece)):
                    continue
                return made(piece, *sure)
            if gap == " " and not said.reference and _is_alone(piece, spans):
                return made(piece, "phone", "French numbering plan, unusual groups", LABELLED)
            if (
                nine
                and not money
                and piece.sizes == (3, 3, 3)
                and checks.siren_holds(piece.digits)
                and page.near_firm(start, end)
            ):
                return made(piece, "siren", "check digit, a firm named near it", CHECKED)
    if said.kinds:
        for piece in pieces:
            if named := _by_label(page, said.kinds, piece, spans, exact=False):
                return made(piece, *named)
    if len(pieces) == 1 and len(pieces[0].digits) <= 6:
        begin, end = start, spans[pieces[0].last][1]
        if _is_extension(text, begin, end):
            return made(pieces[0], "phone", "extension, label before it", LABELLED)
    return None, pieces[0].first


def _counts(text: str, spans: Sequence[tuple[int, int]], piece: _Piece) -> bool:
    """Whether the pairs go on counting before or after, as in ``01 02 03 04 05 06``."""
    if piece.sizes != (2, 2, 2, 2, 2):
        return False
    pairs = [int(text[slice(*spans[i])]) for i in range(piece.first, piece.last + 1)]
    step = pairs[1] - pairs[0]
    if not step or any(b - a != step for a, b in pairwise(pairs)):
        return False
    around = [(piece.first - 1, pairs[0] - step), (piece.last + 1, pairs[-1] + step)]
    return any(
        0 <= i < len(spans) and text[slice(*spans[i])].zfill(2)[-9:] == f"{value:02d}"
        for i, value in around
    )


_NUMBER_SIZES = {
    "1": (10, 10), "20": (8, 10), "27": (9, 9), "30": (10, 10), "31": (9, 9), "32": (8, 9),
    "33": (9, 9), "34": (9, 9), "36": (8, 9), "39": (6, 11), "40": (9, 9), "41": (9, 9),
    "43": (6, 12), "44": (9, 10), "45": (8, 8), "46": (7, 10), "47": (8, 8), "48": (9, 9),
    "49": (6, 11), "52": (10, 10), "55": (10, 11), "7": (10, 10), "81": (9, 10), "86": (9, 11),
    "90": (10, 10), "91": (10, 10), "212": (9, 9), "213": (8, 9), "216": (8, 8), "221": (9, 9),
    "223": (8, 8), "225": (8, 10), "237": (9, 9), "262": (9, 9), "269": (9, 9), "350": (8, 8),
    "351": (9, 9), "352": (5, 11), "353": (7, 9), "354": (7, 9), "356": (8, 8), "357": (8, 8),
    "358": (6, 11), "359": (7, 9), "370": (8, 8), "371": (8, 8), "372": (7, 8), "376": (6, 9),
    "377": (8, 9), "380": (9, 9), "385": (8, 9), "386": (8, 8), "420": (9, 9), "421": (9, 9),
    "508": (6, 6), "590": (9, 9), "594": (9, 9), "596": (9, 9), "681": (6, 6), "687": (6, 6),
    "689": (6, 8), "971": (8, 9), "972": (8, 9),
}  # fmt: skip
"""Country code -> least and most digits after it. Source: ITU-T E.164 national numbering plans."""


def _abroad_holds(digits: str, *, plus: bool) -> bool:
    """A number after ``+`` or ``00``: a country code and as many digits as its plan has."""
    number = digits if plus else digits[2:]
    if plus and number.startswith("00"):
        number = number[2:]
    if not number or number[0] == "0":
        return False
    for size in (3, 2, 1):
        if sizes := _NUMBER_SIZES.get(number[:size]):
            national = number[size:]
            if national.startswith("0") and number[:2] != "39":
                national = national[1:]
            return sizes[0] <= len(national) <= sizes[1]
    return plus and 8 <= len(number) <= 15


_PHONE_SIZES = frozenset(
    {(4, 3, 3), (1, 3, 3, 3), (2, 3, 3, 2), (1, 9), (3, 3, 2, 2), (2, 3, 2, 3), (3, 2, 2, 3)}
    | {(1, 1, 2, 2, 2, 2), (3, 3, 4), (1,) * 10, (3, 7), (1, 1, 2, 2, 4), (2, 3, 5), (2, 2, 3, 3)}
    | {(1, 2, 2, 2, 3), (5, 5), (1, 3, 2, 2, 2)}
)
_USUAL_SIZES = frozenset({(2, 2, 2, 2, 2), (4, 2, 2, 2)})
_CARD_SIZES = frozenset({(4, 4, 4, 4), (4, 4, 4, 4, 3), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 2)})
_SIRET_SIZES = frozenset(
    {(14,), (9, 5), (3, 3, 3, 5), (3, 3, 8), (3, 3, 3, 3, 2), (3, 3, 3, 2, 3), (3, 6, 5)}
    | {(3, 3, 3, 1, 4), (3, 3, 3, 4, 1)}
)
_SPI_SIZES = frozenset({(13,), (2, 2, 3, 3, 3), (4, 3, 3, 3), (10, 3), (1, 3, 3, 3, 3), (2, 11)})
_IMEI_SIZES = frozenset({(15,), (2, 6, 6, 1), (8, 6, 1)})
_SHAPES = (
    _PHONE_SIZES | _USUAL_SIZES | _CARD_SIZES | _SIRET_SIZES | _SPI_SIZES
    | {(3, 3, 3), (3, 2, 4), (2, 2, 2, 3, 2), (2, 1, 2, 2, 2, 2), (1, 2, 2, 2, 3, 3), (3, 4, 4, 2)}
)  # fmt: skip
"""Groupings that a rule knows without a word before the number."""
_COMPANY = frozenset({"siren", "siren?", "siret"})


def _phone_form_holds(piece: _Piece) -> bool:
    """Ten digits of the French plan, grouped as people group them. Source: ARCEP, 2018-0881.

    Groupings other than by pairs count only where no other number stands before.
    """
    digits, sizes = piece.digits, piece.sizes
    return (
        len(digits) == 10
        and digits[0] == "0"
        and digits[1] != "0"
        and (max(sizes) > 1 or len(set(digits)) > 3)
        and (
            len(sizes) == 1 or sizes in _USUAL_SIZES or (piece.first == 0 and sizes in _PHONE_SIZES)
        )
    )


_EVEN_SIZES = frozenset(
    {(2, 4, 4), (2, 2, 2, 4), (2, 2, 4, 2), (2, 4, 2, 2), (2, 8), (4, 4, 2), (4, 6), (4, 2, 4)}
)


def _is_alone(piece: _Piece, spans: Sequence[tuple[int, int]]) -> bool:
    """A phone grouped by twos and fours, with no other number beside it."""
    return (
        piece.sizes in _EVEN_SIZES
        and piece.first == 0
        and piece.last == len(spans) - 1
        and piece.digits[0] == "0" != piece.digits[1]
    )


def _is_grouped_phone(piece: _Piece) -> bool:
    return len(piece.sizes) > 1 and _phone_form_holds(piece)


_NIR_ENDS = frozenset({1, 3, 5, 7, 10, 13, 15})
"""Where the parts of a NIR end: its groups do not end elsewhere."""


def _by_key(said: _Said, piece: _Piece) -> tuple[str, str, float] | None:
    """The two numbers whose key of two digits leaves no doubt, whatever words stand near."""
    digits, sizes = piece.digits, piece.sizes
    if len(digits) == 23:
        if checks.rib_key_holds(digits):
            return "rib", "check digits mod 97", CHECKED
    elif (
        len(digits) == 15
        and checks.nir_form_holds(digits[:13])
        and checks.nir_key_holds(digits)
        and ("nir" in said.kinds or max(sizes) == 1 or _NIR_ENDS.issuperset(accumulate(sizes)))
    ):
        return "nir", "check digits mod 97", CHECKED
    return None


def _by_check(
    said: _Said, piece: _Piece, gap: str, *, money: bool
) -> tuple[str, str, float] | None:
    """What a number is by its own digits and groups; ``gap`` stands after its first group.

    ``money``: a unit stands after it.
    """
    digits, sizes = piece.digits, piece.sizes
    size = len(digits)
    if size == 10:
        if _phone_form_holds(piece):
            return "phone", "French numbering plan", FORM
        if sizes == (3, 3, 4) and gap in "-)." and gap and digits[0] >= "2" and digits[3] >= "2":
            return "phone", "form of a North American number", FORM
    elif size == 9:
        if not _COMPANY.isdisjoint(said.kinds) and checks.siren_holds(digits) and not money:
            return "siren", "check digit and context word", CHECKED
        if sizes == (3, 2, 4) and gap == "-" and checks.ssn_form_holds(digits):
            return "national_id", "form of a US social security number", FORM
    elif size == 11:
        if sizes == (11,) and digits[:2] == "10" and checks.rpps_holds(digits):
            return "rpps", "check digit", CHECKED
        if sizes == (2, 2, 2, 3, 2) and checks.niss_holds(digits):
            return "national_id", "check digits mod 97, Belgian", CHECKED
        if (
            digits[:2] == "33"
            and digits[2] != "0"
            and (sizes == (2, 1, 2, 2, 2, 2) or (len(sizes) == 1 and digits[2] in "67"))
        ):
            return "phone", "French numbering plan, country code", FORM
    elif size == 13:
        if sizes in _SPI_SIZES and checks.spi_key_holds(digits):
            return "spi", "check digits mod 511", CHECKED
        if sizes == (1, 2, 2, 2, 3, 3) and checks.nir_form_holds(digits):
            return "nir", "form and grouping, without key", LABELLED
        if sizes == (3, 4, 4, 2) and checks.avs_holds(digits):
            return "national_id", "check digit, Swiss AVS", CHECKED
    elif (
        size == 14
        and (sizes in _SIRET_SIZES or not _COMPANY.isdisjoint(said.kinds))
        and "card" not in said.near
        and checks.siret_holds(digits)
    ):
        return "siret", "check digit", CHECKED
    if 14 <= size <= 19 and _is_card(said, digits, sizes):
        return "card", "check digit and issuer's range", CHECKED
    if size == 15 and _is_imei(said, digits, sizes):
        return "imei", "check digit", CHECKED
    return None


def _is_card(said: _Said, digits: str, sizes: tuple[int, ...]) -> bool:
    """A card by its check digit; other lengths than 15 and 16 need their grouping or a word."""
    usual = len(sizes) == 1 or sizes in _CARD_SIZES
    likely = (usual and len(digits) in (15, 16)) or sizes == (4, 6, 4)
    return ("card" in said.kinds or likely) and checks.card_holds(digits)


def _is_imei(said: _Said, digits: str, sizes: tuple[int, ...]) -> bool:
    usual = digits[:2] in ("35", "86", "01") and sizes in _IMEI_SIZES
    return ("imei" in said.kinds or usual) and checks.imei_holds(digits)


def _by_label(
    page: _Page,
    kinds: Sequence[str],
    piece: _Piece,
    spans: Sequence[tuple[int, int]],
    *,
    exact: bool,
) -> tuple[str, str, float] | None:
    """What the words around say a number is, where it has the length of one.

    ``exact``: only where its check digit or its usual length agrees, so that a label wins over
    what the digits look like; a phone is left to its own form.
    """
    start, end = spans[piece.first][0], spans[piece.last][1]
    for kind in dict.fromkeys(kinds):
        rule = _LABELLED.get(kind)
        if rule is None or (exact and kind.startswith("phone")):
            continue
        verdict = rule(piece.digits, piece.sizes)
        if verdict is None or (exact and verdict == WRONG) or _UNIT.match(page.text, end):
            continue
        if verdict != CHECKED_LABEL and _DATE.search(page.text, start, end):
            continue
        near = page.said(start, end).near
        if verdict == WRONG:
            if kind not in near or page.denied(start, end):
                continue
            return kind, "label, check digit wrong", MISTYPED
        if verdict == AMOUNT and not (kind in near and piece.sizes[0] > 1):
            continue
        said = kind.rstrip("?")
        if said in ("siren", "siret"):
            said = "siret" if len(piece.digits) == 14 else "siren"
        return said, verdict, CHECKED if verdict == CHECKED_LABEL else LABELLED
    return None


WRONG = "wrong"
AMOUNT = "label, though grouped as an amount"
CHECKED_LABEL, LENGTH = "label and check digit", "label and length"

Rule = Callable[[str, tuple[int, ...]], str | None]


def _checked(holds: Callable[[str], bool], *sizes: int, wrong: Sequence[int] = ()) -> Rule:
    """A number with a check digit: held, or wrong at a length that its label makes plausible."""

    def rule(digits: str, _: tuple[int, ...]) -> str | None:
        if len(digits) in sizes:
            return CHECKED_LABEL if holds(digits) else WRONG
        return WRONG if len(digits) in wrong else None

    return rule


def _sized(*sizes: int) -> Rule:
    def rule(digits: str, _: tuple[int, ...]) -> str | None:
        return LENGTH if len(digits) in sizes else None

    return rule


def _phone(digits: str, sizes: tuple[int, ...]) -> str | None:
    if not 6 <= len(digits) <= 15 or (len(digits) > 10 and max(sizes) == 1):
        return None
    return AMOUNT if _is_amount(sizes) else LENGTH


def _phone_perhaps(digits: str, sizes: tuple[int, ...]) -> str | None:
    if not 7 <= len(digits) <= 15 or (len(digits) > 10 and max(sizes) == 1):
        return None
    if _is_amount(sizes):
        return AMOUNT
    return "label and grouping" if len(sizes) > 1 or len(digits) >= 9 else None


def _is_amount(sizes: tuple[int, ...]) -> bool:
    """Thousands apart, as amounts are written."""
    return len(sizes) > 1 and sizes[0] < 3 and all(size == 3 for size in sizes[1:])


def _nir(digits: str, _: tuple[int, ...]) -> str | None:
    if len(digits) == 15:
        return CHECKED_LABEL if checks.nir_key_holds(digits) else WRONG
    if len(digits) == 13:
        return "label and form, without key" if checks.nir_form_holds(digits) else WRONG
    return WRONG if len(digits) in (11, 12, 14) else None


def _nir_perhaps(digits: str, _: tuple[int, ...]) -> str | None:
    held = len(digits) == 13 and checks.nir_form_holds(digits)
    return "label and form, without key" if held else None


def _spi(digits: str, _: tuple[int, ...]) -> str | None:
    if len(digits) == 13:
        return CHECKED_LABEL if checks.spi_key_holds(digits) else WRONG
    return LENGTH if len(digits) in (9, 10, 11) else None


def _patient(digits: str, sizes: tuple[int, ...]) -> str | None:
    fits = 6 <= len(digits) <= 14 and (len(sizes) == 1 or len(digits) >= 8)
    return LENGTH if fits else None


def _vat_without_country(digits: str, _: tuple[int, ...]) -> str | None:
    return CHECKED_LABEL if len(digits) == 11 and checks.vat_holds("FR", digits) else None


_LABELLED: dict[str, Rule] = {
    "phone": _phone,
    "phone?": _phone_perhaps,
    "card": _checked(checks.card_holds, *range(13, 20), wrong=(12,)),
    "siren": _checked(
        lambda d: checks.siret_holds(d) if len(d) == 14 else checks.siren_holds(d), 9, 14
    ),
    "siret": _checked(
        lambda d: checks.siret_holds(d) if len(d) == 14 else checks.siren_holds(d), 9, 14
    ),
    "rib": _checked(checks.rib_key_holds, 23),
    "nir": _nir,
    "nir?": _nir_perhaps,
    "vat": _vat_without_country,
    "spi": _spi,
    "caf": _sized(7),
    "ine": _sized(10, 11),
    "rpps": _checked(checks.rpps_holds, 11),
    "adeli": _sized(9),
    "finess": _checked(checks.finess_holds, 9),
    "cni": _sized(9, 10, 11, 12, 13),
    "passport": _sized(7, 8, 9),
    "driving_licence": _sized(7, 8, 9, 10, 11, 12),
    "residence_permit": _sized(9, 10, 11, 12),
    "imei": _checked(checks.imei_holds, 15, wrong=(14, 16)),
    "patient_id": _patient,
    "national_id": _sized(*range(8, 14)),
}
"""Kind -> what a number of digits must be, given that a word named it so."""
