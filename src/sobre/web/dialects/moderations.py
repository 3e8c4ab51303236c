"""``/v1/moderations``: what rules can honestly say of a text, and nothing more.

No model is called, so that there is no answer to record and no impact to count: the text is read in
this process and forgotten. OpenAI's shape wants a boolean and a score for every category; those no
rule looks at are ``false`` and 0, and named as not assessed in the ``sobre`` object beside them. A
score is 1 where a rule matched and 0 where none did: it is no probability.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sobre import privacy
from sobre.core.exchange import Json
from sobre.errors import BadRequest
from sobre.web.dialects import fields as f

MODEL = "sobre-rules-1"
MOST_TEXTS = 2048
NOTE = "rule-based; categories other than those listed are not assessed"
CATEGORIES = (
    "harassment",
    "harassment/threatening",
    "hate",
    "hate/threatening",
    "illicit",
    "illicit/violent",
    "self-harm",
    "self-harm/instructions",
    "self-harm/intent",
    "sexual",
    "sexual/minors",
    "violence",
    "violence/graphic",
)
"""OpenAI's, as its SDK requires them."""


class Rule(NamedTuple):
    """A set phrase, said in the first person, which is a category by its own words."""

    name: str
    categories: tuple[str, ...]
    pattern: re.Pattern[str]


def _phrase(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


_THREAT = ("harassment", "harassment/threatening")
"""A category of OpenAI's that contains another is true where that one is."""
_INTENT = ("self-harm", "self-harm/intent")

RULES = (
    Rule(
        "threat_en",
        _THREAT,
        _phrase(
            r"(?:i will|i'll|i am going to|i'm going to|i'm gonna|we will|we'll) "
            r"(?:kill|murder|stab|strangle) (?:you|him|her|them)"
        ),
    ),
    Rule(
        "threat_fr",
        _THREAT,
        _phrase(
            r"(?:je vais|on va|nous allons) (?:te|vous|le|la|les) "
            r"(?:tuer|buter|égorger|poignarder|étrangler|faire la peau)"
        ),
    ),
    Rule(
        "self_harm_en",
        _INTENT,
        _phrase(
            r"(?:i want to|i'm going to|i am going to|i will|i'll|i wanna) "
            r"(?:die(?! (?:of|from) (?:laugh|shame|embarrass))|kill myself|end my life|hurt myself)"
        ),
    ),
    Rule(
        "self_harm_fr",
        _INTENT,
        _phrase(
            r"je (?:veux|vais) (?:mourir(?! de (?:rire|honte|faim|soif|chaud|froid))|me tuer"
            r"|me suicider|en finir avec la vie|me faire du mal)|je ne veux plus vivre"
        ),
    ),
)
ASSESSED = tuple(c for c in CATEGORIES if any(c in rule.categories for rule in RULES))
NOT_ASSESSED = tuple(c for c in CATEGORIES if c not in ASSESSED)
_SPACES = re.compile(r"\s+")


def answer(body: bytes, answer_id: str) -> dict[str, Json]:
    """OpenAI's moderation object. Raises ``BadRequest``, for images too: no rule can see them."""
    fields = f.decode_object(body)
    f.take_text(fields, "model")
    value = fields.get("input")
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not texts or len(texts) > MOST_TEXTS:
        raise f.wrong("input", "texts", value, most=MOST_TEXTS)
    if all(isinstance(text, str) for text in texts):
        results = [_result(text) for text in texts]
    else:
        results = [_result("\n".join(_part(p, f"input[{i}]") for i, p in enumerate(texts)))]
    return {"id": f"modr-{answer_id}", "model": MODEL, "results": results}


def _part(part: Json, where: str) -> str:
    if isinstance(part, dict) and isinstance(text := part.get("text"), str):
        return text
    if isinstance(part, dict) and part.get("type") == "image_url":
        raise BadRequest(
            "Images cannot be judged by rules.",
            remedy="Send the text only.",
            param=where,
            code="unsupported_value",
            key="error.moderation_image",
        )
    raise f.wrong(where, "text_part", part)


def _result(text: str) -> dict[str, Json]:
    plain = _SPACES.sub(" ", text.replace("’", "'").lower())
    matched = [rule for rule in RULES if rule.pattern.search(plain)]
    flagged = {category for rule in matched for category in rule.categories}
    findings: dict[str, int] = {}
    for hit in privacy.find_patterns(text):
        findings[hit.kind] = findings.get(hit.kind, 0) + 1
    return {
        "flagged": bool(flagged),
        "categories": {category: category in flagged for category in CATEGORIES},
        "category_scores": {category: float(category in flagged) for category in CATEGORIES},
        "category_applied_input_types": {
            category: ["text"] if category in ASSESSED else [] for category in CATEGORIES
        },
        "sobre": {
            "method": MODEL,
            "note": NOTE,
            "assessed": ASSESSED,
            "not_assessed": NOT_ASSESSED,
            "rules_matched": [rule.name for rule in matched],
            "findings": findings,
        },
    }
