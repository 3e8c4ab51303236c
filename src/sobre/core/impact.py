"""What is known of a rung, what a call consumed, and what that costs the planet.

Apart from ``exchange`` so that the footprint can be computed without loading the rest; import these
from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sobre.core.quantity import Quantity
from sobre.core.zone import Zone


class Operation(StrEnum):
    """What is asked of a model. Each rung says which operations it has."""

    CHAT = "chat"
    COMPLETE = "complete"
    EMBED = "embed"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of a model. ``None`` is "not known", and is shown so."""

    name: str
    total_params: tuple[float, float] | None
    """Billions, lowest and highest plausible; equal when published."""
    active_params: tuple[float, float] | None
    context_tokens: int | None
    licence: str | None
    bytes_per_weight: float = 2.0
    source: str = ""


@dataclass(frozen=True, slots=True)
class RungCard:
    """What the ladder knows of a rung before calling it."""

    name: str
    level: int
    """0 cache, 1 search and classic, 2 embedded or local model, 3 EU-hosted, 4 frontier."""
    model: ModelCard
    zone: Zone
    hardware: str
    """``cpu`` (this machine's processor) or ``gpu`` (a server of accelerators)."""
    electricity: str | None
    """Electricity zone where it computes, ISO 3166 alpha-3 or ``WOR``; ``None`` unknown."""
    operations: frozenset[Operation]
    features: frozenset[str]
    """Of ``tools``, ``json_schema``, ``logprobs``, ``images``, ``n``."""
    price_in: float | None = None
    """EUR per million input tokens; ``None`` unknown, 0 for one's own machine."""
    price_out: float | None = None
    threads: int = 0
    """Processor threads that one call keeps busy (``cpu`` only)."""


class Usage(NamedTuple):
    """What one call consumed."""

    input_tokens: int
    output_tokens: int
    cached_tokens: int = 0
    """Part of ``input_tokens`` served from a prefix cache."""
    reasoning_tokens: int = 0
    """Part of ``output_tokens`` that the reader does not see."""
    estimated: bool = False
    """True where the upstream did not say and characters were counted instead."""
    cpu_seconds: float | None = None
    """Processor time of this call on this machine; ``None`` when it ran elsewhere."""
    cpu_estimated: bool = False
    """True where the system did not tell it and time times threads was taken instead."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One stage of the life cycle, of the same call. ``None`` is "not assessed"."""

    gwp: Quantity | None
    """gCO2eq."""
    adpe: Quantity | None
    """kgSbeq."""
    pe: Quantity | None
    """MJ."""
    wcf: Quantity | None
    """L."""


class Comparison(NamedTuple):
    """How an exchange stands beside the same answer from the reference rung.

    Grams of electricity on both sides: the making of the machines is not assessed for all rungs.
    """

    times: float
    """Its gCO2eq over the reference's for as many tokens, middle estimates."""
    rung: str
    level: int


class Avoided(NamedTuple):
    """What another rung would have emitted for as many tokens. Never taken off anything."""

    gwp: Quantity
    """gCO2eq from electricity, the whole of the other rung's and not a difference."""
    rung: str
    """The costliest that might have answered."""


NO_PHASE = Phase(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Impact:
    """What a call, or a whole exchange, costs the planet. ``None`` is "not assessed"."""

    energy: Quantity | None
    """Wh."""
    gwp: Quantity | None
    """gCO2eq."""
    adpe: Quantity | None
    """kgSbeq."""
    pe: Quantity | None
    """MJ."""
    wcf: Quantity | None
    """L."""
    tier: str
    """A measured, B known model and place, C generic, D order of magnitude."""
    method: str
    scope: Mapping[str, str]
    """Part of the life cycle -> ``computed``, ``excluded`` or ``not assessed``."""
    use: Phase = NO_PHASE
    """Of which from the electricity used."""
    embodied: Phase = NO_PHASE
    """Of which from making the machines."""
    factors: str = ""
    """Version and first hexadecimal digits of the SHA-256 of the factors it was computed with."""
