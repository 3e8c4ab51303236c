"""What carbon budgets add to a request, and to a start.

    python bench/steering.py [--lines 20000]

Prints microseconds a call and lines a second, as JSON.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import timeit
from pathlib import Path
from typing import Any

from sobre import ladder
from sobre.adapters.stores.budgets import BudgetSteward
from sobre.adapters.stores.ledger import Reader, SqliteBook
from sobre.core.exchange import (
    Actor,
    Ask,
    Attempt,
    Exchange,
    Impact,
    Message,
    Operation,
    Outcome,
    Usage,
)
from sobre.core.quantity import Quantity
from sobre.core.zone import Zone
from sobre.footprint.budget import Budget

ACTOR = Actor("k", "bench", "sales", "app")
REPEAT = 20_000


def exchange(number: int) -> Exchange:
    """One that any use case's budget counts."""
    at = time.time() - number
    asked = Ask(
        f"ex_{number:026d}", Operation.CHAT, "/", "auto", (Message("user", "Hello"),), at,
        use_case="letters",
    )  # fmt: skip
    gwp = Quantity(0.01, 0.02, 0.05, "gCO2eq")
    impact = Impact(None, gwp, None, None, None, "C", "bench", {"use": "computed"})
    attempt = Attempt(
        "small", 2, Zone.MACHINE, "m", Outcome.KEPT, "", 1.0, None, Usage(10, 20), impact, None
    )
    return Exchange(
        asked, ACTOR, Outcome.KEPT, "", {}, 0, (attempt,), {}, impact, None, {}, None, at, {}
    )


def microseconds(call: Any) -> float:
    """The best of five, a call."""
    return round(min(timeit.repeat(call, number=REPEAT, repeat=5)) / REPEAT * 1e6, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=20_000)
    lines = parser.parse_args().lines
    found: dict[str, float] = {}
    now, one = time.time(), exchange(0)
    for name, limit in (("free", 1e9), ("exhausted", 1e-6)):
        budgets = [Budget("a", limit), Budget("b", limit, team="sales"), Budget("c", 1, team="x")]
        steward = BudgetSteward(budgets)
        steward.spend(one)
        course = steward.course(ACTOR, "letters", now)
        found[f"course, {name}, 3 budgets"] = microseconds(
            lambda steward=steward: steward.course(ACTOR, "letters", now)
        )
        found[f"shorten and tell, {name}"] = microseconds(
            lambda course=course: ladder.told(course, one.ask, ladder.shorten(one.ask, course))
        )
        found[f"spend, {name}"] = microseconds(lambda steward=steward: steward.spend(one))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with SqliteBook(place, keep_texts=False) as book:
            for number in range(lines):
                each = exchange(number)
                book.open(each.ask, ACTOR)
                book.seal(each)
        with Reader(place) as reader:
            steward = BudgetSteward([Budget("a", 1e9, "year")])
            started = time.perf_counter()
            steward.load(lambda since, after: reader.exchanges(since, after=after), reader.first())
            found["lines loaded a second"] = round(lines / (time.perf_counter() - started))
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
