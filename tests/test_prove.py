"""Running a command before and after the rewrite: real processes, libraries and sockets."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped] # it has no types of its own
import pytest
from click.testing import CliRunner, Result

from migrator.cli import program
from migrator.config import load_settings
from migrator.pipeline import scan_paths
from migrator.prove.comparing import compare
from migrator.prove.copies import copy_project, list_contents
from migrator.prove.processes import INSIDE, PROCORE
from migrator.prove.recorded import Sent, read_record
from migrator.prove.routes import Ground, Target, expect_targets, find_equivalent, normalise
from migrator.prove.running import Plan, prove
from migrator.resources import data_folder
from migrator.rewriting import migrate_files
from migrator.rules.table import load_rules
from migrator.values import Changed, Endpoint, Fix, Outcome, Place, Status

if TYPE_CHECKING:
    from conftest import RecordingServer

ROSTER = Path(__file__).parent / "cases" / "prove" / "roster"
SCHEMA = json.loads((data_folder("reports") / "prove.schema.json").read_text("utf-8"))
RULES = load_rules()
NAMESPACE = frozenset({Fix.NAMESPACE})
TODAY = date(2026, 11, 24)
API = "https://api.procore.com"
SECRET = "hush-0123456789-hush-0123456789"
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")

ASK = f"""\
import urllib.request

HEADERS = {{"Authorization": "Bearer {SECRET}", "Procore-Company-Id": "1001"}}


def ask(path, method="GET"):
    request = urllib.request.Request("{API}/vapid" + path, headers=HEADERS, method=method)
    return urllib.request.urlopen(request).read()
"""


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *args: str) -> Result:
    monkeypatch.chdir(folder)
    return CliRunner().invoke(program, ["prove", "--as-of", "2026-11-24", *args])


def write_client(folder: Path, *lines: str) -> Path:
    (folder / "client.py").write_text(ASK + "".join(f"{line}\n" for line in lines), "utf-8")
    return folder


@pytest.mark.once
def test_suite_with_mocks_and_a_cassette_sends_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = shutil.copytree(ROSTER, tmp_path / "roster")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}

    found = run(project, monkeypatch, "--format", "json", "--", *PYTEST)

    document = json.loads(found.stdout)
    jsonschema.validate(document, SCHEMA)
    assert document["proved"]
    assert found.exit_code == 0
    assert document["summary"]["to_vapid_before"] == document["summary"]["same"] == 13
    assert document["not_requested"] == [
        {"method": "POST", "vapid": "/vapid/projects/{project}/users/{user}/actions/add"}
    ]
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


@pytest.mark.once
def test_broken_rewrite_of_a_suite_is_told_by_test(tmp_path: Path) -> None:
    project = Path(os.path.realpath(shutil.copytree(ROSTER, tmp_path / "roster")))

    def spoil(outcome: Outcome) -> Outcome:
        assert isinstance(outcome, Changed)
        after = outcome.after.replace(b'f"{BASE}/me"', b'f"{BASE}/companies"')
        return replace(outcome, after=after)

    scan = scan_paths(["."], load_settings(project), today=TODAY, cwd=project)
    outcomes = [spoil(each) for each in migrate_files(scan, NAMESPACE)]
    proof = prove(Plan(PYTEST, project, project, NAMESPACE, TODAY), scan, outcomes)

    (difference,) = proof.comparison.differences
    assert not proof.is_given
    assert difference.reasons == ("the path is /rest/v1.0/companies, and not /rest/v1.0/me",)
    assert difference.after is not None
    assert difference.after.test == "tests/test_api.py::test_me"
    assert difference.after.path == "src/roster/api.py"


CLIENTS = {
    "requests": """\
import requests
requests.post(BASE + "/projects/7/rfis", headers=H, json={"rfi": {"subject": "a"}})
""",
    "httpx": """\
import httpx
with httpx.Client(base_url=BASE, headers=H) as client:
    client.post("/projects/7/rfis", json={"rfi": {"subject": "a"}})
""",
    "httpx async": """\
import asyncio
import httpx
async def main():
    async with httpx.AsyncClient(headers=H) as client:
        await client.post(BASE + "/projects/7/rfis", json={"rfi": {"subject": "a"}})
asyncio.run(main())
""",
    "aiohttp": """\
import asyncio
import aiohttp
async def main():
    async with aiohttp.ClientSession(headers=H) as session:
        await session.post(BASE + "/projects/7/rfis", json={"rfi": {"subject": "a"}})
asyncio.run(main())
""",
    "urllib": """\
import json
import urllib.request
data = json.dumps({"rfi": {"subject": "a"}}).encode()
request = urllib.request.Request(BASE + "/projects/7/rfis", data=data, headers=H)
urllib.request.urlopen(request)
""",
    "urllib3": """\
import json
import urllib3
data = json.dumps({"rfi": {"subject": "a"}})
urllib3.PoolManager().request("POST", BASE + "/projects/7/rfis", body=data, headers=H)
""",
    "httplib2": """\
import json
import httplib2
data = json.dumps({"rfi": {"subject": "a"}})
httplib2.Http().request(BASE + "/projects/7/rfis", "POST", body=data, headers=H)
""",
    "http.client": """\
import http.client
import json
data = json.dumps({"rfi": {"subject": "a"}})
connection = http.client.HTTPSConnection("api.procore.com")
connection.request("POST", "/vapid/projects/7/rfis", body=data, headers=H)
assert connection.getresponse().status == 201
""",
}
STARTS = f"""\
BASE = "{API}/vapid"
H = {{"Authorization": "Bearer abc", "Procore-Company-Id": "1001"}}
H["Content-Type"] = "application/json"
"""


@pytest.mark.once
@pytest.mark.parametrize("client", CLIENTS)
def test_library_is_observed_and_led_to_the_stand_in(
    client: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "client.py").write_text(STARTS + CLIENTS[client], "utf-8")

    found = run(tmp_path, monkeypatch, "--", sys.executable, "client.py")

    assert found.exit_code == 0, found.output
    assert found.stdout == (
        "before: exit code 0, 1 request\n"
        "after:  exit code 0, 1 request\n"
        "The same but for the route: 1 request, 1 of them to /vapid before\n"
    )


def test_what_the_scan_cannot_know_is_listed_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_client(
        tmp_path,
        'ask("/projects")',
        "import os",
        f'hidden = urllib.request.Request("{API}/" + os.environ["WORD"] + "/me", headers=HEADERS)',
        "try:",
        "    urllib.request.urlopen(hidden)",
        "except urllib.error.HTTPError as error:",
        "    print(error.code)",
    )
    monkeypatch.setenv("WORD", "vapid")

    found = run(tmp_path, monkeypatch, "--", sys.executable, "client.py")

    assert found.exit_code == 1
    line = f"  GET {API}/vapid/me  client.py:13\n"
    assert f"Still sent to /vapid after the rewrite:\n{line}" in found.stdout
    assert f"Sent to /vapid, and not found by the scan:\n{line}" in found.stdout


def test_no_secret_is_shown_or_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_client(
        tmp_path,
        f'ask("/me?access_token={SECRET}")',
        "import os",
        f'print("Authorization: Bearer {SECRET}")',
        'if "after" in os.getcwd():',
        f'    ask("/projects?access_token={SECRET}")',
        f'    raise SystemExit("token={SECRET}")',
    )
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "client.py").rename(project / "client.py")
    args = ("--keep", "--", sys.executable, "client.py")

    found = run(project, monkeypatch, *args)

    assert found.exit_code == 1
    assert "it was not sent before" in found.stdout
    assert "access_token=***" in found.stdout
    assert SECRET not in found.output
    kept = [path for path in (tmp_path / "scratch").rglob("*.json*") if path.is_file()]
    assert kept
    assert not any(SECRET in path.read_text("utf-8") for path in kept)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param(["pass"], "no request was seen in either run", id="none"),
        pytest.param(
            [f'urllib.request.Request("{API}/vapid/me")', "raise SystemExit('no \\x1b[31mred')"],
            r"it ended with 1: no \x1b[31mred",
            id="fails first",
        ),
        pytest.param(
            [f'urllib.request.urlopen("{API}/oauth/token", b"grant_type=a")'],
            "none of the 2 requests went to /vapid",
            id="elsewhere",
        ),
    ],
)
def test_nothing_seen_is_nothing_proved(
    lines: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_client(tmp_path, *lines)

    found = run(tmp_path, monkeypatch, "--", sys.executable, "client.py")

    assert found.exit_code == 2
    assert message in found.stderr


def test_missing_header_shows_after_the_rewrite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_client(tmp_path, 'del HEADERS["Procore-Company-Id"]', 'ask("/projects")')

    found = run(tmp_path, monkeypatch, "--", sys.executable, "client.py")

    assert found.exit_code == 1
    assert "before: exit code 0, 1 request\nafter:  exit code 1, 1 request\n" in found.stdout
    assert "HTTP Error 400" in found.stdout
    assert "the command fails after the rewrite" in found.stdout


def test_header_that_was_asked_for_is_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "client.py").write_text(
        "import requests\n"
        f'requests.get("{API}/vapid/projects", headers={{"Authorization": "Bearer a"}})'
        ".raise_for_status()\n",
        "utf-8",
    )
    (tmp_path / "pyproject.toml").write_text(
        "[tool.vapid-to-rest]\ncompany-id = '\"1001\"'\n", "utf-8"
    )
    args = ("--fix", "all", "--", sys.executable, "client.py")

    found = run(tmp_path, monkeypatch, *args)

    assert found.exit_code == 0, found.output


def test_what_is_installed_from_the_project_is_run_from_the_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "src").mkdir()
    write_client(tmp_path / "src")
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "run.py").write_text("import client\nclient.ask('/me')\n", "utf-8")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "src"))
    args = ("--format", "json", "--", sys.executable, str(tmp_path / "work" / "run.py"))

    found = run(tmp_path / "src", monkeypatch, *args)

    document = json.loads(found.stdout)
    assert document["proved"], document
    assert document["runs"]["after"]["not_from_copy"] == []


def test_code_that_runs_from_the_project_itself_proves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_client(tmp_path)
    (tmp_path / "run.py").write_text(
        f"import sys\nsys.path[:0] = [{str(tmp_path)!r}]\nimport client\nclient.ask('/me')\n",
        "utf-8",
    )

    found = run(tmp_path, monkeypatch, "--", sys.executable, "run.py")

    assert found.exit_code == 1
    assert "so that it was not rewritten:\n  client.py\n" in found.stdout


def test_library_that_is_not_known_reaches_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_client(
        tmp_path,
        'ask("/me")',
        "import socket",
        "try:",
        '    socket.create_connection(("login.procore.com", 443))',
        "except OSError as error:",
        "    print(error)",
    )

    found = run(tmp_path, monkeypatch, "--", sys.executable, "client.py")

    assert found.exit_code == 1
    assert "kept from it:\n  login.procore.com\n" in found.stdout


def test_requests_go_where_the_user_says(
    server: RecordingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.take()
    write_client(
        tmp_path,
        'ask("/projects?page=2")',
        'urllib.request.urlopen("https://proxy.example.com/vapid/me")',
    )
    (tmp_path / "pyproject.toml").write_text(
        '[tool.vapid-to-rest]\nhosts = ["proxy.example.com"]\n', "utf-8"
    )
    args = ("--base-url", server.url, "--company-id", "5")

    found = run(tmp_path, monkeypatch, *args, "--", sys.executable, "client.py")

    assert found.exit_code == 0, found.output
    taken = server.take()
    assert [each.line for each in taken] == ["GET /rest/v1.0/projects", "GET /rest/v1.0/me"] * 2
    assert taken[0].query == "page=2"
    assert [dict(each.headers).get("procore-company-id") for each in taken] == [
        *("1001", "5"),
        *("1001", None),
    ]


def test_address_that_does_not_answer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_client(
        tmp_path,
        "try:",
        '    ask("/me")',
        "except urllib.error.HTTPError as error:",
        "    raise SystemExit(error.read().decode())",
    )
    args = ("--base-url", "http://127.0.0.1:9", "--", sys.executable, "client.py")

    found = run(tmp_path, monkeypatch, *args)

    assert "before: exit code 1, 1 request" in found.stdout
    assert "What the command printed last:\n  http://127.0.0.1:9: All connection" in found.stdout
    assert "Not proved: the command fails before the rewrite" in found.stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(["--", "no-such-command"], "cannot run no-such-command", id="no command"),
        pytest.param(
            ["--timeout", "1", "--", sys.executable, "-c", "import time; time.sleep(60)"],
            "still running after 1 seconds",
            id="too long",
        ),
        pytest.param(["--base-url", "http://example.com", "--", "true"], "use https", id="http"),
        pytest.param(["--project", "/usr/lib", "--", "true"], "no folder that", id="not in it"),
        pytest.param([], "Missing argument", id="no argument"),
    ],
)
def test_command_that_cannot_be_run_is_refused(
    args: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_client(tmp_path, 'ask("/me")')

    found = run(tmp_path, monkeypatch, *args)

    assert found.exit_code == 2
    assert message in found.stderr


@pytest.mark.once
def test_interrupt_ends_the_command_and_leaves_nothing(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    write_client(project, "import time", f'open({str(tmp_path / "here")!r}, "w")', "time.sleep(60)")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-m", "migrator", "prove", "--", sys.executable, "client.py"]
    with subprocess.Popen(
        command, cwd=project, env=os.environ | {"TMPDIR": str(scratch)}, stderr=subprocess.PIPE
    ) as process:
        deadline = time.monotonic() + 60
        while not (tmp_path / "here").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)

    assert process.returncode == 130
    assert b"Traceback" not in said
    assert [*scratch.iterdir()] == []


def test_copy_has_what_is_small_and_leads_to_what_is_large(tmp_path: Path) -> None:
    top = tmp_path / "top"
    for folder in ("src", ".git", "src/__pycache__", ".venv/lib", "node_modules/a"):
        (top / folder).mkdir(parents=True)
    (top / ".venv" / "pyvenv.cfg").touch()
    (top / "src" / "a.py").write_text("a", "utf-8")
    (top / "run.sh").write_text("#!/bin/sh\n", "utf-8")
    (top / "run.sh").chmod(0o755)
    (top / "inner").symlink_to("src/a.py")
    (top / "whole").symlink_to(top / "src")
    (top / "outer").symlink_to(tmp_path)
    os.mkfifo(top / "pipe")
    copy = tmp_path / "copies" / "top"

    contents = list_contents(top)
    copy_project(top, contents, copy)

    assert contents.linked == (".venv", "node_modules")
    assert sorted(path.name for path in copy.iterdir()) == sorted(
        [".venv", "inner", "node_modules", "outer", "run.sh", "src", "whole"]
    )
    assert (copy / "whole").resolve() == copy / "src"
    assert (copy / "inner").resolve() == copy / "src" / "a.py"
    assert (copy / "outer").resolve() == tmp_path
    assert (copy / ".venv").resolve() == top / ".venv"
    assert os.access(copy / "run.sh", os.X_OK)
    assert [*(copy / "src").iterdir()] == [copy / "src" / "a.py"]


def test_modules_inside_the_command_are_read_by_old_pythons() -> None:
    modules = [*INSIDE.glob("*.py")]

    assert len(modules) >= 5
    for module in modules:
        ast.parse(module.read_bytes(), feature_version=(3, 8))


def test_unfinished_line_of_a_record_is_no_request(tmp_path: Path) -> None:
    record = tmp_path / "record.jsonl"
    record.write_text('{"unseen": "a"}\n{"stray": "b"}\n{"broken": "c", "reason": "d"}\n{"met')

    found = read_record(record)

    assert found.sent == ()
    assert (found.unseen, found.strays, found.broken) == (("a",), ("b",), ("c (d)",))


def ground(*fixes: Fix) -> Ground:
    return Ground(RULES, NAMESPACE | set(fixes), PROCORE)


@pytest.mark.parametrize(
    ("method", "url", "fixes", "expected"),
    [
        pytest.param(
            "GET", f"{API}/vapid/me?a=1", (), ["GET " + f"{API}/rest/v1.0/me?a=1"], id="swap"
        ),
        pytest.param(
            "GET", f"{API}:443/rest/v1.0/me", (), ["GET " + f"{API}/rest/v1.0/me"], id="Rest"
        ),
        pytest.param(
            "GET",
            "https://push.example.com/vapid/key",
            (),
            ["GET https://push.example.com/vapid/key"],
            id="Web Push",
        ),
        pytest.param(
            "GET",
            "http://localhost:8123/api/vapid/me",
            (),
            ["GET http://localhost/api/rest/v1.0/me"],
            id="own server",
        ),
        pytest.param(
            "GET",
            "https://app.procore.com/vapid/me",
            (Fix.HOST,),
            ["GET https://app.procore.com/rest/v1.0/me", f"GET {API}/rest/v1.0/me"],
            id="host",
        ),
        pytest.param(
            "POST",
            f"{API}/vapid/vendors/sync",
            (Fix.MOVED,),
            [f"PATCH {API}/rest/v1.0/vendors/sync", f"POST {API}/rest/v1.0/vendors/sync"],
            id="moved",
        ),
        pytest.param("GET", "http://[::1/vapid", (), ["GET http://[::1/vapid"], id="no URL"),
    ],
)
def test_target_after_the_rewrite_is(
    method: str, url: str, fixes: tuple[Fix, ...], expected: list[str]
) -> None:
    found = [f"{each.method} {each.url}" for each in expect_targets(ground(*fixes), method, url)]

    assert set(expected) <= set(found)
    assert found[0] == expected[0]


def test_moved_operation_keeps_the_values_of_its_path() -> None:
    rule = next(
        each
        for each in RULES.rules
        if each.status is Status.MOVED and "{" in each.vapid and each.method == "POST"
    )
    verb, rest = find_equivalent(RULES, "POST", rule.vapid.replace("{", "").replace("}", ""))

    assert f"{verb} {rest}".replace("{", "") == rule.candidates[0].replace("{", "").replace("}", "")


def test_query_and_body_may_name_the_namespace() -> None:
    url = f"{API}/rest/v1.0/me?next="

    found = normalise("GET", f"{url}%2Fvapid%2Fprojects")

    assert found == Target("GET", f"{url}%2Frest%2Fv1.0%2Fprojects")


def sent(url: str, method: str = "GET", **others: Any) -> Sent:
    return Sent("requests", method, url, **others)


Tell = Callable[[Sequence[Sent], Sequence[Sent]], list[tuple[str, ...]]]


@pytest.fixture
def tell() -> Tell:
    def run(before: Sequence[Sent], after: Sequence[Sent]) -> list[tuple[str, ...]]:
        return [each.reasons for each in compare(before, after, ground(), ()).differences]

    return run


OLD, NEW = f"{API}/vapid/projects/7", f"{API}/rest/v1.0/projects/7"
PUSH = "https://push.example.com/vapid/key"


@pytest.mark.parametrize(
    ("before", "after", "reasons"),
    [
        pytest.param([sent(OLD)], [sent(NEW)], [], id="the same"),
        pytest.param([sent(OLD)], [sent(OLD)], [], id="left, which is told apart"),
        pytest.param([sent(PUSH)], [sent(PUSH)], [], id="another vendor's"),
        pytest.param(
            [sent(PUSH)],
            [sent(PUSH.replace("vapid", "rest/v1.0"))],
            [("the path is /rest/v1.0/key, and not /vapid/key",)],
            id="another vendor's, changed",
        ),
        pytest.param(
            [sent(OLD)],
            [sent(NEW, "POST")],
            [("the method is POST, and not GET",)],
            id="another method",
        ),
        pytest.param(
            [sent(OLD)],
            [sent(f"{NEW}?page=1")],
            [("the query is another one",)],
            id="another query",
        ),
        pytest.param(
            [sent(OLD)],
            [sent(NEW.replace("api.", "app."))],
            [("it goes to https://app.procore.com, and not to https://api.procore.com",)],
            id="another host",
        ),
        pytest.param(
            [sent(OLD, headers=(("a", ""), ("accept", "x"), ("c", "")))],
            [sent(NEW, headers=(("b", ""), ("accept", "y"), ("c", "")))],
            [("it no longer has a", "it also has b", "accept is another one")],
            id="other headers",
        ),
        pytest.param(
            [sent(OLD, body=b"a")],
            [sent(NEW, body=b"b")],
            [("the body is another one",)],
            id="another body",
        ),
        pytest.param([sent(OLD, body=None)], [sent(NEW, body=b"b")], [], id="a stream"),
        pytest.param(
            [sent(OLD, body=b'{"url": "/vapid/me"}')],
            [sent(NEW, body=b'{"url": "/rest/v1.0/me"}')],
            [],
            id="namespace in the body",
        ),
        pytest.param(
            [sent(f"{OLD}/a"), sent(OLD), sent(OLD)],
            [sent(NEW), sent(NEW)],
            [("it is no longer sent",)],
            id="one less",
        ),
        pytest.param(
            [sent(OLD)],
            [sent(f"{NEW}/a"), sent(NEW)],
            [("it was not sent before",)],
            id="one more",
        ),
        pytest.param(
            [sent(f"{OLD}/a"), sent(f"{OLD}/b"), sent(f"{OLD}/c")],
            [sent(f"{NEW}/c"), sent(f"{NEW}/b"), sent(f"{NEW}/a")],
            [],
            id="threads in another order",
        ),
        pytest.param(
            [sent(f"{OLD}/a"), sent(f"{OLD}/b", body=b"x"), sent(OLD)],
            [sent(f"{NEW}/b"), sent(f"{NEW}/a"), sent(NEW)],
            [("the body is another one",)],
            id="another body in another order",
        ),
        pytest.param(
            [sent(OLD, test="a"), sent(f"{OLD}/x", test="b")],
            [sent(f"{NEW}/x", test="b"), sent(NEW, test="a")],
            [],
            id="tests in another order",
        ),
    ],
)
def test_difference_is_told(
    before: list[Sent], after: list[Sent], reasons: list[tuple[str, ...]], tell: Tell
) -> None:
    assert tell(before, after) == reasons


def test_request_belongs_to_an_endpoint_by_its_path_or_its_line() -> None:
    def endpoint(vapid: str, line: int) -> Endpoint:
        place = Place("a.py", line, 1)
        return Endpoint("GET", vapid, "", Status.DIRECT, None, (), (place,))

    known = [endpoint("/vapid/projects/{id}", 3), endpoint("/vapid/{}", 9)]
    before = [sent(OLD), sent(f"{API}/vapid/a/b", path="a.py", line=9), sent(f"{API}/vapid/c/d")]

    found = compare(before, before, ground(), [*known, endpoint("/vapid/never", 20)])

    assert found.missed == (before[2],)
    assert [each.vapid for each in found.unseen] == ["/vapid/never"]
    assert found.left == tuple(before)
