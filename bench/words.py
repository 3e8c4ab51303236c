"""What the mock upstream and the load generator agree on: the shape of a prompt and its answer.

Each prompt carries an id nobody else uses, and asks to have it repeated. The mock repeats whatever
stands between ``Repeat:`` and ``;`` and adds filler up to 50 pieces: an answer tells whose it is.
The id is twelve plain letters: no detector of telephone numbers or secrets takes it for one.
"""

from __future__ import annotations

import re
import string

EVENTS = 50
"""Content events in a streamed answer."""
SPAN_EVENTS = 5
"""How many of them the repeated span is cut into, so that an alias never arrives whole."""
FILLER = tuple(f" mot{n:02d}" for n in range(EVENTS - SPAN_EVENTS))
PROMPT_CHARACTERS = 200
MAIL_DOMAIN = "exemple-banc.fr"

ID = re.compile(r"zq[a-z]{10}")


def name(number: int) -> str:
    """The ``number``-th unique id."""
    letters = ""
    for _ in range(10):
        number, rest = divmod(number, 26)
        letters += string.ascii_lowercase[rest]
    return "zq" + letters


def span(ident: str, *, mail: bool) -> str:
    """What the answer has to hold, whole."""
    return f"{ident} <{ident}@{MAIL_DOMAIN}>" if mail else ident


def prompt(wanted: str) -> str:
    """A question of ``PROMPT_CHARACTERS`` characters asking to repeat ``wanted``."""
    head = f"Repeat: {wanted} ; then say in a few plain words how the week went at the workshop"
    tail = ", and what is left to do before the holidays, and who could help with it" * 2
    return (head + tail)[: PROMPT_CHARACTERS - 1] + "."


def answer(wanted: str) -> str:
    """The whole text that the mock gives back for a prompt that asks to repeat ``wanted``."""
    return wanted + "".join(FILLER)


def pieces(wanted: str) -> list[str]:
    """The same text as ``EVENTS`` pieces (some empty when ``wanted`` is very short)."""
    step = -(-len(wanted) // SPAN_EVENTS)
    cut = [wanted[n * step : (n + 1) * step] for n in range(SPAN_EVENTS)]
    return [*cut, *FILLER]
