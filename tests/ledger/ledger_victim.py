"""A process that fills a ledger and says what it did, line by line, until it is killed.

python ledger_victim.py DATA_DIR PREFIX [COUNT]
"""

from __future__ import annotations

import sys
from pathlib import Path

import sample_exchange as sample

from sobre.adapters.stores.ledger import SqliteBook


def main(folder: str, prefix: str, count: str = "1000000000") -> None:
    with SqliteBook(Path(folder)) as book:
        waiting = None
        for n in range(int(count)):
            asked = sample.ask(f"ex_{prefix}_{n}", text=f"question {n}")
            book.open(asked, sample.ALICE)
            print("open", asked.id, flush=True)
            if n % 5 == 4 and waiting is None:
                waiting = asked
                continue
            book.seal(sample.exchange(asked))
            print("seal", asked.id, flush=True)
            if waiting is not None and n % 5 == 1:
                book.seal(sample.exchange(waiting))
                print("seal", waiting.id, flush=True)
                waiting = None


if __name__ == "__main__":
    main(*sys.argv[1:])
