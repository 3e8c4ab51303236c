"""Tokens per second through the embedded rung, against the bare runtime in the same minutes.

    python bench/embedded.py MODEL.gguf [--threads 1] [--rounds 8]

Bare: llama.cpp called in process, no HTTP, no worker, one call at a time. Both load the same file
with the same threads and window, answer the same prompt at temperature 0, and take turns, so that a
busy machine slows both alike. The aim is a ratio of 0.95 or more.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from sobre.adapters.data import catalogue, prompts
from sobre.adapters.models import Located
from sobre.adapters.providers.cards import card
from sobre.adapters.providers.embedded import Embedded
from sobre.config import RungConfig
from sobre.core.exchange import Delta, Message, Operation, Outbound
from sobre.core.zone import Zone

TOKENS = 96
QUESTION = "Write the numbers from 1 to 200 in words, separated by commas."
CONTEXT = 2048

BARE = """
import json, sys, time
import xllamacpp
path, threads, context = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
params = xllamacpp.CommonParams()
params.model.path = path
params.n_ctx, params.n_parallel = context * 2, 2
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
params.cache_ram_mib, params.verbosity = 0, 0
started = time.perf_counter()
server = xllamacpp.Server(params)
print(time.perf_counter() - started, flush=True)
for line in sys.stdin:
    started = time.perf_counter()
    answer = server.handle_chat_completions(json.loads(line))
    seconds = time.perf_counter() - started
    answer = json.loads(answer) if isinstance(answer, (str, bytes)) else answer
    print(json.dumps([answer["usage"]["completion_tokens"], seconds]), flush=True)
"""


class FirstStep:
    """A sink that notes when the first piece came."""

    def __init__(self) -> None:
        self.at: float | None = None

    async def push(self, deltas: Any) -> None:
        if self.at is None and any(isinstance(d, Delta) and d.text for d in deltas):
            self.at = time.perf_counter()


class Bare:
    """The runtime alone, in a process that answers one line for each line."""

    def __init__(self, path: Path, threads: int) -> None:
        command = [sys.executable, "-c", BARE, str(path), str(threads), str(CONTEXT)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.load_seconds = float(self._line())

    def call(self, body: dict[str, Any]) -> float:
        """Tokens per second of one call."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(body) + "\n")
        self._process.stdin.flush()
        tokens, seconds = json.loads(self._line())
        return float(tokens / seconds)

    def close(self) -> None:
        self._process.communicate()

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()


def outbound(*, stream: bool) -> Outbound:
    return Outbound(
        exchange="bench", zone=Zone.MACHINE, queue="bench", operation=Operation.CHAT,
        messages=(Message("system", "You count."), Message("user", QUESTION)), stream=stream,
        max_tokens=TOKENS, n=1, stop=(), logprobs=False, tools=None, response_format=None,
        options={"temperature": 0},
    )  # fmt: skip


async def through(rung: Embedded, *, stream: bool) -> tuple[float, float]:
    """Tokens per second of one call, and seconds to its first piece."""
    sink, started = FirstStep(), time.perf_counter()
    reply = await rung.attempt(outbound(stream=stream), sink)
    ended = time.perf_counter()
    return reply.usage.output_tokens / (ended - started), (sink.at or ended) - started


async def measure(path: Path, threads: int, rounds: int) -> None:
    block = RungConfig(provider="embedded", path=str(path), threads=threads, context_tokens=CONTEXT)
    rung = Embedded(
        card("embedded", block, catalogue()),
        lambda: Located(path, path.stem, None),
        prompts().prompt("*"),
    )
    started = time.perf_counter()
    await rung.start()
    await rung.ready()
    loaded = time.perf_counter() - started
    bare = Bare(path, threads)
    messages = [
        {"role": "system", "content": "You count."},
        {"role": "user", "content": QUESTION},
    ]
    body = {"messages": messages, "max_tokens": TOKENS, "temperature": 0}
    await through(rung, stream=False)
    bare.call(body)
    alone: list[float] = []
    whole: list[float] = []
    streamed: list[float] = []
    firsts: list[float] = []
    for _ in range(rounds):
        alone.append(await asyncio.to_thread(bare.call, body))
        whole.append((await through(rung, stream=False))[0])
        speed, first = await through(rung, stream=True)
        streamed.append(speed)
        firsts.append(first)
    bare.close()
    await rung.stop()
    base = statistics.median(alone)
    print(f"{path.name}, {threads} thread(s), {TOKENS} tokens, median of {rounds} rounds")
    print(f"load: rung {loaded:.2f} s, bare {bare.load_seconds:.2f} s")
    print(f"bare runtime      {base:7.1f} tok/s")
    for name, speeds in (("rung, whole", whole), ("rung, streamed", streamed)):
        paired = statistics.median(s / b for s, b in zip(speeds, alone, strict=True))
        print(f"{name:<16}  {statistics.median(speeds):7.1f} tok/s   ratio {paired:.3f}")
    print(f"first token (prompt in the prefix cache): {statistics.median(firsts) * 1e3:.0f} ms")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("model", type=Path)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--rounds", type=int, default=8)
    given = arguments.parse_args()
    asyncio.run(measure(given.model.resolve(), given.threads, given.rounds))
