"""LangChain, a framework over OpenAI's client."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, SecretStr

from support.serving import Process

langchain = pytest.importorskip("langchain_openai", reason="needs langchain-openai")

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(120)]


class City(BaseModel):
    """A place with people in it."""

    name: str
    people: int


def chat(sobre: Process, model: str = "echo", **more: Any) -> Any:
    key = SecretStr(sobre.key)
    return langchain.ChatOpenAI(model=model, base_url=sobre.v1, api_key=key, max_retries=0, **more)


def test_chat(gateway: Process) -> None:
    answer = chat(gateway).invoke([("system", "Be brief."), ("human", "Bonjour")])
    assert answer.content == "Bonjour"
    assert answer.usage_metadata["total_tokens"] == 18


def test_stream(gateway: Process) -> None:
    chunks = list(chat(gateway, stream_usage=True).stream("Bonjour, ça va ?"))
    whole = chunks[0]
    for chunk in chunks[1:]:
        whole += chunk
    assert whole.content == "Bonjour, ça va ?"
    assert whole.usage_metadata["total_tokens"] == 18


async def test_many_at_once(gateway: Process) -> None:
    asked = [f"question {number}" for number in range(20)]
    assert [a.content for a in await chat(gateway).abatch(asked)] == asked


def test_tools_there_and_back(gateway: Process) -> None:
    def look_up(text: str) -> str:
        """Look up a text."""
        return text.upper()

    bound = chat(gateway, "caller").bind_tools([look_up])
    called = bound.invoke("Bonjour")
    [call] = called.tool_calls
    assert (call["name"], call["args"]) == ("look_up", {"text": "Bonjour"})
    history = [
        ("human", "Bonjour"),
        called,
        {"role": "tool", "content": "BONJOUR", "tool_call_id": call["id"]},
    ]
    assert chat(gateway).invoke(history).content == "Bonjour"


@pytest.mark.parametrize("method", ["json_schema", "function_calling"])
def test_structured_output(gateway: Process, method: str) -> None:
    if method == "function_calling":
        bound = chat(gateway, "caller").bind_tools([City])
        assert bound.invoke("Brest").tool_calls[0]["name"] == "City"
        return
    shaped = chat(gateway, "shaped").with_structured_output(City, method=method)
    assert shaped.invoke("Brest") == City(name="Brest", people=7)


def test_embeddings(gateway: Process) -> None:
    vectors = langchain.OpenAIEmbeddings(
        model="echo",
        base_url=gateway.v1,
        api_key=SecretStr(gateway.key),
        check_embedding_ctx_length=False,
    )
    assert [v[0] for v in vectors.embed_documents(["un", "deux"])] == [2.0, 4.0]


@pytest.mark.model
def test_a_real_model_answers(embedded: Process, note: list[str]) -> None:
    answer = chat(embedded, "auto", max_tokens=16).invoke("Bonjour")
    assert answer.content
    note.append(repr(answer.content))
