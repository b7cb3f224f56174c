"""Comments that silence nothing are found, and removed on request: the comment and no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrator.cli import program

IMPORT = "import requests\n"
OLD = 'requests.get("https://api.procore.com/vapid/me")'
NEW = 'requests.get("https://api.procore.com/rest/v1.0/me")'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(command: str, *arguments: str) -> Result:
    return CliRunner().invoke(program, [command, *arguments])


def found(*arguments: str) -> list[str]:
    """Return place and code of each finding."""
    return [
        line.split(" ")[0] + line.split(" ")[1]
        for line in run("check", *arguments).stdout.splitlines()
    ]


PYTHON = {
    "behind code": (f"{NEW}  # vapid: ignore", NEW),
    "with a reason": (f"{NEW}  # vapid: ignore since it is old", NEW),
    "with codes": (f"{NEW}\t# vapid: ignore[VAP001, VAP002] both", NEW),
    "behind another comment": (f"{NEW}  # noqa: E501  # vapid: ignore", f"{NEW}  # noqa: E501"),
    "before another comment": (f"{NEW}  # vapid: ignore why # noqa", f"{NEW}  # noqa"),
    "on a line of its own": (f"x = [\n    # vapid: ignore\n    {NEW},\n]", f"x = [\n    {NEW},\n]"),
    "above a statement": (f"if 1:\n    # vapid: ignore\n    {NEW}", f"if 1:\n    {NEW}"),
    "behind a block": (f"if 1:\n    {NEW}\n    # vapid: ignore\nx = 1", f"if 1:\n    {NEW}\nx = 1"),
    "for the file": (f"# vapid: ignore-file\n{NEW}", NEW),
    "for the file, behind code": (f"{NEW}  # vapid: ignore-file", NEW),
    "before another on a line of its own": (f"# vapid: ignore # noqa\n{NEW}", f"# noqa\n{NEW}"),
    "one code of two": (
        f"{OLD}  # vapid: ignore[VAP001,VAP100] reason",
        f"{OLD}  # vapid: ignore[VAP001] reason",
    ),
    "in a multi-line call": (f"{NEW[:-1]},  # vapid: ignore\n)", f"{NEW[:-1]},\n)"),
}


@pytest.mark.parametrize("end", ["\n", "\r\n", ""], ids=["LF", "CRLF", "no line end"])
@pytest.mark.parametrize(("before", "after"), PYTHON.values(), ids=PYTHON)
def test_comment_that_silences_nothing_is_found_and_removed(
    before: str, after: str, end: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.py"
    newline = end or "\n"
    old, new = (f"{IMPORT}{text}".replace("\n", newline) + end for text in (before, after))
    file.write_bytes(old.encode())

    assert [each.rpartition(":")[2] for each in found()] == ["VAP801"]
    assert run("rewrite").stdout == ""
    result = run("rewrite", "--fix", "suppressions", "--write")
    assert result.exit_code == 0, result.output
    assert file.read_bytes() == new.encode()
    assert found() == []


USED = {
    "literal": f"{OLD}  # vapid: ignore",
    "code": f"{OLD}  # vapid: ignore[VAP001]",
    "call": 'ROOT = "https://api.procore.com/vapid"\nrequests.get(ROOT + "/me")  # vapid: ignore',
    "last part of a literal": 'requests.get(\n    "https://api.procore.com/va"\n'
    '    "pid/me"  # vapid: ignore\n)',
    "first line": f"requests.get(  # vapid: ignore\n    {OLD[13:]}",
    "prose": "# See https://api.procore.com/vapid/me  # vapid: ignore[VAP100]",
    "file": f"# vapid: ignore-file\n{OLD}",
    "file with prose": "# vapid: ignore-file\n# See https://api.procore.com/vapid/me",
    "in a file that is silent": f"# vapid: ignore-file\n{OLD}\nx = 1  # vapid: ignore",
    "in a string": 'x = "# vapid: ignore"',
    "in a docstring": '"""Say so.\n\n    x  # vapid: ignore\n"""',
    "on request": f"{NEW}  # vapid: ignore[VAP010, VAP011, VAP012]",
    "on purpose": f"{NEW}  # vapid: ignore[VAP001, VAP801]",
    "unknown namespace": "import sys\nrequests.get(f'https://api.procore.com/{sys.argv[1]}/projects')"
    "  # vapid: ignore[VAP009]",
    "unknown namespace, whole file": "import sys\n# vapid: ignore-file\n"
    "requests.get(f'https://api.procore.com/{sys.argv[1]}/projects')",
    "not Python 3": "print 'old'  # vapid: ignore",
}


@pytest.mark.parametrize("text", USED.values(), ids=USED)
def test_comment_that_silences_something_stays(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f"{IMPORT}{text}\n", "utf-8")

    assert found() == []
    assert run("rewrite", "--fix", "suppressions").stdout == ""


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("x = 1  # vapid: ignore  # vapid: ignore[VAP001]\n", "x = 1\n"),
        ("# vapid: ignore # vapid: ignore\nx = 1\n", "x = 1\n"),
        ("x = 1  # vapid: ignore # vapid: ignore # noqa\n", "x = 1  # noqa\n"),
        (
            f"{IMPORT}{OLD}  # vapid: ignore[VAP001]  # vapid: ignore[VAP002]  # vapid: ignore\n",
            f"{IMPORT}{OLD}  # vapid: ignore[VAP001]  # vapid: ignore\n",
        ),
    ],
    ids=["behind code", "on a line of their own", "before another comment", "one of three"],
)
@pytest.mark.parametrize("name", ["a.py", "a.yaml"])
def test_comments_in_a_row_are_removed_together(
    text: str, after: str, name: str, tmp_path: Path
) -> None:
    if name == "a.yaml":
        text, after = (each.replace(IMPORT, "").replace("x = 1", "x: 1") for each in (text, after))
        if OLD in text:
            text, after = (each.replace("VAP001", "VAP008") for each in (text, after))
    (tmp_path / name).write_text(text, "utf-8")

    result = run("rewrite", "--fix", "suppressions", "--write")

    assert result.exit_code == 0, result.output
    assert (tmp_path / name).read_text("utf-8") == after
    assert found() == []


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    "text", ["x = 1", "class A:\n    x = 1", "def f():\n    return 1\n    # kept", ""]
)
def test_last_line_without_an_end_goes_with_the_end_before_it(
    text: str, newline: str, tmp_path: Path
) -> None:
    before, after = f"{text}\n# vapid: ignore" if text else "# vapid: ignore", text
    (tmp_path / "a.py").write_bytes(before.replace("\n", newline).encode())

    assert run("rewrite", "--fix", "suppressions", "--write").exit_code == 0
    assert (tmp_path / "a.py").read_bytes() == after.replace("\n", newline).encode()


def test_code_behind_a_space_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f"{IMPORT}{OLD}  # vapid: ignore [VAP002] why\n", "utf-8")

    assert [each.rpartition(":")[2] for each in found()] == ["VAP001", "VAP801"]
    run("rewrite", "--fix", "suppressions", "--write")
    assert (tmp_path / "a.py").read_text("utf-8") == f"{IMPORT}{OLD}\n"


def test_comment_at_one_of_two_calls_is_left_though_the_literal_is_found(tmp_path: Path) -> None:
    root = 'ROOT = "https://api.procore.com/vapid"\n'
    calls = 'requests.get(ROOT + "/me")  # vapid: ignore\nrequests.get(ROOT + "/projects")\n'
    (tmp_path / "a.py").write_text(IMPORT + root + calls, "utf-8")

    assert [each.rpartition(":")[2] for each in found()] == ["VAP001"]


def test_comment_at_a_call_is_left_where_its_literal_is_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "base.py").write_text('ROOT = "https://api.procore.com/vapid"\n', "utf-8")
    call = f'{IMPORT}from base import ROOT\nrequests.get(ROOT + "/me")  # vapid: ignore\n'
    (tmp_path / "call.py").write_text(call, "utf-8")

    assert found("call.py") == found() == []
    (tmp_path / "base.py").write_text('ROOT = "https://api.procore.com/rest/v1.0"\n', "utf-8")
    assert found("call.py") == found() == ["call.py:3:29:VAP801"]


def test_code_of_a_kind_is_judged_where_the_kind_is_asked_for(tmp_path: Path) -> None:
    app = 'requests.get("https://app.procore.com/rest/v1.0/me")'
    lines = [
        f"{app}  # vapid: ignore[VAP010]",
        f"{app}  # vapid: ignore",
        f"{NEW}  # vapid: ignore[VAP010]",
    ]
    (tmp_path / "a.py").write_text(IMPORT + "\n".join([*lines, ""]), "utf-8")

    assert found("--fix", "host") == ["a.py:4:55:VAP801"]
    assert found() == ["a.py:3:55:VAP801"]
    (tmp_path / "a.py").write_text(f"{IMPORT}# vapid: ignore-file\n{app}\n", "utf-8")
    assert found("--fix", "host") == []


@pytest.mark.parametrize(
    ("codes", "said"),
    [("VAP01", "`VAP01` is no code"), ("vap001", "`vap001` is no code"), ("", "there is no code")],
)
def test_unknown_code_is_left_to_a_person(codes: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f"{IMPORT}{NEW}  # vapid: ignore[{codes}]\n", "utf-8")

    result = run("check")

    assert result.exit_code == 1
    assert result.stdout.startswith("a.py:2:55: VAP802 ")
    assert said in result.stdout
    assert run("rewrite", "--fix", "suppressions").stdout == ""


TEXTS = {
    "a.yaml": ("url: x  # vapid: ignore\n", "url: x\n"),
    "b.yaml": ("# vapid: ignore-file why\nurl: x\n", "url: x\n"),
    "a.toml": ('url = "x" # vapid: ignore # more\n', 'url = "x" # more\n'),
    ".env": ("URL=x # vapid: ignore[VAP008]\r\n", "URL=x\r\n"),
    "run.sh": ("echo x # noqa # vapid: ignore", "echo x # noqa"),
    "Makefile": ("a:\n\techo  # vapid: ignore\n", "a:\n\techo\n"),
    "notes.md": ("Words <!-- # vapid: ignore -->\n", "Words\n"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_comment_in_a_text_file_is_found_and_removed(name: str, tmp_path: Path) -> None:
    before, after = (text.encode() for text in TEXTS[name])
    (tmp_path / name).write_bytes(before)

    assert [each.rpartition(":")[2] for each in found()] == ["VAP801"]
    assert run("rewrite", "--fix", "suppressions", "--write").exit_code == 0
    assert (tmp_path / name).read_bytes() == after


URL = "https://api.procore.com/vapid/me"
LEFT = {
    "a.yaml": f"url: {URL}  # vapid: ignore\n",
    "b.yaml": f"# vapid: ignore-file\nurl: {URL}\nother: x  # vapid: ignore\n",
    "c.yaml": 'url: "x # vapid: ignore"\n',
    "d.yaml": f"# vapid: ignore-file\nurl: {URL}  # vapid: ignore\n",
    "a.json": '{"note": "x # vapid: ignore"}\n',
    "a.md": f"{URL} <!-- # vapid: ignore -->\n",
    "b.md": "End the line in `# vapid: ignore`, or `<!-- # vapid: ignore -->`.\n",
    "c.md": "<!--\n# vapid: ignore-file\n-->\n",
    "d.md": "x = 1  # vapid: ignore\n",
}


@pytest.mark.parametrize("name", LEFT)
def test_comment_in_a_text_file_stays_where_it_silences_or_is_none(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(LEFT[name], "utf-8")

    assert found() == []


def test_comment_of_another_language_is_left_to_a_person(tmp_path: Path) -> None:
    (tmp_path / "a.rb").write_text("x = 1 # vapid: ignore\n", "utf-8")

    assert found() == ["a.rb:1:7:VAP801"]
    assert run("rewrite", "--fix", "suppressions").stdout == ""


def test_route_and_comments_of_one_file_change_together(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f"x = 1  # vapid: ignore\n{IMPORT}{OLD}\n", "utf-8")
    (tmp_path / "a.yaml").write_text(f"url: {URL}\nx: y # vapid: ignore\n", "utf-8")

    result = run("rewrite", "--fix", "namespace", "--fix", "suppressions", "--write")

    assert result.exit_code == 0, result.output
    assert (tmp_path / "a.py").read_text("utf-8") == f"x = 1\n{IMPORT}{NEW}\n"
    assert (tmp_path / "a.yaml").read_text("utf-8") == f"url: {URL}\nx: y\n".replace(
        "vapid", "rest/v1.0"
    )


def notebook(*cells: str) -> str:
    rows = [
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "source": cell.splitlines(keepends=True),
        }
        for cell in cells
    ]
    return json.dumps({"cells": rows, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def test_comment_in_a_notebook_is_found_and_removed_from_its_line(tmp_path: Path) -> None:
    used = f"{OLD}  # vapid: ignore"
    shell = f"!curl {URL}  # vapid: ignore"
    before = notebook(
        f"{IMPORT}{NEW}  # vapid: ignore",
        used,
        "x = 1\n# vapid: ignore",
        shell,
        "!curl x  # vapid: ignore",
    )
    after = notebook(f"{IMPORT}{NEW}", used, "x = 1\n", shell, "!curl x")
    (tmp_path / "a.ipynb").write_text(before, "utf-8")

    result = run("check")
    assert result.stdout.count("VAP801 cell 1, line 2: ") == 1
    assert result.stdout.count("VAP801") == 3
    assert run("rewrite", "--fix", "suppressions", "--write").exit_code == 0
    assert (
        json.loads((tmp_path / "a.ipynb").read_text("utf-8"))["cells"][0]
        == json.loads(after)["cells"][0]
    )
    assert "".join(
        line
        for cell in json.loads((tmp_path / "a.ipynb").read_text("utf-8"))["cells"]
        for line in cell["source"]
    ) == "".join(line for cell in json.loads(after)["cells"] for line in cell["source"])


@pytest.mark.parametrize(
    ("cell", "used"),
    [(NEW, False), (OLD, True), (f"!curl {URL}", True)],
    ids=["nothing", "a call", "a shell line"],
)
def test_cell_that_silences_a_notebook_is_judged_by_all_cells(
    cell: str, used: bool, tmp_path: Path
) -> None:
    text = notebook("# vapid: ignore-file", IMPORT + cell)
    (tmp_path / "a.ipynb").write_text(text, "utf-8")

    assert ([each.rpartition(":")[2] for each in found()] == []) is used
    run("rewrite", "--fix", "suppressions", "--write")
    left = (tmp_path / "a.ipynb").read_text("utf-8")
    assert ("ignore-file" in left) is used


def test_advice_names_the_fix(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f"{IMPORT}{NEW}  # vapid: ignore\n", "utf-8")

    assert run("check").stderr.startswith("1 finding: 1 for `--fix suppressions`. ")


def test_words_in_a_string_silence_nothing_that_it_says(tmp_path: Path) -> None:
    url = "https://api.procore.com/vapid/me"
    lines = [
        f'print("curl {url}  # vapid: ignore")',
        f'requests.get("{url}  # vapid: ignore")',
        f'print("curl {url}")  # vapid: ignore',
        f"# See {url}  # vapid: ignore[VAP100]",
    ]
    (tmp_path / "a.py").write_text(IMPORT + "\n".join(lines) + "\n", "utf-8")

    codes = [line.split(" ")[1] for line in run("check").stdout.splitlines()]
    assert codes == ["VAP005", "VAP005"]
