"""Files of requests for tests, a clock that jumps, and a server that runs batches in process."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sobre import jobs
from sobre.adapters.providers.fake import Echo
from sobre.app import App, new_key, open_app
from sobre.config import Batches, Config, Data
from sobre.core.ports import Rung
from sobre.web.server import Server
from support.client import Answer, caller

MONDAY = datetime(2026, 6, 1, 6, 0, tzinfo=UTC).timestamp()
BOUNDARY = "----sobre-tests"


class JumpingClock:
    """The port ``Clock``; time passes only when a test says so, or a call takes ``line_s``."""

    def __init__(self, at: float = MONDAY) -> None:
        self.at = at

    def now(self) -> float:
        return self.at

    def elapsed(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds
        await asyncio.sleep(0)


class Timed(Echo):
    """An echo whose every call takes ``line_s`` by a jumping clock, and waits for ``gate``.

    The gate closes by itself before call ``most`` + 1.
    """

    def __init__(self, clock: JumpingClock, line_s: float = 1.0, most: int = 0) -> None:
        super().__init__()
        self._clock = clock
        self._line_s = line_s
        self._most = most
        self.gate = asyncio.Event()
        self.gate.set()
        self.begun = 0
        self.busy = asyncio.Event()

    async def attempt(self, outbound: Any, sink: Any) -> Any:
        self.begun += 1
        self.busy.set()
        if self.begun == self._most + 1 and self._most:
            self.gate.clear()
        await self.gate.wait()
        self._clock.at += self._line_s
        return await super().attempt(outbound, sink)


def request(name: str, text: str = "Bonjour", **changed: Any) -> dict[str, Any]:
    """One line that asks a chat."""
    body = {"model": "echo", "messages": [{"role": "user", "content": text}]}
    told = {"custom_id": name, "method": "POST", "url": "/v1/chat/completions", "body": body}
    return told | changed


def jsonl(*lines: Any) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def form(data: bytes, filename: str = "in.jsonl", **fields: str) -> bytes:
    """The body of an upload."""
    told = {"purpose": "batch"} | fields
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in told.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n'
    parts.append(head.encode() + b"\r\n" + data + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


FORM = [("content-type", f"multipart/form-data; boundary={BOUNDARY}")]


class Bench:
    """A server in process, its clock, and a key of the team ``sales``."""

    def __init__(
        self, app: App, server: Server, worker: jobs.Worker, clock: JumpingClock, name: str
    ) -> None:
        self.app = app
        self.worker = worker
        self.clock = clock
        self.key = new_key(app.state, name, team="sales")
        self.server = server
        self.call = caller(server, self.key)

    async def upload(self, data: bytes, **fields: Any) -> Answer:
        key = fields.pop("key", "")
        return await self.call(
            "POST", "/v1/files", body=form(data, **fields), headers=FORM, key=key
        )

    async def order(
        self, *lines: Any, window: str = "24h", lang: str = "en", **fields: Any
    ) -> dict[str, Any]:
        """Send a file of these lines and a batch of it; returns the batch."""
        file = (await self.upload(jsonl(*lines))).json
        return await self.order_file(file["id"], window=window, lang=lang, **fields)

    async def order_file(
        self, file_id: str, *, window: str = "24h", lang: str = "en", **fields: Any
    ) -> dict[str, Any]:
        asked = {
            "input_file_id": file_id,
            "endpoint": "/v1/chat/completions",
            "completion_window": window,
            **fields,
        }
        answer = await self.call(
            "POST", "/v1/batches", json=asked, headers=[("accept-language", lang)]
        )
        assert answer.status == 200, answer.body
        told: dict[str, Any] = answer.json
        return told

    async def batch(self, name: str, lang: str = "en") -> dict[str, Any]:
        answer = await self.call("GET", f"/v1/batches/{name}", headers=[("accept-language", lang)])
        told: dict[str, Any] = answer.json
        return told

    async def until(self, name: str, true: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wake the worker until the batch is as wanted."""
        async with asyncio.timeout(10):
            while True:
                told = await self.batch(name)
                if true(told):
                    return told
                self.worker.wake()
                await asyncio.sleep(0.01)

    async def ended(self, name: str) -> dict[str, Any]:
        return await self.until(name, lambda told: bool(told["sobre"]["state"] == "ended"))

    async def settled(self, name: str) -> dict[str, Any]:
        """Checked and placed."""
        return await self.until(name, lambda told: bool(told["status"] != "validating"))

    async def lines(self, file_id: str | None) -> list[dict[str, Any]]:
        if file_id is None:
            return []
        answer = await self.call("GET", f"/v1/files/{file_id}/content")
        return [json.loads(line) for line in answer.body.splitlines()]


@asynccontextmanager
async def bench(
    folder: Path,
    clock: JumpingClock,
    rungs: Sequence[Rung],
    *,
    batches: Batches = Batches(),  # noqa: B008 - frozen
    keep_texts: bool = True,
    series: jobs.Series | None = None,
    hold: Callable[[str, str | None], str | None] | None = None,
    name: str = "ours",
) -> AsyncIterator[Bench]:
    config = Config(
        electricity="FRA",
        data=Data(dir=str(folder / "data"), keep_texts=keep_texts),
        batches=batches,
    )
    async with open_app(config, rungs=rungs) as app:
        app.house = dataclasses.replace(app.house, clock=clock)
        deferred = app.deferred
        app.deferred = deferred._replace(
            series=series or deferred.series, hold=hold or deferred.hold
        )
        server = Server(app)
        async with server.working() as worker:
            yield Bench(app, server, worker, clock, name)


def hours(*grams: float) -> jobs.Series:
    """A profile that tells these g/kWh for the hours after ``MONDAY``, the last one for ever."""

    def series(zone: str, now: float, count: int) -> jobs.Forecast | None:
        first = int((now - MONDAY) // 3600)
        told = [grams[min(max(first + i, 0), len(grams) - 1)] for i in range(count)]
        return jobs.Forecast(told, "a test's profile")

    return series
