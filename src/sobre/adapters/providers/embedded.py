"""The embedded model: a rung whose upstream is llama.cpp in a worker process of this machine.

The gateway never blocks: the worker answers over loopback HTTP, and what is added here is what a
model on one's own processor needs: turns, the length check before the call, the model's own prompt,
processor time shared fairly, a restart when it dies.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

import aiohttp

from sobre.adapters import models
from sobre.adapters.models import Located
from sobre.adapters.power import NoMeter
from sobre.adapters.providers.openai_style import OpenAIStyle, Prepare
from sobre.adapters.providers.turns import Mark, Shares, Spent, Turns
from sobre.adapters.providers.worker_time import counted
from sobre.catalogue import Prompt, language_of
from sobre.core.exchange import Operation, Outbound, Reply, RungCard
from sobre.core.ports import Meter, Rung, Sink
from sobre.core.reason import Reason
from sobre.errors import ModelFileError, UpstreamError

log = logging.getLogger(__name__)

Body = dict[str, Any]
State = Literal["stopped", "loading", "ready", "waiting", "failed"]

WORKER = (sys.executable, "-m", "sobre.adapters.providers.llama_worker")
_PASSED_ON = frozenset({
    "model", "messages", "prompt", "stream", "stream_options", "max_tokens",
    "max_completion_tokens", "n", "stop", "seed", "temperature", "top_p", "top_k", "min_p",
    "repeat_penalty", "presence_penalty", "frequency_penalty", "logit_bias", "logprobs",
    "top_logprobs", "tools", "tool_choice", "parallel_tool_calls", "response_format", "suffix",
    "echo",
})  # fmt: skip
"""What a caller may set: llama.cpp has many more keys, some reach files and other slots."""
_LEAST_ROOM = 256
"""Tokens that must be left for an answer, unless the caller asks for fewer."""
_TEMPLATE_TOKENS = 64
"""More than a chat template adds of itself; and for each message:"""
_MESSAGE_TOKENS = 16
_STOP_SECONDS = 3.0
_LOAD_SECONDS = 180.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 60.0
_LOOK_SECONDS, _LOOKS = 3.0, 200
"""How often a file that could not be used is looked at, and after how many looks it is tried again
though nothing changed."""
_HOPELESS = 3
"""Restarts after which a call no longer waits for the next one."""


class Connect(Protocol):
    """Makes the OpenAI-style rung that talks to a worker just started."""

    def __call__(self, url: str, key: str, prepare: Prepare) -> Rung: ...


@dataclass(frozen=True, slots=True)
class Running:
    """One worker that has loaded its model."""

    url: str
    key: str
    rung: Rung


class Embedded:
    """A ``Rung``. ``start`` returns at once; calls wait until the model is loaded.

    ``prompt_version`` names the wording that the model is given when the caller gives none.
    """

    def __init__(
        self,
        card: RungCard,
        file: Callable[[], Located],
        prompt: Prompt,
        *,
        parallel: int = 2,
        queue: int = 64,
        ready_timeout_s: float = 60.0,
        read_timeout_s: float = 120.0,
        time_limit_s: float = 600.0,
        connect: Connect | None = None,
        command: Sequence[str] = WORKER,
    ) -> None:
        """``file`` finds the model file each time a worker starts; may raise ``ModelFileError``.

        ``time_limit_s`` is for a whole attempt: loading, waiting for a turn, and the answer.
        """
        self._card = card
        self._file = file
        self._prompt = prompt
        self._connect = connect or self._over_http
        self._command = command
        self._read_timeout_s = read_timeout_s
        self._time_limit_s = time_limit_s
        self._parallel = parallel
        self._ready_timeout_s = ready_timeout_s
        self._turns = Turns(parallel, queue, time.monotonic)
        self.shares = Shares(card.threads, lambda: counted(self.worker_pid), time.monotonic)
        self._running: asyncio.Future[Running] | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._http: aiohttp.ClientSession | None = None
        self._process: asyncio.subprocess.Process | None = None
        self.state: State = "stopped"
        self.reason: str = ""
        """Why it is not ready, in words for the operator."""
        self.restarts = 0
        self.meter: Meter = NoMeter()
        """Told when a call has its turn: until then it computed nothing."""
        self._told = ""
        """Key of the fault that was logged last: one that lasts is logged once."""

    @property
    def card(self) -> RungCard:
        return self._card

    @property
    def prompt_version(self) -> str:
        return self._prompt.version

    @property
    def worker_pid(self) -> int | None:
        """The process that computes, while there is one."""
        worker = self._process
        return worker.pid if worker is not None and worker.returncode is None else None

    # --- The worker's life -------------------------------------------------------------------

    async def start(self) -> None:
        """Load the model in the background."""
        # llama.cpp closes a connection after a stream without saying so: each call opens its own.
        connector = aiohttp.TCPConnector(force_close=True, limit=0)
        self._http = aiohttp.ClientSession(
            connector=connector, timeout=aiohttp.ClientTimeout(total=30)
        )
        self._running = asyncio.get_running_loop().create_future()
        self.state = "loading"
        self._supervisor = asyncio.create_task(self._supervise(), name=f"worker {self._card.name}")

    async def stop(self) -> None:
        """End the worker; returns when it is gone."""
        if self._supervisor is not None:
            self._supervisor.cancel()
            await asyncio.gather(self._supervisor, return_exceptions=True)
        if self._http is not None:
            await self._http.close()
        self._not_ready("stopped", Reason("stopped", "reason.local.stopped"))

    async def ready(self) -> Running:
        """The running worker. Raises ``UpstreamError`` where there is none, and why."""
        if self._running is None:
            raise self._absent(Reason("not started", "reason.local.not_started"))
        if self.state == "waiting" and self.restarts >= _HOPELESS:
            raise self._absent(self.reason)
        try:
            async with asyncio.timeout(self._ready_timeout_s):
                return await asyncio.shield(self._running)
        except TimeoutError as error:
            loading = Reason("still loading", "reason.local.loading")
            raise self._absent(self.reason or loading) from error
        except ModelFileError as error:
            raise UpstreamError(
                str(error), kind="connect", key=error.key, params=error.params
            ) from error

    def _absent(self, why: str) -> UpstreamError:
        return UpstreamError(why, kind="connect", retry_after=self._ready_timeout_s)

    async def _supervise(self) -> None:
        """Keep one worker alive; a crash is followed by a pause that doubles, to a minute."""
        pause = _FIRST_PAUSE
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            try:
                await self._live()
            except ModelFileError as error:
                self._fail(error)
                await self._change()
                self._not_ready("loading", "")
                continue
            if loop.time() - started > _LONGEST_PAUSE:
                pause = _FIRST_PAUSE
            log.warning("%s: %s; again in %.1f s", self._card.name, self.reason, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
            self.restarts += 1

    async def _change(self) -> None:
        """Returns once another file may be there than the one that could not be used."""
        seen = await asyncio.to_thread(self._seen)
        for _ in range(_LOOKS):
            await asyncio.sleep(_LOOK_SECONDS)
            if await asyncio.to_thread(self._seen) != seen:
                return

    def _seen(self) -> tuple[str, int, int] | None:
        """What would be loaded now, told from its outside; ``None`` when there is nothing."""
        try:
            path = self._file().path
            stat = path.stat()
        except (ModelFileError, OSError):
            return None
        return str(path), stat.st_size, stat.st_mtime_ns

    async def _live(self) -> None:
        """One worker, from its start to its death."""
        located = await asyncio.to_thread(self._checked)
        self.state = "loading"
        worker = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        self._process = worker
        said: deque[str] = deque(maxlen=20)
        listener = asyncio.create_task(_listen(worker, said))
        try:
            running = await self._open(worker, located)
            self._set_running(running)
            code = await worker.wait()
            told = f"the worker ended with status {code}"
            self._not_ready("waiting", Reason(told, "reason.local.ended", code=code))
        except _WorkerRefused as refusal:
            await asyncio.wait([listener], timeout=1.0)
            why = next((line.strip() for line in said if " E " in line), refusal.why)
            if refusal.missing:
                raise _no_runtime(refusal.why) from refusal
            told = f"the worker did not start: {why}"
            self._not_ready("waiting", Reason(told, "reason.local.no_start", why=why))
        finally:
            await _end(worker)
            listener.cancel()

    def _checked(self) -> Located:
        located = self._file()
        models.verify(located.path, located.sha256)
        return located

    async def _open(self, worker: asyncio.subprocess.Process, located: Located) -> Running:
        assert worker.stdin is not None
        assert worker.stdout is not None
        key = secrets.token_urlsafe(32)
        options = {
            "path": str(located.path),
            "model": self._card.model.name,
            "parallel": self._parallel,
            "context": self._card.model.context_tokens,
            "threads": self._card.threads,
            "key": key,
        }
        try:
            worker.stdin.write(json.dumps(options).encode() + b"\n")
            await worker.stdin.drain()
            async with asyncio.timeout(_LOAD_SECONDS):
                line = await worker.stdout.readline()
            answer = json.loads(line)
        except (ConnectionError, TimeoutError, ValueError) as error:
            mute = Reason("it said nothing", "reason.local.mute")
            raise _WorkerRefused(mute, missing=False) from error
        if "url" not in answer:
            raise _WorkerRefused(answer.get("error", ""), missing=bool(answer.get("missing")))
        return Running(answer["url"], key, self._connect(answer["url"], key, self.prepare))

    def _over_http(self, url: str, key: str, prepare: Prepare) -> Rung:
        assert self._http is not None
        return OpenAIStyle(
            self._card,
            url=f"{url}/v1",
            model=self._card.model.name,
            session=self._http,
            key=key,
            read_timeout_s=self._read_timeout_s,
            time_limit_s=self._time_limit_s,
            prepare=prepare,
        )

    def _set_running(self, running: Running) -> None:
        assert self._running is not None
        if self._running.done():
            self._running = asyncio.get_running_loop().create_future()
        self._running.set_result(running)
        self.state, self.reason, self._told = "ready", "", ""

    def _not_ready(self, state: State, reason: str) -> None:
        self.state, self.reason = state, reason
        if self._running is not None and self._running.done():
            self._running = asyncio.get_running_loop().create_future()

    def _fail(self, error: ModelFileError) -> None:
        if error.key != self._told:
            log.error("%s: %s", self._card.name, error)
        self._told = error.key
        self.state, self.reason = "failed", Reason(str(error), error.key, **error.params)
        assert self._running is not None
        if not self._running.done():
            self._running.set_exception(error)
            self._running.exception()  # noted: nobody may ever ask for it

    # --- A call ------------------------------------------------------------------------------

    async def attempt(self, outbound: Outbound, sink: Sink) -> Reply:
        """Wait for a turn, check the length, call the worker; ``Usage.cpu_seconds`` is filled in.

        That is the call's share of the processor time that the system counted for the worker.
        """
        if outbound.n > self._parallel:
            raise UpstreamError(
                f"n is {outbound.n}, at most {self._parallel} here",
                kind="rejected",
                upstream_status=400,
                key="reason.local.n",
                params={"n": outbound.n, "most": self._parallel},
            )
        mark: Mark | None = None
        spent = Spent(0.0, estimated=True)
        try:
            async with asyncio.timeout(self._time_limit_s):
                running = await self.ready()
                async with self._turns.turn(outbound.queue):
                    mark = self.shares.begin()
                    self.meter.work(outbound.exchange)
                    try:
                        await self._check_length(outbound, running)
                        reply = await running.rung.attempt(outbound, sink)
                        if outbound.n > 1:
                            reply = await self._count_all(reply, running)
                    finally:
                        spent = self.shares.end(mark)
        except TimeoutError as error:
            raise _too_late(began=mark is not None) from error
        own = outbound.operation is Operation.CHAT and not _has_instructions(outbound)
        return replace(
            reply,
            usage=reply.usage._replace(cpu_seconds=spent.seconds, cpu_estimated=spent.estimated),
            prompt=self._prompt.version if own else "",
        )

    def prepare(self, _outbound: Outbound, body: Body) -> Body:
        """The body as llama.cpp takes it, with the model's own prompt where the caller has none.

        Differences seen (llama.cpp b11549): ``developer`` is a role that most templates drop;
        ``logprobs`` without ``top_logprobs`` gives twenty alternatives a token, and with 0 none at
        all; without a limit it writes until the context is full.
        """
        body = {key: value for key, value in body.items() if key in _PASSED_ON}
        if "messages" in body:
            body["messages"] = self._with_prompt(body["messages"])
            if body.get("logprobs"):
                body["top_logprobs"] = body.get("top_logprobs") or 1
        if body.get("max_completion_tokens") is None and body.get("max_tokens") is None:
            body["max_tokens"] = self._prompt.max_output_tokens
        if body.get("temperature") is None and body.get("top_p") is None:
            body = {**self._prompt.sampling, **body}
        return body

    def _with_prompt(self, messages: list[Any]) -> list[Any]:
        said = [m | {"role": "system"} if m["role"] == "developer" else m for m in messages]
        if any(m["role"] == "system" for m in said):
            return said
        asked = next((m.get("content") for m in reversed(said) if m["role"] == "user"), "")
        lang = language_of(asked if isinstance(asked, str) else json.dumps(asked))
        return [{"role": "system", "content": self._prompt.system(lang)}, *said]

    async def _check_length(self, outbound: Outbound, running: Running) -> None:
        """Refuse before the call what cannot fit, by the model's own tokenizer.

        A token is at least one byte, so a short text needs no count.
        """
        window = self._card.model.context_tokens
        if window is None:
            return
        room = min(outbound.max_tokens or _LEAST_ROOM, _LEAST_ROOM)
        if _most_tokens(outbound) + len(self._prompt.fr.encode()) + room <= window:
            return
        tokens = await self._count(outbound, running)
        if tokens + room > window:
            raise UpstreamError(
                f"the request is {tokens} tokens long, "
                f"{window - room} fit (a window of {window}, {room} kept for the answer)",
                kind="context",
                upstream_status=400,
                key="reason.local.too_long",
                params={"tokens": tokens, "fit": window - room, "window": window, "room": room},
            )

    async def _count(self, outbound: Outbound, running: Running) -> int:
        messages = [{**m.rest, "role": m.role, "content": m.content} for m in outbound.messages]
        body: Body = {"messages": self._with_prompt(messages)}
        if outbound.tools:
            body["tools"] = outbound.tools
        laid_out = await self._ask(running, "/apply-template", body)
        return await self._tokens(running, laid_out["prompt"])

    async def _count_all(self, reply: Reply, running: Running) -> Reply:
        """With ``n`` answers llama.cpp tells the tokens of one: count the text of all."""
        counts = [await self._tokens(running, choice.text or "") for choice in reply.choices]
        usage = reply.usage._replace(output_tokens=sum(counts), estimated=True)
        return replace(reply, usage=usage)

    async def _tokens(self, running: Running, text: str) -> int:
        answer = await self._ask(running, "/tokenize", {"content": text, "add_special": True})
        return len(answer["tokens"])

    async def _ask(self, running: Running, path: str, body: Mapping[str, Any]) -> Any:
        assert self._http is not None
        headers = {"Authorization": f"Bearer {running.key}"}
        try:
            async with self._http.post(running.url + path, json=body, headers=headers) as answer:
                if answer.status != 200:
                    raise UpstreamError(
                        f"{path} answered {answer.status}",
                        kind="rejected" if answer.status < 500 else "server",
                        upstream_status=answer.status,
                        key="reason.local.answered",
                        params={"path": path, "status": answer.status},
                    )
                return await answer.json()
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            why = type(error).__name__
            raise UpstreamError(
                f"the worker did not answer ({why})",
                kind="connect",
                key="reason.local.silent",
                params={"why": why},
            ) from error


class _WorkerRefused(Exception):
    def __init__(self, why: str, *, missing: bool) -> None:
        super().__init__(why)
        self.why = why
        self.missing = missing


def _too_late(*, began: bool) -> UpstreamError:
    if began:
        told = Reason("took longer than the time limit", "reason.upstream.too_long")
    else:
        told = Reason("no turn came within the time limit", "reason.local.no_turn")
    return UpstreamError(told, kind="timeout", reached=began)


def _no_runtime(why: str) -> ModelFileError:
    return ModelFileError(
        f"the embedded model's runtime is not installed ({why}).",
        remedy="Install it with `pip install 'sobre[local]'`.",
        key="error.model_no_runtime",
        params={"why": why},
    )


async def _listen(worker: asyncio.subprocess.Process, said: deque[str]) -> None:
    """Keep the last lines of what is said while loading; the worker closes it when it is ready."""
    assert worker.stderr is not None
    while line := await worker.stderr.readline():
        said.append(line.decode("utf-8", "replace")[:500])


async def _end(worker: asyncio.subprocess.Process) -> None:
    """Close its stdin, which ends it; kill it if it does not."""
    if worker.returncode is not None:
        return
    assert worker.stdin is not None
    worker.stdin.close()
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await worker.wait()
    except TimeoutError:
        worker.kill()
        await worker.wait()


def _has_instructions(outbound: Outbound) -> bool:
    return any(message.role in ("system", "developer") for message in outbound.messages)


def _most_tokens(outbound: Outbound) -> int:
    """More tokens than the request can have, from its bytes alone."""
    messages = [[m.content, dict(m.rest)] for m in outbound.messages]
    texts = json.dumps([messages, outbound.tools], ensure_ascii=False)
    grown = 2 if outbound.tools else 1  # a template may lay tools out with indents
    return len(texts.encode()) * grown + _TEMPLATE_TOKENS + _MESSAGE_TOKENS * len(messages)
