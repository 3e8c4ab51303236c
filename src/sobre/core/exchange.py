"""The values that flow through one request, in the order they appear.

``Ask -> Actor -> Finding* -> Limits -> Outbound -> Reply -> Attempt* -> Exchange``

Each is frozen; a step takes the former's value and returns its own. JSON that Sobre only carries
(tool definitions, schemas, log-probabilities) stays a plain ``Json`` value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from sobre.core.impact import NO_PHASE as NO_PHASE
from sobre.core.impact import Avoided as Avoided
from sobre.core.impact import Comparison as Comparison
from sobre.core.impact import Impact as Impact
from sobre.core.impact import ModelCard as ModelCard
from sobre.core.impact import Operation as Operation
from sobre.core.impact import Phase as Phase
from sobre.core.impact import RungCard as RungCard
from sobre.core.impact import Usage as Usage
from sobre.core.quantity import Quantity
from sobre.core.zone import Zone

Json: TypeAlias = Any
"""A decoded JSON value that Sobre carries without looking inside."""


_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [first + second for first in _CROCKFORD for second in _CROCKFORD]


def exchange_id(seconds: float, random: bytes) -> str:
    """``ex_`` and 26 characters that sort by time (the ULID layout: 48 bits of time, 80 random)."""
    number = (int(seconds * 1000) << 80) | int.from_bytes(random[:10], "big")
    return "ex_" + "".join([_PAIRS[(number >> shift) & 1023] for shift in range(120, -10, -10)])


@dataclass(frozen=True, slots=True)
class Message:
    """One turn. ``content`` is text, or OpenAI's list of parts, or ``None`` (a pure tool call)."""

    role: str
    content: str | list[Json] | None
    rest: Mapping[str, Json] = field(default_factory=dict)
    """Every other field of the message as received: ``name``, ``tool_calls``, ``tool_call_id``…"""


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as the reader sent it, decoded and checked for shape.

    Nothing in it may be sent anywhere: only an ``Outbound`` leaves.
    """

    id: str
    """Exchange id, ``ex_`` and 26 characters that sort by time."""
    operation: Operation
    door: str
    """Where it came in: ``/v1/chat/completions``, ``/v1/responses``, ``cli``…"""
    model: str
    """A rung's name, a model's name, an alias of the firm's, or ``auto``."""
    messages: tuple[Message, ...]
    """The conversation (chat), one user message (complete), or the texts to embed."""
    received_at: float
    """Unix time in seconds."""
    stream: bool = False
    include_usage: bool = False
    max_tokens: int | None = None
    n: int = 1
    stop: tuple[str, ...] = ()
    logprobs: bool = False
    tools: Json = None
    response_format: Json = None
    options: Mapping[str, Json] = field(default_factory=dict)
    """Every other parameter, passed on as received: ``temperature``, ``seed``, ``tool_choice``…"""
    use_case: str | None = None
    echo: Mapping[str, Json] = field(default_factory=dict)
    """What only the answer repeats of the request (``/v1/responses``): given to no rung."""
    session: str = ""
    """The caller's own name of the conversation, if it gives one (``x-sobre-session``)."""

    @property
    def characters(self) -> int:
        """Length of all text, for estimates made before a tokenizer has seen it."""
        return sum(
            len(m.content)
            if isinstance(m.content, str)
            else sum(map(_part_length, m.content or ()))
            for m in self.messages
        )


def _part_length(part: Json) -> int:
    text = part.get("text") if isinstance(part, dict) else part
    return len(text) if isinstance(text, str) else 0


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a key of an application, a signed-in person, or the operator at the console."""

    key_id: str
    name: str
    team: str
    role: str
    """``app``, ``user`` or ``admin``."""
    budgets: frozenset[str] = frozenset()
    """What its spending is limited in: ``g`` (gCO2eq), ``eur``."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one of the firm's documents, given to the model as ground for its answer."""

    source: str
    text: str
    data_class: str


class Finding(NamedTuple):
    """Something in a text that policy may want to keep in: never holds the value itself."""

    message: int
    """Index in ``Ask.messages``; ``-1`` for the request's own fields (tools, schemas)."""
    path: tuple[str | int, ...]
    """Where in the message: ``()`` its content as text, ``(2, "text")`` a part, and so on."""
    start: int
    end: int
    """Characters, half-open."""
    kind: str
    """``email``, ``iban``, ``api_key``, ``unreadable``…"""
    data_class: str
    """What policy speaks of. Of a value, which an alias can stand for: ``personal``, ``secret``,
    ``business`` (a code name, a customer). Of the text around it: ``sensitive`` (GDPR Art. 9 and
    10), ``confidential`` (a registered document, a label), ``unreadable``."""
    evidence: str
    """Which rule saw it and which check it passed."""
    score: float = 1.0
    """0 to 1: 1 where a form or a check digit decides, else the tagger's probability."""
    gender: str = ""
    """``f`` or ``m`` where a person's name or title says so: French has to agree with it."""


class Action(StrEnum):
    """What policy says of a request toward one zone, mildest first."""

    PASS = "pass"  # noqa: S105 - a verb
    DISGUISE = "disguise"
    KEEP = "keep"
    """It stays nearer: a rung of a nearer zone answers in the place of one asked for by name."""
    REFUSE = "refuse"

    @property
    def opens(self) -> bool:
        """Whether a request may go there at all."""
        return self in _OPENING


_OPENING = frozenset({Action.PASS, Action.DISGUISE})


@dataclass(frozen=True, slots=True)
class Limits:
    """What policy allows this request: one action a zone, the reason where it does not open it."""

    toward: Mapping[Zone, Action]
    by_class: Mapping[Zone, Mapping[str, Action]]
    """The action for each data class, for ``privacy.disguise``: one class may pass where another
    is disguised."""
    reasons: Mapping[Zone, str]
    """Why a zone is closed, in words for the reader; no value of the text in it."""

    @property
    def farthest(self) -> Zone | None:
        """The farthest zone that is open, if any."""
        return max((z for z, a in self.toward.items() if a.opens), default=None)


@dataclass(frozen=True, slots=True)
class Outbound:
    """What may leave toward one zone. Only ``privacy/disguise.py`` builds one (a test holds it)."""

    exchange: str
    zone: Zone
    """The farthest place this text may reach; a rung beyond it refuses it."""
    queue: str
    """Whose turn it counts as where calls queue: an opaque id, not sent anywhere."""
    operation: Operation
    messages: tuple[Message, ...]
    stream: bool
    max_tokens: int | None
    n: int
    stop: tuple[str, ...]
    logprobs: bool
    tools: Json
    response_format: Json
    options: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer among ``n``."""

    index: int
    text: str | None
    finish_reason: str | None
    tool_calls: Json = None
    logprobs: Json = None
    rest: Mapping[str, Json] = field(default_factory=dict)
    """Other fields of the message: ``refusal``, ``reasoning_content``, ``annotations``…"""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a rung answered, whole."""

    choices: tuple[Choice, ...]
    usage: Usage
    model: str
    upstream_id: str = ""
    vectors: Json = None
    """For ``embed``: OpenAI's ``data`` list."""
    prompt: str = ""
    """Version of the instructions that the rung gave the model of its own; empty when none."""
    rest: Mapping[str, Json] = field(default_factory=dict)


class Delta(NamedTuple):
    """One step of one choice of a streamed reply."""

    choice: int
    text: str | None
    finish_reason: str | None = None
    tool_calls: Json = None
    logprobs: Json = None
    rest: Mapping[str, Json] | None = None


class Outcome(StrEnum):
    """How an attempt, or an exchange, ended."""

    KEPT = "kept"
    """Answered, and the answer was delivered."""
    ABANDONED = "abandoned"
    """Answered, and found not to suffice."""
    FAILED = "failed"
    REFUSED = "refused"
    HUNG_UP = "hung_up"
    """The reader left before the end."""
    INTERRUPTED = "interrupted"
    """The process stopped in the middle; found at the next start."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call of one rung, kept or not: it has a footprint either way."""

    rung: str
    level: int
    zone: Zone
    model: str
    outcome: Outcome
    reason: str
    seconds: float
    first_token_seconds: float | None
    usage: Usage | None
    impact: Impact | None
    cost: Quantity | None
    """EUR; ``None`` where the price or the usage is not known."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request, sealed: what the ledger keeps and the reader is told."""

    ask: Ask
    actor: Actor
    outcome: Outcome
    reason: str
    findings: Mapping[str, int]
    """Kind -> count. Never a value."""
    disguised: int
    """How many values were sent under an alias, in the attempt that answered."""
    attempts: tuple[Attempt, ...]
    skipped: Mapping[str, str]
    """Rung not tried -> why."""
    impact: Impact | None
    cost: Quantity | None
    marking: Mapping[str, Json]
    reply: Reply | None
    ended_at: float
    notes: Mapping[str, str]
    """Step -> ``not assessed`` and why, for what this version does not judge."""
    compared: Comparison | None = None
    avoided: Avoided | None = None
    """Where a rung that emits more might have answered as well."""

    @property
    def kept(self) -> Attempt | None:
        """The attempt whose answer was delivered, whole or in part."""
        for attempt in reversed(self.attempts):
            if attempt.outcome in (Outcome.KEPT, Outcome.HUNG_UP):
                return attempt
        return None
