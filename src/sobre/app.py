"""The composition root: the only place that names concrete adapters.

``open_app`` turns a ``Config`` into a running ``App``; the web, the command line and the tests all
start here.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import datetime as dt
import logging
import math
import os
import time
import traceback
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple, TypedDict

import aiohttp

from sobre import __version__, access, footprint, jobs, ladder, policy, privacy
from sobre.adapters import data, grids, models, shield
from sobre.adapters.aside import Aside
from sobre.adapters.power import NoMeter
from sobre.adapters.power.finders import finders, reach
from sobre.adapters.power.sampler import Finder, Sampler
from sobre.adapters.providers import cards
from sobre.adapters.providers.embedded import Embedded
from sobre.adapters.providers.openai_style import OpenAIStyle
from sobre.adapters.stores.budgets import Approvals, BudgetBook, BudgetSteward
from sobre.adapters.stores.corrections import CorrectionStore
from sobre.adapters.stores.jobs import JobStore
from sobre.adapters.stores.ledger import Reader, SqliteBook
from sobre.adapters.stores.secrets import SecretStore
from sobre.adapters.stores.state import Credential, MonthlyPurse, SpendingBook, State
from sobre.adapters.stores.vault import SqliteVault
from sobre.catalogue import Catalogue
from sobre.config import BudgetConfig, Config, PolicyException, RungConfig, days_of, secret
from sobre.core.course import Hold
from sobre.core.exchange import (
    Action,
    Actor,
    Ask,
    Finding,
    Limits,
    Message,
    Operation,
    RungCard,
    exchange_id,
)
from sobre.core.ports import Meter, Rung, Vault
from sobre.core.zone import BY_SLUG, Zone
from sobre.errors import (
    BadRequest,
    ConfigError,
    Forbidden,
    GridFileError,
    SecretsError,
    ShieldFailed,
    SobreError,
)
from sobre.footprint.budget import Budget
from sobre.footprint.errors import FootprintInputError
from sobre.footprint.grid import HourProfile
from sobre.life import House, Inspector
from sobre.privacy.corrections import ADMIN, KEEP_CLEAR, Correction, corrected, may_clear

LOCAL_KEY = "local"
"""The name of the key made at the first start."""
LONG_CHARACTERS = 10_000
"""A text that takes some 20 ms to inspect."""
INSPECTED_AT_ONCE = 4
"""Long texts inspected beside the loop at the same time; the next ones wait for a place."""
BUDGETS_EVERY_S = 60.0
"""How often the spending of other processes is read."""
SESSION_SECONDS = 30 * 24 * 3600.0


class RungState(TypedDict):
    """One rung as the console shows it."""

    name: str
    zone: str
    """A zone's slug: ``machine``, ``eu-hosted``…"""
    level: int
    model: str
    ready: bool
    note: str
    """Why it is not ready, or nothing."""


class Status(TypedDict):
    """What ``GET /sobre/status`` tells: enough to say, before sending, where a text may go."""

    version: str
    rungs: list[RungState]
    policy: Mapping[str, Mapping[str, str]]
    """Data class (``plain``, ``personal``, ``secret``…) -> zone's slug -> ``pass``, ``disguise``,
    ``keep`` or ``refuse``, after every other switch of the policy (a zone that is closed refuses
    all) and before any exception for a team or a purpose."""


class Spotted(TypedDict):
    """One finding of a preview. Offsets are characters (code points), half-open."""

    start: int
    end: int
    kind: str
    data_class: str
    evidence: str
    """The rule that saw it, in English."""
    score: float
    masked: bool
    """Whether it is a value, for which an alias can stand."""
    clearing: str
    """What it takes to say that it is nothing to protect: ``free`` (a correction), ``forced`` (one
    that an administrator answers for) or ``no`` (no correction can)."""


class Toward(TypedDict):
    """What would happen toward one zone."""

    zone: str
    """A zone's slug."""
    action: str
    """``pass``, ``disguise``, ``keep`` or ``refuse``: the strictest of ``classes``."""
    reason: str
    """Why it is closed, as policy says it; empty where it is open."""
    classes: Mapping[str, str]
    """Class of data in the text -> its own action here."""
    text: str | None
    """What would leave; ``None`` where nothing would."""
    aliases: Sequence[str]
    """Those that stand in ``text``."""
    rungs: Sequence[RungState]
    """The models configured there."""


class Corrected(TypedDict):
    """One correction in force."""

    id: str
    """``C1``."""
    verb: str
    """``keep_clear`` or ``mask``."""
    text: str
    kind: str
    team: str
    owner: str
    made_at: float
    forced: bool


class Preview(TypedDict):
    """What a text holds and where it could go, without sending it."""

    findings: list[Spotted]
    zones: list[Toward]
    """Nearest first."""


def log_failure(error: BaseException) -> None:
    """Type and place of an unexpected error. Never its text, which may quote a request."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))
    logging.getLogger("sobre").error("unexpected %s at %s", type(error).__name__, places)


class SystemClock:
    """The port ``Clock`` over the machine's clocks."""

    now = staticmethod(time.time)
    elapsed = staticmethod(time.monotonic)
    sleep = staticmethod(asyncio.sleep)


class Deferred(NamedTuple):
    """What batches need beside the house: where they are kept, and when they may run."""

    store: JobStore
    traffic: jobs.Traffic
    """Calls of people and applications, before which batches stand back."""
    series: jobs.Series
    hold: Hold
    """The carbon budgets' word."""


class App:
    """A running Sobre: its house, its rungs, its stores. Made by ``open_app``."""

    def __init__(
        self,
        config: Config,
        house: House,
        state: State,
        book: SqliteBook,
        rungs: Sequence[Rung],
        corrections: CorrectionStore,
        deferred: Deferred,
    ) -> None:
        self.config = config
        self.house = house
        self.state = state
        self.book = book
        self.started_at = time.time()
        self._rungs = rungs
        self._corrections = corrections
        self.deferred = deferred

    log_failure = staticmethod(log_failure)

    # --- What the console needs (see web.console.House) --------------------------------------

    def sign_in(self, key: str) -> str | None:
        """A new session for a key that is in force, or ``None``."""
        now = time.time()
        try:
            actor = self.state.actor(access.digest(key), now)
        except SobreError:
            return None
        if actor is None or actor.key_id.startswith("session_"):
            return None
        return new_session(self.state, actor, now)

    def session(self, token: str) -> Actor | None:
        try:
            return self.state.actor(access.digest(token), time.time())
        except SobreError:
            return None

    def sign_out(self, token: str) -> None:
        self.state.forget_session(access.digest(token), time.time())

    def status(self) -> Status:
        """What may be told before sending a text: who could answer, and what policy lets out."""
        rules = self.house.rules
        return {
            "version": __version__,
            "rungs": [_state(rung) for rung in self._rungs],
            "policy": {
                name: {zone.slug: rules.toward(name, zone) for zone in Zone}
                for name in rules.actions
            },
        }

    async def preview(
        self,
        text: str,
        actor: Actor,
        *,
        zone: Zone | None = None,
        purpose: str | None = None,
        team: str | None = None,
    ) -> Preview:
        """What would leave of a text toward ``zone``, or each: a request's own way, up to sending.

        The conversation's earlier aliases are not looked up; nothing is sent, kept or recorded.
        ``team`` is the actor's where none is named. Raises ``ShieldFailed`` like a request.
        """
        now = time.time()
        ask = Ask(
            id=exchange_id(now, os.urandom(10)),
            operation=Operation.CHAT,
            door="/sobre/shield",
            model="auto",
            messages=(Message("user", text),),
            received_at=now,
            use_case=purpose,
        )
        team = actor.team if team is None else team
        findings = await self.house.inspect(ask, team)
        limits = policy.limits(findings, self.house.rules, purpose=purpose, team=team)
        zones = list(Zone) if zone is None else [zone]
        try:
            toward = [self._toward(place, ask, findings, limits, actor) for place in zones]
        except Exception as error:
            log_failure(error)
            raise _shield_failed(error, self.config.policy.inspect_time_limit_s) from error
        return {"findings": [_spotted(finding) for finding in findings], "zones": toward}

    def _toward(
        self, zone: Zone, ask: Ask, findings: Sequence[Finding], limits: Limits, actor: Actor
    ) -> Toward:
        text, aliases = None, privacy.Aliases()
        if limits.toward[zone].opens:
            outbound, aliases = privacy.disguise(ask, findings, limits, zone, actor)
            text = str(outbound.messages[0].content)
        return {
            "zone": zone.slug,
            "action": limits.toward[zone],
            "reason": limits.reasons.get(zone, ""),
            "classes": dict(limits.by_class[zone]),
            "text": text,
            "aliases": list(aliases.values),
            "rungs": [_state(rung) for rung in self._rungs if rung.card.zone is zone],
        }

    # --- What an administrator corrects from there --------------------------------------------

    def corrections(self, actor: Actor) -> list[Corrected]:
        """Those in force, oldest first. Raises ``SobreError`` like the two below."""
        _check_admin(actor)
        return [_corrected(one) for one in self._corrections.all() if one.revoked_at is None]

    def correct(
        self, actor: Actor, verb: str, text: str, *, kind: str = "", forced: bool = False
    ) -> Corrected:
        """Keep a correction for everyone's requests, owned by whoever makes it."""
        _check_admin(actor)
        draft = corrected(
            verb,
            text,
            owner=actor.name,
            role=actor.role,
            made_at=time.time(),
            kind=kind,
            forced=forced,
        )
        return _corrected(self._corrections.add(draft))

    def revoke(self, actor: Actor, label: str) -> None:
        _check_admin(actor)
        self._corrections.revoke(label, time.time())


def _check_admin(actor: Actor) -> None:
    if actor.role != ADMIN:
        raise Forbidden(
            "Only an administrator corrects the shield.",
            remedy="Ask whoever runs Sobre.",
            key="error.corrections_admin",
        )


def _corrected(one: Correction) -> Corrected:
    return {
        "id": one.label,
        "verb": one.verb,
        "text": one.text,
        "kind": one.kind,
        "team": one.team,
        "owner": one.owner,
        "made_at": one.made_at,
        "forced": one.forced,
    }


def _state(rung: Rung) -> RungState:
    return {
        "name": rung.card.name,
        "zone": rung.card.zone.slug,
        "level": rung.card.level,
        "model": rung.card.model.name,
        "ready": getattr(rung, "state", "ready") == "ready",
        "note": getattr(rung, "reason", ""),
    }


def _spotted(finding: Finding) -> Spotted:
    return {
        "start": finding.start,
        "end": finding.end,
        "kind": finding.kind,
        "data_class": finding.data_class,
        "evidence": finding.evidence,
        "score": finding.score,
        "masked": finding.data_class in policy.DISGUISABLE,
        "clearing": _clearing(finding),
    }


def _clearing(finding: Finding) -> str:
    hit = privacy.Hit(*finding[2:])
    forced = Correction(0, KEEP_CLEAR, "", "", "", "", "", "", forced=True, made_at=0.0)
    if not may_clear(forced, hit):
        return "no"
    return "free" if may_clear(forced._replace(forced=False), hit) else "forced"


@asynccontextmanager
async def open_app(config: Config, *, rungs: Sequence[Rung] | None = None) -> AsyncIterator[App]:
    """Open the stores, start the rungs, and close all of it at the end.

    ``rungs`` replaces those of the configuration (tests, benchmarks). Raises ``ConfigError``.
    """
    async with AsyncExitStack() as stack:
        folder = config.data_dir
        make_data_dir(folder)
        state = State(folder)
        stack.callback(state.close)
        book = SqliteBook(folder, keep_texts=config.data.keep_texts)
        stack.push_async_callback(asyncio.to_thread, book.close)
        vault = SqliteVault(folder, key_file=config.vault_key_file, days=config.data.vault_days)
        stack.callback(vault.close)
        secrets = SecretStore(folder)
        stack.callback(secrets.close)
        await asyncio.to_thread(secrets.load)
        session = await stack.enter_async_context(_http())
        if rungs is None:
            rungs = make_rungs(config, data.catalogue(), session)
        for rung in rungs:
            if isinstance(rung, Embedded):
                stack.push_async_callback(rung.stop)
                await rung.start()
        purse = MonthlyPurse(state.budget, book.spent)
        await asyncio.to_thread(purse.load, time.time())
        steward = await stack.enter_async_context(_steward(config, book))
        corrections = CorrectionStore(folder)
        stack.callback(corrections.close)
        detectors: tuple[privacy.Detector, ...] = (
            *shield.detectors(),
            *secrets.detectors(),
        )
        inspect = make_inspector(
            detectors,
            config.policy.inspect_time_limit_s,
            of_team=lambda team: (corrections.detector(team),),
        )
        meter = await _meter(config, rungs, book, stack)
        house = make_house(config, rungs, state, book, purse, vault, inspect, steward, meter)
        store = JobStore(
            folder, keep_days=config.batches.keep_days, keep_texts=config.data.keep_texts
        )
        stack.callback(store.close)
        traffic = jobs.Traffic()
        counted = tuple(jobs.Counted(rung, traffic) for rung in house.rungs)
        house = dataclasses.replace(house, rungs=counted)
        series = make_series(grids.profiles(folder))
        deferred = Deferred(store, traffic, series, steward.hold)
        yield App(config, house, state, book, rungs, corrections, deferred)


def make_series(profiles: Mapping[str, HourProfile]) -> jobs.Series:
    """What the electricity of a zone is expected to hold, from its profile."""

    def series(zone: str, now: float, hours: int) -> jobs.Forecast | None:
        profile = profiles.get(zone)
        if profile is None:
            return None
        try:
            grams = profile.series(dt.datetime.fromtimestamp(now, dt.UTC), hours)
        except FootprintInputError:  # the system lacks that clock
            return None
        return jobs.Forecast(grams, profile.source)

    return series


def make_house(
    config: Config,
    rungs: Sequence[Rung],
    state: State,
    book: SqliteBook,
    purse: MonthlyPurse,
    vault: Vault,
    inspect: Inspector,
    steward: BudgetSteward,
    meter: Meter,
) -> House:
    """Everything a request meets on its way, from the configuration and the opened stores."""
    factors = grids.factors(config.data_dir)
    profiles = {rung.card.name: footprint.profile(rung.card, factors) for rung in rungs}

    def grams(card: RungCard, input_tokens: int, output_tokens: int) -> float | None:
        computed = footprint.predict_use_gwp(profiles[card.name], input_tokens, output_tokens)
        return computed if math.isfinite(computed) else None

    return House(
        keys=state,
        purse=purse,
        steward=steward,
        book=BudgetBook(SpendingBook(book, purse), steward),
        vault=vault,
        clock=SystemClock(),
        meter=meter,
        sources=(),
        inspect=inspect,
        rules=make_rules(config),
        rungs=tuple(rungs),
        aliases=_checked_aliases(config, rungs),
        forecast=ladder.Forecast(grams, config.ladder.expected_output_tokens),
        profiles=profiles,
        retries=config.ladder.retries,
        reference=_reference([rung.card for rung in rungs], grams),
    )


def _reference(
    cards: Sequence[RungCard], grams: Callable[[RungCard, int, int], float | None]
) -> RungCard | None:
    """The local model that emits least for a usual answer; answers are compared with its own."""
    local = {
        card.name: (expected, card)
        for card in cards
        if card.level == 2 and Operation.CHAT in card.operations
        if (expected := grams(card, 1000, 300)) is not None
    }
    return min(local.values(), key=lambda pair: pair[0], default=(0.0, None))[1]


def make_inspector(
    detectors: Sequence[privacy.Detector],
    limit_s: float = 10.0,
    of_team: Callable[[str], Sequence[privacy.Detector]] = lambda _: (),
) -> Inspector:
    """``privacy.inspect`` for a loop that serves others: what takes long is done in a thread.

    ``of_team`` gives the detectors that one team has beside the house's. In the thread it may take
    ``limit_s`` seconds; a short text is read at once, without one. Whatever goes wrong is a
    ``ShieldFailed`` or the store's own error, so that nothing unread leaves; a request that is
    itself malformed stays a ``BadRequest``. See ``Aside`` for what a time limit cannot stop.
    """
    aside = Aside(INSPECTED_AT_ONCE)

    async def inspect(ask: Ask, team: str = "") -> tuple[Finding, ...]:
        try:
            all_of_them = (*detectors, *of_team(team))
            if _is_short(ask):
                return privacy.inspect(ask, all_of_them)
            return await aside.run(lambda: privacy.inspect(ask, all_of_them), limit_s)
        except (BadRequest, SecretsError, ShieldFailed):
            raise
        except Exception as error:
            log_failure(error)
            raise _shield_failed(error, limit_s) from error

    return inspect


def _is_short(ask: Ask) -> bool:
    """Whether all that would be read is short: tool calls, tools and schemas too."""
    left = LONG_CHARACTERS
    for _, _, text in privacy.texts(ask):
        left -= len(text or "")
        if left <= 0:
            return False
    return True


def _shield_failed(error: Exception, limit_s: float) -> ShieldFailed:
    """Says what kind of failure it was; never its words, which may quote the request."""
    if isinstance(error, TimeoutError):
        return ShieldFailed(
            f"The request could not be inspected within {limit_s:g} s (TimeoutError):"
            " nothing was sent.",
            remedy="Shorten it, or raise policy.inspect_time_limit_s.",
            key="error.shield_too_slow",
            params={"seconds": f"{limit_s:g}"},
        )
    kind = type(error).__name__
    return ShieldFailed(
        f"The request could not be inspected ({kind}): nothing was sent.",
        remedy="Sobre's own log says where it failed.",
        key="error.shield_failed",
        params={"kind": kind},
    )


def make_rungs(config: Config, catalogue: Catalogue, session: aiohttp.ClientSession) -> list[Rung]:
    """One rung for each enabled block ``[rungs.NAME]``."""
    return [
        _rung(name, block, config, catalogue, session)
        for name, block in config.rungs.items()
        if block.enabled
    ]


def make_card(name: str, block: RungConfig, config: Config, catalogue: Catalogue) -> RungCard:
    """The rung's card; the firm's own machines draw the electricity the configuration names."""
    base = config.file.parent if config.file else None
    card = cards.card(name, block, catalogue, base)
    if card.electricity is None and card.zone <= Zone.COMPANY and config.electricity:
        card = dataclasses.replace(card, electricity=config.electricity)
    if card.electricity:
        card = dataclasses.replace(card, electricity=_place(card.electricity))
    return card


def _place(electricity: str) -> str:
    """The zone that a configuration names in whatever spelling. Raises ``ConfigError``."""
    try:
        return grids.find_zone(electricity)
    except GridFileError as error:
        raise ConfigError(
            f"electricity = {electricity[:40]!r} is no place that is known.",
            remedy="Give a country such as FRA, see `sobre grid list`.",
            key="error.grid_config_zone",
            params=error.params,
        ) from error


def _rung(
    name: str,
    block: RungConfig,
    config: Config,
    catalogue: Catalogue,
    session: aiohttp.ClientSession,
) -> Rung:
    card = make_card(name, block, config, catalogue)
    base = config.file.parent if config.file else None
    if cards.provider_of(name, block, catalogue).id == "embedded":
        return Embedded(
            card,
            lambda: models.locate(block, catalogue, config.models_dir, base),
            data.prompts().prompt(card.model.name),
            parallel=block.parallel,
            queue=block.queue,
            read_timeout_s=config.ladder.time_limit_s,
            time_limit_s=config.ladder.time_limit_s,
        )
    provider = cards.provider_of(name, block, catalogue)
    url = cards.url_of(block, provider)
    if url is None:
        raise ConfigError(
            f"rungs.{name}: provider {provider.id!r} has no address of its own.",
            remedy="Add url = 'http…/v1'.",
            key="error.rung_without_url",
            params={"rung": name, "provider": provider.id},
        )
    key = secret(block, name, base, provider.key_env)
    hosted = provider.hosted(block.model)
    return OpenAIStyle(
        card,
        url=url,
        model=hosted.id if hosted else block.model,
        session=session,
        key=key,
        connect_timeout_s=block.connect_timeout_s,
        read_timeout_s=block.read_timeout_s,
        time_limit_s=config.ladder.time_limit_s,
    )


async def _meter(
    config: Config, rungs: Sequence[Rung], book: SqliteBook, stack: AsyncExitStack
) -> Meter:
    """What measures this machine while a rung may compute here; told to rungs that have a queue."""
    zones = reach(config.measure)
    if not config.measure.enabled or not any(rung.card.zone in zones for rung in rungs):
        return NoMeter()
    others = any(r.card.zone is Zone.MACHINE and not isinstance(r, Embedded) for r in rungs)
    sampler = Sampler(
        await asyncio.to_thread(make_finders, config, others=others),
        book.note,
        hertz=config.measure.hertz,
        record_s=config.measure.record_s,
        hold_s=config.ladder.time_limit_s,
        share_idle=config.measure.share_idle,
        zones=zones,
    )
    stack.push_async_callback(asyncio.to_thread, sampler.close)
    for rung in rungs:
        if isinstance(rung, Embedded):
            rung.meter = sampler
    sampler.start()
    return sampler


def make_finders(config: Config, *, others: bool) -> list[Finder]:
    """The sources of energy readings that the configuration allows. Raises ``ConfigError``."""
    factors = grids.factors(config.data_dir)
    base = config.file.parent if config.file else None
    watts = factors.interval("cpu.watts_per_thread")
    return finders(config.measure, base, watts, others=others)


@asynccontextmanager
async def _steward(config: Config, book: SqliteBook) -> AsyncIterator[BudgetSteward]:
    """What the carbon budgets have spent, kept up with what other processes write meanwhile."""
    folder = config.data_dir
    with contextlib.closing(Approvals(folder)) as approvals, Reader(folder) as lines:
        steward = make_steward(config, approvals)
        if not config.budgets:
            yield steward
            return
        await asyncio.to_thread(book.flush)
        await asyncio.to_thread(
            steward.load, lambda since, after: lines.exchanges(since, after=after), lines.first()
        )
        keeping_up = asyncio.create_task(_keep_up(steward))
        try:
            yield steward
        finally:
            keeping_up.cancel()
            await asyncio.wait([keeping_up])


async def _keep_up(steward: BudgetSteward) -> None:
    while True:
        await asyncio.sleep(BUDGETS_EVERY_S)
        try:
            await asyncio.to_thread(steward.refresh)
        except SobreError as error:  # what this process spends is counted all the same
            log_failure(error)


def make_steward(config: Config, approvals: Approvals) -> BudgetSteward:
    """The configured carbon budgets, nothing counted yet."""
    return BudgetSteward(
        make_budgets(config),
        approvals.all,
        exempt=config.steering.exempt,
        answer_share=config.steering.answer_share,
        usual_tokens=config.steering.usual_answer_tokens,
    )


def make_budgets(config: Config) -> list[Budget]:
    """The configured carbon budgets as the domain reads them."""
    return [_budget(block) for block in config.budgets]


def _budget(block: BudgetConfig) -> Budget:
    whose = (block.label, block.limit_g, block.period or "month", block.team, block.use_case)
    if not block.first_day:
        return Budget(*whose)
    first, last = days_of(block)
    midnight = dt.time(tzinfo=dt.UTC)
    start = dt.datetime.combine(first, midnight)
    end = dt.datetime.combine(last, midnight) + dt.timedelta(days=1)
    return Budget(*whose, start=start.timestamp(), end=end.timestamp())


def make_rules(config: Config) -> policy.Rules:
    """The configured policy as the domain reads it."""
    zones = {zone: zone.name.lower() for zone in Zone}
    return policy.Rules(
        {
            name: {
                zone: Action(getattr(getattr(config.policy, name), attribute))
                for zone, attribute in zones.items()
            }
            for name in policy.CLASSES
        },
        open_abroad=config.policy.open_abroad,
        cases=tuple(_case(block) for block in config.policy.exceptions),
    )


def _case(block: PolicyException) -> policy.Case:
    """One exception as the domain reads it: a list that is left out means all."""

    def lowered(names: tuple[str, ...] | None) -> frozenset[str] | None:
        return None if names is None else frozenset(name.strip().lower() for name in names)

    return policy.Case(
        Action(block.action),
        frozenset(policy.CLASSES if block.classes is None else block.classes),
        frozenset(Zone if block.zones is None else [BY_SLUG[slug] for slug in block.zones]),
        lowered(block.purposes),
        lowered(block.teams),
        block.reason,
    )


def make_data_dir(folder: Path) -> None:
    """The data folder, for its owner only. Raises ``ConfigError`` where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ConfigError(
            f"cannot make the data folder {str(folder)!r}: {error.strerror}.",
            remedy="Choose another with --data-dir or data.dir.",
            key="error.data_dir",
            params={"path": str(folder), "why": error.strerror},
        ) from error


def new_key(
    state: State,
    name: str,
    *,
    team: str = "",
    role: str = "app",
    expires_at: float | None = None,
    budget_g: float | None = None,
    budget_eur: float | None = None,
) -> str:
    """Make and store a key; returns its text, which is kept nowhere."""
    text = access.new_key(os.urandom(32))
    state.add(
        Credential(
            id=f"key_{os.urandom(8).hex()}",
            digest=access.digest(text),
            kind="key",
            parent=None,
            name=name,
            team=team,
            role=role,
            made_at=time.time(),
            expires_at=expires_at,
            revoked_at=None,
            budget_g=budget_g,
            budget_eur=budget_eur,
        )
    )
    return text


def new_session(state: State, actor: Actor, now: float) -> str:
    """A console session of the key's owner; its token works like a key until it ends."""
    token = access.new_key(os.urandom(32))
    state.add(
        Credential(
            id=f"session_{os.urandom(8).hex()}",
            digest=access.digest(token),
            kind="session",
            parent=actor.key_id,
            name=actor.name,
            team=actor.team,
            role=actor.role,
            made_at=now,
            expires_at=now + SESSION_SECONDS,
            revoked_at=None,
            budget_g=None,
            budget_eur=None,
        )
    )
    return token


def first_key(state: State) -> str | None:
    """The local key, made at the very first start; ``None`` when there already are keys."""
    return None if state.keys() else new_key(state, LOCAL_KEY, role="admin")


@asynccontextmanager
async def _http() -> AsyncIterator[aiohttp.ClientSession]:
    """One client for all upstreams: no proxy or ``.netrc`` of the environment, no cookies kept."""
    connector = aiohttp.TCPConnector(limit=0, ttl_dns_cache=60)
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
    ) as session:
        yield session


def _checked_aliases(config: Config, rungs: Sequence[Rung]) -> Mapping[str, str]:
    """Raises ``ConfigError`` for an alias that means nothing, or hides a rung."""
    known = {"auto", *(r.card.name for r in rungs), *(r.card.model.name for r in rungs)}
    for alias, target in config.aliases.items():
        if alias == "auto" or target not in known:
            raise ConfigError(
                f"aliases.{alias}: {target!r} is no rung or model here.",
                remedy=f"Known: {', '.join(sorted(known))}.",
                key="error.alias",
                params={"alias": alias, "target": target, "known": ", ".join(sorted(known))},
            )
    return dict(config.aliases)
