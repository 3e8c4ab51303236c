"""Whose turn it is where calls queue, and whose share of the work each call was."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

from sobre.adapters.providers.worker_time import Counted
from sobre.errors import UpstreamError


class Turns:
    """At most ``parallel`` calls at once; the waiting ones are let in round-robin by queue.

    One queue that sends a thousand calls delays another's by one call, not by a thousand. When all
    ``length`` places are taken, the longest queue gives one up: its newest call is refused.
    """

    def __init__(self, parallel: int, length: int, clock: Callable[[], float]) -> None:
        self._parallel = parallel
        self._length = length
        self._clock = clock
        self._running = 0
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._call_seconds = 1.0
        """How long a call takes, as seen lately."""

    @property
    def running(self) -> int:
        return self._running

    @property
    def waiting(self) -> int:
        return sum(map(len, self._waiting.values()))

    @asynccontextmanager
    async def turn(self, queue: str) -> AsyncIterator[None]:
        """Hold one of the places. Raises ``UpstreamError`` (``rate_limited``) when refused."""
        await self._enter(queue)
        started = self._clock()
        try:
            yield
        finally:
            self._call_seconds += 0.2 * (self._clock() - started - self._call_seconds)
            self._running -= 1
            self._let_in()

    async def _enter(self, queue: str) -> None:
        if self._running < self._parallel and not self._waiting:
            self._running += 1
            return
        if self.waiting >= self._length:
            self._make_place(queue)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(queue, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._running -= 1  # its turn came in the same moment: it is the next one's
                self._let_in()
            else:
                self._leave(queue, turn)
            raise

    def _let_in(self) -> None:
        while self._running < self._parallel and self._waiting:
            queue, calls = next(iter(self._waiting.items()))
            turn = calls.popleft()
            if calls:
                self._waiting.move_to_end(queue)
            else:
                del self._waiting[queue]
            if not turn.done():
                self._running += 1
                turn.set_result(None)

    def _make_place(self, queue: str) -> None:
        longest = max(self._waiting, key=lambda name: len(self._waiting[name]))
        if len(self._waiting.get(queue, ())) + 1 >= len(self._waiting[longest]):
            raise self._full()
        turn = self._waiting[longest].pop()
        if not turn.done():
            turn.set_exception(self._full())

    def _leave(self, queue: str, turn: asyncio.Future[None]) -> None:
        calls = self._waiting.get(queue)
        if calls and turn in calls:
            calls.remove(turn)
            if not calls:
                del self._waiting[queue]

    def _full(self) -> UpstreamError:
        wait = max(1.0, self._call_seconds * self._length / self._parallel)
        return UpstreamError(
            f"{self._length} calls are waiting already",
            kind="rate_limited",
            upstream_status=429,
            retry_after=round(wait, 1),
            key="reason.local.queue_full",
            params={"count": self._length},
        )


class Spent(NamedTuple):
    """Processor time that one call accounts for."""

    seconds: float
    estimated: bool
    """Whether some of it could not be read: that is the time that passed, times the threads."""


class Mark(NamedTuple):
    """Where the shares stood when a call began."""

    owed: float
    guesses: int


class Shares:
    """Shares what the worker computed among the calls that ran.

    The worker's processor time is read when a call begins and ends, never in between. What it used
    since the last such moment is shared equally among the calls that were there: with ``k`` of them
    a virtual clock advances by one k-th, and a call's share is how far it went between the call's
    start and its end. The shares sum to what was used while at least one call ran.

    Where nothing can be read (another system than Linux, a worker that died in between) the time
    that passed counts, times the threads: too much on a busy machine, and said to be estimated.
    """

    def __init__(
        self,
        threads: int,
        read: Callable[[], Counted | None],
        clock: Callable[[], float],
    ) -> None:
        self._threads = threads
        self._read = read
        self._clock = clock
        self._running = 0
        self._owed = 0.0
        self._guesses = 0
        """Intervals that could not be read."""
        self._used = 0.0
        self._last: Counted | None = None
        self._at = 0.0

    def begin(self) -> Mark:
        """To give back to ``end``."""
        self._advance()
        self._running += 1
        return Mark(self._owed, self._guesses)

    def end(self, mark: Mark) -> Spent:
        """What the call since ``mark`` accounts for."""
        self._advance()
        self._running -= 1
        return Spent(self._owed - mark.owed, self._guesses > mark.guesses)

    @property
    def used(self) -> float:
        """Processor seconds of all calls so far."""
        self._advance()
        return self._used

    def _advance(self) -> None:
        now, said = self._clock(), self._read()
        if self._running:
            seconds = self._since(said)
            if seconds is None:
                seconds = (now - self._at) * self._threads
                self._guesses += 1
            self._owed += seconds / self._running
            self._used += seconds
        self._last, self._at = said, now

    def _since(self, said: Counted | None) -> float | None:
        last = self._last
        if said is None or last is None or said.pid != last.pid:
            return None
        return max(said.seconds - last.seconds, 0.0)
