"""From an ``Ask`` to what may leave: the only maker of ``Outbound``."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from sobre.core.exchange import Action, Actor, Ask, Finding, Json, Limits, Message, Outbound
from sobre.core.ports import Forms
from sobre.core.zone import Zone
from sobre.errors import PolicyRefusal
from sobre.privacy.aliases import (
    PERSON,
    Aliases,
    gender_of,
    kind_of,
    known_kind,
    new_tag,
    place_of,
    written,
)
from sobre.privacy.inspect import FIXED, JSON_TEXT, MASKED, REQUEST, Path, texts
from sobre.privacy.people import Mention, before_name, elides, fullest, tell_apart
from sobre.privacy.restore import mentioned

PEOPLE = frozenset({"user", "safety_identifier", "prompt_cache_key"})
"""Parameters in which an application tells an upstream whose request it is."""
JSON_FORMATS = ("json_object", "json_schema")


Known: TypeAlias = Mapping[str, Forms]
"""Alias -> what it stands for, as a conversation keeps it."""
Cuts: TypeAlias = list[tuple[int, int, str]]
Spans: TypeAlias = dict[int, dict[Path, Cuts]]

MOST_FORMS = 16
"""Spellings of one person that are kept."""


def disguise(
    ask: Ask,
    findings: Sequence[Finding],
    limits: Limits,
    zone: Zone,
    actor: Actor,
    known: Known | None = None,
) -> tuple[Outbound, Aliases]:
    """The request as it may reach ``zone``, and what its aliases stand for.

    Each value gets one alias (see ``aliases``), the one it had in ``known`` if the conversation
    gave it one before, and variants of one person's name share theirs. An alias that the request
    itself writes out is text in this exchange: never given, never restored. Raises
    ``PolicyRefusal`` when policy does not let the request go there at all.
    """
    if not limits.toward[zone].opens:
        raise PolicyRefusal(limits.reasons[zone])
    by_class = limits.by_class[zone]
    masked = [
        finding
        for finding in findings
        if finding.data_class in MASKED and by_class[finding.data_class] is Action.DISGUISE
    ]
    if not masked and not known:
        return _outbound(ask, zone, actor.key_id, ask.messages, {}), Aliases()
    found = _read(ask, masked)
    giving = _Giving(ask, known or {})
    aliases = giving.give(found)
    spans: Spans = defaultdict(lambda: defaultdict(list))
    for value, alias in zip(found, aliases, strict=True):
        finding = value.finding
        spans[finding.message][finding.path].append((finding.start, finding.end, alias))
    messages = tuple(
        _replaced(message, spans[index]) if index in spans else message
        for index, message in enumerate(ask.messages)
    )
    outbound = _outbound(ask, zone, actor.key_id, messages, spans.get(REQUEST, {}))
    return outbound, giving.given(found, aliases)


class _Found(NamedTuple):
    """A finding with the text it stands in."""

    finding: Finding
    text: str

    @property
    def value(self) -> str:
        return self.text[self.finding.start : self.finding.end]


class _Giving:
    """Gives each value its alias: an earlier one, or a new one with this exchange's tag."""

    def __init__(self, ask: Ask, known: Known) -> None:
        self._ask = ask
        self._known = known
        before = Aliases({alias: forms[0] for alias, forms in known.items()})
        self._literal = frozenset(
            place for text in _all_texts(ask) for place in mentioned(text, before)
        ) if known else frozenset()  # fmt: skip
        self._usable = [a for a, s in before.by_alias.items() if s.place not in self._literal]
        self._tags = before.tags
        self._number = before.last
        self._tag = ""
        self._fresh: dict[str, Forms] = {}

    def give(self, found: Sequence[_Found]) -> list[str]:
        """The alias of each value, numbered in reading order."""
        people = [v for v in found if v.finding.kind == PERSON]
        mentions = [Mention(v.value, v.finding.gender) for v in people]
        met = [alias for alias in self._usable if kind_of(alias) == PERSON]
        numbers, genders = tell_apart(
            mentions, [(self._known[alias], gender_of(alias)) for alias in met]
        )
        who = iter(numbers)
        owners: dict[tuple[str, str] | int, str] = dict(enumerate(met))
        for alias in self._usable:
            if (kind := kind_of(alias)) != PERSON:
                owners[_key(kind, self._known[alias][0])] = alias
        aliases = []
        for value in found:
            kind, gender = value.finding.kind, ""
            key: tuple[str, str] | int = _key(kind, value.value)
            if kind == PERSON:
                key = next(who)
                gender = genders[key]
            if key not in owners:
                owners[key] = self._new(kind, gender)
            alias = owners[key]
            self._keep(alias, value.value)
            aliases.append(alias)
        return aliases

    def given(self, found: Sequence[_Found], aliases: Sequence[str]) -> Aliases:
        """All that may come back."""
        fresh = {alias: _fullest_first(forms) for alias, forms in self._fresh.items()}
        values = {alias: forms[0] for alias, forms in (*self._known.items(), *fresh.items())}
        wanted = self._ask.response_format
        return Aliases(
            values,
            fresh,
            self._literal,
            frozenset(
                place_of(alias)
                for value, alias in zip(found, aliases, strict=True)
                if value.finding.kind == PERSON and _as_written(value)
            ),
            isinstance(wanted, Mapping) and wanted.get("type") in JSON_FORMATS,
            len(set(aliases)),
        )

    def _new(self, kind: str, gender: str) -> str:
        if not self._tag:
            text = "\n".join(_all_texts(self._ask)).lower()
            self._tag = new_tag(self._ask.id, text, self._tags)
        self._number += 1
        return written(kind, gender, self._number, self._tag)

    def _keep(self, alias: str, form: str) -> None:
        """Note a value of a new alias, or another spelling of a known person."""
        forms = self._fresh.get(alias) or self._known.get(alias, ())
        if not forms or (kind_of(alias) == PERSON and form not in forms):
            self._fresh[alias] = (*forms, form)[:MOST_FORMS]


def _key(kind: str, value: str) -> tuple[str, str]:
    """Two values with one key are one: an address is the same in capitals."""
    return known_kind(kind), value.casefold() if kind == "email" else value


def _fullest_first(forms: Forms) -> Forms:
    first = fullest(forms)
    return (first, *(form for form in forms if form != first))


def _as_written(value: _Found) -> bool:
    """Whether the request has "de Antoine" or "d'Jean" there: then the answer may have it too."""
    word = before_name(value.text, value.finding.start)
    return word is not None and elides(value.value) is not (word["end"] in ("'", "’"))


def _all_texts(ask: Ask) -> Iterator[str]:
    return (text for _, _, text in texts(ask) if text)


def _read(ask: Ask, findings: Sequence[Finding]) -> list[_Found]:
    """Each finding with its text. Raises ``PolicyRefusal`` where no alias can stand."""
    decoded: dict[tuple[int, Path], Json] = {}
    found: list[_Found] = []
    for finding in findings:
        if finding.path[-1] == FIXED:
            raise PolicyRefusal(
                "A value to disguise stands where no alias can: in a field's name, or as a number.",
                remedy="Take it out, or write it as text.",
                key="error.no_alias_there",
            )
        found.append(_Found(finding, _text_at(ask, finding, decoded)))
    return found


def _outbound(
    ask: Ask,
    zone: Zone,
    queue: str,
    messages: tuple[Message, ...],
    spans: Mapping[Path, Cuts],
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


def _text_at(ask: Ask, finding: Finding, decoded: dict[tuple[int, Path], Json]) -> str:
    """The text a finding speaks of; JSON inside a text is ``decoded`` once."""
    where: Json = ask if finding.message == REQUEST else ask.messages[finding.message]
    head, *path = finding.path
    where = getattr(where, str(head))
    for depth, step in enumerate(path, 2):
        if step == JSON_TEXT:
            place = (finding.message, finding.path[:depth])
            if place not in decoded:
                decoded[place] = json.loads(where)
            where = decoded[place]
        else:
            where = where[step]
    return str(where)


def _replaced(message: Message, spans: Mapping[Path, Cuts]) -> Message:
    content = {path[1:]: cuts for path, cuts in spans.items() if path[0] == "content"}
    rest = {path[1:]: cuts for path, cuts in spans.items() if path[0] == "rest"}
    return Message(
        message.role,
        _rewrite(message.content, content) if content else message.content,
        _rewrite(message.rest, rest) if rest else message.rest,
    )


def _rewrite(value: Json, spans: Mapping[Path, Cuts]) -> Json:
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
    below: dict[str | int, dict[Path, Cuts]] = defaultdict(dict)
    for path, cuts in spans.items():
        below[path[0]][path[1:]] = cuts
    if isinstance(value, Mapping):
        return {key: _rewrite(inner, below.get(key, {})) for key, inner in value.items()}
    return [_rewrite(inner, below.get(position, {})) for position, inner in enumerate(value)]
