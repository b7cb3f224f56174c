"""Documentation that cannot rot: every command and option has help and stands in the README."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from migrator import __version__
from migrator.cli import PROGRAM_NAME, program

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent


def walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Yield the command and all commands below it, with how each is spelled."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from walk(below, f"{path} {name}")


COMMANDS = dict(walk(program, PROGRAM_NAME))
LEAVES = [name for name, command in COMMANDS.items() if not isinstance(command, click.Group)]
OPTIONS = [
    pytest.param(name, option, id=f"{name} {max(option.opts, key=len)}")
    for name, command in COMMANDS.items()
    for option in command.params
    if isinstance(option, click.Option)
]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_all_commands_are_walked() -> None:
    assert {f"{PROGRAM_NAME} {name}" for name in ("scan", "rewrite", "check", "report")} <= set(
        LEAVES
    )
    assert f"{PROGRAM_NAME} rules list" in LEAVES


@pytest.mark.parametrize("name", LEAVES)
def test_command_stands_in_the_readme(name: str) -> None:
    assert re.search(rf"{name}\b", read("README.md"))


@pytest.mark.parametrize("name", COMMANDS)
def test_command_has_a_sentence_of_help(name: str) -> None:
    text = COMMANDS[name].help

    assert text
    assert text[0].isupper()
    assert text.partition("\n")[0].endswith(".")


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_option_stands_in_the_readme(name: str, option: click.Option) -> None:
    long = max(option.opts, key=len)

    assert name.startswith(PROGRAM_NAME)
    assert re.search(rf"(?<![\w-]){long}(?![\w-])", read("README.md")), name


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_option_has_help_without_a_full_stop(name: str, option: click.Option) -> None:
    assert option.help, name
    assert option.help[0].isupper()
    assert not option.help.endswith(".")


@pytest.mark.parametrize("marker", ["test-command", "sample-command"])
def test_readme_marks_the_commands_that_ci_runs(marker: str) -> None:
    block = re.search(rf"^<!-- {marker} -->\n+```sh\n(.+)\n```$", read("README.md"), re.MULTILINE)

    assert block
    assert block[1].startswith("python3 -m venv .venv && .venv/bin/python -m pip install -q ")


def test_readme_sample_exists() -> None:
    block = re.search(
        r"^<!-- sample-command -->\n+```sh\n.* (\S+)\n```$", read("README.md"), re.MULTILINE
    )

    assert block
    assert list((ROOT / block[1]).rglob("*.py"))


def test_changelog_has_this_version() -> None:
    headings = re.findall(r"^## \[([^\]]+)\]", read("CHANGELOG.md"), re.MULTILINE)

    assert headings[0] == "Unreleased" or headings[0] == __version__
    assert __version__ in headings or f"What will be {__version__}" in read("CHANGELOG.md")


def test_pre_commit_hook_runs_a_command_that_exists() -> None:
    entries = re.findall(r"^ *entry: (.+)$", read(".pre-commit-hooks.yaml"), re.MULTILINE)

    assert entries
    assert {entry.partition(" --")[0] for entry in entries} <= set(LEAVES)


def test_supported_pythons_agree() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    classified = {text.rpartition(" ")[2] for text in project["classifiers"] if ":: 3." in text}
    tested = set(re.findall(r'"(3\.\d+)"', read("noxfile.py")))

    assert classified == tested
    assert project["requires-python"] == f">={min(tested, key=lambda v: int(v[2:]))}"
