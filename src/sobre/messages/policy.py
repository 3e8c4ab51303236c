"""The firm's policy in sentences that whoever answers for it can read and hold it to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sobre.core.exchange import Action
from sobre.core.zone import Zone
from sobre.messages import say
from sobre.policy import CLASSES, Case, Rules

UNION = frozenset({Zone.EU_SOVEREIGN, Zone.EU_HOSTED})


def sentence(
    data_class: str, rules: Rules, lang: str, *, purpose: str | None = None, team: str = ""
) -> str:
    """What happens to one class of data, zone by zone, in one to three sentences."""
    toward = {z: rules.toward(data_class, z, purpose=purpose, team=team) for z in Zone}
    what = say(f"policy.what.{data_class}", lang)
    open_zones = _where(toward, Action.PASS)
    disguised = _where(toward, Action.DISGUISE)
    kept, refused = _where(toward, Action.KEEP), _where(toward, Action.REFUSE)
    told: list[str] = []
    if not disguised and open_zones == list(Zone)[: len(open_zones)]:
        reach = open_zones[-1].slug if open_zones else "none"
        told.append(say(f"policy.stay.{reach}", lang, what=what))
    else:
        key = "policy.clear" if open_zones else "policy.clear_nowhere"
        told.append(say(key, lang, what=what, places=places(open_zones, lang)))
        never = places(refused, lang, "nor")
        if disguised and refused:
            under = places(disguised, lang, "or")
            told.append(say("policy.alias_never", lang, places=under, never=never))
        elif disguised:
            told.append(say("policy.alias", lang, places=places(disguised, lang, "or")))
        elif refused:
            told.append(say("policy.never", lang, places=never))
    if kept:
        told.append(say("policy.kept", lang, places=places(kept, lang, "or")))
    return " ".join(told)


def exception(case: Case, rules: Rules, lang: str) -> str:
    """One exception: for whom, what, where, and the reason that the firm gives."""
    shut = {Zone.ABROAD} if case.action.opens and not rules.open_abroad else set()
    zones = sorted(case.zones - shut)
    if case.classes >= set(CLASSES):
        what = say("policy.everything" if case.action.opens else "policy.anything", lang)
    else:
        named = [say(f"policy.the.{name}", lang) for name in CLASSES if name in case.classes]
        what = joined(named, lang, "and" if case.action.opens else "nor")
    if not zones:
        said = say("policy.case.shut", lang, what=what)
    elif len(zones) == len(Zone) and case.action is Action.REFUSE:
        said = say("policy.case.refuse_all", lang, what=what)
    else:
        last = {Action.PASS: "and", Action.DISGUISE: "or"}.get(case.action, "nor")
        told = places(zones, lang, last)
        said = say(f"policy.case.{case.action}", lang, what=what, places=told)
    who = _for_whom(case, lang)
    if case.reason:
        return say("policy.case_because", lang, who=who, said=said, reason=case.reason)
    return say("policy.case_line", lang, who=who, said=said)


def receives(
    zone: Zone, rules: Rules, lang: str, *, purpose: str | None = None, team: str = ""
) -> str:
    """What a model in ``zone`` may be given: in clear, under an alias, and never."""
    by_action: dict[str, list[str]] = {}
    for name in CLASSES:
        action = rules.toward(name, zone, purpose=purpose, team=team)
        key = action.value if action.opens else "never"
        by_action.setdefault(key, []).append(say(f"policy.short.{name}", lang))
    if by_action.keys() == {"never"}:
        return say("policy.receives.nothing", lang)
    if by_action.keys() == {"pass"}:
        return say("policy.receives.all", lang)
    order = [key for key in ("pass", "disguise", "never") if key in by_action]
    parts = [
        say(f"policy.receives.{key}", lang, what=joined(by_action[key], lang, "and"))
        for key in order
    ]
    return capital(" ; ".join(parts) if lang == "fr" else "; ".join(parts)) + "."


def places(zones: Sequence[Zone], lang: str, last: str = "and") -> str:
    """``on this machine and on the firm's servers``; both zones of the EU together are the EU."""
    named: list[str] = []
    for zone in zones:
        if zone not in UNION or not set(zones) >= UNION:
            named.append(zone.slug)
        elif "eu" not in named:
            named.append("eu")
    return joined([say(f"policy.zone.{name}", lang) for name in named], lang, last)


def joined(names: Sequence[str], lang: str, last: str) -> str:
    """``a, b and c``; ``last`` is ``and``, ``or`` or ``nor``."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + say(f"policy.{last}", lang) + names[-1]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _where(toward: dict[Zone, Action], action: Action) -> list[Zone]:
    return [zone for zone, acted in toward.items() if acted is action]


def _for_whom(case: Case, lang: str) -> str:
    parts: list[str] = []
    for key, names in (("team", case.teams), ("purpose", case.purposes)):
        if names:
            number = "one" if len(names) == 1 else "many"
            quoted = _quoted(sorted(names), lang)
            parts.append(say(f"policy.{key}.{number}", lang, names=quoted))
    return capital(say("policy.with", lang).join(parts) or say("policy.for_all", lang))


def _quoted(names: Iterable[str], lang: str) -> str:
    return joined([say("policy.quoted", lang, name=name) for name in names], lang, "and")
