"""Batches: checked, placed in hours of little carbon, run like any request, and told."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobre.adapters.providers.fake import CARD, Echo
from sobre.app import new_key
from sobre.config import Batches
from sobre.jobs import MARGIN, Batch, Plan, Progress, Settings, Status, late_ones, plan
from support.batching import MONDAY, Bench, JumpingClock, Timed, bench, hours, jsonl, request
from support.client import Call, caller

FALLING = hours(100, 100, 50, 20, 90)
HOUR = 3600.0


@pytest.fixture
def clock() -> JumpingClock:
    return JumpingClock()


@pytest.fixture
def rung(clock: JumpingClock) -> Timed:
    return Timed(clock)


async def test_a_batch_waits_for_its_hour_and_says_why(
    tmp_path: Path, clock: JumpingClock, rung: Timed
) -> None:
    async with bench(tmp_path, clock, [rung], series=FALLING) as b:
        made = await b.order(request("a"), request("b"))
        told = await b.settled(made["id"])
        about = told["sobre"]
        assert (told["status"], about["state"], rung.begun) == ("in_progress", "waiting", 0)
        assert MONDAY + 3 * HOUR <= about["planned_start"] < MONDAY + 4 * HOUR
        assert about["grid"]["now_g_per_kwh"] == 100
        assert about["grid"]["then_g_per_kwh"] == 20
        assert "FRA" in about["why"]
        assert (await b.batch(made["id"], "fr"))["sobre"]["why"].startswith("Prévu pour")
        clock.at = about["planned_start"]
        done = await b.ended(made["id"])
        assert done["status"] == "completed"
        assert done["request_counts"] == {"total": 2, "completed": 2, "failed": 0}
        lines = await b.lines(done["output_file_id"])
        assert [line["custom_id"] for line in lines] == ["a", "b"]
        assert lines[0]["response"]["body"]["choices"][0]["message"]["content"] == "Bonjour"


async def test_what_waiting_changed_is_an_estimate_apart_from_what_was_computed(
    tmp_path: Path, clock: JumpingClock, rung: Timed
) -> None:
    async with bench(tmp_path, clock, [rung], series=FALLING) as b:
        made = await b.order(request("a"), request("b"))
        clock.at = (await b.settled(made["id"]))["sobre"]["planned_start"]
        about = (await b.ended(made["id"]))["sobre"]
        waited = about["deferral"]
        assert waited["estimate"] is True
        assert waited["saving"]["mid"] == pytest.approx(0.8 * waited["at_once"]["mid"])
        assert waited["saving"]["low"] < waited["saving"]["mid"] < waited["saving"]["high"]
        grams = [entry.record["impact"]["gwp"]["mid"] for entry in b.app.book.tail()]
        assert about["impact"]["gwp"]["mid"] == pytest.approx(sum(grams))
        assert about["impact"]["calls_not_assessed"] == 0


async def test_every_line_is_a_request_of_the_keys_in_the_ledger(
    tmp_path: Path, clock: JumpingClock, rung: Timed
) -> None:
    own = request("b")
    own["body"]["metadata"] = {"use_case": "own"}
    async with bench(tmp_path, clock, [rung]) as b:
        made = await b.order(
            request("a"), own, metadata={"use_case": "letters", "sobre_defer": "no"}
        )
        await b.ended(made["id"])
        records = [entry.record for entry in b.app.book.tail()]
        assert {r["door"] for r in records} == {"/v1/batches"}
        assert {(r["actor"]["name"], r["actor"]["team"]) for r in records} == {("ours", "sales")}
        assert [r["use_case"] for r in records] == ["letters", "own"]


@pytest.mark.parametrize(
    ("electricity", "defer", "window", "lines", "why"),
    [
        ("FRA", {"sobre_defer": "no"}, "24h", 1, "sobre_defer"),
        ("XXX", {}, "24h", 1, "no hourly profile"),
        (None, {}, "24h", 1, "no hourly profile of the electricity of FRA"),
        ("FRA", {}, "1h", 1, "no later hour"),
        ("FRA", {}, "1h", 400, "no room to wait"),
    ],
)
async def test_a_batch_runs_at_once_where_it_must_or_nothing_is_to_gain(
    tmp_path: Path,
    clock: JumpingClock,
    electricity: str | None,
    defer: dict[str, str],
    window: str,
    lines: int,
    why: str,
) -> None:

    rung = Timed(clock)
    rung.card = dataclasses.replace(CARD, electricity=electricity)

    def series(zone: str, now: float, count: int) -> Any:
        unknown = zone == "XXX" or electricity is None
        return None if unknown else FALLING(zone, now, count)

    async with bench(tmp_path, clock, [rung], series=series) as b:
        wanted = [request(str(i)) for i in range(lines)]
        made = await b.order(*wanted, window=window, metadata=defer)
        done = await b.ended(made["id"])
        assert why in done["sobre"]["why"]
        assert done["sobre"]["deferral"] is None
        assert done["sobre"]["planned_start"] == MONDAY


async def test_a_batch_that_is_behind_runs_whatever_the_hour(
    tmp_path: Path, clock: JumpingClock, rung: Timed
) -> None:
    def never(team: str, use_case: str | None) -> str:
        return "the budget burns too fast"

    async with bench(tmp_path, clock, [rung], series=FALLING, hold=never) as b:
        made = await b.order(request("a"))
        clock.at += 12 * HOUR
        told = await b.until(made["id"], lambda told: told["sobre"]["state"] == "held")
        assert told["sobre"]["why"] == "the budget burns too fast"
        assert rung.begun == 0
        clock.at = MONDAY + 24 * HOUR - 14
        assert (await b.ended(made["id"]))["status"] == "completed"


async def test_wrong_lines_are_named_and_the_others_run(
    tmp_path: Path, clock: JumpingClock, rung: Timed
) -> None:
    streamed = request("stream")
    streamed["body"]["stream"] = True
    no_name = {k: v for k, v in request("x").items() if k != "custom_id"}
    data = jsonl(
        request("good"),
        no_name,
        request("good"),
        request("method", method="GET"),
        request("url", url="/v1/embeddings"),
        streamed,
        request("body", body=[1]),
        request("model", body={"model": "nobody", "messages": [{"role": "user", "content": "x"}]}),
    )
    async with bench(tmp_path, clock, [rung]) as b:
        file = (await b.upload(data + b"{oops\n\n" + b"[1]\n")).json
        made = await b.order_file(file["id"], metadata={"sobre_defer": "no"})
        done = await b.ended(made["id"])
        assert done["status"] == "completed"
        assert done["request_counts"] == {"total": 10, "completed": 1, "failed": 9}
        wrong = await b.lines(done["error_file_id"])
        found = [(w["error"]["line"], w["error"]["code"]) for w in wrong if w["error"]]
        assert found == [
            (2, "missing_required_parameter"),
            (3, "duplicate_custom_id"),
            (4, "invalid_method"),
            (5, "mismatched_url"),
            (6, "streaming_unsupported"),
            (7, "invalid_body"),
            (9, "invalid_json_line"),
            (11, "invalid_json_line"),
        ]
        (refused,) = [w["response"] for w in wrong if w["response"]]
        assert refused["status_code"] == 404
        assert refused["body"]["error"]["code"] == "model_not_found"


async def test_a_file_without_one_good_line_fails_and_names_its_lines(
    tmp_path: Path, clock: JumpingClock, rung: Timed
) -> None:
    async with bench(tmp_path, clock, [rung]) as b:
        made = await b.order({"custom_id": "a"}, 3, lang="fr")
        done = await b.ended(made["id"])
        assert done["status"] == "failed"
        assert [(e["line"], e["code"]) for e in done["errors"]["data"]] == [
            (1, "missing_required_parameter"),
            (2, "invalid_json_line"),
        ]
        assert "ligne 1" in done["errors"]["data"][0]["message"]
        assert rung.begun == 0


async def test_a_batch_cancelled_half_way_keeps_what_it_has(
    tmp_path: Path, clock: JumpingClock, rung: Timed
) -> None:
    async with bench(tmp_path, clock, [rung]) as b:
        rung.gate.clear()
        wanted = [request(str(i)) for i in range(5)]
        made = await b.order(*wanted, metadata={"sobre_defer": "no"})
        await b.until(made["id"], lambda _: rung.begun == 1)
        told = (await b.call("POST", f"/v1/batches/{made['id']}/cancel")).json
        assert told["status"] == "cancelling"
        rung.gate.set()
        done = await b.ended(made["id"])
        assert done["status"] == "cancelled"
        assert [line["custom_id"] for line in await b.lines(done["output_file_id"])] == ["0"]
        unrun = await b.lines(done["error_file_id"])
        assert [line["custom_id"] for line in unrun] == ["1", "2", "3", "4"]
        assert {line["error"]["code"] for line in unrun} == {"batch_cancelled"}
        again = await b.call("POST", f"/v1/batches/{made['id']}/cancel")
        assert (again.status, again.error["code"]) == (400, "batch_ended")


async def test_what_has_not_run_when_the_window_ends_expires(
    tmp_path: Path, clock: JumpingClock, rung: Timed
) -> None:
    async with bench(tmp_path, clock, [rung]) as b:
        rung.gate.clear()
        made = await b.order(request("a"), request("b"), window="1h")
        await b.until(made["id"], lambda _: rung.begun == 1)
        clock.at += HOUR
        done = await b.ended(made["id"])
        assert done["status"] == "expired"
        assert done["output_file_id"] is None
        unrun = await b.lines(done["error_file_id"])
        assert {line["error"]["code"] for line in unrun} == {"batch_expired"}
        assert [line["custom_id"] for line in unrun] == ["a", "b"]


async def test_a_revoked_key_stops_its_batch_and_says_so(
    tmp_path: Path, clock: JumpingClock, rung: Timed
) -> None:
    async with bench(tmp_path, clock, [rung]) as b:
        other = new_key(b.app.state, "leaver", team="sales")
        file = (await b.upload(jsonl(request("a"), request("b")), key=other)).json
        asked = {
            "input_file_id": file["id"],
            "endpoint": "/v1/chat/completions",
            "completion_window": "24h",
            "metadata": {"sobre_defer": "no"},
        }
        rung.gate.clear()
        made = (await caller_of(b, other)("POST", "/v1/batches", json=asked)).json
        await b.until(made["id"], lambda _: rung.begun == 1)
        b.app.state.revoke("leaver", clock.at)
        rung.gate.set()
        done = await b.ended(made["id"])
        assert done["status"] == "failed"
        assert done["errors"]["data"][0]["code"] == "revoked_api_key"
        assert [line["custom_id"] for line in await b.lines(done["output_file_id"])] == ["a"]


def caller_of(b: Bench, key: str) -> Call:
    return caller(b.server, key)


async def test_a_batch_steps_aside_for_people_on_the_same_rung(
    tmp_path: Path, clock: JumpingClock, rung: Timed
) -> None:
    async with bench(tmp_path, clock, [rung]) as b:
        rung.gate.clear()
        body = {"model": "echo", "messages": [{"role": "user", "content": "now"}]}
        person = asyncio.create_task(b.call("POST", "/v1/chat/completions", json=body))
        await rung.busy.wait()
        made = await b.order(request("a"), metadata={"sobre_defer": "no"})
        await b.until(made["id"], lambda told: told["sobre"]["state"] == "running")
        await asyncio.sleep(0.1)
        assert rung.begun == 1
        rung.gate.set()
        assert (await person).status == 200
        assert (await b.ended(made["id"]))["status"] == "completed"
        assert rung.begun == 2


async def test_what_was_measured_is_what_the_next_batch_is_planned_with(
    tmp_path: Path, clock: JumpingClock
) -> None:
    rung = Timed(clock, line_s=120.0)
    async with bench(tmp_path, clock, [rung], batches=Batches(seconds_per_line=1.0)) as b:
        now = {"sobre_defer": "no"}
        first = await b.order(request("a"), request("b"), metadata=now)
        await b.ended(first["id"])
        rung.gate.clear()
        second = await b.order(*(request(str(i)) for i in range(10)), metadata=now)
        estimate = (await b.settled(second["id"]))["sobre"]["estimate"]
        assert estimate["seconds_per_line"] == 120.0
        assert estimate["from"] == "measured"
        assert estimate["seconds_left"] == 1200.0
        rung.gate.set()


async def test_the_nearest_deadline_runs_first(
    tmp_path: Path, clock: JumpingClock, rung: Timed
) -> None:
    async with bench(tmp_path, clock, [rung]) as b:
        rung.gate.clear()
        now = {"sobre_defer": "no"}
        wanted = [request(str(i), f"late {i}") for i in range(2)]
        late = await b.order(*wanted, window="48h", metadata=now)
        await b.until(late["id"], lambda _: rung.begun == 1)
        soon = await b.order(request("a", "soon"), window="2h", metadata=now)
        await b.settled(soon["id"])
        b.worker.wake()
        await asyncio.sleep(0.05)
        rung.gate.set()
        await b.ended(late["id"])
        order = [outbound.messages[0].content for outbound in rung.seen]
        assert order == ["late 0", "soon", "late 1"]


@pytest.mark.parametrize("endpoint", ["/v1/completions", "/v1/embeddings", "/v1/responses"])
async def test_every_endpoint_takes_batches(
    tmp_path: Path, clock: JumpingClock, endpoint: str
) -> None:
    field = "prompt" if endpoint == "/v1/completions" else "input"
    line = request("a", url=endpoint, body={"model": "auto", field: "Bonjour"})
    async with bench(tmp_path, clock, [Echo()]) as b:
        made = await b.order(line, endpoint=endpoint, metadata={"sobre_defer": "no"})
        done = await b.ended(made["id"])
        (answer,) = await b.lines(done["output_file_id"])
        assert answer["response"]["status_code"] == 200
        assert done["usage"]["input_tokens"] == 1


@pytest.mark.parametrize(
    ("changed", "param"),
    [
        ({"completion_window": "0h"}, "completion_window"),
        ({"completion_window": "169h"}, "completion_window"),
        ({"completion_window": "1d"}, "completion_window"),
        ({"endpoint": "/v1/moderations"}, "endpoint"),
        ({"metadata": {"a": 1}}, "metadata"),
        ({"metadata": {"sobre_defer": "perhaps"}}, "metadata"),
        ({"metadata": {"use_case": "a text, not a label"}}, "metadata"),
        ({"input_file_id": None}, "input_file_id"),
    ],
)
async def test_a_wrong_order_is_refused_naming_the_field(
    tmp_path: Path, clock: JumpingClock, changed: dict[str, Any], param: str
) -> None:
    async with bench(tmp_path, clock, [Echo()]) as b:
        file = (await b.upload(jsonl(request("a")))).json
        asked = {
            "input_file_id": file["id"],
            "endpoint": "/v1/chat/completions",
            "completion_window": "24h",
        }
        answer = await b.call("POST", "/v1/batches", json=asked | changed)
        assert (answer.status, answer.error["param"]) == (400, param)


async def test_a_batch_goes_on_where_it_was_when_the_server_starts_again(
    tmp_path: Path, clock: JumpingClock
) -> None:
    first = Timed(clock, most=2)
    async with bench(tmp_path, clock, [first]) as b:
        wanted = [request(str(i), f"text {i}") for i in range(6)]
        made = await b.order(*wanted, metadata={"sobre_defer": "no"})
        await b.until(made["id"], lambda _: first.begun == 3)
    second = Timed(clock)
    async with bench(tmp_path, clock, [second], name="again") as b:
        done = await b.ended(made["id"])
        assert done["request_counts"] == {"total": 6, "completed": 6, "failed": 0}
        lines = await b.lines(done["output_file_id"])
        assert [line["custom_id"] for line in lines] == list("012345")
    assert second.begun == 4


async def test_a_spent_budget_holds_a_batch_and_does_not_lose_it(
    tmp_path: Path, clock: JumpingClock, rung: Timed
) -> None:
    async with bench(tmp_path, clock, [rung]) as b:
        poor = new_key(b.app.state, "poor", team="sales", budget_g=1e-6)
        file = (await b.upload(jsonl(*(request(str(i)) for i in range(3))))).json
        asked = {
            "input_file_id": file["id"],
            "endpoint": "/v1/chat/completions",
            "completion_window": "1h",
            "metadata": {"sobre_defer": "no"},
        }
        made = (await caller_of(b, poor)("POST", "/v1/batches", json=asked)).json
        told = await b.until(made["id"], lambda told: told["sobre"]["state"] == "held")
        assert "budget" in told["sobre"]["why"]
        assert told["request_counts"]["completed"] == 1
        clock.at += HOUR
        done = await b.ended(made["id"])
        assert done["status"] == "expired"
        assert len(await b.lines(done["output_file_id"])) == 1
        assert len(await b.lines(done["error_file_id"])) == 2


@given(
    st.lists(st.floats(0, 900), min_size=1, max_size=168),
    st.integers(1, 168),
    st.integers(1, 50_000),
    st.floats(0.001, 600),
)
def test_no_batch_is_placed_later_than_its_deadline_safely_allows(
    grams: list[float], window_h: int, lines: int, line_s: float
) -> None:
    batch = Batch(
        "b", "k", "", "en", "/v1/chat/completions", "f", window_h, MONDAY, {},
        progress=Progress(total=lines),
    )  # fmt: skip
    settings = Settings(parallel=4, line_s=line_s, most_line_bytes=1000, electricity=None)
    planned = plan(batch, MONDAY, line_s, CARD, settings, hours(*grams))
    estimate = lines * line_s
    assert planned.start_at >= MONDAY
    if planned.start_at > MONDAY:
        assert planned.start_at <= batch.deadline - MARGIN * estimate + 1e-3
        assert planned.then_g is not None
        assert planned.now_g is not None
        assert planned.then_g <= planned.now_g


def batch_of(name: str, lines: int, window_h: int, rung: str = "near") -> Batch:
    """Begun now, a minute a line."""
    return Batch(
        name, "k", "", "en", "/v1/chat/completions", "file-1", window_h, MONDAY, {},
        status=Status.IN_PROGRESS, progress=Progress(total=lines),
        plan=Plan(MONDAY, "", {}, rung, line_s=60.0),
    )  # fmt: skip


def test_a_batch_is_late_with_all_that_must_run_before_it_on_its_rung() -> None:
    batches = [
        batch_of("first", 60, 4), batch_of("with it", 60, 4), batch_of("after", 120, 7),
        batch_of("elsewhere", 60, 4, "far"),
    ]  # fmt: skip
    assert late_ones(batches, MONDAY + 0.9 * HOUR) == set()
    assert late_ones(batches, MONDAY + 1.0 * HOUR) == {"first", "with it", "after"}
    assert late_ones(batches, MONDAY + 2.6 * HOUR) == {b.id for b in batches}


async def test_a_team_has_so_many_batches_at_once_and_no_more(
    tmp_path: Path, clock: JumpingClock, rung: Timed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sobre.web.jobs.MOST_OPEN", 2)
    async with bench(tmp_path, clock, [rung], series=FALLING) as b:
        first = await b.order(request("a"))
        await b.order_file(first["input_file_id"])
        asked = {"input_file_id": first["input_file_id"], "completion_window": "24h"}
        asked["endpoint"] = "/v1/chat/completions"
        mate = new_key(b.app.state, "mate", team="sales")
        refused = await b.call("POST", "/v1/batches", json=asked, key=mate)
        assert (refused.status, refused.error["code"]) == (400, "too_many_batches")
        await b.call("POST", f"/v1/batches/{first['id']}/cancel")
        await b.ended(first["id"])
        assert (await b.call("POST", "/v1/batches", json=asked, key=mate)).status == 200


async def test_no_line_of_an_output_is_cut_by_what_only_some_take_for_its_end(
    tmp_path: Path, clock: JumpingClock, rung: Timed
) -> None:
    odd = "a\u2028b\u2029c\x85d"
    async with bench(tmp_path, clock, [rung]) as b:
        made = await b.order(request(odd, odd), metadata={"sobre_defer": "no"})
        name = (await b.ended(made["id"]))["output_file_id"]
        raw = (await b.call("GET", f"/v1/files/{name}/content")).body.decode()
        (line,) = raw.splitlines()
        assert json.loads(line)["custom_id"] == odd


@pytest.mark.parametrize(
    "given",
    ["soon", {"anchor": "created_at"}, {"anchor": "created_at", "seconds": 1},
     {"anchor": "created_at", "seconds": True}, {"anchor": "now", "seconds": 7200}],
)  # fmt: skip
async def test_output_that_expires_at_no_known_time_is_refused(
    tmp_path: Path, clock: JumpingClock, rung: Timed, given: Any
) -> None:
    async with bench(tmp_path, clock, [rung]) as b:
        asked = {
            "input_file_id": "file-1",
            "endpoint": "/v1/chat/completions",
            "completion_window": "24h",
            "output_expires_after": given,
        }
        refused = await b.call("POST", "/v1/batches", json=asked)
        assert (refused.status, refused.error["param"]) == (400, "output_expires_after")
