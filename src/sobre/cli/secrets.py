"""``sobre secrets``: what the firm wants kept, its documents and its own words."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sobre import messages
from sobre.errors import BadRequest
from sobre.messages import say

if TYPE_CHECKING:
    from sobre.adapters.stores.secrets import Document, Intake, Secrets, StoredTerm

Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse names it nowhere else

KINDS = ("customer", "code-name")
ABOUT_A_FILE = 5
"""A name that ends in a dot and so many characters or fewer is meant as a file."""


def add(subcommands: Subcommands[argparse.ArgumentParser], lang: str) -> None:
    command = subcommands.add_parser("secrets", help=say("secrets.about", lang))
    verbs = command.add_subparsers(dest="verb", metavar="VERB", required=True)
    adding = verbs.add_parser(
        "add", help=say("secrets.add", lang), description=say("secrets.add", lang)
    )
    adding.add_argument(
        "what", nargs="+", metavar="FOLDER|FILE|TERM", help=say("secrets.what", lang)
    )
    adding.add_argument("--owner", default="", help=say("secrets.owner", lang))
    adding.add_argument("--kind", choices=KINDS, help=say("secrets.kind", lang))
    adding.set_defaults(run=_add)
    listing = verbs.add_parser("list", help=say("secrets.list", lang))
    listing.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    listing.set_defaults(run=_list)
    remove = verbs.add_parser("remove", help=say("secrets.remove", lang))
    remove.add_argument("name", metavar="ID|NAME", help=say("secrets.name", lang))
    remove.set_defaults(run=_remove)
    refresh = verbs.add_parser("refresh", help=say("secrets.refresh", lang))
    refresh.set_defaults(run=_refresh)


def _folder(args: argparse.Namespace) -> Path:
    from sobre import config

    return config.load(args.config, data_dir=args.data_dir).data_dir


@contextlib.contextmanager
def _opened(args: argparse.Namespace) -> Iterator[Secrets]:
    from sobre.adapters.stores.secrets import Secrets
    from sobre.app import make_data_dir

    folder = _folder(args)
    make_data_dir(folder)
    with Secrets(folder) as secrets:
        yield secrets


def _add(args: argparse.Namespace) -> int:
    """Status 1 where a file could not be read: it is named, and it is not protected."""
    owner = args.owner or getpass.getuser()
    named = [(what, _is_term(what, args.kind)) for what in args.what]
    good = True
    with _opened(args) as secrets:
        for what, is_term in named:
            if is_term:
                term = secrets.add_term(what, args.kind or "term", owner, time.time())
                kind = say(f"secrets.kind.{term.kind}", args.lang)
                print(
                    say("secrets.term_added", args.lang, id=term.label, text=term.text, kind=kind)
                )
            else:
                good &= _take_in(secrets, Path(what), owner, args.lang)
    return 0 if good else 1


def _is_term(what: str, kind: str | None) -> bool:
    """Whether it is a term. Raises ``BadRequest`` for a path at which nothing is."""
    if kind is not None:
        return True
    path = Path(what)
    if path.exists():
        return False
    suffix = path.suffix[1:]
    meant = os.sep in what or (suffix.isalnum() and len(suffix) <= ABOUT_A_FILE and " " not in what)
    if meant:
        raise BadRequest(
            f"There is nothing at {what!r}.",
            remedy="Check the path; for a term that looks like one, give its --kind.",
            key="error.secrets_no_file",
            params={"path": what},
        )
    return True


def _take_in(secrets: Secrets, root: Path, owner: str, lang: str) -> bool:
    """Whether all of it could be read."""
    bar = Bar()
    told = secrets.take_in(root, owner, time.time(), bar.show)
    bar.end()
    counts = {
        name: getattr(told, name)
        for name in ("added", "changed", "unchanged", "dropped", "kept_out", "hidden")
    }
    print(say("secrets.taken_in", lang, path=root, **counts))
    _tell_unread(told, lang)
    return not told.unread and not told.left_out


def _tell_unread(told: Intake, lang: str) -> None:
    if told.unread:
        print(say("secrets.unread", lang, count=len(told.unread)), file=sys.stderr)
    for path, why in told.unread.items():
        print(f"  {path}  ({messages.reason(why, lang)})", file=sys.stderr)
    for path, names in told.left_out.items():
        left_out = say("secrets.left_out", lang, names=", ".join(names))
        print(f"  {path}  ({left_out})", file=sys.stderr)


def _refresh(args: argparse.Namespace) -> int:
    """Status 1 where a root is not there any more or a file could not be read."""
    good = True
    with _opened(args) as secrets:
        roots = secrets.roots()
        for root, owner in roots:
            try:
                good &= _take_in(secrets, root, owner, args.lang)
            except BadRequest as error:
                print(messages.explain(error, args.lang), file=sys.stderr)
                good = False
    if not roots:
        print(say("secrets.no_documents", args.lang))
    return 0 if good else 1


def _remove(args: argparse.Namespace) -> int:
    with _opened(args) as secrets:
        removed = secrets.remove(args.name)
    for name in removed:
        print(say("secrets.removed", args.lang, name=name))
    return 0


def _list(args: argparse.Namespace) -> int:
    from sobre.adapters.stores.secrets import FILE

    documents: list[Document] = []
    terms: list[StoredTerm] = []
    if (_folder(args) / FILE).exists():
        with _opened(args) as secrets:
            documents, terms = secrets.documents(), secrets.terms()
    if args.json:
        answer = {
            "documents": [_document_told(document) for document in documents],
            "terms": [term._asdict() | {"id": term.label} for term in terms],
        }
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return 0
    if not documents and not terms:
        print(say("secrets.none", args.lang))
    if documents:
        columns = ("id", "name", "characters", "fragments", "added", "owner")
        _print_table(
            columns,
            [
                (d.label, d.name, str(d.characters), str(d.fragments), _day(d.added_at), d.added_by)
                for d in documents
            ],
            args.lang,
        )
    if documents and terms:
        print()
    if terms:
        _print_table(
            ("id", "term", "kind", "added", "owner"),
            [
                (
                    t.label,
                    t.text,
                    say(f"secrets.kind.{t.kind}", args.lang),
                    _day(t.added_at),
                    t.owner,
                )
                for t in terms
            ],
            args.lang,
        )
    return 0


def _document_told(document: Document) -> dict[str, object]:
    """What may be shown: all but the file's digest."""
    told = document._asdict() | {"id": document.label}
    del told["digest"], told["mtime_ns"], told["method"]
    return told


def _print_table(columns: tuple[str, ...], rows: list[tuple[str, ...]], lang: str) -> None:
    head = tuple(say(f"secrets.column.{column}", lang) for column in columns)
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        print("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip())


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")


class Bar:
    """Files done, on standard error: redrawn on a terminal, a line each thousand elsewhere."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._drawn = 0.0

    def show(self, done: int, total: int, path: str) -> None:
        if self._live:
            now = time.monotonic()
            if now - self._drawn > 0.1:
                self._drawn = now
                line = f"{done}/{total}  {Path(path).name}"
                print(f"\r\x1b[K{line[:78]}", end="", file=sys.stderr, flush=True)
        elif done and done % 1000 == 0:
            print(f"{done}/{total}", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._live:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
