"""``sobre batches`` over the store of a data folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sobre.adapters.providers.fake import Echo
from sobre.cli import main
from support.batching import JumpingClock, bench, hours, request


@pytest.fixture
async def batch(tmp_path: Path) -> dict[str, Any]:
    """One that waits for its hour."""
    clock = JumpingClock()
    async with bench(tmp_path, clock, [Echo()], series=hours(100, 100, 20, 90)) as b:
        made = await b.order(request("a"))
        return await b.settled(made["id"])


def run(folder: Path, *words: str, lang: str = "en") -> int:
    return main(["--data-dir", str(folder / "data"), "--lang", lang, *words])


@pytest.mark.parametrize("words", [("batches",), ("batches", "list")])
def test_batches_are_listed(
    tmp_path: Path, batch: dict[str, Any], capsys: pytest.CaptureFixture[str], words: Any
) -> None:
    assert run(tmp_path, *words, lang="fr") == 0
    head, row = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["lot", "statut", "état"]
    assert batch["id"] in row
    assert "en attente" in row
    assert "0 sur 1" in row


def test_one_batch_is_shown_and_cancelled(
    tmp_path: Path, batch: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "batches", "show", batch["id"]) == 0
    assert "about 20 gCO₂e/kWh" in capsys.readouterr().out
    assert run(tmp_path, "batches", "cancel", batch["id"]) == 0
    capsys.readouterr()
    assert run(tmp_path, "batches", "show", batch["id"], "--json") == 0
    assert json.loads(capsys.readouterr().out)["status"] == "cancelling"


def test_an_unknown_batch_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "batches", "show", "batch_x") == 2
    assert "batch_x" in capsys.readouterr().err
