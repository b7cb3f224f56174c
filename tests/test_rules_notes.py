"""What is wrong with where calls lead stands in every form of a scan and of the report."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from migrator.cli import PROGRAM_NAME, program

CLIENT = """\
import requests

BASE = "https://api.procore.com/vapid"


def run(company_id, project_id, item_id):
    requests.post(f"{BASE}/webhooks/hooks")
    requests.get(BASE + "/equipment")
    requests.post(BASE + "/vendors/sync")
    requests.get(BASE + "/bids")
    requests.get(f"{BASE}/commitments/{item_id}/draw_requests")
    requests.delete(f"{BASE}/projects/{project_id}/submittals/{item_id}")
    requests.get(BASE + "/markup_layers")
    requests.get(f"{BASE}/companies/{company_id}/bids/{item_id}")
    requests.get(BASE + "/me")
"""

NOTES = {
    "POST /vapid/webhooks/hooks": (
        "/rest/v1.0/webhooks/hooks, sunset 2026-09-16 (past); "
        "successor POST /rest/v2.0/companies/{company_id}/webhooks/hooks"
    ),
    "GET /vapid/equipment": (
        "/rest/v1.0/equipment, sunset 2025-12-02 (past); "
        "successor GET /rest/v2.1/companies/{company_id}/equipment_register"
    ),
    "POST /vapid/vendors/sync": "/rest/v1.0/vendors/sync, moved: PATCH /rest/v1.0/vendors/sync",
    "GET /vapid/bids": (
        "/rest/v1.0/bids, moved: GET /rest/v1.0/companies/{company_id}/bids "
        "or GET /rest/v1.0/projects/{project_id}/bids"
    ),
    "GET /vapid/commitments/{item_id}/draw_requests": (
        "/rest/v1.0/commitments/{item_id}/draw_requests, moved: GET /rest/v1.0/requisitions"
    ),
    "DELETE /vapid/projects/{project_id}/submittals/{item_id}": (
        "/rest/v1.0/projects/{project_id}/submittals/{item_id}, "
        "only at v1.1: DELETE /rest/v1.1/projects/{project_id}/submittals/{id}"
    ),
    "GET /vapid/markup_layers": "/rest/v1.0/markup_layers, nothing found at v1.0",
    "GET /vapid/companies/{company_id}/bids/{item_id}": (
        "/rest/v1.0/companies/{company_id}/bids/{item_id}, sunset 2027-04-06 (in 134 days)"
    ),
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("client")
    (folder / "client.py").write_text(CLIENT)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield folder


def run(*args: str, **env: str) -> str:
    result = CliRunner().invoke(program, [*args], prog_name=PROGRAM_NAME, env=env)
    assert result.exit_code == 0, result.output
    return result.stdout


def flat(text: str) -> str:
    """Return a text on one line, without tags, and without the margin of excerpts."""
    return re.sub(r"[\s│]+", " ", unescape(re.sub(r"<[^>]*>", " ", text)))


def words(note: str) -> str:
    """Return what the endpoint's own note says, without the route that stands beside it."""
    return note.partition(", ")[2]


@pytest.fixture(scope="module")
def document(client: Path) -> dict[str, list[dict[str, object]]]:
    assert client.is_dir()
    found: dict[str, list[dict[str, object]]] = json.loads(
        run("scan", "--format", "json", "--as-of", "2026-11-23")
    )
    return found


@pytest.mark.parametrize("name", NOTES)
def test_json_says_it_at_the_finding_and_at_the_endpoint(
    name: str, document: dict[str, list[dict[str, object]]]
) -> None:
    endpoint = next(
        each for each in document["endpoints"] if f"{each['method']} {each['vapid']}" == name
    )
    (finding,) = document["findings"]

    assert isinstance(endpoint["notes"], list)
    assert isinstance(finding["notes"], list)
    assert any(words(NOTES[name]) in note for note in endpoint["notes"])
    assert any(note.startswith(f"{name} → {NOTES[name]}") for note in finding["notes"])


def test_json_says_nothing_of_a_target_that_stands(
    document: dict[str, list[dict[str, object]]],
) -> None:
    (me,) = (each for each in document["endpoints"] if each["vapid"] == "/vapid/me")
    (finding,) = document["findings"]

    assert me["notes"] == []
    assert "/vapid/me" not in str(finding["notes"])


@pytest.mark.parametrize("width", [80, 120])
def test_text_says_it(width: int, client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["migrator.cli.scan"], "text_width", lambda: width)
    assert client.is_dir()

    printed = flat(run("scan", "--as-of", "2026-11-23"))

    assert [name for name in NOTES if words(NOTES[name]) not in printed] == []
    assert "error: target sunset 2026-09-16 (past)" in printed
    assert "warning: target sunset 2027-04-06 (in 134 days)" in printed


@pytest.mark.parametrize("suffix", ["html", "md"])
def test_report_says_it(suffix: str, client: Path, tmp_path: Path) -> None:
    assert client.is_dir()
    path = tmp_path / f"report.{suffix}"
    run("report", "-o", str(path), "--as-of", "2026-11-23")

    page = flat(path.read_text(encoding="utf-8").replace("\\", ""))

    absent = [name for name in NOTES if f"{name} → {NOTES[name]}" not in page]
    assert absent == []
    # At the finding and at the endpoint, where the page has columns for the parts of it.
    least = 1 if suffix == "html" else 2
    assert [name for name in NOTES if page.count(words(NOTES[name])) < least] == []


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_epoch_of_the_source_says_what_today_is(form: str, client: Path) -> None:
    assert client.is_dir()

    printed = flat(run("scan", "--format", form, SOURCE_DATE_EPOCH="1789344000"))

    assert "sunset 2026-09-16 (in 2 days)" in printed
    assert "sunset 2026-09-16 (past)" not in printed
