"""``/v1/chat/completions``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sobre.core.exchange import (
    Ask,
    Choice,
    Delta,
    Exchange,
    Json,
    Message,
    Operation,
    RungCard,
)
from sobre.errors import BadRequest, SobreError
from sobre.web.dialects import fields as f

ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function"})


def decode(body: bytes, door: str, ask_id: str, now: float) -> Ask:
    """Check the shape OpenAI documents; every other parameter is passed on as received."""
    fields = f.decode_object(body)
    model = f.take_model(fields)
    messages = take_messages(fields)
    stream = f.take_bool(fields, "stream")
    include_usage = take_include_usage(fields)
    newer = f.take_int(fields, "max_completion_tokens", 1, 2**31)
    older = f.take_int(fields, "max_tokens", 1, 2**31)
    if newer is not None:
        fields["max_completion_tokens"] = newer
    n = f.take_int(fields, "n", 1, f.MAX_N) or 1
    logprobs = f.take_bool(fields, "logprobs")
    stop = f.take_stop(fields)
    tools = take_tools(fields)
    response_format = take_response_format(fields)
    f.check_sampling(fields)
    use_case = f.take_use_case(fields)
    f.keep_here(fields)
    return Ask(
        id=ask_id,
        operation=Operation.CHAT,
        door=door,
        model=model,
        messages=messages,
        received_at=now,
        stream=stream,
        include_usage=include_usage,
        max_tokens=newer or older,
        n=n,
        stop=stop,
        logprobs=logprobs,
        tools=tools,
        response_format=response_format,
        use_case=use_case,
        options=fields,
    )


def take_messages(fields: dict[str, Json]) -> tuple[Message, ...]:
    value = fields.pop("messages", None)
    if not isinstance(value, list) or not value:
        raise f.wrong("messages", "messages", value)
    if len(value) > f.MAX_MESSAGES:
        raise BadRequest(
            f"'messages' holds {len(value)} messages, more than {f.MAX_MESSAGES}.",
            param="messages",
            code="array_above_max_length",
            key="error.too_many_messages",
            params={"count": len(value), "most": f.MAX_MESSAGES},
        )
    return tuple(_message(item, f"messages[{index}]") for index, item in enumerate(value))


def _message(item: Json, where: str) -> Message:
    if not isinstance(item, dict):
        raise f.wrong(where, "object", item)
    role, content = item.get("role"), item.get("content")
    if not isinstance(role, str) or role not in ROLES:
        raise f.wrong(
            f"{where}.role", "role", role, "invalid_value", roles=", ".join(sorted(ROLES))
        )
    if isinstance(content, list):
        for index, part in enumerate(content):
            if not isinstance(part, dict) or not isinstance(part.get("type"), str):
                raise f.wrong(f"{where}.content[{index}]", "part", part)
            if part["type"] == "text" and not isinstance(part.get("text"), str):
                raise f.wrong(f"{where}.content[{index}].text", "string", part.get("text"))
    elif content is None:
        if role != "assistant":
            raise f.wrong(f"{where}.content", "content", content)
    elif not isinstance(content, str):
        raise f.wrong(f"{where}.content", "content", content)
    rest = {k: v for k, v in item.items() if k not in ("role", "content")}
    return Message(role, content, rest)


def take_include_usage(fields: dict[str, Json]) -> bool:
    value = fields.pop("stream_options", None)
    if value is None:
        return False
    if not isinstance(value, dict):
        raise f.wrong("stream_options", "object", value)
    return bool(value.get("include_usage"))


def take_tools(fields: dict[str, Json]) -> Json:
    value = fields.pop("tools", None)
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > 1024:
        raise f.wrong("tools", "tools", value)
    for index, tool in enumerate(value):
        if not isinstance(tool, dict) or not isinstance(tool.get("type"), str):
            raise f.wrong(f"tools[{index}]", "typed", tool)
    return value or None


def take_response_format(fields: dict[str, Json]) -> Json:
    value = fields.pop("response_format", None)
    if value is None:
        return None
    if not isinstance(value, dict) or value.get("type") not in (
        "text",
        "json_object",
        "json_schema",
    ):
        raise f.wrong("response_format", "format", value)
    if value["type"] == "json_schema":
        wrapped = value.get("json_schema")
        if not isinstance(wrapped, dict) or not isinstance(wrapped.get("schema", {}), dict):
            raise f.wrong("response_format.json_schema", "schema", wrapped)
    return None if value["type"] == "text" else value


def whole(exchange: Exchange, lang: str) -> dict[str, Json]:
    """The ``chat.completion`` object."""
    reply, kept = exchange.reply, exchange.kept
    assert reply is not None
    assert kept is not None
    return {
        "id": f"chatcmpl-{exchange.ask.id}",
        "object": "chat.completion",
        "created": f.created(exchange.ask),
        "model": reply.model,
        "choices": [_choice(choice) for choice in reply.choices],
        "usage": f.usage_json(reply.usage, exchange.impact),
        "service_tier": None,
        "system_fingerprint": None,
        "sobre": f.sobre_json(exchange, lang),
    }


def _choice(choice: Choice) -> dict[str, Json]:
    message = {"role": "assistant", "content": choice.text, "refusal": None, **choice.rest}
    if choice.tool_calls:
        message["tool_calls"] = choice.tool_calls
    return {
        "index": choice.index,
        "message": message,
        "logprobs": choice.logprobs,
        "finish_reason": choice.finish_reason or "stop",
    }


_AFTER_TEXT = b'},"logprobs":null,"finish_reason":null}]}\n\n'


class Stream:
    """``chat.completion.chunk`` events. The last one before ``[DONE]`` carries ``sobre``.

    With ``include_usage`` that is OpenAI's usage event, without choices; otherwise it is the event
    that ends the answer, since clients that did not ask for usage may count on a choice in each.
    """

    def __init__(self, ask: Ask, lang: str) -> None:
        self._ask = ask
        self._lang = lang
        self._head = b""
        self._before_text: dict[int, bytes] = {}
        """Choice -> all of a plain text's event that stands before the text."""
        self._ends: list[Delta] = []

    def begin(self, card: RungCard) -> bytes:
        head = {
            "id": f"chatcmpl-{self._ask.id}",
            "object": "chat.completion.chunk",
            "created": f.created(self._ask),
            "model": card.model.name,
        }
        self._head = b"data: " + f.encode(head)[:-1] + b","
        return b""

    def deltas(self, deltas: Sequence[Delta]) -> bytes:
        events: list[bytes] = []
        for delta in deltas:
            choice, text, finish_reason, tool_calls, logprobs, rest = delta
            before = self._before_text.get(choice)
            if before is None:
                before = self._head + b'"choices":[{"index":%d,"delta":{"content":' % choice
                self._before_text[choice] = before
                events.append(self._event(choice, {"role": "assistant", "content": ""}))
            if tool_calls or logprobs or rest:
                events.append(self._event(choice, _said(delta), logprobs))
            elif text:
                events += (before, f.encode(text), _AFTER_TEXT)
            if finish_reason:
                self._ends.append(delta)
        return b"".join(events)

    def end(self, exchange: Exchange) -> bytes:
        told = f.sobre_json(exchange, self._lang)
        reply = exchange.reply
        events: list[bytes] = []
        for place, delta in enumerate(self._ends):
            last = place == len(self._ends) - 1 and not self._ask.include_usage
            events.append(
                self._event(delta.choice, {}, None, delta.finish_reason, told if last else None)
            )
        if (self._ask.include_usage or not self._ends) and reply is not None:
            usage = f.usage_json(reply.usage, exchange.impact)
            tail = {"choices": [], "usage": usage, "sobre": told}
            events.append(self._head + f.encode(tail)[1:] + b"\n\n")
        return b"".join((*events, b"data: [DONE]\n\n"))

    def error(self, error: SobreError, told: Mapping[str, Json]) -> bytes:  # noqa: ARG002 - shape
        return b"data: " + f.encode({"error": told}) + b"\n\n"

    def _event(
        self,
        choice: int,
        delta: Json,
        logprobs: Json = None,
        finish_reason: str | None = None,
        told: Json = None,
    ) -> bytes:
        step = {
            "index": choice,
            "delta": delta,
            "logprobs": logprobs,
            "finish_reason": finish_reason,
        }
        tail = {"choices": [step]} if told is None else {"choices": [step], "sobre": told}
        return self._head + f.encode(tail)[1:] + b"\n\n"


def _said(delta: Delta) -> dict[str, Json]:
    said: dict[str, Json] = {}
    if delta.text:
        said["content"] = delta.text
    if delta.tool_calls:
        said["tool_calls"] = delta.tool_calls
    if delta.rest:
        said.update(delta.rest)
    return said
