"""From whatever is known of a model to its parameters: always a number, a range and a tier.

A file's own head or a server's own answer counts what runs and goes before everything; then the
firm's own and the published sizes; then what the name states; then its family's class, its price,
its speed; at last any model. ``resolve`` raises for nothing: what it cannot use it passes over and
says so in the note.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sobre.footprint.energy import Size
from sobre.footprint.errors import FootprintInputError
from sobre.footprint.interval import Interval, geometric
from sobre.footprint.resolve_config import (
    Count,
    Facts,
    from_gguf,
    from_hf,
    from_ollama,
    from_vllm,
    number,
)
from sobre.footprint.resolve_names import Name, Stated, fold, key, same_size, take_apart

Bounds = tuple[float, float]

DEFAULT_BITS = 16.0
"""Bits a weight where nothing says: the type most models are published in."""
OLLAMA_BITS = 4.89
"""The same for a name as Ollama writes one: its library's own files are Q4_K_M, mostly."""
SMALL = 0.6
"""Billions below which that library keeps 16 bits, mostly: embeddings."""
AGREES = 1.3
"""Two statements of a size within this factor are taken as one."""
NARROW = 1.5
"""Widest ratio of a range that still counts as a known size (``footprint.energy.size``)."""
SPARSITY = 20.0
"""Total over active parameters at most, where only one is known (``generic.sparsity``)."""
GENERIC_ACTIVE = Interval(3.0, 20.0, 132.0)
GENERIC_TOTAL = Interval(3.0, 45.0, 675.0)
"""Any model: as ``generic.active`` and ``generic.total`` of data/factors.json; a test compares."""

_TIERS = {"yes": "B", "partly": "C", "no": "D"}
_MEASURED = {
    "gguf": "the file's own GGUF head",
    "ollama": "Ollama's answer",
    "vllm": "the server's model list",
    "hf_config": "config.json",
}

_DENSE = frozenset(
    "mistral llama llama2 llama3 llama3.1 llama3.2 llama3.3 codellama gemma gemma2 gemma3 falcon yi"
    " solar vicuna wizardlm hermes olmo olmo2 eurollm apertus aya starcoder starcoder2 phi phi3"
    " phi4 opt bloom pythia mpt zephyr stablelm internlm2 exaone qwen qwen1.5 qwen2 qwen2.5 qwq"
    " command devstral magistral codestral salamandra smollm smollm2 nous guanaco alpaca".split()
)
"""Words of families whose members that state one size alone are dense."""

_CLASSES: tuple[tuple[str, tuple[float, ...], tuple[float, ...]], ...] = (
    ("claude opus", (67, 600), (670, 2000)),
    ("claude haiku", (10, 70), (10, 120)),
    ("claude fable", (134, 400), (670, 2000)),
    ("claude", (29, 200), (293, 1340)),
    ("gpt nano", (5, 58), (5, 80)),
    ("gpt mini", (8, 158), (8, 200)),
    ("gpt pro", (90, 1800), (900, 5400)),
    ("gpt image", (5, 132), (10, 440)),
    ("gpt", (30, 300), (300, 1500)),
    ("o mini", (8, 70), (8, 200)),
    ("o", (35, 300), (300, 1500)),
    ("gemini nano", (1.8, 5), (1.8, 8)),
    ("gemini lite", (8, 105), (8, 150)),
    ("gemini flash", (44, 300), (300, 900)),
    ("gemini", (45, 600), (600, 2000)),
    ("grok mini", (10, 60), (70, 400)),
    ("grok fast", (20, 150), (300, 2000)),
    ("grok", (80, 400), (1000, 3500)),
    ("mistral large", (41, 123), (123, 1050)),
    ("mistral medium", (70, 128), (70, 128)),
    ("mistral small", (6.5, 24), (22, 119)),
    ("magistral medium", (70, 128), (70, 128)),
    ("devstral medium", (70, 123), (70, 123)),
    ("ministral", (3, 14), (3, 14)),
    ("magistral", (6.5, 24), (22, 119)),
    ("devstral", (22, 123), (22, 123)),
    ("codestral", (22, 25), (22, 25)),
    ("voxtral", (3, 24), (3, 24)),
    ("pixtral", (12, 124), (12, 124)),
    ("deepseek lite", (2.4, 3), (15, 16)),
    ("deepseek flash", (13, 20), (200, 300)),
    ("deepseek pro", (37, 60), (671, 1700)),
    ("deepseek", (37, 37, 50), (671, 671, 1600)),
    ("kimi", (32, 32, 100), (1000, 1000, 2800)),
    ("glm flash", (3, 10), (9, 31)),
    ("glm air", (12, 14), (106, 120)),
    ("glm", (12, 32, 40), (106, 360, 754)),
    ("minimax", (10, 10, 46), (229, 230, 456)),
    ("qwen max", (20, 120), (300, 2400)),
    ("qwen plus", (10, 95), (70, 480)),
    ("qwen flash", (3, 30), (7, 70)),
    ("qwen turbo", (3, 30), (7, 70)),
    ("qwen coder", (3, 35), (7, 480)),
    ("qwen", (3, 35), (7, 400)),
    ("qwq", (20, 120), (32, 480)),
    ("qvq", (20, 120), (72, 480)),
    ("ernie", (3, 100), (21, 2400)),
    ("doubao", (15, 40), (150, 400)),
    ("seed", (15, 40), (36, 400)),
    ("hunyuan", (13, 52), (80, 400)),
    ("hy", (13, 52), (80, 400)),
    ("step", (11, 38), (196, 330)),
    ("longcat", (3, 31), (68, 560)),
    ("mimo", (7, 42), (7, 1000)),
    ("ling", (1.4, 50), (16, 1000)),
    ("ring", (1.4, 50), (16, 1000)),
    ("nova micro", (5, 20), (5, 20)),
    ("nova lite", (5, 60), (10, 60)),
    ("nova", (20, 150), (60, 1500)),
    ("titan", (5, 70), (5, 70)),
    ("command a", (25, 111), (111, 218)),
    ("command", (8, 111), (8, 218)),
    ("jamba mini", (12, 12), (52, 52)),
    ("jamba", (12, 94), (52, 398)),
    ("llama maverick", (17, 17), (400, 401)),
    ("llama scout", (17, 17), (108, 109)),
    ("llama", (3, 70), (3, 400)),
    ("nemotron ultra", (55, 253), (253, 550)),
    ("nemotron super", (12, 50), (49, 124)),
    ("nemotron nano", (3, 9), (4, 33)),
    ("nemotron", (3, 70), (4, 124)),
    ("gemma", (2, 31), (2, 31)),
    ("phi mini", (3.8, 4), (3.8, 4)),
    ("phi", (2.7, 15), (2.7, 42)),
    ("granite nano", (0.3, 1.5), (0.3, 1.5)),
    ("granite tiny", (1, 3), (3, 7)),
    ("granite micro", (3, 3.5), (3, 3.5)),
    ("granite", (1, 30), (1, 34)),
    ("olmo", (7, 32), (7, 32)),
    ("falcon", (1, 40), (1, 40)),
    ("trinity", (1, 13), (6, 400)),
    ("sonar pro", (30, 150), (70, 700)),
    ("sonar", (30, 71), (70, 400)),
    ("palmyra", (15, 150), (70, 300)),
    ("lfm", (0.3, 2.3), (0.3, 24)),
    ("whisper", (0.04, 1.6), (0.04, 1.6)),
    ("embed", (0.02, 8), (0.02, 8)),
    ("rerank", (0.02, 8), (0.02, 8)),
    ("minilm", (0.02, 0.12), (0.02, 0.12)),
    ("nano", (0.3, 58), (0.3, 80)),
    ("tiny", (0.1, 4), (0.1, 8)),
    ("micro", (0.3, 20), (0.3, 20)),
    ("mini", (1.4, 120), (3, 230)),
    ("lite", (2, 105), (7, 120)),
    ("small", (6.5, 30), (6.5, 120)),
    ("medium", (14, 128), (14, 200)),
    ("large", (20, 130), (70, 1050)),
)
"""Class ranges: words, active, total.

Billions, low and high or low, usual and high, for models of unpublished or unknown size:
assumptions, from the published members of a family and EcoLogits 0.11.3's ranges (MPL-2.0).
"""


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a model. Any field may hold anything: what cannot be used is passed over."""

    name: object = None
    gguf: object = None
    """``parameters``, ``experts``, ``experts_used``, ``file_bytes``, ``quantisation``, ``name``."""
    ollama: object = None
    """The answer of Ollama's ``POST /api/show``."""
    vllm: object = None
    """One entry of an OpenAI-like ``/v1/models``."""
    hf_config: object = None
    """A Hugging Face ``config.json``."""
    price: object = None
    """EUR or USD per million output tokens; the two are not told apart."""
    tokens_per_second: object = None
    """Output speed of one answer."""
    latency: object = None
    """Seconds per output token, the inverse of the speed."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A model's size, in billions, and where it comes from."""

    active: Interval
    total: Interval
    bits: float
    """Of a stored weight."""
    bits_known: bool
    source: str
    """registry, user, gguf, ollama, vllm, hf_config, name, price, latency or generic."""
    known: str
    """As ``energy.Size.known``: ``yes``, ``partly``, ``no``."""
    tier: str
    """The best tier the size allows: B, C or D."""
    note: str

    def as_size(self) -> Size:
        return Size(self.active, self.total, self.known)


class Entry(NamedTuple):
    """One model of a registry."""

    id: str
    total: Bounds
    active: Bounds
    bits: float | None
    source: str
    """Where the figures come from."""
    kind: str
    """``registry`` or ``user``."""


class Registry:
    """Models of known size, found by name. Its file is parsed at the first question."""

    __slots__ = ("_index", "_ollama", "_raw", "version")

    def __init__(self) -> None:
        self._raw: bytes | None = None
        self._index: dict[str, Entry] = {}
        self._ollama: dict[str, str] = {}
        self.version = ""

    @classmethod
    def from_json(cls, text: bytes) -> Registry:
        """From data/models.json.

        A file that is not one raises ``FootprintInputError`` at the first question, not here: most
        starts ask none.
        """
        registry = cls()
        registry._raw = text
        return registry

    def with_models(
        self, models: Mapping[str, tuple[Bounds, Bounds, str]], *, kind: str = "user"
    ) -> Registry:
        """A registry with more models, which go before its own: name -> (total, active, source).

        Billions. Raises ``FootprintInputError`` for impossible sizes.
        """
        self._parse()
        more = Registry()
        more._index, more._ollama = dict(self._index), self._ollama
        more.version = self.version
        for name, (total, active, source) in models.items():
            for field, (low, high) in (("total", total), ("active", active)):
                if not 0 < low <= high <= 1e6:
                    raise FootprintInputError(f"{name} {field}", "needs 0 < low <= high <= 1e6")
            if active[0] > total[0] or active[1] > total[1]:
                raise FootprintInputError(f"{name} active", "more than total")
            folded = fold(name)
            if folded:
                known = more._index.get(folded)
                bits = known.bits if known else None
                more._index[folded] = Entry(name, total, active, bits, source, kind)
        return more

    def __len__(self) -> int:
        """How many models, aliases not counted."""
        self._parse()
        return len({entry.id for entry in self._index.values()})

    def entries(self) -> tuple[Entry, ...]:
        self._parse()
        return tuple(dict.fromkeys(self._index.values()))

    def exact(self, words: tuple[str, ...]) -> Entry | None:
        self._parse()
        return self._index.get(key(words))

    def default_tag(self, words: tuple[str, ...]) -> str | None:
        """The size that Ollama's library serves under a name without tag."""
        self._parse()
        return self._ollama.get(key(words))

    def _parse(self) -> None:
        """Fills the index once. Two threads at once do the same work and end alike."""
        raw = self._raw
        if raw is None:
            return
        try:
            data = json.loads(raw)
            sources = dict(data["sources"])
            entries = [_read_entry(model, sources) for model in data["models"]]
            folded = data.get("folded") or folded_names(data)
            index = {name: entries[place] for name, place in folded["models"].items()}
            ollama = {name: str(tag) for name, tag in folded["ollama"].items()}
            self.version = str(data["version"])
        except (
            ValueError, LookupError, TypeError, AttributeError, RecursionError
        ) as error:  # fmt: skip
            raise FootprintInputError("models", f"not a list of models: {error}") from error
        self._index, self._ollama, self._raw = index, ollama, None


def folded_names(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What ``folded`` of the file holds: each name's key, so that a start need not fold them all.

    A test says when it has to be written anew, and how.
    """
    models: dict[str, int] = {}
    for place, model in enumerate(data["models"]):
        for name in (model["id"], *model.get("aliases", ())):
            models.setdefault(fold(name), place)
    return {"models": models, "ollama": {fold(n): tag for n, tag in data["ollama"].items()}}


def _read_entry(model: Mapping[str, Any], sources: Mapping[str, str]) -> Entry:
    low, high = model["total"]
    least, most = model.get("active", model["total"])
    short, _, place = str(model["source"]).partition("/")
    said = sources.get(short, short)
    return Entry(
        model["id"],
        (float(low), float(high)),
        (float(least), float(most)),
        model.get("bits"),
        f"{said}: {place}" if place else said,
        "registry",
    )


class _Guess(NamedTuple):
    """One statement about the size."""

    active: Interval
    total: Interval
    source: str
    known: str
    note: str
    bits: float | None = None


def resolve(description: Description, registry: Registry) -> Resolved:
    """The parameters to reckon with. Never raises for what ``description`` holds."""
    notes: list[str] = []
    counted, bits, names = _counted(description, notes)
    named: _Guess | None = None
    for text in names:
        parsed = take_apart(text)
        guess = _from_name(parsed, registry)
        bits = bits if bits is not None else parsed.bits
        if guess is not None and (named is None or (named.known != "yes" and guess.known == "yes")):
            named = guess
    guess = _choose(counted, named, notes)
    if guess is None:
        guess = _from_market(description, bits, notes)
    # A registry's bits are those of the publication: of use only where that model was found.
    bits = bits if bits is not None else guess.bits
    usual = DEFAULT_BITS
    if bits is None and guess.total.mid > SMALL and any(take_apart(text).library for text in names):
        usual = OLLAMA_BITS
        notes.append(f"bits not said: Ollama's usual {usual:g}")
    return Resolved(
        guess.active,
        guess.total,
        bits if bits is not None else usual,
        bits is not None,
        guess.source,
        guess.known,
        _TIERS[guess.known],
        "; ".join([guess.note, *notes]),
    )


def _counted(
    d: Description, notes: list[str]
) -> tuple[list[tuple[str, Count]], float | None, list[str]]:
    """What machines counted, most specific first; the bits; the names to look up."""
    counts: list[tuple[str, Count]] = []
    bits: float | None = None
    names: list[str] = []
    served: str | None = None
    for source, value in (
        ("gguf", d.gguf),
        ("ollama", d.ollama),
        ("vllm", d.vllm),
        ("hf_config", d.hf_config),
    ):
        if value is None:
            continue
        if not isinstance(value, Mapping):
            notes.append(f"{_MEASURED[source]} passed over: not an object")
            continue
        count, width = _read(source, value)
        if source == "vllm":
            served = from_vllm(value)[2]
        if count is not None:
            counts.append((source, count))
        elif not (source == "vllm" and served):
            notes.append(f"{_MEASURED[source]} passed over: no usable parameter count")
        bits = bits if bits is not None else width
    for text in (d.name, served, _inner_name(d.gguf)):
        if text is None:
            continue
        if isinstance(text, str) and text.strip():
            names.append(text)
        else:
            notes.append("name passed over: not a text")
    if isinstance(d.ollama, Mapping) and not names:
        inner = d.ollama.get("model") or d.ollama.get("name") or d.ollama.get("remote_model")
        if isinstance(inner, str):
            names.append(inner)
    return counts, bits, names


def _read(source: str, value: Facts) -> tuple[Count | None, float | None]:
    if source == "gguf":
        return from_gguf(value)
    if source == "ollama":
        return from_ollama(value)
    if source == "vllm":
        return from_vllm(value)[:2]
    return from_hf(value)


def _inner_name(gguf: object) -> str | None:
    name = gguf.get("name") if isinstance(gguf, Mapping) else None
    return name if isinstance(name, str) and name.strip() else None


def _choose(
    counts: list[tuple[str, Count]], named: _Guess | None, notes: list[str]
) -> _Guess | None:
    """One statement out of counts and name; a contradiction is said."""
    if not counts:
        return named
    source, count = counts[0]
    for other, second in counts[1:]:
        if not _near(count.total, second.total):
            notes.append(
                f"{_MEASURED[other]} says {second.total:.3g} B: passed over for {_MEASURED[source]}"
            )
        elif count.active is None and second.active is not None:
            count = count._replace(active=_cap(second.active, count.total))
    if named is not None and named.known == "yes":
        if _near(count.total, named.total.mid) or (
            named.total.low / 1.05 <= count.total <= named.total.high * 1.05
        ):
            if named.source in {"registry", "user"}:
                return named
        else:
            notes.append(
                f"{_MEASURED[source]} counts {count.total:.3g} B where {named.note} says"
                f" {named.total.mid:.3g} B: the count is taken"
            )
    total = Interval(
        count.total * (1 - count.spread), count.total, count.total * (1 + count.spread)
    )
    active = total
    known = "yes"
    if count.active is not None:
        low, mid, high = count.active
        active = Interval(
            min(low, mid, total.low), min(mid, total.mid), min(max(high, mid), total.high)
        )
    elif named is not None and named.known == "yes" and _near(count.total, named.total.mid):
        active = _within(named.active, total)
    elif total.mid > 14:
        active = Interval(total.low / SPARSITY, total.mid, total.high)
    if active.high > NARROW * active.low:
        known = "partly"
    return _Guess(active, total, source, known, f"counted from {_MEASURED[source]}")


def _cap(active: tuple[float, float, float], most: float) -> tuple[float, float, float]:
    low, mid, high = active
    return min(low, most), min(mid, most), min(high, most)


def _within(active: Interval, total: Interval) -> Interval:
    return Interval(
        min(active.low, total.low), min(active.mid, total.mid), min(active.high, total.high)
    )


def _near(one: float, other: float, by: float = AGREES) -> bool:
    return one <= other * by and other <= one * by


def _from_name(name: Name, registry: Registry) -> _Guess | None:
    guess = _named(name, registry) if name.words else None
    if guess is not None and name.library and guess.bits is not None and guess.bits > 4.5:
        return guess._replace(bits=None)  # Ollama serves its own quantisation, mostly of 4 bits
    return guess


def _named(name: Name, registry: Registry) -> _Guess | None:
    if name.tag and name.stated is None:
        default = _default(name, registry)
        if default is not None:
            return default
    found = _look_up(name, registry)
    if found is not None:
        return found
    if name.stated is not None:
        return _nearest(name, registry) or _as_stated(name, name.stated)
    return _default(name, registry) or _nearest(name, registry) or _by_class(name)


def _look_up(name: Name, registry: Registry) -> _Guess | None:
    """The registry's model for exactly these words, with or without dates."""
    for words in (name.words, name.unrevised, name.undated):
        entry = registry.exact(words)
        if entry is not None:
            return _entry(entry, "yes")
    return None


def _nearest(name: Name, registry: Registry) -> _Guess | None:
    """The registry's model for a part of these words, where the rest does not contradict it."""
    words = name.undated
    count = len(words)
    for start in range(min(count, 3)):
        for end in range(count, start, -1):
            if start and end - start < 2 and name.stated is None:
                continue
            entry = registry.exact(words[start:end])
            if entry is None:
                continue
            dropped = words[end:]
            if name.stated is not None:
                if _agree(entry, name.stated):
                    return _entry(entry, "yes")
                continue
            same = same_size(dropped)
            if same is False:
                break
            if same and (start == 0 or end - start > 1):
                return _entry(entry, "yes")
            if end - start > 1 or start == 0:
                return _entry(entry, "partly")
    return None


def _agree(entry: Entry, stated: Stated) -> bool:
    """Whether a model of a registry can be the one whose size a name states."""
    if stated.total is not None:
        low, mid, high = stated.total
        centre = (entry.total[0] * entry.total[1]) ** 0.5
        if not (_near(centre, mid, 1.25) or low <= centre <= high):
            return False
    if stated.active is not None:
        centre = (entry.active[0] * entry.active[1]) ** 0.5
        return _near(centre, stated.active[1], 1.6)
    return stated.total is not None


def _entry(entry: Entry, certain: str) -> _Guess:
    total, active = geometric(*entry.total), geometric(*entry.active)
    if entry.active != entry.total and total.mid == active.mid:
        active = _within(active, total)
    wide = max(entry.total[1] / entry.total[0], entry.active[1] / entry.active[0]) > NARROW
    known = "partly" if wide or certain != "yes" else "yes"
    note = f"{entry.id} ({entry.source})"
    if certain != "yes":
        note = f"nearest known model: {note}"
        total = Interval(total.low / 1.5, total.mid, total.high * 1.5)
        active = Interval(active.low / 1.5, active.mid, active.high * 1.5)
    return _Guess(active, total, entry.kind, known, note, entry.bits)


def _as_stated(name: Name, stated: Stated) -> _Guess:
    total = Interval(*stated.total) if stated.total else None
    active = Interval(*stated.active) if stated.active else None
    note = f"the name {' '.join(name.words)[:80]!r} states it"
    if total and active:
        return _Guess(_within(active, total), total, "name", _known(active, total), note)
    if total:
        if total.mid <= 14 or not _DENSE.isdisjoint(name.words):
            return _Guess(total, total, "name", _known(total, total), note)
        note += "; active parameters unknown: dense, or a mixture at the low end"
        return _Guess(
            Interval(total.low / SPARSITY, total.mid, total.high), total, "name", "partly", note
        )
    if active:
        whole = Interval(active.low, active.mid * 6, active.high * SPARSITY)
        return _Guess(active, whole, "name", "partly", note + "; total parameters unknown")
    return _Guess(GENERIC_ACTIVE, GENERIC_TOTAL, "generic", "no", "no size known")


def _known(active: Interval, total: Interval) -> str:
    wide = active.high > NARROW * active.low or total.high > NARROW * total.low
    return "partly" if wide else "yes"


def _default(name: Name, registry: Registry) -> _Guess | None:
    """The size that Ollama serves under a bare name."""
    for words in (name.words, name.undated):
        for end in range(len(words), 0, -1):
            tag = registry.default_tag(words[:end])
            if tag is not None or same_size(words[end - 1 : end]) is False:
                break
        if tag is not None:
            break
    if tag is None:
        return None
    sized = take_apart("-".join((*words[:end], tag)))
    guess = _look_up(sized, registry) or _nearest(sized, registry)
    if guess is None and sized.stated is not None:
        guess = _as_stated(sized, sized.stated)
    if guess is None:
        return None
    return guess._replace(note=f"{guess.note}; {tag} is Ollama's default for this name")


def _by_class(name: Name) -> _Guess | None:
    """The range of a family or class of models whose words the name holds."""
    letters = {word.rstrip("0123456789.") for word in name.words}
    letters |= {"".join(c for c in word if c.isalpha()) for word in name.words}
    if "gpt" not in letters and {"chatgpt", "gpto"} & letters:
        letters.add("gpt")
    if letters & {"embedding", "embeddings", "embed", "gte", "bge", "minilm", "colbert", "voyage"}:
        letters.add("embed")
    if "reranker" in letters:
        letters.add("rerank")
    for words, active, total in _CLASSES:
        parts = words.split()
        if all(part in letters for part in parts):
            if parts == ["o"] and name.words[0] not in {"o1", "o2", "o3", "o4", "o5", "o6"}:
                continue
            if parts[0] == "o" and not (name.words[0][0] == "o" and name.words[0][1:].isdigit()):
                continue
            family = len(parts) > 1 or parts[0] not in _TIER_WORDS
            known = "partly" if family and total[-1] <= 8 * total[0] else "no"
            note = f"size unpublished or unknown: range of the class {words!r} (assumption)"
            return _Guess(_range(active), _range(total), "name", known, note)
    return None


def _range(bounds: tuple[float, ...]) -> Interval:
    return Interval(*bounds) if len(bounds) == 3 else geometric(bounds[0], bounds[-1])


_TIER_WORDS = frozenset("nano tiny micro mini lite small medium large".split())


def _from_market(d: Description, bits: float | None, notes: list[str]) -> _Guess:
    """From price or speed; else any model.

    Assumptions, wide on purpose. Price: about ``30 * price ** 0.75`` active billions (open models
    sold in 2025: 8 B near 0.1, 70 B near 0.6, 37 B of 671 near 1, 405 B near 3, a million output
    tokens), times or divided by 7; the total is 1 to 20 times the active. Speed: each token reads
    the active weights once, at 200 to 15,000 GB/s (a laptop to eight accelerators).
    """
    guesses: list[_Guess] = []
    price = number(d.price, 1e4)
    if price is not None:
        mid = min(max(30.0 * price**0.75, 0.5), 600.0)
        guesses.append(_spread(mid / 7, mid, mid * 7, "price", f"from its price, {price:g}"))
    elif d.price is not None:
        notes.append("price passed over: not a positive number")
    speed = number(d.tokens_per_second, 1e5)
    if speed is None and d.tokens_per_second is not None:
        notes.append("tokens_per_second passed over: not a positive number")
    pause = number(d.latency, 1e5)
    if pause is None and d.latency is not None:
        notes.append("latency passed over: not a positive number")
    if speed is None and pause is not None and pause > 1e-5:
        speed = 1 / pause
    if speed is not None:
        size = max((bits or DEFAULT_BITS) / 8, 0.25)
        low, mid, high = (min(max(gb / speed / size, 0.1), 2000.0) for gb in (200, 2500, 15000))
        guesses.append(_spread(low, mid, high, "latency", f"from its speed, {speed:.3g} tokens/s"))
    if not guesses:
        return _Guess(
            GENERIC_ACTIVE, GENERIC_TOTAL, "generic", "no", "nothing known: any model (assumption)"
        )
    guesses.sort(key=lambda g: g.active.high / g.active.low)
    return guesses[0]


def _spread(low: float, mid: float, high: float, source: str, how: str) -> _Guess:
    total = Interval(low, mid * 3, high * SPARSITY)
    return _Guess(Interval(low, mid, high), total, source, "no", f"{how} (assumption, wide)")
