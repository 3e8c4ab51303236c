"""A very cheap OpenAI-style server for the relay benchmark: `python bench/upstream.py --port N`.

Answers repeat the id of their question (see ``words``). A stream is one write an event, each in a
turn of the event loop of its own, since writes of one turn leave in one segment and a relay would
then never see a stream. `GET /stats` says what it saw; `GET /gap/MS` paces the events from then on.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
from collections.abc import Callable
from functools import partial
from typing import cast

import httptools
import uvloop

import words

_SPAN = re.compile(rb"Repeat: (.*?) ;")
_STREAM = re.compile(rb'"stream"\s*:\s*true')
_MAIL = words.MAIL_DOMAIN.encode()
_USAGE = b'{"prompt_tokens":60,"completion_tokens":50,"total_tokens":110}'
_MODEL = b'"created":1700000000,"model":"bench-model"'
_VECTOR = json.dumps([round(0.001 * n, 3) for n in range(384)]).encode()

_CHUNK = (
    b'data: {"id":"chatcmpl-bench","object":"chat.completion.chunk",' + _MODEL + b","
    b'"choices":[{"index":0,"delta":{%b"content":%b},"logprobs":null,"finish_reason":null}]}\n\n'
)
_STREAM_HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n"
    b"cache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n"
)


def _chunked(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def _event(piece: str, role: bytes = b"") -> bytes:
    return _chunked(_CHUNK % (role, json.dumps(piece).encode()))


_FILLER = [_event(piece) for piece in words.FILLER]
_STREAM_END = [
    _chunked(
        b'data: {"id":"chatcmpl-bench","object":"chat.completion.chunk",' + _MODEL + b","
        b'"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}\n\n'
    ),
    _chunked(
        b'data: {"id":"chatcmpl-bench","object":"chat.completion.chunk",' + _MODEL + b","
        b'"choices":[],"usage":' + _USAGE + b"}\n\n"
    ),
    _chunked(b"data: [DONE]\n\n") + b"0\r\n\r\n",
]


class Seen:
    """What the mock has seen since it started, and how it is told to behave."""

    def __init__(self, gap_s: float, *, coalesce: bool) -> None:
        self.requests = 0
        self.mails = 0
        self.gap_s = gap_s
        self.coalesce = coalesce


class Upstream(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport
        self._url = b""
        self._body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is not a subclass

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._transport.close()

    def on_message_begin(self) -> None:
        self._url = self._body = b""

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        path, body, seen = self._url.partition(b"?")[0], self._body, self._seen
        if path.endswith(b"/chat/completions"):
            seen.requests += 1
            seen.mails += _MAIL in body
            found = _SPAN.search(body)
            span = json.loads(b'"' + found[1] + b'"') if found else ""
            if _STREAM.search(body):
                self._stream(span)
            else:
                self._whole(
                    b'{"id":"chatcmpl-bench","object":"chat.completion",' + _MODEL + b","
                    b'"choices":[{"index":0,"message":{"role":"assistant","content":'
                    + json.dumps(words.answer(span)).encode()
                    + b'},"logprobs":null,"finish_reason":"stop"}],"usage":'
                    + _USAGE
                    + b"}"
                )
        elif path.endswith(b"/embeddings"):
            seen.requests += 1
            self._whole(
                b'{"object":"list","model":"bench-model","data":[{"object":"embedding","index":0,'
                b'"embedding":' + _VECTOR + b'}],"usage":{"prompt_tokens":60,"total_tokens":60}}'
            )
        elif path.endswith(b"/models"):
            self._whole(
                b'{"object":"list","data":[{"id":"bench-model","object":"model",'
                b'"created":1700000000,"owned_by":"bench"}]}'
            )
        elif path == b"/stats":
            self._whole(json.dumps({"requests": seen.requests, "mails": seen.mails}).encode())
        elif path.startswith(b"/gap/"):
            seen.gap_s = float(path.removeprefix(b"/gap/")) / 1000
            self._whole(b"{}")
        else:
            self._whole(b'{"error":{"message":"no such path"}}', b"404 Not Found")

    def _whole(self, body: bytes, status: bytes = b"200 OK") -> None:
        self._transport.write(
            b"HTTP/1.1 %b\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b"
            % (status, len(body), body)
        )

    def _stream(self, span: str) -> None:
        first, *others = words.pieces(span)[: words.SPAN_EVENTS]
        events = [
            _STREAM_HEAD + _event(first, b'"role":"assistant",'),
            *map(_event, others),
            *_FILLER,
            *_STREAM_END,
        ]
        if self._seen.coalesce:
            self._transport.write(b"".join(events))
            return
        events.reverse()
        self._next(events.pop)

    def _next(self, pop: Callable[[], bytes]) -> None:
        if self._transport.is_closing():
            return
        try:
            self._transport.write(pop())
        except IndexError:
            return
        if self._seen.gap_s:
            self._loop.call_later(self._seen.gap_s, partial(self._next, pop))
        else:
            self._loop.call_soon(partial(self._next, pop))


async def serve(port: int, seen: Seen) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Upstream(seen), "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=9100)
    parser.add_argument("--gap-ms", type=float, default=0.0, help="pause between two events")
    parser.add_argument("--coalesce", action="store_true", help="a whole stream in one write")
    args = parser.parse_args()
    uvloop.run(serve(args.port, Seen(args.gap_ms / 1000, coalesce=args.coalesce)))


if __name__ == "__main__":
    main()
