"""What the table knows of Rest operations: how it is found, read, checked and put into words."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from migrator.resources import data_folder
from migrator.rules.files import parse_file, read_file, read_operations
from migrator.rules.lint import lint_own, lint_table
from migrator.rules.match import describe_endpoint, pick_gravest, warn_of_targets
from migrator.rules.operations import Operation
from migrator.rules.paths import Node
from migrator.rules.rest import RestTable, index_rows, load_rest
from migrator.rules.rows import RuleError
from migrator.rules.schema import find_violations, load_schema
from migrator.rules.spell import spell_file
from migrator.rules.standing import describe_rest
from migrator.rules.table import load_rules
from migrator.values import RestStatus

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 23)
TABLE = load_rest()

GOOD: dict[str, Any] = {
    "method": "GET",
    "rest": "/rest/v2.0/companies/{company_id}/towers",
    "sources": ["a"],
}
ENDED = GOOD | {
    "rest": "/rest/v2.0/companies/{company_id}/cranes",
    "deprecated": "2026-01-01",
    "sunset": "2027-01-01",
    "successor": "GET /rest/v2.1/companies/{company_id}/cranes",
    "successor-basis": "stated",
}


def write(tmp_path: Path, *rows: dict[str, Any], name: str = "own.toml") -> Path:
    path = tmp_path / name
    path.write_text(spell_file("", {}, (), rows), "utf-8")
    return path


def names(found: tuple[Operation, ...]) -> list[str]:
    return [each.name for each in found]


# Finding


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        pytest.param(
            "POST",
            "/rest/v1.0/webhooks/hooks",
            ["POST /rest/v1.0/webhooks/hooks"],
            id="target of a rule",
        ),
        pytest.param(
            "GET",
            "/rest/v1.0/webhooks/resources/api_versions",
            ["GET /rest/v1.0/webhooks/resources/api_versions"],
            id="of no rule",
        ),
        pytest.param(
            None,
            "/rest/v1.0/links/{}",
            [f"{method} /rest/v1.0/links/{{id}}" for method in ("DELETE", "GET", "PATCH")],
            id="any method",
        ),
        pytest.param("PUT", "/rest/v1.0/links/7", [], id="other method"),
        pytest.param("GET", "/rest/v2.0/links", [], id="other version"),
        pytest.param(
            "GET",
            "/rest/v1.0/projects/{project_id}/rfis/{id}.pdf",
            ["GET /rest/v1.0/projects/{project_id}/rfis/{id}.pdf"],
            id="placeholder with an end",
        ),
        pytest.param(
            "GET",
            "/rest/v1.0/projects/{project_id}/rfis/{id}.json",
            ["GET /rest/v1.0/projects/{project_id}/rfis/{id}"],
            id="placeholder with an end of no row",
        ),
        pytest.param("DELETE", "/rest/v2.0/me", ["/rest/v2.0/me"], id="no method is known"),
        pytest.param(
            "GET",
            "/rest/{}/projects/{}/change_history",
            [],
            id="any version of nothing",
        ),
    ],
)
def test_operations_are_found_by_method_and_path(
    method: str | None, path: str, expected: list[str]
) -> None:
    assert sorted(names(TABLE.match(method, path))) == expected


def test_any_version_is_looked_for_where_it_is_a_placeholder() -> None:
    found = names(TABLE.match("GET", "/rest/{}/users"))

    assert found == [f"GET /rest/v1.{minor}/users" for minor in range(4)]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("/rest/v1.0/projects/{}/rfis", 2, id="two words"),
        pytest.param("/rest/v1.0/projects/{}", 1, id="one word"),
        pytest.param("/rest/v1.0/projects/{}/frobnicate", 0, id="of no row"),
        pytest.param("/rest/v1.0/{}/{}/rfis", 0, id="placeholder for a word"),
        pytest.param("/rest/v1/projects/{}/rfis", 0, id="other version"),
        pytest.param("/rest/v1.0/commitments/{}/draw_requests", 2, id="of a vapid row alone"),
        pytest.param("/rest/v1.1/commitments/{}/draw_requests", 0, id="vapid is v1.0"),
    ],
)
def test_words_that_a_path_shares_with_an_operation_are_counted(path: str, words: int) -> None:
    assert TABLE.count_words(path) == words


def test_segment_is_spelled_by_a_row() -> None:
    assert TABLE.spells_segment("/rest/v1.0/webhooks/resources", 3)
    assert not TABLE.spells_segment("/rest/v1.0/webhooks/hooks/7", 4)
    assert not TABLE.spells_segment("/rest/v1.0/webhooks/hooks/7", 9)


def test_literal_that_leads_nowhere_gives_way_to_a_placeholder() -> None:
    tree: Node[str] = Node()
    tree.add("/a/b/c", "literal")
    tree.add("/a/{x}/d", "placeholder")

    assert [node.rows for node in tree.find("/a/b/d")] == [["placeholder"]]
    assert [node.rows for node in tree.find("/a/{y}/c")] == [["literal"]]
    assert tree.find("/a//d") == []


# Reading


def test_nothing_of_rest_is_read_where_it_is_not_asked_for() -> None:
    code = (
        "import sys, migrator.cli, migrator.pipeline; print('migrator.rules.rest' in sys.modules)"
    )

    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert found.stdout == "False\n"


def test_each_row_of_a_file_is_found_by_its_place() -> None:
    for path in sorted((data_folder("rules") / "rest").glob("*.toml")):
        text = path.read_text("utf-8")
        rows = [*index_rows(path.name, text)]

        assert not any(isinstance(row, Operation) for row in rows)
        assert RestTable(load_rules(), rows).operations == tuple(
            sorted(
                read_operations(parse_file(path.name, text)),
                key=lambda each: (each.rest, each.method or ""),
            )
        )


def test_file_that_is_spelled_otherwise_is_read_whole() -> None:
    text = '[[operation]]\nsources = ["a"]\nrest = "/rest/v1.0/x"\n'

    (found,) = index_rows("v1.0.toml", text)

    assert found == Operation(
        None, "/rest/v1.0/x", sources=("a",), confirmed=False, file="v1.0.toml"
    )


def test_row_that_is_wrong_is_told_when_it_is_asked_for() -> None:
    text = spell_file("", {}, (), [GOOD, GOOD | {"rest": "/rest/v2.0/x", "sunset": "2026-01-01"}])
    table = RestTable(load_rules(), index_rows("v2.0.toml", text))

    assert names(table.match("GET", str(GOOD["rest"])))
    with pytest.raises(RuleError, match=r"^v2\.0\.toml:10:1: GET /rest/v2\.0/x: sunset or succ"):
        table.match("GET", "/rest/v2.0/x")


def test_own_operation_replaces_that_of_its_call(tmp_path: Path) -> None:
    own = write(tmp_path, GOOD | {"rest": "/rest/v1.0/webhooks/hooks", "method": "POST"}, ENDED)

    table = load_rest((own,))

    (hooks,) = table.match("POST", "/rest/v1.0/webhooks/hooks")
    (cranes,) = table.match("GET", "/rest/v2.0/companies/7/cranes")
    assert (hooks.sunset, hooks.rule) == (None, None)
    assert cranes.sunset == date(2027, 1, 1)
    assert len(table.operations) == len(TABLE.operations) + 1


def test_own_rule_says_how_its_target_stands(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    text = (data_folder("rules") / "webhooks.toml").read_text("utf-8")
    own.write_text(text.replace("2026-09-16", "2029-09-16"), "utf-8")

    (found,) = load_rest((own,)).match("POST", "/rest/v1.0/webhooks/hooks")

    assert found.sunset == date(2029, 9, 16)


BAD_ROWS = [
    pytest.param({"sources": []}, "sources", "no sources", id="no evidence"),
    pytest.param({"rest": ""}, "rest", "rest is not a text", id="no path"),
    pytest.param({"rest": "/vapid/x"}, "rest", "rest is '/vapid/x'", id="other namespace"),
    pytest.param({"rest": "/rest/v1/x"}, "rest", "rest is", id="half a version"),
    pytest.param({"rest": "/rest/v1.0"}, "rest", "rest is", id="no resource"),
    pytest.param({"method": "get"}, "method", "method is 'get'", id="method in lower case"),
    pytest.param({"status": "direct"}, "status", "unknown key status", id="field of a rule"),
    pytest.param({"deprecated": "soon"}, "deprecated", "deprecated is", id="no day"),
    pytest.param({"sunset": "2026-01-01"}, "sunset", "sunset or succ", id="sunset alone"),
    pytest.param(
        {"deprecated": "2026-01-01", "successor": "x"},
        "successor",
        "stand together",
        id="successor without basis",
    ),
    pytest.param(
        {"deprecated": "2026-01-01", "sunset": "2025-01-01"},
        "sunset",
        "comes before",
        id="sunset before deprecated",
    ),
]


@pytest.mark.parametrize(("change", "key", "reason"), BAD_ROWS)
def test_bad_operation_is_refused_at_its_line(
    change: dict[str, Any], key: str, reason: str, tmp_path: Path
) -> None:
    path = write(tmp_path, GOOD | {"rest": "/rest/v1.0/a"}, GOOD | change)
    lines = path.read_text("utf-8").splitlines()

    with pytest.raises(RuleError, match=re.escape(reason)) as caught:
        read_operations(read_file(path, path.name))
    faults = lint_own({path: path.name}, ()).faults

    assert lines[caught.value.fault.line - 1].startswith(f"{key} = ")
    assert lines[faults[0].line - 1].startswith(f"{key} = ")


@pytest.mark.parametrize(("change", "key", "reason"), BAD_ROWS)
def test_schema_of_operations_is_read_as_a_full_implementation_reads_it(
    change: dict[str, Any],
    key: str,  # noqa: ARG001 - the columns of the table
    reason: str,  # noqa: ARG001
) -> None:
    document = {"operation": [GOOD, GOOD | change]}

    ours = {path for path, _ in find_violations(document, load_schema())}
    theirs = Draft202012Validator(load_schema()).iter_errors(document)

    assert {path[:2] for path in ours} == {tuple(error.absolute_path)[:2] for error in theirs}


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        pytest.param(
            [GOOD, GOOD | {"rest": "/rest/v2.0/companies/{id}/towers"}],
            "own.toml:1:1 has the same method and path",
            id="call twice",
        ),
        pytest.param([GOOD, ENDED], "belongs before GET /rest/v2.0/comp", id="order"),
    ],
)
def test_lint_finds_operations_that_do_not_go_together(
    rows: list[dict[str, Any]], reason: str, tmp_path: Path
) -> None:
    path = write(tmp_path, *rows)

    verdict = lint_own({path: path.name}, ())

    assert verdict.rows == 2
    assert any(reason in fault.reason for fault in verdict.faults)


def test_lint_wants_operations_in_the_file_of_their_version(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, name="v1.0.toml")

    reasons = [fault.reason for fault in lint_table({path: path.name}).faults]

    assert "is not named after its version, v2.0" in reasons


def test_lint_of_a_table_finds_an_operation_that_a_rule_leads_to(tmp_path: Path) -> None:
    webhooks = data_folder("rules") / "webhooks.toml"
    call = "POST /rest/v1.0/webhooks/hooks"
    path = write(tmp_path, GOOD | {"method": "POST", "rest": call.split()[1]}, name="v1.0.toml")

    faults = lint_table({path: path.name, webhooks: webhooks.name}).faults

    assert [fault.reason for fault in faults if "leads there" in fault.reason] == [
        f"{call}: webhooks.hooks.create in webhooks.toml leads there: it says all"
    ]


def test_file_without_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("operation = 1\n", "utf-8")

    with pytest.raises(RuleError, match=r"is not a list of \[\[operation\]\]"):
        load_rest((path,))


# In words


@pytest.mark.parametrize(
    ("method", "path", "day", "status", "rule", "notes"),
    [
        pytest.param(
            "POST",
            "/rest/v1.0/webhooks/hooks",
            date(2026, 9, 15),
            RestStatus.DEPRECATED,
            "webhooks.hooks.create",
            [
                (
                    "warning: target sunset 2026-09-16 (in 1 day); successor POST "
                    "/rest/v2.0/companies/{company_id}/webhooks/hooks (inferred)"
                ),
            ],
            id="sunset ahead",
        ),
        pytest.param(
            "POST",
            "/rest/v1.0/webhooks/hooks",
            date(2026, 9, 16),
            RestStatus.SUNSET,
            "webhooks.hooks.create",
            [
                (
                    "error: target sunset 2026-09-16 (today); successor POST "
                    "/rest/v2.0/companies/{company_id}/webhooks/hooks (inferred)"
                ),
            ],
            id="sunset today",
        ),
        pytest.param(
            "GET",
            "/rest/v1.0/custom_field_metadata",
            TODAY,
            RestStatus.DEPRECATED,
            "GET /rest/v1.0/custom_field_metadata",
            ["warning: target sunset 2027-07-28 (in 247 days)"],
            id="of no rule, without successor",
        ),
        pytest.param(
            "GET",
            "/rest/v1.0/custom_field_definitions",
            TODAY,
            RestStatus.DEPRECATED,
            "GET /rest/v1.0/custom_field_definitions",
            [
                "sunset announced for 2024-09-01",
                (
                    "target deprecated since 2023-09-07; successor GET "
                    "/rest/v1.1/companies/{company_id}/custom_field_definitions (stated)"
                ),
            ],
            id="with a note of its own",
        ),
        pytest.param(
            "DELETE",
            "/rest/v1.0/projects/{project_id}/submittals/{id}",
            TODAY,
            RestStatus.UNKNOWN,
            "submittals.delete",
            [
                "only at v1.1: DELETE /rest/v1.1/projects/{project_id}/submittals/{id}",
                "no support level in 2017; documented at v1.1 only",
            ],
            id="of a rule that says where it went",
        ),
        pytest.param(
            "POST",
            "/rest/v2.1/companies/7/documents",
            TODAY,
            RestStatus.UNKNOWN,
            None,
            ["not in the table"],
            id="unknown",
        ),
        pytest.param(
            None,
            "/rest/v2.1/companies/7/nothing",
            TODAY,
            RestStatus.UNKNOWN,
            None,
            ["not in the table"],
            id="unknown with any method",
        ),
        pytest.param(
            "PUT",
            "/rest/v2.0/companies/7/documents",
            TODAY,
            RestStatus.UNKNOWN,
            None,
            ["not in the table", "the table knows the path with GET only"],
            id="unknown method",
        ),
        pytest.param(
            "GET",
            "/rest/v1.3/companies/7/documents",
            TODAY,
            RestStatus.UNKNOWN,
            None,
            ["not in the table", "the table knows it at v2.0"],
            id="unknown version",
        ),
        pytest.param(
            "GET",
            "/rest/v2.0/me",
            TODAY,
            RestStatus.UNKNOWN,
            "/rest/v2.0/me",
            ["not verified: the path is known, its methods are not"],
            id="no method is known",
        ),
        pytest.param(
            "GET",
            "/rest/v{version}/projects/{id}/rfis",
            TODAY,
            RestStatus.CURRENT,
            "rfis.list",
            [],
            id="version not known",
        ),
        pytest.param(
            None,
            "/rest/v1.0/schedule_integration",
            TODAY,
            RestStatus.DEPRECATED,
            "PATCH /rest/v1.0/schedule_integration",
            [
                (
                    "PATCH: target deprecated since 2021-04-26; "
                    "successor PUT /rest/v1.0/schedule_integration (stated)"
                )
            ],
            id="method not known",
        ),
    ],
)
def test_call_is_described(
    method: str | None,
    path: str,
    day: date,
    status: RestStatus,
    rule: str | None,
    notes: list[str],
) -> None:
    found = describe_rest(TABLE, method, path, (), day)

    assert (found.status, found.rule, list(found.notes)) == (status, rule, notes)


def test_what_is_said_of_a_vapid_call_is_said_of_its_rest_call() -> None:
    lost = []
    for rule in TABLE.rules.rules:
        if rule.method is not None:
            before = describe_endpoint(TABLE.rules, rule.method, rule.vapid, (), TODAY)
            after = describe_rest(TABLE, rule.method, before.rest, (), TODAY)
            if before.notes != after.notes:
                lost.append(rule.id)

    # The reference of Rest has it, whatever the row says.
    assert lost == ["settings.permissions.list"]


def test_operation_of_a_literal_wins_over_a_vapid_row_of_a_placeholder(tmp_path: Path) -> None:
    own = write(tmp_path, GOOD | {"rest": "/rest/v1.0/erp_vendors/special", "method": "PATCH"})

    found = describe_rest(load_rest((own,)), "PATCH", "/rest/v1.0/erp_vendors/special", (), TODAY)

    assert found.status is RestStatus.CURRENT


def test_call_that_could_be_several_says_so_and_takes_the_worst() -> None:
    few = describe_rest(TABLE, "GET", "/rest/v1.0/webhooks/{what}", (), TODAY)
    many = describe_rest(TABLE, "GET", "/rest/v1.0/{what}", (), TODAY)

    assert few.status is many.status is RestStatus.SUNSET
    assert few.notes[0] == (
        "could be any of GET /rest/v1.0/webhooks/hooks, GET /rest/v1.0/webhooks/resources"
    )
    assert few.notes[1].startswith("GET /rest/v1.0/webhooks/hooks: error: target sunset")
    assert re.fullmatch(r"could be any of (?:GET \S+, ){2}GET \S+ and \d+ more", many.notes[0])
    assert len(many.notes) == 1


# The gravest


def test_target_out_of_service_is_graver_than_one_that_is_elsewhere() -> None:
    rules = load_rules()
    warnings = [
        warn_of_targets(rules, method, path, TODAY)[0]
        for method, path in (
            ("POST", "/vapid/webhooks/hooks"),
            ("GET", "/vapid/bids"),
            ("GET", "/vapid/companies/{company_id}/bids"),
            ("GET", "/vapid/calendar_events"),
        )
    ]

    while warnings:
        assert pick_gravest(warnings[::-1]) == warnings.pop(0)
    assert pick_gravest(()) is None
