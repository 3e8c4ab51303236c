"""``/v1/moderations``: rules say what they know, and name what they do not."""

from __future__ import annotations

from collections.abc import Sequence

import httpx2
import openai
import pytest

from sobre.adapters.providers.fake import Echo
from sobre.app import App
from sobre.web.dialects import moderations
from sobre.web.server import Server
from support.client import Call

DOOR = "/v1/moderations"


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def rungs(echo: Echo) -> Sequence[Echo]:
    return [echo]


async def test_openais_client_reads_a_moderation(server: Server, key: str) -> None:
    async with openai.AsyncOpenAI(
        api_key=key,
        base_url="http://127.0.0.1/v1",
        http_client=httpx2.AsyncClient(transport=httpx2.ASGITransport(app=server)),
    ) as client:
        told = await client.moderations.create(input=["Bonjour", "I will kill you"])
    calm, threat = told.results
    assert told.model == "sobre-rules-1"
    assert (calm.flagged, threat.flagged) == (False, True)
    assert threat.categories.harassment_threatening
    assert threat.category_scores.harassment_threatening == 1.0
    assert threat.category_applied_input_types.sexual == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Je vais te tuer.", "harassment/threatening"),
        ("ON VA  VOUS\nÉGORGER", "harassment/threatening"),
        ("I’m going to stab him tonight", "harassment/threatening"),
        ("Je veux mourir", "self-harm/intent"),
        ("parfois je me dis : je ne veux plus vivre", "self-harm/intent"),
        ("I want to kill myself", "self-harm/intent"),
    ],
)
async def test_a_set_phrase_is_flagged_with_the_category_that_holds_it(
    call: Call, text: str, category: str
) -> None:
    result = (await call("POST", DOOR, json={"input": text})).json["results"][0]
    flagged = {name for name, yes in result["categories"].items() if yes}
    assert flagged == {category, category.split("/", maxsplit=1)[0]}
    assert result["sobre"]["rules_matched"]


@pytest.mark.parametrize(
    "text",
    [
        "Je veux mourir de rire",
        "Je ne veux pas mourir",
        "I don't want to die",
        "I will kill the process",
        "Je vais te tuer le temps"[:14] + "enir compagnie",
        "Le personnage dit qu'il va la quitter",
        "",
    ],
)
async def test_ordinary_sentences_are_not_flagged(call: Call, text: str) -> None:
    result = (await call("POST", DOOR, json={"input": text})).json["results"][0]
    assert not result["flagged"]
    assert set(result["category_scores"].values()) == {0.0}


async def test_what_no_rule_looks_at_is_named(call: Call) -> None:
    result = (await call("POST", DOOR, json={"input": "x"})).json["results"][0]
    note = result["sobre"]
    assert set(note["assessed"]) | set(note["not_assessed"]) == set(moderations.CATEGORIES)
    assert "sexual" in note["not_assessed"]
    assert note["note"] == moderations.NOTE


async def test_personal_data_and_secrets_are_counted_by_kind_never_quoted(call: Call) -> None:
    text = "zoe@example.org et max@example.org, mot de passe : Sesame2026"
    answer = await call("POST", DOOR, json={"input": [{"type": "text", "text": text}]})
    result = answer.json["results"][0]
    assert result["sobre"]["findings"] == {"email": 2, "password": 1}
    assert not result["flagged"]
    assert b"zoe" not in answer.body


async def test_no_model_is_called_and_the_ledger_has_no_line(
    call: Call, echo: Echo, app: App
) -> None:
    await call("POST", DOOR, json={"input": "Je vais te tuer"})
    assert echo.seen == []
    app.book.flush()
    assert app.book.tail() == []


async def test_an_image_is_refused_rather_than_passed(call: Call) -> None:
    parts = [{"type": "image_url", "image_url": {"url": "data:,"}}]
    answer = await call("POST", DOOR, json={"input": parts})
    assert (answer.status, answer.error["code"]) == (400, "unsupported_value")
