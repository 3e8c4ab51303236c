"""The sampler over sources and clocks turned by hand, then with its own thread."""

from __future__ import annotations

import asyncio
import math
import random
from dataclasses import replace
from threading import Event
from time import monotonic

import pytest
from fake_power import (
    GPU_FACTS,
    LOCAL,
    MODEL_FACTS,
    Bench,
    Dial,
    Time,
    bench,
    finder,
    used,
)

from sobre.adapters.power.sampler import Finder, Sampler
from sobre.adapters.power.source import Reading, Source, Unusable
from sobre.adapters.stores.memory import MemoryBook
from sobre.core.reason import Reason
from sobre.core.zone import Zone
from sobre.errors import LedgerError

WH = 3600.0
FAR = replace(LOCAL, name="far", zone=Zone.EU_HOSTED)
CARD_RUNG = replace(LOCAL, name="card", hardware="gpu")


def whole(record: dict[str, object]) -> float:
    parts: dict[str, float] = record["parts"]  # type: ignore[assignment]
    return math.fsum(parts.values()) + record["unattributed"]  # type: ignore[operator]


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def dial(time: Time) -> Dial:
    return Dial(time, watts=20.0)


@pytest.fixture
def ready(time: Time, dial: Dial) -> Bench:
    """Idle is known: 20 W."""
    made = bench(time, dial)
    made.wait(60, step=10)
    return made


def test_what_is_above_idle_goes_to_the_calls_by_their_work(ready: Bench, dial: Dial) -> None:
    dial.turn(50.0)
    ready.sampler.begin("a", LOCAL)
    ready.call("b", 4.0, used(cpu_seconds=1.0))
    ready.sampler.end("a", used(cpu_seconds=3.0))
    dial.turn(20.0)
    ready.sampler.close()
    (record,) = [r for r in ready.records if r["parts"]]
    assert record["parts"] == {"a": pytest.approx(90 / WH), "b": pytest.approx(30 / WH)}
    assert record["unattributed"] == pytest.approx(80 / WH)
    assert record["total"] == {
        "low": pytest.approx(180 / WH),
        "mid": pytest.approx(200 / WH),
        "high": pytest.approx(220 / WH),
        "unit": "Wh",
    }
    assert (record["kind"], record["source"], record["tier"]) == ("energy", "rapl", "A")
    assert record["scope"]["processor"] == "measured"
    assert record["scope"]["gpu"] == "not assessed"
    assert record["to"] - record["from"] == pytest.approx(4.0)


def test_a_call_is_shared_once_it_has_ended_and_all_its_time_is(ready: Bench, dial: Dial) -> None:
    dial.turn(30.0)
    ready.sampler.begin("long", LOCAL)
    ready.call("short", 1.0, used(cpu_seconds=1.0))
    ready.wait(30)
    assert [r for r in ready.records if r["parts"]] == []
    ready.sampler.end("long", used(cpu_seconds=31.0))
    ready.wait(1)
    (record,) = [r for r in ready.records if r["parts"]]
    assert record["parts"] == {
        "long": pytest.approx(305 / WH),
        "short": pytest.approx(5 / WH),
    }


def test_a_call_that_never_ends_does_not_hold_the_others_for_ever(time: Time, dial: Dial) -> None:
    made = bench(time, dial, hold_s=20.0)
    made.sampler.begin("stuck", LOCAL)
    made.call("done", 2.0, used(cpu_seconds=1.0))
    made.wait(40)
    assert {name for r in made.records for name in r["parts"]} == {"stuck", "done"}


def test_waiting_for_a_turn_is_not_work(ready: Bench, dial: Dial) -> None:
    dial.turn(40.0)
    ready.sampler.begin("next", LOCAL)
    ready.call("first", 4.0, used(cpu_seconds=4.0))
    ready.sampler.work("next")
    ready.wait(4)
    ready.sampler.end("next", used(cpu_seconds=4.0))
    ready.sampler.close()
    (record,) = [r for r in ready.records if r["parts"]]
    assert record["parts"] == {"first": pytest.approx(80 / WH), "next": pytest.approx(80 / WH)}


def test_a_call_that_reached_no_model_or_is_elsewhere_bears_nothing(
    ready: Bench, dial: Dial
) -> None:
    ready.call("failed", 2.0, None)
    ready.call("far", 2.0, used(), FAR)
    ready.sampler.close()
    assert [r["parts"] for r in ready.records] == [{}]


def test_a_cards_energy_goes_to_its_own_calls_and_the_processors_to_its_own(time: Time) -> None:
    processor, card = Dial(time, watts=10.0), Dial(time, facts=GPU_FACTS, watts=70.0)
    made = bench(time, processor, card)
    made.wait(60, step=10)
    processor.turn(30.0)
    card.turn(300.0)
    made.sampler.begin("on card", CARD_RUNG)
    made.call("on processor", 2.0, used(cpu_seconds=2.0))
    made.wait(2)
    made.sampler.end("on card", used())
    made.sampler.close()
    (record,) = [r for r in made.records if r["parts"]]
    assert record["source"] == "rapl+nvml"
    assert record["parts"]["on processor"] == pytest.approx(40 / WH)
    assert record["parts"]["on card"] == pytest.approx((230 * 4 + 20 * 2) / WH)
    assert record["total"]["mid"] == pytest.approx(whole(record), rel=1e-12)
    assert record["total"]["mid"] == pytest.approx(330 * 4 / WH)


def test_the_next_best_source_takes_over_and_the_gap_is_on_record(time: Time) -> None:
    best, model = Dial(time, watts=50.0), Dial(time, facts=MODEL_FACTS, watts=8.0)
    made = bench(time, best, model)
    made.sampler.begin("a", LOCAL)
    made.wait(2)
    best.fault = "gone"
    made.wait(4)
    made.sampler.end("a", used())
    made.sampler.close()
    (record,) = made.records
    (gap,) = record["failed"]
    assert (gap["source"], gap["next"], gap["why"]) == ("rapl", "cpu-time", "gone")
    assert gap["to"] - gap["from"] == pytest.approx(1.5)
    assert record["sources"]["rapl"]["energy"] == pytest.approx(100 / WH)
    assert record["sources"]["cpu-time"]["energy"] == pytest.approx(20 / WH)
    assert (record["tier"], record["scope"]["processor"]) == ("B", "modelled")
    assert best.closed == 1


def test_a_source_that_comes_back_is_used_again(time: Time) -> None:
    best, model = Dial(time, fault="off", watts=50.0), Dial(time, facts=MODEL_FACTS, watts=8.0)
    made = bench(time, best, model)
    best.fault = ""
    made.wait(400, step=10)
    made.call("a", 4.0, used())
    made.sampler.close()
    (record,) = [r for r in made.records if r["parts"]]
    assert record["source"] == "rapl"
    assert model.closed == 1


def test_one_reading_that_fails_costs_its_own_time_only(ready: Bench, dial: Dial) -> None:
    ready.sampler.begin("a", LOCAL)
    ready.wait(1)
    dial.fault = "busy"
    ready.wait(0.5)
    dial.fault = ""
    ready.wait(1.5)
    ready.sampler.end("a", used())
    ready.sampler.close()
    (record,) = [r for r in ready.records if r["parts"]]
    assert [gap["to"] - gap["from"] for gap in record["failed"]] == [pytest.approx(0.5)]
    assert record["sources"]["rapl"]["seconds"] == pytest.approx(2.5)


def test_a_machine_that_slept_is_not_guessed(ready: Bench, time: Time) -> None:
    ready.sampler.begin("a", LOCAL)
    ready.wait(1)
    time.slept = 3600.0
    ready.wait(1)
    ready.sampler.end("a", used())
    ready.sampler.close()
    (record,) = [r for r in ready.records if r["failed"]]
    assert "asleep" in record["failed"][0]["why"]


def test_without_work_one_line_an_hour_is_written(time: Time, dial: Dial) -> None:
    made = bench(time, dial)
    made.wait(7300, step=10)
    assert len(made.records) == 2
    assert made.records[0]["parts"] == {}
    assert made.records[0]["unattributed"] == made.records[0]["total"]["mid"]
    made.sampler.close()
    assert sum(r["total"]["mid"] for r in made.records) == pytest.approx(20 * 7300 / WH)


def test_idle_that_was_never_seen_is_not_called_zero(time: Time, dial: Dial) -> None:
    made = bench(time, dial)
    made.call("a", 2.0, used())
    made.sampler.close()
    (record,) = made.records
    assert record["sources"]["rapl"]["idle"] is None
    assert record["parts"] == {"a": pytest.approx(40 / WH)}


def test_a_call_does_not_bear_what_was_drawn_before_it_came(time: Time, dial: Dial) -> None:
    made = bench(time, dial)
    time.now += 9.0
    made.call("a", 1.0, used())
    made.sampler.close()
    (record,) = made.records
    assert record["parts"] == {"a": pytest.approx(20 / WH)}
    assert record["unattributed"] == pytest.approx(9.0 * 20 / WH)


def test_a_meter_that_has_not_moved_before_the_end_is_a_gap(time: Time) -> None:
    made = bench(time, Dial(time, still=True))
    made.call("a", 2.0, used())
    made.sampler.close()
    (record,) = made.records
    assert record["failed"][0]["to"] - record["failed"][0]["from"] == pytest.approx(2.0)


def test_a_ledger_that_refuses_gets_the_line_later(time: Time, dial: Dial) -> None:
    made = bench(time, dial)
    kept, full = [], [True]

    def write(record: dict[str, object]) -> None:
        if full:
            full.clear()
            raise LedgerError("full")
        kept.append(record)

    made.sampler._write = write
    made.call("a", 15.0, used())
    made.wait(1)
    assert kept == []
    made.sampler.close()
    assert kept[0]["total"]["mid"] == pytest.approx(20 * 15 / WH)  # type: ignore[index]


def test_a_meter_that_somebody_can_mend_is_named_once(
    time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    def find() -> Source:
        raise Unusable(Reason("it is off", "reason.power.meter", why="off"))

    sampler = Sampler([Finder("wall", find)], lambda _: None, clock=time.clock)
    for _ in range(100):
        time.now += 10
        sampler.tick()
    assert [record.getMessage() for record in caplog.records] == ["wall is not used: it is off"]


def test_a_source_that_never_comes_back_does_not_hold_the_end(
    time: Time, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sobre.adapters.power.sampler._HANGS_S", 0.05)
    reached, let_go = Event(), Event()

    class Stuck(Dial):
        def read(self, now: float) -> Reading | None:
            reached.set()
            let_go.wait(10)
            return super().read(now)

    sampler = Sampler([finder(Stuck(time))], lambda _: None, hertz=100)
    sampler.start()
    sampler.begin("a", LOCAL)
    assert reached.wait(10)
    sampler.close()
    assert "does not answer" in caplog.text
    let_go.set()


class RealTime(Time):
    """The machine's own clock."""

    @property
    def now(self) -> float:
        return monotonic()

    @now.setter
    def now(self, _: float) -> None: ...


async def test_a_hundred_tasks_at_once_lose_nothing_and_gain_nothing() -> None:
    """Real thread, real clock: what the source gave out is what the records hold."""
    given: list[float] = []

    class Counted(Dial):
        def read(self, now: float) -> object:  # type: ignore[override]
            reading = super().read(now)
            given.append(reading.joules)  # type: ignore[union-attr]
            return reading

    book = MemoryBook()
    sampler = Sampler([finder(Counted(RealTime(), watts=100.0))], book.note, hertz=50, record_s=0.2)
    sampler.start()
    draw = random.Random(4)

    async def one(number: int) -> None:
        await asyncio.sleep(draw.random() * 0.3)
        sampler.begin(f"ex_{number}", LOCAL)
        await asyncio.sleep(draw.random() * 0.4)
        sampler.work(f"ex_{number}")
        await asyncio.sleep(draw.random() * 0.4)
        sampler.end(f"ex_{number}", used(cpu_seconds=draw.choice((None, draw.random()))))

    await asyncio.gather(*map(one, range(100)))
    await asyncio.to_thread(sampler.close)
    records = [entry.record for entry in book.tail(1000)]
    assert len(records) > 1
    for record in records:
        assert record["total"]["mid"] == pytest.approx(whole(record), rel=1e-9)
    named = {name for record in records for name in record["parts"]}
    assert named == {f"ex_{number}" for number in range(100)}
    total = math.fsum(record["total"]["mid"] for record in records)
    assert total <= math.fsum(given) / WH * (1 + 1e-9)
    assert total == pytest.approx(math.fsum(given) / WH, rel=0.2)
    assert book.verify().broken is None
