"""The worker's life, with a stand-in for llama.cpp."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import pytest
from embedded_calls import FAKE_WORKER, Echo, Steps, embedded, outbound, over_echo

from sobre import messages
from sobre.adapters.models import Located
from sobre.adapters.providers import embedded as module
from sobre.adapters.providers.openai_style import Prepare
from sobre.core.exchange import Outbound, Reply
from sobre.core.ports import Sink
from sobre.errors import ModelFileError, UpstreamError


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


class Mute(Echo):
    """A rung that never answers."""

    async def attempt(self, _asked: Outbound, _sink: Sink) -> Reply:
        await asyncio.Event().wait()
        raise AssertionError("nothing wakes it")


async def test_waiting_for_a_turn_counts_toward_the_time_limit(start: Start) -> None:
    def mute(url: str, key: str, prepare: Prepare) -> Mute:
        return Mute(over_echo(url, key, prepare).card, url)

    rung = await start("good", connect=mute, parallel=1, time_limit_s=0.2)
    await rung.ready()
    calls = [rung.attempt(outbound(), Steps()) for _ in range(3)]
    ended = await asyncio.wait_for(asyncio.gather(*calls, return_exceptions=True), 5)
    failures = [end for end in ended if isinstance(end, UpstreamError)]
    assert [failure.kind for failure in failures] == ["timeout"] * 3
    told = [messages.reason(f.message, "fr") for f in failures]
    assert told.count("aucun tour n’est venu dans la limite de temps") == 2
    assert [failure.computed for failure in failures].count(False) == 2


async def test_loading_counts_toward_the_time_limit(start: Start) -> None:
    rung = await start("sleeps", time_limit_s=0.2)
    with pytest.raises(UpstreamError) as failure:
        await rung.attempt(outbound(), Steps())
    assert (failure.value.kind, failure.value.computed) == ("timeout", False)


@pytest.mark.parametrize("first", [None, b"damaged"])
async def test_a_model_file_that_comes_after_the_start_is_used_and_its_lack_told_once(
    tmp_path: Path,
    tiny: bytes,
    first: bytes | None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(module, "_LOOK_SECONDS", 0.01)
    monkeypatch.setattr(module, "_LOOKS", 3)
    path = tmp_path / "m.gguf"
    if first is not None:
        path.write_bytes(first)
    rung = embedded(path, "good", sha256=sha256(tiny).hexdigest(), command=FAKE_WORKER)
    here = Located(path, "m", sha256(tiny).hexdigest())
    rung._file = lambda: here if path.exists() else missing()
    await rung.start()
    with pytest.raises(UpstreamError):
        await rung.ready()
    await asyncio.sleep(0.1)  # several looks, of which none is told
    path.write_bytes(tiny)
    await asyncio.wait_for(_until(lambda: rung.state == "ready"), 10)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    await rung.stop()


def missing() -> Located:
    raise ModelFileError("not here", key="error.model_not_here", params={"name": "m"})


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
