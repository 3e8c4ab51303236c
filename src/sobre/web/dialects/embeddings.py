"""``/v1/embeddings``."""

from __future__ import annotations

from sobre.core.exchange import Ask, Exchange, Json, Message, Operation
from sobre.errors import BadRequest
from sobre.web.dialects import fields as f

MOST_TEXTS = 2048


def decode(body: bytes, door: str, ask_id: str, now: float) -> Ask:
    fields = f.decode_object(body)
    model = f.take_model(fields)
    value = fields.pop("input", None)
    texts = [value] if isinstance(value, str) else value
    if (
        not isinstance(texts, list)
        or not texts
        or len(texts) > MOST_TEXTS
        or not all(isinstance(text, str) and text for text in texts)
    ):
        raise BadRequest(
            f"'input' must be a text, or 1 to {MOST_TEXTS} texts, none empty; "
            "token ids are not taken, since they could not be inspected.",
            param="input",
            code="invalid_type",
            key="error.embedding_input",
            params={"most": MOST_TEXTS},
        )
    if fields.get("encoding_format", "float") not in ("float", "base64", None):
        raise f.wrong("encoding_format", "encoding", fields["encoding_format"])
    f.keep_here(fields)
    fields.pop("stream", None)
    dimensions = f.take_int(fields, "dimensions", 1, 65536)
    if dimensions is not None:
        fields["dimensions"] = dimensions
    return Ask(
        id=ask_id,
        operation=Operation.EMBED,
        door=door,
        model=model,
        messages=tuple(Message("user", text) for text in texts),
        received_at=now,
        options=fields,
    )


def whole(exchange: Exchange, lang: str) -> dict[str, Json]:
    """OpenAI's list of embeddings."""
    reply = exchange.reply
    assert reply is not None
    usage = f.usage_json(reply.usage, exchange.impact)
    told = {k: usage[k] for k in ("prompt_tokens", "total_tokens", "carbon") if k in usage}
    return {
        "object": "list",
        "data": reply.vectors,
        "model": reply.model,
        "usage": told,
        "sobre": f.sobre_json(exchange, lang),
    }
