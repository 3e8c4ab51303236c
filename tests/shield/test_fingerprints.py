"""Excerpts of registered documents are found; the fingerprints alone tell nothing."""

from __future__ import annotations

import random
from array import array
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sobre.privacy import fingerprints as fp
from sobre.privacy.spelling import normalise, places, words

KEY = bytes(range(32))
PLAN = """Le comité de pilotage du vingt mars a retenu la fermeture de l'atelier de galvanisation
de Thiers au profit d'une ligne neuve installée à Clermont, sous réserve que la banque maintienne
son découvert et que le principal client signe avant l'été. Les trente-deux salariés concernés
recevraient une proposition de mutation ; à défaut, une prime égale à huit mois de salaire serait
versée. Aucun élu du personnel n'a encore été informé, et la presse locale ne doit rien apprendre
avant la réunion extraordinaire du conseil d'administration."""
OTHER = """La recette demande trois cents grammes de farine de châtaigne, deux œufs et un demi-litre
de lait entier. On laisse reposer la pâte une heure sous un torchon humide, puis on verse une petite
louche dans la poêle bien chaude. Servies avec une compote de poires, ces crêpes plaisent à tous."""


def known(*documents: str, key: bytes = KEY) -> fp.Register:
    pairs = sorted((p, n) for n, text in enumerate(documents) for p in fp.fingerprints(text, key))
    prints, owners = array("Q", (p for p, _ in pairs)), array("I", (n for _, n in pairs))
    return fp.register(prints, owners, {n: f"D{n}" for n in range(len(documents))})


def found(text: str, register: fp.Register) -> list[str]:
    return [text[hit.start : hit.end] for hit in fp.find_excerpts(text, KEY, register)]


PLANS = known(OTHER, PLAN)
EXCERPT = "fermeture de l'atelier de galvanisation de Thiers au profit d'une ligne neuve"


@pytest.mark.parametrize(
    "text",
    [
        EXCERPT,
        f"Peux-tu résumer ceci ? {EXCERPT}. Merci !",
        EXCERPT.upper(),
        EXCERPT.replace("é", "e").replace("à", "a"),
        EXCERPT.replace(" ", "\n> "),
        EXCERPT.replace(" ", "\u00a0").replace("'", "\u2019"),
        EXCERPT.replace("galvanisation", "gal-\nvanisation"),
        PLAN[60:260].replace("neuve", "récente").replace("réserve", "condition"),
    ],
)
def test_an_excerpt_is_found_however_it_is_set(text: str) -> None:
    [hit] = fp.find_excerpts(text, KEY, PLANS)
    assert (hit.data_class, hit.kind) == ("confidential", "document")
    assert "D1" in hit.evidence
    assert "atelier" not in hit.evidence
    assert normalise(text[hit.start : hit.end]) in normalise(text)
    assert hit.end - hit.start > 40


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fermeture de l'atelier",
        OTHER[:20],
        "Le comité de lecture a retenu trois romans, dont deux de débutants, pour le prix.",
        "Je vous prie d'agréer, Madame, Monsieur, l'expression de mes salutations distinguées.",
    ],
)
def test_what_is_not_in_a_document_is_not_found(text: str) -> None:
    letter = f"Madame,\nLe colis est parti.\n{fp.STOCK_PHRASES[0]}.\nM. Durand"
    assert found(text, known(PLAN, letter)) == []


def test_the_place_told_is_that_of_the_excerpt() -> None:
    before, after = "Bonjour à tous, voici œuvre et cœur : ", " Cordialement, l'équipe de Lyon."
    [told] = found(before + EXCERPT + after, PLANS)
    assert told in EXCERPT
    assert len(told) > len(EXCERPT) - 2 * fp.WINDOW


def test_two_documents_in_one_text_are_told_apart() -> None:
    hits = fp.find_excerpts(f"{EXCERPT}\n\n{'Un mot. ' * 30}\n\n{OTHER[:160]}", KEY, PLANS)
    assert [hit.evidence[-4:] for hit in hits] == ["'D1'", "'D0'"]


def test_most_excerpts_with_a_fifth_of_their_words_replaced_are_found() -> None:
    chance = random.Random(3)
    text = PLAN.split()
    edited = []
    for _ in range(60):
        start = chance.randrange(len(text) - 30)
        cut = text[start : start + 30]
        for at in chance.sample(range(30), 6):
            cut[at] = chance.choice(OTHER.split())
        edited.append(" ".join(cut))
    assert sum(bool(found(t, known(PLAN))) for t in edited) >= 54


def test_without_the_key_nothing_matches() -> None:
    other = bytes(32)
    assert not set(fp.fingerprints(PLAN, KEY)) & set(fp.fingerprints(PLAN, other))
    assert fp.find_excerpts(PLAN, other, PLANS) == []


def plainly_chosen(letters: bytes) -> set[int]:
    """The definition, gram by gram: the lowest rank of each window, all of them where equal."""
    ranks = [_rank(letters[at : at + fp.GRAM]) for at in range(len(letters) - fp.GRAM + 1)]
    window = min(fp.WINDOW, len(ranks))
    spans: Sequence[range] = [range(n, n + window) for n in range(len(ranks) - window + 1)]
    return {at for span in spans for at in span if ranks[at] == min(ranks[n] for n in span)}


def _rank(gram: bytes) -> int:
    first = int.from_bytes(
        b"".join(bytes((b, 0, 0, 0)) for b in gram.translate(fp._weights(KEY))), "little"
    )
    return fp._ranked(first) & 0xFFFF


@given(st.text("abcdefgh", max_size=90) | st.integers(1, 200).map(lambda n: "a" * n))
def test_the_grams_kept_are_those_of_the_definition(text: str) -> None:
    letters = text.encode()
    expected = plainly_chosen(letters) if len(letters) >= fp.GRAM else set()
    assert fp._chosen(letters, KEY) == sorted(expected)


def test_a_long_text_keeps_the_same_grams_as_its_blocks_would() -> None:
    chance = random.Random(1)
    letters = bytes(chance.choice(b"abcdefghijklmnopqrstuvwxyz") for _ in range(3 * fp.BLOCK + 77))
    chosen = fp._chosen(letters, KEY)
    assert set(chosen) == plainly_chosen(letters)
    assert chosen == sorted(chosen)
    assert max(b - a for a, b in pairwise(chosen)) <= fp.WINDOW


@settings(max_examples=300)
@given(st.text(max_size=40), st.text(max_size=40))
def test_a_part_is_spelled_as_a_part_of_the_whole(first: str, second: str) -> None:
    together = normalise(first + second)
    assert together == normalise(first) + normalise(second)
    assert together.isascii()
    assert not together or (together.isalnum() and together == together.lower())
    assert [*places(first + second)][-1:] == [len(together)] * bool(first + second)
    assert b"".join(words(first)) == normalise(first)


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("L'Œuvre, ÉTÉ", b"loeuvreete"),
        ("cœur\u2019s", b"coeurs"),
        ("e\u0301te\u0301", b"ete"),
        ("\uff21\uff22\uff11", b"ab1"),
        ("Straße 12\u00bd", b"strasse1212"),
        ("ŁÓDŹ", b"lodz"),
        ("…—«»\u00a0\u200b", b""),
    ],
)
def test_case_accents_and_marks_are_nothing(text: str, spelled: bytes) -> None:
    assert normalise(text) == spelled
