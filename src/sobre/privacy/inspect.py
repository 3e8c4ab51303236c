"""Read every text of a request, wherever it hides, and report what was found."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from sobre.core.exchange import Ask, Finding, Json
from sobre.errors import BadRequest
from sobre.privacy.fold import fold

Path: TypeAlias = tuple[str | int, ...]

REQUEST = -1
"""``Finding.message`` of what stands in the request's own fields."""

FIXED = "\x00fixed"
"""Last step of a path to a JSON key or number: nothing can stand in its place."""
JSON_TEXT = "\x00json"
"""A step of a path: the text there is JSON, and the path goes on inside it."""
SHORTEST_IDENTIFIER = 5
"""Keys and numbers up to this length are no identifier that a detector knows."""
KNOWN_FIELDS = frozenset(
    {"name", "tool_calls", "tool_call_id", "function_call", "refusal", "annotations"}
    | {"reasoning", "reasoning_content", "prefix", "cache_control"}
)
"""Fields of a message beside role and content that are text throughout; others are unreadable."""
READABLE_FIELDS = frozenset({"type", "text", "refusal", "thinking", "annotations", "cache_control"})
READABLE_PARTS = frozenset({"text", "input_text", "output_text", "refusal", "thinking"})
MAX_DEPTH = 64


MASKED = frozenset({"personal", "secret", "business"})
"""Classes of values: an alias can stand for one. The other classes speak of the text around."""
ECHOES_FROM = 0.6
"""How sure a name must be for its words to be looked for elsewhere."""
ALIASED = MASKED - {"secret"}
"""Classes that policy lets leave under an alias: where none can stand, they count as unreadable."""
_UNREAD = {
    "image_url": "image",
    "input_image": "image",
    "image": "image",
    "images": "image",
    "input_audio": "audio",
    "audio": "audio",
    "video_url": "video",
    "file": "file",
    "input_file": "file",
    "document": "file",
}
"""What a part that is not text is called -> the kind of its finding."""


class Hit(NamedTuple):
    """What a detector saw in one folded text; offsets in characters, half-open."""

    start: int
    end: int
    kind: str
    data_class: str
    evidence: str
    score: float = 1.0
    gender: str = ""


_LABELS = {"private_key": "SECRET_KEY", "patient_id": "MEDID"}


def label_of(kind: str) -> str:
    """What benchmarks and the batch form call a kind: most often the kind in capitals."""
    return _LABELS.get(kind, kind.upper())


Detector: TypeAlias = Callable[[str], Iterable[Hit]]


class Echoing(ABC):
    """A detector that knows what it found again by its words: a person, by a bare surname."""

    @abstractmethod
    def parts(self, names: Iterable[str]) -> frozenset[str]: ...

    @abstractmethod
    def echoes(self, text: str, known: frozenset[str]) -> Iterable[Hit]: ...


class Settling(ABC):
    """A detector with the last word on what the others found: the firm's corrections."""

    @abstractmethod
    def settle(self, text: str, hits: list[Hit]) -> list[Hit]: ...


class _Text(NamedTuple):
    """One text of a request on its way through ``inspect``."""

    where: int
    path: Path
    label: str
    """What is read before it, as its JSON key says what it is."""
    folded: str
    places: Sequence[int] | None
    hits: list[Hit]


def inspect(ask: Ask, detectors: Sequence[Detector]) -> tuple[Finding, ...]:
    """Everything the detectors see in the request, in reading order.

    Message contents, tool calls, tool definitions, schemas and options are all read, since all of
    them would leave. A person named in one text is looked for in all. A part that cannot be read as
    text is itself a finding of class ``unreadable``; so is personal data where no alias could stand
    for it: in a JSON key or number. A detector that fails makes the whole call fail: nothing leaves
    unread.
    """
    findings: list[Finding] = []
    read: list[_Text] = []
    for where, path, text in texts(ask):
        if text is None:
            kind = _unread(ask, where, path)
            findings.append(Finding(where, path, 0, 0, kind, "unreadable", "not a text part"))
            continue
        label = f"{path[-1]}: " if JSON_TEXT in path and isinstance(path[-1], str) else ""
        folded, places = fold(label + text)
        read.append(_Text(where, path, label, folded, places, _seen(folded, detectors)))
    for one in _echoed(read, detectors):
        fixed = one.path[-1] is FIXED
        for hit in _settled(one.folded, one.hits, detectors, one.places):
            start, end = hit.start - len(one.label), hit.end - len(one.label)
            if start < 0 or (hit.kind == "person" and _names_a_thing(one)):
                continue
            masked = fixed and hit.data_class in ALIASED
            data_class = "unreadable" if masked else hit.data_class
            findings.append(
                Finding(one.where, one.path, start, end, hit.kind, data_class, *hit[4:])
            )
    return tuple(findings)


def _seen(folded: str, detectors: Sequence[Detector]) -> list[Hit]:
    return [hit for detector in detectors for hit in detector(folded)]


def _echoed(read: list[_Text], detectors: Sequence[Detector]) -> list[_Text]:
    """The texts with the persons that the other texts name."""
    echo = _echoing(detectors)
    if echo is None or len(read) < 2:
        return read
    names = [
        one.folded[hit.start : hit.end]
        for one in read
        for hit in one.hits
        if hit.kind == "person" and hit.score >= ECHOES_FROM
    ]
    known = echo.parts(names) if names else frozenset()
    if not known:
        return read
    return [one._replace(hits=[*one.hits, *echo.echoes(one.folded, known)]) for one in read]


def _echoing(detectors: Iterable[object]) -> Echoing | None:
    for detector in detectors:
        if isinstance(detector, Echoing):
            return detector
    return None


def _settling(detectors: Iterable[object]) -> Iterator[Settling]:
    for detector in detectors:
        if isinstance(detector, Settling):
            yield detector


def _settled(
    folded: str, hits: list[Hit], detectors: Sequence[Detector], places: Sequence[int] | None
) -> list[Hit]:
    """Exclusive hits after the last word of those that have it, where they stood unfolded."""
    for detector in _settling(detectors):
        hits = detector.settle(folded, hits)
    hits = exclusive(hits, folded)
    if places is None:
        return hits
    return [hit._replace(start=places[hit.start], end=places[hit.end - 1] + 1) for hit in hits]


def _names_a_thing(one: _Text) -> bool:
    """A key, or a word alone in a tool's or schema's definition: what a program is called by."""
    if one.path[-1] is FIXED:
        return one.where == REQUEST
    return one.where == REQUEST and " " not in one.folded


def _unread(ask: Ask, where: int, path: Path) -> str:
    """What could not be read: ``image``, ``audio``, ``video``, ``file``, or ``unreadable``."""
    if where == REQUEST:
        return "unreadable"
    if path[0] == "rest":
        return _UNREAD.get(str(path[1]), "unreadable")
    content = ask.messages[where].content
    part = content[int(path[1])] if isinstance(content, list) and len(path) > 1 else None
    if not isinstance(part, Mapping):
        return "unreadable"
    names = (str(part.get("type")), *part)
    return next((_UNREAD[name] for name in names if name in _UNREAD), "unreadable")


def find(text: str, detectors: Sequence[Detector]) -> list[Hit]:
    """What the detectors see in one text, in reading order; no two values overlap.

    Offsets are those of ``text`` as given, whatever folding did to it.
    """
    folded, places = fold(text)
    return _settled(folded, _seen(folded, detectors), detectors, places)


_RANK = {"secret": 0, "business": 1, "personal": 2}


def exclusive(hits: Sequence[Hit], text: str) -> list[Hit]:
    """Hits in reading order, no two values overlapping.

    A secret wins over a business term, that over personal data; then the surer, then the longer.
    What a loser covers beside the winner stays covered, under the loser's kind. Classes that speak
    of the text around (``sensitive``…) lie over the values and are all kept.
    """
    if len(hits) < 2:
        return list(hits)
    kept: list[Hit] = []
    taken = bytearray(max(hit.end for hit in hits))
    for hit in sorted(hits, key=_precedence):
        start, end = hit.start, hit.end
        if hit.data_class not in MASKED:
            kept.append(hit)
            continue
        free = taken.find(1, start, end) < 0
        pieces = [(start, end)] if free else _gaps(taken, start, end, text)
        for first, last in pieces:
            kept.append(hit if free else hit._replace(start=first, end=last))
            taken[first:last] = b"\1" * (last - first)
    return sorted(kept)


def _precedence(hit: Hit) -> tuple[int, int, int, int]:
    """Sure before the rest; a handle last, as what it is made of may say more: ``@solange``."""
    unsure = 0 if hit.score >= 1.0 and "check" in hit.evidence else 2 if hit.kind == "handle" else 1
    return _RANK.get(hit.data_class, 3), unsure, hit.start - hit.end, hit.start


def _gaps(taken: bytearray, start: int, end: int, text: str) -> list[tuple[int, int]]:
    """The stretches that nothing has taken and that say something: a letter or digit or more."""
    free: list[tuple[int, int]] = []
    while start < end:
        begin = taken.find(0, start, end)
        if begin < 0:
            break
        until = taken.find(1, begin, end)
        until = end if until < 0 else until
        if any(map(str.isalnum, text[begin:until])):
            free.append((begin, until))
        start = until
    return free


def count(findings: Iterable[Finding]) -> dict[str, int]:
    """Kind -> how many: all that is ever said of findings outside this package."""
    return dict(Counter(finding.kind for finding in findings))


def texts(ask: Ask) -> Iterator[tuple[int, Path, str | None]]:
    """Each text of a request with its place; ``None`` for a part that is not text."""
    for index, message in enumerate(ask.messages):
        content = message.content
        if isinstance(content, str):
            if message.role in ("tool", "function"):
                for path, text in _perhaps_json(content, ("content",)):
                    yield index, path, text
            else:
                yield index, ("content",), content
        elif content is not None:
            for position, part in enumerate(content):
                yield from _part(index, ("content", position), part)
        for name, value in message.rest.items():
            if name not in KNOWN_FIELDS:
                yield index, ("rest", name), None
                continue
            for path, text in leaves(value, ("rest", name)):
                yield index, path, text
    for name in ("tools", "response_format", "options", "stop"):
        if value := getattr(ask, name):
            for path, text in leaves(value, (name,)):
                yield REQUEST, path, text


def _part(index: int, path: Path, part: Json) -> Iterator[tuple[int, Path, str | None]]:
    if isinstance(part, str):
        yield index, path, part
    elif (
        isinstance(part, Mapping)
        and part.get("type") in READABLE_PARTS
        and part.keys() <= READABLE_FIELDS
    ):
        for inner, text in leaves(part, path):
            yield index, inner, text
    else:
        yield index, path, None


def leaves(value: Json, path: Path) -> Iterator[tuple[Path, str | None]]:
    """Every string, key and long number inside a JSON value.

    ``FIXED`` ends the path of a key or number, which can be read but not replaced. A string that is
    itself JSON (tool arguments) is read decoded, below ``JSON_TEXT``: escapes hide nothing. Inline
    data is ``None``: not text. Raises ``BadRequest`` when it nests absurdly.
    """
    if isinstance(value, str):
        if value.startswith("data:"):
            yield path, None
        elif path[-1] == "arguments":
            yield from _perhaps_json(value, path)
        else:
            yield path, value
    elif isinstance(value, Mapping):
        _check_depth(path)
        for key, inner in value.items():
            if len(key) > SHORTEST_IDENTIFIER:
                yield (*path, key, FIXED), key
            yield from leaves(inner, (*path, key))
    elif isinstance(value, (list, tuple)):
        _check_depth(path)
        for position, inner in enumerate(value):
            yield from leaves(inner, (*path, position))
    elif isinstance(value, (int, float)) and abs(value) >= 10**SHORTEST_IDENTIFIER:
        yield (*path, FIXED), str(value)


def _perhaps_json(text: str, path: Path) -> Iterator[tuple[Path, str | None]]:
    """A text as it is, or what it says where it is a JSON object or array."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            decoded = json.loads(text)
        except (ValueError, RecursionError):
            pass
        else:
            yield from leaves(decoded, (*path, JSON_TEXT))
            return
    yield path, text


def _check_depth(path: Path) -> None:
    if len(path) > MAX_DEPTH:
        raise BadRequest(
            f"The request nests deeper than {MAX_DEPTH} levels.",
            remedy="Flatten it.",
            key="error.too_deep",
            params={"levels": MAX_DEPTH},
        )
