"""Which words of a text are a person's name: a linear-chain CRF over the words that could be one.

Most words cannot be part of a name and are never looked at: the chain runs over *candidates* alone
(capitalised words, listed names in lower case, what stands beside one). Everything that a weight
depends on is one word, one pair of word classes, or a word and a class, so sums of weights are kept
and a candidate costs a dozen look-ups. Trained by ``training/shield/train.py``; card:
``privacy/data/README.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import exp
from typing import NamedTuple

from sobre.privacy.lexicon import NOTHING, Lexicon, Word, plain

LABELS = ("O", "B", "I", "C")
"""Outside a name, first word of one, a further word, first word of one that follows another."""
Vector = tuple[float, float, float]
"""Weights of B, I and C, each less that of O."""
Odds = tuple[float, float, float, float]

_TOKEN = re.compile(
    r"[^\W\d_]{3,}(?:-[^\W\d_]+|(?<!qu)'[^\W\d_]+)*"
    r"|[^\w\s]|\d[\d.,/:]*|\n|(?:[Qq]u|[dlnsmtcjDLNSMTCJ])'(?=[^\W\d_])"
    r"|[^\W\d_](?:\.?-?[^\W\d_])?\.(?=[\s,)]|[^\W\d_]{2}|$)"
    r"|[^\W\d_]{1,2}(?:[-'][^\W\d_]+)*|_"
)
_BLOB_LENGTH = 200
_BLOB = re.compile(rf"(?<![\w+/=])[A-Za-z0-9+/=_]{{{_BLOB_LENGTH},}}+")
_PARTICLES = frozenset(
    "de du des d' la le les el al ben bin abu ould da do dos das di del della van von der den ter"
    " ten zu y e san saint sainte st ste mac mc o".split()
)
_FOREIGN = frozenset("dos da do das di della del van von der den el al ben bin zu".split())
"""Particles that are no French word: a name may begin with one."""
_TITLES = frozenset(
    "m. mr mr. m mme mlle mmes mm. dr dr. docteur docteure pr pr. professeur professeure me me."
    " maitre monsieur madame mademoiselle messieurs mesdames veuve mrs ms miss sir cher chere"
    " prof père abbe frere soeur".split()
)
_SEPARATES = frozenset(",;/|\n&et-•*+")
_LETTERS = frozenset("XAMIx")
MOST_WORDS = 8
"""Words of one name; more are several."""
MOST_GAP = 12
"""Tokens between two candidates beyond which they do not influence each other."""
_MOST_KEPT = 20_000


class Tagged(NamedTuple):
    """One name: offsets in characters, and the least probability of its words."""

    start: int
    end: int
    score: float


class Seen:
    """What is kept of a word: how weights name it, and the sums of its weights by place."""

    __slots__ = (
        *("kind", "left", "left2", "listed", "own", "right", "right2", "shape", "word"),
        *("left_kind", "left_word", "right_kind", "right_word"),
    )

    def __init__(self, word: str, shape: str, kind: str, listed: Word) -> None:
        self.word = word
        self.shape = shape
        self.kind = kind
        """Shape and what the lists say: ``X320c``."""
        self.listed = listed
        self.own: Vector | None = None
        self.left: Vector | None = None
        self.left2: Vector | None = None
        self.right: Vector | None = None
        self.right2: Vector | None = None
        self.left_kind: Mapping[str, Vector] | None = None
        """What it weighs at the left of a word, by that word's kind; ``left_word`` by its shape."""
        self.left_word: Mapping[str, Vector] = {}
        self.right_kind: Mapping[str, Vector] = {}
        self.right_word: Mapping[str, Vector] = {}


def tokens(text: str) -> tuple[list[str], list[int]]:
    """Words, numbers, marks and line ends, and where each starts; encoded data is passed over."""
    if len(text) > _BLOB_LENGTH:
        text = _BLOB.sub(lambda blob: " " * len(blob[0]), text)
    found = list(_TOKEN.finditer(text))
    return [match[0] for match in found], [match.start() for match in found]


def shape_of(text: str) -> str:
    """``X`` Capitalised, ``A`` CAPITALS, ``x`` lower, ``I`` an initial, else the mark itself.

    ``M`` is mixed as a name may be (``McAdam``, ``PlERRE`` of a scan), ``?`` mixed as none is.
    """
    first = text[0]
    if not first.isalpha():
        return "9" if first.isdigit() else first
    if first.isupper():
        if len(text) == 1 or text[1] == ".":
            return "I"
        if text.isupper():
            return "A"
        if text[1:].islower() or "-" in text or "'" in text:
            return "X"
    elif text.islower():
        return "x"
    capitals = sum(map(str.isupper, text))
    return "M" if (capitals == 2 and first.isupper()) or capitals >= len(text) - 1 else "?"


class Read(NamedTuple):
    """A text in tokens: how they are written, where they start, what is kept of each."""

    words: list[str]
    starts: list[int]
    seen: list[Seen]


class Reader:
    """Turns a text into candidates and what each of them depends on."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._kept: dict[str, Seen] = {}

    def read(self, text: str) -> Read:
        words, starts = tokens(text)
        kept = self._kept
        see = self.see
        return Read(words, starts, [kept.get(word) or see(word) for word in words])

    def see(self, text: str) -> Seen:
        seen = self._kept.get(text)
        if seen is None:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            seen = self._kept[text] = self._see(text)
        return seen

    def edge(self) -> Seen:
        """What stands before the first word and after the last."""
        return self.see("^")

    def _see(self, text: str) -> Seen:
        form = shape_of(text)
        if form == "9":
            return Seen("9" * min(len(text), 6), "9", "9", NOTHING)
        if not text[0].isalpha():
            return Seen(text, text, text, NOTHING)
        word = plain(text)
        listed = self._lexicon.look(text.rstrip("."))
        kind = f"{form}{listed.first}{listed.last}{listed.common}{listed.proper}"
        if word in _TITLES:
            kind = "T" + form
        elif word in _PARTICLES:
            kind = "P" + form
        return Seen(word, form, kind, listed)

    def candidates(self, seen: Sequence[Seen]) -> list[int]:
        """Indices of the words that could be part of a name."""
        found: list[int] = []
        last, size = -2, len(seen)
        for i, one in enumerate(seen):
            form = one.shape
            if form not in _LETTERS or one.kind[0] == "T":
                continue
            if form != "x":
                if _opens_nothing(one, seen[i + 1] if i + 1 < size else None):
                    continue
            elif one.kind[0] == "P":
                named = last == i - 1 or one.word in _FOREIGN or (i and seen[i - 1].kind[0] == "T")
                if not named or i + 1 >= size or not _follows_particle(seen[i + 1]):
                    continue
            elif not _stands_lower(one, seen[i - 1] if i else None, adjoins=last == i - 1):
                continue
            found.append(i)
            last = i
        return found


def _opens_nothing(one: Seen, after: Seen | None) -> bool:
    """A grammatical word in capitals that no name follows: a sentence's first word, mostly."""
    if one.listed.common != 2 or one.listed.first or after is None:
        return False
    return after.shape not in "XA" or one.word not in _PARTICLES


def _follows_particle(after: Seen) -> bool:
    return after.shape in "XAMI" or after.listed.last > 0 or after.kind[0] == "P"


def _stands_lower(one: Seen, before: Seen | None, *, adjoins: bool) -> bool:
    """Whether a word in lower case could be a name: listed and no word, or beside what says so."""
    first, usual = one.listed.first, one.listed.common
    if usual == 0 and (first or one.listed.last):
        return True
    if usual == 1 and first > 1:
        return True
    if before is None or usual == 2:
        return False
    if adjoins and before.listed.first:
        return True
    return before.kind[0] == "T" or (usual == 0 and before.word == "@")


def chains(found: Sequence[int]) -> Iterator[list[int]]:
    """Candidates near enough to each other to be decided together."""
    chain: list[int] = []
    for index in found:
        if chain and index - chain[-1] > MOST_GAP:
            yield chain
            chain = []
        chain.append(index)
    if chain:
        yield chain


def gap(seen: Sequence[Seen], before: int, after: int) -> str:
    """What stands between two candidates: nothing, what separates a list's members, or words."""
    if before < 0:
        return "^"
    if after == before + 1:
        return ""
    for between in range(before + 1, after):
        if seen[between].word not in _SEPARATES:
            return "…"
    return "," if after - before < 5 else ",,"


def line_of(seen: Sequence[Seen], index: int, lines: Sequence[int]) -> str:
    """Where in its line a word stands, and how long the line is."""
    length = lines[index]
    size = "1" if length < 3 else "2" if length < 6 else "3" if length < 14 else "4"
    first = index == 0 or seen[index - 1].word == "\n"
    return ("^" if first else "") + size


def line_lengths(seen: Sequence[Seen]) -> list[int]:
    """For each token how many its line has."""
    lengths = [0] * len(seen)
    begin = 0
    for i, one in enumerate(seen):
        if one.word == "\n":
            lengths[begin:i] = [i - begin] * (i - begin)
            begin = i + 1
    lengths[begin:] = [len(seen) - begin] * (len(seen) - begin)
    return lengths


# What weights hang on. Each function gives the names for one group, whose sum is kept.


def own(seen: Seen) -> tuple[str, ...]:
    word, form, listed = seen.word, seen.shape, seen.listed
    return (
        f"w={word}",
        f"k={seen.kind}",
        f"s={form}",
        f"3={word[-3:]}{form}",
        f"2={word[-2:]}{form}",
        f"p={word[:3]}{form}",
        f"f={listed.first}{form}",
        f"l={listed.last}{form}",
        f"c={listed.common}{form}",
        f"n={min(len(word), 9)}{form}",
        f"h={word.count('-')}{form}",
    )


def beside(place: str, seen: Seen) -> tuple[str, ...]:
    word = seen.word
    return (
        f"{place}w={word}",
        f"{place}k={seen.kind}",
        f"{place}s={seen.shape}",
        f"{place}3={word[-3:]}",
    )


def pairs(
    me: Seen, around: tuple[Seen, Seen, Seen, Seen], between: str, line: str
) -> tuple[str, ...]:
    """Names of the weights that hang on two things at once."""
    left2, left, right, right2 = around
    form, kind = me.shape, me.kind
    return (
        f"lk={left.kind}|{kind}",
        f"rk={right.kind}|{kind}",
        f"lw={left.word}|{form}",
        f"rw={right.word}|{form}",
        f"ll={left2.word} {left.word}|{form}",
        f"rr={right.word} {right2.word}|{form}",
        f"lr={left.shape}{right.shape}|{kind}",
        f"gg={between}|{form}",
        f"ln={line}|{kind}",
    )


PAIRS = ("lk", "rk", "lw", "rw", "ll", "rr", "lr", "gg", "ln")
_NONE: Mapping[str, Vector] = {}
_MOST = 300.0
"""Log-odds beyond which nothing changes and ``exp`` might overflow."""


class Tagger:
    """The trained weights at work. Raises ``ValueError`` for a file that is none of ours."""

    def __init__(self, model: bytes, lexicon: Lexicon) -> None:
        content = json.loads(model)
        if content.get("labels") != list(LABELS):
            raise ValueError("not a person tagger")
        scale = content["scale"]
        self._weights: dict[str, Vector] = {}
        self._pairs: dict[str, dict[str, dict[str, Vector]]] = {name: {} for name in PAIRS}
        for name, (o, *others) in content["weights"].items():
            b, i, c = ((w - o) / scale for w in others)
            pair = name[:2]
            if pair in PAIRS and name[2] == "=":
                first, _, second = name[3:].rpartition("|")
                self._pairs[pair].setdefault(first, {})[second] = (b, i, c)
            else:
                self._weights[name] = (b, i, c)
        moves = [[exp(w / scale) for w in row] for row in content["transitions"]]
        moves[0][2] = moves[0][3] = 0.0  # nothing goes on, or follows, what is outside a name
        self._moves = moves
        self.reader = Reader(lexicon)
        self._edge = self.reader.edge()

    def tag(self, text: str, threshold: float) -> list[Tagged]:
        """The names in ``text``: words whose probability of being in one is at least that."""
        return self.names(self.reader.read(text), threshold)

    def names(self, read: Read, threshold: float) -> list[Tagged]:
        """The same for a text that is already read."""
        found: list[Tagged] = []
        candidates = self.reader.candidates(read.seen)
        if candidates:
            lines = line_lengths(read.seen)
            for chain in chains(candidates):
                found += self._names(read, lines, chain, threshold)
        return found

    def _names(
        self, read: Read, lines: Sequence[int], chain: Sequence[int], threshold: float
    ) -> Iterator[Tagged]:
        start, end, least, before, size = -1, 0, 1.0, -1, 0
        for index, odds in zip(chain, self._odds(read.seen, lines, chain), strict=True):
            inside = 1.0 - odds[0]
            if inside < threshold:
                if start >= 0:
                    yield Tagged(start, end, least)
                start = -1
                continue
            at = read.starts[index]
            goes_on = start >= 0 and index == before + 1 and odds[2] >= odds[1] + odds[3]
            if goes_on and size < MOST_WORDS:
                least, size = min(least, inside), size + 1
            else:
                if start >= 0:
                    yield Tagged(start, end, least)
                start, least, size = at, inside, 1
            end, before = at + len(read.words[index]), index
        if start >= 0:
            yield Tagged(start, end, least)

    def _odds(self, seen: Sequence[Seen], lines: Sequence[int], chain: Sequence[int]) -> list[Odds]:
        """For each candidate the probability of each label: forward, backward, multiplied."""
        states: list[Odds] = []
        before = -1
        for index in chain:
            b, i, c = self._score(seen, lines, index, between := gap(seen, before, index))
            states.append(
                (
                    1.0,
                    exp(min(b, _MOST)),
                    exp(min(i, _MOST)) if between == "" else 0.0,
                    exp(min(c, _MOST)) if before >= 0 else 0.0,
                )
            )
            before = index
        (oo, ob, _, _), (bo, bb, bi, bc), (io, ib, ii, ic), (co, cb, ci, cc) = self._moves
        forward: list[Odds] = []
        o, b, i, c = states[0]
        total = o + b + i + c
        o, b, i, c = o / total, b / total, i / total, c / total
        forward.append((o, b, i, c))
        for so, sb, si, sc in states[1:]:
            o, b, i, c = (
                so * (o * oo + b * bo + i * io + c * co),
                sb * (o * ob + b * bb + i * ib + c * cb),
                si * (b * bi + i * ii + c * ci),
                sc * (b * bc + i * ic + c * cc),
            )
            total = o + b + i + c
            o, b, i, c = o / total, b / total, i / total, c / total
            forward.append((o, b, i, c))
        odds: list[Odds] = [forward[-1]]
        o = b = i = c = 1.0
        for place in range(len(states) - 1, 0, -1):
            so, sb, si, sc = states[place]
            so, sb, si, sc = so * o, sb * b, si * i, sc * c
            o, b, i, c = (
                oo * so + ob * sb,
                bo * so + bb * sb + bi * si + bc * sc,
                io * so + ib * sb + ii * si + ic * sc,
                co * so + cb * sb + ci * si + cc * sc,
            )
            total = o + b + i + c
            o, b, i, c = o / total, b / total, i / total, c / total
            fo, fb, fi, fc = forward[place - 1]
            fo, fb, fi, fc = fo * o, fb * b, fi * i, fc * c
            total = fo + fb + fi + fc
            odds.append((fo / total, fb / total, fi / total, fc / total))
        odds.reverse()
        return odds

    def _score(
        self, seen: Sequence[Seen], lines: Sequence[int], index: int, between: str
    ) -> Vector:
        me = seen[index]
        left2, left, right, right2 = neighbours(seen, index, self._edge)
        for one in (left2, left, right, right2):
            if one.left_kind is None:
                self._weigh(one)
        own_sum = me.own
        if own_sum is None:
            own_sum = me.own = self._sum(own(me))
        kind, form, pairs = me.kind, me.shape, self._pairs
        b, i, c = own_sum
        for vector in (
            left2.left2,
            left.left,
            right.right,
            right2.right2,
            left.left_kind.get(kind),  # type: ignore[union-attr]  # weighed above
            right.right_kind.get(kind),
            left.left_word.get(form),
            right.right_word.get(form),
            pairs["ll"].get(f"{left2.word} {left.word}", _NONE).get(form),
            pairs["rr"].get(f"{right.word} {right2.word}", _NONE).get(form),
            pairs["lr"].get(left.shape + right.shape, _NONE).get(kind),
            pairs["gg"].get(between, _NONE).get(form),
            pairs["ln"].get(line_of(seen, index, lines), _NONE).get(kind),
        ):
            if vector is not None:
                b += vector[0]
                i += vector[1]
                c += vector[2]
        return b, i, c

    def _weigh(self, one: Seen) -> None:
        """What a word weighs on its neighbours, once."""
        one.left2 = self._sum(beside("-2", one))
        one.left = self._sum(beside("-1", one))
        one.right = self._sum(beside("+1", one))
        one.right2 = self._sum(beside("+2", one))
        one.left_kind = self._pairs["lk"].get(one.kind, _NONE)
        one.left_word = self._pairs["lw"].get(one.word, _NONE)
        one.right_kind = self._pairs["rk"].get(one.kind, _NONE)
        one.right_word = self._pairs["rw"].get(one.word, _NONE)

    def _sum(self, names: Sequence[str]) -> Vector:
        b = i = c = 0.0
        for name in names:
            if (w := self._weights.get(name)) is not None:
                b, i, c = b + w[0], i + w[1], c + w[2]
        return b, i, c


def neighbours(seen: Sequence[Seen], index: int, edge: Seen) -> tuple[Seen, Seen, Seen, Seen]:
    """Two words before and two after; beyond the text, its edge."""
    size = len(seen)
    return (
        seen[index - 2] if index > 1 else edge,
        seen[index - 1] if index else edge,
        seen[index + 1] if index + 1 < size else edge,
        seen[index + 2] if index + 2 < size else edge,
    )


def named(
    seen: Sequence[Seen], lines: Sequence[int], chain: Sequence[int], edge: Seen
) -> list[list[str]]:
    """For training: the names of all weights each candidate of a chain hangs on."""
    rows: list[list[str]] = []
    for before, index in pairwise((-1, *chain)):
        around = neighbours(seen, index, edge)
        left2, left, right, right2 = around
        between, line = gap(seen, before, index), line_of(seen, index, lines)
        rows.append(
            [
                *own(seen[index]),
                *beside("-2", left2),
                *beside("-1", left),
                *beside("+1", right),
                *beside("+2", right2),
                *pairs(seen[index], around, between, line),
            ]
        )
    return rows
