"""Detectors for what has a form: a check digit where there is one, a context word where not.

Each pattern is tried only where a cheap sign of it stands in the text, starts only at a token's
beginning and has bounded repeats, so that time stays linear in the text whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sobre.privacy.inspect import Hit

PERSONAL, SECRET = "personal", "secret"
SPACES = " \u00a0\u202f\u2009"
CONTEXT = 60
"""Characters before a bare number in which a word may say what it is."""

_EMAIL = re.compile(
    r"(?<![\w.%+\-])[\w.%+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w\-])"
)
_NUMBER = re.compile(
    rf"(?<![\w.,/\-])\+?\(?\d(?:[\d{SPACES}.()\-]|(?<=\d)[ABab](?=[{SPACES}\d])){{6,34}}\d(?!\w)"
)
_HAS_NUMBER = re.compile(rf"\d(?:[{SPACES}.()/\-]{{0,2}}\d){{5}}")
"""Six digits near each other: no phone, card, account or registration number has fewer."""
_IBAN = re.compile(
    rf"(?<!\w)[A-Z]{{2}}\d{{2}}(?:[{SPACES}]?[A-Z0-9]{{4}}){{2,7}}(?:[{SPACES}]?[A-Z0-9]{{1,3}})?(?!\w)"
)
_IBAN_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18,
    "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28,
    "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31,
    "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
    "TR": 26, "UA": 29, "VA": 22,
}  # fmt: skip
"""IBAN length by country: SWIFT IBAN registry."""
_HAS_DOTTED = re.compile(r"\d\.\d{1,3}\.\d")
_IPV4 = re.compile(
    r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\w|\.\d)"
)
_VERSION_WORD = re.compile(r"(?i)\b(?:version|v|release|rev)\.?\s*$")
_TOKENS = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"(?P<api_key>sk-[A-Za-z0-9_\-]{20,200}|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,200}"
    r"|github_pat_\w{22,255}|glpat-[\w\-]{20,64}|xox[abprs]-[A-Za-z0-9\-]{10,200}"
    r"|AIza[\w\-]{35}|hf_[A-Za-z0-9]{30,64})"
    r"|(?<![\w\-])(?P<jwt>eyJ[\w\-]{8,4000}\.eyJ[\w\-]{8,8000}\.[\w\-]{8,2000})"
    r")(?![A-Za-z0-9])"
)
_TOKEN_SIGN = re.compile(r"sk-|AKIA|gh[pousr]_|github_pat|glpat-|xox[abprs]-|AIza|hf_|eyJ")
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----"
    r"(?:[^-]{0,20000}-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----)?"
)
_URL_CREDENTIALS = re.compile(r"(?<=://)[^\s:/@]{1,128}:[^\s/]{1,128}(?=@)")
_PASSWORD = re.compile(
    r"(?i)(?<!\w)(?:mots? de passe|mdp|password|passwd|pwd|code secret)"
    r"(?: (?:est|is|provisoire|temporaire|wifi|admin)){0,2}\s{0,3}[:=]\s{0,3}(?P<value>\S{4,128})"
)
_INSIDE_A_RUN = re.compile(
    rf"(?<!\d)(?:\d{{4}}(?P<gap>[{SPACES}\-])(?:\d{{4}}(?P=gap)){{2}}\d{{4}}"
    rf"|0[1-9](?P<sep>[{SPACES}.\-])(?:\d\d(?P=sep)){{3}}\d\d)(?!\d)"
)
"""A card or a French phone in its usual groups, when other numbers stand right beside it."""
_PHONE_FR = re.compile(r"(?:(?:\+|00)(?:33|262|508|59[046-8]|68[179])(?:0)?|0)[1-9]\d{8}")


def find_patterns(text: str) -> list[Hit]:
    """Every structured identifier in ``text``, in order, none overlapping another."""
    hits: list[Hit] = []
    if "@" in text:
        hits += (Hit(*m.span(), "email", PERSONAL, "form") for m in _EMAIL.finditer(text))
        if "://" in text:
            hits += (
                Hit(*m.span(), "url_credentials", SECRET, "form")
                for m in _URL_CREDENTIALS.finditer(text)
            )
    if _HAS_NUMBER.search(text):
        hits += _ibans(text)
        hits += _numbers(text)
    if _HAS_DOTTED.search(text):
        hits += (
            Hit(*m.span(), "ip_address", PERSONAL, "form, each byte below 256")
            for m in _IPV4.finditer(text)
            if not _VERSION_WORD.search(text, max(0, m.start() - 12), m.start())
        )
    if _TOKEN_SIGN.search(text):
        hits += (
            Hit(*m.span(), m.lastgroup or "api_key", SECRET, "provider's form")
            for m in _TOKENS.finditer(text)
        )
    if "PRIVATE KEY-----" in text:
        hits += (Hit(*m.span(), "private_key", SECRET, "PEM") for m in _PRIVATE_KEY.finditer(text))
    lower = text.lower()
    if "passe" in lower or "passw" in lower or "mdp" in lower or "pwd" in lower or "secr" in lower:
        hits += (
            Hit(*m.span("value"), "password", SECRET, "label before it")
            for m in _PASSWORD.finditer(text)
        )
    return _exclusive(hits)


def _exclusive(hits: list[Hit]) -> list[Hit]:
    """No two overlap: a secret wins over personal data, then the longer over the shorter."""
    if len(hits) < 2:
        return hits
    kept: list[Hit] = []
    taken = bytearray(max(hit.end for hit in hits))
    for hit in sorted(hits, key=lambda h: (h.data_class != SECRET, h.start - h.end, h.start)):
        if taken.find(1, hit.start, hit.end) < 0:
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    return sorted(kept)


def _ibans(text: str) -> Iterator[Hit]:
    for match in _IBAN.finditer(text):
        compact = re.sub(rf"[{SPACES}]", "", match[0])
        length = _IBAN_LENGTHS.get(compact[:2], len(compact))
        if len(compact) < length or not 15 <= length <= 34 or not iban_key_holds(compact[:length]):
            continue
        end = match.start()
        seen = 0
        while seen < length:
            seen += text[end] not in SPACES
            end += 1
        yield Hit(match.start(), end, "iban", PERSONAL, "check digits mod 97")


def _numbers(text: str) -> Iterator[Hit]:
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        found = False
        for kind, evidence in _named(match[0], text[max(0, start - CONTEXT) : start].lower()):
            found = True
            yield Hit(start, end, kind, PERSONAL, evidence)
        if not found and end - start > 10:
            for inside in _INSIDE_A_RUN.finditer(text, start, end):
                for kind, evidence in _named(inside[0], ""):
                    yield Hit(*inside.span(), kind, PERSONAL, evidence)


def _named(written: str, before: str) -> Iterator[tuple[str, str]]:
    """What a run of digits is, first rule that holds."""
    compact = re.sub(rf"[{SPACES}.()\-]", "", written).upper()
    digits = compact.lstrip("+")
    if _PHONE_FR.fullmatch(compact.replace("330", "33", 1) if "(0)" in written else compact):
        yield "phone", "French numbering plan"
    elif written.startswith("+") and 8 <= len(digits) <= 15:
        yield "phone", "international prefix"
    elif len(digits) == 15 and digits[0] in "1278" and nir_key_holds(digits):
        yield "nir", "key mod 97"
    elif not digits.isdigit():
        return
    elif len(digits) == 14 and luhn_holds(digits):
        yield "siret", "Luhn check digit"
    elif 13 <= len(digits) <= 19 and digits[0] in "23456" and luhn_holds(digits):
        yield "card", "Luhn check digit"
    elif len(digits) == 9 and luhn_holds(digits) and ("siren" in before or "rcs" in before):
        yield "siren", "Luhn check digit and context word"


def luhn_holds(digits: str) -> bool:
    """ISO/IEC 7812 check digit. A run of one digit only is no number."""
    total = sum(
        sum(divmod(int(d) * 2, 10)) if odd else int(d)
        for odd, d in zip(_alternate(len(digits)), reversed(digits), strict=True)
    )
    return total % 10 == 0 and len(set(digits)) > 1


def _alternate(length: int) -> Iterator[bool]:
    return (position % 2 == 1 for position in range(length))


def iban_key_holds(compact: str) -> bool:
    """ISO 13616: moved four to the end, letters as two digits, the number is 1 modulo 97."""
    moved = compact[4:] + compact[:4]
    return int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def nir_key_holds(compact: str) -> bool:
    """French social security number: 13 characters and a key of two (Corsica: 2A is 19, 2B 18)."""
    body = compact[:13].replace("2A", "19", 1).replace("2B", "18", 1)
    return body.isdigit() and compact[13:].isdigit() and 97 - int(body) % 97 == int(compact[13:])
