"""What the ledger costs: CPU of one open and seal on the request's path, and rows carried a second.

    python bench/ledger.py [ROWS]

200 characters asked, 400 answered, one attempt with its impact. The first figure is the calling
thread's own CPU time, the second all CPU of the process with the writer's thread beside it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "ledger"))
import sample_exchange as sample

from sobre.adapters.stores.ledger import SqliteBook
from sobre.core.exchange import Exchange


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    exchanges = [
        sample.exchange(sample.ask(f"ex_{n:026d}", text="a" * 200), text="b" * 400)
        for n in range(rows)
    ]
    with tempfile.TemporaryDirectory() as folder, SqliteBook(Path(folder)) as book:
        book.flush()
        _warm(book)
        own, all_, wall = time.thread_time(), time.process_time(), time.perf_counter()
        for exchange in exchanges:
            book.open(exchange.ask, exchange.actor)
            book.seal(exchange)
        own = time.thread_time() - own
        written = time.perf_counter() - wall
        book.flush(600)
        all_, carried = time.process_time() - all_, time.perf_counter() - wall
        checked = _seconds(book.verify)
    print(f"open + seal, calling thread : {own / rows * 1e6:7.1f} µs CPU a request")
    print(f"with the writer's thread    : {all_ / rows * 1e6:7.1f} µs CPU a request")
    print(f"written to the spool        : {rows / written:7.0f} requests/s")
    print(f"carried to the database     : {rows / carried:7.0f} rows/s while writing and after")
    print(f"verified with the texts     : {rows / checked:7.0f} rows/s")


def _warm(book: SqliteBook) -> None:
    for n in range(500):
        exchange: Exchange = sample.exchange(sample.ask(f"warm{n}"))
        book.open(exchange.ask, exchange.actor)
        book.seal(exchange)
    book.flush()


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
