"""``sobre measure``, and a running Sobre that measures."""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from fake_power import LOCAL, MODEL_FACTS, Dial, Time, bench, used

from sobre import config
from sobre.adapters.power.finders import reach
from sobre.adapters.providers.fake import Echo
from sobre.adapters.stores.ledger import Reader
from sobre.app import App, new_key, open_app
from sobre.cli import ledger, measure
from sobre.config import Config, Measure
from sobre.core.zone import Zone
from sobre.errors import ConfigError
from sobre.web.server import Server
from support.client import caller

Printed = pytest.CaptureFixture[str]
ONLY_MODEL = "[measure]\nsources = ['cpu-time']\n"


def run(folder: Path, *words: str, lang: str = "en", toml: str = ONLY_MODEL) -> int:
    file = folder / "sobre.toml"
    file.write_text(toml, encoding="utf-8")
    top = argparse.ArgumentParser()
    top.set_defaults(lang=lang, config=file, data_dir=str(folder))
    commands = top.add_subparsers()
    measure.add(commands, lang)
    ledger.add(commands, lang)
    args = top.parse_args(words)
    return int(args.run(args))


async def asked(app: App, count: int = 3) -> list[str]:
    """Ask an echo, and return the exchanges' ids."""
    call = caller(Server(app), new_key(app.state, "tests"))
    body = {"model": "echo", "messages": [{"role": "user", "content": "un deux trois"}]}
    answers = [await call("POST", "/v1/chat/completions", json=body) for _ in range(count)]
    return [answer.json["sobre"]["exchange"] for answer in answers]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_can_be_measured_here_is_shown_with_its_power(
    tmp_path: Path, capsys: Printed, lang: str
) -> None:
    (tmp_path / "power").write_text("42.5")
    toml = "[measure]\nmeter = 'power'\nsources = ['wall', 'cpu-time']\n"
    assert run(tmp_path, "measure", "--seconds", "0.1", lang=lang, toml=toml) == 0
    wall, model, *others = capsys.readouterr().out.splitlines()
    assert "42" in wall
    words = {"fr": ("compteur sur la prise", "pas utilisé"), "en": ("wall meter", "not used")}
    assert words[lang][0] in wall
    assert words[lang][1] in model
    assert all(words[lang][1] in line for line in others)


def test_check_says_whether_anything_is_truly_measured(tmp_path: Path, capsys: Printed) -> None:
    assert run(tmp_path, "measure", "check") == 1
    assert "factor of two" in capsys.readouterr().out
    (tmp_path / "power").write_text("42.5")
    assert run(tmp_path, "measure", "check", "--json", toml="measure.meter = 'power'\n") == 0
    told = {one["source"]: one for one in json.loads(capsys.readouterr().out)}
    assert told["wall"]["used"]
    assert told["cpu-time"]["why"] == "a better one covers the same"


def test_a_meter_that_breaks_meanwhile_is_told(
    tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "power").write_text("42.5")
    monkeypatch.setattr("time.sleep", lambda _: (tmp_path / "power").unlink())
    toml = "[measure]\nmeter = 'power'\nsources = ['wall']\n"
    assert run(tmp_path, "measure", toml=toml) == 1
    assert "failed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("meter = 'http://8.8.8.8/power'", "measure.meter"),
        ("meter = 'http://plug.example/power'", "measure.meter"),
        ("meter = 'http://[::ffff:8.8.8.8]/power'", "measure.meter"),
        ("meter = 'http://169.254.169.254/'", "measure.meter"),
        ("meter = 'http://me:secret@192.168.1.4/power'", "measure.meter"),
        ("meter = 'ftp://192.168.1.4/power'", "measure.meter"),
        ("meter = 'http://192.168.1.4:99999/'", "measure.meter"),
        ("meter_unit = 'horses'", "measure.meter_unit"),
        ("meter_pointer = 'power'", "measure.meter_pointer"),
        ("sources = ['wall', 'tea leaves']", "measure.sources"),
        ("meter = 'power'\nsources = ['rapl']", "measure.meter"),
        ("hertz = 50", "measure.hertz"),
        ("hertz = nan", "measure.hertz"),
        ("record_s = 0", "measure.record_s"),
        ("cpu_tdp_w = -5", "measure.cpu_tdp_w"),
        ("meter = 'not/here'", "measure.meter"),
    ],
)
def test_a_setting_that_cannot_be_is_named(tmp_path: Path, said: str, key: str) -> None:
    with pytest.raises(ConfigError, match=key):
        run(tmp_path, "measure", "check", toml=f"[measure]\n{said}\n")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/x",
        "http://localhost/x",
        "http://192.168.0.9/x",
        "https://[fd00::1]/x",
    ],
)
def test_a_private_address_is_taken(tmp_path: Path, url: str) -> None:
    file = tmp_path / "sobre.toml"
    file.write_text(f"measure.meter = '{url}'\n")
    assert config.load(file).measure.meter == url


def test_companys_calls_are_measured_only_where_a_meter_says_so() -> None:
    assert reach(Measure(meter_covers="company")) == {Zone.MACHINE}
    assert reach(Measure(meter="power", meter_covers="company")) == {Zone.MACHINE, Zone.COMPANY}


async def test_a_running_sobre_puts_what_it_measured_in_the_chain(app: App, config: Config) -> None:
    """``app`` is closed by hand: the last line is written then."""
    ids = await asked(app)
    app.house.meter.close()  # type: ignore[attr-defined]  # a sampler, as the next line sees
    with Reader(config.data_dir) as reader:
        (record,) = reader.energy()
        exchanges = reader.of(ids)
        assert reader.verify().broken is None
    assert set(exchanges) == set(ids)
    assert set(record["parts"]) <= set(ids)
    whole = math.fsum(record["parts"].values()) + record["unattributed"]
    assert record["total"]["mid"] == pytest.approx(whole, rel=1e-9)


async def test_a_switched_off_meter_measures_nothing(config: Config) -> None:
    off = replace(config, measure=Measure(enabled=False))
    async with open_app(off, rungs=[Echo()]) as app:
        await asked(app)
    with Reader(off.data_dir) as reader:
        assert reader.energy() == []


@pytest.fixture
async def recorded(config: Config) -> Path:
    """Two exchanges of an echo, then said to have drawn 3 and 1 mWh."""
    async with open_app(replace(config, measure=Measure(enabled=False)), rungs=[Echo()]) as app:
        first, second = await asked(app, 2)
        time = Time()
        dial = Dial(time)
        made = bench(time, dial)
        made.wait(60, step=10)
        dial.turn(7.2)
        made.sampler.begin(first, LOCAL)
        made.call(second, 2.0, used(cpu_seconds=1.0))
        made.sampler.end(first, used(cpu_seconds=3.0))
        made.sampler.close()
        for record in made.records:
            app.book.note(record)
    return config.data_dir


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_report_sets_measured_against_modelled(
    recorded: Path, capsys: Printed, lang: str
) -> None:
    assert run(recorded, "measure", "report", "--json") == 0
    row = json.loads(capsys.readouterr().out)["rungs"]["echo"]
    assert (row["exchanges"], row["measured"]["mid"]) == (2, pytest.approx(0.004))
    with Reader(recorded) as reader:
        exchanges = reader.of(list(reader.energy()[0]["parts"]))
    modelled = sum(one["impact"]["energy"]["mid"] for one in exchanges.values())
    assert row["modelled"] == pytest.approx(modelled)
    assert row["ratio"] == pytest.approx(0.004 / modelled)
    assert run(recorded, "measure", "report", lang=lang) == 0
    head, line, *_ = capsys.readouterr().out.splitlines()
    assert {"fr": "Barreau", "en": "Rung"}[lang] in head
    assert "echo" in line
    assert {"fr": "4,0\u202fmWh", "en": "4.0\u00a0mWh"}[lang] in line


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_a_report_says_when_no_meter_but_a_model_gave_what_is_called_measured(
    config: Config, capsys: Printed, lang: str
) -> None:
    async with open_app(replace(config, measure=Measure(enabled=False)), rungs=[Echo()]) as app:
        time = Time()
        made = bench(time, Dial(time, facts=MODEL_FACTS, watts=7.2))
        made.wait(3600, step=10)
        for record in made.records:
            app.book.note(record)
    assert run(config.data_dir, "measure", "report", lang=lang) == 0
    none, _, model, _ = capsys.readouterr().out.splitlines()
    words = {"fr": ("Aucun échange", "100 % vient"), "en": ("No exchange", "100 % was")}
    assert words[lang][0] in none
    assert words[lang][1] in model.replace("\u00a0", " ")
    assert run(config.data_dir, "measure", "report", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["from_model"] == told["total"] == pytest.approx(7.2e-3 * 1000)


def test_a_report_of_another_time_is_empty(recorded: Path, capsys: Printed) -> None:
    assert run(recorded, "measure", "report", "--from", "2040-01-01") == 0
    assert "Nothing measured" in capsys.readouterr().out


def test_the_ledger_shows_a_measurement_and_still_stands(recorded: Path, capsys: Printed) -> None:
    assert run(recorded, "ledger", "tail") == 0
    line = next(row for row in capsys.readouterr().out.splitlines() if "measure (2)" in row)
    assert "rapl" in line
    assert "mWh" in line
    assert run(recorded, "ledger", "erase", "--before", "2040-01-01", "--yes") == 0
    assert run(recorded, "ledger", "verify") == 0
