"""What a run does when its output cannot be written, or when it is interrupted."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CALL = 'import requests\nrequests.get("https://api.procore.com/vapid/projects")\n'
PROGRAM = f"'{sys.executable}' -m migrator"

needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a client that makes one call."""
    (tmp_path / "sync.py").write_text(CALL)
    return tmp_path


def run(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell."""
    return subprocess.run(
        ["sh", "-c", line],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


COMMANDS = ["scan", "check", "rewrite", "rewrite --write --allow-dirty"]
COMMANDS += ["rules list", "--help", "--version"]


@pytest.mark.sampled
@pytest.mark.parametrize("command", COMMANDS)
def test_closed_output_is_one_line_and_exit_code_2_before_anything_is_done(
    command: str, folder: Path
) -> None:
    result = run(f"{PROGRAM} {command} >&-", folder)

    assert (result.returncode, result.stderr) == (2, "Error: standard output is closed\n")
    assert (folder / "sync.py").read_text() == CALL


@pytest.mark.sampled
@needs_full
@pytest.mark.parametrize("command", [*COMMANDS, "scan --help"])
def test_full_output_is_one_line_and_exit_code_2(command: str, folder: Path) -> None:
    result = run(f"{PROGRAM} {command} >/dev/full", folder)

    assert result.returncode == 2
    assert result.stderr == "Error: cannot write to standard output: No space left on device\n"


LIMITED = """
import resource, runpy
resource.setrlimit(resource.RLIMIT_FSIZE, (256, 256))
runpy.run_module("migrator", run_name="__main__")
"""


@pytest.mark.once  # elsewhere it runs under coverage, which could not write its data either
@pytest.mark.parametrize("option", ["", "-u"], ids=["buffered", "unbuffered"])
def test_output_that_is_cut_short_is_one_line_and_exit_code_2(option: str, folder: Path) -> None:
    command = f"'{sys.executable}' {option} -c {shlex.quote(LIMITED)} scan --no-cache --format json"

    result = run(f"{command} >part.json", folder)

    assert (folder / "part.json").stat().st_size == 256
    assert result.returncode == 2
    assert result.stderr == "Error: cannot write to standard output: File too large\n"


def test_output_that_nobody_reads_yet_is_said_not_lost(folder: Path) -> None:
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    os.write(writer, b" " * 65_536)
    try:
        result = subprocess.run(
            [sys.executable, "-u", "-m", "migrator", "scan", "--no-cache"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=writer,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(reader)
        os.close(writer)

    assert result.returncode == 2
    assert b"cannot write to standard output: Resource temporarily unavailable" in result.stderr


def test_reports_need_no_output(folder: Path) -> None:
    result = run(f"{PROGRAM} scan -o a.txt >&- && {PROGRAM} report -o a.md >&-", folder)

    assert (result.returncode, result.stderr) == (0, "Wrote a.txt\nWrote a.md\n")


@pytest.mark.sampled
@needs_full
@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full"])
@pytest.mark.parametrize(
    ("command", "code"),
    [("check no-such", 2), ("check", 1), ("rewrite", 1), ("scan -o a.txt", 0), ("scan -x", 2)],
    ids=str,
)
def test_talk_that_cannot_be_written_changes_neither_the_exit_code_nor_the_output(
    command: str, code: int, where: str, folder: Path
) -> None:
    heard = run(f"{PROGRAM} {command}", folder)
    unheard = run(f"{PROGRAM} {command} {where}", folder)

    assert (unheard.returncode, unheard.stdout) == (code, heard.stdout)


@needs_full
def test_document_that_cannot_be_written_is_one_line_and_exit_code_2(folder: Path) -> None:
    result = run(f"{PROGRAM} scan -o /dev/full", folder)

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "Error: cannot write /dev/full: No space left on device\n"


# Commands of CI runners

COMMAND = re.compile(r"^\s*::|##(?:vso)?\[", re.MULTILINE)
SIGN = r"a##[b]##vso[c]\n::error::d"
"""As TOML spells it."""

RULES = (
    "rules stats; for form in text json; do "
    f"{PROGRAM} rules show GET /vapid/me --format $form; done; "
    f"for form in csv json markdown; do {PROGRAM} rules list me.show --format $form; done"
)
"""All that tells of a row."""

ROW = """
[[rule]]
id = "me.show"
vapid = "/vapid/me"
rest = "/rest/v1.0/me"
status = "direct"
sources = ["x"]
"""


@pytest.mark.sampled
@pytest.mark.parametrize(
    "line",
    [
        "check",
        "check {}",
        "check --no-such={}",
        "check --as-of {}",
        "check --diff {}",
        "scan -o {}.txt",
        "scan -o {}/a.txt",
        "report -o {}",
        "report --from {} --format text",
        "no-such{}",
        "rules show {}",
        "rules lint {}",
        "explain {}",
    ],
)
def test_what_is_given_is_no_command_to_a_ci_runner(line: str, folder: Path) -> None:
    sign = shlex.quote("a##vso[b]\n::add-mask::e")

    result = run(f"{PROGRAM} {line.format(sign)}", folder)

    assert not COMMAND.search(result.stdout + result.stderr)


@pytest.mark.sampled
@pytest.mark.parametrize(
    "settings",
    [
        'rules = ["{}"]', 'baseline = "{}"', 'hosts = ["{}"]', 'exclude = ["{}["]', '"{}" = 1',
        'company-id = "{}"', "{} = ",
    ],
)  # fmt: skip
def test_settings_of_a_project_are_no_command_to_a_ci_runner(settings: str, folder: Path) -> None:
    text = "[tool.vapid-to-rest]\n" + settings.replace("{}", SIGN)
    (folder / "pyproject.toml").write_text(text)

    result = run(f"{PROGRAM} check", folder)

    assert result.returncode in {1, 2}
    assert not COMMAND.search(result.stdout + result.stderr)


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id = "me.show"', 'id = "{}"'),
        ('vapid = "/vapid/me"', 'vapid = "{}"'),
        ('status = "direct"', 'status = "{}"'),
        ('sources = ["x"]', 'sources = ["x"]\n"{}" = "x"'),
        ('sources = ["x"]', 'sources = ["x"]\nnote = "{} ::error::b"'),
        ("[[rule]]", 'area = "{}"\n[[rule]]'),
    ],
)
@pytest.mark.parametrize("command", ["check", "rules lint", RULES])
def test_rows_of_a_project_are_no_command_to_a_ci_runner(
    command: str, old: str, new: str, folder: Path
) -> None:
    (folder / "pyproject.toml").write_text('[tool.vapid-to-rest]\nrules = ["own.toml"]\n')
    (folder / "own.toml").write_text(ROW.replace(old, new.replace("{}", SIGN)))

    result = run(f"{PROGRAM} {command}", folder)

    assert not COMMAND.search(result.stdout + result.stderr)


def test_changed_file_is_named_as_no_command_to_a_ci_runner(folder: Path) -> None:
    (folder / "sync.py").rename(folder / "##[error]x.py")

    result = run(f"{PROGRAM} rewrite --write --allow-dirty", folder)

    assert "error]x.py: 1 place changed" in result.stdout
    assert not COMMAND.search(result.stdout + result.stderr)


# Interrupts

# Sends SIGINT when a module is looked for, or before a function is called.
INTERRUPTING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
kind, name, *arguments = sys.argv[1:]

def interrupt():
    os.kill(os.getpid(), signal.SIGINT)

class Finder:
    def find_spec(self, module, path=None, target=None):
        if kind == "import" and module == name:
            interrupt()

if kind == "call":
    function = getattr(os, name)
    setattr(os, name, lambda *given, **named: (interrupt(), function(*given, **named))[1])
sys.meta_path.insert(0, Finder())
sys.argv[1:] = arguments
from migrator.__main__ import main
main()
"""


def run_interrupted(
    *arguments: str, cwd: Path, kind: str, at: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", INTERRUPTING, kind, at, *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "module",
    ["migrator.cli", "click", "migrator.cli.scan", "migrator.config", "libcst", "jinja2"],
)
def test_interrupt_is_one_line_and_exit_code_130_whenever_it_comes(
    module: str, folder: Path
) -> None:
    result = run_interrupted("report", "-o", "a.html", cwd=folder, kind="import", at=module)

    assert (result.returncode, result.stdout, result.stderr) == (130, "", "Interrupted\n")
    assert [path.name for path in folder.iterdir()] == ["sync.py"]


@pytest.mark.parametrize("call", ["fsync", "chmod"])
def test_interrupted_write_leaves_the_file_whole_and_nothing_beside_it(
    call: str, folder: Path
) -> None:
    result = run_interrupted(
        "rewrite", "--write", "--allow-dirty", cwd=folder, kind="call", at=call
    )

    assert (result.returncode, result.stderr) == (130, "Interrupted\n")
    assert (folder / "sync.py").read_text() == CALL
    assert [path.name for path in folder.iterdir()] == ["sync.py"]


def test_interrupt_that_the_shell_has_turned_off_stays_off(folder: Path) -> None:
    code = INTERRUPTING.replace("signal.default_int_handler)", "signal.SIG_IGN)")

    result = subprocess.run(
        [sys.executable, "-c", code, "import", "migrator.config", "check"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert result.returncode == 1
    assert "Interrupted" not in result.stderr
