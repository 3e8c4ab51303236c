"""``/v1/responses`` through the door, and with OpenAI's own client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import openai
import pytest
from pydantic import BaseModel

from sobre.adapters.providers.fake import CARD, Echo
from sobre.core.exchange import Choice, Delta, Usage
from sobre.core.zone import Zone
from sobre.errors import UpstreamError
from sobre.web.dialects import responses
from sobre.web.server import Server
from support.client import Call

DOOR = "/v1/responses"
WEATHER: dict[str, Any] = {
    "type": "function",
    "name": "weather",
    "description": "Weather of a town",
    "parameters": {"type": "object", "properties": {"town": {"type": "string"}}},
}


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def rungs(echo: Echo) -> list[Echo]:
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


async def test_openais_client_gets_an_answer_with_its_usage(client: openai.AsyncOpenAI) -> None:
    answer = await client.responses.create(
        model="auto", instructions="Be short.", input="Bonjour à tous", metadata={"use_case": "t"}
    )
    assert answer.output_text == "Bonjour à tous"
    assert (answer.status, answer.instructions) == ("completed", "Be short.")
    assert answer.usage is not None
    assert answer.usage.total_tokens == answer.usage.input_tokens + 3
    assert answer.metadata == {"use_case": "t"}
    assert answer.model_extra is not None
    assert answer.model_extra["sobre"]["rung"] == "echo"


@pytest.mark.parametrize("name", responses.CHAT_ONLY)
async def test_what_only_chat_has_is_refused_with_what_stands_for_it(call: Call, name: str) -> None:
    asked = {"model": "auto", "input": "hello"}
    assert (await call("POST", DOOR, json={**asked, name: None})).status == 200
    answer = await call("POST", DOOR, json={**asked, name: 1})
    assert answer.status == 400
    assert (answer.error["param"], answer.error["code"]) == (name, "unsupported_parameter")
    assert responses.CHAT_ONLY[name] in answer.error["message"]


@pytest.mark.parametrize(
    "part",
    [
        {"type": "input_image", "image_url": "https://example.org/a.png"},
        {"type": "input_file", "file_data": "https://example.org/a.pdf"},
    ],
)
async def test_an_address_in_the_place_of_data_is_refused(call: Call, part: Any) -> None:
    asked = {"model": "auto", "input": [{"role": "user", "content": [part]}]}
    french = [("accept-language", "fr")]
    answer = await call("POST", DOOR, json=asked, headers=french)
    assert (answer.status, answer.error["code"]) == (400, "unsupported_value")
    assert "URL data:" in answer.error["message"]


async def test_openais_client_reads_the_stream_in_its_order(client: openai.AsyncOpenAI) -> None:
    stream = await client.responses.create(model="auto", input="un deux trois", stream=True)
    events = [event async for event in stream]
    assert [event.type for event in events] == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
        "response.output_text.delta",
        "response.output_text.delta",
        "response.output_text.delta",
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.completed",
    ]
    assert [event.sequence_number for event in events] == list(range(len(events)))
    last = events[-1]
    assert last.type == "response.completed"
    assert last.response.output_text == "un deux trois"
    assert last.response.model_extra is not None
    assert last.response.model_extra["sobre"]["zone"] == "machine"


async def test_openais_stream_helper_ends_with_the_whole_answer(client: openai.AsyncOpenAI) -> None:
    async with client.responses.stream(model="auto", input="un deux trois") as stream:
        said = [e.delta async for e in stream if e.type == "response.output_text.delta"]
        final = await stream.get_final_response()
    assert "".join(said) == final.output_text == "un deux trois"


async def test_a_stream_and_a_whole_answer_hold_the_same_output(call: Call) -> None:
    ask = {"model": "auto", "input": "un deux", "tools": [WEATHER], "tool_choice": "none"}
    whole = (await call("POST", DOOR, json=ask)).json
    last = (await call("POST", DOOR, json=ask | {"stream": True})).events[-1]["response"]
    changing = {"id", "created_at", "completed_at", "sobre", "output", "usage"}
    assert {k: v for k, v in whole.items() if k not in changing} == {
        k: v for k, v in last.items() if k not in changing
    }
    assert whole["output"][0]["content"] == last["output"][0]["content"]


class Town(BaseModel):
    name: str
    people: int


async def test_openais_client_parses_an_answer_to_a_schema(
    client: openai.AsyncOpenAI, echo: Echo
) -> None:
    answer = await client.responses.parse(model="auto", input="Lyon ?", text_format=Town)
    assert answer.output_parsed == Town(name="", people=0)
    wanted = echo.seen[0].response_format
    assert wanted["type"] == "json_schema"
    assert wanted["json_schema"]["name"] == "Town"


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_tool_is_called_and_its_output_is_answered(
    client: openai.AsyncOpenAI, echo: Echo, streamed: bool
) -> None:
    ask: dict[str, Any] = {"model": "auto", "tools": [WEATHER]}
    question: Any = {"role": "user", "content": "Quel temps ?"}
    if streamed:
        async with client.responses.stream(**ask, input=[question]) as stream:
            called: Any = await stream.get_final_response()
    else:
        called = await client.responses.create(**ask, input=[question])
    assert [item.type for item in called.output] == ["function_call"]
    call_id = called.output[0].call_id
    output = {"type": "function_call_output", "call_id": call_id, "output": "Pluie"}
    items = [question, *(item.to_dict() for item in called.output), output]
    answer = await client.responses.create(**ask, input=items)
    assert answer.output_text == "Pluie"
    roles = [message.role for message in echo.seen[-1].messages]
    assert roles == ["user", "assistant", "tool"]
    sent = echo.seen[-1].messages[1].rest["tool_calls"][0]
    assert (sent["id"], sent["function"]["name"]) == (call_id, "weather")
    assert echo.seen[-1].tools[0]["function"]["name"] == "weather"


async def test_each_kind_of_item_becomes_what_chat_knows(call: Call, echo: Echo) -> None:
    data = "data:image/png;base64,AA=="
    items = [
        {"role": "developer", "content": "Calme."},
        {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "gAAAA"},
        {
            "role": "user",
            "content": [
                {"type": "input_text", "text": "Vois"},
                {"type": "input_image", "image_url": data, "detail": "low"},
                {"type": "input_file", "file_data": data, "filename": "a.pdf"},
            ],
        },
        {
            "role": "assistant",
            "content": [{"type": "output_text", "text": "Vu", "annotations": []}],
        },
        {"type": "function_call", "call_id": "a", "name": "f", "arguments": "{}"},
        {"type": "function_call", "call_id": "b", "name": "f", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "a", "output": "1"},
        {"role": "user", "content": "Et alors ?"},
    ]
    answer = await call("POST", DOOR, json={"model": "auto", "input": items})
    assert answer.status == 200
    sent = echo.seen[0].messages
    assert [m.role for m in sent] == ["developer", "user", "assistant", "tool", "user"]
    assert sent[1].content == [
        {"type": "text", "text": "Vois"},
        {"type": "image_url", "image_url": {"url": data, "detail": "low"}},
        {"type": "file", "file": {"file_data": data, "filename": "a.pdf"}},
    ]
    assert sent[2].content == "Vu"
    assert [c["id"] for c in sent[2].rest["tool_calls"]] == ["a", "b"]
    assert sent[3].rest == {"tool_call_id": "a"}


async def test_parameters_reach_the_model_under_their_chat_names(call: Call, echo: Echo) -> None:
    ask = {
        "model": "auto",
        "input": "x",
        "max_output_tokens": 9,
        "temperature": 0.5,
        "top_logprobs": 2,
        "parallel_tool_calls": False,
        "reasoning": {"effort": "low"},
        "text": {"format": {"type": "json_object"}, "verbosity": "low"},
        "tools": [WEATHER],
        "tool_choice": {"type": "function", "name": "weather"},
        "metadata": {"use_case": "mail"},
        "store": True,
        "include": ["reasoning.encrypted_content"],
        "truncation": "auto",
        "min_p": 0.1,
    }
    answer = (await call("POST", DOOR, json=ask)).json
    sent = echo.seen[0]
    assert sent.max_tokens == 9
    assert sent.logprobs
    assert sent.response_format == {"type": "json_object"}
    assert sent.options == {
        "temperature": 0.5,
        "top_logprobs": 2,
        "parallel_tool_calls": False,
        "reasoning_effort": "low",
        "verbosity": "low",
        "tool_choice": {"type": "function", "function": {"name": "weather"}},
        "min_p": 0.1,
    }
    assert (answer["store"], answer["truncation"]) == (False, "disabled")
    assert answer["tools"] == [WEATHER]
    assert answer["tool_choice"] == {"type": "function", "name": "weather"}


@pytest.mark.parametrize(
    ("more", "param"),
    [
        ({"previous_response_id": "resp_1"}, "previous_response_id"),
        ({"conversation": {"id": "c"}}, "conversation"),
        ({"background": True}, "background"),
        ({"prompt": {"id": "p"}}, "prompt"),
        ({"tools": [{"type": "web_search"}]}, "tools[0].type"),
        ({"tools": [{"type": "function"}]}, "tools[0].name"),
        ({"tools": {"a": 1}}, "tools"),
        ({"tool_choice": {"type": "web_search"}}, "tool_choice"),
        ({"tool_choice": 3}, "tool_choice"),
        ({"text": "json"}, "text"),
        ({"text": {"format": {"type": "xml"}}}, "text.format"),
        ({"text": {"format": {"type": "json_schema", "name": "n"}}}, "text.format.schema"),
        ({"truncation": "middle"}, "truncation"),
        ({"include": "all"}, "include"),
        ({"store": "yes"}, "store"),
        ({"stream": 1}, "stream"),
        ({"max_output_tokens": 0}, "max_output_tokens"),
        ({"parallel_tool_calls": "no"}, "parallel_tool_calls"),
        ({"instructions": ["a"]}, "instructions"),
        ({"reasoning": 1}, "reasoning"),
        ({"metadata": []}, "metadata"),
        ({"input": ""}, "input"),
        ({"input": []}, "input"),
        ({"input": [{"type": "reasoning", "summary": []}]}, "input"),
        ({"input": [3]}, "input[0]"),
        ({"input": [{"type": "item_reference", "id": "m"}]}, "input[0].type"),
        ({"input": [{"type": ["x"]}]}, "input[0].type"),
        ({"input": [{"role": "robot", "content": "x"}]}, "input[0].role"),
        ({"input": [{"role": "user"}]}, "input[0].content"),
        ({"input": [{"role": "user", "content": [{"type": "x"}]}]}, "input[0].content[0].type"),
        ({"input": [{"role": "user", "content": ["x"]}]}, "input[0].content[0]"),
        (
            {"input": [{"role": "user", "content": [{"type": "input_image", "file_id": "f"}]}]},
            "input[0].content[0]",
        ),
        ({"input": [{"type": "function_call", "name": "f"}]}, "input[0].call_id"),
        ({"input": [{"type": "function_call_output", "call_id": "a"}]}, "input[0].output"),
    ],
)
async def test_what_is_not_taken_is_refused_by_name(
    call: Call, more: dict[str, Any], param: str
) -> None:
    for lang in ("en", "fr"):
        answer = await call(
            "POST",
            DOOR,
            json={"model": "auto", "input": "x"} | more,
            headers=[("accept-language", lang)],
        )
        assert (answer.status, answer.error["param"]) == (400, param)
        assert answer.error["type"] == "invalid_request_error"


async def test_an_answer_cut_short_is_incomplete_and_says_why(call: Call) -> None:
    ask = {"model": "auto", "input": "un deux trois", "max_output_tokens": 2}
    whole = (await call("POST", DOOR, json=ask)).json
    last = (await call("POST", DOOR, json=ask | {"stream": True})).events[-1]
    assert last["type"] == "response.incomplete"
    for told in (whole, last["response"]):
        assert told["status"] == told["output"][0]["status"] == "incomplete"
        assert told["incomplete_details"] == {"reason": "max_output_tokens"}


async def test_logprobs_come_with_each_step_and_with_the_whole(call: Call) -> None:
    ask = {"model": "auto", "input": "a b", "include": [responses.LOGPROBS], "stream": True}
    events = (await call("POST", DOOR, json=ask)).events
    steps = [e["logprobs"][0]["token"] for e in events if e["type"] == "response.output_text.delta"]
    last = events[-1]["response"]["output"][0]["content"][0]["logprobs"]
    assert steps == [entry["token"] for entry in last] == ["a", " b"]


class TestABrokenModel:
    @pytest.fixture
    def echo(self) -> Echo:
        return Echo(fault=UpstreamError("the connection broke", kind="broken"), after=2)

    async def test_a_stream_that_breaks_off_ends_with_response_failed(self, call: Call) -> None:
        answer = await call("POST", DOOR, json={"model": "auto", "input": "a b c", "stream": True})
        last = answer.events[-1]
        assert last["type"] == "response.failed"
        assert last["sequence_number"] == len(answer.events) - 1
        assert last["response"]["status"] == "failed"
        assert last["response"]["error"]["code"] == "no_rung_left"
        assert last["response"]["output"][0]["content"][0]["text"] == "a b"

    async def test_a_failure_before_the_first_word_is_a_plain_error(self, call: Call) -> None:
        answer = await call("POST", DOOR, json={"model": "auto", "input": "a b c"})
        assert (answer.status, answer.error["code"]) == (502, "no_rung_left")


class TestAModelBeyondTheFirm:
    @pytest.fixture
    def echo(self) -> Echo:
        far = CARD.__class__(
            **{n: getattr(CARD, n) for n in CARD.__slots__} | {"zone": Zone.EU_HOSTED}
        )
        return Echo(far)

    async def test_personal_data_is_disguised_on_the_way_and_restored_in_the_stream(
        self, call: Call, echo: Echo
    ) -> None:
        ask = {"model": "auto", "input": "Écris à zoe@example.org demain", "stream": True}
        last = (await call("POST", DOOR, json=ask)).events[-1]["response"]
        assert "zoe@example.org" not in str(echo.seen[0].messages)
        text = last["output"][0]["content"][0]["text"]
        assert text == "Écris à zoe@example.org demain"
        assert last["sobre"]["findings"] == {"email": 1}

    async def test_metadata_is_repeated_and_never_sent(self, call: Call, echo: Echo) -> None:
        ask = {"model": "auto", "input": "x", "metadata": {"who": "zoe@example.org"}}
        answer = (await call("POST", DOOR, json=ask)).json
        assert answer["metadata"] == {"who": "zoe@example.org"}
        assert "metadata" not in echo.seen[0].options


class Scripted(Echo):
    """Streams the steps it was given."""

    def __init__(self, steps: list[Delta], choice: Choice) -> None:
        super().__init__()
        self.steps, self.choice = steps, choice

    async def attempt(self, outbound: Any, sink: Any) -> Any:
        from sobre.core.exchange import Reply

        await sink.push(self.steps)
        return Reply((self.choice,), Usage(1, 1), "scripted")


class TestAModelThatThinksAndCallsTwice:
    @pytest.fixture
    def echo(self) -> Echo:
        def call(index: int, **function: str) -> Delta:
            head = {"id": f"call_{index}"} if "name" in function else {}
            step = {"index": index, **head, "type": "function", "function": function}
            return Delta(0, None, tool_calls=[step])

        steps = [
            Delta(0, None, rest={"reasoning_content": "Hm"}),
            Delta(0, "Je cherche."),
            call(0, name="f", arguments='{"a"'),
            call(0, arguments=":1}"),
            call(1, name="g", arguments="{}"),
            Delta(0, None, "tool_calls"),
        ]
        calls = [
            {"id": "call_0", "type": "function", "function": {"name": "f", "arguments": '{"a":1}'}},
            {"id": "call_1", "type": "function", "function": {"name": "g", "arguments": "{}"}},
        ]
        rest = {"reasoning_content": "Hm"}
        return Scripted(steps, Choice(0, "Je cherche.", "tool_calls", calls, rest=rest))

    async def test_every_item_is_opened_filled_and_closed_once(
        self, client: openai.AsyncOpenAI, call: Call
    ) -> None:
        async with client.responses.stream(model="auto", input="x") as stream:
            final = await stream.get_final_response()
        kinds = [item.type for item in final.output]
        assert kinds == ["reasoning", "message", "function_call", "function_call"]
        assert final.output[2].arguments == '{"a":1}'  # type: ignore[union-attr]
        whole = (await call("POST", DOOR, json={"model": "auto", "input": "x"})).json
        assert [item["type"] for item in whole["output"]] == kinds
        assert whole["output"][2]["arguments"] == '{"a":1}'


class TestAModelThatSaysNothing:
    @pytest.fixture
    def echo(self) -> Echo:
        return Scripted([], Choice(0, "", "stop"))

    async def test_an_empty_stream_still_is_a_whole_response(self, call: Call) -> None:
        ask = {"model": "auto", "input": "x", "stream": True}
        events = (await call("POST", DOOR, json=ask)).events
        assert events[0]["type"] == "response.created"
        assert events[-1]["response"]["output"][0]["content"][0]["text"] == ""
