"""``sobre report impact``, as a person types it."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from sobre import cli
from sobre.adapters.stores.ledger import FILE
from sobre.messages import LANGUAGES
from support import week

Printed = pytest.CaptureFixture[str]
WEEK = ("--from", "2025-11-03T00:00+01:00", "--to", "2025-11-10T00:00+01:00")


def report(folder: Path, *words: str, period: tuple[str, ...] = WEEK, lang: str = "en") -> int:
    place = ["--data-dir", str(folder), "--lang", lang]
    return cli.main([*place, "report", "impact", *period, *words])


def figures(folder: Path, printed: Printed, *words: str) -> dict[str, Any]:
    assert report(folder, "--format", "json", *words) == 0
    whole: dict[str, Any] = json.loads(printed.readouterr().out)
    return whole | {"figures": {one["id"]: one for one in whole["figures"]}}


def total(text: str, column: str) -> float:
    return sum(float(row[column]) for row in csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_its_nine_parts_in_the_readers_language(
    firm: Path, capsys: Printed, lang: str
) -> None:
    assert report(firm, lang=lang) == 0
    page = capsys.readouterr().out
    assert f'<html lang="{lang}">' in page
    assert len(re.findall(r"<h2 id=\"\w+\">\d\. ", page)) == 9
    assert {"fr": "Effet rebond", "en": "Rebound"}[lang] in page
    assert re.findall(r"report\.\w+|\{\w+\}|<script", page) == []


def test_every_figure_on_the_page_leads_to_its_formula(firm: Path, capsys: Printed) -> None:
    assert report(firm) == 0
    page = capsys.readouterr().out
    shown, explained = (
        set(re.findall(p, page)) for p in (r'href="#(R\d[^"]+)"', r'id="(R\d[^"]+)"')
    )
    assert len(shown) > 100
    assert shown <= explained


def test_every_table_says_what_its_rows_and_columns_are(firm: Path, capsys: Printed) -> None:
    assert report(firm) == 0
    page = capsys.readouterr().out
    assert page.count("<caption>") == page.count("<table") > 10
    assert re.findall(r"<th(?! scope)(?!ead)", page) == []
    assert page.count("<figcaption>") == page.count('role="img"') > 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pdf_is_tagged_and_says_its_language(firm: Path, tmp_path: Path, lang: str) -> None:
    pytest.importorskip("typst")
    file = tmp_path / "report.pdf"
    assert report(firm, "--format", "pdf", "--output", str(file), lang=lang) == 0
    content = file.read_bytes()
    assert content.startswith(b"%PDF-1.7")
    assert b"pdfuaid" in content  # typst refuses to claim it where a tag or a text is missing
    assert (
        f"/Lang ({lang})".encode() in content
        or f"<dc:language><rdf:Bag><rdf:li>{lang}".encode() in content
    )


def test_the_pdf_without_its_library_says_what_to_install(
    firm: Path, tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    assert report(firm, "--format", "pdf", "--output", str(tmp_path / "r.pdf")) == 2
    assert "sobre[report]" in capsys.readouterr().err


def test_a_figures_command_prints_it_with_its_formula_and_lines(
    firm: Path, capsys: Printed
) -> None:
    known = figures(firm, capsys)["figures"]["R1.gwp.total"]
    assert known["command"].endswith("--figure R1.gwp.total")
    assert report(firm, "--figure", "R1.gwp.total") == 0
    value, formula, lines = capsys.readouterr().out.splitlines()
    assert repr(known["value"]["mid"]) in value
    assert value.endswith("gCO2eq")
    assert "sum" in formula
    assert 100 < int(lines.rpartition(" ")[2]) < 200


@pytest.mark.parametrize("name", ["R1.gwp.per_answer", "R4.rung.paris.adpe", "R5.electricity"])
def test_the_lines_of_a_figure_add_up_to_it(firm: Path, capsys: Printed, name: str) -> None:
    known = figures(firm, capsys)["figures"][name]["value"]
    assert report(firm, "--figure", name, "--lines") == 0
    lines = capsys.readouterr().out
    for column, value in known.items():
        assert total(lines, column) == pytest.approx(value, rel=1e-9)


def test_csv_and_json_hold_the_same_figures_in_full(firm: Path, capsys: Printed) -> None:
    known = figures(firm, capsys)["figures"]
    assert report(firm, "--format", "csv") == 0
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert rows.pop("ledger")["formula"] == "ok"
    assert rows.keys() == known.keys()
    assert float(rows["R1.gwp.total"]["high"]) == known["R1.gwp.total"]["value"]["high"]
    assert rows["R4.rung.labo.gwp"]["mid"] == ""


@pytest.mark.parametrize("form", ["html", "csv", "json"])
def test_no_person_is_named_and_small_teams_share_a_row(
    firm: Path, capsys: Printed, form: str
) -> None:
    assert report(firm, "--format", form) == 0
    text = capsys.readouterr().out
    assert "R3.team.few.attempts" in text
    assert "R3.team.direction" not in text
    assert not any(one.name in text or one.key_id in text for one in week.people())


def test_a_team_has_a_report_of_its_own(firm: Path, capsys: Printed) -> None:
    whole, own = figures(firm, capsys), figures(firm, capsys, "--team", "atelier")
    assert own["team"] == "atelier"
    mine = own["figures"]["R1.gwp.total"]["value"]["mid"]
    assert mine == pytest.approx(whole["figures"]["R4.team.atelier.gwp"]["value"]["mid"])
    assert "--team atelier" in own["figures"]["R1.gwp.total"]["command"]


def test_a_report_on_one_person_says_so(firm: Path, capsys: Printed) -> None:
    assert report(firm, "--team", "direction") == 0
    assert "speaks of individuals" in capsys.readouterr().out


def test_a_broken_ledger_is_said_first_and_the_report_still_made(
    firm: Path, tmp_path: Path, capsys: Printed
) -> None:
    shutil.copy(firm / FILE, tmp_path / FILE)
    change = "UPDATE entry SET record = CAST(replace(record, ?, ?) AS BLOB) WHERE seq >= 200"
    with contextlib.closing(sqlite3.connect(tmp_path / FILE)) as db, db:
        db.execute(change, ('"kept"', '"KEPT"'))
        db.execute(change, ('"input_tokens"', '"lost_tokens"'))
    found = figures(tmp_path, capsys)
    assert found["ledger"]["ok"] is False
    assert found["ledger"]["broken"]["line"] == 200
    assert report(tmp_path) == 0
    page = capsys.readouterr().out
    assert page.index('class="note alert"') < page.index('class="keys"')
    assert "cannot be read" in page
    assert "broken at line 200" in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_period_without_traffic_makes_a_report_that_says_so(
    firm: Path, capsys: Printed, lang: str
) -> None:
    empty = ("--from", "2025-01-01", "--to", "2025-01-31")
    assert report(firm, period=empty, lang=lang) == 0
    page = capsys.readouterr().out
    assert {"fr": "il n’y a rien à compter", "en": "nothing to count"}[lang] in page
    assert {"fr": "non évalué", "en": "not assessed"}[lang] in page


def test_a_period_of_which_nothing_could_be_assessed_is_not_zero(
    tmp_path: Path, capsys: Printed
) -> None:
    unknown = (
        one for one in week.week(exchanges=400) if {a.rung for a in one.attempts} == {"labo"}
    )
    assert week.keep(tmp_path, unknown) > 3
    found = figures(tmp_path, capsys)["figures"]
    assert found["R1.gwp.total"]["value"] is None
    assert found["R1.not_assessed"]["value"]["mid"] > 3
    assert report(tmp_path) == 0
    assert "not an impact of zero" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--from", "2025-11-09", "--to", "2025-11-03"), "ends"),
        (("--from", "2999-01-01", "--to", "2999-01-02"), "not come yet"),
        (("--from", "yesterday", "--to", "2025-11-03"), "not a date"),
        ((*WEEK, "--lines"), "--figure"),
        ((*WEEK, "--figure", "R1.gwp.totl"), "R1.gwp.total"),
        ((*WEEK, "--output", "/nowhere/at/all.html"), "no folder /nowhere/at"),
        ((*WEEK, "--output", "/"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_told_with_a_remedy(
    firm: Path, capsys: Printed, words: tuple[str, ...], told: str
) -> None:
    assert report(firm, period=words) == 2
    assert told in capsys.readouterr().err


def test_without_a_ledger_there_is_nothing_to_report(tmp_path: Path, capsys: Printed) -> None:
    assert report(tmp_path) == 2
    assert "no ledger" in capsys.readouterr().err


def test_a_period_that_goes_on_says_where_it_stopped(firm: Path, capsys: Printed) -> None:
    assert report(firm, period=("--from", "2025-11-03", "--to", "2999-12-31")) == 0
    page = capsys.readouterr().out
    assert "ends at line 366 of the ledger" in page
    assert "the total changes by" not in page  # part of a period against a whole one


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2025-W45", "2025-W45-7", "du 03/11/2025 au 09/11/2025 inclus"),
        ("20251103", "20251109", "du 03/11/2025 au 09/11/2025 inclus"),
        ("2025-11-03 08:00", "2025-11-05T18:00", "03/11/2025 08:00 inclus au 05/11/2025 18:00 ex"),
    ],
)
def test_a_date_in_any_iso_form_is_shown_as_people_write_it(
    firm: Path, capsys: Printed, first: str, last: str, told: str
) -> None:
    assert report(firm, period=("--from", first, "--to", last), lang="fr") == 0
    page = capsys.readouterr().out
    assert told in page
    assert "--from 2025-11-03" in page


@pytest.mark.parametrize(
    ("option", "there"), [("--team", "atelier, bureau d’études"), ("--use-case", "code, courriel")]
)
def test_a_team_that_is_not_there_is_told_which_are(
    firm: Path, capsys: Printed, option: str, there: str
) -> None:
    assert report(firm, option, "atelierr") == 0
    printed = capsys.readouterr()
    assert there in printed.err.replace("RH, ", "")
    assert there in printed.out.replace("RH, ", "")
    assert "nothing to count" in printed.out


def test_the_first_part_says_what_was_measured_and_what_the_total_leaves_out(
    firm: Path, capsys: Printed
) -> None:
    assert report(firm) == 0
    first = capsys.readouterr().out.partition('<h2 id="scope">')[0]
    assert "chain intact" in first
    assert "0% from measurement" in first
    assert re.search(r"no exchange bears[^<]*330\sWh", first)


def test_a_teams_report_does_not_deny_the_machines_measurement(firm: Path, capsys: Printed) -> None:
    assert report(firm, "--team", "atelier") == 0
    page = capsys.readouterr().out
    assert "belongs to no team" in page
    assert "No measurement of energy on record" not in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_formula_has_no_word_of_a_program(firm: Path, capsys: Printed, lang: str) -> None:
    assert report(firm, lang=lang) == 0
    page = capsys.readouterr().out
    assert re.findall(r"= (kept|hung_up|machine|cpu|gpu)\b", page) == []
    assert lang == "en" or re.findall(r"= (?:failed|yes)|\w; (?:sur|Issue)", page) == []


def test_the_pdf_is_the_same_bytes_for_the_same_moment(
    firm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("typst")
    monkeypatch.setattr("time.time", lambda: 1_763_000_000.0)
    files = [tmp_path / "1.pdf", tmp_path / "2.pdf"]
    for file in files:
        assert report(firm, "--format", "pdf", "--output", str(file)) == 0
    once, again = (file.read_bytes() for file in files)
    assert once == again
