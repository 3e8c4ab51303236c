"""Every text a person sees, in French and in English.

One JSON file for each area, the same name and the same keys under ``fr/`` and ``en/`` (a test holds
it). Only the edge speaks: the domain raises errors with a ``key`` and ``params``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from sobre.core.reason import Reason
from sobre.errors import SobreError

LANGUAGES = ("fr", "en")


@cache
def catalogue(lang: str) -> dict[str, str]:
    """All messages of one language, flat: ``"cli.serve.ready" -> "…"``."""
    folder = files("sobre.messages") / (lang if lang in LANGUAGES else "en")
    merged: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".json"):
            merged |= json.loads(entry.read_text(encoding="utf-8"))
    return merged


def say(key: str, lang: str, /, **params: object) -> str:
    """The message, its ``{names}`` filled in. An unknown key is a bug and raises ``KeyError``."""
    text = catalogue(lang)[key]
    return text.format(**params) if params else text


def explain(error: SobreError, lang: str) -> str:
    """An error in the reader's language; the English it was raised with where no key was given."""
    if error.key and error.key in catalogue(lang):
        return say(error.key, lang, **_translated(error.params, lang))
    return reason(error.message, lang) if isinstance(error.message, Reason) else str(error)


def reason(text: str, lang: str) -> str:
    """A reason in the reader's language; text that is none (an upstream's own) as it is."""
    if not isinstance(text, Reason):
        return text
    if text.key == "reason.listed":
        items: Iterable[tuple[str, str]] = text.params["items"]  # type: ignore[assignment]  # its maker
        colon = "\u00a0: " if lang == "fr" else ": "
        return " ; ".join(f"{name}{colon}{reason(why, lang)}" for name, why in items)
    params = text.params
    return say(text.key, lang, **_translated(params, lang)) if params else say(text.key, lang)


def _translated(params: Mapping[str, object], lang: str) -> dict[str, object]:
    return {name: _spoken(value, lang) for name, value in params.items()}


def _spoken(value: object, lang: str) -> object:
    if isinstance(value, str):
        return reason(value, lang)
    if isinstance(value, float):
        return f"{value:.6g}".replace(".", "," if lang == "fr" else ".")
    return value


def best(accept_language: str) -> str:
    """``fr`` or ``en`` for an Accept-Language header; ``en`` when it names neither."""
    ranked: list[tuple[float, int, str]] = []
    for order, item in enumerate(accept_language.split(",")):
        tag, _, quality = item.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            weight = 0.0
        if weight > 0 and tag[:2].lower() in LANGUAGES:
            ranked.append((-weight, order, tag[:2].lower()))
    return min(ranked)[2] if ranked else "en"
