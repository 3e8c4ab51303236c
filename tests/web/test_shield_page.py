"""The console's page *Shield*: what would leave of a text, place by place, without sending it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

import jsonschema_rs
import pytest

from sobre.app import App, make_inspector, new_key
from sobre.core.zone import BY_SLUG
from sobre.privacy import Hit
from sobre.web import openapi, preview
from support.client import Answer, Call

PERSONAL = "Écrire à claire.fontaine@exemple.fr, IBAN FR14 2004 1010 0505 0001 3M02 606."
SECRET = "Le mot de passe du dossier est : Tulipe-2024!"
COMPANY = {"machine", "company"}

Try = Callable[..., Awaitable[Answer]]


@pytest.fixture
def cookie(app: App, key: str) -> tuple[str, str]:
    return "cookie", f"sobre_session={app.sign_in(key)}"


@pytest.fixture
def attempt(call: Call, cookie: tuple[str, str]) -> Try:
    """Post a text as the page does."""

    async def send(text: str = PERSONAL, lang: str = "fr", **more: Any) -> Answer:
        headers = [cookie, ("accept-language", lang), ("sec-fetch-site", "same-origin")]
        body = {"text": text, **more}
        return await call("POST", "/sobre/shield", json=body, key=None, headers=headers)

    return send


def by_zone(answer: Answer) -> dict[str, Any]:
    return {zone["zone"]: zone for zone in answer.json["zones"]}


async def test_without_a_session_nothing_is_examined(call: Call) -> None:
    answer = await call("POST", "/sobre/shield", json={"text": PERSONAL})
    assert (answer.status, answer.error["code"]) == (401, "invalid_api_key")
    page = await call("GET", "/shield", key=None)
    assert b'id="door"' in page.body
    assert b'id="result"' not in page.body


@pytest.mark.parametrize(
    "header", [("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:9999")]
)
async def test_another_site_cannot_have_a_text_examined(
    call: Call, cookie: tuple[str, str], header: tuple[str, str]
) -> None:
    answer = await call("POST", "/sobre/shield", json={"text": "x"}, headers=[cookie, header])
    assert (answer.status, answer.error["code"]) == (403, "forbidden")


async def test_a_finding_is_told_where_it_stands_and_in_the_readers_words(attempt: Try) -> None:
    text = "😀 " + PERSONAL
    told = {lang: (await attempt(text, lang)).json["findings"] for lang in ("fr", "en")}
    mail, iban = told["fr"]
    assert text[mail["start"] : mail["end"]] == "claire.fontaine@exemple.fr"
    assert (mail["kind"], mail["class"], mail["masked"]) == ("email", "personal", True)
    assert (mail["kind_label"], mail["class_label"]) == ("adresse e-mail", "données personnelles")
    assert "check digit" in iban["evidence"]
    assert "clé de contrôle" in iban["evidence_label"]
    assert told["en"][0]["class_label"] == "personal data"


async def test_the_text_stays_whole_near_leaves_disguised_to_europe_and_not_abroad(
    attempt: Try,
) -> None:
    answer = await attempt()
    zones = by_zone(answer)
    assert list(zones) == list(BY_SLUG)
    assert {zones[name]["text"] for name in COMPANY} == {PERSONAL}
    far = zones["eu-hosted"]
    assert far["action"] == "disguise"
    assert "claire" not in far["text"]
    assert len(far["aliases"]) == 2
    assert all(alias in far["text"] for alias in far["aliases"])
    assert (zones["abroad"]["action"], zones["abroad"]["text"]) == ("refuse", None)
    assert "ne sort de l’UE" in zones["abroad"]["reason"]
    assert [rung["name"] for rung in zones["machine"]["rungs"]] == ["echo"]
    schema = {
        "$ref": "#/components/schemas/Preview",
        "components": openapi.document()["components"],
    }
    jsonschema_rs.validate(schema, answer.json)


async def test_a_secret_would_leave_this_machine_for_nowhere(attempt: Try) -> None:
    zones = by_zone(await attempt(SECRET))
    assert {name for name, zone in zones.items() if zone["text"] is not None} == {"machine"}
    assert "mot de passe" in zones["eu-sovereign"]["reason"]


async def test_one_zone_can_be_asked_for(attempt: Try) -> None:
    assert list(by_zone(await attempt(zone="eu-hosted"))) == ["eu-hosted"]


async def test_what_was_examined_is_neither_recorded_nor_remembered(attempt: Try, app: App) -> None:
    first, second = [by_zone(await attempt())["eu-hosted"]["aliases"] for _ in range(2)]
    assert app.book.tail(10) == []
    assert not set(first) & set(second)


@pytest.mark.parametrize(
    "body", [b"{", b'{"text": 1}', b'{"text": " "}', b'{"text": "x", "zone": "moon"}', b"\xff"]
)
async def test_what_holds_no_text_is_refused(
    call: Call, cookie: tuple[str, str], body: bytes
) -> None:
    answer = await call("POST", "/sobre/shield", body=body, headers=[cookie])
    assert answer.status == 400


async def test_a_text_too_long_for_the_page_is_refused(attempt: Try) -> None:
    answer = await attempt("x" * preview.MAX_BYTES, "en")
    assert (answer.status, answer.error["code"]) == (413, "request_too_large")
    assert "too long" in answer.error["message"]


async def test_a_shield_that_fails_is_said_to_have_failed(attempt: Try, app: App) -> None:
    def broken(text: str) -> list[Hit]:
        raise RuntimeError(text)

    object.__setattr__(app.house, "inspect", make_inspector([broken]))
    answer = await attempt()
    assert (answer.status, answer.error["code"]) == (503, "shield_failed")
    assert b"claire" not in answer.body


async def test_the_page_keeps_to_the_consoles_rules(call: Call, cookie: tuple[str, str]) -> None:
    page = await call("GET", "/shield", key=None, headers=[cookie, ("accept-language", "fr")])
    text = page.body.decode()
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert '<a href="/shield" aria-current="page" data-say="shield.heading">Bouclier</a>' in text
    assert "style=" not in text
    chosen = await call("GET", "/shield?lang=en", key=None, headers=[cookie])
    assert (chosen.status, chosen.headers["location"]) == (303, "/shield")


async def test_a_script_calls_what_it_imports_by_its_hashed_name(call: Call) -> None:
    for name in ("console.js", "shield.js"):
        script = (await call("GET", f"/sobre/static/{name}", key=None)).body.decode()
        [imported] = re.findall(r'from "\./(page\.js\?v=\w{12})"', script)
        asset = await call("GET", f"/sobre/static/{imported}", key=None)
        assert (asset.status, "immutable" in asset.headers["cache-control"]) == (200, True)


# --- Corrections ------------------------------------------------------------------------------


@pytest.fixture
def admin(app: App) -> tuple[str, str]:
    return "cookie", f"sobre_session={app.sign_in(new_key(app.state, 'boss', role='admin'))}"


async def test_an_administrator_makes_lists_and_ends_a_correction(
    call: Call, attempt: Try, admin: tuple[str, str]
) -> None:
    draft = {"verb": "keep_clear", "text": "claire.fontaine@exemple.fr"}
    made = await call("POST", "/sobre/corrections", json=draft, headers=[admin])
    assert (made.status, made.json["id"], made.json["owner"]) == (201, "C1", "boss")
    assert [f["kind"] for f in (await attempt()).json["findings"]] == ["iban"]
    held = await call("GET", "/sobre/corrections", headers=[admin])
    assert [one["text"] for one in held.json["corrections"]] == [draft["text"]]
    assert (await call("DELETE", "/sobre/corrections/C1", headers=[admin])).status == 204
    assert [f["kind"] for f in (await attempt()).json["findings"]] == ["email", "iban"]
    assert (await call("DELETE", "/sobre/corrections/C1", headers=[admin])).status == 400


async def test_what_is_missed_can_be_protected(
    call: Call, attempt: Try, admin: tuple[str, str]
) -> None:
    draft = {"verb": "mask", "text": "Aubépine", "kind": "term"}
    await call("POST", "/sobre/corrections", json=draft, headers=[admin])
    answer = await attempt("Le lancement d’Aubépine est prévu en mai.")
    [found] = answer.json["findings"]
    assert (found["kind"], found["class"], found["clearing"]) == ("term", "business", "no")
    assert "Aubépine" not in by_zone(answer)["eu-hosted"]["text"]


async def test_what_a_check_digit_proved_takes_a_forced_correction(attempt: Try) -> None:
    findings = (await attempt()).json["findings"]
    assert [f["clearing"] for f in findings] == ["free", "forced"]


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_only_an_administrator_of_this_console_corrects(
    call: Call, cookie: tuple[str, str], admin: tuple[str, str], method: str
) -> None:
    path = "/sobre/corrections" + ("/C1" if method == "DELETE" else "")
    draft = {"verb": "mask", "text": "Aubépine"}
    assert (await call(method, path, json=draft, headers=[cookie])).status == 403
    assert (await call(method, path, json=draft)).status == 401
    if method != "GET":
        foreign = [admin, ("sec-fetch-site", "cross-site")]
        assert (await call(method, path, json=draft, headers=foreign)).status == 403
