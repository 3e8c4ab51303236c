"""The whole ASGI application: ``/v1`` and health by hand, everything else through starlette."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.applications import Starlette

from sobre import messages
from sobre.app import App
from sobre.errors import BadRequest
from sobre.web import console
from sobre.web.dialects import fields as f
from sobre.web.gateway import Gateway, Receive, Scope, Send, error_json

Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

_TEXT = (b"content-type", b"text/plain; charset=utf-8")


class Server:
    """Looks at ``scope["path"]`` only: what the server decoded, once, is what is checked.

    Hosts are checked here, before anything else, since the server underneath accepts any: a page
    that points its own name at 127.0.0.1 must not reach a gateway on loopback.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._gateway = Gateway(app)
        self._pages: Asgi = Starlette(routes=console.routes(app))
        self._hosts = {host.lower() for host in app.config.server.allowed_hosts}

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
        if path == "/health/live":
            return await _plain(send, 200, b"live\n")
        if path == "/health/ready":
            ready = self._ready()
            return await _plain(send, 200 if ready else 503, b"ready\n" if ready else b"not yet\n")
        await self._pages(scope, receive, send)
        return None

    def _ready(self) -> bool:
        """Whether requests can be taken: the stores are open. A rung may still be loading."""
        return True

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


def _has_port(host: str) -> bool:
    return ":" in host.rpartition("]")[2]


async def _refuse_host(scope: Scope, send: Send) -> None:
    headers: Mapping[bytes, bytes] = dict(scope["headers"])
    error = _WrongHostError(
        "This name is not one of Sobre's.",
        remedy="Call it by an address in server.allowed_hosts, or add this one there.",
        code="host_not_allowed",
        key="error.host",
    )
    lang = messages.best(headers.get(b"accept-language", b"").decode("latin-1"))
    body = f.encode({"error": error_json(error, lang)})
    await _respond(send, error.status, body, (b"content-type", b"application/json"))


class _WrongHostError(BadRequest):
    status = 421


async def _plain(send: Send, status: int, body: bytes) -> None:
    await _respond(send, status, body, _TEXT)


async def _respond(send: Send, status: int, body: bytes, kind: tuple[bytes, bytes]) -> None:
    headers = [kind, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _lifespan(receive: Receive, send: Send) -> None:
    """Nothing to do: the application is open before the server starts and closed after it."""
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return
