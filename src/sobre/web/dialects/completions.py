"""``/v1/completions``: OpenAI's older form, a text to go on from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sobre.core.exchange import Ask, Delta, Exchange, Json, Message, Operation, RungCard
from sobre.errors import BadRequest, SobreError
from sobre.web.dialects import chat
from sobre.web.dialects import fields as f


def decode(body: bytes, door: str, ask_id: str, now: float) -> Ask:
    fields = f.decode_object(body)
    model = f.take_model(fields)
    prompt = fields.pop("prompt", None)
    if isinstance(prompt, list) and len(prompt) == 1:
        prompt = prompt[0]
    if not isinstance(prompt, str):
        raise BadRequest(
            "'prompt' must be one string: lists of prompts and token ids are not taken.",
            remedy="Send one request for each prompt.",
            param="prompt",
            code="invalid_type",
            key="error.prompt",
        )
    logprobs = f.take_int(fields, "logprobs", 0, 5)
    if logprobs is not None:
        fields["logprobs"] = logprobs
    stream = f.take_bool(fields, "stream")
    include_usage = chat.take_include_usage(fields)
    f.check_sampling(fields)
    use_case = f.take_use_case(fields)
    f.keep_here(fields)
    return Ask(
        id=ask_id,
        operation=Operation.COMPLETE,
        door=door,
        model=model,
        messages=(Message("user", prompt),),
        received_at=now,
        stream=stream,
        include_usage=include_usage,
        max_tokens=f.take_int(fields, "max_tokens", 1, 2**31) or 16,
        n=f.take_int(fields, "n", 1, f.MAX_N) or 1,
        stop=f.take_stop(fields),
        logprobs=bool(logprobs),
        use_case=use_case,
        options=fields,
    )


def whole(exchange: Exchange, lang: str) -> dict[str, Json]:
    """The ``text_completion`` object."""
    reply = exchange.reply
    assert reply is not None
    return {
        "id": f"cmpl-{exchange.ask.id}",
        "object": "text_completion",
        "created": f.created(exchange.ask),
        "model": reply.model,
        "choices": [
            {
                "index": choice.index,
                "text": choice.text or "",
                "logprobs": choice.logprobs,
                "finish_reason": choice.finish_reason or "stop",
            }
            for choice in reply.choices
        ],
        "usage": f.usage_json(reply.usage, exchange.impact),
        "sobre": f.sobre_json(exchange, lang),
    }


class Stream:
    """``text_completion`` events; the last one before ``[DONE]`` carries ``sobre``."""

    def __init__(self, ask: Ask, lang: str) -> None:
        self._ask = ask
        self._lang = lang
        self._head = b""
        self._ends: list[Delta] = []

    def begin(self, card: RungCard) -> bytes:
        head = {
            "id": f"cmpl-{self._ask.id}",
            "object": "text_completion",
            "created": f.created(self._ask),
            "model": card.model.name,
        }
        self._head = b"data: " + f.encode(head)[:-1] + b","
        return b""

    def deltas(self, deltas: Sequence[Delta]) -> bytes:
        self._ends += (delta for delta in deltas if delta.finish_reason)
        return b"".join(
            self._event({"choices": [_step(d.choice, d.text, d.logprobs, None)]})
            for d in deltas
            if d.text
        )

    def end(self, exchange: Exchange) -> bytes:
        steps = [_step(d.choice, "", None, d.finish_reason) for d in self._ends]
        tail: dict[str, Json] = {"choices": steps, "sobre": f.sobre_json(exchange, self._lang)}
        if self._ask.include_usage and exchange.reply is not None:
            tail["usage"] = f.usage_json(exchange.reply.usage, exchange.impact)
        return self._event(tail) + b"data: [DONE]\n\n"

    def error(self, error: SobreError, told: Mapping[str, Json]) -> bytes:  # noqa: ARG002 - shape
        return b"data: " + f.encode({"error": told}) + b"\n\n"

    def _event(self, tail: Mapping[str, Json]) -> bytes:
        return self._head + f.encode(tail)[1:] + b"\n\n"


def _step(index: int, text: str | None, logprobs: Json, finish_reason: str | None) -> Json:
    return {"index": index, "text": text, "logprobs": logprobs, "finish_reason": finish_reason}
