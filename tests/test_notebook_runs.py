"""Notebooks from the command line: found, shown, rewritten, and run before and after."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from migrator.cli import program
from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.render.diff import list_hunks, render_diff
from migrator.rewriting import migrate_files
from migrator.values import Changed, Fix

if TYPE_CHECKING:
    from conftest import RecordingServer, Request

LAUNCHER = Path(__file__).parent / "driving.py"
TODAY = "1795392000"
"""2026-11-23, in seconds."""

# What a kernel does, without one: the cells are run one after another in one namespace.
RUNNER = """\
import json

names = {}
for cell in json.load(open("tour.ipynb", encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), names)
"""

CELLS = [
    ("markdown", "# Tour\n\nOf `https://api.procore.com/vapid/me`"),
    ("code", 'import requests\n\nfrom client import Client\n\nHOST = "https://api.procore.com"'),
    ("code", 'BASE = f"{HOST}/vapid"\nsession = requests.Session()'),
    ("code", "me = session.get(f'{BASE}/me').json()\nme[\"id\"]"),
    (
        "code",
        'client = Client(HOST)\nfor k in ("rfis", "submittals"):\n    client.list(12, k)',
    ),
    ("code", "session.post(BASE + '/companies', json={'name': 'Bücher \"und\" mehr'})"),
]
CLIENT = """\
import requests


class Client:
    def __init__(self, host):
        self.root = host + "/vapid/projects"

    def list(self, project, kind):
        return requests.get(f"{self.root}/{project}/{kind}").json()
"""


def write_tour(folder: Path, **how: Any) -> Path:
    cells: list[dict[str, Any]] = [
        {"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True)}
        for kind, source in CELLS
    ]
    for number, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            text = [f"{number}: https://api.procore.com/vapid/me\n"]
            cell |= {"execution_count": number, "outputs": [{"name": "stdout", "text": text}]}
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path = folder / "tour.ipynb"
    path.write_bytes(json.dumps(notebook, **how).encode())
    (folder / "client.py").write_text(CLIENT)
    return path


def run(folder: Path, *args: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return CliRunner().invoke(program, args, env={"SOURCE_DATE_EPOCH": TODAY})


def drive(folder: Path, home: Path, server: RecordingServer) -> list[Request]:
    """Run the notebook with every host at the server; return what it sent."""
    driver = home / "runner.py"
    driver.write_text(RUNNER)
    order = {"folder": str(folder), "driver": str(driver), "log": str(home / "log")}
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    server.take()
    result = subprocess.run(
        [sys.executable, str(LAUNCHER), str(server.server_port)],
        input=json.dumps(order) + "\n",
        cwd=home,
        env=kept | {"HOME": str(home), "NO_PROXY": "*", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert result.stdout == "0\n", (home / "log").read_text("utf-8")
    return server.take()


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"indent": 1, "ensure_ascii": False}, id="as Jupyter writes it"),
        pytest.param({"indent": 4}, id="with escapes"),
        pytest.param({"separators": (",", ":")}, id="minified"),
    ],
)
def test_rewritten_notebook_sends_the_same_to_the_new_routes(
    how: dict[str, Any], tmp_path: Path, server: RecordingServer
) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    path = write_tour(folder, **how)
    before = path.read_bytes()
    sent = drive(folder, tmp_path, server)

    result = run(folder, "rewrite", "--write")

    assert "tour.ipynb: 1 place changed\n" in result.stdout
    assert path.read_bytes() == before.replace(b"{HOST}/vapid", b"{HOST}/rest/v1.0")
    assert [request.line for request in sent] == [
        "GET /vapid/me",
        "GET /vapid/projects/12/rfis",
        "GET /vapid/projects/12/submittals",
        "POST /vapid/companies",
    ]
    lines = [request.line.replace("/vapid/", "/rest/v1.0/") for request in sent]
    again = drive(folder, tmp_path, server)
    assert [request.line for request in again] == lines
    assert [request.body for request in again] == [request.body for request in sent]


def test_diff_of_a_notebook_is_applied_by_git(tmp_path: Path) -> None:
    path = write_tour(tmp_path, indent=1)
    before = path.read_bytes()

    result = run(tmp_path, "rewrite")

    assert result.exit_code == 1
    assert [line for line in result.stdout.splitlines() if line.startswith(("-  ", "+  "))] == [
        '-        self.root = host + "/vapid/projects"',
        '+        self.root = host + "/rest/v1.0/projects"',
        r'-    "BASE = f\"{HOST}/vapid\"\n",',
        r'+    "BASE = f\"{HOST}/rest/v1.0\"\n",',
    ]
    (tmp_path / "patch").write_bytes(result.stdout_bytes)
    subprocess.run(["git", "apply", "patch"], cwd=tmp_path, check=True)
    assert path.read_bytes() == before.replace(b"{HOST}/vapid", b"{HOST}/rest/v1.0")


def test_findings_name_the_cell_and_show_its_line(tmp_path: Path) -> None:
    write_tour(tmp_path)
    column = (tmp_path / "tour.ipynb").read_text("utf-8").index("vapid\\") + 1

    text = run(tmp_path, "scan").stdout.splitlines()
    lines = run(tmp_path, "check").stdout.splitlines()

    assert lines[-1].startswith(f"tour.ipynb:1:{column}: VAP001 cell 3, line 1: `vapid` becomes ")
    assert lines[-2].startswith("tour.ipynb:1:112: VAP100 cell 1, line 3: ")
    number = text.index('     1 │ BASE = f"{HOST}/vapid"')
    assert text[number + 1] == "       │                 ^^^^^"
    assert "  also mentioned in prose: line 1" in text


def test_endpoints_say_where_in_the_file_they_are_called(tmp_path: Path) -> None:
    write_tour(tmp_path, indent=1)
    lines = (tmp_path / "tour.ipynb").read_text("utf-8").splitlines()

    found = json.loads(run(tmp_path, "scan", "--format", "json").stdout)

    [call] = next(each for each in found["endpoints"] if each["vapid"] == "/vapid/me")["calls"]
    assert call["path"] == "tour.ipynb"
    assert lines[call["line"] - 1][call["column"] - 1 :].startswith("session.get(f'{BASE}/me')")
    assert [endpoint["vapid"] for endpoint in found["endpoints"]] == [
        "/vapid/companies",
        "/vapid/me",
        "/vapid/projects/{project}/rfis",
        "/vapid/projects/{project}/submittals",
    ]


def test_report_shows_the_change_of_a_notebook(tmp_path: Path) -> None:
    write_tour(tmp_path, indent=1)

    result = run(tmp_path, "report", "-o", "report.md")

    assert result.exit_code == 0
    report = (tmp_path / "report.md").read_text("utf-8")
    assert r'+    "BASE = f\"{HOST}/rest/v1.0\"\n",' in report
    assert "cell 3, line 1" in report


@pytest.mark.parametrize("tracked", [None, False, True], ids=["walked", "untracked", "tracked"])
def test_checkpoints_are_skipped(tracked: bool | None, tmp_path: Path) -> None:
    copies = tmp_path / ".ipynb_checkpoints"
    copies.mkdir()
    write_tour(copies)
    (tmp_path / "a.py").write_text("import requests\n")
    if tracked is not None:
        subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    if tracked:
        subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)

    assert run(tmp_path, "check").output == ""
    assert "VAP001" in run(tmp_path, "check", ".ipynb_checkpoints").stdout


def test_broken_notebook_does_not_stop_the_others(tmp_path: Path) -> None:
    path = write_tour(tmp_path, indent=1)
    (tmp_path / "cut.ipynb").write_bytes(path.read_bytes()[:-60])

    result = run(tmp_path, "rewrite", "--write")

    assert "cut.ipynb:99:1: VAP900 cannot be parsed: it is not JSON, " in result.stderr
    assert "VAP007 found by text, since the file cannot be parsed" in result.stdout
    assert "tour.ipynb: 1 place changed\n" in result.stdout


def test_notebook_that_the_parser_refuses_as_a_whole_is_found_by_text(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "code", "source": f"import requests\nx = '{'(' * 300}'\n"},
        {"cell_type": "code", "source": f"x = '{'(' * 300}'\n"},
        {"cell_type": "code", "source": "requests.get('https://api.procore.com/vapid/me')"},
    ]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells}, indent=1))

    result = run(tmp_path, "check")

    assert "a.ipynb:5:1: VAP900 cell 1, line 1: cannot be parsed: its brackets" in result.stderr
    assert "a.ipynb:13:53: VAP007 cell 3, line 1: found by text" in result.stdout


def test_endpoint_is_called_from_a_notebook_and_a_module(tmp_path: Path) -> None:
    path = write_tour(tmp_path)
    (tmp_path / "a.py").write_text(
        'import requests\nrequests.get("https://procore.com/vapid/me")\n'
    )
    (tmp_path / "z.ipynb").write_bytes(path.read_bytes())

    found = json.loads(run(tmp_path, "scan", "--format", "json").stdout)

    calls = next(each for each in found["endpoints"] if each["vapid"] == "/vapid/me")["calls"]
    assert [(call["path"], call["line"]) for call in calls] == [
        ("a.py", 2),
        ("tour.ipynb", 1),
        ("z.ipynb", 1),
    ]


def test_notebook_with_large_outputs_takes_no_longer_than_its_code(tmp_path: Path) -> None:
    path = write_tour(tmp_path)
    notebook = json.loads(path.read_bytes())
    rows = [f"row {number}: https://api.procore.com/vapid/me\n" for number in range(150_000)]
    image = {"data": {"image/png": "iVBORkeyGgo" * 900_000}}
    notebook["cells"][1]["outputs"] = [{"name": "stdout", "text": rows}, image]
    path.write_text(json.dumps(notebook, indent=1))
    assert 17_000_000 < path.stat().st_size < 20_000_000
    started = time.perf_counter()

    found = scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=tmp_path)
    outcomes = migrate_files(found, frozenset(Fix))
    patch = render_diff(outcomes)
    hunks = [list_hunks(each) for each in outcomes if isinstance(each, Changed)]

    # Alone it takes a second; a diff by all lines, or a look for secrets in all, ten times that.
    assert time.perf_counter() - started < 8
    assert len(patch) < 5_000
    assert len(hunks) == 2
