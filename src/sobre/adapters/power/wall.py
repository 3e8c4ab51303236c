"""A meter that the configuration names: a file, a sensor of ``/sys``, a plug on the network.

It says watts, or what it has counted so far. Nothing leaves the firm: the address has to be this
machine's or a private one, given in figures, no proxy is used and no redirection followed.
"""

from __future__ import annotations

import json
import math
import re
import time
from pathlib import Path
from typing import Any, Protocol

from sobre.adapters.power.source import (
    COMPANY,
    NEAR,
    WHOLE_MACHINE,
    Facts,
    Reading,
    Unreadable,
    Unusable,
)
from sobre.core.reason import Reason
from sobre.core.zone import Zone
from sobre.errors import ConfigError

WATTS = {"W": 1.0, "mW": 1e-3, "uW": 1e-6, "kW": 1e3}
JOULES = {"J": 1.0, "mJ": 1e-3, "uJ": 1e-6, "Wh": 3600.0, "kWh": 3.6e6}
MOST_WATTS = 1e6
_TIMEOUT_S = 2.0
_MOST_BYTES = 1 << 16
_LONGEST_S = 60.0
"""Power read at two moments says nothing of a longer time."""
_STILL_S = 600.0
"""How long a coarse counter may stand still before that is believed."""
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")

COVERS: dict[str, tuple[frozenset[str], frozenset[Zone]]] = {
    "machine": (WHOLE_MACHINE, NEAR),
    "company": (frozenset({COMPANY}), frozenset({Zone.COMPANY})),
    "both": (WHOLE_MACHINE | {COMPANY}, NEAR | {Zone.COMPANY}),
}
"""``measure.meter_covers`` -> the parts, and the zones whose calls can have drawn from it."""


class Fetch(Protocol):
    """What the meter says now. Raises ``OSError``, ``ValueError``."""

    def __call__(self) -> str: ...


class Wall:
    """A ``Source``."""

    def __init__(self, fetch: Fetch, unit: str, pointer: str = "", covers: str = "machine") -> None:
        """``pointer`` is where the number stands in JSON, ``/StatusSNS/ENERGY/Power``.

        Raises ``Unusable`` where the meter does not answer with a number.
        """
        self._fetch = fetch
        self._pointer = pointer
        self._counts = unit in JOULES
        self._scale = JOULES[unit] if self._counts else WATTS[unit]
        self._last = self._at = 0.0
        parts, zones = COVERS[covers]
        self.facts = Facts("wall", parts, 0.98, 1.02, zones=zones)
        try:
            self._value()
        except Unreadable as error:
            raise Unusable(
                Reason(f"the meter gives no number: {error}", "reason.power.meter", why=str(error))
            ) from error

    def start(self, now: float) -> None:
        self._last, self._at = self._value(), now

    def read(self, now: float) -> Reading | None:
        value, seconds = self._value(), now - self._at
        if self._counts:
            if value == self._last and seconds < _STILL_S:
                return None  # a coarse counter: the window grows until it moves
            joules = value - self._last
            if not 0 <= joules <= max(seconds, 1.0) * MOST_WATTS:
                raise Unreadable("the meter's counter was set back")
        elif seconds > _LONGEST_S:
            raise Unreadable("the meter was not read for too long")
        else:
            joules = (value + self._last) / 2 * seconds
        self._last, self._at = value, now
        return Reading(joules)

    def close(self) -> None: ...

    def _value(self) -> float:
        """Joules so far, or watts now."""
        try:
            value = float(self._number(self._fetch())) * self._scale
        except OSError as error:
            raise Unreadable(error.strerror or type(error).__name__) from error
        except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
            raise Unreadable(f"no number at {self._pointer or 'its start'!r}") from error
        if not 0 <= value < math.inf:
            raise Unreadable("a number below 0")
        return value

    def _number(self, said: str) -> Any:
        if not self._pointer:
            found = _NUMBER.search(said)
            if found is None:
                raise ValueError(said)
            return found[0]
        value: Any = json.loads(said)
        for step in self._pointer.removeprefix("/").split("/"):
            name = step.replace("~1", "/").replace("~0", "~")
            value = value[int(name)] if isinstance(value, list) else value[name]
        if isinstance(value, bool):
            raise TypeError(value)
        return value


def fetcher(place: str, base: Path | None) -> Fetch:
    """How to ask the meter at an address or in a file. Raises ``ConfigError``.

    A file is relative to the configuration. That an address is private was seen when it was read.
    """
    if place.startswith(("http://", "https://")):
        return _over_http(place)
    path = (base or Path()) / Path(place).expanduser()

    def fetch() -> str:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES).decode("utf-8", "replace")

    try:
        fetch()
    except OSError as error:
        raise ConfigError(
            f"measure.meter: cannot read {str(path)!r}: {error.strerror}.",
            remedy="Correct the path, or give the right to read it.",
            key="error.measure_meter",
            params={"path": str(path), "why": error.strerror or type(error).__name__},
        ) from error
    return fetch


def _over_http(url: str) -> Fetch:
    """Imported at use: most installations have no such meter."""
    from http.client import HTTPException
    from urllib.error import HTTPError, URLError
    from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

    class Stays(HTTPRedirectHandler):
        """A redirection could lead anywhere: the answer is the one given here, or none."""

        def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
            return None

    opener = build_opener(ProxyHandler({}), Stays())

    def fetch() -> str:
        try:
            until = time.monotonic() + _TIMEOUT_S  # for the whole: the other is for each step
            said = b""
            with opener.open(url, timeout=_TIMEOUT_S) as answer:
                while len(said) < _MOST_BYTES and (piece := answer.read1(_MOST_BYTES)):
                    said += piece
                    if time.monotonic() > until:
                        raise OSError(0, "it does not come to an end")
            return said.decode("utf-8", "replace")
        except HTTPError as error:
            error.close()
            raise OSError(0, f"status {error.code}") from error
        except URLError as error:
            why = getattr(error.reason, "strerror", None) or str(error.reason)
            raise OSError(0, why) from error
        except HTTPException as error:
            raise OSError(0, type(error).__name__) from error

    return fetch
