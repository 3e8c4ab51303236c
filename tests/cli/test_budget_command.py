"""``sobre budget`` and ``sobre rebound`` as a person types them, over a ledger made by hand."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sobre.adapters.stores.ledger import SqliteBook
from sobre.cli import main
from sobre.core.exchange import (
    Actor,
    Attempt,
    Exchange,
    Impact,
    Outcome,
    Usage,
    exchange_id,
)
from sobre.core.quantity import Quantity
from sobre.core.zone import Zone
from support.values import ask

Run = Callable[..., tuple[int, str, str]]
NOBREAK = str.maketrans({"\u00a0": " ", "\u202f": " "})
BUDGETS = """
[[budgets]]
team = "Sales"
period = "year"
limit_g = 100

[[budgets]]
name = "launch"
use_case = "letters"
first_day = 2025-01-01
last_day = "2025-01-31"
limit_g = 5

[steering]
exempt = ["safety"]
"""


@pytest.fixture
def sobre(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """``sobre("budget")`` -> exit status, standard output, standard error; plain spaces."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOBRE_CONFIG", raising=False)
    (tmp_path / "sobre.toml").write_text(BUDGETS, encoding="utf-8")

    def run(*words: str, lang: str = "en") -> tuple[int, str, str]:
        status = main(["--lang", lang, "--data-dir", str(tmp_path / "data"), *words])
        out, err = capsys.readouterr()
        return status, out.translate(NOBREAK), err.translate(NOBREAK)

    return run


def exchange(
    day: str = "", *, key: str = "k1", grams: float | None = 2.0, factors: str = "1", **fields: Any
) -> Exchange:
    at = (datetime.fromisoformat(day) if day else datetime.now()).astimezone().timestamp()  # noqa: DTZ005
    gwp = None if grams is None else Quantity(grams / 2, grams, grams * 2, "gCO2eq")
    energy = None if grams is None else Quantity(grams, grams * 10, grams * 20, "Wh")
    impact = Impact(energy, gwp, None, None, None, "C", "v2", {}, factors=factors)
    usage, zone = Usage(60, 40), Zone.COMPANY
    rung = fields.pop("rung", "small")
    attempt = Attempt(rung, 2, zone, "m", Outcome.KEPT, "", 1.0, None, usage, impact, None)
    asked = ask(id=exchange_id(at, os.urandom(10)), received_at=at, use_case="letters")
    return Exchange(
        dataclasses.replace(asked, **fields),
        Actor(key, "someone", "sales", "app"),
        Outcome.KEPT,
        "",
        {},
        0,
        (attempt,),
        {},
        impact,
        None,
        {},
        None,
        at,
        {},
    )


def write(folder: Path, *exchanges: Exchange) -> None:
    with SqliteBook(folder / "data") as book:
        for one in exchanges:
            book.open(one.ask, one.actor)
            book.seal(one)


class TestBudget:
    def test_each_budget_is_told_with_its_upper_bound_and_what_follows(
        self, sobre: Run, tmp_path: Path
    ) -> None:
        write(tmp_path, exchange(), exchange(), exchange(grams=None))
        status, out, _ = sobre("budget")
        assert status == 0
        assert "Sales: team sales, 100 g CO₂e" in out
        spent = "spent: 4 g CO₂e (2 to 8); counted at its upper bound, 8% of the budget"
        assert spent in out.replace(".0", "")
        assert "not counted: 1 of 3 requests" in out
        assert "only 0 hours of history" in out
        assert "launch: use case letters" in out
        assert "not in force today" in out
        assert "Exempt use cases: safety." in out

    def test_it_is_told_in_french(self, sobre: Run, tmp_path: Path) -> None:
        write(tmp_path, exchange(grams=200.0))
        _, out, _ = sobre("budget", "status", lang="fr")
        assert "compté à sa borne haute, 400 % du budget" in out
        assert "seuls les niveaux 0 à 2 répondent, les réponses sont plus courtes" in out

    @pytest.mark.parametrize("words", [("--json",), ("status", "--json")])
    def test_json_holds_every_figure(
        self, sobre: Run, tmp_path: Path, words: tuple[str, ...]
    ) -> None:
        write(tmp_path, exchange(grams=20.0))
        year, launch = json.loads(sobre("budget", *words)[1])
        assert year["spent"] == {"low": 10.0, "mid": 20.0, "high": 40.0, "unit": "gCO2eq"}
        assert year["rate_g_per_h"] == pytest.approx(40 / 6)
        assert year["burn"] == pytest.approx(year["rate_g_per_h"] / year["allowed_g_per_h"])
        assert year["projection"]["low"] < year["projection"]["mid"] < year["projection"]["high"]
        assert (launch["in_force"], launch["projection"]) == (False, None)
        assert launch["end"].startswith("2025-02-01T00:00:00")

    def test_without_a_ledger_nothing_is_spent(self, sobre: Run) -> None:
        _, out, _ = sobre("budget")
        assert "at the end: not assessed" in out

    def test_without_a_budget_it_says_how_to_set_one(self, sobre: Run, tmp_path: Path) -> None:
        (tmp_path / "sobre.toml").write_text("", encoding="utf-8")
        assert "[[budgets]]" in sobre("budget")[1]
        status, _, err = sobre("budget", "approve", "--team", "sales")
        assert (status, "no carbon budget" in err) == (2, True)


WRONG_APPROVALS = [
    (("approve",), "--team, --use-case or --all"),
    (("approve", "--all", "--team", "x"), "--team, --use-case or --all"),
    (("approve", "--all", "--for", "soon"), "no duration"),
    (("approve", "--all", "--for", "0h"), "no duration"),
    (("approve", "--all", "--for", "400d"), "no duration"),
    (("revoke", "nothing"), "no approval"),
]


class TestApprovals:
    def test_an_approval_is_given_shown_ended_and_on_record(self, sobre: Run) -> None:
        words = ("--team", "Sales", "--for", "2d", "--by", "Claire")
        given = json.loads(sobre("budget", "approve", *words, "--json")[1])
        assert (given["team"], given["use_case"], given["by"]) == ("sales", None, "Claire")
        assert "team sales" in sobre("budget", "approvals")[1]
        assert sobre("budget", "revoke", given["id"], "--by", "Paul")[0] == 0
        assert sobre("budget", "approvals")[1] == "No approval is in force.\n"
        assert "(over)" in sobre("budget", "approvals", "--all")[1]
        lines = json.loads(sobre("ledger", "tail", "--json")[1])
        assert [(x["kind"], x["revoked"], x["actor"]["name"]) for x in lines] == [
            ("approval", False, "Claire"),
            ("approval", True, "Paul"),
        ]
        assert sobre("ledger", "verify")[0] == 0
        assert "accord donné" in sobre("ledger", "tail", lang="fr")[1]

    def test_who_gives_one_is_told_where_it_opens_nothing(self, sobre: Run, tmp_path: Path) -> None:
        write(tmp_path, exchange(grams=200.0))
        said = sobre("budget", "approve", "--team", "Sales", lang="fr")[1]
        assert "aucune clé n’est de l’équipe sales" in said
        assert "le budget Sales est épuisé" in said
        sobre("keys", "create", "claire", "--team", "Vente")
        assert "Attention" not in sobre("budget", "approve", "--team", "vente", lang="fr")[1]

    def test_the_budgets_show_how_to_give_one_and_those_in_force(
        self, sobre: Run, tmp_path: Path
    ) -> None:
        month = '[[budgets]]\nteam = "Sales"\nlimit_g = 100\nfirst_day = 2020-01-01\n'
        (tmp_path / "sobre.toml").write_text(f"{month}last_day = 2999-12-31\n", encoding="utf-8")
        write(tmp_path, exchange(grams=20.0))
        given = "sobre budget approve --team sales --for 24h"
        assert f"to give this approval: {given}" in sobre("budget")[1]
        assert sobre(*given.split()[1:], "--by", "Claire")[0] == 0
        assert "Approvals in force:" in sobre("budget")[1]

    @pytest.mark.parametrize(("words", "told"), WRONG_APPROVALS)
    def test_what_cannot_be_done_is_told(
        self, sobre: Run, words: tuple[str, ...], told: str
    ) -> None:
        status, _, err = sobre("budget", *words)
        assert (status, told in err) == (2, True)


def test_the_budgets_are_explained_in_sentences(sobre: Run) -> None:
    english, french = sobre("config", "explain")[1], sobre("config", "explain", lang="fr")[1]
    assert "- Sales: at most 100 g CO₂e for team Sales, each calendar year (UTC)." in english
    assert "for use case letters, from 2025-01-01 to 2025-01-31." in english
    assert "answers keep 60% of their longest length" in english
    assert "Jamais retenus : safety." in french
    assert len(json.loads(sobre("config", "explain", "--json")[1])["budgets"]) == 5


WRONG_CONFIG = [
    ("[[budgets]]\nteam = 'a'", "limit_g"),
    ("[[budgets]]\nlimit_g = -1", "limit_g"),
    ("[[budgets]]\nlimit_g = 1\nperiod = 'day'", "day"),
    ("[[budgets]]\nlimit_g = 1\nperiod = 'week'\nfirst_day = 2026-01-01", "not both"),
    ("[[budgets]]\nlimit_g = 1\nfirst_day = 2026-01-01", "together"),
    ("[[budgets]]\nlimit_g = 1\nfirst_day = 2026-01-02\nlast_day = 2026-01-01", "before"),
    ("[[budgets]]\nlimit_g = 1\nfirst_day = 'x'\nlast_day = 'y'", "2026-01-31"),
    ("[[budgets]]\nlimit_g = 1\n[[budgets]]\nlimit_g = 2", "give it a name"),
    ("[budgets]\nlimit_g = 1", "[[budgets]]"),
    ("[[budgets]]\nlimit_g = 1\nuse_case = 'spring letters'", "budgets[1].use_case"),
    ("[steering]\nexempt = ['a b']", "steering.exempt"),
    ("[[budgets]]\nlimit = 1", "limit_g"),
    ("[steering]\nanswer_share = 0", "answer_share"),
    ("[steering]\nusual_answer_tokens = 0", "usual_answer_tokens"),
]


@pytest.mark.parametrize(("text", "named"), WRONG_CONFIG)
def test_a_wrong_setting_is_named(sobre: Run, tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "sobre.toml").write_text(text, encoding="utf-8")
    status, _, err = sobre("budget")
    assert (status, named in err) == (2, True)


JANUARY, FEBRUARY = ("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28")
PERIODS = ("--before", *JANUARY, "--after", *FEBRUARY)


WRONG_PERIODS = [
    ((*JANUARY, *FEBRUARY), "holds no request"),
    (("2026-02-01", "2026-01-01", *FEBRUARY), "ends before it begins"),
    (("yesterday", "today", *FEBRUARY), "no day or moment"),
]


class TestRebound:
    def test_the_effects_add_up_and_are_told_in_words(self, sobre: Run, tmp_path: Path) -> None:
        january = [exchange("2026-01-31T23:30"), exchange("2026-01-05", grams=None)]
        february = [
            exchange("2026-02-01", key=key, grams=1.0, rung=rung)
            for key, rung in (("k1", "small"), ("k2", "small"), ("k2", "large"))
        ]
        write(tmp_path, *january, *february)
        told = json.loads(sobre("rebound", *PERIODS, "--json")[1])
        assert (told["before"]["requests"], told["after"]["users"]) == (1, 2)
        assert told["before"]["not_assessed"] == 1
        assert sum(e["mid"] for e in told["effects"].values()) == pytest.approx(told["change_g"])
        assert told["effects"]["entered"]["mid"] == 1.0
        assert told["rebound"]["efficiency"]["kind"] == "backfire"
        _, english, _ = sobre("rebound", *PERIODS)
        assert "Before, 2026-01-01 to 2026-01-31: 2" in english
        assert "requests a key" in english
        assert "backfire" in english
        assert "Growth in requests is not all rebound" in english
        _, french, _ = sobre("rebound", *PERIODS, lang="fr")
        assert "retour de flamme" in french
        assert "la part des demandes dont l’impact n’a pu être évalué diffère : 50 %" in french

    def test_a_change_of_factors_is_pointed_out(self, sobre: Run, tmp_path: Path) -> None:
        write(tmp_path, exchange("2026-01-05"), exchange("2026-02-05", factors="2"))
        assert "not computed with the same factors (1; 2)" in sobre("rebound", *PERIODS)[1]

    @pytest.mark.parametrize(("days", "told"), WRONG_PERIODS)
    def test_a_wrong_period_is_told(self, sobre: Run, days: tuple[str, ...], told: str) -> None:
        status, _, err = sobre("rebound", "--before", *days[:2], "--after", *days[2:])
        assert (status, told in err) == (2, True)
