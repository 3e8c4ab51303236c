"""Keys: made once, shown once, kept only as a digest.

A key carries 256 random bits, so a plain SHA-256 cannot be turned back or guessed: a slow password
hash would buy nothing and cost every request milliseconds.
"""

from __future__ import annotations

import base64
import hashlib

from sobre.core.exchange import Actor
from sobre.core.ports import KeyRing, Purse
from sobre.errors import OverBudget, Unauthenticated

SCHEME = "sk-sobre-"


def new_key(random: bytes) -> str:
    """The text of a new key, from 32 random bytes."""
    if len(random) != 32:
        raise ValueError(f"a key needs 32 random bytes, got {len(random)}")
    return SCHEME + base64.urlsafe_b64encode(random).decode().rstrip("=")


def digest(credential: str) -> bytes:
    """What is stored of a key, and what is looked up: SHA-256, 32 bytes."""
    return hashlib.sha256(credential.encode("utf-8", "surrogatepass")).digest()


def authenticate(credential: str | None, keys: KeyRing, purse: Purse, now: float) -> Actor:
    """Whose key this is.

    Only the digest is looked up, so no comparison ever runs over the secret itself. Raises
    ``Unauthenticated`` (or its ``ExpiredKey``, ``RevokedKey``), and ``OverBudget``.
    """
    if not credential:
        raise Unauthenticated(
            "No key was given.",
            remedy="Send `Authorization: Bearer sk-sobre-…`; `sobre keys create NAME` makes one.",
            key="error.no_key",
        )
    actor = keys.actor(digest(credential), now)
    if actor is None:
        raise Unauthenticated(
            "This key is not known here.",
            remedy="Check it was copied whole; `sobre keys create NAME` makes a new one.",
            key="error.unknown_key",
        )
    if (spent := purse.refusal(actor, now)) is not None:
        raise OverBudget(
            f"The budget of key {actor.name!r} for this month is spent: {spent}.",
            remedy="Ask whoever runs Sobre to raise it, or wait for next month.",
            key="error.over_budget",
            params={"name": actor.name, "spent": spent},
        )
    return actor
