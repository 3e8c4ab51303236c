"""An OpenAI-style server that misbehaves on demand, in the test's own event loop.

    async with fake_upstream() as up:
        ...                        # point a rung at up.url, ask, then look at:
        up.requests                # what came in: path, headers, body
        up.open_count              # requests being answered right now
        up.hang_ups                # clients that left before their answer was whole

Which scenario a request meets is decided by, first that applies: the queue set with ``up.play(…)``,
a path under ``up.at("scenario")``, the model's name, else ``ok``. ``SCENARIOS`` lists them all; any
number from 400 to 599 is one too. Whether the answer is a stream is the request's own choice.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}


@dataclass(frozen=True)
class Received:
    """One request, as it came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    raw: bytes
    scenario: str = "ok"

    @property
    def body(self) -> Any:
        return json.loads(self.raw) if self.raw else None

    @property
    def stream(self) -> bool:
        return bool(isinstance(self.body, dict) and self.body.get("stream"))

    @property
    def text(self) -> str:
        """The last user message, its parts joined: what the scenarios repeat."""
        messages = self.body.get("messages") or []
        for message in reversed(messages):
            if message.get("role") == "user":
                content = message.get("content") or ""
                if isinstance(content, str):
                    return content
                return " ".join(part.get("text", "") for part in content)
        return ""


@dataclass
class Upstream:
    """A running fake, and the knobs that its scenarios turn on."""

    port: int = 0
    requests: list[Received] = field(default_factory=list)
    open_count: int = 0
    hang_ups: int = 0
    answered: int = 0
    """Requests answered to their end, faults included."""
    connections: int = 0
    """Connections opened so far: tells whether a client keeps them alive."""
    interval_s: float = 0.02
    """Between two bytes or events of ``drip``."""
    retry_after: str = "1"
    """Sent with 429 and 503."""
    huge_bytes: int = 64 * 1024 * 1024
    queue: deque[str] = field(default_factory=deque)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """Base to give to a client, ending in ``/v1``."""
        return f"{self.base}/v1"

    def at(self, scenario: str) -> str:
        """A base under which every request meets ``scenario``."""
        return f"{self.base}/{scenario}/v1"

    def play(self, *scenarios: str) -> None:
        """Let the next requests meet these, one each, whatever they ask for."""
        for name in scenarios:
            if _named(name) is None:
                raise ValueError(f"no scenario is called {name!r}; there are {sorted(SCENARIOS)}")
        self.queue.extend(scenarios)

    async def until(self, true: Callable[[Upstream], bool], within_s: float = 5.0) -> None:
        """Wait for a state, such as ``lambda up: up.hang_ups == 1``, or raise ``TimeoutError``."""
        async with asyncio.timeout(within_s):
            while not true(self):
                self.changed.clear()
                await self.changed.wait()


class _Wire:
    """How a scenario writes: whole answers, events, or raw bytes."""

    def __init__(self, writer: asyncio.StreamWriter, up: Upstream) -> None:
        self._writer = writer
        self.up = up
        protocol = writer.transport.get_protocol()
        assert isinstance(protocol, _Connection)
        self.gone = protocol.gone
        self.keep = True
        """Whether the connection serves another request."""

    async def raw(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def head(self, status: int, kind: str, length: int | None, **more: str) -> None:
        lines = [f"HTTP/1.1 {status} X", f"content-type: {kind}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
        lines += ["transfer-encoding: chunked"] if length is None else [f"content-length: {length}"]
        await self.raw("\r\n".join([*lines, "", ""]).encode())

    async def whole(
        self, body: object, status: int = 200, kind: str = "application/json", **more: str
    ) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        await self.head(status, kind, len(data), **more)
        await self.raw(data)

    async def open_stream(self) -> None:
        await self.head(200, "text/event-stream; charset=utf-8", None)

    async def chunk(self, data: bytes) -> None:
        await self.raw(b"%x\r\n%b\r\n" % (len(data), data))

    async def event(self, body: object) -> None:
        await self.chunk(b"data: " + json.dumps(body).encode() + b"\n\n")

    async def end_stream(self, *, done: bool = True) -> None:
        if done:
            await self.chunk(b"data: [DONE]\n\n")
        await self.raw(b"0\r\n\r\n")

    async def error(self, status: int, message: str, code: str | None = None, **more: str) -> None:
        kind = "invalid_request_error" if status < 500 else "server_error"
        told = {"message": message, "type": kind, "param": None, "code": code}
        await self.whole({"error": told}, status, **more)

    def abort(self) -> None:
        """Close without an end."""
        self.keep = False
        self._writer.transport.abort()


Scenario = Callable[[_Wire, Received], Awaitable[None]]
SCENARIOS: dict[str, Scenario] = {}


def _scenario(name: str) -> Callable[[Scenario], Scenario]:
    def put(scenario: Scenario) -> Scenario:
        SCENARIOS[name] = scenario
        return scenario

    return put


def _pieces(text: str) -> list[str]:
    """About four characters each, as tokens are."""
    return [text[at : at + 4] for at in range(0, len(text), 4)] or [""]


def _completion(choices: list[dict[str, Any]], usage: object = USAGE) -> dict[str, Any]:
    body: dict[str, Any] = {
        "id": "chatcmpl-fake",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": "fake-model",
        "choices": choices,
    }
    return body if usage is None else {**body, "usage": usage}


def _choice(message: dict[str, Any], index: int = 0, end: str = "stop", **more: Any) -> Any:
    return {
        "index": index,
        "message": {"role": "assistant", **message},
        "finish_reason": end,
        **more,
    }


def _step(delta: dict[str, Any], index: int = 0, end: str | None = None, **more: Any) -> Any:
    body = _completion([{"index": index, "delta": delta, "finish_reason": end, **more}], None)
    return {**body, "object": "chat.completion.chunk"}


async def _usage_and_end(wire: _Wire, asked: Received) -> None:
    if (asked.body.get("stream_options") or {}).get("include_usage"):
        await wire.event({**_completion([]), "object": "chat.completion.chunk"})
    await wire.end_stream()


async def _say(wire: _Wire, asked: Received, text: str) -> None:
    """Answer with ``text``, whole or as a stream."""
    if not asked.stream:
        await wire.whole(_completion([_choice({"content": text})]))
        return
    await wire.open_stream()
    await wire.event(_step({"role": "assistant", "content": ""}))
    for piece in _pieces(text):
        await wire.event(_step({"content": piece}))
    await wire.event(_step({}, end="stop"))
    await _usage_and_end(wire, asked)


@_scenario("ok")
async def _ok(wire: _Wire, asked: Received) -> None:
    """Repeats the last user message."""
    await _say(wire, asked, asked.text)


@_scenario("slow-connect")
async def _silent(_: _Wire, asked: Received) -> None:
    """Takes the request and never answers."""
    await asyncio.Event().wait()


@_scenario("head-then-silence")
async def _head_only(wire: _Wire, asked: Received) -> None:
    """Sends its headers, and then nothing."""
    if asked.stream:
        await wire.open_stream()
    else:
        await wire.head(200, "application/json", 1000)
    await asyncio.Event().wait()


@_scenario("stall")
async def _stall(wire: _Wire, asked: Received) -> None:
    """A stream that stops speaking in the middle, its connection open."""
    await wire.open_stream()
    for piece in _pieces(asked.text)[:2]:
        await wire.event(_step({"content": piece}))
    await asyncio.Event().wait()


@_scenario("drip")
async def _drip(wire: _Wire, asked: Received) -> None:
    """One event, or one byte, each ``up.interval_s``."""
    if asked.stream:
        await wire.open_stream()
        for piece in _pieces(asked.text):
            await wire.event(_step({"content": piece}))
            await asyncio.sleep(wire.up.interval_s)
        await wire.event(_step({}, end="stop"))
        await _usage_and_end(wire, asked)
        return
    data = json.dumps(_completion([_choice({"content": asked.text})])).encode()
    await wire.head(200, "application/json", len(data))
    for at in range(len(data)):
        await wire.raw(data[at : at + 1])
        await asyncio.sleep(wire.up.interval_s)


@_scenario("cut")
async def _cut(wire: _Wire, asked: Received) -> None:
    """Closes the connection in the middle of the answer."""
    if asked.stream:
        await wire.open_stream()
        for piece in _pieces(asked.text)[:3]:
            await wire.event(_step({"content": piece}))
    else:
        data = json.dumps(_completion([_choice({"content": asked.text})])).encode()
        await wire.head(200, "application/json", len(data))
        await wire.raw(data[: len(data) // 2])
    await asyncio.sleep(0.02)  # else the reset overtakes what was sent
    wire.abort()


@_scenario("cut-early")
async def _cut_early(wire: _Wire, asked: Received) -> None:
    """Closes before the first byte."""
    wire.abort()


@_scenario("no-done")
async def _no_done(wire: _Wire, asked: Received) -> None:
    """A stream that ends as HTTP wants, without finish reason and without ``[DONE]``."""
    await wire.open_stream()
    for piece in _pieces(asked.text)[:3]:
        await wire.event(_step({"content": piece}))
    await wire.end_stream(done=False)


@_scenario("error-in-stream")
async def _error_in_stream(wire: _Wire, asked: Received) -> None:
    """An OpenAI error as an event in the middle."""
    await wire.open_stream()
    await wire.event(_step({"content": "first"}))
    await wire.event({"error": {"message": "overloaded", "type": "server_error", "code": None}})
    await wire.end_stream()


@_scenario("malformed-json")
async def _malformed_json(wire: _Wire, asked: Received) -> None:
    await wire.whole(b'{"id": "chatcmpl-fake", "choices": [')


@_scenario("wrong-shape")
async def _wrong_shape(wire: _Wire, asked: Received) -> None:
    """Valid JSON that is no completion."""
    await wire.whole({"choices": "none", "usage": []})


@_scenario("malformed-sse")
async def _malformed_sse(wire: _Wire, asked: Received) -> None:
    """A good event, then one that is not JSON."""
    await wire.open_stream()
    await wire.event(_step({"content": "first"}))
    await wire.chunk(b"data: {not json\n\n")
    await wire.end_stream()


@_scenario("odd-sse")
async def _odd_sse(wire: _Wire, asked: Received) -> None:
    """All that the SSE standard allows: comments, CRLF, no space, event names, split writes."""
    await wire.open_stream()
    await wire.chunk(b": keep-alive\r\n\r\nevent: message\r\nid: 7\r\ndata:")
    await wire.chunk(json.dumps(_step({"content": asked.text})).encode() + b"\r\n")
    await wire.chunk(b"\r\n: again\n\n")
    end = b"data: " + json.dumps(_step({}, end="stop")).encode() + b"\n\n"
    for at in range(0, len(end), 7):
        await wire.chunk(end[at : at + 7])
    await _usage_and_end(wire, asked)


@_scenario("wrong-type")
async def _wrong_type(wire: _Wire, asked: Received) -> None:
    """A page where an answer was expected, as captive portals and proxies send."""
    await wire.whole(b"<html><body>Sign in</body></html>", kind="text/html")


@_scenario("huge")
async def _huge(wire: _Wire, asked: Received) -> None:
    """``up.huge_bytes`` in one answer, or in one event."""
    if asked.stream:
        await wire.open_stream()
        await wire.chunk(b'data: {"choices":[{"index":0,"delta":{"content":"')
    else:
        await wire.head(200, "application/json", None)
        await wire.chunk(b'{"choices":[{"index":0,"message":{"content":"')
    block = b"x" * 65536
    for _ in range(wire.up.huge_bytes // len(block)):
        await wire.chunk(block)
    await wire.chunk(b'"}}]}' + (b"\n\n" if asked.stream else b""))
    await wire.end_stream(done=asked.stream)


@_scenario("no-usage")
async def _no_usage(wire: _Wire, asked: Received) -> None:
    if not asked.stream:
        await wire.whole(_completion([_choice({"content": asked.text})], usage=None))
        return
    await wire.open_stream()
    for piece in _pieces(asked.text):
        await wire.event(_step({"content": piece}))
    await wire.event(_step({}, end="stop"))
    await wire.end_stream()


@_scenario("tools")
async def _tools(wire: _Wire, asked: Received) -> None:
    """Calls the first tool offered with ``{"text": <last user message>}``."""
    tools = asked.body.get("tools") or [{"function": {"name": "lookup"}}]
    name = tools[0]["function"]["name"]
    arguments = json.dumps({"text": asked.text}, ensure_ascii=False)
    call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}}
    if not asked.stream:
        message = {"content": None, "tool_calls": [call]}
        await wire.whole(_completion([_choice(message, end="tool_calls")]))
        return
    await wire.open_stream()
    first = {"index": 0, **call, "function": {"name": name, "arguments": ""}}
    await wire.event(_step({"role": "assistant", "content": None, "tool_calls": [first]}))
    for piece in _pieces(arguments):
        more = {"index": 0, "function": {"arguments": piece}}
        await wire.event(_step({"tool_calls": [more]}))
    await wire.event(_step({}, end="tool_calls"))
    await _usage_and_end(wire, asked)


@_scenario("reasoning")
async def _reasoning(wire: _Wire, asked: Received) -> None:
    """Thinks aloud in ``reasoning_content`` about the last user message, then repeats it."""
    thought = f"They said: {asked.text}"
    if not asked.stream:
        message = {"content": asked.text, "reasoning_content": thought}
        await wire.whole(_completion([_choice(message)]))
        return
    await wire.open_stream()
    for piece in _pieces(thought):
        await wire.event(_step({"reasoning_content": piece}))
    for piece in _pieces(asked.text):
        await wire.event(_step({"content": piece}))
    await wire.event(_step({}, end="stop"))
    await _usage_and_end(wire, asked)


@_scenario("choices")
async def _choices(wire: _Wire, asked: Received) -> None:
    """As many answers as ``n`` says, their streams interleaved; each starts with its number."""
    numbers = range(asked.body.get("n") or 1)
    texts = [f"{number}: {asked.text}" for number in numbers]
    if not asked.stream:
        made = [_choice({"content": text}, index) for index, text in enumerate(texts)]
        await wire.whole(_completion(made))
        return
    await wire.open_stream()
    for at in range(max(map(len, map(_pieces, texts)))):
        for index, text in enumerate(texts):
            if at < len(_pieces(text)):
                await wire.event(_step({"content": _pieces(text)[at]}, index))
    for index in numbers:
        await wire.event(_step({}, index, end="stop"))
    await _usage_and_end(wire, asked)


@_scenario("logprobs")
async def _logprobs(wire: _Wire, asked: Received) -> None:
    """Repeats the last user message with a log-probability of -0.5 for each piece."""

    def probable(piece: str) -> dict[str, Any]:
        token = {"token": piece, "logprob": -0.5, "bytes": list(piece.encode())}
        return {"content": [{**token, "top_logprobs": [token]}], "refusal": None}

    pieces = _pieces(asked.text)
    if not asked.stream:
        every = [probable(piece)["content"][0] for piece in pieces]
        told = {"content": every, "refusal": None}
        await wire.whole(_completion([_choice({"content": asked.text}, logprobs=told)]))
        return
    await wire.open_stream()
    for piece in pieces:
        await wire.event(_step({"content": piece}, logprobs=probable(piece)))
    await wire.event(_step({}, end="stop"))
    await _usage_and_end(wire, asked)


@_scenario("json-schema")
async def _json_schema(wire: _Wire, asked: Received) -> None:
    """An object with each property of the schema asked for; strings are the last user message."""
    form = asked.body.get("response_format") or {}
    schema = (form.get("json_schema") or {}).get("schema") or {}
    blanks = {"integer": 7, "number": 0.5, "boolean": True, "array": [], "object": {}, "null": None}
    values = {
        name: blanks.get(about.get("type"), asked.text)
        for name, about in (schema.get("properties") or {}).items()
    }
    await _say(wire, asked, json.dumps(values, ensure_ascii=False))


@_scenario("length")
async def _length(wire: _Wire, asked: Received) -> None:
    """Stops for want of tokens."""
    await wire.whole(_completion([_choice({"content": asked.text[:10]}, end="length")]))


@_scenario("context")
async def _context(wire: _Wire, asked: Received) -> None:
    await wire.error(400, "maximum context length is 4096 tokens", "context_length_exceeded")


async def _status(wire: _Wire, asked: Received, status: int) -> None:
    if status in {429, 503}:
        await wire.error(status, f"status {status}", retry_after=wire.up.retry_after)
    else:
        await wire.error(status, f"status {status}")


async def _embeddings(wire: _Wire, asked: Received) -> None:
    """For each text a vector of its length and its place."""
    texts = asked.body["input"]
    texts = [texts] if isinstance(texts, str) else texts
    vectors = [
        {"object": "embedding", "index": at, "embedding": [float(len(text)), float(at), 0.5]}
        for at, text in enumerate(texts)
    ]
    usage = {"prompt_tokens": 3 * len(texts), "total_tokens": 3 * len(texts)}
    await wire.whole({"object": "list", "data": vectors, "model": "fake-model", "usage": usage})


async def _completions(wire: _Wire, asked: Received) -> None:
    """The older API: repeats the prompt."""
    prompt = asked.body["prompt"]
    text = prompt if isinstance(prompt, str) else prompt[0]
    made = {"index": 0, "text": text, "finish_reason": "stop", "logprobs": None}
    body = {**_completion([]), "object": "text_completion"}
    if not asked.stream:
        await wire.whole({**body, "choices": [made]})
        return
    await wire.open_stream()
    body.pop("usage")
    for piece in _pieces(text):
        step = {**made, "text": piece, "finish_reason": None}
        await wire.event({**body, "choices": [step]})
    await wire.event({**body, "choices": [{**made, "text": ""}]})
    await _usage_and_end(wire, asked)


async def _models(wire: _Wire, asked: Received) -> None:
    card = {"id": "fake-model", "object": "model", "created": 1_700_000_000, "owned_by": "fake"}
    await wire.whole({"object": "list", "data": [card]})


def _named(name: str) -> Scenario | None:
    if name.isdigit() and 400 <= int(name) <= 599:
        status = int(name)
        return lambda wire, asked: _status(wire, asked, status)
    return SCENARIOS.get(name)


def _choose(asked: Received, up: Upstream) -> tuple[str, Scenario]:
    """The scenario a request meets; a fault on any path, an answer in its path's shape."""
    path = asked.path.partition("?")[0]
    first = path.lstrip("/").partition("/")[0]
    model = asked.body.get("model") if isinstance(asked.body, dict) else None
    if up.queue:
        name = up.queue.popleft()
    elif _named(first):
        name = first
    else:
        name = model if isinstance(model, str) and _named(model) else "ok"
    scenario = _named(name) or _ok
    if name == "ok":
        for end, answer in _BY_PATH.items():
            if path.endswith(end):
                return name, answer
    return name, scenario


_BY_PATH: dict[str, Scenario] = {
    "/embeddings": _embeddings,
    "/models": _models,
    "/chat/completions": _ok,
    "/completions": _completions,
}


async def _read(reader: asyncio.StreamReader) -> Received | None:
    """The next request of a connection; ``None`` when the client has closed it."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.strip().split("\r\n")
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        raw = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("transfer-encoding", "") == "chunked":
            while size := int((await reader.readline()).strip(), 16):
                raw += (await reader.readexactly(size + 2))[:-2]
            await reader.readline()
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    method, path, _ = first.split(" ", 2)
    return Received(method, path, headers, raw)


class _Connection(asyncio.StreamReaderProtocol):
    """Knows when the client has closed its side, without reading what it may send next."""

    def __init__(self, serve: Callable[..., Awaitable[None]], limit: int) -> None:
        super().__init__(asyncio.StreamReader(limit=limit), serve)
        self.gone = asyncio.Event()

    def eof_received(self) -> bool | None:
        self.gone.set()
        return super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self.gone.set()
        super().connection_lost(exc)


async def _answer(wire: _Wire, asked: Received, scenario: Scenario) -> bool:
    """Play one scenario; ``False`` when the client left before the end."""
    up = wire.up
    up.open_count += 1
    up.changed.set()
    play = asyncio.ensure_future(scenario(wire, asked))
    leave = asyncio.ensure_future(wire.gone.wait())
    try:
        await asyncio.wait((play, leave), return_when=asyncio.FIRST_COMPLETED)
        if play.done() and not isinstance(play.exception(), ConnectionError):
            play.result()
            up.answered += 1
            return wire.keep
        up.hang_ups += 1
        return False
    finally:
        for task in (play, leave):
            task.cancel()
        await asyncio.gather(play, leave, return_exceptions=True)
        up.open_count -= 1
        up.changed.set()


@asynccontextmanager
async def fake_upstream() -> AsyncIterator[Upstream]:
    """A fake upstream on a free port of this machine, gone on leaving."""
    up = Upstream()
    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        serving.add(task)
        up.connections += 1
        wire = _Wire(writer, up)
        try:
            while asked := await _read(reader):
                name, scenario = _choose(asked, up)
                asked = Received(asked.method, asked.path, asked.headers, asked.raw, name)
                up.requests.append(asked)
                if not await _answer(wire, asked, scenario):
                    break
        except asyncio.CancelledError:  # the fake is leaving; the stream's callback wants no error
            pass
        finally:
            serving.discard(task)
            writer.close()

    server = await asyncio.get_running_loop().create_server(
        lambda: _Connection(serve, 1 << 16), "127.0.0.1", 0
    )
    up.port = server.sockets[0].getsockname()[1]
    try:
        yield up
    finally:
        server.close()
        for task in list(serving):
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)


@contextmanager
def refusing_url() -> Iterator[str]:
    """A base where nobody listens: connections are refused."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}/v1"


@contextmanager
def deaf_url() -> Iterator[str]:
    """A base whose connections are never made: they neither succeed nor fail (Linux)."""
    with socket.socket() as listening, socket.socket() as first, socket.socket() as second:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for filler in (first, second):  # the queue of waiting connections is full after these
            filler.setblocking(False)
            filler.connect_ex(listening.getsockname())
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
