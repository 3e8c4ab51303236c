from __future__ import annotations

from collections import Counter

import pytest

from sobre.adapters.data import catalogue, prompts
from sobre.catalogue import language_of

KNOWN = catalogue()


def test_no_two_models_share_an_id_or_an_alias() -> None:
    names = Counter(n.lower() for m in KNOWN.models for n in {m.id, *m.aliases})
    assert [name for name, times in names.items() if times > 1] == []


def test_every_model_that_a_provider_serves_is_in_the_catalogue() -> None:
    served = {hosted.model for p in KNOWN.providers for hosted in p.models}
    assert {name for name in served if KNOWN.model(name) is None} == set()


def test_every_price_has_its_source_and_date() -> None:
    prices = [h.price for p in KNOWN.providers for h in p.models if h.price]
    assert prices
    assert all(price.source and price.date for price in prices)


def test_every_provider_says_in_both_languages_why_it_is_in_its_zone() -> None:
    assert all(p.zone_reason["fr"] and p.zone_reason["en"] for p in KNOWN.providers)


def test_every_model_with_a_file_has_a_way_to_fetch_it_and_a_licence() -> None:
    with_files = [m for m in KNOWN.models if m.file]
    assert KNOWN.default in {m.id for m in with_files}
    assert all(m.licence for m in with_files)
    for file in (m.file for m in with_files if m.file):
        assert file.urls or file.packages
        if file.packages:
            assert len(file.packages.names) == len(file.packages.members)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("qwen2.5-coder-0.5b", "qwen2.5-coder-0.5b"),
        ("Qwen/Qwen2.5-Coder-0.5B-Instruct", "qwen2.5-coder-0.5b"),
        ("qwen2.5-coder:0.5b", "qwen2.5-coder-0.5b"),
        ("mistral-small-latest", "mistral-small-4"),
        ("OPENAI/gpt-oss-120b", "gpt-oss-120b"),
    ],
)
def test_a_model_answers_to_all_its_names(said: str, meant: str) -> None:
    found = KNOWN.model(said)
    assert found
    assert found.id == meant


def test_an_unknown_name_gets_the_nearest_ones() -> None:
    assert KNOWN.model("qwen2.5-codr-0.5b") is None
    assert "qwen2.5-coder-0.5b" in KNOWN.nearest("qwen2.5-codr-0.5b")


def test_a_size_that_is_not_published_is_unknown_not_zero() -> None:
    model = KNOWN.model("gpt-5")
    assert model
    assert model.total_params is None


def test_a_price_in_dollars_is_told_in_euros() -> None:
    mistral = KNOWN.provider("mistral")
    assert mistral
    hosted = mistral.hosted("mistral-small-latest")
    assert hosted
    assert hosted.price
    euros = KNOWN.price(mistral, "mistral-small-latest")
    assert euros == pytest.approx((hosted.price.input / 1.172, hosted.price.output / 1.172))
    assert KNOWN.price(mistral, "open-mistral-nemo") is None


def test_every_model_that_can_be_fetched_has_its_own_prompt_in_both_languages() -> None:
    for model in (m for m in KNOWN.models if m.file):
        prompt = prompts().prompt(model.id)
        assert prompt.model == model.id
        assert prompt.version.startswith(model.id)
        assert prompt.system("fr") != prompt.system("en")
    assert prompts().prompt("a file of mine").version == "any/1"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Quelle est la capitale de la France ?", "fr"),
        ("Résume ce texte", "fr"),
        ("Bonjour", "fr"),
        ("What is the capital of France?", "en"),
        ("Summarise this text", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_request_is_seen_by_its_small_words(text: str, lang: str) -> None:
    assert language_of(text) == lang
