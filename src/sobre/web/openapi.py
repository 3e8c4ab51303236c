"""The OpenAPI 3.1 document of everything the server answers, at ``GET /sobre/openapi.json``.

Requests are described as far as Sobre checks them: every other parameter is passed on, and a schema
that forbade it would be wrong. It holds nothing secret, so that it needs no key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sobre import __version__
from sobre.core.zone import BY_SLUG
from sobre.jobs import DOORS, Status
from sobre.messages.amounts import CLASSES
from sobre.web.dialects import moderations
from sobre.web.dialects.batches import TIMES
from sobre.web.dialects.files import LEAST_SECONDS, MOST_SECONDS

Schema: TypeAlias = dict[str, Any]

TEXT: Schema = {"type": "string"}
YES_NO: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
OBJECT: Schema = {"type": "object"}

ERRORS: Mapping[int, str] = {
    400: "The request is malformed, or asks for what is not offered here.",
    401: "No key, or one that is unknown, expired or revoked.",
    403: "Policy, or a carbon budget, leaves no model that may answer.",
    404: "There is no such path, model, file or batch.",
    405: "The path takes another method; `Allow` names it.",
    409: "A batch has still to read the file.",
    413: "The body is larger than `server.max_body_mb`.",
    421: "The `Host` is not one of `server.allowed_hosts`.",
    429: "The key's budget is spent, or every model is asked too much (`Retry-After`).",
    502: "Every model that may answer failed.",
    503: "No model is there, or the ledger cannot be written.",
    504: "Every model that may answer was too slow.",
    507: "The disk has too little room left for another file.",
}


def document() -> Schema:
    """The whole document. Each call makes a new one."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sobre",
            "version": __version__,
            "summary": "A frugal, private and accountable gateway to any language model.",
            "description": "`/v1` is OpenAI's API; `docs/api.md` lists the differences.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "tags": [
            {"name": "v1", "description": "OpenAI's API, for applications."},
            {"name": "sobre", "description": "For the console and for tools."},
            {"name": "health", "description": "For whoever watches the process."},
        ],
        "paths": _paths(),
        "components": {
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "`sk-sobre-…`"},
                "session": {"type": "apiKey", "in": "cookie", "name": "sobre_session"},
            },
            "headers": _HEADERS,
            "responses": _RESPONSES,
            "schemas": _schemas(),
        },
    }


def _paths() -> Schema:
    return {
        "/v1/chat/completions": _asks("chat", "Answer a conversation.", "Chat", "ChatAnswer"),
        "/v1/responses": _asks(
            "responses", "Answer, in OpenAI's newer form.", "Responses", "ResponsesAnswer"
        ),
        "/v1/completions": _asks("completions", "Go on from a text.", "Completion", "TextAnswer"),
        "/v1/embeddings": _asks(
            "embeddings", "Turn texts into vectors.", "Embeddings", "Vectors", streams=False
        ),
        "/v1/moderations": {
            "post": _operation(
                "moderations",
                "v1",
                "Judge texts by rules; no model is called.",
                _json("Moderated", "What the rules say."),
                errors=(400, 401, 413, 421, 429),
                body="Moderations",
            )
        },
        **_deferred(),
        "/v1/models": {
            "get": _operation(
                "list_models",
                "v1",
                "What may be named in `model`.",
                _json("Models", "The list."),
                errors=(401, 421, 429),
            )
        },
        "/v1/models/{model}": {
            "parameters": [_path("model")],
            "get": _operation(
                "get_model",
                "v1",
                "One model, with what is known of it.",
                _json("Model", "The model."),
                errors=(401, 404, 421, 429),
            ),
        },
        "/health/live": {
            "get": _open("live", "health", "Whether the process runs.", _plain("It runs."))
        },
        "/health/ready": {
            "get": _open(
                "ready",
                "health",
                "Whether requests can be taken.",
                _plain("They can."),
            )
        },
        "/": {
            "get": _open("console", "sobre", "The console's page.", _page("The page, or sign-in."))
        },
        "/shield": {
            "get": _open(
                "shield_page",
                "sobre",
                "The page where a text is tried on the shield.",
                _page("The page, or sign-in."),
            )
        },
        "/sobre/shield": {
            "post": _operation(
                "preview_shield",
                "sobre",
                "What would leave of a text, zone by zone; it is neither sent nor kept.",
                _json("Preview", "What was found, and what would leave."),
                errors=(400, 401, 403, 413, 421, 503),
                body="Pasted",
                security="session",
            )
        },
        "/sobre/corrections": {
            "get": _operation(
                "corrections",
                "sobre",
                "The shield's corrections in force; for administrators.",
                _json("Corrections", "Oldest first."),
                errors=(401, 403, 421, 503),
                security="session",
            ),
            "post": _operation(
                "correct",
                "sobre",
                "Tell the shield that a text is to protect, or is not; for administrators.",
                _json("Correction", "The correction, in force."),
                status="201",
                errors=(400, 401, 403, 413, 421, 503),
                body="Draft",
                security="session",
            ),
        },
        "/sobre/corrections/{id}": {
            "parameters": [_path("id")],
            "delete": _operation(
                "revoke_correction",
                "sobre",
                "End a correction; for administrators.",
                {"description": "It holds no more."},
                status="204",
                errors=(400, 401, 403, 421, 503),
                security="session",
            ),
        },
        "/sobre/openapi.json": {
            "get": _open("openapi", "sobre", "This document.", _json(None, "OpenAPI 3.1."))
        },
        "/sobre/session": {
            "post": _open(
                "sign_in",
                "sobre",
                "Open a session of the console with a key.",
                {"description": "Signed in; a cookie carries the session."},
                status="204",
                more={
                    **{str(code): _refusal(text) for code, text in _SIGN_IN_ERRORS.items()},
                    "303": {"description": "Signed in by the form."},
                },
                body="SignIn",
            ),
            "delete": _open(
                "sign_out",
                "sobre",
                "End the session.",
                {"description": "There is no session any more."},
                status="204",
                more={"403": _error(403)},
            ),
        },
        "/sobre/status": {
            "get": _operation(
                "status",
                "sobre",
                "Which rungs are there, and what policy lets out.",
                _json("Status", "The state of the house."),
                errors=(401, 421),
                security="session",
            )
        },
        "/sobre/words/{lang}": {
            "parameters": [_path("lang")],
            "get": _open(
                "words",
                "sobre",
                "The console's texts in one language.",
                _json("Words", "Key and text."),
                more={"404": {"description": "Neither `fr` nor `en`."}},
            ),
        },
        "/sobre/static/{name}": {
            "parameters": [_path("name")],
            "get": _open(
                "static",
                "sobre",
                "The console's script, style and picture.",
                {"description": "The file.", "content": {"*/*": {}}},
                more={"404": {"description": "There is no such file."}},
            ),
        },
    }


def _deferred() -> Schema:
    """Files of requests, and the batches that run them."""
    page = [
        _query("after", TEXT),
        _query("limit", {"type": "integer", "minimum": 1, "maximum": 100}),
    ]
    order = _query("order", {"type": "string", "enum": ["asc", "desc"]})
    upload = _operation(
        "send_file",
        "v1",
        "Send a file of requests, for a batch.",
        _json("File", "The file, as it was taken in."),
        errors=(400, 401, 413, 421, 429, 507),
    )
    upload["requestBody"] = {
        "required": True,
        "content": {"multipart/form-data": {"schema": {"$ref": "#/components/schemas/Upload"}}},
    }
    content = {
        "description": "The file as it is.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
    seen, gone = (401, 404, 421), (401, 404, 409, 421)
    return {
        "/v1/files": {
            "get": {
                **_operation(
                    "list_files",
                    "v1",
                    "This key's files and its team's, newest first.",
                    _json("Files", "A page of them."),
                    errors=(400, 401, 421),
                ),
                "parameters": [*page, order, _query("purpose", TEXT)],
            },
            "post": upload,
        },
        "/v1/files/{file_id}": {
            "parameters": [_path("file_id")],
            "get": _operation("get_file", "v1", "One file.", _json("File", "It."), errors=seen),
            "delete": _operation(
                "delete_file",
                "v1",
                "Delete a file for good.",
                _json("Deleted", "It is gone."),
                errors=gone,
            ),
        },
        "/v1/files/{file_id}/content": {
            "parameters": [_path("file_id")],
            "get": _operation("get_content", "v1", "What a file holds.", content, errors=seen),
        },
        "/v1/batches": {
            "get": {
                **_operation(
                    "list_batches",
                    "v1",
                    "This key's batches and its team's, newest first.",
                    _json("Batches", "A page of them."),
                    errors=(400, 401, 421),
                ),
                "parameters": [*page, order],
            },
            "post": _operation(
                "make_batch",
                "v1",
                "Run a file of requests within a window, in hours of little carbon.",
                _json("Batch", "The batch, not checked yet."),
                errors=(400, 401, 404, 413, 421, 429),
                body="Order",
            ),
        },
        "/v1/batches/{batch_id}": {
            "parameters": [_path("batch_id")],
            "get": _operation("get_batch", "v1", "One batch.", _json("Batch", "It."), errors=seen),
        },
        "/v1/batches/{batch_id}/cancel": {
            "parameters": [_path("batch_id")],
            "post": _operation(
                "cancel_batch",
                "v1",
                "Cancel a batch; what is done keeps its answers.",
                _json("Batch", "It, being cancelled."),
                errors=(400, 401, 404, 421),
            ),
        },
    }


def _query(name: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": schema}


_SIGN_IN_ERRORS = {
    400: "The body holds no key.",
    401: "The key may not sign in.",
    403: "The request comes from another site.",
    413: "The body is larger than a key can be.",
}


def _asks(name: str, summary: str, body: str, answer: str, *, streams: bool = True) -> Schema:
    """A question to a model, answered whole or as server-sent events."""
    response = _json(answer, "The answer." if not streams else "The answer, whole or streamed.")
    response["headers"] = {
        header: {"$ref": f"#/components/headers/{header}"} for header in _HEADERS
    }
    if streams:
        response["content"]["text/event-stream"] = {"schema": _object(("data",), **_EVENT)}
    return {
        "post": _operation(
            name,
            "v1",
            summary,
            response,
            errors=(400, 401, 403, 404, 413, 421, 429, 502, 503, 504),
            body=body,
        )
    }


def _operation(
    name: str,
    tag: str,
    summary: str,
    response: Schema,
    *,
    errors: Sequence[int],
    status: str = "200",
    body: str | None = None,
    security: str | None = None,
) -> Schema:
    told: Schema = {
        "operationId": name,
        "tags": [tag],
        "summary": summary,
        "responses": {status: response, **{str(code): _error(code) for code in errors}},
    }
    if body:
        told["requestBody"] = _body(body)
    if security:
        told["security"] = [{security: []}]
    return told


def _open(
    name: str,
    tag: str,
    summary: str,
    response: Schema,
    *,
    status: str = "200",
    more: Mapping[str, Schema] | None = None,
    body: str | None = None,
) -> Schema:
    """An operation that needs no key."""
    told: Schema = {
        "operationId": name,
        "tags": [tag],
        "summary": summary,
        "security": [],
        "responses": {status: response, "421": _error(421), **(more or {})},
    }
    if body:
        told["requestBody"] = _body(body)
    return told


def _body(name: str) -> Schema:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _path(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _json(name: str | None, description: str) -> Schema:
    schema = {"$ref": f"#/components/schemas/{name}"} if name else OBJECT
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _refusal(description: str) -> Schema:
    return _json("Refusal", description)


def _plain(description: str) -> Schema:
    return {"description": description, "content": {"text/plain": {"schema": TEXT}}}


def _page(description: str) -> Schema:
    return {"description": description, "content": {"text/html": {"schema": TEXT}}}


def _error(code: int) -> Schema:
    return {"$ref": f"#/components/responses/{code}"}


_HEADERS: Schema = {
    "x-sobre-exchange": {"schema": TEXT, "description": "The exchange's id in the ledger."},
    "x-sobre-rung": {"schema": TEXT, "description": "Which rung answered."},
    "x-sobre-zone": {
        "schema": {"type": "string", "enum": list(BY_SLUG)},
        "description": "Where that rung is.",
    },
    "x-sobre-gwp-g": {
        "schema": {"type": "string"},
        "description": "gCO2eq, middle estimate; absent where it was not assessed or in a stream.",
    },
}
_EVENT: Schema = {"event": TEXT, "data": TEXT}
_RESPONSES: Schema = {str(code): _refusal(text) for code, text in ERRORS.items()}


def _object(required: Sequence[str] = (), /, **properties: Any) -> Schema:
    told: Schema = {"type": "object", "properties": properties}
    return told | ({"required": list(required)} if required else {})


def _either(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def _many(schema: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": schema} | ({"minItems": least} if least else {})


def _maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _number(low: float, high: float) -> Schema:
    return _maybe({"type": "number", "minimum": low, "maximum": high})


def _count(low: int, high: int) -> Schema:
    return _maybe({"type": "integer", "minimum": low, "maximum": high})


_SAMPLING: Schema = {
    "temperature": _number(0, 2),
    "top_p": _number(0, 1),
    "presence_penalty": _number(-2, 2),
    "frequency_penalty": _number(-2, 2),
    "seed": _maybe(WHOLE),
    "user": _maybe(TEXT),
    "metadata": _maybe(OBJECT),
    "stream": _maybe(YES_NO),
}
_STOP = _maybe(_either(TEXT, {"type": "array", "items": TEXT, "maxItems": 16}))
_MODEL: Schema = {
    "type": "string",
    "description": "A rung's name, a model's name, an alias, or `auto`.",
    "examples": ["auto"],
}


def _schemas() -> Schema:
    refusal = {"message": TEXT, "type": TEXT, "param": _maybe(TEXT), "code": _maybe(TEXT)}
    part = _object(("type",), type=TEXT, text=TEXT)
    role = {"type": "string", "enum": ["system", "developer", "user", "assistant", "tool"]}
    quantity = _object(
        ("low", "mid", "high", "unit"),
        low={"type": "number"},
        mid={"type": "number"},
        high={"type": "number"},
        unit=TEXT,
        source=TEXT,
    )
    sobre: Schema = {"$ref": "#/components/schemas/Sobre"}
    tokens = {"type": "integer", "minimum": 0}
    spotted: Schema = {
        "start": tokens,
        "end": {**tokens, "description": "Code points, half-open."},
        "kind": TEXT,
        "kind_label": TEXT,
        "class": TEXT,
        "class_label": TEXT,
        "evidence": {**TEXT, "description": "The rule that saw it, in English."},
        "evidence_label": TEXT,
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "masked": {**YES_NO, "description": "Whether an alias can stand for it."},
        "clearing": {
            "type": "string",
            "enum": ["free", "forced", "no"],
            "description": "What a correction that keeps it clear takes.",
        },
    }
    correction: Schema = {
        **dict.fromkeys(("id", "verb", "text", "kind", "kind_label", "team", "owner"), TEXT),
        "made_at": {"type": "number", "description": "Unix time, seconds."},
        "forced": YES_NO,
    }
    toward: Schema = {
        "zone": {"type": "string", "enum": list(BY_SLUG)},
        "label": TEXT,
        "action": {"type": "string", "enum": ["pass", "disguise", "keep", "refuse"]},
        "reason": TEXT,
        "classes": {"type": "object", "additionalProperties": TEXT},
        "text": _maybe({**TEXT, "description": "`null`: nothing would leave."}),
        "aliases": _many(TEXT),
        "rungs": _many(_object(("name", "model", "ready"), name=TEXT, model=TEXT, ready=YES_NO)),
    }
    return {
        "Refusal": _object(("error",), error=_object(tuple(refusal), **refusal)),
        "Chat": _object(
            ("model", "messages"),
            model=_MODEL,
            messages=_many(
                _object(("role", "content"), role=role, content=_either(TEXT, _many(part))), 1
            ),
            max_tokens=_count(1, 2**31),
            max_completion_tokens=_count(1, 2**31),
            n=_count(1, 128),
            stop=_STOP,
            logprobs=_maybe(YES_NO),
            tools=_maybe(_many(_object(("type",), type=TEXT, function=OBJECT))),
            response_format=_maybe(
                _object(
                    ("type",),
                    type={"type": "string", "enum": ["text", "json_object", "json_schema"]},
                    json_schema=_object(schema=OBJECT),
                )
            ),
            stream_options=_maybe(_object(include_usage=YES_NO)),
            **_SAMPLING,
        ),
        "ChatAnswer": _object(
            ("id", "object", "model", "choices", "usage", "sobre"),
            id=TEXT,
            object={"const": "chat.completion"},
            created=WHOLE,
            model=TEXT,
            choices=_many(OBJECT),
            usage=OBJECT,
            sobre=sobre,
        ),
        "Responses": _object(
            ("model", "input"),
            model=_MODEL,
            input=_either(
                {"type": "string", "minLength": 1},
                _many(
                    _object(
                        ("role", "content"),
                        type={"const": "message"},
                        role={"type": "string", "enum": role["enum"][:4]},
                        content=_either(TEXT, _many(part)),
                    ),
                    1,
                ),
            ),
            instructions=_maybe(TEXT),
            max_output_tokens=_count(1, 2**31),
            parallel_tool_calls=_maybe(YES_NO),
            tools=_maybe(
                _many(
                    _object(
                        ("type", "name"), type={"const": "function"}, name=TEXT, parameters=OBJECT
                    )
                )
            ),
            tool_choice=_either({"type": "string", "enum": ["none", "auto", "required"]}, OBJECT),
            text=_maybe(_object(format=_object(("type",), type=TEXT, name=TEXT, schema=OBJECT))),
            reasoning=_maybe(OBJECT),
            include=_maybe(_many(TEXT)),
            truncation=_maybe({"type": "string", "enum": ["auto", "disabled"]}),
            top_logprobs=_count(0, 20),
            store=_maybe(YES_NO),
            **_SAMPLING,
        ),
        "ResponsesAnswer": _object(
            ("id", "object", "status", "model", "output", "usage", "sobre"),
            id=TEXT,
            object={"const": "response"},
            created_at=WHOLE,
            status={"type": "string", "enum": ["completed", "incomplete"]},
            model=TEXT,
            output=_many(OBJECT),
            usage=OBJECT,
            sobre=sobre,
        ),
        "Completion": _object(
            ("model", "prompt"),
            model=_MODEL,
            prompt=_either(TEXT, {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 1}),
            max_tokens=_count(1, 2**31),
            n=_count(1, 128),
            stop=_STOP,
            logprobs=_count(0, 5),
            stream_options=_maybe(_object(include_usage=YES_NO)),
            **_SAMPLING,
        ),
        "TextAnswer": _object(
            ("id", "object", "model", "choices", "usage", "sobre"),
            id=TEXT,
            object={"const": "text_completion"},
            created=WHOLE,
            model=TEXT,
            choices=_many(OBJECT),
            usage=OBJECT,
            sobre=sobre,
        ),
        "Embeddings": _object(
            ("model", "input"),
            model=_MODEL,
            input=_either(
                {"type": "string", "minLength": 1},
                {
                    "type": "array",
                    "items": {"type": "string", "minLength": 1},
                    "minItems": 1,
                    "maxItems": 2048,
                },
            ),
            encoding_format=_maybe({"type": "string", "enum": ["float", "base64"]}),
            dimensions=_count(1, 65536),
            user=_maybe(TEXT),
        ),
        "Vectors": _object(
            ("object", "data", "model", "usage", "sobre"),
            object={"const": "list"},
            data=_many(OBJECT),
            model=TEXT,
            usage=OBJECT,
            sobre=sobre,
        ),
        "Moderations": _object(
            ("input",),
            model=_maybe(TEXT),
            input=_either(TEXT, {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 2048}),
        ),
        "Moderated": _object(
            ("id", "model", "results"),
            id=TEXT,
            model={"const": moderations.MODEL},
            results=_many(
                _object(
                    ("flagged", "categories", "category_scores", "sobre"),
                    flagged=YES_NO,
                    categories={"type": "object", "additionalProperties": YES_NO},
                    category_scores={
                        "type": "object",
                        "additionalProperties": {"type": "number", "enum": [0.0, 1.0]},
                    },
                    sobre=_object(
                        ("note", "assessed", "not_assessed", "rules_matched", "findings"),
                        method=TEXT,
                        note=TEXT,
                        assessed=_many(TEXT),
                        not_assessed=_many(TEXT),
                        rules_matched=_many(TEXT),
                        findings={"type": "object", "additionalProperties": WHOLE},
                    ),
                )
            ),
        ),
        "Model": _object(
            ("id", "object"),
            id=TEXT,
            object={"const": "model"},
            created=WHOLE,
            owned_by=TEXT,
            sobre=OBJECT,
        ),
        "Models": _object(
            ("object", "data"),
            object={"const": "list"},
            data=_many({"$ref": "#/components/schemas/Model"}),
        ),
        "Quantity": quantity,
        "Impact": {
            "description": '`null` is "not assessed". Wh, gCO2eq, kgSbeq, MJ and litres.',
            **_object(
                **{
                    name: _maybe({"$ref": "#/components/schemas/Quantity"})
                    for name in ("energy", "gwp", "adpe", "pe", "wcf")
                },
                tier={"type": "string", "enum": ["A", "B", "C", "D"]},
                method=TEXT,
                scope={"type": "object", "additionalProperties": TEXT},
                use={**OBJECT, "description": "Of which from the electricity used."},
                embodied={**OBJECT, "description": "Of which from making the machines."},
                factors={**TEXT, "description": "Version and SHA-256 of the factors, shortened."},
            ),
        },
        "Sobre": _object(
            ("exchange", "rung", "zone", "attempts", "findings", "impact", "marking"),
            exchange=TEXT,
            rung=_maybe(TEXT),
            level=_maybe(WHOLE),
            zone=_maybe({"type": "string", "enum": list(BY_SLUG)}),
            model=_maybe(TEXT),
            why=_maybe(TEXT),
            budget=_maybe({**TEXT, "description": "What a carbon budget asked for, to be shown."}),
            attempts=_many(OBJECT),
            skipped={"type": "object", "additionalProperties": TEXT},
            findings={"type": "object", "additionalProperties": tokens},
            disguised=WHOLE,
            invented=WHOLE,
            impact=_maybe({"$ref": "#/components/schemas/Impact"}),
            impact_class=_maybe(
                {"type": "string", "enum": [name for _, name in CLASSES]},
            ),
            impact_words={
                "description": "Class, range and comparables, to be shown to a person.",
                **_object(
                    ("name", "range", "compared", "avoided"),
                    name=_maybe(TEXT),
                    range=TEXT,
                    compared=_maybe(TEXT),
                    avoided=_maybe(TEXT),
                ),
            },
            compared=_maybe(OBJECT),
            avoided=_maybe(OBJECT),
            cost=_maybe({"$ref": "#/components/schemas/Quantity"}),
            usage_estimated=_maybe(YES_NO),
            citations=_many(OBJECT),
            marking=OBJECT,
            notes={"type": "object", "additionalProperties": TEXT},
        ),
        **_deferred_schemas(),
        "SignIn": _object(("key",), key=TEXT),
        "Status": _object(
            ("version", "rungs", "policy"), version=TEXT, rungs=_many(OBJECT), policy=OBJECT
        ),
        "Pasted": _object(
            ("text",),
            text={"type": "string", "minLength": 1},
            zone=_maybe({"type": "string", "enum": list(BY_SLUG)}),
            purpose=_maybe(TEXT),
            team=_maybe({**TEXT, "description": "The key's own where none is named."}),
        ),
        "Preview": _object(
            ("findings", "zones", "classes"),
            findings=_many(_object(tuple(spotted), **spotted)),
            zones=_many(_object(tuple(toward), **toward)),
            classes={"type": "object", "additionalProperties": TEXT},
        ),
        "Draft": _object(
            ("verb", "text"),
            verb={"type": "string", "enum": ["keep_clear", "mask"]},
            text=TEXT,
            kind={**TEXT, "description": "Of a `mask`: what the text is (`term` if left out)."},
            forced=YES_NO,
        ),
        "Correction": _object(tuple(correction), **correction),
        "Corrections": _object(
            ("corrections",), corrections=_many({"$ref": "#/components/schemas/Correction"})
        ),
        "Words": {"type": "object", "additionalProperties": TEXT},
    }


def _deferred_schemas() -> Schema:
    moment = {"type": "integer", "minimum": 0, "description": "Unix time, seconds."}
    quantity: Schema = {"$ref": "#/components/schemas/Quantity"}
    file: Schema = {
        "id": TEXT,
        "object": {"const": "file"},
        "bytes": WHOLE,
        "created_at": moment,
        "expires_at": moment,
        "filename": TEXT,
        "purpose": {"type": "string", "enum": ["batch", "batch_output"]},
        "status": TEXT,
        "status_details": _maybe(TEXT),
        "sobre": _object(("sha256",), sha256=TEXT),
    }
    states = ["checking", "waiting", "held", "running", "ended"]
    about: Schema = {
        "state": {"type": "string", "enum": states},
        "why": _maybe(TEXT),
        "planned_start": _maybe(moment),
        "started_at": _maybe(moment),
        "rung": _maybe(TEXT),
        "zone": _maybe(TEXT),
        "estimate": _maybe(OBJECT),
        "grid": _maybe(OBJECT),
        "impact": _maybe(_object(energy=_maybe(quantity), gwp=_maybe(quantity))),
        "deferral": _maybe(
            _object(
                ("estimate", "at_once", "as_it_ran", "saving", "note"),
                estimate={"const": True},
                at_once=quantity,
                as_it_ran=quantity,
                saving=quantity,
                shown=_maybe(TEXT),
                note=TEXT,
            )
        ),
    }
    counts: Schema = dict.fromkeys(("total", "completed", "failed"), WHOLE)
    batch: Schema = {
        "id": TEXT,
        "object": {"const": "batch"},
        "endpoint": {"type": "string", "enum": list(DOORS)},
        "model": _maybe(TEXT),
        "errors": _maybe(_object(("object", "data"), object={"const": "list"}, data=_many(OBJECT))),
        "input_file_id": TEXT,
        "completion_window": TEXT,
        "status": {"type": "string", "enum": [status.value for status in Status]},
        "output_file_id": _maybe(TEXT),
        "error_file_id": _maybe(TEXT),
        "created_at": moment,
        "expires_at": moment,
        **dict.fromkeys(TIMES, _maybe(moment)),
        "request_counts": _object(tuple(counts), **counts),
        "usage": OBJECT,
        "metadata": _maybe({"type": "object", "additionalProperties": TEXT}),
        "sobre": _object(tuple(about), **about),
    }

    def page(name: str) -> Schema:
        one = {"$ref": f"#/components/schemas/{name}"}
        return _object(
            ("object", "data", "first_id", "last_id", "has_more"),
            object={"const": "list"},
            data=_many(one),
            first_id=_maybe(TEXT),
            last_id=_maybe(TEXT),
            has_more=YES_NO,
        )

    return {
        "Upload": _object(
            ("file", "purpose"),
            file={"type": "string", "format": "binary", "minLength": 1},
            purpose={"const": "batch"},
        ),
        "File": _object(tuple(file), **file),
        "Files": page("File"),
        "Deleted": _object(
            ("id", "object", "deleted"),
            id=TEXT,
            object={"const": "file"},
            deleted={"const": True},
        ),
        "Order": _object(
            ("input_file_id", "endpoint", "completion_window"),
            input_file_id=TEXT,
            endpoint={"type": "string", "enum": list(DOORS)},
            completion_window={
                "type": "string",
                "pattern": "^([1-9]|[1-9][0-9]|1[0-5][0-9]|16[0-8])h$",
            },
            metadata=_maybe({"type": "object", "additionalProperties": TEXT, "maxProperties": 16}),
            output_expires_after=_maybe(
                _object(
                    ("anchor", "seconds"),
                    anchor={"const": "created_at"},
                    seconds={
                        "type": "integer",
                        "minimum": LEAST_SECONDS,
                        "maximum": MOST_SECONDS,
                    },
                )
            ),
        ),
        "Batch": _object(tuple(batch), **batch),
        "Batches": page("Batch"),
    }
