"""The table itself: what is in it, what may not be in it, and that it is what the data say."""

from __future__ import annotations

import csv
import importlib.util
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from migrator.resources import data_folder
from migrator.rules.table import Rule, RuleError, load_rules, read_rules
from migrator.values import Status

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests/data"
FILES = sorted(data_folder("rules").glob("*.toml"))
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


def test_every_hint_is_a_parameter_row() -> None:
    named = sum(hint.partition(": ")[2].count(", ") + 1 for rule in RULES for hint in rule.hints)

    assert named == len(read_table("param_diff.csv"))


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


def test_endpoints_seen_are_those_of_the_mapping() -> None:
    seen = {(row["method"], row["path"]) for row in read_table("vapid_endpoints.csv")}

    assert seen == {(row["method"], row["vapid_path"]) for row in read_table("mapping.csv")}


def test_notes_point_at_no_other_row() -> None:
    assert [r.id for r in RULES if re.search(r"(^|; )as (above|GET|POST|/)", r.note or "")] == []


def test_every_rule_names_its_sources() -> None:
    assert [rule.id for rule in RULES if not all(rule.sources)] == []


# How it is written


def test_files_are_what_the_generator_writes() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FILES}

    assert committed == load_builder().build_files()


def test_generator_writes_all_files_and_drops_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = load_builder()
    monkeypatch.setattr(builder, "RULES", tmp_path)
    (tmp_path / "of-an-area-that-was.toml").touch()
    (tmp_path / "rules.schema.json").touch()

    builder.main()

    written = {path.name: path.read_bytes() for path in tmp_path.glob("*.toml")}
    assert written == {path.name: path.read_bytes() for path in FILES}
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
    assert "2026-11" in head
    assert all(f"# {status} " in head for status in Status if status is not Status.UNLISTED)


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
        ),
    )


def drop(row: dict[str, object], key: str) -> dict[str, object]:
    return {name: value for name, value in row.items() if name != key}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(drop(GOOD, "id"), "no id", id="no id"),
        pytest.param(drop(GOOD, "vapid"), "no vapid", id="no path"),
        pytest.param(drop(GOOD, "status"), "no status", id="no status"),
        pytest.param(drop(GOOD, "sources"), "no sources", id="no evidence"),
        pytest.param(GOOD | {"sources": []}, "no sources", id="empty evidence"),
        pytest.param(GOOD | {"colour": "red"}, "unknown key colour", id="unknown key"),
        pytest.param(GOOD | {"note": 1}, "note is not a text", id="number for a text"),
        pytest.param(GOOD | {"note": ""}, "note is not a text", id="empty text"),
        pytest.param(GOOD | {"hints": "a"}, "hints is not a list", id="text for a list"),
        pytest.param(GOOD | {"hints": [1]}, "hints is not a list", id="list of numbers"),
        pytest.param(GOOD | {"id": "RFIs"}, "id is 'RFIs'", id="spelling of the id"),
        pytest.param(GOOD | {"method": "get"}, "method is 'get'", id="method in lower case"),
        pytest.param(GOOD | {"method": "FETCH"}, "method is 'FETCH'", id="unknown method"),
        pytest.param(GOOD | {"vapid": "/rest/x"}, "vapid is", id="path elsewhere"),
        pytest.param(GOOD | {"vapid": "/vapid"}, "vapid is", id="path without a resource"),
        pytest.param(GOOD | {"vapid": "/vapid/rfis/"}, "vapid is", id="slash at the end"),
        pytest.param(GOOD | {"vapid": "/vapid/a?b=1"}, "vapid is", id="query"),
        pytest.param(GOOD | {"vapid": "/vapid/{id}.json"}, "vapid is", id="mixed segment"),
        pytest.param(GOOD | {"status": "fine"}, "status is 'fine'", id="unknown status"),
        pytest.param(GOOD | {"status": "unlisted"}, "status is 'unlisted'", id="status of no row"),
        pytest.param(drop(GOOD, "rest"), "rest is not /rest/v1.0/pro", id="direct without target"),
        pytest.param(GOOD | {"rest": GOOD["vapid"]}, "rest is not", id="target is a source"),
        pytest.param(
            GOOD | {"rest": "/rest/v1.0/projects/{id}/rfis"}, "rest is not", id="holes disagree"
        ),
        pytest.param(GOOD | {"status": "missing"}, "rest stands with", id="missing with target"),
        pytest.param(
            GOOD | {"candidates": MOVED["candidates"]}, "1 candidates", id="direct with candidate"
        ),
        pytest.param(drop(MOVED, "candidates"), "0 candidates", id="moved to nowhere"),
        pytest.param(
            MOVED | {"candidates": ["GET /vapid/bids"]}, "candidate is", id="moved to vapid"
        ),
        pytest.param(
            MOVED | {"candidates": ["/rest/v1.0/bids"]}, "candidate is", id="candidate's method"
        ),
        pytest.param(GOOD | {"deprecated": "soon"}, "deprecated is 'soon'", id="no day"),
        pytest.param(
            GOOD | {"deprecated": "02/01/2022"}, "deprecated is '02/01", id="day read two ways"
        ),
        pytest.param(MOVED | {"deprecated": "2022-02-01"}, "without rest", id="no target to end"),
        pytest.param(GOOD | {"sunset": "2022-02-01"}, "without deprecated", id="sunset alone"),
        pytest.param(
            GOOD | {"deprecated": "2022-02-01", "sunset": "2021-02-01"},
            "sunset comes before",
            id="days in the wrong order",
        ),
        pytest.param(
            GOOD | {"deprecated": "2022-02-01", "successor": "x"},
            "stand together",
            id="successor without basis",
        ),
        pytest.param(
            GOOD | {"deprecated": "2022-02-01", "successor": "x", "successor-basis": "heard"},
            "successor-basis is 'heard'",
            id="unknown basis",
        ),
        pytest.param(GOOD | {"id": "rfis.list"}, "has the same id", id="id twice"),
        pytest.param(
            GOOD
            | {"id": "rfis.again", "vapid": "/vapid/projects/{id}/rfis"}
            | {"rest": "/rest/v1.0/projects/{id}/rfis"},
            "has the same method and path",
            id="operation twice",
        ),
    ],
)
def test_bad_row_is_refused_by_file_and_number(
    row: dict[str, object], reason: str, tmp_path: Path
) -> None:
    # The first row is right; where the second repeats it, only then is it wrong.
    first = GOOD if "same" in reason else MOVED | {"id": "first.list", "vapid": "/vapid/first"}
    (tmp_path / "rfis.toml").write_text(spell(first, row))

    with pytest.raises(RuleError, match=re.escape(reason)) as caught:
        read_rules(tmp_path)

    assert str(caught.value).startswith("rfis.toml: rule 2")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"[[rule]\n", "rfis.toml: ", id="no TOML"),
        pytest.param(b"# \xff\n", "rfis.toml: ", id="no UTF-8"),
        pytest.param(b"", "rfis.toml: is not a list of [[rule]]", id="empty"),
        pytest.param(b"rule = 1\n", "rfis.toml: is not a list of [[rule]]", id="rule is no list"),
        pytest.param(b"rule = [1]\n", "rfis.toml: rule 1: is not a table", id="row is no table"),
        pytest.param(b"rule = []\n", "no rules", id="no row"),
        pytest.param(
            spell(GOOD).encode() + b"[other]\n", "rfis.toml: is not a list", id="something beside"
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
