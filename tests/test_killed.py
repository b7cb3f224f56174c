"""A writer that is killed, or fails, at any system call leaves every file old or new."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from migrator.write import write_atomically

ROOT = Path(__file__).parent.parent
STRACE = shutil.which("strace")
NAMES = ("a.py", "b.json", "sub/c.py", "sub/d.env", "sub/e.ipynb", "f.yaml", "g.py", "h.sh")
MODES = {"a.py": 0o644, "sub/d.env": 0o600, "h.sh": 0o755}
OLD, NEW = b"old\r\n" * 3000, b"new\n" * 5000
BEGIN = "/begin-of-the-writes"
LEAST = 200
SAMPLE = 12
WRITER = f"""
import os, sys
from pathlib import Path
from migrator.write import WriteError, write_atomically

old, new = {OLD[:5]!r} * 3000, {NEW[:4]!r} * 5000
os.access({BEGIN!r}, os.F_OK)
for name in {NAMES!r}:
    try:
        write_atomically(Path(sys.argv[1], name), old, new)
    except WriteError as error:
        print(name, error)
"""

if STRACE is None and os.environ.get("VAPID_TO_REST_ALL_TESTS"):
    pytest.fail("strace is not installed", pytrace=False)

pytestmark = pytest.mark.skipif(STRACE is None, reason="strace, which makes the faults, is missing")


def make_files(folder: Path) -> Path:
    (folder / "sub").mkdir(parents=True)
    (folder / "kept").write_bytes(OLD)
    for name in NAMES:
        (folder / name).write_bytes(OLD)
        (folder / name).chmod(MODES.get(name, 0o640))
    (folder / "g.py").unlink()
    (folder / "g.py").symlink_to("kept")
    return folder


def write_under_strace(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    assert STRACE is not None
    command = [STRACE, "-qq", "-o", str(folder.parent / "trace"), *options]
    return subprocess.run(
        [*command, sys.executable, "-S", "-c", WRITER, str(folder)],
        env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    """Every system call of the writes: its name, and the how many-th of that name it is."""
    folder = make_files(tmp_path_factory.mktemp("points") / "files")
    assert write_under_strace(folder).returncode == 0
    counted: Counter[str] = Counter()
    found: list[tuple[str, int]] = []
    begun = False
    for line in (folder.parent / "trace").read_text("utf-8").splitlines():
        if (call := re.match(r"(\w+)\(", line)) is not None:
            counted[call[1]] += 1
            begun = begun or BEGIN in line
            if begun:
                found.append((call[1], counted[call[1]]))
    return found


def check_whole(folder: Path) -> None:
    for name in NAMES:
        file = folder / name
        assert file.read_bytes() in {OLD, NEW}, name
        if name != "g.py":
            assert file.stat().st_mode & 0o7777 == MODES.get(name, 0o640), name
    assert (folder / "g.py").is_symlink()


def write_the_rest(folder: Path) -> None:
    """Do what the next run does, and look for what the killed one left."""
    for name in NAMES:
        if (folder / name).read_bytes() == OLD:
            write_atomically(folder / name, OLD, NEW)
    left = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    assert left == {*NAMES, "kept", "sub"}


def check_points(points: list[tuple[str, int]], folder: Path) -> None:
    killed = 0
    for number, (call, count) in enumerate(points):
        files = make_files(folder / str(number) / "files")
        result = write_under_strace(files, "-e", f"inject={call}:signal=SIGKILL:when={count}")
        killed += result.returncode < 0
        check_whole(files)
        write_the_rest(files)
        shutil.rmtree(files.parent)
    # The last calls may be made while the interpreter ends.
    assert killed >= len(points) * 9 // 10


def test_there_are_enough_points_to_be_killed_at(points: list[tuple[str, int]]) -> None:
    assert len(points) >= LEAST


def test_files_are_whole_after_a_kill(points: list[tuple[str, int]], tmp_path: Path) -> None:
    check_points(points[:: len(points) // SAMPLE], tmp_path)


@pytest.mark.exhaustive
def test_files_are_whole_after_a_kill_at_any_system_call(
    points: list[tuple[str, int]], tmp_path: Path
) -> None:
    check_points(points, tmp_path)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("write", "ENOSPC"),
        ("write", "EDQUOT"),
        ("fsync", "EIO"),
        ("rename", "EXDEV"),
        ("chmod", "EPERM"),
        ("flock", "ENOLCK"),
    ],
)
def test_failed_system_call_spares_the_file(
    call: str, error: str, points: list[tuple[str, int]], tmp_path: Path
) -> None:
    files = make_files(tmp_path / "files")
    first = next(count for name, count in points if name == call)

    result = write_under_strace(files, "-e", f"inject={call}:error={error}:when={first}")

    assert result.returncode == 0, result.stderr
    check_whole(files)
    spared = [name for name in NAMES if (files / name).read_bytes() == OLD]
    assert spared == ([] if call == "flock" else ["a.py"])
    assert result.stdout.startswith(" ".join(spared))
    write_the_rest(files)
