"""How long a person waits: `python bench/start.py [--models-dir DIR]`.

`import sobre`, `sobre --help`, `sobre serve` until it is ready without a model, and, where a folder
with the default small model is given, the first answer of the embedded rung. Wall time, medians.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import processes
import targets


@dataclass(frozen=True)
class Wait:
    """One figure beside its goal, in seconds."""

    name: str
    goal_s: float
    seen_s: tuple[float, ...]
    why_not: str = ""

    @property
    def median_s(self) -> float:
        return statistics.median(self.seen_s) if self.seen_s else float("nan")

    @property
    def held(self) -> bool:
        return not self.why_not and self.median_s <= self.goal_s


def timed(command: Sequence[str], times: int) -> tuple[float, ...]:
    """Wall seconds of each run. Raises ``CalledProcessError`` where the command fails."""
    seen = []
    for _ in range(times):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        seen.append(time.perf_counter() - started)
    return tuple(seen)


def commands(python: str, times: int) -> list[Wait]:
    made = []
    for name, goal_s, command in (
        ("python -c pass, for comparison", 1.0, [python, "-c", "pass"]),
        ("import sobre", 0.3, [python, "-c", "import sobre"]),
        ("sobre --help", 0.3, [python, "-m", "sobre", "--help"]),
    ):
        try:
            made.append(Wait(name, goal_s, timed(command, times)))
        except subprocess.CalledProcessError as error:
            made.append(Wait(name, goal_s, (), last_line(error.stderr.decode())))
    return made


def last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2]


def ready(python: str, times: int, path: str) -> Wait:
    """From the start of ``sobre serve``, no model in its folder, until it answers."""
    seen: list[float] = []
    name = f"sobre serve until {path}, no model"
    try:
        for _ in range(times):
            with tempfile.TemporaryDirectory() as folder:
                seen.append(serve(python, Path(folder), path, embedded=False))
    except processes.DidNotStart as error:
        return Wait(name, 1.5, tuple(seen), last_line(str(error)))
    return Wait(name, 1.5, tuple(seen))


def serve(python: str, folder: Path, path: str, *, embedded: bool) -> float:
    """Start it on a free port, wait until ``path`` answers, stop it."""
    config, port = configure(folder, embedded=embedded)
    command: list[str | Path] = [
        python,
        "-m",
        "sobre",
        "--config",
        config,
        "--data-dir",
        folder / "data",
        "serve",
    ]
    with processes.running(command, folder / "log") as program:
        return program.wait_ready(f"http://127.0.0.1:{port}{path}", 30)


def configure(folder: Path, *, embedded: bool) -> tuple[Path, int]:
    port = processes.free_port()
    config = folder / "sobre.toml"
    off = "" if embedded else "[rungs.embedded]\nenabled = false\n"
    config.write_text(f"[server]\nport = {port}\n{off}")
    return config, port


def first_answer(python: str, models: Path, times: int) -> list[Wait]:
    """From the start of ``sobre serve`` until the embedded rung's first token and whole answer."""
    first, whole = [], []
    names = ("first embedded token after start", "first embedded answer after start")
    try:
        for _ in range(times):
            with tempfile.TemporaryDirectory() as folder:
                token_s, answer_s = ask_once(python, Path(folder), models)
                first.append(token_s)
                whole.append(answer_s)
    except (processes.DidNotStart, targets.Absent, OSError, ValueError) as error:
        return [Wait(name, 8.0, (), last_line(str(error))) for name in names]
    return [Wait(name, 8.0, tuple(s)) for name, s in zip(names, (first, whole), strict=True)]


def ask_once(python: str, folder: Path, models: Path) -> tuple[float, float]:
    data = folder / "data"
    data.mkdir()
    (data / "models").symlink_to(models.resolve())
    config, port = configure(folder, embedded=True)
    key = targets.new_key(python, config, data)
    command: list[str | Path] = [
        python,
        "-m",
        "sobre",
        "--config",
        config,
        "--data-dir",
        data,
        "serve",
    ]
    body = {
        "model": "embedded",
        "stream": True,
        "max_tokens": 16,
        "messages": [{"role": "user", "content": "Réponds en un mot : la capitale de la France ?"}],
    }
    with processes.running(command, folder / "log") as program:
        program.wait_ready(f"http://127.0.0.1:{port}/health/live", 30)
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/v1/chat/completions",
            json.dumps(body).encode(),
            {"content-type": "application/json", "authorization": f"Bearer {key}"},
        )
        token_s, text = 0.0, ""
        with urllib.request.urlopen(request, timeout=60) as answer:
            for line in answer:
                if line.startswith(b"data: {"):
                    for choice in json.loads(line[6:]).get("choices") or ():
                        text += choice.get("delta", {}).get("content") or ""
                    token_s = token_s or (text and time.perf_counter() - program.started) or 0.0
        if not text:
            raise ValueError("the embedded rung gave no text")
        return token_s, time.perf_counter() - program.started


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--python", default=sys.executable, help="a Python that has Sobre")
    parser.add_argument("--models-dir", type=Path, help="folder with the default small model")
    parser.add_argument("--json", type=Path, metavar="FILE")
    args = parser.parse_args()
    waits = commands(args.python, args.times)
    waits.append(ready(args.python, args.times, "/health/live"))
    waits.append(ready(args.python, args.times, "/health/ready"))
    if args.models_dir:
        waits += first_answer(args.python, args.models_dir, min(3, args.times))
    print("| wait | goal s | median s (low–high) | |\n|---|---:|---:|---|")
    for wait in waits:
        low_high = f" ({min(wait.seen_s):.3f}–{max(wait.seen_s):.3f})" if wait.seen_s else ""
        told = wait.why_not or ("held" if wait.held else "**missed**")
        print(f"| {wait.name} | {wait.goal_s:g} | {wait.median_s:.3f}{low_high} | {told} |")
    if args.json:
        args.json.write_text(json.dumps([dataclasses.asdict(wait) for wait in waits], indent=1))
    return 0 if all(wait.held for wait in waits) else 1


if __name__ == "__main__":
    sys.exit(main())
