"""Findings that a project knows of: which are hidden, which count, and what the file looks like."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrator.baseline import BaselineError, read_baseline, write_baseline
from migrator.cli import program
from migrator.documents import is_document
from migrator.glance import is_clean_check

HEAD = '{"vapid-to-rest baseline": 1}'
BASE = """import requests

ROOT = "https://api.procore.com/vapid"
"""
CALLS = """from base import ROOT, requests

def me():
    return requests.get(ROOT + "/me")
"""
OTHER = """import requests

requests.get("https://api.procore.com/vapid/companies")
"""
PROJECTS = '\ndef projects():\n    return requests.get(f"{ROOT}/projects")\n'
AGAIN = '\ndef me_again():\n    return requests.get(ROOT + "/me")\n'
Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name, text in {"base.py": BASE, "calls.py": CALLS, "other.py": OTHER}.items():
        (tmp_path / name).write_text(text, "utf-8")
    written = run("check", "--baseline", "known.jsonl", "--write-baseline")
    assert (written.exit_code, written.stdout) == (0, "")
    return tmp_path


def run(command: str, *arguments: str) -> Result:
    return CliRunner().invoke(program, [command, *arguments])


def check(*arguments: str) -> Result:
    return run("check", "--baseline", "known.jsonl", *arguments)


def codes(result: Result) -> list[str]:
    return [line.partition(" ")[0].rpartition(":")[0] for line in result.stdout.splitlines()]


def edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def test_known_findings_are_hidden_and_the_check_passes(folder: Path) -> None:
    result = check()

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert run("check").exit_code == 1
    assert run("scan", "--baseline", "known.jsonl", "--format", "json").exit_code == 0
    assert is_document((folder / "known.jsonl").read_bytes())


def test_file_has_a_line_for_each_endpoint_of_each_place(folder: Path) -> None:
    head, *rows = map(json.loads, (folder / "known.jsonl").read_text("utf-8").splitlines())

    assert head == {"vapid-to-rest baseline": 1}
    assert rows == [
        {
            "path": "base.py",
            "code": "VAP001",
            "endpoint": "GET /vapid/me",
            "line": 'ROOT = "https://api.procore.com/vapid"',
        },
        {
            "path": "other.py",
            "code": "VAP001",
            "endpoint": "GET /vapid/companies",
            "line": 'requests.get("https://api.procore.com/vapid/companies")',
        },
    ]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("base.py", lambda text: f"# A line more.\n\n{text}"),
        ("base.py", lambda text: f"if True:\n    {text.splitlines()[2]}\n    import requests\n"),
        ("calls.py", lambda text: text.replace("def me", "X = 1\n\ndef me")),
    ],
    ids=["moved down", "indented", "call moved"],
)
@pytest.mark.usefixtures("folder")
def test_finding_on_a_line_that_moved_is_known(name: str, change: Callable[[str], str]) -> None:
    edit(Path(name), change)

    assert check().exit_code == 0


@pytest.mark.parametrize(
    ("name", "change", "found"),
    [
        ("calls.py", lambda text: text + PROJECTS, ["base.py:3:33"]),
        ("calls.py", lambda text: text + AGAIN, ["base.py:3:33"]),
        ("other.py", lambda text: text + OTHER, ["other.py:6:39"]),
        ("new.py", lambda _: OTHER, ["new.py:3:39"]),
        ("other.py", lambda text: text.replace("get(", "head("), ["other.py:3:40"]),
    ],
    ids=["endpoint", "call", "same line", "file", "method"],
)
def test_new_call_is_found(
    name: str, change: Callable[[str], str], found: list[str], folder: Path
) -> None:
    (folder / name).touch()
    edit(folder / name, change)

    result = check()

    assert result.exit_code == 1
    assert codes(result) == found


def test_finding_says_which_of_its_endpoints_is_new(folder: Path) -> None:
    edit(folder / "calls.py", lambda text: text + PROJECTS)

    assert check().stdout.endswith("; not in the baseline: GET /vapid/projects\n")


def test_placeholder_may_be_renamed(folder: Path) -> None:
    call = 'import requests\ndef f(project):\n    requests.get(f"{U}/vapid/projects/{project}")\n'
    call = call.replace("{U}", "https://api.procore.com")
    (folder / "more.py").write_text(call, "utf-8")
    check("--write-baseline")
    assert '"GET /vapid/projects/{}"' in (folder / "known.jsonl").read_text("utf-8")

    edit(folder / "more.py", lambda text: text.replace("f(project)", "f(id_)"))
    edit(folder / "known.jsonl", lambda text: text.replace("{project}", "{id_}"))
    edit(folder / "more.py", lambda text: text.replace("{project}", "{id_}"))
    assert check().exit_code == 0


def test_finding_in_a_renamed_file_is_known_and_a_copy_is_new(folder: Path) -> None:
    (folder / "other.py").rename(folder / "renamed.py")
    assert check().exit_code == 0

    shutil.copy(folder / "renamed.py", folder / "other.py")
    assert codes(check()) == ["renamed.py:3:39"]


def test_what_is_done_is_said_and_dropped_on_request(folder: Path) -> None:
    (folder / "other.py").unlink()
    before = (folder / "known.jsonl").read_text("utf-8").splitlines()

    result = check()
    assert result.exit_code == 0
    assert result.stderr == (
        "Done since known.jsonl was written: other.py VAP001 GET /vapid/companies. "
        "--write-baseline drops it\n"
    )

    written = check("--write-baseline")
    assert written.stderr == "Wrote known.jsonl: 1 entry, 0 findings new, 1 done\n"
    assert (folder / "known.jsonl").read_text("utf-8").splitlines() == before[:2]


def test_many_done_are_named_by_the_first(folder: Path) -> None:
    lines = [
        json.dumps({"path": f"{number}.py", "code": "VAP001", "endpoint": "", "line": "x"})
        for number in range(5)
    ]
    with (folder / "known.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n".join([*lines, ""]))

    assert "0.py VAP001 x; 1.py VAP001 x; 2.py VAP001 x; and 2 more." in check().stderr


def test_what_was_not_looked_at_is_neither_done_nor_dropped(folder: Path) -> None:
    before = (folder / "known.jsonl").read_bytes()

    assert check("base.py").stderr == ""
    check("calls.py", "base.py", "--write-baseline")
    assert (folder / "known.jsonl").read_bytes() == before


def test_finding_made_on_request_is_kept_by_a_run_without_it(folder: Path) -> None:
    edit(folder / "other.py", lambda text: text.replace("api.procore", "app.procore"))
    check("--fix", "host", "--write-baseline")
    before = (folder / "known.jsonl").read_bytes()
    assert b"VAP010" in before

    assert check().stderr == ""
    check("--write-baseline")
    assert (folder / "known.jsonl").read_bytes() == before
    assert check("--fix", "host").exit_code == 0


def test_paths_are_those_from_the_folder_of_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sub").mkdir()
    monkeypatch.chdir(folder / "sub")

    assert run("check", "..", "--baseline", "../known.jsonl").exit_code == 0
    assert run("check", str(folder), "--baseline", str(folder / "known.jsonl")).exit_code == 0


def test_settings_can_name_it_and_stand_behind_the_option(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(
        '[tool.vapid-to-rest]\nbaseline = "known.jsonl"\n', "utf-8"
    )
    assert run("check").exit_code == 0
    assert run("scan").stdout.count("VAP001") == 0
    # A rewrite is about everything.
    assert run("rewrite").exit_code == 1
    (folder / "empty.jsonl").write_text(f"{HEAD}\n", "utf-8")
    assert run("check", "--baseline", "empty.jsonl").exit_code == 1


@pytest.mark.parametrize("value", ["1", '""', "['a']", '"a\\u0000b"'])
def test_settings_that_name_no_file_are_refused(value: str, folder: Path) -> None:
    (folder / "pyproject.toml").write_text(f"[tool.vapid-to-rest]\nbaseline = {value}\n", "utf-8")

    result = run("check")

    assert result.exit_code == 2
    assert "must be the name of a file" in result.stderr


def test_line_of_megabytes_is_known_by_its_beginning(folder: Path) -> None:
    url = "https://api.procore.com/vapid/me"
    text = json.dumps({"filler": "x" * 1000, "client_secret": "hush-hush-hush", "url": url})
    (folder / "large.json").write_text(text, "utf-8")
    check("--write-baseline")

    assert check().exit_code == 0
    assert max(map(len, (folder / "known.jsonl").read_text("utf-8").splitlines())) < 400
    edit(folder / "large.json", lambda text: text.replace("x}", "y}").replace("xx", "xy"))
    assert check().exit_code == 1


def test_secret_is_not_written_down(folder: Path) -> None:
    line = 'API_SECRET="hush-hush-hush" curl https://api.procore.com/vapid/me\n'
    (folder / "run.sh").write_text(line, "utf-8")
    check("--write-baseline")

    assert "run.sh" in (folder / "known.jsonl").read_text("utf-8")
    assert "hush" not in (folder / "known.jsonl").read_text("utf-8")
    assert check().exit_code == 0


ENTRY = '{"path": "a.py", "code": "VAP001", "endpoint": "", "line": "x"}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ":1: is no baseline"),
        ("{}\n", ":1: is no baseline"),
        ('{"vapid-to-rest baseline": 2}\n', ":1: is no baseline"),
        (f"{HEAD}\n[]\n", ":2: is not an entry"),
        (f"{HEAD}\n{ENTRY}\n{ENTRY[:-5]}\n", ":3: is not an entry"),
        (f'{HEAD}\n{ENTRY[:-1]}, "count": 0}}\n', ":2: is not an entry"),
        (f'{HEAD}\n{ENTRY[:-1]}, "count": true}}\n', ":2: is not an entry"),
        (f'{HEAD}\n{ENTRY[:-1]}, "more": 1}}\n', ":2: is not an entry"),
        (f"{HEAD}\n{ENTRY.replace('VAP001', '')[:30]}\n", ":2: is not an entry"),
        (f"{HEAD}\n<<<<<<< ours\n{ENTRY}\n", ":2: a merge conflict is left in it"),
    ],
    ids=["empty", "no head", "newer", "list", "cut", "count", "flag", "key", "half", "conflict"],
)
def test_damaged_file_is_an_error_that_names_the_line(text: str, said: str, folder: Path) -> None:
    file = folder / "known.jsonl"
    file.write_text(text, "utf-8")

    for more in ([], ["--write-baseline"]):
        result = check(*more)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"known.jsonl{said}" in result.stderr
    assert file.read_text("utf-8") == text


def test_file_that_is_none_is_an_error(folder: Path) -> None:
    assert "there is no such file" in run("check", "--baseline", "missing").stderr
    assert run("check", "--baseline", "missing").exit_code == 2
    (folder / "binary").write_bytes(b"\xff\n")
    assert "it is not UTF-8" in run("check", "--baseline", "binary").stderr
    for other in (folder, Path("/dev/zero")):
        with pytest.raises(BaselineError, match="is no file"):
            read_baseline(other)
    with pytest.raises(BaselineError, match="cannot be read"):
        read_baseline(folder / ("x" * 300))
    # A slip on the command line must not cost a source file.
    assert run("check", "--baseline", "other.py", "--write-baseline").exit_code == 2
    assert (folder / "other.py").read_text("utf-8") == OTHER


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "arguments",
    [
        ["--write-baseline"],
        ["--write-baseline", "--baseline", "none/known.jsonl"],
        ["--write-baseline", "--baseline", "known.jsonl", "--diff", "HEAD"],
    ],
    ids=["no file", "no folder", "diff"],
)
def test_writing_without_sense_is_refused(arguments: list[str]) -> None:
    result = run("check", *arguments)

    assert result.exit_code == 2
    assert "--write-baseline" in result.stderr or "there is no folder none" in result.stderr


def test_merged_file_is_read_and_written_sorted_once(tmp_path: Path) -> None:
    file = tmp_path / "known.jsonl"
    other = ENTRY.replace("a.py", "B.py")
    file.write_text(f'{HEAD}\n{ENTRY}\n\n{ENTRY[:-1]}, "count": 3}}\n{other}\n', "utf-8")

    found = read_baseline(file)

    assert sorted(found.values()) == [1, 3]
    text = write_baseline(found)
    assert text == f'{HEAD}\n{other}\n{ENTRY[:-1]}, "count": 3}}\n'
    file.write_text(text, "utf-8")
    assert write_baseline(read_baseline(file)) == text


def test_file_from_another_editor_is_read(folder: Path) -> None:
    file = folder / "known.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))

    assert check().exit_code == 0


@pytest.mark.parametrize("name", ["line\u2028end.py", "next\x85line.py", "line\nend.py"])
def test_name_with_a_line_end_is_read_again(name: str, folder: Path) -> None:
    (folder / name).write_text(OTHER, "utf-8")

    assert check("--write-baseline").exit_code == 0
    assert check().exit_code == 0


@pytest.mark.parametrize(
    ("text", "names", "quick"),
    [
        (f"{HEAD}\n", ["clean.py"], True),
        (f"{HEAD}\n{ENTRY}\n", ["clean.py"], True),
        (f"{HEAD}\n{ENTRY}\n", ["clean.py", "a.py"], False),
        (f"{HEAD}\nbroken\n", ["clean.py"], False),
        (None, ["clean.py"], False),
    ],
    ids=["empty", "others", "done", "damaged", "missing"],
)
def test_clean_files_are_left_to_the_whole_program_where_the_baseline_has_them(
    text: str | None, names: list[str], quick: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "pyproject.toml").write_text(
        '[tool.vapid-to-rest]\nbaseline = "known.jsonl"\n', "utf-8"
    )
    for name in ("clean.py", "a.py"):
        (tmp_path / name).write_text("x = 1\n", "utf-8")
    if text is not None:
        (tmp_path / "known.jsonl").write_text(text, "utf-8")

    assert is_clean_check(["check", *names]) is quick
    whole = run("check", *names)
    assert (whole.exit_code == 0 and not whole.stderr) is quick


@pytest.mark.usefixtures("folder")
def test_file_that_cannot_be_written_is_an_error() -> None:
    result = run("check", "--baseline", "x" * 300, "--write-baseline")

    assert result.exit_code == 2
    assert "cannot write xxx" in result.stderr
