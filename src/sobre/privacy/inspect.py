"""Read every text of a request, wherever it hides, and report what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from sobre.core.exchange import Ask, Finding, Json
from sobre.errors import BadRequest

Path: TypeAlias = tuple[str | int, ...]

REQUEST = -1
"""``Finding.message`` of what stands in the request's own fields."""

READABLE_PARTS = frozenset({"text", "input_text", "output_text", "refusal", "thinking"})
MAX_DEPTH = 64


class Hit(NamedTuple):
    """What a detector saw in one text; offsets in characters, half-open."""

    start: int
    end: int
    kind: str
    data_class: str
    evidence: str


Detector: TypeAlias = Callable[[str], Iterable[Hit]]


def inspect(ask: Ask, detectors: Sequence[Detector]) -> tuple[Finding, ...]:
    """Everything the detectors see in the request, in reading order.

    Message contents, tool calls, tool definitions, schemas and options are all read, since all of
    them would leave. A part that cannot be read as text is itself a finding of class
    ``unreadable``. A detector that fails makes the whole call fail: nothing leaves unread.
    """
    findings: list[Finding] = []
    for where, path, text in texts(ask):
        if text is None:
            findings.append(
                Finding(where, path, 0, 0, "unreadable_part", "unreadable", "not a text part")
            )
            continue
        for detector in detectors:
            findings.extend(Finding(where, path, *hit) for hit in detector(text))
    return tuple(findings)


def count(findings: Iterable[Finding]) -> dict[str, int]:
    """Kind -> how many: all that is ever said of findings outside this package."""
    return dict(Counter(finding.kind for finding in findings))


def texts(ask: Ask) -> Iterator[tuple[int, Path, str | None]]:
    """Each text of a request with its place; ``None`` for a part that is not text."""
    for index, message in enumerate(ask.messages):
        content = message.content
        if isinstance(content, str):
            yield index, ("content",), content
        elif content is not None:
            for position, part in enumerate(content):
                yield from _part(index, ("content", position), part)
        if message.rest:
            for path, text in leaves(message.rest, ("rest",)):
                yield index, path, text
    for name in ("tools", "response_format", "options", "stop"):
        if value := getattr(ask, name):
            for path, text in leaves(value, (name,)):
                yield REQUEST, path, text


def _part(index: int, path: Path, part: Json) -> Iterator[tuple[int, Path, str | None]]:
    if isinstance(part, str):
        yield index, path, part
    elif isinstance(part, Mapping) and part.get("type") in READABLE_PARTS:
        for inner, text in leaves(part, path):
            yield index, inner, text
    else:
        yield index, path, None


def leaves(value: Json, path: Path) -> Iterator[tuple[Path, str]]:
    """Every string value inside a JSON value. Raises ``BadRequest`` when it nests absurdly."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        _check_depth(path)
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, (list, tuple)):
        _check_depth(path)
        for position, inner in enumerate(value):
            yield from leaves(inner, (*path, position))


def _check_depth(path: Path) -> None:
    if len(path) > MAX_DEPTH:
        raise BadRequest(
            f"The request nests deeper than {MAX_DEPTH} levels.",
            remedy="Flatten it.",
            key="error.too_deep",
            params={"levels": MAX_DEPTH},
        )
