"""The figures without a page: CSV and JSON in full precision, and the lines behind one of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sobre.observatory import Figure, Figures, Row
from sobre.reports.words import Context, formula


def as_json(figures: Figures, context: Context, lang: str) -> str:
    """Every figure with its unit, formula and command; the ledger's state first."""
    broken = context.verdict.broken
    whole = {
        "report": "impact",
        "from": context.first,
        "to": context.last,
        "team": context.team,
        "use_case": context.use_case,
        "time_zone": context.time_zone,
        "version": context.version,
        "period_over": not context.running,
        "ledger": {
            "ok": broken is None,
            "broken": None if broken is None else {"line": broken.seq, "why": str(broken.why)},
            "verified": context.verdict.entries,
            "head": f"{context.head[0]}:{context.head[1].hex()}" if context.head[0] else None,
        },
        "factors": {
            "version": figures.factors.version,
            "sha256": figures.factors.sha256,
            "used": sorted(figures.now.factors),
            "methods": sorted(figures.now.methods),
        },
        "scope": figures.now.scope,
        "figures": [_one(figure, context, lang) for figure in figures.by_id.values()],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _one(figure: Figure, context: Context, lang: str) -> dict[str, Any]:
    names = ("low", "mid", "high")
    return {
        "id": figure.id,
        "value": dict(zip(names, figure.value, strict=True)) if figure.value else None,
        "unit": figure.unit,
        "period": "before" if figure.before else "now",
        "formula": formula(figure, lang),
        "command": context.prove(figure.id),
    }


def as_csv(figures: Figures, context: Context, lang: str) -> str:
    """A line a figure; an empty value is one that was not assessed."""
    broken = context.verdict.broken
    state = "ok" if broken is None else f"broken at line {broken.seq}: {broken.why}"
    rows: list[Iterable[object]] = [("id", "low", "mid", "high", "unit", "period", "formula")]
    rows.append(("ledger", "", "", "", "", "", state))
    for figure in figures.by_id.values():
        value: Iterable[object] = map(repr, figure.value) if figure.value else ("", "", "")
        period = "before" if figure.before else "now"
        rows.append((figure.id, *value, figure.unit, period, formula(figure, lang)))
    return _written(rows)


def lines(figure: Figure, rows: Iterable[Row]) -> Iterator[str]:
    """The CSV of what each ledger line adds to a figure: each column adds up to its value.

    For a figure that is a sum over segments a line is a segment, and only its middle is given.
    """
    if figure.share is None:
        yield _written([("segment", "mid", "unit")])
        for name, added in figure.parts:
            yield _written([(_plain(name), repr(added), figure.unit)])
        return
    yield _written([("line", "exchange", "received_at", "low", "mid", "high", "unit")])
    for row in rows:
        triple = figure.adds(row)
        if triple is not None:
            at = f"{row.at:.3f}"
            yield _written([(row.seq, row.record, at, *map(repr, triple), figure.unit)])


def _written(rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _plain(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{name}" if name[:1] in tuple("=+-@\t\r") else name
