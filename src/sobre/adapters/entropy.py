"""Random bytes from the system, fetched a page at a time: a system call each costs more than all
else that making an id does.
"""

from __future__ import annotations

import os
import threading

_PAGE = 4096


class _Pool:
    """Bytes are given out once. Not for a process that forks: Sobre only ever executes others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._page = b""
        self._used = 0

    def take(self, count: int) -> bytes:
        with self._lock:
            if self._used + count > len(self._page):
                self._page = os.urandom(max(_PAGE, count))
                self._used = 0
            start = self._used
            self._used += count
            return self._page[start : self._used]


random_bytes = _Pool().take
"""``random_bytes(16)``: that many bytes of the system's randomness, never given out before."""
