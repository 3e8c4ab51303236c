"""``sobre grid``: one's own hours are read, judged, kept and used; when to run what can wait."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sobre import cli
from sobre.adapters import grids
from sobre.errors import GridFileError

Run = Callable[..., str]
EM = "Datetime (UTC),Country,Zone Name,Zone Id,{},{},Data Estimated"
OLD = ("Carbon Intensity gCO₂eq/kWh (direct)", "Carbon Intensity gCO₂eq/kWh (LCA)")
NEW = ("Carbon intensity gCO₂eq/kWh (direct)", "Carbon intensity gCO₂eq/kWh (Life cycle)")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str, status: int = 0, lang: str = "en") -> str:
        found = cli.main(["--data-dir", str(tmp_path / "data"), "--lang", lang, "grid", *words])
        told = capsys.readouterr()
        assert found == status, told
        return told.out + told.err

    return call


def electricity_maps(
    path: Path, heads: tuple[str, str] = OLD, *, days: int = 40, **other: Any
) -> Path:
    """Hour h emits 40 + h, of which half directly; January 1 on."""
    zone, direct = other.get("zone", "DE"), other.get("direct", 0.5)
    begin = datetime(2024, 1, 1, tzinfo=UTC)
    lines = [EM.format(*heads)]
    for i in range(24 * days):
        at, grams = begin + timedelta(hours=i), 40 + i % 24
        lines.append(f"{at:%Y-%m-%d %H:%M:%S},X,X,{zone},{grams * direct},{grams},false")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def eco2mix(path: Path, days: list[str], *, mark: str = "\t") -> Path:
    """As RTE writes it: quarter hours of which every second is empty, a last line of law."""
    lines = [
        mark.join(("Périmètre", "Nature", "Date", "Heures", "Consommation", "Taux de Co2", ""))
    ]
    for day in days:
        for quarter in range(96):
            clock = f"{quarter // 4:02}:{quarter % 4 * 15:02}"
            rate = str(20 + quarter // 4) if quarter % 2 == 0 else ""
            lines.append(mark.join(("France", "Données définitives", day, clock, "", rate, "")))
        lines.append("")
    lines.append("RTE ne pourra être tenu responsable de l'usage fait de ces données.")
    path.write_bytes("\n".join(lines).encode("latin-1"))
    return path


def days_from(first: str, count: int) -> list[str]:
    begin = datetime.fromisoformat(first)
    return [(begin + timedelta(days=i)).date().isoformat() for i in range(count)]


@pytest.mark.parametrize("heads", [OLD, NEW])
def test_an_export_of_electricity_maps_becomes_the_places_factor(
    run: Run, tmp_path: Path, heads: tuple[str, str]
) -> None:
    told = run("import", str(electricity_maps(tmp_path / "de.csv", heads)))
    assert "960 values of 60 minutes, 2024-01-01 to 2024-02-09" in told
    assert "only 40 days" in told
    factors = grids.factors(tmp_path / "data")
    assert factors.grids["DEU"].gwp.mid == pytest.approx(51.5)
    assert "Electricity Maps 2024-01-01 to 2024-02-09 (gwp)" in factors.grids["DEU"].source
    assert run("list").splitlines()[1].startswith("DEU")


def test_direct_emissions_are_taken_where_they_are_asked_for(tmp_path: Path) -> None:
    own = grids.read_file(electricity_maps(tmp_path / "de.csv"), accounting="direct")
    assert own.gwp.mid == pytest.approx(51.5 / 2)
    assert own.name.endswith(", direct")
    assert "direct" in own.flags


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_an_export_of_eco2mix_is_read_with_its_empty_quarters_and_its_last_line(
    tmp_path: Path, mark: str
) -> None:
    own = grids.read_file(eco2mix(tmp_path / "eCO2mix.xls", days_from("2024-01-08", 14), mark=mark))
    assert (own.zone, own.step_minutes, own.count) == ("FRA", 30, 14 * 48)
    assert own.profile.month_hour[0] == pytest.approx(tuple(20 + hour for hour in range(24)))
    assert (own.profile.accounting, own.profile.perimeter) == ("direct", "production")


@pytest.mark.parametrize(("first", "skipped"), [("2024-03-25", "4"), ("2024-10-21", None)])
def test_the_days_on_which_french_clocks_change_are_read(
    tmp_path: Path, first: str, skipped: str | None
) -> None:
    own = grids.read_file(eco2mix(tmp_path / "eCO2mix.xls", days_from(first, 14)))
    assert own.flags.get("no_such_hour") == skipped
    assert own.missing < 0.01


def test_two_columns_are_enough(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    begin = datetime(2024, 5, 1)  # noqa: DTZ001 - a time without a zone is what is tried
    rows = [f"{begin + timedelta(hours=i)},{30 + i % 24}" for i in range(240)]
    file.write_text("datetime,gco2_per_kwh\n" + "\n".join(rows))
    own = grids.read_file(file, zone="esp", name="My supplier", basis="market")
    assert (own.zone, own.name) == ("ESP", "My supplier, market")
    assert "utc" in own.flags


def test_direct_emissions_above_the_life_cycle_are_noted(tmp_path: Path) -> None:
    own = grids.read_file(electricity_maps(tmp_path / "de.csv", direct=1.2))
    assert own.flags["direct_above"] == "100.0%"


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (replaced("2024-01-05 03:00", "2024-01-05 02:00"), "twice (2024-01-05 02:00 UTC)"),
        (replaced("2024-01-05 03:00", "2023-01-05 03:00"), "not in order of time"),
        (replaced("2024-01-05 03:00:00", "yesterday"), "line 101: “yesterday” is no date"),
        (replaced(",43,", ",many,"), "“many” is no number"),
        (replaced(",43,", ",-43,"), "which is no emission"),
        (replaced(",43,", ",4300,"), "more than any power station"),
        (lambda text: text.replace(",DE,", ",FR,", 1), "several zones (DE, FR)"),
        (replaced("Datetime (UTC)", "When"), "no known line of titles"),
        (lambda text: text[:900], "only"),
        (lambda _: "PK\x03\x04\0", "is a workbook"),
        (lambda _: "", "no known line of titles"),
    ],
)  # fmt: skip
def test_a_faulty_export_is_refused_in_words_and_leaves_what_was_there(
    run: Run, tmp_path: Path, change: Callable[[str], str], said: str
) -> None:
    file = electricity_maps(tmp_path / "de.csv")
    run("import", str(file))
    kept = (tmp_path / "data" / "grids" / "DEU.json").read_bytes()
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    told = run("import", str(file), status=2)
    assert said in told
    assert (tmp_path / "data" / "grids" / "DEU.json").read_bytes() == kept
    assert [f.name for f in (tmp_path / "data" / "grids").iterdir()] == ["DEU.json"]


def test_what_is_kept_is_for_its_owner_only_and_can_be_removed(run: Run, tmp_path: Path) -> None:
    run("import", str(electricity_maps(tmp_path / "de.csv")))
    kept = tmp_path / "data" / "grids" / "DEU.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert "imported for DEU" in run("show", "Germany")
    run("remove", "de")
    assert not kept.exists()
    assert "Nothing was imported for DEU" in run("remove", "de", status=2)


def test_a_damaged_file_is_said_with_what_to_do_and_can_be_removed(
    run: Run, tmp_path: Path
) -> None:
    run("import", str(electricity_maps(tmp_path / "de.csv")))
    kept = tmp_path / "data" / "grids" / "DEU.json"
    kept.write_text(kept.read_text()[:500])
    with pytest.raises(GridFileError, match="sobre grid remove DEU"):
        grids.factors(tmp_path / "data")
    assert "sobre grid remove DEU" in run("list", status=2)
    run("remove", "DEU")
    run("list")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_place_shows_its_factors_its_hours_and_what_others_publish(run: Run, lang: str) -> None:
    told = run("show", "FR", lang=lang)
    assert "41 g" in told.replace("\u202f", " ").replace("\u00a0", " ")
    for part in ("RTE", "Our World in Data", "ODbL 1.0", "Europe/Paris"):
        assert part in told


def test_the_json_of_a_place_holds_every_number_with_its_source(run: Run) -> None:
    told = json.loads(run("show", "GBR", "--json"))
    assert {factor["id"] for factor in told["factors"]} == {
        f"electricity.GBR.{name}" for name in ("gwp", "adpe", "pe", "wue")
    }
    assert all(factor["source"] for factor in told["factors"])
    assert len(told["profile"]["month_hour"]) == 12


def test_a_person_is_told_when_to_run_a_job_and_what_it_would_save(run: Run) -> None:
    told = run("when", "--zone", "DE", "--from", "2026-06-10T19:00", "--hours", "2")
    assert "Germany: run it Thursday from" in told
    assert "% less" in told
    assert "Electricity Maps 2023" in told


def test_the_same_in_french(run: Run) -> None:
    told = run("when", "--zone", "DE", "--from", "2026-06-10T19:00", lang="fr")
    assert "Allemagne\u00a0: lancez-le jeudi de" in told


def test_a_program_is_told_the_same_and_the_deadline_is_kept(run: Run) -> None:
    words = ("when", "--zone", "DEU", "--from", "2026-06-10T19:00", "--within", "1d", "--json")
    told = json.loads(run(*words))
    begin, end = map(datetime.fromisoformat, told["runs"][0])
    assert end - begin == timedelta(hours=2)
    assert end <= datetime(2026, 6, 11, 17, tzinfo=UTC)
    assert told["gco2_per_kwh"] < told["at_once_gco2_per_kwh"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("when",), "Which zone?"),
        (("when", "--zone", "SWE"), "The hours of SWE are not known; those of DEU, FRA, GBR are"),
        (("when", "--zone", "FRA", "--from", "soon"), "“soon” is no time"),
        (("show", "Frnace"), "Near ones: FRANCE"),
        (("import", "nowhere.csv"), "cannot be read"),
    ],
)
def test_a_wrong_question_is_answered_in_words(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in run(*words, status=2)
