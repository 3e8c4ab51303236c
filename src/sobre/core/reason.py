"""A reason in words that can be said again in another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self


class Reason(str):
    """English text, for the ledger and for APIs, that remembers what it says.

    ``key`` and ``params`` let the edge say it in the reader's language. To everything else it is
    the text. Parameters may be reasons in their turn.
    """

    __slots__ = ("key", "params")

    key: str
    params: Mapping[str, object]

    def __new__(cls, text: str, key: str, /, **params: object) -> Self:
        self = super().__new__(cls, text)
        self.key = key
        self.params = params
        return self


def listed(items: Mapping[str, str]) -> Reason:
    """``mistral: cannot be reached; local: …``: one reason a name, each still translatable."""
    text = "; ".join(f"{name}: {why}" for name, why in items.items())
    return Reason(text, "reason.listed", items=tuple(items.items()))
