"""Schemathesis reads the OpenAPI document and sends what fits it, and what does not."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sobre.config import Config
from sobre.config import Server as ServerConfig
from sobre.web import openapi
from sobre.web.server import Server

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 30
"""For each operation: the whole run stays well under a minute."""


@pytest.fixture
def config(config: Config) -> Config:
    hosts = (*config.server.allowed_hosts, "testserver")
    return dataclasses.replace(config, server=ServerConfig(allowed_hosts=hosts))


@pytest.fixture
def api(server: Server) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/sobre/openapi.json", server)


OPERATIONS = [
    (path, method)
    for path, item in openapi.document()["paths"].items()
    for method in item
    if method != "parameters"
]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_nothing_that_fits_or_breaks_the_document_is_a_fault(
    api: schemathesis.BaseSchema, key: str, path: str, method: str, mode: GenerationMode
) -> None:
    operation = api[path][method]

    @settings(
        max_examples=EXAMPLES if path.startswith("/v1/") else EXAMPLES // 5,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def holds(case: schemathesis.Case[Any]) -> None:
        if isinstance(case.body, dict) and isinstance(case.body.get("model"), str):
            case.body["model"] = "auto"  # else nearly all would end at an unknown model
        headers = {"Authorization": f"Bearer {key}"}
        case.validate_response(case.call(headers=headers), checks=CHECKS)

    try:
        holds()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE, "nothing fits the document"
