"""The worker's life, with a stand-in for llama.cpp."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

import pytest
from embedded_calls import FAKE_WORKER, Steps, embedded, outbound, over_echo

from sobre.adapters.providers import embedded as module
from sobre.errors import UpstreamError


class Start(Protocol):
    def __call__(self, model: str, **options: Any) -> Awaitable[module.Embedded]: ...


@pytest.fixture
async def start(
    tmp_path: Path, tiny: bytes, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Start]:
    monkeypatch.setattr(module, "_FIRST_PAUSE", 0.01)
    (tmp_path / "m.gguf").write_bytes(tiny)
    started = []

    async def begin(model: str, **options: Any) -> module.Embedded:
        plain: dict[str, Any] = {"connect": over_echo, "command": FAKE_WORKER}
        options = plain | {"ready_timeout_s": 5} | options
        rung = embedded(tmp_path / "m.gguf", model, **options)
        await rung.start()
        started.append(rung)
        return rung

    yield begin
    for rung in started:
        await rung.stop()


async def test_a_call_made_before_the_model_is_loaded_waits_for_it(start: Start) -> None:
    rung = await start("good")
    assert rung.worker_pid is None
    reply = await rung.attempt(outbound(), Steps())
    assert rung.state == "ready"
    assert reply.usage.cpu_seconds is not None


async def test_a_worker_that_dies_is_started_again_elsewhere(start: Start) -> None:
    rung = await start("good")
    first = await rung.ready()
    assert rung.worker_pid
    os.kill(rung.worker_pid, signal.SIGKILL)
    await asyncio.wait_for(_until(lambda: rung.restarts == 1 and rung.state == "ready"), 10)
    assert (await rung.ready()).url != first.url


@pytest.mark.parametrize(
    ("model", "why"), [("refuses", "bad parameters"), ("mute", "it said nothing")]
)
async def test_a_worker_that_cannot_start_is_tried_again_and_says_why(
    start: Start, model: str, why: str
) -> None:
    rung = await start(model, ready_timeout_s=0.5)
    with pytest.raises(UpstreamError, match=why) as refusal:
        await rung.attempt(outbound(), Steps())
    assert refusal.value.kind == "connect"
    assert rung.restarts >= 1


async def test_a_missing_runtime_is_told_once_with_the_command_that_installs_it(
    start: Start,
) -> None:
    rung = await start("no-runtime")
    with pytest.raises(UpstreamError, match="runtime is not installed"):
        await rung.ready()
    assert (rung.state, rung.restarts) == ("failed", 0)


async def test_a_damaged_file_never_reaches_the_worker(tmp_path: Path, tiny: bytes) -> None:
    (tmp_path / "m.gguf").write_bytes(tiny)
    rung = embedded(tmp_path / "m.gguf", sha256="0" * 64, command=("/nonexistent",))
    await rung.start()
    with pytest.raises(UpstreamError, match="SHA-256"):
        await rung.ready()
    assert rung.state == "failed"
    await rung.stop()


async def test_a_stopped_rung_has_no_worker_left(start: Start) -> None:
    rung = await start("good")
    await rung.ready()
    await rung.stop()
    assert rung.worker_pid is None
    assert rung.state == "stopped"


async def test_more_answers_than_places_are_refused_as_the_callers_fault(start: Start) -> None:
    rung = await start("good")
    with pytest.raises(UpstreamError, match="n is 3, at most 2") as refusal:
        await rung.attempt(outbound(n=3), Steps())
    assert refusal.value.kind == "rejected"


async def _until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0.01)


USER = {"role": "user", "content": "Quelle heure est-il ?"}


def prepared(tmp_path: Path, tiny: bytes, **body: Any) -> dict[str, Any]:
    (tmp_path / "m.gguf").write_bytes(tiny)
    return embedded(tmp_path / "m.gguf").prepare(outbound(), {"messages": [USER], **body})


def test_a_request_without_a_system_message_gets_the_models_own_in_its_language(
    tmp_path: Path, tiny: bytes
) -> None:
    system, user = prepared(tmp_path, tiny)["messages"]
    assert system == {"role": "system", "content": "Tu réponds en français, en une phrase."}
    assert user == USER
    english = prepared(tmp_path, tiny, messages=[{"role": "user", "content": "What is it?"}])
    assert "English" in english["messages"][0]["content"]


@pytest.mark.parametrize("role", ["system", "developer"])
def test_the_callers_own_system_message_stands_alone(
    tmp_path: Path, tiny: bytes, role: str
) -> None:
    own = {"role": role, "content": "Be brief."}
    messages = prepared(tmp_path, tiny, messages=[own, USER])["messages"]
    assert messages == [{"role": "system", "content": "Be brief."}, USER]


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({}, {"max_tokens": 256, "temperature": 0.2}),
        ({"max_tokens": 5}, {"max_tokens": 5}),
        ({"max_completion_tokens": 7}, {"max_completion_tokens": 7}),
        ({"temperature": 1.5}, {"temperature": 1.5}),
        ({"logprobs": True}, {"top_logprobs": 1}),
        ({"logprobs": True, "top_logprobs": 5}, {"top_logprobs": 5}),
    ],
)
def test_what_the_caller_leaves_open_is_filled_in(
    tmp_path: Path, tiny: bytes, sent: dict[str, Any], found: dict[str, Any]
) -> None:
    assert found.items() <= prepared(tmp_path, tiny, **sent).items()


def test_keys_that_only_llama_cpp_knows_do_not_pass(tmp_path: Path, tiny: bytes) -> None:
    body = prepared(tmp_path, tiny, id_slot=0, lora=[{"id": 0}], grammar="x", seed=1)
    assert body["seed"] == 1
    assert not {"id_slot", "lora", "grammar"} & body.keys()
