"""Whole rewrites: what a scan says, what comes out, and that nothing is left for a second run.

A case is a folder with ``before/``, ``after/`` and ``expect``: a line a finding,
``path:line:column CODE safety``.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from migrator.config import Settings
from migrator.pipeline import migrate_files, scan_paths
from migrator.values import Changed, Fix, Safety, Scan

CASES = Path(__file__).parent / "cases" / "rewrite"
NAMES = sorted(folder.name for folder in CASES.iterdir())
LEFT_ALONE = [name for name in NAMES if name.startswith("left_alone")]


def scan(folder: Path) -> Scan:
    return scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=folder)


def described(found: Scan) -> list[str]:
    return [f"{f.path}:{f.line}:{f.column} {f.code} {f.safety}" for f in found.findings]


def rewrite(folder: Path) -> None:
    for outcome in migrate_files(scan(folder), frozenset({Fix.NAMESPACE})):
        assert isinstance(outcome, Changed)
        (folder / outcome.before.path).write_bytes(outcome.after)


def read_files(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("name", NAMES)
def test_scan_finds_what_is_expected(name: str, tmp_path: Path) -> None:
    expected = (CASES / name / "expect").read_text("utf-8").splitlines()

    # By itself: settings of other cases would be read by name, too.
    found = scan(shutil.copytree(CASES / name / "before", tmp_path / "project"))

    assert described(found) == expected


@pytest.mark.parametrize("name", NAMES)
def test_rewrite_gives_what_is_expected(name: str, tmp_path: Path) -> None:
    folder = shutil.copytree(CASES / name / "before", tmp_path / "project")

    rewrite(folder)

    assert read_files(folder) == read_files(CASES / name / "after")


@pytest.mark.parametrize("name", NAMES)
def test_second_rewrite_finds_nothing_to_do(name: str, tmp_path: Path) -> None:
    folder = shutil.copytree(CASES / name / "after", tmp_path / "project")

    found = scan(folder)

    assert [f for f in found.findings if f.safety is not Safety.MANUAL] == []
    assert migrate_files(found, frozenset({Fix.NAMESPACE})) == ()


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_is_not_procores_is_left_alone(name: str, tmp_path: Path) -> None:
    assert described(scan(shutil.copytree(CASES / name / "before", tmp_path / "project"))) == []
    assert read_files(CASES / name / "before") == read_files(CASES / name / "after")
