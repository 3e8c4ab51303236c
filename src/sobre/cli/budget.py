"""``sobre budget``: what carbon budgets have spent, what follows, and approvals to go on faster."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import json
import os
import re
import shlex
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sobre.errors import BadRequest
from sobre.messages import say

if TYPE_CHECKING:
    from sobre.adapters.stores.budgets import Approval, Approvals, Standing
    from sobre.config import Config
    from sobre.core.quantity import Quantity

Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse names it nowhere else

LONGEST_HOURS = 366 * 24.0


def add(subcommands: Subcommands[argparse.ArgumentParser], lang: str) -> None:
    command = subcommands.add_parser("budget", help=say("budget.about", lang))
    command.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    command.set_defaults(run=_status)
    verbs = command.add_subparsers(metavar="VERB")
    status = verbs.add_parser("status", help=say("budget.status", lang))
    # SUPPRESS: a verb's default would overwrite what was said before it
    quiet: dict[str, Any] = {"action": "store_true", "default": argparse.SUPPRESS}
    status.add_argument("--json", help=say("cli.option.json", lang), **quiet)
    approve = verbs.add_parser("approve", help=say("budget.do_approve", lang))
    approve.add_argument("--team", default="", help=say("budget.team", lang))
    approve.add_argument("--use-case", default="", help=say("budget.use_case", lang))
    approve.add_argument("--all", action="store_true", help=say("budget.everyone", lang))
    approve.add_argument(
        "--for", dest="hours", default="24h", metavar="TIME", help=say("budget.for", lang)
    )
    approve.add_argument("--by", default="", metavar="NAME", help=say("budget.by", lang))
    approve.add_argument("--json", help=say("cli.option.json", lang), **quiet)
    approve.set_defaults(run=_approve)
    revoke = verbs.add_parser("revoke", help=say("budget.do_revoke", lang))
    revoke.add_argument("id", metavar="ID", help=say("budget.id", lang))
    revoke.add_argument("--by", default="", metavar="NAME", help=say("budget.by", lang))
    revoke.set_defaults(run=_revoke)
    listing = verbs.add_parser("approvals", help=say("budget.approvals", lang))
    listing.add_argument("--all", action="store_true", help=say("budget.all", lang))
    listing.add_argument("--json", help=say("cli.option.json", lang), **quiet)
    listing.set_defaults(run=_approvals)


# --- What is spent -------------------------------------------------------------------------------


def _status(args: argparse.Namespace) -> int:
    from sobre import config

    settings, lang = config.load(args.config, data_dir=args.data_dir), args.lang
    standings = list(_standings(settings, time.time()))
    if args.json:
        print(json.dumps([_plain(one) for one in standings], ensure_ascii=False, indent=2))
        return 0
    if not standings:
        print(say("budget.none", lang))
    for one in standings:
        print("\n".join(_told(one, lang)))
    if standings and settings.steering.exempt:
        print(say("budget.exempt_list", lang, names=", ".join(settings.steering.exempt)))
    if found := _in_force(settings.data_dir, time.time()):
        print("\n".join([say("budget.in_force", lang), *(_line(one, lang) for one in found)]))
    return 0


def _standings(settings: Config, now: float) -> Iterator[Standing]:
    """Each budget from the ledger as it is on disk; the gateway may be running or not."""
    from sobre.adapters.stores.budgets import BudgetSteward
    from sobre.adapters.stores.ledger import FILE, Reader
    from sobre.app import make_budgets

    steward = BudgetSteward(make_budgets(settings), clock=lambda: now)
    if settings.budgets and (settings.data_dir / FILE).exists():
        with Reader(settings.data_dir) as lines:
            steward.load(lambda since, after: lines.exchanges(since, after=after), lines.first())
    yield from steward.standings(now)


def _told(one: Standing, lang: str) -> list[str]:
    from sobre.core.course import Level
    from sobre.core.quantity import Quantity
    from sobre.footprint.budget import DAY_HOURS, used_percent
    from sobre.messages.amounts import amount, number

    def grams(value: float) -> str:
        return amount(Quantity(value, value, value, "gCO2eq"), lang)

    budget, course = one.budget, one.course
    lines = [
        say(
            "budget.head",
            lang,
            name=budget.name,
            whose=whose(budget.team, budget.use_case, lang),
            limit=grams(budget.limit_g),
            start=_day(one.start, lang),
            end=_day(one.end - 1, lang),
        )
    ]
    used = used_percent(one.spent.high, budget.limit_g)
    lines.append(say("budget.spent", lang, spent=amount(one.spent, lang), used=used))
    if one.unassessed:
        counts = {"unassessed": one.unassessed, "requests": one.requests}
        lines.append(say("budget.unassessed", lang, **counts))
    if not course.budget:
        return [*lines, say("budget.out", lang)]
    rate = grams(course.rate)
    if course.burn is None:
        lines.append(say("budget.pace_spent", lang, rate=rate))
    else:
        pace = {"rate": rate, "allowed": grams(course.allowed_rate)}
        lines.append(say("budget.pace", lang, burn=number(course.burn, lang), **pace))
    if one.history_hours < DAY_HOURS:
        lines.append(say("budget.young", lang, hours=round(one.history_hours)))
    lines.append(say("budget.follows", lang, what=say(f"budget.level.{course.level}", lang)))
    if course.level is Level.APPROVE:
        lines.append(say("budget.to_approve", lang, command=_command(budget.team, budget.use_case)))
    if one.projection is None:
        lines.append(say("budget.no_projection", lang))
    else:
        lines.append(say("budget.projection", lang, projection=amount(one.projection, lang)))
    return lines


def whose(team: str, use_case: str, lang: str) -> str:
    """Whom a budget or an approval is for, in words."""
    if team and use_case:
        return say("budget.whose.both", lang, team=team, use_case=use_case)
    if team:
        return say("budget.whose.team", lang, team=team)
    if use_case:
        return say("budget.whose.use_case", lang, use_case=use_case)
    return say("budget.whose.all", lang)


def _command(team: str, use_case: str) -> str:
    """What to type to approve those whom a budget covers."""
    names = [("--team", team), ("--use-case", use_case)]
    options = " ".join(f"{option} {shlex.quote(name)}" for option, name in names if name)
    return f"sobre budget approve {options or '--all'} --for 24h"


def _plain(one: Standing) -> dict[str, Any]:
    course = one.course
    return {
        "name": one.budget.name,
        "team": one.budget.team or None,
        "use_case": one.budget.use_case or None,
        "start": _iso(one.start),
        "end": _iso(one.end),
        "limit_g": one.budget.limit_g,
        "spent": one.spent.as_json(),
        "last_24h": one.recent.as_json(),
        "history_hours": one.history_hours,
        "requests": one.requests,
        "not_assessed": one.unassessed,
        "in_force": bool(course.budget),
        "level": course.level,
        "burn": course.burn,
        "rate_g_per_h": course.rate,
        "allowed_g_per_h": course.allowed_rate,
        "projection": _quantity(one.projection),
    }


def _quantity(amount: Quantity | None) -> dict[str, Any] | None:
    return amount.as_json() if amount else None


# --- Approvals -----------------------------------------------------------------------------------


def _approve(args: argparse.Namespace) -> int:
    from sobre import config
    from sobre.adapters.stores.budgets import Approval
    from sobre.app import make_data_dir
    from sobre.footprint.budget import fold

    team, use_case = fold(args.team), fold(args.use_case)
    if bool(team or use_case) == args.all:
        raise BadRequest(
            "name whom the approval is for: --team, --use-case or --all.",
            key="error.budget_whose",
        )
    settings, now = config.load(args.config, data_dir=args.data_dir), time.time()
    if not settings.budgets:
        raise BadRequest(
            "there is no carbon budget, so nothing needs an approval.",
            remedy="Add a block [[budgets]] to sobre.toml.",
            key="error.budget_none",
        )
    ends_at = now + _hours(args.hours) * 3600
    made = Approval(os.urandom(3).hex(), team, use_case, now, ends_at, _by(args))
    make_data_dir(settings.data_dir)
    with _open(settings.data_dir) as approvals:
        _record(settings.data_dir, made, made.by, now, revoked=False)
        approvals.add(made)
    if args.json:
        print(json.dumps(_shown(made), ensure_ascii=False))
        return 0
    told = {"id": made.id, "whose": whose(team, use_case, args.lang), "by": made.by}
    print(say("budget.done", args.lang, end=_minute(ends_at, args.lang), **told))
    for words in _warnings(made, settings, args.lang):
        print(words)
    return 0


def _warnings(made: Approval, settings: Config, lang: str) -> Iterator[str]:
    """Why an approval opens less than whoever gave it may think."""
    from sobre.adapters.stores.state import State
    from sobre.core.course import Level
    from sobre.footprint.budget import fold

    if made.team:
        with contextlib.closing(State(settings.data_dir)) as state:
            keys = state.keys()
        known = {fold(key.team) for key in keys if key.revoked_at is None}
        if made.team not in known:
            yield say("budget.done_nobody", lang, team=made.team)
    for one in _standings(settings, made.made_at):
        pairs = (one.budget.team, made.team), (one.budget.use_case, made.use_case)
        met = all(not a or not b or a == b for a, b in pairs)
        if met and one.course.level is Level.EXHAUSTED:
            yield say("budget.done_spent", lang, name=one.budget.name)


def _revoke(args: argparse.Namespace) -> int:
    from sobre import config

    folder, now = config.load(args.config, data_dir=args.data_dir).data_dir, time.time()
    with _open(folder) as approvals:
        found = approvals.living(args.id, now)
        _record(folder, found, _by(args), now, revoked=True)
        approvals.revoke(found.id, now)
    print(say("budget.revoked", args.lang, id=found.id))
    return 0


def _approvals(args: argparse.Namespace) -> int:
    from sobre import config

    now, lang = time.time(), args.lang
    folder = config.load(args.config, data_dir=args.data_dir).data_dir
    found = _in_force(folder, now, ended=args.all)
    if args.json:
        print(json.dumps([_shown(one) for one in found], ensure_ascii=False, indent=2))
        return 0
    if not found:
        print(say("budget.no_approvals", lang))
    for one in found:
        print(_line(one, lang, over=not _holds(one, now)))
    return 0


def _in_force(folder: Path, now: float, *, ended: bool = False) -> list[Approval]:
    """The approvals that hold; with ``ended`` those that no longer do, too."""
    if not (folder / "state.sqlite3").exists():
        return []
    with _open(folder) as approvals:
        return [a for a in approvals.all() if ended or _holds(a, now)]


def _line(one: Approval, lang: str, *, over: bool = False) -> str:
    told = {"id": one.id, "whose": whose(one.team, one.use_case, lang), "by": one.by}
    key = "budget.approval_over" if over else "budget.approval"
    return say(key, lang, end=_minute(one.ends_at, lang), **told)


@contextlib.contextmanager
def _open(folder: Path) -> Iterator[Approvals]:
    from sobre.adapters.stores.budgets import Approvals

    with contextlib.closing(Approvals(folder)) as approvals:
        yield approvals


def _record(folder: Path, approval: Approval, by: str, now: float, *, revoked: bool) -> None:
    """In the ledger first: nothing is opened that is not on record."""
    from sobre.adapters.stores.ledger import SqliteBook
    from sobre.core.exchange import Actor
    from sobre.ledger import chain

    record = chain.approval(
        at=now,
        by=Actor("cli", by, "", "admin"),
        approval=approval.id,
        team=approval.team,
        use_case=approval.use_case,
        ends_at=approval.ends_at,
        revoked=revoked,
    )
    with SqliteBook(folder) as book:
        book.note(record)


def _by(args: argparse.Namespace) -> str:
    if name := args.by.strip():
        return str(name)
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise BadRequest("name who gives the approval: --by.", key="error.budget_by") from error


def _hours(text: str) -> float:
    """``24h`` or ``7d`` as hours. Raises ``BadRequest``."""
    found = re.fullmatch(r"(\d{1,5})([hd])", text.strip().lower())
    hours = float(found[1]) * (24 if found[2] == "d" else 1) if found else 0.0
    if not 0 < hours <= LONGEST_HOURS:
        raise BadRequest(
            f"{text!r} is no duration: give hours or days, such as 24h or 7d, at most 366d.",
            key="error.budget_for",
            params={"given": repr(text)},
        )
    return hours


def _holds(approval: Approval, now: float) -> bool:
    return approval.revoked_at is None and now < approval.ends_at


def _shown(approval: Approval) -> dict[str, Any]:
    return {
        "id": approval.id,
        "team": approval.team or None,
        "use_case": approval.use_case or None,
        "made_at": _iso(approval.made_at),
        "ends_at": _iso(approval.ends_at),
        "by": approval.by,
        "revoked_at": _iso(approval.revoked_at) if approval.revoked_at is not None else None,
    }


def _iso(at: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


def _day(at: float, lang: str) -> str:
    """A day of the budgets' own calendar, UTC."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at, UTC).strftime("%d/%m/%Y" if lang == "fr" else "%Y-%m-%d")


def _minute(at: float, lang: str) -> str:
    """A moment as the clock on the wall shows it."""
    from datetime import datetime

    form = "%d/%m/%Y %H:%M" if lang == "fr" else "%Y-%m-%d %H:%M"
    return datetime.fromtimestamp(at).astimezone().strftime(form)
