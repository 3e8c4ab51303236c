"""The real process killed in the middle of a batch: it goes on, loses no line and repeats none."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import openai
import pytest

from support.batching import jsonl, request
from support.serving import command, ledger, rung, start, upstream_thread, write_config

LINES, KILLS, PLACES = 60, 3, 3

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(180)]


def test_a_batch_goes_on_after_every_kill_and_repeats_no_finished_line(tmp_path: Path) -> None:
    key, batch_id = "", ""
    with upstream_thread() as up:
        up.interval_s = 0.003
        settings = f"[batches]\nparallel = {PLACES}\nseconds_per_line = 0.1\n"
        write_config(tmp_path, settings, rung("near", up.at("drip")))
        for life in range(KILLS + 1):
            sobre = start(tmp_path, key)
            key = sobre.key
            with openai.OpenAI(base_url=sobre.v1, api_key=key, max_retries=0) as client:
                if not batch_id:
                    batch_id = _order(client)
                if life < KILLS:
                    _wait(client, batch_id, LINES * (life + 1) // (KILLS + 2))
                    sobre.kill()
                else:
                    done = _wait(client, batch_id, LINES)
                    output = client.files.content(done.output_file_id).text
                    assert sobre.stop() == 0, sobre.log
            assert sobre.popen.stdout is not None
            sobre.popen.stdout.close()
        named = Counter(str(received.text) for received in up.requests)
    assert done.status == "completed"
    assert done.error_file_id is None
    names = [json.loads(line)["custom_id"] for line in output.splitlines()]
    assert names == [f"line-{i}" for i in range(LINES)]
    again = sum(count - 1 for count in named.values())
    assert len(named) == LINES
    assert again <= KILLS * PLACES, named
    outcomes = Counter(line["outcome"] for line in ledger(tmp_path))
    assert LINES + again <= outcomes.total() <= LINES + KILLS * PLACES
    assert command(tmp_path, "ledger", "verify").returncode == 0
    print(f"\n{KILLS} kills, {LINES} lines, {again} run again, {dict(outcomes)}")


def _order(client: openai.OpenAI) -> str:
    wanted = [
        request(
            f"line-{i}", body={"model": "near", "messages": [{"role": "user", "content": text}]}
        )
        for i, text in enumerate(f"number {i}" for i in range(LINES))
    ]
    file = client.files.create(file=("in.jsonl", jsonl(*wanted)), purpose="batch")
    made = client.batches.create(
        input_file_id=file.id,
        endpoint="/v1/chat/completions",
        completion_window="24h",
        metadata={"sobre_defer": "no"},
    )
    return made.id


def _wait(client: openai.OpenAI, name: str, lines: int) -> Any:
    """Until so many lines are done; for all of them, until the batch has ended."""
    while True:
        found = client.batches.retrieve(name)
        done = found.request_counts.completed if found.request_counts else 0
        if found.status == "completed" or (lines < LINES and done >= lines):
            return found
        assert found.status in ("validating", "in_progress", "finalizing")
        time.sleep(0.02)
