"""Any server that speaks OpenAI's HTTP API: llama.cpp, Ollama, vLLM, Mistral, Scaleway and more."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import aiohttp
import msgspec
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from sobre.adapters.deadlines import Deadlines, IdleError, Limit
from sobre.core.exchange import (
    Choice,
    Delta,
    Json,
    Message,
    Operation,
    Outbound,
    Reply,
    RungCard,
    Usage,
)
from sobre.core.ports import Sink
from sobre.errors import PolicyRefusal, UpstreamError

MAX_REPLY_BYTES = 64 * 2**20
"""A reply larger than this is taken for a fault of the upstream."""
MAX_EVENT_BYTES = 4 * 2**20
DRAIN_SECONDS = 0.5
"""How long the end of a connection is waited for after ``[DONE]``, so that it can be used again."""

PATHS = {
    Operation.CHAT: "/chat/completions",
    Operation.COMPLETE: "/completions",
    Operation.EMBED: "/embeddings",
}

Prepare = Callable[[Outbound, dict[str, Json]], dict[str, Json]]
"""Last word on the body, for servers that differ from OpenAI's."""


class _Details(msgspec.Struct):
    cached_tokens: int | None = None
    reasoning_tokens: int | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int | None = None
    prompt_tokens_details: _Details | None = None
    completion_tokens_details: _Details | None = None


class _Delta(msgspec.Struct):
    content: str | None = None
    tool_calls: list[dict[str, Any]] | None = None
    reasoning_content: str | None = None
    refusal: str | None = None
    reasoning: str | None = None
    function_call: dict[str, Any] | None = None


class _ChunkChoice(msgspec.Struct):
    index: int = 0
    delta: _Delta = msgspec.field(default_factory=_Delta)
    text: str | None = None
    finish_reason: str | None = None
    logprobs: dict[str, Any] | None = None


class _Chunk(msgspec.Struct):
    id: str = ""
    model: str = ""
    choices: list[_ChunkChoice] = []
    usage: _Usage | None = None
    error: Any = None


class _Message(msgspec.Struct):
    content: str | None = None
    tool_calls: list[dict[str, Any]] | None = None
    reasoning_content: str | None = None
    refusal: str | None = None
    reasoning: str | None = None
    function_call: dict[str, Any] | None = None
    annotations: Any = None
    audio: Any = None


class _WholeChoice(msgspec.Struct):
    index: int = 0
    message: _Message | None = None
    text: str | None = None
    finish_reason: str | None = None
    logprobs: dict[str, Any] | None = None


class _Whole(msgspec.Struct):
    id: str = ""
    model: str = ""
    choices: list[_WholeChoice] = []
    usage: _Usage | None = None
    data: list[Any] | None = None
    error: Any = None


_deadlines = Deadlines()
_decode_chunk = msgspec.json.Decoder(_Chunk).decode
_decode_whole = msgspec.json.Decoder(_Whole).decode
_encode = msgspec.json.Encoder().encode


class OpenAIStyle:
    """One model behind one OpenAI-style server."""

    def __init__(
        self,
        card: RungCard,
        *,
        url: str,
        model: str,
        session: aiohttp.ClientSession,
        key: str | None = None,
        connect_timeout_s: float = 5.0,
        read_timeout_s: float = 60.0,
        time_limit_s: float = 600.0,
        prepare: Prepare | None = None,
    ) -> None:
        self.card = card
        self._urls = {op: URL(url.rstrip("/") + path) for op, path in PATHS.items()}
        self._model = model
        self._session = session
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        self._headers = CIMultiDictProxy(CIMultiDict(headers))
        self._timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=connect_timeout_s, connect=None, sock_read=None
        )
        self._idle_s = read_timeout_s
        self._time_limit_s = time_limit_s
        self._prepare = prepare

    async def attempt(self, outbound: Outbound, sink: Sink) -> Reply:
        """See ``ports.Rung``. The connection goes back to the pool only after its last byte."""
        if outbound.zone < self.card.zone:
            raise PolicyRefusal(
                f"This text was cleared for zone {outbound.zone.slug} only, "
                f"and rung {self.card.name!r} is in zone {self.card.zone.slug}."
            )
        body = _encode(self._body(outbound))
        try:
            async with (
                _deadlines.limit(idle_s=self._idle_s, total_s=self._time_limit_s) as limit,
                self._session.post(
                    self._urls[outbound.operation],
                    data=body,
                    headers=self._headers,
                    timeout=self._timeout,
                    allow_redirects=False,
                ) as response,
            ):
                if response.status != 200:
                    raise await _refusal(response)
                limit.heard()
                if outbound.stream:
                    return await self._streamed(response, outbound, sink, limit)
                return self._whole(await _read(response, limit), outbound)
        except TimeoutError as error:
            raise _failed(_which_timeout(error)) from error
        except aiohttp.ClientConnectorError as error:
            raise _failed("unreachable") from error
        except aiohttp.ServerDisconnectedError as error:
            raise _failed("closed") from error
        except aiohttp.ClientError as error:
            raise _failed("cut") from error
        except OSError as error:
            raise _failed("cut") from error

    def _body(self, outbound: Outbound) -> dict[str, Json]:
        body: dict[str, Json] = {**outbound.options, "model": self._model}
        if outbound.operation is Operation.CHAT:
            body["messages"] = [_message(m) for m in outbound.messages]
            if outbound.tools:
                body["tools"] = outbound.tools
            if outbound.response_format:
                body["response_format"] = outbound.response_format
        elif outbound.operation is Operation.COMPLETE:
            body["prompt"] = outbound.messages[0].content
        else:
            texts = [m.content for m in outbound.messages]
            body["input"] = texts[0] if len(texts) == 1 else texts
            return self._prepare(outbound, body) if self._prepare else body
        if outbound.max_tokens is not None and "max_completion_tokens" not in body:
            body["max_tokens"] = outbound.max_tokens
        if outbound.n != 1:
            body["n"] = outbound.n
        if outbound.stop:
            body["stop"] = list(outbound.stop)
        if outbound.logprobs and outbound.operation is Operation.CHAT:
            body["logprobs"] = True
        if outbound.stream:
            body["stream"] = True
            body["stream_options"] = {"include_usage": True}
        return self._prepare(outbound, body) if self._prepare else body

    def _whole(self, raw: bytes, outbound: Outbound) -> Reply:
        try:
            whole = _decode_whole(raw)
        except _UNREADABLE as error:
            whole = _mended(raw, _Whole, "not_json", error)
        if whole.error is not None:
            raise _said_an_error(whole.error)
        if outbound.operation is Operation.EMBED:
            if not whole.data:
                raise _failed("no_vectors")
            usage = _usage(whole.usage, outbound, [])
            return Reply((), usage, whole.model or self._model, whole.id, vectors=whole.data)
        if not whole.choices:
            raise _failed("no_choice")
        choices = tuple(
            _choice(c.index, c.message or _Message(content=c.text), c.finish_reason, c.logprobs)
            for c in whole.choices
        )
        usage = _usage(whole.usage, outbound, [c.text or "" for c in choices])
        return Reply(choices, usage, whole.model or self._model, whole.id)

    async def _streamed(
        self, response: aiohttp.ClientResponse, outbound: Outbound, sink: Sink, limit: Limit
    ) -> Reply:
        assembly = Assembly()
        events = Events()
        usage: _Usage | None = None
        name, upstream_id, done = self._model, "", False
        if "json" in response.content_type:
            # Some servers ignore `stream` and answer whole: taken as one large step.
            reply = self._whole(await _read(response, limit), outbound)
            await sink.push([d for choice in reply.choices for d in _as_deltas(choice)])
            return reply
        block = b"\n"
        while block and not done:
            block = await response.content.readany()
            limit.heard()
            deltas: list[Delta] = []
            for data in events.feed(block or b"\n"):  # the last event may lack its newline
                if data == b"[DONE]":
                    done = True
                    continue
                try:
                    chunk = _decode_chunk(data)
                except _UNREADABLE as error:
                    chunk = _mended(data, _Chunk, "bad_event", error)
                if chunk.error is not None:
                    raise _said_an_error(chunk.error)
                if chunk.usage is not None:
                    usage = chunk.usage
                if chunk.id:
                    upstream_id, name = chunk.id, chunk.model or name
                deltas += map(_delta, chunk.choices)
            if deltas:
                assembly.add(deltas)
                await sink.push(deltas)
        if not (done or assembly.finished):
            raise _failed("ended_early")
        if block and not response.content.at_eof():
            await _drain(response)
        if ends := [Delta(choice, None, "stop") for choice in assembly.unfinished]:
            assembly.add(ends)
            await sink.push(ends)  # what holds text back until an end waits for one
        choices = assembly.choices()
        spent = _usage(usage, outbound, [c.text or "" for c in choices])
        return Reply(choices, spent, name, upstream_id)


class Events:
    """Server-sent events from blocks of bytes cut anywhere: the ``data`` of each, in order."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, block: bytes) -> list[bytes]:
        block = self._rest + block if self._rest else block
        *lines, self._rest = block.split(b"\n")
        if len(self._rest) > MAX_EVENT_BYTES:
            raise _failed("endless")
        return [
            line[6:] if line.startswith(b"data: {") else line[5:].strip()
            for line in lines
            if line.startswith(b"data:") and len(line) > 6
        ]


class Assembly:
    """The whole answer, put together from its steps."""

    def __init__(self) -> None:
        self._texts: dict[int, list[str]] = {}
        self._calls: dict[int, dict[int, dict[str, Json]]] = {}
        self._rest: dict[int, dict[str, Json]] = {}
        self._logprobs: dict[int, dict[str, list[Json]]] = {}
        self._ends: dict[int, str] = {}

    @property
    def finished(self) -> bool:
        """Whether each choice that began has said how it ended."""
        return bool(self._ends) and len(self._ends) >= len(self._texts)

    @property
    def unfinished(self) -> list[int]:
        """The choices that began and did not say how they ended."""
        return [choice for choice in self._texts if choice not in self._ends]

    def add(self, deltas: list[Delta]) -> None:
        for choice, text, finish_reason, tool_calls, logprobs, rest in deltas:
            texts = self._texts.get(choice)
            if texts is None:
                texts = self._texts[choice] = []
            if text:
                texts.append(text)
            if finish_reason:
                self._ends[choice] = finish_reason
            if tool_calls:
                for call in tool_calls:
                    self._add_call(choice, call)
            if rest:
                self._add_rest(choice, rest)
            if logprobs:
                kept = self._logprobs.setdefault(choice, {})
                for key, value in logprobs.items():
                    if isinstance(value, list):
                        kept.setdefault(key, []).extend(value)

    def _add_rest(self, choice: int, rest: Mapping[str, Json]) -> None:
        kept = self._rest.setdefault(choice, {})
        for key, value in rest.items():
            if key == "function_call":
                before = kept.get(key, {})
                told = before.get("arguments", "") + value.get("arguments", "")
                kept[key] = {**before, **value, "arguments": told}
            else:
                kept[key] = kept.get(key, "") + value if isinstance(value, str) else value

    def _add_call(self, choice: int, call: Mapping[str, Json]) -> None:
        calls = self._calls.setdefault(choice, {})
        place = call.get("index")
        if place is None:  # a call without a place is a new one, unless nothing names it
            place = len(calls) if call.get("id") or not calls else max(calls)
        kept = calls.setdefault(place, {"type": "function", "function": {"arguments": ""}})
        kept.update({k: v for k, v in call.items() if k not in ("index", "function") and v})
        function = call.get("function") or {}
        if function.get("name"):
            kept["function"]["name"] = function["name"]
        kept["function"]["arguments"] += function.get("arguments") or ""

    def choices(self) -> tuple[Choice, ...]:
        return tuple(
            Choice(
                index,
                "".join(texts) if texts or index not in self._calls else None,
                self._ends.get(index),
                [call for _, call in sorted(self._calls[index].items())]
                if index in self._calls
                else None,
                self._logprobs.get(index),
                self._rest.get(index, {}),
            )
            for index, texts in sorted(self._texts.items())
        )


def _message(message: Message) -> dict[str, Json]:
    return {"role": message.role, "content": message.content, **message.rest}


_REST = (
    "reasoning_content", "refusal", "reasoning", "function_call", "annotations", "audio"
)  # fmt: skip


def _rest(fields: _Message | _Delta) -> dict[str, Json]:
    rest = {n: v for n in _REST if (v := getattr(fields, n, None)) is not None}
    if fields.function_call is not None:
        rest["function_call"] = _function(fields.function_call)
    return rest


def _choice(index: int, message: _Message, finish_reason: str | None, logprobs: Json) -> Choice:
    calls = [_call(call) for call in message.tool_calls] if message.tool_calls else None
    return Choice(index, message.content, finish_reason, calls, logprobs, _rest(message))


def _delta(choice: _ChunkChoice) -> Delta:
    delta, text = choice.delta, choice.text
    calls = delta.tool_calls
    plain = (
        delta.reasoning_content is None
        and delta.refusal is None
        and delta.reasoning is None
        and delta.function_call is None
    )
    return Delta(
        choice.index,
        delta.content if text is None else text,
        choice.finish_reason,
        [_call(call) for call in calls] if calls else None,
        choice.logprobs,
        None if plain else _rest(delta),
    )


def _call(call: dict[str, Json]) -> dict[str, Json]:
    """A tool call with a name and arguments that are text, and a whole index, or without them."""
    if "function" in call:
        call = {**call, "function": _function(call["function"])}
    if "index" in call and type(call["index"]) is not int:
        call = {name: value for name, value in call.items() if name != "index"}
    return call


def _function(told: Json) -> dict[str, Json]:
    """Some servers give arguments as an object where OpenAI has its text."""
    if not isinstance(told, dict):
        return {}
    arguments = told.get("arguments")
    if arguments is not None and not isinstance(arguments, str):
        told = {**told, "arguments": _encode(arguments).decode()}
    return {name: value for name, value in told.items() if isinstance(value, str)}


_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_Told = TypeVar("_Told", _Chunk, _Whole)


def _mended(raw: bytes, kind: type[_Told], fault: str, why: Exception) -> _Told:
    """A second reading of what is not quite OpenAI's shape, and harmless; raises for the rest.

    ``null`` stands for a field that was left out, a count may be written as 7.0, a content may be a
    list of parts. Only what the strict reading refused comes here.
    """
    try:
        told = _present(msgspec.json.decode(raw))
        for name in ("id", "model"):
            if name in told:
                told[name] = str(told[name])
        told["choices"] = [_mended_choice(choice) for choice in _dicts(told.get("choices"))]
        if "usage" in told:
            told["usage"] = _counts(told["usage"])
        return msgspec.convert(told, kind)
    except (*_UNREADABLE, TypeError, AttributeError, OverflowError):
        raise _failed(fault) from why


def _mended_choice(choice: dict[str, Json]) -> dict[str, Json]:
    choice = _present(choice)
    if not isinstance(choice.get("logprobs", {}), dict):
        del choice["logprobs"]
    for name in ("delta", "message"):
        if name not in choice:
            continue
        said = choice[name] = _present(choice[name])
        if isinstance(content := said.get("content"), list):
            texts = [part.get("text") for part in _dicts(content)]
            said["content"] = "".join(text for text in texts if isinstance(text, str))
        if "tool_calls" in said:
            said["tool_calls"] = _dicts(said["tool_calls"])
    return choice


def _present(told: dict[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in told.items() if value is not None}


def _dicts(told: Json) -> list[dict[str, Json]]:
    return [item for item in told or () if isinstance(item, dict)]


def _counts(told: Json) -> dict[str, Json]:
    """The numbers of a usage object as whole ones; what is no number is left out."""
    return {
        name: _counts(value) if isinstance(value, dict) else int(value)
        for name, value in (told.items() if isinstance(told, dict) else ())
        if isinstance(value, dict | int | float)
    }


def _as_deltas(choice: Choice) -> list[Delta]:
    calls = [{"index": i, **call} for i, call in enumerate(choice.tool_calls or ())] or None
    said = Delta(choice.index, choice.text, None, calls, choice.logprobs, choice.rest or None)
    return [said, Delta(choice.index, None, choice.finish_reason or "stop")]


def _usage(usage: _Usage | None, outbound: Outbound, texts: Sequence[str]) -> Usage:
    """What the upstream counted; from characters, and marked so, where it did not or cannot have.

    An embedding has no output tokens; anything else has at least one token in and out.
    """
    if usage is None or usage.prompt_tokens <= 0:
        sent = sum(len(m.content) for m in outbound.messages if isinstance(m.content, str))
        return Usage(math.ceil(sent / 4), math.ceil(sum(map(len, texts)) / 4), estimated=True)
    cached, thought = usage.prompt_tokens_details, usage.completion_tokens_details
    output = max(usage.completion_tokens or 0, 0)
    return Usage(
        usage.prompt_tokens,
        output,
        min(max((cached.cached_tokens or 0) if cached else 0, 0), usage.prompt_tokens),
        min(max((thought.reasoning_tokens or 0) if thought else 0, 0), output),
    )


async def _read(response: aiohttp.ClientResponse, limit: Limit) -> bytes:
    pieces, size = [], 0
    async for block in response.content.iter_any():
        limit.heard()
        size += len(block)
        if size > MAX_REPLY_BYTES:
            raise _failed("endless")
        pieces.append(block)
    return b"".join(pieces)


async def _drain(response: aiohttp.ClientResponse) -> None:
    """Read a connection to its end, for a moment: the answer is whole, whatever happens here."""
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            while await response.content.readany():
                pass
    except (TimeoutError, aiohttp.ClientError, OSError):
        response.close()


async def _refusal(response: aiohttp.ClientResponse) -> UpstreamError:
    """The error a status stands for, with the upstream's own words where it has some.

    They may quote the request, so they are a parameter for the reader and not part of the message,
    which the ledger keeps where no erasure reaches.
    """
    status = response.status
    raw = await response.content.read(65536)
    try:
        told = msgspec.json.decode(raw)
    except _UNREADABLE:
        told = None
    error = told.get("error", told) if isinstance(told, Mapping) else told
    words = _words(error) if error else f"HTTP {status}"
    code = error.get("code") or error.get("type") if isinstance(error, Mapping) else None
    kind, told = _meaning(status, str(code))
    said = {
        "busy": f"is asked too much (HTTP {status})",
        "denied": f"does not accept Sobre's own key (HTTP {status})",
        "down": f"HTTP {status}",
        "odd": f"unexpected HTTP {status}",
        "words": f"refused the request (HTTP {status})",
    }[told]
    return UpstreamError(
        said,
        kind=kind,
        upstream_status=status,
        retry_after=_retry_after(response.headers.get("Retry-After")),
        key=f"reason.upstream.{told}",
        params={"status": status, "words": words},
    )


def _meaning(status: int, code: str) -> tuple[str, str]:
    """A status as a kind of failure, and the sentence to tell it with."""
    if code in ("context_length_exceeded", "exceed_context_size_error"):
        return "context", "words"
    if status == 429:
        return "rate_limited", "busy"
    if status in (401, 403):
        return "denied", "denied"
    if status in (400, 404, 405, 413, 415, 422):
        return "rejected", "words"
    if status >= 500 or status == 408:
        return "server", "down"
    return "malformed", "odd"


def _retry_after(value: str | None) -> float | None:
    """Seconds; the date form of the header is not worth a clock and counts as a minute."""
    if value is None:
        return None
    try:
        return max(0.0, min(float(value), 3600.0))
    except ValueError:
        return 60.0


def _words(error: Json) -> str:
    """An upstream's own message, cut to a line. For the reader, never for ledger or log."""
    message = error.get("message") if isinstance(error, Mapping) else error
    return str(message or "error without words")[:300]


def _which_timeout(error: TimeoutError) -> str:
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return "no_connection"
    return "silent" if isinstance(error, IdleError) else "too_long"


_FAULTS = {
    "unreachable": ("connect", "cannot be reached"),
    "closed": ("connect", "closed the connection without an answer"),
    "cut": ("broken", "the connection broke"),
    "ended_early": ("broken", "the stream ended in the middle"),
    "no_connection": ("timeout", "did not accept a connection in time"),
    "silent": ("timeout", "sent nothing for too long"),
    "too_long": ("timeout", "took longer than the time limit"),
    "not_json": ("malformed", "answered something that is not its JSON"),
    "bad_event": ("malformed", "sent an event that is not its JSON"),
    "no_vectors": ("malformed", "answered without vectors"),
    "no_choice": ("malformed", "answered without a choice"),
    "endless": ("malformed", "answered without end"),
}


def _said_an_error(error: Json) -> UpstreamError:
    """An error that came with a good status."""
    params: dict[str, object] = {"words": _words(error)}
    said = "answered with an error"
    return UpstreamError(said, kind="server", key="reason.upstream.words", params=params)


def _failed(fault: str) -> UpstreamError:
    kind, words = _FAULTS[fault]
    reached = fault != "no_connection"
    return UpstreamError(words, kind=kind, reached=reached, key=f"reason.upstream.{fault}")
