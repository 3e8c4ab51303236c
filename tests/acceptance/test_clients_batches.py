"""OpenAI's official Python client sends files, has them run, and fetches what came of it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import openai
import pytest

from support.batching import jsonl, request
from support.serving import Process, command

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(120)]


@pytest.fixture
def client(gateway: Process) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=gateway.v1, api_key=gateway.key, max_retries=0) as made:
        yield made


def line(name: str, model: str = "echo") -> dict[str, Any]:
    body = {"model": model, "messages": [{"role": "user", "content": f"Bonjour {name}"}]}
    return request(name, body=body)


def order(client: openai.OpenAI, *lines: dict[str, Any], **metadata: str) -> Any:
    file = client.files.create(file=("demandes été.jsonl", jsonl(*lines)), purpose="batch")
    return client.batches.create(
        input_file_id=file.id,
        endpoint="/v1/chat/completions",
        completion_window="24h",
        metadata=metadata,
    )


def ended(client: openai.OpenAI, name: str) -> Any:
    for _ in range(400):
        found = client.batches.retrieve(name)
        if found.status in ("completed", "failed", "cancelled", "expired"):
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def test_a_file_is_sent_listed_fetched_and_deleted(client: openai.OpenAI) -> None:
    data = jsonl(line("a"))
    sent = client.files.create(
        file=("a.jsonl", data),
        purpose="batch",
        expires_after={"anchor": "created_at", "seconds": 3600},
    )
    assert sent.expires_at == sent.created_at + 3600
    assert client.files.retrieve(sent.id).bytes == len(data)
    assert sent.id in [file.id for file in client.files.list()]
    assert client.files.content(sent.id).read() == data
    assert client.files.delete(sent.id).deleted
    with pytest.raises(openai.NotFoundError):
        client.files.retrieve(sent.id)


def test_a_batch_runs_to_its_end(client: openai.OpenAI, note: list[str]) -> None:
    made = order(client, line("a"), line("b"), line("c", "nobody"), sobre_defer="no")
    assert made.status == "validating"
    done = ended(client, made.id)
    assert done.status == "completed"
    assert (done.request_counts.total, done.request_counts.failed) == (3, 1)
    answers = [json.loads(one) for one in client.files.content(done.output_file_id).iter_lines()]
    said = {
        one["custom_id"]: one["response"]["body"]["choices"][0]["message"]["content"]
        for one in answers
    }
    assert said == {"a": "Bonjour a", "b": "Bonjour b"}
    (refused,) = client.files.content(done.error_file_id).iter_lines()
    assert json.loads(refused)["response"]["body"]["error"]["code"] == "model_not_found"
    assert done.usage is not None
    assert done.usage.total_tokens == 36
    assert made.id in [batch.id for batch in client.batches.list(limit=1)]
    note.append(str(done.model_extra["sobre"]["impact"]["shown"]))


def test_a_batch_that_waits_is_cancelled(client: openai.OpenAI, gateway: Process) -> None:
    made = order(client, *(line(str(i), "slow") for i in range(500)), sobre_defer="no")
    assert client.batches.cancel(made.id).status == "cancelling"
    done = ended(client, made.id)
    assert done.status == "cancelled"
    listed = command(gateway.folder, "batches", "list", "--json")
    assert made.id in [batch["id"] for batch in json.loads(listed.stdout)]
    shown = command(gateway.folder, "batches", "show", made.id)
    assert "cancelled" in shown.stdout
    refused = command(gateway.folder, "batches", "cancel", made.id)
    assert refused.returncode == 2
    assert "ended already" in refused.stderr
