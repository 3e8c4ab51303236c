"""The chain: whatever is done to a stored line shows, and where."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import sample_exchange as sample
from hypothesis import given
from hypothesis import strategies as st

from sobre.core.exchange import Finding
from sobre.ledger import chain
from sobre.ledger.chain import Break, Line, Why

Tamper = Callable[[list[Line]], None]


def chained(*records: bytes) -> list[Line]:
    lines, previous = [], chain.GENESIS
    for seq, canonical in enumerate(records, 1):
        previous = chain.link(previous, canonical)
        lines.append(Line(seq, canonical, previous))
    return lines


def change(lines: list[Line]) -> None:
    lines[3] = lines[3]._replace(canonical=b'{"n":99}')


def change_and_hash_again(lines: list[Line]) -> None:
    forged = chain.link(lines[2].hash, b'{"n":99}')
    lines[3] = lines[3]._replace(canonical=b'{"n":99}', hash=forged)


def delete(lines: list[Line]) -> None:
    del lines[3]


def delete_and_renumber(lines: list[Line]) -> None:
    del lines[3]
    lines[:] = [line._replace(seq=n) for n, line in enumerate(lines, 1)]


def delete_first(lines: list[Line]) -> None:
    del lines[0]


def insert(lines: list[Line]) -> None:
    forged = Line(4, b'{"n":99}', chain.link(lines[2].hash, b'{"n":99}'))
    lines[:] = [*lines[:3], forged, *(ln._replace(seq=ln.seq + 1) for ln in lines[3:])]


def swap(lines: list[Line]) -> None:
    lines[3], lines[4] = lines[4]._replace(seq=4), lines[3]._replace(seq=5)


def cut_the_middle(lines: list[Line]) -> None:
    del lines[3:6]


def cut_a_record_short(lines: list[Line]) -> None:
    lines[3] = lines[3]._replace(canonical=lines[3].canonical[:-2])


def one_point_zero(lines: list[Line]) -> None:
    lines[3] = lines[3]._replace(canonical=b'{"n":3.0}')


@pytest.mark.parametrize(
    ("tamper", "broken"),
    [
        (change, Break(4, Why.LINK)),
        (change_and_hash_again, Break(5, Why.LINK)),
        (delete, Break(4, Why.GAP)),
        (delete_and_renumber, Break(4, Why.LINK)),
        (delete_first, Break(1, Why.GAP)),
        (insert, Break(5, Why.LINK)),
        (swap, Break(4, Why.LINK)),
        (cut_the_middle, Break(4, Why.GAP)),
        (cut_a_record_short, Break(4, Why.LINK)),
        (one_point_zero, Break(4, Why.LINK)),
    ],
)
def test_the_first_broken_line_is_named_with_its_reason(tamper: Tamper, broken: Break) -> None:
    lines = chained(*(f'{{"n":{n}}}'.encode() for n in range(9)))
    assert chain.verify(lines).broken is None
    tamper(lines)
    verdict = chain.verify(lines)
    assert verdict.broken == broken
    assert verdict.entries == broken.seq - 1


@given(st.lists(st.binary(min_size=1), min_size=1, max_size=8), st.data())
def test_a_single_changed_bit_is_always_seen(records: list[bytes], data: st.DataObject) -> None:
    lines = chained(*records)
    assert chain.verify(lines).broken is None
    at = data.draw(st.integers(0, len(records) - 1))
    bit = data.draw(st.integers(0, len(records[at]) * 8 - 1))
    changed = bytearray(records[at])
    changed[bit // 8] ^= 1 << bit % 8
    lines[at] = lines[at]._replace(canonical=bytes(changed))
    assert chain.verify(lines).broken == Break(at + 1, Why.LINK)


def test_a_chain_cut_at_its_end_is_seen_by_a_head_noted_elsewhere() -> None:
    lines = chained(b"1", b"2", b"3")
    noted = (3, lines[2].hash)
    assert chain.verify(lines, noted=noted).broken is None
    assert chain.verify(lines[:2]).broken is None
    assert chain.verify(lines[:2], noted=noted).broken == Break(3, Why.HEAD)
    assert chain.verify(chained(b"1", b"2", b"x"), noted=noted).broken == Break(3, Why.HEAD)


def test_a_flaw_that_the_store_saw_is_reported() -> None:
    lines = chained(b"1", b"2", b"3")
    lines[1] = lines[1]._replace(flaw=Why.TEXT)
    assert chain.verify(lines).broken == Break(2, Why.TEXT)


def test_the_record_holds_no_text_and_no_value_found() -> None:
    asked = sample.ask("ex_1", text="Écrire à alice@example.org")
    exchange = sample.exchange(asked, text="C’est écrit à alice@example.org")
    said = json.dumps(chain.record(exchange, chain.texts(kept=False, ask=None, reply=None)))
    assert "alice@example.org" not in said
    assert json.loads(said)["findings"] == {"email": 1}
    assert "value" not in Finding._fields


def test_a_commitment_cannot_be_confirmed_by_guessing_without_its_salt() -> None:
    text = b"oui"
    first, second = (chain.commitment(salt * 16, text) for salt in (b"a", b"b"))
    assert first != second
    assert chain.commitment(b"", text) not in {first, second}
    assert chain.commitment(b"a" * 16, text) == first
