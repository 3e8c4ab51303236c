"""Sizes counted from files and servers' answers; each model's figures are its publisher's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sobre.adapters.model_descriptions import entry_of, read_answer, read_description, read_json
from sobre.errors import ModelFileError
from sobre.footprint.resolve import Description, Registry, resolve

NOTHING_KNOWN = Registry()

LLAMA_8B = {
    "model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32,
    "intermediate_size": 14336, "num_attention_heads": 32, "num_key_value_heads": 8,
    "vocab_size": 128256, "tie_word_embeddings": False, "torch_dtype": "bfloat16",
}  # fmt: skip

CONFIGS = {
    "Llama-3.1-8B": (LLAMA_8B, 8.03, 8.03),
    "Qwen2.5-0.5B": (
        {"model_type": "qwen2", "hidden_size": 896, "num_hidden_layers": 24,
         "intermediate_size": 4864, "num_attention_heads": 14, "num_key_value_heads": 2,
         "vocab_size": 151936, "tie_word_embeddings": True},
        0.494, 0.494,
    ),
    "Mixtral-8x7B": (
        {"model_type": "mixtral", "hidden_size": 4096, "num_hidden_layers": 32,
         "intermediate_size": 14336, "num_attention_heads": 32, "num_key_value_heads": 8,
         "vocab_size": 32000, "tie_word_embeddings": False, "num_local_experts": 8,
         "num_experts_per_tok": 2},
        46.7, 12.9,
    ),
    "Qwen3-30B-A3B": (
        {"model_type": "qwen3_moe", "hidden_size": 2048, "num_hidden_layers": 48,
         "intermediate_size": 6144, "moe_intermediate_size": 768, "num_attention_heads": 32,
         "num_key_value_heads": 4, "head_dim": 128, "vocab_size": 151936,
         "tie_word_embeddings": False, "num_experts": 128, "num_experts_per_tok": 8,
         "decoder_sparse_step": 1, "mlp_only_layers": []},
        30.5, 3.3,
    ),
    "DeepSeek-V3": (
        {"model_type": "deepseek_v3", "hidden_size": 7168, "num_hidden_layers": 61,
         "intermediate_size": 18432, "moe_intermediate_size": 2048, "num_attention_heads": 128,
         "num_key_value_heads": 128, "q_lora_rank": 1536, "kv_lora_rank": 512,
         "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128,
         "vocab_size": 129280, "tie_word_embeddings": False, "n_routed_experts": 256,
         "num_experts_per_tok": 8, "n_shared_experts": 1, "first_k_dense_replace": 3,
         "moe_layer_freq": 1},
        671, 37,
    ),
    "gpt-oss-20b": (
        {"model_type": "gpt_oss", "hidden_size": 2880, "num_hidden_layers": 24,
         "intermediate_size": 2880, "num_attention_heads": 64, "num_key_value_heads": 8,
         "head_dim": 64, "vocab_size": 201088, "tie_word_embeddings": False,
         "num_local_experts": 32, "num_experts_per_tok": 4},
        20.9, 3.6,
    ),
    "Gemma-3-4B, nested": (
        {"model_type": "gemma3", "text_config": {"model_type": "gemma3_text", "hidden_size": 2560,
         "num_hidden_layers": 34, "intermediate_size": 10240, "num_attention_heads": 8,
         "num_key_value_heads": 4, "head_dim": 256, "vocab_size": 262208}},
        3.88, 3.88,
    ),
    "Llama-4-Scout, nested": (
        {"model_type": "llama4", "text_config": {"model_type": "llama4_text", "hidden_size": 5120,
         "num_hidden_layers": 48, "intermediate_size": 8192, "intermediate_size_mlp": 16384,
         "interleave_moe_layer_step": 1, "num_attention_heads": 40, "num_key_value_heads": 8,
         "head_dim": 128, "vocab_size": 202048, "tie_word_embeddings": False,
         "num_local_experts": 16, "num_experts_per_tok": 1}},
        108, 17,
    ),
    "GLM-4.5-Air": (
        {"model_type": "glm4_moe", "hidden_size": 4096, "num_hidden_layers": 46,
         "intermediate_size": 10944, "moe_intermediate_size": 1408, "num_attention_heads": 96,
         "num_key_value_heads": 8, "head_dim": 128, "vocab_size": 151552,
         "tie_word_embeddings": False, "n_routed_experts": 128, "num_experts_per_tok": 8,
         "n_shared_experts": 1, "first_k_dense_replace": 1},
        106, 12,
    ),
    "GPT-2": (
        {"model_type": "gpt2", "n_embd": 768, "n_layer": 12, "n_head": 12, "vocab_size": 50257},
        0.124, 0.124,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CONFIGS)
def test_a_config_gives_the_published_parameters(name: str) -> None:
    config, total, active = CONFIGS[name]
    found = resolve(Description(hf_config=config), NOTHING_KNOWN)
    assert found.source == "hf_config"
    assert found.known == "yes"
    assert found.total.mid == pytest.approx(total, rel=0.05)
    assert found.active.mid == pytest.approx(active, rel=0.15)
    assert found.total.low <= total <= found.total.high * 1.01


@pytest.mark.parametrize(
    ("quantised", "bits"),
    [
        ({"quant_method": "fp8", "fmt": "e4m3"}, 8),
        ({"quant_method": "mxfp4"}, 4.25),
        ({"quant_method": "awq", "bits": 4}, 4),
        ({"quant_method": "gptq", "bits": 8}, 8),
        ({"quant_method": "bitsandbytes", "load_in_4bit": True}, 4.5),
        ({"quant_method": "bitsandbytes", "load_in_8bit": True}, 8),
        ({"quant_method": "modelopt", "quant_algo": "NVFP4"}, 4.5),
        (
            {
                "quant_method": "compressed-tensors",
                "config_groups": {"group_0": {"weights": {"num_bits": 8}}},
            },
            8,
        ),
    ],
)
def test_a_config_says_the_bits_of_its_weights(quantised: dict[str, object], bits: float) -> None:
    found = resolve(
        Description(hf_config={**LLAMA_8B, "quantization_config": quantised}), NOTHING_KNOWN
    )
    assert (found.bits, found.bits_known) == (bits, True)


def test_a_config_without_quantisation_says_its_type() -> None:
    found = resolve(Description(hf_config=LLAMA_8B), NOTHING_KNOWN)
    assert (found.bits, found.bits_known) == (16.0, True)


def test_a_gguf_head_gives_the_count_and_the_real_bits() -> None:
    head = {"parameters": 8_030_261_312, "experts": 0, "file_bytes": 4_920_734_272}
    found = resolve(Description(gguf=head), NOTHING_KNOWN)
    assert found.total.mid == pytest.approx(8.03, rel=0.01)
    assert found.bits == pytest.approx(4.9, rel=0.01)
    assert (found.known, found.tier, found.source) == ("yes", "B", "gguf")


def test_experts_in_a_gguf_head_make_a_mixture_of_unsure_share() -> None:
    head = {"parameters": 30_532_122_624, "experts": 128, "experts_used": 8, "file_bytes": 1}
    found = resolve(Description(gguf=head), NOTHING_KNOWN)
    assert found.active.low < 3.3 < found.active.high
    assert found.known == "partly"


def test_ollama_says_parameters_bits_and_experts() -> None:
    shown = {
        "details": {"parameter_size": "30.5B", "quantization_level": "Q4_K_M"},
        "model_info": {
            "general.architecture": "qwen3moe",
            "general.parameter_count": 30532122624,
            "qwen3moe.block_count": 48,
            "qwen3moe.embedding_length": 2048,
            "qwen3moe.expert_count": 128,
            "qwen3moe.expert_used_count": 8,
            "qwen3moe.expert_feed_forward_length": 768,
        },
    }
    found = resolve(Description(ollama=shown), NOTHING_KNOWN)
    assert found.total.mid == pytest.approx(30.5, rel=0.01)
    assert found.active.mid == pytest.approx(3.3, rel=0.05)
    assert found.bits == pytest.approx(4.85, rel=0.02)
    assert found.known == "yes"


def test_ollamas_label_serves_where_it_gives_no_count() -> None:
    shown = {"details": {"parameter_size": "494.03M", "quantization_level": "Q8_0"}}
    found = resolve(Description(ollama=shown), NOTHING_KNOWN)
    assert found.total.mid == pytest.approx(0.494, rel=0.01)
    assert found.bits == 8.5


def test_a_server_that_lists_a_path_is_known_by_it() -> None:
    entry = {"id": "assistant", "object": "model", "root": "/models/Qwen3-30B-A3B-AWQ"}
    found = resolve(Description(name="assistant", vllm=entry), NOTHING_KNOWN)
    assert (found.total.mid, found.active.mid, found.bits) == (30, 3, 4.0)


def test_a_server_that_counts_is_believed() -> None:
    entry = {"id": "assistant", "meta": {"n_params": 494032768, "size": 491400032}}
    found = resolve(Description(vllm=entry), NOTHING_KNOWN)
    assert found.source == "vllm"
    assert found.total.mid == pytest.approx(0.494, rel=0.01)
    assert found.bits == pytest.approx(7.96, rel=0.01)


def test_a_config_file_is_read_with_its_folders_name(tmp_path: Path) -> None:
    path = tmp_path / "Llama-3.1-8B" / "config.json"
    path.parent.mkdir()
    path.write_text(json.dumps(LLAMA_8B))
    description = read_description(path)
    assert description.name == "Llama-3.1-8B"
    assert resolve(description, NOTHING_KNOWN).source == "hf_config"


@pytest.mark.parametrize(
    ("answer", "source"),
    [
        ({"details": {}, "model_info": {"general.parameter_count": 8_030_261_312}}, "ollama"),
        ({"object": "list", "data": [{"id": "a", "meta": {"n_params": 8_030_261_312}}]}, "vllm"),
    ],
)
def test_a_saved_answer_is_told_apart(
    tmp_path: Path, answer: dict[str, object], source: str
) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(answer))
    assert resolve(read_description(path), NOTHING_KNOWN).source == source


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b"7"])
def test_what_is_no_description_is_an_error_with_a_remedy(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "config.json"
    path.write_bytes(text)
    with pytest.raises(ModelFileError) as caught:
        read_description(path)
    assert caught.value.key == "error.model_description"
    assert caught.value.remedy


def test_a_missing_or_huge_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="No such file"):
        read_json(tmp_path / "config.json")
    with pytest.raises(ModelFileError, match="at most"):
        read_answer(b" " * (9 << 20), "the server")


def test_a_damaged_gguf_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.gguf"
    path.write_bytes(b"GGUF" + bytes(20))
    with pytest.raises(ModelFileError):
        read_description(path)


def test_an_entry_is_picked_by_its_name() -> None:
    answer: dict[str, object] = {"data": [{"id": "a"}, {"id": "b"}, 7]}
    assert entry_of(answer, "b") == {"id": "b"}
    assert entry_of(answer) is None
    assert entry_of({"data": "x"}) is None
