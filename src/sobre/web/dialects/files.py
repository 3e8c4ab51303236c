"""``/v1/files``: a form in parts onto the disk, and files told in OpenAI's shape."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from email.message import Message
from typing import TYPE_CHECKING, NamedTuple, Protocol

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from sobre.core.exchange import Json
from sobre.errors import BadRequest
from sobre.jobs import StoredFile
from sobre.web.dialects import fields as f

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

PURPOSE = "batch"
LEAST_SECONDS, MOST_SECONDS = 3600, 30 * 86400
"""Of ``expires_after``, as OpenAI has it."""
_MOST_FIELD_BYTES = 10_000
_MOST_FIELDS = 20
_MOST_NAME_CHARACTERS = 255
_ODD = re.compile(r'[\x00-\x1f\x7f"\\/]')


class Writing(Protocol):
    """Where the bytes of the file go."""

    size: int

    def write(self, data: bytes) -> None: ...


class Form(NamedTuple):
    """What came beside the bytes of the file."""

    filename: str
    expires_after_s: int | None


class _Parts:
    """Takes the parts of a form as the parser reads them; only the file's bytes go to the disk."""

    def __init__(self, file: Writing) -> None:
        self._file = file
        self._header: list[bytes] = [b"", b""]
        self._headers: dict[bytes, bytes] = {}
        self._name = ""
        self._in_file = False
        self.filename: str | None = None
        self.fields: dict[str, bytearray] = {}
        self.ended = False

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._add(0, data[start:end]),
            "on_header_value": lambda data, start, end: self._add(1, data[start:end]),
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_end,
            "on_part_data": self._data,
            "on_end": self._end,
        }

    def _end(self) -> None:
        self.ended = True

    def _begin(self) -> None:
        self._headers, self._header = {}, [b"", b""]

    def _add(self, which: int, data: bytes) -> None:
        self._header[which] += data

    def _header_end(self) -> None:
        self._headers[self._header[0].lower()] = self._header[1]
        self._header = [b"", b""]

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        self._in_file = self._name == "file"
        if self._in_file:
            if self.filename is not None:
                raise _form("batches.form.twice", name="file")
            if b"filename" not in options:
                raise _form("batches.form.no_file")
            self.filename = clean_name(options[b"filename"].decode("utf-8", "replace"))
        elif self._name in self.fields or len(self.fields) >= _MOST_FIELDS:
            raise _form("batches.form.twice", name=self._name[:80])
        else:
            self.fields[self._name] = bytearray()

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._in_file:
            self._file.write(data[start:end])
            return
        kept = self.fields.get(self._name)
        if kept is None or len(kept) + end - start > _MOST_FIELD_BYTES:
            raise _form("batches.form.long", name=self._name[:80])
        kept += data[start:end]


_FORM_WORDS = {
    "batches.form.type": "The body must be multipart/form-data with a boundary.",
    "batches.form.broken": "The form is malformed, or ends too early.",
    "batches.form.twice": "The form holds {name!r} twice, or too many fields.",
    "batches.form.long": "The form's field {name!r} is too long.",
    "batches.form.no_file": "The form's field 'file' must be a file, with a file name.",
}


def _form(key: str, **params: object) -> BadRequest:
    said = _FORM_WORDS[key].format(**params)
    return BadRequest(said, code="invalid_form", key=key, params=params)


async def receive(content_type: bytes, pieces: AsyncIterator[bytes], file: Writing) -> Form:
    """Read a form piece by piece; the file's bytes go to ``file`` as they come.

    Raises ``BadRequest``, and what ``file.write`` raises.
    """
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if kind.lower() != b"multipart/form-data" or not 0 < len(boundary) <= 70:
        raise _form("batches.form.type")
    parts = _Parts(file)
    parser = MultipartParser(boundary, parts.callbacks())
    try:
        async for piece in pieces:
            parser.write(piece)
        parser.finalize()
    except (FormParserError, UnicodeDecodeError, ValueError) as error:
        raise _form("batches.form.broken") from error
    if not parts.ended:
        raise _form("batches.form.broken")
    return _checked(parts, file)


def _checked(parts: _Parts, file: Writing) -> Form:
    told: dict[str, Json] = {
        name: value.decode("utf-8", "replace") for name, value in parts.fields.items()
    }
    purpose = f.take_text(told, "purpose", required=True)
    if purpose != PURPOSE:
        raise BadRequest(
            f"Sobre takes files of purpose {PURPOSE!r} only.",
            param="purpose",
            code="invalid_value",
            key="error.files.purpose",
            params={"purpose": PURPOSE},
        )
    if parts.filename is None:
        raise BadRequest(
            "Missing required parameter: 'file'.",
            param="file",
            code="missing_required_parameter",
            key="error.missing",
            params={"param": "file"},
        )
    anchor, after = told.get("expires_after[anchor]"), told.get("expires_after[seconds]")
    seconds = None
    if anchor is not None or after is not None:
        seconds = expiry(anchor, after, "expires_after")
    if not file.size:
        raise BadRequest(
            "The file is empty.",
            param="file",
            code="invalid_file",
            key="error.files.empty",
        )
    return Form(parts.filename, seconds)


def expiry(anchor: Json, seconds: Json, param: str) -> int:
    """How long a file is wanted, in seconds. Raises ``BadRequest``."""
    if (
        anchor != "created_at"
        or isinstance(seconds, bool)
        or not re.fullmatch(r"[0-9]{1,9}", str(seconds))
        or not LEAST_SECONDS <= int(str(seconds)) <= MOST_SECONDS
    ):
        raise BadRequest(
            f"{param!r} needs anchor=created_at and {LEAST_SECONDS} to {MOST_SECONDS} seconds.",
            param=param,
            code="invalid_value",
            key="error.files.expires_after",
            params={"param": param, "least": LEAST_SECONDS, "most": MOST_SECONDS},
        )
    return int(str(seconds))


def clean_name(given: str) -> str:
    """The last part of a name, to be shown: nothing that names a folder or breaks a header."""
    last = re.split(r"[/\\]", given)[-1]
    return _ODD.sub("", last)[:_MOST_NAME_CHARACTERS].strip(". ") or "file"


def told(file: StoredFile) -> dict[str, Json]:
    """OpenAI's file object."""
    return {
        "id": file.id,
        "object": "file",
        "bytes": file.bytes,
        "created_at": int(file.created_at),
        "expires_at": int(file.expires_at),
        "filename": file.filename,
        "purpose": file.purpose,
        "status": "processed",
        "status_details": None,
        "sobre": {"sha256": file.sha256},
    }


def deleted(file: StoredFile) -> dict[str, Json]:
    return {"id": file.id, "object": "file", "deleted": True}


def disposition(file: StoredFile) -> bytes:
    """A header that offers the file under its name, whatever letters are in it."""
    message = Message()
    message.add_header("content-disposition", "attachment", filename=("utf-8", "", file.filename))
    return str(message["content-disposition"]).encode("latin-1", "replace")
