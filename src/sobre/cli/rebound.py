"""``sobre rebound``: why the impact changed between two periods, from the ledger."""

from __future__ import annotations

import argparse
import contextlib
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from sobre.errors import BadRequest
from sobre.messages import say

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sobre.core.quantity import Quantity
    from sobre.footprint.rebound import Decomposition, Period, Rebound

Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse names it nowhere else

CAVEATS = ("accounting", "growth", "routing", "tokens", "intervals", "left_out")
_APART = 0.05
"""Shares of requests not assessed that differ by more are pointed out."""
_BAR = 24
_NOISE = 1e-9


class Span(NamedTuple):
    """Half-open, Unix seconds, with the two dates as they were given."""

    start: float
    end: float
    told: tuple[str, str]


def add(subcommands: Subcommands[argparse.ArgumentParser], lang: str) -> None:
    about = say("rebound.about", lang)
    command = subcommands.add_parser("rebound", help=about, description=about)
    for name in ("before", "after"):
        command.add_argument(
            f"--{name}",
            nargs=2,
            required=True,
            metavar=("FROM", "TO"),
            help=say(f"rebound.{name}", lang),
        )
    command.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    command.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from sobre import config
    from sobre.footprint.rebound import decompose

    spans = {name: _span(getattr(args, name), name, args.lang) for name in ("before", "after")}
    folder = config.load(args.config, data_dir=args.data_dir).data_dir
    periods = {name: _period(folder, span) for name, span in spans.items()}
    for name, period in periods.items():
        if not period.requests:
            raise BadRequest(
                f"the {name} period holds no request whose impact was assessed.",
                remedy="Choose another.",
                key="error.rebound_empty",
                params={"which": _which(name, args.lang)},
            )
    before, after = periods["before"], periods["after"]
    made = decompose(
        before.segments, after.segments, users_before=before.users, users_after=after.users
    )
    warnings = list(_warnings(spans, before, after, args.lang))
    if args.json:
        print(json.dumps(_plain(made, spans, periods, warnings, args.lang), ensure_ascii=False))
        return 0
    print("\n".join(_told(made, spans, periods, args.lang)))
    for warning in warnings:
        print(warning)
    print("\n" + say("rebound.caveats", args.lang))
    for caveat in CAVEATS:
        print("- " + say(f"rebound.caveat.{caveat}", args.lang))
    return 0


def _period(folder: Path, span: Span) -> Period:
    from sobre.adapters.stores.ledger import FILE, Reader
    from sobre.footprint.rebound import segments

    if not (folder / FILE).exists():
        return segments(())
    with Reader(folder) as lines:
        return segments(_records(record for _, record in lines.exchanges(span.start, span.end)))


def _records(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Without those that someone damaged, which ``sobre ledger verify`` names."""
    for line in lines:
        with contextlib.suppress(ValueError, TypeError):
            yield json.loads(line)


def _told(
    made: Decomposition, spans: dict[str, Span], periods: dict[str, Period], lang: str
) -> Iterator[str]:
    """The two periods, the waterfall between them, the indices."""
    from sobre.messages.amounts import amount

    totals = {"before": made.before, "after": made.after}
    for name, period in periods.items():
        start, end = (_day(text, lang) for text in spans[name].told)
        told = {"start": start, "end": end, "amount": amount(totals[name], lang)}
        which = say(f"rebound.which.{name}", lang)
        counts = {"requests": period.requests, "users": period.users}
        yield say("rebound.period", lang, which=which, **told, **counts)
        if period.unassessed:
            yield say("rebound.unassessed", lang, unassessed=period.unassessed)
        if period.unanswered:
            yield say("rebound.unanswered", lang, unanswered=period.unanswered)
    yield ""
    rows = list(_rows(made))
    labels = [say(f"rebound.effect.{name}", lang) for name, _ in rows]
    least = _NOISE * max(made.before.mid, made.after.mid)
    figures = [_signed(effect, least, lang) for _, effect in rows]
    wide, far = max(map(len, labels)), max(map(len, figures))
    most = max(abs(effect.mid) for _, effect in rows) or 1.0
    for label, figure, (_, effect) in zip(labels, figures, rows, strict=True):
        bar = ("+" if effect.mid > 0 else "-") * round(_BAR * abs(effect.mid) / most)
        share = f"{100 * effect.mid / made.before.mid:+.0f}" if made.before.mid else "–"
        share = "0" if share in ("+0", "-0") else share.replace("-", "−")
        tail = say("rebound.share", lang, share=share)
        yield f"  {label.ljust(wide)}  {figure.ljust(far)}  {tail}  {bar}".rstrip()
    yield ""
    yield say("rebound.indices", lang)
    for name, index in made.rebound.items():
        what = say(f"rebound.index.{name}", lang)
        yield say("rebound.line", lang, what=what, value=_sentence(index, lang))


def _rows(made: Decomposition) -> Iterator[tuple[str, Quantity]]:
    """The effects in order, those of volume apart where they are known, and their sum."""
    from sobre.core.quantity import Quantity

    for name, effect in made.effects.items():
        if name == "volume" and made.volume_split:
            yield "users", made.volume_split[0]
            yield "requests_per_user", made.volume_split[1]
        elif effect.mid or name not in ("entered", "left"):
            yield name, effect
    yield "change", Quantity(made.change, made.change, made.change, made.before.unit)


def _signed(effect: Quantity, least: float, lang: str) -> str:
    """An amount that may be below 0, with its interval; below ``least`` it is a rounding error."""
    from sobre.core.quantity import Quantity
    from sobre.messages.amounts import amount

    def one(value: float) -> str:
        size = abs(value) if abs(value) > least else 0.0
        shown = amount(Quantity(size, size, size, effect.unit), lang)
        return shown if size == 0 else ("+" if value > 0 else "−") + shown

    low, mid, high = one(effect.low), one(effect.mid), one(effect.high)
    if low == high:
        return mid
    return say("amount.interval", lang, value=mid, low=low, high=high)


def _sentence(index: Rebound, lang: str) -> str:
    if index.index is None:
        return say(f"rebound.why.{index.why}", lang)
    shown = f"{index.index:.2f}".replace("-", "−")
    if lang == "fr":
        shown = shown.replace(".", ",")
    return say(f"rebound.kind.{index.kind}", lang, index=shown)


def _warnings(spans: dict[str, Span], before: Period, after: Period, lang: str) -> Iterator[str]:
    """What else than use may have moved the figures."""
    first, then = spans["before"], spans["after"]
    if first.start < then.end and then.start < first.end:
        yield say("rebound.warn.overlap", lang)
    for key, old, new in (
        ("factors", before.factors, after.factors),
        ("methods", before.methods, after.methods),
    ):
        if old != new or len(old | new) > 1:
            told = {"before": _listed(old, lang), "after": _listed(new, lang)}
            yield say(f"rebound.warn.{key}", lang, **told)
    shares = [p.unassessed / (p.requests + p.unassessed) for p in (before, after)]
    if abs(shares[0] - shares[1]) > _APART:
        percents = {"before": round(100 * shares[0]), "after": round(100 * shares[1])}
        yield say("rebound.warn.unassessed", lang, **percents)


def _listed(names: frozenset[str], lang: str) -> str:
    return ", ".join(name or say("rebound.unsaid", lang) for name in sorted(names))


def _plain(
    made: Decomposition,
    spans: dict[str, Span],
    periods: dict[str, Period],
    warnings: list[str],
    lang: str,
) -> dict[str, Any]:
    totals = {"before": made.before, "after": made.after}
    split = made.volume_split
    return {
        **{
            name: {
                "from": spans[name].told[0],
                "to": spans[name].told[1],
                "impact": totals[name].as_json(),
                "requests": period.requests,
                "users": period.users,
                "not_assessed": period.unassessed,
                "unanswered": period.unanswered,
                "factors": sorted(period.factors),
                "methods": sorted(period.methods),
            }
            for name, period in periods.items()
        },
        "change_g": made.change,
        "effects": {name: effect.as_json() for name, effect in made.effects.items()},
        "volume_split": split
        and {"users": split[0].as_json(), "requests_per_user": split[1].as_json()},
        "segments": made.segments,
        "rebound": {
            name: {
                "index": one.index,
                "expected_g": one.expected,
                "realised_g": one.realised,
                "kind": one.kind,
                "why": one.why or None,
                "words": _sentence(one, lang),
            }
            for name, one in made.rebound.items()
        },
        "warnings": warnings,
        "caveats": [say(f"rebound.caveat.{caveat}", lang) for caveat in CAVEATS],
    }


def _span(given: list[str], name: str, lang: str) -> Span:
    """Local time; of two days the last is part of the period. Raises ``BadRequest``."""
    from datetime import timedelta

    start, end = _moment(given[0]), _moment(given[1])
    if len(given[1].strip()) == len("2026-01-31"):
        end += timedelta(days=1)
    if not start < end:
        raise BadRequest(
            f"the {name} period ends before it begins: {given[0]}, {given[1]}.",
            key="error.rebound_period",
            params={"which": _which(name, lang), "start": given[0], "end": given[1]},
        )
    return Span(start.timestamp(), end.timestamp(), (given[0], given[1]))


def _day(text: str, lang: str) -> str:
    """A day or moment that was typed, as ``lang`` writes it."""
    moment = _moment(text)
    clock = "" if len(text.strip()) == len("2026-01-31") else " %H:%M"
    return moment.strftime(("%d/%m/%Y" if lang == "fr" else "%Y-%m-%d") + clock)


def _moment(text: str) -> datetime:
    from datetime import datetime

    try:
        return datetime.fromisoformat(text.strip()).astimezone()
    except ValueError as error:
        raise BadRequest(
            f"{text!r} is no day or moment: write it as 2026-01-31 or 2026-01-31T12:00.",
            key="error.rebound_moment",
            params={"given": repr(text)},
        ) from error


def _which(name: str, lang: str) -> str:
    return say(f"rebound.which.{name}", lang).lower()
