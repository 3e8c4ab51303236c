"""A small GGUF file and a real one, for the tests of this folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from gguf_files import gguf

REAL = Path(os.environ.get("SOBRE_TEST_MODEL", ".sobre-test/smollm2.gguf"))


@pytest.fixture
def tiny() -> bytes:
    return gguf(
        {
            "general.architecture": "llama",
            "general.name": "Tiny",
            "general.license": "mit",
            "llama.context_length": 128,
            "tokenizer.ggml.tokens": ["a", "b"],
        }
    )


@pytest.fixture(scope="session")
def real_model() -> Path:
    if not REAL.is_file():
        pytest.skip(f"no model at {REAL}: run ./bootstrap --dev, or set SOBRE_TEST_MODEL")
    pytest.importorskip("xllamacpp")
    return REAL.resolve()
