"""Why the impact changed between two periods, and how much of a saving growth took back.

Additive LMDI-I (Ang, 2005, Energy Policy 33, 867-871): each segment's impact is a product of
factors, ``C_i = N · s_i · t_i · e_i · g_i`` (requests × share × tokens a request × Wh a token × g a
Wh), and each factor's effect is ``Σ_i L(C_i', C_i) · ln(x_i'/x_i)`` with the logarithmic mean
``L(a, b) = (a - b)/(ln a - ln b)``. The effects add up to the change, with nothing left over. A
segment that was not there before, or is no more, has no ratio: its whole impact is ``entered`` or
``left``, the analytic limit.

It is accounting: it says which factor moved and by how much, not what made it move.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sobre.core.quantity import Quantity
from sobre.footprint.errors import FootprintInputError

VOLUME, ROUTING, TOKENS, EFFICIENCY, GRID = "volume", "routing", "tokens", "efficiency", "grid"
ENTERED, LEFT = "entered", "left"
EFFECTS = (VOLUME, ROUTING, TOKENS, EFFICIENCY, GRID, ENTERED, LEFT)
TINY = 0.01
"""An expected saving below this share of the impact before is too small to divide by."""
EVEN = 0.005
"""How near to 0 or 1 an index counts as none or full rebound."""
NOBODY = "–"
"""The rung of exchanges that no model answered, though one had worked."""
_NEAR = 1e-4
_ABSURD = 1e50
"""No product or sum of numbers up to this can overflow."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What is asked of one rung for one use case in one period, in middle values.

    ``low`` and ``high`` are the bounds of its impact, as shares of the middle. Any unit of energy
    and of impact will do if it is the same everywhere. Raises ``FootprintInputError``.
    """

    name: str
    requests: float
    tokens_per_request: float
    wh_per_token: float
    g_per_wh: float
    low: float = 1.0
    high: float = 1.0

    def __post_init__(self) -> None:
        for field in ("requests", "tokens_per_request", "wh_per_token", "g_per_wh", "low", "high"):
            value = getattr(self, field)
            if not 0 <= value <= _ABSURD:
                why = f"needs a number from 0 to {_ABSURD:g}, got {value!r}"
                raise FootprintInputError(f"{self.name}.{field}", why)
        if not self.low <= 1 <= self.high:
            raise FootprintInputError(f"{self.name}.low", "needs low <= 1 <= high")

    @property
    def impact(self) -> float:
        """C_i."""
        return self.requests * self.tokens_per_request * self.wh_per_token * self.g_per_wh


@dataclass(frozen=True, slots=True)
class Rebound:
    """``index = 1 - realised / expected`` saving, in the unit of the impact.

    ``None`` where nothing was to be saved: ``why`` is then ``no_saving`` or ``tiny``. Else ``kind``
    is ``super_conservation`` (below 0: more was saved than expected), ``none``, ``partial``,
    ``full`` or ``backfire`` (above 1: more impact than before).
    """

    index: float | None
    expected: float
    realised: float
    kind: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Decomposition:
    """``before``, ``after``, and the effects whose middles add up to the difference.

    An effect's interval holds if the errors of one segment are the same in both periods, as those
    of a model's size or a country's electricity are; independent errors would make it wider.
    """

    before: Quantity
    after: Quantity
    effects: Mapping[str, Quantity]
    """Each of ``EFFECTS``."""
    volume_split: tuple[Quantity, Quantity] | None
    """``volume`` as users and requests a user, where both numbers of users are known."""
    segments: Mapping[str, Mapping[str, float]]
    """Segment -> effect -> its contribution, middle."""
    rebound: Mapping[str, Rebound]
    """``efficiency``, ``routing_efficiency`` and ``volume``: see ``_rebounds``."""

    @property
    def change(self) -> float:
        return self.after.mid - self.before.mid


def decompose(
    before: Sequence[Segment],
    after: Sequence[Segment],
    *,
    users_before: float | None = None,
    users_after: float | None = None,
    unit: str = "gCO2eq",
) -> Decomposition:
    """Split the change of impact between two periods into the effects of its factors.

    Raises ``FootprintInputError`` for a segment named twice and for a number of users that is not
    above 0.
    """
    old, new = _named(before, "before"), _named(after, "after")
    users = _users(users_before, users_after)
    requests = math.fsum(s.requests for s in before), math.fsum(s.requests for s in after)
    split: dict[str, dict[str, float]] = {}
    means: dict[str, float] = {}
    bounds: dict[str, tuple[float, float]] = {}
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        split[name], means[name] = _contribution(was, now, requests)
        bounds[name] = _bounds(was, now)
    effects = {
        effect: _sum(
            [(parts.get(effect, 0.0), bounds[name]) for name, parts in split.items()], unit
        )
        for effect in EFFECTS
    }
    return Decomposition(
        _sum([(s.impact, (s.low, s.high)) for s in before], unit),
        _sum([(s.impact, (s.low, s.high)) for s in after], unit),
        effects,
        _volume_split(_sum([(means[n], bounds[n]) for n in means], unit), users, requests),
        split,
        _rebounds(old, new, requests),
    )


def _contribution(
    was: Segment | None, now: Segment | None, requests: tuple[float, float]
) -> tuple[dict[str, float], float]:
    """One segment's share of each effect, together exactly the change of its impact; and its
    logarithmic mean, 0 where it entered or left.
    """
    old, new = was.impact if was else 0.0, now.impact if now else 0.0
    if was is None or now is None or old == 0 or new == 0:
        return {ENTERED: new, LEFT: -old}, 0.0
    volume = _log_ratio(requests[1], requests[0])
    ratios = {
        VOLUME: volume,
        ROUTING: _log_ratio(now.requests, was.requests) - volume,
        TOKENS: _log_ratio(now.tokens_per_request, was.tokens_per_request),
        EFFICIENCY: _log_ratio(now.wh_per_token, was.wh_per_token),
        GRID: _log_ratio(now.g_per_wh, was.g_per_wh),
    }
    mean = _logarithmic_mean(new, old, math.fsum(ratios.values()))
    return {factor: mean * ratio for factor, ratio in ratios.items()}, mean


def _log_ratio(a: float, b: float) -> float:
    """``ln(a/b)`` of two positive numbers however far apart; all digits where they are near."""
    ratio = a / b
    return math.log(ratio) if 0 < ratio < math.inf else math.log(a) - math.log(b)


def _logarithmic_mean(a: float, b: float, log_ratio: float) -> float:
    """``(a - b)/ln(a/b)``, also where the two are so near that the quotient loses its digits."""
    if abs(log_ratio) < _NEAR:
        return math.sqrt(a) * math.sqrt(b) * (1 + log_ratio * log_ratio / 24)
    return (a - b) / log_ratio


def _bounds(was: Segment | None, now: Segment | None) -> tuple[float, float]:
    """The segment's bounds as shares of the middle, one pair for both periods."""
    present = [s for s in (was, now) if s is not None]
    whole = math.fsum(s.impact for s in present)
    if not 0 < whole < math.inf:
        return 1.0, 1.0
    return (
        math.fsum(s.low * (s.impact / whole) for s in present),
        math.fsum(s.high * (s.impact / whole) for s in present),
    )


def _sum(parts: Iterable[tuple[float, tuple[float, float]]], unit: str) -> Quantity:
    """A sum of amounts with bounds that err together; below 0 the bounds change sides."""
    parts = list(parts)
    variants = [
        math.fsum(value * bound[0] for value, bound in parts),
        math.fsum(value for value, _ in parts),
        math.fsum(value * bound[1] for value, bound in parts),
    ]
    return Quantity(min(variants), variants[1], max(variants), unit, "LMDI-I")


def _volume_split(
    means: Quantity, users: tuple[float, float] | None, requests: tuple[float, float]
) -> tuple[Quantity, Quantity] | None:
    """The effect of volume as that of users and that of requests a user."""
    if users is None or 0 in requests:
        return None
    growth = _log_ratio(users[1], users[0])
    return _scaled(means, growth), _scaled(means, _log_ratio(requests[1], requests[0]) - growth)


def _scaled(amount: Quantity, by: float) -> Quantity:
    ends = sorted((amount.low * by, amount.high * by))
    return Quantity(ends[0], amount.mid * by, ends[1], amount.unit, amount.source)


def _rebounds(
    old: Mapping[str, Segment], new: Mapping[str, Segment], requests: tuple[float, float]
) -> dict[str, Rebound]:
    """Three questions, each an index.

    ``efficiency``: fewer Wh a token should have saved ``Σ C_i·(1 - e_i'/e_i)`` at the volume,
    routing and length of before. ``routing_efficiency``: the new shares too. Both compare with what
    was saved at the electricity of before, since a cleaner grid is no one's restraint. ``volume``:
    all that changed in a request, electricity included, should have saved ``C - C'·N/N'``.
    """
    total = math.fsum(s.impact for s in old.values())
    then = math.fsum(s.impact for s in new.values())
    both = [(old[name], s) for name, s in new.items() if name in old]
    came = math.fsum(s.impact for name, s in new.items() if name not in old)
    growth = requests[1] / requests[0] if requests[0] else math.inf
    same_grid = came + math.fsum(_product(now, now, now, was) for was, now in both)
    by_efficiency = math.fsum(was.impact - _product(was, was, now, was) for was, now in both)
    rerouted = math.inf
    if 0 < growth < math.inf:
        rerouted = (came + math.fsum(_product(now, was, now, was) for was, now in both)) / growth
    return {
        "efficiency": _rebound(by_efficiency, total - same_grid, total),
        "routing_efficiency": _rebound(total - rerouted, total - same_grid, total),
        "volume": _rebound(
            total - then / growth if 0 < growth < math.inf else -math.inf, total - then, total
        ),
    }


def _product(requests: Segment, tokens: Segment, energy: Segment, grid: Segment) -> float:
    """The impact of a segment that takes each factor from the period named."""
    return requests.requests * tokens.tokens_per_request * energy.wh_per_token * grid.g_per_wh


def _rebound(expected: float, realised: float, total: float) -> Rebound:
    if not 0 < expected < math.inf:
        return Rebound(
            None, expected if math.isfinite(expected) else 0.0, realised, None, "no_saving"
        )
    if expected < TINY * total:
        return Rebound(None, expected, realised, None, "tiny")
    index = 1 - realised / expected
    return Rebound(index, expected, realised, _kind(index))


def _kind(index: float) -> str:
    if abs(index) <= EVEN:
        return "none"
    if abs(index - 1) <= EVEN:
        return "full"
    if index < 0:
        return "super_conservation"
    return "partial" if index < 1 else "backfire"


def _named(segments: Sequence[Segment], period: str) -> dict[str, Segment]:
    found = {segment.name: segment for segment in segments}
    if len(found) != len(segments):
        raise FootprintInputError(period, "names a segment twice")
    return found


def _users(before: float | None, after: float | None) -> tuple[float, float] | None:
    if before is None or after is None:
        return None
    for field, value in (("users_before", before), ("users_after", after)):
        if not 0 < value < math.inf:
            raise FootprintInputError(field, f"needs a number above 0, got {value!r}")
    return before, after


# --- From the ledger ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Period:
    """What the ledger says of one period."""

    segments: tuple[Segment, ...]
    requests: int
    """Exchanges in the segments."""
    unassessed: int
    """Exchanges whose impact could not be assessed: in no segment, and not 0."""
    unanswered: int
    """Exchanges that reached no model: refused, or stopped before. They cost next to nothing."""
    users: int
    """Keys that asked something in the segments."""
    factors: frozenset[str]
    """Versions of the factors that the impacts were computed with; empty text: not said."""
    methods: frozenset[str]


@dataclass(slots=True)
class _Sum:
    requests: int = 0
    tokens: int = 0
    wh: float = 0.0
    low: float = 0.0
    mid: float = 0.0
    high: float = 0.0


def segments(records: Iterable[Mapping[str, Any]]) -> Period:
    """Sum the exchanges of a ledger by the rung that answered and the use case.

    An exchange counts whole under the rung that answered it: what was tried before in vain, and
    its tokens, are part of what that answer cost. One that no model answered though one had worked
    counts under ``NOBODY``. A segment without any token (found in a cache) counts one a request.
    """
    sums: dict[str, _Sum] = {}
    users: set[str] = set()
    factors: set[str] = set()
    methods: set[str] = set()
    requests = unassessed = unanswered = 0
    for record in records:
        if record.get("kind") != "exchange":
            continue
        attempts = record.get("attempts")
        impact = record.get("impact") or {}
        energy, gwp = impact.get("energy"), impact.get("gwp")
        if attempts is not None and not any(a.get("usage") for a in attempts):
            unanswered += 1
            continue
        if attempts is None or energy is None or gwp is None:
            unassessed += 1
            continue
        requests += 1
        users.add(record["actor"]["key_id"])
        factors.add(impact.get("factors") or "")
        methods.add(impact.get("method") or "")
        one = sums.setdefault(_segment_name(record, attempts), _Sum())
        one.requests += 1
        one.tokens += sum(_tokens(a.get("usage")) for a in attempts)
        one.wh += energy["mid"]
        one.low += gwp["low"]
        one.mid += gwp["mid"]
        one.high += gwp["high"]
    return Period(
        tuple(_segment(name, one) for name, one in sorted(sums.items())),
        requests,
        unassessed,
        unanswered,
        len(users),
        frozenset(factors),
        frozenset(methods),
    )


def _segment_name(record: Mapping[str, Any], attempts: Sequence[Mapping[str, Any]]) -> str:
    kept = ("kept", "hung_up")
    rung = next((a["rung"] for a in reversed(attempts) if a["outcome"] in kept), NOBODY)
    use_case = record.get("use_case")
    return f"{rung} × {use_case}" if use_case else str(rung)


def _tokens(usage: Mapping[str, Any] | None) -> int:
    return int(usage["input_tokens"] + usage["output_tokens"]) if usage else 0


def _segment(name: str, one: _Sum) -> Segment:
    """Middle factors whose product is the sum; where no energy was used, 0."""
    tokens = one.tokens or one.requests
    return Segment(
        name,
        one.requests,
        tokens / one.requests,
        one.wh / tokens,
        one.mid / one.wh if one.wh else 0.0,
        min(one.low / one.mid, 1.0) if one.mid else 1.0,
        max(one.high / one.mid, 1.0) if one.mid else 1.0,
    )
