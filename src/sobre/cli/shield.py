"""``sobre shield``: what the shield sees in a text, what would leave of it, and how to correct it.

``sobre shield TEXT`` is short for ``sobre shield check TEXT``. Nothing here needs a server, a
configuration or a data folder; corrections and registered secrets count where there are any.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sobre import messages
from sobre.cli import corrections, lines
from sobre.cli.verbs import assume
from sobre.core.reason import Reason
from sobre.core.zone import BY_SLUG, Zone
from sobre.errors import BadRequest, PolicyRefusal
from sobre.messages import say
from sobre.messages.policy import capital

if TYPE_CHECKING:
    from sobre.core.exchange import Ask, Finding, Limits
    from sobre.policy import Rules
    from sobre.privacy import Detector, Hit

Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse names it nowhere else

DEFAULT_ZONE = "eu-hosted"
NARROWEST = 10
"""Characters of a column that is not cut further."""
_PAINT = {
    "personal": "\x1b[1;33m",
    "business": "\x1b[1;36m",
    "secret": "\x1b[1;31m",
    "sensitive": "\x1b[4;35m",
    "confidential": "\x1b[4;34m",
    "unreadable": "\x1b[4m",
}
_PLAIN = "\x1b[0m"
_SHOWN = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {0x7F: 0x2421}
"""Control characters as pictures of themselves: a text shall not drive the terminal."""


def add(subcommands: Subcommands[argparse.ArgumentParser], lang: str) -> None:
    command = subcommands.add_parser(
        "shield", help=say("shield.about", lang), description=say("shield.about.more", lang)
    )
    verbs = command.add_subparsers(
        dest="verb", metavar="VERB", required=True, parser_class=argparse.ArgumentParser
    )
    check = verbs.add_parser("check", help=say("shield.check", lang))
    check.add_argument("text", nargs="*", metavar="TEXT", help=say("shield.text", lang))
    check.add_argument("--file", type=Path, metavar="FILE", help=say("shield.file", lang))
    check.add_argument("--zone", choices=tuple(BY_SLUG), help=say("shield.zone", lang))
    check.add_argument("--team", default="", help=say("shield.team", lang))
    check.add_argument("--purpose", help=say("shield.purpose", lang))
    check.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    check.add_argument("--jsonl", action="store_true", help=say("shield.jsonl", lang))
    check.add_argument("--disguise", action="store_true", help=say("shield.disguise", lang))
    check.set_defaults(run=_check)
    corrections.add(verbs, lang)
    assume(command, verbs.choices, "check")


# --- Reading -------------------------------------------------------------------------------------


def _check(args: argparse.Namespace) -> int:
    if args.jsonl:
        if args.text or args.file:
            raise _two_texts()
        return _batch(args)
    text = _text(args)
    shield = Shield(args)
    hits = shield.find(text)
    toward = shield.toward(text, hits)
    if args.json:
        print(json.dumps(_told(text, hits, toward, args.lang), ensure_ascii=False, indent=2))
    else:
        _show(text, hits, toward, args.lang)
    return 0


def _text(args: argparse.Namespace) -> str:
    if args.file:
        if args.text:
            raise _two_texts()
        return read_file(args.file)
    text = " ".join(args.text)
    if text == "-" or (not text and not sys.stdin.isatty()):
        text = sys.stdin.read()
    if not text.strip():
        raise BadRequest(
            "There is no text to examine.",
            remedy="Give one, a --file, or - for standard input.",
            key="error.shield_no_text",
        )
    return text


def read_file(path: Path) -> str:
    """A text file. Raises ``BadRequest``."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadRequest(
            f"cannot read {str(path)!r}: {error.strerror}.",
            remedy="Check the path.",
            key="error.shield_file",
            params={"path": str(path), "why": error.strerror},
        ) from error
    except UnicodeDecodeError as error:
        raise BadRequest(
            f"{str(path)!r} is not UTF-8 text.",
            remedy="Convert it first.",
            key="error.shield_not_text",
            params={"path": str(path)},
        ) from error


def _two_texts() -> BadRequest:
    return BadRequest(
        "Give a text, a --file or --jsonl, not several of them.", key="error.shield_two_texts"
    )


class Shield:
    """All detectors there are, and the firm's policy."""

    def __init__(self, args: argparse.Namespace) -> None:
        from sobre import config

        self._args = args
        self._config = config.load(args.config, data_dir=args.data_dir)
        self.detectors = detectors(self._config.data_dir, args.team or None)

    def find(self, text: str) -> list[Hit]:
        from sobre.privacy.inspect import find

        return find(text, self.detectors)

    @functools.cached_property
    def _rules(self) -> Rules:
        from sobre import app

        return app.make_rules(self._config)

    @functools.cached_property
    def zones(self) -> list[Zone]:
        return [BY_SLUG[self._args.zone]] if self._args.zone else list(Zone)

    def toward(self, text: str, hits: Sequence[Hit]) -> list[tuple[Zone, Limits, str | None]]:
        """For each zone asked of, what policy says and the text that would leave, if any."""
        ask, findings, limits = self._judged(text, hits)
        return [(zone, limits, _leaving(ask, findings, limits, zone)) for zone in self.zones]

    def disguised(self, text: str, hits: Sequence[Hit], zone: Zone) -> str:
        """The text as it would leave. Raises ``PolicyRefusal``."""
        ask, findings, limits = self._judged(text, hits)
        left = _leaving(ask, findings, limits, zone)
        if left is None:
            reason = limits.reasons[zone]
            raise PolicyRefusal(reason)
        return left

    def _judged(self, text: str, hits: Sequence[Hit]) -> tuple[Ask, list[Finding], Limits]:
        from sobre import policy
        from sobre.core.exchange import Ask, Finding, Message, Operation, exchange_id

        now = time.time()
        ask = Ask(
            id=exchange_id(now, os.urandom(10)),
            operation=Operation.CHAT,
            door="cli",
            model="auto",
            messages=(Message("user", text),),
            received_at=now,
            use_case=self._args.purpose,
        )
        findings = [Finding(0, ("content",), *hit) for hit in hits]
        asker = {"purpose": self._args.purpose, "team": self._args.team}
        return ask, findings, policy.limits(findings, self._rules, **asker)


def _leaving(ask: Ask, findings: Sequence[Finding], limits: Limits, zone: Zone) -> str | None:
    from sobre import privacy
    from sobre.core.exchange import Actor

    if not limits.toward[zone].opens:
        return None
    nobody = Actor("cli", "cli", "", "admin")
    outbound, _ = privacy.disguise(ask, findings, limits, zone, nobody)
    return str(outbound.messages[0].content)


def detectors(data_dir: Path, team: str | None, *, corrected: bool = True) -> tuple[Detector, ...]:
    """Everything that reads a text, the firm's secrets and corrections where there are any.

    ``team`` is for ``CorrectionStore.detector``.
    """
    from sobre.adapters import shield
    from sobre.adapters.stores.corrections import CorrectionStore
    from sobre.privacy.vocabulary import find_labels

    own: Sequence[Detector] = (find_labels,)
    if (data_dir / "secrets.sqlite3").exists() or (data_dir / "secrets.key").exists():
        from sobre.adapters.stores.secrets import SecretStore

        own = SecretStore(data_dir).detectors()
    corrections = (CorrectionStore(data_dir).detector(team),) if corrected else ()
    return (*shield.detectors(), *own, *corrections)


# --- Batch ---------------------------------------------------------------------------------------


def _batch(args: argparse.Namespace) -> int:
    """One line out for one line in. Status 1 where the shield failed on a line."""
    shield = Shield(args)
    zone = BY_SLUG[args.zone or DEFAULT_ZONE] if args.disguise else None
    out, good = sys.stdout.buffer, True
    for number, come in lines.chunks():
        for offset, line in enumerate(come):
            if line.strip():
                answer = _answer(shield, line, number + offset, zone, args.lang)
                good &= answer.get("error", {}).get("code") != "shield_failed"
                out.write(_encoded(answer) + b"\n")
        out.flush()
    return 0 if good else 1


def _answer(
    shield: Shield, line: bytes, number: int, zone: Zone | None, lang: str
) -> dict[str, Any]:
    asked = lines.decoded(line)
    if asked is None:
        return {"error": _error("bad_line", number, say("error.shield_line.json", lang), lang)}
    answer = {"id": asked["id"]} if "id" in asked else {}
    text = asked.get("text")
    if not isinstance(text, str):
        why = say("error.shield_line.text", lang)
        return answer | {"error": _error("bad_line", number, why, lang)}
    try:
        hits = shield.find(text)
        told = _listed(hits)
        if zone is not None:
            told |= _disguised(shield, text, hits, zone, lang)
    except Exception as error:  # noqa: BLE001 - one text shall not end a batch; its name is told
        why = say("error.shield_line.failed", lang, kind=type(error).__name__)
        return answer | {"error": _error("shield_failed", number, why, lang)}
    return answer | told


def _error(code: str, number: int, why: str, lang: str) -> dict[str, str]:
    return {"code": code, "message": say("error.shield_line", lang, line=number, why=why)}


def _listed(hits: Sequence[Hit]) -> dict[str, Any]:
    from sobre.privacy.inspect import MASKED, label_of

    return {
        "findings": [
            {
                "start": hit.start,
                "end": hit.end,
                "label": label_of(hit.kind),
                "score": hit.score,
                "evidence": hit.evidence,
            }
            for hit in hits
            if hit.data_class in MASKED
        ],
        "classes": [
            {
                "start": hit.start,
                "end": hit.end,
                "label": label_of(hit.kind),
                "class": hit.data_class,
                "evidence": hit.evidence,
            }
            for hit in hits
            if hit.data_class not in MASKED
        ],
    }


def _disguised(
    shield: Shield, text: str, hits: Sequence[Hit], zone: Zone, lang: str
) -> dict[str, Any]:
    try:
        return {"disguised": shield.disguised(text, hits, zone)}
    except PolicyRefusal as refusal:
        return {"disguised": None, "refused": messages.explain(refusal, lang)}


def _encoded(answer: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(answer, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a surrogate pair, which only an escape can write
        return json.dumps(answer).encode()


# --- Showing -------------------------------------------------------------------------------------

Toward = Sequence[tuple[Zone, "Limits", str | None]]


def _told(text: str, hits: Sequence[Hit], toward: Toward, lang: str) -> dict[str, Any]:
    """The object of ``--json``: offsets count characters of the text as given."""
    from sobre.messages import shield as words
    from sobre.privacy.inspect import label_of

    return {
        "findings": [
            {
                "start": hit.start,
                "end": hit.end,
                "value": text[hit.start : hit.end],
                "label": label_of(hit.kind),
                "kind": words.kind(hit.kind, lang),
                "class": hit.data_class,
                "score": hit.score,
                "evidence": hit.evidence,
                "decisions": {
                    zone.slug: limits.by_class[zone][hit.data_class] for zone, limits, _ in toward
                },
            }
            for hit in hits
        ],
        "zones": {
            zone.slug: {
                "action": limits.toward[zone],
                "reason": messages.reason(limits.reasons.get(zone, ""), lang),
                "text": left,
            }
            for zone, limits, left in toward
        },
    }


def _show(text: str, hits: Sequence[Hit], toward: Toward, lang: str) -> None:
    colours = sys.stdout.isatty()
    print(_marked(text, hits, colours=colours).rstrip("\n"))
    print()
    if hits:
        _show_hits(text, hits, lang, colours=colours)
    else:
        print(say("shield.nothing", lang))
    print()
    _show_decisions(toward, lang)
    print()
    _show_leaving(text, toward, lang, colours=colours)


def _marked(text: str, hits: Sequence[Hit], *, colours: bool) -> str:
    """The text with each value between brackets and each mark between braces, or in colour."""
    from sobre.privacy.inspect import MASKED

    pieces: list[str] = []
    if not colours:
        signs = [
            place
            for hit in hits
            for place in (
                ((hit.start, 2, "["), (hit.end, 0, "]"))
                if hit.data_class in MASKED
                else ((hit.start, 1, "{"), (hit.end, 1, "}"))
            )
        ]
        position = 0
        for place, _, sign in sorted(signs):
            pieces += (text[position:place].translate(_SHOWN), sign)
            position = place
        return "".join((*pieces, text[position:].translate(_SHOWN)))
    edges = sorted({0, len(text), *(place for hit in hits for place in (hit.start, hit.end))})
    for start, end in pairwise(edges):
        over = [hit.data_class for hit in hits if hit.start <= start and end <= hit.end]
        paint = "".join(_PAINT[name] for name in reversed(over))
        pieces.append(paint + text[start:end].translate(_SHOWN) + (_PLAIN if paint else ""))
    return "".join(pieces)


def _show_hits(text: str, hits: Sequence[Hit], lang: str, *, colours: bool) -> None:
    from sobre.messages import shield as words

    columns = ("value", "kind", "evidence", "class")
    rows = [
        (
            " ".join(text[hit.start : hit.end].split()).translate(_SHOWN),
            words.kind(hit.kind, lang),
            words.evidence(hit.evidence, lang),
            say(f"policy.short.{hit.data_class}", lang),
        )
        for hit in hits
    ]
    print_table(
        [say(f"shield.column.{name}", lang) for name in columns],
        rows,
        width=shutil.get_terminal_size().columns if colours else 0,
        paint=[_PAINT[hit.data_class] for hit in hits] if colours else None,
    )


def _show_decisions(toward: Toward, lang: str) -> None:
    from sobre.policy import CLASSES

    _, limits, _ = toward[0]
    held = limits.by_class[toward[0][0]]
    zones = [zone for zone, _, _ in toward]
    head = [say("shield.column.toward", lang), *(say(f"shield.zone.{z.slug}", lang) for z in zones)]
    rows = [
        (
            capital(say(f"policy.short.{name}", lang)),
            *(say(f"shield.action.{limits.by_class[zone][name]}", lang) for zone in zones),
        )
        for name in CLASSES
        if name in held
    ]
    if len(rows) > 1:
        whole = capital(say("shield.whole", lang))
        acts = (say(f"shield.action.{limits.toward[zone]}", lang) for zone in zones)
        rows.append((whole, *acts))
    print_table(head, rows)


def _show_leaving(text: str, toward: Toward, lang: str, *, colours: bool) -> None:
    """Zone by zone; those that receive the same text are told together."""
    bold, plain = ("\x1b[1m", _PLAIN) if colours else ("", "")
    print(bold + say("shield.leaves", lang) + plain)
    groups: list[tuple[str, list[str]]] = []
    for zone, limits, left in toward:
        if left is None:
            what = _why_not(limits.reasons[zone], lang)
        elif left == text:
            what = say("shield.leaves.as_is", lang, zone="{zone}")
        else:
            body = left.strip("\n").translate(_SHOWN).replace("\n", "\n    ")
            what = say("shield.leaves.as", lang, zone="{zone}") + "\n    " + body
        place = say(f"cli.zone.{zone.slug}", lang)
        if groups and groups[-1][0] == what:
            groups[-1][1].append(place)
        else:
            groups.append((what, [place]))
    for what, places in groups:
        where = capital(("\u00a0; " if lang == "fr" else "; ").join(places))
        print("  " + what.replace("{zone}", where, 1))


def _why_not(reason: str, lang: str) -> str:
    """Why nothing leaves, in words that are the same for every zone closed for the same cause."""
    why: object = reason
    own = ""
    if isinstance(reason, Reason) and reason.key == "reason.policy_words":
        why, own = reason.params["why"], f" ({reason.params['words']})"
    kinds = why.params.get("kinds") if isinstance(why, Reason) else None
    if isinstance(kinds, str):
        told = messages.reason(kinds, lang) + own
        return say("shield.leaves.holds", lang, zone="{zone}", kinds=told)
    return say("shield.leaves.not", lang, zone="{zone}", reason=messages.reason(reason, lang))


def print_table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: int = 0,
    paint: Sequence[str] | None = None,
) -> None:
    """Columns as wide as what they hold, the widest cut where ``width`` is given and passed.

    ``paint`` colours the first cell of each row.
    """
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    while width and sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    for number, row in enumerate((head, *rows)):
        cells = [_short(cell, size).ljust(size) for cell, size in zip(row, widths, strict=True)]
        cells[-1] = cells[-1].rstrip()
        if paint and number:
            cells[0] = paint[number - 1] + cells[0].rstrip() + _PLAIN + " " * _blanks(cells[0])
        print("  ".join(cells).rstrip())


def _blanks(cell: str) -> int:
    return len(cell) - len(cell.rstrip())


def _short(cell: str, limit: int) -> str:
    return cell if len(cell) <= limit else cell[: limit - 1] + "…"
