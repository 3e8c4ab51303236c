"""argparse's own words in French: Python itself brings none."""

from __future__ import annotations

import argparse

WORDS = {
    "usage: ": "utilisation : ",
    "positional arguments": "arguments",
    "options": "options",
    "show this help message and exit": "afficher cette aide et quitter",
    "%(prog)s: error: %(message)s\n": "%(prog)s : erreur : %(message)s\n",
    "argument %(argument_name)s: %(message)s": "argument %(argument_name)s : %(message)s",
    "the following arguments are required: %s": "il manque : %s",
    "unrecognized arguments: %s": "arguments inconnus : %s",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "choix incorrect : %(value)r (possibles : %(choices)s)"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "commande inconnue : %(parser_name)r (possibles : %(choices)s)"
    ),
    "invalid %(type)s value: %(value)r": "valeur incorrecte : %(value)r",
    "expected one argument": "il faut une valeur",
    "expected at most one argument": "il faut une valeur au plus",
    "expected at least one argument": "il faut au moins une valeur",
    "expected %s argument": "il faut %s valeur",
    "expected %s arguments": "il faut %s valeurs",
    "not allowed with argument %s": "incompatible avec %s",
    "one of the arguments %s is required": "il faut l’un de : %s",
    "ignored explicit argument %r": "valeur en trop : %r",
    "ambiguous option: %(option)s could match %(matches)s": (
        "option ambiguë : %(option)s peut être %(matches)s"
    ),
}
"""As argparse writes them, for ``gettext`` -> as we do. What is not here stays English."""


def let_argparse_speak(lang: str) -> None:
    """From now on, in the whole process; argparse looks its words up by these two names."""
    told = WORDS if lang == "fr" else {}
    vars(argparse)["_"] = lambda text: told.get(text, text)
    vars(argparse)["ngettext"] = lambda one, many, count: (
        told.get(one, one) if count == 1 else told.get(many, many)
    )
