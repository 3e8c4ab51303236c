"""``sobre keys``: make, list and revoke keys."""

from __future__ import annotations

import argparse
import json
import re
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sobre.errors import BadRequest
from sobre.messages import say

if TYPE_CHECKING:
    from sobre.adapters.stores.state import Credential, State

Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse names it nowhere else


def add(subcommands: Subcommands[argparse.ArgumentParser], lang: str) -> None:
    command = subcommands.add_parser("keys", help=say("cli.keys.about", lang))
    verbs = command.add_subparsers(metavar="VERB", required=True)
    create = verbs.add_parser("create", help=say("cli.keys.create", lang))
    create.add_argument("name", metavar="NAME", help=say("cli.keys.name", lang))
    create.add_argument("--team", default="", help=say("cli.keys.team", lang))
    create.add_argument("--days", type=positive_number, help=say("cli.keys.days", lang))
    create.add_argument("--budget-g", type=positive_number, help=say("cli.keys.budget_g", lang))
    create.add_argument("--budget-eur", type=positive_number, help=say("cli.keys.budget_eur", lang))
    create.set_defaults(run=_create)
    listing = verbs.add_parser("list", help=say("cli.keys.list", lang))
    listing.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    listing.set_defaults(run=_list)
    revoke = verbs.add_parser("revoke", help=say("cli.keys.revoke", lang))
    revoke.add_argument("name", metavar="NAME", help=say("cli.keys.name_or_id", lang))
    revoke.set_defaults(run=_revoke)


def positive_number(text: str) -> float:
    """Its name is what argparse tells of a wrong one."""
    value = float(text)
    if not 0 < value < 1e12:
        raise ValueError(text)
    return value


def _open(args: argparse.Namespace) -> State:
    from sobre import config
    from sobre.adapters.stores.state import State
    from sobre.app import make_data_dir

    folder = config.load(args.config, data_dir=args.data_dir).data_dir
    make_data_dir(folder)
    return State(folder)


def _create(args: argparse.Namespace) -> int:
    from sobre.app import new_key

    if not re.fullmatch(r"[^\x00-\x1f\x7f]{1,100}", args.name):
        raise BadRequest("A key's name needs 1 to 100 printable characters.", key="error.key_name")
    state = _open(args)
    key = new_key(
        state,
        args.name,
        team=args.team,
        expires_at=time.time() + args.days * 86400 if args.days else None,
        budget_g=args.budget_g,
        budget_eur=args.budget_eur,
    )
    state.close()
    print(say("cli.keys.created", args.lang, name=args.name))
    print(key)
    return 0


def _list(args: argparse.Namespace) -> int:
    state = _open(args)
    keys = state.keys()
    state.close()
    if args.json:
        print(json.dumps([_told(key) for key in keys], ensure_ascii=False, indent=2))
    elif not keys:
        print(say("cli.keys.none", args.lang))
    else:
        _print_table(keys, args.lang)
    return 0


def _print_table(keys: list[Credential], lang: str) -> None:
    columns = ("id", "name", "team", "made", "expires", "budget", "state")
    rows = [tuple(say(f"cli.keys.column.{column}", lang) for column in columns)]
    rows += [
        (
            key.id,
            key.name,
            key.team or "–",
            _day(key.made_at),
            _day(key.expires_at) if key.expires_at is not None else "–",
            _budget(key),
            say(f"cli.keys.state.{_state(key)}", lang),
        )
        for key in keys
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip())


def _budget(key: Credential) -> str:
    limits = ((key.budget_g, "gCO2eq"), (key.budget_eur, "€"))
    return ", ".join(f"{limit:g} {unit}" for limit, unit in limits if limit is not None) or "–"


def _revoke(args: argparse.Namespace) -> int:
    state = _open(args)
    key = state.revoke(args.name, time.time())
    state.close()
    print(say("cli.keys.revoked", args.lang, name=key.name))
    return 0


def _state(key: Credential) -> str:
    if key.revoked_at is not None:
        return "revoked"
    return "expired" if key.expires_at is not None and key.expires_at <= time.time() else "active"


def _told(key: Credential) -> dict[str, object]:
    told = key._asdict()
    del told["digest"], told["kind"], told["parent"]
    return {**told, "state": _state(key)}


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
