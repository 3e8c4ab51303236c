"""A reply restored as it comes is the reply restored whole, and nothing waits without a reason."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sobre import privacy
from sobre.core.exchange import Delta
from sobre.privacy import Aliases
from support.shield import back, cut, reply_of, said, streamed
from support.values import Heard

TAG = "k3v9"
ALIASES = Aliases(
    {
        f"[HOMME-1-{TAG}]": "Antoine Dupont",
        f"[FEMME-2-{TAG}]": 'Hélène "Léa" Martin',
        f"[EMAIL-3-{TAG}]": "a\\b@exemple.fr",
        f"[PERSONNE-10-{TAG}]": "Jean",
        "[HOMME-11-m4w7]": "Éric",
        f"[TERME-12-{TAG}]": f"[HOMME-1-{TAG}]",
    },
    in_json=False,
)
IN_JSON = Aliases(ALIASES.values, in_json=True)
REPLIES = [
    "Le dossier de [HOMME-1-k3v9] est à [FEMME-2-k3v9] (mail [EMAIL-3-k3v9]), que [HOMME-11-m4w7].",
    "**[HOMME-1-k3v9]** et \\[FEMME\\-2\\-k3v9\\] ; HOMME-1-k3v9, Femme_2_k3v9 et homme 1 k3v9s.",
    "&#91;HOMME&#45;1&#45;k3v9&#93; %5BFEMME-2-k3v9%5D \\u005bEMAIL-3-k3v9\\u005d &lsqb;x&rsqb;",
    "[HOMME-9-k3v9] [IBAN-1-k3v9] [HOMME-1-zzzz] [HOMME-1-k3v [1] {a} <b> [a](b) 10-k3v9 1 k3v9",
    "d'[PERSONNE-10-k3v9], qu’[FEMME-2-k3v9], de **[HOMME-1-k3v9]** [TERME-12-k3v9][EMAIL-3-k3v9]",
    "\uff3b\uff28OMME\uff0d1\uff0dk3v9\uff3d 【FEMME 2 k3v9】 [HOMME\n1\u200b-k3v9]",
]  # fmt: skip


@pytest.mark.parametrize("reply", REPLIES)
def test_cut_in_two_at_every_place_it_is_the_same(reply: str) -> None:
    whole = back(reply, ALIASES)
    assert whole != reply
    for place in range(len(reply) + 1):
        assert said([reply[:place], reply[place:]], ALIASES) == whole


@pytest.mark.parametrize("reply", REPLIES)
@pytest.mark.parametrize("size", range(1, 17))
def test_in_pieces_of_any_size_it_is_the_same(reply: str, size: int) -> None:
    pieces = [reply[at : at + size] for at in range(0, len(reply), size)]
    assert said(pieces, ALIASES) == back(reply, ALIASES)


@pytest.mark.parametrize("reply", REPLIES)
def test_cut_at_random_two_hundred_times_it_is_the_same(reply: str) -> None:
    draw = random.Random(7)
    whole = back(reply, ALIASES)
    for _ in range(200):
        places = draw.sample(range(len(reply)), draw.randint(1, min(16, len(reply) - 1)))
        assert said(cut(reply, places), ALIASES) == whole


PIECES = [
    "[", "]", "HOMME", "FEMME-2", "Email", "IBAN-", "homme ", "-", "_", "1", "2", "10", "k3v9",
    "k3", "v9", "m4w7", " ", "de ", "d'", "que ", "’", "*", "**", "`", "\\", "\\_", "\\[", "\\]",
    "\\n", "\\u005b", "\\u00", "&#91;", "&#45;", "&", "%5B", "%2D", "\u00a0", "\n", "\u200b",
    "(", ")", "<", "{", "}", "】", "s", "x", "[HOMME-1-k3v9]", "[HOMME-11-m4w7]",
    "\\[FEMME\\-2\\-k3v9\\]", '"',
]  # fmt: skip
SCRAPS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
CUTS = st.lists(st.integers(0, 400), max_size=30)


@given(SCRAPS, CUTS, st.sampled_from([ALIASES, IN_JSON]))
@settings(max_examples=600, deadline=None)
@example("k3\u200b10k3v9", [3, 5], ALIASES)
@example("m4w7m4w7\nk3v9", list(range(13)), ALIASES)
@example("[a [b [HOMME-1-k3v9]", list(range(20)), ALIASES)
def test_whatever_a_model_says_cut_anywhere_it_is_the_same(
    text: str, at: list[int], aliases: Aliases
) -> None:
    assert said(cut(text, at), aliases) == back(text, aliases)


@pytest.mark.parametrize("reply", REPLIES)
def test_what_has_been_shown_is_never_taken_back(reply: str) -> None:
    whole, shown = back(reply, ALIASES), ""
    for delta in streamed([Delta(0, c) for c in reply], ALIASES):
        shown += delta.text or ""
        assert whole.startswith(shown)


PLAIN = (
    "Bonjour, voici la réponse : il y a 12 points, dont 3 sont réglés (voir plus bas). "
    "C'est l'essentiel ; tout va bien.\n\n| a | b |\n| 1 | 2 |\n\n1. Un\n2. Deux"
)


async def held_back(pieces: list[str], aliases: Aliases) -> list[int]:
    """How many characters wait after each piece."""
    heard = Heard()
    sink = privacy.restoring(heard, aliases)
    waits, given = [], 0
    for piece in pieces:
        await sink.push([Delta(0, piece)])
        given += len(piece)
        waits.append(given - len(heard.text))
    return waits


async def test_plain_words_pass_at_once() -> None:
    aliases = Aliases({f"[EMAIL-1-{TAG}]": "a@b.fr"})
    words = [word + " " for word in PLAIN.split() if word.isalpha()]
    assert set(await held_back(words, aliases)) == {0}


async def test_what_could_open_an_alias_waits_no_longer_than_one() -> None:
    longest = max(map(len, ALIASES.values))
    waits = await held_back(list(PLAIN), ALIASES)
    assert max(waits) <= longest
    assert sum(waits) / len(waits) < 0.5
    for reply in REPLIES:
        assert max(await held_back(list(reply), ALIASES)) <= 3 * longest
    assert max(await held_back(list("[" + "HOMME" * 500), ALIASES)) <= 60
    assert max(await held_back(list("[" * 500 + "-" * 500 + "1" * 500), ALIASES)) <= 60


async def test_where_nothing_was_disguised_the_reader_is_spoken_to_directly() -> None:
    heard = Heard()
    assert privacy.restoring(heard, Aliases()) is heard


def call(arguments: str, index: int = 0) -> dict[str, Any]:
    return {"index": index, "function": {"name": "f", "arguments": arguments}}


@given(CUTS)
@settings(max_examples=60, deadline=None)
def test_arguments_of_a_tool_stay_json_whatever_the_values_hold(at: list[int]) -> None:
    raw = json.dumps({"to": "[FEMME-2-k3v9]", "de": "de [EMAIL-3-k3v9]", "x": ["HOMME_1_k3v9"]})
    whole = privacy.restore(reply_of(None, tool_calls=[call(raw)]), ALIASES)
    deltas = streamed([Delta(0, None, tool_calls=[call(p)]) for p in cut(raw, at)], ALIASES)
    together = "".join(
        one["function"]["arguments"] for delta in deltas for one in delta.tool_calls or ()
    )
    assert together == whole.choices[0].tool_calls[0]["function"]["arguments"]
    assert json.loads(together) == {
        "to": 'Hélène "Léa" Martin', "de": "de a\\b@exemple.fr", "x": ["Antoine Dupont"],
    }  # fmt: skip


@given(CUTS)
@settings(max_examples=60, deadline=None)
def test_an_answer_in_json_stays_json(at: list[int]) -> None:
    raw = json.dumps({"who": "[FEMME-2-k3v9]", "mail": "\\[EMAIL-3-k3v9\\]"})
    together = said(cut(raw, at), IN_JSON)
    assert together == back(raw, IN_JSON)
    assert json.loads(together) == {"who": 'Hélène "Léa" Martin', "mail": "a\\b@exemple.fr"}


Place = Callable[[str], dict[str, Any]]


@pytest.mark.parametrize("key", ["reasoning_content", "reasoning", "refusal"])
@given(at=CUTS)
@settings(max_examples=40, deadline=None)
def test_what_streams_beside_the_answer_is_the_same_too(key: str, at: list[int]) -> None:
    reply = REPLIES[0]
    deltas = streamed([Delta(0, None, rest={key: piece}) for piece in cut(reply, at)], ALIASES)
    whole = privacy.restore(reply_of(None, rest={key: reply}), ALIASES).choices[0].rest[key]
    assert "".join((d.rest or {}).get(key, "") for d in deltas) == whole


def test_answers_and_calls_that_stream_at_once_do_not_mix() -> None:
    alias = "[HOMME-1-k3v9]"
    halves = (alias[:6], alias[6:])
    steps = [Delta(n, half) for half in halves for n in (0, 1)]
    steps += [Delta(0, None, tool_calls=[call(half, n)]) for half in halves for n in (0, 1)]
    steps.append(Delta(1, None, "stop"))
    heard = streamed(steps, ALIASES)
    for n in (0, 1):
        assert "".join(d.text or "" for d in heard if d.choice == n) == "Antoine Dupont"
        calls = [c for d in heard for c in d.tool_calls or () if c["index"] == n]
        assert "".join(c["function"]["arguments"] for c in calls) == "Antoine Dupont"
