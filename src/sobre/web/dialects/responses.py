"""``/v1/responses``: OpenAI's newer form, answered through chat.

No state is kept between two requests: each sends its whole conversation. What a client sends beside
the text (metadata, tools as it wrote them) is repeated in the answer from ``Ask.echo``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sobre.core.exchange import Ask, Choice, Delta, Exchange, Json, Message, Operation, RungCard
from sobre.errors import BadRequest, SobreError
from sobre.web.dialects import chat
from sobre.web.dialects import fields as f

ROLES = frozenset({"system", "developer", "user", "assistant"})
STATEFUL = {
    "previous_response_id": "Send the whole conversation in 'input'.",
    "conversation": "Send the whole conversation in 'input'.",
    "background": "Leave it out, and stream if the answer is long.",
    "prompt": "Send its text in 'instructions' and 'input'.",
}
"""Parameters that count on something kept at OpenAI -> what to do instead."""
CHAT_ONLY = {
    "messages": "input",
    "max_tokens": "max_output_tokens",
    "max_completion_tokens": "max_output_tokens",
    "response_format": "text.format",
    "reasoning_effort": "reasoning.effort",
    "verbosity": "text.verbosity",
    "logprobs": "include",
    "functions": "tools",
    "function_call": "tool_choice",
    "n": "",
    "stop": "",
    "seed": "",
    "logit_bias": "",
    "presence_penalty": "",
    "frequency_penalty": "",
    "audio": "",
    "modalities": "",
    "prediction": "",
    "web_search_options": "",
}
"""Parameters of chat that OpenAI's Responses has not -> what stands for them there, if anything."""
LOGPROBS = "message.output_text.logprobs"
_ONLY_HERE = (
    "context_management",
    "include",
    "max_tool_calls",
    "metadata",
    "moderation",
    "prompt_cache_options",
    "prompt_cache_retention",
    "reasoning",
    "store",
    "stream_options",
    "text",
    "truncation",
)
"""Parameters that chat has not, or has in another shape: never passed on as they are."""


def decode(body: bytes, door: str, ask_id: str, now: float) -> Ask:
    """Check the shape and translate to chat. Unknown parameters are passed on as received."""
    fields = f.decode_object(body)
    _refuse_state(fields)
    _refuse_chat(fields)
    model = f.take_model(fields)
    instructions = f.take_text(fields, "instructions")
    messages = _take_input(fields)
    if instructions:
        messages = (Message("system", instructions), *messages)
    stream = f.take_bool(fields, "stream")
    max_tokens = f.take_int(fields, "max_output_tokens", 1, 2**31)
    f.check_sampling(fields)
    use_case = f.take_use_case(fields)
    parallel = fields.get("parallel_tool_calls")
    if parallel is not None and not isinstance(parallel, bool):
        raise f.wrong("parallel_tool_calls", "boolean", parallel)
    text = _object(fields, "text")
    reasoning = _object(fields, "reasoning")
    tools = fields.pop("tools", None)
    tool_choice = fields.pop("tool_choice", None)
    asked = {name: fields.pop(name, None) for name in _ONLY_HERE}
    logprobs = LOGPROBS in _texts(asked["include"], "include")
    top = f.take_int(fields, "top_logprobs", 0, 20)
    f.take_bool(asked, "store")
    if asked["truncation"] not in (None, "auto", "disabled"):
        raise f.wrong("truncation", "truncation", asked["truncation"], "invalid_value")
    if top:
        logprobs, fields["top_logprobs"] = True, top
    for source, name, target in (
        (reasoning, "effort", "reasoning_effort"),
        (text, "verbosity", "verbosity"),
    ):
        if source.get(name) is not None:
            fields[target] = source[name]
    if tool_choice is not None:
        fields["tool_choice"] = _tool_choice(tool_choice)
    chat_tools = _chat_tools(tools)
    response_format = _response_format(text.get("format"))
    return Ask(
        id=ask_id,
        operation=Operation.CHAT,
        door=door,
        model=model,
        messages=messages,
        received_at=now,
        stream=stream,
        include_usage=True,
        max_tokens=max_tokens,
        logprobs=logprobs,
        tools=chat_tools,
        response_format=response_format,
        options=fields,
        use_case=use_case,
        echo={
            "instructions": instructions,
            "max_output_tokens": max_tokens,
            "metadata": asked["metadata"] or {},
            "parallel_tool_calls": parallel is not False,
            "reasoning": {"effort": reasoning.get("effort"), "summary": None},
            "safety_identifier": fields.get("safety_identifier"),
            "temperature": fields.get("temperature"),
            "text": {"format": {"type": "text"}, **text},
            "tool_choice": tool_choice or "auto",
            "tools": tools or [],
            "top_logprobs": top or 0,
            "top_p": fields.get("top_p"),
            "user": fields.get("user"),
        },
    )


def _refuse_state(fields: dict[str, Json]) -> None:
    for name, remedy in STATEFUL.items():
        value = fields.pop(name, None)
        if value is not None and value is not False:
            raise BadRequest(
                f"{name!r} is not taken: Sobre keeps no state between two requests.",
                remedy=remedy,
                param=name,
                code="unsupported_parameter",
                key=f"error.responses.{name}",
            )


def _refuse_chat(fields: dict[str, Json]) -> None:
    for name in sorted(CHAT_ONLY.keys() & fields.keys()):
        if fields.pop(name) is None:
            continue
        instead = CHAT_ONLY[name]
        raise BadRequest(
            f"{name!r} is a parameter of chat, not of /v1/responses.",
            remedy=f"Use {instead!r}." if instead else "Leave it out.",
            param=name,
            code="unsupported_parameter",
            key="error.responses.chat_only_instead" if instead else "error.responses.chat_only",
            params={"name": name, "instead": instead},
        )


def _take_input(fields: dict[str, Json]) -> tuple[Message, ...]:
    value = fields.pop("input", None)
    if isinstance(value, str) and value:
        return (Message("user", value),)
    if not isinstance(value, list) or not value:
        raise f.wrong("input", "items", value)
    if len(value) > f.MAX_MESSAGES:
        raise BadRequest(
            f"'input' holds {len(value)} items, more than {f.MAX_MESSAGES}.",
            param="input",
            code="array_above_max_length",
            key="error.responses.too_many_items",
            params={"count": len(value), "most": f.MAX_MESSAGES},
        )
    messages: list[Message] = []
    for index, item in enumerate(value):
        _add_item(messages, item, f"input[{index}]")
    if not messages:
        raise f.wrong("input", "more_items", value)
    return tuple(messages)


def _add_item(messages: list[Message], item: Json, where: str) -> None:
    """One item as a message of chat.

    Calls that follow each other join one assistant message, since chat wants all calls of a turn
    together. A reasoning item is dropped: chat has no place for it, and where it is encrypted
    nobody here could inspect what would leave.
    """
    if not isinstance(item, dict):
        raise f.wrong(where, "object", item)
    kind = item.get("type", "message")
    if kind == "message":
        messages.append(_message(item, where))
    elif kind == "function_call":
        call = {
            "id": _text(item, "call_id", where),
            "type": "function",
            "function": {
                "name": _text(item, "name", where),
                "arguments": _text(item, "arguments", where),
            },
        }
        if messages and messages[-1].role == "assistant":
            last = messages.pop()
            calls = [*last.rest.get("tool_calls", ()), call]
            messages.append(Message("assistant", last.content, {"tool_calls": calls}))
        else:
            messages.append(Message("assistant", None, {"tool_calls": [call]}))
    elif kind == "function_call_output":
        output = _content(item.get("output"), f"{where}.output")
        messages.append(Message("tool", output, {"tool_call_id": _text(item, "call_id", where)}))
    elif kind != "reasoning":
        raise _unsupported(
            f"{where}.type", kind, "message, function_call, function_call_output, reasoning"
        )


def _message(item: Mapping[str, Json], where: str) -> Message:
    role = item.get("role")
    if not isinstance(role, str) or role not in ROLES:
        raise f.wrong(
            f"{where}.role", "role", role, "invalid_value", roles=", ".join(sorted(ROLES))
        )
    return Message(role, _content(item.get("content"), f"{where}.content"))


def _content(value: Json, where: str) -> str | list[Json]:
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        raise f.wrong(where, "content", value)
    parts = [_part(part, f"{where}[{index}]") for index, part in enumerate(value)]
    if not parts:
        return ""
    if len(parts) == 1 and parts[0]["type"] == "text":
        return str(parts[0]["text"])
    return parts


def _part(part: Json, where: str) -> dict[str, Json]:
    kind = part.get("type") if isinstance(part, dict) else None
    match kind:
        case "input_text" | "output_text" | "text":
            return {"type": "text", "text": _text(part, "text", where)}
        case "refusal":
            return {"type": "refusal", "refusal": _text(part, "refusal", where)}
        case "input_image":
            image = {"url": _inline(part, "image_url", where)}
            if isinstance(part.get("detail"), str):
                image["detail"] = part["detail"]
            return {"type": "image_url", "image_url": image}
        case "input_file":
            file = {"file_data": _inline(part, "file_data", where)}
            if isinstance(part.get("filename"), str):
                file["filename"] = part["filename"]
            return {"type": "file", "file": file}
        case "input_audio" if isinstance(part.get("input_audio"), dict):
            return {"type": "input_audio", "input_audio": part["input_audio"]}
    if not isinstance(kind, str):
        raise f.wrong(where, "part", part)
    raise _unsupported(f"{where}.type", kind, "input_text, output_text, input_image, input_file")


def _inline(part: Mapping[str, Json], name: str, where: str) -> str:
    """A part's own data. What only names a file kept at OpenAI cannot be had."""
    value = part.get(name)
    if isinstance(value, str):
        whole = value[:5].lower() == "data:" or (name == "file_data" and "://" not in value[:32])
        if whole:
            return value
        raise BadRequest(
            f"Invalid {where!r}: {name!r} must hold the data itself, as a data: URL.",
            remedy="Addresses are not fetched.",
            param=where,
            code="unsupported_value",
            key="error.responses.address",
            params={"where": where, "name": name},
        )
    raise BadRequest(
        f"Invalid {where!r}: its content must be in {name!r}.",
        remedy="Files kept elsewhere are not fetched: send the data itself.",
        param=where,
        code="unsupported_value",
        key="error.responses.inline",
        params={"where": where, "name": name},
    )


def _text(item: Mapping[str, Json], name: str, where: str) -> str:
    value = item.get(name)
    if not isinstance(value, str):
        raise f.wrong(f"{where}.{name}", "string", value)
    return value


def _object(fields: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    value = fields.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise f.wrong(name, "object", value)
    return value


def _texts(value: Json, name: str) -> Sequence[str]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise f.wrong(name, "strings", value)
    return value


def _unsupported(param: str, got: Json, taken: str) -> BadRequest:
    shown = got[:60] if isinstance(got, str) else type(got).__name__
    return BadRequest(
        f"{param} {shown!r} is not taken here.",
        remedy=f"Taken: {taken}.",
        param=param,
        code="unsupported_value",
        key="error.responses.unsupported",
        params={"param": param, "got": shown, "taken": taken},
    )


def _chat_tools(value: Json) -> Json:
    """Function tools in chat's nested shape. Tools that run at OpenAI are refused by name."""
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > 1024:
        raise f.wrong("tools", "tools", value)
    return [_chat_tool(tool, f"tools[{index}]") for index, tool in enumerate(value)] or None


def _chat_tool(tool: Json, where: str) -> dict[str, Json]:
    if not isinstance(tool, dict) or not isinstance(tool.get("type"), str):
        raise f.wrong(where, "typed", tool)
    if tool["type"] != "function":
        raise BadRequest(
            f"The tool {tool['type'][:60]!r} runs at OpenAI and is not offered here.",
            remedy="Describe it as a tool of type 'function' and run it in your application.",
            param=f"{where}.type",
            code="unsupported_value",
            key="error.responses.hosted_tool",
            params={"tool": tool["type"][:60]},
        )
    if not isinstance(tool.get("parameters"), dict | None):
        raise f.wrong(f"{where}.parameters", "object", tool["parameters"])
    function = {"name": _text(tool, "name", where)}
    function |= {k: tool[k] for k in ("description", "parameters", "strict") if tool.get(k)}
    return {"type": "function", "function": function}


def _tool_choice(value: Json) -> Json:
    if value in ("none", "auto", "required"):
        return value
    if isinstance(value, dict) and value.get("type") == "function":
        return {"type": "function", "function": {"name": _text(value, "name", "tool_choice")}}
    kind = value.get("type") if isinstance(value, dict) else value
    raise _unsupported("tool_choice", kind, "none, auto, required, {type: function, name: …}")


def _response_format(value: Json) -> Json:
    """``text.format`` in chat's shape, where the schema is wrapped once more."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise f.wrong("text.format", "object", value)
    if value.get("type") == "json_schema":
        if not isinstance(value.get("schema"), dict):
            raise f.wrong("text.format.schema", "object", value.get("schema"))
        wrapped = {k: v for k, v in value.items() if k != "type"}
        value = {"type": "json_schema", "json_schema": {"name": "answer", **wrapped}}
    elif value.get("type") not in ("text", "json_object"):
        raise f.wrong("text.format", "format", value)
    return chat.take_response_format({"response_format": value})


def whole(exchange: Exchange, lang: str) -> dict[str, Json]:
    """The ``response`` object."""
    reply = exchange.reply
    assert reply is not None
    output = _Output(exchange.ask.id)
    if reply.choices:
        output.take(reply.choices[0])
    return _finished(exchange, output, lang)


def _response(ask: Ask, model: str, status: str, output: Json) -> dict[str, Json]:
    return {
        "id": f"resp_{ask.id}",
        "object": "response",
        "created_at": f.created(ask),
        "status": status,
        "background": False,
        "completed_at": None,
        "error": None,
        "incomplete_details": None,
        "model": model,
        "output": output,
        "previous_response_id": None,
        "service_tier": None,
        "store": False,
        "truncation": "disabled",
        "usage": None,
        **ask.echo,
    }


_INCOMPLETE = {"length": "max_output_tokens", "content_filter": "content_filter"}


def _finished(exchange: Exchange, output: _Output, lang: str) -> dict[str, Json]:
    reply = exchange.reply
    assert reply is not None
    reason = _INCOMPLETE.get(output.finish_reason or "")
    status = "incomplete" if reason else "completed"
    told = _response(exchange.ask, reply.model, status, output.items(status))
    if reason:
        told["incomplete_details"] = {"reason": reason}
    else:
        told["completed_at"] = int(exchange.ended_at)
    usage = f.usage_json(reply.usage, exchange.impact)
    told["usage"] = {
        "input_tokens": usage["prompt_tokens"],
        "input_tokens_details": usage["prompt_tokens_details"],
        "output_tokens": usage["completion_tokens"],
        "output_tokens_details": usage["completion_tokens_details"],
        "total_tokens": usage["total_tokens"],
    }
    if "carbon" in usage:
        told["usage"]["carbon"] = usage["carbon"]
    told["sobre"] = f.sobre_json(exchange, lang)
    return told


@dataclass(slots=True)
class _Item:
    """One item of the output, as far as it has come."""

    kind: str
    """``reasoning``, ``text``, ``refusal`` or ``call``."""
    id: str
    texts: list[str] = field(default_factory=list)
    logprobs: list[Json] = field(default_factory=list)
    name: str = ""
    call_id: str = ""

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def part(self) -> dict[str, Json]:
        """The content part of a message or of a reasoning item."""
        if self.kind == "refusal":
            return {"type": "refusal", "refusal": self.text}
        if self.kind == "reasoning":
            return {"type": "reasoning_text", "text": self.text}
        return {
            "type": "output_text",
            "text": self.text,
            "annotations": [],
            "logprobs": self.logprobs,
        }

    def json(self, status: str, *, empty: bool = False) -> dict[str, Json]:
        told: dict[str, Json] = {"id": self.id, "status": status}
        if self.kind == "call":
            return told | {
                "type": "function_call",
                "call_id": self.call_id,
                "name": self.name,
                "arguments": "" if empty else self.text,
            }
        content = [] if empty else [self.part()]
        if self.kind == "reasoning":
            return told | {"type": "reasoning", "summary": [], "content": content}
        return told | {"type": "message", "role": "assistant", "content": content}


class _Output:
    """The items of an answer in the order they began."""

    def __init__(self, exchange: str) -> None:
        self._exchange = exchange
        self._open: dict[str, _Item] = {}
        self.finish_reason: str | None = None

    def take(self, choice: Choice) -> None:
        """A whole answer at once."""
        for kind, text in (
            ("reasoning", choice.rest.get("reasoning_content")),
            ("refusal", choice.rest.get("refusal")),
            ("text", choice.text),
        ):
            if isinstance(text, str) and text:
                self.item(kind).texts.append(text)
        for index, call in enumerate(choice.tool_calls or ()):
            self.call({"index": index, **call})
        if not self._open:
            self.item("text")
        if choice.logprobs and "text" in self._open:
            self._open["text"].logprobs.extend(choice.logprobs.get("content") or ())
        self.finish_reason = choice.finish_reason

    def item(self, kind: str) -> _Item:
        prefix = {"reasoning": "rs", "refusal": "rf"}.get(kind, "msg")
        return self._open.setdefault(kind, _Item(kind, f"{prefix}_{self._exchange}"))

    def has(self, kind: str) -> bool:
        return kind in self._open

    def call(self, step: Mapping[str, Json]) -> tuple[_Item, str, bool]:
        """The call that a step belongs to, its new arguments, and whether it begins here."""
        index = step.get("index") or 0
        place, function = f"call {index}", step.get("function") or {}
        began = place not in self._open
        if began:
            self._open[place] = _Item(
                "call",
                f"fc_{self._exchange}_{index}",
                name=function.get("name") or "",
                call_id=step.get("id") or f"call_{self._exchange}_{index}",
            )
        new = function.get("arguments") or ""
        self._open[place].texts.append(new)
        return self._open[place], new, began

    def place(self, item: _Item) -> int:
        return next(i for i, known in enumerate(self._open.values()) if known is item)

    def all(self) -> list[_Item]:
        return list(self._open.values())

    def items(self, status: str) -> list[Json]:
        return [item.json(status) for item in self._open.values()]


class Stream:
    """Named events, numbered from 0; the last, ``response.completed``, carries ``sobre``.

    An item is closed when the answer has ended, not when the next one begins: restoring aliases may
    hold back the end of a text until then.
    """

    def __init__(self, ask: Ask, lang: str) -> None:
        self._ask = ask
        self._lang = lang
        self._model = ask.model
        self._number = 0
        self._output = _Output(ask.id)

    def begin(self, card: RungCard) -> bytes:
        self._model = card.model.name
        told = _response(self._ask, self._model, "in_progress", [])
        return b"".join(
            self._event(name, response=told)
            for name in ("response.created", "response.in_progress")
        )

    def deltas(self, deltas: Sequence[Delta]) -> bytes:
        events: list[bytes] = []
        for delta in deltas:
            if delta.choice != 0:
                continue
            rest = delta.rest or {}
            for kind, text in (
                ("reasoning", rest.get("reasoning_content")),
                ("refusal", rest.get("refusal")),
                ("text", delta.text),
            ):
                if isinstance(text, str) and text:
                    events += self._say(kind, text, delta.logprobs if kind == "text" else None)
            for step in delta.tool_calls or ():
                events += self._call(step)
            self._output.finish_reason = delta.finish_reason or self._output.finish_reason
        return b"".join(events)

    def end(self, exchange: Exchange) -> bytes:
        events: list[bytes] = []
        if not self._output.all():
            events += self._begin_text("text")
        status = "incomplete" if self._output.finish_reason in _INCOMPLETE else "completed"
        for item in self._output.all():
            events += self._close(item, status)
        told = _finished(exchange, self._output, self._lang)
        return b"".join((*events, self._event(f"response.{told['status']}", response=told)))

    def error(self, error: SobreError, told: Mapping[str, Json]) -> bytes:
        response = _response(self._ask, self._model, "failed", self._output.items("incomplete"))
        code = told.get("code") or ("server_error" if error.status >= 500 else "invalid_prompt")
        response["error"] = {"code": code, "message": told["message"]}
        return self._event("response.failed", response=response)

    def _event(self, name: str, **told: Json) -> bytes:
        data = {"type": name, "sequence_number": self._number, **told}
        self._number += 1
        return b"event: " + name.encode() + b"\ndata: " + f.encode(data) + b"\n\n"

    def _say(self, kind: str, text: str, logprobs: Json) -> list[bytes]:
        events = [] if self._output.has(kind) else self._begin_text(kind)
        item = self._output.item(kind)
        item.texts.append(text)
        more: dict[str, Json] = {}
        if kind == "text":
            new = (logprobs or {}).get("content") or []
            item.logprobs.extend(new)
            more = {"logprobs": new}
        name = f"response.{_EVENT_NAMES[kind]}.delta"
        events.append(self._event(name, **self._where(item), delta=text, **more))
        return events

    def _begin_text(self, kind: str) -> list[bytes]:
        item = self._output.item(kind)
        where = self._where(item)
        return [
            self._added(item),
            self._event("response.content_part.added", **where, part=item.part()),
        ]

    def _call(self, step: Mapping[str, Json]) -> list[bytes]:
        item, new, began = self._output.call(step)
        events = [self._added(item)] if began else []
        if new:
            where = {"item_id": item.id, "output_index": self._output.place(item)}
            name = "response.function_call_arguments.delta"
            events.append(self._event(name, **where, delta=new))
        return events

    def _added(self, item: _Item) -> bytes:
        return self._event(
            "response.output_item.added",
            output_index=self._output.place(item),
            item=item.json("in_progress", empty=True),
        )

    def _close(self, item: _Item, status: str) -> list[bytes]:
        place, text = self._output.place(item), item.text
        done = self._event  # in this order: the text, its part, the item
        events: list[bytes] = []
        if item.kind == "call":
            where = {"item_id": item.id, "output_index": place}
            name = "response.function_call_arguments.done"
            events.append(done(name, **where, arguments=text))
        else:
            where = self._where(item)
            said: dict[str, Json] = {"refusal" if item.kind == "refusal" else "text": text}
            if item.kind == "text":
                said["logprobs"] = item.logprobs
            events.append(done(f"response.{_EVENT_NAMES[item.kind]}.done", **where, **said))
            events.append(done("response.content_part.done", **where, part=item.part()))
        whole_item = item.json(status)
        events.append(done("response.output_item.done", output_index=place, item=whole_item))
        return events

    def _where(self, item: _Item) -> dict[str, Json]:
        return {
            "item_id": item.id,
            "output_index": self._output.place(item),
            "content_index": 0,
        }


_EVENT_NAMES = {"text": "output_text", "reasoning": "reasoning_text", "refusal": "refusal"}
