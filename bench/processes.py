"""Programs under measure: started, waited for, read in /proc, stopped with all their children."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class DidNotStart(Exception):
    """The program ended, or did not answer in time; the text holds the end of its log."""


class Program:
    """A started program and everything it started."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, started: float) -> None:
        self._process = process
        self._log = log
        self.started = started
        """``time.perf_counter`` just before it was started."""

    @property
    def pid(self) -> int:
        return self._process.pid

    def log_end(self, characters: int = 600) -> str:
        return self._log.read_text(errors="replace")[-characters:].strip()

    def wait_ready(self, url: str, timeout_s: float) -> float:
        """Seconds from its start until ``url`` answered with 200."""
        while time.perf_counter() - self.started < timeout_s:
            if self._process.poll() is not None:
                raise DidNotStart(f"ended with {self._process.returncode}: {self.log_end()}")
            try:
                with urllib.request.urlopen(url, timeout=1) as answer:
                    if answer.status == 200:
                        return time.perf_counter() - self.started
            except (urllib.error.URLError, OSError):
                time.sleep(0.01)
        raise DidNotStart(f"no answer at {url} in {timeout_s} s: {self.log_end()}")

    def tree(self) -> list[int]:
        """Its process id and those of all its descendants."""
        children: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and (fields := _stat(int(entry.name))):
                children.setdefault(int(fields[1]), []).append(int(entry.name))
        found = [self.pid]
        for pid in found:
            found.extend(children.get(pid, ()))
        return found

    def cpu_seconds(self) -> float:
        """User and system time of the tree, with children that have ended and were waited for."""
        return sum(
            sum(map(int, fields[11:15])) for pid in self.tree() if (fields := _stat(pid))
        ) / float(TICKS)

    def rss_mib(self, *, whole_tree: bool = False) -> float:
        """Resident memory of the process alone, or of its tree (shared pages counted each time)."""
        return sum(_rss_kib(pid) for pid in (self.tree() if whole_tree else [self.pid])) / 1024

    def stop(self) -> None:
        """Ask to end, and after ten seconds no longer ask."""
        group = os.getpgid(self.pid) if self._process.poll() is None else None
        if group is None:
            return
        os.killpg(group, signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(group, signal.SIGKILL)
            self._process.wait()


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name: state, ppid, … utime is the twelfth."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _rss_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


@contextmanager
def running(
    command: Sequence[str | Path], log: Path, env: Mapping[str, str] | None = None
) -> Iterator[Program]:
    """The program, in a session of its own, stopped on leaving."""
    with log.open("wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            start_new_session=True,
        )
        program = Program(process, log, started)
        try:
            yield program
        finally:
            program.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
