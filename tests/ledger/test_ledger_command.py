"""``sobre ledger``, as a person types it."""

from __future__ import annotations

import argparse
import json
import sqlite3
from pathlib import Path

import pytest
import sample_exchange as sample

from sobre.adapters.stores.ledger import FILE, SqliteBook
from sobre.cli import ledger
from sobre.errors import BadRequest, SobreError
from sobre.messages import catalogue

Printed = pytest.CaptureFixture[str]


def run(folder: Path, *words: str, lang: str = "en") -> int:
    top = argparse.ArgumentParser()
    top.set_defaults(lang=lang, config=None, data_dir=str(folder))
    ledger.add(top.add_subparsers(), lang)
    args = top.parse_args(["ledger", *words])
    return int(args.run(args))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    with SqliteBook(tmp_path) as book:
        for name in ("ex_1", "ex_2"):
            asked = sample.ask(name)
            book.open(asked, sample.ALICE)
            book.seal(sample.exchange(asked))
        book.open(sample.ask("ex_3"), sample.BOB)
    return tmp_path


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_tail_shows_a_table_in_the_persons_language(kept: Path, capsys: Printed, lang: str) -> None:
    assert run(kept, "tail", "-n", "2", lang=lang) == 0
    head, answered, cut = capsys.readouterr().out.splitlines()
    words = {
        "fr": ["Barreau", "CO₂e (20 à 120)", "non évalué", "interrompu"],
        "en": ["Rung", "CO₂e (20 to 120)", "not assessed", "interrupted"],
    }[lang]
    assert words[0] in head
    assert "ex_2" in answered
    assert words[1] in answered
    assert words[2] in cut
    assert words[3] in cut


def test_tail_as_json_is_the_records(kept: Path, capsys: Printed) -> None:
    assert run(kept, "tail", "--json") == 0
    entries = json.loads(capsys.readouterr().out)
    assert [(e["seq"], e["id"], e["outcome"]) for e in entries] == [
        (1, "ex_1", "kept"),
        (2, "ex_2", "kept"),
        (3, "ex_3", "interrupted"),
    ]


def test_verify_prints_a_head_that_it_takes_back(kept: Path, capsys: Printed) -> None:
    assert run(kept, "verify", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["ok"], said["entries"], said["broken"]) == (True, 3, None)
    assert run(kept, "verify", "--expect", said["head"]) == 0
    assert said["head"] in capsys.readouterr().out
    assert run(kept, "verify", "--expect", "3:" + "00" * 32) == 1
    assert "line 3" in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_verify_names_the_first_broken_line(kept: Path, capsys: Printed, lang: str) -> None:
    db = sqlite3.connect(kept / FILE)
    db.execute("UPDATE entry SET record = CAST('{}' AS BLOB) WHERE seq = 2")
    db.commit()
    db.close()
    assert run(kept, "verify", lang=lang) == 1
    assert ("ligne 2" if lang == "fr" else "line 2") in capsys.readouterr().out
    assert run(kept, "verify", "--json") == 1
    assert json.loads(capsys.readouterr().out)["broken"] == {"line": 2, "why": "link"}


def test_show_prints_the_record_and_the_texts(kept: Path, capsys: Printed) -> None:
    assert run(kept, "show", "ex_1", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["reply"]["choices"][0]["text"] == "Vingt-cinq jours."
    assert run(kept, "show", "ex_1") == 0
    assert "Combien de jours" in capsys.readouterr().out
    assert run(kept, "show", "ex_9") == 1
    assert "ex_9" in capsys.readouterr().err


def test_erase_says_what_it_did_and_the_ledger_still_stands(kept: Path, capsys: Printed) -> None:
    assert run(kept, "erase", "ex_1", "--yes") == 0
    assert run(kept, "erase", "--before", "2026-01-31", "--yes", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"erased": 2}
    assert run(kept, "erase", "ex_1", "--yes") == 1
    assert run(kept, "verify") == 0
    assert run(kept, "tail") == 0
    assert capsys.readouterr().out.count("erasure (") == 2


def test_erase_asks_before_it_acts(kept: Path) -> None:
    with pytest.raises(BadRequest, match="--yes"):
        run(kept, "erase", "ex_1")


@pytest.mark.parametrize("verb", [["tail"], ["verify"]])
def test_no_ledger_yet_is_no_error(tmp_path: Path, capsys: Printed, verb: list[str]) -> None:
    assert run(tmp_path, *verb) == 0
    assert "No ledger yet" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_an_empty_ledger_is_said_to_be_empty(tmp_path: Path, capsys: Printed) -> None:
    SqliteBook(tmp_path).close()
    assert run(tmp_path, "verify", lang="fr") == 0
    assert "vide" in capsys.readouterr().out


def test_a_file_that_is_no_ledger_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("hello" * 1000)
    with pytest.raises(SobreError) as told:
        run(tmp_path, "tail")
    assert told.value.key == "error.ledger_read"
    assert told.value.key in catalogue("fr")
