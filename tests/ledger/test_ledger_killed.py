"""Nothing that was opened or sealed is lost, whenever the process is killed."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import sample_exchange as sample

from sobre.adapters.stores.ledger import Reader, SqliteBook

VICTIM = Path(__file__).with_name("ledger_victim.py")
KILLS = 16


def start(folder: Path, prefix: str, *count: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(VICTIM), str(folder), prefix, *count]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_process_killed_at_any_moment_loses_no_line(tmp_path: Path) -> None:
    moments = random.Random(20261124)
    opened: set[str] = set()
    sealed: set[str] = set()
    for life in range(KILLS):
        victim = start(tmp_path, str(life))
        assert victim.stdout is not None
        said = [victim.stdout.readline()] if life % 4 else []
        time.sleep(moments.uniform(0.0, 0.3))
        victim.kill()
        said += victim.communicate()[0].splitlines(keepends=True)
        assert victim.returncode == -signal.SIGKILL
        for verb, name in (line.split() for line in said if line.endswith("\n")):
            (opened if verb == "open" else sealed).add(name)

    SqliteBook(tmp_path).close()
    with Reader(tmp_path) as reader:
        entries = reader.tail(1_000_000)
        assert reader.verify().broken is None
    names = [entry.record["id"] for entry in entries]
    ends = {entry.record["id"]: entry.record["outcome"] for entry in entries}
    assert len(names) == len(set(names))
    assert {ends.get(name) for name in sealed} == {"kept"}
    assert {ends.get(name) for name in opened - sealed} <= {"kept", "interrupted"}
    assert "interrupted" in ends.values()
    assert list((tmp_path / "spool").iterdir()) == []


def test_what_was_asked_is_on_record_after_an_interruption(tmp_path: Path) -> None:
    victim = start(tmp_path, "a")
    assert victim.stdout is not None
    while "ex_a_4" not in victim.stdout.readline():
        pass
    victim.kill()
    victim.communicate()
    with SqliteBook(tmp_path) as book:
        cut = [e.record["id"] for e in book.tail(100_000) if e.record["outcome"] == "interrupted"]
        for name in cut:
            page = book.get(name)
            assert page is not None
            number = name.rpartition("_")[2]
            assert page.ask["messages"][0]["content"] == f"question {number}"
        assert book.verify().broken is None


def test_a_half_written_last_line_is_passed_over(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    with SqliteBook(tmp_path) as book:
        book.seal(sample.exchange(sample.ask("ex_1")))
        [mine] = spool.glob("*.jsonl")
        left = mine.read_bytes()
    (spool / "1-dead.jsonl").write_bytes(left.replace(b"ex_1", b"ex_2") + b'{"id":"ex_3","se')
    (spool / "2-dead.jsonl").write_bytes(b"\0\0\0\n" + left.replace(b"ex_1", b"ex_4"))
    with SqliteBook(tmp_path) as book:
        assert [e.record["id"] for e in book.tail()] == ["ex_1", "ex_2", "ex_4"]
        assert book.verify().broken is None
    assert [path.name for path in spool.iterdir()] == ["2-dead.damaged"]


def test_the_spool_of_a_living_process_is_left_alone(tmp_path: Path) -> None:
    with SqliteBook(tmp_path) as living:
        living.open(sample.ask("ex_1"), sample.ALICE)
        SqliteBook(tmp_path).close()
        living.seal(sample.exchange(sample.ask("ex_1")))
        assert [e.record["outcome"] for e in living.tail()] == ["kept"]


def test_processes_that_write_at_once_make_one_chain(tmp_path: Path) -> None:
    writers = [start(tmp_path, name, "400") for name in "abc"]
    said = [writer.communicate()[0].splitlines() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    with Reader(tmp_path) as reader:
        verdict = reader.verify()
        entries = reader.tail(10_000)
    assert verdict.broken is None
    assert {e.record["id"] for e in entries} == {
        line.split()[1] for lines in said for line in lines
    }
    assert verdict.entries == len(entries) == 1200
