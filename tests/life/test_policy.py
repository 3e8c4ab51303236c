"""Where each class of data may go."""

from __future__ import annotations

from pathlib import Path

import pytest

from sobre import config
from sobre.app import make_rules
from sobre.config import Config, Policy
from sobre.core.exchange import Action
from sobre.core.zone import Zone
from sobre.errors import ConfigError
from sobre.policy import Rules, limits
from support.values import finding

P, D, R = Action.PASS, Action.DISGUISE, Action.REFUSE
DEFAULTS = [
    ([], [P, P, P, P, R]),
    (["personal"], [P, P, D, D, R]),
    (["secret"], [P, R, R, R, R]),
    (["unreadable"], [P, P, R, R, R]),
    (["personal", "secret"], [P, R, R, R, R]),
    (["personal", "unreadable"], [P, P, R, R, R]),
    (["heard of by nobody"], [R, R, R, R, R]),
    (["personal", "heard of by nobody"], [R, R, R, R, R]),
]


@pytest.mark.parametrize(("classes", "toward"), DEFAULTS)
def test_the_strictest_class_decides_zone_by_zone(classes: list[str], toward: list[Action]) -> None:
    told = limits([finding(name) for name in classes], make_rules(Config()))
    assert [told.toward[zone] for zone in Zone] == toward
    assert {zone for zone in Zone if told.toward[zone] is R} == set(told.reasons)


def test_a_zone_without_a_rule_is_closed() -> None:
    told = limits([], Rules({"plain": {Zone.MACHINE: P}}, open_abroad=True))
    assert told.farthest is Zone.MACHINE


def test_abroad_is_closed_whatever_the_rules_say_until_it_is_opened() -> None:
    everywhere = {"plain": dict.fromkeys(Zone, P)}
    shut, opened = Rules(everywhere), Rules(everywhere, open_abroad=True)
    assert limits([], shut).farthest is Zone.EU_HOSTED
    assert "open_abroad" in limits([], shut).reasons[Zone.ABROAD]
    assert limits([], opened).farthest is Zone.ABROAD


def test_opening_abroad_opens_it_to_plain_text_only() -> None:
    rules = make_rules(Config(policy=Policy(open_abroad=True)))
    assert limits([], rules).toward[Zone.ABROAD] is P
    assert limits([finding("personal")], rules).toward[Zone.ABROAD] is R


def test_a_refusal_names_the_class_and_the_zone() -> None:
    told = limits([finding("secret"), finding("personal")], make_rules(Config()))
    assert "secret" in told.reasons[Zone.COMPANY]
    assert "personal" not in told.reasons[Zone.COMPANY]
    assert "company" in told.reasons[Zone.COMPANY]


def test_where_nothing_is_open_there_is_no_farthest_zone() -> None:
    assert limits([], Rules({})).farthest is None


def test_what_cannot_be_read_cannot_be_configured_to_be_disguised(tmp_path: Path) -> None:
    file = tmp_path / "sobre.toml"
    file.write_text('[policy.unreadable]\neu_hosted = "disguise"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"policy\.unreadable"):
        config.load(file)


def test_personal_data_is_never_freer_than_the_text_around_it() -> None:
    rules = Rules({"plain": dict.fromkeys(Zone, R), "personal": dict.fromkeys(Zone, P)})
    told = limits([finding("personal")], rules)
    assert set(told.toward.values()) == {R}
