"""Whatever goes wrong in the shield, nothing leaves, and the reader is told plainly."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import pytest

from sobre import app as composition
from sobre.adapters.aside import Aside
from sobre.adapters.providers.fake import Echo
from sobre.app import LONG_CHARACTERS, App, make_inspector
from sobre.config import Config
from sobre.core.exchange import Ask, Message, Operation
from sobre.core.ports import Rung
from sobre.privacy import Detector, Hit
from support.client import Answer, Call
from support.values import ask

CANARY = "canary-5d1e"
LONG = f"{CANARY} " * (LONG_CHARACTERS // len(CANARY))


class LockedError(Exception):
    """What a store that cannot be opened might raise."""


def raising(error: BaseException) -> Detector:
    def detect(_: str) -> Iterator[Hit]:
        raise error
        yield

    return detect


def shield(app: App, detector: Detector, limit_s: float = 10.0) -> None:
    object.__setattr__(app.house, "inspect", make_inspector([detector], limit_s))


async def post(call: Call, text: str, lang: str = "en", **more: Any) -> Answer:
    body = {"model": "auto", "messages": [{"role": "user", "content": text}], **more}
    return await call(
        "POST", "/v1/chat/completions", json=body, headers=[("accept-language", lang)]
    )


@pytest.fixture
def stuck() -> Iterator[Detector]:
    """A detector that does not come back before the test has ended."""
    end = threading.Event()

    def detect(text: str) -> list[Hit]:
        if len(text) >= LONG_CHARACTERS // 2:
            end.wait(30)
        return []

    yield detect
    end.set()


FAILURES = [
    ValueError(CANARY),
    RecursionError(CANARY),
    MemoryError(CANARY),
    PermissionError(13, CANARY),
    LockedError(CANARY),
]


@pytest.mark.parametrize("error", FAILURES, ids=lambda e: type(e).__name__)
@pytest.mark.parametrize("text", [CANARY, LONG], ids=["short", "long"])
@pytest.mark.parametrize("stream", [False, True])
async def test_a_detector_that_breaks_sends_nothing(
    app: App,
    call: Call,
    rungs: Sequence[Rung],
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    text: str,
    stream: bool,
) -> None:
    shield(app, raising(error))
    answer = await post(call, text, stream=stream)
    kind = type(error).__name__
    assert (answer.status, answer.error["code"]) == (503, "shield_failed")
    assert kind in answer.error["message"]
    record = app.book.tail(1)[0].record
    assert (record["outcome"], record["attempts"]) == ("refused", [])
    assert f"({kind})" in str(record["reason"])
    assert [r.seen for r in rungs if isinstance(r, Echo)] == [[]]
    assert CANARY not in f"{answer.body!r}{record}{caplog.text}"
    assert kind in caplog.text


@pytest.mark.parametrize(("lang", "told"), [("en", "nothing was sent"), ("fr", "rien n’est parti")])
async def test_a_reader_is_told_in_their_language(
    app: App, call: Call, stuck: Detector, lang: str, told: str
) -> None:
    shield(app, raising(LockedError()))
    assert told in (await post(call, "Hello", lang)).error["message"]
    shield(app, stuck, 0.05)
    assert told in (await post(call, LONG, lang)).error["message"]


async def test_an_inspection_that_never_ends_is_given_up_and_others_are_served_meanwhile(
    app: App, call: Call, rungs: Sequence[Rung], stuck: Detector
) -> None:
    shield(app, stuck, 0.5)
    waiting = asyncio.create_task(post(call, LONG))
    await asyncio.sleep(0.05)
    assert (await post(call, "Hello")).status == 200
    assert not waiting.done()
    answer = await waiting
    assert (answer.status, answer.error["code"]) == (503, "shield_failed")
    assert "inspect_time_limit_s" in answer.error["message"]
    assert "TimeoutError" in str(app.book.tail(1)[0].record["reason"])
    assert [len(r.seen) for r in rungs if isinstance(r, Echo)] == [1]


async def test_the_limit_is_the_configuration_s(
    monkeypatch: pytest.MonkeyPatch, config: Config
) -> None:
    given: list[float] = []

    def make(_: Sequence[Detector], limit_s: float, **_others: object) -> object:
        given.append(limit_s)
        return None

    monkeypatch.setattr(composition, "make_inspector", make)
    async with composition.open_app(config, rungs=[Echo()]):
        assert given == [config.policy.inspect_time_limit_s]


BIG = "x" * LONG_CHARACTERS
HIDDEN: list[Callable[[], Ask]] = [
    lambda: ask(BIG),
    lambda: ask(tools=[{"type": "function", "function": {"name": "f", "description": BIG}}]),
    lambda: ask(messages=(Message("tool", f'{{"said": "{BIG}"}}'),)),
    lambda: ask(messages=(Message("assistant", None, {"tool_calls": [{"arguments": BIG}]}),)),
    lambda: ask(messages=(Message("user", [{"type": "text", "text": BIG}]),)),
    lambda: ask(options={"user": BIG}),
    lambda: ask(operation=Operation.EMBED, messages=(Message("user", BIG),)),
]


@pytest.mark.parametrize("make", HIDDEN)
async def test_wherever_the_length_hides_it_is_read_beside_the_loop(
    make: Callable[[], Ask],
) -> None:
    where: set[int] = set()

    def note(_: str) -> list[Hit]:
        where.add(threading.get_ident())
        return []

    await make_inspector([note])(make())
    assert threading.get_ident() not in where
    await make_inspector([note])(ask("short"))
    assert threading.get_ident() in where


async def test_with_every_place_taken_long_texts_are_refused_in_time() -> None:
    end = threading.Event()
    aside = Aside(1)
    with pytest.raises(TimeoutError):
        await aside.run(lambda: end.wait(30), 0.02)
    with pytest.raises(TimeoutError):
        await aside.run(lambda: "never begun", 0.02)
    end.set()
    assert await aside.run(lambda: "begun", 5) == "begun"


async def test_work_beside_the_loop_gives_what_it_gives_and_raises_what_it_raises() -> None:
    aside = Aside(2)
    worked = await asyncio.gather(*(aside.run(partial(int, n), 5) for n in "012345678"))
    assert worked == [*range(9)]
    with pytest.raises(LockedError):
        await aside.run(lambda: list(raising(LockedError())("")), 5)


async def test_a_malformed_request_is_still_the_caller_s_own_fault(call: Call) -> None:
    nested: Any = "x"
    for _ in range(80):
        nested = [nested]
    answer = await post(
        call,
        "Hello",
        tools=[{"type": "function", "function": {"name": "f", "parameters": {"x": nested}}}],
    )
    assert answer.status == 400
