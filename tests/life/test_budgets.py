"""Carbon budgets through the gateway: what each level does, what the reader and the ledger hear.

The ledger is written beforehand so that the burn is known: a day's spending of 24 g.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import time
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sobre.adapters.providers.fake import CARD, Echo
from sobre.adapters.stores.budgets import Approval, Approvals, BudgetSteward
from sobre.adapters.stores.ledger import SqliteBook
from sobre.app import App, new_key, open_app
from sobre.config import BudgetConfig, Config, Data, Steering
from sobre.core.exchange import (
    Actor,
    Attempt,
    Exchange,
    Impact,
    ModelCard,
    Outcome,
    RungCard,
    Usage,
    exchange_id,
)
from sobre.core.ports import Rung
from sobre.core.quantity import Quantity
from sobre.core.zone import Zone
from sobre.footprint.budget import Budget
from sobre.web.server import Server
from support.client import Answer, caller
from support.values import ask

SALES = Actor("key_sales", "sales app", "sales", "app")
DAY_G = 24.0
"""What the last day spent: 1 g an hour."""


def card(name: str, level: int, zone: Zone, billions: float) -> RungCard:
    model = ModelCard(f"{name}-1", (billions,) * 2, (billions,) * 2, 100_000, None)
    return dataclasses.replace(
        CARD, name=name, level=level, zone=zone, model=model, hardware="gpu", threads=0
    )


SMALL = card("small", 2, Zone.COMPANY, 3)
MIDDLE = card("middle", 3, Zone.EU_SOVEREIGN, 24)
TOP = card("top", 4, Zone.EU_HOSTED, 400)


def spent(grams: float | None, hours_ago: float, actor: Actor = SALES) -> Exchange:
    """An exchange that cost so much at most."""
    at = time.time() - hours_ago * 3600
    gwp = None if grams is None else Quantity(grams / 4, grams / 2, grams, "gCO2eq")
    impact = Impact(None, gwp, None, None, None, "C", "test", {})
    usage, zone = Usage(1, 1), Zone.COMPANY
    attempt = Attempt("small", 2, zone, "m", Outcome.KEPT, "", 1.0, None, usage, impact, None)
    asked = ask(id=exchange_id(at, os.urandom(10)), received_at=at)
    return Exchange(
        asked, actor, Outcome.KEPT, "", {}, 0, (attempt,), {}, impact, None, {}, None, at, {}
    )


def write(folder: Path, *exchanges: Exchange) -> None:
    with SqliteBook(folder) as book:
        for exchange in exchanges:
            book.open(exchange.ask, exchange.actor)
            book.seal(exchange)


def burning(burn: float, **fields: Any) -> BudgetConfig:
    """A budget of the team that a day of ``DAY_G`` burns at ``burn`` times the pace that lasts."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    end = today + timedelta(days=11)
    hours = (end.timestamp() - time.time()) / 3600
    limit = DAY_G + DAY_G / 24 * hours / burn if burn else DAY_G
    given = {
        "team": "Sales",
        "first_day": str((today - timedelta(days=10)).date()),
        "last_day": str((end - timedelta(days=1)).date()),
    }
    return BudgetConfig(limit_g=limit, **{**given, **fields})


class Running:
    """Sobre with three rungs and a budget, asked by the sales team's key."""

    def __init__(self, app: App, rungs: Sequence[Echo]) -> None:
        self.app = app
        self.rungs = {rung.card.name: rung for rung in rungs}
        self._server = Server(app)
        self._keys = {
            team: new_key(app.state, f"{team} app", team=team) for team in ("sales", "other")
        }

    async def ask(self, lang: str = "en", *, team: str = "sales", **fields: Any) -> Answer:
        body = {"model": "auto", "messages": [{"role": "user", "content": "Hello"}], **fields}
        call = caller(self._server, self._keys[team])
        headers = [("accept-language", lang)]
        return await call("POST", "/v1/chat/completions", json=body, headers=headers)

    def seen(self) -> list[int | None]:
        """The limits of answers that reached a rung."""
        return [sent.max_tokens for rung in self.rungs.values() for sent in rung.seen]


@contextlib.asynccontextmanager
async def running(
    folder: Path, *budgets: BudgetConfig, rungs: Sequence[RungCard] = (SMALL, MIDDLE, TOP)
) -> AsyncIterator[Running]:
    """With the day's spending already in the ledger, an hour ago, and a history of days."""
    write(folder, spent(0.0, 100), spent(DAY_G, 1))
    config = Config(
        electricity="FRA",
        data=Data(dir=str(folder)),
        budgets=budgets,
        steering=Steering(exempt=("Safety",)),
    )
    echoes = [Echo(one) for one in rungs]
    async with open_app(config, rungs=list[Rung](echoes)) as app:
        yield Running(app, echoes)


async def test_a_budget_that_lasts_changes_nothing_and_says_nothing(tmp_path: Path) -> None:
    async with running(tmp_path, burning(0.5)) as sobre:
        told = (await sobre.ask()).json["sobre"]
        assert "budget" not in told["notes"]
        assert told["skipped"] == {}
        assert sobre.seen() == [None]


async def test_near_its_pace_the_reader_is_told_and_nothing_else_changes(tmp_path: Path) -> None:
    async with running(tmp_path, burning(0.9)) as sobre:
        english = (await sobre.ask()).json["sobre"]
        french = (await sobre.ask("fr")).json["sobre"]
        assert "0.9 times the pace that would last" in english["notes"]["budget"]
        assert "à 0,9 fois le rythme qui tiendrait" in french["notes"]["budget"]
        assert english["skipped"] == {}
        assert sobre.seen() == [None, None]


async def test_above_its_pace_the_top_rung_is_left_out_and_answers_are_shorter(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, burning(1.1)) as sobre:
        english = (await sobre.ask()).json["sobre"]
        french = (await sobre.ask("fr", max_tokens=50)).json["sobre"]
        assert list(english["skipped"]) == ["top"]
        assert "to spare carbon budget Sales" in english["skipped"]["top"]
        assert "at most 600 tokens" in english["notes"]["budget"]
        assert "pour ménager le budget carbone Sales" in french["skipped"]["top"]
        assert "30 jetons au plus" in french["notes"]["budget"]
        assert sobre.seen() == [600, 30]


async def test_the_newer_name_of_the_limit_is_lowered_too(tmp_path: Path) -> None:
    async with running(tmp_path, burning(1.1)) as sobre:
        await sobre.ask(max_completion_tokens=100)
        (sent,) = [sent for rung in sobre.rungs.values() for sent in rung.seen]
        assert (sent.max_tokens, sent.options["max_completion_tokens"]) == (60, 60)


WHOLE = [
    {"response_format": {"type": "json_object"}},
    {"tools": [{"type": "function", "function": {"name": "look", "parameters": {}}}]},
]


@pytest.mark.parametrize("fields", WHOLE)
async def test_an_answer_that_is_of_no_use_cut_short_keeps_its_length(
    tmp_path: Path, fields: dict[str, Any]
) -> None:
    async with running(tmp_path, burning(1.1)) as sobre:
        assert (await sobre.ask(max_tokens=50, **fields)).status == 200
        assert sobre.seen() == [50]


async def test_the_only_rung_that_can_answer_does_and_says_so(tmp_path: Path) -> None:
    async with running(tmp_path, burning(1.1)) as sobre:
        told = (await sobre.ask(model="top")).json["sobre"]
        assert told["rung"] == "top"
        assert "asks for a lower rung, but this request leaves none" in told["why"]


@pytest.mark.parametrize("burn", [1.1, 3.0])
async def test_who_asks_for_a_low_rung_is_not_asked_for_a_lower_one(
    tmp_path: Path, burn: float
) -> None:
    async with running(tmp_path, burning(burn)) as sobre:
        assert "lower" not in (await sobre.ask(model="small")).json["sobre"]["why"]


@pytest.mark.parametrize(("burn", "said"), [(0.5, None), (1.1, "budget carbone Sales")])
async def test_the_reader_has_it_in_a_field_of_its_own(
    tmp_path: Path, burn: float, said: str | None
) -> None:
    async with running(tmp_path, burning(burn)) as sobre:
        told = (await sobre.ask("fr")).json["sobre"]["budget"]
        assert told is None if said is None else told.startswith(said)


async def test_among_rungs_of_one_level_the_most_impactful_is_left_out(tmp_path: Path) -> None:
    rungs = [dataclasses.replace(one, level=3) for one in (TOP, MIDDLE)]
    for burn in (1.1, 3.0):
        async with running(tmp_path / str(burn), burning(burn), rungs=rungs) as sobre:
            assert list((await sobre.ask()).json["sobre"]["skipped"]) == ["top"]


async def test_far_above_its_pace_the_highest_level_needs_an_approval(tmp_path: Path) -> None:
    async with running(tmp_path, burning(3.0)) as sobre:
        auto = (await sobre.ask()).json["sobre"]
        assert list(auto["skipped"]) == ["top"]
        assert "sobre budget approve --team sales --for 24h" in auto["skipped"]["top"]
        refused = await sobre.ask("fr", model="top")
        assert refused.status == 403
        assert (refused.error["code"], refused.error["type"]) == (
            "approval_needed",
            "permission_error",
        )
        assert "ce modèle demande un accord" in refused.error["message"]
        assert "sobre budget approve --team sales --for 24h" in refused.error["message"]
        assert (await sobre.ask(model="middle")).json["sobre"]["rung"] == "middle"


async def test_an_approval_opens_every_rung_until_it_ends(tmp_path: Path) -> None:
    async with running(tmp_path, burning(3.0)) as sobre:
        now = time.time()
        given = Approval("a1", "sales", "", now - 1, now + 3600, "Claire")
        with contextlib.closing(Approvals(tmp_path)) as approvals:
            approvals.add(given._replace(id="a0", ends_at=now - 0.5))
            approvals.add(given._replace(id="a2", team="other"))
            assert (await sobre.ask(model="top")).status == 403
            approvals.add(given)
            approvals.revoke("a1", now)
            approvals.add(given._replace(id="a3", use_case="letters"))
        await sobre.app.house.clock.sleep(0.3)
        assert (await sobre.ask(model="top")).status == 403
        told = (await sobre.ask(model="top", metadata={"use_case": "Letters"})).json["sobre"]
        assert told["rung"] == "top"
        assert "approval by Claire" in told["notes"]["budget"]


async def test_a_spent_budget_leaves_the_lowest_rungs(tmp_path: Path) -> None:
    async with running(tmp_path, burning(0)) as sobre:
        auto = (await sobre.ask("fr")).json["sobre"]
        assert auto["rung"] == "small"
        assert sorted(auto["skipped"]) == ["middle", "top"]
        assert "rien au-dessus du niveau 2" in auto["skipped"]["top"]
        assert "est épuisé (100 %)" in auto["notes"]["budget"].replace("\u00a0", " ")
        refused = await sobre.ask(model="middle")
        assert (refused.status, refused.error["code"]) == (403, "carbon_budget")
        assert "leaves no model" in refused.error["message"]


@pytest.mark.parametrize("burn", [1.1, 3.0, 0])
async def test_an_exempt_use_case_passes_always(tmp_path: Path, burn: float) -> None:
    async with running(tmp_path, burning(burn)) as sobre:
        told = (await sobre.ask(model="top", metadata={"use_case": "safety"})).json["sobre"]
        assert (told["rung"], told["skipped"], sobre.seen()) == ("top", {}, [None])
        assert "exempt from carbon budget" in told["notes"]["budget"]


async def test_another_team_is_not_held_back_by_it(tmp_path: Path) -> None:
    async with running(tmp_path, burning(0)) as sobre:
        assert (await sobre.ask(team="other", model="top")).json["sobre"]["notes"].keys() == {
            "why",
            "quality",
        }


async def test_the_strictest_of_several_budgets_holds(tmp_path: Path) -> None:
    everyone = burning(0.9, team="", name="all of us")
    async with running(tmp_path, everyone, burning(1.1)) as sobre:
        assert "Sales" in (await sobre.ask()).json["sobre"]["notes"]["budget"]
        other = (await sobre.ask(team="other")).json["sobre"]["notes"]["budget"]
        assert "all of us" in other


async def test_the_ledger_keeps_the_reason(tmp_path: Path) -> None:
    async with running(tmp_path, burning(3.0)) as sobre:
        answered = (await sobre.ask("fr")).json["sobre"]["exchange"]
        await sobre.ask("fr", model="top")
        page = sobre.app.book.get(answered)
        assert page is not None
        record = page.entry.record
        assert "3 times the pace that would last" in record["notes"]["budget"]
        assert "needs an approval" in record["skipped"]["top"]
        refused = sobre.app.book.tail(1)[0].record
        assert refused["outcome"] == "refused"
        assert "needs an approval" in refused["reason"]
        assert "3 times" in refused["notes"]["budget"]


async def test_what_is_asked_now_counts_at_once(tmp_path: Path) -> None:
    month = BudgetConfig(limit_g=1e-9, use_case="letters")
    letters = {"use_case": "letters"}
    async with running(tmp_path, month) as sobre:
        assert (await sobre.ask(model="top", metadata=letters)).status == 200
        assert (await sobre.ask(model="top", metadata=letters)).status == 403
        assert (await sobre.ask(model="top")).status == 200


def steward_of(sobre: Running) -> BudgetSteward:
    steward = sobre.app.house.steward
    assert isinstance(steward, BudgetSteward)
    return steward


def standing(sobre: Running) -> Any:
    return next(steward_of(sobre).standings(time.time()))


async def test_a_line_of_another_process_counts_once_and_ones_own_not_again(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, burning(0.5)) as sobre:
        assert (standing(sobre).requests, standing(sobre).spent.high) == (2, DAY_G)
        await sobre.ask()
        write(
            tmp_path, spent(10.0, 0.5), spent(None, 0.4), spent(7.0, 0.3, Actor("k", "", "", "app"))
        )
        own = standing(sobre).spent.high
        assert DAY_G < own < DAY_G + 1
        sobre.app.book.flush()
        for _ in range(2):
            steward_of(sobre).refresh()
            found = standing(sobre)
            assert found.spent.high == pytest.approx(own + 10)
            assert found.recent.high == pytest.approx(own + 10)
            assert (found.requests, found.unassessed) == (5, 1)


HOLDS = [(0.5, "", False), (1.1, "", False), (3.0, "", True), (0, "", True), (0, "Safety", False)]


@pytest.mark.parametrize(("burn", "use_case", "held"), HOLDS)
async def test_batch_jobs_wait_while_a_budget_burns_too_fast(
    tmp_path: Path, burn: float, use_case: str, held: bool
) -> None:
    async with running(tmp_path, burning(burn)) as sobre:
        assert bool(steward_of(sobre).hold("sales", use_case)) is held
        assert steward_of(sobre).hold("other", use_case) is None


def test_a_new_month_begins_with_nothing_spent() -> None:
    now = [datetime(2026, 6, 30, 23, tzinfo=UTC).timestamp()]
    steward = BudgetSteward([Budget("june", 1.0)], clock=lambda: now[0])
    last = spent(5.0, 0)
    steward.spend(dataclasses.replace(last, ask=ask(received_at=now[0])))
    assert next(steward.standings(now[0])).spent.high == 5.0
    now[0] += 7200
    july = next(steward.standings(now[0]))
    assert (july.spent.high, july.recent.high) == (0.0, 5.0)
    now[0] += 86400
    assert next(steward.standings(now[0])).recent.high == 0.0
