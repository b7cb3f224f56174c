"""Rows of one's own, refreshed from OpenAPI documents: exactly the changes made, or none."""

from __future__ import annotations

import gzip
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from click.testing import CliRunner, Result

from migrator.cli import PROGRAM_NAME, program
from migrator.resources import data_folder
from migrator.rules.documents import parse_document, read_documents
from migrator.rules.fetch import DocumentError, fetch_url, name_url
from migrator.rules.openapi import Operation, read_spec
from migrator.rules.parameters import resolve
from migrator.rules.table import load_rules

pytestmark = pytest.mark.sampled

TODAY = ["--as-of", "2026-11-23"]
HOOKS = "/rest/v1.0/webhooks/hooks"
RFIS = "/rest/v1.0/projects/{project_id}/rfis"
BUNDLES = "/rest/v1.0/bim_files"


def query(name: str, **more: object) -> dict[str, object]:
    return {"name": name, "in": "query", "schema": {"type": "string"}, **more}


def make_document(**paths: Any) -> dict[str, Any]:
    """Return a small document; the defaults are as the built-in table has them."""
    document = {
        "openapi": "3.0.3",
        "info": {"title": "A small part of an API", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {
            HOOKS: {
                "post": {
                    "deprecated": True,
                    "x-deprecated-at": "2025-09-15",
                    "x-sunset": "2026-09-16",
                    "requestBody": {
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Hook"}}
                        }
                    },
                }
            },
            "/rest/v1.0/me": {"get": {"responses": {}}},
            RFIS: {
                "parameters": [{"name": "project_id", "in": "path", "required": True}],
                "get": {"parameters": [query("page"), query("per_page")]},
            },
        },
        "components": {
            "schemas": {
                "Hook": {
                    "type": "object",
                    "required": ["hook"],
                    "properties": {
                        "hook": {
                            "type": "object",
                            "required": ["destination_url"],
                            "properties": {"destination_url": {}, "namespace": {}},
                        }
                    },
                }
            }
        },
    }
    found: dict[str, Any] = document["paths"]  # type: ignore[assignment]
    found.update(paths)
    return document


# A server that answers as it is told


@dataclass
class Answers:
    """What each path is answered with, in turn; the last answer stays."""

    url: str = ""
    by_path: dict[str, list[tuple[int, dict[str, str], bytes]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    delay: float = 0.0

    def give(self, path: str, *answers: tuple[int, dict[str, str], bytes]) -> str:
        self.by_path[path] = list(answers)
        return f"{self.url}{path}"

    def give_json(self, path: str, document: object) -> str:
        return self.give(path, (200, {}, json.dumps(document).encode()))


@pytest.fixture
def web() -> Iterator[Answers]:
    answers = Answers()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers.asked.append(self.path)
            time.sleep(answers.delay)
            listed = answers.by_path[self.path.partition("?")[0]]
            status, headers, body = listed.pop(0) if len(listed) > 1 else listed[0]
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        answers.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield answers
        server.shutdown()
        thread.join()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project whose settings name the table, and stand in it."""
    (tmp_path / "pyproject.toml").write_text('[tool.vapid-to-rest]\nrules = ["own.toml"]\n')
    monkeypatch.chdir(tmp_path)
    # A proxy of the machine's would be asked for the loopback.
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("migrator.rules.fetch.PAUSES", (0.0, 0.01))
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(program, ["rules", *args], prog_name=PROGRAM_NAME)


def update(*sources: str, more: tuple[str, ...] = (), day: str = "2026-11-23") -> Result:
    given = [part for source in sources for part in ("--from", source)]
    return run("update", *given, "--out", "own.toml", "--as-of", day, *more)


def show(name: str) -> dict[str, Any]:
    (rule,) = json.loads(run("show", name, "--format", "json", *TODAY).stdout)["rules"]
    found: dict[str, Any] = rule
    return found


# The round trip


def test_round_trip_over_http_shows_exactly_the_changes_made(web: Answers, project: Path) -> None:
    address = web.give_json("/openapi.json", make_document())
    first = update(address, more=("--allow-http",))

    assert first.exit_code == 0, first.output
    assert first.stdout == (
        "rfis.list  GET /vapid/projects/{project_id}/rfis\n"
        "  parameters      2 recorded, none before\n"
        "webhooks.hooks.create  POST /vapid/webhooks/hooks\n"
        "  parameters      3 recorded, none before\n"
    )
    assert first.stderr == (
        "Wrote own.toml\n"
        "3 operations read: 2 rows changed, 1 as they were, "
        "782 left alone that the document has nothing of.\n"
    )
    assert run("lint").exit_code == 0
    assert show("webhooks.hooks.create")["parameters"] == [
        "body hook required",
        "body hook.destination_url required",
        "body hook.namespace",
    ]
    assert show("webhooks.hooks.create")["file"] == "own.toml"

    written = (project / "own.toml").read_bytes()
    again = update(address, more=("--allow-http",), day="2026-11-24")

    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr.startswith("3 operations read: 0 rows changed, 3 as they were")
    assert (project / "own.toml").read_bytes() == written

    changed = make_document()
    changed["paths"][HOOKS]["post"] |= {"x-sunset": "2027-03-31"}
    changed["paths"][RFIS]["get"] |= {
        "deprecated": True,
        "x-deprecated-at": "2026-11-01",
        "x-sunset": "2027-11-01",
        "parameters": [query("per_page", required=True), query("filters[status]")],
    }
    changed["paths"]["/rest/v1.1/projects/{project_id}/rfis"] = {"get": {}}
    changed["paths"]["/rest/v1.0/vendors/sync"] = {"post": {}, "patch": {}}
    web.give_json("/openapi.json", changed)
    third = update(address, more=("--allow-http",), day="2026-11-25")

    assert third.exit_code == 0, third.output
    assert third.stdout == (
        "rfis.list  GET /vapid/projects/{project_id}/rfis\n"
        "  deprecated      none → 2026-11-01\n"
        "  sunset          none → 2027-11-01\n"
        "  successor       none → GET /rest/v1.1/projects/{project_id}/rfis\n"
        "  successor-basis none → inferred\n"
        "  parameters      - query page, - query per_page, "
        "+ query filters[status], + query per_page required\n"
        "vendors.sync.post  POST /vapid/vendors/sync\n"
        "  rest            none → /rest/v1.0/vendors/sync\n"
        "  status          moved → direct\n"
        "  candidates      PATCH /rest/v1.0/vendors/sync → none\n"
        "  note            same path exists with other verbs: PATCH v1.0; 2017 swagger (Production)"
        " and elixir-sdk list POST; REST documents PATCH only → none\n"
        "webhooks.hooks.create  POST /vapid/webhooks/hooks\n"
        "  sunset          2026-09-16 → 2027-03-31\n"
    )
    hooks = show("webhooks.hooks.create")
    assert (hooks["sunset"], hooks["lifecycle"], hooks["checked"]) == (
        "2027-03-31",
        "sunset-ahead",
        "2026-11-25",
    )

    web.give_json("/openapi.json", make_document())
    back = update(address, more=("--allow-http",), day="2026-11-26")

    assert back.stdout == (
        "rfis.list  GET /vapid/projects/{project_id}/rfis\n"
        "  deprecated      2026-11-01 → none\n"
        "  sunset          2027-11-01 → none\n"
        "  successor       GET /rest/v1.1/projects/{project_id}/rfis → none\n"
        "  successor-basis inferred → none\n"
        "  parameters      - query filters[status], - query per_page required, "
        "+ query page, + query per_page\n"
        "webhooks.hooks.create  POST /vapid/webhooks/hooks\n"
        "  sunset          2027-03-31 → 2026-09-16\n"
    )
    assert run("lint", "own.toml").exit_code == 0


def test_row_that_is_as_the_built_in_one_again_leaves_the_file(project: Path) -> None:
    document = make_document()
    del document["paths"][HOOKS]["post"]["requestBody"]
    document["paths"][HOOKS]["post"]["x-sunset"] = "2027-03-31"
    (project / "api.json").write_text(
        json.dumps({**document, "paths": {HOOKS: document["paths"][HOOKS]}})
    )
    update("api.json")
    before = (project / "own.toml").read_text()
    document["paths"][HOOKS]["post"]["x-sunset"] = "2026-09-16"
    (project / "api.json").write_text(
        json.dumps({**document, "paths": {HOOKS: document["paths"][HOOKS]}})
    )

    result = update("api.json")

    assert 'sunset = "2027-03-31"' in before
    assert result.exit_code == 0
    assert "[[rule]]" not in (project / "own.toml").read_text()
    assert show("webhooks.hooks.create")["file"] == "webhooks.toml (built in)"
    assert run("lint", "own.toml").exit_code == 0


def test_rows_of_ones_own_are_kept_and_refreshed(project: Path) -> None:
    (project / "own.toml").write_text(
        '# by hand\narea = "rfis"\n\n[[rule]]\nid = "rfis.odd"\nmethod = "GET"\n'
        'vapid = "/vapid/odd_rfis"\nstatus = "missing"\nnote = "asked"\nsources = ["a letter"]\n'
    )
    document = make_document(**{"/rest/v1.0/odd_rfis": {"get": {}}})
    (project / "api.json").write_text(json.dumps(document))

    result = update("api.json")

    assert result.exit_code == 0, result.output
    assert "  status          missing → direct\n" in result.stdout
    odd = show("rfis.odd")
    assert (odd["rest"], odd["note"], odd["sources"], odd["area"]) == (
        "/rest/v1.0/odd_rfis",
        None,
        ["a letter"],
        "rfis",
    )


def test_parameters_that_are_gone_are_counted(project: Path) -> None:
    refresh(project, make_document())
    result = refresh(project, make_document(**{RFIS: {"get": {}}}))

    assert result.stdout == (
        "rfis.list  GET /vapid/projects/{project_id}/rfis\n  parameters      none, 2 before\n"
    )


# What a document says


def refresh(project: Path, document: dict[str, Any], *more: str) -> Result:
    (project / "api.json").write_text(json.dumps(document))
    result = update("api.json", more=more)
    assert result.exit_code == 0, result.output
    return result


def test_deprecation_without_a_day_is_dated_from_when_it_is_seen(project: Path) -> None:
    refresh(project, make_document(**{"/rest/v1.0/me": {"get": {"deprecated": True}}}))

    me = show("me.show")
    assert (me["deprecated"], me["sunset"]) == ("2026-11-23", None)
    assert me["note"] == "deprecated since when is not stated; first seen 2026-11-23"
    assert me["company-header"] == "exempt"

    again = update("api.json", day="2026-12-24")

    assert again.stdout == ""
    assert show("me.show")["deprecated"] == "2026-11-23"


def test_sunset_before_the_day_that_a_row_knows_moves_it(project: Path) -> None:
    document = make_document()
    document["paths"][HOOKS]["post"] = {"deprecated": True, "x-sunset": "2025-01-01"}
    refresh(project, document)

    hooks = show("webhooks.hooks.create")
    assert (hooks["deprecated"], hooks["sunset"]) == ("2025-01-01", "2025-01-01")
    assert hooks["successor-basis"] == "inferred"


@pytest.mark.parametrize(
    "operation",
    [
        pytest.param({"x-deprecated-at": "2026-01-02", "x-sunset": "2027-01-02"}, id="no flag"),
        pytest.param(
            {
                "deprecated": True,
                "x-procore": {"deprecated-at": "2026-01-02", "sunset": "2027-01-02"},
            },
            id="inside an extension",
        ),
        pytest.param(
            {"extensions": {"x-deprecated-at": "2026-01-02", "x-sunset": "2027-01-02"}},
            id="inside its extensions",
        ),
        pytest.param(
            {"x-deprecated-at": "2026-01-02T00:00:00Z", "x-sunset": "2027-01-02 12:00"},
            id="with a time",
        ),
        pytest.param(
            {"x-deprecated-at": 1767312000, "x-sunset": "1798848000", "deprecated": None},
            id="in seconds",
        ),
    ],
)
def test_deprecation_is_found_wherever_it_stands(operation: dict[str, Any], project: Path) -> None:
    refresh(project, make_document(**{"/rest/v1.0/me": {"get": operation}}))

    me = show("me.show")
    assert (me["deprecated"], me["sunset"], me["lifecycle"]) == (
        "2026-01-02",
        "2027-01-02",
        "sunset-ahead",
    )


def test_row_for_any_method_ends_when_all_methods_do(project: Path) -> None:
    ending = {"deprecated": True, "x-deprecated-at": "2026-02-01", "x-sunset": "2027-02-01"}
    sooner = ending | {"x-deprecated-at": "2026-01-01", "x-sunset": "2027-01-01"}
    refresh(project, make_document(**{BUNDLES: {"get": ending, "post": {}}}))
    before = show("bim-files.any")
    refresh(project, make_document(**{BUNDLES: {"get": ending, "post": sooner}}))
    after = show("bim-files.any")

    assert (before["status"], before["deprecated"]) == ("unverified", None)
    assert (after["status"], after["deprecated"], after["sunset"]) == (
        "unverified",
        "2026-01-01",
        "2027-01-01",
    )


def test_operation_that_is_confirmed_is_direct(project: Path) -> None:
    (before,) = load_rules().match("POST", "/vapid/analytic_events")

    refresh(project, make_document(**{"/rest/v1.0/analytic_events": {"post": {}}}))

    after = show("analytic-events.create")
    assert (before.status, before.note) == ("unverified", "path listed at v1.0, verb not known")
    assert (after["status"], after["note"]) == ("direct", None)


def test_documents_that_are_not_complete_say_nothing_of_what_they_lack(project: Path) -> None:
    refresh(project, make_document())

    assert show("todos.create")["status"] == "direct"
    assert show("bids.list")["status"] == "moved"


def test_what_complete_documents_lack_is_missing(project: Path) -> None:
    result = refresh(
        project,
        make_document(
            **{
                "/rest/v1.1/todos": {"post": {}},
                "/rest/v1.2/todos": {"post": {}},
                "/rest/v1.0/requisitions": {"get": {}},
                "/rest/v1.1/projects/{project_id}/submittals/{id}": {"delete": {}},
            }
        ),
        "--complete",
    )

    todos, rfis, moved = show("todos.create"), show("rfis.create"), show("bids.list")
    draws = show("commitments.draw-requests.list")
    assert (todos["status"], todos["candidates"]) == ("newer-only", ["POST /rest/v1.1/todos"])
    assert (todos["rest"], todos["deprecated"], todos["successor"]) == (None, None, None)
    assert (rfis["status"], rfis["note"]) == (
        "missing",
        "not at v1.0 in the document of 2026-11-23",
    )
    assert (moved["status"], moved["candidates"]) == ("missing", [])
    assert (draws["status"], draws["candidates"]) == ("moved", ["GET /rest/v1.0/requisitions"])
    assert draws["file"].endswith("(built in)")
    assert show("submittals.delete")["file"].endswith("(built in)")
    assert "left alone" not in result.stderr
    assert run("lint", "own.toml").exit_code == 0


def test_servers_say_what_stands_before_a_path(project: Path) -> None:
    document = make_document()
    document["servers"] = [
        {
            "url": "https://{host}/rest/{version}/",
            "variables": {"host": {"default": "api.example.com"}, "version": {"default": "v1.0"}},
        }
    ]
    document["paths"] = {
        "/me": {"get": {"deprecated": True, "x-deprecated-at": "2026-01-02"}},
        "/rest/v1.0/companies": {"servers": [{"url": "/"}], "get": {"x-sunset": "2027-01-02"}},
        "/offices": {"get": {"servers": [{"url": "http://[/"}], "x-sunset": "2027-01-02"}},
        "x-note": "an extension",
    }
    refresh(project, document)

    assert show("me.show")["deprecated"] == "2026-01-02"
    assert show("companies.list")["sunset"] == "2027-01-02"
    assert show("offices.list")["sunset"] is None


def test_yaml_of_3_1_split_by_group_is_read_as_json_is(project: Path) -> None:
    document = make_document(**{"/rest/v1.0/me": {"get": {"x-sunset": "2027-01-02"}}})
    whole = refresh(project, document)
    (project / "own.toml").unlink()
    parts = project / "parts"
    (parts / "deep").mkdir(parents=True)
    for number, path in enumerate(document["paths"]):
        part = document | {"openapi": "3.1.0", "paths": {path: document["paths"][path]}}
        suffix = ("yaml", "YML", "json")[number]
        text = json.dumps(part) if suffix == "json" else yaml.safe_dump(part)
        (parts / ("deep" if number else "") / f"{number}.{suffix}").write_text(text)
    (parts / "README.md").write_text("not a document")

    assert update("parts").stdout == whole.stdout

    (project / "own.toml").unlink()
    sources = sorted(str(path) for path in parts.rglob("?.*"))

    assert update(*sources).stdout == whole.stdout


def test_yaml_is_read_without_surprises() -> None:
    document = parse_document(
        "api.yaml",
        b"""\
openapi: 3.1
paths:
  /rest/v1.0/me: &me
    get: {deprecated: true, x-sunset: 2027-01-02, summary: 'no', x-on: on, x-n: ~, x-s: "true"}
  /rest/v1.0/companies: *me
""",
    )

    assert document["openapi"] == "3.1"
    assert document["paths"]["/rest/v1.0/companies"]["get"] == {
        "deprecated": True,
        "x-sunset": "2027-01-02",
        "summary": "no",
        "x-on": "on",
        "x-n": None,
        "x-s": "true",
    }


def test_operation_that_stands_twice_and_not_alike_is_told(project: Path) -> None:
    twice = {"get": {"deprecated": True, "x-deprecated-at": "2026-01-02"}}
    document = make_document(
        **{
            "/rest/v1.0/me/": twice,
            RFIS.replace("project_id", "id"): make_document()["paths"][RFIS],
        }
    )

    result = refresh(project, document)

    assert "GET /rest/v1.0/me stands twice, not alike: the first counts\n" in result.stderr
    assert "rfis stands twice" not in result.stderr
    assert show("me.show")["deprecated"] is None


@pytest.mark.parametrize(
    ("operation", "lines"),
    [
        pytest.param({}, (), id="none"),
        pytest.param(
            {"parameters": [query("b"), query("a", required=True), {"name": "id", "in": "path"}]},
            ("query a required", "query b"),
            id="sorted, without the path's",
        ),
        pytest.param(
            {"parameters": [query("shared", required=True)]},
            ("query shared required",),
            id="over the path's own",
        ),
        pytest.param(
            {"parameters": [{"$ref": "#/components/parameters/Page"}, {"$ref": "other.json#/x"}]},
            ("query page",),
            id="references",
        ),
        pytest.param(
            {"parameters": [1, {"in": "query"}, {"name": "x"}, {"name": "y", "in": "dream"}]},
            (),
            id="no parameters at all",
        ),
        pytest.param({"parameters": {"a": 1}, "requestBody": []}, (), id="other shapes"),
        pytest.param({"parameters": [query("a b\n")]}, ("query a-b",), id="spaces"),
        pytest.param(
            {"requestBody": {"content": {"text/plain": {"schema": {"type": "string"}}}}},
            (),
            id="body without fields",
        ),
        pytest.param(
            {"requestBody": {"content": {"application/xml": 1}}}, (), id="body without schema"
        ),
        pytest.param(
            {
                "requestBody": {
                    "content": {
                        "x": {},
                        "application/json": {"schema": {"$ref": "#/components/schemas/Circle"}},
                    }
                }
            },
            ("body a required", "body a.a required", "body a.b", "body b"),
            id="circle of references",
        ),
        pytest.param(
            {
                "requestBody": {
                    "content": {
                        "multipart/form-data": {
                            "schema": {
                                "oneOf": [
                                    {"required": ["a"], "properties": {"a": {}}},
                                    {"$ref": "#/components/schemas/Plain"},
                                    3,
                                ],
                                "anyOf": 3,
                                "allOf": 3,
                            }
                        }
                    }
                }
            },
            ("body a", "body p"),
            id="one of several",
        ),
    ],
)
def test_parameters_are_listed(operation: dict[str, Any], lines: tuple[str, ...]) -> None:
    document = {
        "paths": {"/rest/v1.0/x": {"$ref": "#/components/pathItems/X"}},
        "components": {
            "parameters": {"Page": query("page")},
            "pathItems": {"X": {"get": operation, "parameters": [query("shared")]}},
            "schemas": {
                "Circle": {
                    "allOf": [
                        {
                            "required": ["a"],
                            "properties": {"a": {"$ref": "#/components/schemas/Circle"}},
                        },
                        {"properties": {"b": {}}},
                        {"$ref": "#/components/schemas/Circle"},
                    ]
                },
                "Plain": {"properties": {"p": {}}},
            },
        },
    }

    (found,) = read_spec([("api.json", document)]).operations.values()

    shared = ("query shared",) if "query shared required" not in lines else ()
    assert sorted(found.parameters) == sorted((*lines, *shared))


def test_reference_that_leads_in_a_circle_is_nothing() -> None:
    document = {"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}, "c/d~": {"e": 1}}

    assert resolve(document, document["a"]) is None
    assert resolve(document, {"$ref": "#/c~1d~0/e"}) == 1
    assert resolve(document, {"$ref": "#/c~1d~0/e/f"}) is None


def test_operation_is_named_as_it_is_called() -> None:
    spec = read_spec([("api.json", make_document())])

    assert spec.operations["POST /rest/v1.0/webhooks/hooks"] == Operation(
        method="POST",
        version="v1.0",
        path="/webhooks/hooks",
        is_deprecated=True,
        deprecated_at=date(2025, 9, 15),
        sunset=date(2026, 9, 16),
        parameters=(
            "body hook required",
            "body hook.destination_url required",
            "body hook.namespace",
        ),
    )


# What changes nothing


OWN = """\
[[rule]]
id = "rfis.list"
method = "GET"
vapid = "/vapid/projects/{project_id}/rfis"
rest = "/rest/v1.0/projects/{project_id}/rfis"
status = "direct"
sources = ["a letter"]
"""


def with_me(**operation: object) -> bytes:
    return json.dumps(make_document(**{"/rest/v1.0/me": {"get": operation}})).encode()


WHOLE = json.dumps(make_document()).encode()
BAD_DOCUMENTS = [
    pytest.param(b"", "api: is empty", id="empty"),
    pytest.param(b" \n", "api: is empty", id="blank"),
    pytest.param(WHOLE[: len(WHOLE) // 2], "api: is not valid JSON: ", id="truncated"),
    pytest.param(WHOLE + b"}", "api: is not valid JSON: Extra data", id="more behind it"),
    pytest.param(b'{"a": ' * 100_000, "api: is nested too deep", id="nested"),
    pytest.param(b"[" * 100_000, "api: is nested too deep", id="nested lists"),
    pytest.param(b"- [" + b"[" * 100_000, "nested too deep", id="nested in YAML"),
    pytest.param(b"- " * 100_000 + b"x", "nested too deep", id="nested blocks in YAML"),
    pytest.param(b"openapi: 3.0.0\npaths: [", "is not valid YAML: ", id="truncated YAML"),
    pytest.param(b"a: 1\n---\nb: 1\n", "more than one document", id="two of YAML"),
    pytest.param(b"a: &x [*x]\n", "unknown alias", id="YAML that contains itself"),
    pytest.param(b"a: *x\n", "unknown alias", id="alias of nothing"),
    pytest.param(b"? [a]\n: b\n", "a key is no text", id="list for a key"),
    pytest.param(b"just words", "api: is not an OpenAPI document", id="words"),
    pytest.param(b'{"a": ' + b"9" * 5000 + b"}", "api: is not valid JSON: ", id="huge number"),
    pytest.param(b"<html>Sign in</html>", "api: is HTML or XML", id="page"),
    pytest.param(b"\xff\xfe{}", "api: is not UTF-8: byte at offset 0", id="encoding"),
    pytest.param(b"[]", "api: is not an OpenAPI document", id="list"),
    pytest.param(b"{}", "api: is not an OpenAPI document: it has no openapi", id="any object"),
    pytest.param(b'{"swagger": "2.0"}', "api: is Swagger 2.0, not OpenAPI", id="Swagger"),
    pytest.param(b'{"openapi": "2.9"}', "api: is OpenAPI 2.9, not 3.0 or 3.1", id="version"),
    pytest.param(b'{"openapi": "3.1.0"}', "api: has no paths", id="no paths"),
    pytest.param(b'{"openapi": "3.1.0", "paths": []}', "api: has no paths", id="list of paths"),
    pytest.param(
        b'{"openapi": "3.1.0", "paths": {"/pets": {"get": {}}}}',
        "api: has no operation below /rest/v",
        id="another's document",
    ),
    pytest.param(
        b'{"openapi": "3.1.0", "paths": {"/rest/v1.0/me": 1}}',
        "api: paths: /rest/v1.0/me: is not an object",
        id="path",
    ),
    pytest.param(
        b'{"openapi": "3.1.0", "paths": {"/rest/v1.0/me": {"get": 1}}}',
        "api: paths: /rest/v1.0/me: get: is not an object",
        id="operation",
    ),
    pytest.param(with_me(deprecated="yes"), "get: deprecated is 'yes', not true or", id="flag"),
    pytest.param(
        with_me(**{"x-sunset": "02/01/2022"}),
        "get: x-sunset is '02/01/2022', which is no day",
        id="day read two ways",
    ),
    pytest.param(with_me(**{"x-sunset": "2022-02-30"}), "'2022-02-30', which is no day", id="day"),
    pytest.param(with_me(**{"x-sunset": [1]}), "x-sunset is [1], which is no day", id="no day"),
    pytest.param(
        with_me(**{"x-sunset": "2022-01-01", "x-deprecated-at": "2022-01-02"}),
        "get: its sunset 2022-01-01 is before 2022-01-02",
        id="days in the wrong order",
    ),
    pytest.param(None, "api: cannot be read: No such file or directory", id="no file"),
]


@pytest.mark.parametrize("is_first", [True, False], ids=["no table", "table"])
@pytest.mark.parametrize(("data", "message"), BAD_DOCUMENTS)
def test_document_that_cannot_be_used_changes_nothing_and_says_why(
    data: bytes | None, message: str, *, is_first: bool, project: Path
) -> None:
    if data is not None:
        (project / "api").write_bytes(data)
    if not is_first:
        (project / "own.toml").write_text(OWN)
    before = {path: path.read_bytes() for path in project.iterdir()}

    result = update("api")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: nothing is changed: api: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert {path: path.read_bytes() for path in project.iterdir()} == before


def test_one_bad_document_of_several_changes_nothing(project: Path) -> None:
    (project / "api.json").write_bytes(WHOLE)
    (project / "more.json").write_bytes(WHOLE[:-5])

    result = update("api.json", "more.json")

    assert result.exit_code == 2
    assert "more.json: is not valid JSON" in result.stderr
    assert not (project / "own.toml").exists()


def test_document_that_is_huge_changes_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrator.rules.fetch.LIMIT", 500)
    (project / "api.json").write_bytes(WHOLE)

    result = update("api.json")

    assert result.exit_code == 2
    assert "nothing is changed: api.json: is larger than 500 bytes" in result.stderr


def test_folder_without_documents_changes_nothing(project: Path) -> None:
    (project / "empty").mkdir()

    result = update("empty")

    assert result.exit_code == 2
    assert "empty: has no file that ends in .json, .yaml, .yml" in result.stderr


def test_table_that_is_at_fault_is_not_written_over(project: Path) -> None:
    (project / "api.json").write_bytes(WHOLE)
    (project / "own.toml").write_text(OWN.replace("direct", "fine"))

    result = update("api.json")

    assert result.exit_code == 2
    assert "nothing is changed: own.toml:6:1: rfis.list: status is 'fine'" in result.stderr
    assert "fine" in (project / "own.toml").read_text()


def test_built_in_table_is_not_written_to(project: Path) -> None:
    (project / "api.json").write_bytes(WHOLE)
    file = data_folder("rules") / "rfis.toml"
    before = file.read_bytes()

    result = run("update", "--from", "api.json", "--out", str(file))

    assert result.exit_code == 2
    assert "is part of the built-in table: give another file" in result.stderr
    assert file.read_bytes() == before


def test_folder_that_is_not_there_is_told_before_the_work(project: Path) -> None:
    result = run("update", "--from", "no.json", "--out", str(project / "no" / "own.toml"))

    assert result.exit_code == 2
    assert "there is no folder" in result.stderr


# Over HTTP


GOOD_ANSWER: tuple[int, dict[str, str], bytes] = (200, {}, WHOLE)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_server_that_is_busy_is_asked_again(status: int, web: Answers, project: Path) -> None:
    address = web.give("/api", (status, {"Retry-After": "0"}, b""), (status, {}, b""), GOOD_ANSWER)

    result = update(address, more=("--allow-http",))

    assert result.exit_code == 0, result.output
    assert len(web.asked) == 3
    assert (project / "own.toml").exists()


def test_redirect_is_followed_and_not_read(
    web: Answers, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrator.rules.fetch.LIMIT", len(WHOLE))
    web.give("/there", GOOD_ANSWER)
    address = web.give("/api", (307, {"Location": "/there"}, b"x" * 100_000))

    assert update(address, more=("--allow-http",)).exit_code == 0
    assert web.asked == ["/api", "/there"]
    assert (project / "own.toml").exists()


def test_answer_that_breaks_off_is_asked_for_again(web: Answers, project: Path) -> None:
    cut = (200, {"Content-Length": str(len(WHOLE))}, WHOLE[:100])
    address = web.give("/api", cut, GOOD_ANSWER)

    assert update(address, more=("--allow-http",)).exit_code == 0
    assert (project / "own.toml").exists()


@pytest.mark.parametrize(
    ("answer", "message", "tries"),
    [
        pytest.param((503, {}, b""), "/api: answered 503, 3 times", 3, id="busy for good"),
        pytest.param((404, {}, b""), "/api: answered 404", 1, id="not there"),
        pytest.param((204, {}, b""), "/api: answered 204", 1, id="no content"),
        pytest.param((401, {}, b"{}"), "/api: answered 401", 1, id="not allowed"),
        pytest.param(
            (200, {"Content-Length": "5000"}, WHOLE[:100]),
            "/api: cannot be fetched: peer closed connection",
            3,
            id="breaks off for good",
        ),
        pytest.param(
            (302, {"Location": "/api"}, b""), "redirects more than 5 times", 6, id="circle"
        ),
        pytest.param(
            (302, {"Location": "ftp://x.example/a"}, b""),
            "ftp://x.example/a: is not https",
            1,
            id="elsewhere",
        ),
        pytest.param(
            (200, {"Content-Encoding": "gzip"}, b"no gzip"),
            "/api: cannot be fetched: ",
            1,
            id="not compressed",
        ),
        pytest.param(
            (200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * 100_000)),
            "/api: is larger than 50,000 bytes",
            1,
            id="bomb",
        ),
        pytest.param((200, {}, b" " * 50_001), "/api: is larger than 50,000 bytes", 1, id="huge"),
        pytest.param((200, {}, b"<p>Hello</p>"), "/api: is HTML or XML", 1, id="page"),
        pytest.param((200, {}, WHOLE[:-9]), "/api: is not valid JSON", 1, id="truncated"),
    ],
)
def test_answer_that_cannot_be_used_changes_nothing_and_says_why(
    answer: tuple[int, dict[str, str], bytes],
    message: str,
    tries: int,
    web: Answers,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("migrator.rules.fetch.LIMIT", 50_000)
    address = web.give("/api", answer)

    result = update(address, more=("--allow-http",))

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: nothing is changed: ")
    assert message in result.stderr
    assert len(web.asked) == tries
    assert not (project / "own.toml").exists()


def test_plain_http_is_refused_unless_allowed(web: Answers, project: Path) -> None:
    result = update(web.give("/api", GOOD_ANSWER))

    assert result.exit_code == 2
    assert "/api: is not https; --allow-http would allow plain http" in result.stderr
    assert web.asked == []
    assert not (project / "own.toml").exists()


def test_server_that_is_not_there_is_told(web: Answers, project: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        result = update(f"http://127.0.0.1:{unused.getsockname()[1]}/api", more=("--allow-http",))

    assert result.exit_code == 2
    assert "cannot be fetched: " in result.stderr
    assert result.stderr.endswith(", 3 times\n")
    assert web.asked == []
    assert not (project / "own.toml").exists()


@pytest.mark.parametrize(
    "address", ["https://[/x", "https://", "gopher://x.example/", "https://\x00.example/"], ids=repr
)
def test_address_that_is_none_is_told(address: str, project: Path) -> None:
    result = update(address)

    assert result.exit_code == 2
    assert result.stderr.startswith("Error: nothing is changed: ")
    assert not (project / "own.toml").exists()


def test_server_that_is_slow_is_given_up(
    web: Answers, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrator.rules.fetch._READ_SECONDS", 0.05)
    monkeypatch.setattr("migrator.rules.fetch.PAUSES", ())
    web.delay = 0.3

    result = update(web.give("/api", GOOD_ANSWER), more=("--allow-http",))

    assert result.exit_code == 2
    assert "cannot be fetched: timed out" in result.stderr
    assert not (project / "own.toml").exists()


def test_download_as_a_whole_has_an_end(
    web: Answers, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrator.rules.fetch._WHOLE_SECONDS", -1.0)

    result = update(web.give("/api", GOOD_ANSWER), more=("--allow-http",))

    assert result.exit_code == 2
    assert "/api: takes longer than " in result.stderr
    assert not (project / "own.toml").exists()


def test_compressed_answer_is_read(web: Answers, project: Path) -> None:
    address = web.give("/api", (200, {"Content-Encoding": "gzip"}, gzip.compress(WHOLE)))

    assert update(address, more=("--allow-http",)).exit_code == 0
    assert (project / "own.toml").exists()


def test_secrets_of_an_address_are_not_told(web: Answers, project: Path) -> None:
    web.give("/api", (404, {}, b""))
    address = web.url.replace("//", "//user:password@") + "/api?token=secret"

    result = update(address, more=("--allow-http",))

    assert result.exit_code == 2
    assert "answered 404" in result.stderr
    assert not re.search("password|secret", result.output)
    assert name_url(address) == f"{web.url}/api"
    assert not (project / "own.toml").exists()


@pytest.mark.usefixtures("project")
def test_progress_is_told_as_it_comes(web: Answers) -> None:
    told: list[tuple[str, int, int]] = []

    data = fetch_url(
        web.give("/api", (200, {}, b"x" * 300_000)),
        allow_http=True,
        on_progress=lambda stage, done, total: told.append((stage, done, total)),
    )

    assert len(data) == 300_000
    assert told[-1] == ("downloading", 300_000, 300_000)
    assert {total for _, _, total in told} == {300_000}
    assert [done for _, done, _ in told] == sorted({done for _, done, _ in told})


def test_reading_is_told_document_by_document(project: Path) -> None:
    for number in range(3):
        (project / f"{number}.json").write_bytes(WHOLE)
    told: list[tuple[str, int, int]] = []

    read_documents([str(project)], on_progress=lambda *each: told.append(each))

    assert told == [("reading", 0, 3), ("reading", 1, 3), ("reading", 2, 3)]


@pytest.mark.usefixtures("project")
def test_fetch_of_what_cannot_be_is_an_error_of_its_own(web: Answers) -> None:
    with pytest.raises(DocumentError, match="answered 410"):
        fetch_url(web.give("/api", (410, {}, b"")), allow_http=True)
