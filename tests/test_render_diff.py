"""The patch applies to the very bytes; the diff for eyes tells no secret and hides nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from migrator.render.diff import Kind, count_exposed, list_hunks, render_color_diff, render_diff
from migrator.values import Changed, Failed, SourceFile

LINE = 'url = "https://api.procore.com/vapid/me"'


def change(before: bytes, *, path: str = "sync.py", encoding: str = "utf-8") -> Changed:
    after = before.replace(b"/vapid", b"/rest/v1.0")
    source = SourceFile(path, before, before.decode(encoding), encoding)
    return Changed(source, after, after.decode(encoding))


def apply(folder: Path, patch: bytes) -> None:
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "apply", "-"], input=patch, cwd=folder, check=True)


@pytest.mark.parametrize(
    ("before", "path", "encoding"),
    [
        pytest.param(f"{LINE}\n", "sync.py", "utf-8", id="one-line"),
        pytest.param(f"a = 1\r\n{LINE}\r\nb = 2\r\n", "sync.py", "utf-8", id="crlf"),
        pytest.param(f"a = 1\r\n{LINE}\nb = 2\r\n", "sync.py", "utf-8", id="mixed-line-ends"),
        pytest.param(f"a = 1\n{LINE}", "sync.py", "utf-8", id="no-newline-at-the-end"),
        pytest.param(f"{LINE}\na = 1", "sync.py", "utf-8", id="no-newline-after-the-change"),
        pytest.param(f"a\x0c\n{LINE}\x0c{LINE}\n\x0b\x85\n", "sync.py", "utf-8", id="form-feed"),
        pytest.param(f"a\r{LINE}\rb\n", "sync.py", "utf-8", id="lone-carriage-returns"),
        pytest.param(f"# \u2028é\n{LINE}\n", "sync.py", "utf-8", id="other-line-separators"),
        pytest.param(f"# é\n{LINE}  # café\n", "sync.py", "latin-1", id="latin-1"),
        pytest.param(f"\ufeff{LINE}\n", "sync.py", "utf-8", id="byte-order-mark"),
        pytest.param(f"{LINE}\n", "my app/a file.py", "utf-8", id="name-with-spaces"),
        pytest.param(f"{LINE}\n", "ends with space ", "utf-8", id="name-that-ends-in-a-space"),
        pytest.param(f"{LINE}\n", "é/日本.py", "utf-8", id="name-that-is-not-ascii"),
        pytest.param(f"{LINE}\n", 'a\t"b"\\c\n d.py', "utf-8", id="name-with-everything"),
        pytest.param(f"{LINE}\n", "caf\udce9.py", "utf-8", id="name-that-is-not-utf-8"),
        pytest.param(f"{LINE}\n" + "x = 1\n" * 20 + LINE, "a.py", "utf-8", id="two-hunks"),
        pytest.param("\n" * 300 + f"{LINE}\n" + "\n" * 300, "a.py", "utf-8", id="many-blank-lines"),
        pytest.param(f"{LINE}\nx\n" * 9_000 + LINE, "a.yaml", "utf-8", id="thousands-of-changes"),
    ],
)
def test_patch_applies_with_git(before: str, path: str, encoding: str, tmp_path: Path) -> None:
    changed = change(before.encode(encoding), path=path, encoding=encoding)
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(changed.before.data)

    apply(tmp_path, render_diff([changed]))

    assert file.read_bytes() == changed.after
    assert b"rest/v1.0" in changed.after


def test_patch_of_several_files_applies_in_one(tmp_path: Path) -> None:
    changes = [change(f"{LINE}\n".encode(), path=path) for path in ("a.py", "b c.py", "d/é.py")]
    for changed in changes:
        (tmp_path / changed.before.path).parent.mkdir(exist_ok=True)
        (tmp_path / changed.before.path).write_bytes(changed.before.data)

    apply(tmp_path, render_diff((changes[0], Failed("x.py", "why"), *changes[1:])))

    assert all((tmp_path / each.before.path).read_bytes() == each.after for each in changes)


def test_patch_can_add_the_first_line_of_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.py").touch()
    changed = Changed(SourceFile("a.py", b"", "", "utf-8"), b"x = 1\n", "x = 1\n")

    apply(tmp_path, render_diff([changed]))

    assert (tmp_path / "a.py").read_bytes() == b"x = 1\n"


def test_patch_reads_like_one_of_git() -> None:
    assert render_diff([change(f"a = 1\n{LINE}\n".encode(), path="my app.py")]).splitlines() == [
        b"diff --git a/my app.py b/my app.py",
        b"--- a/my app.py\t",
        b"+++ b/my app.py\t",
        b"@@ -1,2 +1,2 @@",
        b" a = 1",
        b'-url = "https://api.procore.com/vapid/me"',
        b'+url = "https://api.procore.com/rest/v1.0/me"',
    ]


def test_patch_is_exact_where_a_diff_for_eyes_is_masked() -> None:
    changed = change(f'{LINE}; password = "hunter2"\n'.encode())

    assert b"hunter2" in render_diff([changed])
    assert b"hunter2" not in render_color_diff([changed])
    assert b'password = "***"' in render_color_diff([changed])


def test_patch_is_empty_where_nothing_changed() -> None:
    assert render_diff([Failed("a.py", "why"), change(b"a = 1\n")]) == b""
    assert render_diff([]) == b""


def test_name_that_no_encoding_knows_is_no_reason_to_fail() -> None:
    changed = change(f"{LINE}\n".encode(), path="\ud800.py")

    assert b'"a/\\355\\240\\200.py"' in render_diff([changed])


def test_color_diff_colours_lines_by_kind() -> None:
    lines = render_color_diff([change(f"a = 1\n{LINE}".encode()), Failed("b.py", "why")])

    assert lines.decode().splitlines() == [
        "\x1b[1m--- a/sync.py\x1b[0m",
        "\x1b[1m+++ b/sync.py\x1b[0m",
        "\x1b[36m@@ -1,2 +1,2 @@\x1b[0m",
        " a = 1",
        '\x1b[31m-url = "https://api.procore.com/vapid/me"\x1b[0m',
        "\x1b[2m\\ No newline at end of file\x1b[0m",
        '\x1b[32m+url = "https://api.procore.com/rest/v1.0/me"\x1b[0m',
        "\x1b[2m\\ No newline at end of file\x1b[0m",
    ]


def test_color_diff_drives_no_terminal() -> None:
    hostile = f"a = '\x1b[2J\u202e'\r\n::error::x\r\n##[add-path]\r\n{LINE}\r\n"

    shown = render_color_diff([change(hostile.encode(), path="\x1b[2J.py")]).decode()

    assert "\x1b[2J" not in shown
    assert "\u202e" not in shown
    assert "\r" not in shown
    assert r"a = '\x1b[2J\u202e'" in shown
    assert "::error" not in shown
    assert "##[" not in shown


def test_hunks_know_their_line_numbers() -> None:
    hunks = list_hunks(change(f"a = 1\n{LINE}\n".encode()))

    assert [(line.kind, line.old, line.new) for line in hunks] == [
        (Kind.HUNK, None, None),
        (Kind.SAME, 1, 1),
        (Kind.REMOVED, 2, None),
        (Kind.ADDED, None, 2),
    ]


def test_very_long_line_is_cut_in_hunks_alone() -> None:
    changed = change(f"{LINE}  # {'x' * 5_000}\n".encode())

    assert max(len(line.text) for line in list_hunks(changed)) == 1_000
    assert b"x" * 5_000 in render_diff([changed])


def test_secret_that_spans_lines_is_masked_in_hunks() -> None:
    key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----\n"

    hunks = list_hunks(change(f'{LINE}\nkey = """{key}"""\n'.encode()))

    assert "***" in [line.text for line in hunks]
    assert not any("MIIE" in line.text for line in hunks)


SECRET = 'client_secret = "s3cret"'
PLAIN = ("a = 1", "b = 2", "c = 3", "d = 4")


@pytest.mark.parametrize(
    ("lines", "exposed"),
    [
        pytest.param([SECRET, *PLAIN[:3], LINE, *PLAIN[:3], SECRET], 0, id="out-of-reach"),
        pytest.param([*PLAIN, SECRET, "x", "y", LINE, *PLAIN], 0, id="third-before"),
        pytest.param([*PLAIN, SECRET, LINE, *PLAIN], 0, id="right-before"),
        pytest.param([*PLAIN, LINE, "x", SECRET, *PLAIN], 0, id="second-after"),
        pytest.param([*PLAIN, LINE, SECRET, *PLAIN], 1, id="right-after"),
        pytest.param([SECRET, LINE, "x", SECRET], 0, id="both-sides"),
        pytest.param([SECRET, LINE], 0, id="before-the-last-line"),
        pytest.param([LINE, "x", SECRET], 0, id="after-the-first-line"),
        pytest.param([*PLAIN, LINE, "x", SECRET, "y", LINE, *PLAIN], 0, id="between"),
        pytest.param([*PLAIN, LINE, SECRET, LINE, *PLAIN], 1, id="between-neighbours"),
        pytest.param([*PLAIN, LINE, SECRET, SECRET, LINE, *PLAIN], 1, id="two-between"),
        pytest.param([*PLAIN, f"{LINE}; {SECRET}", *PLAIN], 2, id="in-the-change"),
        pytest.param([SECRET, *PLAIN, LINE], 0, id="far-away"),
        pytest.param([*PLAIN, "x" * 2_500 + SECRET, LINE, "x"], 0, id="far-out-on-a-line"),
    ],
)
@pytest.mark.parametrize("end", ["\n", ""], ids=["ends", "does-not-end"])
def test_patch_leaves_out_what_is_secret_and_applies(
    lines: list[str], exposed: int, end: str, tmp_path: Path
) -> None:
    # The same before it: git must find the place by what is shown.
    changed = change(("\n".join(lines) + end).encode())
    (tmp_path / "sync.py").write_bytes(changed.before.data)
    patch = render_diff([changed])

    apply(tmp_path, patch)

    assert (tmp_path / "sync.py").read_bytes() == changed.after
    assert patch.count(b"s3cret") == exposed == count_exposed([changed])
    assert patch.count(b"@@ -") >= 1


@pytest.mark.parametrize(
    "lines",
    [
        [*PLAIN, SECRET, LINE, *PLAIN],
        [*PLAIN, LINE, "x", SECRET, *PLAIN],
        [SECRET, LINE, *PLAIN, LINE, "x", SECRET],
    ],
    ids=["before", "after", "both"],
)
@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
def test_patch_with_less_context_applies_with_patch_too(lines: list[str], tmp_path: Path) -> None:
    changed = change(("\n".join(lines) + "\n").encode())
    (tmp_path / "sync.py").write_bytes(changed.before.data)

    subprocess.run(
        ["patch", "-p1", "--quiet"], input=render_diff([changed]), cwd=tmp_path, check=True
    )

    assert (tmp_path / "sync.py").read_bytes() == changed.after


def test_diff_for_eyes_keeps_its_context() -> None:
    lines = list_hunks(change(f"{SECRET}\n{LINE}\nx\n".encode()))

    assert [line.text for line in lines][1] == 'client_secret = "***"'
