"""The table itself: what is in it, what may not be in it, and that it is what the data say."""

from __future__ import annotations

import csv
import importlib.util
import re
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from migrator.resources import data_folder
from migrator.rules.lint import lint_own, lint_table
from migrator.rules.places import Places
from migrator.rules.plain import read_plain
from migrator.rules.rest import load_rest
from migrator.rules.schema import find_violations, load_schema
from migrator.rules.spell import spell_file
from migrator.rules.table import Rule, RuleError, load_rules, read_rules
from migrator.values import Status

pytestmark = pytest.mark.sampled

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests/data"
FILES = sorted(data_folder("rules").glob("*.toml"))
REST_FILES = sorted((data_folder("rules") / "rest").glob("*.toml"))
ALL_FILES = [*FILES, *REST_FILES]
RULES = load_rules().rules
TODAY = date(2026, 11, 23)

GOOD: dict[str, object] = {
    "id": "rfis.list",
    "method": "GET",
    "vapid": "/vapid/projects/{project_id}/rfis",
    "rest": "/rest/v1.0/projects/{project_id}/rfis",
    "status": "direct",
    "sources": ["swagger2017"],
}
MOVED: dict[str, object] = {
    "id": "bids.list",
    "method": "GET",
    "vapid": "/vapid/bids",
    "status": "moved",
    "candidates": ["GET /rest/v1.0/companies/{company_id}/bids"],
    "sources": ["swagger2017"],
}
OTHER = MOVED | {"id": "first.list", "vapid": "/vapid/first"}


def load_builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_rules", DATA / "build_rules.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_table(name: str) -> list[dict[str, str]]:
    with (DATA / "procore" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shape_of(path: str) -> str:
    return re.sub(r"\{.*?\}", "{}", path)


def spell(*rows: dict[str, object]) -> str:
    """Return rows as TOML; Python's literals of texts, numbers and lists of them are TOML's."""
    return "\n".join(
        "[[rule]]\n" + "".join(f"{key} = {value!r}\n" for key, value in row.items()) for row in rows
    )


# What is in it


def test_ids_are_unique() -> None:
    assert [name for name, n in Counter(rule.id for rule in RULES).items() if n > 1] == []


def test_every_row_of_the_mapping_is_a_rule_with_its_status() -> None:
    statuses = {
        "direct": "direct",
        "direct-unverified": "unverified",
        "newer-only": "newer-only",
        "renamed-candidate": "moved",
        "missing": "missing",
    }
    expected = {
        (row["method"] or None, row["vapid_path"]): statuses[row["status"]]
        for row in read_table("mapping.csv")
    }

    assert {(rule.method, rule.vapid): rule.status for rule in RULES} == expected


def test_statuses_are_counted_as_the_readme_says() -> None:
    assert Counter(rule.status for rule in RULES) == {
        Status.DIRECT: 519,
        Status.UNVERIFIED: 87,
        Status.NEWER_ONLY: 2,
        Status.MOVED: 20,
        Status.MISSING: 157,
    }


# Every row of the data


def test_every_row_of_the_endpoints_and_of_the_mapping_is_a_rule() -> None:
    rules = Counter((rule.method or "", rule.vapid) for rule in RULES)

    assert rules == Counter((r["method"], r["path"]) for r in read_table("vapid_endpoints.csv"))
    assert rules == Counter((r["method"], r["vapid_path"]) for r in read_table("mapping.csv"))
    assert rules.total() == 785


def test_every_source_but_a_mere_count_stands_in_its_rule() -> None:
    left_out: Counter[str] = Counter()
    for row in read_table("vapid_endpoints.csv"):
        (rule,) = (r for r in RULES if (r.method or "", r.vapid) == (row["method"], row["path"]))
        sources = row["sources"].split(";")
        assert rule.sources == tuple(each for each in sources if not each.startswith("+"))
        left_out.update(each for each in sources if each.startswith("+"))

    # Public programs that were counted and not named: nobody could check them.
    assert left_out == {"+5 wild": 2, "+6 wild": 1}


def test_every_parameter_row_is_a_hint_of_its_rule() -> None:
    hints = Counter(
        (rule.method or "", rule.vapid, difference, name)
        for rule in RULES
        for difference, _, names in (hint.rpartition(": ") for hint in rule.hints)
        for name in names.split(", ")
    )

    rows = read_table("param_diff.csv")
    assert hints == Counter(
        (row["method"], row["vapid_path"], row["difference"], row["name"]) for row in rows
    )
    assert hints.total() == 201


def call_of(row: dict[str, str]) -> str:
    """Return what a row about Rest is about, such as ``GET /rest/v1.0/projects/{}``."""
    return shape_of(f"{row['method']} /rest/{row['version']}{row['path']}").strip()


TARGETS = {shape_of(f"{rule.method or ''} {rule.rest}").strip() for rule in RULES if rule.rest}
OPERATIONS = {shape_of(each.name): each for each in load_rest().operations if each.rule is None}


def account_for(row: dict[str, str]) -> str:
    """Return what became of a row about Rest: where it is used, or why it is left out."""
    call = call_of(row)
    if call in TARGETS:
        return "used: target of a rule"
    if call in OPERATIONS:
        return "used: operation"
    vapid = shape_of(f"{row['method']} /vapid{row['path']}")
    (rule,) = [rule for rule in RULES if shape_of(rule.name) == vapid]
    assert rule.rest is None
    assert "yes" not in (row["in_spec_2024"], row["in_spec_2025_03"], row["in_spec_2026_04"])
    return "left out: no reference has it, and its rule says so"


def test_every_row_about_rest_is_used_or_left_out_for_a_reason() -> None:
    rows = read_table("rest_endpoints.csv")

    assert len(rows) == 2804
    assert Counter(map(account_for, rows)) == {
        "used: target of a rule": 519,
        "used: operation": 2278,
        "left out: no reference has it, and its rule says so": 7,
    }
    assert len(OPERATIONS) == 2278


def test_operations_say_what_their_rows_do() -> None:
    rows = {call_of(row): row for row in read_table("rest_endpoints.csv")}

    for call, operation in OPERATIONS.items():
        row = rows[call]
        assert operation.rest == f"/rest/{row['version']}{row['path']}"
        assert operation.method == (row["method"] or None)
        assert list(operation.sources) == row["sources"].split(";")


def test_every_deprecation_is_told() -> None:
    rows = {call_of(row): row for row in read_table("rest_lifecycle.csv")}
    ended = {call for call, operation in OPERATIONS.items() if operation.deprecated}

    assert len(rows) == 197
    assert Counter(account_for(row) for row in rows.values()) == {
        "used: target of a rule": 52,
        "used: operation": 145,
    }
    assert ended == rows.keys() & OPERATIONS.keys()
    for call in ended:
        found, row = OPERATIONS[call], rows[call]
        assert str(found.deprecated) == row["deprecated_at"] or str(found.deprecated) in row["note"]
        assert str(found.sunset or "") == row["sunset"]
        assert (found.successor_basis == "stated") == ("replacement " in row["note"])


def test_successors_of_operations_are_operations_or_paths_of_rest() -> None:
    calls = {call_of(row) for row in read_table("rest_endpoints.csv")}
    paths = {call.rpartition(" ")[2] for call in calls}
    named = {
        shape_of(target)
        for each in OPERATIONS.values()
        for target in (each.successor or "").split(" and ")
        if "/rest/" in target
    }

    assert len(named) > 40
    assert named <= calls | paths


def test_every_target_that_is_deprecated_says_so_in_its_rule() -> None:
    rows = {call_of(row): row for row in read_table("rest_lifecycle.csv")}

    for rule in RULES:
        row = rows.get(shape_of(f"{rule.method} {rule.rest}"))
        if row is not None:
            assert rule.deprecated is not None
            assert row["deprecated_at"] in {rule.deprecated.isoformat(), ""}
            assert (rule.sunset.isoformat() if rule.sunset else "") == row["sunset"]
        elif rule.method:
            assert rule.deprecated is None


def test_targets_past_their_sunset_and_deprecated_ones_are_counted() -> None:
    past = [rule for rule in RULES if rule.sunset and rule.sunset < TODAY]
    deprecated = [rule for rule in RULES if rule.deprecated and rule not in past]

    assert (len(past), len(deprecated)) == (12, 54)


def test_targets_past_their_sunset_are_18_operations_and_deprecated_ones_55() -> None:
    # A row without a method stands for every method that v1.0 has there.
    targets = {
        (rule.method, shape_of(rule.rest.removeprefix("/rest/v1.0"))) for rule in RULES if rule.rest
    }
    ends = [
        row["sunset"]
        for row in read_table("rest_lifecycle.csv")
        if row["version"] == "v1.0"
        and not targets.isdisjoint(
            {(row["method"], shape_of(row["path"])), (None, shape_of(row["path"]))}
        )
    ]

    past = [day for day in ends if day and day < TODAY.isoformat()]
    assert (len(past), len(ends) - len(past)) == (18, 55)


def test_every_target_past_its_sunset_has_a_successor() -> None:
    assert [r.id for r in RULES if r.sunset and r.sunset < TODAY and not r.successor] == []


@pytest.mark.parametrize(
    ("name", "deprecated", "sunset", "successor", "basis"),
    [
        pytest.param(
            "webhooks.hooks.create",
            date(2025, 9, 15),
            date(2026, 9, 16),
            "POST /rest/v2.0/companies/{company_id}/webhooks/hooks",
            "inferred",
            id="read off a newer version",
        ),
        pytest.param(
            "meeting-topics.create",
            date(2021, 9, 8),
            None,
            "POST /rest/v1.1/projects/{project_id}/meeting_topics",
            "stated",
            id="stated with a path",
        ),
        pytest.param(
            "locations.show",
            date(2021, 2, 23),
            None,
            "GET /rest/v1.0/projects/{project_id}/locations/{id}",
            "inferred",
            id="inferred in a note",
        ),
        pytest.param(
            "todos.delete", date(2021, 3, 31), None, "calendar items", "stated", id="in words"
        ),
        pytest.param(
            "schedule-type.any",
            date(2021, 3, 31),
            None,
            "/rest/v1.0/projects/{project_id}/schedule",
            "stated",
            id="several methods",
        ),
        pytest.param(
            "checklist.default-distribution.any",
            date(2022, 2, 7),
            None,
            None,
            None,
            id="the day stands in the note",
        ),
        pytest.param(
            "company-bids.show",
            date(2026, 4, 5),
            date(2027, 4, 6),
            None,
            None,
            id="a sunset ahead",
        ),
    ],
)
def test_end_of_the_target_is_what_the_lifecycle_says(
    name: str,
    deprecated: date,
    sunset: date | None,
    successor: str | None,
    basis: str | None,
) -> None:
    rule = next(rule for rule in RULES if rule.id == name)

    assert (rule.deprecated, rule.sunset, rule.successor, rule.successor_basis) == (
        deprecated,
        sunset,
        successor,
        basis,
    )


def test_where_a_rule_leads_to_is_an_operation_or_path_of_rest() -> None:
    calls = {
        shape_of(f"{row['method']} /rest/{row['version']}{row['path']}")
        for row in read_table("rest_endpoints.csv")
    }
    paths = {call.partition(" ")[2] for call in calls}
    successors = {
        target
        for rule in RULES
        for target in (rule.successor or "").split(" and ")
        if "/" in target
    }

    assert {shape_of(call) for rule in RULES for call in rule.candidates} <= calls
    assert {shape_of(target) for target in successors} <= calls | paths


def test_notes_point_at_no_other_row() -> None:
    assert [r.id for r in RULES if re.search(r"(^|; )as (above|GET|POST|/)", r.note or "")] == []


def test_every_rule_names_its_sources() -> None:
    assert [rule.id for rule in RULES if not all(rule.sources)] == []


# How it is written


def test_files_are_what_the_generator_writes() -> None:
    folder = data_folder("rules")
    committed = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in ALL_FILES
    }

    assert committed == load_builder().build_files()


@pytest.mark.once
def test_generator_writes_all_files_and_drops_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = load_builder()
    monkeypatch.setattr(builder, "RULES", tmp_path)
    (tmp_path / "rest").mkdir()
    (tmp_path / "of-an-area-that-was.toml").touch()
    (tmp_path / "rest" / "v0.9.toml").touch()
    (tmp_path / "rules.schema.json").touch()

    builder.main()

    written = {path.name: path.read_bytes() for path in tmp_path.rglob("*.toml")}
    assert written == {path.name: path.read_bytes() for path in ALL_FILES}
    assert (tmp_path / "rules.schema.json").exists()


def test_there_is_a_readable_number_of_files() -> None:
    assert 25 <= len(FILES) <= 60


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_sorted_by_path_and_method(path: Path) -> None:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
    order = ["GET", "POST", "PATCH", "PUT", "DELETE", None]
    keys = [(row["vapid"], order.index(row.get("method"))) for row in rows]

    assert keys == sorted(keys)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_says_where_it_comes_from(path: Path) -> None:
    head = path.read_text(encoding="utf-8").partition("[[rule]]")[0]

    assert "python tests/data/build_rules.py" in head
    assert head.startswith("#:schema ./rules.schema.json\n")
    assert 'checked = "2026-11"' in head
    assert all(f"# {status} " in head for status in Status if status is not Status.UNLISTED)


FIELDS = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True).filter(
        lambda key: key not in {"rule", "operation"}
    ),
    st.text(max_size=60) | st.lists(st.text(max_size=40), max_size=4),
    max_size=4,
)


@given(FIELDS, st.lists(FIELDS, max_size=3), st.lists(FIELDS, max_size=3))
def test_what_is_spelled_reads_back(
    fields: dict[str, str | list[str]],
    rows: list[dict[str, str | list[str]]],
    operations: list[dict[str, str | list[str]]],
) -> None:
    text = spell_file("# a head", fields, rows, operations)

    lists = {"rule": rows, "operation": operations}
    assert tomllib.loads(text) == fields | {name: each for name, each in lists.items() if each}


# What may not be in it


def test_files_of_a_folder_are_read_into_one_table(tmp_path: Path) -> None:
    (tmp_path / "rfis.toml").write_text(spell(GOOD))
    (tmp_path / "bids.toml").write_text(spell(MOVED))
    (tmp_path / "notes.txt").write_text("nothing of the table's")

    rules = read_rules(tmp_path).rules

    assert [(rule.id, rule.area) for rule in rules] == [
        ("bids.list", "bids"),
        ("rfis.list", "rfis"),
    ]


def test_row_is_read_field_by_field(tmp_path: Path) -> None:
    row = GOOD | {
        "deprecated": "2025-01-02",
        "sunset": "2026-01-03",
        "successor": "calendar items",
        "successor-basis": "stated",
        "note": "a note",
        "hints": ["a hint"],
        "support-2017": "production",
    }
    (tmp_path / "rfis.toml").write_text(spell(row))

    assert read_rules(tmp_path).rules == (
        Rule(
            id="rfis.list",
            area="rfis",
            method="GET",
            vapid="/vapid/projects/{project_id}/rfis",
            rest="/rest/v1.0/projects/{project_id}/rfis",
            status=Status.DIRECT,
            deprecated=date(2025, 1, 2),
            sunset=date(2026, 1, 3),
            successor="calendar items",
            successor_basis="stated",
            note="a note",
            hints=("a hint",),
            sources=("swagger2017",),
            support_2017="production",
            file="rfis.toml",
        ),
    )


def drop(row: dict[str, object], key: str) -> dict[str, object]:
    return {name: value for name, value in row.items() if name != key}


BAD_ROWS = [
    pytest.param(drop(GOOD, "id"), None, "no id", id="no id"),
    pytest.param(drop(GOOD, "vapid"), None, "no vapid", id="no path"),
    pytest.param(drop(GOOD, "status"), None, "no status", id="no status"),
    pytest.param(drop(GOOD, "sources"), None, "no sources", id="no evidence"),
    pytest.param(GOOD | {"sources": []}, "sources", "no sources", id="empty evidence"),
    pytest.param(GOOD | {"colour": "red"}, "colour", "unknown key colour", id="unknown key"),
    pytest.param(GOOD | {"note": 1}, "note", "note is not a text", id="number for a text"),
    pytest.param(GOOD | {"note": ""}, "note", "note is not a text", id="empty text"),
    pytest.param(GOOD | {"hints": "a"}, "hints", "hints is not a list", id="text for a list"),
    pytest.param(GOOD | {"hints": [1]}, "hints", "hints is not a list", id="list of numbers"),
    pytest.param(GOOD | {"id": "RFIs"}, "id", "id is 'RFIs'", id="spelling of the id"),
    pytest.param(GOOD | {"method": "get"}, "method", "method is 'get'", id="method in lower case"),
    pytest.param(GOOD | {"method": "FETCH"}, "method", "method is 'FETCH'", id="unknown method"),
    pytest.param(GOOD | {"vapid": "/rest/x"}, "vapid", "vapid is", id="path elsewhere"),
    pytest.param(GOOD | {"vapid": "/vapid"}, "vapid", "vapid is", id="path without a resource"),
    pytest.param(GOOD | {"vapid": "/vapid/rfis/"}, "vapid", "vapid is", id="slash at the end"),
    pytest.param(GOOD | {"vapid": "/vapid/a?b=1"}, "vapid", "vapid is", id="query"),
    pytest.param(GOOD | {"vapid": "/vapid/{id}.json"}, "vapid", "vapid is", id="mixed segment"),
    pytest.param(GOOD | {"status": "fine"}, "status", "status is 'fine'", id="unknown status"),
    pytest.param(
        GOOD | {"status": "unlisted"}, "status", "status is 'unlisted'", id="status of no row"
    ),
    pytest.param(
        drop(GOOD, "rest"), None, "rest is not /rest/v1.0/pro", id="direct without target"
    ),
    pytest.param(GOOD | {"rest": GOOD["vapid"]}, "rest", "rest is not", id="target is a source"),
    pytest.param(
        GOOD | {"rest": "/rest/v1.0/projects/{id}/rfis"}, "rest", "rest is not", id="holes disagree"
    ),
    pytest.param(
        GOOD | {"status": "missing"}, "rest", "rest stands with", id="missing with target"
    ),
    pytest.param(
        GOOD | {"candidates": MOVED["candidates"]},
        "status",
        "1 candidates",
        id="direct with candidate",
    ),
    pytest.param(drop(MOVED, "candidates"), "status", "0 candidates", id="moved to nowhere"),
    pytest.param(
        MOVED | {"candidates": ["GET /vapid/bids"]},
        "candidates",
        "candidate is",
        id="moved to vapid",
    ),
    pytest.param(
        MOVED | {"candidates": ["/rest/v1.0/bids"]},
        "candidates",
        "candidate is",
        id="candidate's method",
    ),
    pytest.param(GOOD | {"deprecated": "soon"}, "deprecated", "deprecated is 'soon'", id="no day"),
    pytest.param(
        GOOD | {"deprecated": "02/01/2022"},
        "deprecated",
        "deprecated is '02/01",
        id="day read two ways",
    ),
    pytest.param(
        MOVED | {"deprecated": "2022-02-01"}, "deprecated", "without rest", id="no target to end"
    ),
    pytest.param(
        GOOD | {"sunset": "2022-02-01"}, "sunset", "without deprecated", id="sunset alone"
    ),
    pytest.param(
        GOOD | {"deprecated": "2022-02-01", "sunset": "2021-02-01"},
        "sunset",
        "sunset comes before",
        id="days in the wrong order",
    ),
    pytest.param(
        GOOD | {"deprecated": "2022-02-01", "successor": "x"},
        "successor",
        "stand together",
        id="successor without basis",
    ),
    pytest.param(
        GOOD | {"deprecated": "2022-02-01", "successor": "x", "successor-basis": "heard"},
        "successor-basis",
        "successor-basis is 'heard'",
        id="unknown basis",
    ),
    pytest.param(
        GOOD | {"checked": "2026-13"}, "checked", "checked is '2026-13'", id="month there is not"
    ),
    pytest.param(GOOD | {"checked": "lately"}, "checked", "checked is 'lately'", id="no month"),
    pytest.param(
        GOOD | {"company-header": "none"},
        "company-header",
        "company-header is 'none'",
        id="unknown exemption",
    ),
    pytest.param(
        GOOD | {"deprecated": "2022-02-30"},
        "deprecated",
        "deprecated is '2022-02-30'",
        id="day there is not",
    ),
    pytest.param(
        GOOD | {"deprecated": "20220201"},
        "deprecated",
        "deprecated is '20220201'",
        id="day without hyphens",
    ),
    pytest.param(
        GOOD | {"deprecated": "2022-02-01", "successor": "/vapid/x", "successor-basis": "stated"},
        "successor",
        "successor is itself a vapid path",
        id="successor is a source",
    ),
    pytest.param(
        GOOD
        | {"deprecated": "2022-02-01", "successor-basis": "stated"}
        | {"successor": "/rest/v2.0/lists/{list_id}/items/{id}"},
        "successor",
        "has {id}, {list_id}, which the vapid path has no value for",
        id="successor with unknown placeholders",
    ),
    pytest.param(
        MOVED | {"candidates": ["GET /rest/v1.0/lists/{list_id}/bids"]},
        "candidates",
        "has {list_id}, which the vapid path has no value for",
        id="candidate with an unknown placeholder",
    ),
    pytest.param(
        MOVED | {"candidates": ["GET /rest/v1.0/bids"]},
        "candidates",
        "candidate is GET /rest/v1.0/bids, which is the same path",
        id="moved to the same path",
    ),
    pytest.param(
        GOOD | {"deprecated": "2022-02-01", "successor-basis": "stated"},
        "successor-basis",
        "stand together",
        id="basis without successor",
    ),
    pytest.param(GOOD | {"id": "rfis.list"}, "id", "has the same id", id="id twice"),
    pytest.param(
        GOOD
        | {"id": "rfis.other", "vapid": "/vapid/projects/{id}/rfis"}
        | {"rest": "/rest/v1.0/projects/{id}/rfis"},
        "vapid",
        "has the same method and path",
        id="operation twice",
    ),
]


@pytest.mark.parametrize(("row", "key", "reason"), BAD_ROWS)
def test_bad_row_is_refused_by_file_and_line(
    row: dict[str, object], key: str | None, reason: str, tmp_path: Path
) -> None:
    # The first row is right; where the second repeats it, only then is it wrong.
    text = spell(GOOD if "has the same" in reason else OTHER, row)
    (tmp_path / "rfis.toml").write_text(text)

    with pytest.raises(RuleError, match=re.escape(reason)) as caught:
        read_rules(tmp_path)

    line = text.splitlines()[caught.value.fault.line - 1]
    assert line == "[[rule]]" if key is None else line.startswith(f"{key} = ")
    assert str(caught.value).startswith(
        f"rfis.toml:{text.count(chr(10), 0, text.rfind(line)) + 1}:1: "
    )


@pytest.mark.parametrize(("row", "key", "reason"), BAD_ROWS)
def test_bad_row_is_a_fault_of_lint_at_its_line(
    row: dict[str, object], key: str | None, reason: str, tmp_path: Path
) -> None:
    text = spell(OTHER, GOOD, row) if "has the same" in reason else spell(OTHER, row)
    path = tmp_path / "rfis.toml"
    path.write_text(text)

    faults = lint_own({path: "own.toml"}, ()).faults

    places = [text.splitlines()[fault.line - 1] for fault in faults]
    assert {fault.file for fault in faults} == {"own.toml"}
    assert any(
        line == "[[rule]]" if key is None else line.startswith(f"{key} = ") for line in places
    )


@pytest.mark.parametrize(("row", "key", "reason"), BAD_ROWS)
def test_schema_is_read_as_a_full_implementation_reads_it(
    row: dict[str, object],
    key: str | None,  # noqa: ARG001 - the columns of the table
    reason: str,  # noqa: ARG001
) -> None:
    document = {"rule": [OTHER, row], "checked": "2026-11", "area": "bids"}

    ours = {path for path, _ in find_violations(document, load_schema())}
    theirs = Draft202012Validator(load_schema()).iter_errors(document)

    # The place of an unknown or lone key is the key, not the row.
    assert {path[:2] for path in ours} == {tuple(error.absolute_path)[:2] for error in theirs}


@pytest.mark.parametrize(
    "document",
    [
        pytest.param([], id="list"),
        pytest.param({}, id="no rows"),
        pytest.param({"rule": {}}, id="one table"),
        pytest.param({"operation": {}}, id="one operation"),
        pytest.param({"rule": [1, "x", None]}, id="no tables"),
        pytest.param({"rule": [GOOD], "area": "elsewhere"}, id="unknown area"),
        pytest.param({"rule": [GOOD], "checked": "2026-11\n"}, id="line end behind a month"),
        pytest.param({"rule": [GOOD | {"sources": ["a", "a"]}]}, id="source twice"),
        pytest.param({"rule": [GOOD | {"sources": [" a"]}]}, id="source with a space"),
        pytest.param({"rule": [GOOD | {"parameters": ["query"]}]}, id="parameter without a name"),
        pytest.param({"rule": [GOOD | {"hints": []}]}, id="no hint in a list"),
        pytest.param({"rule": [GOOD | {"id": 5}]}, id="number for a text"),
    ],
)
def test_schema_refuses_what_is_no_file_of_rules(document: object) -> None:
    validator = Draft202012Validator(load_schema())

    # Python's dollar sign, which that implementation takes, also matches before a line end.
    assert list(find_violations(document, load_schema()))
    assert list(validator.iter_errors(document)) or "\n" in repr(document).replace("\\n", "\n")


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(load_schema())


def test_schema_with_a_keyword_that_is_not_known_here_is_an_error() -> None:
    with pytest.raises(NotImplementedError, match="maxItems"):
        list(find_violations([], {"maxItems": 1}))


def test_every_row_that_the_table_reads_passes_the_schema() -> None:
    validator = Draft202012Validator(load_schema())

    for path in ALL_FILES:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        assert list(find_violations(document, load_schema())) == []
        assert list(validator.iter_errors(document)) == []


# Lint of whole files


def test_lint_passes_on_the_table_itself() -> None:
    verdict = lint_table({path: path.name for path in ALL_FILES})

    assert (verdict.rows, verdict.faults) == (785 + 2278, ())


def lint(tmp_path: Path, *rows: dict[str, object], head: str = "", name: str = "own") -> list[str]:
    """Return the faults of one file of a user's own over the built-in table."""
    path = tmp_path / f"{name}.toml"
    path.write_text(head + spell(*rows))
    return [str(fault) for fault in lint_own({path: path.name}, RULES).faults]


def test_lint_passes_on_rows_that_replace_others(tmp_path: Path) -> None:
    assert lint(tmp_path, MOVED | {"note": "asked Procore"}, GOOD) == []


def test_lint_finds_rows_out_of_order(tmp_path: Path) -> None:
    (fault,) = lint(tmp_path, GOOD, MOVED)

    assert fault == (
        "own.toml:12:1: bids.list: is not sorted by path and method: "
        "belongs before GET /vapid/projects/{project_id}/rfis"
    )


def test_lint_finds_a_row_that_has_the_call_of_another_in_the_table(tmp_path: Path) -> None:
    (fault,) = lint(tmp_path, GOOD | {"id": "my-rfis.list"})

    assert fault == (
        "own.toml:4:1: my-rfis.list: rfis.list in rfis.toml (built in) has the same method and "
        "path; only a row with its id can replace it"
    )


@pytest.mark.parametrize(
    ("row", "line"),
    [
        pytest.param(
            MOVED | {"candidates": ["GET /rest/v1.0/markup_layers"]},
            "own.toml:6:1: bids.list: GET /rest/v1.0/markup_layers is itself missing: "
            "see markup-layers.list in markup.toml (built in)",
            id="candidate",
        ),
        pytest.param(
            GOOD
            | {"deprecated": "2022-02-01", "successor-basis": "stated"}
            | {"successor": "GET /rest/v1.0/bids"},
            "own.toml:10:1: rfis.list: GET /rest/v1.0/bids is itself moved: "
            "see bids.list in bids.toml (built in)",
            id="successor",
        ),
    ],
)
def test_lint_finds_a_target_that_has_gone_itself(
    row: dict[str, object], line: str, tmp_path: Path
) -> None:
    assert lint(tmp_path, row) == [line]


def test_lint_takes_a_later_file_to_replace_rows_of_an_earlier(tmp_path: Path) -> None:
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    first.write_text(spell(GOOD))
    second.write_text(spell(GOOD | {"note": "newer"}))

    assert lint_own({first: "first.toml", second: "second.toml"}, RULES).faults == ()


def test_lint_says_all_that_is_wrong_not_only_the_first(tmp_path: Path) -> None:
    rows = (GOOD | {"status": "fine", "colour": "red"}, GOOD | {"method": "get"})

    assert [fault.partition(": ")[0] for fault in lint(tmp_path, *rows)] == [
        "own.toml:6:1",
        "own.toml:8:1",
        "own.toml:12:1",
    ]


def test_lint_points_at_the_item_of_a_list(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        '[[rule]]\nid = "a.b"\nvapid = "/vapid/a"\nstatus = "missing"\n'
        'sources = [\n  "one",\n  " two",\n]\n'
    )

    (fault,) = lint_own({path: "own.toml"}, ()).faults

    assert (fault.line, fault.column) == (7, 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("[[rule]]\nid = \n", "own.toml:2:6: Invalid value", id="no TOML"),
        pytest.param("x = [1,\n", "own.toml:2:1: Invalid value", id="end of the document"),
        pytest.param('colour = "red"\n', "own.toml:1:1: unknown key colour", id="unknown key"),
        pytest.param('checked = "now"\n', "own.toml:1:1: checked is 'now', which", id="checked"),
        pytest.param("[other]\n", "own.toml:1:1: unknown key other", id="another table"),
        pytest.param("", "own.toml:1:1: no rule", id="empty"),
        pytest.param("rule = [1]\n", "own.toml:1:9: is not a table", id="no table"),
        pytest.param("area = 1\n", "own.toml:1:1: area is 1, not one of bids, ", id="area"),
    ],
)
def test_lint_tells_a_file_that_is_none(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text)

    faults = [str(fault) for fault in lint_own({path: "own.toml"}, ()).faults]

    assert any(fault.startswith(message) for fault in faults), faults


def test_lint_tells_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (fault,) = lint_own({tmp_path / "gone.toml": "gone.toml"}, ()).faults

    assert str(fault) == "gone.toml:1:1: cannot be read: No such file or directory"


def test_lint_of_a_table_wants_each_area_in_the_file_of_its_name(tmp_path: Path) -> None:
    paths = {}
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        copy = tmp_path / path.name.replace("rfqs", "quotes")
        if path.stem == "webhooks":
            text = text.replace('area = "webhooks"', 'area = "users"')
        copy.write_text(text, encoding="utf-8")
        paths[copy] = copy.name

    assert [str(fault) for fault in lint_table(paths).faults] == [
        "quotes.toml:1:1: is not named after its area, rfqs",
        "webhooks.toml:1:1: is not named after its area, users",
        "webhooks.toml:1:1: no row of the area webhooks",
    ]


# Reading fast


def test_table_is_read_without_the_general_parser() -> None:
    code = """
import sys
sys.modules["tomllib"] = None
from migrator.rules.table import load_rules
print(len(load_rules().rules))
"""

    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert result.stdout == "785\n"


@pytest.mark.parametrize("path", ALL_FILES, ids=lambda path: path.stem)
def test_plain_reader_reads_a_file_of_the_table_as_tomllib_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert read_plain(text) == tomllib.loads(text)


PLAIN = st.lists(
    st.sampled_from(
        [
            *(
                "[[rule]]\n",
                "[[operation]]\n",
                "operation = []\n",
                'a = "x"\n',
                'b = "\\"\\\\\\n"\n',
                "c = []\n",
                'd = ["x", "y"]\n',
            ),
            *('e = [\n  "x",\n]\n', "# note\n", "[other]\n", "f = 1\n", 'g = "\\u00e9"\n', "\n"),
            *("rule = []\n", '"i" = "x"\n', 'j = """x"""\n', 'k = "x" # note\n', 'l = "x'),
            *("\r\n", 'm = "\x7f"\n', 'n = "\x01"\n', "# \x00\n", '  o = "x"\n', 'p = ["x" ]\n'),
            *('h="x"\n', "[[rule]]"),
        ]
    ),
    max_size=8,
).map("".join)


@given(PLAIN)
def test_plain_reader_reads_as_tomllib_does_or_not_at_all(text: str) -> None:
    found = read_plain(text)

    if found is not None:
        assert found == tomllib.loads(text)


@given(PLAIN)
def test_place_of_each_field_is_where_its_name_is_spelled(text: str) -> None:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    places = Places(text)
    lines = text.split("\n")

    for name in ("rule", "operation"):
        for number, row in enumerate(document.get(name, [])):
            line, column = places.find(number, rows=name)
            assert lines[line - 1][column - 1 :].startswith(f"[[{name}]]")
            for key in row:
                line, column = places.find(number, key, rows=name)
                assert lines[line - 1][column - 1 :].lstrip('"').startswith(key)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"[[rule]\n", "rfis.toml:1:7: Expected ']]' at the end", id="no TOML"),
        pytest.param(b"# \xff\n", "rfis.toml:1:1: is not UTF-8: byte at offset 2", id="no UTF-8"),
        pytest.param(b"", "rfis.toml:1:1: is not a list of [[rule]]", id="empty"),
        pytest.param(
            b"rule = 1\n", "rfis.toml:1:1: is not a list of [[rule]]", id="rule is no list"
        ),
        pytest.param(b"rule = [1]\n", "rfis.toml:1:9: is not a table", id="row is no table"),
        pytest.param(b"rule = []\n", "no rules", id="no row"),
        pytest.param(
            spell(GOOD).encode() + b"[other]\n",
            "rfis.toml:8:1: unknown key other",
            id="something beside",
        ),
    ],
)
def test_bad_file_is_refused(data: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "rfis.toml").write_bytes(data)

    with pytest.raises(RuleError, match=re.escape(reason)):
        read_rules(tmp_path)


def test_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no rules"):
        read_rules(tmp_path)


def test_table_is_read_once() -> None:
    assert load_rules() is load_rules()
