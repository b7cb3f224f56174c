"""The commands as a user runs them: exit codes, streams and files."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from migrator.cli import PROGRAM_NAME, program
from migrator.cli.analysis import common_folder
from migrator.cli.exits import RefusedError
from migrator.cli.options import as_of_option
from migrator.cli.output import save, text_width, wants_color
from migrator.cli.printable import encode, printable
from migrator.cli.progress import watch_progress
from migrator.cli.result import sort_out, summarise
from migrator.cli.rewrite import write_outcome
from migrator.values import (
    Changed,
    Edit,
    Failed,
    Finding,
    Fix,
    Safety,
    Scan,
    SourceFile,
    Span,
)

ROOT = Path(__file__).parent.parent

CLIENT = """\
import requests

def list_projects(token):
    return requests.get("https://api.procore.com/vapid/projects", headers={"Authorization": token})
"""
MIGRATED = CLIENT.replace("/vapid/", "/rest/v1.0/")
REWRITE = "`vapid-to-rest rewrite --write`"
CLEAN = "print('nothing to see')\n"


class Terminal(io.StringIO):
    """A stream that a person watches."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a client that makes one call."""
    for name in ("NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "sync.py").write_text(CLIENT)
    monkeypatch.chdir(folder)
    return folder


def run(*args: str, **env: str) -> Result:
    return CliRunner(env=env).invoke(program, args, prog_name=PROGRAM_NAME)


def run_outside(
    *args: str, cwd: Path, stdout: int = subprocess.PIPE, **env: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "migrator", *args],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )


def run_on_terminal(*args: str, cwd: Path, **env: str) -> str:
    """Run the program with a terminal for its stdout; return what a person sees."""
    pty = pytest.importorskip("pty")
    screen, stdout = pty.openpty()
    os.set_blocking(screen, False)
    with os.fdopen(screen, "rb", buffering=0) as reader:
        try:
            run_outside(*args, cwd=cwd, stdout=stdout, **{"TERM": "xterm"} | env)
            return (reader.read(100_000) or b"").decode()
        finally:
            os.close(stdout)


# scan


@pytest.mark.usefixtures("client")
def test_scan_prints_what_it_finds_and_exits_0() -> None:
    result = run("scan")

    assert result.exit_code == 0
    assert "/rest/v1.0/projects" in result.stdout
    assert "sync.py" in result.stdout
    assert result.stderr == ""


@pytest.mark.usefixtures("client")
def test_scan_as_json_is_one_document() -> None:
    result = run("scan", "--format", "json", ".")

    document = json.loads(result.stdout)
    assert [(e["method"], e["vapid"]) for e in document["endpoints"]] == [
        ("GET", "/vapid/projects")
    ]


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize(
    ("form", "start"), [("markdown", "#"), ("html", "<!doctype html>")], ids=lambda value: value
)
def test_scan_prints_reports_too(form: str, start: str) -> None:
    result = run("scan", "--format", form)

    assert result.exit_code == 0
    assert result.stdout.lower().startswith(start)
    assert "/rest/v1.0/projects" in result.stdout


def test_scan_with_output_writes_the_file_and_leaves_stdout_empty(client: Path) -> None:
    result = run("scan", "-o", "found.txt", FORCE_COLOR="1")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Wrote found.txt\n")
    written = (client / "found.txt").read_text()
    assert "/rest/v1.0/projects" in written
    assert "\x1b" not in written


@pytest.mark.usefixtures("client")
def test_the_same_path_given_twice_is_scanned_once() -> None:
    once = run("scan", "--format", "json", "sync.py")
    twice = run("scan", "--format", "json", "sync.py", "sync.py", "./sync.py")

    assert twice.stdout == once.stdout


def test_path_that_starts_with_a_hyphen_is_taken_after_two_hyphens(client: Path) -> None:
    (client / "sync.py").rename(client / "-o.py")

    assert run("scan", "-o.py").exit_code == 0
    assert (client / ".py").exists(), "without the two hyphens it is the option -o"
    result = run("check", "--", "-o.py")
    assert result.exit_code == 1
    assert result.stdout.startswith("-o.py:4:")


def test_paths_outside_the_current_folder_are_scanned(
    client: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    result = run("rewrite", "--write", str(client))

    assert result.exit_code == 0
    assert (client / "sync.py").read_text() == MIGRATED


# What is refused


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "Usage: vapid-to-rest"),
        ("scann", "No such command 'scann'"),
        ("scan no-such-folder", "no-such-folder"),
        ("check no-such-file.py", "no-such-file.py"),
        ("rewrite --write no-such-file.py", "no-such-file.py"),
        ("report no-such-file.py -o r.md", "no-such-file.py"),
        ("scan ''", "a path is empty"),
        ("rewrite --write sync.py ''", "a path is empty"),
        ("scan --format pdf", "'pdf' is not one of"),
        ("scan -o nowhere/found.json", "there is no folder nowhere"),
        ("scan -o ..", "is a directory"),
        ("scan --as-of yesterday", "'yesterday' is not a day such as 2026-01-31"),
        ("scan --as-of 2026-02-30", "'2026-02-30' is not a day"),
        ("scan --as-of 20260131", "'20260131' is not a day"),
        ("scan --as-of 2026-W01-1", "'2026-W01-1' is not a day"),
        ("rewrite --fix everything", "'everything' is not"),
        ("report", "say where to write, with -o FILE"),
        ("report -o report.pdf", "'report.pdf' has no suffix"),
        ("report -o report", ".html, .md, .json"),
        ("report -o nowhere/report.md", "there is no folder nowhere"),
    ],
)
def test_wrong_use_exits_2_with_a_message_on_stderr(line: str, message: str) -> None:
    result = run(*shlex.split(line))

    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_document_that_cannot_be_written_exits_2(client: Path) -> None:
    result = run("scan", "-o", "x" * 300)

    assert result.exit_code == 2
    assert "too long" in result.stderr
    assert [path.name for path in client.iterdir()] == ["sync.py"]


def test_settings_that_cannot_be_read_exit_2(client: Path) -> None:
    (client / "pyproject.toml").write_text("[tool.vapid-to-rest]\nno-such-key = 1\n")

    result = run("scan")

    assert result.exit_code == 2
    assert "no-such-key" in result.stderr


def test_wrong_source_date_epoch_exits_2(client: Path) -> None:
    result = run("scan", str(client), SOURCE_DATE_EPOCH="soon")

    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH is not a number of seconds: 'soon'" in result.stderr


def test_refusal_does_not_pass_on_escape_codes() -> None:
    assert RefusedError("no such file: \x1b[2J\x07").message == r"no such file: \x1b[2J\x07"


# The day


@pytest.mark.parametrize(
    ("args", "epoch", "day"),
    [
        (["--as-of", "2026-01-31"], None, "2026-01-31"),
        ([], "86400", "1970-01-02"),
        (["--as-of", "2026-01-31"], "86400", "2026-01-31"),
    ],
    ids=["option", "environment", "option-before-environment"],
)
def test_day_is_fixed_by(args: list[str], epoch: str | None, day: str) -> None:
    @click.command()
    @as_of_option()
    def show(today: date) -> None:
        click.echo(today.isoformat())

    result = CliRunner(env={"SOURCE_DATE_EPOCH": epoch}).invoke(show, args)

    assert result.stdout == f"{day}\n"


def test_day_is_otherwise_today() -> None:
    days = []

    @click.command()
    @as_of_option()
    def show(today: date) -> None:
        days.append(today)

    earliest = datetime.now().astimezone().date()
    CliRunner(env={"SOURCE_DATE_EPOCH": None}).invoke(show, [])

    assert earliest <= days[0] <= datetime.now().astimezone().date()


# check


@pytest.mark.usefixtures("client")
def test_check_prints_a_line_a_finding_and_exits_1() -> None:
    result = run("check")

    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith("sync.py:4:50: VAP")
    assert result.stderr.count("\n") == 1


def test_check_of_a_clean_file_is_silent_and_exits_0(client: Path) -> None:
    (client / "clean.py").write_text(CLEAN)

    result = run("check", "clean.py")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_check_names_a_file_that_cannot_be_parsed_and_goes_by_the_findings(client: Path) -> None:
    (client / "sync.py").write_text("print 'the vapid word, and no call'\n")

    result = run("check")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("sync.py:1:1: VAP900 ")


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (CLIENT, f"1 finding: 1 for {REWRITE}. "),
        ("# /vapid/projects\n", "1 finding: 1 for a person, 1 of them in prose. "),
        (
            f"{CLIENT}# /vapid/projects\nx = 'curl https://api.procore.com/vapid/me'\n",
            f"3 findings: 1 for {REWRITE}, 2 for a person, 1 of them in prose. ",
        ),
    ],
    ids=["edit", "prose", "all"],
)
def test_check_says_what_can_be_done(client: Path, text: str, advice: str) -> None:
    (client / "sync.py").write_text(text)

    result = run("check")

    assert result.stderr == (
        f"{advice}To silence one, end its line in `# vapid: ignore`; "
        "a file, `exclude` it in pyproject.toml\n"
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sync.py", "# /vapid/projects, as it was  # vapid: ignore\n"),
        ("sync.py", "'''\nCalls /vapid/projects.  # vapid: ignore[VAP100]\n'''\n"),
        ("README.md", "Calls `/vapid/projects`. <!-- # vapid: ignore -->\n"),
        ("README.md", "<!--\n# vapid: ignore-file\n-->\nCalls `/vapid/projects`.\n"),
        (".env", "BASE=https://api.procore.com/vapid  # vapid: ignore\n"),
    ],
    ids=["comment", "docstring", "document-line", "document", "settings"],
)
def test_prose_and_settings_can_be_silenced(client: Path, name: str, text: str) -> None:
    (client / name).write_text(text)
    silenced = run("check", name)
    (client / name).write_text(text.replace("vapid: ignore", "note"))
    told = run("check", name)

    assert (silenced.exit_code, told.exit_code) == (0, 1)


@pytest.mark.parametrize("command", ["check", "rewrite", "rewrite --write"])
def test_problem_is_told_once_and_on_stderr(client: Path, command: str) -> None:
    (client / "old.py").write_text("print 'https://api.procore.com/vapid/me'\n")

    result = run(*command.split())

    assert result.stderr.count("VAP900") == 1
    assert "VAP900" not in result.stdout


# rewrite


def test_rewrite_prints_a_diff_that_git_applies_and_changes_nothing(client: Path) -> None:
    result = run("rewrite")

    assert result.exit_code == 1
    assert (client / "sync.py").read_text() == CLIENT
    assert result.stderr == "1 file would be changed, 0 places left for a person\n"
    subprocess.run(["git", "apply"], input=result.stdout_bytes, cwd=client, check=True)
    assert (client / "sync.py").read_text() == MIGRATED


def test_rewrite_of_a_clean_file_prints_no_diff_and_exits_0(client: Path) -> None:
    (client / "sync.py").write_text(CLEAN)

    result = run("rewrite")

    assert (result.exit_code, result.stdout) == (0, "")


def test_rewrite_diff_is_the_exact_bytes_of_the_files(client: Path) -> None:
    data = b"# coding: latin-1\r\n" + CLIENT.replace("\n", "\r\n").encode() + b"# caf\xe9\r\n"
    (client / "sync.py").write_bytes(data)

    result = run("rewrite")

    assert b" # caf\xe9\r\n" in result.stdout_bytes
    assert b'("https://api.procore.com/rest/v1.0/projects", headers' in result.stdout_bytes


@pytest.mark.usefixtures("client")
def test_rewrite_diff_that_is_kept_is_never_coloured() -> None:
    assert run("rewrite", FORCE_COLOR="1").stdout_bytes == run("rewrite").stdout_bytes


def test_rewrite_diff_on_a_terminal_is_coloured(client: Path) -> None:
    shown = run_on_terminal("rewrite", cwd=client)

    assert "\x1b[" in shown
    assert "/rest/v1.0/projects" in shown


def test_rewrite_diff_on_a_terminal_without_colour_has_no_escape_codes(client: Path) -> None:
    (client / "sync.py").write_text(CLIENT + "# ends in \x1b[2J\n")

    shown = run_on_terminal("rewrite", cwd=client, NO_COLOR="1")

    assert "\x1b" not in shown
    assert "\\x1b[2J" in shown
    assert "/rest/v1.0/projects" in shown


def test_rewrite_write_changes_the_file_once(client: Path) -> None:
    first = run("rewrite", "--write")
    second = run("rewrite", "--write")

    assert first.exit_code == 0
    assert first.stdout == (
        "sync.py: 1 place changed\n1 file changed, 0 places left for a person\n"
    )
    assert (client / "sync.py").read_text() == MIGRATED
    assert second.exit_code == 0
    assert second.stdout == "0 files changed, 0 places left for a person\n"


def test_rewrite_write_says_what_is_left_for_a_person_and_exits_1(client: Path) -> None:
    (client / "sync.py").write_text(CLIENT + "# Calls /vapid/projects once an hour.\n")

    result = run("rewrite", "--write", "--fix", "namespace")

    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[:2] == ["sync.py: 1 place changed", "Left for a person:"]
    assert lines[2].startswith("sync.py:5:10: VAP")
    assert lines[3:] == ["1 file changed, 1 place left for a person"]


def make_finding(column: int, *spans: Span, code: str = "VAP001") -> Finding:
    edits = tuple(Edit(span, "vapid", "rest/v1.0", Fix.NAMESPACE, Safety.SAFE) for span in spans)
    return Finding(
        path="a.py",
        line=1,
        column=column,
        end_line=1,
        end_column=column + 5,
        code=code,
        message="is\x1b[31m spelled here",
        safety=Safety.SAFE if edits else Safety.MANUAL,
        source_line="",
        edits=edits,
    )


def make_change(path: str, before: str = "old", after: str = "new") -> Changed:
    source = SourceFile(path=path, data=before.encode(), text=before, encoding="utf-8")
    return Changed(before=source, after=after.encode(), text=after)


def make_scan(*findings: Finding) -> Scan:
    return Scan(
        root=".", files_seen=1, files_parsed=1, endpoints=(), findings=findings, problems=()
    )


def test_column_of_what_is_left_is_the_one_after_the_edits() -> None:
    done = make_finding(5, Span("a.py", 4, 9))
    left = make_finding(30, code="VAP002")
    before = make_finding(1, code="VAP002")
    change = make_change("a.py", "'///vapid/" + " " * 40, "'///rest/v1.0/" + " " * 40)

    result = sort_out(make_scan(before, done, left), [change], frozenset({Fix.NAMESPACE}))

    assert (result.done, result.left) == ((done,), (before, left))
    assert summarise(result) == (
        "a.py: 1 place changed\n"
        "Left for a person:\n"
        "a.py:1:1: VAP002 is\\x1b[31m spelled here\n"
        "a.py:1:34: VAP002 is\\x1b[31m spelled here\n"
        "1 file changed, 2 places left for a person\n"
    )


def test_line_of_what_is_left_is_the_one_after_the_edits() -> None:
    edit = Edit(Span("a.py", 0, 0), "", "import os\n", Fix.COMPANY_HEADER, Safety.UNSAFE)
    done = replace(make_finding(1, code="VAP011"), edits=(edit,), safety=Safety.UNSAFE)
    left = replace(make_finding(5, code="VAP011"), line=2)
    change = make_change("a.py", "one\ntwo three\n", "import os\none\ntwo three\n")

    result = sort_out(make_scan(done, left), [change], frozenset({Fix.COMPANY_HEADER}))

    assert "a.py:3:5: VAP011" in summarise(result)


@pytest.mark.parametrize(
    "outcomes",
    [
        [Failed("a.py", "it changed meanwhile")],
        [make_change("a.py"), Failed("b.py", "no")],
    ],
    ids=["file-failed", "one-of-two-files-failed"],
)
def test_finding_is_left_unless_all_its_edits_were_made(
    outcomes: list[Changed | Failed],
) -> None:
    finding = make_finding(5, Span("a.py", 4, 6), Span("b.py", 0, 3))

    result = sort_out(make_scan(finding), outcomes, frozenset({Fix.NAMESPACE}))

    assert (result.done, result.left) == ((), (finding,))


def test_finding_of_a_kind_that_was_not_asked_for_is_neither_done_nor_left() -> None:
    finding = make_finding(5, Span("a.py", 4, 6))

    result = sort_out(make_scan(finding), [make_change("a.py")], frozenset({Fix.HOST}))

    assert (result.done, result.left) == ((), ())


def test_file_that_changed_since_it_was_read_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"edited meanwhile")

    outcome = write_outcome(make_change("a.py"), tmp_path)

    assert isinstance(outcome, Failed)
    assert (tmp_path / "a.py").read_bytes() == b"edited meanwhile"


def test_failure_to_migrate_stays_a_failure_when_written(tmp_path: Path) -> None:
    assert write_outcome(Failed("a.py", "why"), tmp_path) == Failed("a.py", "why")


def test_rewrite_write_that_fails_says_so_and_exits_1(
    client: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def migrate_files(scan: Scan, fixes: frozenset[Fix], _also: object) -> tuple[Failed, ...]:
        return tuple(Failed(source.path, f"no {'/'.join(fixes)}") for source in scan.sources)

    monkeypatch.setattr("migrator.rewriting.migrate_files", migrate_files)

    result = run("rewrite", "--write")

    assert result.exit_code == 1
    assert result.stderr == "sync.py: not changed: no namespace\n"
    assert "0 files changed, 1 place left for a person" in result.stdout
    assert (client / "sync.py").read_text() == CLIENT


# report


@pytest.mark.parametrize("name", ["report.html", "report.md", "report.json", "REPORT.HTML"])
def test_report_is_written_in_the_form_of_its_suffix(client: Path, name: str) -> None:
    result = run("report", "-o", name, "--as-of", "2026-01-31")

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"Wrote {name}\n")
    written = (client / name).read_text()
    assert "/rest/v1.0/projects" in written
    start = {".html": "<!doctype html>", ".md": "#", ".json": "{"}[Path(name).suffix.lower()]
    assert written.lower().startswith(start)
    assert (client / "sync.py").read_text() == CLIENT


def test_report_is_the_same_on_every_run(client: Path) -> None:
    run("report", "-o", "a.html", SOURCE_DATE_EPOCH="0")
    run("report", "sync.py", "-o", "b.html", SOURCE_DATE_EPOCH="0")

    assert (client / "a.html").read_bytes() == (client / "b.html").read_bytes()


# Documents


def test_saved_document_replaces_an_old_one_and_keeps_its_mode_and_links(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "real.txt").chmod(0o640)
    (tmp_path / "link.txt").symlink_to("real.txt")

    save(tmp_path / "link.txt", b"new")

    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"new"
    assert (tmp_path / "real.txt").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.txt", "real.txt"]


def test_saved_document_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other.txt").touch()

    save(tmp_path / "new.txt", b"new")

    assert (tmp_path / "new.txt").stat().st_mode == (tmp_path / "other.txt").stat().st_mode


def test_document_goes_to_a_device_as_it_is() -> None:
    save(Path(os.devnull), b"new")

    assert not Path(os.devnull).is_file()


# Streams


@pytest.mark.parametrize(
    ("env", "stream", "wanted"),
    [
        ({}, Terminal(), True),
        ({}, io.StringIO(), False),
        ({"TERM": "dumb"}, Terminal(), False),
        ({"NO_COLOR": "1"}, Terminal(), False),
        ({"NO_COLOR": ""}, Terminal(), True),
        ({"FORCE_COLOR": "1"}, io.StringIO(), True),
        ({"FORCE_COLOR": ""}, io.StringIO(), False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, Terminal(), True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, Terminal(), False),
    ],
    ids=[
        "terminal",
        "pipe",
        "dumb",
        "no-color",
        "no-color-empty",
        "force-color",
        "force-color-empty",
        "force-color-on-dumb",
        "no-color-wins",
    ],
)
def test_colour_is_for_terminals_and_as_the_environment_says(
    env: dict[str, str], stream: io.StringIO, wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in env.items():
        monkeypatch.setenv(name, value)

    assert wants_color(stream) is wanted


@pytest.mark.usefixtures("client")
def test_scan_is_coloured_where_colour_is_wanted() -> None:
    assert "\x1b[" in run("scan", FORCE_COLOR="1").stdout
    assert "\x1b[" not in run("scan").stdout


def test_scan_on_a_terminal_is_coloured(client: Path) -> None:
    assert "\x1b[" in run_on_terminal("scan", cwd=client)
    assert "\x1b[" not in run_on_terminal("scan", cwd=client, NO_COLOR="1")


def test_width_is_the_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "71")
    monkeypatch.setattr(sys, "stdout", Terminal())

    assert text_width() == 71


def test_width_elsewhere_is_always_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "71")
    monkeypatch.setattr(sys, "stdout", io.StringIO())

    assert text_width() == 100


@pytest.mark.parametrize(
    ("text", "bytes_"),
    [("é → b", "é → b".encode()), ("caf\udce9.py", rb"caf\udce9.py")],
    ids=["text", "undecodable-file-name"],
)
def test_encoded_text_is_always_utf_8(text: str, bytes_: bytes) -> None:
    assert encode(text) == bytes_


def test_printable_text_keeps_words_and_spells_out_the_rest() -> None:
    assert printable("é\tb\r\x1b[0m\n") == "é\tb\\r\\x1b[0m\\n"
    assert printable("a ::error::b ##[c]") == "a :\\x3aerror::b #\\x23[c]"


def test_output_is_utf_8_in_any_locale(client: Path) -> None:
    text = CLIENT + "requests.get('https://api.procore.com/vapid/me')  # Café\n"
    (client / "sync.py").write_text(text, encoding="utf-8")

    result = run_outside("scan", cwd=client, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert (result.returncode, result.stderr) == (0, b"")
    assert "Café" in result.stdout.decode("utf-8")


@pytest.mark.once
@pytest.mark.parametrize(
    ("args", "code"),
    [(["scan"], 0), (["check"], 1), (["rewrite"], 1)],
    ids=str,
)
def test_reader_that_stops_reading_changes_neither_exit_code_nor_stderr(
    client: Path, args: list[str], code: int
) -> None:
    reader, writer = os.pipe()
    os.close(reader)

    try:
        result = run_outside(*args, cwd=client, stdout=writer)
    finally:
        os.close(writer)

    assert result.returncode == code
    assert b"roken" not in result.stderr
    assert b"Traceback" not in result.stderr


# Progress


def test_progress_is_drawn_for_a_person_who_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()

    with watch_progress(stream, patience=0) as show:
        assert show is not None
        show("reading", 1, 2)
        show("reading", 2, 2)

    assert "reading" in stream.getvalue()


def test_progress_of_a_short_run_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()

    with watch_progress(stream, patience=60) as show:
        assert show is not None
        show("reading", 1, 1)

    assert stream.getvalue() == ""


def test_progress_is_not_drawn_where_nobody_watches() -> None:
    with watch_progress(io.StringIO(), patience=0) as show:
        assert show is None


# Where settings are looked for


@pytest.mark.parametrize(
    ("paths", "folder"),
    [
        ((".",), "."),
        (("a/b",), "a/b"),
        (("a/b/c.py",), "a/b"),
        (("a/b/c.py", "a/d"), "a"),
        (("a/b", "../x"), ".."),
        (("a/missing.py",), "a"),
    ],
    ids=["here", "folder", "file", "two", "outside", "missing"],
)
def test_settings_are_those_of_the_innermost_common_folder(
    tmp_path: Path, paths: tuple[str, ...], folder: str
) -> None:
    cwd = tmp_path / "cwd"
    (cwd / "a/b").mkdir(parents=True)
    (cwd / "a/b/c.py").touch()

    assert common_folder(paths, cwd) == (cwd / folder).resolve()


def test_settings_of_paths_with_nothing_in_common_are_those_of_the_current_folder(
    tmp_path: Path,
) -> None:
    assert common_folder((), tmp_path) == tmp_path


# The program


def test_version_is_printed_by_the_module_too(tmp_path: Path) -> None:
    result = run_outside("--version", cwd=tmp_path)

    assert result.stdout.decode() == run("--version").stdout
    assert result.stdout.startswith(b"vapid-to-rest ")


def test_commands_are_listed_in_the_order_of_a_migration() -> None:
    commands = run("--help").stdout.partition("Commands:")[2]

    order = ["scan", "rewrite", "report", "check", "prove", "verify", "serve", "explain", "rules"]
    assert [line.split()[0] for line in commands.splitlines() if line[2:3].strip()][:9] == order


def test_rules_are_listed_without_being_imported_and_run_when_asked_for() -> None:
    from migrator.cli.rules import rules

    result = run("rules", "--help")

    assert result.exit_code == 0
    for name, command in rules.commands.items():
        assert name in result.stdout
        assert run("rules", name, "--help").exit_code == 0
        assert command.get_short_help_str(200) in " ".join(result.stdout.split())
