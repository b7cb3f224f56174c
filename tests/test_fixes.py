"""Programs run before and after the fixes that are made on request: what a server sees of them.

A case is a program with ``before`` and ``after``: what it sends, a line a request,
``METHOD host/path``, and behind it the company's id where a header carries it.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from migrator.config import Settings
from migrator.fixes.codes import kind_of
from migrator.pipeline import scan_paths
from migrator.rewriting import migrate_files
from migrator.values import Changed, Fix, Scan

if TYPE_CHECKING:
    from conftest import Launcher, RecordingServer, Request

CASES = Path(__file__).parent / "cases" / "fixes"
FOLLOW = CASES.with_name("follow")
NAMES = sorted(folder.name for folder in CASES.iterdir())
NOT_THE_PROGRAM = ("before", "after", "drive.py", "expect", "unknown", "by_hand", "__pycache__")
HEADER = "procore-company-id"
COMPANY = 'os.environ.get("PROCORE_COMPANY_ID", "77")'
EXEMPT = ("GET /vapid/me", "GET /vapid/companies")
UNKNOWN = {"regular_expression_fills_the_holes"}
"""Programs of whose request no path is known, and so not whether it needs the header."""


def scan(folder: Path, fixes: frozenset[Fix]) -> Scan:
    settings = Settings(company_id=COMPANY)
    return scan_paths(["."], settings, today=date(2026, 11, 23), cwd=folder, fixes=fixes)


def rewrite(folder: Path, fixes: frozenset[Fix]) -> Scan:
    found = scan(folder, fixes)
    for outcome in migrate_files(found, fixes):
        assert isinstance(outcome, Changed)
        (folder / outcome.before.path).write_bytes(outcome.after)
    return found


def company(request: Request) -> list[str]:
    return [text for name, text in request.headers if name == HEADER]


def without_company(request: Request) -> Request:
    kept = tuple(pair for pair in request.headers if pair[0] != HEADER)
    return replace(request, headers=kept)


def described(request: Request) -> str:
    method, path = request.line.split(" ", 1)
    return " ".join([method, request.host + path, *company(request)])


def run(folder: Path, driver: Path, launcher: Launcher, server: RecordingServer) -> list[Request]:
    server.take()
    launcher.run(folder, driver)
    return sorted(server.take())


@pytest.mark.parametrize("name", NAMES)
def test_server_sees_what_is_expected_before_and_after(
    name: str, launcher: Launcher, server: RecordingServer, tmp_path: Path
) -> None:
    folder = shutil.copytree(
        CASES / name, tmp_path / name, ignore=shutil.ignore_patterns(*NOT_THE_PROGRAM)
    )
    fixes = frozenset(Fix)

    before = run(folder, folder / "main.py", launcher, server)
    rewrite(folder, fixes)
    after = run(folder, folder / "main.py", launcher, server)

    assert sorted(map(described, before)) == (CASES / name / "before").read_text().splitlines()
    assert sorted(map(described, after)) == (CASES / name / "after").read_text().splitlines()
    assert sorted(each.body for each in before) == sorted(each.body for each in after)
    again = scan(folder, fixes)
    assert migrate_files(again, fixes) == ()


@pytest.mark.sampled
@pytest.mark.parametrize("name", sorted(folder.name for folder in FOLLOW.iterdir()))
def test_program_sends_the_header_or_says_why_not_and_changes_nothing_else(
    name: str, launcher: Launcher, server: RecordingServer, tmp_path: Path
) -> None:
    folder = shutil.copytree(
        FOLLOW / name, tmp_path / name, ignore=shutil.ignore_patterns(*NOT_THE_PROGRAM)
    )
    own = FOLLOW / name / "drive.py"
    driver = own if own.exists() else folder / "main.py"
    fixes = frozenset({Fix.COMPANY_HEADER})

    before = run(folder, driver, launcher, server)
    found = rewrite(folder, fixes)
    after = run(folder, driver, launcher, server)

    assert sorted(map(without_company, after)) == before
    assert all(len(company(request)) <= 1 for request in after)
    assert {r.host for r in after if company(r) and "procore" not in r.host} <= {"127.0.0.1"}
    left = [f for f in found.findings if kind_of(f) is Fix.COMPANY_HEADER and not f.edits]
    lacking = {
        request.line
        for request in after
        if request.path.startswith("/vapid")
        and not request.host.endswith("example.com")
        and request.line.rstrip("/") not in EXEMPT
        and not company(request)
    }
    assert not lacking or left or name in UNKNOWN
    again = [f for f in scan(folder, fixes).findings if kind_of(f) is Fix.COMPANY_HEADER]
    assert [f.message for f in again if f.edits] == []
