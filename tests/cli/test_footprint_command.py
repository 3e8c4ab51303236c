"""``sobre footprint``: one call in words, many line by line, and the factors."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sobre import cli
from sobre.adapters import data, grids
from sobre.cli.footprint import _FIELDS, Answers, _answer, _encoded
from sobre.footprint.calculator import Calculator

Run = Callable[..., str]
CASE = {"provider": "openai", "model_name": "gpt-4o", "output_tokens": 5}
CASES = Path(__file__).parent.parent / "footprint" / "data" / "ecologits.json"


@cache
def answers() -> Answers:
    made = Answers.__new__(Answers)
    made._calculator, made._constants = Calculator(grids.factors(), data.registry()), None
    return made


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str, status: int = 0, lang: str = "en") -> str:
        found = cli.main(["--data-dir", str(tmp_path), "--lang", lang, "footprint", *words])
        told = capsys.readouterr()
        assert found == status, told
        return told.out + told.err

    return call


@pytest.fixture
def lines(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    def call(*asked: Any, lang: str = "en") -> list[Any]:
        text = "".join((a if isinstance(a, str) else json.dumps(a)) + "\n" for a in asked)
        raw = io.BytesIO(text.encode("utf-8", "surrogateescape"))
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(raw))
        return [json.loads(line) for line in run("--jsonl", lang=lang).splitlines()]

    return call


def test_a_call_is_told_in_words_with_what_was_not_assessed(run: Run) -> None:
    asked = ("--model", "mistral-small-3.2", "--output-tokens", "300", "--zone", "FR")
    english, french = run(*asked), run(*asked, lang="fr")
    assert "of which making" in english
    assert "Not assessed: water of manufacture, training" in english
    assert "24 billion active parameters of 24 (registry)" in english
    assert "dont fabrication" in french
    assert "Qualité\u00a0: B, modèle et lieu connus" in french


def test_each_line_gets_its_answer_in_order_and_a_bad_one_its_error(lines: Any) -> None:
    good = {"params": {"active_b": 8}, "input_tokens": 10, "output_tokens": 40, "zone": "FRA"}
    got = lines(good | {"id": 1}, "{", good | {"id": 3, "output_tokens": -1}, good | {"id": 4})
    assert [line.get("id") for line in got] == [1, None, 3, 4]
    assert got[0] | {"id": 0} == got[3] | {"id": 0}
    assert got[1]["error"]["code"] == "bad_line"
    assert got[2]["error"]["field"] == "output_tokens"
    for name in ("energy_wh", "gwp_g", "adpe_kgsb", "pe_mj", "wcf_l"):
        assert 0 < got[0][name]["low"] <= got[0][name]["mid"] <= got[0][name]["high"]
    for name in ("gwp_g", "adpe_kgsb", "pe_mj"):
        parts = got[0]["usage"][name]["mid"] + got[0]["embodied"][name]["mid"]
        assert parts == pytest.approx(got[0][name]["mid"])
    assert got[0]["tier"] == "B"
    assert got[0]["scope"]["training"] == "not assessed"
    assert got[0]["sources"]["electricity.FRA.gwp"].startswith("EcoLogits")


def test_the_cases_of_ecologits_come_out_alike(lines: Any) -> None:
    cases = json.loads(CASES.read_text())["cases"]
    got = lines(*({"id": c["id"], "method": "ecologits", "ecologits": c["input"]} for c in cases))
    for answer, case in zip(got, cases, strict=True):
        assert answer["id"] == case["id"]
        for name in ("energy_kWh", "gwp_kgCO2eq", "adpe_kgSbeq", "pe_MJ", "wcf_L"):
            assert answer["ecologits"][name] == pytest.approx(case["expected"][name], rel=1e-9)


def test_ecologits_refusals_are_told_by_their_names(lines: Any) -> None:
    case = {"output_tokens": 5, "model_name": "gpt-4o"}
    got = lines(
        {"method": "ecologits", "ecologits": {"model_name": "no-such-model"}},
        {"method": "ecologits", "ecologits": case | {"zone": "ZZZ"}},
        {"method": "ecologits", "ecologits": case | {"zone": "FRA"}},
        {"method": "ecologits", "model": "gpt-4o", "output_tokens": 5, "zone": "FRA"},
    )
    assert [a.get("error", {}).get("code") for a in got[:2]] == [
        "model-not-registered",
        "zone-not-registered",
    ]
    assert got[2] == got[3]
    assert got[2]["ecologits"]["energy_kWh"][0] > 0


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("zone", {"zone": "Atlantis"}),
        ("zone", {"zone": 3}),
        ("method", {"method": "guess"}),
        ("colour", {"colour": "red"}),
        ("params", {"params": 8}),
        ("params.size", {"params": {"size": 8}}),
        ("params.active_b", {"params": {"bits": 8}}),
        ("params.active_b", {"params": {"active_b": "8"}}),
        ("site.pue", {"site": {"pue": [1, 2, 3]}}),
        ("site.moon", {"site": {"moon": 1}}),
        ("audio_seconds", {"audio_seconds": -1}),
        ("images", {"images": 1.5e9}),
        ("input_tokens", {"input_tokens": "9"}),
        ("input_tokens", {"input_tokens": True}),
        ("own", {"own": "no"}),
        ("hardware", {"hardware": ["gpu"]}),
        ("hardware", {"hardware": {}}),
        ("params.active_b", {"params": {"active_b": [8]}}),
        ("params.active_b", {"params": {"active_b": 8, "total_b": 4}}),
        ("model", {"images": 1, "model": 5}),
        ("ecologits", {"method": "ecologits", "ecologits": 5}),
        ("tps", {"method": "ecologits", "ecologits": CASE | {"tps": 1e-308}}),
        ("tps", {"method": "ecologits", "ecologits": CASE | {"tps": ""}}),
        ("model", {"method": "ecologits", "ecologits": CASE | {"provider": []}}),
        ("batch_size", {"method": "ecologits", "ecologits": CASE | {"batch_size": 0}}),
        ("output_tokens", {"method": "ecologits", "ecologits": CASE | {"output_tokens": True}}),
    ],
)
def test_a_wrong_field_is_named_in_both_languages(
    lines: Any, field: str, change: dict[str, Any]
) -> None:
    for lang in ("en", "fr"):
        (got,) = lines({"id": 1, "params": {"active_b": 8}, "output_tokens": 4} | change, lang=lang)
        assert got["error"]["field"] == field
        assert field in got["error"]["message"]


@pytest.mark.parametrize(
    "line",
    [
        r'{"id": "\ud800", "model": "\udfff", "output_tokens": 3}',
        r'{"id": 99999999999999999999999999, "model": "gpt-4o", "output_tokens": 3}',
        r'{"id": [1e999, NaN, 99999999999999999999], "model": "gpt-4o", "output_tokens": 3}',
        r'{"id": 7, "\ud800": 1}',
        r'{"output_tokens": NaN, "model": "gpt-4o"}',
        '{"model": ' + "[" * 5000,
        '{"model": "' + "x" * 300_000 + '", "output_tokens": 3}',
        "\udcff",
    ],
)
def test_no_line_ends_the_others(lines: Any, line: str) -> None:
    good = {"model": "gpt-4o", "output_tokens": 3, "id": "after"}
    got = lines(line, good)
    assert len(got) == 2
    assert got[1]["energy_wh"]["mid"] > 0


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(sorted(_FIELDS - {"id"})), anything, max_size=4))
@example({"method": "ecologits", "ecologits": {}, "params": {"active_b": 8}})
def test_whatever_a_line_holds_it_is_answered_or_refused(change: dict[str, Any]) -> None:
    line = json.dumps({"params": {"active_b": 8}, "output_tokens": 4, "id": 1} | change).encode()
    answer = _encoded(_answer(answers(), line, 1, "fr"))

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    told = json.loads(answer, parse_constant=refuse)
    assert told["id"] == 1
    assert ("error" in told) != ("energy_wh" in told)


def test_bits_alone_are_refused(run: Run) -> None:
    told = run("--model", "gpt-4o", "--bits", "4", "--output-tokens", "4", status=2, lang="fr")
    assert "--bits va avec --active-b" in told


def test_sound_is_said_to_be_not_assessed(lines: Any) -> None:
    (got,) = lines({"audio_seconds": 30})
    assert got["energy_wh"] is got["gwp_g"] is None
    assert got["scope"]["audio"] == "not assessed"


def test_every_factor_is_listed_with_where_it_comes_from(run: Run) -> None:
    told = json.loads(run("factors", "--json"))
    assert len(told["sha256"]) == 64
    assert {"source", "year", "basis", "accounting", "perimeter"} <= told["factors"][0].keys()
    assert "electricity.FRA.gwp" in run("factors", "FRA")
    assert "v2.a1" not in run("factors", "FRA")
    run("factors", "zorglub", status=1)


def test_a_wrong_option_is_told_in_the_persons_language(run: Run) -> None:
    told = run("--model", "gpt-4o", "--output-tokens", "-4", status=2, lang="fr")
    assert "output_tokens\u00a0: il faut un nombre de 0" in told


def test_a_models_own_configuration_tells_its_size(run: Run, tmp_path: Path) -> None:
    described = tmp_path / "config.json"
    config = {
        "hidden_size": 4096,
        "num_hidden_layers": 32,
        "intermediate_size": 14336,
        "num_attention_heads": 32,
        "num_key_value_heads": 8,
        "vocab_size": 128256,
    }
    described.write_text(json.dumps(config))
    told = json.loads(run("--describe", str(described), "--output-tokens", "9", "--json"))
    assert told["model"]["source"] == "hf_config"
    low, high = told["model"]["total_b"]
    assert 7 < low < 8.03 < high < 9
    described.write_text("{")
    assert "config.json" in run("--describe", str(described), status=2)
