"""Work that takes long, done beside the loop and given up after a while."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Aside:
    """Runs plain functions in threads of its own, at most ``most`` at once.

    A thread cannot be killed: work that is given up goes on in the background and holds its place
    until it ends, so work that never ends takes one place for good, and with none left every call
    is given up in time, unserved. The threads are daemons: they do not keep the process from
    ending. A single ``re`` match that runs away holds the interpreter itself, and no time limit
    helps: patterns have to be linear.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._busy = 0
        self._free = asyncio.Event()

    async def run(self, work: Callable[[], T], limit_s: float) -> T:
        """What ``work`` returns or raises; ``TimeoutError`` after ``limit_s``, waiting included."""
        async with asyncio.timeout(limit_s):
            while self._busy >= self._most:
                self._free.clear()
                await self._free.wait()
            self._busy += 1
            loop = asyncio.get_running_loop()
            result: asyncio.Future[T] = loop.create_future()

            def settle(value: T | None, error: BaseException | None) -> None:
                self._busy -= 1
                self._free.set()
                if result.done():
                    return
                if error is None:
                    result.set_result(value)  # type: ignore[arg-type]  # a T where there is no error
                else:
                    result.set_exception(error)

            def play() -> None:
                value, error = None, None
                try:
                    value = work()
                except Exception as raised:  # noqa: BLE001 - handed to whoever awaits it
                    error = raised
                with contextlib.suppress(RuntimeError):  # the loop may have closed meanwhile
                    loop.call_soon_threadsafe(settle, value, error)

            threading.Thread(target=play, name="sobre-aside", daemon=True).start()
            return await result
