"""Writing a file whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from migrator.source import read_source
from migrator.values import SourceFile
from migrator.write import WriteError, write_atomically

NOBODY = 65534
CHANGED = "it has changed since it was read: run again"

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser gives files away")


@contextmanager
def unprivileged() -> Iterator[None]:
    """Give up the rights of the superuser, who may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, unlike those of tmp_path."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def make(path: Path, data: bytes = b"old") -> Path:
    path.write_bytes(data)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"old", b"new and longer"), (b"", b"new"), (b"old", b""), (b"\xff\0\r\n", b"\r\xfe")],
    ids=["text", "from nothing", "to nothing", "any bytes"],
)
def test_file_has_the_new_bytes_and_nothing_stands_beside_it(
    before: bytes, after: bytes, tmp_path: Path
) -> None:
    file = make(tmp_path / "a.py", before)

    write_atomically(file, before, after)

    assert file.read_bytes() == after
    assert names(tmp_path) == ["a.py"]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(".env", id="hidden"),
        pytest.param("-a.py", id="like an option"),
        pytest.param("x" * 252 + ".py", id="as long as may be"),
        pytest.param("😀" * 63 + ".p", id="as long as may be, in bytes"),
        pytest.param("new\nline.py", id="line end"),
        pytest.param(os.fsdecode(b"caf\xe9.py"), id="not utf-8"),
    ],
)
def test_file_of_any_name_is_written(name: str, tmp_path: Path) -> None:
    try:
        file = make(tmp_path / name)
    except OSError:
        pytest.skip("this file system has no such names")

    write_atomically(file, b"old", b"new")

    assert file.read_bytes() == b"new"
    assert names(tmp_path) == [name]


def test_path_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "a.py")
    monkeypatch.chdir(tmp_path)

    write_atomically(Path("a.py"), b"old", b"new")

    assert (tmp_path / "a.py").read_bytes() == b"new"


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o666, 0o200, 0o4755, 0o2750])
def test_mode_stays(mode: int, tmp_path: Path) -> None:
    file = make(tmp_path / "a.py")
    file.chmod(mode)
    if not os.access(file, os.R_OK):
        pytest.skip("only the superuser reads this one")

    write_atomically(file, b"old", b"new")

    assert stat.S_IMODE(file.stat().st_mode) == mode


@needs_root
def test_owner_and_the_bits_that_depend_on_it_stay(tmp_path: Path) -> None:
    file = make(tmp_path / "a.py")
    os.chown(file, 1234, 5678)
    file.chmod(0o4755)

    write_atomically(file, b"old", b"new")

    status = file.stat()
    assert (status.st_uid, status.st_gid) == (1234, 5678)
    assert stat.S_IMODE(status.st_mode) == 0o4755


@needs_root
def test_file_that_cannot_be_given_to_its_owner_does_not_run_as_the_writer(
    open_folder: Path,
) -> None:
    open_folder.chmod(0o777)
    file = make(open_folder / "a.py")
    os.chown(file, 1234, 5678)
    file.chmod(0o6777)

    with unprivileged():
        write_atomically(file, b"old", b"new")

    status = file.stat()
    assert file.read_bytes() == b"new"
    assert status.st_uid == NOBODY
    assert stat.S_IMODE(status.st_mode) == 0o777


# Links


def test_link_stays_a_link_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "links").mkdir()
    file = make(tmp_path / "real" / "a.py")
    (tmp_path / "links" / "one.py").symlink_to("../real/a.py")
    link = tmp_path / "links" / "two.py"
    link.symlink_to("one.py")

    write_atomically(link, b"old", b"new")

    assert file.read_bytes() == b"new"
    assert link.readlink() == Path("one.py")
    assert not file.is_symlink()
    assert names(tmp_path / "links") == ["one.py", "two.py"]


def test_file_with_several_hard_links_is_left_alone_and_keeps_them(tmp_path: Path) -> None:
    file = make(tmp_path / "a.py")
    other = tmp_path / "b.py"
    other.hardlink_to(file)

    with pytest.raises(WriteError, match=r"it has 2 hard links.*put a copy in its place"):
        write_atomically(file, b"old", b"new")

    assert file.samefile(other)
    assert other.read_bytes() == b"old"
    assert names(tmp_path) == ["a.py", "b.py"]


# Refused


@pytest.mark.parametrize("now", [b"", b"newer", b"old ", b"olD"])
def test_file_that_changed_since_it_was_read_is_left_alone(now: bytes, tmp_path: Path) -> None:
    make(tmp_path / "a.py", b"vapid")
    source = read_source(tmp_path, "a.py")
    assert isinstance(source, SourceFile)
    make(tmp_path / "a.py", now)

    with pytest.raises(WriteError, match=f"^{CHANGED}$"):
        write_atomically(tmp_path / "a.py", source.data, b"rest")

    assert (tmp_path / "a.py").read_bytes() == now
    assert names(tmp_path) == ["a.py"]


@pytest.mark.parametrize("change", ["bytes", "file", "gone"])
def test_file_that_changes_while_the_draft_is_written_is_left_alone(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make(tmp_path / "a.py")

    def interfere(_descriptor: int) -> None:
        match change:
            case "bytes":
                file.write_bytes(b"OLD")
                os.utime(file, (1, 1))
            case "file":
                make(tmp_path / "other", b"OLD").replace(file)
            case _:
                file.unlink()

    monkeypatch.setattr(os, "fsync", interfere)

    with pytest.raises(WriteError, match="no longer there" if change == "gone" else CHANGED):
        write_atomically(file, b"old", b"new")

    assert names(tmp_path) == ([] if change == "gone" else ["a.py"])
    assert change == "gone" or file.read_bytes() == b"OLD"


def make_bad(top: Path) -> None:
    make(top / "file")
    (top / "folder.py").mkdir()
    (top / "broken.py").symlink_to("nowhere")
    (top / "loop.py").symlink_to("loop.py")
    os.mkfifo(top / "pipe.py")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.py", "it is no longer there"),
        ("gone/a.py", "it is no longer there"),
        ("broken.py", "it is no longer there"),
        ("file/a.py", "it cannot be written: Not a directory"),
        ("loop.py", "it cannot be written: Too many levels of symbolic links"),
        ("folder.py", "it is not a regular file"),
        ("pipe.py", "it is not a regular file"),
    ],
)
def test_path_that_is_no_file_is_refused(name: str, message: str, tmp_path: Path) -> None:
    make_bad(tmp_path)
    before = names(tmp_path)

    with pytest.raises(WriteError, match=f"^{message}$"):
        write_atomically(tmp_path / name, b"old", b"new")

    assert names(tmp_path) == before
    assert (tmp_path / "file").read_bytes() == b"old"


def test_read_only_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = make(tmp_path / "a.py")
    file.chmod(0o444)

    with pytest.raises(WriteError, match=r"^it is read-only: make it writable \(chmod u\+w\)"):
        write_atomically(file, b"old", b"new")

    assert file.read_bytes() == b"old"


@needs_root
def test_file_that_only_others_may_write_is_refused(open_folder: Path) -> None:
    open_folder.chmod(0o777)
    file = make(open_folder / "a.py")

    with unprivileged(), pytest.raises(WriteError, match=r"^it is read-only"):
        write_atomically(file, b"old", b"new")

    assert file.read_bytes() == b"old"


def test_file_in_a_read_only_folder_is_refused_with_what_to_do(open_folder: Path) -> None:
    file = make(open_folder / "a.py")
    file.chmod(0o666)
    open_folder.chmod(0o555)

    with unprivileged(), pytest.raises(WriteError, match=r"^its folder is read-only.*chmod"):
        write_atomically(file, b"old", b"new")

    open_folder.chmod(0o755)
    assert file.read_bytes() == b"old"
    assert names(open_folder) == ["a.py"]


# Interrupted


@pytest.mark.parametrize(
    ("step", "error", "expected"),
    [
        pytest.param("fsync", OSError(28, "No space left on device"), WriteError, id="disk full"),
        pytest.param("fsync", KeyboardInterrupt(), KeyboardInterrupt, id="interrupted"),
        pytest.param("replace", OSError(1, "Not permitted"), WriteError, id="not replaced"),
        pytest.param("chmod", OSError(1, "Not permitted"), WriteError, id="no mode"),
        pytest.param("fstat", MemoryError(), MemoryError, id="a bug"),
    ],
)
def test_whatever_goes_wrong_the_draft_is_gone_and_the_file_is_whole(
    step: str,
    error: BaseException,
    expected: type[BaseException],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = make(tmp_path / "a.py")
    reached = []

    def fail(*args: object, **_kwargs: object) -> None:
        reached.append(args)
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(os, step, fail)
        with pytest.raises(expected) as caught:
            write_atomically(file, b"old", b"new")

    assert reached, "the step is one of those that are taken"
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["a.py"]
    if isinstance(error, OSError):
        assert str(caught.value) == f"it cannot be written: {error.strerror}"


def test_file_is_on_the_disk_before_it_takes_the_place_of_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make(tmp_path / "a.py")
    seen: list[tuple[bool, bytes]] = []

    def look(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        seen.append((is_folder, file.read_bytes()))

    monkeypatch.setattr(os, "fsync", look)

    write_atomically(file, b"old", b"new")

    assert seen == [(False, b"old"), (True, b"new")]


def test_folder_that_cannot_be_synced_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make(tmp_path / "a.py")

    def refuse_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "fsync", refuse_folders)

    write_atomically(file, b"old", b"new")

    assert file.read_bytes() == b"new"


KILLED = """
import os, signal, sys
from pathlib import Path
from migrator.write import write_atomically

os.fsync = lambda _descriptor: os.kill(os.getpid(), signal.SIGKILL)
write_atomically(Path(sys.argv[1]), b"old", b"new")
"""


def test_killed_run_leaves_the_file_whole_and_the_next_one_tidies_up(tmp_path: Path) -> None:
    file = make(tmp_path / "a.py")
    root = Path(__file__).parent.parent

    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(file)],
        env=os.environ | {"PYTHONPATH": str(root)},
        timeout=60,
        check=False,
    )

    assert killed.returncode < 0
    assert file.read_bytes() == b"old"
    (stray,) = set(names(tmp_path)) - {"a.py"}
    assert stray.startswith(".a.py.vapid-to-rest-")

    write_atomically(file, b"old", b"new")
    assert names(tmp_path) == ["a.py"]


def test_draft_of_a_run_that_is_at_work_stays(tmp_path: Path) -> None:
    file = make(tmp_path / "a.py")
    other = make(tmp_path / "b.py")
    fsync = os.fsync
    seen: list[str] = []

    def write_another(descriptor: int) -> None:
        monkeypatch.setattr(os, "fsync", fsync)
        write_atomically(other, b"old", b"new")
        seen.extend(names(tmp_path))
        fsync(descriptor)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(os, "fsync", write_another)
        write_atomically(file, b"old", b"new")

    assert len(seen) == 3
    assert names(tmp_path) == ["a.py", "b.py"]
    assert file.read_bytes() == other.read_bytes() == b"new"


def test_draft_that_is_taken_for_a_stray_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make(tmp_path / "a.py")
    make_draft = tempfile.mkstemp
    made: list[str] = []

    def make_late(*args: Any, **named: Any) -> tuple[int, str]:
        descriptor, name = make_draft(*args, **named)
        made.append(name)
        if len(made) == 1:
            Path(name).unlink()
        return descriptor, name

    monkeypatch.setattr(tempfile, "mkstemp", make_late)

    write_atomically(file, b"old", b"new")

    assert len(made) == 2
    assert file.read_bytes() == b"new"
    assert names(tmp_path) == ["a.py"]


@pytest.mark.parametrize(
    ("name", "age", "stays"),
    [
        (".a.py.vapid-to-rest-abc_1234.tmp", 3700, False),
        (".new\nline.py.vapid-to-rest-abcdefgh.tmp", 3700, False),
        (".a.py.vapid-to-rest-abcdefgh.tmp", 0, False),
        (".a.py.vapid-to-rest-abcdefgh.tmp", -3700, False),
        ("a.py.vapid-to-rest-abcdefgh.tmp", 3700, True),
        (".vapid-to-rest-abcdefgh.tmp", 3700, True),
        (".a.py.vapid-to-rest-abcdefghi.tmp", 3700, True),
        (".a.py.vapid-to-rest-ABCDEFGH.tmp", 3700, True),
        (".a.py.vapid-to-rest-notes.tmp", 3700, True),
        (".a.py.vapid-to-rest-abcdefgh.tmp~", 3700, True),
        (".a.py.tmp", 3700, True),
    ],
)
def test_only_drafts_of_this_tool_are_removed(
    name: str, age: int, stays: bool, tmp_path: Path
) -> None:
    file = make(tmp_path / "a.py")
    stray = make(tmp_path / name, b"half")
    os.utime(stray, (time.time() - age,) * 2)

    write_atomically(file, b"old", b"new")

    assert stray.exists() is stays


@pytest.mark.parametrize(("age", "stays"), [(3700, False), (3500, True)])
def test_where_files_cannot_be_locked_only_old_drafts_are_removed(
    age: int, stays: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make(tmp_path / "a.py")
    stray = make(tmp_path / ".a.py.vapid-to-rest-abcdefgh.tmp")
    os.utime(stray, (time.time() - age,) * 2)

    def refuse(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)

    write_atomically(file, b"old", b"new")

    assert stray.exists() is stays
    assert file.read_bytes() == b"new"


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_what_is_called_like_a_draft_and_is_no_file_stays(kind: str, tmp_path: Path) -> None:
    file = make(tmp_path / "a.py")
    stray = tmp_path / ".a.py.vapid-to-rest-abcdefgh.tmp"
    if kind == "folder":
        stray.mkdir()
    else:
        stray.symlink_to("a.py")
    os.utime(stray, (1, 1), follow_symlinks=False)

    write_atomically(file, b"old", b"new")

    assert names(tmp_path) == [stray.name, "a.py"]


@needs_root
def test_draft_that_cannot_be_removed_is_no_failure(open_folder: Path) -> None:
    open_folder.chmod(0o1777)
    file = make(open_folder / "a.py")
    stray = make(open_folder / ".a.py.vapid-to-rest-abcdefgh.tmp")
    os.utime(stray, (1, 1))
    os.chown(file, NOBODY, NOBODY)

    with unprivileged():
        write_atomically(file, b"old", b"new")

    assert names(open_folder) == [stray.name, "a.py"]
    assert file.read_bytes() == b"new"
