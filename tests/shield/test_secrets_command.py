"""``sobre secrets`` as a person types it, over real files, and what a gateway then finds."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sobre.adapters import documents
from sobre.adapters.stores import secrets as stored
from sobre.adapters.stores.secrets import FILE, KEY_FILE, SecretStore
from sobre.cli import main
from sobre.errors import SecretsError
from sobre.privacy.inspect import Hit, find

Run = Callable[..., tuple[int, str, str]]

MERGER = (
    "Le rapprochement avec la maison Tavernier sera soumis au conseil du douze juin ; la parité "
    "retenue est de sept actions pour deux, et le dirigeant actuel resterait trois ans."
)
PRICES = (
    "La remise consentie au groupe de la vallée atteint vingt-deux pour cent sur les roulements, "
    "mais seulement neuf sur les paliers, sans que le catalogue public n'en dise rien."
)
NEW_PRICES = (
    "À partir de septembre, chaque palier livré à Grenoble est facturé au tarif des prototypes, "
    "soit le double de ce que paient les autres clients de la région."
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def sobre(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """``sobre("add", "…")`` runs ``sobre secrets add …`` -> status, standard output, error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOBRE_CONFIG", raising=False)

    def run(*words: str, lang: str = "en") -> tuple[int, str, str]:
        status = main(["--lang", lang, "--data-dir", str(data), "secrets", *words])
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "board"
    made.mkdir()
    (made / "merger.txt").write_text(MERGER, encoding="utf-8")
    (made / "prices.md").write_text(PRICES, encoding="cp1252")
    return made


@pytest.fixture
def store(data: Path) -> Iterator[SecretStore]:
    opened = SecretStore(data)
    yield opened
    opened.close()


def hits(store: SecretStore, text: str) -> list[Hit]:
    return find(text, store.detectors())


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it holds within a few seconds: a store looks at its file four times a second."""
    until = time.monotonic() + 10
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def listed(sobre: Run) -> dict[str, list[dict[str, object]]]:
    told: dict[str, list[dict[str, object]]] = json.loads(sobre("list", "--json")[1])
    return told


def test_a_folder_is_registered_and_its_excerpts_are_found(
    sobre: Run, folder: Path, store: SecretStore
) -> None:
    status, out, _ = sobre("add", str(folder), "--owner", "Odile")
    assert (status, "new 2" in out) == (0, True)
    [hit] = hits(store, f"Que penses-tu de ceci : {MERGER[:110]} ?")
    assert (hit.data_class, hit.kind) == ("confidential", "document")
    assert "board/merger.txt" in hit.evidence.replace(os.sep, "/")
    assert {d["added_by"] for d in listed(sobre)["documents"]} == {"Odile"}


def test_nothing_of_a_document_is_kept_and_the_key_is_for_its_owner_only(
    sobre: Run, folder: Path, data: Path
) -> None:
    sobre("add", str(folder))
    kept = b"".join(path.read_bytes() for path in data.iterdir()).lower()
    assert [word for word in (b"tavernier", b"roulements", b"remise") if word in kept] == []
    assert len((data / KEY_FILE).read_bytes()) == 32
    assert stat.S_IMODE((data / KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE((data / FILE).stat().st_mode) == 0o600


def test_only_what_has_changed_is_read_again(
    sobre: Run, folder: Path, store: SecretStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sobre("add", str(folder))
    (folder / "prices.md").write_text(NEW_PRICES, encoding="utf-8")
    (folder / "merger.txt").touch()
    (folder / "new.txt").write_text(PRICES + MERGER[::-1], encoding="utf-8")
    read: list[str] = []
    decode = documents.decode

    def noted(name: str, data: bytes) -> documents.Document:
        read.append(name)
        return decode(name, data)

    monkeypatch.setattr(documents, "decode", noted)
    _, out, _ = sobre("refresh")
    assert "new 1, changed 1, unchanged 1, forgotten 0" in out
    assert read == ["new.txt", "prices.md"]
    assert hits(store, NEW_PRICES)
    (folder / "new.txt").unlink()
    _, out, _ = sobre("add", str(folder))
    assert "new 0, changed 0, unchanged 2, forgotten 1" in out
    assert eventually(lambda: not hits(store, PRICES))


def test_a_running_gateway_learns_of_it_and_a_restarted_one_still_knows(
    sobre: Run, folder: Path, store: SecretStore, data: Path
) -> None:
    assert hits(store, f"{MERGER} chez Tavernier") == []
    sobre("add", str(folder))
    assert eventually(lambda: bool(hits(store, MERGER)))
    sobre("add", "Tavernier", "--kind", "customer")
    assert eventually(lambda: [h.kind for h in hits(store, "chez TAVERNIER")] == ["term"])
    with closing(SecretStore(data)) as again:
        assert {h.data_class for h in hits(again, MERGER)} == {"confidential", "business"}


def test_a_term_is_registered_once_under_its_newest_kind(sobre: Run) -> None:
    assert sobre("add", "Blue Horizon", "Zéphyr")[0] == 0
    assert sobre("add", "blue-horizon", "--kind", "code-name", "--owner", "Odile")[0] == 0
    terms = {t["text"]: (t["kind"], t["id"]) for t in listed(sobre)["terms"]}
    assert terms == {"Blue Horizon": ("code-name", "T1"), "Zéphyr": ("term", "T2")}


@pytest.mark.parametrize("by", ["id", "name", "path"])
def test_a_document_that_is_removed_does_not_come_back_with_its_folder(
    sobre: Run, folder: Path, store: SecretStore, by: str
) -> None:
    sobre("add", str(folder))
    told = next(d for d in listed(sobre)["documents"] if "merger" in str(d["name"]))
    status, out, _ = sobre("remove", str(told[by]))
    assert (status, "merger.txt" in out) == (0, True)
    _, out, _ = sobre("add", str(folder))
    assert "unchanged 1, forgotten 0, removed earlier 1" in out
    assert (hits(store, MERGER), bool(hits(store, PRICES))) == ([], True)
    sobre("add", str(folder / "merger.txt"))
    assert eventually(lambda: bool(hits(store, MERGER)))


def test_a_folder_or_a_term_can_be_removed_whole(sobre: Run, folder: Path) -> None:
    sobre("add", str(folder), "Zéphyr")
    assert sobre("remove", str(folder))[0] == 0
    assert sobre("remove", "ZEPHYR")[0] == 0
    assert listed(sobre) == {"documents": [], "terms": []}
    assert "No document" in sobre("refresh")[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("remove", "nobody"), "Nothing is registered under"),
        (("add", "no/such/folder"), "nothing at"),
        (("add", "plan.docx"), "nothing at"),
        (("add", "A1"), "too short"),
        (("add", " ".join("abcdefghijklm")), "too long"),
    ],
)
def test_what_cannot_be_done_is_told_with_status_2(
    sobre: Run, words: tuple[str, ...], told: str
) -> None:
    status, _, err = sobre(*words)
    assert (status, told in err) == (2, True)


def test_a_file_that_cannot_be_read_is_named_with_the_reason(sobre: Run, folder: Path) -> None:
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7")
    (folder / "broken.docx").write_bytes(b"PK\3\4 no archive")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\0\0")
    (folder / "short.txt").write_text("Bonjour", encoding="utf-8")
    (folder / ".hidden").write_text(MERGER, encoding="utf-8")
    status, out, err = sobre("add", str(folder), lang="fr")
    assert status == 1
    assert "nouveaux 2" in out
    assert "cachés laissés de côté 1" in out
    for name, why in {
        "scan.pdf": "PDF ne sont pas encore lus",
        "broken.docx": "endommagé",
        "photo.jpg": "n’est pas un texte",
        "short.txt": "moins de 46 lettres",
    }.items():
        assert any(name in line and why in line for line in err.splitlines())


def test_a_folder_that_is_not_there_any_more_keeps_its_documents(
    sobre: Run, folder: Path, store: SecretStore
) -> None:
    sobre("add", str(folder))
    folder.rename(folder.with_name("elsewhere"))
    status, _, err = sobre("refresh")
    assert (status, "stays registered" in err) == (1, True)
    assert hits(store, MERGER)


def archive(path: Path, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name, body)


def paragraphs(text: str, prefix: str) -> str:
    half = len(text) // 2
    runs = "".join(
        f"<{prefix}:p><{prefix}:t>{t}</{prefix}:t></{prefix}:p>" for t in (text[:half], text[half:])
    )
    return f'<?xml version="1.0"?><{prefix}:x xmlns:{prefix}="urn:x">{runs}</{prefix}:x>'


def write(path: Path, text: str) -> None:
    """The text as a file of that kind says it."""
    first, second = text[: len(text) // 2], text[len(text) // 2 :]
    match path.suffix:
        case ".docx":
            archive(path, {"word/document.xml": paragraphs(text, "w")})
        case ".pptx":
            archive(path, {"ppt/slides/slide1.xml": paragraphs(text, "a")})
        case ".odt":
            body = f'<x xmlns:t="urn:t"><t:p>{first}<t:span>{second}</t:span></t:p></x>'
            archive(path, {"content.xml": body})
        case ".xlsx":
            shared = f"<s><si><t>{second}</t></si><si><t>{first}</t></si></s>"
            cells = '<c t="s"><v>1</v></c><c t="s"><v>0</v></c><c><v>12</v></c>'
            archive(
                path,
                {
                    "xl/sharedStrings.xml": shared,
                    "xl/worksheets/sheet1.xml": f"<w><row>{cells}</row></w>",
                },
            )
        case ".eml":
            head = "Subject: x\nContent-Type: text/html; charset=iso-8859-1\n\n"
            path.write_bytes((head + f"<p>{first}</p><p>{second}</p>").encode("latin-1"))
        case ".json":
            path.write_text(json.dumps({"body": [first, {"more": second}]}), encoding="utf-8")
        case ".html" | ".xml":
            path.write_text(
                f"<a><style>b</style><p>{first}<b>{second}</b></p></a>", encoding="utf-8"
            )
        case _:
            path.write_text(text, encoding="utf-16")


@pytest.mark.parametrize(
    "suffix",
    [".txt", ".csv", ".md", ".html", ".xml", ".json", ".eml", ".docx", ".odt", ".pptx", ".xlsx"],
)
def test_each_format_is_read(sobre: Run, tmp_path: Path, store: SecretStore, suffix: str) -> None:
    file = tmp_path / f"plan{suffix}"
    write(file, MERGER)
    assert sobre("add", str(file))[0] == 0
    [hit] = hits(store, MERGER)
    assert hit.end - hit.start > 0.8 * len(MERGER)


def test_an_attachment_that_cannot_be_read_is_told(sobre: Run, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_text(
        "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{MERGER}\n--b\nContent-Type: application/pdf\n"
        'Content-Disposition: attachment; filename="scan.pdf"\n\nxx\n--b--\n',
        encoding="utf-8",
    )
    status, out, err = sobre("add", str(mail))
    assert (status, "new 1" in out, "scan.pdf" in err) == (1, True, True)


def test_an_archive_that_declares_entities_is_refused(sobre: Run, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.docx"
    entity = '<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
    archive(bomb, {"word/document.xml": entity})
    status, _, err = sobre("add", str(bomb))
    assert (status, "damaged" in err) == (1, True)


class TestAFailingStore:
    @pytest.fixture(autouse=True)
    def _filled(self, sobre: Run, folder: Path) -> None:
        sobre("add", str(folder), "Zéphyr")

    def test_a_missing_key_refuses_every_text(
        self, sobre: Run, data: Path, store: SecretStore
    ) -> None:
        (data / KEY_FILE).unlink()
        with pytest.raises(SecretsError, match="is missing"):
            hits(store, "Bonjour")
        status, _, err = sobre("add", "Autan")
        assert (status, "is missing" in err) == (2, True)
        assert not (data / KEY_FILE).exists()

    @pytest.mark.parametrize("key", [bytes(32), b"short"])
    def test_another_key_refuses_every_text(
        self, data: Path, store: SecretStore, key: bytes
    ) -> None:
        (data / KEY_FILE).write_bytes(key)
        with pytest.raises(SecretsError, match="not the key"):
            hits(store, "Bonjour")

    def test_a_damaged_file_refuses_every_text(
        self, sobre: Run, data: Path, store: SecretStore
    ) -> None:
        (data / FILE).write_bytes(b"This was a database." * 1000)
        with pytest.raises(SecretsError, match="cannot be read"):
            hits(store, "Bonjour")
        assert sobre("list")[0] == 2

    def test_a_file_damaged_under_a_running_gateway_refuses_every_text(
        self, data: Path, store: SecretStore
    ) -> None:
        assert hits(store, "Zéphyr")
        (data / FILE).write_bytes(b"This was a database." * 1000)
        assert eventually(lambda: _refusal(store) == "error.secrets_unreadable")
        assert _refusal(store) == "error.secrets_unreadable"

    def test_a_file_that_vanishes_under_a_running_gateway_refuses_every_text(
        self, data: Path, store: SecretStore
    ) -> None:
        assert hits(store, "Zéphyr")
        (data / FILE).unlink()

        assert eventually(lambda: _refusal(store) == "error.secrets_gone")
        assert _refusal(store) == "error.secrets_gone"

    def test_a_locked_file_refuses_every_text_until_it_is_free(
        self, data: Path, store: SecretStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stored, "WAIT_SECONDS", 0.05)
        other = sqlite3.connect(data / FILE, isolation_level=None)
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(SecretsError, match="locked"):
            hits(store, "Zéphyr")
        other.execute("COMMIT")
        other.close()
        assert eventually(lambda: _found(store))

    def test_documents_of_another_version_have_to_be_read_again(
        self, sobre: Run, data: Path, store: SecretStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stored, "METHOD", "another")
        with pytest.raises(SecretsError, match="another version"):
            hits(store, MERGER)
        assert "changed 2" in sobre("refresh")[1]
        assert eventually(lambda: _found(store))

    def test_fingerprints_not_yet_laid_out_are_used_all_the_same(
        self, data: Path, store: SecretStore
    ) -> None:
        with closing(sqlite3.connect(data / FILE, isolation_level=None)) as db:
            db.execute("DELETE FROM shelf")
        assert hits(store, MERGER)


def _refusal(store: SecretStore) -> str:
    try:
        hits(store, "Bonjour")
    except SecretsError as error:
        return error.key
    return ""


def _found(store: SecretStore) -> bool:
    try:
        return bool(hits(store, "Zéphyr"))
    except SecretsError:
        return False


def test_labels_need_no_store_and_an_empty_one_costs_nothing(
    store: SecretStore, data: Path
) -> None:
    [hit] = hits(store, "Note du 3 mai\nSTRICTEMENT CONFIDENTIEL\nMerci")
    assert (hit.data_class, hit.kind) == ("confidential", "label")
    assert not data.exists()
