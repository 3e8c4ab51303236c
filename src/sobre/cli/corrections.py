"""The verbs of ``sobre shield`` that correct it: rules with an owner, tried and revoked here."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import json
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sobre.errors import BadRequest
from sobre.messages import say
from sobre.messages import shield as words

if TYPE_CHECKING:
    from sobre.adapters.stores.corrections import CorrectionStore
    from sobre.privacy import Detector
    from sobre.privacy.corrections import Correction

Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse names it nowhere else

ROLE = "admin"
"""Whoever can write in the data folder runs Sobre: no key is asked for on the command line."""
CLASSES = ("personal", "business", "secret")


def add(verbs: Subcommands[argparse.ArgumentParser], lang: str) -> None:
    correct = verbs.add_parser("correct", help=say("shield.correct", lang))
    which = correct.add_mutually_exclusive_group(required=True)
    which.add_argument("--clear", metavar="TEXT", help=say("shield.correct.clear", lang))
    which.add_argument("--mask", metavar="TEXT", help=say("shield.correct.mask", lang))
    correct.add_argument("--kind", metavar="KIND", help=say("shield.correct.kind", lang))
    correct.add_argument(
        "--class", dest="data_class", choices=CLASSES, help=say("shield.correct.class", lang)
    )
    correct.add_argument("--reason", default="", help=say("shield.correct.reason", lang))
    correct.add_argument("--owner", default="", help=say("shield.correct.owner", lang))
    correct.add_argument("--team", default="", help=say("shield.correct.team", lang))
    correct.add_argument("--force", action="store_true", help=say("shield.correct.force", lang))
    correct.set_defaults(run=_correct)
    listing = verbs.add_parser("corrections", help=say("shield.corrections", lang))
    listing.add_argument("--all", action="store_true", help=say("shield.corrections.all", lang))
    listing.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    listing.set_defaults(run=_list)
    revoke = verbs.add_parser("revoke", help=say("shield.revoke", lang))
    revoke.add_argument("id", metavar="ID", help=say("shield.id", lang))
    revoke.set_defaults(run=_revoke)
    test = verbs.add_parser("test", help=say("shield.test", lang))
    test.add_argument("--file", type=Path, metavar="FILE", help=say("shield.test.file", lang))
    test.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    test.set_defaults(run=_test)


def _folder(args: argparse.Namespace) -> Path:
    from sobre import config

    return config.load(args.config, data_dir=args.data_dir).data_dir


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[CorrectionStore]:
    from sobre.adapters.stores.corrections import CorrectionStore

    store = CorrectionStore(folder)
    with contextlib.closing(store):
        yield store


# --- Making and ending ---------------------------------------------------------------------------


def _correct(args: argparse.Namespace) -> int:
    from sobre.app import make_data_dir
    from sobre.privacy.corrections import KEEP_CLEAR, MASK, corrected

    if args.clear is not None and (args.kind or args.data_class):
        raise BadRequest("--kind and --class go with --mask.", key="error.correction_mask_only")
    masks = args.mask is not None
    draft = corrected(
        MASK if masks else KEEP_CLEAR,
        args.mask if masks else args.clear,
        owner=args.owner or getpass.getuser(),
        role=ROLE,
        made_at=time.time(),
        kind=args.kind or "",
        data_class=args.data_class or "",
        team=args.team,
        reason=args.reason,
        forced=args.force,
    )
    folder = _folder(args)
    if not masks:
        _check_clearable(draft, folder, args.lang)
    make_data_dir(folder)
    with _opened(folder) as store:
        done = store.add(draft)
    if masks:
        kind = words.kind(done.kind, args.lang)
        print(say("shield.masked", args.lang, id=done.label, text=done.text, kind=kind))
    else:
        print(say("shield.kept", args.lang, id=done.label, text=done.text))
    return 0


def _check_clearable(draft: Correction, folder: Path, lang: str) -> None:
    """Raises ``BadRequest`` where the text alone shows that the rule would not get its way."""
    from sobre.cli.shield import detectors
    from sobre.privacy.corrections import may_clear
    from sobre.privacy.inspect import MASKED, find

    for hit in find(draft.text, detectors(folder, None, corrected=False)):
        if hit.data_class in MASKED and not may_clear(draft, hit):
            raise BadRequest(
                f"{draft.text!r} holds what a correction does not clear"
                f" ({hit.kind}: {hit.evidence}).",
                remedy="If you answer for it, repeat with --force.",
                key="error.correction_needs_force",
                params={
                    "text": draft.text,
                    "kind": words.kind(hit.kind, lang),
                    "evidence": words.evidence(hit.evidence, lang),
                },
            )


def _revoke(args: argparse.Namespace) -> int:
    from sobre.app import make_data_dir

    folder = _folder(args)
    make_data_dir(folder)
    with _opened(folder) as store:
        ended = store.revoke(args.id, time.time())
    print(say("shield.revoked", args.lang, id=ended.label, text=ended.text))
    return 0


def _list(args: argparse.Namespace) -> int:
    with _opened(_folder(args)) as store:
        found = [c for c in store.all() if args.all or c.revoked_at is None]
    if args.json:
        told = [c._asdict() | {"id": c.label} for c in found]
        print(json.dumps(told, ensure_ascii=False, indent=2))
    elif not found:
        print(say("shield.none", args.lang))
    else:
        columns = ["id", "text", "verb", "team", "owner", "made", "reason"]
        _print(columns + ["state"] * args.all, [_row(c, args) for c in found], args.lang)
    return 0


def _row(correction: Correction, args: argparse.Namespace) -> tuple[str, ...]:
    state = "active" if correction.revoked_at is None else "revoked"
    told = {} if correction.revoked_at is None else {"day": _day(correction.revoked_at)}
    ending = (say(f"shield.state.{state}", args.lang, **told),) if args.all else ()
    return (
        correction.label,
        correction.text,
        _verb(correction, args.lang),
        correction.team or say("shield.everyone", args.lang),
        correction.owner,
        _day(correction.made_at),
        correction.reason,
        *ending,
    )


def _verb(correction: Correction, lang: str) -> str:
    told = {"kind": words.kind(correction.kind, lang)} if correction.kind else {}
    verb = say(f"shield.verb.{correction.verb}", lang, **told)
    return say("shield.verb.forced", lang, verb=verb) if correction.forced else verb


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")


def _print(columns: Sequence[str], rows: Sequence[Sequence[str]], lang: str) -> None:
    from sobre.cli.shield import print_table

    print_table([say(f"shield.column.{name}", lang) for name in columns], rows)


# --- Trying --------------------------------------------------------------------------------------


def _test(args: argparse.Namespace) -> int:
    """Status 1 where a correction does not get its way."""
    from sobre.cli.shield import detectors, read_file

    folder = _folder(args)
    text = read_file(args.file) if args.file else None
    with _opened(folder) as store:
        held = [c for c in store.all() if c.revoked_at is None]
    without = detectors(folder, None, corrected=False)
    results: list[dict[str, Any]] = []
    for one in held:
        others = [c for c in held if c.id != one.id and c.team in ("", one.team)]
        result: dict[str, Any] = {"id": one.label, "text": one.text, "verb": one.verb}
        result["own"] = effect(one, others, one.text, without)
        if text is not None:
            result["file"] = effect(one, others, text, without)
        results.append(result)
    if args.json:
        print(json.dumps(results, ensure_ascii=False, indent=2))
    elif not results:
        print(say("shield.none", args.lang))
    else:
        _show_results(held, results, args.lang)
    return int(any("overruled" in (r["own"], r.get("file")) for r in results))


def effect(
    one: Correction, others: Sequence[Correction], text: str, detectors: Sequence[Detector]
) -> str:
    """What a correction does to a text: ``works``, ``unneeded``, ``overruled`` or ``absent``."""
    from sobre.privacy.corrections import MASK, ready
    from sobre.privacy.fold import fold
    from sobre.privacy.inspect import MASKED, find

    folded, places = fold(text)
    spans = ready([one]).stands(folded).get(one.id, [])
    if places is not None:
        spans = [(places[start], places[end - 1] + 1) for start, end in spans]
    if not spans:
        return "absent"

    def hidden(*rules: Correction) -> list[bool]:
        """For each character where the correction's text stands, whether it would be masked."""
        hits = [hit for hit in find(text, (*detectors, ready(rules))) if hit.data_class in MASKED]
        covered = bytearray(len(text))
        for hit in hits:
            covered[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
        return [bool(covered[place]) for start, end in spans for place in range(start, end)]

    wanted = one.verb == MASK
    after = hidden(*others, one)
    if hidden(*others) != after:
        return "works"
    return "unneeded" if all(seen is wanted for seen in after) else "overruled"


def _show_results(held: Sequence[Correction], results: Sequence[dict[str, Any]], lang: str) -> None:
    columns = ["id", "text", "verb", "own"] + ["file"] * ("file" in results[0])
    rows = [
        (
            one.label,
            one.text,
            _verb(one, lang),
            *(say(f"shield.effect.{result[name]}", lang) for name in columns[3:]),
        )
        for one, result in zip(held, results, strict=True)
    ]
    _print(columns, rows, lang)
    print("\n" + say("shield.effects", lang))
