"""What is kept for the next run: the same result, never a wrong one, and nothing that runs."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from migrator import cache, sift
from migrator.analysis import analyse_program
from migrator.cache import find_folder, load_entry, store_entry
from migrator.cli import PROGRAM_NAME, program
from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.values import Fix, Scan

CALL = 'import requests\nfrom base import HOST\nrequests.get(HOST + "/vapid/me")\n'
TODAY = date(2026, 11, 24)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "a.py").write_text(CALL)
    (folder / "base.py").write_text('HOST = "https://api.procore.com"\n')
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def scan(project: Path, *, settings: Settings | None = None, **options: Any) -> Scan:
    folder = project.parent / "cache"
    return scan_paths(
        [], settings or Settings(), cwd=project, cache=folder, **{"today": TODAY, **options}
    )


def entries(project: Path) -> list[Path]:
    return sorted((project.parent / "cache").rglob("*.scan"))


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no program be analysed from here on."""
    monkeypatch.setattr("migrator.analysis.analyse_program", lambda *_, **__: pytest.fail("again"))


def run(*args: str) -> Result:
    return CliRunner().invoke(program, args, prog_name=PROGRAM_NAME)


def test_second_scan_is_the_same_and_analyses_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = scan(project)
    assert len(first.findings) == 1
    forbid(monkeypatch)

    assert scan(project) == first


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", CALL.replace("/me", "/projects")),
        ("base.py", 'HOST = "https://push.example.com"\n'),
        ("c.py", "print('new, and a part of the program')\n"),
        ("d.env", "A=b\n"),
    ],
)
def test_any_change_of_the_program_is_seen(name: str, text: str, project: Path) -> None:
    scan(project)
    status = (project / "a.py").stat()
    (project / name).write_text(text)
    os.utime(project / name, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert scan(project) == scan_paths([], Settings(), today=TODAY, cwd=project)
    assert len(entries(project)) == 2


@pytest.mark.parametrize(
    "name", ["../around.py", "settings.yaml", "large.py", "empty.py", "link.py"]
)
def test_any_file_that_counts_is_read_again(
    name: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.parent / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    (project.parent / "around.py").write_text("A = 1\n")
    (project / "settings.yaml").write_text("a: 1\n")
    (project / "large.py").write_text("a = 1\n" * 300_000)
    (project / "empty.py").touch()
    (project / "link.py").symlink_to("../around.py")
    first = scan(project)
    assert len(entries(project)) == 1
    kept = (project / name).stat()
    text = (project / name).read_text()
    (project / name).write_text(text.replace("1", "2", 1) or "2")
    os.utime(project / name, ns=(kept.st_atime_ns, kept.st_mtime_ns))

    assert scan(project).findings == first.findings
    assert len(entries(project)) == 2
    forbid(monkeypatch)
    (project / name).write_text(text)
    assert scan(project) == first


@pytest.mark.parametrize("processes", [1, 3])
def test_what_is_kept_is_called_the_same_however_it_was_read(
    processes: int, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sift, "count_processes", lambda _: processes)
    first = scan(project)
    assert len(entries(project)) == 1
    monkeypatch.setattr(sift, "count_processes", lambda _: 2)
    forbid(monkeypatch)

    assert scan(project) == first


def test_what_changes_while_it_is_read_is_not_kept(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(*args: Any, **options: Any) -> object:
        (project / "base.py").write_text('HOST = "https://push.example.com"\n')
        return analyse_program(*args, **options)

    monkeypatch.setattr("migrator.analysis.analyse_program", change)
    scan(project)

    assert entries(project) == []


@pytest.mark.parametrize(
    "options",
    [
        {"today": date(2030, 1, 1)},
        {"rest": True},
        {"fixes": frozenset({Fix.HOST})},
        {"settings": Settings(hosts=("api.example.com",))},
        {"instead": {"a.py": b"import requests\n# vapid\n"}},
    ],
    ids=lambda options: next(iter(options)),
)
def test_any_other_question_is_answered_anew(options: dict[str, Any], project: Path) -> None:
    first = scan(project)
    scan(project, **options)

    assert len(entries(project)) == 2
    assert scan(project) == first


def test_rows_of_the_project_count(project: Path) -> None:
    rows = project / "rows.toml"
    rows.write_text("rule = []\n")
    settings = Settings(rules=(rows,))
    scan(project, settings=settings)
    rows.write_text("rule = []  # changed\n")
    scan(project, settings=settings)

    assert len(entries(project)) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[:-9],
        lambda data: data[:40] + b"x" + data[41:],
        lambda data: data[:20],
        lambda _: sign(b"\x80\x05."),
        lambda _: sign(pickle.dumps(["no analysis"])),
    ],
    ids=["empty", "cut", "changed", "digest-alone", "no-pickle", "no-analysis"],
)
def test_damaged_entry_is_ignored_and_replaced(damage: Any, project: Path) -> None:
    first = scan(project)
    (entry,) = entries(project)
    good = entry.read_bytes()
    entry.write_bytes(damage(good))

    assert scan(project) == first
    assert load_entry(entry.parent, entry.stem) is not None
    assert entries(project) == [entry]


def sign(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=20).digest() + content


class _Hostile:
    def __init__(self, call: Any, *args: Any) -> None:
        self.made = (call, args)

    def __reduce__(self) -> Any:
        return self.made


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_pipe_in_the_place_of_an_entry_is_ignored_and_replaced(project: Path) -> None:
    first = scan(project)
    (entry,) = entries(project)
    entry.unlink()
    os.mkfifo(entry)

    code = (
        "import sys; from pathlib import Path; from migrator.cache import load_entry; "
        "print(load_entry(Path(sys.argv[1]), sys.argv[2]))"
    )
    asked = [sys.executable, "-c", code, str(entry.parent), entry.stem]

    # In a process of its own, which may be ended where it waits.
    found = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=True)

    assert found.stdout == "None\n"
    assert scan(project) == first
    assert entries(project)[0].is_file()


def test_entry_beyond_all_bounds_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_entry(tmp_path, "a", Settings())
    assert load_entry(tmp_path, "a") == Settings()

    monkeypatch.setattr(cache, "_LARGEST_ENTRY", 10)

    assert load_entry(tmp_path, "a") is None


@pytest.mark.parametrize(
    "value",
    [
        _Hostile(os.system, "touch ran"),
        _Hostile(eval, "open('ran', 'w')"),
        _Hostile(cache.store_entry, Path("ran"), "x", 1),
        _Hostile(getattr, Fix, "__subclasses__"),
        _Hostile(Path, "ran"),
    ],
    ids=["system", "eval", "own-function", "getattr", "path"],
)
def test_entry_can_run_nothing(value: object, project: Path) -> None:
    folder = project.parent / "cache"
    folder.mkdir()
    (folder / "x.scan").write_bytes(sign(pickle.dumps(value)))

    assert load_entry(folder, "x") is None
    assert not (project / "ran").exists()


def test_oldest_entries_go_beyond_the_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_MOST_ENTRIES", 3)
    for number in range(5):
        store_entry(tmp_path, str(number), number)
        os.utime(tmp_path / f"{number}.scan", (number, number))
    store_entry(tmp_path, "5", 5)
    assert sorted(path.stem for path in tmp_path.iterdir()) == ["3", "4", "5"]

    monkeypatch.setattr(cache, "_MOST_BYTES", 100)
    store_entry(tmp_path, "6", b"x" * 60)
    assert [path.stem for path in tmp_path.iterdir()] == ["6"]
    monkeypatch.setattr(cache, "_LARGEST_ENTRY", 50)
    store_entry(tmp_path, "7", b"x" * 60)
    assert [path.stem for path in tmp_path.iterdir()] == ["6"]


def test_folder_that_cannot_be_written_is_no_failure(project: Path) -> None:
    (project.parent / "cache").write_text("a file")

    assert len(scan(project).findings) == 1


def test_value_that_cannot_be_kept_is_not(tmp_path: Path) -> None:
    store_entry(tmp_path, "a", lambda: 1)

    assert list(tmp_path.iterdir()) == []


def test_commands_keep_what_they_find_unless_told_not_to(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run("scan", "--no-cache", "--as-of", "2026-11-24")
    assert entries(project) == []
    assert run("scan", "--as-of", "2026-11-24").stdout == first.stdout
    assert len(entries(project)) == 1
    forbid(monkeypatch)
    assert run("scan", "--as-of", "2026-11-24").stdout == first.stdout
    assert run("check", "--as-of", "2026-11-24").exit_code == 1


def test_clean_project_keeps_nothing(project: Path) -> None:
    (project / "a.py").write_text("print()\n")
    (project / "base.py").unlink()

    assert run("scan").exit_code == 0
    assert entries(project) == []


@pytest.mark.parametrize(("home", "found"), [("/x", Path("/x/vapid-to-rest")), ("x", None)])
def test_folder_is_the_users_own(
    home: str, found: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", home)

    assert find_folder() == found


@pytest.mark.parametrize("home", ["", "/", None], ids=["empty", "root", "nobody's"])
def test_no_home_is_no_folder(home: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    if home is None:
        # As the system has it where a container runs under a number that is nobody's.
        monkeypatch.delenv("HOME", raising=False)
        monkeypatch.setattr(os, "getuid", lambda: 54_321)
    else:
        monkeypatch.setenv("HOME", home)

    assert find_folder() is None


def test_files_of_others_in_the_folder_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_MOST_ENTRIES", 1)
    monkeypatch.setattr(cache, "_MOST_BYTES", 100)
    (tmp_path / "data.bin").write_bytes(b"x" * 1000)
    (tmp_path / "notes.tmp").write_text("mine")
    os.utime(tmp_path / "notes.tmp", (1, 1))

    for number in range(3):
        store_entry(tmp_path, str(number), number)
        os.utime(tmp_path / f"{number}.scan", (number, number))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["2.scan", "data.bin", "notes.tmp"]
