"""The text of a file, by what its name says it is; what cannot be read is told, never skipped.

Only the standard library: office files are zip archives of XML, read part by part with their sizes
capped and no document type accepted, so that no entity can grow.
"""

from __future__ import annotations

import email
import email.policy
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path, PurePath
from typing import NamedTuple
from xml.etree import ElementTree as ET

from sobre.core.reason import Reason

MOST_BYTES = 64 * 2**20
"""Of a file, and of what its archive holds unpacked: a book of 30,000 pages is smaller."""
MOST_CELLS = 2_000_000
_CHUNK = 2**16
_BLOCKS = frozenset("p div br li tr td th h1 h2 h3 h4 h5 h6 title section article option".split())
_WORD_PART = re.compile(r"word/(?:document|header|footer|footnotes|endnotes|comments)\d*\.xml")
_UNSHOWN = frozenset({"script", "style", "template"})

KNOWN_UNREADABLE = {
    ".pdf": "PDF",
    ".doc": "Word 97-2003",
    ".xls": "Excel 97-2003",
    ".ppt": "PowerPoint 97-2003",
    ".rtf": "RTF",
    ".msg": "Outlook",
    ".pst": "Outlook",
    ".epub": "EPUB",
    ".pages": "Pages",
    ".numbers": "Numbers",
    ".key": "Keynote",
}
"""Formats of texts that this version does not read, by the name that people give them."""


class Document(NamedTuple):
    """What could be read of a file."""

    text: str
    left_out: tuple[str, ...] = ()
    """Names of the parts that could not be: an e-mail's attachments."""


class Unreadable(Exception):
    """``reason`` says why, in words that can be translated."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


def load(path: Path) -> bytes:
    """The bytes of one file. Raises ``Unreadable``, never anything else."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _too_large()
        return path.read_bytes()
    except OSError as error:
        why = str(error.strerror)
        raise Unreadable(Reason(f"cannot be opened ({why})", "document.os", why=why)) from error


def decode(name: str, data: bytes) -> Document:
    """The text in ``data``, which a file of this name held. Raises ``Unreadable``."""
    suffix = PurePath(name).suffix.lower()
    if suffix in KNOWN_UNREADABLE:
        said = KNOWN_UNREADABLE[suffix]
        raise Unreadable(Reason(f"{said} files are not read yet", "document.format", format=said))
    try:
        if suffix == ".eml":
            return _mail(data)
        return Document(_READERS.get(suffix, _plain)(data))
    except Unreadable:
        raise
    except (ValueError, KeyError, EOFError, RecursionError, NotImplementedError) as error:
        raise _damaged() from error
    except (zipfile.BadZipFile, zlib.error, ET.ParseError, RuntimeError, OSError) as error:
        raise _damaged() from error


def _too_large() -> Unreadable:
    megabytes = MOST_BYTES // 2**20
    return Unreadable(
        Reason(f"larger than {megabytes} MB", "document.too_large", megabytes=megabytes)
    )


def _damaged() -> Unreadable:
    return Unreadable(Reason("damaged, or not what its name says", "document.damaged"))


def _plain(data: bytes) -> str:
    """UTF-8, UTF-16 by its mark, or Windows-1252; a file with zero bytes is no text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    if b"\0" in data[:_CHUNK]:
        raise Unreadable(Reason("not a text", "document.binary"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _json(data: bytes) -> str:
    return "\n".join(_leaves(json.loads(_plain(data))))


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None:
        yield str(value)


class _Shown(HTMLParser):
    """Collects the text of a page, or of any XML: tags part words only where they part lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's
        self._hidden += tag in _UNSHOWN
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _UNSHOWN and self._hidden > 0
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data)

    def unknown_decl(self, data: str) -> None:
        self.pieces.append(data.removeprefix("CDATA["))


def _html(data: bytes) -> str:
    shown = _Shown()
    shown.feed(_plain(data))
    shown.close()
    return "".join(shown.pieces)


def _mail(data: bytes) -> Document:
    """Subject and bodies, and the attachments that can be read."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    texts, left_out = [str(message.get("subject", ""))], []
    for part in message.walk():
        assert isinstance(part, EmailMessage)
        if part.is_multipart():
            continue
        name = part.get_filename() or {"text/html": ".html"}.get(part.get_content_type(), "")
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes):
            continue
        if part.get_content_maintype() == "text" and not part.get_filename():
            charset = part.get_content_charset("utf-8")
            try:
                body = body.decode(charset).encode()
            except (LookupError, UnicodeDecodeError):
                body = body.decode("cp1252", "replace").encode()
        try:
            inner = decode(name, body)
        except Unreadable:
            left_out.append(name or part.get_content_type())
        else:
            texts.append(inner.text)
            left_out += inner.left_out
    return Document("\n".join(texts), tuple(left_out))


# --- Office files --------------------------------------------------------------------------------


def _parts(data: bytes, wanted: Callable[[str], bool]) -> Iterator[tuple[str, ET.Element]]:
    """The XML parts of an archive that are ``wanted``, in the order of their names."""
    left = MOST_BYTES
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(filter(wanted, archive.namelist()), key=lambda n: (len(n), n)):
            with archive.open(name) as part:
                body = part.read(left + 1)
            left -= len(body)
            if left < 0:
                raise _too_large()
            if (
                b"<!DOCTYPE" in body
                or b"<!ENTITY" in body
                or body[:2] in (b"\xff\xfe", b"\xfe\xff")
            ):
                raise _damaged()
            yield name, ET.fromstring(body)  # noqa: S314 - no document type, so no entities


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _runs(element: ET.Element) -> Iterator[str]:
    """Text runs and line ends of a Word or PowerPoint part, in reading order."""
    for inner in element.iter():
        name = _local(inner)
        if name in ("t", "delText"):
            yield inner.text or ""
        elif name in ("p", "br", "cr", "tab"):
            yield "\n" if name == "p" else " "


def _word(data: bytes) -> str:
    return _office(data, lambda name: _WORD_PART.fullmatch(name) is not None)


def _slides(data: bytes) -> str:
    folders = ("ppt/slides/slide", "ppt/notesSlides/notesSlide", "ppt/comments/")
    return _office(data, lambda name: name.startswith(folders) and name.endswith(".xml"))


def _office(data: bytes, wanted: Callable[[str], bool]) -> str:
    found = ["".join(_runs(root)) for _, root in _parts(data, wanted)]
    if not found:
        raise _damaged()
    return "\n".join(found)


def _sheet(data: bytes) -> str:
    """A workbook row by row, as it would be copied."""
    shared: list[str] = []
    for _, root in _parts(data, lambda name: name == "xl/sharedStrings.xml"):
        shared = ["".join(t.text or "" for t in si.iter() if _local(t) == "t") for si in root]
    lines: list[str] = []
    cells = 0
    sheets = _parts(data, lambda n: n.startswith("xl/worksheets/sheet") and n.endswith(".xml"))
    for _, root in sheets:
        for row in (element for element in root.iter() if _local(element) == "row"):
            cells += len(row)
            if cells > MOST_CELLS:
                raise _too_large()
            lines.append("\t".join(_cell(cell, shared) for cell in row))
    if not lines and not shared:
        raise _damaged()
    return "\n".join(lines)


def _cell(cell: ET.Element, shared: list[str]) -> str:
    said = "".join(e.text or "" for e in cell.iter() if _local(e) in ("v", "t"))
    return shared[int(said)] if cell.get("t") == "s" and said else said


def _open_document(data: bytes) -> str:
    texts = []
    for _, root in _parts(data, lambda name: name == "content.xml"):
        texts += [
            "".join(element.itertext()) for element in root.iter() if _local(element) in ("p", "h")
        ]
    if not texts:
        raise _damaged()
    return "\n".join(texts)


_READERS: dict[str, Callable[[bytes], str]] = {
    ".json": _json,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".xml": _html,
    ".docx": _word,
    ".docm": _word,
    ".pptx": _slides,
    ".pptm": _slides,
    ".xlsx": _sheet,
    ".xlsm": _sheet,
    ".odt": _open_document,
    ".ods": _open_document,
    ".odp": _open_document,
}
