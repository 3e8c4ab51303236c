"""A third party's test of gateways: canarywire (Apache-2.0) attacks a real ``sobre serve``.

It plays the upstream and the client, looks for its values in all that leaves, sends back whatever
stood in their place, whole and cut at every character, and wants the values again. A fault damages
the vault under a running Sobre: from then on it has to refuse.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from support.serving import rung, serve

CANARYWIRE = shutil.which("canarywire") or shutil.which(
    "canarywire", path=str(Path(sys.executable).parent)
)
pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.skipif(CANARYWIRE is None, reason="canarywire is not installed"),
]

CONFIG = """
generators:
  baseline: {templates: [default, tool-calls, multi-turn, french]}
  fragmentation: {templates: [default, multi-turn, french]}
  fault: {templates: [default, french]}
canary_types:
  nir:
    values: ["1 84 12 76 451 089 46", "2 69 05 49 588 157 80"]
  siret:
    values: ["732 829 320 00074", "552 100 554 00039"]
templates:
  french:
    canaries:
      email: {type: email, domain: exemple.fr}
      phone: {type: phone, region: fr, format: national}
      iban: {type: iban, country: fr, format: grouped}
      card: {type: card, format: grouped}
      nir: nir
      siret: siret
    request:
      model: canarywire-test
      messages:
        - role: user
          content: "Mettez la fiche à jour : {{ email.raw }}, tél. {{ phone.raw }}, IBAN
            {{ iban.raw }}, carte {{ card.raw }}, n° de sécurité sociale {{ nir.raw }},
            SIRET {{ siret.raw }}. Merci."
    response:
      content: "C'est fait : {{ email.masked }}, {{ phone.masked }}, IBAN {{ iban.masked }},
        carte {{ card.masked }}, {{ nir.masked }}, {{ siret.masked }}."
faults:
  - name: damaged-vault
    before: PYTHON damage.py
    after: PYTHON repair.py
"""
DAMAGE = """
import sqlite3
db = sqlite3.connect("VAULT")
with db:
    db.execute("CREATE TABLE kept AS SELECT number, sealed FROM mapping")
    assert db.execute("UPDATE mapping SET sealed = zeroblob(length(sealed))").rowcount
"""
REPAIR = """
import sqlite3
db = sqlite3.connect("VAULT")
with db:
    db.execute("UPDATE mapping SET sealed = (SELECT sealed FROM kept k"
               " WHERE k.number = mapping.number) WHERE number IN (SELECT number FROM kept)")
    db.execute("DROP TABLE kept")
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def capture(port: int) -> Iterator[None]:
    """canarywire's upstream, once it listens."""
    assert CANARYWIRE is not None
    command = [CANARYWIRE, "serve", "--listen", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield
        finally:
            server.terminate()


@contextmanager
def with_key(url: str, key: str) -> Iterator[str]:
    """An address before ``url`` that adds the key: canarywire has none to give."""

    async def forward(request: web.Request) -> web.StreamResponse:
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        async with (
            aiohttp.ClientSession() as session,
            session.post(url + request.path, data=await request.read(), headers=headers) as answer,
        ):
            back = web.StreamResponse(
                status=answer.status, headers={"Content-Type": answer.headers["Content-Type"]}
            )
            await back.prepare(request)
            async for piece in answer.content.iter_any():
                await back.write(piece)
            await back.write_eof()
            return back

    port, loop, end = free_port(), asyncio.new_event_loop(), asyncio.Event()
    ready = threading.Event()

    async def run() -> None:
        app = web.Application()
        app.router.add_post("/{path:.*}", forward)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        ready.set()
        await end.wait()
        await runner.cleanup()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(10)
        loop.close()


@pytest.mark.timeout(300)
def test_canarywire_finds_no_leak_and_everything_restored(tmp_path: Path, note: list[str]) -> None:
    assert CANARYWIRE is not None
    port = free_port()
    far = rung("far", f"http://127.0.0.1:{port}/v1", zone="eu-hosted", features=["tools"])
    names = '[aliases]\n"canarywire-test" = "far"\n'
    vault = tmp_path / "data" / "vault.sqlite3"
    (tmp_path / "cw.yaml").write_text(CONFIG.replace("PYTHON", sys.executable), encoding="utf-8")
    (tmp_path / "damage.py").write_text(DAMAGE.replace("VAULT", str(vault)), encoding="utf-8")
    (tmp_path / "repair.py").write_text(REPAIR.replace("VAULT", str(vault)), encoding="utf-8")
    with (
        capture(port),
        serve(tmp_path, far, names) as sobre,
        with_key(sobre.url, sobre.key) as target,
    ):
        command = [CANARYWIRE, "run", "--config", "cw.yaml", "--out", "out", "--seed", "7"]
        command += ["--target", target, "--capture", f"http://127.0.0.1:{port}"]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, timeout=280, check=False
        )
        log = sobre.log
    assert done.returncode == 0, done.stdout + done.stderr + log
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    note.append(f"{len(report['attacks'])} attacks, {report['verified']} values, no finding")
    assert [attack["status"] for attack in report["attacks"]].count("refused") == 2
