"""Between a rung and the reader: nothing passes while the rung may still be abandoned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from sobre.core.exchange import Choice, Delta, Json
from sobre.core.ports import Clock, Reader, Sink
from sobre.ladder.decide import Step


class Gate:
    """Holds a streamed answer until it is sure to be kept, then lets it run.

    The last rung's answer runs at once. Another's is held until it says something (an empty answer
    would be abandoned) or, where it must be JSON, until it has been judged whole.
    """

    def __init__(
        self, step: Step, reader: Reader, through: Sink, clock: Clock, *, whole: bool
    ) -> None:
        self._card = step.card
        self._reader = reader
        self._through = through
        self._clock = clock
        self._started = clock.elapsed()
        self._held: list[Delta] | None = [] if not step.last else None
        self._whole = whole
        self.opened = False
        self.first_token_seconds: float | None = None
        self._pushed: list[Sequence[Delta]] = []

    async def push(self, deltas: Sequence[Delta]) -> None:
        self._pushed.append(deltas)
        said = False
        if self.first_token_seconds is None:
            said = any(delta.text or delta.tool_calls for delta in deltas)
            if said:
                self.first_token_seconds = self._clock.elapsed() - self._started
        if self._held is None and self.opened:
            await self._through.push(deltas)
        elif self._held is None:
            await self._pass(deltas)
        else:
            self._held.extend(deltas)
            if said and not self._whole:
                await self.open()

    def said(self) -> tuple[Choice, ...]:
        """What the rung said so far, its tool calls included, for an answer that was cut short."""
        texts: dict[int, list[str]] = {}
        calls: dict[int, dict[int, dict[str, Json]]] = {}
        for delta in chain.from_iterable(self._pushed):
            texts.setdefault(delta.choice, []).append(delta.text or "")
            for step in delta.tool_calls or ():
                _add(calls.setdefault(delta.choice, {}), step)
        return tuple(
            Choice(choice, "".join(pieces), None, list(calls.get(choice, {}).values()) or None)
            for choice, pieces in sorted(texts.items())
        )

    async def open(self) -> None:
        """Let what was held run to the reader, and all that follows; an answer may be empty."""
        held, self._held = self._held, None
        if held or not self.opened:
            await self._pass(held or ())

    async def _pass(self, deltas: Sequence[Delta]) -> None:
        if not self.opened:
            self.opened = True
            await self._reader.begin(self._card)
        await self._through.push(deltas)


def _add(calls: dict[int, dict[str, Json]], step: Mapping[str, Json]) -> None:
    """One step of a tool call onto the call that it goes on with."""
    place = step.get("index", len(calls))
    call = calls.setdefault(place, {"type": "function", "function": {"name": "", "arguments": ""}})
    if step.get("id"):
        call["id"] = step["id"]
    function = step.get("function") or {}
    call["function"]["name"] = function.get("name") or call["function"]["name"]
    call["function"]["arguments"] += function.get("arguments") or ""
