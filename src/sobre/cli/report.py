"""``sobre report``: what a period cost the planet, to be read, printed and checked."""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sobre import __version__, config, messages
from sobre.errors import BadRequest, ConfigError

if TYPE_CHECKING:
    from sobre.adapters.stores.ledger import Reader
    from sobre.observatory import Figure, Figures, Record, Row, Splitter
    from sobre.reports.words import Context

FORMATS = ("html", "pdf", "csv", "json")
DAY = dt.timedelta(days=1)


def add(subcommands: Any, lang: str) -> None:
    """Describe ``report impact``."""

    def told(key: str) -> str:
        return messages.say(f"report.cli.{key}", lang)

    report = subcommands.add_parser("report", help=told("about"), description=told("about"))
    verbs = report.add_subparsers(dest="verb", metavar="VERB", required=True)
    impact = verbs.add_parser("impact", help=told("impact"), description=told("impact"))
    impact.set_defaults(run=run)
    impact.add_argument("--from", dest="first", required=True, metavar="DATE", help=told("from"))
    impact.add_argument("--to", dest="last", required=True, metavar="DATE", help=told("to"))
    impact.add_argument("--format", choices=FORMATS, default="html", help=told("format"))
    impact.add_argument(
        "--lang",
        dest="report_lang",
        choices=messages.LANGUAGES,
        default=None,
        help=told("report_lang"),
    )
    impact.add_argument("--team", metavar="TEAM", help=told("team"))
    impact.add_argument("--use-case", metavar="NAME", help=told("use_case"))
    impact.add_argument("--output", type=Path, metavar="FILE", help=told("output"))
    impact.add_argument("--figure", metavar="ID", help=told("figure"))
    impact.add_argument("--lines", action="store_true", help=told("lines"))


class Span(NamedTuple):
    """A period, ``[since, until)`` in Unix seconds."""

    since: float
    until: float

    @property
    def before(self) -> Span:
        """The period of equal length that ends where this one begins."""
        return Span(2 * self.since - self.until, self.since)


class Walk(NamedTuple):
    """How the records of one report are read, the same each time."""

    reader: Reader
    last: int
    team: str | None
    use_case: str | None
    splitter: Splitter
    names: set[str]
    """The teams, or failing those the use cases, met outside the perimeter."""

    def records(self, span: Span) -> Iterator[tuple[int, Record]]:
        """Those of the period and perimeter. A measurement of the machine belongs to no team."""
        for seq, record in self.reader.walk(span.since, span.until, last=self.last):
            if self.team is None and self.use_case is None:
                yield seq, record
                continue
            actor = record.get("actor")
            team = actor.get("team") if isinstance(actor, dict) else None
            use_case = record.get("use_case")
            if self.team is not None and (team or "") != self.team:
                self.names.update([team] if team and isinstance(team, str) else ())
                continue
            if self.use_case is not None and (use_case or "") != self.use_case:
                if self.team is None:
                    self.names.update([use_case] if use_case and isinstance(use_case, str) else ())
                continue
            yield seq, record

    def rows(self, span: Span) -> Iterator[Row]:
        from sobre.observatory import rows_of

        for seq, record in self.records(span):
            yield from rows_of(seq, record, self.splitter) or ()


def run(args: argparse.Namespace) -> int:
    """Make the report, or print one of its figures."""
    from sobre.adapters.stores.ledger import FILE, Reader

    lang = args.report_lang or args.lang
    now = time.time()
    span = _span(args.first, args.last, now)
    if args.lines and args.figure is None:
        raise BadRequest(
            "--lines goes with --figure.",
            remedy="Name the figure whose lines you want.",
            key="error.report_lines",
        )
    if args.format == "pdf" and not args.output and not args.figure and sys.stdout.isatty():
        raise BadRequest(
            "a PDF cannot be shown in a terminal.",
            remedy="Add --output FILE.",
            key="error.report_terminal",
        )
    if args.output is not None and not args.output.parent.is_dir():
        parent = str(args.output.parent)
        raise ConfigError(
            f"the report cannot be written: there is no folder {parent!r}.",
            remedy="Make it, or choose another file with --output.",
            key="error.report_folder",
            params={"path": parent},
        )
    folder = config.load(args.config, data_dir=args.data_dir).data_dir
    if not (folder / FILE).exists():
        raise ConfigError(
            f"there is no ledger in {str(folder)!r} yet: nothing to report.",
            remedy="It begins with the first exchange.",
            key="error.report_no_ledger",
            params={"path": str(folder)},
        )
    with Reader(folder) as reader:
        figures, context, walk = _made(args, reader, span, now, lang)
        if context.names:
            names = ", ".join(context.names)
            print(messages.say("report.cli.nobody", lang, names=names), file=sys.stderr)
        if args.figure is not None:
            return _show(args, figures, walk, span, lang)
    _write(args, _rendered(args.format, figures, context, now, lang), lang)
    return 0


def _made(
    args: argparse.Namespace, reader: Reader, span: Span, now: float, lang: str
) -> tuple[Figures, Context, Walk]:
    """Read the ledger once for each of the two periods, and work out every figure."""
    from sobre import footprint, observatory
    from sobre.adapters import data
    from sobre.footprint import rebound
    from sobre.ledger.chain import Verdict
    from sobre.reports.words import Context

    factors = footprint.Factors.from_json(data.read("footprint", "factors.json"))
    head = reader.head()
    # One figure is asked for again and again: the chain is then left to `sobre ledger verify`.
    verdict = reader.verify() if args.figure is None else Verdict(*head, None)
    splitter = observatory.Splitter(factors, _day)
    walk = Walk(reader, head[0], args.team, args.use_case, splitter, set())
    cubes = observatory.Cube(), observatory.Cube()
    before = rebound.segments(observatory.observe(walk.records(span.before), cubes[0], splitter))
    walk.names.clear()
    period = rebound.segments(observatory.observe(walk.records(span), cubes[1], splitter))
    change = observatory.change(before, period)
    figures = observatory.figures(cubes[1], cubes[0], factors, change)
    context = Context(
        first=_asked(args.first),
        last=_asked(args.last),
        before_first=_shown(span.before.since),
        before_last=_shown(span.before.until, end=True),
        time_zone=_zone(span),
        made_at=_moment(now, lang),
        running=span.until > now,
        team=args.team,
        use_case=args.use_case,
        version=__version__,
        verdict=verdict,
        head=head,
        names=() if cubes[1].lines else tuple(sorted(walk.names)),
    )
    return figures, context, walk


def _rendered(form: str, figures: Figures, context: Context, now: float, lang: str) -> bytes:
    from sobre.reports import html, impact, pdf, tables

    if form == "json":
        return tables.as_json(figures, context, lang).encode()
    if form == "csv":
        return tables.as_csv(figures, context, lang).encode()
    document = impact.document(figures, context, lang)
    return pdf.render(document, now) if form == "pdf" else html.render(document).encode()


def _write(args: argparse.Namespace, content: bytes, lang: str) -> None:
    if args.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        args.output.write_bytes(content)
    except OSError as error:
        raise ConfigError(
            f"the report cannot be written: {str(args.output)!r}: {error.strerror}.",
            remedy="Choose another file with --output.",
            key="error.report_write",
            params={"path": str(args.output), "why": error.strerror},
        ) from error
    print(messages.say("report.cli.written", lang, path=args.output), file=sys.stderr)


def _show(args: argparse.Namespace, figures: Figures, walk: Walk, span: Span, lang: str) -> int:
    """One figure: its value in full, its formula, its ledger lines counted or listed."""
    from sobre.reports import tables
    from sobre.reports.words import formula

    figure = figures.by_id.get(args.figure)
    if figure is None:
        near = difflib.get_close_matches(args.figure, figures.by_id, 3, 0.3)
        raise BadRequest(
            f"there is no figure {args.figure!r} in this report.",
            remedy=f"Nearest: {', '.join(near)}.",
            key="error.report_figure",
            params={"figure": args.figure, "near": ", ".join(near) or "–"},
        )
    rows = walk.rows(span.before if figure.before else span)
    if args.lines:
        for text in tables.lines(figure, rows):
            sys.stdout.write(text)
        return 0
    print(_valued(figure, lang))
    print(messages.say("report.cli.figure_formula", lang, formula=formula(figure, lang)))
    if figure.share is None:
        count = len(figure.parts)
        print(messages.say("report.cli.figure_segments", lang, count=count))
    else:
        count = len({row.seq for row in rows if figure.adds(row) is not None})
        print(messages.say("report.cli.figure_lines", lang, count=count))
    return 0


def _valued(figure: Figure, lang: str) -> str:
    if figure.value is None:
        return messages.say("report.cli.figure_none", lang, id=figure.id)
    low, mid, high = figure.value
    value = f"{mid!r}" if low == mid == high else f"{mid!r} ({low!r} – {high!r})"
    said = messages.say(
        "report.cli.figure_value", lang, id=figure.id, value=value, unit=figure.unit
    )
    return said.rstrip()


def _span(first: str, last: str, now: float) -> Span:
    """The period; a last day is part of it. Raises ``BadRequest``."""
    since, until = _read(first), _read(last)
    if len(last) <= len("2026-01-31"):
        until += DAY
    started, ended = (moment.astimezone().timestamp() for moment in (since, until))
    if ended <= started:
        raise BadRequest(
            f"the period ends ({last}) before it begins ({first}).",
            remedy="Swap the two dates.",
            key="error.report_period",
            params={"first": first, "last": last},
        )
    if started > now:
        raise BadRequest(
            f"the period begins on {first}, which has not come yet.",
            remedy="Choose a past date.",
            key="error.report_future",
            params={"first": first},
        )
    return Span(started, ended)


def _read(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise BadRequest(
            f"{text!r} is not a date.",
            remedy="Write it like 2026-01-31, or 2026-01-31T18:00.",
            key="error.report_date",
            params={"text": text},
        ) from None


def _asked(text: str) -> str:
    """A bound as it is shown and repeated in commands: a day, or a moment with a ``T``."""
    moment = _read(text)
    if len(text) <= len("2026-01-31"):
        return moment.date().isoformat()
    short = moment.second == moment.microsecond == 0
    return moment.isoformat(timespec="minutes" if short else "auto")


def _day(at: float) -> str:
    return dt.datetime.fromtimestamp(at).astimezone().date().isoformat()


def _shown(at: float, *, end: bool = False) -> str:
    """The day of a bound; of an end at midnight, the day that it closes."""
    moment = dt.datetime.fromtimestamp(at).astimezone()
    if end and (moment.hour, moment.minute) in {(0, 0), (23, 0), (1, 0)}:
        moment -= dt.timedelta(hours=12)
    return moment.date().isoformat()


def _zone(span: Span) -> str:
    """``UTC+01:00``, or ``UTC+02:00 / UTC+01:00`` where the clocks changed meanwhile."""
    offsets = (dt.datetime.fromtimestamp(at).astimezone().strftime("%z") for at in span)
    return " / ".join(dict.fromkeys(f"UTC{offset[:3]}:{offset[3:]}" for offset in offsets))


def _moment(at: float, lang: str) -> str:
    moment = dt.datetime.fromtimestamp(at).astimezone()
    return moment.strftime("%d/%m/%Y %H:%M" if lang == "fr" else "%Y-%m-%d %H:%M")
