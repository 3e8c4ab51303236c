"""Put the real values back, in a whole reply or as it streams."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence

from sobre.core.exchange import Delta, Json, Reply
from sobre.core.ports import Sink
from sobre.privacy.disguise import Aliases


def restore(reply: Reply, aliases: Aliases) -> Reply:
    """The reply with every alias of this exchange replaced; an alias it made up stays as it is."""
    if not aliases.values:
        return reply
    pattern = _pattern(aliases)
    choices = tuple(
        dataclasses.replace(
            choice,
            text=_plain(choice.text, pattern, aliases) if choice.text else choice.text,
            tool_calls=_deep(choice.tool_calls, pattern, aliases),
            rest=_deep(choice.rest, pattern, aliases),
        )
        for choice in reply.choices
    )
    return dataclasses.replace(reply, choices=choices)


def restoring(sink: Sink, aliases: Aliases) -> Sink:
    """A sink that restores before ``sink``; the same sink when there is nothing to restore."""
    return _Restoring(sink, aliases) if aliases.values else sink


def _pattern(aliases: Aliases) -> re.Pattern[str]:
    longest_first = sorted(aliases.values, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE | re.ASCII)


def _plain(text: str, pattern: re.Pattern[str], aliases: Aliases) -> str:
    folded = {alias.lower(): value for alias, value in aliases.values.items()}
    return pattern.sub(lambda m: folded[m[0].lower()], text)


def _inside_json(text: str, pattern: re.Pattern[str], aliases: Aliases) -> str:
    """In a text that is itself JSON (tool arguments) a value is escaped as JSON asks."""
    escaped = Aliases(
        {a: json.dumps(v, ensure_ascii=False)[1:-1] for a, v in aliases.values.items()}
    )
    return _plain(text, pattern, escaped)


def _deep(value: Json, pattern: re.Pattern[str], aliases: Aliases, key: str = "") -> Json:
    if isinstance(value, str):
        change = _inside_json if key == "arguments" else _plain
        return change(value, pattern, aliases)
    if isinstance(value, dict):
        return {k: _deep(v, pattern, aliases, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_deep(v, pattern, aliases, key) for v in value]
    return value


class _Restoring:
    """Holds back only what may be the beginning of an alias, at most the longest alias's length."""

    def __init__(self, sink: Sink, aliases: Aliases) -> None:
        self._sink = sink
        self._aliases = aliases
        self._pattern = _pattern(aliases)
        self._starts = {a[:n].lower() for a in aliases.values for n in range(1, len(a))}
        self._longest = aliases.longest
        self._held: dict[tuple[int, int | str], str] = {}

    async def push(self, deltas: Sequence[Delta]) -> None:
        await self._sink.push([self._restored(delta) for delta in deltas])

    def _restored(self, delta: Delta) -> Delta:
        ends = delta.finish_reason is not None
        text, calls, before = delta.text, delta.tool_calls, (delta.choice, -1)
        if text is not None or (ends and before in self._held):
            text = self._advance(before, text or "", ends, in_json=False)
        if calls or ends:
            calls = self._calls(delta.choice, calls or [], ends)
        rest = self._rest(delta.choice, delta.rest or {}, ends) if delta.rest or ends else None
        return delta._replace(text=text, tool_calls=calls or delta.tool_calls, rest=rest or None)

    def _rest(self, choice: int, rest: Mapping[str, Json], ends: bool) -> dict[str, Json]:
        """Texts such as ``reasoning_content`` come in pieces too; anything else comes whole."""
        left = {p[1]: "" for p in self._held if p[0] == choice and isinstance(p[1], str) and ends}
        return {
            key: self._advance((choice, key), value, ends, in_json=False)
            if isinstance(value, str)
            else _deep(value, self._pattern, self._aliases)
            for key, value in {**left, **rest}.items()
        }

    def _calls(self, choice: int, calls: list[Json], ends: bool) -> list[Json]:
        restored = []
        for call in calls:
            function = call.get("function") or {}
            if isinstance(arguments := function.get("arguments"), str):
                place = (choice, call.get("index", 0))
                arguments = self._advance(place, arguments, ends, in_json=True)
                call = {**call, "function": {**function, "arguments": arguments}}  # noqa: PLW2901
            restored.append(call)
        if ends:
            for place in list(self._held):
                if place[0] == choice and isinstance(place[1], int) and place[1] >= 0:
                    left = self._advance(place, "", ends, in_json=True)
                    restored.append({"index": place[1], "function": {"arguments": left}})
        return restored

    def _advance(self, place: tuple[int, int | str], new: str, ends: bool, *, in_json: bool) -> str:
        text = self._held.pop(place, "") + new
        if not ends and (cut := self._opening(text)) < len(text):
            self._held[place] = text[cut:]
            text = text[:cut]
        change = _inside_json if in_json else _plain
        return change(text, self._pattern, self._aliases)

    def _opening(self, text: str) -> int:
        """Where the longest tail begins that could still become an alias."""
        for cut in range(max(0, len(text) - self._longest + 1), len(text)):
            if text[cut:].lower() in self._starts:
                return cut
        return len(text)
