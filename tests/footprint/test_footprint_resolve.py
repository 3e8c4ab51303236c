"""From names, prices and speeds to sizes, and which statement goes before which."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from footprint_cases import factors
from hypothesis import given, settings
from hypothesis import strategies as st

from sobre.footprint.errors import FootprintInputError
from sobre.footprint.resolve import (
    GENERIC_ACTIVE,
    GENERIC_TOTAL,
    SPARSITY,
    Description,
    Registry,
    Resolved,
    folded_names,
    resolve,
)

NOTHING_KNOWN = Registry()


def text() -> bytes:
    return (files("sobre.footprint") / "data" / "models.json").read_bytes()


@cache
def registry() -> Registry:
    return Registry.from_json(text())


def named(name: str, known: Registry | None = None) -> Resolved:
    return resolve(Description(name=name), registry() if known is None else known)


@pytest.mark.parametrize(
    ("name", "total", "active"),
    [
        ("acme-7b", 7, 7),
        ("acme-135m-instruct", 0.135, 0.135),
        ("acme:0.5b", 0.5, 0.5),
        ("acme-70b-instruct-q4_K_M", 70, None),
        ("stablelm-2-1_6b-chat", 1.6, 1.6),
        ("acme-v3p1-8b", 8, 8),
        ("command-r7b-12-2024", 7, 7),
        ("acme-8x7b", 46.5, 12.9),
        ("acme-8x22b-v0.1", 146, 40),
        ("acme-30B-A3B", 30, 3),
        ("acme-1T-A32B", 1000, 32),
        ("acme-480B-A35B-FP8", 480, 35),
        ("acme-A22B", None, 22),
        ("acme-E4B-it", 8.4, 4),
        ("acme-17B-16E", None, 17),
        ("acme-7b-instruct-1m", 7, 7),
        ("acme-8b-128k", 8, 8),
        ("TinyAcme-1.1B-step-1431k-3T", 1.1, 1.1),
    ],
)
def test_a_name_alone_states_sizes(name: str, total: float | None, active: float | None) -> None:
    found = named(name, NOTHING_KNOWN)
    assert found.source == "name"
    if total is not None:
        assert found.total.mid == pytest.approx(total, rel=0.02)
        assert found.total.low <= total <= found.total.high
    if active is not None:
        assert found.active.mid == pytest.approx(active, rel=0.02)


def test_mini_and_nano_are_no_sizes() -> None:
    assert named("acme-mini", NOTHING_KNOWN).known == "no"
    assert named("gpt-9-nano").tier == "D"
    assert named("gpt-9-nano").total.high < named("gpt-9").total.low


@pytest.mark.parametrize(
    ("name", "bits"),
    [
        ("acme-8b-q4_K_M", 4.89),
        ("acme-8b.Q8_0.gguf", 8.5),
        ("hf.co/acme/acme-8b-GGUF:UD-Q4_K_XL", 4.89),
        ("acme-8b-IQ4_XS", 4.46),
        ("acme-8b-FP8-dynamic", 8.0),
        ("acme-8b-fp16", 16.0),
        ("acme-8b-MXFP4", 4.25),
        ("acme-8b-AWQ", 4.0),
        ("acme-8b-GPTQ-Int8", 8.0),
        ("acme-8b-w8a8", 8.0),
        ("acme-8b-4bit", 4.0),
        ("gpt-oss-20b", 4.25),
    ],
)
def test_a_name_states_bits(name: str, bits: float) -> None:
    found = named(name)
    assert (found.bits, found.bits_known) == (bits, True)


def test_bits_nobody_states_are_sixteen_and_said_unknown() -> None:
    found = named("llama-3.1-8b")
    assert (found.bits, found.bits_known) == (16.0, False)


@pytest.mark.parametrize(
    ("name", "bits"),
    [("qwen3:8b", 4.89), ("mistral:latest", 4.89), ("qwen3:8b-fp16", 16.0), ("qwen3-8b", 16.0),
     ("all-minilm:33m", 16.0), ("gpt-oss:20b", 4.25), ("qwen3-vl:235b-cloud", 16.0)],
)  # fmt: skip
def test_a_name_as_ollama_writes_it_has_the_bits_that_it_serves(name: str, bits: float) -> None:
    assert named(name).bits == bits


@pytest.mark.parametrize(
    ("spelt", "plain"),
    [
        ("openrouter/mistralai/mistral-large-2512", "mistral-large-3"),
        ("azure/gpt-4o", "gpt-4o"),
        ("gpt4o", "gpt-4o"),
        ("gpt-4o-2024-08-06", "gpt-4o"),
        ("us.deepseek.r1-v1:0", "deepseek-r1"),
        ("deepseek.v3-v1:0", "deepseek-v3"),
        ("deepseek.v3.2", "deepseek-v3.2"),
        ("xai.grok-4", "grok-4"),
        ("bedrock/anthropic.claude-3-5-sonnet-20240620-v1:0", "claude-3.5-sonnet"),
        ("claude-sonnet-3.5", "claude-3-5-sonnet"),
        ("us.anthropic.claude-opus-4-5-20251101-v1:0", "claude-opus-4.5"),
        ("vertex_ai/claude-sonnet-4@20250514", "claude-4-sonnet"),
        ("eu.meta.llama3-1-70b-instruct-v1:0", "llama-3.1-70b"),
        ("models/gemini-2.5-pro-preview-05-06", "gemini-2.5-pro"),
        ("@cf/meta/llama-3.1-8b-instruct-fp8", "llama-3.1-8b"),
        ("accounts/fireworks/models/llama-v3p1-8b-instruct", "llama3.1:8b"),
        ("groq/llama-3.3-70b-versatile", "llama-3.3-70b"),
        ("huggingface_hub/mistralai/Mixtral-8x7B-Instruct-v0.1", "mixtral:8x7b"),
        ("z-ai/glm-4.5-air:free", "glm-4.5-air"),
        ("/srv/models/Llama-3.2-3B-Instruct-Q4_K_M.gguf", "llama3.2:3b"),
        ("C:\\models\\mistral-7b-instruct-v0.3.Q8_0.gguf", "mistral:7b"),
        ("/cache/models--Qwen--Qwen3-8B/snapshots/abc", "qwen3-8b"),
        ("swiss-ai/Apertus-70B-Instruct-2509:publicai", "apertus-70b"),
    ],
)
def test_spellings_of_one_model_are_one(spelt: str, plain: str) -> None:
    one, other = named(spelt), named(plain)
    assert one.source == other.source == "registry"
    assert (one.total, one.active) == (other.total, other.active)


def test_near_names_of_other_sizes_are_not_the_same_model() -> None:
    assert named("qwen2-57b").total.mid > 50
    assert named("qwen2.5-7b").total.mid < 8
    assert named("deepseek-r1-distill-qwen-32b").total.mid == 32
    assert named("acme-merge-of-deepseek-r1-9b").total.mid == 9
    assert named("Qwen3.5-27B-Claude-4.6-Opus-Distilled").total.mid < 28


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("llama3.2", 3.21),
        ("llama3.2:latest", 3.21),
        ("mixtral", 46.7),
        ("deepseek-r1:latest", 8.19),
        ("deepseek-r1", 678),
        ("mistral-small:latest", 23.6),
        ("qwen3-coder:latest", 30.5),
        ("gemma3", 4.3),
    ],
)
def test_an_ollama_name_without_a_size_is_its_default(name: str, total: float) -> None:
    assert named(name).total.mid == pytest.approx(total, rel=0.01)


def test_a_closed_models_size_is_a_range_and_known_in_part() -> None:
    found = named("gpt-4o")
    assert (found.active.low, found.active.high, found.known) == (44, 132, "partly")
    assert "EcoLogits 0.11.3" in found.note


def test_a_name_of_a_known_family_is_its_class() -> None:
    found = named("claude-opus-9")
    assert (found.source, found.tier) == ("name", "C")
    assert "assumption" in found.note


def test_an_unknown_name_is_any_model() -> None:
    found = named("our-assistant")
    assert (found.source, found.known, found.tier) == ("generic", "no", "D")
    assert found.as_size().active == GENERIC_ACTIVE


def test_the_generic_range_is_the_factors_own() -> None:
    table = factors()
    assert table.interval("generic.active") == GENERIC_ACTIVE
    assert table.interval("generic.total") == GENERIC_TOTAL
    assert table.value("generic.sparsity") == SPARSITY


def test_price_or_speed_serve_where_the_name_does_not() -> None:
    cheap = resolve(Description(name="our-assistant", price=0.1), registry())
    dear = resolve(Description(name="our-assistant", price=15), registry())
    fast = resolve(Description(tokens_per_second=300), registry())
    slow = resolve(Description(latency=0.1), registry())
    assert (cheap.source, slow.source, slow.tier) == ("price", "latency", "D")
    assert cheap.active.mid < dear.active.mid
    assert fast.active.mid < slow.active.mid
    assert resolve(Description(name="llama3.2", price=15), registry()).source == "registry"


def test_a_file_that_contradicts_its_name_is_believed_and_said() -> None:
    head = {"parameters": 494_032_768, "file_bytes": 491_400_064}
    found = resolve(Description(name="llama-3.1-8b", gguf=head), registry())
    assert found.source == "gguf"
    assert found.total.mid == pytest.approx(0.494, rel=0.01)
    assert "the count is taken" in found.note


def test_a_file_that_agrees_adds_its_bits_to_the_published_size() -> None:
    head = {"parameters": 30_532_122_624, "experts": 128, "file_bytes": 18_556_686_912}
    found = resolve(Description(name="qwen3:30b", gguf=head), registry())
    assert (found.source, found.active.mid) == ("registry", 3.3)
    assert found.bits == pytest.approx(4.86, rel=0.01)


def test_the_firms_own_models_go_before() -> None:
    own = registry().with_models({"llama-3.1-8b": ((5, 6), (5, 6), "our measurement")})
    found = named("meta-llama/Llama-3.1-8B-Instruct", own)
    assert (found.source, found.total.low, found.total.high) == ("user", 5, 6)
    assert "our measurement" in found.note
    assert named("llama-3.1-8b").source == "registry"


@pytest.mark.parametrize("sizes", [((0, 1), (1, 1)), ((3, 2), (1, 1)), ((1, 1), (2, 2))])
def test_impossible_sizes_are_refused(sizes: Any) -> None:
    with pytest.raises(FootprintInputError):
        Registry().with_models({"own": (*sizes, "x")})


def test_a_damaged_registry_is_a_typed_error() -> None:
    with pytest.raises(FootprintInputError):
        len(Registry.from_json(b'{"models": [{"id": 1}]}'))


def test_the_catalogue_and_the_registry_agree() -> None:
    data = json.loads((files("sobre.catalogue") / "data" / "models.json").read_bytes())
    compared = 0
    for model in data["models"]:
        for name in (model["id"], *model["aliases"]):
            found = named(name)
            for part, field in ((found.total, "total_params"), (found.active, "active_params")):
                if model[field] and found.known == "yes":
                    compared += 1
                    low, high = model[field]
                    assert part.low <= high * 1.13, (name, field)
                    assert part.high >= low / 1.13, (name, field)
    assert compared > 150


def test_every_model_of_the_registry_is_found_by_its_names() -> None:
    data = json.loads(text())
    assert len(text()) < 150_000
    for model in data["models"]:
        assert model["source"].partition("/")[0] in data["sources"]
        assert 2015 < model["year"] < 2030
        for name in (model["id"], *model.get("aliases", ())):
            found = named(name)
            assert found.source == "registry"
            assert [found.total.low, found.total.high] == model["total"], name
            assert found.active.high <= found.total.high


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
KEYS = st.sampled_from(
    "hidden_size num_hidden_layers intermediate_size num_attention_heads vocab_size n_embd n_layer"
    " num_experts num_experts_per_tok moe_intermediate_size text_config quantization_config bits"
    " parameters experts experts_used file_bytes quantisation details model_info parameter_size"
    " general.parameter_count general.architecture root id meta n_params size kv_lora_rank"
    " head_dim first_k_dense_replace mlp_only_layers moe_layer_freq ffn_config name".split()
)
FACTS = st.recursive(
    ANYTHING | st.integers(-5, 10**13),
    lambda inner: st.dictionaries(KEYS, inner, max_size=9),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(FACTS, FACTS, FACTS, FACTS, ANYTHING, ANYTHING, ANYTHING)
def test_nothing_raises(
    gguf: Any, ollama: Any, vllm: Any, config: Any, name: Any, price: Any, speed: Any
) -> None:
    found = resolve(
        Description(
            name=name,
            gguf=gguf,
            ollama=ollama,
            vllm=vllm,
            hf_config=config,
            price=price,
            tokens_per_second=speed,
            latency=price,
        ),
        registry(),
    )
    assert 0 < found.active.low <= found.active.mid <= found.active.high < 1e6
    assert 0 < found.total.low <= found.total.mid <= found.total.high < 1e6
    assert found.active.mid <= found.total.mid * 1.0001
    assert found.active.high <= found.total.high * 1.0001
    assert 0 < found.bits <= 64
    assert found.tier == {"yes": "B", "partly": "C", "no": "D"}[found.known]
    assert found.note


@given(st.text(alphabet="abcdeq0123456789.-_:/@xkmt ", max_size=60))
def test_no_name_raises(name: str) -> None:
    found = named(name)
    assert found.active.mid <= found.total.mid * 1.0001
    assert found.source in {"registry", "name", "generic"}


def test_what_cannot_be_used_is_said() -> None:
    deep: Any = {}
    for _ in range(5000):
        deep = {"text_config": deep}
    found = resolve(
        Description(name=7, gguf={"parameters": -3}, ollama="x", hf_config=deep, price="cheap"),
        registry(),
    )
    assert found.source == "generic"
    for said in ("name passed over", "GGUF head passed over", "Ollama's answer", "config.json"):
        assert said in found.note
    assert "price passed over" in found.note


def test_a_name_of_ten_megabytes_costs_no_more_than_its_end() -> None:
    assert named("a" * 10_000_000 + "/llama-3.1-8b").total.mid == 8.03


def test_a_list_of_models_can_be_added() -> None:
    both = registry().with_models({"acme-1": ((30, 30), (3, 3), "a card")}, kind="registry")
    assert (named("acme/Acme-1-Instruct", both).source, len(both)) == (
        "registry",
        len(registry()) + 1,
    )


def test_the_folded_names_of_the_file_are_those_of_its_models() -> None:
    """Where this fails: put ``folded_names(data)`` in the file's ``folded``."""
    data = json.loads(text())
    assert data["folded"] == folded_names(data)
