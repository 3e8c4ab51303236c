"""Where each class of data may go."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from sobre import config, privacy
from sobre.app import make_rules
from sobre.config import Config, Policy
from sobre.core.exchange import Action, Limits
from sobre.core.zone import Zone
from sobre.errors import ConfigError, PolicyRefusal
from sobre.policy import CLASSES, DISGUISABLE, Case, Rules, limits
from support.values import APP, ask, finding

P, D, K, R = Action.PASS, Action.DISGUISE, Action.KEEP, Action.REFUSE
DEFAULTS = [
    ([], [P, P, P, P, R]),
    (["personal"], [P, P, D, D, R]),
    (["business"], [P, P, D, D, R]),
    (["secret"], [P, R, R, R, R]),
    (["sensitive"], [P, R, R, R, R]),
    (["confidential"], [P, R, R, R, R]),
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


def read(tmp_path: Path, toml: str) -> Config:
    file = tmp_path / "sobre.toml"
    file.write_text(toml, encoding="utf-8")
    return config.load(file)


def toward(told: Limits) -> list[Action]:
    return [told.toward[zone] for zone in Zone]


def test_the_configuration_knows_the_classes_of_the_policy() -> None:
    assert get_args(config.ClassName) == CLASSES
    assert set(config.DISGUISABLE) == DISGUISABLE


@pytest.mark.parametrize("name", CLASSES)
def test_only_values_can_be_configured_to_be_disguised(tmp_path: Path, name: str) -> None:
    toml = f'[policy.{name}]\neu_hosted = "disguise"\n'
    if name in DISGUISABLE:
        assert getattr(read(tmp_path, toml).policy, name).eu_hosted == "disguise"
        return
    with pytest.raises(ConfigError, match="no value that an alias could stand for"):
        read(tmp_path, toml)


MISTAKES = [
    ('[policy.sensitve]\neu_hosted = "pass"', "Did you mean 'sensitive'"),
    ('[policy.secret]\neu_hosted = "keeep"', "Did you mean 'keep'"),
    ('[policy.secret]\nmachine = "keep"', "no zone is nearer"),
    ('[policy.secret]\nkeep_in = "eu"', "there is no 'eu'"),
    ('[policy.secret]\nkeep_in = "company"', "add company = 'pass'"),
    ("[policy.exceptions]\n", r"\[\[policy.exceptions\]\]"),
    ('[[policy.exceptions]]\nzones = ["company"]', "needs an action"),
    ('[[policy.exceptions]]\naction = "pass"\nclases = ["plain"]', "Did you mean 'classes'"),
    ('[[policy.exceptions]]\naction = "pass"\nclasses = ["secrets"]', "Did you mean 'secret'"),
    ('[[policy.exceptions]]\naction = "pass"\nzones = ["eu_hosted"]', "Did you mean 'eu-hosted'"),
    ('[[policy.exceptions]]\naction = "disguise"\nclasses = ["unreadable"]', "cannot be disguised"),
    ('[[policy.exceptions]]\naction = "disguise"', "cannot be disguised"),
    ('[[policy.exceptions]]\naction = "keep"', "no zone is nearer"),
    ('[[policy.exceptions]]\naction = "pass"\nteams = []', "nothing matches"),
    ("[policy]\ninspect_time_limit_s = 0", "inspect_time_limit_s"),
]


@pytest.mark.parametrize(("toml", "told"), MISTAKES)
def test_a_mistake_in_the_policy_is_told_with_what_to_write(
    tmp_path: Path, toml: str, told: str
) -> None:
    with pytest.raises(ConfigError, match=told):
        read(tmp_path, toml)


def test_keep_in_keeps_from_every_farther_zone_that_is_not_spoken_of(tmp_path: Path) -> None:
    toml = '[policy]\nopen_abroad = true\n[policy.sensitive]\nkeep_in = "machine"\n'
    rules = make_rules(read(tmp_path, toml + 'eu_hosted = "refuse"\n'))
    assert toward(limits([finding("sensitive")], rules)) == [P, K, K, R, K]


def test_what_is_kept_nearer_cannot_be_disguised_and_sent() -> None:
    everywhere = {name: dict.fromkeys(Zone, P) for name in CLASSES}
    kept = everywhere | {"personal": {**everywhere["personal"], Zone.EU_HOSTED: K}}
    told = limits([finding("personal")], Rules(kept))
    assert (told.toward[Zone.EU_HOSTED], told.farthest) == (K, Zone.EU_SOVEREIGN)
    with pytest.raises(PolicyRefusal):
        privacy.disguise(ask(), [finding("personal")], told, Zone.EU_HOSTED, APP)


EXCEPTIONS = """
[[policy.exceptions]]
classes = ["personal"]
zones = ["eu-sovereign", "eu-hosted"]
teams = ["HR"]
action = "refuse"
reason = "personnel files stay with us"
[[policy.exceptions]]
classes = ["secret"]
zones = ["company"]
purposes = ["logs"]
teams = ["support", "hr"]
action = "disguise"
[[policy.exceptions]]
zones = ["eu-hosted", "abroad"]
purposes = ["quote"]
action = "pass"
"""


@pytest.mark.parametrize(
    ("data_class", "purpose", "team", "expected"),
    [
        ("personal", None, "", [P, P, D, D, R]),
        ("personal", None, "hr", [P, P, R, R, R]),
        ("personal", "quote", "hr", [P, P, R, R, R]),
        ("personal", "quote", "sales", [P, P, D, P, R]),
        ("secret", "logs", "support", [P, D, R, R, R]),
        ("secret", "LOGS", "Support ", [P, D, R, R, R]),
        ("secret", "logs", "sales", [P, R, R, R, R]),
        ("secret", None, "support", [P, R, R, R, R]),
        ("secret", "quote", "", [P, R, R, P, R]),
        ("heard of by nobody", "quote", "", [R, R, R, R, R]),
    ],
)
def test_the_first_exception_that_matches_decides_and_none_opens_abroad(
    tmp_path: Path, data_class: str, purpose: str | None, team: str, expected: list[Action]
) -> None:
    rules = make_rules(read(tmp_path, EXCEPTIONS))
    told = limits([finding(data_class)], rules, purpose=purpose, team=team)
    assert toward(told) == expected


def test_the_firm_s_own_reason_reaches_the_reader(tmp_path: Path) -> None:
    rules = make_rules(read(tmp_path, EXCEPTIONS))
    told = limits([finding("personal")], rules, team="hr")
    assert "personnel files stay with us" in told.reasons[Zone.EU_HOSTED]
    assert "personnel" not in limits([finding("secret")], rules).reasons[Zone.EU_HOSTED]


def test_a_purpose_that_no_exception_names_is_nothing_new_to_work_out() -> None:
    rules = Rules(
        {"plain": {}}, cases=(Case(P, frozenset({"plain"}), frozenset(Zone), frozenset({"a"})),)
    )
    assert limits([], rules, purpose="x1") is limits([], rules, purpose="x2")
    assert limits([], rules, purpose="a") is not limits([], rules, purpose="x1")


@pytest.mark.parametrize(
    ("data_class", "kind", "told"),
    [
        ("sensitive", "health", "health data"),
        ("unreadable", "image", "an image that cannot be read"),
        ("unreadable", "email", "no alias can stand"),
        ("confidential", "label", "a mark of confidentiality"),
        ("sensitive", "unheard", "sensitive data"),
    ],
)
def test_a_reason_names_what_was_found(data_class: str, kind: str, told: str) -> None:
    found = limits([finding(data_class, kind=kind)], make_rules(Config()))
    assert told in found.reasons[Zone.EU_HOSTED]


def test_personal_data_is_never_freer_than_the_text_around_it() -> None:
    rules = Rules({"plain": dict.fromkeys(Zone, R), "personal": dict.fromkeys(Zone, P)})
    told = limits([finding("personal")], rules)
    assert set(told.toward.values()) == {R}
