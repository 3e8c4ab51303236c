"""``sobre batches``: look at the batches, and cancel one."""

from __future__ import annotations

import argparse
import contextlib
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sobre.messages import say

if TYPE_CHECKING:
    from sobre.adapters.stores.jobs import JobStore
    from sobre.jobs import Batch

Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse names it nowhere else


def add(subcommands: Subcommands[argparse.ArgumentParser], lang: str) -> None:
    command = subcommands.add_parser("batches", help=say("batches.about", lang))
    command.set_defaults(run=_list, json=False)
    verbs = command.add_subparsers(metavar="VERB")
    listing = verbs.add_parser("list", help=say("batches.list", lang))
    listing.set_defaults(run=_list)
    show = verbs.add_parser("show", help=say("batches.show", lang))
    show.set_defaults(run=_show)
    end = verbs.add_parser("cancel", help=say("batches.cancel", lang))
    end.set_defaults(run=_cancel)
    for verb in (show, end):
        verb.add_argument("id", metavar="ID", help=say("batches.id", lang))
    for verb in (listing, show, end):
        verb.add_argument("--json", action="store_true", help=say("cli.option.json", lang))


@contextlib.contextmanager
def _opened(args: argparse.Namespace) -> Iterator[JobStore]:
    from sobre import config
    from sobre.adapters.stores.jobs import JobStore
    from sobre.app import make_data_dir

    settings = config.load(args.config, data_dir=args.data_dir)
    make_data_dir(settings.data_dir)
    store = JobStore(
        settings.data_dir,
        keep_days=settings.batches.keep_days,
        keep_texts=settings.data.keep_texts,
    )
    with contextlib.closing(store):
        yield store


def _list(args: argparse.Namespace) -> int:
    from sobre.cli.shield import print_table

    with _opened(args) as store:
        found = store.batches()
    if args.json:
        _print_json([_told(batch, args.lang) for batch in found])
    elif not found:
        print(say("batches.none", args.lang))
    else:
        names = ("id", "status", "state", "lines", "start", "deadline", "gwp")
        head = [say(f"batches.column.{name}", args.lang) for name in names]
        print_table(head, [_row(batch, args.lang) for batch in found])
    return 0


def _row(batch: Batch, lang: str) -> tuple[str, ...]:
    from sobre.web.dialects.batches import state

    planned = batch.plan.start_at if batch.plan else None
    return (
        batch.id,
        say(f"batches.status.{batch.status}", lang),
        say(f"batches.state.{state(batch)}", lang),
        _lines(batch, lang),
        _moment(batch.started_at or planned),
        _moment(batch.deadline),
        _amounts(batch, lang)[1],
    )


def _lines(batch: Batch, lang: str) -> str:
    progress = batch.progress
    done = progress.completed + progress.failed
    return say("batches.lines", lang, done=done, total=progress.total, failed=progress.failed)


def _amounts(batch: Batch, lang: str) -> tuple[str, str]:
    """Energy and carbon, in words."""
    from sobre.core.quantity import Quantity
    from sobre.messages.amounts import amount

    progress = batch.progress
    if not progress.assessed:
        return amount(None, lang), amount(None, lang)
    energy, gwp = Quantity(*progress.energy, "Wh"), Quantity(*progress.gwp, "gCO2eq")
    return amount(energy, lang), amount(gwp, lang)


def _moment(at: float | None) -> str:
    return "–" if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _show(args: argparse.Namespace) -> int:
    with _opened(args) as store:
        batch = _found(store, args.id)
    if args.json:
        _print_json(_told(batch, args.lang))
        return 0
    rows = list(_pairs(batch, args.lang))
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"{name.ljust(width)}  {value}")
    return 0


def _pairs(batch: Batch, lang: str) -> Iterator[tuple[str, str]]:
    names = ("id", "status", "state", "lines", "start", "deadline", "gwp")
    for name, cell in zip(names, _row(batch, lang), strict=True):
        yield say(f"batches.column.{name}", lang), cell
    told = _told(batch, lang)
    about = told["sobre"]
    waited = about["deferral"] or {}
    for name, value in (
        ("energy", _amounts(batch, lang)[0]),
        ("endpoint", batch.endpoint),
        ("model", batch.model),
        ("why", about["why"]),
        ("zone", about["zone"]),
        ("deferral", waited.get("shown")),
        ("output", batch.output_file_id),
        ("error_file", batch.error_file_id),
        ("errors", " ".join(fault.message for fault in batch.errors)),
    ):
        if value:
            yield say(f"batches.field.{name}", lang), str(value)


def _cancel(args: argparse.Namespace) -> int:
    from sobre.web.jobs import cancel

    with _opened(args) as store:
        batch = cancel(store.update, _found(store, args.id), time.time())
    if args.json:
        _print_json(_told(batch, args.lang))
    else:
        print(say("batches.cancelling", args.lang, id=batch.id))
    return 0


def _found(store: JobStore, name: str) -> Batch:
    """Raises ``BadRequest`` when there is none of that name."""
    from sobre.errors import BadRequest

    batch = store.batch(name)
    if batch is None:
        raise BadRequest(
            f"There is no batch {name[:80]!r}.",
            code="batch_not_found",
            key="error.batches.none",
            params={"name": name[:80]},
        )
    return batch


def _told(batch: Batch, lang: str) -> dict[str, Any]:
    from sobre.web.dialects.batches import told

    return told(batch, lang, time.time())


def _print_json(value: object) -> None:
    import msgspec

    print(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2))
