"""A report's words and numbers, as a person of one language reads them."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from sobre import messages
from sobre.core.quantity import Quantity
from sobre.ledger.chain import Verdict
from sobre.messages.amounts import amount, number
from sobre.observatory import FEW, FEW_KEYS, Figure, Figures, Triple
from sobre.observatory.rows import NONE
from sobre.reports.document import Cell

_NO_BREAK, _NARROW = "\u00a0", "\u202f"
_RATIOS = frozenset({"comparable", "index"})
"""Formulae of figures without a unit that are no counts."""
_VALUES = {
    "outcome": "ledger.outcome",
    "zone": "report.zone",
    "kind": "report.kind_of",
    "estimated": "report.estimated",
}
"""Field of a row -> where its values are in words."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a report says of itself."""

    first: str
    """First and last day, ISO 8601, as they were asked for."""
    last: str
    before_first: str
    before_last: str
    time_zone: str
    """At the period's start, and at its end where that differs."""
    made_at: str
    """Date and time in the reader's form."""
    running: bool
    """The period is not over."""
    team: str | None
    use_case: str | None
    version: str
    verdict: Verdict
    head: tuple[int, bytes]
    """The ledger's last line when the report was made."""
    names: tuple[str, ...] = ()
    """Where a perimeter holds nothing: the teams or use cases that the period does have."""

    @property
    def command(self) -> str:
        """The command that makes this report, to which an option is added."""
        words = ["sobre", "report", "impact", "--from", self.first, "--to", self.last]
        for option, value in (("--team", self.team), ("--use-case", self.use_case)):
            if value is not None:
                words += [option, value]
        return shlex.join(words)

    def prove(self, figure: str) -> str:
        return f"{self.command} --figure {shlex.quote(figure)}"


def whole(value: float, lang: str) -> str:
    """A count, its thousands apart."""
    text = f"{round(value):,}"
    return text.replace(",", _NARROW) if lang == "fr" else text


def exactly(value: float, unit: str) -> Quantity:
    """An amount without an interval."""
    return Quantity(value, value, value, unit)


def formula(figure: Figure, lang: str) -> str:
    """A figure's formula in words, with the rows it is taken over."""
    told = messages.say(f"report.formula.{figure.formula}", lang, **_spoken(figure, lang))
    chosen = [
        f"{messages.say(f'report.field.{name}', lang)} = {_values(name, values, lang)}"
        for name, values in figure.where.items()
        if name != "part"
    ]
    part = next(iter(figure.where.get("part", ())), "")
    over = messages.say(f"report.part.{part}", lang) if part else ""
    when = messages.say("report.part.before", lang) if figure.before else ""
    stop = f"{_NO_BREAK}; " if lang == "fr" else "; "
    return stop.join(text for text in (told, over, *chosen, when) if text)


def _values(field: str, values: frozenset[str], lang: str) -> str:
    """The values of a field, those that are words of ours in words."""
    known, area = messages.catalogue(lang), _VALUES.get(field, "")
    return " | ".join(known.get(f"{area}.{value}", value) for value in sorted(values))


def _spoken(figure: Figure, lang: str) -> dict[str, str]:
    """What a formula's words need; numbers and places as the language has them."""
    params = {"amount": _name(figure, lang), **figure.params}
    if "zone" in params:
        key = f"report.place.{params['zone']}"
        params["zone"] = messages.catalogue(lang).get(key, params["zone"])
    if lang == "fr":
        for name in {"mean", "part"} & params.keys():
            params[name] = params[name].replace(".", ",")
    if "count" in params:
        params["count"] = whole(float(params["count"]), lang)
    return params


def _name(figure: Figure, lang: str) -> str:
    """What the figure counts, by the end of its id."""
    known = messages.catalogue(lang)
    parts = figure.id.split(".")
    for word in (".".join(parts[-2:]), *reversed(parts)):
        for area in ("amount", "count"):
            if (key := f"report.{area}.{word}") in known:
                return known[key]
    return parts[-1]


class Words:
    """The figures of one report, said in one language."""

    def __init__(self, figures: Figures, context: Context, lang: str) -> None:
        self.figures, self.context, self.lang = figures, context, lang

    def say(self, key: str, /, **params: object) -> str:
        return messages.say(key, self.lang, **params)

    def day(self, iso: str) -> str:
        """``02/11/2026``, or as it is for English."""
        if self.lang != "fr":
            return iso
        date, _, time = iso.partition("T")
        year, month, day = date.split("-")
        return f"{day}/{month}/{year}" + (f" {time}" if time else "")

    def integer(self, value: float) -> str:
        return whole(value, self.lang)

    def percent(self, part: float, whole: float) -> str:
        if not whole:
            return "–"
        value = 100 * part / whole
        space = _NO_BREAK if self.lang == "fr" else ""
        if 0 < value < 1:
            return f"<{_NO_BREAK}1{space}%"
        if 99 < value < 100:
            return f">{_NO_BREAK}99{space}%"
        return f"{value:.0f}{space}%"

    def of(self, name: str) -> Triple | None:
        return self.figures.value(name)

    def shown(self, name: str) -> str:
        """A figure as a person reads it."""
        figure = self.figures.by_id.get(name)
        if figure is None or figure.value is None:
            return messages.say("amount.not_assessed", self.lang)
        if figure.formula in _RATIOS:
            return self.minus(number(abs(figure.value[1]), self.lang), figure.value[1])
        if figure.unit in {"", "s"}:
            return self.integer(figure.value[1])
        return amount(Quantity(*figure.value, figure.unit), self.lang)

    def cell(self, name: str) -> Cell:
        return Cell(self.shown(name), name if name in self.figures.by_id else "")

    def label(self, field: str, value: str) -> str:
        """A rung, a team… as it is called; the two names that are ours in words."""
        if value == FEW:
            return self.say("report.few", count=FEW_KEYS)
        if value == NONE:
            return self.say(f"report.none.{field}")
        return self.called(f"report.zone.{value}", value) if field == "zone" else value

    def outcome(self, name: str) -> str:
        return self.called(f"ledger.outcome.{name}", name)

    def called(self, key: str, name: str) -> str:
        """A name of ours in words; any other, as a tampered line may have, as it is."""
        return messages.catalogue(self.lang).get(key, name)

    def perimeter(self) -> str:
        parts = []
        if self.context.team is not None:
            parts.append(self.say("report.perimeter.team", team=self.context.team))
        if self.context.use_case is not None:
            parts.append(self.say("report.perimeter.use_case", use_case=self.context.use_case))
        return ", ".join(parts) if parts else self.say("report.perimeter.all")

    def change(self, by: float) -> str:
        space = _NO_BREAK if self.lang == "fr" else ""
        sign = "+" if by > 0 else "−" if by < 0 else ""
        return f"{sign}{abs(100 * by):.0f}{space}%"

    def power(self, power: int) -> str:
        """A power of ten of grams, without a decimal that says nothing."""
        text = amount(exactly(10.0**power, "gCO2eq"), self.lang)
        return text.partition(f"{_NO_BREAK}CO")[0].replace("1,0", "1").replace("1.0", "1")

    def between(self, low: float, high: float) -> str:
        low_text = amount(exactly(max(low, 0.0), "gCO2eq"), self.lang)
        return self.say(
            "report.from_to", low=low_text, high=amount(exactly(high, "gCO2eq"), self.lang)
        )

    def minus(self, text: str, value: float) -> str:
        return f"−{text}" if value < 0 else text

    def signed(self, name: str) -> str:
        """A change with its sign, and its interval where it has one."""
        low, mid, high = self.of(name) or (0.0, 0.0, 0.0)
        if low == high:
            return self.with_sign(mid)
        return messages.say(
            "amount.interval",
            self.lang,
            value=self.with_sign(mid),
            low=self.with_sign(low),
            high=self.with_sign(high),
        )

    def with_sign(self, grams: float) -> str:
        text = amount(exactly(abs(grams), "gCO2eq"), self.lang)
        return ("+" if grams > 0 else "−" if grams < 0 else "") + text

    def exact(self, value: float) -> str:
        text = f"{value:.6g}"
        return text.replace(".", ",") if self.lang == "fr" else text
