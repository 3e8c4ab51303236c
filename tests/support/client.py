"""A client that calls a server in process, as an ASGI server would."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from json import dumps, loads
from typing import Any, Protocol
from urllib.parse import unquote

from sobre.web.server import Server


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    pieces: list[bytes]
    """The body as it was sent, piece by piece."""

    @property
    def body(self) -> bytes:
        return b"".join(self.pieces)

    @property
    def json(self) -> Any:
        return loads(self.body)

    @property
    def error(self) -> Any:
        """OpenAI's error object; fails where the answer is none."""
        told = self.json["error"]
        assert set(told) == {"message", "type", "param", "code"}
        return told

    @property
    def events(self) -> list[Any]:
        """The data of each server-sent event, decoded; ``[DONE]`` as text."""
        lines = self.body.decode().splitlines()
        data = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
        return [item if item == "[DONE]" else loads(item) for item in data]


class Call(Protocol):
    """``key=None`` sends none, ``""`` a valid one; a list of bytes is a body in pieces; with
    ``stays=False`` the rest of the body never comes. ``host=None`` sends no Host.
    """

    async def __call__(
        self,
        method: str,
        target: str,
        *,
        json: Any = None,
        body: bytes | Sequence[bytes] = b"",
        key: str | None = "",
        headers: Sequence[tuple[str, str]] = (),
        host: str | None = "127.0.0.1:8686",
        stays: bool = True,
    ) -> Answer: ...


def caller(server: Server, valid: str) -> Call:
    """A ``Call`` of this server, whose key is ``valid`` where none is named."""

    async def send_request(
        method: str,
        target: str,
        *,
        json: Any = None,
        body: bytes | Sequence[bytes] = b"",
        key: str | None = "",
        headers: Sequence[tuple[str, str]] = (),
        host: str | None = "127.0.0.1:8686",
        stays: bool = True,
    ) -> Answer:
        raw = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers]
        if host is not None:
            raw.append((b"host", host.encode()))
        presented = valid if not key and key is not None else key
        if presented is not None:
            raw.append((b"authorization", f"Bearer {presented}".encode()))
        if json is not None:
            body = dumps(json).encode()
        return await _exchange(server, method, target, raw, body, stays=stays)

    return send_request


async def _exchange(
    server: Server,
    method: str,
    target: str,
    headers: list[tuple[bytes, bytes]],
    body: bytes | Sequence[bytes],
    *,
    stays: bool,
) -> Answer:
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8686),
    }
    parts = [body] if isinstance(body, bytes) else list(body)
    done = asyncio.Event()
    answer = Answer(0, {}, [])

    async def receive() -> dict[str, Any]:
        if parts:
            part = parts.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(parts) or not stays}
        await done.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            assert answer.status == 0, "two answers to one request"
            answer.status = message["status"]
            answer.headers = {
                n.decode("latin-1"): v.decode("latin-1") for n, v in message["headers"]
            }
            return
        assert answer.status, "a body without a status"
        answer.pieces.append(message.get("body", b""))
        if not message.get("more_body"):
            done.set()

    await server(scope, receive, send)
    assert done.is_set(), "no whole answer"
    return answer
