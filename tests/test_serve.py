"""The stand-in: what it answers, what goes wrong with it, and what it keeps of requests."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from migrator.cli import program
from migrator.rules.rest import load_rest
from migrator.standin.answers import Answer, Asked, Stage, answer
from migrator.standin.chaos import ChaosError, decide, read_chaos
from migrator.standin.record import write_line

TODAY = date(2026, 11, 24)
STAGE = Stage(load_rest(), TODAY)
SIGNED = {"authorization": "Bearer abc", "procore-company-id": "1001"}
RFIS = "/rest/v1.0/projects/7/rfis"


def ask(
    method: str,
    path: str,
    headers: dict[str, str] = SIGNED,
    *,
    query: str = "",
    body: bytes = b"",
    stage: Stage = STAGE,
) -> Answer:
    return answer(stage, Asked(method, path, query, headers, body, "http://x"))


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        pytest.param("GET", RFIS, SIGNED, 200, id="list"),
        pytest.param("HEAD", RFIS, SIGNED, 200, id="head"),
        pytest.param("POST", RFIS, SIGNED, 201, id="create"),
        pytest.param("PATCH", "/rest/v1.0/projects/7", SIGNED, 200, id="update"),
        pytest.param("DELETE", "/rest/v1.0/folders/3", SIGNED, 204, id="delete"),
        pytest.param("GET", "/vapid/me", SIGNED, 404, id="vapid"),
        pytest.param("GET", "/rest/v1.0/nowhere", SIGNED, 404, id="unknown"),
        pytest.param("DELETE", "/rest/v1.0/me", SIGNED, 405, id="other method"),
        pytest.param("GET", "/rest/v1.0/webhooks/hooks", SIGNED, 410, id="past its sunset"),
        pytest.param("GET", RFIS, {}, 401, id="no token"),
        pytest.param("GET", RFIS, {"authorization": "Basic abc"}, 401, id="no bearer"),
        pytest.param("GET", RFIS, SIGNED | {"procore-company-id": "x"}, 403, id="no company"),
        pytest.param("GET", "/rest/v1.0/me", {"authorization": "Bearer a"}, 200, id="me"),
        pytest.param(
            "GET", "/rest/v1.0/me", {"authorization": "Bearer service-1"}, 400, id="service account"
        ),
        pytest.param("GET", "/oauth/token", {}, 405, id="get a token"),
        pytest.param("POST", "/oauth/token", {}, 400, id="no grant"),
        pytest.param("GET", "/rest/v1.0/webhooks", SIGNED, 404, id="part of a path"),
    ],
)
def test_request_is_answered_with(
    method: str, path: str, headers: dict[str, str], status: int
) -> None:
    assert ask(method, path, headers).status == status


def test_missing_header_gets_the_message_of_procore() -> None:
    found = ask("GET", RFIS, {"authorization": "Bearer abc"})

    assert found.body == {"errors": "Missing Procore-Company-Id header!"}


def test_operation_is_in_service_before_its_sunset() -> None:
    before = Stage(STAGE.table, date(2026, 9, 15))

    assert ask("GET", "/rest/v1.0/webhooks/hooks", stage=before).status == 200


def test_pages_are_linked_and_have_all_rows_once() -> None:
    query: str | None = "per_page=2&x=a%26b"
    rows: list[Any] = []
    while query is not None:
        found = ask("GET", RFIS, query=query)
        rows += found.body
        link = re.search(r'<http://x/\S+\?([^>]+)>; rel="next"', found.headers.get("Link", ""))
        query = link[1] if link else None

    assert len({row["id"] for row in rows}) == len(rows) == int(found.headers["Total"])
    assert 'rel="prev"' in found.headers["Link"]
    assert "x=a%26b" in found.headers["Link"]


def test_row_of_a_list_is_the_one_that_is_shown() -> None:
    (row, *_) = ask("GET", RFIS).body

    assert ask("GET", f"{RFIS}/{row['id']}").body == row


def test_page_behind_the_last_is_empty() -> None:
    assert ask("GET", RFIS, query="page=999").body == []


def test_second_generation_wraps_its_rows() -> None:
    path = "/rest/v2.0/companies/1001/webhooks/hooks"

    assert isinstance(ask("GET", path).body["data"], list)


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        pytest.param(b'{"rfi": {"subject": "Door"}}', "Door", id="wrapped"),
        pytest.param(b'{"subject": "Door", "x": 1}', "Door", id="plain"),
        pytest.param(b"subject=Door", None, id="no JSON"),
        pytest.param(b"[1]", None, id="a list"),
    ],
)
def test_created_row_has_what_was_sent(body: bytes, subject: str | None) -> None:
    assert ask("POST", RFIS, body=body).body.get("subject") == subject


def test_company_that_is_not_known_is_refused() -> None:
    stage = Stage(STAGE.table, TODAY, companies=("5",))

    assert ask("GET", RFIS, stage=stage).status == 403
    listed = ask("GET", "/rest/v1.0/companies", {"authorization": "Bearer a"}, stage=stage)
    assert [row["id"] for row in listed.body] == [5]


@pytest.mark.parametrize(
    "body",
    [b"grant_type=client_credentials&client_id=a", b'{"grant_type": "client_credentials"}'],
    ids=["form", "JSON"],
)
def test_issued_token_is_taken_and_no_other(body: bytes) -> None:
    stage = Stage(STAGE.table, TODAY, issued=set())
    token = ask("POST", "/oauth/token", {}, body=body, stage=stage).body["access_token"]

    assert ask("GET", RFIS, SIGNED, stage=stage).status == 401
    issued = SIGNED | {"authorization": f"Bearer {token}"}
    assert ask("GET", RFIS, issued, stage=stage).status == 200


def test_request_for_a_token_that_is_no_json_is_refused() -> None:
    assert ask("POST", "/oauth/token", {}, body=b"{").status == 400


def test_forced_answer_holds_for_its_operation_alone() -> None:
    forced = {"GET /rest/v1.0/projects/{project_id}/rfis": "429", "GET /rest/v1.0/me": "wrapped"}
    stage = Stage(STAGE.table, TODAY, forced=forced)

    assert ask("GET", RFIS, stage=stage).headers["Retry-After"] == "0"
    assert set(ask("GET", "/rest/v1.0/me", stage=stage).body) == {"result"}
    assert ask("POST", RFIS, stage=stage).status == 201


def test_chaos_is_the_same_for_a_seed_and_near_its_shares() -> None:
    chaos = read_chaos("429=0.2,500=0.1,drop=0.05,latency=0.5,retry-after=3,seed=7")
    fates = [decide(chaos, "GET /x", number) for number in range(2_000)]

    assert fates == [decide(chaos, "GET /x", number) for number in range(2_000)]
    assert 300 < sum(fate.status == 429 for fate in fates) < 500
    assert 140 < sum(fate.status == 500 for fate in fates) < 260
    assert 60 < sum(fate.drop for fate in fates) < 140
    assert all(0 <= fate.delay <= 0.5 for fate in fates)
    assert chaos.wait == 3
    assert read_chaos("default").busy > 0


@pytest.mark.parametrize("text", ["", "x=1", "429=y", "429=-1", "429=nan", "429=0.6,500=0.6"])
def test_chaos_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ChaosError):
        read_chaos(text)


@pytest.mark.parametrize(
    ("headers", "query", "body", "path"),
    [
        pytest.param({"authorization": "Bearer hush"}, "", b"", "/x", id="token"),
        pytest.param({"authorization": "hush"}, "", b"", "/x", id="no scheme"),
        pytest.param({"cookie": "a=hush"}, "", b"", "/x", id="cookie"),
        pytest.param({"x-my-token": "hush"}, "", b"", "/x", id="telling header"),
        pytest.param({}, "access_token=hush&a=1", b"", "/x", id="query"),
        pytest.param({}, "", b"client_secret=hush", "/oauth/token", id="client credentials"),
        pytest.param({}, "", b'{"a": [{"password": "hush"}]}', "/x", id="JSON"),
        pytest.param({}, "", b'password = "hush"', "/x", id="text"),
        pytest.param({}, "", b"\xffhush", "/x", id="bytes"),
        pytest.param({}, "", b"hush" * 5_000, "/x", id="long"),
        pytest.param(
            {"content-type": "application/x-www-form-urlencoded"},
            "",
            b"token=hush",
            "/x",
            id="form",
        ),
    ],
)
def test_record_keeps_no_secret(
    headers: dict[str, str], query: str, body: bytes, path: str
) -> None:
    line = write_line(1, Asked("POST", path, query, headers, body), 200)

    assert "hush" not in line
    assert json.loads(line)["status"] == 200


def test_record_keeps_what_is_no_secret() -> None:
    asked = Asked("POST", "/x", "page=2", {"procore-company-id": "7"}, b'{"rfi": {"title": "A"}}')
    line = json.loads(write_line(3, asked, None))

    assert (line["query"], line["headers"], line["status"]) == ("page=2", asked.headers, None)
    assert line["body"] == {"rfi": {"title": "A"}}


@dataclass(frozen=True, slots=True)
class Running:
    url: str
    record: Path


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run the command in a process of its own, on a port that is free."""
    record = tmp_path_factory.mktemp("serve") / "requests.jsonl"
    command = [sys.executable, "-m", "migrator", "serve", "--port", "0", "-o", str(record)]
    command += ["--chaos", "latency=0.001", "--answer", "GET /rest/v1.0/me=drop"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=os.environ | {"NO_COLOR": "1"}
    ) as process:
        assert process.stderr is not None
        match = re.search(r"http://\S+:\d+", process.stderr.readline())
        assert match
        yield Running(match[0], record)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130


def test_command_answers_and_records(running: Running) -> None:
    headers = SIGNED | {"Authorization": "Bearer hush-hush"}
    with httpx.Client(base_url=running.url, headers=headers, trust_env=False) as client:
        listed = client.get(RFIS, params={"per_page": 2})
        gone = client.delete("/rest/v1.0/folders/3")

        assert client.get(str(listed.links["next"]["url"])).status_code == 200
    assert (len(listed.json()), gone.status_code, gone.content) == (2, 204, b"")
    assert int(listed.headers["X-Rate-Limit-Remaining"]) > 0
    text = running.record.read_text()
    assert f'"path": "{RFIS}", "query": "per_page=2"' in text
    assert "hush-hush" not in text


def test_dropped_connection_is_no_answer(running: Running) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"{running.url}/rest/v1.0/me", headers=SIGNED, trust_env=False)

    assert json.loads(running.record.read_text().splitlines()[-1])["status"] is None


@pytest.mark.parametrize(
    ("args", "words"),
    [
        pytest.param(["--host", "0.0.0.0"], "--allow-remote", id="not the loopback"),
        pytest.param(["--chaos", "x"], "is none of", id="chaos"),
        pytest.param(["--answer", "GET /x=1"], "--answer is", id="answer"),
        pytest.param(["-o", "no/where.jsonl"], "there is no folder", id="folder"),
        pytest.param(["--host", "localhost", "-o", ".", "--port", "0"], "directory", id="record"),
    ],
)
def test_wrong_use_is_refused(args: list[str], words: str) -> None:
    result = CliRunner().invoke(program, ["serve", *args])

    assert result.exit_code == 2
    assert words in result.stderr


def test_port_that_is_taken_is_named(running: Running) -> None:
    port = running.url.rpartition(":")[2]
    result = CliRunner().invoke(program, ["serve", "--port", port])

    assert result.exit_code == 2
    assert f"cannot listen on 127.0.0.1:{port}" in result.stderr


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = CliRunner().invoke(program, ["serve", "--port", "0"])

    assert result.exit_code == 2
    assert "pip install 'vapid-to-rest[serve]'" in result.stderr
