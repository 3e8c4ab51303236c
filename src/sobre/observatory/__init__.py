"""What the ledger's records add up to: pure sums, each of which can be taken apart line by line."""

from sobre.observatory.cube import Cube, observe, rows_of
from sobre.observatory.figures import FEW, FEW_KEYS, Change, Figure, Figures, change, figures
from sobre.observatory.rows import Key, Record, Row, Splitter, Triple

__all__ = [
    "FEW",
    "FEW_KEYS",
    "Change",
    "Cube",
    "Figure",
    "Figures",
    "Key",
    "Record",
    "Row",
    "Splitter",
    "Triple",
    "change",
    "figures",
    "observe",
    "rows_of",
]
