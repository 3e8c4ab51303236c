"""What a model's name says by itself: its family, its size, the bits of its weights.

One name has many spellings (``meta-llama/Llama-3.1-8B-Instruct``, ``llama3.1:8b-instruct-q4_K_M``,
``eu.meta.llama3-1-8b-instruct-v1:0``); here they become the same words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

LONGEST = 300
"""Characters of a name that are looked at, from its end: no model's name is longer."""
MOST_WORDS = 16
"""Of a name that are looked at, from its beginning."""

BITS = {
    # llama.cpp, tools/quantize/README.md: bits a weight measured on Llama-3.1-8B.
    "iq1s": 2.0, "iq1m": 2.15, "iq2xxs": 2.38, "iq2xs": 2.59, "iq2s": 2.74, "iq2m": 2.93,
    "iq3xxs": 3.25, "iq3xs": 3.5, "iq3s": 3.66, "iq3m": 3.76, "iq4xs": 4.46, "iq4nl": 4.68,
    "q2ks": 2.97, "q2k": 3.16, "q3ks": 3.64, "q3kl": 4.3, "q4ks": 4.67, "q4km": 4.89,
    "q5ks": 5.57, "q5km": 5.7, "q6k": 6.56, "q80": 8.5,
    # Not in that table: Q3_K_M from the older one of the same file (Llama 2), XL as its M.
    "q3km": 3.91, "q2kxl": 3.16, "q3kxl": 4.3, "q4kxl": 4.89, "q5kxl": 5.7, "q6kxl": 6.56,
    "q2kl": 3.16, "q4kl": 4.89, "q5kl": 5.7, "q6kl": 6.56, "q8kxl": 8.5,
    # Blocks of 32 weights and one or two 16-bit scales: by construction (ggml).
    "q40": 4.5, "q41": 5.0, "q50": 5.5, "q51": 6.0,
    # Only the width said: the usual mixture of that width.
    "q2": 3.16, "q3": 3.91, "q3k": 3.91, "q4": 4.89, "q4k": 4.89, "q5": 5.7, "q5k": 5.7,
    "q6": 6.56, "q8": 8.5, "iq1": 2.0, "iq2": 2.59, "iq3": 3.5, "iq4": 4.46,
    "tq10": 1.69, "tq20": 2.06,
    # OCP Microscaling: 32 weights of 4 bits share 8; NVFP4: 16 of 4 bits share 8.
    "mxfp4": 4.25, "nvfp4": 4.5, "mxfp8": 8.25, "mxfp6": 6.25,
    "fp4": 4.25, "nf4": 4.5, "int4": 4.0, "w4a16": 4.0, "w4a8": 4.0, "4bit": 4.0,
    "awq": 4.0, "gptq": 4.0, "bnb4bit": 4.5, "int3": 3.0, "3bit": 3.0, "6bit": 6.0, "5bit": 5.0,
    "fp8": 8.0, "int8": 8.0, "w8a8": 8.0, "w8a16": 8.0, "8bit": 8.0, "f8": 8.0,
    "e4m3": 8.0, "e5m2": 8.0, "fp8dynamic": 8.0,
    "bf16": 16.0, "fp16": 16.0, "f16": 16.0, "float16": 16.0, "bfloat16": 16.0, "half": 16.0,
    "fp32": 32.0, "f32": 32.0, "float32": 32.0,
}  # fmt: skip
"""Bits a stored weight by label, lower case without separators."""


class _Patterns(NamedTuple):
    label: re.Pattern[str]
    vendor_dot: re.Pattern[str]
    file: re.Pattern[str]
    split: re.Pattern[str]
    decimal: re.Pattern[str]
    date: re.Pattern[str]
    revision: re.Pattern[str]
    year: re.Pattern[str]
    month_day: re.Pattern[str]
    tagged: re.Pattern[str]
    mix: re.Pattern[str]
    billions: re.Pattern[str]
    glued: re.Pattern[str]
    active: re.Pattern[str]
    effective: re.Pattern[str]
    experts: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Compiled at the first name, since most starts ask for none."""
    return _Patterns(
        label=re.compile(
            r"(?<![a-z0-9])(?:ud[-_])?("
            r"i?q[1-8][-_]k(?:[-_](?:xl|[sml]))?|iq[1-4][-_](?:xxs|xs|nl|[sm])|q[458][-_][01]"
            r"|tq[12][-_]0|i?q[1-8]|(?:mx|nv)?fp4|mxfp[68]|nf4|b?fp?16|b?float16|fp?32|float32|fp?8"
            r"|int[348]|w[48]a(?:8|16)|[34568][-_]?bit|awq|gptq|e4m3|e5m2)(?![a-z0-9])"
        ),
        vendor_dot=re.compile(
            r"^(?:(?:us|eu|apac|ap|au|ca|jp|global|us-gov)\.)?(?:(?=deepseek\.[rv]\d)|(?:anthropic|meta|mistral|amazon|cohere"
            r"|ai21|deepseek|openai|qwen|google|nvidia|minimax|moonshot|moonshotai|zai|writer|xai"
            r"|twelvelabs)\.)"
        ),
        file=re.compile(r"(?:-\d{5}-of-\d{5})?\.(?:gguf|ggml|safetensors|bin|pt|onnx|llamafile)$"),
        split=re.compile(r"[^a-z0-9.]+"),
        decimal=re.compile(r"(?<=\d)[_p](?=\d+b?(?:[^a-z0-9]|$))"),
        date=re.compile(r"\d{3,8}|20\d\d-\d\d(?:-\d\d)?|v[0-2](?:\.\d+)*|rc\d*|\d{2}-\d{2,4}"),
        revision=re.compile(r"v[0-2](?:\.\d+)*"),
        year=re.compile(r"(20\d\d)[-_.](\d\d)(?:[-_.](\d\d))?(?!\d)"),
        month_day=re.compile(r"[-_](0\d|1[0-2])[-_]([0-3]\d)$"),
        tagged=re.compile(r":(?:\d+x)?e?\d[\d.]*[bm](?![a-z0-9])(?!-cloud)"),
        mix=re.compile(r"(\d{1,3})x(\d+(?:\.\d+)?)([bm])"),
        billions=re.compile(r"(\d+(?:\.\d+)?)(b|m|t)"),
        glued=re.compile(r"[a-z]{1,20}?(\d+(?:\.\d+)?)b"),
        active=re.compile(r"a(\d+(?:\.\d+)?)(b|m)"),
        effective=re.compile(r"e(\d+(?:\.\d+)?)b"),
        experts=re.compile(r"\d{1,3}e"),
    )


_BENIGN = frozenset(
    "instruct it chat hf gguf ggml latest preview exp experimental free maas default mlx dynamic"
    " imatrix i1 onnx exl2 exl3 publicai cloud ud base text inst pt sft dpo qat 0 model ollama"
    " marlin quantized extended nitro floor exacto online beta".split()
)
_VENDORS = frozenset(
    "meta mistralai openai c4ai labs nvidia azure google anthropic microsoft zai xai amazon cohere"
    " ibm databricks unsloth huggingface hf vllm ollama ai21 coherelabs cohereforai nousresearch"
    " moonshotai openrouter bedrock vertex together groq thebloke bartowski zhipu alibaba"
    " lmstudio community meituan tencent baidu bytedance private local eu".split()
)
_NEUTRAL = frozenset(
    "codex thinking think nothink reasoning non high low xhigh search instant versatile fast turbo"
    " speciale terminus code coder tools tool math customtools chat prod production dev test"
    " finetuned ft lora abliterated uncensored hybrid agent api v us ja en fr de latest".split()
)
"""Words after a known name that leave its size as it is."""
_RESIZING = frozenset(
    "mini nano tiny micro lite light small medium large xl xxl max ultra super pro plus flash air"
    " distill distilled draft embed embedding embeddings rerank reranker whisper tts ocr asr"
    " transcribe guard eagle mtp speculator image video sora moe m".split()
)
"""Words after a known name that make it another model."""
_CLAUDE = frozenset("opus sonnet haiku instant fable mythos".split())


class Stated(NamedTuple):
    """Billions that a name states; ``None`` is "not said"."""

    total: tuple[float, float, float] | None
    active: tuple[float, float, float] | None


class Name(NamedTuple):
    """A name taken apart."""

    words: tuple[str, ...]
    """Lower case, without owner, file ending, quantisation and words like "instruct"."""
    unrevised: tuple[str, ...]
    """The same without revisions such as "v1"."""
    undated: tuple[str, ...]
    """The same without dates and revisions."""
    tag: bool
    """An Ollama tag ``:latest``, which stands for that library's default size."""
    library: bool
    """Written as Ollama writes a model: a size or ``latest`` after a colon."""
    stated: Stated | None
    bits: float | None


def take_apart(name: str) -> Name:
    """Never raises, whatever the text; cost does not grow with it past ``LONGEST``."""
    use = _patterns()
    text = name[-LONGEST:].strip().lower().replace("\\", "/").rstrip("/")
    if "/" in text:
        text = _last_part(text)
    text = use.vendor_dot.sub("", use.file.sub("", text), count=1)
    tag = text.endswith(":latest")
    labels = [found.group(1) for found in use.label.finditer(text)]
    bits = None
    if labels:
        # "gptq-int8": the method says less than the width.
        plain = [label for label in labels if label not in {"awq", "gptq"}]
        bits = bits_of((plain or labels)[0])
        text = use.label.sub("-", text)
    text = use.decimal.sub(".", use.month_day.sub(r"-\1\2", use.year.sub(r"\1\2\3", text)))
    every = [word for part in use.split.split(text) if (word := part.strip("."))][:MOST_WORDS]
    while len(every) > 1 and every[0] in _VENDORS:
        del every[0]
    words = [word for word in every if word not in _BENIGN] or every
    if words and words[0] == "claude":
        words = _claude(words)
    elif len(words) > 1 and words[0] == "llama" and words[1][0] == "v":
        words[1] = words[1].removeprefix("v")
    elif words and words[0] == "chatgpt":
        words[0] = "gpt"
    undated = [w for i, w in enumerate(words) if i == 0 or not use.date.fullmatch(w)]
    stated = _stated(words)
    library = tag or (stated is not None and use.tagged.search(text) is not None)
    unrevised = [w for i, w in enumerate(words) if i < 2 or not use.revision.fullmatch(w)]
    return Name(tuple(words), tuple(unrevised), tuple(undated), tag, library, stated, bits)


def _last_part(text: str) -> str:
    """The part of a path that names the model."""
    parts = [part for part in text.split("/") if part]
    for part in parts:
        if part.startswith("models--"):
            return part.rpartition("--")[2]
    while len(parts) > 1 and parts[-1] in {"model", "models", "main", "snapshot", "gguf", "latest"}:
        parts.pop()
    return parts[-1] if parts else ""


def _claude(words: list[str]) -> list[str]:
    """``claude-3-5-sonnet`` and ``claude-sonnet-3.5`` are one name."""
    kind = [word for word in words if word in _CLAUDE]
    version = [word for word in words[1:] if word[0].isdigit() and len(word) < 4]
    rest = [word for word in words[1:] if word not in kind and word not in version]
    return ["claude", *kind, *version, *rest]


def key(words: tuple[str, ...] | list[str]) -> str:
    """Words run together: ``llama-3.1-8b``, ``llama3.1:8b`` and ``llama-3-1-8b`` give one.

    A size stays apart, so that ``qwen2-57b`` is not ``qwen2.5-7b``.
    """
    return "".join(
        f"|{word}" if word[-1] == "b" and word[-2:-1].isdigit() else word.replace(".", "")
        for word in words
    )


def fold(name: str) -> str:
    """The key under which a registry keeps a name."""
    return key(take_apart(name).words)


def same_size(dropped: tuple[str, ...]) -> bool | None:
    """What words left over after a known name mean.

    ``True`` the same model, ``None`` perhaps another of its family, ``False`` one of another size.
    """
    if not _RESIZING.isdisjoint(dropped):
        return False
    use = _patterns()
    if all(word in _NEUTRAL or use.date.fullmatch(word) for word in dropped):
        return True
    return None


def bits_of(label: str) -> float | None:
    """Bits a weight for a quantisation or type label such as ``Q4_K_M`` or ``bfloat16``."""
    plain = label[:40].lower().replace("_", "").replace("-", "").replace(" ", "")
    return BITS.get(plain.removeprefix("torch.").removeprefix("ud"))


def billions(text: str) -> float | None:
    """``"8.0B"``, ``"494.03M"`` or ``"1.6T"`` as billions."""
    found = _patterns().billions.fullmatch(text[:20].strip().lower())
    return _scaled(found.group(1), found.group(2)) if found else None


def _scaled(number: str, unit: str) -> float | None:
    value = float(number) * {"b": 1.0, "m": 1e-3, "t": 1e3}[unit]
    return value if 1e-3 <= value <= 2e4 else None


def _rounded(value: float) -> tuple[float, float, float]:
    """A size as names give it: "7b" is used for 6.7 to 8.5."""
    return value * 0.9, value, value * 1.2


def _stated(words: list[str]) -> Stated | None:
    """The size that a name's words state.

    A mixture "8x7b" shares what is not expert: of 8 x 7 the published models hold 0.69 to 0.84, and
    two experts of eight are active (Mixtral 8x7B: 46.7 and 12.9; 8x22B: 140.6 and 39.1; Phi-3.5-MoE
    16x3.8B: 41.9 and 6.6). "E4B" is the effective size of a model that keeps about as much again in
    embeddings (Gemma 3n E4B: 8). In "17b-16e" the billions are the active ones.
    """
    use = _patterns()
    sizes: list[float] = []
    small: list[float] = []
    active: float | None = None
    experts = False
    for word in words:
        if found := use.billions.fullmatch(word):
            size = _scaled(found.group(1), found.group(2))
            if size is not None and not (found.group(2) == "m" and size < 0.01):
                (small if found.group(2) == "m" else sizes).append(size)
        elif found := use.active.fullmatch(word):
            active = _scaled(found.group(1), found.group(2))
        elif found := use.mix.fullmatch(word):
            one, count = _scaled(found.group(2), found.group(3)), int(found.group(1))
            if one is not None and count > 1:
                whole = one * count
                return Stated(
                    (0.68 * whole, 0.83 * whole, whole),
                    (one, min(1.84 * one, 0.83 * whole), min(2 * one, whole)),
                )
        elif found := use.effective.fullmatch(word):
            size = _scaled(found.group(1), "b")
            if size is not None:
                return Stated((size * 1.2, size * 2.1, size * 3), (size * 0.9, size, size * 1.25))
        elif use.experts.fullmatch(word):
            experts = True
        elif found := use.glued.fullmatch(word):
            size = _scaled(found.group(1), "b")
            if size is not None and size <= 1000:
                sizes.append(size)
    sizes = [s for s in sizes if s < 1000] or sizes if active is None else sizes
    sizes = sizes or small
    if experts and sizes and active is None:
        active, sizes = sizes[0], []
    total = _rounded(sizes[0]) if sizes else None
    if total and len(sizes) > 1 and max(sizes) > 1.25 * min(sizes) and active is None:
        total = (min(sizes) * 0.9, sizes[0], max(sizes) * 1.2)
    if active is not None:
        within = _rounded(active)
        if total is not None and active > total[1]:
            return Stated(total, None)
        return Stated(total, (within[0], active, min(within[2], total[2]) if total else within[2]))
    return Stated(total, None) if total else None
