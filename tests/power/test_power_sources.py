"""What each source counts, on machines that are folders."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from fake_power import FakeNvml, machine, process, zone

from sobre.adapters.power.cpu_time import CpuTime, Ours, ProcessorTime, watts_of
from sobre.adapters.power.finders import finders
from sobre.adapters.power.nvml import Nvml
from sobre.adapters.power.rapl import Rapl
from sobre.adapters.power.source import BOARD, MEMORY, PROCESSOR, Reading, Unreadable, Unusable
from sobre.adapters.power.wall import Wall, fetcher
from sobre.config import Measure
from sobre.core.reason import Reason
from sobre.errors import ConfigError
from sobre.footprint import Interval
from sobre.messages import LANGUAGES, reason

# --- RAPL ---------------------------------------------------------------------------------------


def joules(source: Rapl, file: Path, energy_uj: int, now: float = 1.0) -> float:
    file.write_text(str(energy_uj))
    return source.read(now).joules


def test_packages_and_their_memory_are_counted_and_what_is_inside_them_is_not(
    tmp_path: Path,
) -> None:
    counters = [
        zone(tmp_path, "intel-rapl:0", "package-0", 0),
        zone(tmp_path, "intel-rapl:1", "package-1", 0),
        zone(tmp_path, "intel-rapl:0:2", "dram", 0),
    ]
    inside = [
        zone(tmp_path, "intel-rapl:0:0", "core", 0),
        zone(tmp_path, "intel-rapl:0:1", "uncore", 0),
        zone(tmp_path, "intel-rapl-mmio:0", "package-0", 0),
    ]
    source = Rapl(tmp_path)
    source.start(0.0)
    for file in (*counters, *inside):
        file.write_text("2000000")
    assert source.read(1.0) == Reading(6.0)
    assert source.facts.covers == {PROCESSOR, MEMORY}


def test_the_platform_is_preferred_to_its_parts(tmp_path: Path) -> None:
    zone(tmp_path, "intel-rapl:0", "package-0", 0)
    psys = zone(tmp_path, "intel-rapl:1", "psys", 0)
    source = Rapl(tmp_path)
    source.start(0.0)
    assert joules(source, psys, 5_000_000) == 5.0
    assert BOARD in source.facts.covers


def test_a_counter_that_runs_over_goes_on_from_its_start(tmp_path: Path) -> None:
    file = zone(tmp_path, "intel-rapl:0", "package-0", 999_000_000, most_uj=999_999_999)
    source = Rapl(tmp_path)
    source.start(0.0)
    assert joules(source, file, 1_000_000, now=0.5) == pytest.approx(2.0)


@pytest.mark.parametrize(("now", "energy_uj"), [(0.5, 10_000), (2e6, 500_000_000)])
def test_a_counter_set_back_or_left_alone_too_long_is_not_guessed(
    tmp_path: Path, now: float, energy_uj: int
) -> None:
    most = 262_143_328_850
    file = zone(tmp_path, "intel-rapl:0", "package-0", 400_000_000, most_uj=most)
    source = Rapl(tmp_path)
    source.start(0.0)
    with pytest.raises(Unreadable):
        joules(source, file, energy_uj, now=now)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("why", ["permission", "virtual", "hidden", "absent"])
def test_why_there_is_no_rapl_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str, lang: str
) -> None:
    machine(tmp_path, 0)
    if why == "virtual":
        (tmp_path / "proc/cpuinfo").write_text("flags\t\t: fpu hypervisor lahf_lm\n")
    if why == "hidden":  # as container engines do: the folder behind the link is empty
        (tmp_path / "sys/class/powercap").mkdir(parents=True)
        (tmp_path / "sys/class/powercap/intel-rapl:0").symlink_to(tmp_path / "nowhere")
    if why == "permission":
        zone(tmp_path, "intel-rapl:0", "package-0", 0)

        def refuse(_: Path) -> bytes:
            raise PermissionError

        monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(Unusable) as caught:
        Rapl(tmp_path)
    assert caught.value.why.key == f"reason.power.{why}"
    assert ("sudo chmod a+r /sys" in reason(caught.value.why, lang)) == (why == "permission")


def test_a_counter_that_goes_away_is_told(tmp_path: Path) -> None:
    file = zone(tmp_path, "intel-rapl:0", "package-0", 0)
    source = Rapl(tmp_path)
    source.start(0.0)
    file.unlink()
    with pytest.raises(Unreadable):
        source.read(1.0)


# --- Processor time -----------------------------------------------------------------------------


def cpu(root: Path, *, whole: bool) -> CpuTime:
    time = ProcessorTime(root, pid=10, ticks=100)
    return CpuTime(time, low_w=2.0, mid_w=4.0, high_w=8.0, whole=whole)


def test_the_model_counts_the_process_and_all_it_has_started(tmp_path: Path) -> None:
    machine(tmp_path, 0)
    process(tmp_path, 10, 0, children="11 12")
    process(tmp_path, 11, 0, children="13")
    for pid in (12, 13, 99):
        process(tmp_path, pid, 0)
    own, whole = cpu(tmp_path, whole=False), cpu(tmp_path, whole=True)
    own.start(0.0)
    whole.start(0.0)
    process(tmp_path, 10, 25)
    process(tmp_path, 13, 75)
    process(tmp_path, 99, 500)
    machine(tmp_path, 600, idle=9000)
    process(tmp_path, 10, 25, children="11 12")
    assert own.read(1.0).joules == pytest.approx(4.0)
    assert whole.read(1.0).joules == pytest.approx(24.0)
    assert own.facts.tier == "B"
    assert (own.facts.has_idle, whole.facts.has_idle) == (False, True)


def test_a_process_that_ended_is_counted_once(tmp_path: Path) -> None:
    machine(tmp_path, 0)
    process(tmp_path, 10, 0, children="11")
    process(tmp_path, 11, 100)
    own = cpu(tmp_path, whole=False)
    own.start(0.0)
    process(tmp_path, 10, 0, children="", ended_ticks=150)
    assert own.read(1.0).joules == pytest.approx(2.0)


def test_processor_time_that_goes_back_is_not_guessed(tmp_path: Path) -> None:
    machine(tmp_path, 100)
    whole = cpu(tmp_path, whole=True)
    whole.start(0.0)
    machine(tmp_path, 10)
    with pytest.raises(Unreadable):
        whole.read(1.0)


def test_sobres_part_of_the_processors_work(tmp_path: Path) -> None:
    machine(tmp_path, 100)
    process(tmp_path, 10, 50)
    ours = Ours(ProcessorTime(tmp_path, pid=10, ticks=100))
    ours()
    machine(tmp_path, 300)
    process(tmp_path, 10, 100)
    assert ours() == pytest.approx(0.25)
    assert ours() == 1.0, "nothing ran: nothing to take away"


def test_the_watts_of_a_known_processor_come_from_its_tdp() -> None:
    assert watts_of(65.0, 16) == pytest.approx(4.14, abs=0.01)


# --- NVIDIA -------------------------------------------------------------------------------------


def test_cards_are_added_up() -> None:
    library = FakeNvml(cards=2)
    source = Nvml(library)
    source.start(0.0)
    library.millijoules = [5_100_000, 5_250_000]
    assert source.read(0.5).joules == pytest.approx(350.0)


def test_a_card_without_a_counter_gives_power_times_time() -> None:
    library = FakeNvml(counts=False)
    source = Nvml(library)
    source.start(0.0)
    library.milliwatts = [130_000]
    assert source.read(0.5).joules == pytest.approx(50.0)
    with pytest.raises(Unreadable):
        source.read(500.0)


def test_a_card_whose_driver_was_loaded_again_is_not_guessed() -> None:
    library = FakeNvml()
    source = Nvml(library)
    source.start(0.0)
    library.millijoules = [10]
    with pytest.raises(Unreadable):
        source.read(0.5)


@pytest.mark.parametrize("library", [FakeNvml(driver=False), FakeNvml(cards=0)])
def test_no_card_is_said(library: FakeNvml) -> None:
    with pytest.raises(Unusable) as caught:
        Nvml(library)
    assert caught.value.why.key == "reason.power.no_gpu"


# --- A wall meter -------------------------------------------------------------------------------


class Said:
    """A meter that says what the test wants."""

    def __init__(self, said: str) -> None:
        self.said = said

    def __call__(self) -> str:
        return self.said


@pytest.mark.parametrize(
    ("unit", "pointer", "before", "after", "joules"),
    [
        ("W", "", "20.0 W", "40.0 W", 60.0),
        ("uW", "", "20000000\n", "20000000\n", 40.0),
        (
            "kWh",
            "/aenergy/total",
            '{"aenergy": {"total": 1}}',
            '{"aenergy": {"total": 1.001}}',
            3600,
        ),
        ("J", "/0", "[5]", "[65]", 60.0),
        ("mW", "/a~1b", '{"a/b": "1e3"}', '{"a/b": 1000}', 2.0),
    ],
)
def test_a_meter_is_read_in_its_own_unit(
    unit: str, pointer: str, before: str, after: str, joules: float
) -> None:
    meter = Said(before)
    source = Wall(meter, unit, pointer)
    source.start(0.0)
    meter.said = after
    reading = source.read(2.0)
    assert reading is not None
    assert reading.joules == pytest.approx(joules)


def test_a_coarse_counter_is_waited_for() -> None:
    meter = Said("1000")
    source = Wall(meter, "Wh")
    source.start(0.0)
    assert source.read(0.5) is None
    meter.said = "1000.1"
    reading = source.read(30.0)
    assert reading is not None
    assert reading.joules == pytest.approx(360.0)
    assert source.read(1000.0) == Reading(0.0)
    meter.said = "3"
    with pytest.raises(Unreadable):
        source.read(1000.5)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "offline",
        "-3",
        "NaN",
        '{"power": null}',
        '{"power": true}',
        "{",
        '{"power": ' + "9" * 400 + "}",
        '{"power": ' + "[" * 60_000,
    ],
)
def test_a_meter_that_gives_no_number_is_not_used(said: str) -> None:
    with pytest.raises(Unusable):
        Wall(Said(said), "W", "/power" if said.startswith("{") else "")


@contextmanager
def plug(status: int, body: str, headers: dict[str, str], pause_s: float = 0.0) -> Iterator[str]:
    """``pause_s`` between two letters of the body, until nobody reads them."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in body if pause_s else (body,):
                try:
                    self.wfile.write(piece.encode())
                except OSError:
                    return
                time.sleep(pause_s)

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/status"
        finally:
            server.shutdown()
            thread.join()


def test_a_plug_is_asked_over_http_past_any_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with plug(200, json.dumps({"StatusSNS": {"ENERGY": {"Power": 42}}}), {}) as url:
        source = Wall(fetcher(url, None), "W", "/StatusSNS/ENERGY/Power")
        source.start(0.0)
        assert source.read(1.0) == Reading(42.0)


def test_a_plug_that_sends_elsewhere_is_not_followed() -> None:
    with plug(200, "42", {}) as elsewhere, plug(302, "", {"Location": elsewhere}) as url:
        with pytest.raises(Unusable) as caught:
            Wall(fetcher(url, None), "W")
        assert "302" in caught.value.why


def test_a_plug_that_is_off_is_not_used() -> None:
    with plug(200, "42", {}) as url:
        pass
    with pytest.raises(Unusable):
        Wall(fetcher(url, None), "W")


def test_a_plug_that_never_ends_its_answer_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sobre.adapters.power.wall._TIMEOUT_S", 0.2)
    with plug(200, "42" + " " * 50, {}, pause_s=0.1) as url, pytest.raises(Unusable) as caught:
        Wall(fetcher(url, None), "W")
    assert "end" in caught.value.why


def test_a_plug_that_goes_off_meanwhile_is_a_failed_reading_that_says_why() -> None:
    with plug(200, "42", {}) as url:
        source = Wall(fetcher(url, None), "W")
        source.start(0.0)
    with pytest.raises(Unreadable, match="refused"):
        source.read(1.0)


def test_a_meters_file_is_relative_to_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "power").write_text("7")
    assert fetcher("power", tmp_path)() == "7"
    with pytest.raises(ConfigError, match=r"measure\.meter"):
        fetcher("nowhere", tmp_path)


# --- All of them --------------------------------------------------------------------------------


def test_the_configuration_says_which_may_be_used_and_in_what_order(tmp_path: Path) -> None:
    zone(tmp_path, "intel-rapl:0", "package-0", 0)
    machine(tmp_path, 0)
    watts = Interval(2.0, 4.0, 8.0)
    all_of_them = finders(Measure(), None, watts, others=False, root=tmp_path)
    assert [one.name for one in all_of_them] == ["wall", "rapl", "nvml", "cpu-time"]
    with pytest.raises(Unusable) as caught:
        all_of_them[0].find()
    assert isinstance(caught.value.why, Reason)
    assert all_of_them[1].find().facts.name == "rapl"
    one = finders(Measure(sources=("cpu-time",)), None, watts, others=True, root=tmp_path)
    assert [finder.find().facts.has_idle for finder in one] == [True]
