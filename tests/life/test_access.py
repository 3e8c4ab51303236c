"""Who may ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from sobre import access, messages
from sobre.adapters.stores.state import Credential, MonthlyPurse, State
from sobre.app import new_key, new_session
from sobre.core.exchange import Actor
from sobre.errors import BadRequest, ExpiredKey, OverBudget, RevokedKey, Unauthenticated
from support.serving import rung, serving
from support.upstream import fake_upstream
from support.values import APP

NOW = 1_700_000_000.0


class Spent:
    """A purse that holds what the test says."""

    def __init__(self, words: str | None = None) -> None:
        self.words = words

    def refusal(self, actor: Actor, now: float) -> str | None:
        return self.words

    def spend(self, exchange: object) -> None: ...


def add(state: State, key: str, **fields: object) -> None:
    given: dict[str, object] = {
        "id": "key_1", "digest": access.digest(key), "kind": "key", "parent": None, "name": "a",
        "team": "t", "role": "app", "made_at": 0.0, "expires_at": None, "revoked_at": None,
        "budget_g": None, "budget_eur": None,
    }  # fmt: skip
    state.add(Credential(**{**given, **fields}))  # type: ignore[arg-type]  # a row in the making


@pytest.fixture
def key() -> str:
    return access.new_key(bytes(range(32)))


def test_a_key_in_force_is_its_owner(tmp_path: Path, key: str) -> None:
    state = State(tmp_path)
    add(state, key, expires_at=NOW + 1)
    assert access.authenticate(key, state, Spent(), NOW) == Actor("key_1", "a", "t", "app")
    state.close()


@pytest.mark.parametrize("given", [None, "", "sk-sobre-", "x", "é", "sk-sobre-" + "A" * 43])
def test_no_key_and_an_unknown_key_are_refused(tmp_path: Path, key: str, given: str | None) -> None:
    state = State(tmp_path)
    add(state, key)
    with pytest.raises(Unauthenticated):
        access.authenticate(given, state, Spent(), NOW)
    state.close()


@pytest.mark.parametrize("cut", [slice(0, -1), slice(1, None)])
def test_part_of_a_key_is_no_key(tmp_path: Path, key: str, cut: slice) -> None:
    state = State(tmp_path)
    add(state, key)
    with pytest.raises(Unauthenticated):
        access.authenticate(key[cut], state, Spent(), NOW)
    state.close()


def test_the_digest_is_not_a_key(tmp_path: Path, key: str) -> None:
    state = State(tmp_path)
    add(state, key)
    for stolen in (access.digest(key).hex(), access.digest(key).decode("latin-1")):
        with pytest.raises(Unauthenticated):
            access.authenticate(stolen, state, Spent(), NOW)
    state.close()


def test_a_key_ends_at_its_moment(tmp_path: Path, key: str) -> None:
    state = State(tmp_path)
    add(state, key, expires_at=NOW)
    assert access.authenticate(key, state, Spent(), NOW - 1).name == "a"
    with pytest.raises(ExpiredKey):
        access.authenticate(key, state, Spent(), NOW)
    state.close()


def test_a_revoked_key_takes_its_sessions_with_it(tmp_path: Path, key: str) -> None:
    state = State(tmp_path)
    add(state, key)
    session = new_session(state, access.authenticate(key, state, Spent(), NOW), NOW)
    assert access.authenticate(session, state, Spent(), NOW).key_id == "key_1"
    state.revoke("a", NOW)
    for gone in (key, session):
        with pytest.raises(RevokedKey):
            access.authenticate(gone, state, Spent(), NOW)
    state.close()


def test_a_session_ends_with_its_key(tmp_path: Path, key: str) -> None:
    state = State(tmp_path)
    add(state, key, expires_at=NOW + 9)
    session = new_session(state, access.authenticate(key, state, Spent(), NOW), NOW)
    assert access.authenticate(session, state, Spent(), NOW + 8).key_id == "key_1"
    with pytest.raises(ExpiredKey):
        access.authenticate(session, state, Spent(), NOW + 9)
    state.close()


def test_a_session_ends_after_its_time_and_when_it_is_left(tmp_path: Path, key: str) -> None:
    state = State(tmp_path)
    add(state, key)
    owner = access.authenticate(key, state, Spent(), NOW)
    first, second = new_session(state, owner, NOW), new_session(state, owner, NOW)
    with pytest.raises(ExpiredKey):
        access.authenticate(first, state, Spent(), NOW + 31 * 86400)
    state.forget_session(access.digest(second), NOW)
    with pytest.raises(Unauthenticated):
        access.authenticate(second, state, Spent(), NOW)
    assert access.authenticate(first, state, Spent(), NOW) == owner
    state.close()


def test_a_spent_budget_is_refused_with_what_was_spent(tmp_path: Path, key: str) -> None:
    state = State(tmp_path)
    add(state, key)
    with pytest.raises(OverBudget, match="3 of 2 gCO2eq"):
        access.authenticate(key, state, Spent("3 of 2 gCO2eq"), NOW)
    state.close()


@pytest.mark.parametrize(
    ("budget", "told"),
    [
        ((0.5, None), ("1.25 of 0.5 gCO2eq", "1,25 sur 0,5 gCO2eq")),
        ((None, 1.5), ("2.5 of 1.5 EUR", "2,5 sur 1,5 €")),
    ],
)
def test_what_was_spent_is_told_in_the_readers_language(
    budget: tuple[float | None, float | None], told: tuple[str, str]
) -> None:
    purse = MonthlyPurse(lambda _: budget, lambda _: {"key_1": (1.25, 2.5)})
    purse.load(NOW)
    spent = purse.refusal(APP, NOW)
    assert spent is not None
    assert (messages.reason(spent, "en"), messages.reason(spent, "fr")) == told


def test_a_key_revoked_by_another_process_is_refused_soon(tmp_path: Path, key: str) -> None:
    serving_state, other = State(tmp_path), State(tmp_path)
    add(other, key)
    other.revoke("a", NOW)
    with pytest.raises(RevokedKey):
        access.authenticate(key, serving_state, Spent(), NOW)
    serving_state.close()
    other.close()


def test_two_living_keys_cannot_share_a_name(tmp_path: Path) -> None:
    state = State(tmp_path)
    new_key(state, "same")
    with pytest.raises(BadRequest, match="already a key"):
        new_key(state, "same")
    state.close()


def test_a_key_needs_all_its_randomness() -> None:
    with pytest.raises(ValueError, match="32 random bytes"):
        access.new_key(b"short")


async def test_a_budget_is_spent_by_answers_and_then_closes_the_door(tmp_path: Path) -> None:
    async with fake_upstream() as up, serving(tmp_path, rung("near", up.url)) as sobre:
        small = new_key(sobre.app.state, "small", budget_g=1e-9)
        headers = {"Authorization": f"Bearer {small}"}
        body = {"model": "auto", "messages": [{"role": "user", "content": "Hello"}]}
        told = []
        for _ in range(2):
            async with sobre.post(json=body, headers=headers) as response:
                told.append((response.status, await response.json()))
    assert [status for status, _ in told] == [200, 429]
    assert told[1][1]["error"]["code"] == "insufficient_quota"
    assert len(up.requests) == 1
