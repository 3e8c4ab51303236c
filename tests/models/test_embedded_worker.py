"""The worker process by itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.model

PARENT = """
import json, subprocess, sys, time
worker = subprocess.Popen(
    [sys.executable, "-m", "sobre.adapters.providers.llama_worker"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
)
worker.stdin.write(json.dumps(json.loads(sys.argv[1])).encode() + b"\\n")
worker.stdin.flush()
print(worker.pid, worker.stdout.readline().decode(), flush=True)
time.sleep(60)
"""


def options(model: Path, key: str = "k") -> dict[str, object]:
    sizes = {"parallel": 1, "context": 256, "threads": 1}
    return {"path": str(model), "model": "m", "key": key, **sizes}


def test_a_gateway_that_is_killed_leaves_no_worker(real_model: Path) -> None:
    command = [sys.executable, "-c", PARENT, json.dumps(options(real_model))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid, answer = parent.stdout.readline().split(maxsplit=1)
        assert "url" in json.loads(answer)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    deadline = time.monotonic() + 10
    while _alive(int(pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(int(pid))


def test_the_worker_writes_nothing_of_what_is_asked(real_model: Path) -> None:
    secret = "zebra-42-secret"
    command = [sys.executable, "-m", "sobre.adapters.providers.llama_worker"]
    with subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1) as worker:
        assert worker.stdin
        assert worker.stdout
        assert worker.stderr
        worker.stdin.write(json.dumps(options(real_model, key=secret)).encode() + b"\n")
        worker.stdin.flush()
        url = json.loads(worker.stdout.readline())["url"]
        for body in (
            {"messages": [{"role": "user", "content": secret}], "max_tokens": 1},
            {"messages": [{"role": secret, "content": 1}], "grammar": f"root ::= {secret} ("},
        ):
            request = urllib.request.Request(
                f"{url}/v1/chat/completions",
                data=json.dumps(body).encode(),
                headers={"Authorization": f"Bearer {secret}", "Content-Type": "application/json"},
            )
            try:
                urllib.request.urlopen(request, timeout=30).close()
            except urllib.error.HTTPError as refusal:
                refusal.close()
        shown = Path(f"/proc/{worker.pid}/cmdline").read_bytes()
        worker.stdin.close()
        said = worker.stdout.read() + worker.stderr.read() + shown
    assert secret.encode() not in said


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
