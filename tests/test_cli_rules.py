"""The commands that browse the table, as a user runs them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from migrator.cli import PROGRAM_NAME, program
from migrator.rules import table
from migrator.rules.rows import Fault, RuleError

PATH = "/projects/{project_id}/bid_packages"
VAPID = "/vapid" + PATH


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
    assert "(sunset 2026-09-16)" in run("list", "--grep", "webhooks.hooks.create").stdout


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
    result = run("show", "webhooks.hooks.create")

    assert result.exit_code == 0
    assert result.stdout == (
        "webhooks.hooks.create\n"
        "  vapid         POST /vapid/webhooks/hooks\n"
        "  rest          POST /rest/v1.0/webhooks/hooks\n"
        "  status        direct\n"
        "  area          webhooks\n"
        "  deprecated    2025-09-15\n"
        "  sunset        2026-09-16\n"
        "  successor     POST /rest/v2.0/companies/{company_id}/webhooks/hooks (inferred)\n"
        "  sources       client:unnamed public client,\n"
        "                client:sebastianvaldez-procore/webhook_project_init_script@d57944f,\n"
        "                jssdk2.3.1(base), client:adhurjaty/procore-gcal@69e87a9(base)\n"
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
            ["  hint          body field not in REST v1.0 docs: image.name"],
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
        "deprecated": "2021-03-31",
        "sunset": None,
        "successor": "POST /rest/v1.0/projects/{project_id}/schedule/calendar_items",
        "successor-basis": "stated",
        "note": None,
        "hints": rule["hints"],
        "sources": ["swagger2017", "jssdk2.3.1(base)", "jssdk1.2.0(base)"],
        "support-2017": "production",
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
    def refuse() -> None:
        raise RuleError(Fault("rfis.toml", 3, 1, "no id"))

    monkeypatch.setattr("migrator.cli.rules.load_rules", refuse)

    result = run("list")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: The table cannot be read: rfis.toml:3:1: no id\n"
