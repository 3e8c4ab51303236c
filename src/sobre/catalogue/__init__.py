"""What is known of models and of those who serve them; unknown is ``None`` and is said.

Pure: ``adapters/data.py`` reads the files, this package parses them and looks things up.
"""

from sobre.catalogue.entries import (
    Catalogue,
    Hosted,
    Model,
    ModelFile,
    Packages,
    Price,
    Provider,
)
from sobre.catalogue.prompts import Prompt, Prompts, language_of

__all__ = [
    "Catalogue",
    "Hosted",
    "Model",
    "ModelFile",
    "Packages",
    "Price",
    "Prompt",
    "Prompts",
    "Provider",
    "language_of",
]
