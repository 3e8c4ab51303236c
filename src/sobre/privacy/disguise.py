"""From an ``Ask`` to what may leave: the only maker of ``Outbound``."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sobre.core.exchange import Action, Actor, Ask, Finding, Json, Limits, Message, Outbound
from sobre.core.zone import Zone
from sobre.errors import PolicyRefusal
from sobre.privacy.inspect import JSON_TEXT, REQUEST, Path

PEOPLE = frozenset({"user", "safety_identifier", "prompt_cache_key"})
"""Parameters in which an application tells an upstream whose request it is."""


@dataclass(frozen=True, slots=True)
class Aliases:
    """Alias -> value, for one exchange. Never leaves, never logged: not even by ``repr``."""

    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def longest(self) -> int:
        return max(map(len, self.values), default=0)


def disguise(
    ask: Ask, findings: Sequence[Finding], limits: Limits, zone: Zone, actor: Actor
) -> tuple[Outbound, Aliases]:
    """The request as it may reach ``zone``, and what its aliases stand for.

    Each value gets one alias, ``[EMAIL-1-k3v9]``: its kind, its number and a tag of this exchange,
    so that no placeholder already in a prompt can be taken for one of ours. Raises
    ``PolicyRefusal`` when policy does not let the request go there at all.
    """
    action = limits.toward[zone]
    if action is Action.REFUSE:
        raise PolicyRefusal(limits.reasons[zone])
    if action is Action.PASS:
        return _outbound(ask, zone, actor.key_id, ask.messages, {}), Aliases()
    tag = ask.id[-4:].lower()
    by_class = limits.by_class[zone]
    aliases: dict[str, str] = {}
    spans: dict[int, dict[Path, list[tuple[int, int, str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    known: dict[tuple[str, str], str] = {}
    for finding in findings:
        if by_class[finding.data_class] is not Action.DISGUISE:
            continue
        value = _text_at(ask, finding)[finding.start : finding.end]
        alias = known.get((finding.kind, value))
        if alias is None:
            alias = f"[{finding.kind.upper()}-{len(known) + 1}-{tag}]"
            known[finding.kind, value] = alias
            aliases[alias] = value
        spans[finding.message][finding.path].append((finding.start, finding.end, alias))
    messages = tuple(
        _replaced(message, spans[index]) if index in spans else message
        for index, message in enumerate(ask.messages)
    )
    return _outbound(ask, zone, actor.key_id, messages, spans.get(REQUEST, {})), Aliases(aliases)


def _outbound(
    ask: Ask,
    zone: Zone,
    queue: str,
    messages: tuple[Message, ...],
    spans: Mapping[Path, list[tuple[int, int, str]]],
) -> Outbound:
    def own(name: str) -> Json:
        value = getattr(ask, name)
        if not spans:
            return value
        mine = {path[1:]: cuts for path, cuts in spans.items() if path[0] == name}
        return _rewrite(value, mine) if mine else value

    return Outbound(
        exchange=ask.id,
        zone=zone,
        queue=queue,
        operation=ask.operation,
        messages=messages,
        stream=ask.stream,
        max_tokens=ask.max_tokens,
        n=ask.n,
        stop=tuple(own("stop")),
        logprobs=ask.logprobs,
        tools=own("tools"),
        response_format=own("response_format"),
        options=_without_people(own("options")) if zone > Zone.COMPANY else own("options"),
    )


def _without_people(options: Mapping[str, Json]) -> Mapping[str, Json]:
    """The options without what names an employee to somebody else's server."""
    if options.keys().isdisjoint(PEOPLE):
        return options
    return {name: value for name, value in options.items() if name not in PEOPLE}


def _text_at(ask: Ask, finding: Finding) -> str:
    where: Json = ask if finding.message == REQUEST else ask.messages[finding.message]
    head, *path = finding.path
    where = getattr(where, str(head))
    for step in path:
        where = json.loads(where) if step == JSON_TEXT else where[step]
    return str(where)


def _replaced(message: Message, spans: Mapping[Path, list[tuple[int, int, str]]]) -> Message:
    content = {path[1:]: cuts for path, cuts in spans.items() if path[0] == "content"}
    rest = {path[1:]: cuts for path, cuts in spans.items() if path[0] == "rest"}
    return Message(
        message.role,
        _rewrite(message.content, content) if content else message.content,
        _rewrite(message.rest, rest) if rest else message.rest,
    )


def _rewrite(value: Json, spans: Mapping[Path, list[tuple[int, int, str]]]) -> Json:
    """The same JSON with its texts cut and aliased; what has no span is shared, not copied."""
    if not spans:
        return value
    if isinstance(value, str) and any(path[:1] == (JSON_TEXT,) for path in spans):
        inside = {path[1:]: cuts for path, cuts in spans.items()}
        return json.dumps(_rewrite(json.loads(value), inside), ensure_ascii=False)
    if isinstance(value, str):
        pieces: list[str] = []
        position = 0
        for start, end, alias in sorted(spans[()]):
            pieces += (value[position:start], alias)
            position = end
        return "".join((*pieces, value[position:]))
    below: dict[str | int, dict[Path, list[tuple[int, int, str]]]] = defaultdict(dict)
    for path, cuts in spans.items():
        below[path[0]][path[1:]] = cuts
    if isinstance(value, Mapping):
        return {key: _rewrite(inner, below.get(key, {})) for key, inner in value.items()}
    return [_rewrite(inner, below.get(position, {})) for position, inner in enumerate(value)]
