"""The spool: rewriting it loses neither what is open nor what is not read yet."""

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
    return encode(SpoolLine(name, seal=chain.record(sample.exchange(sample.ask(name)), texts))) + (
        b"\n"
    )


def test_a_rewritten_spool_keeps_open_and_unread_lines(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    for line in (opened("a"), opened("b"), sealed("b")):
        spool.append(line)
    assert [row.head.id for row in spool.scan.batch()] == ["b"]
    spool.append(opened("c"))
    spool.append(sealed("c"))
    before = spool.size
    spool.compact(now=True)
    assert spool.size == before - len(opened("b") + sealed("b")) == spool.path.stat().st_size
    spool.append(sealed("a"))
    rows = spool.scan.batch()
    assert [(row.head.id, row.ask) for row in rows] == [
        (name, encode(name * 50)) for name in ("c", "a")
    ]
    spool.compact(now=False)
    assert spool.path.stat().st_size == 0
    spool.close(delete=True)
    assert list(tmp_path.iterdir()) == []


def test_a_line_longer_than_a_chunk_is_read_whole(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    text = encode("x" * 3_000_000)
    spool.append(encode(SpoolLine("a", open={}, ask=msgspec.Raw(text), ask_salt=b"s")) + b"\n")
    spool.append(sealed("a"))
    while not (rows := spool.scan.batch()):
        pass
    assert rows[0].ask == text
    spool.close(delete=True)
