"""``/v1/models``: what may be named in ``model``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sobre import ladder
from sobre.core.exchange import Json, RungCard
from sobre.core.ports import Rung


def listing(rungs: Sequence[Rung], aliases: Mapping[str, str], created: float) -> dict[str, Json]:
    """OpenAI's list: ``auto``, the firm's aliases, then each rung; with what is known of each.

    The field names for zone and size are OpenGateLLM's. ``null`` is "not known".
    """
    data = [_entry("auto", created), *(_entry(alias, created) for alias in aliases)]
    data += (_entry(rung.card.name, created, rung.card) for rung in rungs)
    return {"object": "list", "data": data}


def one(
    name: str, rungs: Sequence[Rung], aliases: Mapping[str, str], created: float
) -> dict[str, Json]:
    """One entry. Raises ``UnknownModel``."""
    meant = ladder.candidates(name, rungs, aliases)
    card = meant[0].card if len(meant) == 1 and name not in aliases and name != "auto" else None
    return _entry(name, created, card)


def _entry(name: str, created: float, card: RungCard | None = None) -> dict[str, Json]:
    entry: dict[str, Json] = {
        "id": name,
        "object": "model",
        "created": int(created),
        "owned_by": "sobre",
    }
    if card is not None:
        model = card.model
        entry |= {
            "max_context_length": model.context_tokens,
            "model_hosting_zone": card.electricity,
            "model_total_params": model.total_params[1] if model.total_params else None,
            "model_active_params": model.active_params[1] if model.active_params else None,
            "sobre": {
                "model": model.name,
                "level": card.level,
                "zone": card.zone.slug,
                "licence": model.licence,
                "operations": sorted(card.operations),
                "features": sorted(card.features),
                "price_in_eur_per_million": card.price_in,
                "price_out_eur_per_million": card.price_out,
            },
        }
    return entry
