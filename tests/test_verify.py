"""Asking a live API: on real sockets, against the stand-in and servers that misbehave."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped] # it has no types of its own
import pytest
import trustme
import uvicorn
from click.testing import CliRunner, Result

from migrator.cli import program
from migrator.cli.verify import choose_exit
from migrator.resources import data_folder
from migrator.rules.rest import load_rest
from migrator.standin.answers import Stage
from migrator.standin.app import build_app
from migrator.standin.chaos import CALM, Chaos, read_chaos
from migrator.standin.running import build_server, open_socket
from migrator.values import Checked, Endpoint, Status, Verdict
from migrator.verify.address import VerifyError, read_address
from migrator.verify.asking import Manner
from migrator.verify.running import Plan, Verification, verify_endpoints
from migrator.verify.tokens import find_token

SCHEMA = json.loads((data_folder("reports") / "verify.schema.json").read_text("utf-8"))
TABLE = load_rest()
TODAY = datetime(2026, 11, 24, tzinfo=UTC).date()
TOKEN = "hush-0123456789-hush"
SECRET = "secret-9876543210-secret"
CALLS = """\
GET /me
GET /companies
GET /companies/{company_id}/users
GET /companies/{company_id}/programs
GET /companies/{company_id}/users/{user_id}
GET /projects
GET /projects/{project_id}
GET /projects/{project_id}/rfis
GET /projects/{project_id}/rfis/{rfi_id}
GET /projects/{project_id}/submittals
GET /projects/{project_id}/submittals/{submittal_id}
GET /projects/{project_id}/users
GET /projects/{project_id}/vendors
GET /projects/{project_id}/incidents
GET /projects/{project_id}/drawing_areas
GET /projects/{project_id}/specification_sets
GET /projects/{project_id}/drawing_sets
GET /projects/{project_id}/delay_logs
GET /projects/{project_id}/weather_logs
GET /projects/{project_id}/work_logs
GET /projects/{project_id}/accident_logs
GET /projects/{project_id}/call_logs
GET /punch_items
GET /folders
GET /prime_contract
GET /webhooks/hooks
GET /nowhere_at_all
POST /projects/{project_id}/rfis
DELETE /folders/{folder_id}
"""
FORCED = {
    "GET /rest/v1.0/projects/{project_id}/incidents": "403",
    "GET /rest/v1.0/projects/{project_id}/drawing_sets": "wrapped",
    "GET /rest/v1.0/projects/{project_id}/delay_logs": "429",
    "GET /rest/v1.0/projects/{project_id}/work_logs": "drop",
    "GET /rest/v1.0/projects/{project_id}/accident_logs": "500",
    "GET /rest/v1.0/projects/{project_id}/call_logs": "422",
    "GET /rest/v1.0/projects/{project_id}/weather_logs": "401",
}
FORCED_VERDICTS = {
    "/vapid/projects/{project_id}/incidents": "forbidden",
    "/vapid/projects/{project_id}/drawing_sets": "other-shape",
    "/vapid/projects/{project_id}/delay_logs": "rate-limited",
    "/vapid/projects/{project_id}/work_logs": "unreachable",
    "/vapid/projects/{project_id}/accident_logs": "unreachable",
    "/vapid/projects/{project_id}/call_logs": "other-shape",
    "/vapid/projects/{project_id}/weather_logs": "unauthorised",
    "/vapid/webhooks/hooks": "gone",
    "/vapid/nowhere_at_all": "not-found",
}


def write_client(folder: Path) -> Path:
    lines = ["import requests", "", 'ROOT = "https://api.procore.com/vapid"', ""]
    lines += ["def run(session: requests.Session, project_id, company_id, **_):"]
    lines += ["    user_id = rfi_id = submittal_id = folder_id = input()"]
    for call in CALLS.splitlines():
        method, path = call.split()
        lines.append(f'    session.{method.lower()}(f"{{ROOT}}{path}")')
    (folder / "client.py").write_text("\n".join(lines) + "\n")
    return folder


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_client(tmp_path_factory.mktemp("client"))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no token, proxy or certificate of the machine's in the way."""
    for name in os.environ:
        if name.upper().endswith("_PROXY") or name.startswith(("PROCORE_", "SSL_CERT")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PROCORE_ACCESS_TOKEN", TOKEN)


@contextmanager
def run_server(server: uvicorn.Server, listening: socket.socket) -> Iterator[None]:
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@contextmanager
def standing_in(
    chaos: Chaos = CALM, record: list[str] | None = None, **stage: Any
) -> Iterator[str]:
    listening = open_socket("127.0.0.1", 0)
    lines: list[str] = [] if record is None else record
    server = build_server(Stage(TABLE, TODAY, **stage), chaos, lines.append)
    with run_server(server, listening):
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def answering(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """Run a server that answers a GET as the function does."""
    handler = type("Handler", (BaseHTTPRequestHandler,), {"do_GET": answer, "log_message": _quiet})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _quiet(*_: object) -> None:
    pass


def send(handler: BaseHTTPRequestHandler, status: int, body: object = (), **headers: str) -> None:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def verify(*args: str | Path) -> Result:
    return CliRunner().invoke(program, ["verify", *map(str, args), "--as-of", "2026-11-24"])


def read(result: Result) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(result.stdout)
    jsonschema.validate(document, SCHEMA)
    return document


def verdicts_of(document: dict[str, Any]) -> dict[str, str]:
    return {f"{row['method']} {row['vapid']}": row["verdict"] for row in document["verified"]}


def endpoint(path: str, method: str | None = "GET") -> Endpoint:
    return Endpoint(method, f"/vapid{path}", f"/rest/v1.0{path}", Status.UNLISTED, None, (), ())


def ask(
    url: str,
    *paths: str,
    retries: int = 0,
    company: str | None = "1001",
    given: dict[str, str] | None = None,
) -> tuple[Checked, ...]:
    manner = Manner(concurrency=4, retries=retries, timeout=2, pause=0.01)
    plan = Plan(read_address(url), tuple(map(endpoint, paths)), TABLE, company, given, manner)
    return verify_endpoints(plan, TOKEN).rows


def test_every_endpoint_of_a_client_gets_its_verdict(client: Path) -> None:
    record: list[str] = []
    with standing_in(record=record, forced=FORCED) as url:
        args = (client, "--base-url", url, "--company-id", "1001", "--retries", "1")
        result = verify(*args, "--format", "json")
    found = verdicts_of(read(result))

    assert len(found) >= 25
    expected = {
        name: FORCED_VERDICTS.get(
            name.removeprefix("GET "), "answers" if name.startswith("GET ") else "not-verified"
        )
        for name in found
    }
    assert found == expected
    assert result.exit_code == 1
    assert {json.loads(line)["method"] for line in record} == {"GET"}
    assert TOKEN not in result.output + "".join(record)


def test_chaos_changes_no_verdict(client: Path) -> None:
    chaos = read_chaos("429=0.2,500=0.2,drop=0.05,retry-after=0,seed=3")
    documents = []
    record: list[str] = []
    for fate, lines in ((CALM, []), (chaos, record)):
        with standing_in(fate, lines) as url:
            args = ("--base-url", url, "--company-id", "1001", "--format", "json")
            documents.append(read(verify(client, *args, "--retries", "12", "--concurrency", "8")))

    calm, stormy = documents
    assert verdicts_of(stormy) == verdicts_of(calm)
    statuses = Counter(json.loads(line)["status"] for line in record)
    assert statuses[429] + statuses[500] > 10
    assert min(statuses[429], statuses[500], statuses[None]) > 0


def test_each_list_is_asked_for_once(client: Path) -> None:
    record: list[str] = []
    with standing_in(record=record) as url:
        verify(client, "--base-url", url, "--company-id", "1001")

    asked = map(json.loads, record)
    lists = Counter(line["path"] for line in asked if "per_page" in line["query"])
    assert lists["/rest/v1.0/projects"] == 1
    assert set(lists.values()) == {1}


def test_missing_header_is_told_and_companies_are_named(client: Path) -> None:
    with standing_in() as url:
        result = verify(client, "--base-url", url, "--format", "json")
    found = verdicts_of(read(result))

    assert found["GET /vapid/me"] == "answers"
    assert found["GET /vapid/projects/{project_id}/rfis"] == "header-missing"
    assert found["GET /vapid/punch_items"] == "header-missing"
    assert "give --company-id, one of 1001, 1002" in result.stderr


def test_only_company_is_taken() -> None:
    with standing_in(companies=("77",)) as url:
        rows = ask(url, "/projects/{project_id}/rfis", company=None)

    assert [row.verdict for row in rows] == [Verdict.ANSWERS]


def test_wrong_company_gets_advice(client: Path) -> None:
    with standing_in(companies=("5", "6")) as url:
        listed = verify(client, "--base-url", url, "--company-id", "999")

    assert "company 999 is refused" in listed.stderr
    assert "--company-id" in listed.stderr
    assert listed.exit_code == 1


def test_company_that_is_not_in_the_list_gets_advice(client: Path) -> None:
    with standing_in() as url:
        result = verify(client, "--base-url", url, "--company-id", "999")

    assert "company 999 is not among those that the token sees" in result.stderr
    assert "one of 1001, 1002" in result.stderr


def test_wrong_token_gets_advice(client: Path) -> None:
    with standing_in(issued=set()) as url:
        result = verify(client, "--base-url", url, "--company-id", "1001", "--format", "json")

    assert Counter(verdicts_of(read(result)).values()) == {"unauthorised": 27, "not-verified": 2}
    assert "does not accept the token" in result.stderr
    assert "PROCORE_ACCESS_TOKEN" in result.stderr
    assert result.exit_code == 1


def test_address_that_does_not_answer_gets_advice(client: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    result = verify(client, "--base-url", f"http://127.0.0.1:{port}")

    assert result.exit_code == 1
    assert f"http://127.0.0.1:{port} does not answer: look at --base-url" in result.stderr
    assert "unreachable" in result.stdout


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Run the stand-in with a certificate that only its own authority vouches for."""
    authority = trustme.CA()
    file = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    listening = open_socket("127.0.0.1", 0)
    app = build_app(Stage(TABLE, TODAY), CALM, _quiet)
    config = uvicorn.Config(app, log_config=None, log_level="critical", lifespan="off")
    config.load()
    config.ssl = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(config.ssl)
    with run_server(uvicorn.Server(config), listening):
        yield f"https://127.0.0.1:{listening.getsockname()[1]}", file


def test_certificate_that_does_not_verify_gets_advice(
    client: Path, secure: tuple[str, Path]
) -> None:
    result = verify(client, "--base-url", secure[0])

    assert result.exit_code == 1
    assert "certificate of https://127.0.0.1:" in result.stderr
    assert "SSL_CERT_FILE" in result.stderr


def test_client_credentials_need_a_certificate_that_verifies(
    client: Path, secure: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    offer_credentials(monkeypatch)
    result = verify(client, "--base-url", secure[0])

    assert result.exit_code == 2
    assert "SSL_CERT_FILE" in result.stderr


def test_certificate_of_an_own_authority_is_trusted_where_it_is_named(
    client: Path, secure: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secure[1]))
    result = verify(client, "--base-url", secure[0], "--company-id", "1001", "--format", "json")

    assert verdicts_of(read(result))["GET /vapid/projects/{project_id}/rfis"] == "answers"


def offer_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROCORE_ACCESS_TOKEN")
    monkeypatch.setenv("PROCORE_CLIENT_ID", "client")
    monkeypatch.setenv("PROCORE_CLIENT_SECRET", SECRET)


def test_client_credentials_are_exchanged(client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer_credentials(monkeypatch)
    record: list[str] = []
    with standing_in(record=record, issued=set()) as url:
        result = verify(client, "--base-url", url, "--company-id", "1001", "--format", "json")

    assert verdicts_of(read(result))["GET /vapid/me"] == "answers"
    assert json.loads(record[0])["path"] == "/oauth/token"
    assert SECRET not in result.output + "".join(record)
    assert "service-stand-in" not in result.output + "".join(record)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("http://api.procore.com", "plain http", id="plain"),
        pytest.param("http://127.0.0.1.evil.example", "plain http", id="like the loopback"),
        pytest.param("https://a:b@api.procore.com", "user or password", id="password"),
        pytest.param("https://api.procore.com/rest", "more than a host", id="path"),
        pytest.param("ftp://api.procore.com", "is not such as", id="scheme"),
        pytest.param("api.procore.com", "is not such as", id="no scheme"),
        pytest.param("https://[::1", "no address", id="broken"),
    ],
)
def test_address_that_may_not_be_asked_is_refused(client: Path, text: str, words: str) -> None:
    result = verify(client, "--base-url", text)

    assert result.exit_code == 2
    assert words in result.stderr


@pytest.mark.parametrize(
    ("url", "login"),
    [
        ("https://api.procore.com", "https://login.procore.com"),
        ("https://sandbox.procore.com/", "https://login-sandbox.procore.com"),
        ("https://api-monthly.procore.com", "https://login-sandbox-monthly.procore.com"),
        ("https://api.procoregov.com", "https://login.procoregov.com"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:1", "http://[::1]:1"),
        ("https://proxy.example", None),
    ],
)
def test_login_host_belongs_to_the_address(url: str, login: str | None) -> None:
    assert read_address(url).login == login


@pytest.mark.parametrize(
    ("variables", "url", "words"),
    [
        pytest.param({}, "https://api.procore.com", "no access token", id="none"),
        pytest.param({"PROCORE_CLIENT_ID": "a"}, "https://api.procore.com", "no access", id="half"),
        pytest.param(
            {"PROCORE_CLIENT_ID": "a", "PROCORE_CLIENT_SECRET": SECRET},
            "https://proxy.example",
            "login host of https://proxy.example is not known",
            id="no login host",
        ),
        pytest.param(
            {"PROCORE_ACCESS_TOKEN": "a\nb"}, "https://api.procore.com", "signs in it", id="signs"
        ),
    ],
)
def test_token_that_is_not_there_is_asked_for(
    variables: dict[str, str], url: str, words: str
) -> None:
    with pytest.raises(VerifyError, match=words):
        find_token(read_address(url), variables, 1)


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        pytest.param(401, {}, "answers 401 to the client credentials", id="refused"),
        pytest.param(200, {}, "answers 200", id="no token"),
        pytest.param(200, [1], "no token", id="a list"),
        pytest.param(0, {}, "does not answer", id="dropped"),
    ],
)
def test_credentials_that_give_no_token_are_told(status: int, body: object, words: str) -> None:
    def post(handler: BaseHTTPRequestHandler) -> None:
        handler.rfile.read(int(handler.headers["Content-Length"]))
        if status:
            send(handler, status, body)

    credentials = {"PROCORE_CLIENT_ID": "a", "PROCORE_CLIENT_SECRET": SECRET}
    handler = type("Login", (BaseHTTPRequestHandler,), {"do_POST": post, "log_message": _quiet})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, ExitStack() as stack:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        stack.callback(thread.join)
        stack.callback(server.shutdown)
        with pytest.raises(VerifyError, match=words) as caught:
            find_token(read_address(f"http://127.0.0.1:{server.server_port}"), credentials, 2)
    assert SECRET not in str(caught.value)


def test_token_follows_no_redirect_to_another_host() -> None:
    seen: list[str] = []

    def elsewhere(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.path)
        send(handler, 200)

    with answering(elsewhere) as other:

        def here(handler: BaseHTTPRequestHandler) -> None:
            send(handler, 302, Location=f"{other}/taken")

        with answering(here) as url:
            (row,) = ask(url, "/me")

    assert seen == []
    assert row.verdict is Verdict.NOT_VERIFIED
    assert "redirects to 127.0.0.1" in row.detail


def test_redirect_on_the_same_host_is_followed_and_a_circle_is_left() -> None:
    def here(handler: BaseHTTPRequestHandler) -> None:
        if handler.path.startswith("/rest/v1.0/me"):
            send(handler, 302, Location="/moved")
        elif handler.path == "/moved":
            send(handler, 200, {"id": 1})
        else:
            send(handler, 302, Location="/circle")

    with answering(here) as url:
        rows = ask(url, "/me", "/folders")

    assert [row.verdict for row in rows] == [Verdict.ANSWERS, Verdict.NOT_VERIFIED]


@pytest.mark.parametrize("kind", ["seconds", "date", "reset"])
def test_long_wait_ends_the_asking(kind: str) -> None:
    # Made here: a suite may take longer to come to it than what is left of the hour.
    hour = datetime.now(UTC) + timedelta(hours=1)
    headers = {
        "seconds": {"Retry_After": "3600"},
        "date": {"Retry_After": format_datetime(hour)},
        "reset": {"X_Rate_Limit_Reset": str(int(hour.timestamp()))},
    }[kind]
    seen = []

    def busy(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.path)
        send(handler, 429, **headers)

    with answering(busy) as url:
        rows = ask(url, "/me", "/folders", "/projects/{project_id}/rfis", retries=3)

    assert len(seen) == 1
    assert {row.verdict for row in rows} == {Verdict.RATE_LIMITED}
    assert "it asks to wait 3" in rows[0].detail


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        pytest.param(429, {"Retry_After": "1"}, id="Retry-After"),
        pytest.param(
            200, {"X_Rate_Limit_Remaining": "0", "X_Rate_Limit_Reset": "soon"}, id="none remains"
        ),
    ],
)
def test_short_wait_is_kept(status: int, headers: dict[str, str]) -> None:
    times = []

    def limited(handler: BaseHTTPRequestHandler) -> None:
        times.append(time.time())
        if len(times) > 1:
            send(handler, 200, {})
            return
        told = {k: str(int(times[0]) + 2) if v == "soon" else v for k, v in headers.items()}
        send(handler, status, **told)

    with answering(limited) as url:
        (row,) = ask(url, "/me", retries=1)

    assert row.verdict is Verdict.ANSWERS
    assert times[1] - times[0] > 0.8


@pytest.mark.parametrize("told", ["whenever", "Tue, 01 Jan 2019 00:00:00 -0000", ""])
def test_odd_header_of_a_busy_server_is_passed_over(told: str) -> None:
    def busy(handler: BaseHTTPRequestHandler) -> None:
        send(handler, 429, Retry_After=told)

    with answering(busy) as url:
        assert ask(url, "/me", retries=1)[0].verdict is Verdict.RATE_LIMITED


@pytest.mark.parametrize(
    ("path", "status", "body", "verdict"),
    [
        pytest.param("/me", 200, {"a": "x" * 2_000_000}, "answers", id="long"),
        pytest.param("/projects/{project_id}/rfis", 200, 7, "other-shape", id="single value"),
        pytest.param("/projects/{project_id}", 200, [1], "other-shape", id="list for an object"),
        pytest.param("/projects/{project_id}/rfis", 200, b"<p>", "other-shape", id="no JSON"),
        pytest.param("/me", 405, {}, "not-found", id="no GET"),
        pytest.param("/me", 418, {}, "not-verified", id="odd"),
        pytest.param("/change_events/statuses", 422, {}, "other-shape", id="parameters"),
    ],
)
def test_answer_is_judged(path: str, status: int, body: object, verdict: str) -> None:
    def here(handler: BaseHTTPRequestHandler) -> None:
        send(handler, status, body)

    with answering(here) as url:
        (row,) = ask(url, path, given={"project_id": "7"})

    assert row.verdict.value == verdict
    assert row.status == status


def test_hint_of_the_table_is_told_where_parameters_are_asked_for() -> None:
    hinted = next(
        rule
        for rule in TABLE.rules.rules
        if rule.method == "GET" and rule.rest and "{" not in rule.vapid and rule.hints
    )

    def here(handler: BaseHTTPRequestHandler) -> None:
        send(handler, 400)

    with answering(here) as url:
        (row,) = ask(url, hinted.vapid.removeprefix("/vapid"))

    assert hinted.hints[0] in row.detail


@pytest.mark.parametrize(
    ("path", "given", "words"),
    [
        pytest.param("/projects/{project_id}/{what}", {}, "--param what=", id="a word"),
        pytest.param("/odd/{thing}", {}, "no list is known", id="unknown list"),
        pytest.param("/projects/{project_id}", {"project_id": ".."}, "is no id", id="dots"),
        pytest.param("/projects/{p}.json", {}, "--param p=", id="part of a segment"),
    ],
)
def test_placeholder_without_a_value_is_told(path: str, given: dict[str, str], words: str) -> None:
    with standing_in() as url:
        (row,) = ask(url, path, given=given)

    assert row.verdict is Verdict.NOT_VERIFIED
    assert words in row.detail
    assert row.asked is None


def test_given_values_are_used_by_either_name() -> None:
    with standing_in() as url:
        paths = ("/projects/{p}/rfis", "/projects/{x}", "/companies/{c}/users")
        rows = ask(url, *paths, given={"p": "8 9", "project_id": "7", "company_id": "3"})

    assert [row.asked for row in rows] == [
        "/rest/v1.0/projects/8%209/rfis",
        "/rest/v1.0/projects/7",
        "/rest/v1.0/companies/3/users",
    ]


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        pytest.param([], 200, "has no items", id="empty"),
        pytest.param([{"id": None}, 3], 200, "has no items", id="no ids"),
        pytest.param({}, 500, "answers 500", id="broken"),
        pytest.param(None, 0, "the connection was dropped", id="dropped"),
    ],
)
def test_list_without_an_id_is_told(body: object, status: int, words: str) -> None:
    def here(handler: BaseHTTPRequestHandler) -> None:
        if status:
            send(handler, status, body)

    with answering(here) as url:
        (row,) = ask(url, "/projects/{project_id}/rfis")

    assert words in row.detail
    assert row.verdict is Verdict.NOT_VERIFIED


def test_company_without_a_value_is_told() -> None:
    with standing_in() as url:
        (row,) = ask(url, "/companies/{company_id}/users", company=None)

    assert "give --company-id" in row.detail


def test_server_that_echoes_the_token_gets_it_into_no_output(client: Path, tmp_path: Path) -> None:
    def here(handler: BaseHTTPRequestHandler) -> None:
        send(handler, 200, [{"id": TOKEN}])

    with answering(here) as url:
        result = verify(client, "--base-url", url, "-o", tmp_path / "verify.json")

    assert TOKEN not in result.output + (tmp_path / "verify.json").read_text()
    assert "***" in (tmp_path / "verify.json").read_text()


def test_saved_scan_is_verified(client: Path, tmp_path: Path) -> None:
    saved = tmp_path / "scan.json"
    CliRunner().invoke(program, ["scan", str(client), "--format", "json", "-o", str(saved)])
    with standing_in() as url:
        result = verify("--from", saved, "--base-url", url, "--company-id", "1001")

    assert re.search(r"answers +GET /rest/v1\.0/projects/\d+/rfis  \(200\)", result.stdout)
    assert "29 endpoints: " in result.stdout


def test_nothing_to_ask_for_asks_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("print(1)\n")
    result = verify(tmp_path, "--base-url", "http://127.0.0.1:9")

    assert (result.exit_code, result.stdout) == (0, "0 endpoints\n")


def test_server_that_is_slow_is_unreachable() -> None:
    release = threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        if handler.path.startswith("/rest/v1.0/companies"):
            send(handler, 200)
        else:
            release.wait(10)

    with answering(slow) as url:
        manner = Manner(retries=0, timeout=0.2)
        plan = Plan(read_address(url), (endpoint("/me"),), TABLE, manner=manner)
        (row,) = verify_endpoints(plan, TOKEN).rows
        release.set()

    assert (row.verdict, row.detail) == (Verdict.UNREACHABLE, "no answer in time")


def test_answer_that_cannot_be_decoded_is_unreachable() -> None:
    def odd(handler: BaseHTTPRequestHandler) -> None:
        send(handler, 200, b"no gzip", Content_Encoding="gzip")

    with answering(odd) as url:
        (row,) = ask(url, "/me")

    assert row.verdict is Verdict.UNREACHABLE
    assert "no readable answer" in row.detail


def test_short_token_garbles_no_output(client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROCORE_ACCESS_TOKEN", "a")
    with standing_in() as url:
        result = verify(client, "--base-url", url, "--company-id", "1001", "--format", "json")

    assert "answers" in verdicts_of(read(result)).values()


def test_method_that_is_not_known_is_not_asked() -> None:
    plan = Plan(read_address("http://127.0.0.1:9"), (endpoint("/me", None),), TABLE)

    assert verify_endpoints(plan, TOKEN).rows[0].detail == "its method is not known"


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(["--param", "x"], id="param"),
        pytest.param(["--company-id", "x"], id="company"),
        pytest.param([".", "--from", "scan.json"], id="two sources"),
        pytest.param(["--from", "no.json"], id="no scan"),
        pytest.param(["-o", "no/where.json"], id="no folder"),
    ],
)
def test_wrong_use_is_refused(args: list[str]) -> None:
    assert verify(*args).exit_code == 2


def test_certificates_that_cannot_be_read_are_told(
    client: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    result = verify(client, "--base-url", "https://127.0.0.1:9")

    assert result.exit_code == 2
    assert "SSL_CERT_FILE cannot be used" in result.stderr


def test_cancelling_by_another_is_no_interrupt() -> None:
    async def run() -> None:
        from migrator.verify.running import _verify

        address = read_address("http://127.0.0.1:9")
        task = asyncio.ensure_future(_verify(Plan(address, (endpoint("/me"),), TABLE), TOKEN, None))
        await asyncio.sleep(0)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(run())


def test_interrupted_run_has_its_own_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    row = Checked("GET", "/vapid/me", "/rest/v1.0/me", Verdict.GONE, "")
    found = Verification((row,), is_interrupted=True)

    assert choose_exit(found) == 130
    assert "what was learnt" in capsys.readouterr().err
    assert choose_exit(replace(found, is_interrupted=False)) == 1


def test_ctrl_c_keeps_what_was_learnt(client: Path) -> None:
    reached = threading.Event()
    release = threading.Event()

    def here(handler: BaseHTTPRequestHandler) -> None:
        if handler.path.startswith("/rest/v1.0/folders"):
            reached.set()
            release.wait(20)
        send(handler, 200, [{"id": 1}])

    with answering(here) as url:
        command = [sys.executable, "-m", "migrator", "verify", str(client), "--base-url", url]
        with subprocess.Popen(
            [*command, "--format", "json", "--concurrency", "1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert reached.wait(30)
            process.send_signal(signal.SIGINT)
            out, talk = process.communicate(timeout=30)
        release.set()

    assert process.returncode == 130, talk
    document = json.loads(out)
    jsonschema.validate(document, SCHEMA)
    assert document["complete"] is False
    counts = document["summary"]["by_verdict"]
    assert counts["answers"] >= 1
    assert any(row["detail"] == "interrupted" for row in document["verified"])


@pytest.fixture(scope="module")
def verified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write what verify found of two endpoints of the client."""
    rows = [
        {"method": "GET", "vapid": "/vapid/me", "rest": "/rest/v1.0/me", "verdict": "answers"}
        | {"status": 200, "asked": "/rest/v1.0/me", "detail": ""},
        {"method": "GET", "vapid": "/vapid/folders", "rest": "/rest/v1.0/folders"}
        | {"verdict": "gone", "status": 410, "asked": None, "detail": "out | of <b>service</b>"},
    ]
    file = tmp_path_factory.mktemp("verified") / "verify.json"
    file.write_text(json.dumps({"schema": 1, "verified": rows}))
    return file


def report(client: Path, *args: str | Path) -> Result:
    return CliRunner().invoke(program, ["report", str(client), *map(str, args)])


def test_report_as_markdown_has_the_verdicts(client: Path, verified: Path) -> None:
    lines = report(client, "--verified", verified, "--format", "markdown").stdout.splitlines()

    assert "| Method | Vapid path | Rest path | Status | Verified | Called at |" in lines
    assert any("`/vapid/me`" in line and "| answers |" in line for line in lines)
    assert any(r"| gone<br>out \| of \<b\>service\</b\> |" in line for line in lines)
    assert any("`/vapid/punch_items`" in line and "| ? |" in line for line in lines)


def test_report_without_verdicts_has_no_column(client: Path) -> None:
    assert "Verified" not in report(client, "--format", "markdown").stdout
    assert ">Verified<" not in report(client, "--format", "html").stdout


def test_report_as_html_has_the_verdicts(client: Path, verified: Path) -> None:
    page = report(client, "--verified", verified, "--format", "html").stdout

    assert '<th scope="col">Verified</th>' in page
    assert "<td>answers</td>" in page
    assert "out | of &lt;b&gt;service&lt;/b&gt;" in page


def test_report_as_json_has_the_verdicts(client: Path, verified: Path) -> None:
    document = json.loads(report(client, "--verified", verified, "--format", "json").stdout)

    jsonschema.validate(
        document, json.loads((data_folder("reports") / "scan.schema.json").read_text("utf-8"))
    )
    found = {row["vapid"]: row["verified"] for row in document["endpoints"] if "verified" in row}
    assert found["/vapid/me"] == {"verdict": "answers", "status": 200, "detail": ""}
    assert set(found) == {"/vapid/me", "/vapid/folders"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("{", "is not JSON", id="no JSON"),
        pytest.param('{"schema": 2}', "schema is not 1", id="another schema"),
        pytest.param('{"schema": 1}', "verified is missing", id="a scan"),
        pytest.param('{"schema": 1, "verified": [{}]}', "verified[0].vapid", id="a broken row"),
    ],
)
def test_verdicts_that_cannot_be_read_are_told(
    client: Path, tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "verify.json").write_text(text)
    result = report(client, "--verified", tmp_path / "verify.json", "--format", "json")

    assert result.exit_code == 2
    assert words in result.stderr


def test_format_without_the_column_is_refused(client: Path, verified: Path) -> None:
    result = report(client, "--verified", verified, "--format", "sarif")

    assert result.exit_code == 2
    assert "--verified shows in json, markdown, html" in result.stderr


def test_verdicts_are_not_written_over(client: Path, verified: Path) -> None:
    assert report(client, "--verified", verified, "-o", verified).exit_code == 2
