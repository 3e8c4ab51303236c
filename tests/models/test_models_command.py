from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from sobre.cli import models as command
from sobre.errors import ModelFileError


def run(
    capsys: pytest.CaptureFixture[str], folder: Path, *words: str, lang: str = "en"
) -> tuple[int, str]:
    top = argparse.ArgumentParser()
    top.set_defaults(lang=lang, config=None, data_dir=str(folder))
    command.add(top.add_subparsers(), lang)
    args = top.parse_args(["models", *words])
    status = args.run(args)
    return status, capsys.readouterr().out


def test_list_gives_what_is_here_and_what_can_be_fetched_as_json(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, tiny: bytes
) -> None:
    (tmp_path / "mine.gguf").write_bytes(tiny)
    run(capsys, tmp_path, "add", str(tmp_path / "mine.gguf"))
    status, out = run(capsys, tmp_path, "list", "--json")
    told = json.loads(out)
    assert status == 0
    assert [(m["model"], m["zone"]) for m in told["installed"]] == [("mine", "machine")]
    assert told["default"] in {m["id"] for m in told["available"]}
    assert all(m["licence"] and m["file"]["sha256"] for m in told["available"])


def test_list_speaks_french(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, out = run(capsys, tmp_path, "list", "--all", lang="fr")
    assert "aucun pour l’instant" in out
    assert "491\u00a0Mo" in out
    assert "inconnue" in out


def test_add_can_put_the_file_elsewhere(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, tiny: bytes
) -> None:
    (tmp_path / "mine.gguf").write_bytes(tiny)
    run(capsys, tmp_path, "add", str(tmp_path / "mine.gguf"), "--to", str(tmp_path / "there"))
    assert (tmp_path / "there" / "mine.gguf").is_file()


def test_check_exits_with_1_when_a_file_is_wrong(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, tiny: bytes
) -> None:
    (tmp_path / "mine.gguf").write_bytes(tiny)
    run(capsys, tmp_path, "add", str(tmp_path / "mine.gguf"))
    assert run(capsys, tmp_path, "check")[0] == 0
    (tmp_path / "models" / "mine.gguf").write_bytes(tiny + b"!")
    status, out = run(capsys, tmp_path, "check")
    assert status == 1
    assert "WRONG" in out


def test_remove_then_list_shows_it_gone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, tiny: bytes
) -> None:
    (tmp_path / "mine.gguf").write_bytes(tiny)
    run(capsys, tmp_path, "add", str(tmp_path / "mine.gguf"))
    run(capsys, tmp_path, "remove", "mine")
    assert json.loads(run(capsys, tmp_path, "list", "--json")[1])["installed"] == []


@pytest.mark.parametrize("words", [("add", "qwen-2.5"), ("remove", "nothing")])
def test_an_unknown_name_is_an_error_with_a_remedy(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...]
) -> None:
    with pytest.raises(ModelFileError) as refusal:
        run(capsys, tmp_path, *words)
    assert refusal.value.remedy
