"""``sobre config check``: each value, where it came from and what it means."""

from __future__ import annotations

import argparse
import dataclasses
import json
from typing import Any

from sobre.messages import say

Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse names it nowhere else


def add(subcommands: Subcommands[argparse.ArgumentParser], lang: str) -> None:
    command = subcommands.add_parser("config", help=say("cli.config.about", lang))
    verbs = command.add_subparsers(metavar="VERB", required=True)
    check = verbs.add_parser("check", help=say("cli.config.check", lang))
    check.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    check.set_defaults(run=_check)


def _check(args: argparse.Namespace) -> int:
    """Loads all that a start would load, the rungs' cards and keys included, and prints it."""
    from sobre import app, config
    from sobre.adapters import data
    from sobre.adapters.providers.cards import provider_of

    settings = config.load(args.config, data_dir=args.data_dir)
    cards = [
        app.make_card(name, block, settings, data.catalogue())
        for name, block in settings.rungs.items()
        if block.enabled
    ]
    keyless: dict[str, str] = {}
    """Rung -> the variable its provider's key usually is in, where there is no key."""
    for name, block in settings.rungs.items():
        if block.enabled:
            usual = provider_of(name, block, data.catalogue()).key_env
            base = settings.file.parent if settings.file else None
            if config.secret(block, name, base, usual) is None and usual and not block.url:
                keyless[name] = usual
    rows = list(config.walk(settings))
    if args.json:
        told = [{"key": key, "value": _plain(value), "from": origin} for key, value, origin in rows]
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    lang = args.lang
    print(say("cli.config.file", lang, file=settings.file or say("cli.config.no_file", lang)))
    for key, value, origin in rows:
        came = say("cli.config.default", lang) if origin == "default" else origin
        print(f"{key} = {_shown(value)}  ({came})\n    {say(_sentence(key), lang)}")
    for card in cards:
        zone = say(f"cli.zone.{card.zone.slug}", lang)
        print(say("cli.config.rung", lang, name=card.name, model=card.model.name, zone=zone))
    for name, variable in keyless.items():
        print(say("cli.config.keyless", lang, name=name, variable=variable))
    print(say("cli.config.good", lang))
    return 0


def _sentence(key: str) -> str:
    """``rungs.mistral.url`` is described as ``rungs.url``."""
    parts = key.split(".")
    return f"config.rungs.{parts[2]}" if parts[0] == "rungs" else f"config.{key}"


def _plain(value: Any) -> Any:
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) else value  # type: ignore[arg-type]  # an instance, never a class


def _shown(value: Any) -> str:
    plain = _plain(value)
    if plain in (None, ""):
        return "–"
    if isinstance(plain, dict):
        return ", ".join(f"{k}: {v}" for k, v in plain.items()) or "–"
    return json.dumps(plain, ensure_ascii=False)
