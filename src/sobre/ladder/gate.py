"""Between a rung and the reader: nothing passes while the rung may still be abandoned."""

from __future__ import annotations

from collections.abc import Sequence

from sobre.core.exchange import Delta
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
        self.texts: list[str] = []
        """What the rung said so far (first choice), for the footprint of an answer cut short."""

    async def push(self, deltas: Sequence[Delta]) -> None:
        said = False
        for choice, text, _, tool_calls, _, _ in deltas:
            if text:
                said = True
                if choice == 0:
                    self.texts.append(text)
            elif tool_calls:
                said = True
        if said and self.first_token_seconds is None:
            self.first_token_seconds = self._clock.elapsed() - self._started
        if self._held is None and self.opened:
            await self._through.push(deltas)
        elif self._held is None:
            await self._pass(deltas)
        else:
            self._held.extend(deltas)
            if said and not self._whole:
                await self.open()

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
