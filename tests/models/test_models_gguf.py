from __future__ import annotations

import contextlib
import math

import pytest
from gguf_files import gguf
from hypothesis import given
from hypothesis import strategies as st

from sobre.catalogue.gguf import read_header

SHAPES = st.lists(st.lists(st.integers(1, 2**20), min_size=1, max_size=4), max_size=5)


@given(name=st.text(max_size=40), context=st.integers(1, 2**31), shapes=SHAPES)
def test_a_header_is_read_back_as_it_was_written(
    name: str, context: int, shapes: list[list[int]]
) -> None:
    data = gguf(
        {"general.architecture": "x", "general.name": name, "x.context_length": context}, shapes
    )
    header = read_header(data)
    assert (header.name, header.context_tokens) == (name, context)
    assert header.parameters == sum(map(math.prod, shapes))


@given(cut=st.integers(0, 170))
def test_a_file_cut_anywhere_in_its_head_is_refused(cut: int) -> None:
    data = gguf({"general.architecture": "x", "general.name": "y" * 50, "a": ["b"] * 3})
    with pytest.raises(ValueError, match=r"GGUF|damaged"):
        read_header(data[:cut])


@given(junk=st.binary(max_size=200))
def test_no_bytes_after_the_magic_make_the_reader_hang_or_break(junk: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert read_header(b"GGUF" + junk).parameters >= 0


def test_a_text_file_is_refused_by_its_first_bytes() -> None:
    with pytest.raises(ValueError, match="does not begin with GGUF"):
        read_header(b"import this")
