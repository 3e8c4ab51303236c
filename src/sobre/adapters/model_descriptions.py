"""Reads what files and servers say of a model, as the evidence that ``footprint.resolve`` weighs.

A file that cannot be read is an error with a remedy; what its values are worth is judged there.
"""

from __future__ import annotations

import json
from pathlib import Path

from sobre.adapters.models import describe
from sobre.errors import ModelFileError
from sobre.footprint.resolve import Description

MOST_BYTES = 8 << 20
"""Of a description: a real ``config.json`` has a few thousand, Ollama's answer up to a few million
(it lists the vocabulary)."""


def read_description(path: Path) -> Description:
    """What a file says: a GGUF file, a ``config.json``, or a server's answer saved as JSON.

    Raises ``ModelFileError``.
    """
    if _starts_as_gguf(path):
        return Description(name=path.name, gguf=read_gguf(path))
    found = read_json(path)
    if "model_info" in found or "parameter_size" in str(found.get("details", ""))[:1000]:
        return Description(ollama=found)
    if isinstance(found.get("data"), list) or found.get("object") == "model":
        return Description(vllm=entry_of(found))
    return Description(name=_folder(path), hf_config=found)


def read_gguf(path: Path) -> dict[str, object]:
    """A GGUF file's head, as ``Description.gguf`` takes it. Raises ``ModelFileError``."""
    head = describe(path)
    return {
        "name": head.name,
        "parameters": head.parameters,
        "experts": head.experts or None,
        "experts_used": head.experts_used or None,
        "file_bytes": path.stat().st_size,
    }


def read_json(path: Path) -> dict[str, object]:
    """A JSON object from a file, for instance ``config.json``. Raises ``ModelFileError``."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _unreadable(str(path), f"{size} bytes, {MOST_BYTES} at most")
        text = path.read_bytes()
    except OSError as error:
        raise _unreadable(str(path), error.strerror or "it cannot be read") from error
    return read_answer(text, str(path))


def read_answer(text: bytes, where: str) -> dict[str, object]:
    """A JSON object from a server's answer; ``where`` names it in the error.

    Raises ``ModelFileError``.
    """
    if len(text) > MOST_BYTES:
        raise _unreadable(where, f"{len(text)} bytes, {MOST_BYTES} at most")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(where, "it is not JSON") from error
    if not isinstance(found, dict):
        raise _unreadable(where, "it is not a JSON object")
    return found


def entry_of(answer: dict[str, object], model: str | None = None) -> dict[str, object] | None:
    """The entry of ``model`` in an answer of ``/v1/models``, or its only one; ``None`` without."""
    listed = answer.get("data")
    if not isinstance(listed, list):
        return answer if answer.get("object") == "model" else None
    entries = [entry for entry in listed if isinstance(entry, dict)]
    if model is not None:
        entries = [entry for entry in entries if model in (entry.get("id"), entry.get("root"))]
    return entries[0] if len(entries) == 1 else None


def _starts_as_gguf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == b"GGUF"
    except OSError as error:
        raise _unreadable(str(path), error.strerror or "it cannot be read") from error


def _folder(path: Path) -> str | None:
    """A folder's name where it can be a model's: ``.../Llama-3.1-8B/config.json``."""
    name = path.parent.name
    return name if path.name == "config.json" and name else None


def _unreadable(where: str, why: str) -> ModelFileError:
    return ModelFileError(
        f"{where!r} does not describe a model: {why}.",
        remedy="Give a GGUF file, a config.json, or a server's answer saved as JSON.",
        key="error.model_description",
        params={"path": where, "why": why},
    )
