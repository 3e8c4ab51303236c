"""What a request costs on its way through a gateway: `python bench/relay.py [--quick]`.

All targets are up at once and asked in turns, so that whatever else the machine does falls on all.
The figure to trust is CPU time per request: user and system time of the target's processes over a
run, read 0.3 s after the last answer so that work put off is counted too. See bench/README.md.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import uvloop

import load
import targets

SETTLE_S = 0.3


@dataclass(frozen=True)
class Mode:
    """A way of asking."""

    name: str
    stream: bool
    mail: bool = False
    gap_ms: float = 0.0
    connections: tuple[int, ...] = (1, 16, 64)
    only: tuple[str, ...] = ()
    """Targets it is meant for; all where empty."""


MODES = (
    Mode("json", stream=False),
    Mode("stream", stream=True),
    Mode("json, e-mail", stream=False, mail=True, connections=(16,), only=("sobre",)),
    Mode("stream, e-mail", stream=True, mail=True, connections=(16,), only=("sobre",)),
    Mode("stream, 5 ms apart", stream=True, gap_ms=5, connections=(16,)),
)


@dataclass(frozen=True)
class Cell:
    """One target asked in one way during one run."""

    target: str
    mode: str
    connections: int
    requests: int
    cpu_ms: float
    """Per request; not a number for the mock asked directly."""
    rate: float
    """Requests a second."""
    first_token_ms: float
    """Median."""
    whole_ms: float
    whole_p99_ms: float
    reads: float
    """Pieces in which an answer arrived."""
    failed: int
    crossed: int
    lost: int
    fault: str


@dataclass(frozen=True)
class Goal:
    name: str
    seen: str
    held: bool | None
    """``None``: not measured."""


@dataclass
class Bench:
    """A run in progress."""

    up: list[targets.Running]
    absent: dict[str, str]
    upstream: str
    cells: list[Cell] = dataclasses.field(default_factory=list)
    exchanges: list[str] = dataclasses.field(default_factory=list)
    """Ids of all exchanges that Sobre said it made."""
    sent: int = 0
    """Requests that Sobre answered."""

    async def ask(
        self, target: targets.Running, mode: Mode, connections: int, **end: float
    ) -> Cell:
        """One run, of so many ``seconds`` or ``requests``; not kept in ``cells``."""
        self._pace(mode.gap_ms)
        measured = target.name != "direct"
        before = target.program.cpu_seconds() if measured else 0.0
        tally = await load.put(
            target.door,
            connections,
            stream=mode.stream,
            mail=mode.mail,
            seconds=end.get("seconds", 0.0),
            requests=int(end.get("requests", 0)),
        )
        await asyncio.sleep(SETTLE_S)
        spent = target.program.cpu_seconds() - before if measured and tally.requests else math.nan
        if target.name == "sobre":
            self.exchanges += tally.exchanges
            self.sent += tally.requests
        return Cell(
            target.name,
            mode.name,
            connections,
            tally.requests,
            spent / max(1, tally.requests) * 1000,
            tally.requests / tally.seconds,
            load.percentile(tally.first_token_s, 0.5) * 1000,
            load.percentile(tally.whole_s, 0.5) * 1000,
            load.percentile(tally.whole_s, 0.99) * 1000,
            tally.reads / max(1, tally.requests),
            tally.failed,
            tally.crossed,
            tally.lost,
            tally.first_fault,
        )

    def _pace(self, gap_ms: float) -> None:
        with urllib.request.urlopen(self.upstream.removesuffix("/v1") + f"/gap/{gap_ms}"):
            pass

    def stats(self) -> dict[str, int]:
        """What the mock saw: requests, and how many held an e-mail address in clear."""
        with urllib.request.urlopen(self.upstream.removesuffix("/v1") + "/stats") as answer:
            seen: dict[str, int] = json.load(answer)
            return seen


async def warm_up(bench: Bench, seconds: float) -> None:
    for target in bench.up:
        for mode in MODES[:2]:
            cell = await bench.ask(target, mode, 16, seconds=seconds)
            if cell.failed or cell.crossed or cell.lost:
                say(f"{target.name}, {mode.name}: {cell.fault[:500]}")


async def rounds(
    bench: Bench, number: int, seconds: float, connections: list[int], modes: tuple[Mode, ...]
) -> None:
    """Every target in every mode, in an order that turns from round to round."""
    for turn in range(number):
        say(f"round {turn + 1} of {number}")
        order = bench.up[turn % len(bench.up) :] + bench.up[: turn % len(bench.up)]
        for mode in modes:
            for many in (n for n in connections if n in mode.connections):
                for target in order:
                    if mode.only and target.name not in mode.only:
                        continue
                    bench.cells.append(await bench.ask(target, mode, many, seconds=seconds))


async def soak(bench: Bench, target: targets.Running, requests: int) -> list[float]:
    """Resident MiB of the gateway after each tenth of ``requests``, half of them streams."""
    step = max(1, requests // 10)
    await bench.ask(target, MODES[0], 64, requests=step // 2)
    await bench.ask(target, MODES[1], 64, requests=step // 2)
    seen = [target.program.rss_mib()]
    for _ in range(10):
        await bench.ask(target, MODES[0], 64, requests=step // 2)
        await bench.ask(target, MODES[1], 64, requests=step - step // 2)
        seen.append(target.program.rss_mib())
    return seen


@dataclass(frozen=True)
class Row:
    """The medians of one target in one mode at one number of connections."""

    target: str
    mode: str
    connections: int
    cpu_ms: float
    cpu_low: float
    cpu_high: float
    rate: float
    first_token_ms: float
    added_ms: float
    p99_ms: float
    reads: float
    requests: int
    bad: int


def rows(cells: list[Cell]) -> list[Row]:
    """Medians over the rounds; time added against the mock asked directly in the same round."""
    groups: dict[tuple[str, int, str], list[Cell]] = {}
    for cell in cells:
        groups.setdefault((cell.mode, cell.connections, cell.target), []).append(cell)
    made = []
    for (mode, connections, target), group in groups.items():
        direct = groups.get((mode, connections, "direct"), [])
        added = [a.first_token_ms - b.first_token_ms for a, b in zip(group, direct, strict=False)]
        cpu = [cell.cpu_ms for cell in group]
        made.append(
            Row(
                target,
                mode,
                connections,
                statistics.median(cpu),
                min(cpu),
                max(cpu),
                statistics.median(c.rate for c in group),
                statistics.median(c.first_token_ms for c in group),
                statistics.median(added) if added and target != "direct" else math.nan,
                statistics.median(c.whole_p99_ms for c in group),
                statistics.median(c.reads for c in group),
                sum(c.requests for c in group),
                sum(c.failed + c.crossed + c.lost for c in group),
            )
        )
    return made


def shown(value: float, digits: int) -> str:
    return "–" if math.isnan(value) else f"{value:.{digits}f}"


def table(made: list[Row], bench: Bench) -> str:
    """Markdown."""
    columns = (
        "mode",
        "connections",
        "target",
        "CPU ms (low–high)",
        "× sobre",
        "req/s",
        "first token ms",
        "added ms",
        "p99 ms",
        "reads",
        "requests",
        "bad",
    )
    lines = [f"| {' | '.join(columns)} |", "|---|---:|---|" + "---:|" * (len(columns) - 3)]
    ours = {(r.mode, r.connections): r.cpu_ms for r in made if r.target == "sobre"}
    for row in made:
        spread = f" ({row.cpu_low:.3f}–{row.cpu_high:.3f})" if row.cpu_ms > 0 else ""
        cells = (
            row.mode,
            str(row.connections),
            row.target,
            shown(row.cpu_ms, 3) + spread,
            shown(row.cpu_ms / ours.get((row.mode, row.connections), math.nan), 1),
            shown(row.rate, 0),
            shown(row.first_token_ms, 2),
            shown(row.added_ms, 2),
            shown(row.p99_ms, 1),
            shown(row.reads, 0),
            str(row.requests),
            str(row.bad),
        )
        lines.append(f"| {' | '.join(cells)} |")
    lines += [f"| – | – | {name} | {why[:160]} |" + " |" * 8 for name, why in bench.absent.items()]
    return "\n".join(lines)


def least_ratio(made: list[Row], peer: str) -> float:
    """How many times our CPU time the peer takes, where it does best: JSON or stream, 1/16/64."""
    judged = [r for r in made if r.mode in {"json", "stream"}]
    ours = {(r.mode, r.connections): r.cpu_ms for r in judged if r.target == "sobre"}
    found = [
        r.cpu_ms / ours[r.mode, r.connections]
        for r in judged
        if r.target == peer and ours.get((r.mode, r.connections))
    ]
    return min(found, default=0.0)


def goals(made: list[Row], cells: list[Cell]) -> list[Goal]:
    """The figures of the relay set against what was promised."""

    def at_most(name: str, seen: float | None, limit: float, beside: str = "") -> Goal:
        told = "–" if seen is None else f"{seen:.3f}{beside}"
        return Goal(f"{name} ≤ {limit} ms", told, None if seen is None else seen <= limit)

    def at_least(name: str, seen: float, limit: float) -> Goal:
        told = f"{seen:.1f}" if seen else "–"
        return Goal(f"{name} ≥ {limit:g} ×", told, seen >= limit if seen else None)

    by = {(r.target, r.mode, r.connections): r for r in made}
    found = []
    for mode, limit in (("json", 0.30), ("stream", 0.50)):
        for many in (1, 16, 64):
            ours, bare = by.get(("sobre", mode, many)), by.get(("bare relay", mode, many))
            beside = f" (bare relay {bare.cpu_ms:.3f})" if bare else ""
            cpu = ours.cpu_ms if ours else None
            found.append(at_most(f"CPU, {mode}, {many} connections", cpu, limit, beside))
    quiet = by.get(("sobre", "stream", 1))
    crossed = [c for c in cells if c.target == "sobre" and c.connections == 64]
    bad = sum(c.crossed + c.lost + c.failed for c in crossed)
    asked = sum(c.requests for c in crossed)
    return [
        *found,
        at_least("LiteLLM's CPU time, least ratio", least_ratio(made, "litellm"), 30),
        at_least("Portkey's CPU time, least ratio", least_ratio(made, "portkey"), 5),
        at_most("added to first token, 1 connection", quiet.added_ms if quiet else None, 2),
        Goal(
            "no answer crossed, lost or failed at 64 connections",
            f"{bad} of {asked}",
            bad == 0 if asked + bad else None,
        ),
    ]


def ledger_goal(bench: Bench, data: Path) -> Goal:
    """Exactly one line a request, matched by the id that each answer carried."""
    name = "ledger: exactly one line a request"
    try:
        lines = targets.ledger_ids(data)
    except Exception as error:  # noqa: BLE001  # whatever is wrong with it, the table says it
        return Goal(name, f"cannot be read: {error}", held=False)
    missing = len(set(bench.exchanges) - set(lines))
    twice = len(lines) - len(set(lines))
    seen = f"{bench.sent} answered, {len(lines)} lines, {missing} missing, {twice} twice"
    exact = len(lines) == bench.sent == len(bench.exchanges) and not missing and not twice
    return Goal(name, seen, exact)


def verify_goal(site: targets.Site, data: Path) -> Goal:
    told = subprocess.run(
        [site.sobre_python, "-m", "sobre", "--data-dir", str(data), "ledger", "verify"],
        capture_output=True,
        text=True,
        check=False,
    )
    end = (told.stdout or told.stderr).strip().partition("\n")[0]
    return Goal("the ledger's chain verifies", end[:160], told.returncode == 0)


def memory_goals(seen: list[float], requests: int) -> list[Goal]:
    spread = (max(seen) - min(seen)) / 2
    told = " ".join(f"{mib:.1f}" for mib in seen)
    return [
        Goal("memory of the gateway ≤ 120 MiB", f"{max(seen):.1f}", max(seen) <= 120),
        Goal(
            f"memory flat (±5 MiB) over {requests} requests", f"±{spread:.1f}: {told}", spread <= 5
        ),
    ]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def machine() -> str:
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return (
        f"{os.cpu_count()} cores ({names[0] if names else '?'}), Python {platform.python_version()}"
    )


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round, under a minute")
    parser.add_argument("--rounds", type=int, default=5, help="0: no table, the soak alone")
    parser.add_argument("--seconds", type=float, default=2.5, help="of each run")
    parser.add_argument("--connections", default="1,16,64")
    parser.add_argument("--targets", default=",".join(targets.ALL), help="comma-separated")
    parser.add_argument("--modes", default="", help="comma-separated beginnings of mode names")
    parser.add_argument(
        "--soak", type=int, default=0, metavar="N", help="then N requests, for memory"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="everything measured, as JSON")
    parser.add_argument("--litellm", help="virtual environment that has it ($SOBRE_BENCH_LITELLM)")
    parser.add_argument("--portkey", help="node_modules folder that has it ($SOBRE_BENCH_PORTKEY)")
    parser.add_argument("--sobre-python", default=sys.executable, help="a Python that has Sobre")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep logs and data there")
    return parser.parse_args()


def main() -> int:
    args = options()
    if args.quick:
        args.rounds, args.seconds = min(args.rounds, 1), 0.6
    with tempfile.TemporaryDirectory(prefix="sobre-bench-") as temporary:
        work: Path = args.keep or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        return measure(args, work)


def measure(args: argparse.Namespace, work: Path) -> int:
    found: list[Goal] = []
    memory: list[float] = []
    resident: dict[str, float] = {}
    with ExitStack() as stack:
        upstream, program = stack.enter_context(targets.mock(work))
        site = targets.Site(work, upstream, args.sobre_python)
        site = dataclasses.replace(
            site, litellm=args.litellm or site.litellm, portkey=args.portkey or site.portkey
        )
        direct = targets.Running("direct", "", load.Door(upstream), program, work, 0.0)
        bench = Bench([direct], {}, upstream)
        for name in args.targets.split(","):
            try:
                bench.up.append(stack.enter_context(targets.ALL[name](site)))
            except targets.Absent as why:
                bench.absent[name] = str(why)
                say(f"{name}: {why}")
        modes = tuple(
            mode
            for mode in MODES
            if not args.modes or mode.name.startswith(tuple(args.modes.split(",")))
        )
        many = [int(n) for n in args.connections.split(",")]
        say("warming up")
        uvloop.run(warm_up(bench, 0.5 if args.quick else 2.0))
        uvloop.run(rounds(bench, args.rounds, args.seconds, many, modes))
        made = rows(bench.cells)
        found += goals(made, bench.cells)
        mails = bench.stats()["mails"]
        if any(mode.mail for mode in modes) and any(t.name == "sobre" for t in bench.up):
            found.append(Goal("no e-mail address left in clear", str(mails), mails == 0))
        ours = next((t for t in bench.up if t.name == "sobre"), None)
        if ours and args.soak:
            say("soak")
            memory = uvloop.run(soak(bench, ours, args.soak))
            found += memory_goals(memory, args.soak)
        resident = {t.name: t.program.rss_mib(whole_tree=True) for t in bench.up[1:]}
    if ours:
        found += [ledger_goal(bench, ours.data), verify_goal(site, ours.data)]
    report(args, bench, made, found, resident, memory)
    return 1 if any(goal.held is False for goal in found) else 0


def report(
    args: argparse.Namespace,
    bench: Bench,
    made: list[Row],
    found: list[Goal],
    resident: dict[str, float],
    memory: list[float],
) -> None:
    versions = {t.name: t.version for t in bench.up if t.version}
    print(f"{machine()}; {args.rounds} rounds of {args.seconds} s a cell; {versions}\n")
    print(table(made, bench) + "\n")
    print("| resident memory, whole tree | MiB | ready after s |\n|---|---:|---:|")
    for target in bench.up[1:]:
        print(f"| {target.name} | {resident[target.name]:.0f} | {target.ready_s:.1f} |")
    print("\n| goal | seen | |\n|---|---|---|")
    words = {True: "held", False: "**missed**", None: "not measured"}
    for goal in found:
        print(f"| {goal.name} | {goal.seen} | {words[goal.held]} |")
    for cell in bench.cells:
        if cell.fault:
            print(f"\n{cell.target}, {cell.mode}, {cell.connections}: {cell.fault[:400]}")
    if args.json:
        everything = {
            "machine": machine(),
            "versions": versions,
            "absent": bench.absent,
            "cells": [dataclasses.asdict(cell) for cell in bench.cells],
            "goals": [dataclasses.asdict(goal) for goal in found],
            "resident_mib": resident,
            "soak_mib": memory,
        }
        args.json.write_text(json.dumps(everything, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
