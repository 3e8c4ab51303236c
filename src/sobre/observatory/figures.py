"""Every figure of an impact report, each with the sum that it is.

``figures`` is the whole list. A figure's ``share`` says what one row adds to it, so that the same
definition gives the number, and, row by row, the proof of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sobre.footprint import Factors
from sobre.footprint.rebound import EFFECTS, Decomposition, Period, decompose
from sobre.observatory.cube import Cube, Share, Where, matches
from sobre.observatory.rows import (
    ATTEMPT,
    EMBODIED,
    ENERGY,
    EXCHANGE,
    NONE,
    Key,
    Row,
    Triple,
    amounted,
    assessed,
    counted,
    overhead,
    unit,
)

IMPACTS = ("energy", "gwp", "adpe", "pe", "wcf")
TOKENS = ("input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens")
INVENTORY = ("attempts", "answers", *TOKENS, "cpu_seconds", "estimated", "not_assessed")
FIELDS = ("rung", "model", "zone", "team", "use_case")
FEW_KEYS = 3
"""A team or use case with fewer keys than this is not shown apart."""
FEW = "few"
COUNTED = frozenset({"count", "answers", "assessed"})
"""Formulae whose figure is 0, not unknown, where no row has it."""
LESS = 0.25
"""The lever of routing: one answer in four."""
PUBLISHED_TOKENS = 400


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the report. ``value`` is ``None`` where nothing of it was assessed."""

    id: str
    unit: str
    formula: str
    """Key of its formula in words, without ``report.formula.``."""
    where: Where
    share: Share | None
    """``None`` for a figure that is a sum over segments: see ``parts``."""
    value: Triple | None
    before: bool = False
    """Of the period before, not of this one."""
    params: Mapping[str, str] = field(default_factory=dict)
    parts: Sequence[tuple[str, float]] = ()
    """Segment -> what it adds, for a figure that no single line adds to."""

    def adds(self, row: Row) -> Triple | None:
        """What this row adds to the figure."""
        if self.share is None or not matches(row.key, self.where):
            return None
        added = self.share(row.key, row.vector)
        return added if added and any(added) else None


def count(name: str) -> Share:
    """A count; in rows, what each of them counts."""

    def share(_: Key, vector: Sequence[float]) -> Triple:
        value = counted(vector, name)
        return value, value, value

    return share


def amount(name: str, by: float = 1.0) -> Share:
    def share(_: Key, vector: Sequence[float]) -> Triple | None:
        of = amounted(vector, name)
        return of and (of[0] * by, of[1] * by, of[2] * by)

    return share


def spread(name: str, low: float, high: float) -> Share:
    """What the total would lose and gain if a factor that is linear in it were at its bounds."""

    def share(_: Key, vector: Sequence[float]) -> Triple | None:
        of = amounted(vector, name)
        return of and (of[1] * (low - 1), 0.0, of[1] * (high - 1))

    return share


def slug(name: str) -> str:
    """A name as part of a figure's id: no space, nothing a shell would read."""
    return re.sub(r"[^\w.-]+", "_", name)


class Figures:
    """The figures of a period and of the one before it, by id, in the order of the report."""

    def __init__(self, now: Cube, before: Cube, factors: Factors, change: Change | None) -> None:
        self.now, self.before, self.factors, self.change = now, before, factors, change
        self.by_id: dict[str, Figure] = {}
        self.names: dict[str, list[tuple[str, str, frozenset[str]]]] = {}
        """Field -> its rows: end of the id, name (``few`` for those together), values."""

    def value(self, id: str) -> Triple | None:  # noqa: A002 - what it is
        figure = self.by_id.get(id)
        return figure.value if figure else None

    def mid(self, id: str) -> float:  # noqa: A002
        value = self.value(id)
        return value[1] if value else 0.0

    def add(
        self,
        id: str,  # noqa: A002
        unit: str,
        formula: str,
        share: Share,
        where: Mapping[str, Iterable[str]],
        *,
        before: bool = False,
        params: Mapping[str, str] | None = None,
    ) -> Triple | None:
        """Define a figure and work out its value. ``params`` are those of its formula's words."""
        frozen = {name: frozenset(values) for name, values in where.items()}
        cube = self.before if before else self.now
        total: list[float] | None = None
        for key, vector in (cube.days if "day" in frozen else cube.cells).items():
            if matches(key, frozen) and (added := share(key, vector)) is not None:
                total = [a + b for a, b in zip(total or (0.0,) * 3, added, strict=True)]
        if total is None and formula in COUNTED:
            total = [0.0] * 3
        value = (total[0], total[1], total[2]) if total else None
        self.by_id[id] = Figure(id, unit, formula, frozen, share, value, before, params or {})
        return value

    def put(
        self,
        id: str,  # noqa: A002
        unit: str,
        formula: str,
        value: Triple,
        parts: Sequence[tuple[str, float]],
    ) -> None:
        """A figure that is worked out from sums: the middles of its parts add up to its own."""
        self.by_id[id] = Figure(id, unit, formula, {}, None, value, parts=tuple(parts))


@dataclass(frozen=True, slots=True)
class Change:
    """The two periods as ``footprint.rebound`` reads them, and why their impact differs."""

    before: Period
    now: Period
    why: Decomposition


def change(before: Period, now: Period) -> Change | None:
    """``None`` where one of the two has nothing to compare."""
    if not before.segments or not now.segments:
        return None
    why = decompose(before.segments, now.segments, users_before=before.users, users_after=now.users)
    return Change(before, now, why)


def figures(now: Cube, before: Cube, factors: Factors, change: Change | None = None) -> Figures:
    """All of them. ``before`` is the period of equal length that ended where this one begins."""
    made = Figures(now, before, factors, change)
    _summary(made)
    _inventory(made)
    _results(made)
    _sensitivity(made)
    _published(made)
    if change is not None:
        _rebound(made, change)
    _levers(made)
    return made


def _summary(made: Figures) -> None:
    own, tries = {"part": (EXCHANGE,)}, {"part": (ATTEMPT,)}
    for before in (False, True):
        head = "R1.before" if before else "R1"
        made.add(f"{head}.exchanges", "", "count", count("exchanges"), own, before=before)
        made.add(f"{head}.answers", "", "answers", count("answers"), own, before=before)
        for name in IMPACTS:
            made.add(f"{head}.{name}.total", unit(name), "sum", amount(name), tries, before=before)
        if answers := made.mid(f"{head}.answers"):
            for name in IMPACTS:
                made.add(
                    f"{head}.{name}.per_answer",
                    unit(name),
                    "per_answer",
                    amount(name, 1 / answers),
                    tries,
                    before=before,
                    params={"count": f"{answers:.0f}"},
                )
    tokens = math.fsum(counted(v, "output_tokens") for k, v in made.now.cells.items())
    if tokens:
        made.add(
            "R1.gwp.per_1000_tokens",
            "gCO2eq",
            "per_1000",
            amount("gwp", 1000 / tokens),
            tries,
            params={"count": f"{tokens:.0f}"},
        )
    for name in ("attempts", "not_assessed", "unreached", "estimated"):
        made.add(f"R1.{name}", "", "count", count(name), tries)
    for name in ("unknown", "unjudged"):
        made.add(f"R1.{name}", "", "count", count(name), own)
    for name in IMPACTS:
        made.add(f"R1.{name}.assessed", "", "assessed", _assessed(name), tries)


def _assessed(name: str) -> Share:
    def share(_: Key, vector: Sequence[float]) -> Triple | None:
        value = assessed(vector, name)
        return value, value, value

    return share


def _inventory(made: Figures) -> None:
    for outcome in made.now.values("outcome", EXCHANGE):
        where = {"part": (EXCHANGE,), "outcome": (outcome,)}
        made.add(f"R3.exchanges.{outcome}", "", "count", count("exchanges"), where)
    for outcome in made.now.values("outcome"):
        where = {"part": (ATTEMPT,), "outcome": (outcome,)}
        made.add(f"R3.attempts.{outcome}", "", "count", count("attempts"), where)
    for name in INVENTORY:
        made.add(f"R3.all.{name}", _of(name), "count", count(name), {"part": (ATTEMPT,)})
    for part in FIELDS:
        made.names[part] = _named(made, part)
        for end, _, values in made.names[part]:
            of_row: dict[str, Iterable[str]] = {"part": (ATTEMPT,), part: values}
            for name in INVENTORY:
                made.add(f"R3.{part}.{end}.{name}", _of(name), "count", count(name), of_row)


def _of(name: str) -> str:
    return "s" if name == "cpu_seconds" else ""


def _named(made: Figures, part: str) -> list[tuple[str, str, frozenset[str]]]:
    """The rows of a table by one field; teams and use cases of few keys are one row."""
    values = made.now.values(part)
    few = made.now.few(part, FEW_KEYS) & set(values) if part in made.now.persons else frozenset()
    rows: list[tuple[str, str, frozenset[str]]] = []
    seen: set[str] = set()
    for value in values:
        if value in few:
            continue
        end = slug(value)
        while end in seen or end == FEW:
            end += "_"
        seen.add(end)
        rows.append((end, value, frozenset({value})))
    if few:
        rows.append((FEW, FEW, few))
    return rows


def _results(made: Figures) -> None:
    tries = {"part": (ATTEMPT,)}
    for name in IMPACTS[1:]:
        for stage in ("use", "embodied"):
            whole = f"{name}.{stage}"
            made.add(f"R4.{whole}", unit(whole), "sum", amount(whole), tries)
            made.add(f"R4.{whole}.assessed", "", "assessed", _assessed(whole), tries)
    for tier in "ABCD":
        where = {**tries, "tier": (tier,)}
        made.add(f"R4.tier.{tier}.attempts", "", "count", count("attempts"), where)
        made.add(f"R4.tier.{tier}.gwp", "gCO2eq", "sum", amount("gwp"), where)
    for outcome in made.now.values("outcome"):
        where = {**tries, "outcome": (outcome,)}
        for name in ("energy", "gwp"):
            made.add(f"R4.attempts.{outcome}.{name}", unit(name), "sum", amount(name), where)
    for part in ("rung", "use_case", "team"):
        for end, _, values in made.names[part]:
            of_row: dict[str, Iterable[str]] = {**tries, part: values}
            for name in IMPACTS:
                made.add(f"R4.{part}.{end}.{name}", unit(name), "sum", amount(name), of_row)
            answers = made.mid(f"R3.{part}.{end}.answers")
            if answers:
                made.add(
                    f"R4.{part}.{end}.gwp.per_answer",
                    "gCO2eq",
                    "per_answer",
                    amount("gwp", 1 / answers),
                    of_row,
                    params={"count": f"{answers:.0f}"},
                )
    for day in sorted({key.day for key in made.now.days if key.part == ATTEMPT}):
        where = {**tries, "day": (day,)}
        made.add(f"R4.day.{day}.gwp", "gCO2eq", "sum", amount("gwp"), where)
    made.add("R4.avoided.gwp", "gCO2eq", "avoided", amount("avoided"), {"part": (EXCHANGE,)})
    made.add("R4.avoided.count", "", "assessed", _assessed("avoided"), {"part": (EXCHANGE,)})
    for name in ("measured", "attributed", "unattributed"):
        made.add(f"R4.energy.{name}", "Wh", "measured", amount(name), {"part": (ENERGY,)})
    made.add("R4.energy.windows", "", "count", count("windows"), {"part": (ENERGY,)})
    here = {**tries, "zone": made.now.measured or {"machine"}}
    made.add("R4.energy.modelled_here", "Wh", "sum", amount("energy"), here)


def _sensitivity(made: Figures) -> None:
    factors = made.factors
    gpu, cpu = {"part": (ATTEMPT,), "kind": ("gpu",)}, {"part": (ATTEMPT,), "kind": ("cpu",)}
    every = {"part": (ATTEMPT,)}

    def linear(name: str, factor: str, where: Mapping[str, Iterable[str]], of: str) -> None:
        known = factors.interval(factor)
        share = spread(of, known.low / known.mid, known.high / known.mid)
        made.add(f"R5.{name}", "gCO2eq", "spread", share, where, params={"factor": factor})

    made.add("R5.electricity", "gCO2eq", "spread_grid", _of_grid(factors), every)
    linear("pue", "gpu.pue", gpu, "gwp.use")
    over = overhead(factors)
    share = spread("gwp.use", over.low / over.mid, over.high / over.mid)
    made.add("R5.overhead", "gCO2eq", "spread", share, gpu, params={"factor": "gpu.host, gpu.idle"})
    linear("watts", "cpu.watts_per_thread", cpu, "gwp.use")
    for name, factor in zip(("power", "utilisation"), EMBODIED, strict=False):
        known = factors.interval(factor).inverse()
        share = spread("gwp.embodied", known.low / known.mid, known.high / known.mid)
        made.add(f"R5.{name}", "gCO2eq", "spread", share, gpu, params={"factor": factor})
    linear("embodied", "embodied.spread", gpu, "gwp.embodied")
    guessed = {**every, "estimated": ("yes",)}
    linear("tokens", "tokens.estimated", guessed, "gwp")
    made.add("R5.work", "gCO2eq", "spread_rest", amount("rest"), every)
    for zone in ("SWE", "FRA", "EEE", "DEU", "WOR"):
        if zone in factors.grids:
            grid = factors.grids[zone].gwp
            made.add(
                f"R5.elsewhere.{zone}",
                "gCO2eq",
                "elsewhere",
                _elsewhere(grid.low, grid.mid, grid.high),
                every,
                params={"zone": zone},
            )


def _of_grid(factors: Factors) -> Share:
    """Each row at the bounds of its own electricity; one whose electricity is not on file stays."""

    def share(key: Key, vector: Sequence[float]) -> Triple | None:
        use = amounted(vector, "gwp.use")
        if use is None or key.grid == NONE:
            return None
        grid = factors.grids[key.grid].gwp
        return use[1] * (grid.low / grid.mid - 1), 0.0, use[1] * (grid.high / grid.mid - 1)

    return share


def _elsewhere(low: float, mid: float, high: float) -> Share:
    """The same energy with another place's electricity, the making of machines as it was."""

    def share(_: Key, vector: Sequence[float]) -> Triple | None:
        energy, embodied = amounted(vector, "energy"), amounted(vector, "gwp.embodied")
        if energy is None:
            return None
        made = embodied[1] if embodied else 0.0
        kwh = energy[1] / 1000
        return kwh * low + made, kwh * mid + made, kwh * high + made

    return share


def _published(made: Figures) -> None:
    """One answer of 400 output tokens, on accelerators, as published figures have it."""
    where = {"part": (ATTEMPT,), "kind": ("gpu",)}
    frozen = {name: frozenset(values) for name, values in where.items()}
    tokens = math.fsum(
        counted(vector, "output_tokens")
        for key, vector in made.now.cells.items()
        if matches(key, frozen)
    )
    if tokens:
        by = PUBLISHED_TOKENS / tokens
        for name in ("gwp", "wcf", "adpe"):
            share = amount(name, by)
            made.add(
                f"R6.{name}", unit(name), "per_400", share, where, params={"count": f"{tokens:.0f}"}
            )


def _rebound(made: Figures, change: Change) -> None:
    """The effects, whose middles add up to the change, and the indices."""
    why = change.why
    for effect in EFFECTS:
        of = why.effects[effect]
        parts = [(name, by[effect]) for name, by in why.segments.items() if by.get(effect)]
        made.put(f"R7.effect.{effect}", "gCO2eq", "effect", (of.low, of.mid, of.high), parts)
    whole = [(name, math.fsum(by.values())) for name, by in why.segments.items()]
    low, mid, high = sorted(
        (why.after.low - why.before.low, why.change, why.after.high - why.before.high)
    )
    made.put("R7.change", "gCO2eq", "change", (low, mid, high), whole)
    for name, rebound in why.rebound.items():
        if rebound.index is not None:
            parts = [("1", 1.0), ("- realised / expected", -rebound.realised / rebound.expected)]
            made.put(f"R7.index.{name}", "", "index", (rebound.index,) * 3, parts)
    if why.volume_split is not None:
        for name, of in zip(("users", "requests_per_user"), why.volume_split, strict=True):
            triple = (of.low, of.mid, of.high)
            made.put(f"R7.volume.{name}", "gCO2eq", "effect", triple, [("volume", of.mid)])


def _levers(made: Figures) -> None:
    """What could be saved, each for itself; they overlap and do not add up."""
    tries = {"part": (ATTEMPT,)}
    vain = {**tries, "outcome": ("abandoned", "failed", "hung_up")}
    _comparable(made)
    made.add("R1.lever.vain", "gCO2eq", "sum", amount("gwp"), vain)
    made.add("R1.lever.reasoning", "gCO2eq", "reasoning", amount("reasoning"), tries)
    if pair := _pair(made, "rung", lower_step=True):
        _cheaper(made, "R1.lever.rung", "rung", pair, LESS)
    if pair := _pair(made, "use_case", lower_step=False):
        _cheaper(made, "R1.lever.use_case", "use_case", pair, 1.0)


def _comparable(made: Figures) -> None:
    """The use of electricity in units of: the same answers, all given by the lowest rung here."""
    means: dict[str, list[float]] = {}
    for key, vector in made.now.cells.items():
        use = amounted(vector, "gwp.use")
        if key.part == ATTEMPT and key.outcome == "kept" and use:
            known = means.setdefault(key.rung, [0.0, 0.0])
            known[0] += use[1]
            known[1] += counted(vector, "answers")
    usable = [rung for rung, (grams, answers) in means.items() if grams and answers]
    if len(usable) < 2:
        return
    rung = min(usable, key=lambda name: (made.now.levels[name], name))
    grams, answers = means[rung]
    all_answers = math.fsum(answers for _, answers in means.values())
    by = answers / grams / all_answers
    where = {"part": (ATTEMPT,), "outcome": ("kept",)}
    made.add("R1.comparable", "", "comparable", amount("gwp.use", by), where, params={"rung": rung})


Choice = tuple[str, str, float, str]
"""Costly value, what it is compared with, the latter's grams per answer, which amount."""


def _pair(made: Figures, part: str, *, lower_step: bool) -> Choice | None:
    """The value with the highest total, and the rung below it or the mean of all the others.

    Use alone is compared where it is known: a server's making is computed, this machine's is not.
    """
    cells: dict[str, list[float]] = {}
    for name in ("gwp.use", "gwp"):
        cells.clear()
        for key, vector in made.now.cells.items():
            of = amounted(vector, name)
            if key.part == ATTEMPT and key.outcome == "kept" and of:
                known = cells.setdefault(getattr(key, part), [0.0, 0.0])
                known[0] += of[1]
                known[1] += counted(vector, "answers")
        if cells:
            break
    few = {value for end, _, values in made.names[part] if end == FEW for value in values}
    shown = [value for value in cells if cells[value][1] and value not in few]
    if not shown:
        return None
    top = max(shown, key=lambda value: cells[value][0])
    if lower_step:
        levels = made.now.levels
        below = [value for value in shown if levels[value] < levels[top]]
        if not below:
            return None
        other = max(below, key=lambda value: (levels[value], cells[value][1]))
        mean = cells[other][0] / cells[other][1]
    else:
        rest = [cells[value] for value in cells if value != top and cells[value][1]]
        if not rest:
            return None
        other = ""
        mean = math.fsum(c[0] for c in rest) / math.fsum(c[1] for c in rest)
    return (top, other, mean, name) if cells[top][0] / cells[top][1] > mean else None


def _cheaper(made: Figures, id: str, part: str, pair: Choice, by: float) -> None:  # noqa: A002
    """``by`` of the costly answers at the other's grams per answer."""
    top, other, mean, name = pair

    def share(_: Key, vector: Sequence[float]) -> Triple | None:
        of = amounted(vector, name)
        if of is None:
            return None
        saved = (of[1] - mean * counted(vector, "answers")) * by
        return saved, saved, saved

    where = {"part": (ATTEMPT,), "outcome": ("kept",), part: (top,)}
    params = {"top": top, "other": other, "mean": f"{mean:.6g}", "part": f"{by:g}"}
    made.add(id, "gCO2eq", "cheaper", share, where, params=params)
