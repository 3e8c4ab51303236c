"""What every book promises, on each of them; then what only the one on disk can."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sample_exchange as sample

from sobre.adapters import stores
from sobre.adapters.stores.ledger import FILE, Reader, SqliteBook
from sobre.adapters.stores.memory import MemoryBook
from sobre.core.exchange import Outcome
from sobre.core.ports import Book
from sobre.errors import ConfigError, LedgerError
from sobre.ledger.chain import Break, Why

AnyBook = SqliteBook | MemoryBook


@pytest.fixture(params=["sqlite", "memory"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyBook]:
    made = SqliteBook(tmp_path) if request.param == "sqlite" else MemoryBook()
    yield made
    made.close()


def keep(book: Book, *names: str, at: float = 1000.0, **change: object) -> None:
    for name in names:
        asked = sample.ask(name, at=at)
        book.open(asked, sample.ALICE)
        book.seal(sample.exchange(asked, **change))  # type: ignore[arg-type]


def test_a_sealed_exchange_is_read_back_with_its_texts(book: AnyBook) -> None:
    keep(book, "ex_1")
    page = book.get("ex_1")
    assert page is not None
    record = page.entry.record
    assert record["actor"] == {"key_id": "k1", "name": "Alice", "team": "compta", "role": "user"}
    assert record["attempts"][0]["zone"] == "machine"
    assert record["impact"]["gwp"] == {"low": 0.02, "mid": 0.05, "high": 0.125, "unit": "gCO2eq"}
    assert record["impact"]["wcf"] is None
    assert page.ask["messages"][0]["content"] == "Combien de jours de congés ?"
    assert page.reply["choices"][0]["text"] == "Vingt-cinq jours."


def test_lines_are_numbered_from_one_in_the_order_they_were_sealed(book: AnyBook) -> None:
    keep(book, "ex_1", "ex_2", "ex_3")
    assert [(e.seq, e.record["id"]) for e in book.tail(2)] == [(2, "ex_2"), (3, "ex_3")]
    assert book.verify().entries == 3
    assert book.verify().broken is None


def test_an_exchange_counts_once_however_often_it_is_sealed(book: AnyBook) -> None:
    keep(book, "ex_1", "ex_1")
    book.seal(sample.exchange(sample.ask("ex_1"), outcome=Outcome.FAILED))
    assert [entry.record["outcome"] for entry in book.tail()] == ["kept"]


def test_an_exchange_sealed_without_being_opened_is_whole(book: AnyBook) -> None:
    book.seal(sample.exchange(sample.ask("ex_1")))
    page = book.get("ex_1")
    assert page is not None
    assert page.ask["messages"][0]["role"] == "user"
    assert book.verify().broken is None


def test_spending_is_summed_by_key_from_the_high_bounds_since_a_moment(book: AnyBook) -> None:
    keep(book, "ex_old", at=10.0)
    keep(book, "ex_1", "ex_2", at=1000.0)
    keep(book, "ex_3", at=1000.0, actor=sample.BOB, impact=None, cost=None)
    assert book.spent(500.0) == {"k1": (0.25, 0.005), "k2": (0.0, 0.0)}


def test_an_erasure_keeps_the_chain_whole_and_is_itself_a_line(book: AnyBook) -> None:
    keep(book, "ex_1", "ex_2")
    assert book.erase("ex_1", by=sample.BOB) == 1
    erased, other = book.get("ex_1"), book.get("ex_2")
    assert erased is not None
    assert other is not None
    assert (erased.ask, erased.reply) == (None, None)
    assert other.reply is not None
    last = book.tail(1)[0].record
    assert (last["kind"], last["exchange"], last["count"]) == ("erasure", "ex_1", 1)
    assert last["actor"]["name"] == "Bob"
    assert book.verify().broken is None


def test_erasing_before_a_moment_leaves_later_texts(book: AnyBook) -> None:
    keep(book, "ex_1", "ex_2", at=1000.0)
    keep(book, "ex_3", at=2000.0)
    assert book.erase(before=2000.0, by=sample.BOB) == 2
    left = book.get("ex_3")
    assert left is not None
    assert left.ask is not None
    assert book.tail(1)[0].record["before"] == 2000.0
    assert book.verify().broken is None


def test_erasing_what_is_not_there_adds_no_line(book: AnyBook) -> None:
    keep(book, "ex_1")
    assert book.erase("ex_9", by=sample.BOB) == 0
    assert book.erase("ex_1", by=sample.BOB) == 1
    assert book.erase("ex_1", by=sample.BOB) == 0
    assert len(book.tail()) == 2


def test_half_a_surrogate_pair_does_not_stop_the_ledger(book: AnyBook) -> None:
    asked = sample.ask("ex_1", text="coupé \ud83d")
    book.open(asked, sample.ALICE)
    book.seal(sample.exchange(asked, text="\ud83d", reason="\ud83d"))
    page = book.get("ex_1")
    assert page is not None
    assert "\ufffd" in page.ask["messages"][0]["content"]
    assert book.verify().broken is None


@pytest.mark.parametrize("kind", ["sqlite", "memory"])
def test_without_texts_the_record_says_that_none_were_kept(kind: str, tmp_path: Path) -> None:
    book = (
        SqliteBook(tmp_path, keep_texts=False) if kind == "sqlite" else MemoryBook(keep_texts=False)
    )
    keep(book, "ex_1")
    page = book.get("ex_1")
    assert page is not None
    assert (page.ask, page.reply) == (None, None)
    assert page.entry.record["texts"] == {"ask": None, "kept": False, "reply": None}
    assert book.verify().broken is None
    book.close()


def test_closing_seals_what_is_still_open_as_interrupted(tmp_path: Path) -> None:
    with SqliteBook(tmp_path) as book:
        book.open(sample.ask("ex_1"), sample.ALICE)
    with Reader(tmp_path) as reader:
        page = reader.get("ex_1")
        assert page is not None
        assert page.entry.record["outcome"] == "interrupted"
        assert page.entry.record["impact"] is None
        assert page.ask["messages"][0]["content"] == "Combien de jours de congés ?"
        assert reader.verify().broken is None
    assert list((tmp_path / "spool").iterdir()) == []


def test_nothing_can_be_opened_once_it_is_closed(tmp_path: Path) -> None:
    book = SqliteBook(tmp_path)
    book.close()
    with pytest.raises(LedgerError):
        book.open(sample.ask("ex_1"), sample.ALICE)


@pytest.mark.parametrize(
    ("tamper", "broken"),
    [
        ("UPDATE entry SET record = replace(record, 'auto', 'best') WHERE seq = 2", Why.LINK),
        ("UPDATE entry SET hash = zeroblob(32) WHERE seq = 2", Why.LINK),
        ("UPDATE entry SET cost_eur = 0 WHERE seq = 2", Why.COLUMNS),
        ("UPDATE entry SET key_id = 'k2' WHERE seq = 2", Why.COLUMNS),
        ("UPDATE texts SET reply = '{}' WHERE seq = 2", Why.TEXT),
        ("UPDATE texts SET ask_salt = zeroblob(16) WHERE seq = 2", Why.TEXT),
        ("UPDATE texts SET reply = NULL WHERE seq = 2", Why.TEXT_GONE),
        ("DELETE FROM texts WHERE seq = 2", Why.TEXT_GONE),
        ("DELETE FROM entry WHERE seq = 2", Why.GAP),
    ],
)
def test_a_hand_in_the_database_is_seen(tmp_path: Path, tamper: str, broken: Why) -> None:
    with SqliteBook(tmp_path) as book:
        keep(book, "ex_1", "ex_2", "ex_3")
        book.flush()
        db = sqlite3.connect(tmp_path / FILE)
        tamper = tamper.replace("record = replace(", "record = CAST(replace(")
        tamper = tamper.replace("'best')", "'best') AS BLOB)").replace("'{}'", "CAST('{}' AS BLOB)")
        assert db.execute(tamper).rowcount == 1
        db.commit()
        db.close()
        assert book.verify().broken == Break(2, broken)


def test_an_old_erasure_does_not_cover_a_text_that_vanishes_later(tmp_path: Path) -> None:
    with SqliteBook(tmp_path) as book:
        keep(book, "ex_1", at=1000.0)
        book.erase(before=2000.0, by=sample.BOB)
        keep(book, "ex_2", at=1000.0)
        book.flush()
        db = sqlite3.connect(tmp_path / FILE)
        db.execute("DELETE FROM texts WHERE seq = 3")
        db.commit()
        db.close()
        assert book.verify().broken == Break(3, Why.TEXT_GONE)


def test_erased_text_is_in_none_of_the_files(tmp_path: Path) -> None:
    with SqliteBook(tmp_path) as book:
        asked = sample.ask("ex_1", text="le code est perroquet")
        book.open(asked, sample.ALICE)
        book.seal(sample.exchange(asked))
        keep(book, *(f"ex_{n}" for n in range(2, 9)))
        book.flush()
        assert _holds(tmp_path, b"perroquet")
        book.erase("ex_1", by=sample.BOB)
        assert not _holds(tmp_path, b"perroquet")


def _holds(folder: Path, text: bytes) -> bool:
    return any(text in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_ledger_can_be_read_while_another_hand_extends_it(tmp_path: Path) -> None:
    with SqliteBook(tmp_path) as book, Reader(tmp_path) as reader:
        keep(book, "ex_1")
        book.flush()
        assert reader.verify().entries == 1
        keep(book, "ex_2")
        book.flush()
        assert [entry.record["id"] for entry in reader.tail()] == ["ex_1", "ex_2"]


def test_two_books_extend_one_chain(tmp_path: Path) -> None:
    with SqliteBook(tmp_path) as first, SqliteBook(tmp_path) as second:
        for n in range(40):
            keep((first, second)[n % 2], f"ex_{n}")
        first.flush()
        second.flush()
        assert first.verify() == second.verify()
        assert first.verify().entries == 40


def test_the_spool_empties_also_while_an_exchange_stays_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sobre.adapters.stores.spool._ROOMY", 20_000)
    with SqliteBook(tmp_path) as book:
        long = sample.ask("ex_long", text="La plus longue question")
        book.open(long, sample.ALICE)
        for start in range(0, 120, 20):
            keep(book, *(f"ex_{n}" for n in range(start, start + 20)))
            book.flush()
        [spool] = (tmp_path / "spool").glob("*.jsonl")
        assert spool.stat().st_size < 100_000
        book.seal(sample.exchange(long))
        page = book.get("ex_long")
        assert page is not None
        assert page.ask["messages"][0]["content"] == "La plus longue question"
        assert book.verify().entries == 121
        assert book.verify().broken is None


def test_a_full_disk_refuses_the_exchange_and_leaves_no_half_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    write = os.write
    with SqliteBook(tmp_path) as book:
        keep(book, "ex_1")
        monkeypatch.setattr(
            "sobre.adapters.stores.spool.os.write", lambda fd, line: write(fd, line[:40])
        )
        with pytest.raises(LedgerError, match="disk is full"):
            book.open(sample.ask("ex_2"), sample.ALICE)
        monkeypatch.undo()
        keep(book, "ex_3")
        assert [entry.record["id"] for entry in book.tail()] == ["ex_1", "ex_3"]


def test_a_database_that_cannot_be_written_closes_the_door(tmp_path: Path) -> None:
    book = SqliteBook(tmp_path)
    (tmp_path / FILE).unlink()
    book.seal(sample.exchange(sample.ask("ex_1")))
    with pytest.raises(LedgerError):
        book.flush()
    with pytest.raises(LedgerError):
        book.open(sample.ask("ex_2"), sample.ALICE)
    book.close()
    assert list((tmp_path / "spool").glob("*.jsonl")) != []


def test_a_folder_that_cannot_be_made_is_told_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="free some space") as told:
        SqliteBook(tmp_path / "file" / "data")
    assert told.value.status == 503


def test_a_ledger_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    SqliteBook(tmp_path).close()
    db = sqlite3.connect(tmp_path / FILE)
    db.execute("INSERT INTO schema_version VALUES (999, 0)")
    db.commit()
    db.close()
    with pytest.raises(ConfigError, match="newer Sobre"):
        SqliteBook(tmp_path)


def test_the_migrations_make_the_schema_that_is_described_here(tmp_path: Path) -> None:
    SqliteBook(tmp_path).close()
    db = sqlite3.connect(tmp_path / FILE)
    found = {
        name: {column[1]: column[2] for column in db.execute(f"PRAGMA table_xinfo({name})")}
        for (name,) in db.execute("SELECT name FROM sqlite_schema ORDER BY name").fetchall()
    }
    versions = [version for (version,) in db.execute("SELECT version FROM schema_version")]
    db.close()
    assert versions == list(stores.migrations("ledger")) == [1]
    assert found["entry"] == {
        "seq": "INTEGER",
        "kind": "TEXT",
        "exchange": "TEXT",
        "received_at": "REAL",
        "key_id": "TEXT",
        "gwp_g": "REAL",
        "cost_eur": "REAL",
        "record": "BLOB",
        "hash": "BLOB",
    }
    assert found["texts"] == {
        "seq": "INTEGER",
        "ask_salt": "BLOB",
        "ask": "BLOB",
        "reply_salt": "BLOB",
        "reply": "BLOB",
    }
    assert set(found) == {"entry", "texts", "schema_version", "entry_exchange", "entry_spending"}


def test_every_query_of_the_ledger_has_a_sentence() -> None:
    text = (Path(stores.__file__).parent / "sql" / "ledger.sql").read_text()
    assert len(re.findall(r"^-- name: \w+\n-- [A-Z].+\.?", text, re.MULTILINE)) == len(
        stores.queries("ledger")
    )


def test_only_the_owner_can_read_the_files(tmp_path: Path) -> None:
    with SqliteBook(tmp_path / "data") as book:
        keep(book, "ex_1")
        book.flush()
        files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
        assert files
        assert {path.stat().st_mode & 0o077 for path in files} == {0}
