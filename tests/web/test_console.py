"""The console's routes, called as any ASGI server would."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from sobre import messages
from sobre.app import Corrected, Preview, RungState, Status
from sobre.core.exchange import Actor
from sobre.core.reason import Reason
from sobre.web import console

KEY = "sk-sobre-of-the-test"
STATIC = Path(console.__file__).parent / "static"


class OneKeyHouse:
    """A server with one key and one rung on this machine."""

    def __init__(self) -> None:
        self.tokens: dict[str, Actor] = {}

    def sign_in(self, key: str) -> str | None:
        if key != KEY:
            return None
        self.tokens["token"] = Actor("k1", "Camille", "direction", "admin")
        return "token"

    def session(self, token: str) -> Actor | None:
        return self.tokens.get(token)

    def sign_out(self, token: str) -> None:
        self.tokens.pop(token, None)

    def status(self) -> Status:
        rung: RungState = {
            "name": "embedded",
            "zone": "machine",
            "level": 2,
            "model": "small",
            "ready": False,
            "note": Reason("still loading", "reason.local.loading"),
        }
        return {"version": "0.0", "rungs": [rung], "policy": {"plain": {"machine": "pass"}}}

    async def preview(self, text: str, actor: Actor, **asked: Any) -> Preview:
        raise NotImplementedError  # see test_shield_page.py

    def corrections(self, actor: Actor) -> list[Corrected]:
        return []

    def correct(self, actor: Actor, verb: str, text: str, **how: Any) -> Corrected:
        raise NotImplementedError

    def revoke(self, actor: Actor, label: str) -> None:
        raise NotImplementedError


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    cookies: SimpleCookie = field(init=False)

    def __post_init__(self) -> None:
        self.cookies = SimpleCookie()
        for name, value in self.headers:
            if name == "set-cookie":
                self.cookies.load(value)

    @property
    def text(self) -> str:
        return self.body.decode()

    def __getitem__(self, header: str) -> str:
        return dict(self.headers)[header]


class Browser:
    """Calls the routes of one house, in process, with the headers given."""

    def __init__(self) -> None:
        self.house = OneKeyHouse()
        self.app = Starlette(routes=console.routes(self.house, wrong_key_delay_s=0))

    async def __call__(self, method: str, target: str, body: bytes = b"", **headers: str) -> Answer:
        path, _, query = target.partition("?")
        sent = {"host": "127.0.0.1:8686"} | {k.replace("_", "-"): v for k, v in headers.items()}
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(k.encode(), v.encode()) for k, v in sent.items()],
            "server": ("127.0.0.1", 8686),
        }
        events: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(event: Any) -> None:
            events.append(event)

        await self.app(scope, receive, send)
        fields = [(k.decode(), v.decode()) for k, v in events[0]["headers"]]
        return Answer(events[0]["status"], fields, b"".join(e.get("body", b"") for e in events[1:]))

    async def sign_in(self, key: str, **headers: str) -> Answer:
        body = json.dumps({"key": key}).encode()
        return await self(
            "POST", "/sobre/session", body, content_type="application/json", **headers
        )


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.mark.parametrize(
    ("accepts", "lang", "heading"),
    [("fr-FR,fr", "fr", "Se connecter"), ("de, en", "en", "Sign in")],
)
async def test_a_stranger_is_asked_for_the_key_in_his_language(
    browser: Browser, accepts: str, lang: str, heading: str
) -> None:
    page = await browser("GET", "/", accept_language=accepts)
    assert f'<html lang="{lang}">' in page.text
    assert f"<h1>{heading}</h1>" in page.text
    assert 'id="box"' not in page.text


async def test_the_key_opens_a_session_that_scripts_and_other_sites_cannot_use(
    browser: Browser,
) -> None:
    answer = await browser.sign_in(f" {KEY}\n", sec_fetch_site="same-origin")
    cookie = answer.cookies["sobre_session"]
    assert answer.status == 204
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "strict", "/")
    page = await browser("GET", "/", cookie=f"sobre_session={cookie.value}")
    assert 'id="box"' in page.text


async def test_a_wrong_key_opens_nothing_and_is_told_what_to_do(browser: Browser) -> None:
    answer = await browser.sign_in("sk-sobre-wrong", accept_language="fr")
    assert answer.status == 401
    assert "n’est pas reconnue" in json.loads(answer.body)["error"]["message"]
    assert not answer.cookies


async def test_signing_in_works_without_script(browser: Browser) -> None:
    form = "application/x-www-form-urlencoded"
    good = await browser("POST", "/sobre/session", f"key={KEY}".encode(), content_type=form)
    assert (good.status, good["location"]) == (303, "/")
    bad = await browser("POST", "/sobre/session", b"key=%3Cb%3E", content_type=form)
    assert bad.status == 401
    assert "not recognised" in bad.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"key": "' + b"x" * 5000 + b'"}', 413),
        (b"{", 400),
        (b'{"key": 1}', 400),
        (b'{"key": ""}', 401),
        (b"\xff", 400),
    ],
)
async def test_a_strange_sign_in_is_refused_without_a_fault(
    browser: Browser, body: bytes, status: int
) -> None:
    answer = await browser("POST", "/sobre/session", body, content_type="application/json")
    assert answer.status == status


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
    ],
)
async def test_another_page_can_neither_sign_in_nor_out(
    browser: Browser, headers: dict[str, str]
) -> None:
    assert (await browser.sign_in(KEY, **headers)).status == 403
    await browser.sign_in(KEY)
    out = await browser("DELETE", "/sobre/session", b"", cookie="sobre_session=token", **headers)
    assert out.status == 403
    assert browser.house.session("token")


async def test_signing_out_ends_the_session(browser: Browser) -> None:
    await browser.sign_in(KEY, origin="http://127.0.0.1:8686")
    out = await browser("DELETE", "/sobre/session", cookie="sobre_session=token")
    assert out.cookies["sobre_session"]["max-age"] == "0"
    page = await browser("GET", "/", cookie="sobre_session=token")
    assert 'id="box"' not in page.text


async def test_the_status_is_for_those_who_signed_in(browser: Browser) -> None:
    assert (await browser("GET", "/sobre/status")).status == 401
    await browser.sign_in(KEY)
    answer = await browser("GET", "/sobre/status", cookie="sobre_session=token")
    assert json.loads(answer.body)["rungs"][0]["zone"] == "machine"


async def test_why_a_rung_is_not_ready_is_told_in_the_readers_language(browser: Browser) -> None:
    await browser.sign_in(KEY)
    answer = await browser("GET", "/sobre/status", cookie="sobre_session=token; sobre_lang=fr")
    assert json.loads(answer.body)["rungs"][0]["note"] == "en cours de chargement"


async def test_the_chosen_language_is_kept_and_wins_over_the_browsers(browser: Browser) -> None:
    chosen = await browser("GET", "/?lang=fr", accept_language="en")
    assert (chosen.status, chosen.cookies["sobre_lang"].value) == (303, "fr")
    page = await browser("GET", "/", accept_language="en", cookie="sobre_lang=fr")
    assert '<html lang="fr">' in page.text


@pytest.mark.parametrize(
    "target", ["/", "/sobre/status", "/sobre/words/fr", "/sobre/words/xx", "/sobre/static/nope"]
)
async def test_every_answer_forbids_what_the_page_does_not_need(
    browser: Browser, target: str
) -> None:
    answer = await browser("GET", target)
    assert answer["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in answer["content-security-policy"]
    assert answer["x-content-type-options"] == "nosniff"


async def test_the_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(
    browser: Browser,
) -> None:
    await browser.sign_in(KEY)
    page = (await browser("GET", "/", cookie="sobre_session=token")).text
    assert not re.findall(r"https?://", page)
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert re.findall(r'<script (?!id="words" type="application/json").*?>', page) == re.findall(
        r'<script type="module" src="/sobre/static/console.js\?v=\w+">', page
    )
    for target in re.findall(r'(?:src|href)="(/sobre/static/[^"]+)"', page):
        asset = await browser("GET", target)
        assert (asset.status, "immutable" in asset["cache-control"]) == (200, True)


@pytest.mark.parametrize("own", [["console.js"], ["shield.js", "shield.css"]])
def test_style_and_script_of_a_page_weigh_less_than_forty_kilobytes(own: list[str]) -> None:
    loaded = ["page.js", "console.css", "sobre.svg", *own]
    assert sum((STATIC / name).stat().st_size for name in loaded) < 40_000


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_every_word_the_script_says_exists(lang: str) -> None:
    script = "".join(file.read_text(encoding="utf-8") for file in STATIC.glob("*.js"))
    words = r'"((?:ask|run|facts|where|found|error|unit|shield)\.[a-z_.]+)"'
    said = set(re.findall(words, script))
    assert len(said) > 40
    assert {key for key in said if f"console.{key}" not in messages.catalogue(lang)} == set()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_kind_of_error_has_words_and_what_to_do(lang: str) -> None:
    script = (STATIC / "page.js").read_text(encoding="utf-8")
    (codes,) = re.findall(r"const BY_CODE = \{(.*?)\};", script, re.DOTALL)
    kinds = dict(re.findall(r'(\w+): "(\w+)"', codes))
    assert (kinds["carbon_budget"], kinds["approval_needed"]) == ("carbon", "approval")
    words = messages.catalogue(lang)
    for kind in kinds.values():
        assert words[f"console.error.{kind}"]
        assert words[f"console.error.{kind}_do"]


def test_both_languages_fill_in_the_same_names() -> None:
    fr, en = messages.catalogue("fr"), messages.catalogue("en")
    for key in (key for key in fr if key.startswith("console.")):
        assert sorted(re.findall(r"\{\w+\}", fr[key])) == sorted(re.findall(r"\{\w+\}", en[key]))
