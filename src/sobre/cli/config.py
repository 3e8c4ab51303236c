"""``sobre config check``: each value, where it came from and what it means.

``sobre config explain``: what happens to each kind of data, in sentences.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from typing import TYPE_CHECKING, Any

from sobre.messages import say

if TYPE_CHECKING:
    from sobre.config import Config

Subcommands = argparse._SubParsersAction  # noqa: SLF001 - argparse names it nowhere else


def add(subcommands: Subcommands[argparse.ArgumentParser], lang: str) -> None:
    command = subcommands.add_parser("config", help=say("cli.config.about", lang))
    verbs = command.add_subparsers(metavar="VERB", required=True)
    check = verbs.add_parser("check", help=say("cli.config.check", lang))
    check.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    check.set_defaults(run=_check)
    explain = verbs.add_parser("explain", help=say("policy.explain.about", lang))
    explain.add_argument("--team", default="", help=say("policy.explain.team", lang))
    explain.add_argument("--purpose", help=say("policy.explain.purpose", lang))
    explain.add_argument("--json", action="store_true", help=say("cli.option.json", lang))
    explain.set_defaults(run=_explain)


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


def _explain(args: argparse.Namespace) -> int:
    """The policy as whoever answers for it reads it; the rungs need not be running."""
    from sobre import app, config
    from sobre.adapters import data
    from sobre.core.zone import Zone
    from sobre.messages import policy as words
    from sobre.policy import CLASSES

    settings = config.load(args.config, data_dir=args.data_dir)
    rules, lang = app.make_rules(settings), args.lang
    asker: dict[str, Any] = {"purpose": args.purpose, "team": args.team}
    models: dict[Zone, list[str]] = {}
    for name, block in settings.rungs.items():
        if block.enabled:
            card = app.make_card(name, block, settings, data.catalogue())
            models.setdefault(card.zone, []).append(f"{card.name} ({card.model.name})")
    classes = {name: words.sentence(name, rules, lang, **asker) for name in CLASSES}
    cases = [words.exception(case, rules, lang) for case in rules.cases]
    received = {zone: words.receives(zone, rules, lang, **asker) for zone in sorted(models)}
    if args.json:
        told = {
            **asker,
            "classes": {
                name: {
                    "toward": {z.slug: rules.toward(name, z, **asker) for z in Zone},
                    "sentence": sentence,
                }
                for name, sentence in classes.items()
            },
            "exceptions": cases,
            "budgets": _budgets(settings, lang) if settings.budgets else [],
            "models": {zone.slug: models[zone] for zone in received},
        }
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    print(_head(args, lang) + "\n")
    print("\n\n".join(classes.values()))
    if cases:
        print("\n" + say("policy.explain.cases", lang))
        print("\n".join(f"{number}. {case}" for number, case in enumerate(cases, 1)))
    if settings.budgets:
        print("\n" + "\n".join(_budgets(settings, lang)))
    print("\n" + say("policy.explain.models", lang))
    for zone, what in received.items():
        place, names = words.capital(words.places([zone], lang)), ", ".join(models[zone])
        print(say("policy.explain.model", lang, place=place, names=names, receives=what))
    print(say("policy.explain.only" if models else "policy.explain.no_model", lang))
    print("\n" + say("policy.explain.limit", lang))
    return 0


def _budgets(settings: Config, lang: str) -> list[str]:
    """The carbon budgets, whom they are for, and what follows when one is used too fast."""
    from sobre.cli.budget import whose
    from sobre.core.quantity import Quantity
    from sobre.messages.amounts import amount

    lines = [say("budget.explain", lang)]
    for block in settings.budgets:
        period = say(f"budget.period.{block.period or 'month'}", lang)
        if block.first_day:
            days = {"first": block.first_day, "last": block.last_day}
            period = say("budget.period.days", lang, **days)
        limit = Quantity(block.limit_g, block.limit_g, block.limit_g, "gCO2eq")
        told = {"limit": amount(limit, lang), "whose": whose(block.team, block.use_case, lang)}
        lines.append(say("budget.explain.one", lang, name=block.label, period=period, **told))
    share = round(settings.steering.answer_share * 100)
    lines.append(say("budget.explain.rules", lang, share=share))
    if exempt := settings.steering.exempt:
        lines.append(say("budget.explain.exempt", lang, names=", ".join(exempt)))
    return lines


def _head(args: argparse.Namespace, lang: str) -> str:
    who = [say("policy.explain.team_of", lang, team=args.team)] if args.team else []
    if args.purpose:
        who.append(say("policy.explain.purpose_of", lang, purpose=args.purpose))
    if not who:
        return say("policy.explain.head", lang)
    return say("policy.explain.head_for", lang, who=say("policy.and", lang).join(who))


def _sentence(key: str) -> str:
    """``rungs.mistral.url`` is described as ``rungs.url``."""
    parts = key.split(".")
    return f"config.rungs.{parts[2]}" if parts[0] == "rungs" else f"config.{key}"


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) else value  # type: ignore[arg-type]  # an instance, never a class


def _shown(value: Any) -> str:
    plain = _plain(value)
    if plain in (None, ""):
        return "–"
    if isinstance(plain, dict):
        return ", ".join(f"{k}: {v}" for k, v in plain.items()) or "–"
    return json.dumps(plain, ensure_ascii=False)
