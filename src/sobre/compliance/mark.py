"""Mark generated content, so that a machine and a person can tell.

Regulation (EU) 2024/1689, Article 50(2): outputs marked in a machine-readable format. This version
marks in the response's metadata and headers and keeps the fingerprint of what was delivered in the
ledger; it puts nothing into the text itself, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping

from sobre.core.exchange import Ask, Json, Operation, RungCard

SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""IPTC's term for content made by a trained model."""


def mark(ask: Ask, card: RungCard) -> Mapping[str, Json]:
    """The marking of an answer from this rung. Vectors are not content and carry none."""
    if ask.operation is Operation.EMBED:
        return {"ai_generated": False, "reason": "vectors are not content"}
    return {
        "ai_generated": True,
        "digital_source_type": SOURCE_TYPE,
        "model": card.model.name,
        "in_text": "not marked",
    }
