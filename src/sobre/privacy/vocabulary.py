"""Words that say that a text is confidential, and the firm's own words that give a matter away.

A label speaks of the text around it. It counts where it stands as a label does: in capitals, on its
line alone, between brackets, at the head or foot of a line, or as the value of a field
("Classification : interne"). The same words in a sentence are only words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from sobre.privacy.inspect import Hit
from sobre.privacy.spelling import normalise, words

# --- Labels --------------------------------------------------------------------------------------

_SIGNS = (
    *("onfiden", "secret", "intern", "diffus", "divulg", "restr", "embargo", "tlp", "distribu"),
    *("classifi", "eyes only", "need to know", "ne pas ", "do not ", "not to be ", "not for "),
    *("circulation", "limited ", "réservé", "reserve"),
)
"""One of them stands in every label, in lower case."""
_AHEAD, _BEYOND = 48, 96
"""Characters around a sign in which its whole label stands."""
_STRENGTH = r"(?:(?:tr[eè]s|strictement|hautement|strictly|highly|top|ultra)[ \-]{1,2})?"
_HOW_FAR = (
    r"(?:[ ,\-]{1,3}(?:[aà][ ]l'ext[eé]rieur|en[ ]externe|hors[ ](?:de[ ])?l'entreprise"
    r"|[aà][ ]des[ ]tiers|aux[ ]tiers|sans[ ]autorisation|outside|externally"
    r"|to[ ]third[ ]parties|without[ ]permission)){0,2}"
)
_LABEL = re.compile(
    rf"""(?ix)(?<![\w@.\-/])(?:
    (?P<plain>
      {_STRENGTH}(?:confidentiel(?:le)?s?|confidential)
        (?:[ ]d[eé]fense|[ ](?:m[eé]dical|entreprise|soci[eé]t[eé]|client|industrie|direction|rh))?
    | (?:diffusion|distribution|circulation)[ ](?:tr[eè]s[ ])?
        (?:restreinte|limit[eé]e|interdite|interne|contr[oô]l[eé]e)
    | (?:restricted|limited)[ ](?:distribution|circulation|access)
    | secrets?[ ](?:des|d')[ ]?affaires | secret[ ](?:industriel|commercial|d[eé]fense)
    | trade[ ]secrets?
    | (?:strictement|r[eé]serv[eé]e?s?)[ ](?:[aà][ ](?:l'|un[ ])?usage[ ])?(?:interne|restreint)s?
    | (?:[aà][ ])?usage[ ](?:strictement[ ]|exclusivement[ ]|purement[ ])?(?:interne|restreint)
        (?:[ ](?:uniquement|seulement|exclusivement|strict))?
    | interne[ ](?:uniquement|seulement|exclusivement) | documents?[ ]internes?
    | ne[ ]pas[ ](?:diffuser|divulguer|communiquer|transmettre|transf[eé]rer|partager|publier)
        {_HOW_FAR}
    | (?:(?:for|company)[ ])?internal(?:[ ]use)?[ ]only | for[ ]internal[ ]use
    | (?:strictly[ ])?private[ ](?:and|&)[ ]confidential | proprietary[ ](?:and|&)[ ]confidential
    | (?:do[ ]not|not[ ]to[ ]be)[ ]
        (?:distributed?|shared?|forward(?:ed)?|disclosed?|circulated?|publish(?:ed)?){_HOW_FAR}
    | not[ ]for[ ](?:distribution|release|publication|circulation)
    | (?:for[ ]your[ ])?eyes[ ]only | need[ ]to[ ]know(?:[ ](?:basis|only))?
    | sous[ ]embargo | under[ ]embargo
    )
    | (?P<tlp>tlp[ ]?:[ ]?(?:red|amber(?:[ ]?\+[ ]?strict)?|green|rouge|orange|vert))
    | (?P<bare>(?:tr[eè]s[ ]|top[ ])?secret | interne | internal | restreinte? | restricted
        | classifi[eé]e? | classified | embargo | r[eé]serv[eé]e?)
    )(?![\w@]|[\-'.]\w)"""
)
_FIELD = re.compile(
    r"(?i)(?<!\w)(?:classification|classement|(?:niveau|degr[eé]|level|classe) (?:de |d'|of )?"
    r"(?:confidentialit[eé]|diffusion|classification|sensibilit[eé]|protection|secret|sensitivity"
    r"|confidentiality)|confidentialit[eé]|confidentiality|sensibilit[eé]|sensitivity|diffusion"
    r"|distribution|marquage|marking|mention|label|statut|status)"
    r"(?: (?:du|de ce|of this) (?:document|dossier))?\s{0,2}[:=]\s{0,3}[\"'*\[(]{0,3}"
    r"(?:[cnl]?\d\s?[\-:]\s?)?$"
)
_BEFORE_FIELD = 80
_BRACKETS = dict(zip("[(<{*|=~_#", "])>}*|=~_#", strict=True))
_FILL = re.compile(
    r"(?i)(?<!\w)(?:documents?|dossier|note|courrier|message|information(?:s)?|donn[eé]es|data|page"
    r"|et|and|[aà]|pour|for|use|only|usage|uniquement|seulement|exclusivement|strictement|copie"
    r"|mention|ce|cette|this|est|is|objet|subject|re|tr|fw|fwd|v?\d+)(?!\w)"
)
_LONGEST_LINE = 120
"""A longer line is a sentence: only capitals or brackets make a label in it."""
_NOT_SO = re.compile(
    r"(?i)(?<!\w)(?:non|not|pas|plus|nullement|d[eé]classifi[eé]e?|clause|accord|contrat|no longer"
    r"|reste|restera|restent|rester|remain|remains|stay)[ \-]{1,2}(?:\w{1,12} )?$"
)


def find_labels(text: str) -> list[Hit]:
    """Every confidentiality label of ``text``, where it stands as a label."""
    hits = []
    for start, end in _near_signs(text):
        for match in _LABEL.finditer(text, start, end):
            why = _stands(text, match)
            if why:
                hits.append(Hit(*match.span(), "label", "confidential", f"label, {why}"))
    return hits


def _near_signs(text: str) -> list[tuple[int, int]]:
    """The stretches of ``text`` in which a label may stand, in order, apart."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter that becomes two
        return [(0, len(text))]
    places = sorted(place for sign in _SIGNS if sign in lower for place in _each(lower, sign))
    stretches: list[tuple[int, int]] = []
    for place in places:
        start, end = max(0, place - _AHEAD), min(len(text), place + _BEYOND)
        if stretches and start <= stretches[-1][1]:
            start = stretches.pop()[0]
        stretches.append((start, end))
    return stretches


def _each(text: str, sign: str) -> Iterator[int]:
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + len(sign))


def _stands(text: str, match: re.Match[str]) -> str:
    """How it stands there as a label; nothing where it is only a word."""
    start, end = match.span()
    if match["tlp"]:
        return "traffic light protocol"
    if _FIELD.search(text, max(0, start - _BEFORE_FIELD), start):
        return "value of a field"
    if _NOT_SO.search(text, max(0, start - 24), start):
        return ""
    before, after = text[max(0, start - 3) : start].rstrip(" "), text[end : end + 3].lstrip(" ")
    if before and after and _BRACKETS.get(before[-1]) == after[0]:
        return "between brackets"
    if match["plain"] and match[0].isupper():
        return "in capitals"
    head = text.rfind("\n", max(0, start - _LONGEST_LINE), start) + 1
    if not head and start > _LONGEST_LINE:
        return ""
    foot = text.find("\n", end, end + _LONGEST_LINE)
    if foot < 0:
        foot = len(text)
    if foot - end > _LONGEST_LINE:
        return ""
    line = text[head:start], text[end:foot]
    if not any(map(str.isalpha, _FILL.sub("", _LABEL.sub("", "\n".join(line))))):
        return "alone on its line"
    if not match["plain"] or not match[0][0].isupper():
        return ""
    if not line[0].strip(" \"'*_#>=~|/-") and re.match(r" ?(?:[:|]| - |- )", line[1]):
        return "at the head of a line"
    if re.search(r"(?: - |\| ?|: )$", line[0]) and not line[1].strip(" .*_|-"):
        return "at the foot of a line"
    return ""


# --- The firm's terms ----------------------------------------------------------------------------

LEAST_LETTERS = 3
"""A shorter term would be found in any text."""
MOST_WORDS = 12
_SEGMENT, _OVERLAP = 1000, 300
"""Characters read at a time, and those beyond in which a term that begins there ends."""
_WORD = re.compile(r"(?<![^\W_])[^\W_]+")
_GAP = re.compile(r"[\s\-_'./&,+\u00b7]{0,4}")
"""What may part two words of a term: ``Blue Horizon``, ``blue-horizon``, ``BLUE_HORIZON``."""

_Branch: TypeAlias = "dict[bytes, _Branch]"
_END = b""
"""The key of a branch at which a term is whole; below it, by one key, its kind."""


class Term(NamedTuple):
    """A code name, a customer, a project."""

    text: str
    kind: str
    """``customer``, ``code-name`` or ``term``: told as evidence."""


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The firm's terms, ready to be found: all of them in one walk over a text's words."""

    tree: _Branch
    signs: frozenset[bytes]
    """The longest word of each: a text without any of them holds no term."""


def terms(known: Iterable[Term]) -> Terms:
    """Terms made ready; those without a letter or digit say nothing and are left out."""
    tree: _Branch = {}
    signs: set[bytes] = set()
    for term in known:
        for spelling in _spellings(term.text):
            branch = tree
            for part in spelling:
                branch = branch.setdefault(part, {})
            branch.setdefault(_END, {})[term.kind.encode()] = {}
            longest = max(spelling, key=len)
            signs |= {longest, longest + b"s"}
    return Terms(tree, frozenset(signs))


def _spellings(text: str) -> list[list[bytes]]:
    """The words of a term, in one word too, and with or without what joins them (``et``, ``&``)."""
    parts = words(text)[:MOST_WORDS]
    ways = [parts, [b"".join(parts)], [part for part in parts if part not in (b"et", b"and")]]
    if "&" in text:
        ways.append(words(text.replace("&", " et "))[:MOST_WORDS])
    return [list(way) for way in sorted(set(map(tuple, ways))) if way]


def find_terms(text: str, known: Terms) -> list[Hit]:
    """Every term in ``text``, the longest where several begin: whatever its case and accents.

    Whole words; a plural ``s`` at the end of a word is nothing.
    """
    hits: list[Hit] = []
    done = 0
    for start in range(0, len(text) if known.signs else 0, _SEGMENT):
        end = start + _SEGMENT
        if known.signs.isdisjoint(words(text[start : end + _OVERLAP])):
            continue
        found = list(_WORD.finditer(text, start, end + _OVERLAP))
        spelled = [normalise(word[0]) for word in found]
        for at, word in enumerate(found):
            if word.start() >= end:
                break
            if word.start() < done:
                continue
            last, kind = _longest(text, found, spelled, at, known.tree)
            if last >= 0:
                done = found[last].end()
                evidence = f"the firm's {kind.replace('-', ' ')}"
                hits.append(Hit(word.start(), done, "term", "business", evidence))
    return hits


def _longest(
    text: str, found: list[re.Match[str]], spelled: list[bytes], at: int, tree: _Branch
) -> tuple[int, str]:
    """Number of the last word of the longest term that begins at word ``at``, and its kind."""
    last, kind = -1, ""
    branches = [tree]
    for index in range(at, min(len(found), at + MOST_WORDS)):
        if index > at and not _GAP.fullmatch(text, found[index - 1].end(), found[index].start()):
            break
        branches = [below for branch in branches for below in _below(branch, spelled[index])]
        if not branches:
            break
        for branch in branches:
            if _END in branch:
                last, kind = index, next(iter(branch[_END])).decode()
    return last, kind


def _below(branch: Mapping[bytes, _Branch], word: bytes) -> Iterable[_Branch]:
    if not word:
        return
    if word in branch:
        yield branch[word]
    if word.endswith(b"s") and word[:-1] in branch:
        yield branch[word[:-1]]
