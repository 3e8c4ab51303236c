"""What a caller may get wrong."""

from __future__ import annotations


class FootprintInputError(ValueError):
    """A value no footprint can be computed from; ``field`` names it.

    ``kind`` says which of the usual faults it is (``between``, ``missing``, ``unknown_zone``…),
    with the ``params`` to say it in another language; empty where only ``why`` tells.
    """

    def __init__(self, field: str, why: str, kind: str = "", **params: object) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why
        self.kind = kind
        self.params = params
