"""The load: N keep-alive connections, each asking its next question when it has its answer.

Every answer is read as a client would read it and checked: it must hold the id its question
carried, whole, and the id of no other question.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter
from typing import cast
from urllib.parse import urlsplit

import httptools
import msgspec

import words

MOST_FAULTS = 20
"""A run with more failures than this is given up."""

_numbers = count()
_FULL = words.answer("")


class _Text(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Text | None = None
    delta: _Text | None = None


class _Body(msgspec.Struct):
    choices: list[_Choice] = []


_decode = msgspec.json.Decoder(_Body).decode


@dataclass(frozen=True)
class Door:
    """Where and how one target is asked."""

    url: str
    """Base, ending in ``/v1``."""
    model: str = "bench-model"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Tally:
    """What one run saw."""

    requests: int = 0
    seconds: float = 0.0
    first_token_s: list[float] = field(default_factory=list)
    whole_s: list[float] = field(default_factory=list)
    reads: int = 0
    """Pieces of body that arrived apart: 53 a stream where nothing was coalesced."""
    failed: int = 0
    """No 200, a connection cut, a body that cannot be read, a stream without its end."""
    crossed: int = 0
    """Answers that hold somebody else's id: must be 0."""
    lost: int = 0
    """Answers without their own id or with a part of the text missing."""
    exchanges: list[str] = field(default_factory=list)
    """``x-sobre-exchange`` of each answer, where there is one."""
    first_fault: str = ""

    @property
    def bad(self) -> int:
        return self.failed + self.crossed + self.lost


def percentile(values: list[float], share: float) -> float:
    ranked = sorted(values)
    if not ranked:
        return math.nan
    return ranked[min(len(ranked) - 1, math.ceil(share * len(ranked)) - 1)]


class _Connection(asyncio.Protocol):
    """One keep-alive connection; reconnects are the caller's business."""

    def __init__(self, head: bytes, body: Iterator[tuple[str, str, bytes]], run: _Run) -> None:
        self._head = head
        self._bodies = body
        self._run = run
        self._transport: asyncio.Transport
        self._parser = httptools.HttpResponseParser(self)
        self._ident = self._wanted = self._exchange = ""
        self._pieces: list[bytes] = []
        self._first = self._started = 0.0
        self._busy = False
        self._gone = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is not a subclass
        self.ask()

    def ask(self) -> None:
        if not self._run.on:
            self._transport.close()
            return
        self._run.count()
        self._ident, self._wanted, body = next(self._bodies)
        self._pieces = []
        self._exchange = ""
        self._busy, self._first, self._started = True, 0.0, perf_counter()
        self._transport.write(self._head % len(body) + body)

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._end(f"unreadable answer: {error}")

    def on_header(self, key: bytes, value: bytes) -> None:
        if key.lower() == b"x-sobre-exchange":
            self._exchange = value.decode()

    def on_body(self, body: bytes) -> None:
        if not self._first:
            self._first = perf_counter()
        self._pieces.append(body)

    def on_message_complete(self) -> None:
        tally = self._run.tally
        ended = perf_counter()
        body = b"".join(self._pieces)
        status = self._parser.get_status_code()
        if status != 200:
            self._end(f"status {status}: {body[:300]!r}")
            return
        try:
            text = _streamed(body) if self._run.stream else _whole(body)
        except (ValueError, msgspec.DecodeError) as error:
            self._end(f"{error}: {body[-300:]!r}")
            return
        ids = set(words.ID.findall(text))
        if ids - {self._ident}:
            tally.crossed += 1
            tally.first_fault = tally.first_fault or f"asked {self._ident}, got {text!r}"
        elif self._wanted not in text or _FULL not in text:
            tally.lost += 1
            tally.first_fault = tally.first_fault or f"asked {self._wanted}, got {text!r}"
        tally.requests += 1
        tally.reads += len(self._pieces)
        tally.first_token_s.append(self._first - self._started)
        tally.whole_s.append(ended - self._started)
        if self._exchange:
            tally.exchanges.append(self._exchange)
        self._busy = False
        if self._parser.should_keep_alive():
            self.ask()
        else:
            self._transport.close()

    def _end(self, fault: str) -> None:
        if self._gone:
            return
        self._gone = True
        self._busy = False
        tally = self._run.tally
        tally.failed += 1
        tally.first_fault = tally.first_fault or fault
        self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._busy:
            self._end(f"connection lost: {exc}")
        self._run.closed()


def _whole(body: bytes) -> str:
    message = _decode(body).choices[0].message
    if message is None or message.content is None:
        raise ValueError("no content")
    return message.content


def _streamed(body: bytes) -> str:
    text: list[str] = []
    done = False
    for line in body.split(b"\n"):
        if line.startswith(b"data: {"):
            text.extend(
                choice.delta.content
                for choice in _decode(line[6:]).choices
                if choice.delta is not None and choice.delta.content
            )
        elif line.startswith(b"data: [DONE]"):
            done = True
    if not done:
        raise ValueError("no [DONE]")
    return "".join(text)


class _Run:
    """How long one run goes on: until ``seconds`` have passed, or ``requests`` were made."""

    def __init__(self, connections: int, *, stream: bool, seconds: float, requests: int) -> None:
        self.tally = Tally()
        self.stream = stream
        self._left = requests or math.inf
        self._least = connections
        self._until = perf_counter() + (seconds or math.inf)
        self.open = 0
        self.slots = asyncio.Queue[None]()

    @property
    def on(self) -> bool:
        """Whether another question is wanted."""
        enough = perf_counter() >= self._until and self._least <= 0
        return not enough and self._left > 0 and self.tally.failed <= MOST_FAULTS

    def count(self) -> None:
        self._left -= 1
        self._least -= 1

    def closed(self) -> None:
        self.open -= 1
        self.slots.put_nowait(None)


def _bodies(model: str, *, stream: bool, mail: bool) -> Iterator[tuple[str, str, bytes]]:
    while True:
        ident = words.name(next(_numbers))
        wanted = words.span(ident, mail=mail)
        ask: dict[str, object] = {
            "model": model,
            "messages": [{"role": "user", "content": words.prompt(wanted)}],
            "max_tokens": 64,
        }
        if stream:
            ask |= {"stream": True, "stream_options": {"include_usage": True}}
        yield ident, wanted, json.dumps(ask).encode()


async def put(
    door: Door,
    connections: int,
    *,
    stream: bool,
    mail: bool = False,
    seconds: float = 0.0,
    requests: int = 0,
) -> Tally:
    """Load one target, for ``seconds`` (at least one question a connection) or ``requests``."""
    place = urlsplit(door.url)
    headers = {"host": place.netloc, "content-type": "application/json", **dict(door.headers)}
    lines = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
    head = f"POST {place.path}/chat/completions HTTP/1.1\r\n{lines}content-length: %d\r\n\r\n"
    bodies = _bodies(door.model, stream=stream, mail=mail)
    run = _Run(connections, stream=stream, seconds=seconds, requests=requests)
    loop = asyncio.get_running_loop()
    started = perf_counter()

    def connection() -> _Connection:
        return _Connection(head.encode(), bodies, run)

    while run.on or run.open:
        while run.on and run.open < connections:
            run.open += 1
            await loop.create_connection(connection, place.hostname or "", place.port or 80)
        if run.open:
            await run.slots.get()
    run.tally.seconds = perf_counter() - started
    return run.tally
