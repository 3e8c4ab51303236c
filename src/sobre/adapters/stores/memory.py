"""A ledger in memory, with the same chain, and a vault: for tests, and for a trial that keeps
nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sobre.adapters.stores.ledger import Entry, Page
from sobre.adapters.stores.spool import encode, head_of
from sobre.core.exchange import Actor, Ask, Exchange
from sobre.core.ports import Forms
from sobre.ledger import chain


@dataclass
class _Kept:
    """The texts of one exchange with their salts."""

    texts: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)

    def add(self, part: str, text: bytes) -> str:
        salt = os.urandom(chain.SALT_BYTES)
        self.texts[part] = (salt, text)
        return chain.commitment(salt, text)

    def read(self, part: str) -> object:
        return json.loads(self.texts[part][1]) if part in self.texts else None


class MemoryBook:
    """Port ``Book`` without a disk. What is open when it closes is sealed as interrupted."""

    def __init__(self, *, keep_texts: bool = True) -> None:
        self._keep = keep_texts
        self._opened: dict[str, tuple[chain.Record, _Kept, str | None]] = {}
        self._lines: list[chain.Line] = []
        self._texts: dict[str, _Kept] = {}
        self._place: dict[str, int] = {}

    def open(self, ask: Ask, actor: Actor) -> None:
        kept = _Kept()
        committed = kept.add("ask", encode(chain.asked(ask))) if self._keep else None
        self._opened[ask.id] = (chain.opening(ask, actor), kept, committed)

    def seal(self, exchange: Exchange) -> None:
        if exchange.ask.id in self._place:
            return
        if exchange.ask.id not in self._opened:
            self.open(exchange.ask, exchange.actor)
        _, kept, committed = self._opened.pop(exchange.ask.id)
        answered = None
        if self._keep and exchange.reply is not None:
            answered = kept.add("reply", encode(chain.answered(exchange.reply)))
        texts = chain.texts(kept=self._keep, ask=committed, reply=answered)
        self._append(chain.record(exchange, texts), kept)

    def note(self, record: chain.Record) -> None:
        """Add a line that is no exchange: see ``chain.energy``."""
        self._append(record, _Kept())

    def flush(self, limit_s: float = 30.0) -> None:
        """There is nothing to wait for."""

    def close(self) -> None:
        for opened, kept, committed in self._opened.values():
            texts = chain.texts(kept=self._keep, ask=committed, reply=None)
            self._append(chain.interrupted(opened, texts), kept)
        self._opened.clear()

    def tail(self, n: int = 20) -> list[Entry]:
        return [_entry(line) for line in self._lines[-n:]] if n else []

    def get(self, exchange_id: str) -> Page | None:
        if exchange_id not in self._place:
            return None
        kept = self._texts.get(exchange_id, _Kept())
        entry = _entry(self._lines[self._place[exchange_id]])
        return Page(entry, kept.read("ask"), kept.read("reply"))

    def spent(self, since: float) -> Mapping[str, tuple[float, float]]:
        sums: dict[str, tuple[float, float]] = {}
        for line in self._lines:
            kind, _, received_at, key_id, gwp, cost = head_of(line.canonical).columns
            if kind == chain.EXCHANGE and received_at >= since:
                before = sums.get(key_id, (0.0, 0.0))
                sums[key_id] = (before[0] + (gwp or 0.0), before[1] + (cost or 0.0))
        return sums

    def verify(self, *, noted: tuple[int, bytes] | None = None) -> chain.Verdict:
        return chain.verify(self._lines, noted=noted)

    def erase(
        self, exchange_id: str | None = None, *, by: Actor, before: float | None = None
    ) -> int:
        if (exchange_id is None) == (before is None):
            raise ValueError("name one exchange, or a moment")
        gone = [name for name in self._texts if self._covers(name, exchange_id, before)]
        for name in gone:
            del self._texts[name]
        if gone:
            at = max(head_of(line.canonical).received_at for line in self._lines)
            self._append(
                chain.erasure(at=at, by=by, exchange=exchange_id, before=before, count=len(gone)),
                _Kept(),
            )
        return len(gone)

    def __iter__(self) -> Iterator[Entry]:
        """Every line, oldest first."""
        return map(_entry, self._lines)

    def _covers(self, name: str, exchange_id: str | None, before: float | None) -> bool:
        if before is None:
            return name == exchange_id
        return head_of(self._lines[self._place[name]].canonical).received_at < before

    def _append(self, record: chain.Record, kept: _Kept) -> None:
        canonical = encode(record)
        previous = self._lines[-1].hash if self._lines else chain.GENESIS
        if record["kind"] == chain.EXCHANGE:
            self._place[record["id"]] = len(self._lines)
            if kept.texts:
                self._texts[record["id"]] = kept
        self._lines.append(
            chain.Line(len(self._lines) + 1, canonical, chain.link(previous, canonical))
        )


def _entry(line: chain.Line) -> Entry:
    return Entry(line.seq, line.hash, json.loads(line.canonical))


class MemoryVault:
    """Port ``Vault`` without a disk: it forgets with the process."""

    def __init__(self) -> None:
        self._sessions: dict[bytes, dict[str, Forms]] = {}

    def load(self, session: bytes) -> Mapping[str, Forms]:
        return dict(self._sessions.get(session, {}))

    def save(self, session: bytes, mapping: Mapping[str, Forms]) -> None:
        self._sessions.setdefault(session, {}).update(mapping)
