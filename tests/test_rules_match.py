"""Which rows speak of a path, what makes a path Procore's, and what is said of an endpoint."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from migrator.rules.match import describe_endpoint, warn_of_targets
from migrator.rules.rows import Rule
from migrator.rules.table import GENERIC, RuleTable, load_rules
from migrator.values import Basis, Endpoint, Outlook, Place, Status, Successor

pytestmark = pytest.mark.sampled

TABLE = load_rules()
TODAY = date(2026, 11, 23)


def rule(name: str, call: str, **fields: object) -> Rule:
    """Return a rule of a table made for one test."""
    method, _, vapid = call.rpartition(" ")
    values = {
        "id": name,
        "area": "made-up",
        "method": method or None,
        "vapid": vapid,
        "rest": vapid.replace("/vapid", "/rest/v1.0"),
        "status": Status.DIRECT,
    }
    return Rule(**(values | fields))  # type: ignore[arg-type]


def describe(
    method: str | None, path: str, table: RuleTable = TABLE, today: date = TODAY
) -> Endpoint:
    return describe_endpoint(table, method, path, (), today)


def note_of(name: str) -> str:
    """Return what a row of the table notes, too long to be repeated here."""
    (note,) = (each.note for each in TABLE.rules if each.id == name)
    assert note
    return note


# Matching


@pytest.mark.parametrize(
    ("method", "path", "ids"),
    [
        pytest.param("GET", "/vapid/projects/{project_id}/rfis", ["rfis.list"], id="placeholder"),
        pytest.param("GET", "/vapid/projects/{}/rfis", ["rfis.list"], id="nameless placeholder"),
        pytest.param("GET", "/vapid/projects/123/rfis", ["rfis.list"], id="number"),
        pytest.param("GET", "/vapid/projects/{p}/rfis/{r}", ["rfis.show"], id="two placeholders"),
        pytest.param("GET", "/vapid/projects/{id}.json", ["projects.show"], id="mixed segment"),
        pytest.param("GET", "/vapid/projects/p-{id}/rfis", ["rfis.list"], id="mixed inside"),
        pytest.param("PATCH", "/vapid/projects/sync", ["projects.sync"], id="literal wins"),
        pytest.param("PATCH", "/vapid/projects/{id}", ["projects.update"], id="hole is no literal"),
        pytest.param("GET", "/vapid/projects/sync", [], id="literal without that method"),
        pytest.param("GET", "/vapid/change_event/{x}", ["change-event.statuses.list"], id="a word"),
        pytest.param(
            "GET",
            "/vapid/observations/{x}",
            ["observations.assignees.any", "observations.items.list", "observations.types.list"],
            id="placeholder for any of the words",
        ),
        pytest.param(
            "PATCH", "/vapid/{resource}/sync", None, id="placeholder for the resource, many"
        ),
        pytest.param("GET", "/vapid/bim_files", ["bim-files.any"], id="row without a method"),
        pytest.param("PURGE", "/vapid/bim_files", ["bim-files.any"], id="for any method"),
        pytest.param("PUT", "/vapid/me", [], id="method that the path does not have"),
        pytest.param(None, "/vapid/me", ["me.show"], id="no method, one row"),
        pytest.param(
            None,
            "/vapid/vendors/sync",
            ["vendors.sync.patch", "vendors.sync.post"],
            id="no method, all rows",
        ),
        pytest.param("GET", "/vapid/nothing", [], id="unknown"),
        pytest.param("GET", "/vapid", [], id="nothing behind the namespace"),
        pytest.param("GET", "/vapid/projects/", [], id="empty segment is no value"),
        pytest.param("GET", "/rest/v1.0/me", [], id="another namespace"),
    ],
)
def test_match_finds_the_most_specific_rows(
    method: str | None, path: str, ids: list[str] | None
) -> None:
    found = [each.id for each in TABLE.match(method, path)]

    if ids is None:
        assert len(found) > 10
    else:
        assert found == ids


def test_row_with_the_method_wins_over_one_without() -> None:
    table = RuleTable([rule("a.any", "/vapid/a"), rule("a.list", "GET /vapid/a")])

    assert [each.id for each in table.match("GET", "/vapid/a")] == ["a.list"]
    assert [each.id for each in table.match("POST", "/vapid/a")] == ["a.any"]
    assert [each.id for each in table.match(None, "/vapid/a")] == ["a.any", "a.list"]


def test_literal_that_leads_nowhere_is_taken_for_a_value() -> None:
    table = RuleTable([rule("a.sync", "GET /vapid/a/sync"), rule("a.b", "GET /vapid/a/{id}/b")])

    assert [each.id for each in table.match("GET", "/vapid/a/sync/b")] == ["a.b"]


def test_placeholder_that_leads_nowhere_is_taken_for_a_word() -> None:
    table = RuleTable([rule("a.show", "GET /vapid/a/{id}"), rule("a.b.c", "GET /vapid/a/b/c")])

    assert [each.id for each in table.match("GET", "/vapid/a/{x}/c")] == ["a.b.c"]


@pytest.mark.parametrize("each", TABLE.rules, ids=lambda each: each.id)
def test_every_row_is_found_and_known_by_its_own_path(each: Rule) -> None:
    assert each in TABLE.match(each.method, each.vapid)
    assert TABLE.knows_path(each.vapid) == (each.vapid.removeprefix("/vapid/") not in GENERIC)


# Evidence


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/vapid/me", id="me"),
        pytest.param("/vapid/projects", id="projects"),
        pytest.param("/vapid/companies", id="companies"),
        pytest.param("/vapid/projects/{}/rfis/{}", id="placeholders"),
        pytest.param("/vapid/projects/123/rfis", id="number"),
        pytest.param("/vapid/projects/{id}.json", id="mixed segment"),
        pytest.param("/vapid/projects/sync", id="literal"),
        pytest.param("/vapid/webhooks/hooks", id="two words"),
        pytest.param("/vapid/files/{id}", id="item of a generic collection"),
        pytest.param("/vapid/files/7", id="item of a generic collection, by number"),
        pytest.param("/vapid/files/{id}.json", id="item of a generic collection, as JSON"),
        pytest.param("/vapid/images/grouped", id="generic collection, word of a row"),
        pytest.param("/vapid/company/{id}/users", id="two generic words"),
        pytest.param("/vapid/commitments/{}", id="beginning: value behind a word"),
        pytest.param("/vapid/commitments/9", id="beginning: number behind a word"),
        pytest.param("/vapid/projects/{}/checklist", id="beginning: two words, a value between"),
        pytest.param("/vapid/projects/{}/incidents/near_misses", id="beginning that is a row too"),
    ],
)
def test_path_is_known(path: str) -> None:
    assert TABLE.knows_path(path)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/vapid", id="the namespace alone"),
        pytest.param("/vapid/", id="a slash behind it"),
        pytest.param("", id="empty"),
        pytest.param("/vapid/{x}", id="placeholder alone"),
        pytest.param("/vapid/{}/rfis", id="resource not spelled"),
        pytest.param("/vapid/{scope}/{id}/rfis", id="scope not spelled"),
        pytest.param("/vapid/projects/{}/{what}", id="word not spelled"),
        pytest.param("/vapid/projects/{id}/unheard_of", id="unknown word"),
        pytest.param("/vapid/projects/{id}/rfis/{id}/unheard_of", id="unknown word further on"),
        pytest.param("/vapid/me/{id}", id="longer than the row"),
        pytest.param("/vapid/projects//rfis", id="empty segment"),
        pytest.param("/vapid/Projects", id="other case"),
        pytest.param("/vapid/webhooks", id="beginning: one word"),
        pytest.param("/vapid/checklist", id="beginning: one word of several rows"),
        pytest.param("/vapid/settings", id="beginning: generic word"),
        pytest.param("/vapid/users/{id}", id="beginning: value behind a generic word"),
        pytest.param("/vapid/project/{id}", id="beginning: another generic word"),
        pytest.param("/vapid/users", id="users"),
        pytest.param("/vapid/links", id="links"),
        pytest.param("/vapid/files", id="files"),
        pytest.param("/vapid/images", id="images"),
        pytest.param("/vapid/images/logo.png", id="file in a folder"),
        pytest.param("/vapid/images/{name}.png", id="file in a folder, by name"),
        pytest.param("/vapid/tasks/rotate-keys", id="word behind a generic word"),
        pytest.param("/vapid/public-key", id="Web Push: key"),
        pytest.param("/vapid/public_key", id="Web Push: key with an underscore"),
        pytest.param("/vapid/subscribe", id="Web Push: subscribe"),
        pytest.param("/vapid/keys", id="Web Push: keys"),
        pytest.param("/vapid/generate", id="Web Push: generate"),
        pytest.param("/vapid/private_key.pem", id="Web Push: file"),
        pytest.param("/vapid/subscriptions/{id}", id="Web Push: subscription"),
        pytest.param("/rest/v1.0/me", id="another namespace"),
    ],
)
def test_path_is_not_known(path: str) -> None:
    assert not TABLE.knows_path(path)


def test_generic_words_are_resources_of_the_table() -> None:
    assert {each.vapid.split("/")[2] for each in TABLE.rules} >= GENERIC


@pytest.mark.parametrize(
    ("path", "number", "spelled"),
    [
        pytest.param("/vapid/projects/sync", 0, True, id="the namespace"),
        pytest.param("/vapid/projects/sync", 1, True, id="resource"),
        pytest.param("/vapid/projects/sync", 2, True, id="action"),
        pytest.param("/vapid/projects/123", 2, False, id="id"),
        pytest.param("/vapid/projects/{id}", 2, False, id="placeholder"),
        pytest.param("/vapid/projects/123/rfis", 2, False, id="id in the middle"),
        pytest.param("/vapid/projects/123/rfis", 3, True, id="word behind an id"),
        pytest.param("/vapid/{scope}/{id}/rfis", 3, True, id="word behind placeholders"),
        pytest.param("/vapid/{scope}/{id}/rfis", 1, False, id="placeholder for a word"),
        pytest.param("/vapid/projects/sync/rfis", 2, False, id="a row's word at another row"),
        pytest.param("/vapid/projects/{id}.json/rfis", 3, True, id="behind a mixed segment"),
        pytest.param("/vapid/projects/{id}.json/rfis", 2, False, id="mixed segment"),
        pytest.param("/vapid/projects//rfis", 3, False, id="empty segment"),
        pytest.param("/vapid/projects/123/unheard_of", 1, False, id="no row matches"),
        pytest.param("/vapid/commitments/1", 1, False, id="beginning of a row"),
        pytest.param("/vapid/projects", 2, False, id="number behind the end"),
        pytest.param("/vapid/projects", -1, False, id="number before the start"),
        pytest.param("/rest/me", 0, False, id="another namespace"),
    ],
)
def test_segment_is_spelled_by_a_row(path: str, number: int, *, spelled: bool) -> None:
    assert TABLE.spells_segment(path, number) is spelled


# Describing


def test_endpoint_carries_the_code_s_placeholders_and_calls() -> None:
    calls = (Place("sync.py", 14, 9),)

    assert describe_endpoint(TABLE, "GET", "/vapid/projects/{pid}/rfis", calls, TODAY) == Endpoint(
        method="GET",
        vapid="/vapid/projects/{pid}/rfis",
        rest="/rest/v1.0/projects/{pid}/rfis",
        status=Status.DIRECT,
        rule="rfis.list",
        notes=(),
        calls=calls,
    )


@pytest.mark.parametrize(
    ("method", "path", "status", "name", "notes"),
    [
        pytest.param(
            "GET",
            "/vapid/unheard_of",
            Status.UNLISTED,
            None,
            ("not in the table: default rule",),
            id="not listed",
        ),
        pytest.param(
            "GET",
            "/vapid/webhooks/hooks",
            Status.UNLISTED,
            None,
            ("not in the table: default rule", "the table knows the path with POST only"),
            id="not listed with this method",
        ),
        pytest.param(
            "GET",
            "/vapid/budget_line_items",
            Status.MOVED,
            "budget-line-items.list",
            (
                "moved: GET /rest/v1.0/budget_views/{budget_view_id}/detail_rows",
                note_of("budget-line-items.list"),
            ),
            id="moved",
        ),
        pytest.param(
            "GET",
            "/vapid/bids",
            Status.MOVED,
            "bids.list",
            (
                (
                    "moved: GET /rest/v1.0/companies/{company_id}/bids or"
                    " GET /rest/v1.0/projects/{project_id}/bids"
                ),
                note_of("bids.list"),
            ),
            id="moved to one of two",
        ),
        pytest.param(
            "DELETE",
            "/vapid/projects/1/submittals/{id}",
            Status.NEWER_ONLY,
            "submittals.delete",
            (
                "only at v1.1: DELETE /rest/v1.1/projects/{project_id}/submittals/{id}",
                "no support level in 2017; documented at v1.1 only",
            ),
            id="newer only",
        ),
        pytest.param(
            "GET",
            "/vapid/settings/account",
            Status.MISSING,
            "settings.account.show",
            (
                (
                    "nothing found at v1.0: undocumented; used by early omniauth-procore,"
                    " replaced there by /me"
                ),
            ),
            id="missing",
        ),
        pytest.param(
            "POST",
            "/vapid/bim_files",
            Status.UNVERIFIED,
            "bim-files.any",
            ("not verified: methods at v1.0: GET, POST",),
            id="unverified",
        ),
        pytest.param(
            "POST",
            "/vapid/webhooks/hooks",
            Status.DIRECT,
            "webhooks.hooks.create",
            (
                (
                    "error: target sunset 2026-09-16 (past); successor"
                    " POST /rest/v2.0/companies/{company_id}/webhooks/hooks (inferred)"
                ),
            ),
            id="sunset past",
        ),
        pytest.param(
            "GET",
            "/vapid/companies/{company_id}/bids/{id}",
            Status.DIRECT,
            "company-bids.show",
            ("warning: target sunset 2027-04-06 (in 134 days)",),
            id="sunset ahead, no successor",
        ),
        pytest.param(
            "DELETE",
            "/vapid/todos/{id}",
            Status.DIRECT,
            "todos.delete",
            ("target deprecated since 2021-03-31; successor calendar items (stated)",),
            id="deprecated",
        ),
        pytest.param(
            None,
            "/vapid/vendors/sync",
            Status.MOVED,
            "vendors.sync.post",
            (
                "method not known, and it matters: POST moved, PATCH direct",
                "POST: moved: PATCH /rest/v1.0/vendors/sync",
                f"POST: {note_of('vendors.sync.post')}",
            ),
            id="no method, rows that differ",
        ),
        pytest.param(
            None, "/vapid/tasks/{id}", Status.DIRECT, "tasks.delete", (), id="no method, all alike"
        ),
        pytest.param(
            None,
            "/vapid/meetings",
            Status.DIRECT,
            "meetings.create",
            (
                (
                    "POST: target deprecated since 2021-08-26; successor"
                    " POST /rest/v1.1/projects/{project_id}/meetings (inferred)"
                ),
                (
                    "GET: target deprecated since 2021-08-26; successor"
                    " GET /rest/v1.1/projects/{project_id}/meetings (inferred)"
                ),
            ),
            id="no method, successors differ",
        ),
        pytest.param(
            "GET",
            "/vapid/observations/{kind}",
            Status.UNVERIFIED,
            "observations.assignees.any",
            (
                (
                    "could be any of observations.assignees.any, observations.items.list,"
                    " observations.types.list"
                ),
                "these differ: 1 unverified, 2 direct",
                "observations.assignees.any: not verified: methods at v1.0: GET",
            ),
            id="any of a few",
        ),
        pytest.param(
            "GET",
            "/vapid/checklist/lists/{id}/{what}/{other}",
            Status.DIRECT,
            "checklist.lists.comments.show",
            (
                (
                    "could be any of checklist.lists.comments.show, checklist.lists.items.show,"
                    " checklist.lists.sections.show"
                ),
            ),
            id="any of a few, all alike",
        ),
        pytest.param(
            "GET",
            "/vapid/transmittals/{id}/{what}.json/{x}",
            Status.UNLISTED,
            None,
            ("not in the table: default rule",),
            id="a value is no word",
        ),
    ],
)
def test_endpoint_is_described(
    method: str | None, path: str, status: Status, name: str | None, notes: tuple[str, ...]
) -> None:
    endpoint = describe(method, path)

    assert (endpoint.status, endpoint.rule, endpoint.notes) == (status, name, notes)


def test_many_that_it_could_be_are_counted() -> None:
    endpoint = describe("GET", "/vapid/projects/{project_id}/{tool}")

    assert len(endpoint.notes) == 2
    assert endpoint.notes[0].startswith("could be any of ")
    assert endpoint.notes[0].endswith(" more")
    assert endpoint.notes[1].startswith("these differ: 2 missing, 1 moved, 1 newer-only, ")


@pytest.mark.parametrize(
    ("today", "severity", "words"),
    [
        pytest.param(date(2026, 8, 17), "warning", "in 30 days", id="ahead"),
        pytest.param(date(2026, 9, 15), "warning", "in 1 day", id="the day before"),
        pytest.param(date(2026, 9, 16), "error", "today", id="the day"),
        pytest.param(date(2026, 9, 17), "error", "past", id="the day after"),
    ],
)
def test_sunset_ahead_is_a_warning_and_one_behind_an_error(
    today: date, severity: str, words: str
) -> None:
    (note,) = describe("DELETE", "/vapid/webhooks/hooks/{id}", today=today).notes

    assert note.startswith(f"{severity}: target sunset 2026-09-16 ({words}); successor DELETE ")


# What is said of where calls lead


@pytest.mark.parametrize(
    ("method", "path", "warnings"),
    [
        pytest.param("GET", "/vapid/me", (), id="nothing wrong"),
        pytest.param("GET", "/vapid/nothing", (), id="unlisted"),
        pytest.param("GET", "/vapid/bim_files", (), id="not verified"),
        pytest.param(
            "POST",
            "/vapid/webhooks/hooks",
            (
                (
                    "POST /vapid/webhooks/hooks → /rest/v1.0/webhooks/hooks, "
                    "sunset 2026-09-16 (past); successor "
                    "POST /rest/v2.0/companies/{company_id}/webhooks/hooks (inferred)"
                ),
            ),
            id="sunset past",
        ),
        pytest.param(
            "DELETE",
            "/vapid/todos/{todo}",
            (
                (
                    "DELETE /vapid/todos/{todo} → /rest/v1.0/todos/{todo}, "
                    "deprecated since 2021-03-31; successor calendar items (stated)"
                ),
            ),
            id="deprecated, named as the code does",
        ),
        pytest.param(
            None,
            "/vapid/vendors/sync",
            (
                (
                    "POST /vapid/vendors/sync → /rest/v1.0/vendors/sync, "
                    "moved: PATCH /rest/v1.0/vendors/sync"
                ),
            ),
            id="one of two methods",
        ),
    ],
)
def test_targets_that_end_or_are_elsewhere_are_warned_of(
    method: str | None, path: str, warnings: tuple[str, ...]
) -> None:
    assert warn_of_targets(TABLE, method, path, TODAY) == warnings


def test_many_that_a_call_could_be_are_counted_in_one_warning() -> None:
    path = "/vapid/projects/{project_id}/{tool}"

    assert warn_of_targets(TABLE, "GET", path, TODAY) == (
        (
            f"GET {path} could be any of 54 endpoints, "
            "6 of which are elsewhere, missing or come to their end"
        ),
    )
    assert warn_of_targets(TABLE, "GET", "/vapid/projects/{project_id}/rfis/{x}/{y}", TODAY) == ()


def test_rows_of_one_path_may_name_its_placeholders_differently() -> None:
    table = RuleTable(
        [rule("a.show", "GET /vapid/a/{id}"), rule("a.delete", "DELETE /vapid/a/{a_id}")]
    )

    assert describe(None, "/vapid/a/1", table).notes == ()


def test_what_all_rows_say_is_said_once() -> None:
    end = {"deprecated": date(2020, 1, 1)}
    table = RuleTable(
        [
            rule("a.list", "GET /vapid/a", **end),
            rule("a.any", "/vapid/a", **end, status=Status.UNVERIFIED),
        ]
    )

    assert describe(None, "/vapid/a", table).notes == (
        "method not known, and it matters: other unverified, GET direct",
        "target deprecated since 2020-01-01",
        "other: not verified",
    )


@pytest.mark.parametrize(
    "module", ["migrator.rules", "migrator.rules.table", "migrator.rules.match"]
)
def test_import_is_cheap(module: str) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )

    assert {"libcst", "jinja2", "httpx", "rich", "click"}.isdisjoint(result.stdout.split())


HOOKS_V2 = Successor("POST /rest/v2.0/companies/{company_id}/webhooks/hooks", Basis.INFERRED)
BIDS_NOW = Successor("GET /rest/v1.0/projects/{project_id}/bid_packages", Basis.LISTED)


@pytest.mark.parametrize(
    ("method", "path", "outlook"),
    [
        pytest.param(
            "POST",
            "/vapid/webhooks/hooks",
            Outlook(date(2025, 9, 15), date(2026, 9, 16), (HOOKS_V2,)),
            id="sunset",
        ),
        pytest.param(
            "GET",
            "/vapid/calendar_events",
            Outlook(
                date(2020, 11, 19),
                None,
                (Successor("schedule tasks, calendar items, schedule", Basis.STATED),),
            ),
            id="deprecated, stated in words",
        ),
        pytest.param("GET", "/vapid/me", Outlook(), id="in service"),
        pytest.param("GET", "/vapid/unheard_of", Outlook(), id="unlisted"),
        pytest.param("GET", "/vapid/projects/{x}/{y}/{z}", Outlook(), id="any of many"),
    ],
)
def test_outlook_of_the_target_is_data(method: str, path: str, outlook: Outlook) -> None:
    assert describe(method, path).outlook == outlook


def test_outlook_of_what_is_elsewhere_names_where() -> None:
    table = RuleTable(
        [
            rule(
                "bids.list",
                "GET /vapid/bids",
                rest=None,
                status=Status.MOVED,
                candidates=(BIDS_NOW.name,),
            )
        ]
    )

    assert describe("GET", "/vapid/bids", table).outlook == Outlook(successors=(BIDS_NOW,))


def test_first_day_counts_where_the_method_is_not_known() -> None:
    days = {"deprecated": date(2025, 1, 1)}
    table = RuleTable(
        [
            rule("x.list", "GET /vapid/x", hints=("a", "b"), sunset=date(2027, 1, 1), **days),
            rule("x.make", "POST /vapid/x", hints=("b",), sunset=date(2026, 1, 1), **days),
        ]
    )

    found = describe(None, "/vapid/x", table)

    assert found.outlook.sunset == date(2026, 1, 1)
    assert found.hints == ("b", "GET: a")


def test_hints_are_those_of_the_row() -> None:
    hints = describe("GET", "/vapid/change_order_change_reasons").hints

    assert hints == ("query param required in REST v1.0 docs, absent from vapid docs: company_id",)
