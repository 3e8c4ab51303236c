"""``sobre ledger``: read the ledger, verify it, erase texts from it."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import json
import sys
from pathlib import Path
from typing import Any

from sobre import config, messages
from sobre.core.exchange import Actor
from sobre.core.quantity import Quantity
from sobre.errors import BadRequest
from sobre.messages.amounts import amount


def add(subcommands: Any, lang: str) -> None:
    """Describe ``tail``, ``verify``, ``show`` and ``erase``."""

    def described(under: Any, name: str, key: str, run: Any) -> argparse.ArgumentParser:
        text = messages.say(key, lang)
        made: argparse.ArgumentParser = under.add_parser(name, help=text, description=text)
        made.set_defaults(run=run)
        return made

    def has_json(command: argparse.ArgumentParser) -> None:
        command.add_argument("--json", action="store_true", help=messages.say("ledger.json", lang))

    about = messages.say("ledger.about", lang)
    ledger = subcommands.add_parser("ledger", help=about, description=about)
    verbs = ledger.add_subparsers(dest="verb", metavar="VERB", required=True)

    tail = described(verbs, "tail", "ledger.tail", run_tail)
    tail.add_argument(
        "-n", type=_count, default=20, metavar="N", help=messages.say("ledger.n", lang)
    )
    has_json(tail)

    verify = described(verbs, "verify", "ledger.verify", run_verify)
    verify.add_argument(
        "--expect", type=_head, metavar="N:HASH", help=messages.say("ledger.expect", lang)
    )
    has_json(verify)

    show = described(verbs, "show", "ledger.show", run_show)
    show.add_argument("exchange", metavar="EXCHANGE", help=messages.say("ledger.exchange", lang))
    has_json(show)

    erase = described(verbs, "erase", "ledger.erase", run_erase)
    what = erase.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "exchange", nargs="?", metavar="EXCHANGE", help=messages.say("ledger.exchange", lang)
    )
    what.add_argument(
        "--before", type=_moment, metavar="DATE", help=messages.say("ledger.before", lang)
    )
    erase.add_argument("--yes", action="store_true", help=messages.say("ledger.yes", lang))
    has_json(erase)


def run_tail(args: argparse.Namespace) -> int:
    """The last lines, oldest first: a table, or one JSON list."""
    entries = []
    if (folder := _ledger(args)) is not None:
        from sobre.adapters.stores.ledger import Reader

        with Reader(folder) as reader:
            entries = reader.tail(args.n)
    if args.json:
        print(_json([_shown(*entry) for entry in entries]))
    elif entries:
        _table([entry.record for entry in entries], args.lang)
    elif folder is not None:
        print(messages.say("ledger.empty", args.lang))
    return 0


def run_verify(args: argparse.Namespace) -> int:
    """Exit status 0 when every line stands, 1 with the first that does not."""
    from sobre.ledger.chain import Break, Verdict, Why

    if (folder := _ledger(args)) is not None:
        from sobre.adapters.stores.ledger import Reader

        with Reader(folder) as reader:
            verdict = reader.verify(noted=args.expect)
    else:
        broken = Break(args.expect[0], Why.HEAD) if args.expect else None
        verdict = Verdict(0, b"", broken)
    if args.json:
        print(
            _json(
                {
                    "broken": verdict.broken
                    and {"line": verdict.broken.seq, "why": str(verdict.broken.why)},
                    "entries": verdict.entries,
                    "head": f"{verdict.entries}:{verdict.head.hex()}" if verdict.entries else None,
                    "ok": verdict.broken is None,
                }
            )
        )
    elif verdict.broken is not None:
        why = messages.say(f"ledger.why.{verdict.broken.why}", args.lang)
        print(messages.say("ledger.broken", args.lang, line=verdict.broken.seq, why=why))
    elif verdict.entries:
        print(
            messages.say(
                "ledger.valid",
                args.lang,
                entries=verdict.entries,
                head=f"{verdict.entries}:{verdict.head.hex()}",
            )
        )
    elif folder is not None:
        print(messages.say("ledger.empty", args.lang))
    return 0 if verdict.broken is None else 1


def run_show(args: argparse.Namespace) -> int:
    """One exchange whole, its texts last where they are left."""
    page = None
    if (folder := _ledger(args)) is not None:
        from sobre.adapters.stores.ledger import Reader

        with Reader(folder) as reader:
            page = reader.get(args.exchange)
    if page is None:
        if folder is not None or args.json:
            print(messages.say("ledger.unknown", args.lang, id=args.exchange), file=sys.stderr)
        return 1
    if args.json:
        print(_json(_shown(*page.entry) | {"ask": page.ask, "reply": page.reply}))
        return 0
    _table([page.entry.record], args.lang)
    print(_json(page.entry.record, indent=2))
    for key, text in (("ledger.asked", page.ask), ("ledger.answered", page.reply)):
        print(f"\n{messages.say(key, args.lang)}")
        print(messages.say("ledger.no_text", args.lang) if text is None else _json(text, indent=2))
    return 0


def run_erase(args: argparse.Namespace) -> int:
    """Erase after asking, unless ``--yes``. Exit status 1 when nothing was erased."""
    folder = _ledger(args)
    if folder is None:
        return 1
    if not args.yes and not _agreed(args):
        print(messages.say("ledger.left", args.lang), file=sys.stderr)
        return 1
    from sobre.adapters.stores.ledger import SqliteBook

    with SqliteBook(folder) as book:
        count = book.erase(args.exchange, before=args.before, by=_operator())
    if args.json:
        print(_json({"erased": count}))
    else:
        key = "ledger.erased" if count else "ledger.nothing"
        print(messages.say(key, args.lang, count=count))
    return 0 if count else 1


def _ledger(args: argparse.Namespace) -> Path | None:
    """The data directory, if a ledger is in it; else says that there is none yet."""
    from sobre.adapters.stores.ledger import FILE

    folder = config.load(args.config, data_dir=args.data_dir).data_dir
    if (folder / FILE).exists():
        return folder
    out = sys.stderr if args.json else sys.stdout
    print(messages.say("ledger.none", args.lang, path=folder), file=out)
    return None


def _agreed(args: argparse.Namespace) -> bool:
    if not sys.stdin.isatty():
        raise BadRequest(
            "nobody is there to confirm the erasure.",
            remedy="Add --yes.",
            key="error.ledger_confirm",
        )
    when = args.before and _date(args.before, args.lang)
    key = "ledger.sure_before" if when else "ledger.sure"
    answer = input(messages.say(key, args.lang, id=args.exchange, when=when) + " ")
    return answer.strip().lower() in {"y", "yes", "o", "oui"}


def _operator() -> Actor:
    """The person at the terminal, by the name of their account."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = ""
    return Actor("cli", name, "", "admin")


def _shown(seq: int, digest: bytes, record: dict[str, Any]) -> dict[str, Any]:
    return {"seq": seq, "hash": digest.hex()} | record


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _table(records: list[dict[str, Any]], lang: str) -> None:
    columns = ("time", "exchange", "who", "rung", "outcome", "gwp", "cost")
    rows = [[messages.say(f"ledger.column.{name}", lang) for name in columns]]
    rows += [_row(record, lang) for record in records]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def _row(record: dict[str, Any], lang: str) -> list[str]:
    who = record["actor"]["name"] or record["actor"]["key_id"]
    at = _date(record["received_at"], lang)
    if record["kind"] == "energy":
        count = messages.say("ledger.measured", lang, count=len(record["parts"]))
        return [at, record["id"], who, record["source"], count, _amount(record["total"], lang), ""]
    if record["kind"] == "approval":
        key = "ledger.approval_ended" if record["revoked"] else "ledger.approval_given"
        return [at, record["approval"], who, "–", messages.say(key, lang), "", ""]
    if record["kind"] != "exchange":
        count = messages.say("ledger.erased_short", lang, count=record.get("count", 0))
        return [at, record.get("exchange") or "–", who, "–", count, "", ""]
    outcome = messages.say(f"ledger.outcome.{record['outcome']}", lang)
    gwp = (record["impact"] or {}).get("gwp")
    return [
        at,
        record["id"],
        who,
        _kept(record["attempts"] or []),
        outcome,
        _amount(gwp, lang),
        _amount(record["cost"], lang),
    ]


def _kept(attempts: list[dict[str, Any]]) -> str:
    ends = {"kept", "hung_up"}
    return next((a["rung"] for a in reversed(attempts) if a["outcome"] in ends), "–")


def _amount(quantity: dict[str, Any] | None, lang: str) -> str:
    return amount(None if quantity is None else Quantity(**quantity), lang)


def _date(at: float, lang: str) -> str:
    moment = dt.datetime.fromtimestamp(at).astimezone()
    return moment.strftime("%d/%m/%Y %H:%M:%S" if lang == "fr" else "%Y-%m-%d %H:%M:%S")


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise ValueError(text)
    return value


def _head(text: str) -> tuple[int, bytes]:
    seq, _, digest = text.partition(":")
    return int(seq), bytes.fromhex(digest)


def _moment(text: str) -> float:
    """An ISO date or date and time; local time unless it says otherwise."""
    return dt.datetime.fromisoformat(text).astimezone().timestamp()
