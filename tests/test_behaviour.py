"""Whole sample clients, run against a real server before and after they are rewritten."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import RecordingServer, Request

ROOT = Path(__file__).parent.parent
CLIENTS = Path(__file__).parent / "clients"
NAMES = sorted(path.parent.name for path in CLIENTS.glob("*/client.toml"))
DECLARATION = "client.toml"
TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class Client:
    """A copy of a sample client, with what its client.toml declares about it.

    ``expected`` are the endpoints that a run sends to Procore, ``other`` the requests that
    have nothing to do with its API, both as ``METHOD /path/{placeholder}``; ``check`` is a
    command that must succeed beside the main one, such as the client's own unit tests.
    ``headless`` says that the fix for the company's header leaves the client to a person.
    """

    folder: Path
    command: list[str]
    env: dict[str, str]
    expected: list[str]
    other: list[str] = field(default_factory=list)
    check: list[str] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    headless: bool = False


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What ``rewrite --write`` left behind: its exit code, and every file's bytes."""

    code: int
    stdout: str
    files: dict[str, bytes]


def run(
    command: list[str], folder: Path, home: Path, env: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a command with as little of this process's environment as it can do with."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable if part == "python" else part for part in command],
        cwd=folder,
        env=kept | {"HOME": str(home), "NO_PROXY": "*", "PYTHONDONTWRITEBYTECODE": "1"} | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )


def run_client(client: Client, server: RecordingServer, home: Path) -> list[Request]:
    """Run the client to its end and return what it sent, in an order that threads cannot change."""
    server.answers = client.answers
    server.take()
    env = {name: text.replace("{server}", server.url) for name, text in client.env.items()}
    for command in filter(None, (client.command, client.check)):
        filled = [part.replace("{server}", server.url) for part in command]
        done = run(filled, client.folder, home, env)
        assert done.returncode == 0, done.stderr
    return sorted(server.take())


def run_migrator(*arguments: str, client: Client, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line; what measures coverage here also measures it there."""
    env = {name: text for name, text in os.environ.items() if name.startswith("COVERAGE_")}
    command = ["python", "-m", "migrator", *arguments]
    return run(command, client.folder, home, env | {"PYTHONPATH": str(ROOT)})


def read_files(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def copy_client(name: str, target: Path) -> Client:
    """Copy the sample without its declaration, which is no part of the program."""
    source = CLIENTS / name
    ignored = shutil.ignore_patterns(DECLARATION, "__pycache__")
    folder = shutil.copytree(source, target, ignore=ignored)
    return Client(folder=folder, **tomllib.loads((source / DECLARATION).read_text("utf-8")))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


# Each of these does the next step of one migration, once for all the tests that look at it.


@pytest.fixture(scope="module", params=NAMES)
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Client:
    return copy_client(request.param, tmp_path_factory.mktemp("client") / request.param)


@pytest.fixture(scope="module")
def before(client: Client, server: RecordingServer, home: Path) -> list[Request]:
    return run_client(client, server, home)


@pytest.fixture(scope="module")
def scan(client: Client, before: list[Request], home: Path) -> dict[str, Any]:
    assert before
    done = run_migrator("scan", ".", "--format", "json", client=client, home=home)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.fixture(scope="module")
def rewritten(client: Client, scan: dict[str, Any], home: Path) -> Rewrite:
    assert scan
    done = run_migrator("rewrite", ".", "--write", client=client, home=home)
    assert done.returncode in {0, 1}, done.stderr
    return Rewrite(done.returncode, done.stdout, read_files(client.folder))


@pytest.fixture(scope="module")
def after(client: Client, rewritten: Rewrite, server: RecordingServer, home: Path) -> list[Request]:
    assert rewritten.files
    return run_client(client, server, home)


def moved(request: Request, client: Client) -> Request:
    """Return the request as Procore should get it after the switch."""
    if any(request.fits(line) for line in client.expected):
        return replace(request, path=request.path.replace("/vapid/", "/rest/v1.0/", 1))
    return request


def test_there_are_clients_of_every_library() -> None:
    code = "\n".join(path.read_text("utf-8") for path in CLIENTS.rglob("*.py"))

    assert len(NAMES) >= 9
    for library in ("requests", "httpx", "aiohttp", "urllib.request"):
        assert re.search(rf"^(import|from) {re.escape(library)}\b", code, re.MULTILINE), library


@pytest.mark.sampled
def test_client_sends_what_it_declares(client: Client, before: list[Request]) -> None:
    declared = [*client.expected, *client.other]

    fitting = {sent.line: [line for line in declared if sent.fits(line)] for sent in before}
    assert {line: fit for line, fit in fitting.items() if len(fit) != 1} == {}
    assert {line for fit in fitting.values() for line in fit} == set(declared)
    assert len(declared) == len(set(declared))


@pytest.mark.sampled
def test_scan_lists_exactly_the_endpoints_that_are_sent(
    client: Client, scan: dict[str, Any]
) -> None:
    listed = [f"{entry['method']} {entry['vapid']}" for entry in scan["endpoints"]]

    assert sorted(listed) == sorted(client.expected)
    assert scan["problems"] == []


@pytest.mark.sampled
def test_rewritten_client_sends_the_same_but_for_the_route(
    client: Client, before: list[Request], after: list[Request]
) -> None:
    assert after == sorted(moved(request, client) for request in before)


@pytest.mark.sampled
def test_rewrite_leaves_nothing_to_a_person(scan: dict[str, Any], rewritten: Rewrite) -> None:
    by_hand = [entry for entry in scan["findings"] if entry["safety"] == "manual"]

    assert by_hand == []
    assert rewritten.code == 0, rewritten.stdout


HEADER = "procore-company-id"
SETTINGS = """[tool.vapid-to-rest]
company-id = 'os.environ.get("COMPANY", "77")'
"""
EXEMPT = {"GET /rest/v1.0/me", "GET /rest/v1.0/companies"}


def companies(request: Request) -> list[str]:
    return [text for name, text in request.headers if name == HEADER]


@pytest.mark.once
def test_client_with_every_fix_sends_the_same_but_for_route_and_header(
    client: Client,
    before: list[Request],
    server: RecordingServer,
    home: Path,
    tmp_path: Path,
) -> None:
    fixed = copy_client(client.folder.name, tmp_path / client.folder.name)
    (fixed.folder / "pyproject.toml").write_text(SETTINGS, "utf-8")

    done = run_migrator("rewrite", ".", "--write", "--fix", "all", client=fixed, home=home)
    after = run_client(fixed, server, home)

    assert done.returncode in {0, 1}, done.stderr
    assert fixed.headless == ("VAP011" in done.stdout)
    bare = [replace(r, headers=tuple(h for h in r.headers if h[0] != HEADER)) for r in after]
    assert sorted(bare) == sorted(moved(request, client) for request in before)
    for request in after:
        is_api = request.path.startswith("/rest/v1.0/") and request.line not in EXEMPT
        if is_api and not fixed.headless:
            assert companies(request) == ["77"], request.line
        else:
            # A client of Procore's sends it to whatever it asks Procore for.
            is_procore = request.path.startswith(("/rest/v1.0/", "/oauth/"))
            assert companies(request) in ([], ["77"] if is_procore else []), request.line
    files = read_files(fixed.folder)
    again = run_migrator("rewrite", ".", "--write", "--fix", "all", client=fixed, home=home)
    assert (again.returncode, read_files(fixed.folder)) == (done.returncode, files)


@pytest.mark.sampled
def test_second_rewrite_changes_nothing(
    client: Client, rewritten: Rewrite, after: list[Request], home: Path
) -> None:
    assert after
    again = run_migrator("rewrite", ".", "--write", client=client, home=home)

    assert again.returncode == rewritten.code, again.stderr
    assert read_files(client.folder) == rewritten.files


def test_web_push_project_gets_no_finding_and_no_change(tmp_path: Path, home: Path) -> None:
    client = copy_client("web_push_only", tmp_path / "copy")
    files = read_files(client.folder)

    found = run_migrator("scan", ".", "--format", "json", client=client, home=home)
    assert json.loads(found.stdout)["findings"] == []
    check = run_migrator("check", ".", client=client, home=home)
    assert (check.returncode, check.stdout) == (0, "")
    rewrite = run_migrator("rewrite", ".", "--write", client=client, home=home)
    assert rewrite.returncode == 0, rewrite.stderr
    assert read_files(client.folder) == files


def test_server_records_any_method_as_it_was_sent(server: RecordingServer) -> None:
    server.answers = {"/key": {"key": "k"}}
    server.take()
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=TIMEOUT)
    answers = []
    for method, path in [("GET", "/key"), ("REPORT", "/a%20b?x=1&x="), ("DELETE", "/a/1")]:
        connection.request(method, path, body=b"\x00body", headers={"X-One": "1"})
        response = connection.getresponse()
        answers.append((response.status, response.read()))
    connection.close()

    taken = server.take()
    assert [(each.method, each.path, each.query, each.body) for each in taken] == [
        ("GET", "/key", "", b"\x00body"),
        ("REPORT", "/a%20b", "x=1&x=", b"\x00body"),
        ("DELETE", "/a/1", "", b"\x00body"),
    ]
    assert {name for each in taken for name, _ in each.headers} == {
        "accept-encoding",
        "content-length",
        "x-one",
    }
    assert answers[0] == (200, b'{"key": "k"}')
    assert answers[2] == (204, b"")
    assert server.take() == []
