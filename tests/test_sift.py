"""Many files at once: what is said of each is the same as by a careful reading of it."""

from __future__ import annotations

import os
import signal
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator import sift as sift_module
from migrator.cache import digest_bytes
from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.prefilter import may_send, mentions
from migrator.sift import has_any, sift
from migrator.source import read_source

CALL = b"import requests\nrequests.get('https://api.procore.com/vapid/me')\n"
CONTENTS = {
    "a.py": CALL,
    "clean.py": b"x = 1\n",
    "empty.py": b"",
    "host.py": b"HOST = 'api.procore.com'\n",
    "host.txt": b"api.procore.com\n",
    "short-after-long.txt": b"vap",
    "wide.txt": "vapid".encode("utf-16"),
    "binary.dat": b"x" * 100 + b"\0" * 100,
}
LOOKED_AT = {"a.py", "host.py", "wide.txt", "missing.py", "folder", "pipe", "large.txt"}


@pytest.fixture
def files(tmp_path: Path) -> list[tuple[str, sift_module.Test | None]]:
    for name, data in CONTENTS.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "large.txt").write_bytes(b"x" * 1_000_000)
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    names = [*CONTENTS, *sorted(LOOKED_AT - CONTENTS.keys())]
    return [(name, may_send if name.endswith(".py") else mentions) for name in names]


@pytest.mark.parametrize("processes", [1, 2, 3, pytest.param(50, marks=pytest.mark.once)])
def test_each_file_is_told_apart_in_any_number_of_processes(
    processes: int, files: list[sift_module.File], tmp_path: Path
) -> None:
    found = sift(str(tmp_path), files, processes=processes)

    assert {path for (path, _), (looked, _) in zip(files, found, strict=True) if looked} == (
        LOOKED_AT
    )
    assert {digest for _, digest in found} == {None}
    assert has_any(str(tmp_path), files, processes=processes)


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_digests_are_those_of_the_bytes(
    processes: int, files: list[sift_module.File], tmp_path: Path
) -> None:
    asked = [(path, None) for path, _ in files]

    found = sift(str(tmp_path), asked, digest=digest_bytes, processes=processes)

    digests = {path: digest for (path, _), (_, digest) in zip(asked, found, strict=True)}
    assert digests == {
        **{name: digest_bytes(data) for name, data in CONTENTS.items()},
        **dict.fromkeys(["missing.py", "folder", "pipe", "large.txt"]),
    }


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_clean_files_are_all_left_alone(
    processes: int, files: list[sift_module.File], tmp_path: Path
) -> None:
    clean = [(path, test) for path, test in files if path not in LOOKED_AT]

    assert not has_any(str(tmp_path), clean, processes=processes)
    assert not has_any(str(tmp_path), [], processes=processes)
    assert sift(str(tmp_path), [], processes=processes) == []


@given(st.lists(st.one_of(st.binary(), st.sampled_from(sorted(CONTENTS.values()))), max_size=9))
@settings(deadline=None, max_examples=25)
def test_what_is_left_alone_is_nothing_to_a_careful_reading(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("files")
    for number, data in enumerate(contents):
        (folder / f"{number}.txt").write_bytes(data)
    files = [(f"{number}.txt", mentions) for number in range(len(contents))]

    for (path, _), (looked, _) in zip(files, sift(str(folder), files), strict=True):
        assert looked or read_source(folder, path, mentioning=mentions) is None


@pytest.mark.parametrize("end", ["killed", "failed", "lied"])
def test_work_of_a_child_that_fails_is_done_again(
    end: str, files: list[sift_module.File], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = os.getpid()
    plain = sift_module.look_at

    def look(*args: object) -> object:
        if os.getpid() == parent:
            return plain(*args)  # type: ignore[arg-type]
        if end == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if end == "failed":
            raise ValueError("in a child")
        return [b"\0"]

    expected = sift(str(tmp_path), files, processes=1)
    monkeypatch.setattr(sift_module, "look_at", look)

    assert sift(str(tmp_path), files, processes=3) == expected


def test_no_process_is_started_where_the_system_has_none_left(
    files: list[sift_module.File], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = sift(str(tmp_path), files, processes=1)

    def refuse() -> int:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(os, "fork", refuse)

    assert sift(str(tmp_path), files, processes=2) == expected
    assert has_any(str(tmp_path), [("clean.py", mentions)] * 2, processes=2), (
        "not known to be clean"
    )


def test_no_process_is_started_beside_a_thread() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert sift_module.count_processes(10_000) == 1
    finally:
        done.set()
        thread.join()
    assert sift_module.count_processes(3) == 1


def test_no_child_and_no_descriptor_is_left(files: list[sift_module.File], tmp_path: Path) -> None:
    before = sorted(os.listdir("/proc/self/fd"))  # noqa: PTH208 - of this process
    sift(str(tmp_path), files, processes=3)
    has_any(str(tmp_path), files, processes=3)

    assert sorted(os.listdir("/proc/self/fd")) == before  # noqa: PTH208
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_scan_of_many_files_is_the_same_in_several_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        data = CALL if number % 7 == 0 else CONTENTS["clean.py"]
        (tmp_path / f"{number}.py").write_bytes(data)
    told: list[tuple[str, int, int]] = []

    def scan() -> object:
        return scan_paths(
            [],
            Settings(),
            today=date(2026, 11, 24),
            cwd=tmp_path,
            on_progress=lambda *each: told.append(each),
        )

    expected = scan()
    monkeypatch.setattr(sift_module, "count_processes", lambda _: 3)

    assert scan() == expected
    assert [each for each in told if each[0] == "reading"] == [("reading", 0, 20)] * 2
