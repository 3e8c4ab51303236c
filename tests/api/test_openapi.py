"""The OpenAPI document and ``docs/api.md`` know every route that the server knows."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema_rs
import pytest

from sobre.web import openapi
from sobre.web.server import Server
from support.client import Call

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
CHAT = {"model": "auto", "messages": [{"role": "user", "content": "Bonjour"}]}


def test_every_route_is_in_the_document_and_every_documented_route_exists(server: Server) -> None:
    documented = {
        (method.upper(), path)
        for path, item in openapi.document()["paths"].items()
        for method in item
        if method != "parameters"
    }
    assert documented == server.routes


def test_every_route_is_in_the_developers_page(server: Server) -> None:
    page = DOCS.read_text(encoding="utf-8")
    missing = [f"{m} {path}" for m, path in server.routes if f"`{m} {path}`" not in page]
    assert missing == []


def test_every_error_code_is_in_the_developers_page() -> None:
    source = Path(openapi.__file__).parents[1]
    codes = {
        code
        for file in [source / "errors.py", *source.glob("web/**/*.py"), source / "life.py"]
        for code in re.findall(r'\bcode(?:: str \| None)? ?= ?"(\w+)"', file.read_text("utf-8"))
    }
    inner = {"config_error", "grid_file_error", "model_file_error", "upstream_error"}
    page = DOCS.read_text(encoding="utf-8")
    assert "model_not_found" in codes
    assert [code for code in sorted(codes - inner) if f"`{code}`" not in page] == []


async def test_the_document_is_served_without_a_key_and_is_openapi_3_1(call: Call) -> None:
    answer = await call("GET", "/sobre/openapi.json", key=None)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json == openapi.document()
    for schema in answer.json["components"]["schemas"].values():
        jsonschema_rs.meta.validate(
            {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema
        )


@pytest.mark.parametrize(
    ("path", "schema", "ask"),
    [
        ("/v1/chat/completions", "ChatAnswer", CHAT),
        ("/v1/responses", "ResponsesAnswer", {"model": "auto", "input": "x"}),
        ("/v1/completions", "TextAnswer", {"model": "auto", "prompt": "x"}),
        ("/v1/embeddings", "Vectors", {"model": "auto", "input": "x"}),
        ("/v1/moderations", "Moderated", {"input": "x"}),
    ],
)
async def test_an_answer_keeps_to_its_schema(
    call: Call, path: str, schema: str, ask: dict[str, object]
) -> None:
    told = openapi.document()
    answer = (await call("POST", path, json=ask)).json
    jsonschema_rs.validate(
        {"$ref": f"#/components/schemas/{schema}", "components": told["components"]}, answer
    )
