"""What a report is made of, before any format: sections of blocks of plain text.

A renderer knows these few kinds and nothing of footprints. ``ref`` is the id of the figure that a
text shows, so that a reader can follow it to its proof.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    ref: str = ""
    anchor: str = ""
    """The figure whose row in the annex this is."""
    detail: bool = False
    """Of a row's first cell: a row too many for paper, see ``Table.short``."""


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Note:
    """Set apart. ``tone``: ``info``, or ``alert`` for what must not be missed."""

    text: str
    tone: str = "info"
    kind: str = "note"


@dataclass(frozen=True, slots=True)
class Points:
    items: tuple[Cell, ...]
    kind: str = "points"


@dataclass(frozen=True, slots=True)
class KeyNumber:
    label: str
    value: str
    below: str
    """The interval, or what the value is out of."""
    ref: str


@dataclass(frozen=True, slots=True)
class Keys:
    """The few numbers that a page opens with."""

    items: tuple[KeyNumber, ...]
    kind: str = "keys"


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """The first cell of a row names it."""
    refs: str = ""
    """How the ids of its figures are made."""
    widths: tuple[int, ...] = ()
    """Relative; as wide as needed where it is empty."""
    words: bool = False
    """True where the cells are prose rather than numbers."""
    short: str = ""
    """What paper says in place of the rows of detail."""
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    shown: str
    low: float
    mid: float
    high: float
    """Fractions of the chart's width."""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """A middle with its interval, one line each. ``ticks``: place and label."""

    caption: str
    alt: str
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    kind: str = "bars"


@dataclass(frozen=True, slots=True)
class Box:
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """Columns of boxes; the first column is inside the boundary."""

    caption: str
    alt: str
    columns: tuple[tuple[str, tuple[Box, ...]], ...]
    kind: str = "diagram"


@dataclass(frozen=True, slots=True)
class Command:
    label: str
    text: str
    kind: str = "command"


Block: TypeAlias = Heading | Text | Note | Points | Keys | Table | Bars | Diagram | Command


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    lang: str
    title: str
    facts: tuple[tuple[str, str], ...]
    """What stands under the title: period, perimeter, software."""
    contents: str
    """The word over the list of sections."""
    sections: tuple[Section, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values, as the page setter reads them."""
        return asdict(self)


def on_log_scale(
    rows: Sequence[tuple[str, str, tuple[float, float, float], str]],
) -> tuple[tuple[Bar, ...], tuple[tuple[float, str], ...]]:
    """Bars placed on a logarithmic scale, with a tick for each power of ten.

    Rows are label, text, low/mid/high and figure id. The intervals are multiplicative: on a linear
    scale one wide interval would press all middles into the left edge. Rows that hold a zero are
    left out.
    """
    kept = [row for row in rows if row[2][0] > 0]
    if not kept:
        return (), ()
    first = math.floor(math.log10(min(row[2][0] for row in kept)) + 1e-9)
    last = math.ceil(math.log10(max(row[2][2] for row in kept)) - 1e-9)
    last = max(last, first + 1)

    def place(value: float) -> float:
        return round((math.log10(value) - first) / (last - first), 4)

    bars = tuple(
        Bar(name, shown, place(low), place(mid), place(high), ref)
        for name, shown, (low, mid, high), ref in kept
    )
    step = max(1, math.ceil((last - first) / 6))
    powers = range(first, last + 1, step)
    return bars, tuple((place(10.0**power), f"{power}") for power in powers)
