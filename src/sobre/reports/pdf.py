"""The report as a tagged PDF (PDF/UA-1), set by typst with the fonts that it carries."""

from __future__ import annotations

import json
from importlib.resources import files

from sobre.errors import ConfigError
from sobre.reports.document import Document


def render(document: Document, made_at: float) -> bytes:
    """The PDF; the same document and time give the same bytes.

    Nothing is fetched and no font of the system is used. Raises ``ConfigError`` where typst, the
    extra ``report``, is not installed.
    """
    try:
        import typst
    except ImportError as error:
        raise ConfigError(
            "the PDF needs the library typst, which is not installed.",
            remedy="Install sobre[report], or choose --format html.",
            key="error.report_pdf",
        ) from error
    source = (files("sobre.reports") / "templates" / "report.typ").read_bytes()
    return bytes(
        typst.compile(
            source,
            format="pdf",
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            sys_inputs={"document": json.dumps(document.as_json(), ensure_ascii=False)},
            timestamp=int(made_at),
        )
    )
