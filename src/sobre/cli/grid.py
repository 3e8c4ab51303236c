"""``sobre grid``: what one kWh emits where and when, one's own hours, and when to run a job."""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sobre.errors import BadRequest
from sobre.messages import catalogue, say

if TYPE_CHECKING:
    from datetime import datetime

    from sobre.config import Config
    from sobre.footprint import Factor, Factors, Interval
    from sobre.footprint.grid import HourProfile, Imported
    from sobre.footprint.schedule import Placement

Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse names it nowhere else

LONGEST_HOURS = 7 * 24.0
_AMOUNTS = {"gwp": "gCO2eq", "adpe": "kgSbeq", "pe": "MJ", "wue": "L"}


def add(subcommands: Subcommands[argparse.ArgumentParser], lang: str) -> None:
    command = subcommands.add_parser("grid", help=say("grid.about", lang))
    verbs = command.add_subparsers(metavar="VERB", required=True)
    as_json: dict[str, Any] = {"action": "store_true", "help": say("cli.option.json", lang)}
    listing = verbs.add_parser("list", help=say("grid.list", lang))
    listing.add_argument("--json", **as_json)
    listing.set_defaults(run=_list)
    show = verbs.add_parser("show", help=say("grid.show", lang))
    show.add_argument("zone", metavar="ZONE", help=say("grid.zone", lang))
    show.add_argument("--json", **as_json)
    show.set_defaults(run=_show)
    bring = verbs.add_parser("import", help=say("grid.import", lang))
    bring.add_argument("file", metavar="FILE", type=Path, help=say("grid.file", lang))
    bring.add_argument("--zone", help=say("grid.import.zone", lang))
    bring.add_argument("--name", metavar="TEXT", help=say("grid.name", lang))
    bring.add_argument(
        "--basis",
        choices=("location", "market"),
        default="location",
        help=say("grid.basis", lang),
    )
    bring.add_argument(
        "--accounting", choices=("life-cycle", "direct"), help=say("grid.accounting", lang)
    )
    bring.add_argument("--timezone", metavar="NAME", help=say("grid.timezone", lang))
    bring.add_argument("--json", **as_json)
    bring.set_defaults(run=_import)
    drop = verbs.add_parser("remove", help=say("grid.remove", lang))
    drop.add_argument("zone", metavar="ZONE", help=say("grid.zone", lang))
    drop.set_defaults(run=_remove)
    when = verbs.add_parser("when", help=say("grid.when", lang))
    when.add_argument("--zone", help=say("grid.when.zone", lang))
    when.add_argument(
        "--hours", type=_hours, default=2.0, metavar="H", help=say("grid.when.hours", lang)
    )
    when.add_argument(
        "--within", type=_hours, default=24.0, metavar="TIME", help=say("grid.when.within", lang)
    )
    when.add_argument("--from", dest="start", metavar="TIME", help=say("grid.when.from", lang))
    when.add_argument("--split", action="store_true", help=say("grid.when.split", lang))
    when.add_argument("--json", **as_json)
    when.set_defaults(run=_when)


def _hours(text: str) -> float:
    """``2``, ``1.5``, ``24h``, ``2d``."""
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*([hd]?)", text.strip().lower())
    value = float(found[1].replace(",", ".")) * (24 if found[2] == "d" else 1) if found else 0.0
    if not 0 < value <= LONGEST_HOURS:
        raise ValueError(text)
    return value


_hours.__name__ = "hours"  # what argparse tells of a wrong one


def _settings(args: argparse.Namespace) -> Config:
    from sobre import config

    return config.load(args.config, data_dir=args.data_dir)


# --- What is on file -----------------------------------------------------------------------------


def _list(args: argparse.Namespace) -> int:
    from sobre.adapters import grids

    folder, lang = _settings(args).data_dir, args.lang
    imported = grids.load(folder)
    profiles, factors = grids.profiles(folder), grids.factors(folder)
    if args.json:
        rows = [
            {**_yearly(zone, factors), "hours": zone in profiles, "imported": zone in imported}
            for zone in factors.grids
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    columns = ("zone", "place", "grams", "range", "hours", "source")
    table = [tuple(say(f"grid.column.{column}", lang) for column in columns)]
    for zone in sorted(factors.grids, key=lambda zone: (zone not in imported, zone)):
        grid = factors.grids[zone]
        hours = "imported" if zone in imported else "shipped" if zone in profiles else "none"
        bounds = f"{_round(grid.gwp.low)}–{_round(grid.gwp.high)}"
        source = factors.by_id[f"electricity.{zone}.gwp"].source
        said = say(f"grid.hours.{hours}", lang)
        table.append((zone, _named(zone, lang), _round(grid.gwp.mid), bounds, said, source))
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        print("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip())
    return 0


def _show(args: argparse.Namespace) -> int:
    from sobre.adapters import grids

    folder, lang = _settings(args).data_dir, args.lang
    zone = grids.find_zone(args.zone)
    own, factors = grids.load(folder).get(zone), grids.factors(folder)
    profile = grids.profiles(folder).get(zone)
    if args.json:
        print(json.dumps(_shown(zone, factors, own, profile), ensure_ascii=False, indent=2))
        return 0
    print(f"{zone}, {_named(zone, lang)}")
    if zone in factors.grids:
        print("\n".join(_told_factors(zone, factors, lang)))
    else:
        print(say("grid.no_factor", lang))
    for one in grids.atlas().published.get(zone, ()):
        line = say(
            "grid.published",
            lang,
            grams=_round(one.gco2_per_kwh),
            year=one.year or "–",
            source=one.source,
            counts=", ".join(_word(w, lang) for w in (one.basis, one.accounting, one.perimeter)),
        )
        print(f"{line} ({_word(one.licence, lang)})")
    print("\n".join(_told_hours(profile, lang)))
    if own:
        print("\n".join(_told_import(own, lang)))
    return 0


def _told_factors(zone: str, factors: Factors, lang: str) -> Iterator[str]:
    grid = factors.grids[zone]
    for name, unit in _AMOUNTS.items():
        factor = factors.by_id[f"electricity.{zone}.{name}"]
        yield say(
            f"grid.amount.{name}",
            lang,
            amount=_amount(getattr(grid, name), unit, lang),
            source=factor.source,
            counts=", ".join(_counts(factor, lang)),
        )
        if factor.id in factors.flags:
            yield "  " + say("grid.flag.pe", lang, value=_localised(_round(factor.value), lang))


def _told_hours(profile: HourProfile | None, lang: str) -> Iterator[str]:
    if profile is None:
        yield say("grid.profile.none", lang)
        return
    months = {m: sum(row) / 24 for m, row in enumerate(profile.month_hour, 1) if row is not None}
    known = [row for row in profile.month_hour if row is not None]
    day = [sum(row[hour] for row in known) / len(known) for hour in range(24)]
    low, high = min(months, key=months.__getitem__), max(months, key=months.__getitem__)
    yield say(
        "grid.profile",
        lang,
        source=profile.source,
        best=day.index(min(day)),
        best_grams=_round(min(day)),
        worst=day.index(max(day)),
        worst_grams=_round(max(day)),
        low=say(f"grid.month.{low}", lang),
        low_grams=_round(months[low]),
        high=say(f"grid.month.{high}", lang),
        high_grams=_round(months[high]),
        weekend=f"{100 * (profile.weekend_factor - 1):+.0f}".replace("-", "−"),
        clock=profile.timezone,
    )


def _shown(
    zone: str, factors: Factors, own: Imported | None, profile: HourProfile | None
) -> dict[str, Any]:
    from sobre.adapters import grids

    return {
        **_yearly(zone, factors),
        "factors": [
            factors.by_id[f"electricity.{zone}.{name}"]._asdict()
            for name in _AMOUNTS
            if zone in factors.grids
        ],
        "flags": {k: why for k, why in factors.flags.items() if k.split(".")[1] == zone},
        "published": [dataclasses.asdict(p) for p in grids.atlas().published.get(zone, ())],
        "profile": dataclasses.asdict(profile) if profile else None,
        "imported": own.as_json() if own else None,
    }


def _yearly(zone: str, factors: Factors) -> dict[str, Any]:
    grid = factors.grids.get(zone)
    gwp = grid and {"low": grid.gwp.low, "mid": grid.gwp.mid, "high": grid.gwp.high}
    return {
        "zone": zone,
        "name": {lang: _named(zone, lang) for lang in ("fr", "en")},
        "gco2_per_kwh": gwp,
        "source": factors.by_id[f"electricity.{zone}.gwp"].source if grid else None,
    }


# --- One's own -----------------------------------------------------------------------------------


def _import(args: argparse.Namespace) -> int:
    from sobre.adapters import grids
    from sobre.app import make_data_dir

    folder = _settings(args).data_dir
    own = grids.read_file(
        args.file,
        zone=args.zone,
        name=args.name,
        basis=args.basis,
        accounting=args.accounting and args.accounting.replace("-", " "),
        timezone=args.timezone,
    )
    make_data_dir(folder)
    path = grids.save(folder, own)
    if args.json:
        print(json.dumps({**own.as_json(), "path": str(path)}, ensure_ascii=False, indent=2))
        return 0
    print("\n".join(_told_import(own, args.lang)))
    print(say("grid.imported", args.lang, path=path))
    return 0


def _told_import(own: Imported, lang: str) -> Iterator[str]:
    profile = own.profile
    yield say(
        "grid.import.read",
        lang,
        zone=own.zone,
        amount=_amount(own.gwp, "gCO2eq", lang),
        count=own.count,
        minutes=own.step_minutes,
        first=own.first[:10],
        last=_last_day(own),
        file=own.file,
        hash=own.sha256[:12],
        name=own.name,
        counts=", ".join(
            _word(w, lang) for w in (profile.basis, profile.accounting, profile.perimeter)
        ),
    )
    for flag, value in own.flags.items():
        yield "  " + say(f"grid.flag.{flag}", lang, value=_localised(value, lang))


def _last_day(own: Imported) -> str:
    from datetime import datetime, timedelta

    return (datetime.fromisoformat(own.last) - timedelta(seconds=1)).date().isoformat()


def _remove(args: argparse.Namespace) -> int:
    from sobre.adapters import grids

    zone = grids.find_zone(args.zone)
    grids.remove(_settings(args).data_dir, zone)
    print(say("grid.removed", args.lang, zone=zone))
    return 0


# --- When to run a job ---------------------------------------------------------------------------


def _when(args: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from sobre.adapters import grids
    from sobre.footprint import schedule
    from sobre.footprint.grid import zone_info

    settings = _settings(args)
    named = args.zone or settings.electricity
    if not named:
        raise BadRequest("Which zone? Give --zone.", key="error.grid_which_zone")
    zone = grids.find_zone(named)
    profiles = grids.profiles(settings.data_dir)
    profile = profiles.get(zone)
    if profile is None:
        have = ", ".join(sorted(profiles))
        raise BadRequest(
            f"The hours of {zone} are not known; those of {have} are.",
            key="error.grid_no_profile",
            params={"zone": zone, "have": have},
        )
    clock = zone_info(profile.timezone)
    start = _moment(args.start, clock) if args.start else datetime.now(UTC)
    hours = int(-(-max(args.within, args.hours) // 1))
    placed = schedule.place(profile.series(start, hours), args.hours, args.within, split=args.split)
    if args.json:
        print(json.dumps(_plain(zone, placed, start), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_advice(zone, profile, placed, start, args)))
    return 0


def _moment(text: str, clock: Any) -> datetime:
    from datetime import datetime

    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(
            f"{text[:40]!r} is no time: write 2026-05-12T14:00.",
            key="error.grid_moment",
            params={"text": text[:40]},
        ) from error
    return found if found.tzinfo else found.replace(tzinfo=clock)


def _advice(
    zone: str, profile: HourProfile, placed: Placement, start: datetime, args: argparse.Namespace
) -> Iterator[str]:
    lang = args.lang
    place = _named(zone, lang)
    now = _round(placed.at_once_gco2_per_kwh)
    if not placed.in_time:
        yield say("grid.when.too_long", lang, hours=_number(args.hours, lang))
    elif not placed.waits:
        within = _number(args.within, lang)
        yield say("grid.when.now", lang, place=place, within=within, now=now)
    else:
        spans = ", ".join(_span(piece.start_h, piece.end_h, start, profile, lang)
                          for piece in placed.pieces)  # fmt: skip
        saving = placed.saving
        yield say(
            "grid.when.wait",
            lang,
            place=place,
            spans=spans,
            wait=_number(round(placed.start_h, 1), lang),
            then=_round(placed.gco2_per_kwh),
            now=now,
            share=_percent(saving.mid),
        )
        bound = "grid.when.bounds_cost" if saving.low < 0 else "grid.when.bounds"
        yield say(bound, lang, low=_percent(abs(saving.low)), high=_percent(saving.high))
    yield say("grid.when.basis", lang, source=profile.source, clock=profile.timezone)


def _span(a: float, b: float, start: datetime, profile: HourProfile, lang: str) -> str:
    from datetime import UTC, timedelta

    from sobre.footprint.grid import zone_info

    clock = zone_info(profile.timezone)
    begin, end = ((start.astimezone(UTC) + timedelta(hours=h)).astimezone(clock) for h in (a, b))
    return say(
        "grid.when.span",
        lang,
        day=say(f"grid.day.{begin.weekday()}", lang),
        begin=begin.strftime("%H:%M"),
        end=end.strftime("%H:%M"),
    )


def _plain(zone: str, placed: Placement, start: datetime) -> dict[str, Any]:
    from datetime import UTC, timedelta

    begin = start.astimezone(UTC)
    return {
        "zone": zone,
        "runs": [
            [(begin + timedelta(hours=h)).isoformat(timespec="seconds") for h in piece]
            for piece in placed.pieces
        ],
        "wait_h": placed.start_h,
        "in_time": placed.in_time,
        "gco2_per_kwh": placed.gco2_per_kwh,
        "at_once_gco2_per_kwh": placed.at_once_gco2_per_kwh,
        "saving": placed.saving._asdict(),
    }


# --- Words ---------------------------------------------------------------------------------------


def _named(zone: str, lang: str) -> str:
    from sobre.adapters import grids

    place = grids.atlas().places.get(zone)
    if place:
        return place.fr if lang == "fr" else place.en
    return _word(zone, lang)


def _counts(factor: Factor, lang: str) -> Iterator[str]:
    if factor.year:
        yield str(factor.year)
    for text in (factor.basis, factor.accounting, factor.perimeter):
        yield _word(text, lang)


def _word(text: str, lang: str) -> str:
    """A word of the data files in the person's language; as it is where none is known."""
    return catalogue(lang).get(f"grid.word.{text}", text)


def _amount(interval: Interval, unit: str, lang: str) -> str:
    from sobre.core.quantity import Quantity
    from sobre.messages.amounts import amount

    return amount(Quantity(interval.low, interval.mid, interval.high, unit), lang)


def _round(value: float) -> str:
    """Two significant digits: more would promise what no mix knows."""
    return f"{float(f'{value:.2g}'):g}"


def _number(value: float, lang: str) -> str:
    return f"{value:g}".replace(".", "," if lang == "fr" else ".")


def _localised(value: str, lang: str) -> str:
    """A number, a share or a name as the import wrote it down, set as the language does."""
    if lang != "fr" or not re.fullmatch(r"[\d.]+%?", value):
        return value
    return value.replace(".", ",").replace("%", "\u00a0%")


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"
