"""A preview of the shield as the console shows it: every code beside its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from sobre import messages
from sobre.app import Corrected, Preview, Spotted, Toward
from sobre.core.exchange import Action
from sobre.core.zone import BY_SLUG, Zone
from sobre.messages import shield as words
from sobre.policy import CLASSES, PLAIN

MAX_BYTES = 512 * 1024
"""Of a request: some 150 pages of text."""


class Pasted(msgspec.Struct):
    """The body of ``POST /sobre/shield``."""

    text: str
    zone: str | None = None
    purpose: str | None = None
    team: str | None = None


class Draft(msgspec.Struct):
    """The body of ``POST /sobre/corrections``."""

    verb: Literal["keep_clear", "mask"]
    text: str
    kind: str = ""
    forced: bool = False


def read_draft(body: bytes) -> Draft | None:
    """What is to be corrected; ``None`` for a body that is malformed."""
    try:
        return msgspec.json.decode(body, type=Draft)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def told_correction(one: Corrected, lang: str) -> dict[str, Any]:
    kind = words.kind(one["kind"], lang) if one["kind"] else ""
    return {**one, "kind_label": kind}


def read(body: bytes) -> Pasted | None:
    """What was pasted; ``None`` for a body that is malformed or holds no text."""
    try:
        pasted = msgspec.json.decode(body, type=Pasted)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    known = pasted.zone is None or pasted.zone in BY_SLUG
    return pasted if pasted.text.strip() and known else None


def zone_of(pasted: Pasted) -> Zone | None:
    return BY_SLUG[pasted.zone] if pasted.zone is not None else None


def told(preview: Preview, lang: str) -> dict[str, Any]:
    """The JSON of the answer, its labels in the reader's language."""
    held = {finding["data_class"] for finding in preview["findings"]}
    return {
        "findings": [_finding(finding, lang) for finding in preview["findings"]],
        "zones": [_zone(zone, lang) for zone in preview["zones"]],
        "classes": {name: _class(name, lang) for name in CLASSES if name in held},
    }


def _finding(finding: Spotted, lang: str) -> dict[str, Any]:
    return {
        "start": finding["start"],
        "end": finding["end"],
        "kind": finding["kind"],
        "kind_label": words.kind(finding["kind"], lang),
        "class": finding["data_class"],
        "class_label": _class(finding["data_class"], lang),
        "evidence": finding["evidence"],
        "evidence_label": words.evidence(finding["evidence"], lang),
        "score": finding["score"],
        "masked": finding["masked"],
        "clearing": finding["clearing"],
    }


def _zone(toward: Toward, lang: str) -> dict[str, Any]:
    return {
        "zone": toward["zone"],
        "label": messages.say(f"console.zone.{toward['zone']}", lang),
        "action": toward["action"],
        "reason": messages.reason(toward["reason"], lang) or _why_open(toward, lang),
        "classes": toward["classes"],
        "text": toward["text"],
        "aliases": toward["aliases"],
        "rungs": [
            {"name": rung["name"], "model": rung["model"], "ready": rung["ready"]}
            for rung in toward["rungs"]
        ],
    }


def _why_open(toward: Toward, lang: str) -> str:
    """What happens to each class where the text may go."""
    acts = {name: act for name, act in toward["classes"].items() if name != PLAIN}
    if not acts:
        return messages.say("console.shield.why.nothing", lang)
    clear = _listed(acts, Action.PASS, lang)
    if not toward["aliases"]:
        return messages.say("console.shield.why.clear", lang, classes=clear)
    count = len(toward["aliases"])
    key = "console.shield.why.alias_one" if count == 1 else "console.shield.why.alias"
    said = messages.say(key, lang, count=count)
    if clear:
        said += " " + messages.say("console.shield.why.and_clear", lang, classes=clear)
    return said


def _listed(acts: Mapping[str, str], action: Action, lang: str) -> str:
    return _joined((_class(name, lang) for name in CLASSES if acts.get(name) == action), lang)


def _joined(names: Iterable[str], lang: str) -> str:
    *most, last = list(names) or [""]
    return ", ".join(most) + messages.say("policy.and", lang) + last if most else last


def _class(name: str, lang: str) -> str:
    return messages.catalogue(lang).get(f"policy.short.{name}", name)
