"""Which rung is tried, in which order, and why others are not."""

from __future__ import annotations

from typing import Any

import pytest

from sobre.core.exchange import Ask, Choice, Limits, Message, Operation, Reply, Usage
from sobre.core.ports import Rung
from sobre.core.zone import Zone
from sobre.errors import NoRungLeft, PolicyRefusal, UnknownModel
from sobre.ladder import Forecast, Plan, candidates, decide, suffices
from support.values import Still, ask, card, limits

GRAMS = {"small": 1.0, "middle": 5.0, "large": 9.0}


def plan(asked: Ask, *rungs: Rung, within: Limits | None = None, **aliases: str) -> Plan:
    forecast = Forecast(lambda card, *_: GRAMS.get(card.name), 300)
    return decide(asked, within or limits(), rungs, aliases, forecast)


def rungs(*names: str, **fields: Any) -> list[Rung]:
    return [Still(card(name, **fields)) for name in names]


def order(made: Plan) -> list[str]:
    return [step.card.name for step in made.steps]


def test_rungs_are_tried_in_order_of_computed_impact() -> None:
    made = plan(ask(), *rungs("large", "small", "middle"))
    assert order(made) == ["small", "middle", "large"]
    assert [step.last for step in made.steps] == [False, False, True]
    assert [step.grams for step in made.steps] == [1.0, 5.0, 9.0]


def test_the_level_does_not_decide_where_the_impact_does() -> None:
    near, far = Still(card("large", level=2)), Still(card("small", level=4))
    assert order(plan(ask(), near, far)) == ["small", "large"]


def test_a_rung_whose_impact_is_unknown_comes_last_and_says_so() -> None:
    made = plan(ask(), *rungs("mystery", "large"))
    assert order(made) == ["large", "mystery"]
    assert "could not be computed" in made.steps[-1].why


def test_among_equal_impacts_the_lower_level_comes_first() -> None:
    made = plan(ask(), Still(card("x", level=4)), Still(card("y", level=2)))
    assert order(made) == ["y", "x"]


def test_the_forecast_is_given_the_request_s_own_size() -> None:
    seen: list[tuple[int, int]] = []

    def grams(_: object, tokens_in: int, tokens_out: int) -> float:
        seen.append((tokens_in, tokens_out))
        return 1.0

    for asked in (ask("x" * 400, n=3, max_tokens=10), ask("x" * 4, operation=Operation.EMBED)):
        decide(asked, limits(), rungs("small"), {}, Forecast(grams, 300))
    assert seen == [(100, 30), (1, 0)]


LACKS = [
    ({"tools": [{"type": "function"}]}, {"features": frozenset()}, "tools"),
    ({"response_format": {"type": "json_object"}}, {"features": frozenset()}, "JSON"),
    ({"logprobs": True}, {"features": frozenset()}, "log-prob"),
    ({"n": 2}, {"features": frozenset()}, "one answer"),
    ({"operation": Operation.EMBED}, {"operations": frozenset({Operation.CHAT})}, "embed"),
]


@pytest.mark.parametrize(("asked", "lacking", "why"), LACKS)
def test_a_rung_that_lacks_what_is_asked_is_left_out_with_the_reason(
    asked: dict[str, Any], lacking: dict[str, Any], why: str
) -> None:
    made = plan(ask(**asked), Still(card("small", **lacking)), *rungs("large"))
    assert order(made) == ["large"]
    assert why in made.skipped["small"]


@pytest.mark.parametrize("kind", ["image_url", "input_audio", "file"])
def test_what_is_not_text_is_for_rungs_that_take_images(kind: str) -> None:
    parts = [{"type": "text", "text": "What is it?"}, {"type": kind, kind: {}}]
    sees = Still(card("large", features=frozenset({"images"})))
    made = plan(ask(messages=(Message("user", parts),)), sees, *rungs("small"))
    assert order(made) == ["large"]
    assert "images" in made.skipped["small"]
    only_text = plan(ask(messages=(Message("user", parts[:1]),)), sees, *rungs("small"))
    assert order(only_text) == ["small", "large"]


def test_a_context_that_is_surely_too_short_is_left_out() -> None:
    made = plan(ask("x" * 10_000), Still(card("small", context_tokens=1000)), *rungs("large"))
    assert order(made) == ["large"]
    assert "1000 tokens" in made.skipped["small"]


def test_a_zone_that_policy_closes_is_left_out_with_policy_s_reason() -> None:
    near, far = Still(card("large")), Still(card("small", zone=Zone.ABROAD))
    made = plan(ask(), near, far, within=limits(refused=[Zone.ABROAD]))
    assert order(made) == ["large"]
    assert made.skipped == {"small": "policy says no"}


def test_when_policy_alone_leaves_none_it_is_a_refusal() -> None:
    with pytest.raises(PolicyRefusal, match="small: policy says no"):
        plan(ask(), *rungs("small"), within=limits(refused=list(Zone)))


def test_when_a_rung_was_left_out_for_a_lack_it_is_no_refusal() -> None:
    near, far = Still(card("small", features=frozenset())), Still(card("large", zone=Zone.ABROAD))
    with pytest.raises(NoRungLeft) as caught:
        plan(ask(n=2), near, far, within=limits(refused=[Zone.ABROAD]))
    assert (caught.value.status, caught.value.code) == (400, "unsupported_request")
    assert "small" in str(caught.value)
    assert "large" in str(caught.value)


def test_without_any_rung_the_service_is_unavailable() -> None:
    with pytest.raises(NoRungLeft) as caught:
        plan(ask())
    assert caught.value.status == 503


@pytest.mark.parametrize("name", ["small", "small-model", "quick"])
def test_a_rung_is_meant_by_its_name_its_model_or_an_alias(name: str) -> None:
    made = plan(ask(model=name), *rungs("large", "small"), quick="small")
    assert order(made) == ["small"]
    assert name in made.steps[0].why


def test_an_unknown_model_is_told_the_nearest_names() -> None:
    with pytest.raises(UnknownModel) as caught:
        candidates("smal", rungs("large", "small"), {"smart": "large"})
    assert "Nearest names: small" in str(caught.value)
    assert (caught.value.status, caught.value.param) == (404, "model")


JSON = {"response_format": {"type": "json_object"}}
SUFFICES = [
    ({}, Choice(0, "Hello", "stop"), True),
    ({}, Choice(0, "", "stop"), False),
    ({}, Choice(0, " \n", "stop"), False),
    ({}, Choice(0, None, "stop"), False),
    ({}, Choice(0, None, "tool_calls", [{"id": "call_1"}]), True),
    ({}, Choice(0, None, "stop", rest={"refusal": "I cannot."}), True),
    (JSON, Choice(0, '{"a": 1}', "stop"), True),
    (JSON, Choice(0, '{"a": ', "stop"), False),
    (JSON, Choice(0, '{"a": ', "length"), True),
    (JSON, Choice(0, "Sure! {}", "stop"), False),
]


@pytest.mark.parametrize(("asked", "choice", "kept"), SUFFICES)
def test_an_answer_suffices_when_it_says_something_and_parses(
    asked: dict[str, Any], choice: Choice, kept: bool
) -> None:
    verdict = suffices(ask(**asked), Reply((choice,), Usage(1, 1), "m"))
    assert verdict.kept is kept
    assert verdict.reason


@pytest.mark.parametrize("vectors", [None, [], [{"embedding": [0.5]}]])
def test_an_embedding_suffices_when_there_are_vectors(vectors: Any) -> None:
    reply = Reply((), Usage(1, 0), "m", vectors=vectors)
    assert suffices(ask(operation=Operation.EMBED), reply).kept is bool(vectors)


def test_no_choice_at_all_does_not_suffice() -> None:
    assert not suffices(ask(), Reply((), Usage(1, 0), "m")).kept


@pytest.mark.parametrize(("budget", "named"), [("eur", "price"), ("g", "impact")])
def test_a_budget_closes_the_rungs_that_cannot_be_counted(budget: str, named: str) -> None:
    unheard, small = Still(card("unheard")), Still(card("small", price_in=1.0, price_out=1.0))
    forecast = Forecast(lambda card, *_: GRAMS.get(card.name), 300)
    made = decide(ask(), limits(), [unheard, small], {}, forecast, frozenset({budget}))
    assert order(made) == ["small"]
    assert named in made.skipped["unheard"]
    free = decide(ask(), limits(), [unheard, small], {}, forecast)
    assert order(free) == ["small", "unheard"]
