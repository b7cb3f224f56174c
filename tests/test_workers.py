"""Files sketched by other processes: the same as here, and no trouble where one fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from migrator.cli import program
from migrator.config import Settings
from migrator.errors import ParseError
from migrator.pipeline import scan_paths
from migrator.program import workers
from migrator.program.sketch import Sketch, sketch_text
from migrator.program.syntax import parse_text
from migrator.program.workers import ENOUGH, Question, Worker, Workers

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)

CALLS = '''
class Client{n}:
    """Asks for /vapid/projects."""

    def __init__(self, session):
        self.session = session
        self.base = BASE

    def list(self, number):
        return self.session.get(self.base + "/vapid/projects/%s/rfis" % number)

    def quiet(self, values):
        total = [value * {n} for value in values if value]
        values.append(total)
        return values
'''
LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
"""
ODD = [
    "",
    "x = (\n",
    "def f():\n\n    \f\n    return 1\n",
    "def f(x):\n    y = [x]\n    return y\n",
    "def f(x):\n    y = [x]\n    return 08\n",
    "x = '\ud800'\n",
    "# ä\r\nx = 'ß'\r\n",
    "x = " + "(" * 300 + ")" * 300 + "\n",
    "x = 1\ry = 2\r",
    "\0",
]


def make_program(folder: Path, files: int = 3) -> dict[str, str]:
    """Write a program, a quarter of a second's work a file; return its texts."""
    folder.mkdir()
    texts = {"base.py": 'BASE = "https://api.procore.com"\n'}
    for number in range(files):
        parts = [CALLS.replace("{n}", f"1{number:02}{part:02}") for part in range(24)]
        texts[f"part{number}.py"] = "import requests\nfrom base import BASE\n" + "".join(parts)
    for path, text in texts.items():
        (folder / path).write_text(text)
    return texts


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def until(holds: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def processes(team: Workers) -> list[int]:
    return [each.process for each in team.started]


def count_begun(team: Workers) -> int:
    """Count the tasks that workers have begun: what they make of those is waited for."""
    return sum(mark > 1 for mark in bytes(team._marks or b""))  # noqa: SLF001


def same(one: Sketch, other: Sketch) -> bool:
    """Tell whether two sketches are alike: units have no equality of their own."""
    return asdict(one) == asdict(other)


def test_worker_sketches_as_it_is_done_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "ENOUGH", 1)
    texts = {**make_program(tmp_path / "a"), **{f"odd{n}": text for n, text in enumerate(ODD)}}

    with Workers(2) as team:
        team.hand_over(texts, Question.SKETCH, Question.REST)
        assert until(lambda: count_begun(team) > 2)
        # The last ones first: none is waited for that has not begun.
        found = {path: team.take_sketch(path) for path in reversed(texts)}

    taken = {path: sketch for path, sketch in found.items() if sketch is not None}
    assert taken
    assert all(same(sketch, sketch_text(texts[path])) for path, sketch in taken.items())


@pytest.mark.sampled
@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("tree", [Question.REST, Question.TREE], ids=str)
def test_every_odd_text_comes_back(tree: Question, number: int) -> None:
    texts = {f"{number}": text for number, text in enumerate(ODD)}
    with Workers(number) as team:
        team.expect(ENOUGH)
        team.hand_over(texts, Question.SKETCH, tree)
        assert until(lambda: count_begun(team) == 2 * len(ODD))
        sketches = [team.take_sketch(path) for path in texts]
        trees = [team.take_tree(path) for path in texts]
        again = [team.take_tree(path) for path in texts]

    assert not any(again)
    for text, sketch, found in zip(ODD, sketches, trees, strict=True):
        assert sketch is not None, text
        assert same(sketch, sketch_text(text))
        left = text if tree is Question.TREE else sketch.text
        try:
            wanted = parse_text(left)
        except (ParseError, UnicodeEncodeError):
            assert found is None
        else:
            assert found is not None, text
            assert found.deep_equals(wanted)


def test_what_is_taken_before_it_is_begun_is_left_alone() -> None:
    with Workers(1) as team:
        team.expect(ENOUGH)
        team.hand_over({f"{n}": "x = 1\n" for n in range(1_000)}, Question.SKETCH, Question.TREE)
        # The last sketches and the first trees are the last that a worker comes to.
        assert team.take_sketch("999") is None
        assert team.take_tree("0") is None
        team.hand_over({"later": "y = 2\n"}, Question.SKETCH)
        assert until(lambda: count_begun(team) == 1_999)
        assert team.take_sketch("999") is None
        found = team.take_sketch("later")

    assert found is not None
    assert found.text == "y = 2\n"


@pytest.mark.parametrize(("number", "size"), [(0, ENOUGH), (-1, ENOUGH), (3, ENOUGH - 1)])
def test_nothing_is_started_that_is_not_worth_it(number: int, size: int) -> None:
    with Workers(number) as team:
        team.hand_over({"a.py": "#" * size}, Question.SKETCH)

        assert processes(team) == []
        assert team.take_sketch("a.py") is None


def test_few_workers_are_started_however_many_processors_there_are() -> None:
    with Workers(64) as team:
        team.expect(ENOUGH)

        assert len(processes(team)) == 3


def test_workers_end_with_the_block() -> None:
    with Workers(2) as team:
        team.expect(ENOUGH)
        started = processes(team)
        files = len([*Path("/proc/self/fd").iterdir()])
        team.hand_over({f"{n}": "x = 1\n" * 10_000 for n in range(40)}, Question.SKETCH)

    assert len(started) == 2
    assert not any(map(is_running, started))
    # Of each its memory and two pipes, and the memory of all with the marks.
    assert len([*Path("/proc/self/fd").iterdir()]) == files - 3 * 2 - 2


def test_worker_that_is_killed_leaves_its_files_to_who_asks() -> None:
    with Workers(1) as team:
        team.expect(ENOUGH)
        for process in processes(team):
            os.kill(process, signal.SIGKILL)
        texts = {f"{n}": "x = 1\n" for n in range(40)}
        team.hand_over(texts, Question.SKETCH, Question.REST)

        assert [team.take_sketch(path) for path in texts] == [None] * 40
        assert [team.take_tree(path) for path in texts] == [None] * 40


def test_worker_that_is_killed_amid_a_task_leaves_it_to_who_asks() -> None:
    text = "".join(f"def f{n}(a, b=[1, 2]):\n    return [a + x for x in b]\n" for n in range(9_000))
    with Workers(1) as team:
        team.expect(ENOUGH)
        team.hand_over({"a.py": text}, Question.TREE)
        assert until(lambda: count_begun(team) == 1)
        os.kill(team.started[0].process, signal.SIGKILL)

        assert team.take_tree("a.py") is None


def test_worker_that_is_stopped_is_waited_for_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", 0.2)
    text = "".join(f"def f{n}(a, b=[1, 2]):\n    return [a + x for x in b]\n" for n in range(9_000))
    with Workers(1) as team:
        team.expect(ENOUGH)
        team.hand_over({"a.py": text, "b.py": text}, Question.TREE)
        assert until(lambda: count_begun(team) == 1)
        os.kill(team.started[0].process, signal.SIGSTOP)

        assert team.take_tree("b.py") is None
        assert team.take_tree("a.py") is None
        assert until(lambda: not is_running(team.started[0].process))


def test_no_memory_for_an_answer_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    # A limit on what a file may hold, as of a full disk.
    monkeypatch.setattr(workers, "_PROGRAM", LIMITED + workers._PROGRAM)  # noqa: SLF001
    with Workers(1) as team:
        team.expect(ENOUGH)
        team.hand_over({"a.py": "x = 1\n" * 2_000}, Question.TREE)
        assert until(lambda: count_begun(team) == 1)

        assert team.take_tree("a.py") is None


def test_temporary_files_do_where_there_is_no_memory_for_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(os, "memfd_create", raising=False)
    with Workers(1) as team:
        team.expect(ENOUGH)
        team.hand_over({"a.py": "x = 1\n"}, Question.TREE)
        assert until(lambda: count_begun(team) == 1)
        tree = team.take_tree("a.py")

    assert tree is not None
    assert tree.code == "x = 1\n"


def test_no_python_to_start_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    with Workers(2) as team:
        team.hand_over({"a.py": "#" * ENOUGH}, Question.SKETCH)

        assert processes(team) == []
        assert team.take_sketch("a.py") is None


def test_worker_ends_when_who_started_it_is_killed() -> None:
    code = """
import time
from migrator.program.workers import ENOUGH, Workers
team = Workers(1)
team.expect(ENOUGH)
print(team.started[0].process, flush=True)
time.sleep(60)
"""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        assert is_running(worker)
        parent.kill()

    assert until(lambda: not is_running(worker))


def test_worker_imports_nothing_from_where_it_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "pickle", "migrator", "ast", "sitecustomize", "usercustomize"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'imported')!r}, 'w')\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    with Workers(1) as team:
        team.expect(ENOUGH)
        team.hand_over({"a": "x = 1\n"}, Question.TREE)
        assert until(lambda: count_begun(team) == 1)
        assert team.take_tree("a") is not None

    assert not (tmp_path / "imported").exists()


@pytest.mark.parametrize("kill", [False, True], ids=["whole", "killed"])
def test_scan_finds_the_same_with_workers(
    kill: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_program(tmp_path / "a")
    monkeypatch.setattr(workers, "ENOUGH", 1)
    monkeypatch.setattr(workers, "count_others", lambda: 2)
    taken: list[bytes] = []
    wait = Worker.wait_for

    def note(worker: Worker, task: int) -> bytes:
        taken.append(wait(worker, task))
        if kill and len(taken) == 2:
            os.kill(worker.process, signal.SIGKILL)
        return taken[-1]

    monkeypatch.setattr(Worker, "wait_for", note)
    hand_over = Workers.hand_over

    def hand_over_and_wait(team: Workers, texts: dict[str, str], *questions: Question) -> None:
        hand_over(team, texts, *questions)
        assert not (team.started and texts) or until(lambda: count_begun(team) > 2)

    monkeypatch.setattr(Workers, "hand_over", hand_over_and_wait)

    together = scan_paths([], Settings(), today=TODAY, cwd=tmp_path / "a", parallel=True)
    assert any(taken)
    taken.clear()
    alone = scan_paths([], Settings(), today=TODAY, cwd=tmp_path / "a")

    assert not taken
    assert together == alone
    assert len(alone.findings) == 3 * 24 * 2
    assert alone.problems == ()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="there is no /proc")
def test_interrupt_of_all_in_the_terminal_is_one_line_and_leaves_no_worker(tmp_path: Path) -> None:
    make_program(tmp_path / "a", files=60)
    if workers.count_others() < 1:
        pytest.skip("there is one processor")
    with subprocess.Popen(
        [sys.executable, "-m", "migrator", "scan", "--no-cache"],
        cwd=tmp_path / "a",
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        children: list[int] = []

        def has_worker() -> bool:
            for task in Path(f"/proc/{running.pid}/task").glob("*/children"):
                children.extend(map(int, task.read_text().split()))
            return bool(children)

        assert until(has_worker)
        os.killpg(running.pid, signal.SIGINT)
        printed, told = running.communicate(timeout=60)

    assert running.returncode == 130
    assert (printed, told) == (b"", b"Interrupted\n")
    assert until(lambda: not any(map(is_running, children)))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends it at once")
def test_worker_in_a_long_parse_ends_with_who_started_it() -> None:
    code = """
import sys, time
from migrator.program.workers import ENOUGH, Question, Workers
team = Workers(1)
team.expect(ENOUGH)
text = "".join(f"def f{n}(a, b=[1, 2]):\\n    return [a + x for x in b]\\n" for n in range(90_000))
team.hand_over({"a": text}, Question.TREE)
print(team.started[0].process, flush=True)
time.sleep(60)
"""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        time.sleep(1)  # until it has begun
        assert is_running(worker)
        parent.kill()

    assert until(lambda: not is_running(worker), seconds=2)


def test_no_further_thread_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.py").write_text(CALLS)
    monkeypatch.chdir(tmp_path / "a")

    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)

    result = CliRunner().invoke(program, ["scan", "--no-cache"])

    assert result.exit_code == 2
    assert "the system allows no further thread: raise its limit" in result.stderr
