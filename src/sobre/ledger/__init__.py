"""The ledger: one line for each exchange, each bound to the one before. See ``docs/ledger.md``."""

from sobre.ledger.entry import Entry, entry

__all__ = ["Entry", "entry"]
