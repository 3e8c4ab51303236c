"""What is measured: how each gateway is found, configured, started and asked.

A target that is not installed raises ``Absent`` with the reason, and the table says so.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template

import load
import processes

HERE = Path(__file__).parent
PEERS = HERE / "peers"


class Absent(Exception):
    """Not here, or not able to start: not a failure of the benchmark."""


@dataclass(frozen=True)
class Running:
    """A target that answers."""

    name: str
    version: str
    door: load.Door
    program: processes.Program
    data: Path
    ready_s: float


@dataclass(frozen=True)
class Site:
    """Where things are on this machine."""

    work: Path
    """An empty folder for logs, configurations and data."""
    upstream: str
    """The mock's base, ending in ``/v1``."""
    sobre_python: str = sys.executable
    litellm: str = os.environ.get("SOBRE_BENCH_LITELLM", "")
    portkey: str = os.environ.get("SOBRE_BENCH_PORTKEY", "")


def _fill(template: Path, place: Path, **values: object) -> Path:
    place.write_text(Template(template.read_text()).substitute(values))
    return place


@contextmanager
def mock(work: Path) -> Iterator[tuple[str, processes.Program]]:
    """The upstream of them all."""
    port = processes.free_port()
    command: list[str | Path] = [sys.executable, HERE / "upstream.py", "--port", str(port)]
    with processes.running(command, work / "upstream.log") as program:
        program.wait_ready(f"http://127.0.0.1:{port}/stats", 20)
        yield f"http://127.0.0.1:{port}/v1", program


@contextmanager
def bare(site: Site) -> Iterator[Running]:
    """A starlette + aiohttp relay that does nothing else."""
    port = processes.free_port()
    base = f"http://127.0.0.1:{port}"
    command: list[str | Path] = [sys.executable, PEERS / "bare_relay.py", "--port", str(port)]
    command += ["--upstream", site.upstream]
    with processes.running(command, site.work / "bare.log") as program:
        ready = program.wait_ready(base + "/health/ready", 20)
        yield Running("bare relay", "", load.Door(base + "/v1"), program, site.work, ready)


@contextmanager
def sobre(site: Site) -> Iterator[Running]:
    port = processes.free_port()
    base = f"http://127.0.0.1:{port}"
    data = site.work / "sobre-data"
    config = _fill(
        PEERS / "sobre.toml", site.work / "sobre.toml", port=port, upstream=site.upstream
    )
    try:
        key = new_key(site.sobre_python, config, data)
        command: list[str | Path] = [
            site.sobre_python,
            "-m",
            "sobre",
            "--config",
            config,
            "--data-dir",
            data,
        ]
        with processes.running([*command, "serve"], site.work / "sobre.log") as program:
            ready = program.wait_ready(base + "/health/ready", 20)
            door = load.Door(base + "/v1", headers=(("authorization", f"Bearer {key}"),))
            yield Running("sobre", _sobre_version(site), door, program, data, ready)
    except processes.DidNotStart as error:
        raise Absent(str(error)) from error


def new_key(python: str, config: Path | None, data: Path) -> str:
    """A key of a Sobre that keeps its data in ``data``: the last line that the command prints."""
    options = ["--config", str(config)] if config else []
    made = subprocess.run(
        [python, "-m", "sobre", *options, "--data-dir", str(data), "keys", "create", "bench"],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    if made.returncode != 0 or not made.stdout.strip():
        raise Absent(made.stderr.strip().rpartition("\n")[2] or "no key was printed")
    return made.stdout.strip().splitlines()[-1].split()[-1]


def _sobre_version(site: Site) -> str:
    told = subprocess.run(
        [site.sobre_python, "-m", "sobre", "--version"], capture_output=True, text=True, check=False
    )
    return told.stdout.strip().removeprefix("sobre ")


def ledger_ids(data: Path) -> list[str]:
    """The exchange id of every line of a stopped Sobre's ledger."""
    ledger = sqlite3.connect(f"file:{data / 'ledger.sqlite3'}?mode=ro", uri=True)
    try:
        rows = ledger.execute("SELECT exchange FROM entry WHERE kind = 'exchange'")
        return [str(row[0]) for row in rows]
    finally:
        ledger.close()


@contextmanager
def litellm(site: Site) -> Iterator[Running]:
    program_file = Path(site.litellm) / "bin" / "litellm"
    if not site.litellm or not program_file.exists():
        raise Absent("not installed: SOBRE_BENCH_LITELLM names no virtual environment that has it")
    port = processes.free_port()
    base = f"http://127.0.0.1:{port}"
    config = _fill(
        PEERS / "litellm.yaml",
        site.work / "litellm.yaml",
        upstream=site.upstream,
        key="sk-bench-0123456789",
    )
    command: list[str | Path] = [program_file, "--config", config, "--host", "127.0.0.1"]
    command += ["--port", str(port), "--telemetry", "False"]
    env = {
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "LITELLM_LOG": "ERROR",
        "LITELLM_TELEMETRY": "False",
        "DISABLE_ADMIN_UI": "True",
    }
    info = next(Path(site.litellm).glob("lib/python*/site-packages/litellm-*.dist-info"), None)
    version = info.name.removeprefix("litellm-").removesuffix(".dist-info") if info else ""
    try:
        with processes.running(command, site.work / "litellm.log", env) as program:
            ready = program.wait_ready(base + "/health/liveliness", 120)
            headers = (("authorization", "Bearer sk-bench-0123456789"),)
            door = load.Door(base + "/v1", headers=headers)
            yield Running("litellm", version, door, program, site.work, ready)
    except processes.DidNotStart as error:
        raise Absent(str(error)) from error


@contextmanager
def portkey(site: Site) -> Iterator[Running]:
    package = Path(site.portkey) / "@portkey-ai" / "gateway"
    start = package / "build" / "start-server.js"
    if not site.portkey or not start.exists():
        raise Absent("not installed: SOBRE_BENCH_PORTKEY names no node_modules that has it")
    port = processes.free_port()
    base = f"http://127.0.0.1:{port}"
    version = (package / "package.json").read_text().partition('"version": "')[2].partition('"')[0]
    try:
        with processes.running(
            ["node", start, f"--port={port}", "--headless"],
            site.work / "portkey.log",
            {"NODE_ENV": "production"},
        ) as program:
            ready = program.wait_ready(base + "/", 30)
            headers = (
                ("authorization", "Bearer none"),
                ("x-portkey-provider", "openai"),
                ("x-portkey-custom-host", site.upstream),
            )
            door = load.Door(base + "/v1", headers=headers)
            yield Running("portkey", version, door, program, site.work, ready)
    except (processes.DidNotStart, FileNotFoundError) as error:
        raise Absent(str(error)) from error


ALL: dict[str, Callable[[Site], AbstractContextManager[Running]]] = {
    "bare": bare,
    "sobre": sobre,
    "litellm": litellm,
    "portkey": portkey,
}
