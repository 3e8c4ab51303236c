"""Work that can wait: files of requests, run in low-carbon hours within their completion window.

A batch is checked (``scan``), placed (``plan``), then run line by line by the ``Worker``, each line
through ``life.answer`` like any request, on behalf of the key that made the batch. A finished line
is in the store before the next one is begun in its place, so that a killed process repeats none and
loses none.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import hashlib
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import BinaryIO, NamedTuple, Protocol, TypeAlias

import msgspec

from sobre import ladder, life
from sobre.core.course import Hold
from sobre.core.exchange import (
    Actor,
    Ask,
    Delta,
    Exchange,
    Impact,
    Json,
    Operation,
    Outbound,
    Reply,
    RungCard,
    Usage,
    exchange_id,
)
from sobre.core.ports import Book, Rung, Sink
from sobre.core.quantity import Quantity
from sobre.core.zone import Zone
from sobre.errors import (
    BadRequest,
    LedgerError,
    NoRungLeft,
    OverBudget,
    SecretsError,
    SobreError,
    Unauthenticated,
    UnknownModel,
    VaultError,
)
from sobre.footprint.errors import FootprintInputError
from sobre.footprint.schedule import MAX_HOURS, Placement, place

DOOR = "/v1/batches"
DOORS: Mapping[str, Operation] = {
    "/v1/chat/completions": Operation.CHAT,
    "/v1/completions": Operation.COMPLETE,
    "/v1/embeddings": Operation.EMBED,
    "/v1/responses": Operation.CHAT,
}
"""What a line may ask."""
MOST_LINES = 50_000
MOST_ID_CHARACTERS = 512
MOST_OPEN = 200
"""Batches of one key or team that have not ended: the worker looks at all of them."""
MOST_TOLD = 100
"""Wrong lines named in ``errors`` of a batch that failed."""
MARGIN = 1.5
"""No batch starts later than this many times its estimate before its deadline."""
TRIES = 3
"""Calls of one line whose failure may pass."""
DAY_S = 86400.0
_LOOK_S, _POLL_S, _HOLD_S, _SWEEP_S = 5.0, 0.25, 60.0, 60.0
_REST = 9.0
"""So many times as long as looking took, the worker then leaves the loop to people."""
_MEASURED_LINES = 3
_PATIENCE = 4
"""How many times a late batch lets others go first before each of its lines."""
_CHUNK = 1 << 20


# --- What is kept ------------------------------------------------------------------------------


class StoredFile(NamedTuple):
    """One file. Times are Unix seconds."""

    id: str
    key_id: str
    team: str
    purpose: str
    filename: str
    """As the sender named it: shown, never used as a path."""
    bytes: int
    sha256: str
    created_at: float
    expires_at: float


class Status(StrEnum):
    """OpenAI's."""

    VALIDATING = "validating"
    FAILED = "failed"
    IN_PROGRESS = "in_progress"
    FINALIZING = "finalizing"
    COMPLETED = "completed"
    EXPIRED = "expired"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        return self in _ENDED


_ENDED = frozenset({Status.FAILED, Status.COMPLETED, Status.EXPIRED, Status.CANCELLED})


class Sum(NamedTuple):
    """Of intervals, bound by bound."""

    low: float = 0.0
    mid: float = 0.0
    high: float = 0.0

    def plus(self, other: Quantity) -> Sum:
        return Sum(self.low + other.low, self.mid + other.mid, self.high + other.high)


_NOTHING = Sum()


@dataclass(frozen=True, slots=True)
class Plan:
    """When a batch is to run, and why then."""

    start_at: float
    why: str
    """Key of a message, whose parameters are:"""
    about: Mapping[str, str | float]
    rung: str = ""
    """The rung expected to answer; empty where the model is not known."""
    zone: str | None = None
    """Its electricity."""
    places: int = 1
    """Lines at once."""
    line_s: float = 0.0
    measured: bool = False
    now_g: float | None = None
    """Expected gCO2eq/kWh of running at once, from the zone's profile."""
    then_g: float | None = None
    error: tuple[float, float] = (0.0, 0.0)
    """How far below and above its mean a saving turns out, as a share."""
    source: str = ""

    @property
    def waits(self) -> bool:
        return self.why == LATER


@dataclass(frozen=True, slots=True)
class Progress:
    """What the finished lines came to."""

    total: int = 0
    completed: int = 0
    failed: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    energy: Sum = _NOTHING
    """Wh of every call, failed ones too."""
    gwp: Sum = _NOTHING
    """gCO2eq of the same."""
    assessed: int = 0
    unassessed: int = 0
    """Calls whose impact nobody could assess: in neither sum."""
    ran_g: float = 0.0
    """Sum of Wh x g/kWh expected by the profile at the hour each line ran, over 1000."""
    ran_wh: float = 0.0
    timed: int = 0
    seconds: float = 0.0
    """Of the ``timed`` lines, one after another."""

    @property
    def left(self) -> int:
        return self.total - self.completed - self.failed


class Fault(NamedTuple):
    """One wrong line, or what failed the whole batch (no line)."""

    code: str
    message: str
    line: int | None = None
    param: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch. ``times`` holds when it came to each status, as ``completed_at``."""

    id: str
    key_id: str
    team: str
    lang: str
    endpoint: str
    input_file_id: str
    window_h: int
    created_at: float
    metadata: Mapping[str, str]
    status: Status = Status.VALIDATING
    times: Mapping[str, float] = field(default_factory=dict)
    model: str = ""
    """Of its first good line."""
    plan: Plan | None = None
    progress: Progress = Progress()
    errors: tuple[Fault, ...] = ()
    ending: str = ""
    """Which status ``finalizing`` leads to."""
    output_file_id: str | None = None
    error_file_id: str | None = None
    held: str = ""
    """Why it waits though its hour has come, in its language."""
    held_until: float = 0.0
    output_life_s: float | None = None
    """How long its output may be kept, where it said so."""

    @property
    def deadline(self) -> float:
        return self.created_at + self.window_h * 3600.0

    @property
    def use_case(self) -> str | None:
        return self.metadata.get("use_case")

    @property
    def started_at(self) -> float | None:
        return self.times.get("started_at")


class Result(NamedTuple):
    """One finished line as it will stand in the output or error file."""

    number: int
    good: bool
    text: bytes


class Store(Protocol):
    """Files and batches on disk; every call returns when it survives a killed process."""

    def file(self, file_id: str) -> StoredFile | None: ...

    def read(self, file_id: str) -> BinaryIO:
        """Open a file. Raises ``FileNotFoundError``."""
        ...

    def batch(self, batch_id: str) -> Batch | None: ...

    def unfinished(self) -> list[Batch]: ...

    def update(
        self, batch_id: str, change: Callable[[Batch], Batch], results: Sequence[Result] = ()
    ) -> Batch:
        """Read, change and write in one transaction, with results that came; returns the new."""
        ...

    def finished(self, batch_id: str) -> set[int]:
        """Numbers of the lines that have a result."""
        ...

    def results(self, batch_id: str) -> Iterator[Result]:
        """In the order of the lines."""
        ...

    def end(
        self, batch: Batch, status: Status, now: float, good: Iterable[bytes], bad: Iterable[bytes]
    ) -> Batch:
        """Write the two files, none for no line, and the final status; the results are gone."""
        ...

    def pace(self, model: str, endpoint: str) -> float | None:
        """Seconds a line of this kind took lately."""
        ...

    def note_pace(self, model: str, endpoint: str, seconds: float) -> None: ...

    def sweep(self, now: float) -> None:
        """Delete what has expired."""
        ...


# --- The lines of a file -----------------------------------------------------------------------


class BadLine(BadRequest):
    """A line that cannot be run; ``code`` is OpenAI's word where it has one."""


class Line(msgspec.Struct):
    """What one line of an input file says."""

    custom_id: str
    method: str
    url: str
    body: msgspec.Raw


class _Peek(msgspec.Struct):
    stream: Json = None
    model: Json = None


_decode_line = msgspec.json.Decoder(Line).decode
_decode_peek = msgspec.json.Decoder(_Peek).decode
_decode_any = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


def lines(file: BinaryIO, most: int) -> Iterator[tuple[int, bytes | None]]:
    """Number and text of each line that is not blank; ``None`` for one longer than ``most`` bytes.

    Never holds more than one line, nor more of it than ``most``.
    """
    number = 0
    while piece := file.readline(most + 2):
        number += 1
        if number == 1:
            piece = piece.removeprefix(b"\xef\xbb\xbf")
        ended = piece.endswith(b"\n") or len(piece) < most + 2
        if len(piece.rstrip(b"\r\n")) > most or not ended:
            while not ended:
                rest = file.readline(_CHUNK)
                ended = not rest or rest.endswith(b"\n")
            yield number, None
        elif text := piece.strip():
            yield number, text


def read_line(text: bytes | None, number: int, endpoint: str, most: int) -> Line:
    """Raises ``BadLine``."""
    if text is None:
        raise _wrong("line_too_long", number, "batches.line.long", limit=f"{most / 2**20:g}")
    try:
        line = _decode_line(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unreadable(text, number) from error
    if not 0 < len(line.custom_id) <= MOST_ID_CHARACTERS:
        raise _wrong("invalid_custom_id", number, "batches.line.id", most=MOST_ID_CHARACTERS)
    if line.method != "POST":
        raise _wrong("invalid_method", number, "batches.line.method", param="method")
    if line.url != endpoint:
        raise _wrong("mismatched_url", number, "batches.line.url", param="url", endpoint=endpoint)
    try:
        peek = _decode_peek(line.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _wrong("invalid_body", number, "batches.line.body", param="body") from error
    if peek.stream not in (None, False):
        raise _wrong("streaming_unsupported", number, "batches.line.stream", param="body.stream")
    return line


def _unreadable(text: bytes, number: int) -> BadLine:
    """Whether it is no JSON, or JSON that lacks something."""
    try:
        told = _decode_any(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _wrong("invalid_json_line", number, "batches.line.json")
    if not isinstance(told, dict):
        return _wrong("invalid_json_line", number, "batches.line.json")
    for name in ("custom_id", "method", "url", "body"):
        if name not in told:
            code = "missing_required_parameter"
            return _wrong(code, number, "batches.line.lacks", param=name, name=name)
    name = next((n for n in ("custom_id", "method", "url") if not isinstance(told[n], str)), "body")
    return _wrong("invalid_type", number, "batches.line.type", param=name, name=name)


_WORDS = {
    "batches.line.long": "Line {line} is longer than {limit} MB.",
    "batches.line.json": "Line {line} is not a JSON object in UTF-8.",
    "batches.line.lacks": "Line {line} lacks {name!r}.",
    "batches.line.type": "Line {line}: {name!r} has the wrong type.",
    "batches.line.id": "Line {line}: 'custom_id' needs 1 to {most} characters.",
    "batches.line.twice": "Line {line} repeats the 'custom_id' of an earlier line.",
    "batches.line.method": "Line {line}: 'method' must be POST.",
    "batches.line.url": "Line {line}: 'url' must be the batch's endpoint, {endpoint}.",
    "batches.line.body": "Line {line}: 'body' must be a JSON object.",
    "batches.line.stream": "Line {line} asks for a stream; a batch has none.",
}


def _wrong(
    code: str, number: int, key: str, /, param: str | None = None, **params: object
) -> BadLine:
    told = {"line": number, **params}
    return BadLine(_WORDS[key].format(**told), code=code, param=param, key=key, params=told)


class Wrong(NamedTuple):
    """A wrong line, and its ``custom_id`` where one can be read."""

    number: int
    custom_id: str | None
    error: BadLine


class Scan(NamedTuple):
    """What is in a file of requests."""

    good: int
    model: str
    wrong: list[Wrong]
    more: bool
    """There are more than ``MOST_LINES`` lines: the rest was not read."""


def scan(file: BinaryIO, endpoint: str, most: int) -> Scan:
    """Read a file once, a line at a time, without running anything."""
    seen: set[bytes] = set()
    good, model = 0, ""
    wrong: list[Wrong] = []
    for count, (number, text) in enumerate(lines(file, most), 1):
        if count > MOST_LINES:
            return Scan(good, model, wrong, more=True)
        try:
            line = read_line(text, number, endpoint, most)
            digest = hashlib.blake2b(line.custom_id.encode(), digest_size=16).digest()
            if digest in seen:
                raise _wrong("duplicate_custom_id", number, "batches.line.twice", "custom_id")
            seen.add(digest)
        except BadLine as error:
            wrong.append(Wrong(number, _id_of(text), error))
            continue
        good += 1
        if not model:
            named = _decode_peek(line.body).model
            model = named if isinstance(named, str) else ""
    return Scan(good, model, wrong, more=False)


def _id_of(text: bytes | None) -> str | None:
    with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        told = _decode_any(text or b"")
        name = told.get("custom_id") if isinstance(told, dict) else None
        return name if isinstance(name, str) and len(name) <= MOST_ID_CHARACTERS else None
    return None


# --- When --------------------------------------------------------------------------------------

ASKED, LATER = "batches.why.asked", "batches.why.later"
_WINDOW = re.compile(r"([1-9]\d{0,2})h")
MOST_HOURS = 168

Series: TypeAlias = Callable[[str, float, int], "Forecast | None"]
"""(electricity zone, Unix time, hours) -> what its profile expects, ``None`` without a profile."""


class Forecast(NamedTuple):
    """Expected gCO2eq/kWh, an hour a value, the first hour starting at the moment asked for."""

    grams: Sequence[float]
    source: str


def window_hours(text: str) -> int | None:
    """``24h`` -> 24; ``None`` for what is no number of hours from 1 to 168."""
    found = _WINDOW.fullmatch(text)
    return hours if found and (hours := int(found[1])) <= MOST_HOURS else None


@dataclass(frozen=True, slots=True)
class Settings:
    """The block ``[batches]``, and what else of the configuration matters here."""

    parallel: int
    line_s: float
    """Seconds a line is taken to need until one was measured."""
    most_line_bytes: int
    electricity: str | None
    """Of the firm's own machines where a rung does not say."""


def rung_for(model: str, operation: Operation, house: life.House) -> RungCard | None:
    """The rung that will most probably answer; policy and budgets may send a line elsewhere."""
    try:
        named = ladder.candidates(model, house.rungs, house.aliases)
    except UnknownModel:
        return None
    out = 0 if operation is Operation.EMBED else house.forecast.output_tokens

    def order(card: RungCard) -> tuple[float, int]:
        grams = house.forecast.grams(card, 500, out)
        return math.inf if grams is None else grams, card.level

    able = [rung.card for rung in named if operation in rung.card.operations]
    return min(able, key=order, default=None)


def plan(
    batch: Batch,
    now: float,
    line_s: float,
    card: RungCard | None,
    settings: Settings,
    series: Series,
    *,
    measured: bool = False,
) -> Plan:
    """The hour of least carbon from which the batch surely ends in time; at once without a profile.

    It starts no later than ``MARGIN`` times its estimate before its deadline.
    """
    if card is None:
        return Plan(now, "batches.why.no_rung", {"model": batch.model[:80]}, line_s=line_s)
    zone = card.electricity
    if zone is None and card.zone <= Zone.COMPANY:
        zone = settings.electricity
    # One line at a time on this machine: the other places are for people.
    places = 1 if card.zone is Zone.MACHINE else settings.parallel
    common = Plan(now, "", {}, card.name, zone, places, line_s, measured)
    if batch.metadata.get("sobre_defer") == "no":
        return dataclasses.replace(common, why=ASKED)
    if zone is None:
        return dataclasses.replace(common, why="batches.why.no_zone", about={"rung": card.name})
    needed_h = max(batch.progress.left, 1) * line_s / places / 3600
    left_h = (batch.deadline - now) / 3600
    found = series(zone, now, max(1, min(math.ceil(left_h), MOST_HOURS)))
    if found is None:
        return dataclasses.replace(common, why="batches.why.no_profile", about={"zone": zone})
    within_h = left_h - (MARGIN - 1) * needed_h
    if within_h <= needed_h or needed_h > MAX_HOURS:
        return dataclasses.replace(common, why="batches.why.no_time")
    try:
        placed = place(found.grams, needed_h, within_h)
    except FootprintInputError:
        return dataclasses.replace(common, why="batches.why.no_profile", about={"zone": zone})
    return _placed(common, placed, now, zone, found.source)


def _placed(common: Plan, placed: Placement, now: float, zone: str, source: str) -> Plan:
    at_once, then = placed.at_once_gco2_per_kwh, placed.gco2_per_kwh
    common = dataclasses.replace(common, now_g=at_once, then_g=then, source=source)
    about: dict[str, str | float] = {"zone": zone, "now": float(f"{at_once:.2g}")}
    if not placed.waits:
        return dataclasses.replace(common, why="batches.why.lowest", about=about)
    start = now + placed.start_h * 3600
    about |= {"then": float(f"{then:.2g}"), "when": _utc(start)}
    return dataclasses.replace(common, start_at=start, why=LATER, about=about, error=placed.error)


def _utc(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


class Gain(NamedTuple):
    """The electricity of a batch by the zone's profile, gCO2eq: at once, as it ran, the difference.

    Estimates all three, for comparison only: nothing is taken from what the ledger counts.
    """

    at_once: Quantity
    ran: Quantity
    saving: Quantity


def gain(batch: Batch) -> Gain | None:
    """``None`` where nothing waited, nothing ran, or a profile or an impact is lacking."""
    progress, planned = batch.progress, batch.plan
    if planned is None or not planned.waits or planned.now_g is None or not progress.ran_wh:
        return None
    energy = progress.energy
    at_once = Sum(*(wh / 1000 * planned.now_g for wh in energy))
    ratio = progress.ran_g / (progress.ran_wh / 1000 * planned.now_g) if planned.now_g else 1.0
    mid = at_once.mid * (1 - ratio)
    below, above = planned.error
    unit, source = "gCO2eq", planned.source
    return Gain(
        Quantity(*at_once, unit, source),
        Quantity(at_once.low * ratio, at_once.mid * ratio, at_once.high * ratio, unit, source),
        Quantity(
            mid - below * at_once.mid,
            mid,
            min(mid + above * at_once.mid, max(mid, at_once.mid)),
            unit,
            source,
        ),
    )


# --- People first ------------------------------------------------------------------------------


class Traffic:
    """How many calls people and applications have in flight on each rung, batches not counted."""

    def __init__(self) -> None:
        self._open: dict[str, int] = {}

    def busy(self, rung: str) -> bool:
        return self._open.get(rung, 0) > 0

    @contextlib.contextmanager
    def call(self, rung: str) -> Iterator[None]:
        self._open[rung] = self._open.get(rung, 0) + 1
        try:
            yield
        finally:
            self._open[rung] -= 1


class Counted:
    """A ``Rung`` whose calls are seen by ``Traffic``. ``rung`` is the one it counts for."""

    __slots__ = ("_traffic", "rung")

    def __init__(self, rung: Rung, traffic: Traffic) -> None:
        self.rung = rung
        self._traffic = traffic

    @property
    def card(self) -> RungCard:
        return self.rung.card

    async def attempt(self, outbound: Outbound, sink: Sink) -> Reply:
        """See ``ports.Rung``."""
        with self._traffic.call(self.rung.card.name):
            return await self.rung.attempt(outbound, sink)


# --- On behalf of a key ------------------------------------------------------------------------


class OnBehalf:
    """The port ``KeyRing`` for one key, known by its id: in force or not, as the key itself is."""

    def __init__(self, key_id: str, owner: Callable[[str, float], Actor | None]) -> None:
        self._key_id = key_id
        self._owner = owner

    def actor(self, digest: bytes, now: float) -> Actor | None:  # noqa: ARG002 - the port's shape
        return self._owner(self._key_id, now)


class _Tally:
    """A ``Book`` that also remembers what each sealed exchange cost, until it is asked."""

    def __init__(self, book: Book) -> None:
        self.open = book.open
        self._seal = book.seal
        self._impacts: dict[str, Impact | None] = {}

    def seal(self, exchange: Exchange) -> None:
        self._seal(exchange)
        if exchange.attempts:
            self._impacts[exchange.ask.id] = exchange.impact

    def take(self, names: Iterable[str]) -> list[Impact | None]:
        return [self._impacts.pop(name) for name in names if name in self._impacts]


class _NoReader:
    async def begin(self, card: RungCard) -> None: ...

    async def push(self, deltas: Sequence[Delta]) -> None: ...


_NO_READER = _NoReader()


class _Held(Exception):
    """A batch that has to wait though its hour has come."""

    def __init__(self, error: SobreError) -> None:
        super().__init__(error)
        self.error = error


class _Over(Exception):
    """A batch that cannot go on at all."""

    def __init__(self, error: SobreError) -> None:
        super().__init__(error)
        self.error = error


# --- The worker --------------------------------------------------------------------------------


class Door(NamedTuple):
    """How a line's body is read and its answer written, as over HTTP."""

    decode: Callable[[bytes, str, str, float], Ask]
    whole: Callable[[Exchange, str], Json]


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What the worker needs beside the store; the edge and ``app.py`` know."""

    doors: Mapping[str, Door]
    tell: Callable[[SobreError, str], Mapping[str, Json]]
    """An error as OpenAI's object, in a language."""
    say: Callable[[str, str], str]
    """A reason in a language."""
    owner: Callable[[str, float], Actor | None]
    """Key's id, now -> whose it is; raises like ``KeyRing.actor``."""
    series: Series
    hold: Hold
    traffic: Traffic
    random: Callable[[int], bytes]
    log_failure: Callable[[BaseException], None]


class Worker:
    """Runs the batches of a store, in the loop that also serves people, after them.

    One batch at a time on each rung: the one whose deadline is nearest. ``run`` never returns;
    cancelling it stops the lines in flight, which the next start runs again.
    """

    def __init__(
        self, store: Store, house: life.House, settings: Settings, around: Surroundings
    ) -> None:
        self._store = store
        self._tally = _Tally(house.book)
        bare = tuple(r.rung if isinstance(r, Counted) else r for r in house.rungs)
        self._house = dataclasses.replace(house, rungs=bare, book=self._tally)
        self._settings = settings
        self._around = around
        self._changed = asyncio.Event()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        """Batch's id -> what is being done for it."""
        self._turn: dict[str, str] = {}
        """Rung -> the batch that may run on it."""
        self._swept = -math.inf

    def wake(self) -> None:
        """Something changed: look at once."""
        self._changed.set()

    async def run(self) -> None:
        try:
            while True:
                self._changed.clear()
                began = self._house.clock.elapsed()
                try:
                    self._round()
                except Exception as error:  # noqa: BLE001 - the worker outlives a full disk
                    self._around.log_failure(error)
                took = self._house.clock.elapsed() - began
                await asyncio.sleep(min(_REST * took, _LOOK_S))
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_LOOK_S):
                        await self._changed.wait()
        finally:
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    @property
    def _now(self) -> float:
        return self._house.clock.now()

    def _round(self) -> None:
        now = self._now
        if now - self._swept >= _SWEEP_S or now < self._swept:
            self._swept = now
            self._store.sweep(now)
        ready: list[Batch] = []
        open_batches = self._store.unfinished()
        late = late_ones(open_batches, now)
        for batch in open_batches:
            if batch.status is Status.VALIDATING:
                self._begin(batch, self._validate)
            elif batch.status is Status.FINALIZING:
                self._begin(batch, self._finish)
            elif batch.status is Status.CANCELLING:
                self._end(batch, Status.CANCELLED)
            elif not batch.progress.left:
                self._end(batch, Status.COMPLETED)
            elif now >= batch.deadline:
                self._end(batch, Status.EXPIRED)
            elif self._due(batch, now, late=batch.id in late):
                ready.append(batch)
        ready.sort(key=lambda batch: (batch.deadline, batch.id))
        turn: dict[str, str] = {}
        for batch in ready:
            turn.setdefault(batch.plan.rung if batch.plan else "", batch.id)
        self._turn = turn
        for batch in ready:
            if batch.id in turn.values():
                self._begin(batch, self._run)

    def _begin(self, batch: Batch, work: Callable[[Batch], object]) -> None:
        if batch.id not in self._tasks:
            self._tasks[batch.id] = asyncio.create_task(self._guard(batch, work))

    def _end(self, batch: Batch, status: Status) -> None:
        if batch.id in self._tasks:  # a runner sees it by itself, and ends first
            return
        now = self._now
        if status is not Status.CANCELLED:
            batch = self._move(batch, Status.FINALIZING, now, ending=status.value)
        self._begin(batch, self._finish)

    async def _guard(self, batch: Batch, work: Callable[[Batch], object]) -> None:
        """A fault ends this piece of work, not the worker; the next round takes it up again."""
        try:
            await work(batch)  # type: ignore[misc]  # a coroutine function
        except Exception as error:  # noqa: BLE001 - as in ``run``
            self._around.log_failure(error)
            await asyncio.sleep(1.0)
        finally:
            self._tasks.pop(batch.id, None)
            self._changed.set()

    def _move(
        self, batch: Batch, status: Status, now: float, at: str = "", **fields: object
    ) -> Batch:
        """To another status, unless somebody cancelled it meanwhile or it has ended."""

        def change(found: Batch) -> Batch:
            kept = found.status.ended or (
                found.status is Status.CANCELLING
                and status not in (Status.CANCELLED, Status.FAILED)
            )
            times = {**found.times, at or f"{status}_at": now}
            changed = dataclasses.replace(found, **fields)  # type: ignore[arg-type]  # by name
            return changed if kept else dataclasses.replace(changed, status=status, times=times)

        return self._store.update(batch.id, change)

    # Checking and placing.

    async def _validate(self, batch: Batch) -> None:
        if self._now >= batch.deadline:
            self._move(batch, Status.EXPIRED, self._now)
            return
        most = self._settings.most_line_bytes

        def read() -> Scan:
            with contextlib.closing(self._store.read(batch.input_file_id)) as file:
                return scan(file, batch.endpoint, most)

        try:
            found = await asyncio.to_thread(read)
        except FileNotFoundError:
            self._fail(batch, [self._fault(_file_gone(), batch)])
            return
        if found.more:
            many = BadRequest(
                f"The file has more than {MOST_LINES} lines.",
                remedy="Cut it into several.",
                code="too_many_lines",
                key="batches.too_many_lines",
                params={"most": MOST_LINES},
            )
            self._fail(batch, [self._fault(many, batch)])
            return
        if not found.good:
            faults = [self._fault(w.error, batch, w.number) for w in found.wrong[:MOST_TOLD]]
            if not faults:
                empty = BadRequest(
                    "The file has no line.", code="empty_file", key="batches.no_line"
                )
                faults = [self._fault(empty, batch)]
            self._fail(batch, faults)
            return
        bad = [Result(w.number, False, self._unrun(batch, w)) for w in found.wrong]
        progress = Progress(total=found.good + len(bad), failed=len(bad))
        now = self._now
        checked = dataclasses.replace(batch, model=found.model, progress=progress)
        placed = self._plan(checked, now)

        def change(held: Batch) -> Batch:
            if held.status is not Status.VALIDATING:
                return dataclasses.replace(held, progress=progress)
            return dataclasses.replace(
                checked,
                plan=placed,
                status=Status.IN_PROGRESS,
                times={**held.times, "in_progress_at": now},
            )

        self._store.update(batch.id, change, bad)

    def _plan(self, batch: Batch, now: float) -> Plan:
        seconds = self._store.pace(batch.model, batch.endpoint)
        return plan(
            batch,
            now,
            seconds or self._settings.line_s,
            rung_for(batch.model, DOORS[batch.endpoint], self._house),
            self._settings,
            self._around.series,
            measured=seconds is not None,
        )

    def _fault(self, error: SobreError, batch: Batch, number: int | None = None) -> Fault:
        told = self._around.tell(error, batch.lang)
        return Fault(str(told["code"]), str(told["message"]), number, error.param)

    def _fail(self, batch: Batch, faults: Sequence[Fault]) -> None:
        self._move(batch, Status.FAILED, self._now, errors=tuple(faults))

    def _unrun(self, batch: Batch, wrong: Wrong) -> bytes:
        told = self._fault(wrong.error, batch, wrong.number)
        return _said(
            f"batch_req_{batch.id[6:]}_{wrong.number}",
            wrong.custom_id,
            None,
            {"code": told.code, "message": told.message, "line": wrong.number, "param": told.param},
        )

    # When.

    def _due(self, batch: Batch, now: float, *, late: bool) -> bool:
        """Whether its hour has come, or must be now for its deadline's sake."""
        if now < batch.held_until:
            return False
        if late:
            return True
        planned = batch.plan
        if planned is not None and batch.started_at is None and now < planned.start_at:
            seconds = self._store.pace(batch.model, batch.endpoint)
            if seconds and not 1 / MARGIN < seconds / (planned.line_s or seconds) < MARGIN:
                placed = self._plan(batch, now)
                self._store.update(batch.id, lambda b: dataclasses.replace(b, plan=placed))
            return False
        why = self._around.hold(batch.team, batch.use_case)
        told = "" if why is None else self._around.say(why, batch.lang)
        if told != batch.held:
            self._store.update(batch.id, lambda b: dataclasses.replace(b, held=told))
        return why is None

    # Running.

    async def _run(self, batch: Batch) -> None:
        now = self._now
        batch = self._store.update(
            batch.id,
            lambda b: dataclasses.replace(
                b, held="", held_until=0.0, times={"started_at": now, **b.times}
            ),
        )
        house = dataclasses.replace(self._house, keys=OnBehalf(batch.key_id, self._around.owner))
        flight: set[asyncio.Task[None]] = set()
        try:
            await self._lines(batch, house, flight)
            while flight:
                await self._land(batch, flight, all_of_them=True)
        except _Held as held:
            told = str(self._around.tell(held.error, batch.lang)["message"])
            until = self._now + _HOLD_S
            self._store.update(
                batch.id, lambda b: dataclasses.replace(b, held=told, held_until=until)
            )
        except FileNotFoundError:
            self._end_badly(batch, _file_gone())
        except _Over as over:
            self._end_badly(batch, over.error)
        finally:
            for task in flight:
                task.cancel()
            await asyncio.gather(*flight, return_exceptions=True)
            self._note_pace(batch)

    async def _lines(
        self, batch: Batch, house: life.House, flight: set[asyncio.Task[None]]
    ) -> None:
        lane, places = (batch.plan.rung, batch.plan.places) if batch.plan else ("", 1)
        done = self._store.finished(batch.id)
        with contextlib.closing(self._store.read(batch.input_file_id)) as file:
            for number, text in lines(file, self._settings.most_line_bytes):
                if number % 1000 == 0:
                    await asyncio.sleep(0)
                if number in done:
                    continue
                while len(flight) >= places:
                    await self._land(batch, flight)
                if not await self._may_go(batch, lane):
                    return
                line = read_line(text, number, batch.endpoint, self._settings.most_line_bytes)
                flight.add(asyncio.create_task(self._line(batch, number, line, house)))

    async def _may_go(self, batch: Batch, lane: str) -> bool:
        """Whether the next line may begin; waits while somebody uses the rung, if time allows.

        A batch that is late steps aside for a moment only.
        """
        patience = _PATIENCE
        while True:
            found = self._store.batch(batch.id)
            now = self._now
            if found is None or found.status is not Status.IN_PROGRESS or now >= found.deadline:
                return False
            if self._turn.get(lane) != batch.id:
                return False
            late = now >= found.deadline - MARGIN * remaining_s(found)
            patience -= late
            if patience < 0 or not self._around.traffic.busy(lane):
                return late or self._around.hold(batch.team, batch.use_case) is None
            await asyncio.sleep(_POLL_S)

    async def _land(
        self, batch: Batch, flight: set[asyncio.Task[None]], *, all_of_them: bool = False
    ) -> None:
        """Wait for a line in flight, or for its deadline, at which what is left is cut off."""
        when = asyncio.ALL_COMPLETED if all_of_them else asyncio.FIRST_COMPLETED
        landed, _ = await asyncio.wait(flight, timeout=_POLL_S, return_when=when)
        flight -= landed
        for task in landed:
            task.result()
        if self._now >= batch.deadline:
            for task in flight:
                task.cancel()
            await asyncio.gather(*flight, return_exceptions=True)
            flight.clear()

    def _end_badly(self, batch: Batch, error: SobreError) -> None:
        """The lines that are done keep their answers; the batch says why it stopped."""
        fault = self._fault(error, batch)
        self._move(batch, Status.FINALIZING, self._now, ending=Status.FAILED.value, errors=(fault,))

    async def _line(self, batch: Batch, number: int, line: Line, house: life.House) -> None:
        """Answer one line and put what came of it on record."""
        started = self._house.clock.elapsed()
        tried: list[str] = []
        usage: Usage | None = None
        response: dict[str, Json]
        good = False
        for turn in range(1, TRIES + 1):
            now = self._now
            tried.append(exchange_id(now, self._around.random(10)))
            try:
                exchange = await self._answer(batch, line, house, tried[-1], now)
                body = self._around.doors[batch.endpoint].whole(exchange, batch.lang)
                usage = exchange.reply.usage if exchange.reply else None
                response = {"status_code": 200, "request_id": tried[-1], "body": body}
                good = True
                break
            except Unauthenticated as error:
                raise _Over(error) from error
            except OverBudget as error:
                raise _Held(error) from error
            except SobreError as error:
                if turn < TRIES and (pause := _pause(error, turn)) is not None:
                    await self._house.clock.sleep(pause)
                    continue
                response = self._refused(error, tried[-1], batch)
                break
            except Exception as error:  # noqa: BLE001 - one line's fault is not another's
                self._around.log_failure(error)
                fault = SobreError(
                    "Sobre failed while answering.",
                    remedy="This is a bug: Sobre's own log says where.",
                    key="error.unexpected",
                )
                response = self._refused(fault, tried[-1], batch)
                break
        text = _said(f"batch_req_{tried[-1][3:]}", line.custom_id, response, None)
        seconds = self._house.clock.elapsed() - started
        impacts = self._tally.take(tried)
        grid = self._grid_now(batch)

        def change(found: Batch) -> Batch:
            progress = _counted(found.progress, usage, impacts, seconds, grid, good=good)
            return dataclasses.replace(found, progress=progress)

        self._store.update(batch.id, change, [Result(number, good, text)])

    async def _answer(
        self, batch: Batch, line: Line, house: life.House, name: str, now: float
    ) -> Exchange:
        ask = self._around.doors[batch.endpoint].decode(bytes(line.body), DOOR, name, now)
        ask = dataclasses.replace(ask, use_case=ask.use_case or batch.use_case)
        return await life.answer(ask, batch.key_id, house, _NO_READER)

    def _refused(self, error: SobreError, name: str, batch: Batch) -> dict[str, Json]:
        body = {"error": self._around.tell(error, batch.lang)}
        return {"status_code": error.status, "request_id": name, "body": body}

    def _grid_now(self, batch: Batch) -> float | None:
        if batch.plan is None or batch.plan.zone is None or batch.plan.now_g is None:
            return None
        found = self._around.series(batch.plan.zone, self._now, 1)
        return found.grams[0] if found else None

    def _note_pace(self, batch: Batch) -> None:
        found = self._store.batch(batch.id)
        if found and found.progress.timed > batch.progress.timed:
            count = found.progress.timed - batch.progress.timed
            seconds = (found.progress.seconds - batch.progress.seconds) / count
            self._store.note_pace(batch.model, batch.endpoint, seconds)

    # Ending.

    async def _finish(self, batch: Batch) -> None:
        """Write the files; lines that did not run are named in the error file."""
        ending = Status(batch.ending) if batch.ending else Status.CANCELLED
        now = self._now
        await asyncio.to_thread(
            lambda: self._store.end(batch, ending, now, self._good(batch), self._bad(batch, ending))
        )

    def _good(self, batch: Batch) -> Iterator[bytes]:
        return (result.text for result in self._store.results(batch.id) if result.good)

    def _bad(self, batch: Batch, ending: Status) -> Iterator[bytes]:
        yield from (result.text for result in self._store.results(batch.id) if not result.good)
        if not batch.progress.left or ending is Status.COMPLETED:
            return
        code, key, english = _UNRUN[ending]
        error = BadRequest(english, code=code, key=key)
        told = self._fault(error, batch)
        done = self._store.finished(batch.id)
        most = self._settings.most_line_bytes
        with contextlib.suppress(FileNotFoundError), self._store.read(batch.input_file_id) as file:
            for number, text in lines(file, most):
                if number not in done:
                    name = f"batch_req_{batch.id[6:]}_{number}"
                    reason = {"code": code, "message": told.message}
                    yield _said(name, _id_of(text), None, reason)


def _file_gone() -> BadRequest:
    return BadRequest(
        "The input file is no longer there.", code="invalid_file", key="batches.file_gone"
    )


_UNRUN = {
    Status.EXPIRED: (
        "batch_expired",
        "batches.expired",
        "This request could not be run before the completion window ended.",
    ),
    Status.CANCELLED: (
        "batch_cancelled",
        "batches.cancelled",
        "This request was not run: the batch was cancelled.",
    ),
    Status.FAILED: (
        "batch_failed",
        "batches.failed",
        "This request was not run: the batch failed before its turn.",
    ),
}


def late_ones(batches: Iterable[Batch], now: float) -> set[str]:
    """The batches that must run now: all that has to be done by their deadline on their rung
    leaves no more slack.
    """
    lanes: dict[str, dict[float, list[Batch]]] = {}
    for batch in batches:
        if batch.status is Status.IN_PROGRESS:
            lane = lanes.setdefault(batch.plan.rung if batch.plan else "", {})
            lane.setdefault(batch.deadline, []).append(batch)
    late: set[str] = set()
    for lane in lanes.values():
        needed = 0.0
        for deadline in sorted(lane):
            needed += sum(map(remaining_s, lane[deadline]))
            if now >= deadline - MARGIN * needed:
                late |= {batch.id for batch in lane[deadline]}
    return late


def remaining_s(batch: Batch) -> float:
    """Seconds the rest of a batch takes, as far as its own lines, or earlier ones, tell."""
    if batch.plan is None:
        return 0.0
    return batch.progress.left * line_s(batch.plan, batch.progress) / batch.plan.places


def measured(planned: Plan, progress: Progress) -> bool:
    """Whether ``line_s`` was measured, on this batch or on earlier ones."""
    return planned.measured or progress.timed >= _MEASURED_LINES


def line_s(planned: Plan, progress: Progress) -> float:
    """Seconds a line, by this batch's own lines where there are enough."""
    if progress.timed >= _MEASURED_LINES:
        return progress.seconds / progress.timed
    return planned.line_s


def _said(name: str, custom_id: str | None, response: Json, error: Json) -> bytes:
    """One line of an output or error file."""
    told = _encode({"id": name, "custom_id": custom_id, "response": response, "error": error})
    for mark, escaped in _BREAKS.items():
        if mark in told:
            told = told.replace(mark, escaped)
    return told + b"\n"


_BREAKS = {
    "\x85".encode(): rb"\u0085",
    "\u2028".encode(): rb"\u2028",
    "\u2029".encode(): rb"\u2029",
}
"""JSON lets them stand; who cuts a text with ``str.splitlines`` would cut a line there."""


def _pause(error: SobreError, turn: int) -> float | None:
    """Seconds until it is worth trying again; ``None`` where it never is."""
    if isinstance(error, NoRungLeft) and error.status in (429, 502, 503, 504):
        return min(60.0, error.retry_after or 2.0**turn)
    if isinstance(error, LedgerError | VaultError | SecretsError):
        return 2.0**turn
    return None


def _counted(
    so_far: Progress,
    usage: Usage | None,
    impacts: Sequence[Impact | None],
    seconds: float,
    grid: float | None,
    *,
    good: bool,
) -> Progress:
    """The sums with one more line; an impact nobody assessed is counted, not added."""
    energy, gwp, assessed, unassessed = (
        so_far.energy,
        so_far.gwp,
        so_far.assessed,
        so_far.unassessed,
    )
    wh = 0.0
    for impact in impacts:
        if impact is None or impact.energy is None or impact.gwp is None:
            unassessed += 1
            continue
        energy, gwp = energy.plus(impact.energy), gwp.plus(impact.gwp)
        wh += impact.energy.mid
        assessed += 1
    usage = usage or Usage(0, 0)
    return dataclasses.replace(
        so_far,
        completed=so_far.completed + good,
        failed=so_far.failed + (not good),
        input_tokens=so_far.input_tokens + usage.input_tokens,
        cached_tokens=so_far.cached_tokens + usage.cached_tokens,
        output_tokens=so_far.output_tokens + usage.output_tokens,
        reasoning_tokens=so_far.reasoning_tokens + usage.reasoning_tokens,
        energy=energy,
        gwp=gwp,
        assessed=assessed,
        unassessed=unassessed,
        ran_g=so_far.ran_g + (0.0 if grid is None else wh / 1000 * grid),
        ran_wh=so_far.ran_wh + (0.0 if grid is None else wh),
        timed=so_far.timed + good,
        seconds=so_far.seconds + (seconds if good else 0.0),
    )
