"""Check digits of identifiers: pure functions on compact text, each with the source of its rule.

Every function takes the value without separators, letters in upper case, and says whether its
check digit (or the form that stands for one) holds. None raises on any text of its alphabet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
"""Twice a digit, its own digits summed."""


def luhn_sum(digits: str) -> int:
    """The weighted sum of ISO/IEC 7812-1 annex B; a multiple of 10 where the check digit holds."""
    numbers = list(map(int, digits))
    return sum(numbers[-1::-2]) + sum(_DOUBLED[n] for n in numbers[-2::-2])


def luhn_holds(digits: str) -> bool:
    """ISO/IEC 7812-1 check digit. A run of one digit only is no number."""
    return luhn_sum(digits) % 10 == 0 and len(set(digits)) > 1


def siren_holds(digits: str) -> bool:
    """SIREN, 9 digits with a Luhn check digit. Source: INSEE, definition of the SIREN number."""
    return len(digits) == 9 and luhn_holds(digits)


def siret_holds(digits: str) -> bool:
    """SIRET, 14 digits with a Luhn check digit, its first nine a SIREN.

    La Poste (SIREN 356000000) ran out of valid numbers: there the plain sum of the digits is a
    multiple of 5. Source: INSEE, definition of the SIRET number; INSEE's note on La Poste.
    """
    if len(digits) != 14:
        return False
    if digits.startswith("356000000"):
        return sum(map(int, digits)) % 5 == 0 or luhn_holds(digits)
    return luhn_holds(digits)


def iban_key_holds(compact: str) -> bool:
    """IBAN: first four moved to the end, letters as two digits, 1 modulo 97. Source: ISO 13616."""
    return _mod97(compact[4:] + compact[:4]) == 1


def _mod97(compact: str) -> int:
    return int(compact.translate(_AS_NUMBERS)) % 97


_AS_NUMBERS = {ord(letter): str(int(letter, 36)) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


IBAN_LENGTHS: Mapping[str, int] = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BI": 27, "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27,
    "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27,
    "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HN": 28, "HR": 21, "HU": 28,
    "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28,
    "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22,
    "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23,
    "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24,
    "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28,
    "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
    "AO": 25, "BF": 28, "BJ": 28, "CF": 27, "CG": 27, "CI": 28, "CM": 27, "CV": 25, "DZ": 26,
    "GA": 27, "GQ": 27, "GW": 25, "IR": 26, "KM": 27, "MA": 28, "MG": 27, "ML": 28, "MZ": 25,
    "NE": 28, "SN": 28, "TD": 27, "TG": 28,
}  # fmt: skip
"""Country -> characters of its IBAN. Source: SWIFT IBAN registry (ISO 13616-2); the
last three lines are issued by banks of countries outside the registry, same check digits."""

_RIB_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def rib_key_holds(compact: str) -> bool:
    """French RIB: bank 5, branch 5, account 11 (letters as digits), key 2.

    Source: CFONB, relevé d'identité bancaire: 89 bank + 15 branch + 3 account + key is a multiple
    of 97.
    """
    digits = compact.translate(_RIB_LETTERS)
    if len(digits) != 23 or not (digits.isascii() and digits.isdigit()) or set(digits) == {"0"}:
        return False
    bank, branch, account = int(digits[:5]), int(digits[5:10]), int(digits[10:21])
    return (89 * bank + 15 * branch + 3 * account + int(digits[21:])) % 97 == 0


_NIR = re.compile(r"[123478]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)(?:0[1-9]|[1-8]\d|9[0-9]|2[AB])\d{3}\d{3}")


def nir_form_holds(body: str) -> bool:
    """The 13 characters of a NIR before its key: sex, year, month, department, commune, rank.

    Months 20 and up stand for births whose month is unknown; first digits 3, 4, 7 and 8 are
    temporary numbers. Source: INSEE, décret n° 82-103; Corsica has 2A and 2B.
    """
    return _NIR.fullmatch(body) is not None


def nir_key_holds(compact: str) -> bool:
    """NIR: 97 less the 13-character number modulo 97; Corsica's 2A counts as 19, 2B as 18.

    Source: INSEE, clé de contrôle du NIR.
    """
    body, key = compact[:13], compact[13:]
    body = body[:5] + body[5:7].replace("2A", "19").replace("2B", "18") + body[7:]
    if not (len(compact) == 15 and body.isdigit() and key.isdigit()):
        return False
    return 97 - int(body) % 97 == int(key)


def spi_key_holds(digits: str) -> bool:
    """French tax number, 13 digits from 0 to 3 first: the last three are the first ten mod 511.

    Source: DGFiP, numéro fiscal (SPI); OECD, tax identification numbers, France.
    """
    return (
        len(digits) == 13
        and digits[0] in "0123"
        and int(digits[:10]) % 511 == int(digits[10:])
        and int(digits[:10]) > 0
    )


def rpps_holds(digits: str) -> bool:
    """RPPS, 11 digits, Luhn. Source: Agence du numérique en santé, structure of the RPPS number."""
    return len(digits) == 11 and digits[0] == "1" and luhn_holds(digits)


def finess_holds(digits: str) -> bool:
    """FINESS, 9 digits, Luhn. Source: Agence du numérique en santé, FINESS."""
    return len(digits) == 9 and luhn_holds(digits)


_IIN: Sequence[tuple[int, int, frozenset[int]]] = (
    (4000, 4999, frozenset({13, 16, 19})),  # Visa
    (5100, 5599, frozenset({16})),  # Mastercard
    (2221, 2720, frozenset({16})),  # Mastercard
    (3400, 3499, frozenset({15})),  # American Express
    (3700, 3799, frozenset({15})),  # American Express
    (6011, 6011, frozenset({16, 19})),  # Discover
    (6440, 6599, frozenset({16, 19})),  # Discover
    (6200, 6299, frozenset({16, 17, 18, 19})),  # UnionPay
    (8100, 8171, frozenset({16, 17, 18, 19})),  # UnionPay
    (3528, 3589, frozenset({16, 17, 18, 19})),  # JCB
    (2131, 2131, frozenset({15})),  # JCB
    (1800, 1800, frozenset({15})),  # JCB
    (3000, 3059, frozenset({14, 16, 19})),  # Diners Club
    (3095, 3095, frozenset({14, 16, 19})),  # Diners Club
    (3600, 3699, frozenset({14, 16, 19})),  # Diners Club
    (3800, 3999, frozenset({14, 16, 19})),  # Diners Club
    (2200, 2204, frozenset({16})),  # Mir
    (5000, 5099, frozenset({12, 13, 14, 15, 16, 17, 18, 19})),  # Maestro
    (5600, 5899, frozenset({12, 13, 14, 15, 16, 17, 18, 19})),  # Maestro
    (6000, 6999, frozenset({12, 13, 14, 15, 16, 17, 18, 19})),  # Maestro, RuPay
)


def card_holds(digits: str) -> bool:
    """A payment card's number: a network's prefix and length, and the Luhn check digit.

    Source: ISO/IEC 7812-1; issuer ranges as the networks publish them.
    """
    prefix = int(digits[:4])
    known = any(first <= prefix <= last and len(digits) in n for first, last, n in _IIN)
    return known and luhn_holds(digits)


def imei_holds(digits: str) -> bool:
    """IMEI, 15 digits, Luhn. Source: 3GPP TS 23.003, annex B."""
    return len(digits) == 15 and luhn_holds(digits)


_VIN_VALUES = dict(
    zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "012345678912345678123457923456789"),
        strict=True)
)  # fmt: skip
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def vin_holds(vin: str) -> bool:
    """Vehicle identification number whose ninth character is the North American check digit.

    Source: ISO 3779; 49 CFR 565.15. European makers need not set it: a failure proves nothing.
    """
    if len(vin) != 17 or any(c not in _VIN_VALUES for c in vin):
        return False
    total = sum(_VIN_VALUES[c] * w for c, w in zip(vin, _VIN_WEIGHTS, strict=True))
    return vin[8] == "0123456789X"[total % 11]


def ssn_form_holds(digits: str) -> bool:
    """US social security number: no area 000 or 666 or from 900, no group 00, no serial 0000.

    Source: US Social Security Administration, SSN randomization (2011).
    """
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return len(digits) == 9 and area < "900" and area not in ("000", "666") and (
        group != "00" and serial != "0000"
    )  # fmt: skip


def niss_holds(digits: str) -> bool:
    """Belgian national number: 97 less the first nine digits mod 97 (a 2 before from 2000 on).

    Source: Belgian royal decree of 3 April 1984, art. 3.
    """
    if len(digits) != 11 or digits[:9] == "000000000":
        return False
    key = int(digits[9:])
    return key in (97 - int(digits[:9]) % 97, 97 - int("2" + digits[:9]) % 97)


def avs_holds(digits: str) -> bool:
    """Swiss AVS number: 756, then an EAN-13 check digit. Source: Swiss CdC, NAVS13."""
    return len(digits) == 13 and digits.startswith("756") and ean13_holds(digits)


def ean13_holds(digits: str) -> bool:
    """EAN-13 (and ISBN-13) check digit. Source: GS1 general specifications, 7.9."""
    numbers = list(map(int, digits))
    return len(numbers) == 13 and (sum(numbers[::2]) + 3 * sum(numbers[1::2])) % 10 == 0


_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ODD_VALUES = b"\1\0\5\7\x09\x0d\x0f\x11\x13\x15"
_ODD_FISCAL = dict(
    zip(
        _ALPHANUMERIC,
        _ODD_VALUES
        + _ODD_VALUES
        + bytes((2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)),
        strict=True,
    )
)
_EVEN_FISCAL = {c: i for i, c in enumerate("0123456789")} | {
    c: i for i, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}


def codice_fiscale_holds(code: str) -> bool:
    """Italian tax code, 16 characters, the last a check letter. Source: D.M. 23 December 1976."""
    if not re.fullmatch(r"[A-Z]{6}\w\w[A-EHLMPR-T]\w\w[A-Z]\w{3}[A-Z]", code, re.ASCII):
        return False
    if "_" in code:
        return False
    odd, even = code[:15:2], code[1:15:2]
    total = sum(_ODD_FISCAL[c] for c in odd) + sum(_EVEN_FISCAL[c] for c in even)
    return code[15] == chr(65 + total % 26)


_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


def dni_holds(code: str) -> bool:
    """Spanish DNI or NIE: eight digits (X, Y, Z as 0, 1, 2 first) and a letter, modulo 23.

    Source: Spanish Ministry of the Interior, cálculo del dígito de control del NIF/NIE.
    """
    match = re.fullmatch(r"([XYZ]\d{7}|\d{8})([A-Z])", code, re.ASCII)
    if match is None:
        return False
    number = match[1].translate(str.maketrans("XYZ", "012"))
    return _DNI_LETTERS[int(number) % 23] == match[2]


# --- VAT numbers --------------------------------------------------------------------------------
# Source of all: European Commission, DG TAXUD, VIES: structure of VAT identification numbers and
# VAT validation routines; national tax administrations where named.


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(d) * w for d, w in zip(digits, weights, strict=False))


def _mod11_10(digits: str) -> bool:
    """ISO/IEC 7064 MOD 11,10."""
    product = 10
    for digit in digits[:-1]:
        total = (int(digit) + product) % 10 or 10
        product = 2 * total % 11
    return (11 - product) % 10 == int(digits[-1])


def _vat_at(body: str) -> bool:
    digits = body[1:]
    total = sum(
        _DOUBLED[int(d)] if i % 2 else int(d) for i, d in enumerate(digits[:7])
    )  # fmt: skip
    return (10 - (total + 4) % 10) % 10 == int(digits[7])


def _vat_be(body: str) -> bool:
    return 97 - int(body[:8]) % 97 == int(body[8:])


def _vat_bg(body: str) -> bool:
    if len(body) == 10:
        return True
    total = _weighted(body[:8], range(1, 9)) % 11
    if total == 10:
        total = _weighted(body[:8], range(3, 11)) % 11 % 10
    return total == int(body[8])


def _vat_che(body: str) -> bool:
    """Swiss UID. Source: Swiss FSO, UID, eCH-0097."""
    return 11 - _weighted(body, (5, 4, 3, 2, 7, 6, 5, 4)) % 11 == (int(body[8]) or 11)


def _vat_cy(body: str) -> bool:
    odd = sum((1, 0, 5, 7, 9, 13, 15, 17, 19, 21)[int(d)] for d in body[:8:2])
    return body[8] == chr(65 + (odd + sum(map(int, body[1:8:2]))) % 26)


def _vat_cz(body: str) -> bool:
    if len(body) != 8:
        return True
    check = 11 - _weighted(body[:7], range(8, 1, -1)) % 11
    return int(body[7]) == check % 10


def _vat_dk(body: str) -> bool:
    return _weighted(body, (2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def _vat_ee(body: str) -> bool:
    return _weighted(body, (3, 7, 1, 3, 7, 1, 3, 7, 1)) % 10 == 0


def _vat_el(body: str) -> bool:
    return _weighted(body, (256, 128, 64, 32, 16, 8, 4, 2)) % 11 % 10 == int(body[8])


def _vat_es(body: str) -> bool:
    if dni_holds(body):
        return True
    if not (body[0].isalpha() and body[1:8].isdigit()):
        return False
    total = sum(_DOUBLED[int(d)] for d in body[1:8:2]) + sum(map(int, body[2:8:2]))
    check = -total % 10
    return body[8] in (str(check), "JABCDEFGHI"[check])


def _vat_fi(body: str) -> bool:
    rest = _weighted(body, (7, 9, 10, 5, 8, 4, 2)) % 11
    return rest != 1 and (11 - rest) % 11 == int(body[7])


def _vat_fr(body: str) -> bool:
    """Key of two before the SIREN; letters in a key (new style) only where the SIREN holds."""
    key, siren = body[:2], body[2:]
    if not key.isdigit():
        return siren_holds(siren)
    return int(key) == (12 + 3 * (int(siren) % 97)) % 97


def _vat_gb(body: str) -> bool:
    """Source: HMRC, VAT registration number check digits (modulus 97 and 9755)."""
    total = _weighted(body[:7], range(8, 1, -1)) + int(body[7:9])
    return total % 97 == 0 or (total + 55) % 97 == 0


def _vat_hu(body: str) -> bool:
    return -_weighted(body[:7], (9, 7, 3, 1, 9, 7, 3)) % 10 == int(body[7])


def _vat_ie(body: str) -> bool:
    if not body[1].isdigit():
        return True
    extra = ord(body[8]) - 64 if len(body) > 8 and body[8] != "W" else 0
    rest = (_weighted(body[:7], range(8, 1, -1)) + 9 * extra) % 23
    return body[7] == "WABCDEFGHIJKLMNOPQRSTUV"[rest]


def _vat_lt(body: str) -> bool:
    size = len(body) - 1
    rest = _weighted(body[:size], [1 + i % 9 for i in range(size)]) % 11
    if rest == 10:
        rest = _weighted(body[:size], [1 + (i + 2) % 9 for i in range(size)]) % 11 % 10
    return rest == int(body[size])


def _vat_lu(body: str) -> bool:
    return int(body[:6]) % 89 == int(body[6:])


def _vat_mt(body: str) -> bool:
    return _weighted(body, (3, 4, 6, 7, 8, 9, 10, 1)) % 37 == 0


def _vat_nl(body: str) -> bool:
    """Eleven test of the old numbers, or modulo 97 of those given to the self-employed in 2020."""
    old = _weighted(body[:8], range(9, 1, -1)) % 11 == int(body[8])
    return old or _mod97("NL" + body) == 1


def _vat_no(body: str) -> bool:
    """Source: Brønnøysund register, organisasjonsnummer."""
    return -_weighted(body[:8], (3, 2, 7, 6, 5, 4, 3, 2)) % 11 == int(body[8])


def _vat_pl(body: str) -> bool:
    return _weighted(body[:9], (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == int(body[9])


def _vat_pt(body: str) -> bool:
    check = 11 - _weighted(body[:8], range(9, 1, -1)) % 11
    return int(body[8]) == (check if check < 10 else 0)


def _vat_ro(body: str) -> bool:
    total = _weighted(body[:-1].zfill(9), (7, 5, 3, 2, 1, 7, 5, 3, 2))
    return total * 10 % 11 % 10 == int(body[-1])


def _vat_se(body: str) -> bool:
    return luhn_holds(body[:10]) and body[10:] != "00"


def _vat_si(body: str) -> bool:
    rest = _weighted(body[:7], range(8, 1, -1)) % 11
    return rest != 0 and (11 - rest) % 10 == int(body[7])


def _vat_sk(body: str) -> bool:
    return int(body) % 11 == 0


VatRule = tuple[tuple[str, ...], Callable[[str], bool] | None]
VAT: Mapping[str, VatRule] = {
    "AT": (("U########",), _vat_at),
    "BE": (("1#########", "0#########"), _vat_be),
    "BG": (("##########", "#########"), _vat_bg),
    "CHE": (("#########",), _vat_che),
    "CY": (("########@",), _vat_cy),
    "CZ": (("##########", "#########", "########"), _vat_cz),
    "DE": (("#########",), _mod11_10),
    "DK": (("########",), _vat_dk),
    "EE": (("#########",), _vat_ee),
    "EL": (("#########",), _vat_el),
    "ES": (("*#######*",), _vat_es),
    "FI": (("########",), _vat_fi),
    "FR": (("**#########",), _vat_fr),
    "GB": (("############", "#########"), _vat_gb),
    "HR": (("###########",), _mod11_10),
    "HU": (("########",), _vat_hu),
    "IE": (("#*#####@@", "#*#####@"), _vat_ie),
    "IT": (("###########",), luhn_holds),
    "LT": (("############", "#########"), _vat_lt),
    "LU": (("########",), _vat_lu),
    "LV": (("###########",), None),
    "MT": (("########",), _vat_mt),
    "NL": (("#########B##",), _vat_nl),
    "NO": (("#########",), _vat_no),
    "PL": (("##########",), _vat_pl),
    "PT": (("#########",), _vat_pt),
    "RO": (("##########", "#########", "########", "#######", "######"), _vat_ro),
    "SE": (("############",), _vat_se),
    "SI": (("########",), _vat_si),
    "SK": (("##########",), _vat_sk),
    "XI": (("############", "#########"), _vat_gb),
}
"""Prefix -> the forms of what follows it (# digit, @ letter, * either) and its check.

Source: VIES, structure of VAT identification numbers. Greece writes EL; GB, XI, CHE and NO are not
in the Union's list but stand on European invoices. A few national rules know forms that carry no
public check (Bulgarian and Czech persons): these are let through by form and need a context.
"""


def vat_holds(prefix: str, body: str) -> bool | None:
    """Whether the check digit of a VAT number holds; ``None`` where its rule is not public."""
    check = VAT[prefix][1]
    free = (
        check is None
        or (prefix == "BG" and len(body) == 10)
        or (prefix == "CZ" and len(body) != 8)
        or (prefix == "IE" and not body[1].isdigit())
    )
    if free or check is None:
        return None
    return len(set(body)) > 1 and check(body)
