"""Detectors for what has a form: identifiers and credentials, without the names of persons."""

from __future__ import annotations

from sobre.privacy.credentials import find_credentials
from sobre.privacy.identifiers import find_identifiers
from sobre.privacy.inspect import Hit, find


def find_patterns(text: str) -> list[Hit]:
    """Every identifier and credential in ``text``, in order, none overlapping another."""
    return find(text, (find_credentials, find_identifiers))
