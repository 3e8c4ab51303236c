"""From what was found to where the request may go. Anything unforeseen is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from types import MappingProxyType

from sobre.core.exchange import Action, Finding, Limits
from sobre.core.reason import Reason
from sobre.core.zone import Zone

PLAIN = "plain"
"""The class of what every request holds beside what was found in it."""

_SEVERITY = {Action.PASS: 0, Action.DISGUISE: 1, Action.REFUSE: 2}


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The firm's policy, complete: an action for each class of data toward each zone."""

    actions: Mapping[str, Mapping[Zone, Action]]
    open_abroad: bool = False

    def toward(self, data_class: str, zone: Zone) -> Action:
        """A class or zone that no rule names is refused."""
        if zone is Zone.ABROAD and not self.open_abroad:
            return Action.REFUSE
        return self.actions.get(data_class, {}).get(zone, Action.REFUSE)


def limits(findings: Iterable[Finding], rules: Rules) -> Limits:
    """The strictest action of all classes present, zone by zone.

    Every request holds plain text too: what is found in it never makes the rules milder.
    """
    return _limits(frozenset((PLAIN, *(finding.data_class for finding in findings))), rules)


@lru_cache(maxsize=256)
def _limits(classes: frozenset[str], rules: Rules) -> Limits:
    by_class: dict[Zone, Mapping[str, Action]] = {}
    toward: dict[Zone, Action] = {}
    reasons: dict[Zone, str] = {}
    for zone in Zone:
        actions = {name: rules.toward(name, zone) for name in sorted(classes)}
        worst = max(actions.values(), key=_SEVERITY.__getitem__)
        by_class[zone], toward[zone] = MappingProxyType(actions), worst
        if worst is Action.REFUSE:
            reasons[zone] = _why(zone, [n for n, a in actions.items() if a is worst], rules)
    return Limits(MappingProxyType(toward), MappingProxyType(by_class), MappingProxyType(reasons))


def _why(zone: Zone, classes: list[str], rules: Rules) -> str:
    if zone is Zone.ABROAD and not rules.open_abroad:
        return Reason("nothing goes abroad (policy.open_abroad is false)", "reason.not_abroad")
    named = (Reason(name, f"reason.class.{name}") for name in classes)
    kinds = reduce(lambda a, b: Reason(f"{a} and {b}", "reason.and", first=a, second=b), named)
    return Reason(
        f"policy keeps {kinds} data out of zone {zone.slug}",
        "reason.policy",
        kinds=kinds,
        zone=Reason(zone.slug, f"cli.zone.{zone.slug}"),
    )
