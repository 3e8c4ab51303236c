"""Reads the data files that ship inside the package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from sobre.catalogue import Catalogue, Prompts
from sobre.footprint.resolve import Registry


def read(package: str, name: str) -> bytes:
    """``read("catalogue", "models.json")``: the file ``sobre/catalogue/data/models.json``."""
    return (files("sobre") / package / "data" / name).read_bytes()


@cache
def catalogue() -> Catalogue:
    return Catalogue.from_json(
        read("catalogue", "models.json"), read("catalogue", "providers.json")
    )


@cache
def registry() -> Registry:
    """The models whose size is known: the footprint's own, and those of the catalogue."""
    shipped = Registry.from_json(read("footprint", "models.json"))
    return shipped.with_models(
        {
            name: (model.total_params, model.active_params, model.source)
            for model in catalogue().models
            if model.total_params and model.active_params
            for name in (model.id, *model.aliases)
        },
        kind="registry",
    )


@cache
def prompts() -> Prompts:
    return Prompts.from_json(read("catalogue", "prompts.json"))
