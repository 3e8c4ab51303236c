"""A running Sobre for tests: the real process, or the same server in the test's own event loop.

with serve(tmp_path, rung("near", up.url)) as sobre:      # `sobre serve`, a process
async with serving(tmp_path, rung("near", up.url)) as sobre:  # uvicorn in this loop
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import uvicorn

from sobre import config
from sobre.app import App, first_key, open_app
from sobre.web.protocol import Protocol
from sobre.web.server import Server
from support.upstream import Upstream, fake_upstream

READY_S = 20.0
ASK_S = 15.0
"""No request may hang, whatever the upstream does."""
NO_EMBEDDED = "[rungs.embedded]\nenabled = false\n"
DEBUG = (
    "import logging, sys; logging.root.setLevel(logging.DEBUG); "
    "from sobre.cli import main; sys.exit(main(sys.argv[1:]))"
)


def rung(name: str, url: str, **keys: object) -> str:
    """A block of ``sobre.toml``: a model of one billion parameters on the firm's own server."""
    block = {"model": "ok", "zone": "company", "total_params_b": 1.0, "hardware": "gpu"}
    block |= {"electricity": "FRA", "url": url, **keys}
    return f"[rungs.{name}]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in block.items())


def write_config(folder: Path, *blocks: str) -> Path:
    file = folder / "sobre.toml"
    embedded = any("rungs.embedded]" in block for block in blocks)
    file.write_text("\n".join((*blocks, "" if embedded else NO_EMBEDDED)), encoding="utf-8")
    return file


@dataclass
class Process:
    """A started ``sobre serve``."""

    url: str
    key: str
    folder: Path
    popen: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    @property
    def v1(self) -> str:
        return f"{self.url}/v1"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> str:
        """All it wrote to standard error so far."""
        return (self.folder / "stderr").read_text(encoding="utf-8")

    def kill(self) -> None:
        self.popen.send_signal(signal.SIGKILL)
        self.popen.wait()

    def stop(self) -> int:
        """Ask it to end, and return its exit status."""
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
        return self.popen.wait(15)


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run ``sobre …`` over the same configuration and data as ``serve``."""
    line = [sys.executable, "-m", "sobre", *_options(folder), *words]
    return subprocess.run(
        line, env=_environment(), capture_output=True, text=True, timeout=60, check=False
    )


def ledger(folder: Path) -> list[dict[str, Any]]:
    """Every line of the ledger, as ``sobre ledger tail --json`` tells it."""
    done = command(folder, "ledger", "tail", "-n", "1000000", "--json")
    assert done.returncode == 0, done.stderr
    lines: list[dict[str, Any]] = json.loads(done.stdout)
    return lines


def start(folder: Path, key: str = "", *, debug: bool = False, lang: str = "en") -> Process:
    """``sobre serve`` on a free port, once it listens. ``key`` from an earlier start, if any."""
    program = ["-c", DEBUG] if debug else ["-m", "sobre"]
    with (folder / "stderr").open("a", encoding="utf-8") as errors:
        popen = subprocess.Popen(
            [sys.executable, *program, *_options(folder), "serve", "--port", "0"],
            env=_environment(lang),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert popen.stdout is not None
    watchdog = threading.Timer(READY_S, popen.kill)
    watchdog.start()
    said: list[str] = []
    url = ""
    try:
        while line := popen.stdout.readline():
            said.append(line)
            if found := re.search(r"http://\S+?:\d+(?=\s|$)", line):
                url = found[0]
            if found := re.search(r"sk-sobre-[\w\-]{43}", line):
                key = found[0]
            if url and key:
                break
    finally:
        watchdog.cancel()
    process = Process(url, key, folder, popen, said)
    if not url:
        raise AssertionError(f"sobre serve did not start: {said} {process.log}")
    return process


@contextmanager
def serve(folder: Path, *blocks: str, debug: bool = False, lang: str = "en") -> Iterator[Process]:
    """The real process, ended and found to have ended well on leaving."""
    write_config(folder, *blocks)
    process = start(folder, debug=debug, lang=lang)
    try:
        yield process
        assert process.stop() == 0, process.log
    finally:
        process.kill()
        assert process.popen.stdout is not None
        process.popen.stdout.close()


@contextmanager
def upstream_thread() -> Iterator[Upstream]:
    """The fake upstream in a loop of its own, for clients that block."""
    started: list[Upstream] = []
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    end = asyncio.Event()

    async def play() -> None:
        async with fake_upstream() as up:
            started.append(up)
            ready.set()
            await end.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(play(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield started[0]
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(10)
        loop.close()


@dataclass
class Answer:
    """What came back, whole: a JSON body, or the events of a stream."""

    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)

    @property
    def events(self) -> list[Any]:
        """Each event's JSON, without the closing ``[DONE]``."""
        data = [line[6:] for line in self.raw.split(b"\n") if line.startswith(b"data: ")]
        return [json.loads(one) for one in data if one != b"[DONE]"]

    @property
    def done(self) -> bool:
        return self.raw.rstrip().endswith(b"data: [DONE]")

    @property
    def error(self) -> Any:
        """The error object, of a body or of a stream's last event."""
        if self.headers.get("content-type", "").startswith("text/event-stream"):
            return self.events[-1].get("error")
        return self.json.get("error")

    @property
    def text(self) -> str:
        if self.headers.get("content-type", "").startswith("text/event-stream"):
            steps = [c for event in self.events for c in event.get("choices", ())]
            return "".join(step["delta"].get("content") or "" for step in steps)
        return str(self.json["choices"][0]["message"]["content"])

    @property
    def told(self) -> Any:
        """The ``sobre`` object."""
        if self.headers.get("content-type", "").startswith("text/event-stream"):
            return next(event["sobre"] for event in self.events if "sobre" in event)
        return self.json["sobre"]


@dataclass
class Here:
    """The server in this event loop."""

    url: str
    key: str
    app: App
    session: aiohttp.ClientSession

    def post(self, path: str = "/v1/chat/completions", **more: Any) -> Any:
        """A request to use with ``async with``; the key is sent unless ``headers`` says else."""
        more.setdefault("headers", {"Authorization": f"Bearer {self.key}"})
        return self.session.post(self.url + path, **more)

    async def ask(self, text: str = "Hello there", **fields: Any) -> Answer:
        body = {"model": "auto", "messages": [{"role": "user", "content": text}], **fields}
        async with asyncio.timeout(ASK_S), self.post(json=body) as response:
            raw = await response.read()
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, headers, raw)

    def last(self) -> dict[str, Any]:
        """The newest line of the ledger."""
        return self.app.book.tail(1)[0].record

    def said(self) -> str:
        """The answer's text as the newest line's ledger entry keeps it."""
        page = self.app.book.get(str(self.last()["id"]))
        assert page is not None
        return str(page.reply["choices"][0]["text"])


@asynccontextmanager
async def serving(
    folder: Path, *blocks: str, most: int | None = None, key: str = ""
) -> AsyncIterator[Here]:
    """uvicorn with the real application on a free port, for ``most`` connections at once.

    ``key`` is that of an earlier start, if there was one.
    """
    settings = config.load(write_config(folder, *blocks), data_dir=str(folder / "data"))
    async with open_app(settings) as app:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            options = uvicorn.Config(
                Server(app),
                http=Protocol,
                ws="none",
                lifespan="off",
                log_config=None,
                limit_concurrency=most,
                timeout_graceful_shutdown=2,
            )
            server = _Quiet(options)
            task = asyncio.create_task(server.serve(sockets=[listener]))
            while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
                await asyncio.sleep(0.005)
            key = first_key(app.state) or key
            assert key
            async with aiohttp.ClientSession() as session:
                port = listener.getsockname()[1]
                yield Here(f"http://127.0.0.1:{port}", key, app, session)
            server.should_exit = True
            await task


class _Quiet(uvicorn.Server):
    """Leaves the test run's own signal handlers alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _options(folder: Path) -> list[str]:
    return ["--config", str(folder / "sobre.toml"), "--data-dir", str(folder / "data")]


def _environment(lang: str = "en") -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SOBRE_")}
    return {**kept, "SOBRE_LANG": lang}
