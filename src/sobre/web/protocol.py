"""The connection as uvicorn reads it, and how long it may take to say what it wants."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Protocol(HttpToolsProtocol):
    """Closes a connection whose request head is not whole after one to two ``HEAD_SECONDS``.

    One look a connection every ``HEAD_SECONDS``, and nothing for each request: a connection that
    waits for a head at two looks, with no answer given between them, has waited all the time.
    """

    HEAD_SECONDS: ClassVar[float] = 8.0
    _look: asyncio.TimerHandle
    _waited: object = ...
    """The answer after which it waited at the last look, if it did."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._look = self.loop.call_later(self.HEAD_SECONDS, self._look_again)

    def connection_lost(self, exc: Exception | None) -> None:
        self._look.cancel()
        super().connection_lost(exc)

    def _look_again(self) -> None:
        answered = self.cycle is None or self.cycle.response_complete  # type: ignore[redundant-expr]  # before the first it is
        idle = self.timeout_keep_alive_task is not None  # uvicorn's own timer runs
        waits: object = self.cycle if answered and not idle else ...
        if waits is not ... and waits is self._waited:
            self.transport.close()
            return
        self._waited = waits
        self._look = self.loop.call_later(self.HEAD_SECONDS, self._look_again)
