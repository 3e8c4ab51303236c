"""``sobre shield`` as a person or a batch types it, in process."""

from __future__ import annotations

import io
import json
import os
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sobre import messages
from sobre.adapters.shield import detectors
from sobre.adapters.stores.secrets import Secrets
from sobre.cli import main
from sobre.messages import shield as words
from sobre.privacy.corrections import KINDS
from sobre.privacy.inspect import find

Run = Callable[..., tuple[int, str, str]]
LETTER = "Bonjour, je suis Sophie Lambert, 06 12 34 56 78, IBAN FR76 3000 6000 0112 3456 7890 189."
IBAN = "FR76 3000 6000 0112 3456 7890 189"


@pytest.fixture
def sobre(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """``sobre("shield", "…")`` -> exit status, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOBRE_CONFIG", raising=False)

    def run(*said: str, lang: str = "en", stdin: str | bytes = b"") -> tuple[int, str, str]:
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        status = main(["--lang", lang, "--data-dir", str(tmp_path / "data"), "shield", *said])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


class TestOneText:
    @pytest.mark.parametrize(
        ("lang", "said"),
        [
            (
                "en",
                ["person", "check digits right", "personal data", "abroad", "What would leave"],
            ),
            (
                "fr",
                ["personne", "clé de contrôle juste", "données personnelles", "Ce qui partirait"],
            ),
        ],
    )
    def test_it_is_shown_with_what_was_found_how_and_what_would_leave(
        self, sobre: Run, lang: str, said: list[str]
    ) -> None:
        status, out, _ = sobre(LETTER, lang=lang)
        assert status == 0
        assert f"[Sophie Lambert], [06 12 34 56 78], IBAN [{IBAN}]." in out
        assert "[FEMME-1-" in out
        assert [word for word in said if word not in out] == []

    def test_nothing_is_written_and_no_folder_is_made(self, sobre: Run, tmp_path: Path) -> None:
        assert sobre(LETTER)[0] == 0
        assert list(tmp_path.iterdir()) == []

    def test_check_may_be_said_or_not_and_words_need_no_quotes(self, sobre: Run) -> None:
        plain = sobre("Sophie", "Lambert", "dort", "--zone", "machine")
        assert plain == sobre("check", "Sophie Lambert dort", "--zone", "machine")
        assert "[Sophie Lambert] dort" in plain[1]

    def test_a_text_that_is_a_verb_is_checked_when_check_is_said(self, sobre: Run) -> None:
        assert sobre("check", "test")[1].startswith("test\n")

    @pytest.mark.parametrize("way", ["-", "nothing", "file"])
    def test_it_can_come_from_standard_input_or_a_file(
        self, sobre: Run, tmp_path: Path, way: str
    ) -> None:
        (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
        given = {"-": ["-"], "nothing": [], "file": ["--file", "letter.txt"]}[way]
        assert "[Sophie Lambert]" in sobre(*given, stdin=LETTER)[1]

    def test_marks_on_the_text_are_between_braces_and_close_it(self, sobre: Run) -> None:
        _, out, _ = sobre("Sophie Lambert a un cancer.\nCONFIDENTIEL", lang="fr")
        assert "[Sophie Lambert] a un {cancer}.\n{CONFIDENTIEL}" in out
        assert "rien\u00a0; la politique retient" in out
        assert "[FEMME" not in out

    def test_a_text_does_not_drive_the_terminal(self, sobre: Run) -> None:
        assert "\x1b" not in sobre("rouge \x1b[31m Sophie Lambert")[1]

    @pytest.mark.parametrize("given", [[], ["  "], ["--file", "none.txt"], ["x", "--jsonl"]])
    def test_without_a_text_or_with_two_it_says_what_to_do(
        self, sobre: Run, given: list[str]
    ) -> None:
        status, out, err = sobre(*given)
        assert (status, out) == (2, "")
        assert err.startswith("sobre: ")

    def test_json_is_one_object_with_decision_and_text_for_each_zone(self, sobre: Run) -> None:
        told = json.loads(sobre(LETTER, "--json")[1])
        first = told["findings"][0]
        assert (first["value"], first["label"], first["class"]) == (
            "Sophie Lambert",
            "PERSON",
            "personal",
        )
        assert first["decisions"]["eu-hosted"] == "disguise"
        assert told["zones"]["company"]["text"] == LETTER
        abroad = told["zones"]["abroad"]
        assert (abroad["action"], abroad["text"]) == ("refuse", None)
        assert "policy.open_abroad" in abroad["reason"]
        assert "Lambert" not in told["zones"]["eu-hosted"]["text"]

    def test_the_policy_is_the_one_configured(self, sobre: Run, tmp_path: Path) -> None:
        (tmp_path / "sobre.toml").write_text(
            '[policy]\nopen_abroad = true\npersonal = { abroad = "disguise" }\n', encoding="utf-8"
        )
        told = json.loads(sobre(LETTER, "--json", "--zone", "abroad")[1])
        assert list(told["zones"]) == ["abroad"]
        assert told["zones"]["abroad"]["action"] == "disguise"

    def test_registered_terms_count(self, sobre: Run, tmp_path: Path) -> None:
        (tmp_path / "data").mkdir()
        with Secrets(tmp_path / "data") as secrets:
            secrets.add_term("Blue Horizon", "code-name", "Odile", 1.0)
        _, out, _ = sobre("le plan blue-horizon avance", lang="fr")
        assert "[blue-horizon]" in out
        assert "nom de code enregistré par l’entreprise" in out


class TestBatch:
    def test_each_line_gets_one_in_order_with_offsets_of_the_text_as_given(
        self, sobre: Run
    ) -> None:
        text = "\u200bA\u0301 Sophie\u00a0Lambert, et Sophie Lambert a un cancer"
        asked = [{"id": "b", "text": text}, {"id": 7, "text": "rien", "lang": "fr"}]
        status, out, _ = sobre("--jsonl", stdin="\n".join(map(json.dumps, asked)))
        first, second = lines(out)
        assert status == 0
        assert second == {"id": 7, "findings": [], "classes": []}
        assert first["findings"][0].keys() == {"start", "end", "label", "score", "evidence"}
        values = [text[f["start"] : f["end"]] for f in first["findings"]]
        assert values == ["Sophie\u00a0Lambert", "Sophie Lambert"]
        [mark] = first["classes"]
        assert text[mark["start"] : mark["end"]] == "cancer"
        assert (mark["label"], mark["class"]) == ("HEALTH", "sensitive")

    def test_disguised_comes_when_asked_for_and_a_refusal_says_why(self, sobre: Run) -> None:
        asked = b'{"id":1,"text":"Sophie Lambert dort"}\n{"id":2,"text":"mdp : Soleil#2031"}\n'
        first, second = lines(sobre("--jsonl", "--disguise", stdin=asked)[1])
        assert first["disguised"].startswith("[FEMME-1-")
        assert second["disguised"] is None
        assert "secret" in second["refused"]
        here = lines(sobre("--jsonl", "--disguise", "--zone", "machine", stdin=asked)[1])
        assert here[1]["disguised"] == "mdp : Soleil#2031"

    @pytest.mark.parametrize(
        ("line", "known"),
        [
            (b"not json", {}),
            (b"[1, 2]", {}),
            (b"\xff\xfe", {}),
            (b'{"text": "no end', {}),
            (b"[" * 100_000, {}),
            (b'{"id": "x"}', {"id": "x"}),
            (b'{"id": "x", "text": 12}', {"id": "x"}),
        ],
    )
    def test_a_bad_line_is_told_in_its_place_and_the_others_go_on(
        self, sobre: Run, line: bytes, known: dict[str, str]
    ) -> None:
        status, out, _ = sobre("--jsonl", stdin=line + b'\n\n{"text":"ok"}')
        bad, good = lines(out)
        assert status == 0
        assert bad.pop("error")["code"] == "bad_line"
        assert bad == known
        assert good == {"findings": [], "classes": []}

    def test_half_a_surrogate_pair_is_answered_in_utf_8(self, sobre: Run) -> None:
        asked = b'{"id":"\\ud800","text":"\\ud800 Sophie Lambert"}'
        [told] = lines(sobre("--jsonl", "--disguise", stdin=asked)[1])
        assert [f["label"] for f in told["findings"]] == ["PERSON"]
        assert told["id"] == "\ud800"

    def test_a_text_on_which_the_shield_fails_is_no_clean_text(
        self, sobre: Run, tmp_path: Path
    ) -> None:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "corrections.sqlite3").write_bytes(b"damaged" * 500)
        status, out, _ = sobre("--jsonl", stdin=b'{"id":1,"text":"Sophie Lambert"}')
        [told] = lines(out)
        assert status == 1
        assert told["error"]["code"] == "shield_failed"
        assert "findings" not in told
        assert sobre("Sophie Lambert")[0] == 2

    def test_a_line_is_answered_before_the_next_one_comes(self, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "sobre", "--data-dir", str(tmp_path), "shield", "--jsonl"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for number in (1, 2):
                process.stdin.write(b'{"id":%d,"text":"Sophie Lambert"}\n' % number)
                process.stdin.flush()
                ready, _, _ = select.select([process.stdout], [], [], 60)
                assert ready
                assert json.loads(os.read(process.stdout.fileno(), 65536))["id"] == number
            process.stdin.close()
            assert process.wait(60) == 0


class TestCorrections:
    def test_a_name_is_kept_clear_and_a_word_masked_until_it_is_revoked(self, sobre: Run) -> None:
        sobre("correct", "--clear", "sophie lambert", "--reason", "our director")
        sobre("correct", "--mask", "bonjour", "--kind", "handle")
        assert (
            f"[Bonjour], je suis Sophie Lambert, [06 12 34 56 78], IBAN [{IBAN}]"
            in (sobre(LETTER)[1])
        )
        told = json.loads(sobre("corrections", "--json")[1])
        assert [(c["id"], c["verb"], c["kind"], c["reason"]) for c in told] == [
            ("C1", "keep_clear", "", "our director"),
            ("C2", "mask", "handle", ""),
        ]
        assert sobre("revoke", "C1")[0] == 0
        assert "[Sophie Lambert]" in sobre(LETTER)[1]
        assert "C1" not in sobre("corrections")[1]
        assert "revoked" in sobre("corrections", "--all")[1]

    @pytest.mark.parametrize("text", [IBAN, "mdp : Soleil#2031"])
    def test_what_is_proved_or_a_credential_is_cleared_only_by_force(
        self, sobre: Run, text: str
    ) -> None:
        status, _, err = sobre("correct", "--clear", text, lang="fr")
        assert status == 2
        assert "--force" in err
        assert "corrections" not in sobre("corrections")[1]
        assert sobre("correct", "--clear", text, "--force")[0] == 0
        assert sobre(text, "--zone", "abroad")[1].startswith(text)

    def test_a_teams_correction_is_for_its_own_texts(self, sobre: Run) -> None:
        sobre("correct", "--mask", "Zeus", "--team", "Ventes")
        assert "[Zeus]" in sobre("plan Zeus", "--team", "ventes")[1]
        assert "[Zeus]" not in sobre("plan Zeus", "--team", "achats")[1]
        assert "[Zeus]" in sobre("plan Zeus")[1]

    def test_test_says_which_still_have_an_effect(self, sobre: Run, tmp_path: Path) -> None:
        sobre("correct", "--mask", "Zeus")
        sobre("correct", "--mask", "Sophie Lambert", "--kind", "person")
        sobre("correct", "--clear", "fromage blanc")
        (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
        status, out, _ = sobre("test", "--file", "letter.txt", "--json")
        assert status == 0
        assert [(r["own"], r["file"]) for r in json.loads(out)] == [
            ("works", "absent"),
            ("unneeded", "unneeded"),
            ("unneeded", "absent"),
        ]
        assert "inutile" in sobre("test", lang="fr")[1]

    def test_a_correction_that_something_else_overrules_is_told_with_status_1(
        self, sobre: Run, tmp_path: Path
    ) -> None:
        sobre("correct", "--clear", "Lambert")
        sobre("correct", "--mask", "Sophie Lambert", "--kind", "person")
        (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
        status, out, _ = sobre("test", "--file", "letter.txt", "--json")
        assert (status, json.loads(out)[0]["file"]) == (1, "overruled")

    @pytest.mark.parametrize(
        "given",
        [
            ["revoke", "C9"],
            ["correct", "--mask", "x"],
            ["correct", "--mask", "Zeus", "--kind", "planet"],
            ["correct", "--clear", "Zeus", "--kind", "person"],
        ],
    )
    def test_what_cannot_be_done_is_said_in_the_readers_language(
        self, sobre: Run, given: list[str]
    ) -> None:
        english, french = sobre(*given), sobre(*given, lang="fr")
        assert (english[0], french[0]) == (2, 2)
        assert english[2] != french[2]


class TestWords:
    MARKS = (
        *("health", "union", "religion", "belief", "sexual_life", "ethnic_origin", "offence"),
        *("biometric", "document", "label", "image", "audio", "video", "file", "unreadable"),
    )

    @pytest.mark.parametrize("kind", [*KINDS, *MARKS])
    def test_every_kind_has_a_name_in_both_languages(self, kind: str) -> None:
        for lang in messages.LANGUAGES:
            assert f"shield.kind.{kind}" in messages.catalogue(lang)

    @pytest.mark.parametrize(
        ("phrase", "french"),
        [
            ("tagger 0.93", "sûr à 93\u00a0% (modèle statistique)"),
            ("tagger 1.00", "sûr à 99\u00a0% (modèle statistique)"),
            ("check digits mod 97", "clé de contrôle juste (modulo 97)"),
            ("check digits mod 23", "clé de contrôle juste (modulo 23)"),
            ("label before it: mdp", "après «\u00a0mdp\u00a0»"),
            ("7 fingerprints of document 'D3 plan.txt'", "7 empreintes de D3 plan.txt"),
            ("correction C4", "correction C4"),
            ("a rule of tomorrow", "a rule of tomorrow"),
        ],
    )
    def test_evidence_is_told_in_french_and_new_evidence_as_it_is(
        self, phrase: str, french: str
    ) -> None:
        assert words.evidence(phrase, "fr") == french

    def test_the_evidence_of_a_letter_full_of_everything_is_all_in_french(self) -> None:
        text = (
            "Nom : Lambert\nMme Sophie Lambert, née le 12/03/1985, 12 rue des Lilas, 75011 Paris\n"
            f"sophie@exemple.fr 06 12 34 56 78 {IBAN} SIRET 732 829 320 00074 @sophie_l\n"
            "plaque AB-123-CD IP 192.0.2.17 mdp : Soleil#2031 salaire brut : 2 450 € par mois\n"
            "https://bob:secret99@exemple.fr ghp_16C7e42F292c6912E7710c838347Ae178B4a"
        )
        hits = find(text, detectors())
        assert len({hit.kind for hit in hits}) > 9
        told = {hit.evidence: words.evidence(hit.evidence, "fr") for hit in hits}
        same = {phrase for phrase, french in told.items() if phrase == french}
        assert same == set()
