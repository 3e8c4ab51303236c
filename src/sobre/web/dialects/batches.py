"""``/v1/batches``: what a batch asks, and a batch told in OpenAI's shape."""

from __future__ import annotations

from typing import NamedTuple

from sobre import messages
from sobre.core.exchange import Json
from sobre.core.quantity import Quantity
from sobre.errors import BadRequest
from sobre.jobs import (
    DOORS,
    MOST_HOURS,
    Batch,
    Fault,
    Gain,
    Plan,
    Status,
    Sum,
    gain,
    line_s,
    measured,
    remaining_s,
    window_hours,
)
from sobre.messages.amounts import amount
from sobre.web.dialects import fields as f
from sobre.web.dialects.files import expiry

MOST_PAIRS, MOST_KEY, MOST_VALUE = 16, 64, 512
"""Of ``metadata``, as OpenAI has it."""
TIMES = (
    "in_progress_at",
    "finalizing_at",
    "completed_at",
    "failed_at",
    "expired_at",
    "cancelling_at",
    "cancelled_at",
)


class Wanted(NamedTuple):
    """What somebody asks to be run."""

    input_file_id: str
    endpoint: str
    window_h: int
    metadata: dict[str, str]
    output_life_s: int | None = None


def decode(body: bytes) -> Wanted:
    """Raises ``BadRequest``."""
    fields = f.decode_object(body)
    file_id = f.take_text(fields, "input_file_id", required=True) or ""
    endpoint = f.take_text(fields, "endpoint", required=True) or ""
    if endpoint not in DOORS:
        known = ", ".join(DOORS)
        raise BadRequest(
            f"'endpoint' must be one of {known}.",
            param="endpoint",
            code="invalid_value",
            key="error.batches.endpoint",
            params={"known": known},
        )
    hours = window_hours(f.take_text(fields, "completion_window", required=True) or "")
    if hours is None:
        raise BadRequest(
            f"'completion_window' must be a number of hours from 1h to {MOST_HOURS}h.",
            param="completion_window",
            code="invalid_value",
            key="error.batches.window",
            params={"most": MOST_HOURS},
        )
    return Wanted(file_id, endpoint, hours, _metadata(fields), _output_life(fields))


def _output_life(fields: dict[str, Json]) -> int | None:
    """Seconds, from ``output_expires_after``."""
    given = fields.get("output_expires_after")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise f.wrong("output_expires_after", "object", given)
    return expiry(given.get("anchor"), given.get("seconds"), "output_expires_after")


def _metadata(fields: dict[str, Json]) -> dict[str, str]:
    given = fields.get("metadata")
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise f.wrong("metadata", "object", given)
    if len(given) > MOST_PAIRS or not all(
        isinstance(value, str) and 0 < len(key) <= MOST_KEY and len(value) <= MOST_VALUE
        for key, value in given.items()
    ):
        raise BadRequest(
            f"'metadata' takes at most {MOST_PAIRS} texts, names of up to {MOST_KEY} characters"
            f" and values of up to {MOST_VALUE}.",
            param="metadata",
            code="invalid_value",
            key="error.batches.metadata",
            params={"most": MOST_PAIRS, "name": MOST_KEY, "value": MOST_VALUE},
        )
    f.take_use_case(fields)
    if given.get("sobre_defer", "yes") not in ("yes", "no"):
        raise BadRequest(
            "'metadata.sobre_defer' must be yes or no.",
            param="metadata",
            code="invalid_value",
            key="error.batches.defer",
        )
    return dict(given)


def told(batch: Batch, lang: str, now: float) -> dict[str, Json]:
    """OpenAI's batch object, with what Sobre adds under ``sobre``."""
    progress = batch.progress
    times = {name: _second(batch.times.get(name)) for name in TIMES}
    return {
        "id": batch.id,
        "object": "batch",
        "endpoint": batch.endpoint,
        "model": batch.model or None,
        "errors": _errors(batch.errors),
        "input_file_id": batch.input_file_id,
        "completion_window": f"{batch.window_h}h",
        "status": batch.status.value,
        "output_file_id": batch.output_file_id,
        "error_file_id": batch.error_file_id,
        "created_at": int(batch.created_at),
        "expires_at": int(batch.deadline),
        **times,
        "request_counts": {
            "total": progress.total,
            "completed": progress.completed,
            "failed": progress.failed,
        },
        "usage": {
            "input_tokens": progress.input_tokens,
            "input_tokens_details": {"cached_tokens": progress.cached_tokens},
            "output_tokens": progress.output_tokens,
            "output_tokens_details": {"reasoning_tokens": progress.reasoning_tokens},
            "total_tokens": progress.input_tokens + progress.output_tokens,
        },
        "metadata": dict(batch.metadata) or None,
        "sobre": _sobre(batch, lang, now),
    }


def _second(at: float | None) -> int | None:
    return None if at is None else int(at)


def _errors(faults: tuple[Fault, ...]) -> Json:
    if not faults:
        return None
    return {"object": "list", "data": [fault._asdict() for fault in faults]}


def state(batch: Batch) -> str:
    """``checking``, ``waiting`` for its hour, ``held``, ``running`` or ``ended``."""
    if batch.status.ended:
        return "ended"
    if batch.status is Status.VALIDATING:
        return "checking"
    if batch.held:
        return "held"
    return "waiting" if batch.started_at is None else "running"


def why(batch: Batch, lang: str) -> str | None:
    """In words: when it runs, and why then."""
    if batch.held and not batch.status.ended:
        return batch.held
    planned = batch.plan
    if planned is None:
        return None
    about = {name: _number(value, lang) for name, value in planned.about.items()}
    return messages.say(planned.why, lang, **about)


def _number(value: str | float, lang: str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:g}".replace(".", "," if lang == "fr" else ".")


def _sobre(batch: Batch, lang: str, now: float) -> dict[str, Json]:
    planned = batch.plan
    return {
        "state": state(batch),
        "why": why(batch, lang),
        "planned_start": _second(planned.start_at) if planned else None,
        "started_at": _second(batch.started_at),
        "rung": planned.rung or None if planned else None,
        "zone": planned.zone if planned else None,
        "estimate": _estimate(batch, planned, now) if planned else None,
        "grid": _grid(planned) if planned else None,
        "impact": _impact(batch, lang),
        "deferral": _deferral(batch, lang),
    }


def _estimate(batch: Batch, planned: Plan, now: float) -> dict[str, Json]:
    left = 0.0 if batch.status.ended else remaining_s(batch)
    begin = max(now, planned.start_at) if batch.started_at is None else now
    return {
        "seconds_left": round(left, 1),
        "seconds_per_line": round(line_s(planned, batch.progress), 3),
        "from": "measured" if measured(planned, batch.progress) else "configured",
        "ends_at": None if batch.status.ended else int(begin + left),
    }


def _grid(planned: Plan) -> dict[str, Json] | None:
    """What the zone's profile expects: no measure of any hour."""
    if planned.now_g is None or planned.then_g is None:
        return None
    return {
        "now_g_per_kwh": _two(planned.now_g),
        "then_g_per_kwh": _two(planned.then_g),
        "estimate": True,
        "source": planned.source,
    }


def _two(value: float) -> float:
    return float(f"{value:.2g}")


def _impact(batch: Batch, lang: str) -> dict[str, Json] | None:
    """What the calls so far come to, as in the ledger; ``null`` is "not assessed"."""
    progress = batch.progress
    if not progress.assessed and not progress.unassessed:
        return None
    energy, gwp = _sum(progress.energy, "Wh", batch), _sum(progress.gwp, "gCO2eq", batch)
    return {
        "energy": energy,
        "gwp": gwp,
        "shown": amount(gwp, lang),
        "calls_assessed": progress.assessed,
        "calls_not_assessed": progress.unassessed,
    }


def _sum(total: Sum, unit: str, batch: Batch) -> Quantity | None:
    return Quantity(*total, unit, "ledger") if batch.progress.assessed else None


def _share(found: Gain, lang: str) -> str | None:
    if not found.at_once.mid:
        return None
    low, mid, high = (
        f"{round(100 * part / found.at_once.mid):d}".replace("-", "−")
        for part in (found.saving.low, found.saving.mid, found.saving.high)
    )
    return messages.say("batches.saving", lang, low=low, mid=mid, high=high)


def _deferral(batch: Batch, lang: str) -> dict[str, Json] | None:
    """What waiting changed, once something ran: an estimate, kept apart from what was computed."""
    found = gain(batch)
    if found is None:
        return None
    return {
        "estimate": True,
        "at_once": found.at_once,
        "as_it_ran": found.ran,
        "saving": found.saving,
        "shown": _share(found, lang),
        "note": messages.say("batches.deferral_note", lang),
    }
