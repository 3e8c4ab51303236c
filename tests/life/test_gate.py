"""What may still be abandoned never reaches the reader."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sobre.core.exchange import Delta
from sobre.ladder import Gate, Step
from support.values import Heard, Still, card


class Ticking:
    """A clock that moves a second at each look."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        return self.at

    def elapsed(self) -> float:
        self.at += 1.0
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds


def gate(heard: Heard, *, last: bool = False, whole: bool = False) -> Gate:
    made = card("near")
    step = Step(Still(made), made, 1.0, "why", last=last)
    return Gate(step, heard, heard, Ticking(), whole=whole)


async def push(into: Gate, *texts: str) -> None:
    for text in texts:
        await into.push([Delta(0, text)])


async def test_an_answer_that_says_nothing_is_held() -> None:
    heard = Heard()
    held = gate(heard)
    await held.push([Delta(0, None), Delta(0, "")])
    await held.push([Delta(0, None, "stop")])
    assert (heard.begun, heard.deltas, held.opened) == ([], [], False)


async def test_the_first_word_lets_all_that_was_held_run_in_order() -> None:
    heard = Heard()
    held = gate(heard)
    await held.push([Delta(0, "")])
    await push(held, "Hello", " there")
    assert heard.begun == ["near"]
    assert [delta.text for delta in heard.deltas] == ["", "Hello", " there"]


async def test_a_tool_call_counts_as_saying_something() -> None:
    heard = Heard()
    await gate(heard).push([Delta(0, None, tool_calls=[{"index": 0}])])
    assert heard.begun == ["near"]


async def test_what_must_be_judged_whole_is_held_until_it_is_opened() -> None:
    heard = Heard()
    held = gate(heard, whole=True)
    await push(held, '{"a"', ": 1}")
    assert heard.deltas == []
    await held.open()
    assert heard.text == '{"a": 1}'


async def test_the_last_rung_runs_at_once() -> None:
    heard = Heard()
    await push(gate(heard, last=True, whole=True), "{")
    assert heard.text == "{"


@pytest.mark.parametrize("last", [False, True])
async def test_opening_an_answer_that_said_nothing_still_begins_it(last: bool) -> None:
    heard = Heard()
    held = gate(heard, last=last)
    await held.open()
    await held.open()
    assert (heard.begun, heard.deltas) == (["near"], [])


async def test_the_calls_said_before_an_answer_was_cut_are_kept_with_its_words() -> None:
    held = gate(Heard(), last=True)
    begin = {"index": 0, "id": "c1", "function": {"name": "f", "arguments": '{"a'}}
    await held.push([Delta(0, "hm"), Delta(1, None, None, [begin])])
    await held.push([Delta(1, None, None, [{"index": 0, "function": {"arguments": '": 1'}}])])
    words, calls = held.said()
    assert (words.text, words.tool_calls) == ("hm", None)
    assert calls.tool_calls[0]["function"] == {"name": "f", "arguments": '{"a": 1'}


async def test_the_first_word_s_time_and_every_choice_s_words_are_kept() -> None:
    held = gate(Heard(), last=True)
    both: Sequence[Delta] = [Delta(0, "a"), Delta(1, "b")]
    await held.push([Delta(0, "")])
    await held.push(both)
    await held.push(both)
    assert held.first_token_seconds == 1.0
    assert [choice.text for choice in held.said()] == ["aa", "bb"]
