"""curl, as a person at a terminal uses it."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from support.serving import Answer, Process

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.timeout(60),
    pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl"),
]

HELLO = {"model": "echo", "messages": [{"role": "user", "content": "Bonjour"}]}


def curl(sobre: Process, path: str, body: Any = None, *more: str, key: str = "") -> Answer:
    words = ["curl", "-sS", "-i", "--max-time", "20", f"{sobre.url}{path}"]
    words += ["-H", f"Authorization: Bearer {key or sobre.key}", *more]
    if body is not None:
        words += ["-H", "Content-Type: application/json", "--data-binary", "@-"]
    sent = None if body is None else json.dumps(body).encode()
    done = subprocess.run(words, input=sent, capture_output=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    head, _, raw = done.stdout.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in lines)}
    return Answer(int(first.split()[1]), headers, raw)


def test_chat_with_its_headers(gateway: Process, note: list[str]) -> None:
    answer = curl(gateway, "/v1/chat/completions", HELLO)
    assert (answer.status, answer.text) == (200, "Bonjour")
    names = ("x-sobre-exchange", "x-sobre-rung", "x-sobre-zone", "x-sobre-gwp-g")
    assert set(names) <= set(answer.headers)
    note.append(", ".join(f"{name}: {answer.headers[name]}" for name in names))


def test_a_stream_is_server_sent_events(gateway: Process) -> None:
    answer = curl(gateway, "/v1/chat/completions", {**HELLO, "stream": True}, "-N")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert (answer.text, answer.done) == ("Bonjour", True)
    assert answer.told["rung"] == "echo"


def test_a_wrong_key_a_wrong_path_and_a_wrong_method(gateway: Process) -> None:
    refused = curl(gateway, "/v1/models", key="sk-wrong")
    assert (refused.status, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert curl(gateway, "/v1/nothing").error["code"] == "unknown_url"
    assert curl(gateway, "/v1/models", {}).status == 405


def test_what_is_not_json_is_told_so(gateway: Process) -> None:
    answer = curl(gateway, "/v1/chat/completions", None, "--data-binary", "{")
    assert (answer.status, answer.error["type"]) == (400, "invalid_request_error")


def test_a_body_that_is_too_large_is_refused(gateway: Process) -> None:
    said = [{"role": "user", "content": "x" * (17 * 2**20)}]
    answer = curl(gateway, "/v1/chat/completions", {**HELLO, "messages": said}, "-H", "Expect:")
    assert (answer.status, answer.error["code"]) == (413, "request_too_large")


def test_health_needs_no_key(gateway: Process) -> None:
    assert curl(gateway, "/health/live", key="none").status == 200
    assert curl(gateway, "/health/ready", key="none").status == 200
