"""``/v1``: plain ASGI from bytes to ``life.answer`` and back, nothing in between."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import difflib
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Mapping,
    MutableMapping,
    Sequence,
)
from contextlib import AbstractAsyncContextManager
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from typing import Any, BinaryIO, NamedTuple, TypeAlias

from sobre import access, life, messages
from sobre.adapters.entropy import random_bytes
from sobre.app import App
from sobre.core.exchange import Ask, Delta, Exchange, Json, RungCard, exchange_id
from sobre.errors import BadRequest, BodyTooLarge, NoRungLeft, SobreError
from sobre.jobs import Door, StoredFile, Worker
from sobre.web import jobs
from sobre.web.console import SESSION_COOKIE
from sobre.web.dialects import (
    chat,
    completions,
    embeddings,
    models,
    moderations,
    responses,
)
from sobre.web.dialects import fields as f
from sobre.web.dialects.files import disposition

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers: TypeAlias = list[tuple[bytes, bytes]]


class Dialect(NamedTuple):
    """One way of asking: how to read the body and how to write the answer."""

    decode: Callable[[bytes, str, str, float], Ask]
    whole: Callable[[Exchange, str], Json]
    stream: Callable[[Ask, str], f.Stream] | None


DIALECTS: Mapping[str, Dialect] = {
    "/v1/chat/completions": Dialect(chat.decode, chat.whole, chat.Stream),
    "/v1/completions": Dialect(completions.decode, completions.whole, completions.Stream),
    "/v1/embeddings": Dialect(embeddings.decode, embeddings.whole, None),
    "/v1/responses": Dialect(responses.decode, responses.whole, responses.Stream),
}
ROUTES: Mapping[str, str] = {
    **dict.fromkeys(DIALECTS, "POST"),
    "/v1/moderations": "POST",
    "/v1/models": "GET",
    "/v1/models/{model}": "GET",
    **jobs.ROUTES,
}
"""Every path under ``/v1`` and the methods it takes, between commas."""

_JSON = (b"content-type", b"application/json")
_EVENTS: Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-transform"),
    (b"x-accel-buffering", b"no"),
]


MOST_FORM_BYTES = 1 << 17
"""What the form may add to a file: its boundaries and other fields."""
FILE_BLOCK = 1 << 18

WATCH_AFTER_S = 0.05
"""A task that watches the connection costs as much as a small answer; most need none."""


MOST_SESSION_CHARACTERS = 200


class GoneError(Exception):
    """The reader hung up: there is nobody to answer."""


class Gateway:
    """The ASGI application under ``/v1``."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._house = app.house
        self._most_bytes = int(app.config.server.max_body_mb * 2**20)
        self._body_seconds = app.config.server.body_timeout_s
        self._most_file_bytes = int(app.config.batches.max_file_mb * 2**20) + MOST_FORM_BYTES
        self._desk = jobs.Desk(app)

    def working(self) -> AbstractAsyncContextManager[Worker]:
        """Runs the batches meanwhile."""
        return self._desk.working(
            {path: Door(each.decode, each.whole) for path, each in DIALECTS.items()}, error_json
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        lang = language_of(headers)
        reader: _StreamReader | None = None
        body = b""
        try:
            credential = credential_of(headers, scope["method"])
            if jobs.takes(scope["path"], scope["method"]):
                return await self._at_desk(scope, headers, credential, receive, send)
            self._admit(credential)
            dialect = DIALECTS.get(scope["path"])
            if dialect is None or scope["method"] != "POST":
                return await self._other(scope, headers, receive, send)
            now = self._house.clock.now()
            body = await self._body(headers, receive)
            ask = dialect.decode(body, scope["path"], exchange_id(now, random_bytes(10)), now)
            if name := headers.get(b"x-sobre-session"):
                ask = dataclasses.replace(ask, session=session_name(name))
            if ask.stream and dialect.stream is not None:
                reader = _StreamReader(send, dialect.stream(ask, lang), ask.id)
                exchange = await _while_here(
                    life.answer(ask, credential, self._house, reader), receive
                )
                return await reader.end(exchange)
            exchange = await _while_here(life.answer(ask, credential, self._house, _WHOLE), receive)
            await _send(send, 200, f.encode(dialect.whole(exchange, lang)), _about(exchange))
        except GoneError:
            return None
        except SobreError as error:
            await self._fail(error, headers, send, reader)
        except Exception as error:  # noqa: BLE001 - the one broad catch, at the edge of the server
            if (fault := f.fault_of(body, error)) is not None:
                return await self._fail(fault, headers, send, reader)
            # The text of the error may quote the request: only its type and place are logged.
            self._app.log_failure(error)
            unexpected = SobreError(
                "Sobre failed while answering.",
                remedy="This is a bug: Sobre's own log says where.",
                key="error.unexpected",
            )
            await self._fail(unexpected, headers, send, reader)

    def _admit(self, credential: str | None) -> None:
        """Nobody unknown gets as far as having a body read. ``life.answer`` asks again."""
        access.authenticate(
            credential, self._house.keys, self._house.purse, self._house.clock.now()
        )

    async def _body(self, headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
        """The whole body, within the limits of size and time. Raises when the reader hangs up."""
        length = headers.get(b"content-length", b"")
        if length.isdigit() and int(length) > self._most_bytes:
            raise self._too_large()
        pieces: list[bytes] = []
        size, more = 0, True
        try:
            async with asyncio.timeout(self._body_seconds):
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise GoneError
                    pieces.append(message.get("body", b""))
                    size += len(pieces[-1])
                    if size > self._most_bytes:
                        raise self._too_large()
                    more = message.get("more_body", False)
        except TimeoutError as error:
            raise self._too_slow() from error
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    async def _at_desk(
        self,
        scope: Scope,
        headers: Mapping[bytes, bytes],
        credential: str | None,
        receive: Receive,
        send: Send,
    ) -> None:
        """Files and batches: a body that may be larger than memory goes by in pieces."""
        asked = jobs.Asked(
            scope["path"],
            scope["method"],
            scope["query_string"],
            headers.get(b"content-type", b""),
            credential,
            language_of(headers),
            lambda: self._body(headers, receive),
            lambda: self._pieces(headers, receive),
        )
        told = await self._desk.answer(asked)
        if not isinstance(told, jobs.Content):
            return await _send(send, 200, f.encode(told), [])
        with contextlib.closing(told.stream) as stream:
            await _send_file(send, stream, told.file)
        self._desk.fetched(told.file)
        return None

    async def _pieces(
        self, headers: Mapping[bytes, bytes], receive: Receive
    ) -> AsyncIterator[bytes]:
        """The body of a file piece by piece, each within the limit of time, all within 20 of it."""
        length = headers.get(b"content-length", b"")
        if length.isdigit() and int(length) > self._most_file_bytes:
            raise _file_too_large(self._app.config.batches.max_file_mb)
        size, more = 0, True
        ends = self._house.clock.elapsed() + 20 * self._body_seconds
        while more:
            left_s = min(self._body_seconds, ends - self._house.clock.elapsed())
            try:
                async with asyncio.timeout(left_s):
                    message = await receive()
            except TimeoutError as error:
                raise self._too_slow() from error
            if message["type"] == "http.disconnect":
                raise GoneError
            piece = message.get("body", b"")
            size += len(piece)
            if size > self._most_file_bytes:
                raise _file_too_large(self._app.config.batches.max_file_mb)
            more = message.get("more_body", False)
            yield piece

    def _too_slow(self) -> BadRequest:
        return BadRequest(
            f"The body did not arrive within {self._body_seconds:g} s.",
            remedy="Send it faster, or raise server.body_timeout_s.",
            code="request_timeout",
            key="error.body_timeout",
            params={"seconds": f"{self._body_seconds:g}"},
        )

    def _too_large(self) -> BodyTooLarge:
        limit = self._app.config.server.max_body_mb
        return BodyTooLarge(
            f"The body is larger than {limit:g} MB.",
            remedy="Send less at once, or raise server.max_body_mb.",
            key="error.too_large",
            params={"limit": f"{limit:g}"},
        )

    async def _other(
        self, scope: Scope, headers: Mapping[bytes, bytes], receive: Receive, send: Send
    ) -> None:
        """What is not a question to a model: rules, the list of models, wrong paths and methods."""
        path, method = scope["path"], scope["method"]
        if path == "/v1/models" and method in ("GET", "HEAD"):
            told = models.listing(self._house.rungs, self._house.aliases, self._app.started_at)
            return await _send(send, 200, f.encode(told), [])
        if path.startswith("/v1/models/") and method in ("GET", "HEAD"):
            name = path.removeprefix("/v1/models/")
            found = models.one(name, self._house.rungs, self._house.aliases, self._app.started_at)
            return await _send(send, 200, f.encode(found), [])
        if path == "/v1/moderations" and method == "POST":
            body = await self._body(headers, receive)
            name = exchange_id(self._house.clock.now(), random_bytes(10))
            return await _send(send, 200, f.encode(moderations.answer(body, name)), [])
        known = ROUTES.keys()
        template = "/v1/models/{model}" if path.startswith("/v1/models/") else path
        allowed = ROUTES.get(jobs.template_of(path) or template)
        if allowed:
            raise _NoSuchMethodError(
                f"{path} takes {allowed}, not {method[:10]}.",
                allowed=allowed,
                key="error.method",
                params={"path": path, "allowed": allowed, "method": method[:10]},
            )
        near = ", ".join(difflib.get_close_matches(path[:200], known, n=1)) or ", ".join(known)
        raise _NoSuchPathError(
            f"There is no {path[:80]!r} here.",
            remedy=f"Nearest: {near}.",
            code="unknown_url",
            key="error.path",
            params={"path": path[:80], "near": near},
        )

    async def _fail(
        self,
        error: SobreError,
        headers: Mapping[bytes, bytes],
        send: Send,
        reader: _StreamReader | None,
    ) -> None:
        told = error_json(error, language_of(headers))
        if reader is not None and reader.begun:
            await reader.fail(error, told)
            return
        extra: Headers = []
        if isinstance(error, NoRungLeft) and error.retry_after is not None:
            extra.append((b"retry-after", str(max(1, round(error.retry_after))).encode()))
        if isinstance(error, _NoSuchMethodError):
            extra.append((b"allow", error.allowed.encode()))
        if error.status == 401:
            extra.append((b"www-authenticate", b"Bearer"))
        await _send(send, error.status, f.encode({"error": told}), extra)


class _NoSuchPathError(BadRequest):
    status = 404


class _NoSuchMethodError(BadRequest):
    status = 405
    code = "method_not_allowed"

    def __init__(self, message: str, *, allowed: str, key: str, params: dict[str, object]) -> None:
        super().__init__(message, key=key, params=params)
        self.allowed = allowed


class _WholeReader:
    """Nothing reaches it before the end."""

    async def begin(self, card: RungCard) -> None: ...

    async def push(self, deltas: Sequence[Delta]) -> None: ...


_WHOLE = _WholeReader()


class _StreamReader:
    """Writes a stream to the connection as it comes."""

    def __init__(self, send: Send, encoder: f.Stream, exchange: str) -> None:
        self._send = send
        self._encoder = encoder
        self._exchange = exchange
        self.begun = False

    async def begin(self, card: RungCard) -> None:
        self.begun = True
        about: Headers = [
            (b"x-sobre-exchange", self._exchange.encode()),
            (b"x-sobre-rung", header_text(card.name)),
            (b"x-sobre-zone", card.zone.slug.encode()),
        ]
        await self._send({"type": "http.response.start", "status": 200, "headers": _EVENTS + about})
        if first := self._encoder.begin(card):
            await self._write(first)

    async def push(self, deltas: Sequence[Delta]) -> None:
        if block := self._encoder.deltas(deltas):
            await self._write(block)

    async def end(self, exchange: Exchange) -> None:
        await self._write(self._encoder.end(exchange), more=False)

    async def fail(self, error: SobreError, told: Mapping[str, Json]) -> None:
        await self._write(self._encoder.error(error, told), more=False)

    async def _write(self, block: bytes, *, more: bool = True) -> None:
        await self._send({"type": "http.response.body", "body": block, "more_body": more})


class _Presence:
    """Watches whether the reader is still connected, once an answer takes longer than a moment."""

    __slots__ = ("_receive", "_task", "_timer", "_watcher", "left")

    def __init__(self, receive: Receive, task: asyncio.Task[Any]) -> None:
        self._receive = receive
        self._task = task
        self._watcher: asyncio.Task[None] | None = None
        self.left = False
        self._timer = task.get_loop().call_later(WATCH_AFTER_S, self._start)

    def _start(self) -> None:
        self._watcher = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.left = True
        self._task.cancel()

    def stop(self) -> None:
        self._timer.cancel()
        if self._watcher is not None:
            self._watcher.cancel()


async def _while_here(work: Coroutine[Any, Any, Exchange], receive: Receive) -> Exchange:
    """Do the work as long as the reader is connected; cancel it when it no longer is."""
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("a request is answered in a task")
    presence = _Presence(receive, task)
    try:
        return await work
    except asyncio.CancelledError:
        if presence.left and task.uncancel() == 0:
            raise GoneError from None
        raise
    finally:
        presence.stop()


def language_of(headers: Mapping[bytes, bytes]) -> str:
    """The language a reader asks for; English where none is named, as API clients do."""
    accept = headers.get(b"accept-language")
    return messages.best(accept.decode("latin-1")) if accept else "en"


def session_name(value: bytes) -> str:
    """The caller's own name of the conversation. Raises ``BadRequest`` for one that is too long."""
    if len(value) > MOST_SESSION_CHARACTERS:
        raise BadRequest(
            f"'x-sobre-session' needs 1 to {MOST_SESSION_CHARACTERS} characters.",
            param="x-sobre-session",
            code="invalid_value",
            key="error.session_name",
            params={"most": MOST_SESSION_CHARACTERS},
        )
    return value.decode("latin-1")


def credential_of(headers: Mapping[bytes, bytes], method: str) -> str | None:
    """The key a request presents: a bearer token, ``x-api-key``, or the console's own cookie.

    The cookie counts only for a request that comes from the console itself, so that no other page
    can spend it.
    """
    if bearer := headers.get(b"authorization"):
        scheme, _, value = bearer.decode("latin-1").partition(" ")
        return value.strip() if scheme.lower() == "bearer" else None
    if key := headers.get(b"x-api-key"):
        return key.decode("latin-1").strip()
    if (cookie := headers.get(b"cookie")) and _from_console(headers, method):
        try:
            morsel = SimpleCookie(cookie.decode("latin-1")).get(SESSION_COOKIE)
        except CookieError:
            return None
        return morsel.value if morsel else None
    return None


def _from_console(headers: Mapping[bytes, bytes], method: str) -> bool:
    """Whether the browser says the request comes from this console's own page.

    Over plain HTTP to another machine it leaves ``Sec-Fetch-Site`` out and only names an ``Origin``
    with what changes something; a bare reading is then left to the cookie's ``SameSite=Strict``.
    """
    if site := headers.get(b"sec-fetch-site"):
        return site == b"same-origin"
    if origin := headers.get(b"origin"):
        return origin.partition(b"://")[2].lower() == headers.get(b"host", b"").lower() != b""
    return method in ("GET", "HEAD")


def error_json(error: SobreError, lang: str) -> dict[str, Json]:
    """OpenAI's error object, its message in the reader's language."""
    return {
        "message": messages.explain(error, lang),
        "type": error.type,
        "param": error.param,
        "code": error.code,
    }


@lru_cache(maxsize=256)
def header_text(text: str) -> bytes:
    """A name as a header value: what Latin-1 cannot say is replaced, controls are dropped."""
    return "".join(c for c in text if c.isprintable())[:200].encode("latin-1", "replace")


def _about(exchange: Exchange) -> Headers:
    kept = exchange.kept
    headers: Headers = [(b"x-sobre-exchange", exchange.ask.id.encode())]
    if kept is not None:
        headers.append((b"x-sobre-rung", header_text(kept.rung)))
        headers.append((b"x-sobre-zone", kept.zone.slug.encode()))
    if exchange.impact is not None and exchange.impact.gwp is not None:
        headers.append((b"x-sobre-gwp-g", f"{exchange.impact.gwp.mid:.3g}".encode()))
    return headers


def _file_too_large(limit_mb: float) -> BodyTooLarge:
    return BodyTooLarge(
        f"The file is larger than {limit_mb:g} MB.",
        remedy="Cut it into several, or raise batches.max_file_mb.",
        param="file",
        key="error.files.too_large",
        params={"limit": f"{limit_mb:g}"},
    )


async def _send_file(send: Send, stream: BinaryIO, file: StoredFile) -> None:
    headers: Headers = [
        (b"content-type", b"application/octet-stream"),
        (b"content-length", str(file.bytes).encode()),
        (b"content-disposition", disposition(file)),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    more = True
    while more:
        block = await asyncio.to_thread(stream.read, FILE_BLOCK)
        more = bool(block)
        await send({"type": "http.response.body", "body": block, "more_body": more})


async def _send(send: Send, status: int, body: bytes, extra: Headers) -> None:
    headers = [_JSON, (b"content-length", str(len(body)).encode()), *extra]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
