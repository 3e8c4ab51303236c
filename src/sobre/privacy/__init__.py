"""What a text holds that should stay in, and how it leaves without it."""

from sobre.privacy.aliases import Aliases, session
from sobre.privacy.disguise import Known, disguise
from sobre.privacy.inspect import Detector, Hit, count, inspect, texts
from sobre.privacy.patterns import find_patterns
from sobre.privacy.restore import invented, restore, restoring

__all__ = [
    "Aliases",
    "Detector",
    "Hit",
    "Known",
    "count",
    "disguise",
    "find_patterns",
    "inspect",
    "invented",
    "restore",
    "restoring",
    "session",
    "texts",
]
