"""Values leave under aliases and come back, whatever a model makes of those. Values are made up."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sobre import privacy
from sobre.core.exchange import Ask, Message
from sobre.errors import PolicyRefusal
from sobre.privacy import Aliases
from support.shield import back, leave, reply_of, said, seen, send
from support.values import ask

ANTOINE, HELENE, MAIL = "Antoine Dupont", "Hélène Martin", "a.b@exemple.fr"
LATER = "ex_01ABCDEFGHJKMNPQRSTVWXM4W7"
"""The id of another exchange, whose tag is ``m4w7``."""
TEXT = f"{ANTOINE} et {HELENE} ({MAIL})"
SENT, ALIASES = leave(TEXT, (ANTOINE, "person/m"), (HELENE, "person/f"), (MAIL, "email"))


# --- The alias -----------------------------------------------------------------------------------


def test_an_alias_tells_kind_gender_and_number_and_has_the_exchanges_tag() -> None:
    assert SENT == "[HOMME-1-k3v9] et [FEMME-2-k3v9] ([EMAIL-3-k3v9])"
    assert back(SENT, ALIASES) == TEXT


@pytest.mark.parametrize("number", range(20))
def test_the_tag_is_random_and_stands_nowhere_in_the_request(number: int) -> None:
    name = "ex_01ABCDEFGH" + "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number : number + 12] + "ZZK3V9"
    text = f"{MAIL} k3v9 K3V9 [EMAIL-1-k3v9]"
    sent, aliases = leave(text, (MAIL, "email"), id=name)
    [tag] = aliases.tags
    assert tag not in text.lower()
    assert re.fullmatch(r"[a-hjkmnp-z][a-hjkmnp-z2-9]{3,7}", tag)
    assert any(c.isdigit() for c in tag)
    assert sent == f"[EMAIL-1-{tag}] k3v9 K3V9 [EMAIL-1-k3v9]"


def test_numbers_are_of_the_whole_exchange_and_a_hundred_are_not_confused() -> None:
    mails = [f"u{n}@exemple.fr" for n in range(300)]
    text = " ".join(mails)
    sent, aliases = leave(text, *((m, "email") for m in mails))
    assert len({stood.number for stood in aliases.places.values()}) == 300
    assert back(sent, aliases) == text
    assert back("[EMAIL-1-k3v9] [EMAIL-10-k3v9] [EMAIL-100-k3v9]", aliases) == (
        f"{mails[0]} {mails[9]} {mails[99]}"
    )
    bare = sent.replace("[", "").replace("]", "")
    assert back(bare, aliases) == text


def test_addresses_that_differ_in_case_are_one() -> None:
    sent, aliases = leave("a@b.fr A@B.FR", ("a@b.fr", "email"), ("A@B.FR", "email"))
    assert sent == "[EMAIL-1-k3v9] [EMAIL-1-k3v9]"
    assert aliases.values == {"[EMAIL-1-k3v9]": "a@b.fr"}


@pytest.mark.parametrize("kind", ["iban", "term", "unheard_of", "driving_licence", "api_key"])
def test_every_kind_has_a_word_that_comes_back(kind: str) -> None:
    sent, aliases = leave("X 12-34", ("12-34", kind))
    assert re.fullmatch(r"X \[[A-Z]+-1-k3v9\]", sent)
    assert back(sent.lower(), aliases) == "x 12-34"


# --- Mutations -----------------------------------------------------------------------------------

ALIAS = "[HOMME-1-k3v9]"


def swapped(old: str, new: str) -> Callable[[str], str]:
    return lambda alias: alias.replace(old, new)


def inside(template: str) -> Callable[[str], str]:
    return lambda alias: template.format(alias[1:-1])


def wide(alias: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in alias)


# what a model does to an alias, what is to be read, with {} where the value goes
MUTATIONS: list[tuple[str, Callable[[str], str], str]] = [
    ("as it was", str, "{}"),
    ("small letters", str.lower, "{}"),
    ("capitals", str.upper, "{}"),
    ("bold", lambda a: f"**{a}**", "**{}**"),
    ("italic", lambda a: f"_{a}_", "_{}_"),
    ("code", lambda a: f"`{a}`", "`{}`"),
    ("code inside", inside("[`{}`]"), "{}"),
    ("bold inside", inside("[**{}**]"), "{}"),
    ("bold number", swapped("-1-", "-**1**-"), "{}"),
    ("escaped brackets", inside("\\[{}\\]"), "{}"),
    ("all escaped", lambda a: re.sub(r"([\[\]\-])", r"\\\1", a), "{}"),
    ("escaped underscore", swapped("-", "\\_"), "{}"),
    ("no brackets", inside("{}"), "{}"),
    ("no brackets, small", lambda a: a[1:-1].lower(), "{}"),
    ("no opening bracket", inside("{}]"), "{}]"),
    ("parentheses", inside("({})"), "({})"),
    ("angles", inside("<{}>"), "{}"),
    ("braces", inside("{{{}}}"), "{}"),
    ("quotes", inside("«{}»"), "«{}»"),
    ("spaced quotes", inside("«\u00a0{}\u00a0»"), "«\u00a0{}\u00a0»"),
    ("lenticular", inside("【{}】"), "{}"),
    ("doubled", lambda a: f"[{a}]", "[{}]"),
    ("underscore", swapped("-", "_"), "{}"),
    ("space", swapped("-", " "), "{}"),
    ("nothing", swapped("-", ""), "{}"),
    ("no-break space", swapped("-", "\u00a0"), "{}"),
    ("narrow space", swapped("-", "\u202f"), "{}"),
    ("new line", swapped("-k", "\nk"), "{}"),
    ("en dash", swapped("-", "–"), "{}"),
    ("em dash", swapped("-", "—"), "{}"),
    ("no-break hyphen", swapped("-", "\u2011"), "{}"),
    ("dot", swapped("-", "."), "{}"),
    ("colon", swapped("-", ":"), "{}"),
    ("slash", swapped("-", "/"), "{}"),
    ("spaced dash", swapped("-", " - "), "{}"),
    ("spaces inside", inside("[ {} ]"), "{}"),
    ("bare and spaced", lambda a: a[1:-1].replace("-", " "), "{}"),
    ("bare and underscored", lambda a: a[1:-1].replace("-", "_"), "{}"),
    ("decimal entities", lambda a: "".join(f"&#{ord(c)};" if c in "[-]" else c for c in a), "{}"),
    ("hexadecimal entities", inside("&#x5B;{}&#x5D;"), "{}"),
    ("lbrack", inside("&lbrack;{}&rbrack;"), "{}"),
    ("lsqb", inside("&lsqb;{}&rsqb;"), "{}"),
    ("nbsp entity", swapped("-", "&nbsp;"), "{}"),
    ("lt and gt", lambda a: html.escape(f"<{a[1:-1]}>"), "{}"),
    ("JSON escapes", inside("\\u005b{}\\u005d"), "{}"),
    ("JSON hyphen", swapped("-", "\\u002d"), "{}"),
    ("URL", inside("%5B{}%5D"), "{}"),
    ("URL, all of it", lambda a: inside("%5b{}%5d")(a).replace("-", "%2D"), "{}"),
    ("zero-width inside", lambda a: a.replace("-", "\u200b-").replace("v", "\u200bv"), "{}"),
    ("soft hyphen", swapped("OM", "O\u00adM"), "{}"),
    ("plural word", swapped("HOMME", "HOMMES"), "{}"),
    ("plural after", lambda a: f"{a}s", "{}s"),
    ("plural after, bare", lambda a: f"{a[1:-1]}s", "{}s"),
    ("full width", wide, "{}"),
    ("zero before", swapped("-1-", "-01-"), "{}"),
    ("number sign", swapped("-1-", " n° 1 "), "{}"),
    *(
        (f"translated: {word}", swapped("HOMME", word), "{}")
        for word in ("MAN", "PERSON", "Person", "HOMBRE", "MANN", "UOMO", "NOM", "Monsieur", "人")
    ),
    *(
        (f"translated, bare: {word}", lambda a, w=word: a[1:-1].replace("HOMME", w), "{}")
        for word in ("PERSON", "Man", "HOMBRE", "MANN")
    ),
    ("another gender", swapped("HOMME", "PERSONNE"), "{}"),
    ("no word", swapped("HOMME-", ""), "{}"),
]


@pytest.mark.parametrize(
    ("mutate", "read"), [m[1:] for m in MUTATIONS], ids=[m[0] for m in MUTATIONS]
)
def test_what_a_model_changes_in_an_alias_does_not_keep_the_value_from_coming_back(
    mutate: Callable[[str], str], read: str
) -> None:
    text = f"Voir {mutate(ALIAS)}, merci."
    wanted = f"Voir {read.format(ANTOINE)}, merci."
    assert back(text, ALIASES) == wanted
    assert said(list(text), ALIASES) == wanted


@pytest.mark.parametrize("mutate", [m[1] for m in MUTATIONS], ids=[m[0] for m in MUTATIONS])
@pytest.mark.parametrize("place", ["arguments", "json"])
def test_the_same_in_json(mutate: Callable[[str], str], place: str) -> None:
    _, aliases = leave('A "Q" B', ('"Q"', "person/m"), response_format={"type": "json_object"})
    raw = json.dumps({"who": mutate(ALIAS)}, ensure_ascii=False)
    if place == "json":
        restored = back(raw, aliases)
    else:
        calls = [{"function": {"name": "f", "arguments": raw}}]
        reply = privacy.restore(reply_of(None, tool_calls=calls), aliases)
        restored = reply.choices[0].tool_calls[0]["function"]["arguments"]
    assert '"Q"' in json.loads(restored)["who"]


def test_a_link_keeps_its_form() -> None:
    link = "[EMAIL-3-k3v9](mailto:EMAIL-3-k3v9)"
    assert back(link, ALIASES) == f"{MAIL}(mailto:{MAIL})"
    assert back(f"[{link[:14]}]{link[14:]}", ALIASES) == f"[{MAIL}](mailto:{MAIL})"


# --- What is not ours ----------------------------------------------------------------------------

LITERAL = [
    "[PERSON_1]", "<PERSON_1>", "[EMAIL-1-abcd]", "{{name}}", "[HOMME-1-k3v9]", "[1]", "HOMME-1",
    "&#91;HOMME-1-k3v9&#93;", "homme 1 K3V9", "k3v9", "1-k3v9", "\\[FEMME\\-2\\-k3v9\\]",
]  # fmt: skip
PLACES: dict[str, Callable[[str], tuple[Message, ...]]] = {
    "prompt": lambda t: (Message("user", t),),
    "system prompt": lambda t: (Message("system", t), Message("user", "x")),
    "tool result": lambda t: (Message("user", "x"), Message("tool", t, {"tool_call_id": "1"})),
    "tool call": lambda t: (
        Message("user", "x"),
        Message("assistant", None, {"tool_calls": [{"function": {"arguments": json.dumps([t])}}]}),
    ),
    "file": lambda t: (Message("user", [{"type": "text", "text": t}]),),
}


@pytest.mark.parametrize("literal", LITERAL)
@pytest.mark.parametrize("place", PLACES)
def test_a_placeholder_in_the_request_is_text_and_never_anybodys_value(
    literal: str, place: str
) -> None:
    messages = (*PLACES[place](literal), Message("user", MAIL))
    asked = ask(messages=messages)
    outbound, aliases = send(asked, seen(MAIL, (MAIL, "email"), message=len(messages) - 1))
    assert outbound.messages[:-1] == messages[:-1]
    assert back(f"{literal}: {outbound.messages[-1].content}", aliases) == f"{literal}: {MAIL}"
    assert privacy.invented(reply_of(literal), aliases) == 0


def test_an_alias_of_an_earlier_turn_that_the_user_writes_out_is_text_too() -> None:
    _, first = leave(ANTOINE, (ANTOINE, "person/m"))
    text = f"C'est quoi [HOMME-1-k3v9] ? {ANTOINE}"
    sent, aliases = leave(text, (ANTOINE, "person/m"), known=first.fresh, id=LATER)
    assert sent == "C'est quoi [HOMME-1-k3v9] ? [HOMME-2-m4w7]"
    assert back("[HOMME-1-k3v9] = [HOMME-2-m4w7]", aliases) == f"[HOMME-1-k3v9] = {ANTOINE}"


INVENTED = [
    "[HOMME-9-k3v9]", "[EMAIL-12-k3v9]", "FEMME-99-k3v9", "[HOMME-0-k3v9]",
    "[EMAIL-1-k3v9]", "[IBAN-3-k3v9]", "[PHONE-1-k3v9]", "[HOMME-3-k3v9]", "IBAN-1-k3v9",
    "[Adresse-2-k3v9]", "[TÉLÉPHONE-1-k3v9]",
]  # fmt: skip


@pytest.mark.parametrize("text", INVENTED)
def test_an_alias_that_the_model_makes_up_is_left_as_it_is_and_counted(text: str) -> None:
    assert back(f"a {text} b", ALIASES) == f"a {text} b"
    assert said(list(f"a {text} b"), ALIASES) == f"a {text} b"
    assert privacy.invented(reply_of(f"{text} [HOMME-1-k3v9] {text}"), ALIASES) == 2


NOT_OURS = ["[HOMME-1-zzzz]", "[HOMME-1]", "[HOMME-1-k3v", "HOMME", "k3v9", "[HOMME-1-k3v9x]"]


@pytest.mark.parametrize("text", NOT_OURS)
def test_without_the_tag_there_is_no_proof_and_nothing_happens(text: str) -> None:
    assert back(text, ALIASES) == text
    assert privacy.invented(reply_of(text), ALIASES) == 0


def test_a_value_that_looks_like_an_alias_is_not_read_again() -> None:
    odd = "[EMAIL-2-m4w7]"
    text = f"{odd} {MAIL}"
    sent, aliases = leave(text, (odd, "term"), (MAIL, "email"), id=LATER)
    assert odd not in sent
    assert back(sent, aliases) == text
    nested = Aliases({"[TERME-1-k3v9]": "[EMAIL-2-k3v9]", "[EMAIL-2-k3v9]": MAIL})
    assert back("[TERME-1-k3v9]", nested) == "[EMAIL-2-k3v9]"


# --- French --------------------------------------------------------------------------------------

ELIDED = [
    ("le dossier de {A}", "le dossier d'Antoine Dupont"),
    ("le dossier de {H}", "le dossier d'Hélène Martin"),
    ("le dossier d'{J}", "le dossier de Jean Petit"),
    ("l’avis de {A}", "l’avis d’Antoine Dupont"),
    ("l’avis d’{J}", "l’avis de Jean Petit"),
    ("De {A} à {J}", "D'Antoine Dupont à Jean Petit"),
    ("D'{J}", "De Jean Petit"),
    ("QUE {A}", "QU'Antoine Dupont"),
    ("QU'{J}", "QUE Jean Petit"),
    ("il dit que {A}", "il dit qu'Antoine Dupont"),
    ("il dit qu'{J}", "il dit que Jean Petit"),
    ("lorsque {A} vient", "lorsqu'Antoine Dupont vient"),
    ("puisqu'{J} vient", "puisque Jean Petit vient"),
    ("de **{A}**", "d'**Antoine Dupont**"),
    ("de\u00a0{A}", "d'Antoine Dupont"),
    ("de {J}", "de Jean Petit"),
    ("d'{A}", "d'Antoine Dupont"),
    ("de {S}", "de Hans Weber"),
    ("de {Y} et de {Z}", "d'Yves Roy et de Yasmine Roy"),
    ("le {A}, la {H}", "le Antoine Dupont, la Hélène Martin"),
    ("mode {A}", "mode Antoine Dupont"),
    ("presque {A}", "presque Antoine Dupont"),
    ("de {M}", "de a.b@exemple.fr"),
]
FRENCH = {
    "A": (ANTOINE, "person/m"), "H": (HELENE, "person/f"), "J": ("Jean Petit", "person/m"),
    "S": ("Hans Weber", "person/m"), "Y": ("Yves Roy", "person/m"),
    "Z": ("Yasmine Roy", "person/f"), "M": (MAIL, "email"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), ELIDED)
def test_before_a_name_french_elides_as_it_should(text: str, wanted: str) -> None:
    _, aliases = leave(", ".join(v for v, _ in FRENCH.values()), *FRENCH.values())
    names = dict(zip(FRENCH, aliases.values, strict=True))
    reply = text.format(**names)
    assert back(reply, aliases) == wanted
    assert said(list(reply), aliases) == wanted


@pytest.mark.parametrize("text", ["la note de Antoine Dupont", "l'avis d'Jean Petit"])
def test_what_the_request_writes_its_own_way_comes_back_so(text: str) -> None:
    name = "Antoine Dupont" if "Antoine" in text else "Jean Petit"
    sent, aliases = leave(text, (name, "person/m"))
    assert back(sent, aliases) == text


# --- Persons -------------------------------------------------------------------------------------


def persons(*names: str) -> list[str]:
    """Which alias each of these names gets, in one text."""
    values = [(n.partition("/")[0], f"person/{n.partition('/')[2]}") for n in names]
    sent, _ = leave(" ; ".join(value for value, _ in values), *values)
    return [alias[1:-6] for alias in sent.split(" ; ")]


ONE = [
    ("Marie Dupont/f", "Mme Dupont", "DUPONT Marie", "marie dupont", "Dupont"),
    ("Dupont", "Marie Dupont/f", "Mme DUPONT"),
    ("Jean Dupont", "M. DUPONT", "J. Dupont", "Dupont, Jean", "Jean"),
    ("Éric Noël/m", "ERIC NOEL", "Eric"),
    ("Dominique de Villepin", "M. de Villepin", "Villepin"),
]


@pytest.mark.parametrize("names", ONE)
def test_variants_of_one_name_share_an_alias(names: tuple[str, ...]) -> None:
    assert len(set(persons(*names))) == 1


def test_two_persons_of_one_surname_are_two_and_the_bare_name_is_neither() -> None:
    told = persons("Paul Martin/m", "Julie Martin/f", "Martin", "M. Martin", "Martin/f", "MARTIN")
    assert told == ["HOMME-1", "FEMME-2", "PERSONNE-3", "HOMME-1", "FEMME-2", "PERSONNE-3"]


def test_a_man_and_a_woman_are_never_one() -> None:
    assert persons("Marie Dupont/f", "M. Dupont", "Mme Dupont") == ["FEMME-1", "HOMME-2", "FEMME-1"]


def test_the_fullest_form_comes_back_and_the_first_of_equals() -> None:
    sent, aliases = leave(
        "Dupont, DUPONT Marie", ("Dupont", "person"), ("DUPONT Marie", "person/f")
    )
    assert back(sent, aliases) == "DUPONT Marie, DUPONT Marie"
    sent, aliases = leave("éric noël, ERIC NOEL", ("éric noël", "person"), ("ERIC NOEL", "person"))
    assert back(sent, aliases) == "éric noël, éric noël"


# --- Properties ----------------------------------------------------------------------------------

NAMES = ["Antoine", "Hélène", "Hugo Petit", "O'Brien", "李 明", "x", "[A-1-b2c3]", "1-k3v9", "a\\b"]
FILLER = st.text(alphabet="de qu'’[](){}<>«»\\*_`-1k3v9&#;%\u00a0\u200b\n.é", max_size=8)


@given(st.lists(st.tuples(FILLER, st.sampled_from(NAMES)), max_size=6), FILLER)
@settings(max_examples=400, deadline=None)
def test_what_is_disguised_and_repeated_is_restored_to_the_letter(
    pieces: list[tuple[str, str]], end: str
) -> None:
    text, values = "", []
    for filler, name in pieces:
        text += filler + name
        values.append((len(text) - len(name), name))
    text += end
    findings = [
        seen(name, (name, "term"))[0]._replace(start=start, end=start + len(name))
        for start, name in values
    ]
    outbound, aliases = send(ask(text), findings)
    assert back(str(outbound.messages[0].content), aliases) == text


HOSTILE = [
    "[",
    "HOMME ",
    "1 ",
    "\\",
    "&#45;",
    "1-k3v9 ",
    "1\u200b",
    "[a\\n",
    "k3v9",
    "de ",
    "[HOMME-",
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_megabyte_is_read_to_its_end(piece: str) -> None:
    aliases = Aliases({f"[HOMME-{n}-k3v9]": f"P{n}" for n in range(1000, 2001)})
    text = piece * (1_000_000 // len(piece)) + "\n|"
    assert back(text + ". [HOMME-1234-k3v9]", aliases) == text + ". P1234"
    pieces = [text[at : at + 1000] for at in range(0, len(text), 1000)]
    assert said([*pieces, ". [HOMME-1234-k3v9]"], aliases) == text + ". P1234"


def test_where_no_alias_can_stand_nothing_leaves() -> None:
    tool: dict[str, Any] = {"function": {"parameters": {"properties": {"hunter22x": {}}}}}
    asked: Ask = ask(tools=[tool])
    found = [
        f._replace(data_class="secret")
        for f in privacy.inspect(asked, [lambda t: [privacy.Hit(0, 3, "password", "secret", "t")]])
        if f.message == -1
    ]
    with pytest.raises(PolicyRefusal, match="no alias can"):
        send(asked, found)
