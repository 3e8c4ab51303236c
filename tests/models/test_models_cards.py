from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sobre.adapters.data import catalogue
from sobre.adapters.providers.cards import card
from sobre.config import RungConfig
from sobre.core.zone import Zone
from sobre.errors import ConfigError

KNOWN = catalogue()


@pytest.mark.parametrize(
    ("rung", "zone", "level"),
    [
        (RungConfig(provider="embedded", model="qwen2.5-coder-0.5b"), Zone.MACHINE, 2),
        (RungConfig(provider="ollama", model="qwen3:8b"), Zone.MACHINE, 2),
        (RungConfig(provider="ollama", model="x", url="http://[::1]:11434/v1"), Zone.MACHINE, 2),
        (RungConfig(provider="vllm", model="x", url="http://10.0.0.3:8000/v1"), Zone.COMPANY, 2),
        (RungConfig(provider="ollama", model="gpt-oss:120b-cloud"), Zone.ABROAD, 4),
        (RungConfig(provider="scaleway", model="gpt-oss-120b"), Zone.EU_SOVEREIGN, 3),
        (RungConfig(provider="openai", model="gpt-5"), Zone.ABROAD, 4),
        (RungConfig(url="http://127.0.0.1:9/v1", model="x"), Zone.ABROAD, 4),
        (RungConfig(url="https://ia.example/v1", model="x", zone="company"), Zone.COMPANY, 2),
        (RungConfig(provider="mistral", model="x", zone="eu-hosted", level=4), Zone.EU_HOSTED, 4),
        (
            RungConfig(provider="mistral", model="x", url="https://api.example.com/v1"),
            Zone.ABROAD,
            4,
        ),
        (
            RungConfig(provider="mistral", model="x", url="https://api.mistral.ai/v2"),
            Zone.EU_HOSTED,
            3,
        ),
        (RungConfig(provider="vllm", model="x", url="http://10.0.0.7:8000/v1"), Zone.COMPANY, 2),
        (RungConfig(provider="vllm", model="x", url="http://gpu:8000/v1"), Zone.COMPANY, 2),
        (RungConfig(provider="vllm", model="x", url="https://gpu.example.com/v1"), Zone.ABROAD, 4),
        (RungConfig(provider="vllm", model="x", url="http://8.8.8.8:8000/v1"), Zone.ABROAD, 4),
    ],
)
def test_the_zone_is_the_configured_one_else_the_providers_else_the_farthest(
    rung: RungConfig, zone: Zone, level: int
) -> None:
    found = card("r", rung, KNOWN)
    assert (found.zone, found.level) == (zone, level)


def test_what_the_configuration_says_wins_over_the_catalogue() -> None:
    rung = RungConfig(
        provider="scaleway", model="gpt-oss-120b", price_in=9.0, context_tokens=1000,
        total_params_b=7.0, features=("n",), hardware="cpu", threads=3, electricity="DEU",
    )  # fmt: skip
    found = card("r", rung, KNOWN)
    assert found.price_in == 9.0
    assert found.price_out == 0.6
    assert (found.model.context_tokens, found.model.total_params) == (1000, (7.0, 7.0))
    assert (found.features, found.hardware, found.threads) == (frozenset({"n"}), "cpu", 3)
    assert found.electricity == "DEU"


def test_a_model_nobody_knows_has_an_unknown_size_context_and_price() -> None:
    found = card("r", RungConfig(provider="ollama", model="mine:latest"), KNOWN)
    assert found.model.total_params is None
    assert found.model.context_tokens is None
    assert found.price_in is None
    assert found.electricity is None


def test_the_embedded_model_runs_on_the_processor_for_nothing_in_a_bounded_window() -> None:
    found = card("embedded", RungConfig(provider="embedded", model="qwen2.5-coder-0.5b"), KNOWN)
    assert (found.hardware, found.price_in, found.price_out) == ("cpu", 0.0, 0.0)
    assert found.threads >= 1
    assert found.model.context_tokens == 8192
    assert found.model.bytes_per_weight * 0.494e9 == pytest.approx(491400064)


def test_a_file_of_ones_own_is_described_by_its_own_header(tmp_path: Path, tiny: bytes) -> None:
    (tmp_path / "mine.gguf").write_bytes(tiny)
    found = card("m", RungConfig(provider="embedded", path="mine.gguf"), KNOWN, base=tmp_path)
    assert found.model.name == "mine"
    assert found.model.total_params == (8e-9, 8e-9)
    assert (found.model.context_tokens, found.model.licence) == (128, "mit")


def test_a_provider_that_serves_vectors_says_so_for_that_model_only() -> None:
    embed = card("e", RungConfig(provider="mistral", model="mistral-embed"), KNOWN)
    assert {o.value for o in embed.operations} == {"embed"}


def test_an_unknown_provider_is_told_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="Known: embedded, ollama"):
        card("r", RungConfig(provider="mistrall", model="x"), KNOWN)


@pytest.mark.parametrize(
    ("provider", "model", "total", "active", "bytes_per_weight"),
    [
        ("ollama", "acme-30b-a3b", (30, 30), (3, 3), 4.89 / 8),
        ("ollama", "acme:7b-q8_0", (7, 7), (7, 7), 8.5 / 8),
        ("openai-style", "acme/Acme-7B-Instruct-FP8", (7, 7), (7, 7), 1.0),
    ],
)
def test_a_model_nobody_lists_has_the_size_its_name_states(
    provider: str, model: str, total: Any, active: Any, bytes_per_weight: float
) -> None:
    url = "http://127.0.0.1:9/v1"
    got = card("r", RungConfig(provider=provider, model=model, url=url), KNOWN).model
    assert got.total_params == pytest.approx(total, rel=0.25)
    assert got.active_params == pytest.approx(active, rel=0.25)
    assert got.bytes_per_weight == pytest.approx(bytes_per_weight)


def test_a_name_that_says_nothing_leaves_the_size_unknown() -> None:
    block = RungConfig(provider="openai-style", model="zorglub", url="http://127.0.0.1:9/v1")
    got = card("r", block, KNOWN).model
    assert got.total_params is None
    assert got.active_params is None
