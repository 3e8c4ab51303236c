"""Where a text may go: the five zones, nearest first."""

from enum import IntEnum


class Zone(IntEnum):
    """A place a request may reach, ordered by distance from the firm.

    Comparison is the point: ``rung.zone <= limits.farthest``.
    """

    MACHINE = 0
    """This computer; nothing crosses a network."""
    COMPANY = 1
    """A server that the firm itself runs."""
    EU_SOVEREIGN = 2
    """Hosted in the EU by an operator subject to EU law only."""
    EU_HOSTED = 3
    """Hosted in the EU by an operator that a foreign law also binds."""
    ABROAD = 4
    """Anywhere else, or unknown."""

    @property
    def slug(self) -> str:
        """The name used in configuration, headers and JSON: ``eu-sovereign``."""
        return _SLUGS[self]


_SLUGS = {zone: zone.name.lower().replace("_", "-") for zone in Zone}
BY_SLUG = {slug: zone for zone, slug in _SLUGS.items()}
