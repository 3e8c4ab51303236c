"""What the ladder knows of each rung: the configuration first, then the catalogue, else unknown."""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from sobre.adapters import data, models
from sobre.catalogue import Catalogue, Model, Provider
from sobre.config import RungConfig
from sobre.core.exchange import ModelCard, Operation, RungCard
from sobre.core.zone import BY_SLUG, Zone
from sobre.errors import ConfigError, ModelFileError
from sobre.footprint.resolve import OLLAMA_BITS, Description, resolve

EMBEDDED_CONTEXT_TOKENS = 8192
"""Default window of an embedded call: its memory is taken at start, some 12 to 30 kB a token."""
_OPENAI_STYLE = "openai-style"
_ANY_MODEL = frozenset({"json_schema", "logprobs", "n"})
"""Features that come from the server, whatever the model."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the catalogue, or the file itself, says of a rung's model."""

    name: str
    total: tuple[float, float] | None = None
    active: tuple[float, float] | None = None
    context: int | None = None
    licence: str | None = None
    bytes_per_weight: float = 2.0
    features: frozenset[str] | None = None
    source: str = ""


def card(name: str, rung: RungConfig, catalogue: Catalogue, base: Path | None = None) -> RungCard:
    """The card of the block ``[rungs.NAME]``; a relative ``path`` starts at ``base``.

    Raises ``ConfigError`` for a provider that the catalogue does not list.
    """
    provider = provider_of(name, rung, catalogue)
    known = _known(rung, provider, catalogue, base)
    zone = BY_SLUG[rung.zone] if rung.zone else _zone(provider, rung)
    embedded = provider.id == "embedded"
    return RungCard(
        name=name,
        level=rung.level or _level(zone),
        model=ModelCard(
            name=known.name,
            total_params=_exact(rung.total_params_b) or known.total,
            active_params=_exact(rung.active_params_b)
            or (_exact(rung.total_params_b) if known.active is None else known.active),
            context_tokens=rung.context_tokens or _context(known.context, embedded),
            licence=known.licence,
            bytes_per_weight=known.bytes_per_weight,
            source=known.source,
        ),
        zone=zone,
        hardware=rung.hardware or provider.hardware,
        electricity=rung.electricity or provider.electricity,
        operations=_operations(rung, provider),
        features=_features(rung, provider, known),
        price_in=_price(rung.price_in, provider, rung, catalogue, 0),
        price_out=_price(rung.price_out, provider, rung, catalogue, 1),
        threads=threads(rung) if (rung.hardware or provider.hardware) == "cpu" else 0,
    )


def provider_of(name: str, rung: RungConfig, catalogue: Catalogue) -> Provider:
    """The provider a block speaks of; a block with only an ``url`` is any OpenAI-style server."""
    wanted = rung.provider or _OPENAI_STYLE
    provider = catalogue.provider(wanted)
    if provider is None:
        known = ", ".join(p.id for p in catalogue.providers)
        raise ConfigError(
            f"rungs.{name}.provider: unknown provider {wanted!r}.",
            remedy=f"Known: {known}.",
            key="error.provider_unknown",
            params={"rung": name, "provider": wanted, "known": known},
        )
    return provider


def url_of(rung: RungConfig, provider: Provider) -> str | None:
    """Where the rung is called: its block's address, else the provider's own."""
    return (rung.url or provider.url or "").rstrip("/") or None


def threads(rung: RungConfig) -> int:
    """Threads of one embedded call: all cores but one, which is left to the gateway."""
    return rung.threads or max(1, _cores() - 1)


def _cores() -> int:
    """Cores that this process may use: fewer than the machine has, in a container."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _known(rung: RungConfig, provider: Provider, catalogue: Catalogue, base: Path | None) -> _Known:
    if rung.path:
        return _from_file(models.resolve(rung.path, base))
    hosted = provider.hosted(rung.model)
    model = catalogue.model(hosted.model if hosted else rung.model)
    if model is None:
        return _from_name(rung.model, provider)
    return _from_catalogue(model, rung, embedded=provider.id == "embedded")


def _from_catalogue(model: Model, rung: RungConfig, *, embedded: bool) -> _Known:
    weight = 2.0
    if embedded and model.file and model.total_params:
        weight = model.file.bytes / (model.total_params[1] * 1e9)
    return _Known(
        name=model.id if embedded else rung.model or model.id,
        total=model.total_params,
        active=model.active_params,
        context=model.context_tokens,
        licence=model.licence,
        bytes_per_weight=weight,
        features=model.features,
        source=f"{model.source} ({model.date})",
    )


def _from_name(name: str, provider: Provider) -> _Known:
    """What a name that the catalogue lacks says by itself; nothing where it says nothing."""
    ollama = provider.id == "ollama"
    asked = f"{name}:latest" if ollama and name and ":" not in name else name
    found = resolve(Description(name=asked), data.registry())
    if found.source == "generic":
        return _Known(name)
    bits = OLLAMA_BITS if ollama and not found.bits_known else found.bits
    return _Known(
        name,
        total=(found.total.low, found.total.high),
        active=(found.active.low, found.active.high),
        bytes_per_weight=bits / 8,
        source=f"{found.source}: {found.note}" if found.note else found.source,
    )


def _from_file(path: Path) -> _Known:
    """A file that is absent or damaged is told when the rung starts, not here."""
    try:
        header = models.describe(path)
    except ModelFileError:
        return _Known(path.stem)
    billions = header.parameters / 1e9
    size = (billions, billions) if billions else None
    return _Known(
        name=path.stem,
        total=size,
        active=None if header.experts else size,
        context=header.context_tokens,
        licence=header.licence,
        bytes_per_weight=path.stat().st_size / header.parameters if header.parameters else 2.0,
        features=None,
        source="the file's own header",
    )


def _zone(provider: Provider, rung: RungConfig) -> Zone:
    """What the catalogue says of the provider, at the provider's own address only.

    Any other address is abroad until the block says where it is; a local server is on this machine
    behind a loopback address, the firm's own behind a private one or a bare name.
    """
    if provider.zone != "local":
        elsewhere = rung.url and _host(rung.url) != _host(provider.url)
        return Zone.ABROAD if elsewhere else BY_SLUG[provider.zone]
    if provider.id == "ollama" and rung.model.endswith("cloud"):
        return Zone.ABROAD  # Ollama passes its «…-cloud» models on to its own servers
    host = _host(url_of(rung, provider))
    try:
        address = ip_address(host)
    except ValueError:
        if host == "localhost":
            return Zone.MACHINE
        inside = "." not in host or host.endswith((".local", ".lan", ".internal", ".home.arpa"))
        return Zone.COMPANY if inside else Zone.ABROAD
    if address.is_loopback:
        return Zone.MACHINE
    return Zone.COMPANY if address.is_private else Zone.ABROAD


def _host(url: str | None) -> str:
    return (urlsplit(url or "").hostname or "").lower()


def _level(zone: Zone) -> int:
    if zone <= Zone.COMPANY:
        return 2
    return 3 if zone <= Zone.EU_HOSTED else 4


def _context(known: int | None, embedded: bool) -> int | None:
    if not embedded:
        return known
    return min(known or EMBEDDED_CONTEXT_TOKENS, EMBEDDED_CONTEXT_TOKENS)


def _operations(rung: RungConfig, provider: Provider) -> frozenset[Operation]:
    if rung.operations is not None:
        return frozenset(map(Operation, rung.operations))
    hosted = provider.hosted(rung.model)
    return (hosted.operations if hosted else None) or provider.operations


def _features(rung: RungConfig, provider: Provider, known: _Known) -> frozenset[str]:
    if rung.features is not None:
        return frozenset(rung.features)
    if known.features is None:
        return provider.features - {"images"}
    return provider.features & (known.features | _ANY_MODEL)


def _price(
    set_here: float | None, provider: Provider, rung: RungConfig, catalogue: Catalogue, which: int
) -> float | None:
    if set_here is not None:
        return set_here
    if provider.id == "embedded":
        return 0.0
    prices = catalogue.price(provider, rung.model)
    return prices[which] if prices else None


def _exact(billions: float | None) -> tuple[float, float] | None:
    return None if billions is None else (billions, billions)
