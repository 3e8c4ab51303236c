"""Who is named in a text: mail, chat, lists, forms, tables, and what only looks like a name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sobre.adapters.shield import persons
from sobre.core.exchange import Message
from sobre.privacy import inspect
from sobre.privacy.fold import fold
from sobre.privacy.inspect import find
from sobre.privacy.lexicon import Lexicon, pack
from sobre.privacy.tagger import LABELS, Tagger
from support.values import ask

NAMED = [
    ("Bonjour,\nMerci de rappeler Solange Perrichon avant midi.", ["Solange Perrichon"]),
    ("J'ai eu Mme Kerviel au téléphone.", ["Kerviel"]),
    ("slt tu peux dire a karim que c bon", ["karim"]),
    ("bonjour je suis nadia ouali et je voudrais résilier", ["nadia ouali"]),
    (
        "Présents : Awa Diop, T. Schneider, Loïc Le Bras",
        ["Awa Diop", "T. Schneider", "Loïc Le Bras"],
    ),
    ("Signé : BEATRIZ CARVALHO", ["BEATRIZ CARVALHO"]),
    ("Patient PERRICHON Solange, né le 3 mai", ["PERRICHON Solange"]),
    ("Le dossier d'Antoine Vasselin traîne.", ["Antoine Vasselin"]),
    ("Nom : Ouedraogo\nPrénom : Salif", ["Ouedraogo", "Salif"]),
    ("nom;prenom;ville\nOuali;Nadia;Metz\nDiop;Awa;Brest", ["Ouali", "Nadia", "Diop", "Awa"]),
    ("| Nom | Ville |\n|---|---|\n| Nadia Ouali | Metz |", ["Nadia Ouali"]),
    ('{"prenom": "Salif", "nom": "Ouedraogo"}', ["Salif", "Ouedraogo"]),
    ("Please call Harriet Thornbury before noon.", ["Harriet Thornbury"]),
    ("Cordialement,\nMaëlle Guivarch\nResponsable achats", ["Maëlle Guivarch"]),
    ("Anne\u00a0Le\u00a0Floch a signé.", ["Anne\u00a0Le\u00a0Floch"]),
    ("Jean\u2011Luc Perrichon a signé.", ["Jean\u2011Luc Perrichon"]),
]


@pytest.mark.parametrize(("text", "names"), NAMED)
def test_a_person_is_found_whole(text: str, names: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in find(text, [persons()])] == names


NOBODY = [
    "Quelles sont les formalités pour embaucher un apprenti ?",
    "La loi Pinel et le théorème de Pythagore n'ont rien à voir.",
    "Notre fils est au collège Jean Moulin, rue Victor Hugo, près du garage Martin.",
    "Il y avait une pierre taillée près de la fontaine.",
    "Le serveur écoute sur le port 8080, la version est 2.4.1.",
    "IBAN : à compléter\nBIC : à compléter",
    "nom;prenom;email;telephone;iban",
    "Cliquez sur Enregistrer, puis sur Fermer.",
    "Le chiffre d'affaires du premier trimestre progresse de 4 %.",
    "def main() -> None:\n    print('hello')",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_named_where_nobody_is(text: str) -> None:
    assert find(text, [persons()]) == []


GENDERS = [
    ("Mme Kerviel est là.", "f"),
    ("M. Kerviel est là.", "m"),
    ("Solange Perrichon est là.", "f"),
    ("J'ai vu Salif Ouedraogo hier.", "m"),
    ("J'ai vu Dominique Kerviel hier.", ""),
    ("Mme Dominique Kerviel est là.", "f"),
]


@pytest.mark.parametrize(("text", "gender"), GENDERS)
def test_title_or_first_name_says_the_gender(text: str, gender: str) -> None:
    assert [hit.gender for hit in find(text, [persons()])] == [gender]


def test_a_name_found_once_is_found_again_bare_and_in_lower_case() -> None:
    text = "Solange Perrichon conteste.\n\nSelon perrichon, la facture PERRICHON est fausse."
    found = [text[hit.start : hit.end] for hit in find(text, [persons()])]
    assert found == ["Solange Perrichon", "perrichon", "PERRICHON"]


def test_a_person_named_in_one_message_is_found_in_another() -> None:
    messages = (
        Message("user", "Voici la lettre de Mme Solange Perrichon."),
        Message("user", "que demande perrichon au juste"),
    )
    findings = inspect(ask(messages=messages), [persons()])
    assert [(f.message, f.start) for f in findings] == [(0, 23), (1, 12)]
    assert findings[1].evidence == "named elsewhere"


def test_the_name_of_a_tool_is_no_person() -> None:
    tools = [{"type": "function", "function": {"name": "claire", "parameters": {"martin": 1}}}]
    assert inspect(ask(tools=tools), [persons()]) == ()


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_offsets_inside_it(text: str) -> None:
    hits = find(text, [persons()])
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))


@given(st.text(alphabet="aé\u0301\u00ad\u200b\u00a0- ’Ａ1", max_size=40))
def test_folding_keeps_track_of_every_character(text: str) -> None:
    folded, places = fold(text)
    if places is None:
        assert len(folded) == len(text)
    else:
        assert len(places) == len(folded) + 1
        assert places[-1] == len(text)
        assert list(places) == sorted(places)


def test_folding_writes_one_thing_one_way() -> None:
    assert fold("e\u0301\u00a0\u2011\u2019\uff11\u200bx")[0] == "é -'1x"


def test_a_lexicon_says_what_a_word_may_be() -> None:
    lexicon = Lexicon(pack({"lea": 3 | 1 << 4, "kerviel": 2 << 2}), pack({"table": 1, "metz": 4}))
    assert lexicon.look("LÉA")[:3] == (3, "f", 0)
    assert lexicon.look("Kerviel").last == 2
    assert (lexicon.look("table").common, lexicon.look("Metz").proper) == (1, 1)
    assert lexicon.look("Léa-Kerviel").last == 2
    assert lexicon.look("Inconnu") == (0, "", 0, 0, 0)


@pytest.mark.parametrize("data", [b"", b"SOBRELX1", b"SOBRELX1\x05\0\0\0abc", b"x" * 40])
def test_a_damaged_lexicon_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="lexicon"):
        Lexicon(data, data)


def test_weights_of_another_kind_are_refused() -> None:
    empty = pack({})
    with pytest.raises(ValueError, match="not a person tagger"):
        Tagger(b'{"labels": ["A"]}', Lexicon(empty, empty))
    assert LABELS[0] == "O"
