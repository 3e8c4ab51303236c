"""The console's pages in a real browser, in both languages, each state checked for accessibility.

Needs Chromium and, once, ``npm ci`` in this folder.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
EXCHANGE = "ex_01K2ZJ8Q6W3V9T7R5N4M2H1GCD"
NBSP, NNBSP = "\u00a0", "\u202f"

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.timeout(180),
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed"),
    pytest.mark.skipif(
        not (HERE / "node_modules").is_dir(), reason="run `npm ci` in tests/browser first"
    ),
]

Seen = dict[str, Any]


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, str]]:
    """The console with a played model behind it: its port and its key."""
    command = [sys.executable, str(HERE / "stand_in.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port, key = process.stdout.readline().split()
        yield port, key
        process.terminate()


@pytest.fixture(
    scope="module", params=[("fr", "1280", "light"), ("en", "390", "dark")], ids=["fr", "en"]
)
def seen(request: pytest.FixtureRequest, server: tuple[str, str]) -> Seen:
    """What one visit of the page showed, from signing in to signing out."""
    command = ["node", str(HERE / "drive.mjs"), *server, str(CHROMIUM), *request.param]
    done = subprocess.run(command, capture_output=True, text=True, timeout=150, check=False)
    assert done.returncode == 0, done.stderr
    found: Seen = json.loads(done.stdout) | {"lang": request.param[0]}
    return found


def test_no_state_of_the_page_has_an_accessibility_fault_or_overflows(seen: Seen) -> None:
    assert len(seen["states"]) == 18
    for name, state in seen["states"].items():
        assert (name, state["violations"], state["overflows"]) == (name, [], False)


def test_the_page_calls_nobody_else_and_keeps_to_its_own_rules(seen: Seen) -> None:
    assert (seen["elsewhere"], seen["complaints"]) == ([], [])


def test_the_link_of_the_terminal_signs_in_and_the_key_leaves_the_address(seen: Seen) -> None:
    assert seen["address"].endswith("/")
    assert "key" not in seen["address"]


def test_it_is_said_before_sending_where_the_text_may_go(seen: Seen) -> None:
    said = {
        "fr": "reste sur cette machine ou va chez un hébergeur dans l’Union européenne",
        "en": "stays on this machine or goes to a host in the European Union",
    }
    assert said[seen["lang"]] in seen["states"]["empty"]["text"]
    assert len(seen["choices"]) == 3


def test_under_an_answer_stands_what_it_took(seen: Seen) -> None:
    text = seen["states"]["answered"]["text"]
    french = seen["lang"] == "fr"
    expected = (
        [
            "Réponse produite par une IA",
            "Modèle local",
            "Cette machine",
            f"≈{NBSP}1,3{NBSP}mg CO₂e",
            "entre 0,65 et 2,6",
            f"≈{NBSP}25{NBSP}mWh",
            f"2{NBSP}e-mails, 1{NBSP}IBAN",
            "B, modèle et lieu connus",
            "le seul barreau qui puisse répondre",
        ]
        if french
        else [
            "Answer produced by AI",
            "Local model",
            "This machine",
            f"≈{NBSP}1.3{NBSP}mg CO₂e",
            "between 0.65 and 2.6",
            f"2{NBSP}e-mails, 1{NBSP}IBAN",
            "B, model and place known",
            "the only rung that may answer",
        ]
    )
    assert [part for part in [*expected, EXCHANGE] if part not in text] == []
    assert seen["blocks"] == ["P", "OL", "PRE", "P"]
    assert seen["copied"].startswith("Une **facture** porte")


def test_what_was_not_assessed_is_never_shown_as_a_number(seen: Seen) -> None:
    text = seen["states"]["not assessed"]["text"]
    assert text.count("non évalué" if seen["lang"] == "fr" else "not assessed") >= 3
    assert "CO₂e" not in text


def test_escape_stops_the_stream_and_what_came_is_kept(seen: Seen) -> None:
    stopped = seen["states"]["stopped"]
    assert "Une" in stopped["text"]
    said = "Vous avez arrêté" if seen["lang"] == "fr" else "You stopped"
    assert said in stopped["text"]
    assert stopped["focus"] == "field"


def test_a_refusal_and_a_cut_say_what_to_do(seen: Seen) -> None:
    french = seen["lang"] == "fr"
    refused, cut = (seen["states"][name]["text"] for name in ("policy", "cut"))
    assert ("Retirez la donnée" if french else "Remove the data") in refused
    assert "A secret may not leave." in refused
    assert ("interrompue" if french else "was cut") in cut
    assert "Une" in cut


def test_markup_in_an_answer_stays_text(seen: Seen) -> None:
    assert seen["injected"] == 0
    assert "<b>brut</b>" in seen["states"]["markup"]["text"]


def test_the_language_changes_without_losing_the_conversation_and_is_kept(seen: Seen) -> None:
    other = "en" if seen["lang"] == "fr" else "fr"
    text = seen["states"]["other language"]["text"]
    assert "<b>brut</b>" in text
    assert ("Answer produced by AI" if other == "en" else "Réponse produite par une IA") in text
    assert seen["kept"] == other


def test_a_conversation_is_not_left_for_the_other_page_without_a_warning(seen: Seen) -> None:
    other = "en" if seen["lang"] == "fr" else "fr"
    assert ("clears the conversation" if other == "en" else "efface la conv") in seen["warned"]
    assert (seen["stayed"], seen["page"]) == ("/", "/shield")


def test_the_shield_shows_what_would_leave_place_by_place(seen: Seen) -> None:
    french = seen["lang"] == "fr"
    state = seen["states"]["shield disguised"]
    expected = (
        [
            "Un passage à protéger",
            "Cette machine",
            "Part déguisé",
            "Ne part pas",
            "embedded (small)",
        ]
        if french
        else [
            "One passage to",
            "This machine",
            "Leaves disguised",
            "Does not leave",
            "embedded (small)",
        ]
    )
    assert [part for part in expected if part not in state["text"]] == []
    assert seen["marked"] == ["Claire Fontaine" + ("personne" if french else "person")]
    assert seen["aliases"] == ["[FEMME-1-k3v9]"] * 2
    assert (seen["markup"], state["focus"]) == (0, "sum")
    assert expected[0] in seen["summary"]


def test_the_shield_changes_language_with_its_result(seen: Seen) -> None:
    other = "en" if seen["lang"] == "fr" else "fr"
    text = seen["states"]["shield other language"]["text"]
    assert ("Leaves disguised" if other == "en" else "Part déguisé") in text
    assert seen["title"] == ("Shield · Sobre" if other == "en" else "Bouclier · Sobre")


def test_an_administrator_corrects_the_shield_and_ends_corrections(seen: Seen) -> None:
    first, second = seen["rules"]
    french = seen["lang"] == "fr"
    assert first.startswith("Projet Aubépine\nC1 · " + ("toujours" if french else "always"))
    assert second.startswith("Claire Fontaine\nC2 · " + ("jamais" if french else "never"))


def test_what_stays_what_passes_and_what_fails_are_said_in_words(seen: Seen) -> None:
    french = seen["lang"] == "fr"
    said = {
        "shield kept": "ne quitterait pas cette machine"
        if french
        else "would not leave this machine",
        "shield nothing": "Rien à protéger" if french else "Nothing to protect",
        "shield failed": "rien ne partirait" if french else "nothing would leave",
    }
    assert [n for n, words in said.items() if words not in seen["states"][n]["text"]] == []
    assert "Claire Fonta" in seen["example"] or "Claire Fount" in seen["example"]


def test_signing_out_leaves_no_session(seen: Seen) -> None:
    assert seen["left"] is True
