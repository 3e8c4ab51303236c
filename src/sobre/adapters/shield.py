"""The shield's detectors, with the lists and weights that ship inside the package."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sobre.adapters import data
from sobre.privacy.credentials import find_credentials
from sobre.privacy.identifiers import find_identifiers
from sobre.privacy.inspect import Detector
from sobre.privacy.lexicon import Lexicon
from sobre.privacy.persons import Persons
from sobre.privacy.places import find_places
from sobre.privacy.sensitive import find_sensitive
from sobre.privacy.tagger import Tagger


@cache
def persons() -> Persons:
    """The reader of names; its files are read once (about 20 ms)."""
    lexicon = Lexicon(data.read("privacy", "names.bin"), data.read("privacy", "words.bin"))
    return Persons(lexicon, Tagger(data.read("privacy", "persons.json"), lexicon))


def detectors() -> Sequence[Detector]:
    """All that reads a text without knowing the firm: persons, identifiers, places, credentials."""
    return (find_credentials, find_identifiers, find_places, find_sensitive, persons())
