"""Comments above the calls that need a person: put there once, and taken away again."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrator.annotations import is_annotation, plan_annotations, plan_removals
from migrator.cli import PROGRAM_NAME, program
from migrator.codemods.apply import migrate_source
from migrator.errors import ParseError
from migrator.source import decode_source
from migrator.values import Changed, Place, SourceFile

HEAD = 'import requests\nH = "https://api.procore.com"\n'
HOOK = "POST /rest/v1.0/webhooks/hooks: sunset on 2026-09-16; see POST /rest/v2.0/companies/"
OLD, NEW = '{H}/vapid/webhooks/hooks"', '{H}/rest/v1.0/webhooks/hooks"'
MARK = "# TODO(vapid-to-rest): "


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str, text: str | None = None) -> Result:
    return CliRunner().invoke(program, args, input=text, prog_name=PROGRAM_NAME)


def annotate(*args: str) -> Result:
    return run("rewrite", "--annotate", "--write", "--allow-dirty", "--as-of", "2026-11-24", *args)


def test_call_whose_target_is_gone_is_annotated_once(folder: Path) -> None:
    file = folder / "a.py"
    file.write_text(f'{HEAD}\n\ndef f():\n    # about it\n    return requests.post(f"{OLD})\n')

    result = annotate()

    before, comment, call = file.read_text().splitlines()[-3:]
    assert before == "    # about it"
    assert comment.startswith(f"    {MARK}{HOOK}")
    assert call == f'    return requests.post(f"{NEW})'
    assert result.stdout.startswith("a.py: 1 place changed\n")
    assert result.exit_code == 0
    once = file.read_bytes()
    assert annotate().exit_code == 0
    assert annotate("--as-of", "2020-01-01").exit_code == 0
    assert file.read_bytes() == once
    assert run("check").exit_code == 0, "its own words are no finding"


def test_call_on_rest_is_annotated_too_and_the_diff_says_so(folder: Path) -> None:
    text = f'{HEAD}requests.post(f"{NEW})\n'
    (folder / "a.py").write_text(text)

    result = run("rewrite", "--annotate")

    assert f"\n+{MARK}{HOOK}" in result.stdout
    assert result.exit_code == 1
    assert annotate().stdout.startswith("a.py: comments changed\n")
    assert run("rewrite", "--remove-annotations").exit_code == 1
    removed = run("rewrite", "--remove-annotations", "--write", "--allow-dirty")
    assert removed.stdout.startswith("a.py: comments changed\n")
    assert removed.exit_code == 0
    assert (folder / "a.py").read_text() == text
    assert run("rewrite", "--remove-annotations").exit_code == 0


def test_what_is_left_to_a_person_is_annotated_with_the_reason(folder: Path) -> None:
    push = "requests.post('https://push.example.com' + BASE)"
    lines = ["BASE = '/vapid'", "requests.get(H + BASE + '/me')", push]
    (folder / "a.py").write_text(HEAD + "\n".join([*lines, ""]))

    result = annotate()

    above = (folder / "a.py").read_text().splitlines()
    index = above.index(lines[0])
    reason = result.stdout.partition("VAP006 ")[2].partition("\n")[0]
    assert reason
    assert above[index - 1] == MARK + reason
    assert result.exit_code == 1


def test_call_that_is_moved_in_the_same_run_is_not_annotated(folder: Path) -> None:
    call = 'requests.post(f"{H}/vapid/vendors/sync")\n'
    (folder / "a.py").write_text(HEAD + call)

    plain = run("rewrite", "--annotate").stdout
    moved = run("rewrite", "--annotate", "--fix", "namespace", "--fix", "moved").stdout

    assert f"\n+{MARK}" in plain
    assert "requests.patch(" in moved
    assert MARK not in moved


def read(text: str) -> SourceFile:
    source = decode_source("a.py", text.encode())
    assert isinstance(source, SourceFile)
    return source


def place(text: str, line: int, column: int = 1) -> str:
    source = read(text)
    outcome = migrate_source(
        source, plan_annotations(source, {Place("a.py", line, column): ["why", "then"]})
    )
    assert isinstance(outcome, Changed), outcome
    after = read(outcome.text)
    removed = migrate_source(after, plan_removals(after))
    assert isinstance(removed, Changed)
    assert removed.text == text
    return outcome.text


TWO = f"{MARK}why\n{MARK}then\n"
INDENTED = f"    {MARK}why\n    {MARK}then\n"


@pytest.mark.parametrize(
    ("before", "line", "column", "after"),
    [
        ("f()\n", 1, 1, f"{TWO}f()\n"),
        ("f()", 1, 1, f"{TWO}f()"),
        ("# note\n\nf()\n", 3, 1, f"# note\n\n{TWO}f()\n"),
        ("a = 1; f()\n", 1, 8, f"{TWO}a = 1; f()\n"),
        ("f(\n    g(\n        h))\n", 3, 9, f"{TWO}f(\n    g(\n        h))\n"),
        ("@a\n# b\n@c(f())\ndef g(): pass\n", 3, 4, f"{TWO}@a\n# b\n@c(f())\ndef g(): pass\n"),
        ("if a: f()\nelse: g()\n", 2, 7, f"{TWO}if a: f()\nelse: g()\n"),
        ("if a:\n    b\nelif f():\n    c\n", 3, 6, f"{TWO}if a:\n    b\nelif f():\n    c\n"),
        ("def g():\n    # b\n    f()\n", 3, 5, f"def g():\n    # b\n{INDENTED}    f()\n"),
        ("def g():\n\n    f()\n", 3, 5, f"def g():\n\n{INDENTED}    f()\n"),
        ("a\r\nf()\r\n", 2, 1, "a\r\n" + TWO.replace("\n", "\r\n") + "f()\r\n"),
        ("a\rf()\r", 2, 1, "a\r" + TWO.replace("\n", "\r") + "f()\r"),
        ('a = """\nx\n"""\nf()\n', 4, 1, f'a = """\nx\n"""\n{TWO}f()\n'),
        ("match a:\n    case f(): b\n", 2, 10, f"{TWO}match a:\n    case f(): b\n"),
        ("class A:\n\tb = f()\n", 2, 6, f"class A:\n\t{MARK}why\n\t{MARK}then\n\tb = f()\n"),
    ],
    ids=str,
)
def test_comment_stands_above_the_statement(
    before: str, line: int, column: int, after: str
) -> None:
    assert place(before, line, column) == after


def test_place_outside_of_statements_has_no_comment() -> None:
    source = read("# nothing\n\nf()\n")

    assert plan_annotations(source, {Place("a.py", 1, 3): ["why"]}) == []


def test_statement_with_one_keeps_it() -> None:
    source = read(f"{MARK}mine\nf()\n")

    assert plan_annotations(source, {Place("a.py", 2, 1): ["why"]}) == []


def test_file_that_cannot_be_parsed_is_told() -> None:
    with pytest.raises(ParseError):
        plan_annotations(read("def\n"), {Place("a.py", 1, 1): ["why"]})


@pytest.mark.parametrize(
    "hostile", ["a\nimport os", "a\rb", "caf\xe9 \u2028 \x1b[31m", "\\", "\udcff", "'''"]
)
def test_words_of_the_program_stay_within_their_comment(hostile: str) -> None:
    source = read("f()\n")
    edits = plan_annotations(source, {Place("a.py", 1, 1): [hostile]})
    outcome = migrate_source(source, edits)

    assert isinstance(outcome, Changed)
    (line, call) = outcome.after.decode("ascii").splitlines()
    assert is_annotation(line)
    assert call == "f()"
    assert line.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        f'a = """\n{MARK}in a string\n"""\n',
        f"f()  {MARK}behind code\n",
        "# TODO: vapid-to-rest\n",
    ],
)
def test_only_comments_on_lines_of_their_own_are_taken_away(text: str, folder: Path) -> None:
    (folder / "a.py").write_text(text)

    assert run("rewrite", "--remove-annotations", "--write", "--allow-dirty").exit_code == 0
    assert (folder / "a.py").read_text() == text


def test_file_with_comments_that_cannot_be_parsed_is_named_and_kept(folder: Path) -> None:
    (folder / "a.py").write_text(f"{MARK}x\ndef\n")
    (folder / "b.py").write_text(f"{MARK}x\nf()\n")

    result = run("rewrite", "--remove-annotations", "--write", "--allow-dirty")

    assert "a.py:3:1: VAP900" in result.stderr
    assert (folder / "a.py").read_text() == f"{MARK}x\ndef\n"
    assert (folder / "b.py").read_text() == "f()\n"


@pytest.mark.parametrize("other", ["--annotate", "--interactive"])
def test_removal_does_no_more(other: str) -> None:
    result = run("rewrite", "--remove-annotations", other)

    assert result.exit_code == 2
    assert "does no more" in result.stderr
