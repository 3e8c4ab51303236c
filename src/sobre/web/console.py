"""The console: what a person sees in a browser.

Two pages. *Ask*: its script talks to ``/v1`` like any other client, with the session's cookie for a
key. *Shield*: what would leave of a text, place by place, without sending it. Everything they load
comes from here: a page that says where a text goes may not itself call anybody. State lives in the
``House`` that the server hands in; this module decodes and renders.
"""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
import re
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

import jinja2
import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sobre import messages
from sobre.app import Corrected, Preview, Status
from sobre.core.exchange import Actor
from sobre.core.zone import Zone
from sobre.errors import SobreError
from sobre.web import preview

PAGES: Mapping[str, str] = {"ask": "/", "shield": "/shield"}
"""Each page of the console and its path, in the order of its header."""
SESSION_COOKIE = "sobre_session"
LANGUAGE_COOKIE = "sobre_lang"

_HERE = Path(__file__).parent
_MONTH_S = 30 * 24 * 3600
_YEAR_S = 365 * 24 * 3600
_MAX_SIGN_IN_BYTES = 4096
_SCRIPT_WORDS = ("sign_in.", "title_", "noscript", "tagline")
"""Prefixes of the words that only the server prints: the script does not carry them."""

HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
"""On every answer of the console."""


class House(Protocol):
    """What the console needs of the running server."""

    def sign_in(self, key: str) -> str | None:
        """A new session's token, or ``None`` for a key that may not sign in."""
        ...

    def session(self, token: str) -> Actor | None: ...

    def sign_out(self, token: str) -> None: ...

    def status(self) -> Status: ...

    async def preview(
        self,
        text: str,
        actor: Actor,
        *,
        zone: Zone | None = None,
        purpose: str | None = None,
        team: str | None = None,
    ) -> Preview:
        """What would leave of a text. Raises ``SobreError`` where it cannot be inspected."""
        ...

    def corrections(self, actor: Actor) -> list[Corrected]:
        """The shield's corrections in force. Raises ``SobreError``, as the next two do."""
        ...

    def correct(
        self, actor: Actor, verb: str, text: str, *, kind: str = "", forced: bool = False
    ) -> Corrected: ...

    def revoke(self, actor: Actor, label: str) -> None: ...


def routes(house: House, *, wrong_key_delay_s: float = 0.3) -> list[BaseRoute]:
    """The console's routes, to be mounted at the root.

    ``wrong_key_delay_s`` is how long a refused key waits for its answer, whatever was wrong.
    """
    static = _read_static()
    pages = _pages(static)

    def actor(request: Request) -> Actor | None:
        token = request.cookies.get(SESSION_COOKIE)
        return house.session(token) if token else None

    def render(
        request: Request, name: str = "ask", *, error: str = "", status: int = 200
    ) -> Response:
        lang, who = language(request), actor(request)
        html = pages.get_template(f"{name}.html" if who else "sign_in.html").render(
            lang=lang,
            actor=who,
            page=name,
            error=error,
            version=house.status()["version"] if who else "",
            say=lambda key, **params: messages.say(f"console.{key}", lang, **params),
            words=_words(lang),
        )
        return Response(html, status, media_type="text/html", headers={"cache-control": "no-store"})

    def page(name: str) -> Endpoint:
        async def show(request: Request) -> Response:
            if (chosen := request.query_params.get("lang")) in messages.LANGUAGES:
                answer: Response = RedirectResponse(PAGES[name], 303)
                answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_YEAR_S, samesite="lax")
                return answer
            return render(request, name)

        return show

    async def sign_in(request: Request) -> Response:
        as_form = "urlencoded" in request.headers.get("content-type", "")

        def refuse(why: str, status: int) -> Response:
            text = messages.say(f"console.sign_in.{why}", language(request))
            if as_form:
                return render(request, error=text, status=status)
            return _refusal(text, status)

        if not same_origin(request.headers):
            return refuse("foreign", 403)
        body = await _read(request, _MAX_SIGN_IN_BYTES)
        if body is None:
            return refuse("too_large", 413)
        key = _form_key(body) if as_form else _json_key(body)
        if key is None:
            return refuse("unreadable", 400)
        token = house.sign_in(key) if key else None
        if token is None:
            await asyncio.sleep(wrong_key_delay_s)
            return refuse("wrong" if key else "empty", 401)
        answer = RedirectResponse("/", 303) if as_form else Response(status_code=204)
        answer.set_cookie(
            SESSION_COOKIE,
            token,
            max_age=_MONTH_S,
            httponly=True,
            samesite="strict",
            secure=_over_tls(request),
        )
        return answer

    async def sign_out(request: Request) -> Response:
        if not same_origin(request.headers):
            return _refusal(messages.say("console.sign_in.foreign", language(request)), 403)
        if token := request.cookies.get(SESSION_COOKIE):
            house.sign_out(token)
        answer = Response(status_code=204)
        answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")
        return answer

    async def status(request: Request) -> Response:
        if actor(request) is None:
            return _refusal(messages.say("console.sign_in.needed", language(request)), 401)
        lang, told = language(request), house.status()
        for rung in told["rungs"]:
            rung["note"] = messages.reason(rung["note"], lang)
        return JSONResponse(told, headers={"cache-control": "no-store"})

    async def shield(request: Request) -> Response:
        return await _previewed(house, actor(request), request)

    async def corrections(request: Request) -> Response:
        return await _corrections(house, actor(request), request)

    async def words(request: Request) -> Response:
        lang = request.path_params["lang"]
        if lang not in messages.LANGUAGES:
            return Response(status_code=404)
        return JSONResponse(_words(lang), headers={"cache-control": "no-cache"})

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in static:
            return Response(status_code=404)
        kind = mimetypes.guess_type(name)[0]
        forever = {"cache-control": f"public, max-age={_YEAR_S}, immutable"}
        return Response(static[name], media_type=kind, headers=forever)

    return [
        *(Route(path, _guarded(page(name)), methods=["GET"]) for name, path in PAGES.items()),
        Route("/sobre/session", _guarded(sign_in), methods=["POST"]),
        Route("/sobre/session", _guarded(sign_out), methods=["DELETE"]),
        Route("/sobre/status", _guarded(status), methods=["GET"]),
        Route("/sobre/shield", _guarded(shield), methods=["POST"]),
        Route("/sobre/corrections", _guarded(corrections), methods=["GET", "POST"]),
        Route("/sobre/corrections/{id}", _guarded(corrections), methods=["DELETE"]),
        Route("/sobre/words/{lang}", _guarded(words), methods=["GET"]),
        Route("/sobre/static/{name}", _guarded(asset), methods=["GET"]),
    ]


async def _previewed(house: House, who: Actor | None, request: Request) -> Response:
    """The answer of ``POST /sobre/shield``."""
    lang = language(request)
    if not same_origin(request.headers):
        return _refusal(messages.say("console.sign_in.foreign", lang), 403)
    if who is None:
        return _refusal(messages.say("console.sign_in.needed", lang), 401)
    body = await _read(request, preview.MAX_BYTES)
    if body is None:
        return _refusal(messages.say("console.shield.too_large", lang), 413)
    pasted = preview.read(body)
    if pasted is None:
        return _refusal(messages.say("console.shield.unreadable", lang), 400)
    zone = preview.zone_of(pasted)
    try:
        told = await house.preview(
            pasted.text, who, zone=zone, purpose=pasted.purpose, team=pasted.team
        )
    except SobreError as error:
        text = messages.explain(error, lang)
        return _refusal(text, error.status, code=error.code, kind=error.type)
    return JSONResponse(preview.told(told, lang), headers={"cache-control": "no-store"})


async def _corrections(house: House, who: Actor | None, request: Request) -> Response:
    """The answers of ``/sobre/corrections``: list, make, end."""
    lang = language(request)
    if request.method != "GET" and not same_origin(request.headers):
        return _refusal(messages.say("console.sign_in.foreign", lang), 403)
    if who is None:
        return _refusal(messages.say("console.sign_in.needed", lang), 401)
    try:
        if request.method == "DELETE":
            await asyncio.to_thread(house.revoke, who, request.path_params["id"])
            return Response(status_code=204)
        if request.method == "POST":
            body = await _read(request, _MAX_SIGN_IN_BYTES)
            if body is None:
                return _refusal(messages.say("console.shield.too_large", lang), 413)
            draft = preview.read_draft(body)
            if draft is None:
                return _refusal(messages.say("console.shield.unreadable", lang), 400)
            made = await asyncio.to_thread(
                house.correct, who, draft.verb, draft.text, kind=draft.kind, forced=draft.forced
            )
            return JSONResponse(preview.told_correction(made, lang), 201)
        found = await asyncio.to_thread(house.corrections, who)
    except SobreError as error:
        text = messages.explain(error, lang)
        return _refusal(text, error.status, code=error.code, kind=error.type)
    told = [preview.told_correction(one, lang) for one in found]
    return JSONResponse({"corrections": told}, headers={"cache-control": "no-store"})


def language(request: Request) -> str:
    """The reader's choice kept in a cookie, else what the browser prefers."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in messages.LANGUAGES:
        return chosen
    return messages.best(request.headers.get("accept-language", ""))


def _over_tls(request: Request) -> bool:
    """Whether the browser speaks TLS, to Sobre or to a proxy before it: its ``Origin`` says."""
    return "https" in (request.url.scheme, request.headers.get("origin", "").partition(":")[0])


def same_origin(headers: Mapping[str, str]) -> bool:
    """Whether a request that changes something comes from this console's own pages.

    A browser says so in ``Sec-Fetch-Site``, or, where it leaves that out (plain HTTP to another
    machine), in ``Origin``. A client that sends neither is no browser: it has no ambient cookie.
    """
    if site := headers.get("sec-fetch-site"):
        return site == "same-origin"
    if origin := headers.get("origin"):
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""
    return True


Endpoint = Callable[[Request], Awaitable[Response]]


def _guarded(endpoint: Endpoint) -> Endpoint:
    """The endpoint with ``HEADERS`` on whatever it answers."""

    async def guarded(request: Request) -> Response:
        answer = await endpoint(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    return guarded


def _refusal(text: str, status: int, *, code: str | None = None, kind: str = "") -> Response:
    """OpenAI's error object; code and type follow from the status where none is named."""
    if not kind:
        code = {401: "invalid_api_key", 403: "forbidden", 413: "request_too_large"}.get(status)
        kind = {401: "authentication_error", 403: "permission_error"}.get(
            status, "invalid_request_error"
        )
    error = {"message": text, "type": kind, "code": code, "param": None}
    return JSONResponse({"error": error}, status)


async def _read(request: Request, limit: int) -> bytes | None:
    """The body, or ``None`` as soon as it is longer than ``limit`` bytes."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > limit:
            return None
    return body


def _form_key(body: bytes) -> str | None:
    try:
        return parse_qs(body.decode("ascii")).get("key", [""])[0].strip()
    except UnicodeDecodeError:
        return None


class _Credentials(msgspec.Struct):
    key: str


def _json_key(body: bytes) -> str | None:
    try:
        return msgspec.json.decode(body, type=_Credentials).key.strip()
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _words(lang: str) -> dict[str, str]:
    """The console's messages that its script says, their area's prefix taken off."""
    ours = (
        (key.removeprefix("console."), text)
        for key, text in messages.catalogue(lang).items()
        if key.startswith("console.")
    )
    return {key: text for key, text in ours if not key.startswith(_SCRIPT_WORDS)}


def _read_static() -> dict[str, bytes]:
    """Each asset. What a script imports is called by its hashed name there too."""
    raw = {file.name: file.read_bytes() for file in (_HERE / "static").iterdir() if file.is_file()}

    def hashed(found: re.Match[bytes]) -> bytes:
        name = found[1].decode()
        return b'from "./%b"' % _hashed(name, raw[name]).encode()

    return {name: re.sub(rb'from "\./(\w+\.js)"', hashed, text) for name, text in raw.items()}


def _hashed(name: str, content: bytes) -> str:
    """An asset's name with its content's hash: it may be kept forever."""
    return f"{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def _pages(static: Mapping[str, bytes]) -> jinja2.Environment:
    """The templates."""

    def asset(name: str) -> str:
        return "/sobre/static/" + _hashed(name, static[name])

    pages = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shared: dict[str, Any] = {
        "asset": asset,
        "languages": {"fr": "Français", "en": "English"},
        "paths": PAGES,
    }
    pages.globals.update(shared)
    return pages
