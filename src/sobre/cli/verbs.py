"""Commands whose most usual verb may be left out: ``sobre shield TEXT`` is a check."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence
from typing import Any


def assume(command: argparse.ArgumentParser, verbs: Collection[str], usual: str) -> None:
    """Read what begins with none of ``verbs`` as if ``usual`` stood before it."""
    parse, known = command.parse_known_args, frozenset({*verbs, "-h", "--help"})

    def parse_known_args(
        args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> Any:
        words = list(args or ())
        return parse(words if words and words[0] in known else [usual, *words], namespace)

    vars(command)["parse_known_args"] = parse_known_args
