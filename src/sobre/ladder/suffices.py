"""Whether an answer is worth delivering, as far as that can be told without judging it."""

from __future__ import annotations

import json
from typing import NamedTuple

from sobre.core.exchange import Ask, Operation, Reply
from sobre.core.reason import Reason


class Verdict(NamedTuple):
    """``reason`` is for the ledger and the reader; it holds nothing of the answer."""

    kept: bool
    reason: str


_ANSWERED = Verdict(True, Reason("answered; quality not assessed", "reason.answered"))
"""The usual verdict, made once."""


def wants_json(ask: Ask) -> bool:
    """Whether the answer must parse as JSON, so that it can only be judged whole."""
    wanted = ask.response_format
    return isinstance(wanted, dict) and wanted.get("type") in ("json_schema", "json_object")


def suffices(ask: Ask, reply: Reply) -> Verdict:
    """An empty answer, or one that had to be JSON and is not, does not suffice.

    Whether the answer is *right* is not assessed in this version.
    """
    if ask.operation is Operation.EMBED:
        if reply.vectors:
            return Verdict(True, Reason("vectors returned", "reason.vectors"))
        return Verdict(False, Reason("no vectors", "reason.no_vectors"))
    for choice in reply.choices:
        if choice.tool_calls or choice.rest.get("function_call"):
            continue
        if not (choice.text or "").strip() and not choice.rest.get("refusal"):
            return Verdict(False, Reason("empty answer", "reason.empty"))
        if wants_json(ask) and choice.finish_reason != "length":
            try:
                json.loads(choice.text or "")
            except ValueError:
                return Verdict(False, Reason("not the JSON asked for", "reason.not_json"))
    if not reply.choices:
        return Verdict(False, Reason("empty answer", "reason.empty"))
    return _ANSWERED
