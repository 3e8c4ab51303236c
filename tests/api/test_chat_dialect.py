"""``/v1/chat/completions``, ``/v1/completions``, ``/v1/embeddings`` and ``/v1/models``."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpx2
import openai
import pytest

from sobre.adapters.providers.fake import Echo
from sobre.app import App
from sobre.errors import UpstreamError
from sobre.web.server import Server
from support.client import Call

DOOR = "/v1/chat/completions"
HELLO: dict[str, Any] = {
    "model": "auto",
    "messages": [{"role": "user", "content": "Bonjour à tous"}],
}
TOOL: dict[str, Any] = {
    "type": "function",
    "function": {"name": "weather", "parameters": {"type": "object", "properties": {}}},
}
SCHEMA: dict[str, Any] = {
    "type": "json_schema",
    "json_schema": {
        "name": "t",
        "schema": {"type": "object", "properties": {"n": {"type": "integer"}}},
    },
}


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def rungs(echo: Echo) -> Sequence[Echo]:
    return [echo]


@pytest.fixture
async def client(server: Server, key: str) -> AsyncIterator[openai.AsyncOpenAI]:
    transport = httpx2.ASGITransport(app=server)
    async with openai.AsyncOpenAI(
        api_key=key,
        base_url="http://127.0.0.1/v1",
        http_client=httpx2.AsyncClient(transport=transport),
        max_retries=0,
    ) as made:
        yield made


async def test_an_answer_carries_openais_fields_and_ours_beside_them(call: Call) -> None:
    answer = await call("POST", DOOR, json=HELLO)
    told = answer.json
    assert told["object"] == "chat.completion"
    assert told["choices"][0]["message"]["content"] == "Bonjour à tous"
    assert told["choices"][0]["finish_reason"] == "stop"
    assert told["usage"]["total_tokens"] == 6
    assert told["sobre"]["rung"] == answer.headers["x-sobre-rung"] == "echo"
    assert told["sobre"]["zone"] == answer.headers["x-sobre-zone"] == "machine"
    assert told["sobre"]["exchange"] == answer.headers["x-sobre-exchange"]
    grams = told["sobre"]["impact"]["gwp"]
    assert grams["low"] <= float(answer.headers["x-sobre-gwp-g"]) <= grams["high"]


async def test_every_exchange_has_its_line_in_the_ledger(call: Call, app: App) -> None:
    for path, ask in (
        (DOOR, HELLO),
        (DOOR, HELLO | {"stream": True}),
        ("/v1/responses", {"model": "auto", "input": "x"}),
        ("/v1/completions", {"model": "auto", "prompt": "x"}),
        ("/v1/embeddings", {"model": "auto", "input": "x"}),
    ):
        name = (await call("POST", path, json=ask)).headers["x-sobre-exchange"]
        app.book.flush()
        line = app.book.tail(1)[0].record
        assert (line["id"], line["door"], line["outcome"]) == (name, path, "kept")


async def test_a_stream_says_the_same_and_ends_with_ours(call: Call) -> None:
    events = (await call("POST", DOOR, json=HELLO | {"stream": True})).events
    assert events[-1] == "[DONE]"
    steps = events[:-1]
    said = [step["choices"][0]["delta"].get("content", "") for step in steps]
    assert "".join(said) == "Bonjour à tous"
    assert steps[0]["choices"][0]["delta"]["role"] == "assistant"
    assert [s["choices"][0]["finish_reason"] for s in steps] == [None] * (len(steps) - 1) + ["stop"]
    assert steps[-1]["sobre"]["rung"] == "echo"
    assert all("usage" not in step for step in steps)


async def test_usage_comes_in_a_last_event_without_choices_where_asked(call: Call) -> None:
    ask = HELLO | {"stream": True, "stream_options": {"include_usage": True}}
    *_, last, _done = (await call("POST", DOOR, json=ask)).events
    assert last["choices"] == []
    assert last["usage"]["completion_tokens"] == 3
    assert last["sobre"]["rung"] == "echo"


async def test_openais_client_streams(client: openai.AsyncOpenAI) -> None:
    stream = await client.chat.completions.create(**HELLO, stream=True)
    said = [chunk.choices[0].delta.content or "" async for chunk in stream]
    assert "".join(said) == "Bonjour à tous"


@pytest.mark.parametrize("streamed", [False, True])
async def test_n_answers_are_told_apart(call: Call, streamed: bool) -> None:
    answer = await call("POST", DOOR, json=HELLO | {"n": 3, "stream": streamed})
    if streamed:
        ends = [s["choices"][0] for s in answer.events[:-1] if s["choices"][0]["finish_reason"]]
    else:
        ends = answer.json["choices"]
    assert [choice["index"] for choice in ends] == [0, 1, 2]


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_tool_call_is_passed_through(call: Call, streamed: bool) -> None:
    answer = await call("POST", DOOR, json=HELLO | {"tools": [TOOL], "stream": streamed})
    if streamed:
        deltas = [step["choices"][0]["delta"] for step in answer.events[:-1]]
        called = [c for delta in deltas for c in delta.get("tool_calls", ())]
        ended = answer.events[-2]["choices"][0]["finish_reason"]
    else:
        choice = answer.json["choices"][0]
        called, ended = choice["message"]["tool_calls"], choice["finish_reason"]
    assert [c["function"]["name"] for c in called] == ["weather"]
    assert ended == "tool_calls"


async def test_a_schema_and_what_else_is_asked_reach_the_model(call: Call, echo: Echo) -> None:
    ask = HELLO | {
        "response_format": SCHEMA,
        "temperature": 0.1,
        "seed": 7,
        "stop": "x",
        "max_completion_tokens": 5,
        "logprobs": True,
        "top_logprobs": 2,
        "metadata": {"use_case": "mail"},
    }
    answer = (await call("POST", DOOR, json=ask)).json
    assert json.loads(answer["choices"][0]["message"]["content"]) == {"n": 0}
    assert answer["choices"][0]["logprobs"]["content"]
    sent = echo.seen[0]
    assert (sent.max_tokens, sent.stop, sent.response_format) == (5, ("x",), SCHEMA)
    assert (sent.options["seed"], sent.options["top_logprobs"]) == (7, 2)


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_text_is_gone_on_from(call: Call, streamed: bool) -> None:
    ask = {"model": "auto", "prompt": "Il était une fois", "max_tokens": 2, "stream": streamed}
    answer = await call("POST", "/v1/completions", json=ask)
    choices = [s["choices"][0] for s in answer.events[:-1]] if streamed else answer.json["choices"]
    assert "".join(choice["text"] for choice in choices) == "Il était"
    assert choices[-1]["finish_reason"] == "length"


async def test_openais_client_reads_vectors(client: openai.AsyncOpenAI) -> None:
    told = await client.embeddings.create(model="auto", input=["a", "b"], encoding_format="float")
    assert [item.index for item in told.data] == [0, 1]
    assert told.data[0].embedding != told.data[1].embedding
    assert told.usage.prompt_tokens == 2


async def test_models_are_listed_and_told_one_by_one(client: openai.AsyncOpenAI) -> None:
    assert [model.id async for model in client.models.list()] == ["auto", "echo"]
    one = await client.models.retrieve("echo")
    assert one.model_extra is not None
    assert one.model_extra["sobre"]["zone"] == "machine"


class TestAModelThatBreaks:
    @pytest.fixture
    def echo(self) -> Echo:
        return Echo(fault=UpstreamError("HTTP 500", kind="server"), after=1)

    async def test_before_its_first_word_it_is_an_error_with_a_status(self, call: Call) -> None:
        answer = await call("POST", DOOR, json=HELLO)
        assert (answer.status, answer.error["code"]) == (502, "no_rung_left")
        assert "HTTP 500" in answer.error["message"]

    async def test_after_it_openais_client_raises_at_the_break(
        self, client: openai.AsyncOpenAI
    ) -> None:
        said: list[str] = []
        stream = await client.chat.completions.create(**HELLO, stream=True)
        with pytest.raises(openai.APIError, match="broke off"):  # noqa: PT012 - said before it
            async for chunk in stream:
                said.append(chunk.choices[0].delta.content or "")  # noqa: PERF401 - it raises
        assert "".join(said) == "Bonjour"


class TestAModelAskedTooMuch:
    @pytest.fixture
    def echo(self) -> Echo:
        return Echo(fault=UpstreamError("busy", kind="rate_limited", retry_after=7))

    async def test_the_reader_is_told_when_to_come_back(self, call: Call) -> None:
        answer = await call("POST", DOOR, json=HELLO)
        assert (answer.status, answer.error["code"]) == (429, "rate_limit_exceeded")
        assert answer.headers["retry-after"] == "7"
