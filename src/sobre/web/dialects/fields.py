"""What all dialects check of a request's fields, in OpenAI's words, and add to an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

from sobre import messages
from sobre.core.exchange import Ask, Exchange, Impact, Json, RungCard, Usage
from sobre.core.reason import Reason
from sobre.errors import BadRequest, SobreError
from sobre.messages.amounts import impact_class, impact_words

MAX_MESSAGES = 100_000
MAX_N = 128
MAX_MODEL_CHARACTERS = 200
_USE_CASE = re.compile(r"[\w.\-]{1,64}")
MAX_DEPTH = 64
"""As ``privacy.inspect`` has it."""

_decode = msgspec.json.Decoder().decode
encode = msgspec.json.Encoder().encode


class Stream(Protocol):
    """Encodes one streamed answer as server-sent events."""

    def begin(self, card: RungCard) -> bytes: ...

    def deltas(self, deltas: Any) -> bytes: ...

    def end(self, exchange: Exchange) -> bytes: ...

    def error(self, error: SobreError, told: Mapping[str, Json]) -> bytes: ...


def decode_object(body: bytes) -> dict[str, Json]:
    """The JSON object of a request body. Raises ``BadRequest`` for anything else."""
    try:
        decoded = _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRequest(
            f"The body is not valid JSON: {error}.",
            remedy="Send one JSON object in UTF-8.",
            key="error.json",
            params={"why": _where(error)},
        ) from error
    if not isinstance(decoded, dict):
        raise BadRequest(
            f"The body must be a JSON object, not {_kind(decoded)}.",
            key="error.not_object",
            params={"got": _kind(decoded)},
        )
    return decoded


def fault_of(body: bytes, error: Exception) -> BadRequest | None:
    """Whether a recursion came from a body that can be read but, deeper in, not written again.

    Asked only once something has failed: no well-behaved request pays for the check.
    """
    if not isinstance(error, RecursionError):
        return None
    left: list[tuple[Json, int]] = [(decode_object(body), 0)]
    while left:
        value, depth = left.pop()
        if depth > MAX_DEPTH:
            return BadRequest(
                f"The request nests deeper than {MAX_DEPTH} levels.",
                remedy="Flatten it.",
                key="error.too_deep",
                params={"levels": MAX_DEPTH},
            )
        inner = value.values() if isinstance(value, dict) else value
        if isinstance(value, dict | list):
            left.extend((item, depth + 1) for item in inner)
    return None


def wrong(
    param: str, needed: str, got: Json, code: str = "invalid_type", /, **params: object
) -> BadRequest:
    """The error for a field of the wrong type or value; ``needed`` ends a key ``needed.…``."""
    told = _reason(f"needed.{needed}", **params)
    return BadRequest(
        f"Invalid {param!r}: expected {told}, got {_kind(got)}.",
        param=param,
        code=code,
        key="error.field",
        params={"param": param, "needed": told, "got": _kind(got)},
    )


def _reason(key: str, /, **params: object) -> Reason:
    return Reason(messages.say(key, "en", **params), key, **params)


def _where(error: Exception) -> Reason:
    """What is wrong with a body that is no JSON, and where, as far as the decoder says."""
    if isinstance(error, UnicodeDecodeError):
        return _reason("json.utf8", byte=error.start)
    if isinstance(error, RecursionError):
        return _reason("json.deep")
    if found := re.search(r"\(byte (\d+)\)", str(error)):
        return _reason("json.byte", byte=int(found[1]))
    return _reason("json.cut" if "truncated" in str(error) else "json.malformed")


def take_text(fields: dict[str, Json], name: str, *, required: bool = False) -> str | None:
    value = fields.pop(name, None)
    if value is None and not required:
        return None
    if value is None:
        raise BadRequest(
            f"Missing required parameter: {name!r}.",
            param=name,
            code="missing_required_parameter",
            key="error.missing",
            params={"param": name},
        )
    if not isinstance(value, str):
        raise wrong(name, "string", value)
    return value


def take_model(fields: dict[str, Json]) -> str:
    """The model's name: required, and a name, not a text."""
    model = take_text(fields, "model", required=True) or ""
    if not model or len(model) > MAX_MODEL_CHARACTERS:
        raise BadRequest(
            f"'model' needs 1 to {MAX_MODEL_CHARACTERS} characters, got {len(model)}.",
            param="model",
            code="invalid_value",
            key="error.model_name",
            params={"most": MAX_MODEL_CHARACTERS, "got": len(model)},
        )
    return model


def take_bool(fields: dict[str, Json], name: str) -> bool:
    value = fields.pop(name, None)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise wrong(name, "boolean", value)


def take_int(fields: dict[str, Json], name: str, low: int, high: int) -> int | None:
    value = fields.pop(name, None)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong(name, "integer", value)
    if not low <= value <= high:
        raise wrong(name, "integer_between", value, "integer_out_of_range", low=low, high=high)
    return value


def check_number(fields: Mapping[str, Json], name: str, low: float, high: float) -> None:
    """A number that is only passed on is still checked, so that every rung refuses alike."""
    value = fields.get(name)
    if value is None:
        return
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise wrong(name, "number", value)
    if not low <= value <= high:
        raise wrong(name, "number_between", value, "decimal_out_of_range", low=low, high=high)


def take_stop(fields: dict[str, Json]) -> tuple[str, ...]:
    value = fields.pop("stop", None)
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and len(value) <= 16 and all(isinstance(s, str) for s in value):
        return tuple(value)
    raise wrong("stop", "stop", value)


def check_sampling(fields: Mapping[str, Json]) -> None:
    check_number(fields, "temperature", 0, 2)
    check_number(fields, "top_p", 0, 1)
    check_number(fields, "presence_penalty", -2, 2)
    check_number(fields, "frequency_penalty", -2, 2)
    seed = fields.get("seed")
    if seed is not None and (not isinstance(seed, int) or not -(2**63) <= seed < 2**63):
        raise wrong("seed", "integer_64", seed)
    for name in ("user", "safety_identifier"):
        if not isinstance(fields.get(name, ""), str | None):
            raise wrong(name, "string", fields[name])
    if not isinstance(fields.get("metadata", {}), dict | None):
        raise wrong("metadata", "object", fields["metadata"])


def take_use_case(fields: dict[str, Json]) -> str | None:
    """Which of the firm's uses this is: ``metadata.use_case``, a place OpenAI leaves free."""
    metadata = fields.get("metadata")
    if not isinstance(metadata, dict) or metadata.get("use_case") is None:
        return None
    name = metadata["use_case"]
    if not isinstance(name, str) or not _USE_CASE.fullmatch(name):
        # It is chained into the ledger, where nothing can be erased: a label, never a text.
        raise BadRequest(
            "'metadata.use_case' must be 1 to 64 letters, digits, dots, dashes or underscores.",
            param="metadata",
            code="invalid_value",
            key="error.use_case",
        )
    return name


def keep_here(fields: dict[str, Json]) -> None:
    """Take out what no upstream needs to know: the firm's own labels, and a wish to be stored."""
    fields.pop("metadata", None)
    fields.pop("store", None)


def usage_json(usage: Usage, impact: Impact | None) -> dict[str, Json]:
    """OpenAI's usage object, with OpenGateLLM's ``carbon`` beside it where it was computed."""
    told: dict[str, Json] = {
        "prompt_tokens": usage.input_tokens,
        "completion_tokens": usage.output_tokens,
        "total_tokens": usage.input_tokens + usage.output_tokens,
        "prompt_tokens_details": {"cached_tokens": usage.cached_tokens},
        "completion_tokens_details": {"reasoning_tokens": usage.reasoning_tokens},
    }
    if impact is not None and impact.energy is not None and impact.gwp is not None:
        energy, gwp = impact.energy, impact.gwp
        told["carbon"] = {
            "kWh": {"min": energy.low / 1000, "max": energy.high / 1000},
            "kgCO2eq": {"min": gwp.low / 1000, "max": gwp.high / 1000},
        }
    return told


def sobre_json(exchange: Exchange, lang: str) -> dict[str, Json]:
    """What Sobre tells of an exchange beside the answer, its reasons in words of ``lang``.

    ``null`` is "not assessed".
    """
    kept = exchange.kept
    gwp = exchange.impact.gwp if exchange.impact else None
    notes = {step: messages.reason(note, lang) for step, note in exchange.notes.items()}
    return {
        "exchange": exchange.ask.id,
        "rung": kept.rung if kept else None,
        "level": kept.level if kept else None,
        "zone": kept.zone.slug if kept else None,
        "model": kept.model if kept else None,
        "why": notes.get("why"),
        "budget": notes.get("budget"),
        "attempts": [
            {
                "rung": a.rung,
                "level": a.level,
                "zone": a.zone.slug,
                "model": a.model,
                "outcome": a.outcome,
                "reason": messages.reason(a.reason, lang),
                "seconds": round(a.seconds, 4),
                "first_token_seconds": a.first_token_seconds,
                "energy": a.impact.energy if a.impact else None,
                "gwp": a.impact.gwp if a.impact else None,
            }
            for a in exchange.attempts
        ],
        "skipped": {name: messages.reason(why, lang) for name, why in exchange.skipped.items()},
        "findings": exchange.findings,
        "disguised": exchange.disguised,
        "invented": int(exchange.notes.get("invented", 0)),
        "impact": exchange.impact,
        "impact_class": impact_class(gwp.mid) if gwp else None,
        "impact_words": impact_words(gwp, exchange.compared, exchange.avoided, lang),
        "compared": exchange.compared and exchange.compared._asdict(),
        "avoided": exchange.avoided and exchange.avoided._asdict(),
        "cost": exchange.cost,
        "usage_estimated": kept.usage.estimated if kept and kept.usage else None,
        "citations": [],
        "marking": exchange.marking,
        "notes": notes,
    }


def created(ask: Ask) -> int:
    return int(ask.received_at)


def _kind(value: Json) -> Reason:
    """A JSON value's type in words; never the value, which may be confidential."""
    if value is None:
        return _reason("got.null")
    if isinstance(value, bool):
        return _reason("got.boolean")
    if isinstance(value, int | float):
        return _reason("got.number")
    if isinstance(value, str):
        return _reason("got.string" if value else "got.empty_string")
    if isinstance(value, list):
        return _reason("got.array" if value else "got.empty_array")
    return _reason("got.object")
