"""``sobre measure``: what can be measured on this machine, and what was.

``check`` says whether anything is truly measured; ``report`` sets the measurements on record
against what the model had said.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import json
import math
import time
from typing import TYPE_CHECKING, Any

from sobre.core.quantity import Quantity
from sobre.messages import reason, say

if TYPE_CHECKING:
    from sobre.adapters.power.source import Source
    from sobre.footprint.share import Comparison

_SECONDS = 3.0
_PERIOD_S = 0.5


def add(subcommands: Any, lang: str) -> None:
    """Describe ``measure`` itself, which shows power now, with ``check`` and ``report``."""
    about = say("measure.about", lang)
    command = subcommands.add_parser("measure", help=about, description=about)
    seconds = say("measure.seconds", lang)
    command.add_argument("--seconds", type=_seconds, default=_SECONDS, metavar="N", help=seconds)
    command.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    command.set_defaults(run=run_now)
    verbs = command.add_subparsers(dest="verb", metavar="VERB")

    check = verbs.add_parser("check", help=say("measure.check", lang))
    check.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    check.set_defaults(run=run_check)

    report = verbs.add_parser("report", help=say("measure.report", lang))
    for option, key in (("--from", "measure.from"), ("--to", "measure.to")):
        dest = {"--from": "since", "--to": "until"}[option]
        report.add_argument(option, dest=dest, type=_moment, metavar="DATE", help=say(key, lang))
    report.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    report.set_defaults(run=run_report)


@dataclasses.dataclass(slots=True)
class _Found:
    """One source as it is here."""

    name: str
    source: Source | None = None
    why: str = ""
    """Why it is not used; a ``Reason``."""
    joules: float = 0.0
    watts: Quantity | None = None

    @property
    def used(self) -> bool:
        return self.source is not None and not self.why


def run_now(args: argparse.Namespace) -> int:
    """Each source: what it covers and what it says now, or why it is not used."""
    from sobre.adapters.power.source import Unreadable

    found = _look(args)
    running = [one for one in found if one.source is not None]
    started = time.monotonic()
    one = found[0]
    try:
        for one in running:
            one.source.start(time.monotonic())  # type: ignore[union-attr]  # chosen above
        while (left := started + args.seconds - time.monotonic()) > 0:
            time.sleep(min(_PERIOD_S, left))
            for one in running:
                reading = one.source.read(time.monotonic())  # type: ignore[union-attr]
                one.joules += 0.0 if reading is None else reading.joules
    except Unreadable as error:
        _print_broken(args, one.name, str(error))
        return 1
    finally:
        for one in running:
            one.source.close()  # type: ignore[union-attr]
    seconds = time.monotonic() - started
    for one in running:
        facts, watts = one.source.facts, one.joules / seconds  # type: ignore[union-attr]
        one.watts = Quantity(watts * facts.low, watts, watts * facts.high, "W", facts.name)
    _show(found, args)
    return 0


def run_check(args: argparse.Namespace) -> int:
    """Exit status 0 when something is measured, 1 where all is modelled from processor time."""
    found = _look(args)
    for one in found:
        if one.source is not None:
            one.source.close()
    _show(found, args)
    measured = any(one.used and one.source and one.source.facts.tier == "A" for one in found)
    if not args.json:
        print(say("measure.measured" if measured else "measure.modelled", args.lang))
    return 0 if measured else 1


def run_report(args: argparse.Namespace) -> int:
    """Measured and modelled energy by rung, and what nobody's call accounts for."""
    from sobre import config
    from sobre.adapters.stores.ledger import FILE, Reader
    from sobre.footprint.share import compare

    folder = config.load(args.config, data_dir=args.data_dir).data_dir
    energies: list[dict[str, Any]] = []
    exchanges: dict[str, dict[str, Any]] = {}
    if (folder / FILE).exists():
        since = -math.inf if args.since is None else args.since
        until = math.inf if args.until is None else args.until
        with Reader(folder) as reader:
            energies = reader.energy(since, until)
            exchanges = reader.of(sorted({name for e in energies for name in e["parts"]}))
    told = compare(energies, exchanges)
    if args.json:
        print(json.dumps(_plain(told, energies), ensure_ascii=False, indent=2))
    elif not energies:
        print(say("measure.none", args.lang))
    else:
        _tell(told, energies, args.lang)
    return 0


# --- Sources ----------------------------------------------------------------------------------


def _look(args: argparse.Namespace) -> list[_Found]:
    """Every source there is, those that are used opened. Raises ``ConfigError``."""
    from sobre import app, config
    from sobre.adapters.power.source import Unusable
    from sobre.core.reason import Reason

    settings = config.load(args.config, data_dir=args.data_dir)
    found: list[_Found] = []
    covered: frozenset[str] = frozenset()
    # A command's own processes do nothing: the model shows the whole machine's work.
    all_of_them = dataclasses.replace(settings.measure, processes="all")
    settings = dataclasses.replace(settings, measure=all_of_them)
    for finder in app.make_finders(settings, others=True):
        one = _Found(finder.name)
        found.append(one)
        try:
            one.source = finder.find()
        except Unusable as error:
            one.why = error.why
            continue
        if one.source.facts.covers & covered:
            one.why = Reason("a better one covers the same", "reason.power.covered")
        else:
            covered |= one.source.facts.covers
    left_out = Reason("the configuration leaves it out (measure.sources)", "reason.power.left_out")
    seen = {one.name for one in found}
    names = ("wall", "rapl", "nvml", "cpu-time")
    return found + [_Found(name, why=left_out) for name in names if name not in seen]


def _show(found: list[_Found], args: argparse.Namespace) -> None:
    if args.json:
        print(json.dumps([_source(one) for one in found], ensure_ascii=False, indent=2))
        return
    lang = args.lang
    for one in found:
        name = say(f"measure.source.{one.name}", lang)
        line = name
        if one.source is not None:
            facts = one.source.facts
            parts = ", ".join(say(_part(part), lang) for part in sorted(facts.covers))
            tier = say(f"measure.tier.{facts.tier}", lang)
            line = say("measure.covers", lang, name=name, parts=parts, tier=tier)
        if one.watts is not None:
            line = say("measure.draws", lang, line=line, power=_watts(one.watts, lang))
        if one.why:
            line = say("measure.unused", lang, line=line, why=reason(one.why, lang))
        print(line)
    if not any(one.used for one in found):
        print(say("measure.nothing", lang))


def _part(part: str) -> str:
    return f"measure.part.{part.replace(' ', '_')}"


def _source(one: _Found) -> dict[str, Any]:
    facts = one.source.facts if one.source is not None else None
    return {
        "source": one.name,
        "used": one.used,
        "why": str(one.why) or None,
        "covers": sorted(facts.covers) if facts else None,
        "tier": facts.tier if facts else None,
        "watts": one.watts.as_json() if one.watts else None,
    }


def _watts(watts: Quantity, lang: str) -> str:
    from sobre.messages.amounts import amount

    return amount(watts, lang)


def _print_broken(args: argparse.Namespace, source: str, why: str) -> None:
    if args.json:
        print(json.dumps({"source": source, "failed": why}))
    else:
        name = say(f"measure.source.{source}", args.lang)
        print(say("measure.failed", args.lang, name=name, why=why))


# --- Report -----------------------------------------------------------------------------------


def _tell(told: Comparison, energies: list[dict[str, Any]], lang: str) -> None:
    from sobre.footprint.share import SEVERAL
    from sobre.messages.amounts import amount, number

    columns = ("rung", "exchanges", "measured", "expected", "ratio")
    rows = [[say(f"measure.column.{name}", lang) for name in columns]]
    for rung, row in sorted(told.rungs.items()):
        rows.append(
            [
                say("measure.several", lang) if rung == SEVERAL else rung,
                str(row.exchanges),
                amount(Quantity(row.low, row.mid, row.high, "Wh"), lang),
                amount(_middle(row.modelled), lang),
                say("amount.not_assessed", lang) if row.ratio is None else number(row.ratio, lang),
            ]
        )
    if not told.rungs:
        print(say("measure.no_exchange", lang))
        rows.clear()
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for cells in rows:
        line = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        print("  ".join(line).rstrip())
    share = 100 * told.unattributed / told.total if told.total else 0.0
    print(
        say(
            "measure.unattributed",
            lang,
            amount=amount(_middle(told.unattributed), lang),
            total=amount(_middle(told.total), lang),
            share=number(share, lang),
            idle=amount(_middle(told.idle), lang),
        )
    )
    if told.unknown:
        print(say("measure.unknown", lang, amount=amount(_middle(told.unknown), lang)))
    if told.failed_seconds:
        print(say("measure.gaps", lang, seconds=number(told.failed_seconds, lang)))
    if told.with_idle:
        share = 100 * told.with_idle / told.total
        print(say("measure.with_idle", lang, share=number(share, lang)))
    if told.from_model:
        share = 100 * told.from_model / told.total
        print(say("measure.from_model", lang, share=number(share, lang)))
    print(say("measure.basis", lang, sources=_sources(energies, lang)))


def _middle(wh: float | None) -> Quantity | None:
    return None if wh is None else Quantity(wh, wh, wh, "Wh")


def _sources(energies: list[dict[str, Any]], lang: str) -> str:
    names = sorted({name for energy in energies for name in energy["sources"]})
    return ", ".join(say(f"measure.source.{name}", lang) for name in names)


def _plain(told: Comparison, energies: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "records": len(energies),
        "sources": sorted({name for energy in energies for name in energy["sources"]}),
        "unit": "Wh",
        "rungs": {
            rung: {
                "exchanges": row.exchanges,
                "measured": {"low": row.low, "mid": row.mid, "high": row.high},
                "modelled": row.modelled,
                "ratio": row.ratio,
            }
            for rung, row in sorted(told.rungs.items())
        },
        "total": told.total,
        "unattributed": told.unattributed,
        "idle": told.idle,
        "unknown": told.unknown,
        "from_model": told.from_model,
        "with_idle": told.with_idle,
        "failed_seconds": told.failed_seconds,
    }


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 3600:
        raise ValueError(text)
    return value


def _moment(text: str) -> float:
    """An ISO date or date and time; local time unless it says otherwise."""
    return dt.datetime.fromisoformat(text).astimezone().timestamp()
