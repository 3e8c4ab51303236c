"""The report as one page of HTML: no script, nothing fetched, fit to print."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sobre import messages
from sobre.reports.document import Document

if TYPE_CHECKING:
    import jinja2


def render(document: Document) -> str:
    """The page. Every text is escaped by the template engine."""

    def say(key: str) -> str:
        return messages.say(f"report.{key}", document.lang)

    return _template().render(doc=document, say=say)


@cache
def _template() -> jinja2.Template:
    import jinja2

    text = (files("sobre.reports") / "templates" / "report.html").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(text)
