"""Reads the data files that ship inside the package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from sobre.catalogue import Catalogue, Prompts


def read(package: str, name: str) -> bytes:
    """``read("catalogue", "models.json")``: the file ``sobre/catalogue/data/models.json``."""
    return (files("sobre") / package / "data" / name).read_bytes()


@cache
def catalogue() -> Catalogue:
    return Catalogue.from_json(
        read("catalogue", "models.json"), read("catalogue", "providers.json")
    )


@cache
def prompts() -> Prompts:
    return Prompts.from_json(read("catalogue", "prompts.json"))
