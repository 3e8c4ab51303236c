"""The port ``Meter``: one thread reads what the machine draws and shares it among the calls.

A request only writes down when its call began, had its turn and ended; everything else happens
here. Each reading closes a *window*. A window is shared once every call that was in it has ended,
since only then is it known what each has done; ``hold_s`` bounds how long that may take. Shares are
added up and put on record every ``record_s``.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from sobre.adapters.entropy import random_bytes
from sobre.adapters.power.source import NEAR, PARTS, Facts, Reading, Source, Unreadable, Unusable
from sobre.core.exchange import RungCard, Usage, exchange_id
from sobre.core.quantity import Quantity
from sobre.core.zone import Zone
from sobre.errors import LedgerError
from sobre.footprint.share import Call, Window, share, tokens
from sobre.ledger import chain

IDLE_PERIOD_S = 10.0
"""Between two readings while no call is there."""
IDLE_RECORD_S = 3600.0
_LEAST_IDLE_S = 60.0
"""A shorter idle time before the end is not put on record."""
_WARM_UP_S = 30.0
"""A program that starts loads models: what is drawn then is not what idle is known by."""
_FAILURES = 3
"""After so many failed readings in a row the next best source takes over."""
_LOOK_AGAIN_S = 300.0
"""After how long a source that could not be used is tried again."""
_JUMP_S = 5.0
"""How far the calendar may run ahead of the monotonic clock before the machine was asleep."""
_IDLE_WINDOWS = 60
_MOST_CALLS = 5000
"""Ended calls that may wait for one that is still in flight; beyond, their windows are shared."""
_STARTING_S = 0.1
_TOLD = frozenset({"reason.power.permission", "reason.power.meter", "reason.power.hidden"})
"""Why a source cannot be used, where somebody can mend it: said once, in the log."""
_HANGS_S = 10.0
"""A source that does not come back is not waited for longer at the end."""
_J_PER_WH = 3600.0

_log = logging.getLogger(__name__)


class Finder(NamedTuple):
    """How a source is opened; best first in a list."""

    name: str
    find: Callable[[], Source]
    """Raises ``Unusable``."""


class _Live:
    """A call, as the request's own path writes it down."""

    __slots__ = ("begun", "end", "hardware", "id", "start", "usage", "zone")

    def __init__(self, name: str, card: RungCard, now: float) -> None:
        self.id = name
        self.zone = card.zone
        self.hardware = card.hardware
        self.begun = self.start = now
        self.end = math.inf
        self.usage: Usage | None = None


class _Channel:
    """A source in use, and what is known of its idle."""

    def __init__(self, source: Source, now: float) -> None:
        self.source = source
        self.since = now
        """Start of the window that the next reading closes."""
        self.failures = 0
        self.idle: deque[float] = deque(maxlen=_IDLE_WINDOWS)
        """Watts of the last windows in which no call was there."""

    @property
    def idle_watts(self) -> float | None:
        """Low among them: other programs only ever add to it. ``None`` before any was seen."""
        if not self.source.facts.has_idle:
            return 0.0
        return sorted(self.idle)[len(self.idle) // 10] if self.idle else None


class _Slot(NamedTuple):
    """A window that waits for its calls to end."""

    channel: _Channel
    start: float
    end: float
    reading: Reading


class _Gap(NamedTuple):
    """A time of which it is not known what was drawn. Seconds of the monotonic clock."""

    start: float
    end: float
    source: str
    why: str
    then: str
    """The source that took over, if another one did."""
    busy: bool
    """Whether a call was there."""


class _Tally:
    """What goes into the next record."""

    def __init__(self) -> None:
        self.start, self.end = math.inf, -math.inf
        self.seconds: dict[str, float] = {}
        self.joules: dict[str, float] = {}
        self.idle_joules: dict[str, float | None] = {}
        self.low = self.mid = self.high = 0.0
        self.parts: dict[str, float] = {}
        self.unattributed = 0.0
        self.facts: dict[str, Facts] = {}
        self.gaps: list[_Gap] = []

    def add(self, slot: _Slot, idle: float | None, parts: dict[str, float], rest: float) -> None:
        facts, joules = slot.channel.source.facts, slot.reading.joules
        self._span(slot.start, slot.end)
        self.facts[facts.name] = facts
        self.seconds[facts.name] = self.seconds.get(facts.name, 0.0) + slot.end - slot.start
        self.joules[facts.name] = self.joules.get(facts.name, 0.0) + joules
        so_far = self.idle_joules.get(facts.name, 0.0)
        known = so_far is not None and idle is not None
        self.idle_joules[facts.name] = so_far + idle if known else None  # type: ignore[operator]  # known
        self.low += joules * facts.low
        self.mid += joules
        self.high += joules * facts.high
        for name, part in parts.items():
            self.parts[name] = self.parts.get(name, 0.0) + part
        self.unattributed += rest

    def miss(self, gap: _Gap) -> None:
        """Note a gap; one that goes on becomes longer."""
        self._span(gap.start, gap.end)
        if self.gaps and self.gaps[-1][2:4] == gap[2:4] and self.gaps[-1].end == gap.start:
            gap = gap._replace(start=self.gaps.pop().start)
        self.gaps.append(gap)

    def _span(self, start: float, end: float) -> None:
        self.start, self.end = min(self.start, start), max(self.end, end)

    def __bool__(self) -> bool:
        return bool(self.facts or self.gaps)


class Sampler:
    """See above. ``start`` reads in a thread until ``close``; tests call ``tick`` themselves.

    ``begin``, ``work`` and ``end`` may be called from any thread, and never wait.
    """

    def __init__(
        self,
        finders: Sequence[Finder],
        write: Callable[[chain.Record], None],
        *,
        hertz: float = 2.0,
        record_s: float = 10.0,
        hold_s: float = 600.0,
        share_idle: bool = False,
        zones: frozenset[Zone] = NEAR,
        clock: Callable[[], float] = time.monotonic,
        calendar: Callable[[], float] = time.time,
    ) -> None:
        """``write`` puts a record on the ledger; only calls of rungs in ``zones`` are looked at."""
        self._finders = finders
        self._write = write
        self._period_s = 1 / hertz
        self._record_s = record_s
        self._hold_s = hold_s
        self._share_idle = share_idle
        self._zones = zones
        self._clock = clock
        self._calendar = calendar
        self._live: dict[str, _Live] = {}
        self._done: deque[_Live] = deque()
        self._calls: list[_Live] = []
        """Ended ones that a window still waits for."""
        self._channels: list[_Channel] = []
        self._slots: list[_Slot] = []
        self._gaps: list[_Gap] = []
        self._working, self._idling = _Tally(), _Tally()
        self._opened = self._at = self._look_at = self._idle_written = clock()
        self._ahead = calendar() - self._at
        self._refused = -math.inf
        """When the ledger last refused a line."""
        self._not_before: dict[str, float] = {}
        self._chosen = False
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    # --- On a request's path ------------------------------------------------------------------

    def begin(self, exchange: str, card: RungCard) -> None:
        """See ``ports.Meter``."""
        if card.zone in self._zones:
            self._live[exchange] = _Live(exchange, card, self._clock())

    def work(self, exchange: str) -> None:
        """See ``ports.Meter``."""
        call = self._live.get(exchange)
        if call is not None:
            call.start = self._clock()

    def end(self, exchange: str, usage: Usage | None) -> None:
        """See ``ports.Meter``."""
        call = self._live.get(exchange)
        if call is not None:
            call.usage, call.end = usage, self._clock()
            self._done.append(call)  # first, so that the thread never misses it
            self._live.pop(exchange, None)

    # --- Life ---------------------------------------------------------------------------------

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="meter", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take a last reading and put on record what is left."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(_HANGS_S)
            if self._thread.is_alive():
                _log.error("a meter does not answer: what it last measured is not on record")
                return
        if not self._zones:
            return  # it broke
        self.tick()
        now = self._clock()
        for channel in self._channels:
            if channel.since < self._at and self._was_busy(channel.since, now):
                self._miss(channel, now, "the meter had not moved before the end")
            channel.source.close()
        self._settle(now, everything=True)
        self._record(now, last=True)

    def _run(self) -> None:
        try:
            self.choose()
            while not self._stop.wait(self._period_s):
                if self._live or self._done or self._clock() - self._at >= IDLE_PERIOD_S:
                    self.tick()
        except Exception as error:  # noqa: BLE001 - the edge of this thread: no request may suffer
            _log.error("nothing is measured any more: unexpected %s", type(error).__name__)
            self._zones = frozenset()

    # --- The thread's own ---------------------------------------------------------------------

    def choose(self) -> None:
        """Open the best sources that can be had, no two of which cover the same part."""
        now = self._clock()
        self._look_at = now + _LOOK_AGAIN_S
        in_use = {channel.source.facts.name: channel for channel in self._channels}
        covered: frozenset[str] = frozenset()
        chosen: list[_Channel] = []
        for finder in self._finders:
            channel = in_use.pop(finder.name, None)
            if channel is None and now >= self._not_before.get(finder.name, -math.inf):
                channel = self._open(finder)
            if channel is None:
                continue
            if channel.source.facts.covers & covered:
                channel.source.close()
                self._not_before[finder.name] = math.inf  # until something fails
            else:
                covered |= channel.source.facts.covers
                chosen.append(channel)
        self._channels = chosen
        if not self._chosen and self._was_busy(self._opened, self._clock() - _STARTING_S):
            late = _Gap(self._opened, self._clock(), "", "the meter was starting", "", busy=True)
            self._gaps.append(late)
        self._chosen = True

    def _open(self, finder: Finder) -> _Channel | None:
        try:
            source = finder.find()
            now = self._clock()
            source.start(now)
        except (Unusable, Unreadable) as error:
            self._not_before[finder.name] = self._clock() + _LOOK_AGAIN_S
            if isinstance(error, Unusable) and not self._chosen and error.why.key in _TOLD:
                _log.warning("%s is not used: %s", finder.name, error.why)
            return None
        return _Channel(source, now)

    def tick(self) -> None:
        """Read every source in use, share what can be shared, put on record what is due."""
        if not self._chosen:
            self.choose()
        now = self._clock()
        ahead = self._calendar() - now
        asleep, self._ahead, self._at = ahead - self._ahead > _JUMP_S, ahead, now
        self._drain()
        lost = [channel for channel in self._channels if not self._read(channel, asleep=asleep)]
        if lost:
            self._replace(lost)
        elif now >= self._look_at:
            self.choose()
        self._settle(now)
        self._record(now)

    def _drain(self) -> None:
        while self._done:
            self._calls.append(self._done.popleft())

    def _read(self, channel: _Channel, *, asleep: bool) -> bool:
        """Close a window, or note that it failed; ``False`` when the source is to be given up."""
        now = self._clock()
        if now <= channel.since:
            return True
        why, reading = "", None
        try:
            reading = channel.source.read(now)
        except Unreadable as error:
            why = str(error)
            channel.failures += 1
        else:
            channel.failures = 0
        if asleep:
            why = "the machine was asleep, or its calendar was changed"
        if why:
            self._miss(channel, now, why)
            with suppress(Unreadable):
                channel.source.start(now)
            return channel.failures < _FAILURES
        if reading is None:
            return True
        self._slots.append(_Slot(channel, channel.since, now, reading))
        if now - self._opened > _WARM_UP_S and not self._was_busy(channel.since, now):
            channel.idle.append(reading.joules / (now - channel.since))
        channel.since = now
        return True

    def _miss(self, channel: _Channel, now: float, why: str) -> None:
        busy = self._was_busy(channel.since, now)
        self._gaps.append(_Gap(channel.since, now, channel.source.facts.name, why, "", busy))
        channel.since = now

    def _replace(self, lost: Sequence[_Channel]) -> None:
        """Give up sources that failed; the next best take over from here."""
        for channel in lost:
            channel.source.close()
            self._not_before[channel.source.facts.name] = self._clock() + _LOOK_AGAIN_S
        self._channels = [channel for channel in self._channels if channel not in lost]
        for name, moment in self._not_before.items():
            if moment == math.inf:
                self._not_before[name] = -math.inf
        before = {channel.source.facts.name for channel in self._channels}
        self.choose()
        names = [channel.source.facts.name for channel in self._channels]
        then = "+".join(name for name in names if name not in before)
        ended = {(channel.source.facts.name, channel.since) for channel in lost}
        self._gaps = [
            gap._replace(then=then) if (gap.source, gap.end) in ended else gap for gap in self._gaps
        ]
        why = {gap.source: gap.why for gap in self._gaps}
        for name in (channel.source.facts.name for channel in lost):
            _log.warning("%s is given up for a while: %s", name, why.get(name, ""))

    def _was_busy(self, start: float, end: float) -> bool:
        """Whether any call was there between two moments, waiting for its turn or at work."""
        return any(call.begun < end and call.end > start for call in self._all())

    def _all(self) -> list[_Live]:
        """Every call that is known of, some twice."""
        live = list(self._live.values())
        self._drain()  # after the line above: a call that has just ended is in one of the two
        return self._calls + live

    def _settle(self, now: float, *, everything: bool = False) -> None:
        """Share each window whose calls have all ended."""
        calls = list({id(call): call for call in self._all()}.values())
        horizon = now
        if not everything and len(calls) < _MOST_CALLS:
            first = min((call.start for call in calls if call.end == math.inf), default=now)
            horizon = max(first, now - self._hold_s)
        ready = [slot for slot in self._slots if slot.end <= horizon]
        if ready:
            self._slots = [slot for slot in self._slots if slot.end > horizon]
            for slot, inside in _by_slot(ready, calls):
                self._share(slot, inside, now)
        for gap in self._gaps:
            if gap.end <= horizon:
                (self._working if gap.busy else self._idling).miss(gap)
        self._gaps = [gap for gap in self._gaps if gap.end > horizon]
        waiting = (*(s.start for s in self._slots), *(c.since for c in self._channels))
        since = min(waiting, default=now)
        self._calls = [call for call in self._calls if call.end > since]

    def _share(self, slot: _Slot, inside: Sequence[_Live], now: float) -> None:
        facts, (joules, ours) = slot.channel.source.facts, slot.reading
        calls = _eligible(facts, inside)
        watts = slot.channel.idle_watts
        idle = None if watts is None else min(watts * (slot.end - slot.start), joules)
        window = Window(slot.start, slot.end, joules, idle, ours)
        told = [_told(call, now) for call in calls]
        parts, rest = share(window, told, share_idle=self._share_idle)
        tally = self._working if parts else self._idling
        tally.add(slot, idle, parts, rest)

    def _record(self, now: float, *, last: bool = False) -> None:
        due = last or now - max(self._working.start, self._refused) >= self._record_s
        if self._working and due:
            if self._put(self._working):
                self._working = _Tally()
            else:
                self._refused = now
        idle_s = max(self._idling.seconds.values(), default=0.0)
        due = now - self._idle_written >= IDLE_RECORD_S or (last and idle_s >= _LEAST_IDLE_S)
        if self._idling and due:
            if self._put(self._idling):
                self._idling = _Tally()
            self._idle_written = now

    def _put(self, tally: _Tally) -> bool:
        """Write one line; ``False`` where the ledger refused it, so that it is tried again."""
        to_calendar = self._calendar() - self._clock()
        end = tally.end + to_calendar
        names = list(tally.facts)
        scope = dict.fromkeys(PARTS, "not assessed")
        for facts in tally.facts.values():
            word = "measured" if facts.tier == "A" else "modelled"
            scope |= dict.fromkeys(sorted(facts.covers), word)
        record = chain.energy(
            name="en_" + exchange_id(end, random_bytes(10)).removeprefix("ex_"),
            start=tally.start + to_calendar,
            end=end,
            source="+".join(names),
            sources={
                name: {
                    "energy": tally.joules[name] / _J_PER_WH,
                    "idle": _wh(tally.idle_joules[name]),
                    "seconds": tally.seconds[name],
                }
                for name in names
            },
            tier=max((facts.tier for facts in tally.facts.values()), default="D"),
            scope=scope,
            zones=sorted({z.slug for facts in tally.facts.values() for z in facts.zones}),
            total=Quantity(
                tally.low / _J_PER_WH, tally.mid / _J_PER_WH, tally.high / _J_PER_WH, "Wh"
            ),
            parts={name: part / _J_PER_WH for name, part in tally.parts.items()},
            unattributed=tally.unattributed / _J_PER_WH,
            failed=[
                {
                    "from": gap.start + to_calendar,
                    "next": gap.then,
                    "source": gap.source,
                    "to": gap.end + to_calendar,
                    "why": gap.why,
                }
                for gap in tally.gaps
            ],
        )
        try:
            self._write(record)
        except LedgerError as error:
            _log.error("a measurement could not be put on record: %s", type(error).__name__)
            return False
        return True


def _wh(joules: float | None) -> float | None:
    return None if joules is None else joules / _J_PER_WH


def _by_slot(slots: Sequence[_Slot], calls: Sequence[_Live]) -> Iterable[tuple[_Slot, list[_Live]]]:
    """Each window with the calls that were at work in it."""
    of_channel: dict[int, list[_Slot]] = {}
    for slot in slots:
        of_channel.setdefault(id(slot.channel), []).append(slot)
    for group in of_channel.values():
        starts, ends = [slot.start for slot in group], [slot.end for slot in group]
        inside: list[list[_Live]] = [[] for _ in group]
        for call in calls:
            for place in range(bisect_right(ends, call.start), bisect_left(starts, call.end)):
                inside[place].append(call)
        yield from zip(group, inside, strict=True)


def _eligible(facts: Facts, calls: Sequence[_Live]) -> list[_Live]:
    """The calls that can have drawn from a source: those that reached a model, where it is.

    A processor works for a card too: with no call of its own, it worked for the others.
    """
    there = [
        call
        for call in calls
        if call.zone in facts.zones and (call.usage is not None or call.end == math.inf)
    ]
    own = [call for call in there if facts.hardware in {"", call.hardware}]
    return own or (there if facts.hardware == "cpu" else [])


def _told(call: _Live, now: float) -> Call:
    usage = call.usage
    if usage is None:
        return Call(call.id, call.start, max(now, call.start))
    work = tokens(usage.input_tokens - usage.cached_tokens, usage.output_tokens)
    return Call(call.id, call.start, call.end, usage.cpu_seconds, work)
