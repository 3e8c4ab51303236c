"""The slots of the training texts: how one is found and how a person slot is written out.

Person slots are gold spans, braces to braces; every other slot is negative. ``{=Jean Dupont}`` is
a gold span written out. ``#a`` after a name ties the slots of one text to one person.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

SLOT = re.compile(r"\{(?:=(?P<literal>[^{}]+)|(?P<name>[A-Za-z_0-9]+)(?:#(?P<who>\w))?)\}")
"""A slot. Other braces in a text (JSON, code) do not match or name no known slot: keep them."""


class Person(NamedTuple):
    """One drawn person; ``firsts`` holds three given names of the person's gender, usual first."""

    firsts: tuple[str, str, str]
    last: str
    other_last: str


def initial(first: str) -> str:
    """Return "J.-P." for "Jean-Pierre", "S." for "Sophie"."""
    return "-".join(f"{part[0].upper()}." for part in re.split(r"[- ]", first) if part)


PERSON: dict[str, Callable[[Person], str]] = {
    "FIRST": lambda p: p.firsts[0],
    "FIRST_F": lambda p: p.firsts[0],
    "FIRST_M": lambda p: p.firsts[0],
    "FIRST_CAPS": lambda p: p.firsts[0].upper(),
    "first_low": lambda p: p.firsts[0].lower(),
    "LAST": lambda p: p.last,
    "LAST_CAPS": lambda p: p.last.upper(),
    "last_low": lambda p: p.last.lower(),
    "DOUBLE": lambda p: f"{p.last}-{p.other_last}",
    "FULL": lambda p: f"{p.firsts[0]} {p.last}",
    "FULL_F": lambda p: f"{p.firsts[0]} {p.last}",
    "FULL_M": lambda p: f"{p.firsts[0]} {p.last}",
    "FULL_LASTCAPS": lambda p: f"{p.firsts[0]} {p.last.upper()}",
    "FULL_CAPS": lambda p: f"{p.firsts[0]} {p.last}".upper(),
    "full_low": lambda p: f"{p.firsts[0]} {p.last}".lower(),
    "FULL_REV": lambda p: f"{p.last.upper()} {p.firsts[0]}",
    "REV": lambda p: f"{p.last} {p.firsts[0]}",
    "REV_CAPS": lambda p: f"{p.last} {p.firsts[0]}".upper(),
    "rev_low": lambda p: f"{p.last} {p.firsts[0]}".lower(),
    "FULL_DOUBLE": lambda p: f"{p.firsts[0]} {p.last}-{p.other_last}",
    "FULL_3": lambda p: f"{' '.join(p.firsts)} {p.last}",
    "REV_3": lambda p: f"{p.last.upper()} {', '.join(p.firsts)}",
    "INIT": lambda p: f"{initial(p.firsts[0])} {p.last}",
    "INIT_REV": lambda p: f"{p.last} {initial(p.firsts[0])}",
    "INIT_CAPS": lambda p: f"{initial(p.firsts[0])} {p.last.upper()}",
    "INITS": lambda p: f"{initial(p.firsts[0]).replace('.', '').replace('-', '')} {p.last}",
    "FIRST_I": lambda p: f"{p.firsts[0]} {p.last[0].upper()}.",
}
"""How each person slot is written. ``_F`` and ``_M`` ask for a woman's or a man's given names."""
