"""The impact report: figures and words put in order, for any format to render."""

from __future__ import annotations

from collections.abc import Iterable

from sobre import messages
from sobre.core.quantity import Quantity
from sobre.footprint import SCOPE, Factor
from sobre.messages.amounts import amount, class_words, number
from sobre.observatory import FEW, FEW_KEYS, Change, Figure, Figures
from sobre.observatory.figures import FIELDS, IMPACTS, INVENTORY, LESS, PUBLISHED_TOKENS
from sobre.observatory.rows import NONE
from sobre.reports.document import (
    Bars,
    Block,
    Box,
    Cell,
    Command,
    Diagram,
    Document,
    Heading,
    KeyNumber,
    Keys,
    Note,
    Points,
    Section,
    Table,
    Text,
    on_log_scale,
)
from sobre.reports.words import Context, Words, exactly, formula

SHOWN_ROWS = 20
"""Rows of a table on the page; all of them are in the CSV and in JSON."""
_STATUSES = ("computed", "excluded", "not assessed")
_TORNADO = (
    "electricity",
    "work",
    "watts",
    "pue",
    "overhead",
    "utilisation",
    "power",
    "embodied",
    "tokens",
)
_DETAIL = tuple(
    f"R{part}.{field}."
    for part, fields in ((3, FIELDS), (4, ("rung", "use_case", "team", "day")))
    for field in fields
)
"""Figures that paper shows in their tables alone."""
_APPROXIMATE = frozenset({"electricity", "work", "tokens"})
"""Factors whose effect needs a word on how it was worked out."""


def document(figures: Figures, context: Context, lang: str) -> Document:
    """The whole report in ``fr`` or ``en``."""
    made = _Report(figures, context, lang)
    say = made.say
    whole = say("report.between", first=made.day(context.first), last=made.day(context.last))
    facts = [(say("report.fact.period"), whole), (say("report.fact.perimeter"), made.perimeter())]
    facts += [
        (say("report.fact.made"), context.made_at),
        (say("report.fact.software"), f"Sobre {context.version}"),
        (say("report.fact.ledger"), made.ledger()),
    ]
    sections = [
        ("summary", made.summary()),
        ("scope", made.scope()),
        ("inventory", made.inventory()),
        ("results", made.results()),
        ("sensitivity", made.sensitivity()),
        ("published", made.published()),
        ("rebound", made.rebound()),
        ("limits", made.limits()),
        ("annex", made.annex()),
    ]
    return Document(
        lang,
        say("report.title"),
        tuple(facts),
        say("report.contents"),
        tuple(
            Section(name, f"{n}. {say(f'report.section.{name}')}", tuple(blocks))
            for n, (name, blocks) in enumerate(sections, 1)
        ),
    )


class _Report(Words):
    """The report's text, section by section."""

    def not_computed(self) -> tuple[list[str], list[str]]:
        """Parts of the life cycle that no call computed, and those that some did."""
        never, partly = list[str](), list[str]()
        for part in SCOPE:
            seen = self.figures.now.scope.get(part, {})
            name = self.say(f"report.scope.{part}")
            if not seen or set(seen) == {"computed"}:
                continue
            if computed := seen.get("computed", 0):
                partly.append(f"{name} ({self.percent(computed, sum(seen.values()))})")
            else:
                never.append(name)
        return never, partly

    # --- 1 -----------------------------------------------------------------------------------

    def alerts(self) -> list[Block]:
        """What must be read before any number."""
        context, found = self.context, list[Block]()
        if (broken := context.verdict.broken) is not None:
            why = messages.say(f"ledger.why.{broken.why}", self.lang)
            found.append(Note(self.say("report.alert.broken", line=broken.seq, why=why), "alert"))
        if self.figures.now.unreadable:
            count = self.integer(self.figures.now.unreadable)
            found.append(Note(self.say("report.alert.unreadable", count=count), "alert"))
        if not self.figures.mid("R1.exchanges"):
            found.append(Note(self.say("report.alert.empty"), "alert"))
            if context.names:
                found.append(Note(self.say("report.alert.names", names=", ".join(context.names))))
        elif self.of("R1.gwp.total") is None:
            found.append(Note(self.say("report.alert.unassessed"), "alert"))
        if context.running:
            found.append(Note(self.say("report.alert.running", line=context.head[0])))
        if self.few_in_all():
            found.append(Note(self.say("report.alert.few", count=FEW_KEYS), "alert"))
        return found

    def few_in_all(self) -> bool:
        """The whole report speaks of fewer persons than a row may."""
        now = self.figures.now
        keys = set().union(*now.persons["team"].values()) if now.persons["team"] else set()
        return bool(keys) and len(keys) < FEW_KEYS and not now.shared["team"]

    def summary(self) -> list[Block]:
        blocks = self.alerts()
        keys = [("R1.gwp.total", "report.key.gwp"), ("R1.gwp.per_answer", "report.key.per_answer")]
        keys += [("R1.energy.total", "report.key.energy"), ("R1.wcf.total", "report.key.wcf")]
        items = [self.key_number(name, label) for name, label in keys]
        answers = self.say(
            "report.key.out_of", count=self.integer(self.figures.mid("R1.exchanges"))
        )
        items.append(
            KeyNumber(
                self.say("report.key.answers"), self.shown("R1.answers"), answers, "R1.answers"
            )
        )
        blocks.append(Keys(tuple(items)))
        if self.of("R1.gwp.total") is not None:
            blocks += [Text(self.quality()), Text(" ".join(self.in_words()))]
            blocks += self.chart("rung")
            blocks += [Heading(self.say("report.levers")), *self.levers()]
        blocks.append(Heading(self.say("report.missing")))
        blocks.append(Points(tuple(Cell(text) for text in self.missing())))
        blocks.append(Command(self.say("report.prove_total"), self.context.prove("R1.gwp.total")))
        return blocks

    def key_number(self, name: str, label: str) -> KeyNumber:
        shown = self.shown(name)
        value, _, bounds = shown.partition(" (")
        below = self.say("report.key.interval", bounds=bounds.rstrip(")")) if bounds else ""
        return KeyNumber(self.say(label), value, below, name)

    def quality(self) -> str:
        """How much of the total was measured, and how well the rest is known."""
        whole = self.figures.mid("R1.gwp.total")
        shares = {
            tier.lower(): self.percent(self.figures.mid(f"R4.tier.{tier}.gwp"), whole)
            for tier in "ABCD"
        }
        return self.say("report.quality", **shares)

    def in_words(self) -> list[str]:
        """What the total means: its class, in the firm's own units, against the period before."""
        say, mid = self.say, self.figures.mid
        told: list[str] = []
        if (each := self.of("R1.gwp.per_answer")) is not None:
            told.append(say("report.class", name=class_words(Quantity(*each, "gCO2eq"), self.lang)))
        if comparable := self.figures.by_id.get("R1.comparable"):
            ratio = number(mid("R1.comparable"), self.lang)
            told.append(say("report.comparable", times=ratio, rung=comparable.params["rung"]))
        before = mid("R1.before.gwp.total")
        dates = {
            "first": self.day(self.context.before_first),
            "last": self.day(self.context.before_last),
        }
        if not mid("R1.before.exchanges"):
            told.append(say("report.trend.none", **dates))
        elif before:
            value = self.shown("R1.before.gwp.total")
            if self.context.running:
                told.append(say("report.trend.running", value=value, **dates))
            else:
                by = self.change(mid("R1.gwp.total") / before - 1)
                told.append(say("report.trend.total", change=by, value=value, **dates))
            then = mid("R1.before.gwp.per_answer")
            if then and mid("R1.gwp.per_answer"):
                change = mid("R1.gwp.per_answer") / then - 1
                told.append(say("report.trend.each", change=self.change(change)))
        return told

    def levers(self) -> list[Block]:
        """The three largest; each for itself, since they overlap."""
        names = ("rung", "use_case", "vain", "reasoning")
        found = [
            (self.figures.mid(f"R1.lever.{name}"), name)
            for name in names
            if self.figures.mid(f"R1.lever.{name}") > 0
        ]
        best = sorted(found, reverse=True)[:3]
        if not best:
            return [Text(self.say("report.lever.none"))]
        items = []
        for saved, name in best:
            figure = self.figures.by_id[f"R1.lever.{name}"]
            value = amount(exactly(saved, "gCO2eq"), self.lang)
            share = self.percent(saved, self.figures.mid("R1.gwp.total"))
            params = {**figure.params, "saved": value, "percent": share}
            top = params.get("top")
            if top is not None:
                params["top"] = self.label("use_case" if name == "use_case" else "rung", top)
            params["part"] = self.percent(LESS, 1)
            items.append(Cell(self.say(f"report.lever.{name}", **params), figure.id))
        return [Points(tuple(items)), Text(self.say("report.lever.caveat"))]

    def missing(self) -> list[str]:
        say, mid = self.say, self.figures.mid
        told = []
        never, partly = self.not_computed()
        if never:
            told.append(say("report.missing.parts", parts=", ".join(never)))
        if partly:
            told.append(say("report.missing.partly", parts=", ".join(partly)))
        if lost := mid("R1.not_assessed"):
            share = self.percent(lost, mid("R1.attempts"))
            told.append(say("report.missing.attempts", count=self.integer(lost), share=share))
        if mid("R4.energy.unattributed"):
            value = self.shown("R4.energy.unattributed")
            told.append(say("report.missing.machine", value=value))
        if unknown := mid("R1.unknown"):
            told.append(say("report.missing.unknown", count=self.integer(unknown)))
        if guessed := mid("R1.estimated"):
            share = self.percent(guessed, mid("R1.attempts"))
            told.append(say("report.missing.estimated", count=self.integer(guessed), share=share))
        if unjudged := mid("R1.unjudged"):
            told.append(say("report.missing.quality", count=self.integer(unjudged)))
        told.append(say("report.missing.outside"))
        return told

    # --- 2 -----------------------------------------------------------------------------------

    def scope(self) -> list[Block]:
        say, now = self.say, self.figures.now
        methods = ", ".join(sorted(now.methods)) or messages.say("amount.not_assessed", self.lang)
        factors = ", ".join(sorted(name for name in now.factors if name != NONE)) or "–"
        on_file = f"{self.figures.factors.version}, SHA-256 {self.figures.factors.sha256[:12]}"
        rows = [
            ("goal", say("report.goal.text")),
            ("unit", say("report.unit.text", thousand=self.integer(1000))),
            ("floor", say("report.floor.text", count=self.shown("R1.unjudged"))),
            (
                "period",
                say(
                    "report.period.until" if "T" in self.context.last else "report.period.text",
                    first=self.day(self.context.first),
                    last=self.day(self.context.last),
                    zone=self.context.time_zone,
                ),
            ),
            ("perimeter", say("report.perimeter.text", what=self.perimeter())),
            ("allocation", say("report.allocation.text")),
            ("avoided", say("report.avoided.rule")),
            ("method", say("report.method.text", methods=methods)),
            ("factors", say("report.factors.text", factors=factors, on_file=on_file)),
            ("cutoff", say("report.cutoff.text")),
        ]
        table = Table(
            say("report.table.scope"),
            (say("report.head.item"), say("report.head.rule")),
            tuple((Cell(say(f"report.scope_item.{name}")), Cell(text)) for name, text in rows),
            widths=(1, 4),
            words=True,
        )
        used = {name for name in now.factors if name != NONE}
        notes = [Note(say("report.factors.other"))] if used - {self.figures.factors.name} else []
        return [table, *notes, *self.boundaries(), self.words()]

    def words(self) -> Table:
        """What a reader who is no auditor needs, once."""
        names = ["rung", "attempt", "token", "interval", "energy", "gwp", "adpe", "pe", "wcf"]
        names += ["stages", "tier", "classes"]
        return Table(
            self.say("report.table.words"),
            (self.say("report.head.word"), self.say("report.head.meaning")),
            tuple(
                (Cell(self.say(f"report.word.{name}")), Cell(self.say(f"report.meaning.{name}")))
                for name in names
            ),
            widths=(1, 4),
            words=True,
        )

    def boundaries(self) -> list[Block]:
        seen = self.figures.now.scope
        if not seen:
            return [Text(self.say("report.boundaries.none"))]
        total = max(sum(counts.values()) for counts in seen.values())
        columns: dict[str, list[Box]] = {status: [] for status in _STATUSES}
        for part in (*SCOPE, *sorted(set(seen) - set(SCOPE))):
            for status in _STATUSES:
                if count := seen.get(part, {}).get(status, 0):
                    label = self.called(f"report.scope.{part}", part)
                    share = self.percent(count, total)
                    columns[status].append(Box(label, self.say("report.of_attempts", share=share)))
        told = tuple(
            (self.say(f"report.status.{status}"), tuple(boxes)) for status, boxes in columns.items()
        )
        alt = " ".join(
            self.say(
                "report.boundaries.alt",
                status=status,
                parts=", ".join(f"{b.label} ({b.detail})" for b in boxes) or "–",
            )
            for status, boxes in told
        )
        return [
            Diagram(self.say("report.boundaries.caption", count=self.integer(total)), alt, told),
            Text(self.say("report.boundaries.note")),
        ]

    # --- 3 -----------------------------------------------------------------------------------

    def inventory(self) -> list[Block]:
        say = self.say
        blocks: list[Block] = [Text(say("report.inventory.text"))]
        outcomes = [
            (name.rpartition(".")[2], name)
            for name in self.figures.by_id
            if name.startswith("R3.exchanges.")
        ]
        tries = {n.rpartition(".")[2] for n in self.figures.by_id if n.startswith("R3.attempts.")}
        rows = [
            (
                Cell(self.outcome(outcome)),
                self.cell(f"R3.exchanges.{outcome}"),
                self.cell(f"R3.attempts.{outcome}") if outcome in tries else Cell("–"),
            )
            for outcome in sorted({o for o, _ in outcomes} | tries)
        ]
        rows = [(row[0], row[1] if row[1].ref else Cell("–"), row[2]) for row in rows]
        rows.append(
            (Cell(say("report.total")), self.cell("R1.exchanges"), self.cell("R1.attempts"))
        )
        blocks.append(
            Table(
                say("report.table.outcomes"),
                (
                    say("report.head.outcome"),
                    say("report.head.exchanges"),
                    say("report.head.attempts"),
                ),
                tuple(rows),
                "R3.exchanges.‹…› R3.attempts.‹…›",
            )
        )
        for field in FIELDS:
            named = self.figures.names.get(field, [])
            if not named:
                continue
            head = (
                say(f"report.field.{field}"),
                *(say(f"report.head.{name}") for name in INVENTORY),
            )
            ends = [(end, self.label(field, name)) for end, name, _ in named[:SHOWN_ROWS]]
            cells = [
                (Cell(label), *(self.cell(f"R3.{field}.{end}.{name}") for name in INVENTORY))
                for end, label in ends
            ]
            cells.append(
                (Cell(say("report.total")), *(self.cell(f"R3.all.{n}") for n in INVENTORY))
            )
            refs = f"R3.{field}.‹…›.{{{', '.join(INVENTORY)}}}"
            blocks.append(Table(say(f"report.table.{field}"), head, tuple(cells), refs))
            if len(named) > SHOWN_ROWS:
                blocks.append(Text(say("report.more_rows", count=len(named) - SHOWN_ROWS)))
        if any(row[0] == FEW for named in self.figures.names.values() for row in named):
            blocks.append(Text(say("report.few.note", count=FEW_KEYS)))
        lost, guessed = self.shown("R1.not_assessed"), self.shown("R1.estimated")
        mid, whole = self.figures.mid, self.figures.mid("R1.attempts")
        blocks.append(
            Note(
                say(
                    "report.inventory.not_assessed",
                    lost=lost,
                    share=self.percent(mid("R1.not_assessed"), whole),
                    unreached=self.shown("R1.unreached"),
                    guessed=guessed,
                    guessed_share=self.percent(mid("R1.estimated"), whole),
                )
            )
        )
        blocks.append(Command(say("report.prove"), self.context.prove("R3.all.output_tokens")))
        return blocks

    # --- 4 -----------------------------------------------------------------------------------

    def results(self) -> list[Block]:
        say = self.say
        rows = []
        for name in IMPACTS:
            known = self.cell(f"R1.{name}.assessed").text
            out_of = say("report.out_of", part=known, whole=self.shown("R1.attempts"))
            stages = (
                [Cell("–"), Cell("–")]
                if name == "energy"
                else [self.stage(name, "use"), self.stage(name, "embodied")]
            )
            rows.append(
                (
                    Cell(say(f"report.amount.{name}")),
                    self.cell(f"R1.{name}.total"),
                    *stages,
                    Cell(out_of, f"R1.{name}.assessed"),
                )
            )
        blocks: list[Block] = [
            Text(say("report.results.text")),
            Table(
                say("report.table.stages"),
                (
                    say("report.head.amount"),
                    say("report.head.total"),
                    say("report.head.use"),
                    say("report.head.embodied"),
                    say("report.head.assessed"),
                ),
                tuple(rows),
                "R1.{energy, gwp, adpe, pe, wcf}.total · R4.‹…›.use · R4.‹…›.embodied",
                widths=(3, 4, 4, 4, 2),
            ),
            *self.per_unit(),
        ]
        for field in ("rung", "use_case", "team"):
            blocks += self.by(field)
        blocks += [*self.by_day(), *self.tiers(), *self.in_vain()]
        blocks.append(Heading(say("report.avoided")))
        if self.of("R4.avoided.gwp") is not None:
            text = say(
                "report.avoided.text",
                value=self.shown("R4.avoided.gwp"),
                count=self.shown("R4.avoided.count"),
            )
        else:
            text = say("report.avoided.none")
        blocks += [Note(text), *self.measured()]
        blocks.append(Command(say("report.prove"), self.context.prove("R4.gwp.use")))
        return blocks

    def stage(self, name: str, stage: str) -> Cell:
        """A stage's amount, and in how many attempts where those are not all that the total has."""
        known = self.figures.mid(f"R4.{name}.{stage}.assessed")
        cell = self.cell(f"R4.{name}.{stage}")
        if known and known < self.figures.mid(f"R1.{name}.assessed"):
            return Cell(
                cell.text + self.say("report.in_attempts", count=self.integer(known)), cell.ref
            )
        return cell

    def per_unit(self) -> list[Block]:
        rows = [
            (Cell(self.say(f"report.amount.{name}")), self.cell(f"R1.{name}.per_answer"))
            for name in IMPACTS
            if f"R1.{name}.per_answer" in self.figures.by_id
        ]
        if "R1.gwp.per_1000_tokens" in self.figures.by_id:
            label = self.say("report.per_1000", thousand=self.integer(1000))
            rows.append((Cell(label), self.cell("R1.gwp.per_1000_tokens")))
        if not rows:
            return []
        head = (self.say("report.head.amount"), self.say("report.head.per_answer"))
        return [Table(self.say("report.table.per_answer"), head, tuple(rows), "R1.‹…›.per_answer")]

    def ranked(self, field: str) -> list[tuple[str, str]]:
        """The rows of a field, the largest climate impact first: end of the id, label."""
        named = sorted(
            self.figures.names.get(field, ()),
            key=lambda row: -self.figures.mid(f"R4.{field}.{row[0]}.gwp"),
        )
        return [(end, self.label(field, name)) for end, name, _ in named[:SHOWN_ROWS]]

    def chart(self, field: str) -> list[Block]:
        rows = [(label, f"R4.{field}.{end}.gwp") for end, label in self.ranked(field)]
        return self.bars(self.say(f"report.bars.{field}"), rows)

    def by(self, field: str) -> list[Block]:
        shown = self.ranked(field)
        if not shown:
            return []
        head = (
            self.say(f"report.field.{field}"),
            *(self.say(f"report.amount.{name}") for name in IMPACTS),
            self.say("report.head.gwp_each"),
        )
        names = (*IMPACTS, "gwp.per_answer")
        rows = tuple(
            (
                Cell(label),
                *(self.cell(f"R4.{field}.{end}.{name}") for name in names),
            )
            for end, label in shown
        )
        refs = f"R4.{field}.‹…›.{{{', '.join(names)}}}"
        chart = [] if field == "rung" else self.chart(field)
        return [*chart, Table(self.say(f"report.table.results.{field}"), head, rows, refs)]

    def bars(self, caption: str, rows: Iterable[tuple[str, str]]) -> list[Block]:
        """A chart of middles and intervals on a logarithmic scale."""
        known = [
            (label, self.shown(name), value, name)
            for label, name in rows
            if (value := self.of(name)) is not None
        ]
        bars, powers = on_log_scale(known)
        if not bars:
            return []
        ticks = tuple((place, self.power(int(power))) for place, power in powers)
        alt = "; ".join(f"{label}: {shown}" for label, shown, _, _ in known)
        return [Bars(caption, alt, bars, ticks)]

    def by_day(self) -> list[Block]:
        days = [name for name in self.figures.by_id if name.startswith("R4.day.")]
        if not 1 < len(days) <= 62:
            return []
        rows = [(self.day(name.split(".")[2]), name) for name in days]
        return self.bars(self.say("report.bars.day"), rows)

    def tiers(self) -> list[Block]:
        say, mid = self.say, self.figures.mid
        whole, grams = mid("R1.gwp.assessed"), mid("R1.gwp.total")
        rows = [
            (
                Cell(say(f"report.tier.{tier}")),
                self.cell(f"R4.tier.{tier}.attempts"),
                Cell(self.percent(mid(f"R4.tier.{tier}.attempts"), whole)),
                self.cell(f"R4.tier.{tier}.gwp") if mid(f"R4.tier.{tier}.attempts") else Cell("–"),
                Cell(self.percent(mid(f"R4.tier.{tier}.gwp"), grams)),
            )
            for tier in "ABCD"
        ]
        head = ("tier", "attempts", "share", "gwp", "share")
        return [
            Table(
                say("report.table.tiers"),
                tuple(say(f"report.head.{name}") for name in head),
                tuple(rows),
                "R4.tier.{A, B, C, D}.{attempts, gwp}",
                widths=(5, 2, 2, 4, 2),
            )
        ]

    def in_vain(self) -> list[Block]:
        ends = [n.split(".")[2] for n in self.figures.by_id if n.startswith("R3.attempts.")]
        if not ends:
            return []
        rows = tuple(
            (
                Cell(self.outcome(end)),
                self.cell(f"R3.attempts.{end}"),
                self.cell(f"R4.attempts.{end}.energy"),
                self.cell(f"R4.attempts.{end}.gwp"),
            )
            for end in ends
        )
        head = (
            self.say("report.head.outcome"),
            self.say("report.head.attempts"),
            self.say("report.amount.energy"),
            self.say("report.amount.gwp"),
        )
        table = Table(self.say("report.table.vain"), head, rows, "R4.attempts.‹…›.{energy, gwp}")
        return [table, Text(self.say("report.vain.text"))]

    def measured(self) -> list[Block]:
        say = self.say
        if not self.figures.mid("R4.energy.windows"):
            whole = self.context.team is None and self.context.use_case is None
            why = say("report.measured.none" if whole else "report.measured.perimeter")
            return [Heading(say("report.measured")), Text(why)]
        rows = tuple(
            (Cell(say(f"report.measured.{name}")), self.cell(f"R4.energy.{name}"))
            for name in ("measured", "attributed", "unattributed", "modelled_here")
        )
        head = (say("report.head.energy"), say("report.amount.energy"))
        now = self.figures.now
        text = say(
            "report.measured.text",
            count=self.shown("R4.energy.windows"),
            sources=", ".join(sorted(now.sources)),
            zones=", ".join(self.label("zone", zone) for zone in sorted(now.measured)) or "–",
            failures=self.integer(now.failures),
        )
        return [
            Heading(say("report.measured")),
            Table(say("report.table.measured"), head, rows, "R4.energy.‹…›"),
            Text(text),
        ]

    # --- 5 -----------------------------------------------------------------------------------

    def sensitivity(self) -> list[Block]:
        say = self.say
        total = self.of("R1.gwp.total")
        spans = [(name, self.of(f"R5.{name}")) for name in _TORNADO]
        known = [(name, span) for name, span in spans if span and (span[0] or span[2])]
        if total is None or not known:
            return [Text(say("report.sensitivity.none"))]
        known.sort(key=lambda row: row[1][0] - row[1][2])
        rows = [
            (
                say(f"report.factor.{name}"),
                self.between(total[1] + span[0], total[1] + span[2]),
                (total[1] + span[0], total[1], total[1] + span[2]),
                f"R5.{name}",
            )
            for name, span in known
        ]
        alt = "; ".join(f"{label}: {shown}" for label, shown, _, _ in rows)
        first = say("report.sensitivity.first", factor=rows[0][0], between=rows[0][1])
        middle = amount(exactly(total[1], "gCO2eq"), self.lang)
        bars, powers = on_log_scale(rows)
        ticks = tuple((place, self.power(int(power))) for place, power in powers)
        blocks: list[Block] = [
            Text(say("report.sensitivity.text")),
            Note(first),
            Bars(say("report.bars.tornado", total=middle), alt, bars, ticks),
        ]
        cells = []
        for name, _ in known:
            key = f"report.how.{name}" if name in _APPROXIMATE else "report.how.linear"
            cells.append(
                (
                    Cell(say(f"report.factor.{name}")),
                    Cell(next(r[1] for r in rows if r[3] == f"R5.{name}"), f"R5.{name}"),
                    Cell(say(key)),
                )
            )
        head = (say("report.head.factor"), say("report.head.total_between"), say("report.head.how"))
        blocks.append(
            Table(say("report.table.tornado"), head, tuple(cells), "R5.‹…›", (3, 3, 5), words=True)
        )
        places = [n for n in self.figures.by_id if n.startswith("R5.elsewhere.")]
        if places:
            rows_of_places = tuple(
                (Cell(say(f"report.place.{name.rpartition('.')[2]}")), self.cell(name))
                for name in places
            )
            top = (say("report.head.place"), say("report.amount.gwp"))
            blocks.append(
                Table(say("report.table.places"), top, rows_of_places, "R5.elsewhere.‹…›")
            )
            blocks.append(Text(say("report.places.text")))
        return blocks

    # --- 6 -----------------------------------------------------------------------------------

    def published(self) -> list[Block]:
        say = self.say
        count = PUBLISHED_TOKENS

        def told(value: float, unit: str) -> Cell:
            return Cell(amount(exactly(value, unit), self.lang))

        none = Cell(say("report.not_published"))
        rows = [
            (
                Cell(say("report.published.ours", count=count)),
                self.cell("R6.gwp"),
                self.cell("R6.wcf"),
                self.cell("R6.adpe"),
                Cell(say("report.published.ours_scope")),
            ),
            (
                Cell(say("report.published.mistral")),
                told(1.14, "gCO2eq"),
                told(0.045, "L"),
                told(0.16e-6, "kgSbeq"),
                Cell(say("report.published.mistral_scope")),
            ),
            (
                Cell(say("report.published.ecologits")),
                told(0.013, "gCO2eq"),
                none,
                none,
                Cell(say("report.published.ecologits_scope")),
            ),
        ]
        head = (
            say("report.head.source"),
            say("report.amount.gwp"),
            say("report.amount.wcf"),
            say("report.amount.adpe"),
            say("report.head.scope"),
        )
        return [
            Text(say("report.published.text", count=count)),
            Table(
                say("report.table.published", count=count),
                head,
                tuple(rows),
                "R6.{gwp, wcf, adpe}",
                (3, 3, 3, 3, 5),
                words=True,
            ),
            Note(say("report.published.note")),
        ]

    # --- 7 -----------------------------------------------------------------------------------

    def rebound(self) -> list[Block]:
        say = self.say
        change = self.figures.change
        names = [name for name in self.figures.by_id if name.startswith("R7.effect.")]
        dates = {
            "first": self.day(self.context.before_first),
            "last": self.day(self.context.before_last),
        }
        if not names:
            return [Text(say("report.rebound.none", **dates))]
        rows = tuple(
            (Cell(say(f"report.effect.{name.rpartition('.')[2]}")), Cell(self.signed(name), name))
            for name in names
        )
        rows += ((Cell(say("report.effect.all")), Cell(self.signed("R7.change"), "R7.change")),)
        head = (say("report.head.effect"), say("report.head.change"))
        blocks: list[Block] = [
            Text(say("report.rebound.text", **dates)),
            *([Note(say("report.rebound.running"))] if self.context.running else []),
            Table(say("report.table.rebound"), head, rows, "R7.effect.‹…›"),
        ]
        if change is not None:
            blocks += [Points(tuple(self.indices(change))), Text(say("report.index.scale"))]
            blocks.append(Text(self.compared(change)))
        blocks += [
            Points(tuple(Cell(say(f"report.rebound.caveat_{n}")) for n in (1, 2, 3))),
            Command(say("report.prove"), self.context.prove("R7.change") + " --lines"),
        ]
        return blocks

    def indices(self, change: Change) -> Iterable[Cell]:
        for name, rebound in change.why.rebound.items():
            told = self.say(f"report.index.{name}")
            if rebound.index is None:
                yield Cell(
                    self.say(
                        "report.index.none", what=told, why=self.say(f"report.why.{rebound.why}")
                    )
                )
            else:
                value = self.minus(number(abs(rebound.index), self.lang), rebound.index)
                kind = self.say(f"report.kind.{rebound.kind}")
                text = self.say("report.index.line", what=told, value=value, kind=kind)
                yield Cell(text, f"R7.index.{name}")

    def compared(self, change: Change) -> str:
        """How many exchanges of each period the comparison holds, and what may spoil it."""
        told = [
            self.say(
                "report.rebound.counted",
                before=self.integer(change.before.requests),
                now=self.integer(change.now.requests),
                lost_before=self.integer(change.before.unassessed),
                lost=self.integer(change.now.unassessed),
            )
        ]
        if change.before.factors != change.now.factors:
            told.append(self.say("report.rebound.other_factors"))
        if change.why.volume_split is not None:
            told.append(
                self.say(
                    "report.rebound.users",
                    users=self.signed("R7.volume.users"),
                    rate=self.signed("R7.volume.requests_per_user"),
                    before=self.integer(change.before.users),
                    now=self.integer(change.now.users),
                )
            )
        return " ".join(told)

    # --- 8 and 9 -----------------------------------------------------------------------------

    def limits(self) -> list[Block]:
        keys = ("interval", "sums", "stages", "quality", "factors", "cpu", "persons", "use")
        return [Points(tuple(Cell(self.say(f"report.limit.{key}")) for key in keys))]

    def annex(self) -> list[Block]:
        say, context = self.say, self.context
        factors = self.figures.factors
        rows = [
            ("ledger", self.ledger()),
            ("head", f"{context.head[0]}:{context.head[1].hex()}" if context.head[0] else "–"),
            ("software", f"Sobre {context.version}"),
            ("file", f"{factors.version}, SHA-256 {factors.sha256}"),
        ]
        facts = Table(
            say("report.table.proof"),
            (say("report.head.item"), say("report.head.rule")),
            tuple((Cell(say(f"report.proof.{name}")), Cell(text)) for name, text in rows),
            widths=(1, 4),
            words=True,
        )
        pattern = context.prove("FIGURE").replace("--figure FIGURE", "--figure ‹id›")
        return [
            facts,
            Heading(say("report.commands")),
            Text(say("report.commands.text")),
            Command(say("report.commands.whole"), f"{context.command} --format json"),
            Command(say("report.commands.figure"), pattern),
            Command(say("report.commands.lines"), f"{pattern} --lines"),
            Command(say("report.commands.verify"), "sobre ledger verify"),
            Heading(say("report.formulae")),
            Points(tuple(Cell(say(f"report.formula_line.{n}")) for n in range(1, 8))),
            *self.factor_table(),
            self.figure_table(),
        ]

    def ledger(self) -> str:
        """Whether the chain stands."""
        verdict = self.context.verdict
        if verdict.broken is None:
            return self.say("report.ledger.stands", lines=self.integer(verdict.entries))
        why = messages.say(f"ledger.why.{verdict.broken.why}", self.lang)
        return self.say("report.ledger.broken", line=verdict.broken.seq, why=why)

    def factor_table(self) -> list[Block]:
        """The factors that these figures can rest on: of electricity, the places that occur."""
        now = self.figures.now
        if not now.methods:
            return []
        grids = {key.grid for key in now.cells} | {"WOR", "EEE"}
        places = {n.rpartition(".")[2] for n in self.figures.by_id if "elsewhere" in n}
        methods = " ".join(now.methods)
        kinds = {key.kind for key in now.cells}
        needed = {
            "ecologits": "ecologits" in methods,
            "image": "image" in methods,
            "cpu": bool(kinds & {"cpu", NONE}),
            "gpu": bool(kinds & {"gpu", NONE}),
        }

        def serves(factor: Factor) -> bool:
            parts = factor.id.split(".")
            if parts[0] == "electricity" and len(parts) == 3:
                return parts[1] in grids or (parts[1] in places and parts[2] == "gwp")
            return needed.get(parts[0], True)

        head = ("id", "value", "bounds", "unit", "source", "year", "basis")
        rows = tuple(
            (
                Cell(factor.id),
                Cell(self.exact(factor.value)),
                Cell(self.bounds(factor)),
                Cell(factor.unit),
                Cell(factor.source),
                Cell(str(factor.year or "–")),
                Cell(f"{factor.basis}; {factor.accounting}; {factor.perimeter}"),
            )
            for factor in self.figures.factors.by_id.values()
            if serves(factor)
        )
        table = Table(
            self.say("report.table.factors"),
            tuple(self.say(f"report.head.factor.{name}") for name in head),
            rows,
            widths=(8, 4, 6, 7, 14, 3, 14),
            words=True,
        )
        return [table, Text(self.say("report.factors.english"))]

    def bounds(self, factor: Factor) -> str:
        if factor.low == factor.high:
            return "–"
        return self.say("report.from_to", low=self.exact(factor.low), high=self.exact(factor.high))

    def figure_table(self) -> Table:
        """Every figure with its formula, so that each id on a page leads here."""
        head = tuple(self.say(f"report.head.{name}") for name in ("figure", "value", "formula"))
        rows = tuple(
            (
                Cell(figure.id, anchor=figure.id, detail=figure.id.startswith(_DETAIL)),
                Cell(self.signed(figure.id) if self.is_signed(figure) else self.shown(figure.id))
                if figure.id[:3] != "R5." or "elsewhere" in figure.id
                else Cell(self.delta(figure)),
                Cell(formula(figure, self.lang)),
            )
            for figure in self.figures.by_id.values()
        )
        details = sum(row[0].detail for row in rows)
        short = self.say("report.figures.short", count=self.integer(details)) if details else ""
        caption = self.say("report.table.figures")
        return Table(caption, head, rows, widths=(4, 4, 7), words=True, short=short)

    def is_signed(self, figure: Figure) -> bool:
        return figure.id.startswith(("R7.effect", "R7.change")) or (
            figure.value is not None and figure.value[0] < 0
        )

    def delta(self, figure: Figure) -> str:
        """``−1.9 to +2.1 g``: what a factor at its bounds takes off and puts on."""
        if figure.value is None:
            return messages.say("amount.not_assessed", self.lang)
        low, _, high = figure.value
        down = amount(exactly(abs(low), figure.unit), self.lang)
        up = amount(exactly(abs(high), figure.unit), self.lang)
        return self.say("report.from_to", low=f"−{down}", high=f"+{up}")
