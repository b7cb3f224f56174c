"""Calls under the Rest namespace: small programs that are run, and what a scan says of them.

A case is a program and ``expect``, a line for each Rest call: its status, method and path.
The programs of ``rest_of_others`` send to a ``/rest`` that is not Procore's.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.prefilter import mentions_rest
from migrator.rewriting import migrate_files
from migrator.values import Changed, Fix, RestStatus, Scan, Status

if TYPE_CHECKING:
    from conftest import RecordingServer, Request

TESTS = Path(__file__).parent
CASES = sorted((TESTS / "cases" / "rest").iterdir())
OTHERS = sorted((TESTS / "cases" / "rest_of_others").iterdir())
CLIENTS = sorted(path for path in (TESTS / "clients").iterdir() if path.is_dir())
FOLLOWED = sorted((TESTS / "cases" / "follow").iterdir())[::12]
TODAY = date(2026, 11, 23)

Run = Callable[[Path], "list[Request]"]


def scan(folder: Path, *, rest: bool = True, today: date = TODAY) -> Scan:
    return scan_paths(["."], Settings(), today=today, cwd=folder, rest=rest)


def scan_text(tmp_path: Path, text: str) -> Scan:
    (tmp_path / "main.py").write_text(text, "utf-8")
    return scan(tmp_path)


def list_calls(found: Scan) -> list[str]:
    return [f"{call.status} {call.method} {call.path}" for call in found.rest or ()]


def read_expected(folder: Path) -> list[str]:
    return (folder / "expect").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def run(server: RecordingServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Start what runs programs, and return a function that does and returns their requests."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    with subprocess.Popen(
        [sys.executable, str(TESTS / "driving.py"), str(server.server_port)],
        cwd=home,
        env=kept | {"HOME": str(home), "NO_PROXY": "*", "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:

        def send(folder: Path) -> list[Request]:
            server.take()
            log = home / "log"
            order = {"folder": str(folder), "driver": str(folder / "main.py"), "log": str(log)}
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            assert process.stdout.readline() == "0\n", log.read_text("utf-8")
            return sorted(server.take())

        yield send


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_rest_calls_are_those_that_the_program_sends(case: Path, run: Run, tmp_path: Path) -> None:
    folder = shutil.copytree(case, tmp_path / "case", ignore=shutil.ignore_patterns("expect"))
    expected = read_expected(case)

    assert sorted(list_calls(scan(folder))) == sorted(expected)
    sent = [each for each in run(folder) if each.path.startswith("/rest/")]
    lines = [line.partition(" ")[2] for line in expected]
    fitting = {request.line: [line for line in lines if request.fits(line)] for request in sent}
    assert {line: fit for line, fit in fitting.items() if len(fit) != 1} == {}
    assert {line for fit in fitting.values() for line in fit} == set(lines)


@pytest.mark.parametrize("program", OTHERS, ids=lambda path: path.name)
def test_rest_of_other_vendors_is_not_listed(program: Path, run: Run, tmp_path: Path) -> None:
    folder = shutil.copytree(program, tmp_path / "case")

    assert any("rest" in each.path + each.query for each in run(folder))
    assert list_calls(scan(folder)) == []


@pytest.mark.parametrize("program", [*CLIENTS, *FOLLOWED], ids=lambda path: path.name)
def test_looking_for_rest_calls_changes_nothing_else(program: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(program, tmp_path / "program")
    without, found = scan(folder, rest=False), scan(folder)

    assert without.rest is None
    assert replace(found, rest=None, files_parsed=0) == replace(without, files_parsed=0)


# After a rewrite


def rewrite(folder: Path) -> Scan:
    """Rewrite a program and return what a scan says of it afterwards."""
    for outcome in migrate_files(scan(folder), frozenset({Fix.NAMESPACE})):
        assert isinstance(outcome, Changed)
        (folder / outcome.before.path).write_bytes(outcome.after)
    return scan(folder)


def notes_that_stay(found: Scan) -> dict[tuple[str | None, str], list[str]]:
    """Return what is said of endpoints but for how sure the old table was of them."""
    return {
        (each.method, each.rest): kept
        for each in found.endpoints
        if each.status is not Status.UNLISTED
        and (kept := [n for n in each.notes if not n.startswith(("not verified", "called with"))])
    }


@pytest.mark.sampled
@pytest.mark.parametrize("client", CLIENTS, ids=lambda path: path.name)
def test_notes_of_a_sample_client_outlive_its_rewrite(client: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(client, tmp_path / "client")
    before = notes_that_stay(scan(folder))

    after = {(each.method, each.path): each for each in rewrite(folder).rest or ()}

    assert {key: list(after[key].notes) for key in before} == before
    assert all(after[key].status is not RestStatus.CURRENT for key in before)


PROGRAM = """
import requests

API = "https://api.procore.com/vapid"


def call(id, project_id, company_id):
    requests.post(f"{API}/webhooks/hooks")
    requests.get(f"{API}/equipment")
    requests.post(f"{API}/vendors/sync")
    requests.get(f"{API}/bids")
    requests.get(f"{API}/commitments/{id}/draw_requests")
    requests.delete(f"{API}/projects/{project_id}/submittals/{id}")
    requests.get(f"{API}/markup_layers")
    requests.get(f"{API}/projects/{project_id}/rfis")
"""


def test_notes_on_targets_outlive_a_rewrite(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(PROGRAM, "utf-8")
    before = {(each.method, each.rest): each for each in scan(tmp_path).endpoints}

    after = {(each.method, each.path): each for each in rewrite(tmp_path).rest or ()}

    assert {key: (each.rule, each.notes) for key, each in after.items()} == {
        key: (each.rule, each.notes) for key, each in before.items()
    }
    assert {f"{method} {path}": call.status.value for (method, path), call in after.items()} == {
        "POST /rest/v1.0/webhooks/hooks": "sunset",
        "GET /rest/v1.0/equipment": "sunset",
        "POST /rest/v1.0/vendors/sync": "unknown",
        "GET /rest/v1.0/bids": "unknown",
        "GET /rest/v1.0/commitments/{id}/draw_requests": "unknown",
        "DELETE /rest/v1.0/projects/{project_id}/submittals/{id}": "unknown",
        "GET /rest/v1.0/markup_layers": "unknown",
        "GET /rest/v1.0/projects/{project_id}/rfis": "current",
    }


# What it takes to be Procore's


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param(
            'requests.get("https://api.procore.com/rest/v1/users")',
            ["unknown GET /rest/v1/users"],
            id="half a version on its host",
        ),
        pytest.param('requests.get(BASE + "/rest/v1/users")', [], id="half a version elsewhere"),
        pytest.param(
            'requests.get(BASE + "/rest/v1.0/companies/7/bids")',
            ["deprecated GET /rest/v1.0/companies/7/bids"],
            id="path of two words",
        ),
        pytest.param('requests.get(BASE + "/rest/v1.0/tools")', [], id="path of one word"),
        pytest.param(
            'requests.get(os.environ["PROCORE"] + "/rest/v1.0/nothing/here")',
            ["unknown GET /rest/v1.0/nothing/here"],
            id="name of the base",
        ),
        pytest.param(
            'requests.get(BASE + "/rest/v1.0/tools")  # of Procore',
            ["deprecated GET /rest/v1.0/tools"],
            id="one word in a program about it",
        ),
        pytest.param(
            'requests.get(BASE + "/rest/v1.0/companies/7/bids")\n'
            'requests.get(BASE + "/rest/v2.0/x/{}".format(n))',
            ["deprecated GET /rest/v1.0/companies/7/bids", "unknown GET /rest/v2.0/x/{}"],
            id="base that is shared",
        ),
        pytest.param(
            'API = "/rest/v1.0"\n'
            'requests.get(BASE + API + "/companies/7/bids")\n'
            'requests.get(OTHER + API + "/tools")',
            ["deprecated GET /rest/v1.0/companies/7/bids", "deprecated GET /rest/v1.0/tools"],
            id="spelling that is shared",
        ),
        pytest.param(
            'requests.get(BASE + "/vapid/projects")\nrequests.get(BASE + "/rest/v1.0/x")',
            ["unknown GET /rest/v1.0/x"],
            id="base of vapid calls",
        ),
        pytest.param(
            'requests.get("https://api.procore.com/rest/v1.0/" + path)', [], id="no resource"
        ),
        pytest.param('requests.get("https://api.procore.com/rest/")', [], id="no version"),
        pytest.param(
            'requests.get("https://api.procore.com/x?next=/rest/v1.0/tools")', [], id="in a query"
        ),
        pytest.param('print("https://api.procore.com/rest/v1.0/tools")', [], id="printed"),
        pytest.param(
            '@app.get("/rest/v1.0/companies/7/bids")\ndef serve(): ...', [], id="route of a server"
        ),
        pytest.param(
            'responses.get("https://api.procore.com/rest/v1.0/tools")', [], id="test double"
        ),
        pytest.param(
            'requests.get("https://api.procore.com/rest/v1.0/tools?per_page=2")',
            ["deprecated GET /rest/v1.0/tools"],
            id="with a query",
        ),
        pytest.param(
            'requests.request(verb, "https://api.procore.com/rest/v1.0/tools")\n'
            'requests.get("https://api.procore.com/rest/v1.0/tools")',
            ["deprecated GET /rest/v1.0/tools"],
            id="known method stands for the unknown",
        ),
    ],
)
def test_call_takes_evidence_to_be_listed(code: str, expected: list[str], tmp_path: Path) -> None:
    head = (
        "import os, requests, responses\nfrom app import app, path, verb, n\n"
        'BASE, OTHER = os.environ["BASE"], os.environ["OTHER"]\n'
    )

    assert list_calls(scan_text(tmp_path, head + code + "\n")) == expected


def test_ids_that_come_through_a_variable_are_placeholders(tmp_path: Path) -> None:
    code = (
        "import requests\nCOMPANY = 7\n"
        'requests.get(f"https://api.procore.com/rest/v1.0/companies/{COMPANY}/bids?a=1&b=2")\n'
    )

    (call,) = scan_text(tmp_path, code).rest or ()

    assert call.path == "/rest/v1.0/companies/{COMPANY}/bids"
    assert call.notes[-1] == "called with the query a, b"


def test_value_that_is_no_id_is_a_placeholder_where_the_row_has_one(tmp_path: Path) -> None:
    code = (
        'import requests\nCOMPANY = "acme"\nKIND = "bids"\n'
        'requests.get(f"https://api.procore.com/rest/v1.0/companies/{COMPANY}/{KIND}")\n'
    )

    assert list_calls(scan_text(tmp_path, code)) == [
        "deprecated GET /rest/v1.0/companies/{COMPANY}/bids"
    ]


def test_nothing_is_parsed_where_nothing_spells_either_namespace(tmp_path: Path) -> None:
    found = scan_text(tmp_path, "interest = 'the rest of it'\nprint(interest)\n")

    assert (found.files_parsed, found.rest) == (0, ())


@pytest.mark.parametrize(
    ("code", "spells"),
    [
        pytest.param(b'"/rest/v1.0/projects"', True, id="whole"),
        pytest.param(b'"/rest/" + VERSION', True, id="slash at the end"),
        pytest.param(b'"rest" + "/v1.0"', True, id="word alone"),
        pytest.param(b'f"{base}/rest/{version}"', True, id="hole behind"),
        pytest.param(b'"/restore"; the rest of it', False, id="other word"),
    ],
)
def test_file_is_looked_at_where_it_spells_the_segment(code: bytes, spells: bool) -> None:
    assert mentions_rest(code) is spells
