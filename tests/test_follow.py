"""Small programs, one way of spelling a URL each: found is what a run sends, and it moves once.

A case is a program, ``expect`` with the endpoints that it calls, and what stays out of the
program that is scanned: ``drive.py``, which calls what a run of ``main.py`` would not,
``unknown``, the requests that a run sends although nothing in the program says so, and
``by_hand``, the findings that are left to a person.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.rewriting import migrate_files
from migrator.values import Changed, Fix, Outcome, Scan

if TYPE_CHECKING:
    from conftest import Launcher, RecordingServer, Request

CASES = Path(__file__).parent / "cases" / "follow"
NAMES = sorted(folder.name for folder in CASES.iterdir())
NOT_THE_PROGRAM = ("drive.py", "expect", "unknown", "by_hand", "__pycache__")
ROUTE = frozenset({Fix.NAMESPACE})


@dataclass(frozen=True, slots=True)
class Case:
    """A copy of a program, with the driver that runs it and the lines of its lists."""

    folder: Path
    driver: Path
    expected: list[str]
    unknown: list[str]
    by_hand: list[str]


def read_lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines() if file.exists() else []


def scan(folder: Path) -> Scan:
    return scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=folder)


def run_case(case: Case, launcher: Launcher, server: RecordingServer) -> list[Request]:
    """Return what a run sends, in an order that threads cannot change."""
    server.take()
    launcher.run(case.folder, case.driver)
    return sorted(server.take())


def is_under_the_namespace(request: Request) -> bool:
    """Say whether it is about the namespace of Procore, not of an API at example.com."""
    return request.path.startswith("/vapid") and not request.host.endswith("example.com")


def moved(request: Request) -> Request:
    """Return the request as it should be sent after the switch."""
    if not is_under_the_namespace(request):
        return request
    return replace(request, path=request.path.replace("/vapid/", "/rest/v1.0/", 1))


# Each of these does the next step of one migration, once for all the tests that look at it.


def copy_case(source: Path, target: Path) -> Case:
    folder = shutil.copytree(source, target, ignore=shutil.ignore_patterns(*NOT_THE_PROGRAM))
    driver = source / "drive.py"
    return Case(
        folder=folder,
        driver=driver if driver.exists() else folder / "main.py",
        expected=read_lines(source / "expect"),
        unknown=read_lines(source / "unknown"),
        by_hand=read_lines(source / "by_hand"),
    )


@pytest.fixture(scope="module", params=NAMES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return copy_case(CASES / request.param, tmp_path_factory.mktemp("case") / request.param)


@pytest.fixture(scope="module")
def found(case: Case) -> Scan:
    return scan(case.folder)


@pytest.fixture(scope="module")
def before(case: Case, launcher: Launcher, server: RecordingServer) -> list[Request]:
    return run_case(case, launcher, server)


@pytest.fixture(scope="module")
def outcomes(case: Case, found: Scan, before: list[Request]) -> tuple[Outcome, ...]:
    """Rewrite the copy, once its requests are known."""
    assert before
    outcomes = migrate_files(found, ROUTE)
    for outcome in outcomes:
        if isinstance(outcome, Changed):
            (case.folder / outcome.before.path).write_bytes(outcome.after)
    return outcomes


@pytest.fixture(scope="module")
def after(
    case: Case, outcomes: tuple[Outcome, ...], launcher: Launcher, server: RecordingServer
) -> list[Request]:
    assert outcomes or case.by_hand
    return run_case(case, launcher, server)


def test_endpoints_are_those_that_the_program_calls(case: Case, found: Scan) -> None:
    assert sorted(endpoint.name for endpoint in found.endpoints) == sorted(case.expected)
    assert found.problems == ()


@pytest.mark.sampled
def test_program_sends_what_is_expected_and_nothing_else(case: Case, before: list[Request]) -> None:
    sent = [request for request in before if is_under_the_namespace(request)]
    listed = [*case.expected, *case.unknown]

    # An endpoint is named without the slash that a URL may end in.
    named = [replace(request, path=request.path.rstrip("/")) for request in sent]
    fitting = {request.line: [line for line in listed if request.fits(line)] for request in named}
    assert {line: fit for line, fit in fitting.items() if len(fit) != 1} == {}
    assert {line for fit in fitting.values() for line in fit} == set(listed)
    assert len(listed) == len(set(listed))


def test_program_moves_whole_and_only_once(case: Case, outcomes: tuple[Outcome, ...]) -> None:
    assert outcomes or case.by_hand
    assert all(isinstance(outcome, Changed) for outcome in outcomes)
    again = scan(case.folder)
    assert again.problems == ()
    left = [f"{each.path}:{each.line}:{each.column} {each.code}" for each in again.findings]
    assert left == case.by_hand
    if not case.by_hand:
        assert again.endpoints == ()


@pytest.mark.sampled
def test_moved_program_sends_the_same_but_for_the_route(
    case: Case, before: list[Request], after: list[Request]
) -> None:
    # What is left to a person may be sent the old way; nothing else may come of it.
    arrived = sorted(moved(request) for request in after) if case.by_hand else after
    assert arrived == sorted(moved(request) for request in before)


def test_program_that_fails_is_reported_with_what_it_printed(
    launcher: Launcher, tmp_path: Path
) -> None:
    (tmp_path / "main.py").write_text("raise SystemExit('no such thing')\n", "utf-8")

    with pytest.raises(AssertionError, match="no such thing"):
        launcher.run(tmp_path, tmp_path / "main.py")


def test_launcher_starts_a_process_of_its_own_for_each_program(
    launcher: Launcher, server: RecordingServer, tmp_path: Path
) -> None:
    program = (
        "import sys, urllib.request\n"
        "urllib.request.urlopen('https://a.example/' + str('helped' in sys.modules))\n"
        "sys.modules['helped'] = sys\n"
    )
    (tmp_path / "main.py").write_text(program, "utf-8")
    case = Case(tmp_path, tmp_path / "main.py", [], [], [])

    sent = [*run_case(case, launcher, server), *run_case(case, launcher, server)]
    assert [(request.host, request.line) for request in sent] == [("a.example", "GET /False")] * 2
