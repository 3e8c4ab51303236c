"""A conversation of several turns, over a restart, through the real application."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sobre import privacy
from sobre.app import new_key
from sobre.core.exchange import Actor, Message
from support.serving import Answer, Here, command, rung, serve, serving, upstream_thread
from support.shield import leave
from support.upstream import SCENARIOS, Received, _say, fake_upstream
from support.values import APP, ask

MAIL, IBAN = "zenobie@quatrelivres.fr", "DE89370400440532013000"
ALIAS = re.compile(r"\[[A-Z]+-\d+-\w+\]")


# --- Which conversation --------------------------------------------------------------------------


def turn(*texts: str, **fields: Any) -> Any:
    roles = ("system", "user", "assistant", "user", "assistant", "user")
    messages = tuple(Message(role, text) for role, text in zip(roles, texts, strict=False))
    return ask(messages=messages, **fields)


OTHER = Actor("key_2", "tests", "", "app")
BEGUN = privacy.session(turn("S", "Hello"), APP)


def test_a_conversation_is_known_by_how_it_began() -> None:
    assert privacy.session(turn("S", "Hello", "Hi", "More"), APP) == BEGUN
    assert privacy.session(turn("S", "Hello", id="ex_other"), APP) == BEGUN
    different = [turn("S", "Hello "), turn("S2", "Hello"), turn("SH", "ello"), turn("S", "")]
    sessions = {BEGUN, *(privacy.session(asked, APP) for asked in different)}
    assert len(sessions) == 5


def test_two_keys_never_share_one_however_it_is_named() -> None:
    assert privacy.session(turn("S", "Hello"), OTHER) != BEGUN
    named = [privacy.session(turn("S", "x", session="s"), actor) for actor in (APP, OTHER)]
    assert len({*named, BEGUN}) == 3
    assert privacy.session(turn("T", "y", session="s"), APP) == named[0]


# --- Aliases over several turns ------------------------------------------------------------------

TURN_2 = "ex_01ABCDEFGHJKMNPQRSTVWXM4W7"


def test_a_value_keeps_its_alias_and_a_new_one_gets_the_new_tag() -> None:
    _, first = leave(MAIL, (MAIL, "email"))
    sent, second = leave(
        f"{MAIL} {IBAN}", (MAIL, "email"), (IBAN, "iban"), known=first.fresh, id=TURN_2
    )
    assert sent == "[EMAIL-1-k3v9] [IBAN-2-m4w7]"
    assert second.fresh == {"[IBAN-2-m4w7]": (IBAN,)}
    assert second.used == 2


def test_a_person_met_again_by_another_form_keeps_its_alias() -> None:
    _, first = leave("Dupont", ("Dupont", "person"))
    sent, second = leave("Marie Dupont", ("Marie Dupont", "person/f"), known=first.fresh, id=TURN_2)
    assert sent == "[PERSONNE-1-k3v9]"
    assert second.fresh == {"[PERSONNE-1-k3v9]": ("Marie Dupont", "Dupont")}


def test_two_that_could_both_be_the_one_met_before_are_new() -> None:
    _, first = leave("Dupont", ("Dupont", "person"))
    names = (("Marie Dupont", "person/f"), ("Paul Dupont", "person/m"), ("Dupont", "person"))
    sent, _ = leave("Marie Dupont, Paul Dupont, Dupont", *names, known=first.fresh, id=TURN_2)
    assert sent == "[FEMME-2-m4w7], [HOMME-3-m4w7], [PERSONNE-1-k3v9]"


# --- Through the application ---------------------------------------------------------------------


async def _earlier(wire: Any, asked: Received) -> None:
    """Repeats every alias that it has ever been sent."""
    raw = b" ".join(request.raw for request in wire.up.requests).decode()
    await _say(wire, asked, " ".join(dict.fromkeys(ALIAS.findall(raw))))


async def _invents(wire: Any, asked: Received) -> None:
    """Changes the number of each alias into one that nobody gave."""
    await _say(wire, asked, re.sub(r"-(\d+)-", r"-9\1-", asked.text))


@pytest.fixture(autouse=True)
def scenarios() -> Iterator[None]:
    SCENARIOS.update({"earlier": _earlier, "invents": _invents})
    yield
    del SCENARIOS["earlier"], SCENARIOS["invents"]


async def asked(sobre: Here, *texts: str, session: str = "", **fields: Any) -> Answer:
    roles = ["user", "assistant"] * len(texts)
    messages = [{"role": r, "content": t} for r, t in zip(roles, texts, strict=False)]
    headers = {"Authorization": f"Bearer {fields.pop('key', sobre.key)}"}
    headers |= {"x-sobre-session": session} if session else {}
    body = {"model": "auto", "messages": messages, **fields}
    async with sobre.post(json=body, headers=headers) as response:
        return Answer(response.status, {k.lower(): v for k, v in response.headers.items()},
                      await response.read())  # fmt: skip


def far(up: Any, scenario: str = "") -> str:
    return rung("far", up.at(scenario) if scenario else up.url, zone="eu-hosted")


@pytest.mark.parametrize("stream", [False, True])
async def test_an_alias_of_an_earlier_turn_is_restored_also_after_a_restart(
    tmp_path: Path, stream: bool
) -> None:
    async with fake_upstream() as up:
        async with serving(tmp_path, far(up, "earlier")) as sobre:
            first = await asked(sobre, f"Bonjour {MAIL}", stream=stream)
            again = await asked(sobre, f"Bonjour {MAIL}", "ok", f"et {IBAN}", stream=stream)
            key = sobre.key
        async with serving(tmp_path, far(up, "earlier"), key=key) as sobre:
            later = await asked(
                sobre, f"Bonjour {MAIL}", "ok", f"et {IBAN}", "ok", "?", stream=stream
            )
    assert [a.text for a in (first, again, later)] == [MAIL, f"{MAIL} {IBAN}", f"{MAIL} {IBAN}"]
    sent = [ALIAS.findall(request.raw.decode()) for request in up.requests]
    assert sent[1][0] == sent[0][0]
    assert MAIL not in str([request.raw for request in up.requests])


async def test_by_the_callers_own_name_a_conversation_goes_on_whatever_is_sent(
    tmp_path: Path,
) -> None:
    async with fake_upstream() as up:
        async with serving(tmp_path, far(up, "earlier")) as sobre:
            await asked(sobre, MAIL, session="a")
            key = sobre.key
        async with serving(tmp_path, far(up, "earlier"), key=key) as sobre:
            same = await asked(sobre, "Et ?", session="a")
            other = await asked(sobre, "Et ?", session="b")
            other_key = new_key(sobre.app.state, "second")
            other_actor = await asked(sobre, "Et ?", session="a", key=other_key)
    assert same.text == MAIL
    for answer in (other, other_actor):
        assert ALIAS.fullmatch(answer.text)


async def test_a_conversations_name_has_a_length(tmp_path: Path) -> None:
    async with fake_upstream() as up, serving(tmp_path, far(up)) as sobre:
        answer = await asked(sobre, "x", session="s" * 201)
    assert answer.status == 400
    assert up.requests == []


@pytest.mark.parametrize("stream", [False, True])
async def test_invented_aliases_are_counted_where_the_answer_is_told_of(
    tmp_path: Path, stream: bool
) -> None:
    async with fake_upstream() as up, serving(tmp_path, far(up, "invents")) as sobre:
        answer = await asked(sobre, f"{MAIL} {IBAN}", stream=stream)
        record = sobre.last()
        plain = await asked(sobre, "Bonjour", stream=stream)
    assert len(ALIAS.findall(answer.text)) == 2
    assert (answer.told["invented"], answer.told["disguised"]) == (2, 2)
    assert record["notes"]["invented"] == "2"
    assert plain.told["invented"] == 0


async def test_where_nothing_is_disguised_no_vault_is_made(tmp_path: Path) -> None:
    async with fake_upstream() as up, serving(tmp_path, far(up), rung("near", up.url)) as sobre:
        await asked(sobre, "Bonjour")
        await asked(sobre, f"Bonjour {MAIL}", model="near")
    assert not list((tmp_path / "data").glob("vault*"))


def garbage(file: Path) -> None:
    file.write_bytes(b"garbage" * 1000)


def another_key(file: Path) -> None:
    (file.parent / "vault.key").write_text("00" * 32)


@pytest.mark.parametrize("damage", [garbage, another_key])
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_without_its_vault_a_request_is_refused_and_goes_nowhere(
    tmp_path: Path, damage: Callable[[Path], None], lang: str
) -> None:
    async with fake_upstream() as up:
        async with serving(tmp_path, far(up)) as sobre:
            await asked(sobre, MAIL)
            key = sobre.key
        before = len(up.requests)
        for extra in (tmp_path / "data").glob("vault.sqlite3-*"):
            extra.unlink()
        damage(tmp_path / "data" / "vault.sqlite3")
        async with serving(tmp_path, far(up), key=key) as sobre:
            headers = {"Authorization": f"Bearer {key}", "Accept-Language": lang}
            body = {"model": "auto", "messages": [{"role": "user", "content": MAIL}]}
            async with sobre.post(json=body, headers=headers) as response:
                told = (await response.json())["error"]
            record = sobre.last()
    assert (response.status, told["code"]) == (503, "vault_unavailable")
    assert ("coffre" if lang == "fr" else "vault") in told["message"]
    assert MAIL not in str(told) + str(record)
    assert len(up.requests) == before


def test_no_value_reaches_a_log_a_metric_or_a_file_of_the_real_process(tmp_path: Path) -> None:
    text = f"Bonjour {MAIL}, IBAN {IBAN}"
    with upstream_thread() as up:
        block = rung("far", up.url, zone="eu-hosted")
        with serve(tmp_path, block, "[data]\nkeep_texts = false\n", debug=True) as sobre:
            answers = [curl(sobre.v1, sobre.key, text, stream=s) for s in (False, True)]
            answers.append(curl(sobre.v1, sobre.key, text, model="nothing"))
        sent = b"".join(request.raw for request in up.requests)
    assert MAIL in answers[0]
    shown = command(tmp_path, "ledger", "tail", "--json").stdout
    data = [f for f in (tmp_path / "data").rglob("*") if f.is_file()]
    kept = [file.read_bytes() for file in data] + [sobre.log.encode(), shown.encode(), sent]
    assert any(file.name == "vault.sqlite3" for file in data)
    for value in (MAIL, IBAN, "quatrelivres"):
        assert [value.encode() in piece for piece in kept] == [False] * len(kept)


def curl(url: str, key: str, text: str, *, stream: bool = False, model: str = "auto") -> str:
    import json
    import urllib.error
    import urllib.request

    body = {"model": model, "stream": stream, "messages": [{"role": "user", "content": text}]}
    request = urllib.request.Request(
        f"{url}/chat/completions",
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=15) as response:
            return str(response.read().decode())
    except urllib.error.HTTPError as error:
        return str(error.read().decode())
