"""Excerpts of registered documents, known by keyed fingerprints: no text of a document is kept.

Winnowing (Schleimer, Wilkerson, Aiken, "Winnowing: Local Algorithms for Document Fingerprinting",
SIGMOD 2003): of each ``WINDOW`` neighbouring runs of ``GRAM`` letters and digits, the one of lowest
rank is a fingerprint. Whatever stands around it, an excerpt of ``GRAM + WINDOW - 1`` unchanged
letters and digits therefore shares one with its document. A fingerprint is a keyed 64-bit hash:
without the key a store of them tells nothing, not even whether a guessed sentence is in it.

Paraphrase and translation share no run of letters with the original: nothing here sees them.

Ranks and minima are computed for thousands of places at once, a 32-bit lane each, inside one big
integer: CPython runs that in C, several times faster than a loop over characters.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import accumulate, compress, pairwise

from sobre.privacy.inspect import Hit
from sobre.privacy.spelling import normalise, places

GRAM = 14
"""Letters and digits under one fingerprint. Shorter finds more of an edited excerpt and more that
is common to all texts."""
WINDOW = 8
"""Neighbouring grams of which at least one is kept. Smaller finds more and stores more."""
LEAST_HITS, LEAST_COVERED = 2, 46
"""What makes an excerpt: fingerprints of one document, and letters and digits that they cover."""
NEAR = 80
"""Letters and digits between two fingerprints of one excerpt, at most."""
BLOCK = 2048
"""Grams ranked in one integer: more leaves the processor's first cache."""
OWNERS = 16
"""Documents looked at for one fingerprint: what more of them share is found through those."""

STOCK_PHRASES = (
    "je vous prie d'agréer, madame, monsieur, l'expression de mes salutations distinguées",
    "nous vous prions d'agréer, madame, monsieur, l'expression de nos salutations distinguées",
    "je vous prie d'agréer, monsieur, l'expression de mes sentiments distingués",
    "je vous prie d'agréer, madame, l'expression de mes sentiments les meilleurs",
    "veuillez agréer, madame, monsieur, l'expression de nos salutations distinguées",
    "veuillez agréer, madame, monsieur, mes salutations distinguées",
    "veuillez recevoir, madame, monsieur, nos salutations les meilleures",
    "veuillez croire, madame, monsieur, en l'assurance de ma considération distinguée",
    "je vous prie de bien vouloir trouver ci-joint",
    "nous vous prions de bien vouloir trouver ci-joint",
    "veuillez trouver ci-joint", "veuillez trouver en pièce jointe",
    "je reste à votre disposition pour tout renseignement complémentaire",
    "nous restons à votre entière disposition pour tout renseignement complémentaire",
    "n'hésitez pas à me contacter pour toute information complémentaire",
    "n'hésitez pas à revenir vers moi si vous avez des questions",
    "je me tiens à votre disposition pour toute question", "dans l'attente de votre réponse",
    "je vous remercie par avance de votre réponse", "en vous remerciant par avance",
    "en vous souhaitant bonne réception", "je vous souhaite une excellente journée",
    "nous accusons réception de votre courrier du", "suite à notre entretien téléphonique",
    "conformément aux dispositions du code du travail",
    "conformément aux dispositions du code civil", "conformément à la loi informatique et libertés",
    "conformément au règlement général sur la protection des données",
    "vous disposez d'un droit d'accès, de rectification et d'opposition aux données",
    "société par actions simplifiée au capital de",
    "société à responsabilité limitée au capital de",
    "immatriculée au registre du commerce et des sociétés de",
    "dont le siège social est situé", "représentée par son président en exercice",
    "ci-après dénommée", "d'une part, et d'autre part, il a été convenu ce qui suit",
    "fait en deux exemplaires originaux", "pour faire valoir ce que de droit",
    "lettre recommandée avec accusé de réception", "tribunal de commerce de paris",
    "merci de ne pas imprimer ce message pensez à l'environnement",
    "this message and any attachments are confidential and intended solely for the addressees",
    "if you have received this message in error please notify the sender immediately",
    "ce message et ses pièces jointes sont confidentiels et destinés exclusivement à",
    "si vous avez reçu ce message par erreur, merci d'en avertir immédiatement l'expéditeur",
    "please do not hesitate to contact me if you have any questions",
    "please find attached", "we look forward to hearing from you",
)  # fmt: skip
"""What any two firms' letters have in common: no mark of one document. Written for this list."""


def fingerprints(text: str, key: bytes) -> array[int]:
    """The fingerprints of a document, ascending, each once; those of stock phrases left out."""
    letters = normalise(text)
    common = _stock_grams()
    chosen = {letters[at : at + GRAM] for at in _chosen(letters, key)} - common
    keyed = _keyed(key)
    return array("Q", sorted({keyed(gram) for gram in chosen}))


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Every registered document's fingerprints, ready to be matched: 14 to 16 bytes for each."""

    prints: array[int]
    """Ascending; one that several documents share stands once for each."""
    owners: array[int]
    """For each of ``prints``, the number of its document."""
    labels: Mapping[int, str]
    """Number -> what a person knows the document by."""
    starts: array[int]
    """Leading bits of a fingerprint -> where those that begin so start."""
    shift: int


def register(prints: array[int], owners: array[int], labels: Mapping[int, str]) -> Register:
    """``prints`` has to be ascending, ``owners`` beside it."""
    bits = min(max(len(prints).bit_length() - 1, 1), 24)
    shift = 64 - bits
    counts = array("I", bytes(4 * ((1 << bits) + 1)))
    for value in prints:
        counts[(value >> shift) + 1] += 1
    return Register(prints, owners, labels, array("I", accumulate(counts)), shift)


def find_excerpts(text: str, key: bytes, known: Register) -> list[Hit]:
    """Where ``text`` quotes a registered document.

    Fingerprints of one document near each other that cover enough of its letters make an excerpt;
    where several documents share it, the one with the most is named.
    """
    if not known.prints:
        return []
    letters = normalise(text)
    keyed, prints, owners = _keyed(key), known.prints, known.owners
    starts, shift = known.starts, known.shift
    seen: dict[int, list[int]] = {}
    for at in _chosen(letters, key):
        value = keyed(letters[at : at + GRAM])
        slot = value >> shift
        first, last = starts[slot], starts[slot + 1]
        if first == last:
            continue
        first = bisect_left(prints, value, first, last)
        for index in range(first, min(last, first + OWNERS)):
            if prints[index] != value:
                break
            seen.setdefault(owners[index], []).append(at)
    excerpts = sorted(_excerpts(seen), key=lambda e: (-e[2], e[0], e[3]))
    return sorted(_told(text, excerpts, known.labels)) if excerpts else []


def _excerpts(seen: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, fingerprints, document) in normalised letters."""
    for document, found in seen.items():
        begin, count, covered = found[0], 1, GRAM
        for before, at in pairwise((*found, found[-1] + GRAM + NEAR + 1)):
            if at - before > GRAM + NEAR:
                if count >= LEAST_HITS and covered >= LEAST_COVERED:
                    yield begin, before + GRAM, count, document
                begin, count, covered = at, 1, GRAM
            else:
                count += 1
                covered += min(GRAM, at - before)


def _told(
    text: str, excerpts: Iterable[tuple[int, int, int, int]], labels: Mapping[int, str]
) -> Iterator[Hit]:
    ends = places(text)
    taken = bytearray(ends[-1])
    for start, end, count, document in excerpts:
        if taken.find(0, start, end) < 0:
            continue
        taken[start:end] = b"\1" * (end - start)
        first, last = bisect_left(ends, start + 1), bisect_left(ends, end) + 1
        evidence = f"{count} fingerprints of document {labels[document]!r}"
        yield Hit(first, last, "document", "confidential", evidence)


# --- Which grams are kept ------------------------------------------------------------------------

_LANE = 32
"""Bits: a rank of 16, room for a product above it. Bit 16 also tells how a comparison went."""
_LANES = int.from_bytes(b"\1\0\0\0" * (BLOCK + GRAM + 2 * WINDOW), "little")
_RANKS = _LANES * 0xFFFF
_GUARDS = _LANES << 16
_FACTORS = (0x5BD1, 0x6A4F, 0x4C3B, 0x7A1D, 0x58E7, 0x6D2B, 0x4F95, 0x73C9)
"""Odd, below 2**15: a product of a rank and one of them, and a rank more, fit a lane."""


def _chosen(letters: bytes, key: bytes) -> list[int]:
    """Where the grams that stand for the text begin, ascending."""
    grams = len(letters) - GRAM + 1
    if grams <= BLOCK + WINDOW:
        return _block(letters, key) if grams > 0 else []
    chosen: list[int] = []
    for begin in range(0, grams - WINDOW + 1, BLOCK):
        block = _block(letters[begin : begin + BLOCK + WINDOW + GRAM - 2], key)
        overlap = [at for at in chosen[-WINDOW:] if at >= begin]
        if overlap:
            del chosen[-len(overlap) :]
            ahead = {at - begin for at in overlap}
            block = sorted(ahead.union(block))
        chosen += [begin + at for at in block]
    return chosen


def _block(letters: bytes, key: bytes) -> list[int]:
    """``_chosen`` for what fits one integer."""
    grams = len(letters) - GRAM + 1
    window = min(WINDOW, grams)
    spread = bytearray(4 * len(letters))
    spread[::4] = letters.translate(_weights(key))
    ranks = _ranked(int.from_bytes(spread, "little")) & (_RANKS & _upto(grams))
    guards = _GUARDS & _upto(grams)
    lowest = ranks
    for step in _steps(window):
        other = lowest >> _LANE * step
        more = ((lowest | guards) - other) & guards
        lowest ^= (lowest ^ other) & (more - (more >> 16))
    # The lowest of each whole window; then for each gram the highest of the windows it stands in:
    # a gram is kept where that is its own rank.
    highest = lowest & _upto(grams - window + 1)
    for step in _steps(window):
        other = (highest << _LANE * step) & _upto(grams)
        more = ((highest | guards) - other) & guards
        highest = other ^ ((highest ^ other) & (more - (more >> 16)))
    kept = ((highest | guards) - ranks) & guards
    return list(compress(range(grams), kept.to_bytes(4 * grams, "little")[2::4]))


def _ranked(weights: int) -> int:
    """A 16-bit rank for the gram that begins in each lane, built by doubling its length."""
    ranks, length = weights, 1
    for factor, bit in zip(_FACTORS, f"{GRAM:b}"[1:], strict=False):
        ranks = (ranks * factor + (ranks >> _LANE * length)) & _RANKS
        length *= 2
        if bit == "1":
            ranks = (ranks * factor + (weights >> _LANE * length)) & _RANKS
            length += 1
    return ranks


def _steps(window: int) -> list[int]:
    """By how much to shift so that one place has seen ``window`` neighbours: 1, 2, 4, the rest."""
    steps, reach = [], 1
    while reach < window:
        step = min(reach, window - reach)
        steps.append(step)
        reach += step
    return steps


@lru_cache(maxsize=64)
def _upto(lanes: int) -> int:
    return (1 << _LANE * lanes) - 1


@lru_cache(maxsize=8)
def _weights(key: bytes) -> bytes:
    """An order of the letters that only the key tells: who has no key cannot aim between ranks."""
    secret = b"".join(
        blake2b(bytes((n,)), key=key, person=b"sobre weights").digest() for n in range(8)
    )
    order = [secret[2 * n : 2 * n + 2] for n in range(256)]
    return bytes(sorted(range(256), key=order.__getitem__))


class _keyed:  # noqa: N801 - used as a function
    """64-bit hash of one gram under the key."""

    __slots__ = ("_copy",)

    def __init__(self, key: bytes) -> None:
        self._copy = blake2b(key=key, digest_size=8, person=b"sobre fp").copy

    def __call__(self, gram: bytes) -> int:
        state = self._copy()
        state.update(gram)
        return int.from_bytes(state.digest(), "big")


@cache
def _stock_grams() -> frozenset[bytes]:
    phrases = map(normalise, STOCK_PHRASES)
    return frozenset(p[n : n + GRAM] for p in phrases for n in range(len(p) - GRAM + 1))
