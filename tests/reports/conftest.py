"""A ledger of two weeks, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import week


@pytest.fixture(scope="session")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a firm's ledger: the week from ``week.MONDAY`` and the one before."""
    folder = tmp_path_factory.mktemp("firm")
    before = week.week(week.MONDAY - 7 * week.DAY, exchanges=160, seed=3)
    week.keep(folder, before)
    week.keep(folder, week.week(exchanges=200))
    week.meter(folder, week.week(exchanges=200))
    return folder
