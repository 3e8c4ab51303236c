"""The words a small model is given when the caller gives none: one version for each model.

A small model does well or badly by wording, so its prompt is data with a version, and the version
is told with each answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

_FRENCH = frozenset(
    """à au aux avec bonjour c ce ces cette comment d dans de des du elle en est et il ils j je l la
    le les leur lui ma mais mes moi mon n ne nos notre nous on ou où par pas pour pourquoi qu que
    quel quelle quelles quels qui quoi résume réponds sa se ses si son sont sur ta te tes toi ton
    tu un une vos votre vous y""".split()
)
_ENGLISH = frozenset(
    """a about an and are as at be by can do does for from give hello how i in is it me my of on or
    our please say she that the their they this to was we what when where which who why will
    with write you your""".split()
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """How one model is spoken to. ``version`` names this exact wording and these settings."""

    model: str
    version: str
    fr: str
    en: str
    max_output_tokens: int
    """Where an answer is cut when the caller sets no limit: small models may never stop."""
    sampling: Mapping[str, float]
    """Used as a whole when the caller sets neither ``temperature`` nor ``top_p``."""

    def system(self, lang: str) -> str:
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Prompts:
    prompts: tuple[Prompt, ...]

    @classmethod
    def from_json(cls, text: bytes | str) -> Prompts:
        return msgspec.json.decode(text, type=cls)

    def prompt(self, model: str) -> Prompt:
        """The model's own prompt, or the one for any model."""
        return next(p for name in (model, "*") for p in self.prompts if p.model == name)


def language_of(text: str) -> str:
    """``fr`` or ``en``: which of the two a request is written in, by its small words."""
    words = re.findall(r"[a-zà-ÿœ]+", text[:4000].lower())
    french = sum(w in _FRENCH for w in words) + len(re.findall(r"[éèêçœùâîôû]", text[:4000])) / 4
    return "fr" if french > sum(w in _ENGLISH for w in words) else "en"
