"""What the commands do with files that are hard to read, hard to reach, or not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrator.cli import PROGRAM_NAME, program

CALL = 'import requests\nrequests.get("https://api.procore.com/vapid/projects")\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with nothing in it."""
    for name in ("NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    top = tmp_path / "top"
    top.mkdir()
    monkeypatch.chdir(top)
    return top


def run(*args: str) -> Result:
    return CliRunner().invoke(program, args, prog_name=PROGRAM_NAME)


# Files that cannot be decoded


@pytest.mark.parametrize(
    ("name", "data", "line", "code"),
    [
        ("a.py", CALL.encode() + b"# caf\xe9\n", 2, "VAP007"),
        ("a.py", b"# coding: no-such\n" + CALL.encode(), 3, "VAP007"),
        ("a.py", b"# coding: ascii\n" + CALL.encode() + "# é\n".encode(), 3, "VAP007"),
        ("a.py", CALL.encode("utf-16"), 2, "VAP007"),
        ("a.py", CALL.encode("utf-16-le"), 2, "VAP007"),
        ("a.py", CALL.encode("utf-16-be"), 2, "VAP007"),
        ("a.py", CALL.encode("utf-32"), 2, "VAP007"),
        ("a.py", CALL.encode() + b"\0", 2, "VAP007"),
        ("a.yaml", CALL.encode("utf-16"), 2, "VAP008"),
    ],
    ids=[
        "latin-1",
        "unknown-coding",
        "wrong-coding",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "nul",
        "utf-16-settings",
    ],
)
def test_file_that_cannot_be_decoded_is_a_problem_and_is_searched_by_text(
    name: str, data: bytes, line: int, code: str, folder: Path
) -> None:
    (folder / name).write_bytes(data)

    result = run("check", name)

    assert result.exit_code == 1
    assert result.stdout.startswith(f"{name}:{line}:39: {code} found by text")
    assert f"{name}:" in result.stderr
    assert "VAP901" in result.stderr
    document = json.loads(run("scan", "--format", "json").stdout)
    assert [each["code"] for each in document["findings"]] == [code]
    assert [each["code"] for each in document["problems"]] == ["VAP901"]
    assert run("rewrite", "--write").exit_code == 1
    assert (folder / name).read_bytes() == data


@pytest.mark.parametrize("command", ["scan", "check", "rewrite"])
@pytest.mark.parametrize(
    "data", [b"x = 'vapid'  # caf\xe9\n", b"x = 'vapid'\n" + b"#" * 20_000_000], ids=["bad", "big"]
)
def test_file_alone_that_cannot_be_analysed_exits_2(
    command: str, data: bytes, folder: Path
) -> None:
    (folder / "a.py").write_bytes(data)

    alone = run(command, "a.py")
    (folder / "b.py").write_text("x = 1\n")
    together = run(command, "a.py", "b.py")

    assert (alone.exit_code, alone.stdout) == (2, "")
    assert alone.stderr.startswith("Error: nothing could be analysed: a.py: ")
    assert together.exit_code == 0


def test_only_the_first_reasons_why_nothing_can_be_analysed_are_named(folder: Path) -> None:
    for number in range(9):
        (folder / f"{number}.py").write_bytes(b"x = 'vapid'  # caf\xe9\n")

    result = run("check")

    assert result.exit_code == 2
    assert "4.py: byte 0xe9" in result.stderr
    assert "5.py" not in result.stderr
    assert result.stderr.endswith("; and 4 more\n")
