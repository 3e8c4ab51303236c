"""What an exchange is set beside: the local reference, and the costliest rung it might have had."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from sobre.adapters.providers.fake import CARD, Echo
from sobre.app import new_key, open_app
from sobre.config import Config, Data
from sobre.core.exchange import ModelCard, RungCard
from sobre.core.ports import Rung
from sobre.core.zone import Zone
from sobre.web.server import Server
from support.client import caller


def card(name: str, level: int, zone: Zone, billions: float, **fields: Any) -> RungCard:
    model = ModelCard(f"{name}-1", (billions,) * 2, (billions,) * 2, 100_000, None)
    known = {"hardware": "gpu", "threads": 0, "electricity": "FRA", **fields}
    return dataclasses.replace(CARD, name=name, level=level, zone=zone, model=model, **known)


SMALL = card("small", 2, Zone.COMPANY, 1)
TOP = card("top", 3, Zone.EU_SOVEREIGN, 400)


async def answered(folder: Path, model: str, *cards: RungCard) -> dict[str, Any]:
    """The record of one question, as the ledger keeps it."""
    config = Config(electricity="FRA", data=Data(dir=str(folder)))
    rungs: list[Rung] = [Echo(one) for one in cards]
    async with open_app(config, rungs=rungs) as app:
        call = caller(Server(app), new_key(app.state, f"test of {model}", role="app"))
        body = {"model": model, "messages": [{"role": "user", "content": "Hello"}]}
        told = (await call("POST", "/v1/chat/completions", json=body)).json["sobre"]
        page = app.book.get(told["exchange"])
    assert page is not None
    record = page.entry.record
    assert told["compared"] == record["compared"]
    return record


async def test_a_rung_asked_for_is_compared_with_the_local_one(tmp_path: Path) -> None:
    record = await answered(tmp_path, "top", SMALL, TOP)
    assert record["compared"]["rung"] == "small"
    assert record["compared"]["level"] == 2
    assert record["compared"]["times"] > 10
    assert record["avoided"] is None


async def test_the_lowest_rung_tells_what_the_costliest_would_have_emitted(tmp_path: Path) -> None:
    record = await answered(tmp_path, "auto", SMALL, TOP)
    whole = await answered(tmp_path, "top", SMALL, TOP)
    assert record["compared"] is None
    assert record["avoided"]["against"] == "top"
    assert record["avoided"]["gwp"]["mid"] == pytest.approx(whole["impact"]["use"]["gwp"]["mid"])
    assert record["impact"]["gwp"]["mid"] < record["avoided"]["gwp"]["mid"]


async def test_what_cannot_be_computed_is_compared_with_nothing(tmp_path: Path) -> None:
    unknown = card("odd", 3, Zone.EU_SOVEREIGN, 8, hardware="tpu")
    record = await answered(tmp_path, "auto", SMALL, unknown)
    assert record["avoided"] is None
    record = await answered(tmp_path / "named", "odd", SMALL, unknown)
    assert record["compared"] is None
