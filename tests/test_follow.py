"""Small programs, one way of spelling a URL each: their endpoints are found, and they move once."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from migrator.config import Settings
from migrator.pipeline import migrate_files, scan_paths
from migrator.values import Changed, Fix, Scan

CASES = Path(__file__).parent / "cases" / "follow"
NAMES = sorted(folder.name for folder in CASES.iterdir())
EVERY_FIX = frozenset(Fix)


def scan(folder: Path) -> Scan:
    return scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=folder)


@pytest.mark.parametrize("name", NAMES)
def test_endpoints_are_those_that_the_program_calls(name: str) -> None:
    expected = (CASES / name / "expect").read_text("utf-8").splitlines()

    found = scan(CASES / name)

    assert sorted(endpoint.name for endpoint in found.endpoints) == sorted(expected)
    assert found.problems == ()


@pytest.mark.parametrize("name", NAMES)
def test_program_moves_whole_and_only_once(name: str, tmp_path: Path) -> None:
    folder = shutil.copytree(CASES / name, tmp_path / name, ignore=shutil.ignore_patterns("expect"))
    outcomes = migrate_files(scan(folder), EVERY_FIX)

    assert outcomes
    for outcome in outcomes:
        assert isinstance(outcome, Changed)
        (folder / outcome.before.path).write_bytes(outcome.after)
    again = scan(folder)
    assert (again.endpoints, again.findings, again.problems) == ((), (), ())
