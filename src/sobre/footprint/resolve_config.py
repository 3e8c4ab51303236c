"""Parameters and bits from what machines say of a model: GGUF heads, servers, ``config.json``.

Every reader takes any JSON value and answers ``None`` for what it cannot use; none raises.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from sobre.footprint.resolve_names import billions, bits_of

Facts = Mapping[str, object]


class Count(NamedTuple):
    """Billions counted, and how sure: relative half-widths of both."""

    total: float
    active: tuple[float, float, float] | None
    """Low, middle, high; ``None`` where nothing says whether it is a mixture."""
    spread: float
    """The total lies within ``total * (1 ± spread)``."""


def number(value: object, most: float = 1e15) -> float | None:
    """A positive finite number, else ``None``; text and truth values are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not 0 < value <= most:
        return None
    return float(value)


def facts(value: object) -> Facts:
    return value if isinstance(value, Mapping) else {}


def first(source: Facts, *names: str, most: float = 1e7) -> float | None:
    for name in names:
        found = number(source.get(name), most)
        if found is not None:
            return found
    return None


def _sized(total: float | None) -> float | None:
    """Billions from a count of parameters, where it can be a language model's."""
    if total is None or not 1e6 <= total <= 2e13:
        return None
    return total / 1e9


def mixture(total: float, experts: float | None, used: float | None) -> tuple[float, float, float]:
    """Active billions of a mixture of which only counts of experts are known.

    What is not expert is 1 to 12 % of the published ones (gpt-oss-120b 1 %, DeepSeek-V3 3 %,
    Mixtral 4 %, Llama 4 Scout 10 %). Without the number used: 1 in 20 to 1 in 2.
    """
    if not experts or experts < 2:
        return total, total, total
    if used is None or used > experts:
        return total / 20, total / 6, total / 2
    part = used / experts
    return (
        total * (0.01 + 0.99 * part),
        total * (0.035 + 0.965 * part),
        total * (0.12 + 0.88 * part),
    )


def from_gguf(head: Facts) -> tuple[Count | None, float | None]:
    """The count and the bits a weight.

    From a head's ``parameters``, ``experts``, ``experts_used``, ``file_bytes``, ``quantisation``.
    """
    parameters = number(head.get("parameters"))
    total = _sized(parameters)
    if total is None or parameters is None:
        return None, _label(head.get("quantisation"))
    experts, used = number(head.get("experts"), 1e5), number(head.get("experts_used"), 1e5)
    size = number(head.get("file_bytes"))
    bits = size * 8 / parameters if size else None
    if bits is None or not 1.0 <= bits <= 33.0:
        bits = _label(head.get("quantisation"))
    return Count(total, mixture(total, experts, used), 0.01), bits


def from_ollama(shown: Facts) -> tuple[Count | None, float | None]:
    """From the answer of ``POST /api/show``."""
    details, info = facts(shown.get("details")), facts(shown.get("model_info"))
    bits = _label(details.get("quantization_level"))
    parameters = number(info.get("general.parameter_count"))
    total, spread = _sized(parameters), 0.01
    if total is None:
        text = details.get("parameter_size")
        total, spread = (billions(text) if isinstance(text, str) else None), 0.06
    if total is None:
        return None, bits
    family = info.get("general.architecture")
    prefix = f"{family}." if isinstance(family, str) and len(family) < 100 else ""

    def value(name: str) -> float | None:
        return number(info.get(prefix + name), 1e9)

    experts, used = value("expert_count"), value("expert_used_count")
    if not prefix and not info:
        return Count(total, None, spread), bits
    active = mixture(total, experts, used)
    width, layers, inner = (
        value("embedding_length"),
        value("block_count"),
        value("expert_feed_forward_length") or value("feed_forward_length"),
    )
    if experts and used and used <= experts and width and layers and inner:
        mixed = max(layers - (value("leading_dense_block_count") or 0), 1)
        idle = (experts - used) * 3 * width * inner * mixed / 1e9
        if total * 0.005 <= total - idle < total:
            counted = total - idle
            active = (counted * 0.93, counted, min(counted * 1.07, total))
    return Count(total, active, spread), bits


def from_vllm(entry: Facts) -> tuple[Count | None, float | None, str | None]:
    """From one entry of ``/v1/models``; the last is the most telling name found.

    llama.cpp's server gives counts in ``meta``, vLLM a path or repository in ``root``.
    """
    meta = facts(entry.get("meta"))
    parameters, size = number(meta.get("n_params")), number(meta.get("size"))
    total = _sized(parameters)
    bits = size * 8 / parameters if size and parameters else None
    if bits is None or not 1.0 <= bits <= 33.0:
        bits = _label(entry.get("quantization"))
    name = None
    for field in ("root", "hugging_face_id", "id", "parent", "model", "name"):
        text = entry.get(field)
        if isinstance(text, str) and text.strip():
            name = text
            break
    return (Count(total, None, 0.01) if total else None), bits, name


_NESTED = ("text_config", "language_config", "llm_config", "thinker_config", "language_model")
_PLAIN_FEED = frozenset(
    "gpt2 gpt_neox gpt_neo gptj opt bloom falcon phi phi-msft gpt_bigcode starcoder2 nemotron mpt"
    " bert roberta xlm-roberta codegen gpt_j distilbert persimmon".split()
)
"""Families whose feed-forward has two matrices, not three."""
_TIED = frozenset(
    "gemma gemma2 gemma3 gemma3_text gemma3n gemma3n_text gemma4 gemma4_text cohere cohere2 gpt2"
    " bloom falcon opt mpt gpt_bigcode t5gemma".split()
)
"""Families that share input and output embeddings unless their file says otherwise."""


def from_hf(config: Facts) -> tuple[Count | None, float | None]:
    """From a Hugging Face ``config.json``; ``None`` where layers or width are missing.

    Counts matrices; leaves out norms, biases and towers for images or sound (a few percent).
    """
    text = config
    for _ in range(3):
        inner = next((facts(text.get(n)) for n in _NESTED if facts(text.get(n))), None)
        if inner is None:
            break
        text = inner
    count = _transformer(text, config)
    quantised = facts(config.get("quantization_config")) or facts(text.get("quantization_config"))
    bits = _quantised(quantised)
    if bits is None and not quantised:
        bits = next(
            (
                b
                for c in (config, text)
                for n in ("torch_dtype", "dtype")
                if (b := _label(c.get(n))) is not None
            ),
            None,
        )
    return count, bits


def _transformer(c: Facts, whole: Facts) -> Count | None:
    width = first(c, "hidden_size", "n_embd", "d_model", "dim", "model_dim")
    layers = first(c, "num_hidden_layers", "n_layer", "num_layers", "n_layers", most=1e4)
    if width is None or layers is None:
        return None
    kind = c.get("model_type")
    kind = kind if isinstance(kind, str) else ""
    attention = _attention(c, width)
    dense, expert = _feed(c, width, kind)
    experts, used, mixed, shared = _experts(c, layers, expert, width, dense)
    vocabulary = first(c, "vocab_size", most=1e7) or first(whole, "vocab_size", most=1e7) or 0.0
    tied = c.get("tie_word_embeddings", whole.get("tie_word_embeddings"))
    tied = tied if isinstance(tied, bool) else kind in _TIED
    embedding = vocabulary * width * (1 if tied else 2)
    extra = (
        (first(c, "vocab_size_per_layer_input") or 0.0)
        * (first(c, "hidden_size_per_layer_input") or 0.0)
        * layers
    )
    always = layers * attention + (layers - mixed) * dense + mixed * shared + embedding
    total = always + mixed * experts * expert + extra
    active = always + mixed * used * expert
    if mixed and not tied:
        active -= vocabulary * width  # the input table: one row is read (gpt-oss counts it so)
    billion = _sized(total)
    if billion is None or not 0 < active <= total:
        return None
    a = active / 1e9
    return Count(billion, (a * 0.93, a, min(a * 1.07, billion)), 0.05)


def _attention(c: Facts, width: float) -> float:
    heads = first(c, "num_attention_heads", "n_head", "n_heads", "num_heads", most=1e4) or 1.0
    groups = first(c, "num_key_value_heads", "num_kv_heads", "n_head_kv", most=1e4)
    if groups is None:
        groups = 1.0 if c.get("multi_query") is True else heads
    one = first(c, "head_dim", most=1e5) or width / heads
    rank = first(c, "kv_lora_rank", most=1e5)
    if rank is None:
        return 2 * width * heads * one + 2 * width * groups * one
    nope, rope = first(c, "qk_nope_head_dim") or one, first(c, "qk_rope_head_dim") or 64.0
    value, query = first(c, "v_head_dim") or one, first(c, "q_lora_rank", most=1e5)
    asks = heads * (nope + rope)
    return (
        (query * (width + asks) if query else width * asks)
        + width * (rank + rope)
        + rank * heads * (nope + value)
        + heads * value * width
    )


def _feed(c: Facts, width: float, kind: str) -> tuple[float, float]:
    """Parameters of one layer's dense feed-forward, and of one expert's."""
    matrices = 2 if kind in _PLAIN_FEED else 3
    nested = facts(c.get("ffn_config"))
    inner = (
        first(c, "intermediate_size", "n_inner", "ffn_dim", "ffn_hidden_size", "d_ff", "d_inner")
        or first(nested, "ffn_hidden_size")
        or 4 * width
    )
    each = first(c, "moe_intermediate_size", "expert_ffn_hidden_size", "moe_ffn_hidden_size")
    sizes = c.get("moe_intermediate_size")
    if each is None and isinstance(sizes, list) and sizes:
        each = number(sizes[0], 1e7)
    wide = first(c, "intermediate_size_mlp") or inner
    return matrices * width * wide, matrices * width * (each or inner)


def _experts(
    c: Facts, layers: float, expert: float, width: float, dense: float
) -> tuple[float, float, float, float]:
    """Experts, experts used, layers that have them, and what a mixed layer shares."""
    nested = facts(c.get("ffn_config"))
    count = first(
        c, "num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts", most=1e5
    ) or first(nested, "moe_num_experts", most=1e5)
    if count is None or count < 2:
        return 0.0, 0.0, 0.0, 0.0
    used = first(
        c,
        "num_experts_per_tok",
        "num_experts_per_token",
        "experts_per_token",
        "moe_topk",
        "moe_top_k",
        "moe_k",
        "top_k_experts",
        most=1e5,
    ) or first(nested, "moe_top_k", most=1e5)
    used = min(used if used is not None else max(count / 16, 1.0), count)
    mixed = layers - min(first(c, "first_k_dense_replace", "num_dense_layers") or 0.0, layers)
    step = first(
        c, "decoder_sparse_step", "interleave_moe_layer_step", "expert_layer_period", most=1e4
    )
    if step and step > 1:
        mixed = math.floor(mixed / step)
    elif isinstance(pattern := c.get("moe_layer_freq"), list) and len(pattern) == layers:
        mixed = float(sum(1 for item in pattern if item == 1))
    elif isinstance(listed := c.get("moe_layers"), list) and 0 < len(listed) <= layers:
        mixed = float(len(listed))
    if isinstance(plain := c.get("mlp_only_layers"), list) and len(plain) < mixed:
        mixed -= len(plain)
    own = first(c, "shared_expert_intermediate_size", "shared_intermediate_size")
    if own is not None:
        shared = 3 * width * own
    else:
        shared = (
            first(c, "n_shared_experts", "num_shared_experts", "moe_num_shared_experts", most=1e4)
            or (1.0 if c.get("model_type") in {"llama4", "llama4_text"} else 0.0)
        ) * expert
    if c.get("model_type") in {"gemma4", "gemma4_text"}:
        shared += dense  # its dense feed-forward runs beside the experts
    return count, used, max(mixed, 0.0), shared + width * count


def _label(value: object) -> float | None:
    return bits_of(value) if isinstance(value, str) else None


def _quantised(q: Facts) -> float | None:
    """Bits from a ``quantization_config``, of any of the methods in use."""
    if not q:
        return None
    stated = first(q, "bits", "weight_bits", "w_bit", "nbits", most=32)
    if stated is not None:
        return stated
    if q.get("load_in_4bit") is True or q.get("_load_in_4bit") is True:
        return bits_of("nf4")
    if q.get("load_in_8bit") is True or q.get("_load_in_8bit") is True:
        return 8.0
    groups = facts(q.get("config_groups"))
    for group in list(groups.values())[:8]:
        weights = facts(facts(group).get("weights"))
        width = first(weights, "num_bits", most=32)
        if width is not None:
            return width
    for name in ("quant_algo", "quant_method", "fmt", "format", "weight_dtype", "quant_type"):
        value = q.get(name)
        if isinstance(value, str):
            plain = value.removeprefix("fbgemm_").split("-")[0]
            bits = bits_of(plain)
            if bits is not None:
                return bits
    return None
