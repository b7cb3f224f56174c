"""A saved scan is shown again, and compared with later ones, without its sources."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from migrator.cli import program
from migrator.progress import compare
from migrator.resources import data_folder
from migrator.saved import SavedError, attach_lines, read_saved
from migrator.values import Basis, Outlook, Standing

SCHEMA = json.loads((data_folder("reports") / "scan.schema.json").read_text("utf-8"))
CALL = 'requests.get("https://api.procore.com/vapid/{}")\n'
CLIENT = "import requests\n" + "".join(CALL.format(name) for name in ("me", "projects", "todos"))
HOOKS = 'requests.get("https://api.procore.com/rest/v1.0/me")\n'
DAY = ("--as-of", "2026-01-31")
FORMS = ("text", "json", "sarif", "github", "gitlab", "junit", "markdown", "html")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "src").mkdir()
    (tmp_path / "src/sync.py").write_text(CLIENT)
    assert run("scan", "src", "--rest", "--format", "json", "-o", "old.json", *DAY).exit_code == 0
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(program, list(args))


def load(text: str) -> Any:
    document = json.loads(text)
    Draft202012Validator(SCHEMA).validate(document)
    return document


@pytest.mark.parametrize("form", FORMS)
def test_saved_scan_is_shown_in_each_format(form: str, folder: Path) -> None:
    fresh = run("report", "src", "--format", form, *DAY).stdout
    (folder / "src/sync.py").unlink()

    saved = run("report", "--from", "old.json", "--format", form)

    assert saved.exit_code == 0
    assert fresh
    assert "sync.py" in saved.stdout
    assert 'get("https' not in saved.stdout
    match form:
        case "json" | "gitlab" | "github":
            assert saved.stdout == fresh
        case "sarif":
            keys = ("ruleId", "message", "locations", "partialFingerprints", "level")
            new, old = (json.loads(text)["runs"][0]["results"] for text in (fresh, saved.stdout))
            assert [[row[key] for key in keys] for row in new] == [
                [row[key] for key in keys] for row in old
            ]
        case "junit":
            assert len(list(ET.fromstring(saved.stdout).iter("failure"))) == 3
        case _:
            assert "/rest/v1.0/projects" in saved.stdout


def test_saved_scan_shows_lines_that_still_are_what_they_were(folder: Path) -> None:
    file = folder / "src/sync.py"
    file.write_text(CLIENT.replace("vapid/projects", "vapid/people"))

    text = run("report", "--from", "old.json", "--format", "text").stdout

    assert text.count("^^^^^") == 2
    assert "vapid/people" not in text
    assert 'get("https://api.procore.com/vapid/me")' in text


def test_outlook_and_hints_are_read_back(folder: Path) -> None:
    calls = (
        "post('https://api.procore.com/vapid/webhooks/hooks')",
        "get('https://api.procore.com/vapid/change_order_change_reasons')",
        "post('https://api.procore.com/rest/v1.0/webhooks/hooks')",
    )
    code = "".join(f"requests.{call}\n" for call in calls)
    (folder / "src/sync.py").write_text(f"import requests\n{code}")
    run("scan", "src", "--rest", "--format", "json", "-o", "new.json", *DAY)
    load((folder / "new.json").read_text())

    scan = read_saved(folder / "new.json").scan

    reasons, hooks = scan.endpoints
    assert reasons.hints == (
        "query param required in REST v1.0 docs, absent from vapid docs: company_id",
    )
    assert hooks.outlook.sunset == date(2026, 9, 16)
    assert hooks.outlook.successors[0].basis is Basis.INFERRED
    assert scan.rest is not None
    assert scan.rest[0].outlook == hooks.outlook


def test_scan_of_a_version_without_outlooks_is_read(folder: Path) -> None:
    document = json.loads((folder / "old.json").read_text())
    assert not {"sunset", "successors", "hints"} & set(document["endpoints"][0])

    assert read_saved(folder / "old.json").scan.endpoints[0].outlook == Outlook()


@pytest.mark.parametrize("path", ["/etc/hostname", "../sync.py", "a\0b", "src", "gone.py"])
def test_no_line_is_read_from_elsewhere(path: str, folder: Path) -> None:
    scan = read_saved(folder / "old.json").scan
    finding = replace(scan.findings[0], path=path)

    found = attach_lines(replace(scan, findings=(finding,)), folder).findings[0]

    assert found.source_line == ""


def test_line_that_a_file_no_longer_has_is_not_shown(folder: Path) -> None:
    (folder / "src/sync.py").write_text("import requests\n")

    saved = attach_lines(read_saved(folder / "old.json").scan, folder)

    assert {finding.source_line for finding in saved.findings} == {""}


def test_day_of_a_saved_scan_counts_unless_another_is_named(folder: Path) -> None:
    assert folder
    page = run("report", "--from", "old.json", "--format", "markdown").stdout
    other = run("report", "--from", "old.json", "--format", "markdown", "--as-of", "2026-03-01")

    assert "Made on 2026-01-31 by" in page
    assert "Made on 2026-03-01 by" in other.stdout


def test_rest_calls_that_stand_are_counted_again(folder: Path) -> None:
    (folder / "src/hooks.py").write_text(
        "import requests\n" + HOOKS * 3 + HOOKS.replace("me", "companies")
    )
    (folder / "src/old.py").write_text('print "https://api.procore.com/vapid/me"\n')
    (folder / "src/gone.py").write_text("import requests\n" + HOOKS.replace("me", "no/such"))
    run("scan", "src", "--rest", "--format", "json", "-o", "rest.json", *DAY)
    document = load((folder / "rest.json").read_text())

    text = run("report", "--from", "rest.json", "--format", "text").stdout
    again = load(run("report", "--from", "rest.json", "--format", "json").stdout)

    assert document["summary"]["rest_standing"] == 4
    assert [call["status"] for call in document["rest"]] == ["unknown"]
    assert [problem["path"] for problem in document["problems"]] == ["src/old.py"]
    assert "4 other Rest calls stand." in text
    assert again == document


def test_counts_are_read_as_counts_however_high(folder: Path) -> None:
    document = json.loads((folder / "old.json").read_text())
    document["summary"] |= {"rest_by_status": {"current": 10**8}, "rest_standing": 10**9}
    (folder / "high.json").write_text(json.dumps(document))

    saved = read_saved(folder / "high.json").scan

    assert saved.rest == ()
    assert saved.standing == Standing(10**8, 10**9)
    shown = run("report", "--from", "high.json", "--format", "text").stdout
    again = load(run("report", "--from", "high.json", "--format", "json").stdout)
    assert "1,000,000,000 Rest calls stand." in shown
    assert again["summary"] == document["summary"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 5_000])
@pytest.mark.parametrize("field", ["root", "path"])
def test_name_that_no_file_has_is_text(field: str, name: str, form: str, folder: Path) -> None:
    document = json.loads((folder / "old.json").read_text())
    (document if field == "root" else document["findings"][0])[field] = name
    (folder / "odd.json").write_text(json.dumps(document))

    result = run("report", "--from", "odd.json", "--format", form)

    assert result.exit_code == 0
    assert "\0" not in result.stdout


@pytest.mark.parametrize("form", FORMS)
def test_endpoints_without_calls_are_shown(form: str, folder: Path) -> None:
    document = json.loads((folder / "old.json").read_text())
    for each in document["endpoints"]:
        each["calls"] = []
    (folder / "odd.json").write_text(json.dumps(document))

    assert run("report", "--from", "odd.json", "--format", form).exit_code == 0


Damage = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        pytest.param(lambda d: d.update(schema=2), "schema is not 1", id="version"),
        pytest.param(lambda d: d.update(schema=True), "schema is not what", id="truth"),
        pytest.param(lambda d: d.pop("root"), "root is missing", id="missing"),
        pytest.param(lambda d: d.update(findings={}), "findings is not what", id="kind"),
        pytest.param(lambda d: d.update(problems=[1]), "problems[0] is not an object", id="item"),
        pytest.param(
            lambda d: d["findings"][1].update(line=0), "findings[1].line is less than 1", id="line"
        ),
        pytest.param(
            lambda d: d["findings"][0].update(safety="sure"),
            "findings[0].safety is none of safe, unsafe, manual",
            id="word",
        ),
        pytest.param(
            lambda d: d["findings"][0].update(endpoints=[1]),
            "findings[0].endpoints is not a list of texts",
            id="texts",
        ),
        pytest.param(lambda d: d["findings"][0].update(fix=3), "findings[0].fix is", id="fix"),
        pytest.param(
            lambda d: d["findings"][0].update(code="VAP001<img src=x>"),
            "findings[0].code is not such as VAP001",
            id="code",
        ),
        pytest.param(
            lambda d: d["findings"][0].update(code="VAP001\n"), "findings[0].code is", id="code-end"
        ),
        pytest.param(
            lambda d: d.update(problems=[{"path": "a", "line": 1, "code": "\x1b", "message": "b"}]),
            "problems[0].code is not such as VAP001",
            id="code-of-a-problem",
        ),
        pytest.param(
            lambda d: d["findings"][1].update(fingerprint='"><img src=x>'),
            "findings[1].fingerprint is not such as 0123456789abcdef:1",
            id="fingerprint",
        ),
        pytest.param(lambda d: d.update(date="soon"), "date is not a day", id="date"),
        pytest.param(lambda d: d.update(date="20260131"), "date is not a day", id="date-form"),
        pytest.param(
            lambda d: d["findings"][0].update(line=10**10),
            "findings[0].line is more than 1,000,000,000",
            id="line-beyond-all",
        ),
        pytest.param(
            lambda d: d["summary"].update(files_seen=-1),
            "summary.files_seen is less than 0",
            id="count",
        ),
        pytest.param(
            lambda d: d["summary"].update(rest_standing=10**10),
            "summary.rest_standing is more than 1,000,000,000",
            id="count-beyond-all",
        ),
        pytest.param(lambda d: d.update(summary=[]), "summary is not what", id="summary"),
    ],
)
@pytest.mark.parametrize("option", ["--from", "--compare"])
def test_damaged_scan_is_refused_with_the_reason(
    damage: Damage, reason: str, option: str, folder: Path
) -> None:
    document = json.loads((folder / "old.json").read_text())
    damage(document)
    (folder / "bad.json").write_text(json.dumps(document))

    result = run("report", option, "bad.json", "-o", "new.md")

    assert result.exit_code == 2
    assert f"bad.json: is not a scan that this version can read: {reason}" in result.stderr
    assert not (folder / "new.md").exists()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b'{"schema": 1, "ver', "is not JSON, or only a part of it", id="cut"),
        pytest.param(b"\xff\xfe", "is not JSON", id="binary"),
        pytest.param(b"[" * 100_000, "is not JSON", id="deep"),
        pytest.param(b"[]", "the whole is not an object", id="list"),
        pytest.param(None, "cannot be read: No such file", id="gone"),
    ],
)
def test_what_is_no_scan_is_refused(data: bytes | None, reason: str, tmp_path: Path) -> None:
    if data is not None:
        (tmp_path / "bad.json").write_bytes(data)

    result = run("report", "--from", str(tmp_path / "bad.json"), "--format", "text")

    assert result.exit_code == 2
    assert reason in result.stderr
    with pytest.raises(SavedError):
        read_saved(tmp_path / "bad.json")


def test_scan_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "large.json").open("wb") as file:
        file.truncate(200_000_001)

    with pytest.raises(SavedError, match="larger than 200 MB"):
        read_saved(tmp_path / "large.json")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero")
def test_device_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrator.saved._LARGEST", 3_000_000)

    result = run("report", "--from", "/dev/zero", "--format", "text")

    assert (result.exit_code, result.stderr) == (2, "Error: /dev/zero: is larger than 3 MB\n")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("--from old.json src --format text", "leave out PATHS and --fix"),
        ("--from old.json --fix host --format text", "leave out PATHS and --fix"),
        ("--from old.json -o old.json", "old.json is one of the scans to read"),
        ("--compare old.json -o ./old.json", "old.json is one of the scans to read"),
        ("--compare old.json --format sarif", "--compare shows in text, json, markdown, html"),
        ("--from old.json", "say where to write"),
    ],
)
def test_wrong_use_of_saved_scans_exits_2(line: str, message: str, folder: Path) -> None:
    assert folder
    result = run("report", *line.split())

    assert result.exit_code == 2
    assert message in result.stderr


def test_progress_tells_what_is_done_new_and_left(folder: Path) -> None:
    lines = CLIENT.splitlines(keepends=True)
    moved = ["# a line that was not there\n", *lines[:2], "if True:\n", f"    {lines[2]}"]
    (folder / "src/sync.py").write_text("".join([*moved, CALL.format("users")]))

    progress = load(
        run(
            "report", "src", "--compare", "old.json", "--format", "json", "--as-of", "2026-02-28"
        ).stdout
    )["progress"]

    assert progress["earlier"] == [
        {
            "name": "old.json", "date": "2026-01-31", "findings": 3, "calls": 3,
            "done": 1, "new": 1, "left": 2,
        }
    ]  # fmt: skip
    assert progress["points"] == [
        {"date": "2026-01-31", "findings": 3}, {"date": "2026-02-28", "findings": 3},
    ]  # fmt: skip


def test_several_scans_stand_in_the_order_of_their_days(folder: Path) -> None:
    (folder / "src/sync.py").write_text(CLIENT.rpartition("requests")[0])
    run("scan", "src", "--format", "json", "-o", "later.json", "--as-of", "2026-05-04")
    (folder / "src/sync.py").write_text("import requests\n" + CALL.format("me"))
    compared = ("--compare", "later.json", "--compare", "old.json", "--compare", "old.json")

    page = run("report", "src", *compared, "--format", "markdown", "--as-of", "2026-06-01").stdout
    text = run("report", "src", *compared, "--format", "text", "--as-of", "2026-06-01").stdout

    rows = [line for line in page.splitlines() if line.startswith(("| `old", "| `later"))]
    assert rows == [
        "| `old.json` | 2026-01-31 | 3 | 2 | 0 | 1 |",
        "| `later.json` | 2026-05-04 | 2 | 1 | 0 | 1 |",
    ]
    assert "Findings over time: 3 (2026-01-31) → 2 (2026-05-04) → 1 (2026-06-01)." in page
    assert "Findings over time: 3 → 2 → 1" in text
    assert "old.json    2026-01-31        3        2        0        1" in text


def test_scan_of_an_older_version_is_compared_by_what_is_said(folder: Path) -> None:
    document = json.loads((folder / "old.json").read_text())
    del document["date"]
    for finding in document["findings"]:
        del finding["fingerprint"]
    (folder / "old.json").write_text(json.dumps(document))
    (folder / "src/sync.py").write_text("\n\n" + CLIENT.rpartition("requests")[0])

    result = run("report", "src", "--compare", "old.json", "--format", "text")

    assert "old.json  ?                 3        1        0        2" in result.stdout
    assert "?" in run("report", "src", "--compare", "old.json", "--format", "markdown").stdout


def test_name_of_an_earlier_scan_is_harmless(folder: Path) -> None:
    saved = read_saved(folder / "old.json")
    scan = compare(saved.scan, [("a|`b`\x1b]<i>", saved)], today=date(2026, 1, 31))

    assert scan.progress is not None
    (folder / "a|`b`\x1b]<i>.json").write_text((folder / "old.json").read_text())
    for form in ("text", "markdown"):
        page = run(
            "report", "--from", "old.json", "--compare", "a|`b`\x1b]<i>.json", "--format", form
        )
        assert "\x1b" not in page.stdout
        assert "<i>" not in page.stdout or form == "text"
