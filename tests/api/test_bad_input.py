"""Whatever is sent, the answer is OpenAI's error object and never a fault of ours."""

from __future__ import annotations

import dataclasses
import re
import time
from collections.abc import AsyncIterator, Sequence
from json import dumps
from typing import Any

import aiohttp
import pytest

from sobre.adapters.providers.fake import CARD, Echo
from sobre.adapters.providers.openai_style import OpenAIStyle
from sobre.app import App, new_key
from sobre.config import Config, Ladder
from sobre.config import Server as ServerConfig
from support.client import Call

CHAT = "/v1/chat/completions"
POSTS = (CHAT, "/v1/responses", "/v1/completions", "/v1/embeddings", "/v1/moderations")
HELLO = {"model": "auto", "messages": [{"role": "user", "content": "Bonjour"}]}


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def rungs(echo: Echo) -> Sequence[Echo]:
    return [echo]


@pytest.fixture
def config(config: Config) -> Config:
    server = ServerConfig(max_body_mb=4.0, body_timeout_s=0.05)
    return dataclasses.replace(config, server=server)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{}x",
        b'{"model": "auto",}',
        b"[]",
        b'"text"',
        b"null",
        b"12",
        b"NaN",
        b"\xff\xfe{\x00}\x00",
        b'\xef\xbb\xbf{"model": "auto"}',
        b'{"model": "\xc3\x28"}',
        b'{"model": "\xed\xa0\x80"}',
        b'{"model": "\\ud800"}',
        b'{"model": "\\ud800 and on for a while"}',
        b'{"model": "\\udc00\\ud800"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"model": 1e999}',
        b"a=1&b=2",
    ],
    ids=range(20),
)
async def test_a_body_that_is_no_json_object_is_refused(call: Call, body: bytes) -> None:
    for path in POSTS:
        answer = await call("POST", path, body=body)
        assert answer.status == 400
        assert answer.error["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    "field",
    [
        "model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "n",
        "stop", "logprobs", "tools", "response_format", "temperature", "top_p", "seed", "user",
        "presence_penalty", "frequency_penalty", "metadata", "tool_choice", "logit_bias",
    ],
)  # fmt: skip
async def test_a_field_of_the_wrong_type_is_named(call: Call, field: str) -> None:
    values: list[Any] = [None, True, 3, "", [], ["x"], [None], {"a": 1}, [[]]]
    for value in values:
        answer = await call("POST", CHAT, json=HELLO | {field: value})
        assert answer.status in (200, 400, 404)
        if answer.status == 400:
            assert answer.error["param"].startswith(field)
        elif answer.status == 404:
            assert field == "model"


@pytest.mark.parametrize(
    ("message", "param"),
    [
        (None, "messages[0]"),
        ("Bonjour", "messages[0]"),
        ({}, "messages[0].role"),
        ({"role": "robot", "content": "x"}, "messages[0].role"),
        ({"role": ["user"], "content": "x"}, "messages[0].role"),
        ({"role": {}, "content": "x"}, "messages[0].role"),
        ({"role": "user"}, "messages[0].content"),
        ({"role": "user", "content": 3}, "messages[0].content"),
        ({"role": "user", "content": {"type": "text"}}, "messages[0].content"),
        ({"role": "user", "content": ["x"]}, "messages[0].content[0]"),
        ({"role": "user", "content": [{"type": 3}]}, "messages[0].content[0]"),
        ({"role": "user", "content": [{"type": "text"}]}, "messages[0].content[0].text"),
    ],
)
async def test_a_malformed_message_is_named_by_its_place(
    call: Call, message: Any, param: str
) -> None:
    answer = await call("POST", CHAT, json={"model": "auto", "messages": [message]})
    assert (answer.status, answer.error["param"]) == (400, param)


@pytest.mark.parametrize(
    ("path", "ask", "param"),
    [
        (CHAT, {"messages": HELLO["messages"]}, "model"),
        (CHAT, {"model": "auto"}, "messages"),
        (CHAT, {"model": "auto", "messages": []}, "messages"),
        ("/v1/completions", {"model": "auto"}, "prompt"),
        ("/v1/completions", {"model": "auto", "prompt": ["a", "b"]}, "prompt"),
        ("/v1/completions", {"model": "auto", "prompt": [1, 2]}, "prompt"),
        ("/v1/completions", {"model": "auto", "prompt": "a", "logprobs": 9}, "logprobs"),
        ("/v1/embeddings", {"model": "auto"}, "input"),
        ("/v1/embeddings", {"model": "auto", "input": []}, "input"),
        ("/v1/embeddings", {"model": "auto", "input": ["a", ""]}, "input"),
        ("/v1/embeddings", {"model": "auto", "input": [1, 2]}, "input"),
        ("/v1/embeddings", {"model": "auto", "input": ["a"] * 2049}, "input"),
        ("/v1/embeddings", {"model": "auto", "input": "a", "dimensions": 0}, "dimensions"),
        (
            "/v1/embeddings",
            {"model": "auto", "input": "a", "encoding_format": "x"},
            "encoding_format",
        ),
        (
            "/v1/embeddings",
            {"model": "auto", "input": "a", "encoding_format": []},
            "encoding_format",
        ),
        ("/v1/moderations", {}, "input"),
        ("/v1/moderations", {"input": [3]}, "input[0]"),
    ],
)
async def test_a_missing_or_senseless_field_is_named(
    call: Call, path: str, ask: Any, param: str
) -> None:
    answer = await call("POST", path, json=ask)
    assert (answer.status, answer.error["param"]) == (400, param)


async def test_an_unknown_model_is_answered_with_the_nearest_names(call: Call) -> None:
    for path, ask in ((CHAT, HELLO), ("/v1/responses", {"input": "x"})):
        answer = await call("POST", path, json=ask | {"model": "eco-1"})
        assert (answer.status, answer.error["code"]) == (404, "model_not_found")
        assert "echo-1" in answer.error["message"]
    assert (await call("GET", "/v1/models/eco-1")).status == 404


async def test_an_unknown_parameter_reaches_the_model_as_it_is(call: Call, echo: Echo) -> None:
    answer = await call("POST", CHAT, json=HELLO | {"top_k": 5, "grammar": {"root": [1, "a"]}})
    assert answer.status == 200
    assert echo.seen[0].options == {"top_k": 5, "grammar": {"root": [1, "a"]}}


async def test_a_conversation_of_ten_thousand_messages_is_answered(call: Call, echo: Echo) -> None:
    messages = [{"role": r, "content": "ah"} for r in ("user", "assistant")] * 5000
    answer = await call("POST", CHAT, json={"model": "auto", "messages": messages})
    assert answer.status == 200
    assert len(echo.seen[0].messages) == 10_000


def _nested(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize("levels", [64, 200, 700, 5000])
async def test_nesting_beyond_reason_is_refused_and_never_a_fault(call: Call, levels: int) -> None:
    deep = dumps(_nested(min(levels, 900)))
    if levels > 900:
        deep = "[" * levels + '"x"' + "]" * levels
    part = f'{{"type": "image_url", "image_url": {deep}}}'
    tool = f'{{"type": "function", "x": {deep}}}'
    hello = '"messages": [{"role": "user", "content": "x"}]'
    for ask in (
        f'{{"model": "auto", {hello}, "tools": [{tool}]}}',
        f'{{"model": "auto", "messages": [{{"role": "user", "content": [{part}]}}]}}',
        f'{{"model": "auto", "messages": [{{"role": "user", "content": "x", "y": {deep}}}]}}',
    ):
        answer = await call("POST", CHAT, body=ask.encode())
        assert answer.status in (200, 400)
        if answer.status == 400:
            assert answer.error["type"] == "invalid_request_error"


class TestBeforeARealServer:
    """Before a server that speaks HTTP, the request has to be encoded once more."""

    @pytest.fixture
    def config(self, config: Config) -> Config:
        return dataclasses.replace(config, ladder=Ladder(retries=0))

    @pytest.fixture
    async def rungs(self) -> AsyncIterator[Sequence[OpenAIStyle]]:
        async with aiohttp.ClientSession() as session:
            yield [OpenAIStyle(CARD, url="http://127.0.0.1:9/v1", model="m", session=session)]

    @pytest.mark.parametrize("more", [{"top_k": 2**70}, {"x": {"a": [-(2**63) - 1]}}])
    async def test_a_number_beyond_64_bits_is_passed_on(self, call: Call, more: Any) -> None:
        answer = await call("POST", CHAT, json=HELLO | more)
        assert (answer.status, answer.error["code"]) == (502, "no_rung_left")

    async def test_nesting_at_the_edge_of_what_can_be_read(self, call: Call) -> None:
        for levels in range(850, 1000):
            deep = b"[" * levels + b"]" * levels
            part = b'[{"type": "image_url", "image_url": ' + deep + b"}]"
            ask = b'{"model": "auto", "messages": [{"role": "user", "content": ' + part + b"}]}"
            answer = await call("POST", CHAT, body=ask)
            assert answer.status in (400, 502), levels


@pytest.mark.parametrize("path", [CHAT, "/v1/responses"])
async def test_nul_characters_and_odd_unicode_come_back_as_they_are(call: Call, path: str) -> None:
    text = "a\x00b \u202e\ufffe \U0001f469\u200d\U0001f52c"
    ask: Any = HELLO | {"messages": [{"role": "user", "content": text}], "input": text}
    ask.pop("input" if path == CHAT else "messages")
    answer = (await call("POST", path, json=ask)).json
    choice = answer["choices"][0]["message"] if path == CHAT else answer["output"][0]["content"][0]
    assert choice["content" if path == CHAT else "text"] == text


async def test_a_body_over_the_limit_is_refused_whether_it_says_so_or_not(call: Call) -> None:
    big = b'{"model": "auto", "x": "' + b"a" * 5 * 2**20 + b'"}'
    declared = [("content-length", str(len(big)))]
    for body, headers in ((big, declared), (big, []), ([b" " * 2**20] * 5, [])):
        answer = await call("POST", CHAT, body=body, headers=headers)
        assert (answer.status, answer.error["code"]) == (413, "request_too_large")
        assert "4 MB" in answer.error["message"]


@pytest.mark.parametrize("body", [[b"{"], []], ids=["its beginning", "nothing"])
async def test_a_body_that_does_not_come_is_not_waited_for(call: Call, body: list[bytes]) -> None:
    answer = await call("POST", CHAT, body=body, stays=False)
    assert (answer.status, answer.error["code"]) == (400, "request_timeout")


class TestKeys:
    @pytest.mark.parametrize(
        "path", [*POSTS, "/v1/models", "/v1/models/echo", "/v1/nothing", "/v1"]
    )
    async def test_without_a_key_nothing_is_told(self, call: Call, path: str) -> None:
        for method in ("GET", "POST", "DELETE"):
            answer = await call(method, path, key=None, body=b"{")
            assert (answer.status, answer.error["code"]) == (401, "invalid_api_key")
            assert answer.headers["www-authenticate"] == "Bearer"

    @pytest.mark.parametrize(
        "value",
        ["", "Bearer", "Bearer ", "Bearer  x", "Basic %s", "%s", "bearer,%s", "Token %s",
         "Bearer %s x", "Bearer \xe9\xff", "Bearer sk-sobre-" + "a" * 100_000],
    )  # fmt: skip
    async def test_another_scheme_or_key_is_refused(self, call: Call, key: str, value: str) -> None:
        header = ("authorization", value.replace("%s", key))
        answer = await call("GET", "/v1/models", key=None, headers=[header])
        assert (answer.status, answer.error["type"]) == (401, "authentication_error")

    async def test_a_key_may_come_as_x_api_key_and_bearer_in_any_case(
        self, call: Call, key: str
    ) -> None:
        for header in (("x-api-key", key), ("authorization", f"bEARER {key}")):
            answer = await call("GET", "/v1/models", key=None, headers=[header])
            assert answer.status == 200

    async def test_an_expired_key_and_a_revoked_one_are_told_apart(
        self, call: Call, app: App
    ) -> None:
        old = new_key(app.state, "old", expires_at=time.time() - 1)
        gone = new_key(app.state, "gone")
        app.state.revoke("gone", time.time())
        for key, code in ((old, "expired_api_key"), (gone, "revoked_api_key")):
            answer = await call("POST", CHAT, json=HELLO, key=key)
            assert (answer.status, answer.error["code"]) == (401, code)


@pytest.mark.parametrize(
    "path",
    [
        "//v1/models",
        "/v1/../v1/models",
        "/./v1/models",
        "/v1//models",
        "/V1/models",
        "/v1/Models",
        "/v1/%2e%2e/v1/models",
        "/%2e%2e/v1/models",
        "/v1/models/",
        "/v1/models%00",
        "/v1/models%2f..%2fmodels",
        "/v1/chat/completions/",
        "/v1/chat/completions;x=1",
        "/v1/%63hat/completions%20",
        "/v1",
        "/v1/",
        "/v2/models",
        "/nothing",
        "/sobre/nothing",
        "/sobre/openapi.json/",
        "/health",
        "/health/live/",
    ],
)
async def test_a_path_is_taken_to_the_letter(call: Call, path: str) -> None:
    for method in ("GET", "POST"):
        answer = await call(method, path, json=HELLO)
        assert answer.status in (404, 405 if method == "POST" else 404)
        assert answer.error["type"] == "invalid_request_error"


@pytest.mark.parametrize("path", ["/%76%31/models", "/v1/%6dodels"])
async def test_a_path_written_with_escapes_still_needs_its_key(call: Call, path: str) -> None:
    assert (await call("GET", path, key=None)).status == 401
    assert (await call("GET", path)).status == 200


@pytest.mark.parametrize(
    "host",
    [
        None,
        "",
        "evil.test",
        "localhost/#@x",
        "localhost#",
        "evil@localhost",
        "localhost:80:80",
        "localhost:x",
        "localhost.evil.test",
        "127.0.0.1.evil.test",
        "127.1",
        "[::1",
        "::1",
        "loc\xe9lhost",
        "localhost ",
    ],
)
async def test_a_host_that_is_not_ours_gets_nothing(call: Call, host: str) -> None:
    for path in ("/v1/models", "/sobre/openapi.json", "/health/live", "/"):
        answer = await call("GET", path, host=host)
        assert (answer.status, answer.error["code"]) == (421, "host_not_allowed")


async def test_two_hosts_are_no_host(call: Call) -> None:
    answer = await call("GET", "/v1/models", headers=[("host", "localhost")])
    assert answer.status == 421


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8686", "127.0.0.1:1", "[::1]:8686", "[::1]"]
)
async def test_each_of_our_hosts_is_answered(call: Call, host: str) -> None:
    assert (await call("GET", "/v1/models", host=host)).status == 200


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        *[(method, CHAT, "POST") for method in ("GET", "PUT", "HEAD", "OPTIONS")],
        *[("GET", path, "POST") for path in POSTS],
        ("POST", "/v1/models", "GET"),
        ("DELETE", "/v1/models/echo", "GET"),
        ("BREW", "/v1/models", "GET"),
    ],
)
async def test_a_method_that_is_not_taken_is_told_which_is(
    call: Call, method: str, path: str, allowed: str
) -> None:
    answer = await call(method, path)
    assert (answer.status, answer.error["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize("path", ["/sobre/status", "/sobre/session", "/", "/health/live"])
async def test_so_is_one_of_the_console_and_of_health(call: Call, path: str) -> None:
    answer = await call("PATCH", path)
    assert (answer.status, answer.error["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"]


@pytest.mark.parametrize(
    ("accept", "words"),
    [
        ("fr", "n’existe pas"),
        ("fr-CA,en;q=0.5", "n’existe pas"),
        ("en-GB", "does not exist"),
        ("de,fr;q=0.2", "n’existe pas"),
        ("de", "does not exist"),
        ("", "does not exist"),
        (";q=,,fr;q=x;\xff", "does not exist"),
    ],
)
async def test_an_error_speaks_the_readers_language(call: Call, accept: str, words: str) -> None:
    headers = [("accept-language", accept)]
    answer = await call("POST", CHAT, json=HELLO | {"model": "nope"}, headers=headers)
    assert words in answer.error["message"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"a": x}', "octet 6"),
        (b'{"a"', "trop tôt"),
        (b'{"a": "\xff"}', "UTF-8"),
        (b"[1]", "un objet JSON, pas un tableau"),
        (b'{"model": 7}', "attendu une chaîne, reçu un nombre"),
        (b'{"model": "m", "messages": []}', "au moins un message, reçu un tableau vide"),
        (b'{"model": "m", "messages": [{"role": "x"}]}', "l’un de ces rôles"),
    ],
)
async def test_a_mistake_is_told_in_french_with_no_english_inside(
    call: Call, body: bytes, told: str
) -> None:
    answer = await call("POST", CHAT, body=body, headers=[("accept-language", "fr")])
    assert answer.status == 400
    message = answer.error["message"]
    assert told in message
    assert not re.search(r"\b(an?|expected|got|malformed|byte|string|array)\b", message)
