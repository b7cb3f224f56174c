"""The short way of a hook ends only where the whole program would have nothing to say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrator.glance import is_clean_check, scan_clean

CLEAN = {
    "code.py": b"import requests\n\nrequests.get('https://example.com/rest/v1')\n",
    "empty.py": b"",
    "not_python_3.py": b"print 'hello'\n",
    "latin.py": b"# -*- coding: latin-1 -*-\nname = '\xe9'\n",
    "binary.dat": bytes(range(256)),
    "notes.md": b"# Notes\n",
    "book.ipynb": b'{"cells": []}',
    "settings.toml": b"[server]\nhost = 'localhost'\n",
}
AFFECTED = {
    "literal.py": b"import requests\nrequests.get('https://api.procore.com/vapid/me')\n",
    "parts.py": b"NAMESPACE = 'va' 'pid'\n",
    "escaped.py": b"URL = 'https://api.procore.com/\\x76apid/me'\n",
    "host.py": b"URL = 'https://api.procore.com/' + read()\n",
    "utf16.txt": "https://api.procore.com/vapid/me".encode("utf-16"),
    "utf32.txt": "https://api.procore.com/vapid/me".encode("utf-32-be"),
    "key.py": b"from py_vapid import Vapid\n",
    "silenced.py": b"x = 1  # vapid: ignore\n",
    "large.py": b"x = 1\n" * 1_000_000,
}
SETTINGS = {
    "another tool's": ("[tool.other]\nx = 1\n", True),
    "sound": ("[tool.vapid-to-rest]\nhosts = ['procore.example.com']\n", True),
    "broken": ("[tool.other\n", False),
    "an unknown key": ("[tool.vapid-to-rest]\nhost = 'procore.example.com'\n", False),
    "rows to be checked": ("[tool.vapid-to-rest]\nrules = ['extra.toml']\n", False),
    "not UTF-8": ("[tool.other]\nx = '\udcff'\n", False),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("SOURCE_DATE_EPOCH", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, data in (CLEAN | AFFECTED).items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def run_whole(*names: str, command: str = "check") -> subprocess.CompletedProcess[str]:
    code = "import sys; from migrator.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", code, command, *names], capture_output=True, text=True, check=False
    )


@pytest.mark.usefixtures("folder")
def test_clean_files_need_no_more_and_the_whole_program_says_nothing() -> None:
    assert is_clean_check(["check", *CLEAN])

    whole = run_whole(*CLEAN)
    assert (whole.returncode, whole.stdout, whole.stderr) == (0, "", "")


@pytest.mark.parametrize("name", CLEAN)
def test_clean_file_needs_no_more(name: str, folder: Path) -> None:
    assert is_clean_check(["check", name])
    assert is_clean_check(["check", str(folder / name)])


def test_name_behind_hyphens_is_that_of_a_file(folder: Path) -> None:
    (folder / "-w.py").write_bytes(CLEAN["code.py"])
    (folder / "--fix").write_bytes(AFFECTED["literal.py"])

    assert is_clean_check(["check", "--", "code.py", "-w.py"])
    assert run_whole("--", "code.py", "-w.py").returncode == 0
    assert not is_clean_check(["check", "--", "code.py", "--fix"])
    assert run_whole("--", "code.py", "--fix").returncode == 1


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", AFFECTED)
def test_file_that_may_be_affected_is_left_to_the_whole_program(name: str) -> None:
    assert not is_clean_check(["check", "code.py", name])


@pytest.mark.sampled
@pytest.mark.parametrize(("text", "sound"), SETTINGS.values(), ids=SETTINGS)
def test_settings_are_read_as_the_whole_program_reads_them(
    text: str, sound: bool, folder: Path
) -> None:
    (folder / "pyproject.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    (folder / "package").mkdir()
    (folder / "package" / "code.py").write_bytes(CLEAN["code.py"])

    assert is_clean_check(["check", "package/code.py"]) is sound
    # A file of rows that is not there is what the whole program stumbles on.
    assert run_whole("package/code.py").returncode == (0 if sound else 2)


def test_settings_further_up_are_read_too(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.vapid-to-rest]\nwrong = 1\n", "utf-8")
    (folder / "package").mkdir()
    (folder / "package" / "pyproject.toml").write_text("[tool.other]\n", "utf-8")
    (folder / "package" / "code.py").write_bytes(CLEAN["code.py"])

    assert not is_clean_check(["check", "package/code.py"])
    assert run_whole("package/code.py").returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["check"],
        ["check", "."],
        ["check", ""],
        ["check", "missing.py"],
        ["check", "pipe"],
        ["check", "--fix", "host", "code.py"],
        ["check", "--"],
        ["check", "-w.py"],
        ["check", "--", "--fix"],
        ["check", "code.py", "--", "code.py"],
        ["scan", "code.py"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_anything_else_is_left_to_the_whole_program(arguments: list[str], folder: Path) -> None:
    os.mkfifo(folder / "pipe")

    assert not is_clean_check(arguments)


@pytest.mark.usefixtures("folder")
def test_wrong_date_is_left_to_the_whole_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")

    assert not is_clean_check(["check", "code.py"])


@pytest.mark.usefixtures("folder")
def test_program_does_not_import_click_for_a_clean_file() -> None:
    shown = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "migrator", "check", "code.py"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "migrator.glance" in shown.stderr
    assert "click" not in shown.stderr


# Scans


@pytest.fixture
def clean(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder in which nothing is found, of many kinds of files."""
    clean = folder / "clean"
    clean.mkdir()
    for name, data in CLEAN.items():
        (clean / name).write_bytes(data)
    (clean / "sub" / "node_modules").mkdir(parents=True)
    (clean / "sub" / "link.py").symlink_to("../code.py")
    (clean / "sub" / ".env").write_bytes(b"A=1\n")
    (clean / "sub" / "node_modules" / "call.py").write_bytes(AFFECTED["literal.py"])
    monkeypatch.chdir(clean)
    return clean


@pytest.mark.parametrize(
    "arguments",
    [[], ["."], ["sub"], ["sub", "."], ["--no-cache"], [".", "--no-cache"], ["../clean"]],
    ids=" ".join,
)
def test_scan_of_clean_folders_prints_what_the_whole_program_does(
    arguments: list[str], clean: Path
) -> None:
    assert clean.is_dir()
    whole = run_whole(*arguments, command="scan")

    assert (whole.returncode, whole.stderr) == (0, "")
    assert scan_clean(["scan", *arguments]) == whole.stdout


@pytest.mark.parametrize("name", [name for name in AFFECTED if name != "large.py"])
def test_scan_of_a_folder_that_may_be_affected_is_left_to_the_whole_program(
    name: str, clean: Path
) -> None:
    (clean / "sub" / name).write_bytes(AFFECTED[name])

    assert scan_clean(["scan"]) is None


@pytest.mark.parametrize("text", [text for text, _ in SETTINGS.values()], ids=SETTINGS)
def test_scan_under_settings_is_left_to_the_whole_program(text: str, clean: Path) -> None:
    (clean / "pyproject.toml").write_bytes(text.encode("utf-8", "surrogateescape"))

    assert (scan_clean(["scan", "sub"]) is None) is (text != SETTINGS["another tool's"][0])


@pytest.mark.parametrize(
    "arguments",
    [
        ["code.py"],
        ["missing"],
        [""],
        ["--format", "json"],
        ["--", "."],
        ["sub/empty"],
        ["--no-cache=1"],
        ["pipes"],
    ],
    ids=" ".join,
)
def test_other_scans_are_left_to_the_whole_program(arguments: list[str], clean: Path) -> None:
    (clean / "sub" / "empty").mkdir()
    (clean / "pipes").mkdir()
    os.mkfifo(clean / "pipes" / "pipe.py")

    assert scan_clean(["scan", *arguments]) is None
    assert scan_clean(["check", *arguments]) is None


@pytest.mark.parametrize("name", ["SOURCE_DATE_EPOCH", "FORCE_COLOR"])
def test_scan_in_another_setting_is_left_to_the_whole_program(
    name: str, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert clean.is_dir()
    monkeypatch.setenv(name, "1")

    assert scan_clean(["scan"]) is None


def test_program_does_not_import_click_for_a_clean_folder(clean: Path) -> None:
    # Where coverage is measured, it imports some of them itself.
    env = {name: text for name, text in os.environ.items() if not name.startswith("COVERAGE_")}
    shown = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "migrator", "scan"],
        cwd=clean,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stdout == scan_clean(["scan"])
    assert "migrator.sift" in shown.stderr
    slow = ("click", "dataclasses", "pathlib", "typing", "subprocess", "hashlib")
    names = {line.rpartition("|")[2].strip() for line in shown.stderr.splitlines()}
    assert names.isdisjoint(slow)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
def test_line_that_cannot_be_printed_is_an_error_as_ever(clean: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "migrator", "scan"],
            cwd=clean,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert ended.returncode == 2
    assert "cannot write to standard output" in ended.stderr
