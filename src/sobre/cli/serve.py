"""``sobre serve``: the gateway and the console."""

from __future__ import annotations

import argparse
import logging
import sys
from typing import TYPE_CHECKING

from sobre.messages import say

if TYPE_CHECKING:
    from sobre.config import Config

MOST_CONNECTIONS = 1024
"""Beyond so many at once a request is answered 503 and its connection closed."""

Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse names it nowhere else


def add(subcommands: Subcommands[argparse.ArgumentParser], lang: str) -> None:
    command = subcommands.add_parser("serve", help=say("cli.serve.about", lang))
    command.add_argument("--host", help=say("cli.serve.host", lang))
    command.add_argument("--port", type=int, help=say("cli.serve.port", lang))
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    import asyncio

    import uvloop

    from sobre import config

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    settings = config.load(args.config, data_dir=args.data_dir)
    settings = config.with_server(settings, args.host, args.port)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_serve(settings, args.lang))


async def _serve(settings: Config, lang: str) -> int:
    import asyncio
    import contextlib
    import gc
    import signal
    import socket

    import uvicorn

    from sobre.app import first_key, open_app
    from sobre.errors import ConfigError
    from sobre.web.protocol import Protocol
    from sobre.web.server import running

    host, port = settings.server.host, settings.server.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ConfigError(
            f"cannot listen on {host}:{port}: {error.strerror}.",
            remedy="Another program may use it: choose another with --port.",
            key="error.listen",
            params={"address": f"{host}:{port}", "why": error.strerror},
        ) from error
    async with open_app(settings) as app, running(app) as gateway:
        uvicorn_config = uvicorn.Config(
            gateway,
            http=Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=30,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_graceful_shutdown=10,
        )
        server = uvicorn.Server(uvicorn_config)
        # uvicorn's own handling raises the signal again once it has stopped, which would end the
        # process before the ledger is closed and the model's worker ended.
        server.capture_signals = contextlib.nullcontext  # type: ignore[assignment]  # no captor
        for signal_ in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(
                signal_, server.handle_exit, signal_, None
            )
        # What is there now stays; what a request makes mostly dies with its last reference.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
        # From here on a connection waits instead of being refused, and a signal ends it well.
        listener.listen(2048)
        url = f"http://{host}:{listener.getsockname()[1]}"
        _greet(app.config, first_key(app.state), url, lang)
        await server.serve(sockets=[listener])
    return 0


def _greet(settings: Config, key: str | None, url: str, lang: str) -> None:
    print(say("cli.serve.ready", lang, url=url), flush=True)
    print(say("cli.serve.data", lang, path=settings.data_dir), flush=True)
    if key is not None:
        print(say("cli.serve.key", lang, key=key), flush=True)
        print(say("cli.serve.link", lang, link=f"{url}/#key={key}"), flush=True)
    if settings.server.host not in ("127.0.0.1", "localhost", "::1"):
        print(say("cli.serve.open", lang, host=settings.server.host), flush=True)
