from __future__ import annotations

import asyncio
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobre.adapters.providers.turns import Shares, Turns
from sobre.adapters.providers.worker_time import Counted, counted
from sobre.errors import UpstreamError


class Now:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


class Calls:
    """Calls that each wait for their turn, note their name and end when told."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.order: list[str] = []
        self.ends: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def add(self, name: str, queue: str) -> None:
        self.ends[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._call(name, queue))
        await settle()

    async def _call(self, name: str, queue: str) -> None:
        async with self.turns.turn(queue):
            self.order.append(name)
            await self.ends[name].wait()

    async def end(self, *names: str) -> None:
        for name in names:
            self.ends[name].set()
            await settle()


async def test_a_greedy_key_delays_another_by_one_call_only() -> None:
    calls = Calls(Turns(1, 64, Now()))
    for number in range(5):
        await calls.add(f"greedy{number}", "greedy")
    await calls.add("other", "other")
    await calls.end("greedy0", "greedy1", "other")
    assert calls.order == ["greedy0", "greedy1", "other", "greedy2"]
    await calls.end("greedy2", "greedy3", "greedy4")


async def test_no_more_calls_run_at_once_than_there_are_places() -> None:
    calls = Calls(Turns(2, 64, Now()))
    for name in "abcd":
        await calls.add(name, name)
    assert calls.order == ["a", "b"]
    assert (calls.turns.running, calls.turns.waiting) == (2, 2)
    await calls.end(*"abcd")
    assert (calls.turns.running, calls.turns.waiting) == (0, 0)


async def test_a_full_queue_refuses_and_says_when_to_come_back() -> None:
    calls = Calls(Turns(1, 1, Now()))
    await calls.add("runs", "a")
    await calls.add("waits", "a")
    with pytest.raises(UpstreamError) as refusal:
        async with calls.turns.turn("a"):
            pass
    assert refusal.value.kind == "rate_limited"
    assert refusal.value.retry_after
    assert refusal.value.retry_after >= 1
    await calls.end("runs", "waits")


async def test_when_all_places_are_taken_the_longest_queue_gives_one_up() -> None:
    calls = Calls(Turns(1, 3, Now()))
    for number in range(4):
        await calls.add(f"greedy{number}", "greedy")
    await calls.add("other", "other")
    assert isinstance(calls.tasks["greedy3"].exception(), UpstreamError)
    await calls.end("greedy0", "greedy1", "other", "greedy2")
    assert calls.order == ["greedy0", "greedy1", "other", "greedy2"]


@pytest.mark.parametrize("leaver", ["runs", "first", "second"])
async def test_a_call_that_is_cancelled_frees_its_place(leaver: str) -> None:
    calls = Calls(Turns(1, 64, Now()))
    for name in ("runs", "first", "second"):
        await calls.add(name, name)
    calls.tasks[leaver].cancel()
    await settle()
    await calls.end("runs", "first", "second")
    assert calls.order == [n for n in ("runs", "first", "second") if n == "runs" or n != leaver]
    assert (calls.turns.running, calls.turns.waiting) == (0, 0)


async def test_a_call_cancelled_in_the_moment_its_turn_comes_passes_it_on() -> None:
    calls = Calls(Turns(1, 64, Now()))
    for name in ("runs", "first", "second"):
        await calls.add(name, name)
    calls.ends["runs"].set()
    await asyncio.sleep(0)
    calls.tasks["first"].cancel()
    await settle()
    await calls.end("second")
    assert calls.order[-1] == "second"
    assert calls.turns.running == 0


class Worker:
    """A process whose clock, and the time around it, are set by hand."""

    def __init__(self) -> None:
        self.now = Now()
        self.pid: int | None = 7
        self.seconds = 0.0

    def shares(self, threads: int = 2) -> Shares:
        return Shares(threads, self.read, self.now)

    def read(self) -> Counted | None:
        return None if self.pid is None else Counted(self.pid, self.seconds)

    def compute(self, seconds: float, wall: float = 0.0) -> None:
        self.seconds += seconds
        self.now.time += wall


STEPS = st.lists(
    st.tuples(st.floats(0, 100), st.booleans(), st.integers(0, 100), st.sampled_from((7, 8, None))),
    min_size=1,
    max_size=60,
)


@given(steps=STEPS, threads=st.integers(1, 64))
def test_the_shares_of_all_calls_sum_to_what_was_used(
    steps: list[tuple[float, bool, int, int | None]], threads: int
) -> None:
    worker = Worker()
    shares = worker.shares(threads)
    running, told = [], []
    for seconds, begins, which, worker.pid in steps:
        worker.compute(seconds, wall=seconds / 2)
        if begins:
            running.append(shares.begin())
        elif running:
            told.append(shares.end(running.pop(which % len(running))))
    worker.compute(1)
    told += [shares.end(mark) for mark in running]
    assert all(share.seconds >= 0 for share in told)
    assert sum(share.seconds for share in told) == pytest.approx(shares.used, rel=1e-9, abs=1e-9)


def test_a_call_that_runs_alone_is_owed_all_that_was_computed_and_two_share_theirs() -> None:
    worker = Worker()
    shares = worker.shares()
    worker.compute(9.0, wall=1.0)  # it loaded its model: nobody's
    alone = shares.begin()
    worker.compute(3.0, wall=60.0)  # on a busy machine: not what passed, but what was computed
    joined = shares.begin()
    worker.compute(4.0, wall=60.0)
    assert shares.end(joined) == (2.0, False)
    assert shares.end(alone) == (5.0, False)
    worker.compute(50.0, wall=50.0)
    assert shares.used == 7.0


@pytest.mark.parametrize("then", [None, 8])
def test_what_cannot_be_read_is_time_times_threads_and_said_to_be(then: int | None) -> None:
    worker = Worker()
    shares = worker.shares(threads=2)
    before = shares.begin()
    worker.compute(1.0, wall=4.0)
    during = shares.begin()
    worker.pid, worker.seconds = then, 0.25  # it died; another one may have come
    worker.now.time += 3.0
    assert shares.end(during) == (3.0, True)
    assert shares.end(before) == (4.0, True)
    if then:
        after = shares.begin()
        worker.compute(0.5, wall=9.0)
        assert shares.end(after) == (0.5, False)


@pytest.mark.skipif(sys.platform != "linux", reason="no clock of another process there")
def test_the_clock_of_a_process_counts_what_it_computes_not_the_time_that_passes() -> None:
    code = "import sys, time; sum(range(3_000_000)); print(time.process_time()); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        itself = float(child.stdout.readline())
        time.sleep(0.2)
        told = counted(child.pid)
        child.stdin.close()
    assert told is not None
    assert told.seconds == pytest.approx(itself, abs=0.05)
    assert counted(child.pid) is None
    assert counted(None) is None
