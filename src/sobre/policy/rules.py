"""From what was found to where the request may go. Anything unforeseen is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from types import MappingProxyType

from sobre.core.exchange import Action, Finding, Limits
from sobre.core.reason import Reason
from sobre.core.zone import Zone

PLAIN = "plain"
"""The class of what every request holds beside what was found in it."""
CLASSES = (PLAIN, "personal", "sensitive", "secret", "business", "confidential", "unreadable")
"""Every class of data that policy speaks of, in the order it is told."""
DISGUISABLE = frozenset({"personal", "secret", "business"})
"""Classes of values, for which an alias can stand; the others speak of the text itself."""

_SEVERITY = {Action.PASS: 0, Action.DISGUISE: 1, Action.KEEP: 2, Action.REFUSE: 3}
_NAMED = {
    "sensitive": {
        "health": "health data",
        "union": "trade-union membership",
        "religion": "religious beliefs",
        "belief": "opinions or beliefs",
        "sexual_life": "data on sexual life",
        "ethnic_origin": "data on ethnic origin",
        "offence": "data on offences",
        "biometric": "biometric or genetic data",
    },
    "confidential": {
        "document": "text of a document registered as confidential",
        "label": "a mark of confidentiality",
    },
    "unreadable": {
        "image": "an image that cannot be read",
        "audio": "a sound that cannot be read",
        "video": "a video that cannot be read",
        "file": "a file that cannot be read",
        "unreadable": "a part that cannot be read",
    },
}
"""Class -> kinds of finding that a reason names one by one, with the words for each."""
_HELD = {
    PLAIN: "text",
    "personal": "personal data",
    "sensitive": "sensitive data",
    "secret": "a secret such as a password or a key",
    "business": "business names",
    "confidential": "confidential text",
    "unreadable": "data where no alias can stand",
}


@dataclass(frozen=True, slots=True)
class Case:
    """An exception to the rules, for what matches all four. Teams and purposes in lower case."""

    action: Action
    classes: frozenset[str]
    zones: frozenset[Zone]
    purposes: frozenset[str] | None = None
    """``None``: whatever the purpose, or none stated."""
    teams: frozenset[str] | None = None
    """``None``: whatever the team."""
    reason: str = ""
    """The firm's own words for the reader."""

    def matches(self, data_class: str, zone: Zone, purpose: str, team: str) -> bool:
        return (
            data_class in self.classes
            and zone in self.zones
            and (self.purposes is None or purpose in self.purposes)
            and (self.teams is None or team in self.teams)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The firm's policy, complete: an action for each class of data toward each zone."""

    actions: Mapping[str, Mapping[Zone, Action]]
    open_abroad: bool = False
    cases: tuple[Case, ...] = ()
    """Exceptions; the first that matches decides."""
    _purposes: frozenset[str] = field(init=False)
    _teams: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        purposes = frozenset(name for case in self.cases for name in case.purposes or ())
        teams = frozenset(name for case in self.cases for name in case.teams or ())
        object.__setattr__(self, "_purposes", purposes)
        object.__setattr__(self, "_teams", teams)

    def named(self, purpose: str | None, team: str) -> tuple[str, str]:
        """Purpose and team as the cases name them; empty where none names them.

        So a caller who makes up purposes makes up no new case to work out.
        """
        if not self.cases:
            return "", ""
        said, who = (purpose or "").strip().lower(), team.strip().lower()
        return said if said in self._purposes else "", who if who in self._teams else ""

    def case(self, data_class: str, zone: Zone, purpose: str = "", team: str = "") -> Case | None:
        """The exception that decides, if one does; ``purpose`` and ``team`` as ``named``."""
        matching = (c for c in self.cases if c.matches(data_class, zone, purpose, team))
        return next(matching, None)

    def toward(
        self, data_class: str, zone: Zone, *, purpose: str | None = None, team: str = ""
    ) -> Action:
        """A class or zone that no rule names is refused, and so is abroad until it is opened."""
        if zone is Zone.ABROAD and not self.open_abroad:
            return Action.REFUSE
        if data_class not in self.actions:
            return Action.REFUSE
        if case := self.case(data_class, zone, *self.named(purpose, team)):
            return case.action
        return self.actions[data_class].get(zone, Action.REFUSE)


def limits(
    findings: Iterable[Finding], rules: Rules, *, purpose: str | None = None, team: str = ""
) -> Limits:
    """The strictest action of all classes present, zone by zone.

    Every request holds plain text too: what is found in it never makes the rules milder.
    ``purpose`` is what the caller says the request is for, ``team`` whose key it came with.
    """
    held = frozenset([(f.data_class, f.kind if f.data_class in _NAMED else "") for f in findings])
    return _limits(held, rules, *rules.named(purpose, team))


@lru_cache(maxsize=1024)
def _limits(held: frozenset[tuple[str, str]], rules: Rules, purpose: str, team: str) -> Limits:
    classes = {PLAIN, *(data_class for data_class, _ in held)}
    by_class: dict[Zone, Mapping[str, Action]] = {}
    toward: dict[Zone, Action] = {}
    reasons: dict[Zone, str] = {}
    for zone in Zone:
        actions = {
            name: rules.toward(name, zone, purpose=purpose, team=team) for name in sorted(classes)
        }
        worst = max(actions.values(), key=_SEVERITY.__getitem__)
        by_class[zone], toward[zone] = MappingProxyType(actions), worst
        if not worst.opens:
            closing = [name for name, action in actions.items() if action is worst]
            own = [rules.case(name, zone, purpose, team) for name in closing]
            words = next((case.reason for case in own if case and case.reason), "")
            reasons[zone] = _why(zone, closing, held, rules, words)
    return Limits(MappingProxyType(toward), MappingProxyType(by_class), MappingProxyType(reasons))


def _why(
    zone: Zone, closing: list[str], held: frozenset[tuple[str, str]], rules: Rules, words: str
) -> str:
    """Why a zone is closed, naming what closes it; ``words`` are the firm's own."""
    if zone is Zone.ABROAD and not rules.open_abroad:
        return Reason("nothing goes abroad (policy.open_abroad is false)", "reason.not_abroad")
    place = Reason(zone.slug, f"cli.zone.{zone.slug}")
    if PLAIN in closing:
        told = Reason(
            f"policy sends no text to zone {zone.slug}", "reason.policy_plain", zone=place
        )
    else:
        named = [what for name in closing for what in _what(name, held)]
        kinds = reduce(lambda a, b: Reason(f"{a} and {b}", "reason.and", first=a, second=b), named)
        told = Reason(
            f"the request contains {kinds}, which policy keeps out of zone {zone.slug}",
            "reason.policy",
            kinds=kinds,
            zone=place,
        )
    if not words:
        return told
    return Reason(f"{told} ({words})", "reason.policy_words", why=told, words=words)


def _what(data_class: str, held: frozenset[tuple[str, str]]) -> list[Reason]:
    """What was found of one class, in words: kind by kind where the kind tells more."""
    kinds = _NAMED.get(data_class, {})
    found = sorted(kind for name, kind in held if name == data_class)
    told = [
        Reason(kinds[kind], f"reason.held.{data_class}.{kind}") for kind in found if kind in kinds
    ]
    if told and len(told) == len(found):
        return told
    key = f"reason.held.{data_class}" if data_class in _HELD else "reason.held.unknown"
    return [*told, Reason(_HELD.get(data_class, f"data of class {data_class!r}"), key)]
