"""The life of a request: read me first.

Sobre protects, grounds, climbs, measures, marks and records. ``answer`` below is that sentence as a
function; each line is one package's verb, and each package can be read on its own from here.
"""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sobre import access, compliance, footprint, knowledge, ladder, ledger, policy, privacy
from sobre.core.exchange import (
    Ask,
    Attempt,
    Avoided,
    Choice,
    Comparison,
    Exchange,
    Finding,
    Outbound,
    Outcome,
    Reply,
    RungCard,
    Usage,
)
from sobre.core.ports import (
    Book,
    Clock,
    KeyRing,
    Meter,
    Purse,
    Reader,
    Rung,
    Source,
    Steward,
    Vault,
)
from sobre.core.quantity import total
from sobre.core.reason import Reason, listed
from sobre.errors import BadRequest, ContextTooLong, NoRungLeft, SobreError, UpstreamError


class Inspector(Protocol):
    """``privacy.inspect`` with the house's detectors, aside of the loop where it takes long."""

    def __call__(self, ask: Ask, team: str = "") -> Awaitable[tuple[Finding, ...]]: ...


@dataclass(frozen=True, slots=True, eq=False)
class House:
    """Everything a request meets on its way. Built once, in ``app.py``."""

    keys: KeyRing
    purse: Purse
    steward: Steward
    book: Book
    vault: Vault
    clock: Clock
    meter: Meter
    sources: Sequence[Source]
    inspect: Inspector
    rules: policy.Rules
    rungs: Sequence[Rung]
    aliases: Mapping[str, str]
    forecast: ladder.Forecast
    profiles: Mapping[str, footprint.Profile]
    """Rung's name -> what its calls cost."""
    retries: int
    reference: RungCard | None = None
    """The rung that others are compared with: a local model, where there is one."""


async def answer(ask: Ask, credential: str | None, house: House, reader: Reader) -> Exchange:
    """Answer one request and return its sealed exchange.

    A stream (``ask.stream``) reaches the reader as it comes; the exchange holds the whole reply.
    Raises ``SobreError``. Once the actor and a model of that name are known, the ledger has its
    line, whatever happens.
    """
    actor = access.authenticate(credential, house.keys, house.purse, house.clock.now())
    ladder.candidates(ask.model, house.rungs, house.aliases)
    with ledger.entry(house.book, ask, actor, house.clock) as entry:
        passages = await knowledge.passages(ask, actor, house.sources)
        grounded = knowledge.ground(ask, passages)
        findings = await house.inspect(grounded, actor.team)
        entry.findings = privacy.count(findings)
        limits = policy.limits(findings, house.rules, purpose=ask.use_case, team=actor.team)
        course = house.steward.course(actor, ask.use_case, house.clock.now())
        spared = ladder.shorten(grounded, course)
        entry.notes |= ladder.told(course, grounded, spared)
        plan = ladder.decide(
            spared, limits, house.rungs, house.aliases, house.forecast, actor.budgets, course
        )
        entry.skipped = plan.skipped
        session = privacy.session(ask, actor)
        known = house.vault.load(session)
        failures: dict[str, UpstreamError] = {}
        for step in plan.steps:
            outbound, aliases = privacy.disguise(
                spared, findings, limits, step.card.zone, actor, known
            )
            if aliases.fresh:
                house.vault.save(session, aliases.fresh)
                known = {**known, **aliases.fresh}
            entry.disguised = aliases.used
            reply = await _attempt(step, outbound, aliases, entry, house, reader)
            if isinstance(reply, Reply):
                _restore(entry, reply, aliases)
                _compare(entry, house, step, plan.steps)
                entry.marking = compliance.mark(ask, step.card)
                entry.notes |= {"prompt": reply.prompt} if reply.prompt else {}
                break
            failures[step.card.name] = reply
        else:
            raise _none_answered(failures, plan.skipped)
    return entry.exchange


async def _attempt(
    step: ladder.Step,
    outbound: Outbound,
    aliases: privacy.Aliases,
    entry: ledger.Entry,
    house: House,
    reader: Reader,
) -> Reply | UpstreamError:
    """Call one rung, again while nothing has reached the reader and the fault may pass.

    Every call is measured and noted, kept or not. A failure is returned, so that the next rung can
    be tried; once part of the answer has been delivered there is no next rung, and it is raised.
    """
    for remaining in range(house.retries, -1, -1):
        through = privacy.restoring(reader, aliases)
        gate = ladder.Gate(step, reader, through, house.clock, whole=ladder.wants_json(entry.ask))
        started = house.clock.elapsed()
        house.meter.begin(entry.ask.id, step.card)
        try:
            reply = await step.rung.attempt(outbound, gate)
            verdict = ladder.suffices(entry.ask, reply)
            if step.last or verdict.kept or gate.opened:
                await gate.open()
                _note(entry, step, gate, started, house, Outcome.KEPT, verdict.reason, reply.usage)
                return reply
        except UpstreamError as failure:
            spent = _spent_in_vain(failure, outbound, gate)
            _note(entry, step, gate, started, house, Outcome.FAILED, _why(failure), spent)
            if gate.opened:
                _keep_part(entry, step, gate, aliases)
                raise _broke_off(step, failure) from failure
            if not (remaining and failure.may_pass):
                return failure
            await house.clock.sleep(failure.wait_seconds)
        except BaseException as error:
            left = isinstance(error, CancelledError)
            outcome = Outcome.HUNG_UP if left else Outcome.FAILED
            name = type(error).__name__
            reason = Reason("the reader left", "reason.left") if left else f"unexpected {name}"
            _note(entry, step, gate, started, house, outcome, reason, _estimate(outbound, gate))
            _keep_part(entry, step, gate, aliases)
            raise
        else:
            _note(entry, step, gate, started, house, Outcome.ABANDONED, verdict.reason, reply.usage)
            return UpstreamError(verdict.reason, kind="insufficient")
    raise AssertionError("the loop above always returns")


def _note(
    entry: ledger.Entry,
    step: ladder.Step,
    gate: ladder.Gate,
    started: float,
    house: House,
    outcome: Outcome,
    reason: str,
    usage: Usage | None,
) -> None:
    """Measure one call and add it to the entry, with the totals so far.

    ``usage`` is ``None`` for a call that reached no model: it has no footprint to assess, and takes
    nothing from the totals. The meter is told too: what it measures goes on a line of its own.
    """
    card = step.card
    house.meter.end(entry.ask.id, usage)
    attempt = Attempt(
        rung=card.name,
        level=card.level,
        zone=card.zone,
        model=card.model.name,
        outcome=outcome,
        reason=reason,
        seconds=house.clock.elapsed() - started,
        first_token_seconds=gate.first_token_seconds,
        usage=usage,
        impact=footprint.measure(house.profiles[card.name], usage) if usage else None,
        cost=footprint.cost(card, usage) if usage else None,
    )
    entry.attempts.append(attempt)
    if outcome in (Outcome.KEPT, Outcome.HUNG_UP):
        entry.notes["why"] = step.why
        entry.notes["quality"] = Reason("not assessed", "amount.not_assessed")
    if len(entry.attempts) == 1:
        entry.impact, entry.cost = attempt.impact, attempt.cost
    else:
        worked = [a for a in entry.attempts if a.usage]
        entry.impact = footprint.combine([a.impact for a in worked])
        entry.cost = total([a.cost for a in worked])


def _compare(
    entry: ledger.Entry, house: House, kept: ladder.Step, steps: Sequence[ladder.Step]
) -> None:
    """Put the exchange beside the reference rung, and beside the costliest that might have come."""
    usage, reference = entry.attempts[-1].usage, house.reference
    if usage is None:
        return
    if reference is not None and kept.card.name != reference.name:
        times = footprint.compare(entry.impact, house.profiles[reference.name], usage)
        if times is not None:
            entry.compared = Comparison(times, reference.name, reference.level)
    computed = [step for step in steps if step.grams is not None]
    costliest = max(computed, key=lambda step: step.grams or 0.0, default=kept).card.name
    if costliest != kept.card.name:
        grams = footprint.avoid(house.profiles[costliest], usage)
        if grams is not None:
            entry.avoided = Avoided(grams, costliest)


def _estimate(outbound: Outbound, gate: ladder.Gate) -> Usage:
    """Tokens counted from characters, for a call whose own count never came."""
    sent = sum(len(m.content) for m in outbound.messages if isinstance(m.content, str))
    said = sum(len(choice.text or "") for choice in gate.said())
    per_token = ladder.CHARACTERS_PER_TOKEN
    return Usage(round(sent / per_token), round(said / per_token), estimated=True)


def _spent_in_vain(failure: UpstreamError, outbound: Outbound, gate: ladder.Gate) -> Usage | None:
    """What a failed call consumed: an estimate, or ``None`` when no model was reached."""
    return _estimate(outbound, gate) if failure.computed else None


def _why(failure: UpstreamError) -> str:
    """A failure as a reason that the edge can say in the reader's language."""
    return (
        Reason(failure.message, failure.key, **failure.params) if failure.key else failure.message
    )


def _keep_part(
    entry: ledger.Entry, step: ladder.Step, gate: ladder.Gate, aliases: privacy.Aliases
) -> None:
    """Put on record the part of an answer that came before it was cut short."""
    choices = gate.said() or (Choice(0, "", None),)
    _restore(entry, Reply(choices, Usage(0, 0), step.card.model.name), aliases)
    if gate.opened:
        entry.marking = compliance.mark(entry.ask, step.card)


def _restore(entry: ledger.Entry, reply: Reply, aliases: privacy.Aliases) -> None:
    """The reply with its values, and a note of the aliases that the model made up."""
    if invented := privacy.invented(reply, aliases):
        entry.notes["invented"] = str(invented)
    entry.reply = privacy.restore(reply, aliases)


def _broke_off(step: ladder.Step, failure: UpstreamError) -> NoRungLeft:
    return NoRungLeft(
        f"The answer of {step.card.name!r} broke off: {failure.message}.",
        remedy="What was shown so far is incomplete; ask again.",
        key="error.broke_off",
        params={"rung": step.card.name, "why": _why(failure)},
    )


def _none_answered(failures: Mapping[str, UpstreamError], skipped: Mapping[str, str]) -> SobreError:
    """One clear final error naming what was tried; its status tells a client what to do."""
    kinds = {failure.kind for failure in failures.values()}
    waits = [f.retry_after for f in failures.values() if f.retry_after is not None]
    tried = listed({name: _why(failure) for name, failure in failures.items()})
    if kinds == {"context"}:
        return ContextTooLong(
            f"This request is too long for the models it may use ({tried}).",
            remedy="Shorten it, or allow a model with a larger context.",
            param="messages",
            key="error.context",
            params={"tried": tried},
        )
    if kinds == {"rejected"}:
        return BadRequest(
            f"The model's server refused the request ({tried}).",
            remedy="Correct the parameter it names.",
            key="error.rejected",
            params={"tried": tried},
        )
    told = listed({**{n: _why(f) for n, f in failures.items()}, **skipped})
    status, code = 502, "no_rung_left"
    if kinds == {"rate_limited"}:
        status, code = 429, "rate_limit_exceeded"
    elif kinds == {"timeout"}:
        status, code = 504, "upstream_timeout"
    return NoRungLeft(
        f"No model could answer ({told}).",
        remedy="Try again in a moment; if it lasts, mend the cause named.",
        status=status,
        code=code,
        retry_after=min(waits, default=None),
        key="error.none_answered",
        params={"tried": told},
    )
