"""What is found in a text, how it leaves without it, and how it comes back. Values are made up."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sobre import privacy
from sobre.app import make_inspector
from sobre.core.exchange import Action, Ask, Choice, Delta, Message, Outbound, Reply, Usage
from sobre.core.zone import Zone
from sobre.errors import BadRequest, PolicyRefusal
from sobre.privacy import Aliases, Hit, find_patterns
from support.serving import rung, serving
from support.upstream import fake_upstream
from support.values import APP, Heard, ask, limits

PERSONAL = {"email", "iban", "card", "nir", "siret", "siren", "phone", "ip_address"}

# kind, a text that holds one, the same with a wrong check digit or another form
FOUND = [
    ("iban", "FR14 2004 1010 0505 0001 3M02 606", "FR14 2004 1010 0505 0001 3M02 607"),
    ("iban", "DE89370400440532013000", "DE89370400440532013001"),
    ("iban", "GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 33"),
    ("card", "4111 1111 1111 1111", "4111 1111 1111 1112"),
    ("card", "5500-0000-0000-0004", "5500-0000-0000-0005"),
    ("card", "378282246310005", "378282246310006"),
    ("nir", "1 84 12 76 451 089 46", "1 84 12 76 451 089 47"),
    ("nir", "184122A45108933", "184122A45108934"),
    ("nir", "1 84 12 2B 451 089 60", "1 84 12 2B 451 089 61"),
    ("siret", "732 829 320 00074", "732 829 320 00075"),
    ("siren", "SIREN : 732 829 320", "article 732 829 321"),
    ("siren", "RCS Paris 732 829 320", "732 829 320"),
    ("phone", "06 12 34 56 78", "00 12 34 56 78"),
    ("phone", "06.12.34.56.78", "06.12.34.56"),
    ("phone", "+33 (0)6 12 34 56 78", "33 (0)6 12 34"),
    ("phone", "+32 2 555 12 12", "2 555 12 12"),
    ("email", "jean.dupont+x@sub.exemple.fr", "jean.dupont@localhost"),
    ("email", "Jean <jean@exemple.fr>.", "@jean"),
    ("ip_address", "192.168.1.10", "version 192.168.1.10"),
    ("ip_address", "It is 8.8.8.8.", "8.8.8.8.8"),
    ("ip_address", "10.0.0.255", "10.0.0.256"),
    ("api_key", "sk-abcdefghijklmnopqrstuvwx", "sk-short"),
    ("api_key", "AKIAABCDEFGHIJKLMNOP", "AKIAABC"),
    ("api_key", "ghp_" + "a1" * 18, "ghp_short"),
    ("api_key", "glpat-" + "a" * 20, "glpat-a"),
    ("api_key", "hf_" + "a" * 34, "hf_a"),
    ("api_key", "sk-sobre-" + "A" * 43, "risk-assessment-of-a-very-long-thing"),
    ("jwt", "eyJhbGciOiJ9.eyJzdWIiOiIx.dozjgNryP4J3", "eyJhbGciOiJ9"),
    (
        "private_key",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PUBLIC KEY-----\nMIIabc\n-----END PUBLIC KEY-----",
    ),
    ("url_credentials", "postgres://bob:s3cret@db/x", "https://exemple.fr:8080/x"),
    ("url_credentials", "https://bob:p@ss@db", "https://bob@db"),
    ("password", "mot de passe : hunter22", "mot de passe oublié ?"),
    ("password", "le mot de passe est : hunter22", "le mot de passe est ici"),
    ("password", "MDP=hunter22", "mdp"),
    ("password", "password: hunter22", "password reset"),
    ("password", "My password is: hunter22", "pwd : x"),
]


def kinds(text: str) -> set[str]:
    return {hit.kind for hit in find_patterns(text)}


@pytest.mark.parametrize(("kind", "good", "bad"), FOUND)
@pytest.mark.parametrize("around", ["{}", "Voir {} merci", "«{}»\n", "a:\t{},"])
def test_an_identifier_is_found_and_its_near_miss_is_not(
    kind: str, good: str, bad: str, around: str
) -> None:
    hits = find_patterns(around.format(good))
    assert [hit.kind for hit in hits] == [kind]
    assert hits[0].data_class == ("personal" if kind in PERSONAL else "secret")
    assert kind not in kinds(around.format(bad))


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_french_spaces_inside_a_number_change_nothing(space: str) -> None:
    for kind, written in (("phone", "06 12 34 56 78"), ("iban", FOUND[0][1])):
        assert kinds(written.replace(" ", space)) == {kind}


BESIDE = [
    ("Appelez le 06 12 34 56 78 20 minutes avant", ["06 12 34 56 78"]),
    ("06 12 34 56 78 07 12 34 56 78", ["06 12 34 56 78", "07 12 34 56 78"]),
    ("4111 1111 1111 1111 12/27 123", ["4111 1111 1111 1111"]),
    ("2 4111-1111-1111-1111", ["4111-1111-1111-1111"]),
]


@pytest.mark.parametrize(("text", "values"), BESIDE)
def test_a_number_right_beside_an_identifier_does_not_hide_it(text: str, values: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in find_patterns(text)] == values


ORDINARY = [
    "Le 12/05/2024 à 10:30, 1 234 567,89 € pour 14 personnes.",
    "commande 0612345678901, dossier n° 1234567890",
    "Call f(x)[0] with 3.14159 and 1e-10; see RFC 2119 and ISO-8859-1.",
    "2024-05-12T10:30:00Z 550e8400-e29b-41d4-a716-446655440000",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_numbers_are_left_alone(text: str) -> None:
    assert find_patterns(text) == []


def test_a_hit_covers_the_whole_value_and_nothing_else() -> None:
    text = "Write to jean@exemple.fr or call +33 6 12 34 56 78, IBAN DE89370400440532013000."
    said = [text[hit.start : hit.end] for hit in find_patterns(text)]
    assert said == ["jean@exemple.fr", "+33 6 12 34 56 78", "DE89370400440532013000"]


def test_hits_never_overlap_and_a_secret_wins() -> None:
    hits = find_patterns("password: jean@exemple.fr and https://u:jean@exemple.fr/")
    assert hits[0].kind == "password"
    assert all(a.end <= b.start for a, b in pairwise(hits))


HOSTILE = {
    "digits": "1", "spaced digits": "1 ", "ats": "@", "half addresses": "a@", "dots": "x@a.",
    "addresses": "a@b.fr ", "numbers": "12 345 ", "ip": "1.1.1.1 ", "iban": "FR76 ",
    "tokens": "-sk-", "jwt": "-eyJ", "jwt pairs": ".eyJaaaaaaaaa.eyJ", "urls": "://a:", "open": "(",
    "pem": "-----BEGIN PRIVATE KEY-----", "passwords": "password: ", "blanks": "mdp" + " " * 60,
    "letters": "1A ", "plus": "+(", "dashes": "1-",
}  # fmt: skip


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_megabyte_is_read_to_its_end(piece: str) -> None:
    text = piece * (1_000_000 // len(piece)) + "@ \n sk-abcdefghijklmnopqrstuvwx"
    assert find_patterns(text)[-1][:3] == (len(text) - 27, len(text), "api_key")


# --- What is read -------------------------------------------------------------------------------

EMAIL = "jean@exemple.fr"
PLACES: dict[str, dict[str, Any]] = {
    "content": {"messages": (Message("user", EMAIL),)},
    "system": {"messages": (Message("system", EMAIL), Message("user", "x"))},
    "part": {"messages": (Message("user", [{"type": "text", "text": EMAIL}]),)},
    "name": {"messages": (Message("user", "x", {"name": EMAIL}),)},
    "tool call": {
        "messages": (
            Message(
                "assistant",
                None,
                {"tool_calls": [{"function": {"name": "f", "arguments": f'{{"a": "{EMAIL}"}}'}}]},
            ),
        )
    },
    "tool": {"tools": [{"type": "function", "function": {"description": EMAIL}}]},
    "schema": {"response_format": {"json_schema": {"schema": {"enum": [EMAIL]}}}},
    "option": {"options": {"user": EMAIL}},
    "deep option": {"options": {"metadata": {"a": [{"b": EMAIL}]}}},
    "stop": {"stop": (EMAIL,)},
}


def leave(
    asked: Ask, action: Action = Action.DISGUISE, zone: Zone = Zone.EU_HOSTED
) -> tuple[Outbound, Aliases]:
    found = privacy.inspect(asked, [find_patterns])
    return privacy.disguise(asked, found, limits(action), zone, APP)


@pytest.mark.parametrize("fields", PLACES.values(), ids=list(PLACES))
def test_wherever_it_hides_it_is_found_and_does_not_leave(fields: Mapping[str, Any]) -> None:
    asked = ask(**fields)
    assert privacy.count(privacy.inspect(asked, [find_patterns])) == {"email": 1}
    outbound, aliases = leave(asked)
    assert EMAIL not in str(outbound)
    assert list(aliases.values.values()) == [EMAIL]
    assert EMAIL not in repr(aliases)


@pytest.mark.parametrize("kind", ["image_url", "input_audio", "file", "anything"])
def test_a_part_that_cannot_be_read_is_a_finding_of_its_own(kind: str) -> None:
    asked = ask(messages=(Message("user", [{"type": kind, kind: {"url": "data:,"}}]),))
    [found] = privacy.inspect(asked, [find_patterns])
    assert found.data_class == "unreadable"


@pytest.mark.parametrize(
    "part",
    [
        {"type": "text", "text": "x", "image_url": {"url": "https://exemple.fr/a.png"}},
        {"type": "text", "text": "data:image/png;base64,iVBORw0KGgo="},
    ],
)
def test_a_text_part_hides_nothing_that_is_not_text(part: dict[str, Any]) -> None:
    [found] = privacy.inspect(ask(messages=(Message("user", [part]),)), [find_patterns])
    assert found.data_class == "unreadable"


def test_a_field_of_a_message_that_nobody_knows_cannot_be_read() -> None:
    asked = ask(messages=(Message("user", "x", {"images": ["iVBORw0KGgo="]}),))
    [found] = privacy.inspect(asked, [find_patterns])
    assert found.data_class == "unreadable"


@pytest.mark.parametrize(
    "parameters",
    [
        {"properties": {EMAIL: {"type": "string"}}},
        {"properties": {"card": {"const": 4111111111111111}}},
    ],
    ids=["key", "number"],
)
def test_where_no_alias_can_stand_personal_data_cannot_leave(parameters: dict[str, Any]) -> None:
    tool = {"type": "function", "function": {"name": "f", "parameters": parameters}}
    found = privacy.inspect(ask(tools=[tool]), [find_patterns])
    assert {f.data_class for f in found} == {"unreadable"}


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ({"tel": "06\u00a012 34 56 78", "who": "Zoé"}, "12 34 56 78"),
        ({"mail": "hé@exemple.fr"}, "exemple.fr"),
        ({"a": [{"password": "hunter2hunter"}]}, "hunter2hunter"),
    ],
)
@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("place", ["arguments", "tool result"])
def test_json_in_a_text_is_read_as_what_it_says(
    said: dict[str, Any], hidden: str, ascii_only: bool, place: str
) -> None:
    text = json.dumps(said, ensure_ascii=ascii_only)
    call = {"tool_calls": [{"function": {"name": "f", "arguments": text}}]}
    message = Message("assistant", None, call) if place == "arguments" else Message("tool", text)
    outbound, aliases = leave(ask(messages=(message,)))
    [sent] = outbound.messages
    raw = sent.rest["tool_calls"][0]["function"]["arguments"] if sent.rest else sent.content
    assert isinstance(raw, str)
    assert hidden not in raw
    assert json.loads(raw).keys() == said.keys()
    assert len(aliases.values) == 1
    [alias] = aliases.values
    assert json.loads(raw.replace(alias, json.dumps(aliases.values[alias])[1:-1])) == said


def test_employees_are_not_named_to_somebody_elses_server() -> None:
    asked = ask(options={"user": "marie.curie", "safety_identifier": "emp-4711", "seed": 1})
    assert leave(asked, Action.PASS)[0].options == {"seed": 1}
    assert leave(asked, Action.PASS, Zone.COMPANY)[0].options == asked.options


def test_a_request_that_nests_absurdly_is_refused() -> None:
    deep: Any = "x"
    for _ in range(100):
        deep = [deep]
    with pytest.raises(BadRequest, match="deeper than"):
        privacy.inspect(ask(options={"metadata": deep}), [find_patterns])


def test_toward_a_closed_zone_nothing_is_made() -> None:
    asked = ask("x")
    with pytest.raises(PolicyRefusal, match="policy says no"):
        privacy.disguise(asked, [], limits(refused=[Zone.ABROAD]), Zone.ABROAD, APP)


def test_where_it_may_pass_it_leaves_as_it_was() -> None:
    outbound, aliases = leave(ask(EMAIL), Action.PASS)
    assert outbound.messages[0].content == EMAIL
    assert aliases.values == {}


def test_one_value_has_one_alias_throughout_and_two_have_two() -> None:
    outbound, aliases = leave(ask(f"{EMAIL} {EMAIL}", f"a@b.fr {EMAIL}"))
    first, second = aliases.values
    assert [m.content for m in outbound.messages] == [f"{first} {first}", f"{second} {first}"]


async def test_a_detector_that_fails_sends_nothing(tmp_path: Any) -> None:
    def broken(text: str) -> list[Hit]:
        raise RuntimeError(text)

    async with fake_upstream() as up, serving(tmp_path, rung("near", up.url)) as sobre:
        object.__setattr__(sobre.app.house, "inspect", make_inspector((find_patterns, broken)))
        answer = await sobre.ask("canary-5d1e")
        record = sobre.last()
    assert answer.status == 503
    assert b"canary" not in answer.raw
    assert up.requests == []
    assert (record["outcome"], record["attempts"]) == ("refused", [])
    assert "canary" not in str(record)


# --- There and back -----------------------------------------------------------------------------

VALUES = st.sampled_from(
    ["jean@exemple.fr", "06 12 34 56 78", "DE89370400440532013000", "a@b.fr", "192.168.1.10"]
)
FILLER = st.text(alphabet='ab c[]-EMAIL{}"\\İſK\u00a0é\n', max_size=12)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    pieces = [draw(st.one_of(FILLER, VALUES.map(lambda v: f" {v}; "))) for _ in range(6)]
    return "".join(pieces)


def reply_of(text: str | None, **fields: Any) -> Reply:
    return Reply((Choice(0, text, "stop", **fields),), Usage(1, 1), "m")


@given(sentences())
@settings(max_examples=300, deadline=None)
def test_what_is_disguised_is_restored_to_the_letter(text: str) -> None:
    outbound, aliases = leave(ask(text))
    sent = outbound.messages[0].content
    assert isinstance(sent, str)
    for value in aliases.values.values():
        assert value not in sent
    assert privacy.restore(reply_of(sent), aliases).choices[0].text == text


def streamed(pieces: Sequence[Delta], aliases: Aliases) -> list[Delta]:
    heard = Heard()

    async def run() -> None:
        sink = privacy.restoring(heard, aliases)
        for piece in pieces:
            await sink.push([piece])
        await sink.push([Delta(0, None, "stop")])

    asyncio.run(run())
    return heard.deltas


def cut(text: str, at: Sequence[int]) -> list[str]:
    places = sorted({0, len(text), *(place % (len(text) + 1) for place in at)})
    return [text[a:b] for a, b in pairwise(places)]


CUTS = st.lists(st.integers(0, 400), max_size=40)


@given(sentences(), CUTS, st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_stream_cut_anywhere_restores_as_the_whole_does(
    text: str, at: list[int], lower: bool
) -> None:
    outbound, aliases = leave(ask(text))
    sent = str(outbound.messages[0].content)
    sent = sent.replace("EMAIL-", "email-") if lower else sent
    deltas = streamed([Delta(0, piece) for piece in cut(sent, at)], aliases)
    whole = privacy.restore(reply_of(sent), aliases).choices[0].text
    assert "".join(delta.text or "" for delta in deltas) == whole
    assert deltas[-1].finish_reason == "stop"
    shown = "".join(delta.text or "" for delta in deltas)
    assert not any(alias in shown for alias in aliases.values)


@given(CUTS)
@settings(deadline=None)
def test_at_no_moment_is_part_of_an_alias_shown(at: list[int]) -> None:
    outbound, aliases = leave(ask("x a@b.fr y jean@exemple.fr z"))
    sent = str(outbound.messages[0].content)
    shown = ""
    for delta in streamed([Delta(0, piece) for piece in cut(sent, at)], aliases):
        shown += delta.text or ""
        assert "x a@b.fr y jean@exemple.fr z".startswith(shown)


@pytest.mark.parametrize("key", ["reasoning_content", "refusal"])
@given(at=CUTS)
@settings(deadline=None)
def test_what_streams_beside_the_answer_is_restored_too(key: str, at: list[int]) -> None:
    outbound, aliases = leave(ask(f"see {EMAIL} and"))
    sent = str(outbound.messages[0].content)
    deltas = streamed([Delta(0, None, rest={key: piece}) for piece in cut(sent, at)], aliases)
    assert "".join((d.rest or {}).get(key, "") for d in deltas) == f"see {EMAIL} and"


def call(arguments: str) -> dict[str, Any]:
    return {"index": 0, "function": {"name": "f", "arguments": arguments}}


QUOTED = 'a"b\\c'


@given(CUTS)
@settings(deadline=None)
def test_arguments_of_a_tool_stay_json_whatever_the_value_holds(at: list[int]) -> None:
    aliases = Aliases({"[NAME-1-k3v9]": QUOTED, "[EMAIL-2-k3v9]": EMAIL})
    arguments = json.dumps({"who": "[NAME-1-k3v9]", "to": "[EMAIL-2-k3v9] "})
    whole = privacy.restore(reply_of(None, tool_calls=[call(arguments)]), aliases)
    pieces = [Delta(0, None, tool_calls=[call(piece)]) for piece in cut(arguments, at)]
    together = "".join(
        one["function"]["arguments"]
        for delta in streamed(pieces, aliases)
        for one in delta.tool_calls or ()
    )
    assert whole.choices[0].tool_calls[0]["function"]["arguments"] == together
    assert json.loads(together) == {"who": QUOTED, "to": f"{EMAIL} "}


def test_two_answers_at_once_do_not_share_what_is_held_back() -> None:
    _, aliases = leave(ask(EMAIL))
    [alias] = aliases.values
    pieces = [Delta(n, piece) for piece in (alias[:5], alias[5:]) for n in (0, 1)]
    said = streamed([*pieces, Delta(1, None, "stop")], aliases)
    for n in (0, 1):
        assert "".join(d.text or "" for d in said if d.choice == n) == EMAIL


INVENTED = ["[EMAIL-1-zzzz]", "[EMAIL-9-k3v9]", "[EMAIL-1-", "[EMAIL]", "[PERſON-1-k3v9]", "[", "]"]


@pytest.mark.parametrize("text", INVENTED)
def test_a_placeholder_that_is_not_ours_stays_as_it_is(text: str) -> None:
    outbound, aliases = leave(ask(f"{text} {EMAIL}"))
    assert str(outbound.messages[0].content).startswith(f"{text} ")
    assert privacy.restore(reply_of(text), aliases).choices[0].text == text
    assert "".join(d.text or "" for d in streamed([Delta(0, text)], aliases)) == text


async def test_a_value_never_reaches_the_upstream_and_comes_back_to_the_reader(
    tmp_path: Any,
) -> None:
    text = f"Write to {EMAIL}, IBAN DE89370400440532013000, now."
    async with fake_upstream() as up:
        far = rung("far", up.url, zone="eu-hosted")
        think = rung("think", up.at("reasoning"), zone="eu-hosted")
        tool = rung("tool", up.at("tools"), zone="eu-hosted")
        async with serving(tmp_path, far, think, tool) as sobre:
            for stream in (False, True):
                for name in ("far", "think"):
                    answer = await sobre.ask(text, stream=stream, model=name)
                    assert answer.text == text
                    assert answer.told["findings"] == {"email": 1, "iban": 1}
                    assert sobre.said() == text
            tools = [{"type": "function", "function": {"name": "send", "parameters": {}}}]
            called = await sobre.ask(text, model="tool", tools=tools)
        sent = b"".join(request.raw for request in up.requests)
    arguments = called.json["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"]
    assert json.loads(arguments) == {"text": text}
    assert EMAIL.encode() not in sent
    assert b"DE8937" not in sent


async def test_a_secret_is_refused_and_goes_nowhere(tmp_path: Any) -> None:
    async with (
        fake_upstream() as up,
        serving(tmp_path, rung("far", up.url, zone="eu-hosted")) as sobre,
    ):
        answer = await sobre.ask("password: hunter22")
        record = sobre.last()
    assert (answer.status, answer.error["code"]) == (403, "policy_refusal")
    assert b"hunter22" not in answer.raw
    assert (record["outcome"], record["findings"]) == ("refused", {"password": 1})
    assert "hunter22" not in str(record)
    assert up.requests == []
