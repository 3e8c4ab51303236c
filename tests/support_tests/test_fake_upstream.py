"""The fault upstream does what it says, seen through the HTTP client that Sobre uses."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from support.upstream import SCENARIOS, deaf_url, fake_upstream, refusing_url

TEXT = "Bonjour, où en est la commande ?"


def question(model: str, **more: object) -> dict[str, object]:
    return {"model": model, "messages": [{"role": "user", "content": TEXT}], **more}


async def post(client: aiohttp.ClientSession, url: str, body: object) -> tuple[int, str]:
    async with client.post(url, json=body) as answer:
        return answer.status, await answer.text()


def events(text: str) -> list[dict[str, Any]]:
    lines = [line.removeprefix("data: ") for line in text.splitlines() if line]
    assert lines.pop() == "[DONE]"
    return [json.loads(line) for line in lines]


def streamed_text(text: str) -> str:
    steps = [choice for event in events(text) for choice in event["choices"]]
    return "".join(step["delta"].get("content") or "" for step in steps)


async def test_it_repeats_the_question_whole_and_streamed_and_records_it() -> None:
    async with fake_upstream() as up, aiohttp.ClientSession() as client:
        url = up.url + "/chat/completions"
        status, whole = await post(client, url, question("anything"))
        _, stream = await post(client, url, question("ok", stream=True))
        await up.until(lambda up: up.open_count == 0)
    assert status == 200
    assert json.loads(whole)["choices"][0]["message"]["content"] == TEXT
    assert streamed_text(stream) == TEXT
    assert [r.stream for r in up.requests] == [False, True]
    assert up.requests[0].body["model"] == "anything"
    assert (up.connections, up.open_count, up.hang_ups, up.answered) == (1, 0, 0, 2)


async def test_scenarios_are_chosen_by_queue_then_path_then_model() -> None:
    async with fake_upstream() as up, aiohttp.ClientSession() as client:
        up.play("503")
        seen = [
            (await post(client, base + "/chat/completions", question(model)))[0]
            for base, model in [(up.at("500"), "429"), (up.at("500"), "429"), (up.url, "429")]
        ]
    assert seen == [503, 500, 429]
    assert [r.scenario for r in up.requests] == ["503", "500", "429"]


async def test_a_rate_limit_says_when_to_come_back() -> None:
    async with fake_upstream() as up, aiohttp.ClientSession() as client:
        up.retry_after = "7"
        async with client.post(up.url + "/chat/completions", json=question("429")) as answer:
            assert answer.status == 429
            assert answer.headers["retry-after"] == "7"


@pytest.mark.parametrize("scenario", ["slow-connect", "head-then-silence", "stall", "drip", "huge"])
async def test_a_client_that_leaves_is_counted_and_frees_the_request(scenario: str) -> None:
    async with fake_upstream() as up, aiohttp.ClientSession() as client:
        body = question(scenario, stream=True)
        asking = asyncio.create_task(_ask_and_stall(client, up.url, body))
        await up.until(lambda up: up.open_count == 1)
        await asyncio.sleep(0.05)
        assert (up.open_count, up.hang_ups) == (1, 0)
        asking.cancel()
        await up.until(lambda up: up.open_count == 0)
    assert (up.hang_ups, up.answered) == (1, 0)


async def _ask_and_stall(client: aiohttp.ClientSession, url: str, body: object) -> None:
    async with client.post(url + "/chat/completions", json=body) as answer:
        await answer.content.readany()
        await asyncio.Event().wait()


@pytest.mark.parametrize("stream", [False, True])
async def test_a_cut_answer_breaks_in_the_middle(stream: bool) -> None:
    async with fake_upstream() as up, aiohttp.ClientSession() as client:
        answer = await client.post(
            up.url + "/chat/completions", json=question("cut", stream=stream)
        )
        assert await answer.content.readany()
        with pytest.raises(aiohttp.ClientError):
            await answer.read()
    assert up.hang_ups == 0


async def test_tool_calls_come_whole_or_in_pieces_with_the_same_arguments() -> None:
    tools = [{"type": "function", "function": {"name": "order"}}]
    async with fake_upstream() as up, aiohttp.ClientSession() as client:
        url = up.url + "/chat/completions"
        _, whole = await post(client, url, question("tools", tools=tools))
        _, stream = await post(client, url, question("tools", tools=tools, stream=True))
    call = json.loads(whole)["choices"][0]["message"]["tool_calls"][0]["function"]
    steps = [event["choices"][0]["delta"].get("tool_calls") for event in events(stream)]
    pieces = [step[0]["function"]["arguments"] for step in steps if step]
    assert call["name"] == "order"
    assert "".join(pieces) == call["arguments"] == json.dumps({"text": TEXT}, ensure_ascii=False)


async def test_every_choice_of_a_stream_is_whole() -> None:
    async with fake_upstream() as up, aiohttp.ClientSession() as client:
        body = question("choices", n=3, stream=True)
        _, stream = await post(client, up.url + "/chat/completions", body)
    texts = ["", "", ""]
    for event in events(stream):
        choice = event["choices"][0]
        texts[choice["index"]] += choice["delta"].get("content", "")
    assert texts == [f"{number}: {TEXT}" for number in range(3)]


async def test_usage_is_streamed_only_when_asked_for() -> None:
    async with fake_upstream() as up, aiohttp.ClientSession() as client:
        url = up.url + "/chat/completions"
        asked = question("ok", stream=True, stream_options={"include_usage": True})
        _, with_usage = await post(client, url, asked)
        _, without = await post(client, url, question("no-usage", stream=True))
    assert events(with_usage)[-1]["usage"]["total_tokens"] == 18
    assert not any("usage" in event for event in events(without))


QUIET = set(SCENARIOS) - {"slow-connect", "head-then-silence", "stall", "cut", "cut-early"}


@pytest.mark.parametrize("scenario", sorted(QUIET))
@pytest.mark.parametrize("stream", [False, True])
async def test_every_scenario_that_ends_leaves_nothing_open(scenario: str, stream: bool) -> None:
    async with fake_upstream() as up, aiohttp.ClientSession() as client:
        up.interval_s, up.huge_bytes = 0.0, 1_000_000
        await post(client, up.url + "/chat/completions", question(scenario, stream=stream))
        await up.until(lambda up: up.open_count == 0)
    assert (up.open_count, up.hang_ups, up.answered) == (0, 0, 1)


async def test_embeddings_completions_and_models_have_their_own_shapes() -> None:
    async with fake_upstream() as up, aiohttp.ClientSession() as client:
        _, vectors = await post(client, up.url + "/embeddings", {"input": ["a", "bc"]})
        _, text = await post(client, up.url + "/completions", {"prompt": "abc"})
        async with client.get(up.url + "/models") as answer:
            models = await answer.json()
    assert [v["embedding"][0] for v in json.loads(vectors)["data"]] == [1.0, 2.0]
    assert json.loads(text)["choices"][0]["text"] == "abc"
    assert models["data"][0]["id"] == "fake-model"


async def test_an_address_can_refuse_connections_or_never_make_them() -> None:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(connect=0.2)) as client:
        with refusing_url() as url, pytest.raises(aiohttp.ClientConnectorError):
            await client.get(url)
        with deaf_url() as url, pytest.raises(aiohttp.ConnectionTimeoutError):
            await client.get(url)
