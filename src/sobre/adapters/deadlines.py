"""Time limits on many calls at once, from one timer.

A timer for each read costs more than the read: a stream of fifty events would set and clear a
hundred. Here each call only notes when it last heard something, and one sweep, every quarter of a
second while anything is under way, cancels what is too late.
"""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

SWEEP_SECONDS = 0.25
"""How late a limit may strike."""


class Deadlines:
    """Makes limits for calls of one event loop at a time; begins anew in another."""

    def __init__(self) -> None:
        self._limits: set[Limit] = set()
        self._sweeping: asyncio.AbstractEventLoop | None = None

    def limit(self, *, idle_s: float, total_s: float) -> Limit:
        """``async with deadlines.limit(…) as limit``; call ``limit.heard()`` at each sign of life.

        Raises ``IdleError`` after ``idle_s`` without one, ``TotalError`` after ``total_s`` in all.
        """
        return Limit(self, idle_s, total_s)

    def _add(self, limit: Limit) -> None:
        loop = asyncio.get_running_loop()
        if self._sweeping is not loop:
            if self._sweeping is not None:
                self._limits.clear()  # of a loop that ended
            self._sweeping = loop
            loop.call_later(SWEEP_SECONDS, self._sweep)
        self._limits.add(limit)

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        for limit in list(self._limits):
            limit.check(now)
        if self._limits:
            loop.call_later(SWEEP_SECONDS, self._sweep)
        else:
            self._sweeping = None


class IdleError(TimeoutError):
    """Nothing was heard for too long."""


class TotalError(TimeoutError):
    """It took too long in all."""


class Limit:
    """The time limits of one call, in force inside its ``async with``."""

    __slots__ = ("_clock", "_end", "_idle", "_last", "_owner", "_struck", "_task", "_total")

    def __init__(self, owner: Deadlines, idle_s: float, total_s: float) -> None:
        self._owner = owner
        self._idle = idle_s
        self._total = total_s
        self._struck: type[TimeoutError] | None = None

    def heard(self) -> None:
        self._last = self._clock()

    def check(self, now: float) -> None:
        """Strike if it is too late; once."""
        if self._struck is None:
            if now >= self._end:
                self._struck = TotalError
            elif now - self._last >= self._idle:
                self._struck = IdleError
            else:
                return
            self._task.cancel()

    async def __aenter__(self) -> Self:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a limit needs a task to cancel")
        self._task = task
        self._clock = asyncio.get_running_loop().time
        self._last = self._clock()
        self._end = self._last + self._total
        self._owner._add(self)  # noqa: SLF001 - two halves of one thing
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._owner._limits.discard(self)  # noqa: SLF001 - as above
        struck = self._struck
        if struck is not None and self._task.uncancel() == 0 and kind is asyncio.CancelledError:
            raise struck from error
