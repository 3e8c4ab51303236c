"""What the environment may change, and what it may not."""

from __future__ import annotations

import pytest

from sobre import config


def test_a_setting_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOBRE_SERVER_PORT", "9001")
    loaded = config.load()
    assert loaded.server.port == 9001
    assert loaded.origins["server.port"] == "SOBRE_SERVER_PORT"


def test_policy_comes_from_the_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOBRE_POLICY_SECRET_ABROAD", "pass")
    assert config.load().policy.secret.abroad == "refuse"
