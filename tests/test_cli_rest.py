"""What the commands print of Rest calls and of the table's Rest operations."""

from __future__ import annotations

import csv
import json
import tomllib
from collections import Counter
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from migrator.cli import PROGRAM_NAME, program
from migrator.render.totals import say_standing
from migrator.resources import data_folder
from migrator.values import Place, RestCall, RestStatus, Scan

TODAY = ("--as-of", "2026-11-23")
CLIENT = """\
import requests

API = "https://api.procore.com/rest/v1.0"


def load(project_id):
    requests.post(API + "/webhooks/hooks")
    requests.get(f"{API}/projects/{project_id}/rfis")
    requests.get(API + "/no|such<b>")
    requests.get(API + "/me")
"""
SUNSET = (
    "error: target sunset 2026-09-16 (past); successor POST "
    "/rest/v2.0/companies/{company_id}/webhooks/hooks (inferred)"
)


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sync.py").write_text(CLIENT, "utf-8")
    return tmp_path


def run(*args: str) -> Result:
    result = CliRunner().invoke(program, args, prog_name=PROGRAM_NAME)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


# scan and report


def test_scan_lists_what_does_not_stand_and_counts_the_others(client: Path) -> None:
    assert client.exists()

    result = run("scan", "--rest", *TODAY)

    assert result.exit_code == 0
    assert result.stdout == (
        "METHOD  REST PATH, CALLS           STATUS\n"
        "GET     /rest/v1.0/no|such<b>      unknown\n"
        "        sync.py:9\n"
        "        note: not in the table\n"
        "POST    /rest/v1.0/webhooks/hooks  sunset\n"
        "        sync.py:7\n"
        "        error: target sunset 2026-09-16 (past); successor POST\n"
        "        /rest/v2.0/companies/{company_id}/webhooks/hooks (inferred)\n"
        "2 other Rest calls stand.\n"
        "\n"
        "Nothing to move: no vapid call in 1 file.\n"
    )


def test_scan_says_nothing_of_rest_where_it_is_not_asked(client: Path) -> None:
    assert client.exists()

    text = run("scan", *TODAY).stdout
    document = json.loads(run("scan", "--format", "json", *TODAY).stdout)

    assert text == "Nothing to move: no vapid call in 1 file.\n"
    assert "rest" not in document
    assert "rest_by_status" not in document["summary"]
    assert "Rest calls" not in run("scan", "--format", "markdown", *TODAY).stdout


def test_json_has_the_calls_and_counts_those_that_stand(client: Path) -> None:
    assert client.exists()
    schema = json.loads((data_folder("reports") / "scan.schema.json").read_text("utf-8"))

    document = json.loads(run("scan", "--rest", "--format", "json", *TODAY).stdout)

    Draft202012Validator(schema).validate(document)
    assert document["schema"] == 1
    assert document["summary"]["rest_by_status"] == {"current": 2, "sunset": 1, "unknown": 1}
    assert document["rest"][1] == {
        "method": "POST",
        "path": "/rest/v1.0/webhooks/hooks",
        "status": "sunset",
        "rule": "webhooks.hooks.create",
        "notes": [SUNSET],
        "calls": [{"path": "sync.py", "line": 7, "column": 5}],
        "deprecated": "2025-09-15",
        "sunset": "2026-09-16",
        "successors": [
            {"name": "POST /rest/v2.0/companies/{company_id}/webhooks/hooks", "basis": "inferred"}
        ],
    }
    assert [each["status"] for each in document["rest"]] == ["unknown", "sunset"]


@pytest.mark.parametrize(
    ("name", "shown", "escaped"),
    [
        pytest.param("r.md", "| POST | `/rest/v1.0/webhooks/hooks`<br>error", "&#60;b", id="md"),
        pytest.param("r.html", '2026-09-16</time>, <small class="past">', "&lt;b&gt;", id="html"),
        pytest.param("r.json", '"status": "sunset"', "such<b>", id="json"),
    ],
)
def test_report_lists_rest_calls_where_there_are_any(
    client: Path, name: str, shown: str, escaped: str
) -> None:
    assert run("report", "-o", name, *TODAY).exit_code == 0

    page = (client / name).read_text("utf-8")
    assert shown in page
    assert escaped in page
    assert ("2 other Rest calls stand." in page) is (name != "r.json")


@pytest.mark.parametrize("name", ["r.md", "r.html", "r.json"])
def test_report_has_no_such_part_where_there_are_none(client: Path, name: str) -> None:
    (client / "sync.py").write_text(CLIENT.replace("rest/v1.0", "vapid"), "utf-8")

    run("report", "-o", name, *TODAY)

    page = (client / name).read_text("utf-8")
    assert "Rest calls" not in page
    assert '"rest": [' not in page


def test_scan_says_that_there_is_no_rest_call(client: Path) -> None:
    (client / "sync.py").write_text("print()\n", "utf-8")

    assert run("scan", "--rest").stdout.startswith("No Rest call was found.\n")
    assert json.loads(run("scan", "--rest", "--format", "json").stdout)["rest"] == []


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        pytest.param([], "No Rest call was found.", id="none"),
        pytest.param([RestStatus.CURRENT], "1 Rest call stands.", id="one"),
        pytest.param([RestStatus.CURRENT] * 2, "2 Rest calls stand.", id="two"),
        pytest.param([RestStatus.SUNSET], "No other Rest call was found.", id="none else"),
        pytest.param(
            [RestStatus.UNKNOWN, RestStatus.CURRENT], "1 other Rest call stands.", id="one else"
        ),
    ],
)
def test_calls_that_stand_are_counted(statuses: list[RestStatus], said: str) -> None:
    call = RestCall("GET", "/rest/v1.0/x", RestStatus.CURRENT, None, (), ())
    calls = (
        replace(call, status=status, calls=(Place("a.py", line, 1),))
        for line, status in enumerate(statuses)
    )

    assert say_standing(Scan(".", 1, 1, (), (), (), rest=tuple(calls))) == said


def test_project_with_rest_settings_alone_is_looked_at(client: Path) -> None:
    (client / "sync.py").write_text(
        'import os, requests\nrequests.get(os.environ["API"] + "/links")\n', "utf-8"
    )
    (client / "settings.env").write_text("API=https://api.procore.com/rest/v1.0\n", "utf-8")
    (client / ".env").write_text("API=https://api.procore.com/rest/v1.0\n", "utf-8")

    document = json.loads(run("scan", "--rest", "--format", "json", *TODAY).stdout)

    assert [each["path"] for each in document["rest"]] == ["/rest/v1.0/links"]


# check


@pytest.mark.parametrize(
    ("path", "end"),
    [
        pytest.param(
            "calendar_events",
            "sent by GET /vapid/calendar_events; target: deprecated since 2020-11-19; "
            "successor schedule tasks, calendar items, schedule (stated)",
            id="deprecated",
        ),
        pytest.param(
            "bids",
            "sent by GET /vapid/bids; target: moved: GET "
            "/rest/v1.0/companies/{company_id}/bids or GET /rest/v1.0/projects/{project_id}/bids",
            id="moved",
        ),
        pytest.param("me", "sent by GET /vapid/me", id="nothing to say"),
    ],
)
def test_check_ends_a_line_with_what_is_wrong_with_the_target(
    client: Path, path: str, end: str
) -> None:
    code = f'import requests\nrequests.get("https://api.procore.com/vapid/{path}")\n'
    (client / "sync.py").write_text(code, "utf-8")

    result = run("check", *TODAY)

    assert result.exit_code == 1
    assert result.stdout == f"sync.py:2:39: VAP001 `vapid` becomes `rest/v1.0`: {end}\n"


def test_check_takes_the_most_serious_and_says_of_which_endpoint(client: Path) -> None:
    (client / "sync.py").write_text(CLIENT.replace("rest/v1.0", "vapid"), "utf-8")

    (line,) = run("check", *TODAY).stdout.splitlines()

    assert line.endswith(
        "and 3 more; POST /vapid/webhooks/hooks → /rest/v1.0/webhooks/hooks, "
        "sunset 2026-09-16 (past); successor POST "
        "/rest/v2.0/companies/{company_id}/webhooks/hooks (inferred)"
    )


# rules


def test_list_shows_rest_operations_by_status() -> None:
    result = run("rules", "list", "--rest", "--status", "sunset", *TODAY)

    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert len(lines) == 104
    assert ["sunset", "POST", "/rest/v1.0/webhooks/hooks", "(sunset", "2026-09-16,", "past)"] in [
        line.split() for line in lines
    ]


def test_list_narrows_rest_operations_down_by_words() -> None:
    found = run("rules", "list", "--rest", "--grep", "API_VERSIONS", *TODAY)
    nothing = run("rules", "list", "--rest", "--grep", "no such thing")

    assert found.stdout.split()[:3] == [
        "sunset",
        "GET",
        "/rest/v1.0/webhooks/resources/api_versions",
    ]
    assert (nothing.stdout, nothing.stderr) == ("", "No Rest operation is like that.\n")


def test_list_of_rest_operations_has_all_forms() -> None:
    def listed(form: str) -> str:
        return run("rules", "list", "--rest", "--grep", "/links", "--format", form, *TODAY).stdout

    records = json.loads(listed("json"))["operations"]
    rows = [*csv.DictReader(StringIO(listed("csv")))]
    table = listed("markdown").splitlines()

    assert len(records) == len(rows) == len(table) - 2 > 4
    assert {row["rest"] for row in rows} == {record["rest"] for record in records}
    assert records[0].keys() == rows[0].keys()
    assert Counter(record["status"] for record in records)["deprecated"] == 4
    assert table[0] == "| status | method | Rest |"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(["--rest", "--area", "rfis"], "have no area", id="area"),
        pytest.param(["--rest", "--status", "moved"], "no status 'moved'", id="status of rows"),
        pytest.param(["--status", "sunset"], "without --rest", id="status of operations"),
    ],
)
def test_list_refuses_what_does_not_go_together(args: list[str], message: str) -> None:
    result = run("rules", "list", *args)

    assert result.exit_code == 2
    assert message in result.stderr


def test_show_tells_all_of_a_rest_operation() -> None:
    result = run("rules", "show", "GET /rest/v1.0/webhooks/resources", *TODAY)

    lines = result.stdout.splitlines()
    assert lines[:2] == ["GET /rest/v1.0/webhooks/resources", "  status        sunset"]
    assert [label for line in lines[1:] if (label := line[:16].strip())] == [
        *("status", "deprecated", "sunset", "successor", "sources", "file"),
    ]
    assert "2026-09-16 (past)" in result.stdout
    assert "/rest/v2.0/companies/{company_id}/webhooks/resources (inferred)" in result.stdout


def test_show_of_a_target_is_that_of_its_row() -> None:
    by_path = run("rules", "show", "POST", "/rest/v1.0/webhooks/hooks", *TODAY)
    by_id = run("rules", "show", "webhooks.hooks.create", *TODAY)

    assert by_path.stdout == by_id.stdout


def test_show_of_operations_as_json() -> None:
    result = run("rules", "show", "/rest/v1.0/links", "--format", "json", *TODAY)

    records = json.loads(result.stdout)["operations"]
    assert [(each["method"], each["status"], each["rule"]) for each in records] == [
        ("GET", "deprecated", "links.list"),
        ("POST", "deprecated", None),
    ]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        pytest.param("PUT /rest/v1.0/links", "with GET, POST only, not PUT", id="method"),
        pytest.param("GET /rest/v1.0/lincs", "Did you mean /rest/v1.0/links", id="path"),
    ],
)
def test_show_says_what_is_close(query: str, message: str) -> None:
    result = run("rules", "show", query)

    assert result.exit_code == 2
    assert message in result.stderr


def test_stats_count_operations_by_version() -> None:
    rest = json.loads(run("rules", "stats", "--format", "json", *TODAY).stdout)["rest"]
    last = run("rules", "stats", *TODAY).stdout.splitlines()[-1]

    assert {version: sum(counts.values()) for version, counts in rest.items()} == {
        "v1.0": 1616 + 606,
        "v1.1": 159,
        "v1.2": 15,
        "v1.3": 14,
        "v1.4": 1,
        "v2.0": 431,
        "v2.1": 42,
    }
    assert last.split() == ["v2.1", "42", "40", "0", "0", "2"]


OWN = """\
[[operation]]
method = "GET"
rest = "/rest/v1.0/towers"
note = "asked Procore"
sources = ["support"]
"""


def test_own_operations_count_in_a_scan(client: Path) -> None:
    (client / "pyproject.toml").write_text('[tool.vapid-to-rest]\nrules = ["own.toml"]\n')
    own = OWN.replace("GET", "POST").replace("towers", "webhooks/hooks")
    (client / "own.toml").write_text(own, "utf-8")

    document = json.loads(run("scan", "--rest", "--format", "json", *TODAY).stdout)

    assert [each["path"] for each in document["rest"]] == ["/rest/v1.0/no|such<b>"]


def test_wrong_own_operation_ends_a_command(client: Path) -> None:
    (client / "pyproject.toml").write_text('[tool.vapid-to-rest]\nrules = ["own.toml"]\n')
    (client / "own.toml").write_text(OWN.replace("GET", "get"), "utf-8")

    listed, scanned = run("rules", "list", "--rest"), run("scan", "--rest")

    assert listed.exit_code == scanned.exit_code == 2
    assert "own.toml:2:1: get /rest/v1.0/towers: method is 'get'" in listed.stderr
    assert "own.toml:2:1: get /rest/v1.0/towers: method is 'get'" in scanned.stderr


def test_update_keeps_own_operations(client: Path) -> None:
    (client / "own.toml").write_text(OWN, "utf-8")
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Procore", "version": "1"},
        "paths": {
            "/rest/v1.0/me": {
                "get": {"deprecated": True, "responses": {"200": {"description": ""}}}
            }
        },
    }
    (client / "api.json").write_text(json.dumps(document), "utf-8")

    result = run("rules", "update", "--from", "api.json", "--out", "own.toml", *TODAY)

    written = tomllib.loads((client / "own.toml").read_text("utf-8"))
    assert result.exit_code == 0
    assert written["operation"] == tomllib.loads(OWN)["operation"]
    assert [row["id"] for row in written["rule"]] == ["me.show"]
