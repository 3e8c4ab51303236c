"""Upstreams that are not quite OpenAI's: what is harmless is understood, the rest is a fault."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from support.serving import Here, rung, serving
from support.upstream import SCENARIOS, Upstream, fake_upstream

pytestmark = pytest.mark.timeout(30)


@pytest.fixture
async def up() -> AsyncIterator[Upstream]:
    async with fake_upstream() as started:
        yield started


@pytest.fixture
def odd(up: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``async with odd(whole, *events)``: a Sobre over a server that tells exactly this."""

    def start(whole: Any, *events: Any) -> Any:
        async def play(wire: Any, asked: Any) -> None:
            if not asked.stream:
                await wire.whole(whole)
                return
            await wire.open_stream()
            for event in events:
                await wire.event(event)
            await wire.end_stream()

        monkeypatch.setitem(SCENARIOS, "odd", play)
        return serving(tmp_path, rung("near", up.at("odd")))

    return start


def answer(message: Any, **more: Any) -> dict[str, Any]:
    told = {"index": 0, "message": {"content": "yes", **message}, "finish_reason": "stop"}
    return {"id": "c", "model": "m", "choices": [told], **more}


HARMLESS = {
    "id null": answer({}, id=None, model=None),
    "id a number": answer({}, id=7),
    "float counts": answer({}, usage={"prompt_tokens": 5.0, "completion_tokens": 2.0}),
    "usage in words": answer({}, usage="none"),
    "text parts": answer({"content": [{"type": "text", "text": "y"}, {"text": "es"}]}),
    "no tool calls": answer({"tool_calls": [None]}),
    "tool calls null": answer({"tool_calls": None, "refusal": None}),
    "index null": {"choices": [{"index": None, "message": {"content": "yes"}, "logprobs": []}]},
}


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("case", HARMLESS)
async def test_a_harmless_oddity_does_not_cost_the_answer(
    odd: Any, case: str, stream: bool
) -> None:
    told = HARMLESS[case]
    steps = {**told, "choices": [{**c, "delta": c["message"]} for c in told["choices"]]}
    nothing = {"id": None, "choices": [{"delta": None, "index": 0}]}
    async with odd(told, nothing, steps, {"choices": None}) as sobre:
        assert (await sobre.ask(stream=stream)).text == "yes"


async def test_counts_that_are_whole_but_written_as_fractions_count(odd: Any) -> None:
    async with odd(HARMLESS["float counts"]) as sobre:
        told = (await sobre.ask()).json["usage"]
    assert (told["prompt_tokens"], told["completion_tokens"]) == (5, 2)


FAULTY = [
    {"choices": None},
    {"choices": "x"},
    {"choices": [{"message": "x"}]},
    {"choices": [{"message": {"content": 7}}]},
    {"choices": [{"message": {"content": "x"}, "finish_reason": 7}]},
    [1],
    "x",
    b"\xff",
    b"[" * 5000,
    b'{"choices": ' + b"[" * 5000,
]


@pytest.mark.parametrize("whole", FAULTY, ids=lambda whole: str(whole)[:40])
async def test_what_cannot_be_read_is_a_fault_of_the_upstream_and_none_of_ours(
    odd: Any, whole: Any
) -> None:
    async with odd(whole, *([] if isinstance(whole, bytes) else [whole])) as sobre:
        assert (await sobre.ask()).status == 502
        assert (await sobre.ask(stream=True)).status in {200, 502}  # it may just be empty


CALL = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": {"a": 1}}}


@pytest.mark.parametrize("stream", [False, True])
async def test_tool_arguments_given_as_an_object_become_the_text_that_clients_expect(
    odd: Any, stream: bool
) -> None:
    step = {"choices": [{"delta": {"tool_calls": [{"index": None, **CALL}]}}]}
    end = {"choices": [{"delta": {}, "finish_reason": "tool_calls"}]}
    async with odd(answer({"content": None, "tool_calls": [CALL]}), step, end) as sobre:
        (choice,) = (await asked(sobre, stream))["choices"]
    assert choice["tool_calls"][0]["function"] == {"name": "f", "arguments": '{"a":1}'}


@pytest.mark.parametrize("stream", [False, True])
async def test_reasoning_and_the_older_function_call_are_passed_on(odd: Any, stream: bool) -> None:
    message = {
        "content": None,
        "reasoning": "hm",
        "function_call": {"name": "f", "arguments": "{}"},
    }
    steps = [
        {"choices": [{"delta": {"reasoning": "h"}}]},
        {"choices": [{"delta": {"reasoning": "m", "function_call": {"name": "f"}}}]},
        {"choices": [{"delta": {"function_call": {"arguments": "{"}}}]},
        {"choices": [{"delta": {"function_call": {"arguments": "}"}}, "finish_reason": "stop"}]},
    ]
    async with odd(answer(message), *steps) as sobre:
        (choice,) = (await asked(sobre, stream))["choices"]
    assert choice["rest"] == {k: v for k, v in message.items() if v}


async def asked(sobre: Here, stream: bool) -> Any:
    """The answer as the ledger keeps it, whole in both cases."""
    reply = await sobre.ask(stream=stream)
    assert reply.status == 200
    page = sobre.app.book.get(str(sobre.last()["id"]))
    assert page is not None
    return page.reply


async def test_after_done_the_end_of_the_connection_is_not_waited_for(
    up: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lingers(wire: Any, asked: Any) -> None:
        await wire.open_stream()
        await wire.event({"choices": [{"delta": {"content": "yes"}}]})
        await wire.chunk(b"data: [DONE]\n\n")
        await asyncio.Event().wait()

    monkeypatch.setitem(SCENARIOS, "lingers", lingers)
    async with serving(tmp_path, rung("near", up.at("lingers"), read_timeout_s=20.0)) as sobre:
        began = time.monotonic()
        assert (await sobre.ask(stream=True)).text == "yes"
        assert time.monotonic() - began < 10  # half of what an open connection would cost


async def test_a_last_event_without_its_newline_is_read(
    up: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hasty(wire: Any, asked: Any) -> None:
        await wire.open_stream()
        await wire.event({"choices": [{"delta": {"content": "y"}}]})
        end = b'data: {"choices": [{"delta": {"content": "es"}, "finish_reason": "stop"}]}'
        await wire.chunk(end)
        await wire.end_stream(done=False)

    monkeypatch.setitem(SCENARIOS, "hasty", hasty)
    async with serving(tmp_path, rung("near", up.at("hasty"))) as sobre:
        assert (await sobre.ask(stream=True)).text == "yes"
