"""Whole rewrites: what a scan says, what comes out, and that nothing is left for a second run.

A case is a folder with ``before/``, ``after/`` and ``expect``: a line a finding,
``path:line:column CODE safety``. Where it has a file ``fixes``, that names the kinds of edit
to ask for, in a line each; a ``pyproject.toml`` in ``before/`` gives the settings.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from migrator.config import Settings, load_settings
from migrator.fixes.codes import kind_of
from migrator.pipeline import scan_paths
from migrator.rewriting import migrate_files
from migrator.values import Changed, Fix, Safety, Scan

CASES = Path(__file__).parent / "cases" / "rewrite"
NAMES = sorted(folder.name for folder in CASES.iterdir())
LEFT_ALONE = [name for name in NAMES if name.startswith("left_alone")]


def requested(name: str) -> frozenset[Fix]:
    file = CASES / name / "fixes"
    return frozenset(map(Fix, file.read_text("utf-8").split())) if file.exists() else frozenset()


def scan(folder: Path, fixes: frozenset[Fix]) -> Scan:
    settings = load_settings(folder) if (folder / "pyproject.toml").exists() else Settings()
    return scan_paths(["."], settings, today=date(2026, 11, 23), cwd=folder, fixes=fixes)


def described(found: Scan) -> list[str]:
    return [f"{f.path}:{f.line}:{f.column} {f.code} {f.safety}" for f in found.findings]


def rewrite(folder: Path, fixes: frozenset[Fix]) -> None:
    for outcome in migrate_files(scan(folder, fixes), fixes or frozenset({Fix.NAMESPACE})):
        assert isinstance(outcome, Changed)
        (folder / outcome.before.path).write_bytes(outcome.after)


def read_files(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.sampled
@pytest.mark.parametrize("name", NAMES)
def test_scan_finds_what_is_expected(name: str, tmp_path: Path) -> None:
    expected = (CASES / name / "expect").read_text("utf-8").splitlines()

    # By itself: settings of other cases would be read by name, too.
    found = scan(shutil.copytree(CASES / name / "before", tmp_path / "project"), requested(name))

    assert described(found) == expected


@pytest.mark.sampled
@pytest.mark.parametrize("name", NAMES)
def test_rewrite_gives_what_is_expected(name: str, tmp_path: Path) -> None:
    folder = shutil.copytree(CASES / name / "before", tmp_path / "project")

    rewrite(folder, requested(name))

    assert read_files(folder) == read_files(CASES / name / "after")


@pytest.mark.sampled
@pytest.mark.parametrize("name", NAMES)
def test_second_rewrite_finds_nothing_to_do(name: str, tmp_path: Path) -> None:
    folder = shutil.copytree(CASES / name / "after", tmp_path / "project")

    fixes = requested(name)
    found = scan(folder, fixes)

    kinds = fixes or frozenset({Fix.NAMESPACE})
    left = [f for f in found.findings if f.safety is not Safety.MANUAL and kind_of(f) in kinds]
    assert left == []
    assert migrate_files(found, kinds) == ()


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_is_not_procores_is_left_alone(name: str, tmp_path: Path) -> None:
    folder = shutil.copytree(CASES / name / "before", tmp_path / "project")
    assert described(scan(folder, requested(name))) == []
    assert read_files(CASES / name / "before") == read_files(CASES / name / "after")
