"""What goes wrong on the other side, and what the reader and the ledger are told of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from support.serving import rung, serving
from support.upstream import SCENARIOS, Upstream, deaf_url, fake_upstream, refusing_url

pytestmark = pytest.mark.timeout(30)
"""No test may hang; each single request is bounded more closely in ``Here.ask``."""
LIMIT = "[ladder]\ntime_limit_s = 0.6\n"


@pytest.fixture
async def up() -> AsyncIterator[Upstream]:
    async with fake_upstream() as started:
        yield started


def near(url: str, **more: object) -> str:
    return rung("near", url, **more)


def far(url: str, **more: object) -> str:
    """A larger model: tried after ``near``, its computed impact being higher."""
    return rung("far", url, total_params_b=70.0, zone="eu-sovereign", **more)


def ends(record: dict[str, Any]) -> list[tuple[str, str]]:
    return [(a["rung"], a["outcome"]) for a in record["attempts"]]


FAULTS = [
    "429",
    "500",
    "503",
    "cut-early",
    "malformed-json",
    "wrong-shape",
    "wrong-type",
    "cut",
    "400",
    "401",
    "huge",
]


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_whole_answer_that_fails_is_asked_of_the_next_rung(
    fault: str, up: Upstream, tmp_path: Path
) -> None:
    up.retry_after = "30"
    async with serving(tmp_path, near(up.at(fault)), far(up.url)) as sobre:
        answer = await sobre.ask("Hello there")
        assert (answer.status, answer.text) == (200, "Hello there")
        assert answer.headers["x-sobre-rung"] == "far"
        record = sobre.last()
    assert ends(record)[0] == ("near", "failed")
    assert ends(record)[-1] == ("far", "kept")
    assert record["outcome"] == "kept"


STREAM_FAULTS = ["429", "500", "cut-early", "malformed-json", "wrong-type", "400", "401"]


@pytest.mark.parametrize("fault", STREAM_FAULTS)
async def test_a_stream_that_fails_before_its_first_word_is_asked_of_the_next_rung(
    fault: str, up: Upstream, tmp_path: Path
) -> None:
    up.retry_after = "30"
    async with serving(tmp_path, near(up.at(fault)), far(up.url)) as sobre:
        answer = await sobre.ask("Hello there", stream=True)
        record = sobre.last()
    assert answer.text == "Hello there"
    assert answer.done
    assert answer.headers["x-sobre-rung"] == "far"
    assert ends(record)[-1] == ("far", "kept")
    assert {e["id"] for e in answer.events} == {f"chatcmpl-{record['id']}"}


@pytest.mark.parametrize("stream", [False, True])
async def test_a_refused_connection_is_tried_again_then_left_for_the_next_rung(
    up: Upstream, tmp_path: Path, stream: bool
) -> None:
    with refusing_url() as gone:
        async with serving(tmp_path, near(gone), far(up.url)) as sobre:
            answer = await sobre.ask("Hello", stream=stream)
            record = sobre.last()
    assert answer.text == "Hello"
    assert ends(record) == [("near", "failed"), ("near", "failed"), ("far", "kept")]
    assert record["attempts"][0]["impact"] is None
    assert record["attempts"][0]["usage"] is None


async def test_a_connection_that_is_never_accepted_is_given_up(
    up: Upstream, tmp_path: Path
) -> None:
    with deaf_url() as deaf:
        blocks = (near(deaf, connect_timeout_s=0.3), far(up.url))
        async with serving(tmp_path, *blocks) as sobre:
            answer = await sobre.ask("Hello")
            record = sobre.last()
    assert answer.text == "Hello"
    assert "did not accept a connection" in record["attempts"][0]["reason"]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("fault", ["slow-connect", "head-then-silence"])
async def test_a_silent_upstream_is_given_up_and_freed(
    fault: str, up: Upstream, tmp_path: Path, stream: bool
) -> None:
    blocks = (near(up.at(fault), read_timeout_s=0.3), far(up.url))
    async with serving(tmp_path, *blocks) as sobre:
        answer = await sobre.ask("Hello", stream=stream)
        record = sobre.last()
        await up.until(lambda u: u.open_count == 0)
    assert answer.text == "Hello"
    assert ends(record) == [("near", "failed"), ("far", "kept")]
    assert "sent nothing for too long" in record["attempts"][0]["reason"]


async def test_a_short_retry_after_is_waited_for_once(up: Upstream, tmp_path: Path) -> None:
    up.retry_after = "0.1"
    up.play("429", "ok")
    async with serving(tmp_path, near(up.url)) as sobre:
        answer = await sobre.ask("Hello")
        record = sobre.last()
    assert answer.text == "Hello"
    assert ends(record) == [("near", "failed"), ("near", "kept")]


async def test_a_long_retry_after_is_not_waited_for_but_passed_on(
    up: Upstream, tmp_path: Path
) -> None:
    up.retry_after = "30"
    async with serving(tmp_path, near(up.at("429"))) as sobre:
        answer = await sobre.ask("Hello")
        record = sobre.last()
    assert answer.status == 429
    assert answer.headers["retry-after"] == "30"
    assert answer.error["code"] == "rate_limit_exceeded"
    assert ends(record) == [("near", "failed")]


@pytest.mark.parametrize("fault", ["500", "503"])
@pytest.mark.parametrize("stream", [False, True])
async def test_a_server_error_that_passes_is_not_seen_by_the_reader(
    fault: str, up: Upstream, tmp_path: Path, stream: bool
) -> None:
    up.retry_after = "0"
    up.play(fault, "ok")
    async with serving(tmp_path, near(up.url)) as sobre:
        answer = await sobre.ask("Hello", stream=stream)
        record = sobre.last()
    assert answer.text == "Hello"
    assert ends(record) == [("near", "failed"), ("near", "kept")]


FINAL = [
    ("429", "429", 429, "rate_limit_exceeded"),
    ("500", "503", 502, "no_rung_left"),
    ("401", "malformed-json", 502, "no_rung_left"),
    ("429", "500", 502, "no_rung_left"),
    ("400", "400", 400, None),
    ("context", "context", 400, "context_length_exceeded"),
]


@pytest.mark.parametrize(("first", "second", "status", "code"), FINAL)
@pytest.mark.parametrize("stream", [False, True])
async def test_when_all_fail_one_error_names_what_was_tried(
    first: str,
    second: str,
    status: int,
    code: str | None,
    up: Upstream,
    tmp_path: Path,
    stream: bool,
) -> None:
    up.retry_after = "9"
    async with serving(tmp_path, near(up.at(first)), far(up.at(second))) as sobre:
        answer = await sobre.ask("Hello", stream=stream)
        record = sobre.last()
    assert answer.status == status
    assert answer.error["code"] == code
    assert "near" in answer.error["message"]
    assert "far" in answer.error["message"]
    assert {rung for rung, _ in ends(record)} == {"near", "far"}
    assert record["outcome"] == "failed"


async def test_when_all_are_too_slow_the_status_is_504(up: Upstream, tmp_path: Path) -> None:
    async with serving(tmp_path, near(up.at("slow-connect"), read_timeout_s=0.2)) as sobre:
        answer = await sobre.ask("Hello")
    assert (answer.status, answer.error["code"]) == (504, "upstream_timeout")


async def test_when_nothing_listens_the_error_says_so(tmp_path: Path) -> None:
    with refusing_url() as gone:
        async with serving(tmp_path, near(gone)) as sobre:
            answer = await sobre.ask("Hello")
    assert answer.status == 502
    assert "cannot be reached" in answer.error["message"]


async def test_the_wait_a_busy_rung_asked_for_is_told_even_if_another_failed_after_it(
    up: Upstream, tmp_path: Path
) -> None:
    up.retry_after = "7"
    async with serving(tmp_path, near(up.at("429")), far(up.at("401"))) as sobre:
        answer = await sobre.ask("Hello")
    assert answer.status == 502
    assert answer.headers["retry-after"] == "7"


BROKEN = {
    "cut": "broke",
    "no-done": "ended in the middle",
    "late-error": "overloaded",
    "late-malformed": "not its JSON",
    "stall": "sent nothing for too long",
}


def late(last: bytes) -> Any:
    """A scenario: a word, then, once it has been read, a bad event."""

    async def play(wire: Any, asked: Any) -> None:
        await wire.open_stream()
        await wire.event({"choices": [{"index": 0, "delta": {"content": "first"}}]})
        await asyncio.sleep(0.05)
        await wire.chunk(b"data: " + last + b"\n\n")
        await wire.end_stream()

    return play


@pytest.mark.parametrize("fault", BROKEN)
async def test_a_stream_that_breaks_in_the_middle_ends_with_an_error_and_no_other_rung(
    fault: str, up: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SCENARIOS, "late-malformed", late(b"{not json"))
    monkeypatch.setitem(SCENARIOS, "late-error", late(b'{"error": {"message": "overloaded"}}'))
    blocks = (near(up.at(fault), read_timeout_s=0.4), far(up.url))
    async with serving(tmp_path, *blocks) as sobre:
        answer = await sobre.ask("one two three four five six", stream=True)
        record, kept = sobre.last(), sobre.said()
        await up.until(lambda u: u.open_count == 0)
    assert answer.status == 200
    assert not answer.done
    assert BROKEN[fault] in answer.error["message"]
    assert ends(record) == [("near", "failed")]
    assert record["outcome"] == "failed"
    assert answer.text != ""
    assert kept == answer.text
    assert record["marking"]["ai_generated"] is True
    assert record["attempts"][0]["usage"]["estimated"] is True
    assert len(up.requests) == 1


async def test_a_slow_answer_within_the_limit_is_waited_for(up: Upstream, tmp_path: Path) -> None:
    up.interval_s = 0.001
    async with serving(tmp_path, near(up.at("drip"), read_timeout_s=0.3)) as sobre:
        assert (await sobre.ask("Hello")).text == "Hello"
        assert (await sobre.ask("Hello", stream=True)).text == "Hello"


async def test_a_drip_beyond_the_time_limit_is_left_for_the_next_rung(
    up: Upstream, tmp_path: Path
) -> None:
    up.interval_s = 0.05
    async with serving(tmp_path, LIMIT, near(up.at("drip")), far(up.url)) as sobre:
        answer = await sobre.ask("Hello there")
        record = sobre.last()
        await up.until(lambda u: u.open_count == 0)
    assert answer.headers["x-sobre-rung"] == "far"
    assert "time limit" in record["attempts"][0]["reason"]


async def test_a_streamed_drip_beyond_the_time_limit_ends_with_an_error(
    up: Upstream, tmp_path: Path
) -> None:
    up.interval_s = 0.05
    async with serving(tmp_path, LIMIT, near(up.at("drip"))) as sobre:
        answer = await sobre.ask("word " * 100, stream=True)
        kept = sobre.said()
        await up.until(lambda u: u.open_count == 0)
    assert "time limit" in answer.error["message"]
    assert kept == answer.text != ""


async def test_an_event_without_end_is_given_up(up: Upstream, tmp_path: Path) -> None:
    async with serving(tmp_path, near(up.at("huge")), far(up.url)) as sobre:
        answer = await sobre.ask("Hello", stream=True)
        record = sobre.last()
    assert answer.text == "Hello"
    assert "without end" in record["attempts"][0]["reason"]


@pytest.mark.parametrize("stream", [False, True])
async def test_usage_the_upstream_did_not_tell_is_estimated_and_said_to_be(
    up: Upstream, tmp_path: Path, stream: bool
) -> None:
    async with serving(tmp_path, near(up.at("no-usage"))) as sobre:
        answer = await sobre.ask("Hello there you", stream=stream)
        record = sobre.last()
    assert answer.told["usage_estimated"] is True
    assert record["attempts"][0]["usage"]["estimated"] is True
    assert record["attempts"][0]["usage"]["output_tokens"] == 4


async def test_everything_the_event_format_allows_is_understood(
    up: Upstream, tmp_path: Path
) -> None:
    async with serving(tmp_path, near(up.at("odd-sse"))) as sobre:
        answer = await sobre.ask("Hello", stream=True)
    assert (answer.text, answer.done) == ("Hello", True)


async def test_a_stream_without_any_choice_is_still_a_whole_response(
    up: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def only_done(wire: Any, asked: Any) -> None:
        await wire.open_stream()
        await wire.end_stream()

    monkeypatch.setitem(SCENARIOS, "only-done", only_done)
    async with serving(tmp_path, near(up.at("only-done"))) as sobre:
        answer = await sobre.ask("Hello", stream=True)
        record = sobre.last()
    assert record["attempts"]
    assert answer.status in {200, 502}
    assert answer.done or answer.error


async def test_an_empty_answer_is_abandoned_for_the_next_rung(
    up: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def empty(wire: Any, asked: Any) -> None:
        said = {"role": "assistant", "content": ""}
        step = {"index": 0, "delta": said, "message": said, "finish_reason": "stop"}
        if asked.stream:
            await wire.open_stream()
            await wire.event({"choices": [step]})
            await wire.end_stream()
        else:
            await wire.whole({"choices": [step]})

    monkeypatch.setitem(SCENARIOS, "empty", empty)
    async with serving(tmp_path, near(up.at("empty")), far(up.url)) as sobre:
        for stream in (False, True):
            answer = await sobre.ask("Hello", stream=stream)
            assert answer.text == "Hello"
            assert ends(sobre.last()) == [("near", "abandoned"), ("far", "kept")]


async def test_an_answer_that_is_not_the_json_asked_for_never_reaches_the_reader(
    up: Upstream, tmp_path: Path
) -> None:
    schema = {"name": "s", "schema": {"properties": {"city": {"type": "string"}}}}
    form = {"type": "json_schema", "json_schema": schema}
    async with serving(tmp_path, near(up.url), far(up.at("json-schema"))) as sobre:
        for stream in (False, True):
            answer = await sobre.ask("no json", response_format=form, stream=stream)
            assert answer.text == '{"city": "no json"}'
            assert ends(sobre.last()) == [("near", "abandoned"), ("far", "kept")]


async def test_a_redirect_is_not_followed(
    up: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def elsewhere(wire: Any, asked: Any) -> None:
        await wire.whole({}, 307, location=up.url + "/chat/completions")

    monkeypatch.setitem(SCENARIOS, "elsewhere", elsewhere)
    async with serving(tmp_path, near(up.at("elsewhere"))) as sobre:
        answer = await sobre.ask("Hello")
    assert answer.status == 502
    assert len(up.requests) == 1


async def test_words_of_an_upstream_that_quote_the_request_stay_out_of_the_chain(
    up: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def quoting(wire: Any, asked: Any) -> None:
        await wire.error(400, f"cannot take {asked.text}")

    monkeypatch.setitem(SCENARIOS, "quoting", quoting)
    async with serving(tmp_path, near(up.at("quoting"))) as sobre:
        answer = await sobre.ask("canary-7f3a")
        record = sobre.last()
    assert "canary-7f3a" in answer.error["message"]
    assert "canary-7f3a" not in str(record)


async def test_a_stream_that_gives_no_finish_reason_loses_no_word(
    up: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def endless(wire: Any, asked: Any) -> None:
        await wire.open_stream()
        for piece in (asked.text, " ["):
            await wire.event({"choices": [{"index": 0, "delta": {"content": piece}}]})
        await wire.end_stream()

    monkeypatch.setitem(SCENARIOS, "endless", endless)
    async with serving(tmp_path, rung("far", up.at("endless"), zone="eu-hosted")) as sobre:
        answer = await sobre.ask("To jean@exemple.fr", stream=True)
    assert answer.text == "To jean@exemple.fr ["
    assert answer.events[-1]["choices"][0]["finish_reason"] == "stop"
