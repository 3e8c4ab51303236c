"""A running Sobre with an echo for a model, and a client that calls it in process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from sobre.adapters.providers.fake import Echo
from sobre.app import App, new_key, open_app
from sobre.config import Config, Data
from sobre.core.ports import Rung
from sobre.web.server import Server
from support.client import Call, caller


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Override it to test other settings."""
    return Config(electricity="FRA", data=Data(dir=str(tmp_path / "data")))


@pytest.fixture
def rungs() -> Sequence[Rung]:
    """Override it to answer with something else."""
    return [Echo()]


@pytest.fixture
async def app(config: Config, rungs: Sequence[Rung]) -> AsyncIterator[App]:
    async with open_app(config, rungs=rungs) as opened:
        yield opened


@pytest.fixture
def server(app: App) -> Server:
    return Server(app)


@pytest.fixture
def key(app: App) -> str:
    return new_key(app.state, "tests")


@pytest.fixture
def call(server: Server, key: str) -> Call:
    """See ``support.client.Call``."""
    return caller(server, key)
