"""What a text holds that should stay in, and how it leaves without it."""

from sobre.privacy.disguise import Aliases, disguise
from sobre.privacy.inspect import Detector, Hit, count, inspect
from sobre.privacy.patterns import find_patterns
from sobre.privacy.restore import restore, restoring

__all__ = [
    "Aliases",
    "Detector",
    "Hit",
    "count",
    "disguise",
    "find_patterns",
    "inspect",
    "restore",
    "restoring",
]
