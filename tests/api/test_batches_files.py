"""Files: taken in piece by piece, kept for their owner, deleted for good."""

from __future__ import annotations

import hashlib
import io
import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobre import jobs
from sobre.adapters.providers.fake import Echo
from sobre.adapters.stores.jobs import JobStore
from sobre.app import new_key
from sobre.config import Batches
from sobre.web.dialects import files
from support.batching import FORM, JumpingClock, Timed, bench, form, jsonl, request
from support.client import caller

GOOD = jsonl(request("a"))
DAY = 86400.0


@pytest.fixture
def clock() -> JumpingClock:
    return JumpingClock()


async def test_a_file_comes_back_as_it_was_sent_and_only_its_owner_can_read_it_on_disk(
    tmp_path: Path, clock: JumpingClock
) -> None:
    async with bench(tmp_path, clock, [Echo()]) as b:
        sent = (await b.upload(GOOD, filename="lettres d’été.jsonl")).json
        assert (sent["bytes"], sent["purpose"]) == (len(GOOD), "batch")
        assert sent["filename"] == "lettres d’été.jsonl"
        assert sent["sobre"]["sha256"] == hashlib.sha256(GOOD).hexdigest()
        assert sent["expires_at"] == sent["created_at"] + 30 * DAY
        answer = await b.call("GET", f"/v1/files/{sent['id']}/content")
        assert answer.body == GOOD
        assert "lettres%20d%E2%80%99%C3%A9t%C3%A9.jsonl" in answer.headers["content-disposition"]
        (path,) = (tmp_path / "data" / "files").iterdir()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_another_key_is_told_there_is_none_and_the_team_is_not(
    tmp_path: Path, clock: JumpingClock
) -> None:
    async with bench(tmp_path, clock, [Echo()]) as b:
        made = await b.order(request("a"))
        paths = [f"/v1/files/{made['input_file_id']}", f"/v1/batches/{made['id']}"]
        mate = caller(b.server, new_key(b.app.state, "mate", team="sales"))
        other = caller(b.server, new_key(b.app.state, "other", team="hr"))
        alone = caller(b.server, new_key(b.app.state, "alone"))
        assert [(await mate("GET", path)).status for path in paths] == [200, 200]
        for stranger in (other, alone):
            assert [(await stranger("GET", path)).status for path in paths] == [404, 404]
            assert (await stranger("DELETE", paths[0])).status == 404
            assert (await stranger("GET", f"{paths[0]}/content")).status == 404
            assert (await stranger("POST", f"{paths[1]}/cancel")).status == 404
            assert (await stranger("GET", "/v1/files")).json["data"] == []
            assert (await stranger("GET", "/v1/batches")).json["data"] == []
            asked = {
                "input_file_id": made["input_file_id"],
                "endpoint": "/v1/chat/completions",
                "completion_window": "24h",
            }
            assert (await stranger("POST", "/v1/batches", json=asked)).status == 404


async def test_a_deleted_file_is_gone_from_the_disk_and_one_in_use_cannot_be(
    tmp_path: Path, clock: JumpingClock
) -> None:
    rung = Timed(clock)
    async with bench(tmp_path, clock, [rung]) as b:
        rung.gate.clear()
        made = await b.order(request("a"), metadata={"sobre_defer": "no"})
        path = f"/v1/files/{made['input_file_id']}"
        refused = await b.call("DELETE", path)
        assert (refused.status, refused.error["code"]) == (409, "file_in_use")
        rung.gate.set()
        done = await b.ended(made["id"])
        assert (await b.call("DELETE", path)).json == {
            "id": made["input_file_id"],
            "object": "file",
            "deleted": True,
        }
        assert (await b.call("GET", path)).status == 404
        left = [p.name for p in (tmp_path / "data" / "files").iterdir()]
        assert left == [done["output_file_id"]]


@pytest.mark.parametrize(
    ("data", "fields", "status", "code", "param"),
    [
        (b"", {}, 400, "invalid_file", "file"),
        (GOOD, {"purpose": "fine-tune"}, 400, "invalid_value", "purpose"),
        ("é".encode("latin-1") * 5, {}, 400, "invalid_file", "file"),
        (GOOD.decode().encode("utf-16"), {}, 400, "invalid_file", "file"),
        (b"caf\xc3", {}, 400, "invalid_file", "file"),
        (b"x" * 2000, {}, 413, "request_too_large", "file"),
        (GOOD, {"expires_after[anchor]": "created_at"}, 400, "invalid_value", "expires_after"),
    ],
)
async def test_a_file_that_cannot_be_used_is_refused_and_leaves_nothing(
    tmp_path: Path,
    clock: JumpingClock,
    data: bytes,
    fields: dict[str, str],
    status: int,
    code: str,
    param: str,
) -> None:
    small = Batches(max_file_mb=0.001)
    async with bench(tmp_path, clock, [Echo()], batches=small) as b:
        answer = await b.upload(data, **fields)
        assert (answer.status, answer.error["code"], answer.error["param"]) == (status, code, param)
        assert list((tmp_path / "data" / "files").iterdir()) == []
        assert (await b.call("GET", "/v1/files")).json["data"] == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{}", "application/json"),
        (GOOD, ""),
        (b"nothing like a form", FORM[0][1]),
        (form(GOOD)[:-20], FORM[0][1]),
        (form(GOOD), "multipart/form-data"),
        (form(GOOD).replace(b'; filename="in.jsonl"', b""), FORM[0][1]),
        (form(GOOD).replace(b'name="file"', b'name="purpose"'), FORM[0][1]),
    ],
)
async def test_a_body_that_is_no_form_is_refused(
    tmp_path: Path, clock: JumpingClock, body: bytes, kind: str
) -> None:
    async with bench(tmp_path, clock, [Echo()]) as b:
        answer = await b.call("POST", "/v1/files", body=body, headers=[("content-type", kind)])
        assert answer.status == 400
        assert answer.error["code"] in ("invalid_form", "missing_required_parameter")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/", "file"),
        ("..", "file"),
        ('a"b\r\nset-cookie: x', "abset-cookie: x"),
        ("", "file"),
        ("x" * 999, "x" * 255),
    ],
)
def test_a_name_is_shown_and_is_never_a_path(given: str, shown: str) -> None:
    assert files.clean_name(given) == shown


@pytest.mark.parametrize("name", ["../state.sqlite3", "%2e%2e/state.sqlite3", "..", "file-x"])
async def test_nothing_but_files_can_be_fetched(
    tmp_path: Path, clock: JumpingClock, name: str
) -> None:
    async with bench(tmp_path, clock, [Echo()]) as b:
        for path in (f"/v1/files/{name}", f"/v1/files/{name}/content"):
            assert (await b.call("GET", path)).status == 404


async def test_a_file_split_anywhere_arrives_whole(tmp_path: Path, clock: JumpingClock) -> None:
    data = jsonl(*(request(str(i), "été " * i) for i in range(20)))
    body = form(data)
    async with bench(tmp_path, clock, [Echo()]) as b:
        for size in (1, 7, 64, 1000):
            pieces = [body[i : i + size] for i in range(0, len(body), size)]
            sent = (await b.call("POST", "/v1/files", body=pieces, headers=FORM)).json
            assert sent["sobre"]["sha256"] == hashlib.sha256(data).hexdigest()


async def test_lists_go_on_after_a_page(tmp_path: Path, clock: JumpingClock) -> None:
    async with bench(tmp_path, clock, [Echo()]) as b:
        names = []
        for _ in range(5):
            clock.at += 1
            names.append((await b.upload(GOOD)).json["id"])
        first = (await b.call("GET", "/v1/files?limit=2")).json
        assert [f["id"] for f in first["data"]] == names[:-3:-1]
        assert first["has_more"] is True
        rest = (await b.call("GET", f"/v1/files?after={first['last_id']}")).json
        assert [f["id"] for f in rest["data"]] == names[2::-1]
        assert rest["has_more"] is False
        for wrong in ("limit=0", "limit=x", "order=up", "after=file-x"):
            assert (await b.call("GET", f"/v1/files?{wrong}")).status == 400


async def test_files_are_deleted_when_their_time_is_over(
    tmp_path: Path, clock: JumpingClock
) -> None:
    async with bench(tmp_path, clock, [Echo()], batches=Batches(keep_days=2)) as b:
        soon = {"expires_after[anchor]": "created_at", "expires_after[seconds]": "3600"}
        first = (await b.upload(GOOD, **soon)).json
        second = (await b.upload(GOOD)).json
        folder = tmp_path / "data" / "files"
        for later, left in ((3600, {second["id"]}), (2 * DAY, set())):
            clock.at += later
            assert (await b.call("GET", f"/v1/files/{first['id']}")).status == 404
            b.app.deferred.store.sweep(clock.at)
            assert {path.name for path in folder.iterdir()} == left


async def test_where_texts_are_not_kept_they_go_as_soon_as_they_may(
    tmp_path: Path, clock: JumpingClock
) -> None:
    async with bench(tmp_path, clock, [Echo()], keep_texts=False) as b:
        made = await b.order(request("a", "SECRET-TEXT"), metadata={"sobre_defer": "no"})
        done = await b.ended(made["id"])
        assert (await b.call("GET", f"/v1/files/{made['input_file_id']}")).status == 404
        assert len(await b.lines(done["output_file_id"])) == 1
        clock.at += 3601
        assert (await b.call("GET", f"/v1/files/{done['output_file_id']}")).status == 404
        b.app.deferred.store.sweep(clock.at)
        data = tmp_path / "data"
        assert list((data / "files").iterdir()) == []
    kept = b"".join(path.read_bytes() for path in data.rglob("jobs.sqlite3*"))
    assert b"SECRET-TEXT" not in kept


async def test_what_a_batch_answered_is_in_no_file_of_the_database_once_it_has_ended(
    tmp_path: Path, clock: JumpingClock
) -> None:
    async with bench(tmp_path, clock, [Timed(clock)]) as b:
        made = await b.order(request("a", "SECRET-TEXT"), metadata={"sobre_defer": "no"})
        done = await b.ended(made["id"])
        for name in (done["output_file_id"], made["input_file_id"]):
            assert (await b.call("DELETE", f"/v1/files/{name}")).status == 200
        data = tmp_path / "data"
        kept = [*data.glob("jobs.*"), *(data / "files").iterdir()]
        assert not [path for path in kept if b"SECRET-TEXT" in path.read_bytes()]


async def test_no_upload_takes_the_room_that_the_ledger_needs(
    tmp_path: Path, clock: JumpingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with bench(tmp_path, clock, [Echo()], batches=Batches(max_file_mb=1)) as b:
        for free, status in ((257 << 20, 200), ((257 << 20) - 1, 507)):
            monkeypatch.setattr(JobStore, "room", lambda _, free=free: free)
            assert (await b.upload(GOOD)).status == status


async def test_output_is_kept_no_longer_than_the_batch_asked(
    tmp_path: Path, clock: JumpingClock
) -> None:
    asked = {"anchor": "created_at", "seconds": 7200}
    async with bench(tmp_path, clock, [Timed(clock)]) as b:
        made = await b.order(
            request("a"), metadata={"sobre_defer": "no"}, output_expires_after=asked
        )
        name = (await b.ended(made["id"]))["output_file_id"]
        told = (await b.call("GET", f"/v1/files/{name}")).json
        assert told["expires_at"] - told["created_at"] == 7200


@given(st.lists(st.binary(max_size=40), max_size=12), st.integers(1, 30))
def test_reading_by_lines_loses_none_and_holds_none_that_is_too_long(
    wanted: list[bytes], most: int
) -> None:
    data = b"\n".join(wanted).replace(b"\r", b"x")
    found = dict(jobs.lines(io.BytesIO(data), most))
    for number, text in enumerate(data.split(b"\n"), 1):
        if len(text) > most:
            assert found.get(number) is None
        elif text.strip():
            assert found[number] == text.strip()
        else:
            assert number not in found


def test_a_huge_line_is_named_and_the_next_ones_are_read() -> None:
    huge = b'{"custom_id": "' + b"x" * 5_000_000 + b'"}\n'
    found = jobs.scan(io.BytesIO(huge + GOOD), "/v1/chat/completions", 1000)
    assert found.good == 1
    assert [(w.number, w.error.code) for w in found.wrong] == [(1, "line_too_long")]


@pytest.mark.parametrize(("count", "more"), [(50_000, False), (50_001, True)])
def test_fifty_thousand_lines_are_the_most(count: int, more: bool) -> None:
    text = json.dumps(request("NAME"))
    data = "\n".join(text.replace("NAME", str(i)) for i in range(count)).encode()
    found = jobs.scan(io.BytesIO(data), "/v1/chat/completions", 10_000)
    assert (found.good, found.more) == (50_000, more)


def test_two_processes_do_not_run_the_same_batches(tmp_path: Path) -> None:
    first, second = JobStore(tmp_path), JobStore(tmp_path)
    assert first.claim()
    assert not second.claim()
    first.close()
    assert second.claim()
    second.close()
