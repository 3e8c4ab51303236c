"""OpenAI's official JavaScript client, in Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from support.serving import Process

CLIENTS = Path(__file__).parents[1] / "clients"

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(120)]


def test_the_javascript_client_is_served(gateway: Process, note: list[str]) -> None:
    node = shutil.which("node")
    if node is None or not (CLIENTS / "node_modules" / "openai").is_dir():
        pytest.skip("needs Node and `npm ci --ignore-scripts` in tests/clients")
    done = subprocess.run(
        [node, "ask.mjs", gateway.v1, gateway.key],
        cwd=CLIENTS,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    models = told.pop("models")
    assert {"auto", "firm", "echo"} <= set(models)
    assert told == {
        "chat": "echo",
        "stream": "echo",
        "tools": "look_up",
        "schema": {"name": "Bonjour, ça va ?"},
        "n": 2,
        "embeddings": [2, 4],
        "responses": "Bonjour, ça va ?",
        "wrongKey": [401, "invalid_api_key"],
        "unknownModel": [404, "model_not_found"],
        "badParameter": [400, "decimal_out_of_range"],
        "down": [502, "no_rung_left"],
        "busy": [429, "rate_limit_exceeded"],
        "stopped": True,
    }
    note.append(f"{len(told)} things asked")
