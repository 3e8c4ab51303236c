"""The rung with the real runtime and a real (very small) model, on one thread."""

from __future__ import annotations

import asyncio
import json
import math
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from embedded_calls import Steps, embedded, outbound

from sobre.adapters.providers.embedded import Embedded
from sobre.core.exchange import Operation, Outbound, Reply
from sobre.errors import UpstreamError

pytestmark = [pytest.mark.model, pytest.mark.asyncio(loop_scope="module")]

SCHEMA = {
    "type": "object",
    "properties": {"city": {"type": "string", "maxLength": 20}, "n": {"type": "integer"}},
    "required": ["city", "n"],
    "additionalProperties": False,
}
COLD = {"temperature": 0}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rung(real_model: Path) -> AsyncIterator[Embedded]:
    rung = embedded(real_model)
    await rung.start()
    await rung.ready()
    yield rung
    await rung.stop()


def said(reply: Reply) -> str:
    assert reply.choices[0].text
    return reply.choices[0].text


async def test_an_answer_has_its_tokens_and_its_processor_time(rung: Embedded) -> None:
    reply = await rung.attempt(outbound(options=COLD), Steps())
    assert reply.choices[0].text
    assert 0 < reply.usage.output_tokens <= 16
    assert reply.usage.cpu_seconds
    assert reply.usage.cpu_seconds > 0
    assert not reply.usage.estimated


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is estimated")
async def test_the_calls_processor_time_is_the_systems_own_on_a_busy_machine(
    rung: Embedded,
) -> None:
    """Two programs that only compute take turns with the worker on every processor."""
    burners = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", "while True: pass")
        for _ in range(2 * (os.cpu_count() or 1))
    ]
    try:
        before = ticks(rung.worker_pid)
        long = outbound("Write a story", max_tokens=60)
        replies = await asyncio.gather(*(rung.attempt(long, Steps()) for _ in range(4)))
        system = (ticks(rung.worker_pid) - before) / os.sysconf("SC_CLK_TCK")
    finally:
        for burner in burners:
            burner.kill()
            await burner.wait()
    told = math.fsum(reply.usage.cpu_seconds or 0.0 for reply in replies)
    assert told == pytest.approx(system, rel=0.05, abs=0.05)
    assert not any(reply.usage.cpu_estimated for reply in replies)


async def test_a_streamed_answer_comes_in_steps_that_make_the_whole(rung: Embedded) -> None:
    sink = Steps()
    reply = await rung.attempt(outbound(stream=True, options=COLD), sink)
    assert len(sink.deltas) > 3
    assert "".join(d.text or "" for d in sink.deltas) == reply.choices[0].text
    assert reply.usage.output_tokens > 0


async def test_an_answer_bound_to_a_schema_follows_it(rung: Embedded) -> None:
    bound = {"type": "json_schema", "json_schema": {"name": "x", "strict": True, "schema": SCHEMA}}
    reply = await rung.attempt(
        outbound("A city as JSON", response_format=bound, max_tokens=80, options=COLD), Steps()
    )
    assert json.loads(said(reply)).keys() == {"city", "n"}


async def test_an_answer_bound_to_json_begins_as_an_object(rung: Embedded) -> None:
    bound = {"type": "json_object"}
    reply = await rung.attempt(outbound(response_format=bound, options=COLD), Steps())
    assert said(reply).lstrip().startswith("{")


async def test_a_schema_that_cannot_be_followed_is_the_callers_fault(rung: Embedded) -> None:
    broken = {"type": "object", "properties": {"a": {"$ref": "#/nowhere"}}}
    asked = {"type": "json_schema", "json_schema": {"name": "x", "schema": broken}}
    with pytest.raises(UpstreamError) as refusal:
        await rung.attempt(outbound(response_format=asked), Steps())
    assert refusal.value.kind == "rejected"


async def test_logprobs_come_one_a_token(rung: Embedded) -> None:
    reply = await rung.attempt(outbound(logprobs=True, max_tokens=4, options=COLD), Steps())
    tokens = reply.choices[0].logprobs["content"]
    assert len(tokens) == reply.usage.output_tokens
    assert all(t["logprob"] <= 0 and len(t["top_logprobs"]) == 1 for t in tokens)


async def test_an_answer_ends_before_a_stop_word(rung: Embedded) -> None:
    free = await rung.attempt(outbound(options=COLD), Steps())
    word = said(free).split()[1]
    reply = await rung.attempt(outbound(stop=(word,), options=COLD), Steps())
    assert word not in said(reply)
    assert reply.choices[0].finish_reason == "stop"


async def test_one_seed_gives_one_answer(rung: Embedded) -> None:
    options = {"temperature": 1.5, "seed": 7}
    first = await rung.attempt(outbound(options=options), Steps())
    second = await rung.attempt(outbound(options=options), Steps())
    assert first.choices[0].text == second.choices[0].text


@pytest.mark.parametrize("stream", [False, True])
async def test_n_answers_are_all_counted(rung: Embedded, stream: bool) -> None:
    reply = await rung.attempt(
        outbound(n=2, stream=stream, max_tokens=8, options={"temperature": 1.5, "seed": 3}), Steps()
    )
    assert [c.index for c in reply.choices] == [0, 1]
    assert reply.usage.output_tokens > 8
    assert reply.usage.estimated


async def test_a_bare_completion_goes_on_from_the_text(rung: Embedded) -> None:
    reply = await rung.attempt(
        outbound("Paris is", operation=Operation.COMPLETE, max_tokens=4), Steps()
    )
    assert reply.choices[0].text


async def test_a_text_too_long_for_the_window_is_refused_before_the_call(rung: Embedded) -> None:
    used = rung.shares.used
    with pytest.raises(UpstreamError, match=r"is \d{4} tokens long, 1008 fit") as refusal:
        await rung.attempt(outbound("bla " * 3000), Steps())
    assert refusal.value.kind == "context"
    assert rung.shares.used > used


async def test_a_long_text_of_few_tokens_is_counted_and_passes(rung: Embedded) -> None:
    reply = await rung.attempt(outbound("hello " * 300, max_tokens=2), Steps())
    assert 300 < reply.usage.input_tokens < 400


async def test_a_reader_who_leaves_stops_the_model(rung: Embedded) -> None:
    sink = Steps()
    long = outbound("Write a story", stream=True, max_tokens=900, options={"temperature": 1})
    call = asyncio.create_task(rung.attempt(long, sink))
    while not sink.deltas:  # noqa: ASYNC110 - the sink is a plain list
        await asyncio.sleep(0.01)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    assert rung._turns.running == 0
    deadline = time.monotonic() + 4
    while await works(rung.worker_pid) and time.monotonic() < deadline:
        pass
    assert not await works(rung.worker_pid)


def ticks(pid: int | None) -> int:
    """Processor time of a process, as the system counts it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


async def works(pid: int | None) -> bool:
    """Whether the process takes processor time over a fifth of a second."""
    before = ticks(pid)
    await asyncio.sleep(0.2)
    return ticks(pid) - before > 1


async def test_calls_made_together_each_get_their_own_answer(rung: Embedded) -> None:
    def asked(word: str) -> Outbound:
        schema = {"type": "object", "properties": {"w": {"const": word}}, "required": ["w"]}
        bound = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
        return outbound("One word", queue=word, response_format=bound, max_tokens=40)

    words = ["apple", "river", "stone", "cloud", "night", "bread"]
    replies = await asyncio.gather(*(rung.attempt(asked(w), Steps()) for w in words))
    assert [json.loads(said(r))["w"] for r in replies] == words


async def test_the_worker_answers_nobody_without_the_key(rung: Embedded) -> None:
    url = (await rung.ready()).url
    for path in ("/v1/models", "/v1/chat/completions", "/tokenize", "/slots", "/props"):
        request = urllib.request.Request(url + path, headers={"Authorization": "Bearer guess"})
        with pytest.raises(urllib.error.HTTPError) as refusal:
            await asyncio.to_thread(urllib.request.urlopen, request, timeout=5)
        assert refusal.value.code == 401
        refusal.value.close()
    assert url.startswith("http://127.0.0.1:")
