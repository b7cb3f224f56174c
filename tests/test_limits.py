"""Small programs whose endpoints are not all found, or not all right: known, and counted.

Each says in ``why`` what is missing. One that is found after all belongs in ``cases/follow``,
where programs are run as well; until then the strict mark fails.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from migrator.config import Settings
from migrator.pipeline import scan_paths

pytestmark = pytest.mark.once

CASES = Path(__file__).parent / "cases" / "limits"
NOTES = ("expect", "why", "unknown", "by_hand")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            folder.name,
            marks=pytest.mark.xfail(strict=True, reason=(folder / "why").read_text("utf-8")),
        )
        for folder in sorted(CASES.iterdir())
    ],
)
def test_program_beyond_what_is_followed(name: str, tmp_path: Path) -> None:
    folder = shutil.copytree(CASES / name, tmp_path / name, ignore=shutil.ignore_patterns(*NOTES))
    expected = (CASES / name / "expect").read_text("utf-8").splitlines()

    found = scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=folder)

    assert sorted(endpoint.name for endpoint in found.endpoints) == sorted(expected)
