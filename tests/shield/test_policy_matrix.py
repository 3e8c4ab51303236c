"""Each class of data toward each zone, through the gateway; and the policy told in sentences."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from sobre import cli, messages
from sobre.adapters.providers.fake import CARD, Echo
from sobre.app import App, make_inspector, make_rules, new_key
from sobre.config import Config, Data, Policy, PolicyException, Rule
from sobre.core.ports import Rung
from sobre.core.zone import Zone
from sobre.messages import policy as words
from sobre.policy import CLASSES
from sobre.privacy import Hit
from support.client import Answer, Call

VALUE = "Nightingale"
KINDS = {
    "personal": "email",
    "sensitive": "health",
    "secret": "password",
    "business": "term",
    "confidential": "label",
}
OPEN, ALIAS, SHUT = "open", "alias", "shut"
MATRIX: dict[str, list[str]] = {
    "plain": [OPEN, OPEN, OPEN, OPEN, SHUT],
    "personal": [OPEN, OPEN, ALIAS, ALIAS, SHUT],
    "business": [OPEN, OPEN, ALIAS, ALIAS, SHUT],
    "sensitive": [OPEN, SHUT, SHUT, SHUT, SHUT],
    "secret": [OPEN, SHUT, SHUT, SHUT, SHUT],
    "confidential": [OPEN, SHUT, SHUT, SHUT, SHUT],
}
CELLS = [(c, z, told) for c, row in MATRIX.items() for z, told in zip(Zone, row, strict=True)]
KEPT = Rule("pass", "keep", "keep", "keep", "keep")


def marked(text: str) -> Iterator[Hit]:
    """A detector for texts that say of what class they are: ``secret: Nightingale``."""
    for found in re.finditer(rf"(\w+): ({VALUE})", text):
        if found[1] in KINDS:
            yield Hit(found.start(2), found.end(2), KINDS[found[1]], found[1], "a test's mark")


@pytest.fixture
def policy() -> Policy:
    return Policy()


@pytest.fixture
def config(tmp_path: Path, policy: Policy) -> Config:
    return Config(electricity="FRA", data=Data(dir=str(tmp_path / "data")), policy=policy)


@pytest.fixture
def rungs() -> Sequence[Rung]:
    return [
        Echo(dataclasses.replace(CARD, name=zone.slug, zone=zone, level=2 + (zone > 1)))
        for zone in Zone
    ]


@pytest.fixture
async def app(app: App) -> App:
    object.__setattr__(app.house, "inspect", make_inspector([marked]))
    return app


async def post(call: Call, content: Any, model: str, lang: str = "en", **more: Any) -> Answer:
    body = {"model": model, "messages": [{"role": "user", "content": content}], **more}
    return await call(
        "POST", "/v1/chat/completions", json=body, headers=[("accept-language", lang)]
    )


def heard(rungs: Sequence[Rung]) -> dict[str, str]:
    """Rung -> all that reached it."""
    return {r.card.name: str(r.seen) for r in rungs if isinstance(r, Echo) and r.seen}


@pytest.mark.parametrize(("data_class", "zone", "told"), CELLS)
async def test_a_class_of_data_toward_a_zone(
    call: Call, rungs: Sequence[Rung], data_class: str, zone: Zone, told: str
) -> None:
    answer = await post(call, f"{data_class}: {VALUE}", zone.slug)
    if told == SHUT:
        assert (answer.status, answer.error["code"]) == (403, "policy_refusal")
        assert heard(rungs) == {}
        return
    assert answer.status == 200
    assert set(heard(rungs)) == {zone.slug}
    assert (VALUE in heard(rungs)[zone.slug]) is (told == OPEN)
    assert VALUE in answer.json["choices"][0]["message"]["content"]


DATA_URL = "data:image/png;base64,iVBORw0KGgo="
UNREADABLE = {
    "image": ({"type": "image_url", "image_url": {"url": DATA_URL}}, "an image", "une image"),
    "audio": ({"type": "input_audio", "input_audio": {"data": "UklGRg=="}}, "a sound", "un son"),
    "file": ({"type": "file", "file": {"file_data": "JVBERg=="}}, "a file", "un fichier"),
    "inline data": ({"type": "text", "text": DATA_URL}, "a part", "une partie"),
}


@pytest.mark.parametrize("what", UNREADABLE)
@pytest.mark.parametrize("zone", Zone)
async def test_what_cannot_be_read_stays_in_the_firm_and_is_named(
    call: Call, rungs: Sequence[Rung], zone: Zone, what: str
) -> None:
    part, english, french = UNREADABLE[what]
    content = [{"type": "text", "text": "What is it?"}, part]
    answer = await post(call, content, zone.slug)
    assert answer.status == (200 if zone <= Zone.COMPANY else 403)
    assert set(heard(rungs)) == ({zone.slug} if zone <= Zone.COMPANY else set())
    if Zone.COMPANY < zone < Zone.ABROAD:
        assert f"contains {english} that cannot be read" in answer.error["message"]
        said = (await post(call, content, zone.slug, "fr")).error["message"]
        assert re.search(rf"contient {french} qui ne peut pas être lue?, que la politique", said)


async def test_images_named_outside_the_content_are_not_read_either(call: Call) -> None:
    body = {
        "model": "eu-hosted",
        "messages": [{"role": "user", "content": "x", "images": ["iVBORw0KGgo="]}],
    }
    answer = await call("POST", "/v1/chat/completions", json=body)
    assert answer.status == 403
    assert "contains an image that cannot be read" in answer.error["message"]


class TestKeptNearer:
    @pytest.fixture
    def policy(self) -> Policy:
        return Policy(open_abroad=True, sensitive=KEPT)

    @pytest.mark.parametrize("stream", [False, True])
    async def test_a_nearer_rung_answers_in_the_place_of_the_one_named(
        self, call: Call, rungs: Sequence[Rung], stream: bool
    ) -> None:
        text = f"sensitive: {VALUE}"
        answer = await post(call, text, "eu-hosted", stream=stream)
        assert answer.status == 200
        assert set(heard(rungs)) == {"machine"}
        body = next(e for e in answer.events if "sobre" in e) if stream else answer.json
        told = body["sobre"]
        assert (told["rung"], told["zone"], body["model"]) == ("machine", "machine", "echo-1")
        assert told["why"].startswith("kept on this machine instead of going to “eu-hosted”")
        assert "health data" in told["why"]
        assert "health data" in told["skipped"]["eu-hosted"]

    async def test_the_reader_is_told_in_french(self, call: Call) -> None:
        answer = await post(call, f"sensitive: {VALUE}", "abroad", "fr")
        why = answer.json["sobre"]["why"]
        assert why.startswith("gardé sur cette machine au lieu d’aller à «\u00a0abroad\u00a0»")
        assert "des données de santé" in why

    async def test_auto_leaves_the_kept_zones_out(self, call: Call) -> None:
        told = (await post(call, f"sensitive: {VALUE}", "auto")).json["sobre"]
        assert set(told["skipped"]) == {"company", "eu-sovereign", "eu-hosted", "abroad"}

    async def test_what_another_class_refuses_is_refused(
        self, call: Call, rungs: Sequence[Rung]
    ) -> None:
        text = f"sensitive: {VALUE} secret: {VALUE}"
        assert (await post(call, text, "eu-hosted")).status == 403
        assert heard(rungs) == {}

    async def test_vectors_of_another_model_are_not_given_instead(self, call: Call) -> None:
        body = {"model": "eu-hosted", "input": f"sensitive: {VALUE}"}
        answer = await call("POST", "/v1/embeddings", json=body)
        assert (answer.status, answer.error["code"]) == (403, "policy_refusal")


class TestExceptions:
    @pytest.fixture
    def policy(self) -> Policy:
        hr = PolicyException("refuse", ("personal",), ("eu-hosted",), teams=("HR",), reason="No.")
        quote = PolicyException("disguise", ("secret",), ("company",), ("quote",), ("sales",))
        return Policy(exceptions=(hr, quote))

    @pytest.mark.parametrize(("team", "status"), [("hr", 403), ("sales", 200)])
    async def test_the_team_is_that_of_the_key(
        self, app: App, call: Call, team: str, status: int
    ) -> None:
        body = {
            "model": "eu-hosted",
            "messages": [{"role": "user", "content": f"personal: {VALUE}"}],
        }
        key = new_key(app.state, team, team=team)
        answer = await call("POST", "/v1/chat/completions", json=body, key=key)
        assert answer.status == status
        assert ("(No.)" in answer.body.decode()) is (status == 403)

    @pytest.mark.parametrize(("purpose", "status"), [("quote", 200), ("other", 403)])
    async def test_the_purpose_is_the_use_case_that_the_caller_states(
        self, app: App, call: Call, rungs: Sequence[Rung], purpose: str, status: int
    ) -> None:
        body = {
            "model": "company",
            "messages": [{"role": "user", "content": f"secret: {VALUE}"}],
            "metadata": {"use_case": purpose},
        }
        key = new_key(app.state, "sales", team="Sales")
        answer = await call("POST", "/v1/chat/completions", json=body, key=key)
        assert answer.status == status
        assert VALUE not in heard(rungs).get("company", "")


class TestStatus:
    @pytest.fixture
    def policy(self) -> Policy:
        return Policy(sensitive=KEPT)

    def test_the_console_is_told_every_class_and_action(self, app: App) -> None:
        told = app.status()["policy"]
        assert tuple(told) == CLASSES
        assert told["sensitive"]["company"] == "keep"
        assert told["business"]["eu-hosted"] == "disguise"
        assert {row["abroad"] for row in told.values()} == {"refuse"}


# --- Explained ----------------------------------------------------------------------------------


def explained(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, toml: str, *more: str, lang: str = "en"
) -> str:
    file = tmp_path / "sobre.toml"
    file.write_text(toml, encoding="utf-8")
    assert cli.main(["--lang", lang, "--config", str(file), "config", "explain", *more]) == 0
    return capsys.readouterr().out


def test_the_safe_default_is_explained_in_french(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told = explained(capsys, tmp_path, "", lang="fr")
    stays = "restent sur cette machine\u00a0: aucun serveur, même en Europe, ne les reçoit."
    assert told.count(stays) == 3
    assert "ne les reçoit" in next(line for line in told.splitlines() if "santé" in line)
    assert "un modèle hors de l’Union européenne n’en voit rien" in told
    assert "Sur cette machine\u00a0: embedded" in told


RULES: list[tuple[list[str], str]] = [
    (["pass"] * 5, "anywhere, even outside the European Union"),
    (["pass"] * 4 + ["refuse"], "anywhere in the European Union, never outside"),
    (["pass"] * 3 + ["refuse"] * 2, "hosts under EU law only, and no farther"),
    (["pass"] * 2 + ["refuse"] * 3, "stay in the firm"),
    (["pass"] + ["refuse"] * 4, "stay on this machine: no server"),
    (["refuse"] * 5, "go nowhere"),
    (["pass"] + ["keep"] * 4, "a nearer model answers instead"),
    (["pass", "refuse", "pass", "refuse", "refuse"], "No model on the firm's servers, at a host"),
    (["disguise"] * 5, "as they are nowhere. A model on this machine, on the firm's servers, in"),
]


@pytest.mark.parametrize("lang", messages.LANGUAGES)
@pytest.mark.parametrize(("actions", "told"), RULES)
def test_every_shape_of_a_rule_has_its_sentences(actions: list[Any], told: str, lang: str) -> None:
    rules = make_rules(Config(policy=Policy(open_abroad=True, secret=Rule(*actions))))
    sentence = words.sentence("secret", rules, lang)
    assert told in sentence or lang == "fr"
    assert sentence.startswith(messages.say("policy.what.secret", lang))
    assert sentence.endswith(".")
    assert "  " not in sentence


@pytest.mark.parametrize("lang", messages.LANGUAGES)
@pytest.mark.parametrize("action", ["pass", "disguise", "keep", "refuse"])
@pytest.mark.parametrize("zones", [("company",), ("eu-sovereign", "eu-hosted"), ("abroad",), None])
@pytest.mark.parametrize("classes", [("secret",), ("personal", "business"), None])
def test_every_exception_is_one_sentence(lang: str, action: Any, zones: Any, classes: Any) -> None:
    block = PolicyException(action, classes, zones, ("quote",), ("hr", "sales"), "Our own reason")
    rules = make_rules(Config(policy=Policy(exceptions=(block,))))
    told = words.exception(rules.cases[0], rules, lang)
    assert "Our own reason" in told
    assert "quote" in told
    closed = "open_abroad" in told
    assert closed is (zones == ("abroad",) and action in ("pass", "disguise"))


BLOCKS = """
[policy.sensitive]
keep_in = "machine"
[[policy.exceptions]]
classes = ["personal"]
zones = ["eu-sovereign", "eu-hosted"]
teams = ["hr"]
action = "refuse"
reason = "Personnel files stay with us."
[rungs.far]
provider = "openai-style"
model = "m"
url = "https://llm.example.org/v1"
[rungs.workshop]
provider = "openai-style"
model = "m"
url = "http://192.0.2.1/v1"
zone = "company"
"""


def test_exceptions_and_models_are_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told = explained(capsys, tmp_path, BLOCKS)
    assert "1. For the team “hr”: no model in the European Union receives personal data." in told
    assert "Outside the European Union: far (m). Receives nothing." in told
    assert "On the firm's servers: workshop (m). Receives as they are: ordinary texts" in told
    assert "never: sensitive data, credentials and confidential documents." in told


def test_a_team_is_told_its_own_rules_and_programs_get_json(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told = json.loads(explained(capsys, tmp_path, BLOCKS, "--json", "--team", "HR"))
    assert tuple(told["classes"]) == CLASSES
    assert told["classes"]["personal"]["toward"]["eu-hosted"] == "refuse"
    assert told["classes"]["sensitive"]["toward"]["company"] == "keep"
    assert told["models"]["company"] == ["workshop (m)"]
    assert "for the team “HR”" in explained(capsys, tmp_path, BLOCKS, "--team", "HR")
