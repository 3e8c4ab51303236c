"""The numbers behind every figure, each with its source. Parsed here, read from disk elsewhere."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from sobre.footprint.errors import FootprintInputError
from sobre.footprint.interval import Interval, geometric

if TYPE_CHECKING:
    from sobre.footprint.grid import Imported

_SIGNED = frozenset({"ecologits.beta"})
"""A coefficient, not an amount."""
_MAY_BE_ZERO = _SIGNED | {"tokens.cached"}
_GRID = ("gwp", "adpe", "pe", "wue")
WORLD = "WOR"
EUROPE = "EEE"


class Factor(NamedTuple):
    """One number, its bounds, and what an auditor asks about it."""

    id: str
    value: float
    low: float
    high: float
    unit: str
    source: str
    year: int | None
    """Of the publication used; ``None`` where the source does not say."""
    basis: str
    """``location`` or ``market`` for electricity, ``assumption``, or ``not applicable``."""
    accounting: str
    """``life cycle``, ``direct``, not stated, or ``not applicable``."""
    perimeter: str
    note: str = ""

    @property
    def interval(self) -> Interval:
        return Interval(self.low, self.value, self.high)


class Grid(NamedTuple):
    """What one kWh costs in one place: gCO2eq, kgSbeq, MJ and L."""

    zone: str
    gwp: Interval
    adpe: Interval
    pe: Interval
    wue: Interval
    source: str
    pe_note: str
    """Said beside a primary energy whose published factor was not possible."""


@dataclass(frozen=True, slots=True)
class Factors:
    """Every factor by its id, with what was wrong in the published ones."""

    version: str
    sha256: str
    """Of the file they were read from, so that a figure can be traced to its numbers."""
    by_id: Mapping[str, Factor]
    grids: Mapping[str, Grid]
    flags: Mapping[str, str]
    """Factor id -> why its published value is not used as it stands."""

    @classmethod
    def from_json(cls, text: str | bytes, electricity: str | bytes = b"") -> Factors:
        """Parse and check. Raises ``FootprintInputError`` naming the factor and what it lacks.

        ``electricity`` is the compact file of more zones, ``data/electricity.json``.
        """
        raw = text.encode() if isinstance(text, str) else text
        more = electricity.encode() if isinstance(electricity, str) else electricity
        try:
            table = json.loads(raw)
            rows, version = list(table["factors"]), str(table["version"])
        except (ValueError, TypeError, KeyError) as error:
            raise FootprintInputError("factors", f"not a factor file: {error!r}") from error
        by_id: dict[str, Factor] = {}
        for row in rows:
            factor = _factor(row)
            if factor.id in by_id:
                raise FootprintInputError(factor.id, "stands twice in the file")
            by_id[factor.id] = factor
        if more:
            for factor in _zones(more, by_id):
                if factor.id in by_id:
                    raise FootprintInputError(factor.id, "stands in both files")
                by_id[factor.id] = factor
        if missing := sorted(REQUIRED - by_id.keys()):
            raise FootprintInputError(missing[0], "missing from the file")
        flags: dict[str, str] = {}
        zones = sorted({i.split(".")[1] for i in by_id if i.count(".") == 2 and i[:4] == "elec"})
        grids = {zone: _grid(zone, by_id, flags) for zone in zones}
        return cls(
            version,
            sha256(raw + more).hexdigest(),
            MappingProxyType(by_id),
            MappingProxyType(grids),
            MappingProxyType(flags),
        )

    @property
    def name(self) -> str:
        """The version and the first digits of the hash: enough to find the file again."""
        return f"{self.version} {self.sha256[:12]}"

    def with_grids(self, imported: Mapping[str, Imported]) -> Factors:
        """The same, with the grams of the zones that somebody imported; their other amounts stay.

        A zone that was not on file takes the world's other amounts. The hash changes with them.
        """
        if not imported:
            return self
        by_id, grids, digest = dict(self.by_id), dict(self.grids), self.sha256
        for zone, own in sorted(imported.items()):
            base, gwp = grids.get(zone, grids[WORLD]), own.gwp
            by_id[f"electricity.{zone}.gwp"] = Factor(
                f"electricity.{zone}.gwp",
                gwp.mid,
                gwp.low,
                gwp.high,
                "gCO2eq/kWh",
                own.name,
                own.profile.year,
                own.profile.basis,
                own.profile.accounting,
                own.profile.perimeter,
                f"imported from {own.file}, sha256 {own.sha256}; interval: 90 % of its hours",
            )
            rest = base.source if zone in grids else f"{base.source} {WORLD}"
            grids[zone] = base._replace(
                zone=zone, gwp=gwp, source=f"{own.name} (gwp), {rest} (other amounts)"
            )
            digest = sha256(f"{digest} {zone} {own.sha256}".encode()).hexdigest()
        return replace(
            self, sha256=digest, by_id=MappingProxyType(by_id), grids=MappingProxyType(grids)
        )

    def value(self, factor: str) -> float:
        return self.by_id[factor].value

    def interval(self, factor: str) -> Interval:
        return self.by_id[factor].interval


def _factor(row: object) -> Factor:
    name = str(row.get("id", "factors")) if isinstance(row, dict) else "factors"
    if not isinstance(row, dict):
        raise FootprintInputError(name, f"needs an object, got {row!r}")
    for field in Factor._fields:
        if field not in row and field != "note":
            raise FootprintInputError(name, f"lacks {field!r}")
    if unknown := row.keys() - set(Factor._fields):
        raise FootprintInputError(name, f"has an unknown field {min(unknown)!r}")
    if not row["source"] or not row["unit"]:
        raise FootprintInputError(name, "needs a source and a unit")
    try:
        bounds = (row["low"], row["value"], row["high"])
        Interval(*(map(abs, bounds) if name in _SIGNED else bounds))
    except (TypeError, ValueError) as error:
        raise FootprintInputError(name, str(error)) from error
    if not row["low"] > 0 and name not in _MAY_BE_ZERO:
        raise FootprintInputError(name, "needs a lower bound above 0")
    return Factor(**row)


def _zones(text: bytes, by_id: Mapping[str, Factor]) -> list[Factor]:
    """The rows of the compact file, at full length.

    Where its source has no value of its own for a place, the world's of the main file.
    """
    try:
        table = json.loads(text)
        said, spread = table["sources"][table["source"]], table["spread"]
        mixes = [(zone, row["mix"]) for zone, row in table["zones"].items() if "mix" in row]
        source = f"{said['name']} ({said['licence']})"
        about = (source, said["year"], said["basis"], said["accounting"], said["perimeter"])
        floor, rows = by_id["electricity.pe_floor"].value, []
        for zone, mix in mixes:
            for name, value in zip(_GRID, mix, strict=True):
                key, world = f"electricity.{zone}.{name}", by_id[f"electricity.{WORLD}.{name}"]
                if value is None:
                    rows.append(world._replace(id=key, note="the world's: it has none here"))
                    continue
                low, high = value / spread[name], value * spread[name]
                note = f"interval: assumption, x/: {spread[name]:g}"
                if name == "pe" and value < floor:
                    high, note = HYDRO_PE, f"not possible as published; high: {HYDRO_PE:g}, assumed"
                if not 0 < low <= value <= high < math.inf:
                    raise FootprintInputError(key, f"needs a number above 0, got {value!r}")
                rows.append(Factor(key, value, low, high, world.unit, *about, note))
    except (ValueError, TypeError, KeyError) as error:
        if isinstance(error, FootprintInputError):
            raise
        raise FootprintInputError("electricity", f"not a file of zones: {error!r}") from error
    return rows


HYDRO_PE = 7.2
"""MJ/kWh: assumed most for a place whose published figure leaves out what water and wind hold."""


def _grid(zone: str, by_id: Mapping[str, Factor], flags: dict[str, str]) -> Grid:
    parts: dict[str, Interval] = {}
    for name in _GRID:
        key = f"electricity.{zone}.{name}"
        if key not in by_id:
            raise FootprintInputError(key, "missing from the file")
        parts[name] = by_id[key].interval
    pe, floor = f"electricity.{zone}.pe", by_id["electricity.pe_floor"].value
    if parts["pe"].mid < floor:
        flags[pe] = (
            f"{parts['pe'].mid:g} MJ/kWh is below the {floor:g} MJ that a kWh holds: "
            f"replaced by {floor:g} to {max(parts['pe'].high, floor):g}, geometric middle"
        )
        parts["pe"] = geometric(floor, max(parts["pe"].high, floor))
    elif parts["pe"].low < floor:
        parts["pe"] = Interval(floor, parts["pe"].mid, parts["pe"].high)
    return Grid(
        zone,
        gwp=parts["gwp"],
        adpe=parts["adpe"],
        pe=parts["pe"],
        wue=parts["wue"],
        source=_short(by_id[f"electricity.{zone}.gwp"].source),
        pe_note=f", at least {floor:g} MJ/kWh" if pe in flags else "",
    )


def _short(source: str) -> str:
    return source.partition(" (")[0]


REQUIRED = frozenset(
    # forty ids read better as words than as a column
    """
    v2.a0 v2.a1 v2.a2 v2.a3 v2.k v2.prefill_base v2.prefill_per_billion v2.residual_sd_ln
    v2.prefill_spread v2.batch_service v2.batch_own v2.gpu_memory v2.gpu_memory_margin
    gpu.host gpu.idle gpu.pue gpu.utilisation gpu.power gpu.site_water
    embodied.gpu.gwp embodied.gpu.adpe embodied.gpu.pe
    embodied.server.gwp embodied.server.adpe embodied.server.pe embodied.server.gpus
    embodied.lifetime embodied.spread
    cpu.watts_per_thread cpu.prompt_base cpu.prompt_per_billion
    cpu.generation_base cpu.generation_per_billion cpu.spread
    tokens.cached tokens.estimated generic.active generic.total generic.cpu generic.sparsity
    ecologits.alpha ecologits.beta ecologits.gamma ecologits.la ecologits.lb ecologits.lg
    ecologits.server_power ecologits.batch image.sd35_medium image.flux1_dev
    electricity.pe_floor electricity.WOR.gwp electricity.EEE.gwp
    """.split()
)
"""What ``profile`` asks for; a file without one of them is refused when it is read."""
