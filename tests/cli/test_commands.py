"""The command line as a person types it, in process, over the fake upstream."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sobre.cli import COMMANDS, main
from support.serving import rung, upstream_thread, write_config
from support.upstream import Upstream

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with upstream_thread() as up:
        yield up


@pytest.fixture
def sobre(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """``sobre("ask", "…")`` -> exit status, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOBRE_CONFIG", raising=False)

    def run(*words: str, lang: str = "en") -> tuple[int, str, str]:
        status = main(["--lang", lang, "--data-dir", str(tmp_path / "data"), *words])
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.fixture
def _answering(tmp_path: Path, upstream: Upstream) -> None:
    """A ``sobre.toml`` in the current folder whose one rung answers."""
    write_config(tmp_path, rung("firm", upstream.url))


@pytest.mark.usefixtures("_answering")
class TestAsk:
    @pytest.mark.parametrize(
        ("lang", "zone", "marked"),
        [
            ("en", "on the firm's servers", "written by an AI"),
            ("fr", "sur les serveurs de l’entreprise", "écrit par une IA"),
        ],
    )
    def test_the_answer_is_printed_and_where_it_came_from_stands_under_it(
        self, sobre: Run, lang: str, zone: str, marked: str
    ) -> None:
        status, out, err = sobre("ask", "Hello there", lang=lang)
        assert status == 0
        assert out.strip()
        assert "firm (ok)" in err
        assert zone in err
        assert marked in err
        assert re.search(r"CO₂e \(.+\)", err)
        assert re.search(r"ex_[0-9A-Z]{26}", err)

    def test_json_holds_the_answer_and_the_sobre_object(self, sobre: Run) -> None:
        status, out, _ = sobre("ask", "Hello there", "--json")
        told = json.loads(out)
        assert status == 0
        assert told["answer"]
        assert told["sobre"]["rung"] == "firm"
        assert told["sobre"]["impact"]["gwp"]["low"] > 0

    def test_the_exchange_is_in_the_ledger(self, sobre: Run) -> None:
        _, out, _ = sobre("ask", "Hello there", "--json")
        _, tail, _ = sobre("ledger", "tail", "--json")
        assert json.loads(out)["sobre"]["exchange"] in tail
        assert sobre("ledger", "verify")[0] == 0

    def test_a_question_can_come_on_standard_input(
        self, sobre: Run, upstream: Upstream, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        asked = tmp_path / "question.txt"
        asked.write_text("What is a delivery note?", encoding="utf-8")
        with asked.open(encoding="utf-8") as stdin:
            monkeypatch.setattr("sys.stdin", stdin)
            status, _, _ = sobre("ask", "-")
        assert status == 0
        sent = upstream.requests[-1].body["messages"][-1]["content"]
        assert sent == "What is a delivery note?"

    def test_an_unknown_model_names_the_nearest(self, sobre: Run) -> None:
        status, _, err = sobre("ask", "Hello", "--model", "frim")
        assert status == 2
        assert "firm" in err

    @pytest.mark.parametrize(("lang", "words"), [("en", "no question"), ("fr", "pas de question")])
    def test_an_empty_question_is_refused(self, sobre: Run, lang: str, words: str) -> None:
        status, _, err = sobre("ask", "  ", lang=lang)
        assert status == 2
        assert words in err


def test_without_a_model_file_the_command_that_fetches_it_is_named(sobre: Run) -> None:
    status, _, err = sobre("ask", "Hello")
    assert status == 2
    assert "sobre models add qwen2.5-coder-0.5b" in err


class TestKeys:
    def test_a_key_is_shown_once_and_listed_without_its_digest(self, sobre: Run) -> None:
        status, out, _ = sobre("keys", "create", "shop", "--team", "sales", "--days", "30")
        key = out.split()[-1]
        assert status == 0
        assert key.startswith("sk-sobre-")
        _, listed, _ = sobre("keys", "list", "--json")
        [told] = json.loads(listed)
        assert (told["name"], told["team"], told["state"]) == ("shop", "sales", "active")
        assert key not in listed
        assert "digest" not in told

    def test_a_revoked_key_is_told_as_such_and_its_name_is_free_again(self, sobre: Run) -> None:
        sobre("keys", "create", "shop")
        assert sobre("keys", "create", "shop")[0] == 2
        assert sobre("keys", "revoke", "shop")[0] == 0
        assert "revoked" in sobre("keys", "list")[1]
        assert sobre("keys", "create", "shop")[0] == 0

    def test_revoking_what_is_not_there_names_what_is(self, sobre: Run) -> None:
        sobre("keys", "create", "shop")
        status, _, err = sobre("keys", "revoke", "shpo")
        assert status == 2
        assert "shop" in err

    @pytest.mark.parametrize("name", ["", "a\nb", "x" * 101])
    def test_a_name_that_cannot_be_printed_is_refused(self, sobre: Run, name: str) -> None:
        assert sobre("keys", "create", name)[0] == 2


class TestConfigCheck:
    def test_each_value_is_told_with_its_origin_and_its_sentence(
        self, sobre: Run, tmp_path: Path
    ) -> None:
        (tmp_path / "sobre.toml").write_text("[server]\nport = 9000\n", encoding="utf-8")
        status, out, _ = sobre("config", "check")
        assert status == 0
        assert "server.port = 9000  (file)" in out
        assert 'server.host = "127.0.0.1"  (default)' in out
        _, told, _ = sobre("config", "check", "--json")
        assert {"key": "server.port", "value": 9000, "from": "file"} in json.loads(told)

    @pytest.mark.parametrize(
        ("toml", "told"),
        [
            ("[server]\nprot = 1\n", "port"),
            ("[server]\nport = 'x'\n", "server.port"),
            ("[server]\nport = 70000\n", "65535"),
            ("[rungs.a]\nprovider = 'mistrl'\n", "mistral"),
            ("[rungs.a]\nmodel = 'x'\n", "rungs.a"),
            ("[rungs.a]\nprovider = 'openai-style'\nurl = 'file:///etc'\n", "http"),
            ("[rungs.a]\nprovider = 'mistral'\nmodel = 'm'\nkey_env = 'NOT_SET_HERE'\n", "NOT_SET"),
            ("[rungs.a]\nprovider = 'mistral'\nmodel = 'm'\nkey_file = 'no.key'\n", "no.key"),
            ("[server]\nmax_body_mb = inf\n", "1024"),
            ("[server]\nmax_body_mb = nan\n", "1024"),
            ("[server]\nmax_body_mb = 2000\n", "1024"),
            ("[server]\nbody_timeout_s = inf\n", "body_timeout_s"),
            ("[ladder]\ntime_limit_s = 0\n", "ladder.time_limit_s"),
            ("[ladder]\ntime_limit_s = nan\n", "ladder.time_limit_s"),
            ("[ladder]\nexpected_output_tokens = 0\n", "100000"),
            ("[ladder]\nexpected_output_tokens = 100001\n", "100000"),
            ("[policy]\npersonal = { eu_hosted = 'maybe' }\n", "personal"),
            ("[policy]\npersonal = 'disguise'\n", "one action a zone"),
            ("not toml", "TOML"),
        ],
    )
    @pytest.mark.parametrize("lang", ["en", "fr"])
    def test_a_mistake_is_named_and_exits_with_two(
        self, sobre: Run, tmp_path: Path, toml: str, told: str, lang: str
    ) -> None:
        (tmp_path / "sobre.toml").write_text(toml, encoding="utf-8")
        status, out, err = sobre("config", "check", lang=lang)
        assert status == 2
        assert told in out + err or lang == "fr"
        assert err.startswith("sobre: ")

    def test_a_list_in_the_environment_is_separated_by_commas(
        self, sobre: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOBRE_SERVER_ALLOWED_HOSTS", "a.example, b.example")
        out = sobre("config", "check")[1]
        told = 'server.allowed_hosts = ["a.example", "b.example"]  (SOBRE_SERVER_ALLOWED_HOSTS)'
        assert told in out

    @pytest.mark.parametrize("lang", ["en", "fr"])
    def test_a_provider_without_a_key_is_warned_of(
        self, sobre: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
    ) -> None:
        monkeypatch.delenv("MISTRAL_API_KEY", raising=False)
        block = "[rungs.far]\nprovider = 'mistral'\nmodel = 'mistral-small'\n"
        (tmp_path / "sobre.toml").write_text(block, encoding="utf-8")
        status, out, _ = sobre("config", "check", lang=lang)
        assert status == 0
        assert "$MISTRAL_API_KEY" in out
        monkeypatch.setenv("MISTRAL_API_KEY", "synthetic")
        assert "$MISTRAL_API_KEY" not in sobre("config", "check", lang=lang)[1]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_explains_itself(
    capsys: pytest.CaptureFixture[str], lang: str, command: str
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--lang", lang, *([command] if command else []), "--help"])
    assert end.value.code == 0
    out = capsys.readouterr().out
    assert ("usage: sobre" in out) == (lang == "en")
    english = re.compile("usage:|positional|show (this|program)|and exit")
    assert lang == "en" or (out.startswith("utilisation") and not english.search(out))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["serve", "--port", "x"], "valeur incorrecte : 'x'"),
        (["serve", "--port"], "il faut une valeur"),
        (["keys", "create", "n", "--days", "-1"], "valeur incorrecte"),
        (["nothing"], "choix incorrect : 'nothing' (possibles : 'serve'"),
        ([], "il manque : COMMAND"),
        (["keys", "list", "--oops"], "arguments inconnus : --oops"),
    ],
)
def test_a_wrong_command_line_is_told_in_french(
    capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--lang", "fr", *words])
    assert end.value.code == 2
    err = capsys.readouterr().err.replace("\u00a0", " ")
    assert told in err
    assert "erreur" in err


def test_the_models_say_where_they_run_in_words(sobre: Run) -> None:
    assert "sur cette machine" in sobre("models", "list", lang="fr")[1]
