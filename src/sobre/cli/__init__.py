"""The command line. Each subcommand is a module of this package, imported only when called.

A module has ``add(subcommands, lang)``, which describes its arguments and imports nothing heavy,
and sets ``run``: a function of the parsed arguments that returns the exit status.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from sobre import __version__, messages
from sobre.cli.french import let_argparse_speak
from sobre.config import language
from sobre.errors import SobreError

COMMANDS = (
    "serve",
    "ask",
    "models",
    "keys",
    "shield",
    "secrets",
    "footprint",
    "ledger",
    "batches",
    "measure",
    "grid",
    "budget",
    "rebound",
    "report",
    "config",
)


def parser(lang: str) -> argparse.ArgumentParser:
    """The whole command line, described in ``lang``."""
    say = messages.say
    let_argparse_speak(lang)
    top = argparse.ArgumentParser(prog="sobre", description=say("cli.about", lang))
    told = say("cli.option.version", lang)
    top.add_argument("--version", action="version", version=f"sobre {__version__}", help=told)
    top.add_argument("--config", type=Path, metavar="FILE", help=say("cli.option.config", lang))
    top.add_argument("--data-dir", metavar="DIR", help=say("cli.option.data_dir", lang))
    top.add_argument("--lang", choices=messages.LANGUAGES, help=say("cli.option.lang", lang))
    top.set_defaults(lang=lang)
    subcommands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        importlib.import_module(f"sobre.cli.{name}").add(subcommands, lang)
    return top


def main(argv: list[str] | None = None) -> int:
    """Run one command. A ``SobreError`` is told in the person's language and exits with 2."""
    argv = sys.argv[1:] if argv is None else argv
    lang = _asked_language(argv) or language()
    try:
        args = parser(lang).parse_args(argv)
        return int(args.run(args))
    except SobreError as error:
        print(f"sobre: {messages.explain(error, lang)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141


def _asked_language(argv: list[str]) -> str | None:
    """``--lang`` before parsing, since it decides in which language the parser itself speaks."""
    for position, word in enumerate(argv):
        if word == "--lang" and argv[position + 1 : position + 2]:
            return argv[position + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None
