"""The real process for real clients: once over a fake upstream, once over a real model."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.serving import Process, rung, serve, upstream_thread
from support.upstream import Upstream, refusing_url

MODEL = Path(os.environ.get("SOBRE_TEST_MODEL", ".sobre-test/smollm2.gguf"))
_said: list[str] = []


@pytest.fixture(scope="session")
def upstream() -> Iterator[Upstream]:
    with upstream_thread() as up:
        yield up


@pytest.fixture(scope="session")
def gateway(upstream: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """``sobre serve`` over an upstream that repeats what it is told, and over some that fail."""
    up = upstream
    up.retry_after = "30"
    with refusing_url() as gone:
        blocks = (
            rung("echo", up.url, zone="eu-sovereign"),
            rung("caller", up.at("tools")),
            rung("shaped", up.at("json-schema")),
            rung("likely", up.at("logprobs"), features=["logprobs"]),
            rung("many", up.at("choices"), features=["n"]),
            rung("busy", up.at("429")),
            rung("broken", up.at("cut")),
            rung("down", gone),
            rung("slow", up.at("drip")),
            '[aliases]\nfirm = "echo"\n',
        )
        with serve(tmp_path_factory.mktemp("gateway"), *blocks) as sobre:
            yield sobre


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """``sobre serve`` with a real small model on this machine."""
    if not MODEL.is_file():
        pytest.skip(f"no model at {MODEL}: run ./bootstrap --dev, or set SOBRE_TEST_MODEL")
    pytest.importorskip("xllamacpp")
    block = f'[rungs.embedded]\npath = "{MODEL.resolve()}"\nthreads = 1\ncontext_tokens = 2048\n'
    with serve(tmp_path_factory.mktemp("embedded"), block) as sobre:
        yield sobre


@pytest.fixture
def note(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """What a test wants to be read of its run."""
    told: list[str] = []
    yield told
    _said.extend(f"{request.node.name}: {line}" for line in told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _said:
        terminalreporter.section("real clients against the real process")
        for line in _said:
            terminalreporter.write_line(line)
