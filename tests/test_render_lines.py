"""What the terminal, hooks and other programs read: text, check lines, JSON."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from migrator import __version__
from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.render.check import render_check
from migrator.render.excerpt import clean_start, cut_excerpt, shorten
from migrator.render.identity import identify
from migrator.render.jsonout import render_json
from migrator.render.text import render_text
from migrator.values import Endpoint, Finding, Fix, Place, Problem, Safety, Scan, Status

TODAY = date(2026, 1, 31)
SCHEMA = json.loads((Path(__file__).parent.parent / "reports/scan.schema.json").read_text("utf-8"))
SOURCE = 'url = f"{BASE}/vapid/projects/{project_id}/rfis"'
RFIS = Endpoint(
    method="GET",
    vapid="/vapid/projects/{project_id}/rfis",
    rest="/rest/v1.0/projects/{project_id}/rfis",
    status=Status.DIRECT,
    rule="rfis.list",
    notes=("Every call needs the header Procore-Company-Id.",),
    calls=tuple(Place("sync.py", line, 9) for line in (14, 24, 34, 44)),
)
HOOKS = Endpoint(None, "/vapid/webhooks", "/rest/v1.0/webhooks/hooks", Status.MOVED, None, (), ())


def find(line: int = 13, source: str = SOURCE, path: str = "sync.py") -> Finding:
    column = source.index("vapid") + 1
    return Finding(
        path=path,
        line=line,
        column=column,
        end_line=line,
        end_column=column + 5,
        code="VAP001",
        message="spells the namespace vapid",
        safety=Safety.SAFE,
        source_line=source,
        fix=Fix.NAMESPACE,
        endpoints=("GET /vapid/projects/{project_id}/rfis",),
    )


def mention(line: int, path: str = "sync.py") -> Finding:
    found = find(line, "# see /vapid/me", path)
    return replace(found, kind="prose", safety=Safety.MANUAL, fix=None, code="VAP010", endpoints=())


def scan_of(*findings: Finding, **parts: Any) -> Scan:
    empty: dict[str, Any] = {"endpoints": (), "problems": ()}
    return Scan(root=".", files_seen=7, files_parsed=3, findings=findings, **(empty | parts))


FULL = scan_of(
    find(),
    mention(1),
    mention(2),
    replace(find(5, path="app/x.py"), safety=Safety.MANUAL, fix=None, code="VAP003"),
    replace(find(6, path="app/x.py"), safety=Safety.UNSAFE),
    endpoints=(RFIS, HOOKS),
    problems=(Problem("old.py", 0, "VAP900", "cannot be parsed: Missing parentheses"),),
)


def show(scan: Scan, width: int = 100) -> list[str]:
    return render_text(scan, color=False, width=width).splitlines()


def test_text_shows_the_source_line_with_a_caret_below_the_segment() -> None:
    lines = show(FULL)
    source = next(line for line in lines if "13 │" in line)
    caret = lines[lines.index(source) + 1]

    assert source.endswith(SOURCE)
    assert source[caret.index("^") : caret.rindex("^") + 1] == "vapid"
    assert "GET /vapid/projects/{project_id}/rfis" in lines[lines.index(source) + 2]


@pytest.mark.parametrize("width", [40, 60, 100, 200])
@pytest.mark.parametrize(
    "source",
    [
        pytest.param('\t\tget("/vapid/me")', id="tabs"),
        pytest.param('get("日本語" + "/vapid/me")', id="wide-characters"),
        pytest.param('get("e\u0301\u0301" + "/vapid/me")', id="combining-characters"),
        pytest.param('get("\x1b[31m\u202e" + "/vapid/me")', id="hidden-characters"),
        pytest.param('get(password="hunter2", url="/vapid/me")', id="secret-before"),
        pytest.param('get("/vapid/me", "' + "日本" * 5_000 + '")', id="long-tail"),
        pytest.param('get("' + "日本" * 5_000 + '", "/vapid/me")', id="long-lead"),
        pytest.param('get("' + "ab" * 5_000 + "/vapid/" + "cd" * 5_000 + '")', id="long-on-both"),
        pytest.param('x = "::error::", "/vapid"', id="command-before"),
    ],
)
def test_caret_stands_below_the_segment(source: str, width: int) -> None:
    lines = show(scan_of(find(1, source)), width)
    shown = next(line for line in lines if " 1 │" in line)
    caret = lines[lines.index(shown) + 1]

    start = cell_len(caret[: caret.index("^")])
    assert cell_len(shown.partition("vapid")[0]) == start
    assert caret.count("^") == 5
    assert cell_len(shown) <= max(width, 40) + 3


@pytest.mark.parametrize(
    ("column", "end_line", "end_column", "carets"),
    [
        pytest.param(1, 1, 1, 1, id="empty-segment"),
        pytest.param(900, 1, 905, 1, id="beyond-the-line"),
        pytest.param(44, 2, 3, 5, id="goes-on-in-the-next-line"),
        pytest.param(0, 0, 0, 1, id="no-position"),
    ],
)
def test_caret_copes_with_any_position(
    column: int, end_line: int, end_column: int, carets: int
) -> None:
    found = replace(find(1), column=column, end_line=end_line or 1, end_column=end_column)

    assert sum(line.count("^") for line in show(scan_of(found))) == carets


def test_text_collapses_prose_into_a_line_a_file() -> None:
    lines = show(FULL)

    assert "  also mentioned in prose: lines 1, 2" in lines
    assert not any("see /vapid/me" in line for line in lines)


def test_text_shortens_long_lists() -> None:
    names = tuple(f"GET /vapid/{number}" for number in range(9))
    found = replace(find(), endpoints=names, message="long " * 500)
    text = render_text(
        scan_of(found, *(mention(line) for line in range(1, 20)), endpoints=(RFIS,)),
        color=False,
        width=120,
    )

    assert "and 5 more endpoints" in text
    assert re.search(r"lines 1, 2, .* and 7 more$", text, re.MULTILINE)
    assert "sync.py:14, sync.py:24, sync.py:34, and 1 more" in text
    assert len(text) < 4_000


def test_text_of_one_mention_says_line() -> None:
    assert "  also mentioned in prose: line 4" in show(scan_of(mention(4)))


def test_text_shows_each_endpoint_with_both_paths_status_calls_and_notes() -> None:
    lines = show(FULL)
    at = next(number for number, line in enumerate(lines) if line.startswith("GET "))

    assert lines[at].split() == ["GET", "/vapid/projects/{project_id}/rfis", "direct"]
    assert lines[at + 1].strip() == "/rest/v1.0/projects/{project_id}/rfis"
    assert lines[at + 2].strip().startswith("sync.py:14, ")
    assert lines[at + 3].strip() == "note: Every call needs the header Procore-Company-Id."
    assert lines[at + 4].split() == ["?", "/vapid/webhooks", "moved"]
    assert lines[at].index("direct") == lines[at + 4].index("moved")


def test_text_names_problems_and_ends_in_totals() -> None:
    lines = show(FULL)

    assert "1 problem" in lines
    assert "  old.py:1  VAP900" in lines
    assert lines[-1] == (
        "5 findings in 2 files: 1 safe, 1 unsafe, 3 manual · 4 calls of 2 endpoints · 1 problem"
    )


def test_text_of_an_empty_scan_is_one_friendly_line() -> None:
    assert show(scan_of()) == ["Nothing to move: no vapid call in 7 files."]


def test_text_of_a_scan_with_problems_alone_is_not_friendly() -> None:
    lines = show(scan_of(problems=FULL.problems))

    assert lines[-1] == "0 findings in 0 files · 0 calls of 0 endpoints · 1 problem"


def test_text_has_colour_only_on_request() -> None:
    plain = render_text(FULL, color=False, width=100)
    colored = render_text(FULL, color=True, width=100)

    assert "\x1b" not in plain
    assert "\x1b[" in colored
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


def test_text_colour_does_not_depend_on_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    colored = render_text(FULL, color=True, width=100)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "20")

    assert render_text(FULL, color=True, width=100) == colored


def test_text_takes_square_brackets_for_text() -> None:
    found = find(1, 'x["/vapid"] = "[bold red]not markup[/]"')

    assert "[bold red]not markup[/]" in render_text(scan_of(found), color=True, width=100)


def test_excerpt_of_a_short_line_is_the_line() -> None:
    excerpt = cut_excerpt(find(), width=100)

    assert excerpt.line == SOURCE
    assert excerpt.segment == "vapid"


def test_excerpt_of_a_long_line_shows_both_sides_of_the_segment() -> None:
    excerpt = cut_excerpt(find(1, "a" * 9_000 + "/vapid/" + "b" * 9_000), width=60)

    assert excerpt.line.startswith("…aaa")
    assert excerpt.line.endswith("bbb…")
    assert excerpt.segment == "vapid"
    assert len(excerpt.line) == 60
    assert abs(len(excerpt.before) - len(excerpt.after)) <= 1


def test_excerpt_points_into_a_masked_secret_without_showing_it() -> None:
    excerpt = cut_excerpt(find(1, 'password = "my vapid secret"'), width=60)

    assert excerpt.line == 'password = "***"'


@pytest.mark.parametrize(
    ("above", "line"),
    [
        pytest.param("creds = dict(password=\n", '    "abc", url="/vapid/me")', id="argument"),
        pytest.param("TOKEN = (\n", '    "abc", get("/vapid/me"))', id="assignment"),
        pytest.param('p.add_argument("--token",\n', '  default="abc")  # /vapid', id="option"),
        pytest.param('auth=(\n  "bob",\n', '  "abc"), url="/vapid/me"', id="pair"),
        pytest.param("password:\r\n", '  "abc" # /vapid/me', id="yaml"),
    ],
)
def test_excerpt_hides_a_secret_that_the_line_above_tells(above: str, line: str) -> None:
    excerpt = cut_excerpt(replace(find(1, line), above=above), width=60)

    assert excerpt.line == line.replace("abc", "***")


def test_excerpt_shows_a_literal_below_a_line_that_tells_nothing() -> None:
    line = '    "abc", url="/vapid/me")'

    assert cut_excerpt(replace(find(1, line), above="token = x\nf(\n"), width=60).line == line


def test_finding_keeps_what_stands_above_its_line(tmp_path: Path) -> None:
    text = 'import requests\nrequests.get(\n    "https://api.procore.com/vapid/me")\n'
    (tmp_path / "sync.py").write_text(text)

    (found,) = scan_paths(["."], Settings(), today=TODAY, cwd=tmp_path).findings

    assert found.above == "import requests\nrequests.get(\n"


def test_excerpt_of_a_very_long_line_looks_at_a_part_of_it() -> None:
    line = f"{'x' * 3_000_000} password='abc' /vapid/me {'y' * 3_000_000}"
    started = time.process_time()

    excerpt = cut_excerpt(find(1, line), width=60)

    assert "password='***' /vapid/me" in excerpt.line
    assert time.process_time() - started < 5


@pytest.mark.parametrize("length", [10, 300, 390, 398, 1_000, 30_000, 3_000_000])
def test_beginning_of_a_long_text_shows_no_half_of_a_secret(length: int) -> None:
    text = f"{'see ' * (length // 4)}https://joe:{'s3cret' * 60}@host/ {'x' * length}"

    shown = clean_start(text, 400)

    assert "s3cret" not in shown
    assert len(shown) <= 400


def test_beginning_of_a_text_full_of_secrets_ends_in_an_ellipsis() -> None:
    shown = clean_start("password='abc' " * 10_000, 2_000)

    assert "abc" not in shown
    assert shown.endswith("…")


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        pytest.param("abc", 3, "abc", id="fits"),
        pytest.param("abcd", 3, "ab…", id="cut"),
        pytest.param("日本", 3, "日…", id="wide"),
        pytest.param("abc", 0, "", id="no-room"),
    ],
)
def test_shorten_counts_cells(text: str, width: int, short: str) -> None:
    assert shorten(text, width, cell_len) == short


def test_check_prints_a_sorted_line_a_finding_and_problem() -> None:
    assert render_check(FULL).splitlines() == [
        "app/x.py:5:16: VAP003 spells the namespace vapid",
        "app/x.py:6:16: VAP001 spells the namespace vapid",
        "old.py:1:1: VAP900 cannot be parsed: Missing parentheses",
        "sync.py:1:8: VAP010 spells the namespace vapid",
        "sync.py:2:8: VAP010 spells the namespace vapid",
        "sync.py:13:16: VAP001 spells the namespace vapid",
    ]


def test_check_of_nothing_prints_nothing() -> None:
    assert render_check(scan_of()) == ""


def test_json_has_the_keys_of_schema_1_in_order() -> None:
    text = render_json(FULL, today=TODAY)
    document = json.loads(text)

    assert text.endswith("}\n")
    assert list(document) == [
        "schema", "version", "root", "date", "summary", "endpoints", "findings", "problems",
    ]  # fmt: skip
    assert (document["schema"], document["version"], document["root"]) == (1, __version__, ".")
    assert document["summary"] == {
        "files_seen": 7,
        "files_parsed": 3,
        "findings": 5,
        "calls": 4,
        "endpoints": 2,
        "by_status": {"direct": 1, "moved": 1},
    }
    assert document["findings"][0] == {
        "path": "sync.py",
        "line": 13,
        "column": 16,
        "end_line": 13,
        "end_column": 21,
        "code": "VAP001",
        "message": "spells the namespace vapid",
        "fix": "namespace",
        "safety": "safe",
        "endpoints": ["GET /vapid/projects/{project_id}/rfis"],
        "fingerprint": identify(FULL.findings)[0],
    }
    assert document["date"] == "2026-01-31"
    assert list(document["findings"][0])[7:] == ["fix", "safety", "endpoints", "fingerprint"]
    assert document["findings"][1]["kind"] == "prose"
    assert document["findings"][1]["fix"] is None
    assert document["endpoints"][0]["calls"][0] == {"path": "sync.py", "line": 14, "column": 9}
    assert document["endpoints"][1]["method"] is None
    assert list(document["endpoints"][0]) == [
        "method", "vapid", "rest", "status", "rule", "notes", "calls",
    ]  # fmt: skip
    assert document["problems"][0]["line"] == 1


@pytest.mark.parametrize("scan", [scan_of(), FULL], ids=["empty", "full"])
def test_json_fits_its_schema(scan: Scan) -> None:
    check(json.loads(render_json(scan, today=TODAY)), SCHEMA)


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"root": None},
        {"extra": 1},
        {"problems": [{"path": "a", "line": 0, "code": "VAP900", "message": ""}]},
        {"problems": [{"path": "a", "line": 1, "code": "E1", "message": ""}]},
        {"problems": [{"path": "a"}]},
        {"summary": {"files_seen": True}},
    ],
    ids=str,
)
def test_schema_refuses_another_shape(change: dict[str, Any]) -> None:
    with pytest.raises(AssertionError):
        check(json.loads(render_json(FULL, today=TODAY)) | change, SCHEMA)


def test_schema_knows_the_words_of_the_values() -> None:
    words = SCHEMA["$defs"]
    finding = words["finding"]["properties"]

    assert words["status"]["enum"] == [status.value for status in Status]
    assert finding["safety"]["enum"] == [safety.value for safety in Safety]
    fixes = [fix.value for fix in Fix if fix not in {Fix.PROSE, Fix.ANNOTATION}]
    assert finding["fix"]["enum"] == [*fixes, None]


@pytest.mark.parametrize(
    "path",
    [
        "caf\udce9.py",
        "\ud800.py",
        "a\u202eb\x7f\x9b.py",
        "\U000e0061.py",
        "é日本😀.py",
        'a\n"b".py',
    ],
    ids=ascii,
)
def test_json_keeps_every_path_in_valid_and_harmless_utf_8(path: str) -> None:
    text = render_json(scan_of(find(path=path)), today=TODAY)

    assert json.loads(text.encode("utf-8"))["findings"][0]["path"] == path
    assert all(char.isprintable() or char == "\n" for char in text)
    assert ("é日本😀" in text) == ("é日本😀" in path)


def check(value: Any, schema: dict[str, Any]) -> None:
    """Assert that the value fits; every keyword that the schema uses is known here."""
    for keyword, wanted in schema.items():
        match keyword:
            case "$ref":
                check(value, SCHEMA["$defs"][wanted.removeprefix("#/$defs/")])
            case "type":
                assert type_of(value) in ([wanted] if isinstance(wanted, str) else wanted)
            case "const":
                assert value == wanted
            case "enum":
                assert value in wanted
            case "minimum":
                assert value >= wanted
            case "pattern":
                assert re.search(wanted, value)
            case "required":
                assert set(wanted) <= set(value)
            case "items":
                for each in value:
                    check(each, wanted)
            case "propertyNames":
                for name in value:
                    check(name, wanted)
            case "properties":
                for name in set(wanted) & set(value):
                    check(value[name], wanted[name])
            case "additionalProperties":
                extra = set(value) - set(schema.get("properties", ()))
                assert wanted or not extra
                for name in extra:
                    check(value[name], wanted)
            case _:
                assert keyword in {"$schema", "$id", "$defs", "title", "description"}


def type_of(value: Any) -> str:
    names = {bool: "boolean", int: "integer", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")
