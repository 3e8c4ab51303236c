"""Cards and factors that the footprint's tests share."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from sobre.core.exchange import ModelCard, RungCard
from sobre.core.zone import Zone
from sobre.footprint import Factors


def text() -> bytes:
    return (files("sobre.footprint") / "data" / "factors.json").read_bytes()


@cache
def factors() -> Factors:
    return Factors.from_json(text())


def rung(
    active: float | None = 8.0,
    total: float | None = None,
    *,
    hardware: str = "gpu",
    electricity: str | None = "FRA",
    zone: Zone = Zone.EU_SOVEREIGN,
    price_in: float | None = None,
    price_out: float | None = None,
) -> RungCard:
    whole = total or active
    model = ModelCard(
        name="m",
        total_params=(whole, whole) if whole else None,
        active_params=(active, active) if active else None,
        context_tokens=None,
        licence=None,
    )
    return RungCard(
        name="r",
        level=3,
        model=model,
        zone=zone,
        hardware=hardware,
        electricity=electricity,
        operations=frozenset(),
        features=frozenset(),
        price_in=price_in,
        price_out=price_out,
        threads=2,
    )
