"""What other programs read: SARIF, JUnit, GitLab's list and GitHub's commands keep their forms."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from jsonschema import Draft4Validator, Draft202012Validator  # type: ignore[import-untyped]

from migrator.cli import program
from migrator.codes import load_codes
from migrator.documents import is_document
from migrator.render.annotations import render_annotations
from migrator.render.identity import digest_line, identify
from migrator.render.junit import render_junit
from migrator.render.markdown import LIMIT, render_markdown
from migrator.render.quality import render_quality
from migrator.render.sarif import MOST, cut_results, render_sarif
from migrator.resources import data_folder
from migrator.values import (
    Changed,
    Earlier,
    Edit,
    Endpoint,
    Finding,
    Fix,
    Problem,
    Progress,
    Safety,
    Scan,
    SourceFile,
    Span,
    Status,
)

TODAY = date(2026, 1, 31)
SARIF = json.loads(
    (Path(__file__).parent / "data/sarif/sarif-schema-2.1.0.json").read_text("utf-8")
)
SCHEMA = json.loads((data_folder("reports") / "scan.schema.json").read_text("utf-8"))
TEXT = 'NAME = "😀"; get("https://api.procore.com/vapid/me")' + "\n" * 10
LINE = TEXT.rstrip("\n")
START = TEXT.index("vapid")
FOUND = Finding(
    path="src/a b.py",
    line=1,
    column=START + 1,
    end_line=1,
    end_column=START + 6,
    code="VAP001",
    message="`vapid` becomes `rest/v1.0`: sent by GET /vapid/me",
    safety=Safety.SAFE,
    source_line=LINE,
    fix=Fix.NAMESPACE,
    endpoints=("GET /vapid/me",),
    edits=(
        Edit(
            Span("src/a b.py", START, START + 5), "vapid", "rest/v1.0", Fix.NAMESPACE, Safety.SAFE
        ),
    ),
    notes=("GET /vapid/me → GET /rest/v1.0/me, error: target sunset 2026-01-01 (past)",),
)
MANUAL = replace(
    FOUND, line=9, end_line=9, code="VAP006", safety=Safety.MANUAL, fix=None, edits=(), notes=()
)
PROSE = replace(MANUAL, line=3, end_line=3, code="VAP100", kind="prose")
PROBLEM = Problem("old.py", 0, "VAP900", "looks like Python 2, with 100 % of: it")
SOURCE = SourceFile("src/a b.py", TEXT.encode(), TEXT, "utf-8")


def scan_of(*findings: Finding, **parts: Any) -> Scan:
    empty: dict[str, Any] = {"root": ".", "endpoints": (), "problems": ()}
    return Scan(files_seen=7, files_parsed=3, findings=findings, **(empty | parts))


FULL = scan_of(
    FOUND, PROSE, MANUAL, problems=(PROBLEM,), sources=(SOURCE,), suppressed=(replace(FOUND),)
)
FORMATS: dict[str, Callable[..., str]] = {
    "sarif": render_sarif,
    "junit": render_junit,
    "gitlab": render_quality,
    "github": render_annotations,
}


def run_of(scan: Scan) -> dict[str, Any]:
    log = json.loads(render_sarif(scan, (), today=TODAY))
    Draft4Validator(SARIF, format_checker=Draft4Validator.FORMAT_CHECKER).validate(log)
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


@pytest.mark.parametrize("scan", [scan_of(), FULL], ids=["empty", "full"])
@pytest.mark.parametrize("form", FORMATS)
def test_format_gives_the_same_bytes_again_and_is_known_as_a_document(
    form: str, scan: Scan
) -> None:
    text = FORMATS[form](scan, (), today=TODAY)

    assert text == FORMATS[form](scan, (), today=TODAY)
    assert is_document(text.encode()) is bool(text)
    assert text.endswith("\n") is bool(text)


def test_sarif_has_a_rule_with_help_for_every_code() -> None:
    rules = run_of(scan_of())["tool"]["driver"]["rules"]

    assert [rule["id"] for rule in rules] == list(load_codes())
    for rule in rules:
        assert rule["shortDescription"]["text"].endswith(".")
        assert 40 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}: {rule['name']}\n")
        assert rule["helpUri"].startswith("https://")
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
        assert rule["properties"]["problem.severity"] in {"error", "warning", "recommendation"}
        assert len(rule["properties"]["tags"]) <= 10


def test_sarif_places_a_finding_in_code_units_with_its_fix() -> None:
    run = run_of(FULL)
    result = run["results"][0]
    location = result["locations"][0]["physicalLocation"]
    (change,) = result["fixes"][0]["artifactChanges"]
    units = TEXT.encode("utf-16-le")
    region = location["region"]

    assert run["columnKind"] == "utf16CodeUnits"
    assert location["artifactLocation"] == {"uri": "src/a%20b.py", "uriBaseId": "%SRCROOT%"}
    assert (
        units[2 * (region["startColumn"] - 1) : 2 * (region["endColumn"] - 1)].decode("utf-16-le")
        == "vapid"
    )
    assert change["replacements"] == [
        {"deletedRegion": region, "insertedContent": {"text": "rest/v1.0"}}
    ]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_counts_units_without_the_text_of_the_file() -> None:
    with_text, without = (
        run_of(scan_of(FOUND, sources=sources))["results"][0] for sources in ((SOURCE,), ())
    )

    assert with_text["locations"] == without["locations"]
    assert "fixes" in with_text
    assert "fixes" not in without


def test_sarif_counts_characters_in_a_notebook_that_is_not_known() -> None:
    found = replace(FOUND, marked=(START, START + 5), edits=())

    region = run_of(scan_of(found))["results"][0]["locations"][0]["physicalLocation"]["region"]

    assert region["startColumn"] == START + 1


def test_sarif_offers_no_fix_with_a_secret_in_it() -> None:
    edit = replace(FOUND.edits[0], new='x", password="abc')

    results = run_of(scan_of(replace(FOUND, edits=(edit,)), sources=(SOURCE,)))["results"]

    assert "fixes" not in results[0]


def test_sarif_says_what_is_suppressed_and_what_is_a_problem() -> None:
    results = run_of(FULL)["results"]

    assert [result["level"] for result in results] == [
        "error", "note", "warning", "error", "warning",
    ]  # fmt: skip
    assert [result.get("suppressions") for result in results] == [
        None, None, None, [{"kind": "inSource", "status": "accepted"}], None,
    ]  # fmt: skip
    assert results[-1]["ruleId"] == "VAP900"
    assert results[-1]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_sarif_keeps_within_what_code_scanning_takes() -> None:
    kept, notices = cut_results(list(range(25_002)))
    run = run_of(scan_of())
    run["invocations"][0]["toolExecutionNotifications"] = notices

    assert (kept, len(kept)) == (list(range(25_000)), MOST)
    assert notices[0]["message"]["text"] == "2 of 25,002 results are left out"
    assert cut_results(kept) == (kept, [])
    Draft4Validator(SARIF).validate({"version": "2.1.0", "runs": [run]})


def test_sarif_takes_a_code_that_it_does_not_know() -> None:
    result = run_of(scan_of(replace(PROSE, code="VAP999")))["results"][0]

    assert "ruleIndex" not in result
    assert result["level"] == "warning"


def test_sarif_message_makes_no_link() -> None:
    found = replace(PROSE, message="[click](https://h.example)")

    assert run_of(scan_of(found))["results"][0]["message"]["text"] == (
        "[click] (https://h.example)"
    )


def test_fingerprint_stays_where_lines_move_and_tells_equal_lines_apart() -> None:
    other = replace(FOUND, source_line="x = 1")
    moved = replace(FOUND, line=40, end_line=40, source_line=f"    {LINE}")

    before = identify([FOUND, FOUND, other])
    after = identify([other, moved])

    assert len(set(before)) == 3
    assert after == (before[2], before[0])


def test_fingerprint_does_not_depend_on_a_secret() -> None:
    names = {digest_line("a.py", "VAP001", f'password="{each}"') for each in ("abc", "xyz")}

    assert len(names) == 1


def test_junit_has_a_case_for_each_finding_and_problem() -> None:
    root = ET.fromstring(render_junit(FULL, (), today=TODAY))
    suites = root.findall("testsuite")

    assert root.attrib | {"time": "0"} == {
        "name": "vapid-to-rest", "tests": "4", "failures": "3", "errors": "1", "time": "0",
    }  # fmt: skip
    assert [suite.get("name") for suite in suites] == ["old.py", "src/a b.py"]
    assert [suite.get("timestamp") for suite in suites] == ["2026-01-31T00:00:00"] * 2
    assert [case.get("line") for case in root.iter("testcase")] == ["1", "1", "3", "9"]
    failure = next(root.iter("failure"))
    assert failure.get("type") == "VAP001"
    for part in ("src/a b.py:1:", "https://api.procore.com/vapid/me", "target sunset", "VAP001"):
        assert part in str(failure.text)
    assert next(root.iter("error")).get("message") == PROBLEM.message


def test_junit_of_nothing_passes() -> None:
    root = ET.fromstring(render_junit(scan_of(), (), today=TODAY))

    assert [root.get(name) for name in ("tests", "failures", "errors")] == ["1", "0", "0"]
    assert [len(case) for case in root.iter("testcase")] == [0]


def test_gitlab_has_what_code_quality_asks_for() -> None:
    issues = json.loads(render_quality(FULL, (), today=TODAY))

    assert [issue["check_name"] for issue in issues] == ["VAP001", "VAP100", "VAP006", "VAP900"]
    assert [issue["severity"] for issue in issues] == ["major", "info", "major", "minor"]
    assert [issue["location"]["lines"]["begin"] for issue in issues] == [1, 3, 9, 1]
    assert {issue["location"]["path"] for issue in issues} == {"src/a b.py", "old.py"}
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert all(issue["description"] and issue["content"]["body"] for issue in issues)


def test_github_escapes_what_would_end_a_value() -> None:
    found = replace(MANUAL, path="a,b:c%.py", message="1\r\n::error::2: 50%, \x1b")

    lines = render_annotations(scan_of(found, problems=(PROBLEM,)), (), today=TODAY).splitlines()

    assert lines == [
        (
            f"::error file=a%2Cb%3Ac%25.py,line=9,endLine=9,col={START + 1},endColumn={START + 6},"
            r"title=VAP006 vapid-shared::1\r\n::error::2: 50%25, \x1b"
        ),
        (
            "::warning file=old.py,line=1,title=VAP900 unparsed-file::"
            "looks like Python 2, with 100 %25 of: it"
        ),
    ]


def test_github_gives_no_columns_over_several_lines() -> None:
    found = replace(MANUAL, end_line=10)

    line = render_annotations(scan_of(found), (), today=TODAY)

    assert "endLine=10,title=" in line
    assert "col=" not in line


def test_scan_tells_sarif_of_what_a_comment_silences(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        "import requests\n"
        'requests.get("https://api.procore.com/vapid/me")  # vapid: ignore until June\n'
        'requests.get("https://api.procore.com/vapid/projects")\n'
    )

    shown = {
        form: CliRunner().invoke(program, ["scan", str(tmp_path), "--format", form]).stdout
        for form in ("sarif", "json")
    }

    results = json.loads(shown["sarif"])["runs"][0]["results"]
    places = [each["locations"][0]["physicalLocation"]["region"]["startLine"] for each in results]
    assert places == [3, 2]
    assert ["fixes" in each for each in results] == [True, False]
    assert ["suppressions" in each for each in results] == [False, True]
    assert len(json.loads(shown["json"])["findings"]) == 1


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "sarif", "junit", "json"])
def test_check_fails_in_every_format(form: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        'import requests\nrequests.get("https://api.procore.com/vapid/me")\n'
    )
    (tmp_path / "b.py").write_text('print "https://api.procore.com/vapid/me"\n')

    result = CliRunner().invoke(program, ["check", str(tmp_path), "--format", form])

    assert result.exit_code == 1
    assert "VAP001" in result.stdout
    assert ("VAP900" in result.stdout) is (form != "text")
    assert "b.py:1:1: VAP900" in result.stderr
    match form:
        case "sarif" | "gitlab" | "json":
            assert json.loads(result.stdout)
        case "junit":
            assert ET.fromstring(result.stdout).get("errors") == "1"


def test_patch_with_a_secret_says_so_on_stderr(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        'import requests\nrequests.get("https://api.procore.com/vapid/me?access_token=abc123")\n'
    )

    result = CliRunner().invoke(program, ["rewrite", str(tmp_path)])

    assert result.stdout.count("abc123") == 2
    assert "2 lines of the patch have a secret, which git must get as it is" in result.stderr


@pytest.mark.parametrize("client", ["rfi_export", "site_alerts", "photo_archive", "web_push_only"])
def test_scan_of_a_client_fits_the_schemas(client: str, tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parent / "clients" / client, tmp_path / "client")
    kinds = ("--rest", "--fix", "host", "--fix", "moved")

    shown = {
        form: CliRunner()
        .invoke(program, ["scan", str(tmp_path / "client"), "--format", form, *kinds])
        .stdout
        for form in ("json", "sarif", "gitlab", "junit", "github")
    }

    document = json.loads(shown["json"])
    number = len(document["findings"]) + len(document["problems"])
    Draft202012Validator(SCHEMA).validate(document)
    log = json.loads(shown["sarif"])
    Draft4Validator(SARIF).validate(log)
    assert len(log["runs"][0]["results"]) == number
    assert len(json.loads(shown["gitlab"])) == number
    assert len(shown["github"].splitlines()) == number
    cases = list(ET.fromstring(shown["junit"]).iter("testcase"))
    assert len(cases) == max(number, 1)
    names = [each["fingerprint"] for each in document["findings"]]
    assert len(set(names)) == len(names)


def many(number: int) -> tuple[Scan, tuple[Changed, ...]]:
    """Return a scan with findings, manual ones among them, in as many files, and their changes."""
    findings = [
        replace(FOUND, path=f"src/module_{n:04}.py", edits=(), line=1 + n % 2, end_line=1 + n % 2)
        for n in range(number)
    ]
    manual = [replace(each, safety=Safety.MANUAL, fix=None, line=3) for each in findings]
    changes = tuple(
        Changed(
            replace(SOURCE, path=each.path),
            TEXT.replace("vapid", "rest/v1.0").encode(),
            TEXT.replace("vapid", "rest/v1.0"),
        )
        for each in findings
    )
    return scan_of(*findings, *manual), changes


@pytest.mark.parametrize(
    ("number", "left"),
    [
        pytest.param(3, None, id="all-of-it"),
        pytest.param(90, "of 90 diffs", id="diffs"),
        pytest.param(
            2_000, "2,000 of 2,000 diffs, 1,903 of 2,000 manual places, 3,806 of", id="rows"
        ),
    ],
)
def test_markdown_fits_into_a_pull_request(number: int, left: str | None) -> None:
    page = render_markdown(*many(number), today=TODAY)

    assert len(page) <= LIMIT == 65_536
    assert ("Left out" in page) is (left is not None)
    assert left is None or left in page
    assert page.count("<details") == page.count("</details>")
    assert left is None or len(page) > LIMIT * 9 // 10, "no more than it must"
    assert f"**{2 * number:,} findings in {number:,} files" in page


END = Endpoint("GET", "/vapid/me", "/rest/v1.0/me", Status.DIRECT, None, (), ())


def test_one_finding_with_many_endpoints_leaves_room_for_the_table_in_markdown() -> None:
    ends = [replace(END, vapid=f"/vapid/projects/resource_{n}/words") for n in range(1_500)]
    notes = tuple(f"{end.name} \u2192 /rest/v1.0/x, moved" for end in ends)
    found = replace(FOUND, edits=(), endpoints=tuple(end.name for end in ends), notes=notes)
    scan = replace(scan_of(found), endpoints=tuple(ends))

    page = render_markdown(scan, (), today=TODAY)

    shown = len(re.findall(r"^\| GET \| ", page, re.MULTILINE))
    assert LIMIT * 9 // 10 < len(page) <= LIMIT
    assert shown > 200
    assert f"{1_500 - shown:,} of 1,500 endpoints, what goes beyond 5 in the endpoints" in page
    assert "  - `GET /vapid/projects/resource_4/words`\n  - and 1,495 more endpoints\n" in page
    assert "  - and 1,495 more notes\n" in page


def test_one_row_with_many_notes_is_cut_in_markdown() -> None:
    row = replace(END, notes=tuple(f"note {n} {'x' * 500}" for n in range(500)))

    page = render_markdown(replace(scan_of(FOUND), endpoints=(row,)), (), today=TODAY)

    assert LIMIT * 9 // 10 < len(page) <= LIMIT
    assert re.search(r"<br>and \d+ more notes \|", page)


def test_long_names_of_earlier_scans_are_cut_in_markdown() -> None:
    earlier = [Earlier(f"{n:03}{'<' * 250}.json", TODAY, 1, 1, 0, 0, 1) for n in range(500)]
    points = ((TODAY, 1),) * 501
    scan = replace(scan_of(FOUND), progress=Progress(tuple(earlier), points))

    page = render_markdown(scan, (), today=TODAY)

    assert LIMIT * 8 // 10 < len(page) <= LIMIT
    assert "&#60;…</code>" in page
    assert re.search(r"Left out[^.]*: \d+ of 500 earlier scans", page)
    assert "<code>499&#60;" in page, "the last ones are of interest"


def test_few_long_names_of_earlier_scans_cost_no_row_in_markdown() -> None:
    earlier = [Earlier(f"{n:03}{'<' * 250}.json", TODAY, 1, 1, 0, 0, 1) for n in range(50)]
    scan = replace(scan_of(FOUND), progress=Progress(tuple(earlier), ((TODAY, 1),) * 51))

    page = render_markdown(scan, (), today=TODAY)

    assert len(page) <= LIMIT
    assert page.count("&#60;…</code>") == 50
