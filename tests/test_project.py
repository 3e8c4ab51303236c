"""What the project promises of itself: all is documented, in both languages, in its place."""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import os
import re
import shutil
import string
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sobre import cli, config, errors, messages

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
RAISED = [
    c for _, c in inspect.getmembers(errors, inspect.isclass) if c.__module__ == "sobre.errors"
]
AREAS = sorted(path.name for path in (ROOT / "src/sobre/messages/en").glob("*.json"))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# --- Settings ----------------------------------------------------------------------------------


def settings() -> Iterator[tuple[str, str, Any]]:
    """Each setting: its name in the file, the key of its sentence, its default."""
    for path, value, _ in config.walk(config.Config(rungs={"NAME": config.RungConfig()})):
        yield path, "config." + path.replace("NAME.", ""), value


SETTINGS = list(settings())


def shown(value: Any) -> str:
    if isinstance(value, config.Rule):
        return "<br>".join(f"{zone}: {getattr(value, zone)}" for zone in value.__slots__)
    if value in (None, "", {}):
        return ""
    return f"`{json.dumps(value)}`"


@pytest.mark.parametrize(("path", "key", "value"), SETTINGS, ids=[row[0] for row in SETTINGS])
def test_every_setting_has_its_row_in_the_configuration_page(
    path: str, key: str, value: Any
) -> None:
    row = f"| `{path}` | {shown(value)} | {messages.say(key, 'en')} |"
    assert row in text("docs/configuration.md").splitlines()


def test_no_sentence_describes_a_setting_that_is_not_there() -> None:
    described = set(json.loads(text("src/sobre/messages/en/config.json")))
    assert described == {key for _, key, _ in settings()}


# --- Words -------------------------------------------------------------------------------------


def names(message: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(message) if name is not None)


@pytest.mark.parametrize("area", AREAS)
def test_every_message_exists_in_both_languages_with_the_same_names_in_it(area: str) -> None:
    english = json.loads(text(f"src/sobre/messages/en/{area}"))
    french = json.loads(text(f"src/sobre/messages/fr/{area}"))
    assert {k: names(v) for k, v in english.items()} == {k: names(v) for k, v in french.items()}


def test_no_message_is_defined_in_two_areas() -> None:
    seen: dict[str, str] = {}
    for area in AREAS:
        for key in json.loads(text(f"src/sobre/messages/en/{area}")):
            assert seen.setdefault(key, area) == area, key


@pytest.mark.parametrize("area", AREAS)
def test_french_is_set_as_french_is(area: str) -> None:
    """No-break spaces before : ; ! ? and inside « », and the apostrophe of type."""
    code = re.compile(r"'[^']*\[[^']*'|https?://\S+")  # a shell's quotes, an address
    wrong = re.compile(r" [:;!?»](?![\w-])|« |\w'\w")
    french = json.loads(text(f"src/sobre/messages/fr/{area}"))
    assert [key for key, said in french.items() if wrong.search(code.sub("", said))] == []


def spoken(tree: ast.AST) -> Iterator[str]:
    """Every message key that the source names outright."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        given = [k.value for k in node.keywords if k.arg == "key"]
        if name in ("say", "tell"):
            given += node.args[:1]
        if name == "Reason":
            given += node.args[1:2]
        for value in given:
            options = (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)
            for option in options:
                if (
                    isinstance(option, ast.Constant)
                    and isinstance(option.value, str)
                    and option.value
                ):
                    yield option.value


def test_every_message_that_the_source_names_exists() -> None:
    named = {key for tree in TREES.values() for key in spoken(tree)}
    assert len(named) > 100
    put_together = {"reason.listed"}  # by ``messages.reason``, from others
    assert sorted(named - put_together - set(messages.catalogue("en"))) == []


NEVER_TOLD = {"privacy/disguise.py", "adapters/providers/openai_style.py"}
"""Where a ``PolicyRefusal`` guards against our own mistake, which policy has already excluded."""


def family() -> set[str]:
    """Every class of error a person may be told of: the tree's, and those derived elsewhere."""
    names = {c.__name__ for c in RAISED}
    classes = [n for tree in TREES.values() for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    derived = {c.name for c in classes if {getattr(b, "id", "") for b in c.bases} & names}
    return names | derived


def test_every_error_can_be_told_in_both_languages() -> None:
    """It is raised with a key, or with a ``Reason`` that has one: never with a bare text."""
    errors_told = family()
    bare = [
        f"{path.relative_to(ROOT / 'src/sobre').as_posix()}:{node.lineno}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in errors_told
        and not any(keyword.arg == "key" for keyword in node.keywords)
        and not (node.args and isinstance(node.args[0], ast.Name | ast.Attribute))
    ]
    assert [place for place in bare if place.split(":")[0] not in NEVER_TOLD] == []


def test_every_wrong_field_is_told_in_words_of_both_languages() -> None:
    needed = [
        node.args[1]
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) == "wrong"
    ]
    said = {f"needed.{ast.literal_eval(word)}" for word in needed}
    assert len(said) > 20
    described = {key for key in messages.catalogue("en") if key.startswith("needed.")}
    assert said == described


# --- Pages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", RAISED, ids=lambda e: e.__name__)
def test_every_error_stands_in_the_tree_and_on_its_page(error: type[errors.SobreError]) -> None:
    assert re.search(rf"\b{error.__name__}\b", errors.__doc__ or "")
    if error.code:
        assert f"`{error.code}`" in text("docs/errors.md")


def commands(parser: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, list[str]]]:
    """Every command with its options, verbs of commands included."""
    own = [o for a in parser._actions for o in a.option_strings if o.startswith("--")]
    yield name, [o for o in own if o != "--help"]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                yield from commands(below, f"{name} {word}")


COMMANDS = list(commands(cli.parser("en"), "sobre"))


@pytest.mark.parametrize(("command", "options"), COMMANDS, ids=[c for c, _ in COMMANDS])
def test_every_command_and_option_is_on_the_command_line_page(
    command: str, options: list[str]
) -> None:
    page = text("docs/cli.md")
    assert f"`{command}" in page
    assert [option for option in options if option not in page] == []


@pytest.mark.parametrize("page", ["README.md", "README.fr.md"])
def test_the_two_commands_of_the_readme_are_those_that_are_checked(page: str) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", text(page), re.DOTALL)
    assert re.fullmatch(r'\./bootstrap && \./sobre ask ".*"\n', blocks[0])
    assert blocks[-1] == "./test\n"
    assert "./bootstrap --dev" in text("test")
    for step in ("./bootstrap --dev", "./check", "./test"):
        assert re.search(rf"^{re.escape(step)}\b", text(".ci/run"), re.MULTILINE)


@pytest.mark.parametrize("script", ["bootstrap", "sobre", "check", "test", ".ci/run"])
def test_a_script_can_be_run_and_its_syntax_is_any_shells(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert text(script).startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", ROOT / script], check=True)


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md")), ids=str
)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


# --- Source ------------------------------------------------------------------------------------


def uses(name: str) -> set[str]:
    """The source files that call or read ``name``, a bare name or an attribute."""
    return {
        path.relative_to(ROOT / "src/sobre").as_posix()
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr == name)
        or (isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load))
    }


def test_only_disguise_makes_what_may_leave() -> None:
    makers = {
        path.relative_to(ROOT / "src/sobre").as_posix()
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) == "Outbound"
    }
    assert makers == {"privacy/disguise.py"}


def test_only_the_configuration_reads_the_environment() -> None:
    assert uses("environ") | uses("getenv") == {"config.py"}


def tracked() -> list[Path]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not in a git checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_registry_or_a_place_on_a_machine() -> None:
    registries = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb.deb" + "ian.org")
    places = ("/wo" + "rk/", "/ro" + "ot/", "/home" + "/")
    words = re.compile("|".join(re.escape(word) for word in registries + places))
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked()
        if (match := words.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert found == []


@pytest.mark.parametrize("lock", ["base", "build", "dev"])
def test_a_lock_pins_every_package_by_version_and_hash(lock: str) -> None:
    body = text(f"requirements/{lock}.txt").replace("\\\n", " ")
    lines = [line for line in body.splitlines() if line and not line.lstrip().startswith("#")]
    assert lines
    assert all(re.match(r"[a-z0-9.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line) for line in lines)


def test_the_locks_hold_what_the_package_asks_for() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    asked = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["local"],
    ]
    names = {re.match(r"[\w-]+", line)[0].lower() for line in asked}  # type: ignore[index]
    locked = set(re.findall(r"^([a-z0-9-]+)==", text("requirements/base.txt"), re.MULTILINE))
    assert names <= locked
