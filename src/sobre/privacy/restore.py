"""Put the real values back, in a whole reply or as it streams.

A model changes what it copies: case, emphasis, brackets, separators, escapes, the kind's word.
What it must keep is the number and the tag, side by side: the tag is the proof that an alias is
ours, and the number says whose. All around them is read as widely as it can be without doubt.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sobre.core.exchange import Delta, Json, Reply
from sobre.core.ports import Sink
from sobre.privacy.aliases import PERSON, SMALL_WORDS, Aliases, Stood, plain, says
from sobre.privacy.people import before_name, elides

# --- The shapes an alias may come back in --------------------------------------------------------

_ZERO = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DASH = "\\-_\u2010-\u2015\u2212\ufe58\ufe63\uff0d\uff3f"
_ATOM = (
    r"(?>\\{1,2}u(?:002d|005f|0020|00a0|00ad|000a|002e|200[b-d]|201[0-5]|202f|2212|feff)"
    r"|\\{1,2}[nrt]|\\"
    r"|&(?:\#(?:45|95|32|160|173|46|42|820[89]|821[0-2])|\#x(?:2d|5f|20|a0|ad|2e|201[0-4])"
    r"|hyphen|dash|minus|lowbar|nbsp|[nm]dash|shy|zwn?j|period);"
    r"|%(?:2d|5f|20|2e)"
    rf"|[{_DASH}\s.:/|~*`#°\uff0e{_ZERO}])"
)
"""One sign of what may stand between the parts of an alias."""
_LETTER = r"[^\W\d_]"
_NUMBER = rf"\d(?:[{_ZERO}]?\d){{0,6}}"
_TAG_CHARACTER = "a-hjkmnp-z2-9\uff41-\uff5a\uff21-\uff3a\uff12-\uff19"
_TOKEN = rf"[a-z\uff41-\uff5a\uff21-\uff3a](?:[{_ZERO}]?[{_TAG_CHARACTER}])"
_OPEN = (
    r"(?:\\{0,2}[\[{]|[<\uff3b\u3010\u3014\u27e6\u3008\uff1c]"
    r"|&(?:\#(?:91|123|60)|\#x(?:5b|7b|3c)|lbrack|lsqb|lbrace|lcub|lt);"
    r"|\\{1,2}u00(?:5b|7b|3c)|%(?:5b|7b|3c))"
)
_CLOSE = (
    rf"[*_`\s{_ZERO}]{{0,4}}(?P<close>\\{{0,2}}[\]}}]|[>\uff3d\u3011\u3015\u27e7\u3009\uff1e]"
    r"|&(?:\#(?:93|125|62)|\#x(?:5d|7d|3e)|rbrack|rsqb|rbrace|rcub|gt);"
    r"|\\{1,2}u00(?:5d|7d|3e)|%(?:5d|7d|3e))"
)
_FAMILY = {
    **dict.fromkeys(("[", "]", "\uff3b", "\uff3d", "\u3010", "\u3011", "\u3014", "\u3015"), "["),
    **dict.fromkeys(("\u27e6", "\u27e7", "&#91;", "&#93;", "&#x5b;", "&#x5d;", "u005b"), "["),
    **dict.fromkeys(("&lbrack;", "&lsqb;", "&rbrack;", "&rsqb;", "u005d", "%5b", "%5d"), "["),
    **dict.fromkeys(("{", "}", "&#123;", "&#125;", "&#x7b;", "&#x7d;", "&lbrace;"), "{"),
    **dict.fromkeys(("&lcub;", "&rbrace;", "&rcub;", "u007b", "u007d", "%7b", "%7d"), "{"),
    **dict.fromkeys(("<", ">", "\u3008", "\u3009", "\uff1c", "\uff1e", "&lt;", "&gt;"), "<"),
    **dict.fromkeys(("&#60;", "&#62;", "&#x3c;", "&#x3e;", "u003c", "u003e", "%3c", "%3e"), "<"),
}
_MOST_HEAD, _MOST = 64, 200
"""Characters of an alias before its number, and in all."""

_ANCHOR = re.compile(
    rf"(?<!\d)(?<!\d[{_ZERO}])(?P<n>{_NUMBER})[{_ZERO}]?{_ATOM}{{0,8}}(?P<token>{_TOKEN}{{3,8}})"
    rf"(?![{_ZERO}]?[^\W_])",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    rf"(?P<open>{_OPEN})(?P<inside>(?:(?>{_LETTER})|{_ATOM}){{0,40}})\Z", re.IGNORECASE
)
_AFTER = re.compile(_CLOSE, re.IGNORECASE)
_WORD = re.compile(
    rf"(?<![^\W_])(?P<word>{_LETTER}{{1,20}})(?P<gap>{_ATOM}{{0,6}})\Z", re.IGNORECASE
)
_INVISIBLE = re.compile(f"[{_ZERO}]")
_ESCAPES = re.compile(r"(?i)\\u[0-9a-f]{4}|\\[nrt]|&[#\w]{1,8};|%[0-9a-f]{2}")
_APART = re.compile(r"[\W\d_]+")

_BEGUN_SIGN = r"(?:\\{1,2}(?:u[0-9a-f]{0,4})?|&\#?\w{0,8}|%[0-9a-f]?)"
_ELISION = r"(?:(?<=\bd)|(?<=qu))(?:e[ \u00a0]|['’])\*{0,2}"
_BEGUN = re.compile(
    rf"(?:{_ELISION})?(?:"
    rf"{_OPEN}(?:(?>{_LETTER})|{_ATOM}){{0,40}}"
    rf"(?:{_NUMBER}[{_ZERO}]?{_ATOM}{{0,8}}(?:(?P<token1>{_TOKEN}{{0,8}}[{_ZERO}]?)"
    rf"[*_`\s{_ZERO}]{{0,4}})?)?{_BEGUN_SIGN}?"
    rf"|(?<![^\W_])(?P<word>{_LETTER}{{1,20}})(?P<on>{_ATOM}{{0,6}}"
    rf"(?:(?P<n2>{_NUMBER})[{_ZERO}]?{_ATOM}{{0,8}}(?P<token2>{_TOKEN}{{0,8}}[{_ZERO}]?)?)?"
    rf"{_BEGUN_SIGN}?)"
    rf"|(?<!\d)(?<!\d[{_ZERO}])(?P<n3>{_NUMBER})[{_ZERO}]?{_ATOM}{{0,8}}(?P<token3>{_TOKEN}{{0,8}}[{_ZERO}]?)?"
    rf"{_BEGUN_SIGN}?"
    rf"|{_BEGUN_SIGN}"
    rf")\Z"
    rf"|(?P<elision>(?:(?<=\bd)|(?<=qu))(?:e[ \u00a0]?|['’])\*{{0,2}})\Z",
    re.IGNORECASE,
)
"""A tail that may still become an alias. Wider than what is replaced: it only decides to wait."""
_ENDS_IN_SIGN = re.compile(rf"{_BEGUN_SIGN}\Z", re.IGNORECASE)


class _Edit(NamedTuple):
    start: int
    end: int
    stood: Stood


def restore(reply: Reply, aliases: Aliases) -> Reply:
    """The reply with every alias replaced; one that the model made up stays as it is."""
    if not aliases.values:
        return reply
    choices = tuple(
        dataclasses.replace(
            choice,
            text=_whole(choice.text, aliases, in_json=aliases.in_json)
            if choice.text
            else choice.text,
            tool_calls=_deep(choice.tool_calls, aliases),
            rest=_deep(choice.rest, aliases),
        )
        for choice in reply.choices
    )
    return dataclasses.replace(reply, choices=choices)


def restoring(sink: Sink, aliases: Aliases) -> Sink:
    """A sink that restores before ``sink``; the same sink when there is nothing to restore."""
    return _Restoring(sink, aliases) if aliases.values else sink


def invented(reply: Reply, aliases: Aliases) -> int:
    """How many aliases a reply, not yet restored, makes up: our tag, and nothing of ours."""
    if not aliases.values:
        return 0
    return sum(_invented(part, aliases) for c in reply.choices for part in _strings(c))


def mentioned(text: str, aliases: Aliases) -> set[tuple[int, str]]:
    """Number and tag of everything in a text that would be taken for an alias."""
    return {place for _, place in _anchors(text, 0, aliases)}


# --- One text ------------------------------------------------------------------------------------


def _whole(text: str, aliases: Aliases, *, in_json: bool = False) -> str:
    return _Flow(aliases, in_json=in_json).take(text, ends=True)


def _escaped(value: str) -> str:
    """As it stands inside a JSON string."""
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _anchors(
    text: str, start: int, aliases: Aliases
) -> Iterator[tuple[re.Match[str], tuple[int, str]]]:
    """Each number beside one of our tags, with both read."""
    tags = aliases.tags
    while match := _ANCHOR.search(text, start):
        start = match.end("n")
        token = match["token"]
        tag = token if token in tags else plain(_INVISIBLE.sub("", token)).lower()
        if tag not in tags and tag[-1] == "s":
            tag = tag[:-1]
        if tag in tags:
            yield match, (int(_INVISIBLE.sub("", match["n"])), tag)


def _edits(text: str, start: int, aliases: Aliases) -> tuple[list[_Edit], int]:
    """What is to be replaced from ``start`` on, without elision, and how much was invented."""
    edits: list[_Edit] = []
    made_up, floor = 0, start
    for match, place in _anchors(text, start, aliases):
        if place in aliases.literal or match.start() < floor:
            continue
        stood = aliases.places.get(place)
        span = _span(text, floor, match, stood, aliases) if stood else None
        if stood is None or span is None:
            made_up += 1
            continue
        edits.append(_Edit(*span, stood))
        floor = span[1]
    return edits, made_up


def _span(
    text: str, floor: int, match: re.Match[str], stood: Stood, aliases: Aliases
) -> tuple[int, int] | None:
    """From where to where an alias goes; ``None`` where its word names another kind of ours."""
    start, end = match.span()
    if text[start - 1 : start] == "-" and text[end : end + 1] == "]":
        head = stood.alias[: stood.alias.index("-") + 1]
        if start - len(head) >= floor and text.endswith(head, floor, start):
            return start - len(head), end + 1
    opened = _BRACKET.search(text, max(floor, start - _MOST_HEAD), start)
    closed = _AFTER.match(text, end) if opened else None
    if opened and closed and _family(opened["open"]) == _family(closed["close"]):
        inside = _ESCAPES.sub(" ", _INVISIBLE.sub("", opened["inside"]))
        words = [word for word in _APART.split(plain(inside)) if word]
        told = says(words)
        if len(words) < 2 or all(says([word]) or word in SMALL_WORDS for word in words):
            if told and stood.kind not in told:
                return None
            kept = 0
            if not closed["close"].startswith("\\"):
                kept = len(opened["open"]) - len(opened["open"].lstrip("\\"))
                kept = 0 if opened["open"].lstrip("\\")[0] == "u" else kept
            return opened.start() + kept, closed.end()
    end -= _plural(match, stood)
    if word := _WORD.search(text, max(0, start - _MOST_HEAD), start):
        told = says([plain(word["word"])])
        close_by = not any(map(str.isspace, word["gap"])) or word["word"].isupper()
        if told and stood.kind not in told and close_by:
            return None
        if word.start() >= floor and _is_ours(word["word"], aliases):
            return word.start(), end
    return start, end


def _plural(match: re.Match[str], stood: Stood) -> int:
    """1 where an "s" follows the tag: it stays."""
    return int(len(_INVISIBLE.sub("", match["token"])) > len(stood.tag))


def _family(bracket: str) -> str:
    return _FAMILY.get(bracket.lower().lstrip("\\"), "")


def _is_ours(word: str, aliases: Aliases) -> bool:
    """Whether a word without brackets is one that the model may have made of ours."""
    if word.islower():
        return word in aliases.small_words
    name = plain(word)
    return word[0].isupper() and (name in aliases.words or name.removesuffix("S") in aliases.words)


def _opens(word: str, aliases: Aliases) -> bool:
    """Whether such a word may begin so."""
    if word.islower():
        return word in aliases.small_openings
    return word[0].isupper() and plain(word) in aliases.word_openings


def _invented(text: str, aliases: Aliases) -> int:
    return _edits(text, 0, aliases)[1]


def _strings(value: object) -> list[str]:
    """Every text of a choice that is restored."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for inner in value.values() for text in _strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _strings(inner)]
    if dataclasses.is_dataclass(value):
        parts = (getattr(value, name) for name in ("text", "tool_calls", "rest"))
        return [text for part in parts for text in _strings(part)]
    return []


def _deep(value: Json, aliases: Aliases, key: str = "") -> Json:
    if isinstance(value, str):
        return _whole(value, aliases, in_json=key == "arguments")
    if isinstance(value, dict):
        return {k: _deep(v, aliases, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_deep(v, aliases, key) for v in value]
    return value


# --- As it streams -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Flow:
    """One text as it comes. A text taken whole is a flow of one piece: the two cannot differ."""

    aliases: Aliases
    in_json: bool = False
    held: str = ""
    past: str = ""
    """The last characters already passed on, as the model wrote them."""
    apostrophe: str = "'"

    def take(self, new: str, *, ends: bool) -> str:
        """What may be passed on now that ``new`` has come."""
        text = self.past + self.held + new
        start = len(self.past)
        edits, _ = _edits(text, start, self.aliases)
        cut = len(text) if ends else self._waits_from(text, start, edits)
        said: list[str] = []
        position = start
        for edit in edits:
            if edit.end > cut:
                break
            before, put = self._put(text, position, edit)
            said += (before, put)
            position = edit.end
        said.append(text[position:cut])
        self._hear(text, position, cut)
        self.held = text[cut:]
        self.past = text[max(0, cut - _MOST_HEAD) : cut]
        return "".join(said)

    def _put(self, text: str, position: int, edit: _Edit) -> tuple[str, str]:
        """The text up to an alias and the value in its place, elided as French asks."""
        stood = edit.stood
        put = _escaped(stood.value) if self.in_json else stood.value
        self._hear(text, position, edit.start)
        if stood.kind != PERSON or stood.place in self.aliases.as_written:
            return text[position : edit.start], put
        word = before_name(text, edit.start)
        if word is None or word.start("end") < position:
            return text[position : edit.start], put
        short = word["end"] in ("'", "’")
        if elides(stood.value) == short:
            return text[position : edit.start], put
        loud = word["word"].isupper() and len(word["word"]) > 1
        joint = ("E " if loud else "e ") if short else self.apostrophe
        return text[position : word.start("end")] + joint + word["mark"], put

    def _hear(self, text: str, start: int, end: int) -> None:
        """Which apostrophe the text uses."""
        straight, curly = text.rfind("'", start, end), text.rfind("’", start, end)
        if straight != curly:
            self.apostrophe = "'" if straight > curly else "’"

    def _waits_from(self, text: str, start: int, edits: Sequence[_Edit]) -> int:
        """Where the longest tail begins that could still become an alias."""
        position = max(start, len(text) - _MOST)
        while match := _BEGUN.search(text, position):
            place = match.start()
            over = next((e for e in edits if e.start < place < e.end), None)
            if over is not None:
                position = over.end
            elif self._may_become(match):
                return place
            else:
                position = place + 1
        return len(text)

    def _may_become(self, match: re.Match[str]) -> bool:
        aliases = self.aliases
        if match["elision"] is not None:
            return aliases.has_people
        if _ENDS_IN_SIGN.search(match.string, match.start()):
            return True
        if match["word"] is not None:
            whole = bool(match["on"])
            if not (_is_ours if whole else _opens)(match["word"], aliases):
                return False
        number = match["n2"] or match["n3"]
        if number and int(_INVISIBLE.sub("", number)) > aliases.last:
            return False
        token = match["token1"] or match["token2"] or match["token3"]
        return not token or plain(_INVISIBLE.sub("", token)).lower() in aliases.openings


class _Restoring:
    """Holds back only what may be the beginning of an alias."""

    def __init__(self, sink: Sink, aliases: Aliases) -> None:
        self._sink = sink
        self._aliases = aliases
        self._flows: dict[tuple[int, int | str], _Flow] = {}

    async def push(self, deltas: Sequence[Delta]) -> None:
        await self._sink.push([self._restored(delta) for delta in deltas])

    def _restored(self, delta: Delta) -> Delta:
        ends = delta.finish_reason is not None
        text, calls, before = delta.text, delta.tool_calls, (delta.choice, -1)
        if text is not None or (ends and self._holds(before)):
            text = self._advance(before, text or "", ends, in_json=self._aliases.in_json)
        if calls or ends:
            calls = self._calls(delta.choice, calls or [], ends)
        rest = self._rest(delta.choice, delta.rest or {}, ends) if delta.rest or ends else None
        return delta._replace(text=text, tool_calls=calls or delta.tool_calls, rest=rest or None)

    def _rest(self, choice: int, rest: Mapping[str, Json], ends: bool) -> dict[str, Json]:
        """Texts such as ``reasoning_content`` come in pieces too; anything else comes whole."""
        left = {
            key: ""
            for number, key in self._flows
            if number == choice and isinstance(key, str) and ends and self._holds((number, key))
        }
        return {
            key: self._advance((choice, key), value, ends, in_json=False)
            if isinstance(value, str)
            else _deep(value, self._aliases)
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
        for number, index in list(self._flows) if ends else ():
            place = (number, index)
            if number == choice and isinstance(index, int) and index >= 0 and self._holds(place):
                left = self._advance(place, "", ends, in_json=True)
                restored.append({"index": index, "function": {"arguments": left}})
        return restored

    def _holds(self, place: tuple[int, int | str]) -> bool:
        return bool(place in self._flows and self._flows[place].held)

    def _advance(self, place: tuple[int, int | str], new: str, ends: bool, *, in_json: bool) -> str:
        flow = self._flows.get(place)
        if flow is None:
            flow = self._flows[place] = _Flow(self._aliases, in_json)
        return flow.take(new, ends=ends)
