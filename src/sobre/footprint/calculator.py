"""The library's front door: from a model's name, or its size, to an impact.

``Calculator.shipped()`` reads the data files that lie beside this module, as an import reads the
modules themselves; nothing else here touches a disk, and nothing at all a network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sobre.core.impact import Impact, Usage
from sobre.core.quantity import Quantity
from sobre.footprint.energy import Size, Work
from sobre.footprint.errors import FootprintInputError
from sobre.footprint.factors import Factors, Grid
from sobre.footprint.impact import (
    _CPU_FACTORS,
    MAX_TOKENS,
    Profile,
    energy_parts,
    grid_of,
    measure,
    measured,
    reckon,
    reckon_work,
)
from sobre.footprint.interval import Interval, geometric, product
from sobre.footprint.resolve import Description, Registry, Resolved, resolve

if TYPE_CHECKING:
    from importlib.abc import ResourceLoader

    from sobre.footprint.ecologits import Lookup

_MODULE = "calculator.py"
MAX_BATCH = 1e6
MIN_B, MAX_B = 1e-6, 1e6
"""Billions of parameters: a thousand to a quadrillion."""
MIN_BITS, MAX_BITS = 0.1, 128.0
MAX_PIXELS = 1e9
MAX_IMAGES = 1_000_000
MAX_WH = 1e9
MAX_SECONDS = 1e7
GIVEN = "given with the request"
"""Source of a factor that a ``Site`` replaced."""
_PROFILES = 4096
"""Kept at most; then all are forgotten."""


class Params(NamedTuple):
    """A model's size as the caller knows it: billions, and bits a weight."""

    active_b: float
    total_b: float | None = None
    bits: float = 16.0


Amount = float | tuple[float, float]
"""A value that is known, or its lowest and highest."""


class Site(NamedTuple):
    """What the caller knows of where a GPU stands; ``None`` leaves the factor as it is.

    ``Site(host=0, idle=0, pue=1)`` leaves the GPU boards alone.
    """

    host: Amount | None = None
    """Of GPU energy: processors, memory, fans of the server."""
    idle: Amount | None = None
    """Of GPU energy: capacity that waits."""
    pue: Amount | None = None
    utilisation: Amount | None = None
    """Share of the hardware's life in use, 0 to 1."""
    site_water: Amount | None = None
    """L per kWh of IT energy."""


_SITE_BOUNDS = {
    "host": (0.0, 10.0),
    "idle": (0.0, 100.0),
    "pue": (1.0, 10.0),
    "utilisation": (1e-6, 1.0),
    "site_water": (0.0, 1000.0),
}


class Estimate(NamedTuple):
    """An impact with what it rests on."""

    impact: Impact
    parts: Mapping[str, Quantity]
    """Wh: see ``energy_parts``."""
    sources: tuple[str, ...]
    """Ids of the factors used; ``Factors.by_id`` tells each one's source."""
    model: Resolved | None
    """How the size was found, where a name was given."""
    given: tuple[str, ...] = ()
    """Those of ``sources`` whose value came with the request (``Site``) instead of the file."""


class Calculator:
    """Computes with one set of factors and one registry of models; remembers what it prepared."""

    def __init__(self, factors: Factors, registry: Registry) -> None:
        self.factors = factors
        self.registry = registry
        self._profiles: dict[tuple[object, ...], Profile] = {}
        self._resolved: dict[str, Resolved] = {}
        self._looked_up: Lookup | None = None

    @classmethod
    def shipped(cls) -> Calculator:
        """With the factors and the registry that come with Sobre."""
        return cls(shipped_factors(), Registry.from_json(_read("models.json")))

    def estimate(
        self,
        model: str | Resolved | None = None,
        *,
        params: Params | None = None,
        input_tokens: int = 0,
        output_tokens: int = 0,
        cached_tokens: int = 0,
        reasoning_tokens: int = 0,
        zone: str | None = None,
        batch: float | None = None,
        hardware: str = "gpu",
        own: bool = False,
        site: Site | None = None,
        cpu_seconds: float | None = None,
    ) -> Estimate:
        """One call by the method ``physics``.

        ``model`` is a name, or what ``resolve`` found from more than a name (a file, a server).
        ``cached_tokens`` is a part of ``input_tokens``, ``reasoning_tokens`` of ``output_tokens``;
        tokens of an image that the model reads count as input. ``own``: a GPU of the firm's, which
        few requests share. ``cpu_seconds``, with ``hardware="cpu"``, come before tokens. A model
        nobody knows gives a wide range and tier D, never an error. Raises ``FootprintInputError``
        naming the field.
        """
        bounded("input_tokens", input_tokens, 0, MAX_TOKENS)
        bounded("output_tokens", output_tokens, 0, MAX_TOKENS)
        bounded("cached_tokens", cached_tokens, 0, input_tokens)
        bounded("reasoning_tokens", reasoning_tokens, 0, output_tokens)
        usage = Usage(
            input_tokens,
            output_tokens,
            cached_tokens,
            reasoning_tokens,
            cpu_seconds=cpu_seconds,
        )
        resolved = self._sized(model, hardware) if params is None and model is not None else None
        profile = self.profile(
            model, params=params, zone=zone, batch=batch, hardware=hardware, own=own, site=site
        )
        unused: tuple[str, ...] = () if cached_tokens else ("tokens.cached",)
        if cpu_seconds and hardware == "cpu":
            unused = _BY_TOKENS
        impact = measure(profile, usage)
        sources = tuple(name for name in profile.sources if name not in unused)
        if impact.energy is None:
            sources = ()
        given = () if site is None else tuple(name for name in sources if name in _named(site))
        return Estimate(impact, energy_parts(profile, usage), sources, resolved, given)

    def profile(
        self,
        model: str | Resolved | None = None,
        *,
        params: Params | None = None,
        zone: str | None = None,
        batch: float | None = None,
        hardware: str = "gpu",
        own: bool = False,
        site: Site | None = None,
    ) -> Profile:
        """What ``footprint.measure`` and ``predict`` need, made once for each combination."""
        # Checked before the key is looked up: to a dict, True is 1.
        if hardware not in ("cpu", "gpu"):  # a tuple: a list has no hash
            why = f"needs 'cpu' or 'gpu', got {str(hardware)[:40]!r}"
            raise FootprintInputError("hardware", why, "hardware")
        if type(own) is not bool:
            raise FootprintInputError("own", f"needs true or false, got {str(own)[:40]!r}", "flag")
        if batch is not None:
            bounded("batch", batch, 1, MAX_BATCH)
        if site is not None:
            _check_site(site)
        if model is not None and type(model) is not str and not isinstance(model, Resolved):
            raise FootprintInputError("model", f"needs a text, got {str(model)[:40]!r}", "text")
        sized: tuple[str, ...] = ()
        if params is not None:
            size, bits = _size(params), bounded("bits", params.bits, MIN_BITS, MAX_BITS)
        elif model is not None:
            resolved = self._sized(model, hardware)
            size, bits = resolved.as_size(), resolved.bits
            if resolved.source == "generic":
                sized = ("generic.cpu",) if hardware == "cpu" else _GENERIC
            elif size.total.low > 15 * size.active.low and size.active.high == size.total.high:
                sized = ("generic.sparsity",)  # dense, or a mixture: the name does not say
        else:
            raise FootprintInputError("model", "give a model's name, or params", "no_model")
        _check_zone(zone)
        key = (model, params, zone, batch, hardware, own, site)
        found = self._profiles.get(key)
        if found is not None:
            return found
        grid, known = self._grid(zone)
        made = reckon(
            model if isinstance(model, str) else "described" if model else "params",
            size,
            self.factors if site is None else _placed(self.factors, site),
            on_cpu=hardware == "cpu",
            grid=grid,
            place_known=known,
            own=own,
            bytes_per_weight=bits / 8,
            batch=batch,
            sized=sized,
        )
        if site is not None and made.by_tokens is not None and hardware == "gpu":
            left_out = {part: "excluded" for part, out in _left_out(site).items() if out}
            scope = {**made.by_tokens.scope, **left_out}
            made = made._replace(by_tokens=made.by_tokens._replace(scope=scope))
        if len(self._profiles) >= _PROFILES:
            self._profiles.clear()
        self._profiles[key] = made
        return made

    def estimate_images(
        self,
        images: int = 1,
        *,
        pixels: float = 1024 * 1024,
        model: str | None = None,
        zone: str | None = None,
    ) -> Estimate:
        """Pictures generated on a provider's GPU.

        From two measured models at 1024 × 1024; any other model spans both and a factor 2 beyond,
        and energy is taken as proportional to pixels. Raises ``FootprintInputError``.
        """
        bounded("images", images, 1, MAX_IMAGES)
        bounded("pixels", pixels, 1, MAX_PIXELS)
        if model is not None and not isinstance(model, str):
            raise FootprintInputError("model", f"needs a text, got {str(model)[:40]!r}", "text")
        known = next(
            (f for word, f in _IMAGE_MODELS.items() if word in (model or "").lower()), None
        )
        factors = self.factors
        small, large = (factors.interval(f) for f in _IMAGE_MODELS.values())
        each = factors.interval(known) if known else geometric(small.mid / 2, large.mid * 2)
        square = Interval(1.0, 1.0, 1.0) if pixels == 1024 * 1024 else Interval(2 / 3, 1.0, 1.5)
        joules = product(each, square).scaled(pixels / 1024**2)
        grid, place_known = self._grid(zone)
        profile = reckon_work(
            "images",
            Work(joules, joules),
            factors,
            grid=grid,
            tier=("C", "D")[(known is None) or not place_known],
            method="image-generation",
            label="joules an image" if known else "joules an image, model unknown",
            sources=tuple(_IMAGE_MODELS.values()) if known is None else (known,),
        )
        usage = Usage(0, images)
        parts = energy_parts(profile, usage)
        return Estimate(measure(profile, usage), parts, profile.sources, None)

    def measured(
        self, energy: Quantity, *, zone: str | None = None, whole_machine: bool = False
    ) -> Impact:
        """The impact of electricity that was measured, in Wh: tier A where the place is known.

        ``whole_machine``: a wall meter saw all of it. Raises ``FootprintInputError``.
        """
        if energy.unit != "Wh":
            raise FootprintInputError("energy", f"needs Wh, got {energy.unit!r}")
        bounded("energy", energy.low, 0, MAX_WH)
        bounded("energy", energy.high, 0, MAX_WH)
        grid, known = self._grid(zone)
        return measured(energy, grid, self.factors, place_known=known, whole_machine=whole_machine)

    def completed(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The ``input`` of a conformance case with what EcoLogits would look up by name itself.

        Refuses what it refuses, by its names: a model or a zone that it does not have.
        """
        if self._looked_up is None:
            from sobre.footprint.ecologits import Lookup

            self._looked_up = Lookup.from_json(_read("ecologits.json"))
        return self._looked_up.completed(given)

    def _resolve(self, model: str | Resolved) -> Resolved:
        if isinstance(model, Resolved):
            return model
        if type(model) is not str:
            raise FootprintInputError("model", f"needs a text, got {str(model)[:40]!r}", "text")
        found = self._resolved.get(model)
        if found is None:
            found = resolve(Description(name=model), self.registry)
            if len(self._resolved) >= _PROFILES:
                self._resolved.clear()
            self._resolved[model] = found
        return found

    def _sized(self, model: str | Resolved, hardware: str) -> Resolved:
        """The same, where any model is meant: on a processor none of hundreds of billions runs."""
        resolved = self._resolve(model)
        if resolved.source != "generic" or hardware != "cpu":
            return resolved
        small = self.factors.interval("generic.cpu")
        return replace(resolved, active=small, total=small)

    def _grid(self, zone: str | None) -> tuple[Grid, bool]:
        _check_zone(zone)
        if zone is not None and zone not in self.factors.grids:
            from sobre.footprint.grid import zone_of  # 8 ms, for what is no code of the file

            zone = zone_of(zone)
        return grid_of(zone, self.factors)


_GENERIC = ("generic.active", "generic.total")
_BY_TOKENS = (*_CPU_FACTORS, "generic.cpu", "generic.sparsity")
"""What CPU seconds that were taken leave unused."""
_IMAGE_MODELS = {"sd3.5-medium": "image.sd35_medium", "flux.1-dev": "image.flux1_dev"}


def shipped_factors() -> Factors:
    """The factors that come with Sobre."""
    return Factors.from_json(_read("factors.json"), _read("electricity.json"))


def _read(name: str) -> bytes:
    """A data file, through the loader that read this module: a folder's or an archive's."""
    loader = cast("ResourceLoader", __spec__.loader)
    try:
        return loader.get_data(f"{__file__.removesuffix(_MODULE)}data/{name}")
    except OSError as error:
        raise FootprintInputError(name, "this installation lacks its data file") from error


def _check_zone(zone: str | None) -> None:
    if zone is not None and type(zone) is not str:
        raise FootprintInputError("zone", f"needs a text, got {str(zone)[:40]!r}", "text")


def _check_site(site: Site) -> None:
    if not isinstance(site, Site):
        raise FootprintInputError("site", f"needs a Site, got {str(site)[:40]!r}", "object")
    for name, given in zip(Site._fields, site, strict=True):
        if given is None:
            continue
        least, most = _SITE_BOUNDS[name]
        low, high = given if isinstance(given, tuple) and len(given) == 2 else (given, given)
        bounded(f"site.{name}", low, least, most)
        bounded(f"site.{name}", high, low, most)


def _named(site: Site) -> frozenset[str]:
    return frozenset(f"gpu.{name}" for name, given in site._asdict().items() if given is not None)


def _left_out(site: Site) -> dict[str, bool]:
    """What a request sets to nothing: part of the life cycle -> whether."""
    return {
        "host": site.host in {0, (0, 0)},
        "idle": site.idle in {0, (0, 0)},
        "data centre overhead": site.pue in {1, (1, 1)},
    }


def _placed(factors: Factors, site: Site) -> Factors:
    """The factors with what the caller knows of the site in their place."""
    known = dict(factors.by_id)
    for name, given in site._asdict().items():
        if given is None:
            continue
        low, high = given if isinstance(given, tuple) else (given, given)
        middle = geometric(low, high) if low else Interval(low, (low + high) / 2, high)
        known[f"gpu.{name}"] = known[f"gpu.{name}"]._replace(
            value=middle.mid,
            low=low,
            high=high,
            source=GIVEN,
            year=None,
            basis="not applicable",
            note="",
        )
    return replace(factors, by_id=MappingProxyType(known), version=f"{factors.version} + site")


def _size(params: Params) -> Size:
    if not isinstance(params, Params):
        raise FootprintInputError("params", f"needs Params, got {str(params)[:40]!r}", "object")
    active = bounded("params.active_b", params.active_b, MIN_B, MAX_B)
    total = active if params.total_b is None else params.total_b
    bounded("params.total_b", total, MIN_B, MAX_B)
    if active > total:
        why = f"{active:g} is more than total_b {total:g}"
        raise FootprintInputError(
            "params.active_b", why, "more_than_total", active=active, total=total
        )
    return Size(Interval(active, active, active), Interval(total, total, total), "yes")


def bounded(field: str, value: float, least: float, most: float) -> float:
    try:
        if not isinstance(value, bool) and least <= value <= most:
            return value
    except TypeError:
        pass  # no number: named below
    why = f"needs a number from {least:g} to {most:g}, got {str(value)[:40]!r}"
    raise FootprintInputError(field, why, "between", least=least, most=most, got=str(value)[:40])
