"""OpenAI's official Python client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import openai
import pytest
from pydantic import BaseModel

from support.serving import Process
from support.upstream import Upstream

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(120)]

HELLO: Any = [{"role": "user", "content": "Bonjour, ça va ?"}]
TOOLS: Any = [
    {
        "type": "function",
        "function": {
            "name": "look_up",
            "description": "Look up a text.",
            "parameters": {"type": "object", "properties": {"text": {"type": "string"}}},
        },
    }
]


class City(BaseModel):
    name: str
    people: int


@pytest.fixture
def client(gateway: Process) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=gateway.v1, api_key=gateway.key, max_retries=0) as made:
        yield made


def told(answer: Any) -> dict[str, Any]:
    """The ``sobre`` object, which the client keeps among what it does not know."""
    return dict(answer.model_extra["sobre"])


def test_chat(client: openai.OpenAI, note: list[str]) -> None:
    raw = client.chat.completions.with_raw_response.create(model="echo", messages=HELLO)
    answer = raw.parse()
    about = told(answer)
    assert answer.choices[0].message.content == "Bonjour, ça va ?"
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage is not None
    assert answer.usage.total_tokens == 18
    assert (about["rung"], about["zone"]) == ("echo", "eu-sovereign")
    assert about["marking"]["ai_generated"] is True
    assert about["impact"]["gwp"]["low"] <= about["impact"]["gwp"]["high"]
    assert raw.headers["x-sobre-exchange"] == about["exchange"]
    assert raw.headers["x-sobre-rung"] == "echo"
    assert raw.headers["x-sobre-zone"] == "eu-sovereign"
    assert float(raw.headers["x-sobre-gwp-g"]) > 0
    note.append(f"{raw.headers['x-sobre-gwp-g']} gCO2eq, {about['exchange']}")


@pytest.mark.parametrize("include", [False, True])
def test_stream(client: openai.OpenAI, include: bool) -> None:
    options: Any = {"stream_options": {"include_usage": True}} if include else {}
    stream = client.chat.completions.create(model="firm", messages=HELLO, stream=True, **options)
    chunks = list(stream)
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == (
        "Bonjour, ça va ?"
    )
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] == "stop"
    assert [c.usage.total_tokens for c in chunks if c.usage] == ([18] if include else [])
    assert all(c.choices for c in chunks) is not include
    assert [told(c)["rung"] for c in chunks if c.model_extra and "sobre" in c.model_extra] == [
        "echo"
    ]
    assert stream.response.headers["x-sobre-rung"] == "echo"


async def test_stream_with_the_asynchronous_client(gateway: Process) -> None:
    async with openai.AsyncOpenAI(base_url=gateway.v1, api_key=gateway.key) as client:
        stream = await client.chat.completions.create(model="echo", messages=HELLO, stream=True)
        said = [c.choices[0].delta.content or "" async for c in stream if c.choices]
    assert "".join(said) == "Bonjour, ça va ?"


def test_the_stream_helper_assembles_the_answer(client: openai.OpenAI) -> None:
    with client.chat.completions.stream(model="echo", messages=HELLO) as stream:
        for _ in stream:
            pass
        final = stream.get_final_completion()
    assert final.choices[0].message.content == "Bonjour, ça va ?"


@pytest.mark.parametrize("stream", [False, True])
def test_tools_there_and_back(client: openai.OpenAI, upstream: Upstream, stream: bool) -> None:
    if stream:
        with client.chat.completions.stream(model="caller", messages=HELLO, tools=TOOLS) as made:
            answer: Any = made.get_final_completion()
    else:
        answer = client.chat.completions.create(model="caller", messages=HELLO, tools=TOOLS)
    assert answer.choices[0].finish_reason == "tool_calls"
    [call] = answer.choices[0].message.tool_calls
    assert call.function.name == "look_up"
    assert json.loads(call.function.arguments) == {"text": "Bonjour, ça va ?"}
    result = {"role": "tool", "tool_call_id": call.id, "content": "found"}
    assistant = answer.choices[0].message.model_dump(exclude_none=True)
    assistant["tool_calls"] = [
        {key: value for key, value in one.items() if key != "index"}
        for one in assistant["tool_calls"]
    ]
    follow: Any = [*HELLO, assistant, result]
    again = client.chat.completions.create(model="echo", messages=follow, tools=TOOLS)
    assert again.choices[0].message.content == "Bonjour, ça va ?"
    sent = upstream.requests[-1].body["messages"]
    assert sent[-1] == result
    assert sent[-2]["tool_calls"][0]["id"] == call.id


def test_json_schema_is_parsed_into_a_model(client: openai.OpenAI, upstream: Upstream) -> None:
    answer = client.chat.completions.parse(model="shaped", messages=HELLO, response_format=City)
    assert answer.choices[0].message.parsed == City(name="Bonjour, ça va ?", people=7)
    assert upstream.requests[-1].body["response_format"]["json_schema"]["strict"] is True


def test_n_stop_seed_and_temperature_reach_the_model(
    client: openai.OpenAI, upstream: Upstream
) -> None:
    answer = client.chat.completions.create(
        model="many", messages=HELLO, n=3, stop=["END"], seed=7, temperature=0.5, max_tokens=20
    )
    assert [c.message.content for c in answer.choices] == [
        f"{n}: Bonjour, ça va ?" for n in range(3)
    ]
    sent = upstream.requests[-1].body
    assert (sent["n"], sent["stop"], sent["seed"]) == (3, ["END"], 7)
    assert (sent["temperature"], sent["max_tokens"]) == (0.5, 20)


def test_n_in_a_stream(client: openai.OpenAI) -> None:
    said = {0: "", 1: ""}
    for chunk in client.chat.completions.create(model="many", messages=HELLO, n=2, stream=True):
        for choice in chunk.choices:
            said[choice.index] += choice.delta.content or ""
    assert said == {n: f"{n}: Bonjour, ça va ?" for n in range(2)}


@pytest.mark.parametrize("stream", [False, True])
def test_log_probabilities(client: openai.OpenAI, stream: bool) -> None:
    asked: Any = {"model": "likely", "messages": HELLO, "logprobs": True, "top_logprobs": 1}
    if stream:
        chunks = client.chat.completions.create(**asked, stream=True)
        choices = [choice for chunk in chunks for choice in chunk.choices]
    else:
        choices = client.chat.completions.create(**asked).choices
    tokens = [t for c in choices if c.logprobs for t in c.logprobs.content or ()]
    assert "".join(token.token for token in tokens) == "Bonjour, ça va ?"
    assert {token.logprob for token in tokens} == {-0.5}


def test_embeddings(client: openai.OpenAI) -> None:
    answer = client.embeddings.create(model="echo", input=["un", "deux"], encoding_format="float")
    assert [one.embedding[0] for one in answer.data] == [2.0, 4.0]
    assert answer.usage.prompt_tokens == 6
    assert told(answer)["rung"] == "echo"


def test_completions(client: openai.OpenAI) -> None:
    answer = client.completions.create(model="echo", prompt="Il était")
    assert answer.choices[0].text == "Il était"
    chunks = client.completions.create(model="echo", prompt="Il était", stream=True)
    assert "".join(c.choices[0].text for c in chunks if c.choices) == "Il était"


def test_models(client: openai.OpenAI) -> None:
    names = [model.id for model in client.models.list()]
    assert names[:2] == ["auto", "firm"]
    assert "echo" in names
    assert client.models.retrieve("echo").id == "echo"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("nobody")


def test_responses(client: openai.OpenAI) -> None:
    answer = client.responses.create(model="echo", input="Bonjour")
    assert answer.output_text == "Bonjour"
    with client.responses.stream(model="echo", input="Bonjour") as stream:
        for _ in stream:
            pass
        assert stream.get_final_response().output_text == "Bonjour"


def test_moderations(client: openai.OpenAI) -> None:
    answer = client.moderations.create(input="Write to jean@exemple.fr")
    assert len(answer.results) == 1


ERRORS: list[tuple[dict[str, Any], type[openai.APIStatusError], int, str | None]] = [
    ({"model": "ecko"}, openai.NotFoundError, 404, "model_not_found"),
    ({"temperature": 9}, openai.BadRequestError, 400, "decimal_out_of_range"),
    ({"messages": []}, openai.BadRequestError, 400, "invalid_type"),
    ({"messages": [{"role": "x", "content": "x"}]}, openai.BadRequestError, 400, "invalid_value"),
    ({"n": 0}, openai.BadRequestError, 400, "integer_out_of_range"),
    ({"model": "down"}, openai.InternalServerError, 502, "no_rung_left"),
    ({"model": "broken"}, openai.InternalServerError, 502, "no_rung_left"),
    ({"model": "busy"}, openai.RateLimitError, 429, "rate_limit_exceeded"),
    (
        {"messages": [{"role": "user", "content": "password: hunter22"}]},
        openai.PermissionDeniedError,
        403,
        "policy_refusal",
    ),
]


@pytest.mark.parametrize(("fields", "kind", "status", "code"), ERRORS)
@pytest.mark.parametrize("stream", [False, True])
def test_errors_are_the_client_s_own(
    client: openai.OpenAI,
    fields: dict[str, Any],
    kind: type[openai.APIStatusError],
    status: int,
    code: str | None,
    stream: bool,
) -> None:
    asked: Any = {"model": "echo", "messages": HELLO, "stream": stream, **fields}
    if fields == {"model": "broken"} and stream:
        with pytest.raises(openai.APIError, match="broke off"):
            list(client.chat.completions.create(**asked))
        return
    with pytest.raises(kind) as caught:
        client.chat.completions.create(**asked)
    assert (caught.value.status_code, caught.value.code) == (status, code)
    assert caught.value.type
    if status == 404:
        assert "echo" in caught.value.message


@pytest.mark.parametrize("key", ["sk-wrong", "sk-sobre-" + "A" * 43])
def test_a_wrong_key_is_an_authentication_error(gateway: Process, key: str) -> None:
    with (
        openai.OpenAI(base_url=gateway.v1, api_key=key) as client,
        pytest.raises(openai.AuthenticationError) as caught,
    ):
        client.chat.completions.create(model="echo", messages=HELLO)
    assert caught.value.code == "invalid_api_key"


def test_an_error_is_said_in_the_reader_s_language(client: openai.OpenAI) -> None:
    french = client.with_options(default_headers={"Accept-Language": "fr-FR,fr;q=0.9"})
    with pytest.raises(openai.NotFoundError, match="n’existe pas"):
        french.chat.completions.create(model="nobody", messages=HELLO)


def test_the_client_s_own_retries_end(gateway: Process) -> None:
    with (
        openai.OpenAI(base_url=gateway.v1, api_key=gateway.key, max_retries=1) as client,
        pytest.raises(openai.APIStatusError) as caught,
    ):
        client.chat.completions.create(model="down", messages=HELLO)
    assert caught.value.status_code == 502


# --- With a real model ----------------------------------------------------------------------------


@pytest.fixture
def small(embedded: Process) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=embedded.v1, api_key=embedded.key, timeout=90) as made:
        yield made


@pytest.mark.model
def test_a_real_model_answers(small: openai.OpenAI, note: list[str]) -> None:
    answer = small.chat.completions.create(model="auto", messages=HELLO, max_tokens=24, seed=1)
    assert answer.choices[0].message.content
    assert answer.usage is not None
    assert 0 < answer.usage.completion_tokens <= 24
    about = told(answer)
    assert (about["zone"], about["level"]) == ("machine", 2)
    note.append(f"{answer.choices[0].message.content!r} {about['impact']['energy']}")


@pytest.mark.model
def test_a_real_model_streams_what_it_answers_whole(small: openai.OpenAI) -> None:
    asked: Any = {"model": "auto", "messages": HELLO, "max_tokens": 16, "seed": 1, "temperature": 0}
    chunks = list(small.chat.completions.create(**asked, stream=True))
    said = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert said == small.chat.completions.create(**asked).choices[0].message.content


@pytest.mark.model
def test_a_real_model_is_held_to_a_schema(small: openai.OpenAI) -> None:
    answer = small.chat.completions.parse(
        model="auto", messages=HELLO, response_format=City, max_tokens=200, temperature=0
    )
    parsed = answer.choices[0].message.parsed
    assert isinstance(parsed, City)


@pytest.mark.model
def test_a_real_model_gives_log_probabilities(small: openai.OpenAI) -> None:
    answer = small.chat.completions.create(
        model="auto", messages=HELLO, max_tokens=5, logprobs=True, top_logprobs=2
    )
    logprobs = answer.choices[0].logprobs
    assert logprobs is not None
    assert logprobs.content
    assert all(token.logprob <= 0 for token in logprobs.content)
