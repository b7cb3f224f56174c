"""Settings that are read by name: their URLs are followed to the calls, and their places told."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.values import Scan

CASES = Path(__file__).parent / "cases" / "settings"
NAMES = sorted(folder.name for folder in CASES.iterdir())


def scan(folder: Path, *paths: str) -> Scan:
    return scan_paths(paths or ["."], Settings(), today=date(2026, 11, 23), cwd=folder)


def described(found: Scan) -> list[str]:
    places = [
        f"{each.path}:{each.line}:{each.column} {', '.join(each.endpoints)}"
        for each in found.findings
    ]
    return [*(endpoint.name for endpoint in found.endpoints), *places]


@pytest.mark.parametrize("name", NAMES)
def test_settings_are_followed_to_the_calls_that_read_them(name: str, tmp_path: Path) -> None:
    expected = (CASES / name / "expect").read_text("utf-8").splitlines()
    ignore = shutil.ignore_patterns("expect")

    found = scan(shutil.copytree(CASES / name, tmp_path / "client", ignore=ignore))

    assert sorted(described(found)) == sorted(expected)
    assert found.problems == ()


def test_only_the_code_is_named_and_settings_are_still_read(tmp_path: Path) -> None:
    folder = shutil.copytree(CASES / "environment_file", tmp_path / "client")
    (folder / "pyproject.toml").write_text("")

    found = scan(folder, ".env.example", "sync.py")

    assert [endpoint.name for endpoint in found.endpoints] == [
        "GET /vapid/projects/{project_id}/rfis"
    ]


def test_variables_that_git_ignores_are_read_and_reported(tmp_path: Path) -> None:
    folder = shutil.copytree(CASES / "pydantic_settings", tmp_path / "client")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    (folder / ".gitignore").write_text(".env\n")

    found = scan(folder)

    assert "GET /vapid/me" in described(found)
    assert ".env:1:37 GET /vapid/me" in described(found)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "{"),
        ("a.json", "[" * 100_000),
        ("a.toml", "x = "),
        ("a.yaml", "a: [b"),
        ("a.yaml", "a: &a [*a]"),
        ("a.ini", "no section"),
        (".env", "=1\nA"),
    ],
)
def test_settings_that_cannot_be_read_are_searched_by_text(
    name: str, text: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(f"{text}\n# https://api.procore.com/vapid/me\n")
    (tmp_path / "a.py").write_text("import os\nprint(os.environ['A'])\n")

    found = scan(tmp_path)

    assert [(each.path, each.line) for each in found.findings][-1][0] == name
