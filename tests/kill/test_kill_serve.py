"""The real process killed at random moments under load: no answer is lost, no line is broken."""

from __future__ import annotations

import asyncio
import random
import threading
from pathlib import Path

import aiohttp
import pytest

from support.serving import Process, command, ledger, rung, start, upstream_thread, write_config

KILLS = 8
READERS = 12

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(240)]


def test_a_server_killed_at_any_moment_loses_no_answer(tmp_path: Path) -> None:
    moments = random.Random(20261124)
    whole: list[str] = []
    begun: list[str] = []
    key = ""
    with upstream_thread() as up:
        up.interval_s = 0.01
        write_config(tmp_path, rung("near", up.url), rung("slow", up.at("drip")))
        for life in range(KILLS):
            sobre = start(tmp_path, key)
            key = sobre.key
            killer = threading.Timer(moments.uniform(0.05, 0.9), sobre.kill)
            killer.start()
            asyncio.run(_load(sobre, whole, begun))
            killer.join()
            assert sobre.popen.returncode == -9
            assert sobre.popen.stdout is not None
            sobre.popen.stdout.close()
            done = command(tmp_path, "ledger", "verify")
            assert done.returncode == 0, f"after kill {life}: {done.stdout}{done.stderr}"
        last = start(tmp_path, key)
        assert last.stop() == 0, last.log
        assert last.popen.stdout is not None
        last.popen.stdout.close()
    assert command(tmp_path, "ledger", "verify").returncode == 0
    ends = {line["id"]: line["outcome"] for line in ledger(tmp_path)}
    assert len(ends) == len(ledger(tmp_path))
    assert len(whole) > KILLS
    assert {ends.get(name) for name in whole} == {"kept"}
    cut = set(begun) - set(whole)
    assert cut
    assert {ends.get(name) for name in cut} <= {"kept", "hung_up", "interrupted"}
    assert "interrupted" in ends.values()
    print(
        f"\n{KILLS} kills: {len(whole)} answers received whole, {len(cut)} cut, "
        f"{len(ends)} lines: { {o: list(ends.values()).count(o) for o in set(ends.values())} }"
    )


async def _load(sobre: Process, whole: list[str], begun: list[str]) -> None:
    """Ask without pause until the server is gone."""
    headers = {"Authorization": f"Bearer {sobre.key}"}

    async def reader(session: aiohttp.ClientSession, number: int) -> None:
        turn = 0
        while True:
            turn += 1
            body = {
                "model": "slow" if number % 3 == 0 else "near",
                "stream": number % 2 == 0 or number % 3 == 0,
                "messages": [{"role": "user", "content": f"{number} {turn} " * 10}],
            }
            try:
                async with session.post(f"{sobre.v1}/chat/completions", json=body) as response:
                    name = response.headers["x-sobre-exchange"]
                    begun.append(name)
                    raw = await response.read()
            except (aiohttp.ClientError, ConnectionError):
                return
            if not body["stream"] or raw.endswith(b"data: [DONE]\n\n"):
                whole.append(name)

    async with aiohttp.ClientSession(headers=headers) as session:
        await asyncio.gather(*(reader(session, number) for number in range(READERS)))
