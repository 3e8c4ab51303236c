"""The whole ASGI application: ``/v1`` by hand, everything else through starlette."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from sobre import messages
from sobre.app import App
from sobre.errors import BadRequest
from sobre.jobs import Worker
from sobre.web import console, openapi
from sobre.web.dialects import fields as f
from sobre.web.gateway import ROUTES, Gateway, Receive, Scope, Send, error_json

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


class Server:
    """Looks at ``scope["path"]`` only: what the server decoded, once, is what is checked.

    Hosts are checked here, before anything else, since the server underneath accepts any: a page
    that points its own name at 127.0.0.1 must not reach a gateway on loopback.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._gateway = Gateway(app)
        self._routes = [
            *console.routes(app),
            Route("/sobre/openapi.json", _openapi),
            Route("/health/live", _live),
            Route("/health/ready", self._ready),
        ]
        pages = Starlette(routes=self._routes, exception_handlers={HTTPException: _refuse})
        pages.router.redirect_slashes = False
        self._pages: Asgi = pages
        self._hosts = {host.lower() for host in app.config.server.allowed_hosts}

    def working(self) -> AbstractAsyncContextManager[Worker]:
        """Runs the batches meanwhile: the deferrable work of those who asked for it."""
        return self._gateway.working()

    @property
    def routes(self) -> frozenset[tuple[str, str]]:
        """Every (method, path) that is answered, paths written as in OpenAPI."""
        return frozenset(
            {(method, path) for path, methods in ROUTES.items() for method in methods.split(", ")}
            | {pair for route in self._routes for pair in _methods(route)}
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await _lifespan(receive, send)
        if scope["type"] != "http":
            return None
        path: str = scope["path"]
        if not self._host_allowed(scope):
            return await _refuse_host(scope, send)
        if path == "/v1" or path.startswith("/v1/"):
            return await self._gateway(scope, receive, send)
        await self._pages(scope, receive, send)
        return None

    async def _ready(self, _: Request) -> Response:
        """Requests can be taken once the stores are open. A rung may still be loading."""
        return PlainTextResponse("ready\n")

    def _host_allowed(self, scope: Scope) -> bool:
        values = [value for name, value in scope["headers"] if name == b"host"]
        if len(values) != 1:
            return False
        try:
            host = values[0].decode("ascii").lower()
        except UnicodeDecodeError:
            return False
        name, _, port = host.rpartition(":") if _has_port(host) else (host, "", "")
        return name in self._hosts and (not port or port.isdigit())


@asynccontextmanager
async def running(app: App) -> AsyncIterator[Server]:
    """A server that also runs the batches."""
    server = Server(app)
    async with server.working():
        yield server


def _has_port(host: str) -> bool:
    return ":" in host.rpartition("]")[2]


def _methods(route: BaseRoute) -> set[tuple[str, str]]:
    if not isinstance(route, Route):
        return set()
    return {(method, route.path) for method in route.methods or () if method != "HEAD"}


async def _live(_: Request) -> Response:
    return PlainTextResponse("live\n")


async def _openapi(_: Request) -> Response:
    return Response(f.encode(openapi.document()), media_type="application/json")


async def _refuse(request: Request, error: Exception) -> Response:
    """A path or method that nothing answers, in the same shape as everywhere."""
    assert isinstance(error, HTTPException)
    wrong_path = error.status_code == 404
    path, method = request.scope["path"][:80], request.method[:10]
    allowed = (error.headers or {}).get("Allow", "")
    known = ", ".join(ROUTES)
    told = BadRequest(
        f"There is no {path!r} here." if wrong_path else f"{path} takes {allowed}, not {method}.",
        remedy=f"Nearest: {known}." if wrong_path else "",
        code="unknown_url" if wrong_path else "method_not_allowed",
        key="error.path" if wrong_path else "error.method",
        params={"path": path, "near": known, "allowed": allowed, "method": method},
    )
    lang = messages.best(request.headers.get("accept-language", ""))
    body = {"error": error_json(told, lang)}
    return JSONResponse(body, error.status_code, headers=error.headers)


async def _refuse_host(scope: Scope, send: Send) -> None:
    asked: Mapping[bytes, bytes] = dict(scope["headers"])
    error = _WrongHostError(
        "This name is not one of Sobre's.",
        remedy="Call it by an address in server.allowed_hosts, or add this one there.",
        code="host_not_allowed",
        key="error.host",
    )
    lang = messages.best(asked.get(b"accept-language", b"").decode("latin-1"))
    body = f.encode({"error": error_json(error, lang)})
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class _WrongHostError(BadRequest):
    status = 421


async def _lifespan(receive: Receive, send: Send) -> None:
    """Nothing to do: the application is open before the server starts and closed after it."""
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return
