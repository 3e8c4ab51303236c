"""Corrections: what a rule changes, what it may not, and how a running shield learns of it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sobre.adapters.stores import corrections as stores
from sobre.adapters.stores.corrections import FILE, CorrectionStore
from sobre.app import App
from sobre.errors import BadRequest, Forbidden, ShieldFailed
from sobre.privacy.corrections import KEEP_CLEAR, KINDS, MASK, Correction, corrected, ready
from sobre.privacy.inspect import Hit, find
from support.values import ask


def rule(
    verb: str, text: str, *, role: str = "user", forced: bool = False, **more: str
) -> Correction:
    return corrected(
        verb, text, owner="Odile", role=role, made_at=1.0, forced=forced, **more
    )._replace(id=1)


def seen(text: str, value: str, kind: str = "person", **more: object) -> Hit:
    start = text.index(value)
    given = {"data_class": KINDS.get(kind, "personal"), "evidence": "tagger 0.80"} | more
    return Hit(start, start + len(value), kind, **given)  # type: ignore[arg-type]  # a test's own


def left(text: str, hit: Hit, *rules: Correction) -> bool:
    """Whether a hit is still there after the rules have had the last word."""
    return hit in find(text, (lambda _: [hit], ready(rules)))


@pytest.mark.parametrize(
    ("said", "text", "value"),
    [
        ("Tour Montparnasse", "à la tour\u00a0  MONTPARNASSE, hier", "tour\u00a0  MONTPARNASSE"),
        ("Élodie Lefèvre", "vu ELODIE\nLefevre !", "ELODIE\nLefevre"),
        ("elodie", "vu E\u0301lodie ici", "E\u0301lodie"),
        ("sœur Anne", "Soeur Anne arrive", "Soeur Anne"),
        ("Soeur Anne", "sœur anne arrive", "sœur anne"),
        ("l'Hôtel", "c’est l’hotel", "l’hotel"),
        ("Jean–Paul", "Jean-Paul dort", "Jean-Paul"),
        ("AC/DC", "du ac/dc, du vrai", "ac/dc"),
        ("(Zeus)", "le plan (zeus) avance", "(zeus)"),
    ],
)
def test_a_text_is_found_again_whatever_its_case_accents_and_spaces(
    said: str, text: str, value: str
) -> None:
    [hit] = find(text, [ready([rule(MASK, said)])])
    assert text[hit.start : hit.end] == value
    assert (hit.kind, hit.data_class, hit.evidence) == ("term", "business", "correction C1")


@pytest.mark.parametrize("text", ["Martinique", "saint-martin2", "martins", "MARTINE", "Mar tin"])
def test_only_whole_words_are(text: str) -> None:
    assert find(text, [ready([rule(MASK, "Martin")])]) == []


@given(st.text(min_size=2, max_size=40), st.text(max_size=30), st.text(max_size=30))
def test_a_masked_text_is_found_in_any_text_around_it(said: str, before: str, after: str) -> None:
    try:
        detector = ready([rule(MASK, said)])
    except BadRequest:
        return
    text = f"{before} \n{said}\n {after}"
    hits = find(text, [detector])
    assert any(len(before) + 2 <= hit.start < len(before) + 2 + len(said) for hit in hits)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)


def test_a_hundred_rules_find_what_one_does() -> None:
    many = [rule(MASK, f"projet numéro{n}")._replace(id=n) for n in range(100)]
    [hit] = find("le projet Numero42 avance", [ready(many)])
    assert hit.evidence == "correction C42"


class TestKeepClear:
    TEXT = "Le café de Jean Martin, 12 rue Jean Martin."

    def test_it_clears_what_is_its_text_or_lies_inside(self) -> None:
        clear = rule(KEEP_CLEAR, "jean martin")
        assert not left(self.TEXT, seen(self.TEXT, "Jean Martin"), clear)
        assert not left(self.TEXT, seen(self.TEXT, "Martin"), clear)

    def test_it_does_not_clear_what_is_more_than_its_text(self) -> None:
        address = seen(self.TEXT, "12 rue Jean Martin", "address")
        assert left(self.TEXT, address, rule(KEEP_CLEAR, "Jean Martin"))
        assert left(self.TEXT, seen(self.TEXT, "Jean Martin"), rule(KEEP_CLEAR, "Martin"))

    @pytest.mark.parametrize(
        ("kind", "more", "by_anyone", "forced"),
        [
            ("person", {}, True, True),
            ("salary", {"evidence": "amount after a word of pay"}, True, True),
            ("term", {"evidence": "the firm's customer"}, True, True),
            ("siret", {"evidence": "label, check digit wrong"}, True, True),
            ("siret", {"evidence": "check digit"}, False, True),
            ("card", {"evidence": "check digit and issuer's range"}, False, True),
            ("nir", {"evidence": "label and form, without key"}, False, True),
            ("password", {"evidence": "label before it: mdp"}, False, True),
            ("api_key", {"evidence": "form of a token: AWS"}, False, True),
            ("health", {"data_class": "sensitive"}, False, False),
            ("label", {"data_class": "confidential"}, False, False),
            ("image", {"data_class": "unreadable"}, False, False),
            ("person", {"evidence": "correction C9"}, False, False),
        ],
    )
    def test_what_is_proved_takes_force_and_marks_are_never_cleared(
        self, kind: str, more: dict[str, object], *, by_anyone: bool, forced: bool
    ) -> None:
        hit = seen(self.TEXT, "Jean Martin", kind, **more)
        clear = rule(KEEP_CLEAR, "Jean Martin")
        force = rule(KEEP_CLEAR, "Jean Martin", role="admin", forced=True)
        assert left(self.TEXT, hit, clear) is not by_anyone
        assert left(self.TEXT, hit, force) is not forced

    @pytest.mark.parametrize("role", ["app", "user"])
    def test_only_an_administrator_forces(self, role: str) -> None:
        with pytest.raises(Forbidden):
            rule(KEEP_CLEAR, "Jean Martin", role=role, forced=True)


@pytest.mark.parametrize(
    ("verb", "text", "kind"),
    [
        (MASK, "x", "term"),
        (MASK, "--- !", "term"),
        (KEEP_CLEAR, " . ", ""),
        (KEEP_CLEAR, "a" * 201, ""),
        (MASK, "Zeus", "health"),
    ],
)
def test_a_rule_that_would_hold_everywhere_or_of_no_kind_is_refused(
    verb: str, text: str, kind: str
) -> None:
    with pytest.raises(BadRequest):
        rule(verb, text, kind=kind)


# --- The store ------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorrectionStore]:
    opened = CorrectionStore(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def _looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "LOOK_SECONDS", 0.0)


class TestStore:
    def test_a_correction_holds_at_once_and_until_it_is_revoked(
        self, store: CorrectionStore
    ) -> None:
        detector = store.detector()
        assert find("plan Zeus", [detector]) == []
        made = store.add(rule(MASK, "Zeus", kind="person"))
        assert [hit.kind for hit in find("plan Zeus", [detector])] == ["person"]
        store.revoke(made.label.lower(), 5.0)
        assert find("plan Zeus", [detector]) == []
        assert [(c.label, c.owner, c.revoked_at) for c in store.all()] == [("C1", "Odile", 5.0)]

    @pytest.mark.usefixtures("_looks_at_once")
    def test_a_running_shield_learns_of_what_another_process_wrote(
        self, store: CorrectionStore, tmp_path: Path
    ) -> None:
        detector = store.detector()
        assert find("plan Zeus", [detector]) == []
        CorrectionStore(tmp_path).add(rule(MASK, "Zeus"))
        assert len(find("plan Zeus", [detector])) == 1
        CorrectionStore(tmp_path).revoke("C1", time.time())
        assert find("plan Zeus", [detector]) == []

    def test_the_file_is_for_its_owner_only_and_made_with_the_first_correction(
        self, store: CorrectionStore, tmp_path: Path
    ) -> None:
        assert store.all() == ()
        assert not (tmp_path / FILE).exists()
        store.add(rule(MASK, "Zeus"))
        assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600

    def test_the_same_text_is_corrected_once(self, store: CorrectionStore) -> None:
        store.add(rule(MASK, "Élan  Vital"))
        with pytest.raises(BadRequest, match="C1"):
            store.add(rule(KEEP_CLEAR, "elan vital"))
        store.revoke("C1", 2.0)
        assert store.add(rule(KEEP_CLEAR, "elan vital")).label == "C2"

    def test_who_revokes_what_does_not_hold_is_told_what_does(self, store: CorrectionStore) -> None:
        store.add(rule(MASK, "Zeus"))
        with pytest.raises(BadRequest, match="In force: C1"):
            store.revoke("C7", 2.0)

    def test_a_team_has_its_own_and_an_unknown_team_the_safe_side_of_all(
        self, store: CorrectionStore
    ) -> None:
        text = "Zeus et Jean Martin"
        store.add(rule(MASK, "Zeus", team="Ventes"))
        store.add(rule(KEEP_CLEAR, "Jean Martin", team="Ventes"))
        name = seen(text, "Jean Martin")

        def found(team: str | None) -> list[str]:
            hits = find(text, (lambda _: [name], store.detector(team)))
            return [text[hit.start : hit.end] for hit in hits]

        assert found("ventes") == ["Zeus"]
        assert found("achats") == ["Jean Martin"]
        assert found(None) == ["Zeus", "Jean Martin"]


@pytest.mark.usefixtures("_looks_at_once")
class TestFailsClosed:
    @pytest.fixture
    def detector(self, store: CorrectionStore) -> stores.Live:
        store.add(rule(MASK, "Zeus"))
        return store.detector()

    def test_a_damaged_file_refuses(
        self, detector: stores.Live, store: CorrectionStore, tmp_path: Path
    ) -> None:
        store.close()
        for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
            (tmp_path / name).unlink(missing_ok=True)
        (tmp_path / FILE).write_bytes(b"not a database, by any means" * 50)
        with pytest.raises(ShieldFailed, match="corrections"):
            detector("plan Zeus")
        with pytest.raises(ShieldFailed, match="corrections"):
            detector.settle("plan Zeus", [Hit(0, 4, "person", "personal", "tagger 0.8")])

    def test_a_file_that_is_gone_refuses_and_one_brought_back_serves(
        self, detector: stores.Live, tmp_path: Path
    ) -> None:
        assert len(detector("plan Zeus")) == 1
        (tmp_path / FILE).rename(tmp_path / "away")
        with pytest.raises(ShieldFailed, match="gone"):
            detector("plan Zeus")
        (tmp_path / "away").rename(tmp_path / FILE)
        assert len(detector("plan Zeus")) == 1

    def test_a_locked_file_refuses(
        self, store: CorrectionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stores, "WAIT_SECONDS", 0.05)
        CorrectionStore(tmp_path).add(rule(MASK, "Zeus"))
        other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
        try:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(ShieldFailed, match="locked"):
                store.detector()("plan Zeus")
        finally:
            other.close()


# --- In a running gateway -----------------------------------------------------------------------


@pytest.mark.usefixtures("_looks_at_once")
async def test_a_running_gateway_obeys_the_corrections_and_refuses_when_they_are_damaged(
    app: App,
) -> None:
    folder = app.config.data_dir
    request = ask("plan Zeus de Sophie Lambert")
    assert [f.kind for f in await app.house.inspect(request)] == ["person"]
    CorrectionStore(folder).add(rule(MASK, "Zeus"))
    CorrectionStore(folder).add(rule(KEEP_CLEAR, "Sophie Lambert"))
    assert [f.kind for f in await app.house.inspect(request)] == ["term"]
    (folder / FILE).unlink()
    with pytest.raises(ShieldFailed):
        await app.house.inspect(request)
