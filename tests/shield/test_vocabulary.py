"""Labels count where they stand as labels; the firm's terms are found however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobre.privacy.inspect import find
from sobre.privacy.vocabulary import Term, find_labels, find_terms, terms

LABELLED = [
    "CONFIDENTIEL",
    "Confidentiel",
    "[Confidentiel] Compte rendu du comité",
    "Objet : [CONFIDENTIEL] projet de plan",
    "STRICTEMENT CONFIDENTIEL - NE PAS DIFFUSER",
    "Document confidentiel – ne pas diffuser",
    "Ce document est STRICTEMENT CONFIDENTIEL.",
    "CONFIDENTIEL DÉFENSE",
    "Compte rendu du CODIR - Confidentiel",
    "Confidentiel - Compte rendu du CODIR",
    "Page 3/12 | Confidentiel",
    "DIFFUSION RESTREINTE",
    "Classification : Diffusion restreinte",
    "Niveau de confidentialité : C3 - Secret",
    "Classification: interne",
    "Sensitivity: Restricted",
    "SECRET DES AFFAIRES",
    "USAGE INTERNE",
    "Usage interne uniquement",
    "NE PAS DIFFUSER À L'EXTÉRIEUR",
    "Mention : ne pas divulguer",
    "STRICTLY CONFIDENTIAL",
    "Private & confidential",
    "INTERNAL ONLY",
    "*** CONFIDENTIAL ***",
    "<secret>",
    "TLP:RED",
    "tlp : amber+strict",
]
ONLY_WORDS = [
    "ceci reste confidentiel entre nous",
    "CECI RESTE CONFIDENTIEL ENTRE NOUS",
    "clause de confidentialité",
    "CLAUSE DE CONFIDENTIALITÉ",
    "Article 5 - Confidentialité",
    "NON CONFIDENTIEL",
    "Les échanges resteront strictement confidentiels.",
    "Il a rendu son rapport confidentiel hier soir.",
    "La loi protège le secret des affaires.",
    "La note à usage interne a été publiée.",
    "Merci de ne pas diffuser ce message à tout le monde.",
    "L'interne de garde a appelé.",
    "The restricted stock plan vests in May.",
    "Classification : publique",
    "Diffusion : tous les salariés",
    "TLP:CLEAR",
    "confidentiel@exemple.fr",
]


@pytest.mark.parametrize("line", LABELLED)
def test_a_label_is_found_where_it_stands_as_one(line: str) -> None:
    hits = find(f"Bonjour à tous,\n{line}\nVoici la suite du texte.", [find_labels])
    assert {(hit.data_class, hit.kind) for hit in hits} == {("confidential", "label")}


@pytest.mark.parametrize("line", ONLY_WORDS)
def test_the_same_words_in_a_sentence_are_no_label(line: str) -> None:
    assert find(f"Bonjour à tous,\n{line}\nVoici la suite du texte.", [find_labels]) == []


FIRM = terms(
    (
        Term("Zéphyr", "code-name"),
        Term("Blue Horizon", "code-name"),
        Term("Blue", "customer"),
        Term("L'Atelier du Pin", "customer"),
        Term("Dupont & Fils", "customer"),
        Term("AX-400", "term"),
    )
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le projet ZEPHYR avance", ["ZEPHYR"]),
        ("deux zéphyrs, d\u2019un Ze\u0301phyr", ["zéphyrs", "Ze\u0301phyr"]),
        ("PROJET_ZEPHYR_v2", ["ZEPHYR"]),
        ("blue-horizon et BlueHorizon", ["blue-horizon", "BlueHorizon"]),
        ("Blue\u00a0\u2013 Horizon", ["Blue\u00a0\u2013 Horizon"]),
        ("Blue et Horizon", ["Blue"]),
        ("pour l\u2019atelier du pin.", ["l\u2019atelier du pin"]),
        (
            "DUPONT ET FILS, Dupont & fils, Dupont-Fils",
            ["DUPONT ET FILS", "Dupont & fils", "Dupont-Fils"],
        ),
        ("la AX 400 et l'ax400", ["AX 400", "ax400"]),
        ("zéphyrien, Duponts, bluet, AX-4000, atelier du pin", []),
    ],
)
def test_a_term_is_found_whatever_its_case_accents_and_gaps(text: str, found: list[str]) -> None:
    hits = find(text, [lambda folded: find_terms(folded, FIRM)])
    assert [text[hit.start : hit.end] for hit in hits] == found
    assert {(hit.data_class, hit.kind) for hit in hits} <= {("business", "term")}


def test_evidence_names_the_kind_and_never_the_term() -> None:
    [hit] = find_terms("chez Blue Horizon", FIRM)
    assert hit.evidence == "the firm's code name"


@given(st.integers(0, 2600), st.sampled_from(["Blue Horizon", "zephyr", "AX-400"]))
def test_a_term_is_found_wherever_it_stands_in_a_long_text(before: int, term: str) -> None:
    text = ("mot " * 700)[:before].rstrip() + f" {term}, " + "fin " * 300
    assert [text[hit.start : hit.end] for hit in find_terms(text, FIRM)] == [term]


NAMES = st.lists(st.text("abcdé", min_size=1, max_size=4), min_size=1, max_size=3).map(" ".join)


@given(st.lists(NAMES, max_size=20), st.text("abcdé -'"))
def test_every_term_is_found_and_every_hit_is_one_of_the_terms(names: list[str], text: str) -> None:
    known = terms(Term(name, "term") for name in names)
    assert [name for name in names if not find_terms(name, known)] == []
    for hit in find_terms(text, known):
        assert find_terms(text[hit.start : hit.end], known)
