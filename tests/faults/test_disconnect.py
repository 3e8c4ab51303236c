"""A reader who leaves: the upstream is freed at once and the ledger has its line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from support.serving import Here, rung, serving
from support.upstream import Upstream, fake_upstream

pytestmark = pytest.mark.timeout(30)

WITHIN_S = 1.0
"""Generous for a machine under load; what is promised is "at once", not "at the time-out"."""


@pytest.fixture
async def up() -> AsyncIterator[Upstream]:
    async with fake_upstream() as started:
        yield started


async def leave(sobre: Here, up: Upstream, *, stream: bool, events: int = 0) -> bytes:
    """Ask, read ``events`` events, hang up. Returns what was read."""
    body = {
        "model": "auto",
        "stream": stream,
        "messages": [{"role": "user", "content": "one two three four five " * 20}],
    }
    raw = b""

    async def ask() -> None:
        nonlocal raw
        async with sobre.post(json=body) as response:
            while raw.count(b'"content"') <= events:
                raw += await response.content.readany()
            await asyncio.Event().wait()

    task = asyncio.create_task(ask())
    await up.until(lambda u: u.open_count == 1)
    while events and raw.count(b'"content"') <= events:  # noqa: ASYNC110 - no event for it
        await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await up.until(lambda u: u.open_count == 0 and u.hang_ups == 1, WITHIN_S)
    return raw


async def closed(sobre: Here) -> dict[str, Any]:
    """The line of the exchange that was cut, once it is sealed."""
    async with asyncio.timeout(WITHIN_S):
        while not (lines := sobre.app.book.tail(1)):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
    record = dict(lines[0].record)
    assert len(sobre.app.book.tail(10)) == 1
    return record


@pytest.mark.parametrize("scenario", ["slow-connect", "head-then-silence"])
@pytest.mark.parametrize("stream", [False, True])
async def test_leaving_before_the_first_word_frees_the_upstream_and_closes_the_line(
    scenario: str, up: Upstream, tmp_path: Path, stream: bool
) -> None:
    async with serving(tmp_path, rung("near", up.at(scenario))) as sobre:
        await leave(sobre, up, stream=stream)
        record = await closed(sobre)
    assert record["outcome"] == "hung_up"
    assert [a["outcome"] for a in record["attempts"]] == ["hung_up"]
    assert record["attempts"][0]["usage"]["estimated"] is True


async def test_leaving_in_the_middle_of_a_stream_keeps_what_was_said(
    up: Upstream, tmp_path: Path
) -> None:
    async with serving(tmp_path, rung("near", up.at("drip"))) as sobre:
        await leave(sobre, up, stream=True, events=5)
        record = await closed(sobre)
        said = sobre.said()
    assert record["outcome"] == "hung_up"
    assert record["attempts"][0]["outcome"] == "hung_up"
    assert ("one two three four five " * 20).startswith(said)
    assert len(said) >= 16
    assert record["marking"]["ai_generated"] is True
    assert record["attempts"][0]["usage"]["output_tokens"] >= 4
    assert record["impact"] is not None


async def test_leaving_in_the_middle_of_a_whole_answer_frees_the_upstream(
    up: Upstream, tmp_path: Path
) -> None:
    async with serving(tmp_path, rung("near", up.at("drip"))) as sobre:
        await leave(sobre, up, stream=False)
        record = await closed(sobre)
    assert (record["outcome"], record["attempts"][0]["outcome"]) == ("hung_up", "hung_up")


async def test_leaving_while_a_retry_is_waited_for_asks_the_upstream_nothing_more(
    up: Upstream, tmp_path: Path
) -> None:
    up.retry_after = "1.5"
    async with serving(tmp_path, rung("near", up.at("429"))) as sobre:
        task = asyncio.create_task(sobre.ask("Hello"))
        await up.until(lambda u: u.answered == 1)
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        record = await closed(sobre)
    assert record["outcome"] == "hung_up"
    assert [a["outcome"] for a in record["attempts"]] == ["failed"]
    assert len(up.requests) == 1


async def test_many_readers_who_leave_at_once_leave_nothing_open(
    up: Upstream, tmp_path: Path
) -> None:
    async with serving(tmp_path, rung("near", up.at("drip"))) as sobre:
        asks = [
            asyncio.create_task(sobre.ask("word " * 200, stream=number % 2 == 0))
            for number in range(30)
        ]
        await up.until(lambda u: u.open_count == 30)
        await asyncio.sleep(0.1)
        for task in asks:
            task.cancel()
        await asyncio.gather(*asks, return_exceptions=True)
        await up.until(lambda u: u.open_count == 0, 5 * WITHIN_S)
        await asyncio.sleep(0.1)
        lines = sobre.app.book.tail(100)
        assert sobre.app.book.verify().broken is None
    assert [line.record["outcome"] for line in lines] == ["hung_up"] * 30
