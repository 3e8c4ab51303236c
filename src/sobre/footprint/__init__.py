"""What a call costs the planet: pure functions, no I/O, importable without the server.

Read ``docs/footprint.md`` for the formulae and what is left out.
"""

from sobre.footprint.errors import FootprintInputError
from sobre.footprint.factors import Factor, Factors, Grid
from sobre.footprint.impact import (
    SCOPE,
    Profile,
    avoid,
    combine,
    compare,
    cost,
    energy_parts,
    measure,
    predict,
    predict_gwp,
    predict_use_gwp,
    profile,
    unassessed,
)
from sobre.footprint.interval import Interval

__all__ = [
    "SCOPE",
    "Factor",
    "Factors",
    "FootprintInputError",
    "Grid",
    "Interval",
    "Profile",
    "avoid",
    "combine",
    "compare",
    "cost",
    "energy_parts",
    "measure",
    "predict",
    "predict_gwp",
    "predict_use_gwp",
    "profile",
    "unassessed",
]
