"""The spool: rewriting it loses neither what is open nor what is not carried yet."""

from __future__ import annotations

from pathlib import Path

import msgspec
import sample_exchange as sample

from sobre.adapters.stores.spool import Spool, SpoolLine, encode
from sobre.ledger import chain


def opened(name: str) -> bytes:
    opening = chain.opening(sample.ask(name), sample.ALICE)
    body = msgspec.Raw(encode(name * 50))
    return encode(SpoolLine(name, open=opening, ask=body, ask_salt=b"s" * 16)) + b"\n"


def sealed(name: str) -> bytes:
    texts = chain.texts(kept=True, ask="00", reply=None)
    record = encode(chain.record(sample.exchange(sample.ask(name)), texts))
    return encode(SpoolLine(name, seal=msgspec.Raw(record))) + b"\n"


def test_a_rewritten_spool_keeps_what_is_open_or_not_carried_in_its_order(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    for name in ("a", "b", "c"):
        spool.append(name, opened(name))
    for name in ("b", "c"):
        spool.append(name, sealed(name))
    spool.forget("b")
    before = spool.size
    spool.compact(now=True)
    assert spool.size == before - len(opened("b") + sealed("b")) == spool.path.stat().st_size
    spool.append("a", sealed("a"))
    rows = spool.scan().batch()
    assert [(row.columns.exchange, row.ask) for row in rows] == [
        (name, encode(name * 50)) for name in ("c", "a")
    ]
    for name in ("a", "c"):
        spool.forget(name)
    spool.compact(now=False)
    assert spool.path.stat().st_size == 0
    spool.close(delete=True)
    assert list(tmp_path.iterdir()) == []


def test_a_line_longer_than_a_chunk_is_read_whole(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    text = encode("x" * 3_000_000)
    line = SpoolLine("a", open={}, ask=msgspec.Raw(text), ask_salt=b"s")
    spool.append("a", encode(line) + b"\n")
    spool.append("a", sealed("a"))
    scan = spool.scan()
    while not (rows := scan.batch()):
        pass
    assert rows[0].ask == text
    spool.close(delete=True)
