"""The vault: what aliases stand for, kept from one turn to the next and over a restart, sealed."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sobre.adapters.stores.memory import MemoryVault
from sobre.adapters.stores.vault import SqliteVault
from sobre.core.ports import Vault
from sobre.errors import VaultError

ONE, TWO = b"1" * 32, b"2" * 32
VALUE = "Zénobie Quatrelivres"
MAPPING = {"[FEMME-1-k3v9]": (VALUE, "Mme Quatrelivres"), "[EMAIL-2-k3v9]": ("zq@exemple.fr",)}

MAKERS: dict[str, Callable[[Path], Vault]] = {
    "memory": lambda _: MemoryVault(),
    "sqlite": SqliteVault,
}


@pytest.fixture(params=MAKERS)
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> Vault:
    made: Vault = MAKERS[request.param](tmp_path)
    return made


# --- What every vault promises -------------------------------------------------------------------


def test_what_was_saved_is_loaded(vault: Vault) -> None:
    assert vault.load(ONE) == {}
    vault.save(ONE, MAPPING)
    assert vault.load(ONE) == MAPPING


def test_later_exchanges_add_and_the_later_form_of_one_alias_stands(vault: Vault) -> None:
    vault.save(ONE, MAPPING)
    vault.save(ONE, {"[EMAIL-2-k3v9]": ("new@exemple.fr",), "[IBAN-3-m4w7]": ("FR76",)})
    assert vault.load(ONE) == {
        **MAPPING, "[EMAIL-2-k3v9]": ("new@exemple.fr",), "[IBAN-3-m4w7]": ("FR76",),
    }  # fmt: skip


def test_two_conversations_share_nothing(vault: Vault) -> None:
    vault.save(ONE, MAPPING)
    assert vault.load(TWO) == {}


# --- On the disk ---------------------------------------------------------------------------------


def test_it_outlives_the_process_and_another_process_sees_it(tmp_path: Path) -> None:
    first, other = SqliteVault(tmp_path), SqliteVault(tmp_path)
    first.save(ONE, MAPPING)
    assert other.load(ONE) == MAPPING
    first.save(TWO, MAPPING)
    assert other.load(TWO) == MAPPING
    first.close()
    assert SqliteVault(tmp_path).load(ONE) == MAPPING


def test_nothing_is_made_before_something_is_saved(tmp_path: Path) -> None:
    SqliteVault(tmp_path).load(ONE)
    assert list(tmp_path.iterdir()) == []


def test_no_value_alias_or_conversation_can_be_read_in_the_folder(tmp_path: Path) -> None:
    vault = SqliteVault(tmp_path)
    vault.save(ONE, MAPPING)
    files = sorted(tmp_path.iterdir())
    assert {"vault.key", "vault.sqlite3"} <= {file.name for file in files}
    for file in files:
        data = file.read_bytes()
        for word in (VALUE.encode(), b"Quatrelivres", b"exemple.fr", b"FEMME", b"k3v9", ONE):
            assert word not in data
        assert not file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    assert VALUE not in repr(vault)


def test_the_key_is_never_in_the_database(tmp_path: Path) -> None:
    SqliteVault(tmp_path).save(ONE, MAPPING)
    key = bytes.fromhex((tmp_path / "vault.key").read_text())
    assert len(key) == 32
    for file in tmp_path.glob("vault.sqlite3*"):
        assert key not in file.read_bytes()
        assert key.hex().encode() not in file.read_bytes()


@pytest.mark.parametrize("text", [b"k" * 32, b"6b" * 32 + b"\n"], ids=["bytes", "hexadecimal"])
def test_a_key_of_ones_own_is_used_and_none_is_made(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "key").write_bytes(text)
    SqliteVault(tmp_path, key_file=tmp_path / "key").save(ONE, MAPPING)
    (tmp_path / "key").write_bytes(b"k" * 32)
    assert SqliteVault(tmp_path, key_file=tmp_path / "key").load(ONE) == MAPPING
    assert not (tmp_path / "vault.key").exists()


def test_what_nobody_went_on_with_is_forgotten_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    now = [0.0]
    day = 86400.0

    def opened() -> SqliteVault:
        return SqliteVault(tmp_path, days=30, now=lambda: now[0])

    first = opened()
    first.save(ONE, MAPPING)
    first.save(TWO, MAPPING)
    now[0] = 20 * day
    assert first.load(ONE) == MAPPING
    now[0] = 40 * day
    first.close()
    later = opened()
    assert later.load(ONE) == MAPPING
    assert later.load(TWO) == {}
    rows = sqlite3.connect(tmp_path / "vault.sqlite3").execute("SELECT count(*) FROM mapping")
    assert rows.fetchone() == (1,)


# --- When it cannot be used ----------------------------------------------------------------------


def saved(folder: Path) -> Path:
    vault = SqliteVault(folder)
    vault.save(ONE, MAPPING)
    vault.save(TWO, {"[HOMME-1-m4w7]": ("Paul",)})
    vault.close()
    return folder / "vault.sqlite3"


def alter(file: Path, sql: str) -> None:
    db = sqlite3.connect(file, isolation_level=None)
    db.execute(sql)
    db.close()


ALTERED = {
    "overwritten": "UPDATE mapping SET sealed = zeroblob(length(sealed))",
    "emptied": "UPDATE mapping SET sealed = x''",
    "of another conversation": "UPDATE mapping SET session = (SELECT session FROM mapping AS m"
    " WHERE m.number <> mapping.number)",
}


@pytest.mark.parametrize("sql", ALTERED.values(), ids=list(ALTERED))
def test_a_record_that_was_altered_is_refused(tmp_path: Path, sql: str) -> None:
    alter(saved(tmp_path), sql)
    vault = SqliteVault(tmp_path)
    with pytest.raises(VaultError, match="altered"):
        [vault.load(session) for session in (ONE, TWO)]


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    saved(tmp_path).write_bytes(b"garbage" * 1000)
    for _ in range(2):
        with pytest.raises(VaultError, match="not a database"):
            SqliteVault(tmp_path).load(ONE)


def test_a_file_that_another_holds_is_refused_soon(tmp_path: Path) -> None:
    holder = sqlite3.connect(saved(tmp_path), isolation_level=None)
    vault = SqliteVault(tmp_path)
    assert vault.load(ONE) == MAPPING
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(VaultError, match="locked"):
        vault.save(ONE, MAPPING)
    holder.execute("ROLLBACK")
    vault.save(ONE, MAPPING)


def test_another_key_is_told_from_an_empty_vault(tmp_path: Path) -> None:
    saved(tmp_path)
    (tmp_path / "vault.key").write_text("00" * 32)
    with pytest.raises(VaultError, match="another key"):
        SqliteVault(tmp_path).load(ONE)


@pytest.mark.parametrize("text", [None, b"", b"short", b"zz" * 32])
def test_a_key_that_is_missing_or_no_key_is_refused(tmp_path: Path, text: bytes | None) -> None:
    key = tmp_path / "key"
    if text is not None:
        key.write_bytes(text)
    with pytest.raises(VaultError) as caught:
        SqliteVault(tmp_path, key_file=key).save(ONE, MAPPING)
    assert str(key) in str(caught.value)
    assert caught.value.status == 503


def test_a_start_does_not_wait_for_the_cipher() -> None:
    code = "import sys, sobre.app, sobre.web.gateway; sys.exit('cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
