"""What a caller may get wrong."""

from __future__ import annotations


class FootprintInputError(ValueError):
    """A value no footprint can be computed from; ``field`` names it."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why
