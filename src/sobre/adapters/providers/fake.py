"""A rung without a model: it echoes. For tests, demonstrations and benchmarks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from sobre.core.exchange import (
    Choice,
    Delta,
    Json,
    Message,
    ModelCard,
    Operation,
    Outbound,
    Reply,
    RungCard,
    Usage,
)
from sobre.core.ports import Sink
from sobre.core.zone import Zone
from sobre.errors import UpstreamError

CARD = RungCard(
    name="echo",
    level=2,
    model=ModelCard("echo-1", (0.5, 0.5), (0.5, 0.5), 1_000_000, "Apache-2.0"),
    zone=Zone.MACHINE,
    hardware="cpu",
    electricity="FRA",
    operations=frozenset(Operation),
    features=frozenset({"tools", "json_schema", "logprobs", "images", "n"}),
    price_in=0.0,
    price_out=0.0,
    threads=1,
)
VECTOR_LENGTH = 8


class Echo:
    """Answers with the last user text, word by word where it streams; a word counts as a token.

    A tool that may be called is called once, before any tool has answered; a JSON schema gets the
    smallest value that its types allow. ``seen`` keeps what arrived. With ``fault`` each call
    pushes ``after`` words (streams only) and then raises it.
    """

    def __init__(
        self, card: RungCard = CARD, *, fault: UpstreamError | None = None, after: int = 0
    ) -> None:
        self.card = card
        self.seen: list[Outbound] = []
        self._fault = fault
        self._after = after

    async def attempt(self, outbound: Outbound, sink: Sink) -> Reply:
        """See ``ports.Rung``."""
        self.seen.append(outbound)
        sent = sum(len(text_of(m).split()) for m in outbound.messages)
        if outbound.operation is Operation.EMBED:
            vectors = [_vector(i, text_of(m)) for i, m in enumerate(outbound.messages)]
            return Reply((), Usage(sent, 0), self.card.model.name, vectors=vectors)
        choices = tuple(_choice(outbound, index) for index in range(outbound.n))
        if outbound.stream:
            for number, delta in enumerate(d for choice in choices for d in _steps(choice)):
                if self._fault and number >= self._after:
                    break
                await sink.push([delta])
        if self._fault:
            raise self._fault
        said = sum(len((c.text or "").split()) or 1 for c in choices)
        return Reply(choices, Usage(sent, said), self.card.model.name)


def text_of(message: Message) -> str:
    """The text of a message, its parts joined."""
    if isinstance(message.content, str):
        return message.content
    texts = (part.get("text") for part in message.content or () if isinstance(part, dict))
    return " ".join(text for text in texts if isinstance(text, str))


def _choice(outbound: Outbound, index: int) -> Choice:
    asked = next((text_of(m) for m in reversed(outbound.messages) if m.role == "user"), "")
    if outbound.tools and outbound.options.get("tool_choice") != "none":
        if outbound.messages[-1].role != "tool":
            return Choice(index, None, "tool_calls", [_call(outbound, index)])
        asked = text_of(outbound.messages[-1])
    wanted = outbound.response_format or {}
    if wanted.get("type") == "json_schema":
        asked = json.dumps(_smallest(wanted["json_schema"].get("schema", {})))
    elif wanted.get("type") == "json_object":
        asked = json.dumps({"echo": asked}, ensure_ascii=False)
    text, reason = asked, "stop"
    cuts = [text.index(stop) for stop in outbound.stop if stop and stop in text]
    if cuts:
        text = text[: min(cuts)]
    words = text.split(" ")
    if outbound.max_tokens is not None and len(words) > outbound.max_tokens:
        text, reason = " ".join(words[: outbound.max_tokens]), "length"
    logprobs = {"content": list(map(_logprob, _words(text)))} if outbound.logprobs else None
    return Choice(index, text or "…", reason, logprobs=logprobs)


def _call(outbound: Outbound, index: int) -> Json:
    chosen = outbound.options.get("tool_choice")
    named = chosen.get("function") if isinstance(chosen, dict) else None
    functions = [f if isinstance(f := t.get("function"), dict) else {} for t in outbound.tools]
    function = next((f for f in functions if named and f.get("name") == named.get("name")), None)
    function = function or functions[0]
    arguments = json.dumps(_smallest(function.get("parameters") or {}))
    return {
        "id": f"call_{index}",
        "type": "function",
        "function": {"name": function.get("name", ""), "arguments": arguments},
    }


def _smallest(schema: Json) -> Json:
    """The least value of a schema's type, all its properties filled."""
    if not isinstance(schema, dict):
        return None
    if options := schema.get("enum"):
        return options[0]
    match schema.get("type"):
        case "object":
            properties = schema.get("properties")
            named = properties if isinstance(properties, dict) else {}
            return {key: _smallest(value) for key, value in named.items()}
        case "array":
            return []
        case "string":
            return ""
        case "integer" | "number":
            return 0
        case "boolean":
            return False
    return None


def _steps(choice: Choice) -> Sequence[Delta]:
    if choice.tool_calls:
        calls = [{"index": i, **call} for i, call in enumerate(choice.tool_calls)]
        said = [Delta(choice.index, None, None, calls)]
    else:
        said = [
            Delta(
                choice.index,
                word,
                logprobs={"content": [_logprob(word)]} if choice.logprobs else None,
            )
            for word in _words(choice.text or "")
        ]
    return [*said, Delta(choice.index, None, choice.finish_reason)]


def _words(text: str) -> list[str]:
    """Words with the space before each, so that joining them gives the text back."""
    first, *rest = text.split(" ")
    return [first, *(f" {word}" for word in rest)]


def _logprob(word: str) -> Json:
    raw = list(word.encode())
    return {"token": word, "logprob": 0.0, "bytes": raw, "top_logprobs": []}


def _vector(index: int, text: str) -> Json:
    digest = hashlib.sha256(text.encode()).digest()
    values = [byte / 255 for byte in digest[:VECTOR_LENGTH]]
    return {"object": "embedding", "index": index, "embedding": values}
