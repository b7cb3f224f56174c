"""Other processes that read files ahead of the one that analyses them, where there are many.

First they sketch them, in the order in which they are asked for, then they parse from the last
one on, until both meet. To take over a tree costs a fifth of the parse, but the worker half
as much again as that: with one of them, it does well to do the sketches.

A worker is another Python with this package. Texts and answers lie in memory that both have,
and so does a mark for each task: whoever begins it puts it there first, so that a worker waits
for nobody, least of all for a process that is busy with LibCST. It ends where its input does,
so that none is left behind by a run that was killed. What a worker does not do, for whatever
reason, is done by who asks for it.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import pickle
import select
import signal
import subprocess
import sys
import tempfile
from enum import Enum, auto
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple, cast

from migrator.deep import run_deep
from migrator.errors import ParseError
from migrator.program.sketch import Sketch, sketch_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Self

    import libcst as cst

ENOUGH = 400_000
"""So many characters are worth a worker: they take several times as long as it starts."""

_MOST = 3
"""The most workers that are started: the rest of an analysis is the work of one process."""

_TASKS = 1 << 20
"""The most tasks of a run; what there is of memory for the marks of those, nobody touches."""

_FREE, _TAKEN, _BEGUN = 0, 1, 2
"""The marks of a task: nobody's, of who asks, and of the first worker; of the next one, 3."""

_PATIENCE = 30.0
"""Seconds after which a process that says nothing is taken for one that somebody stopped.

Where it only parses a file beyond all bounds, who asks begins anew: slower, and no worse.
"""

_PR_SET_PDEATHSIG = 1
"""Of Linux's ``prctl``: the signal that comes when the thread that started a process ends."""

_PROTOCOL = pickle.HIGHEST_PROTOCOL

_PLACE = Struct("<QQ")
"""Where tasks lie among the texts, and how many bytes they are: what a worker is told."""

_ANSWER = Struct("<QQQ")
"""A task, and where its answer lies among those of the worker: what that says."""

_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from migrator.program.workers import work; work(*map(int, sys.argv[2:]))"
)


class Question(Enum):
    """What is asked of a text: its sketch, the tree of what that leaves, or that of all of it."""

    SKETCH = auto()
    REST = auto()
    TREE = auto()


class _Task(NamedTuple):
    """A question about a text, which lies among the others at an offset."""

    number: int
    question: Question
    offset: int
    size: int


class Workers:
    """At most ``number`` processes, started by the first work that is enough for one.

    They work for one program: a path is that of one text.
    """

    def __init__(self, number: int) -> None:
        self._number = min(number, _MOST)
        self.started: list[Worker] = []
        self._sketches: dict[str, int] = {}
        self._trees: dict[str, int] = {}
        self._marks: mmap.mmap | None = None
        self._texts = -1
        self._end = self._tasks = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.started:
            worker.end()
        if self._marks is not None:
            self._marks.close()
        if self._texts >= 0:
            os.close(self._texts)

    def expect(self, size: int) -> None:
        """Start the workers, if so many characters are worth it."""
        if size < ENOUGH or self._number < 1 or self._texts >= 0:
            return
        with contextlib.suppress(OSError), contextlib.ExitStack() as closing:
            self._texts = _open_memory()
            marks = _open_memory()
            closing.callback(os.close, marks)
            os.truncate(marks, _TASKS)
            self._marks = mmap.mmap(marks, _TASKS)
            for number in range(self._number):
                self.started.append(Worker(marks, self._texts, number, self._number))

    def hand_over(self, texts: Mapping[str, str], *questions: Question) -> None:
        """Have texts read that are asked for next, by path and in their order.

        Nothing is done where it is not worth it.
        """
        self.expect(sum(map(len, texts.values())))
        if not self.started or not texts or self._tasks + 2 * len(texts) > _TASKS:
            return
        with contextlib.suppress(OSError):
            places = {path: self._put(_encode(text)) for path, text in texts.items()}
            tasks = [task for asked in questions for task in self._number_tasks(asked, places)]
            told = _PLACE.pack(*self._put(pickle.dumps(tasks, _PROTOCOL)))
            for worker in self.started:
                worker.tell(told)

    def _put(self, data: bytes) -> tuple[int, int]:
        """Write something behind the other texts; return where."""
        start = self._end
        _write(self._texts, data, start)
        self._end += len(data)
        return start, len(data)

    def _number_tasks(
        self, question: Question, places: Mapping[str, tuple[int, int]]
    ) -> Iterator[_Task]:
        is_sketch = question is Question.SKETCH
        numbers = self._sketches if is_sketch else self._trees
        for path in places if is_sketch else reversed([*places]):
            numbers[path] = self._tasks
            yield _Task(self._tasks, question, *places[path])
            self._tasks += 1

    def take_sketch(self, path: str) -> Sketch | None:
        """Return the sketch of a file; None where no worker has begun with it, or it failed.

        It is taken once, and so is a tree.
        """
        return cast("Sketch | None", self._take(self._sketches.pop(path, None)))

    def take_tree(self, path: str) -> cst.Module | None:
        """Return what LibCST reads in a file, or in what its sketch leaves; None as above.

        None, too, where that cannot be parsed.
        """
        return cast("cst.Module | None", self._take(self._trees.pop(path, None)))

    def _take(self, task: int | None) -> object:
        if task is None or self._marks is None:
            return None
        mark = self._marks[task]
        if mark < _BEGUN:
            self._marks[task] = _TAKEN
            return None
        with contextlib.suppress(EOFError, RecursionError, pickle.UnpicklingError):
            answer = self.started[mark - _BEGUN].wait_for(task)
            return pickle.loads(answer)  # noqa: S301 - of memory that nobody else has
        return None


class Worker:
    """One process, by its number among the system's."""

    def __init__(self, marks: int, texts: int, number: int, workers: int) -> None:
        self._answers = _open_memory()
        shared = (marks, texts, self._answers)
        numbers = map(str, (*shared, number, workers))
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this Python, and a program from here
                # Isolated: the folder that it starts in may hold modules of anyone.
                [sys.executable, "-I", "-c", _PROGRAM, json.dumps(sys.path), *numbers],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                pass_fds=shared,
                # Ctrl-C is for the program that the person sees: it ends its workers.
                process_group=0,
            )
        except OSError:
            os.close(self._answers)
            raise
        self.process = self._process.pid
        self._heard = b""
        self._done: dict[int, tuple[int, int]] = {}

    def tell(self, place: bytes) -> None:
        """Say where further tasks lie."""
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.write(place)

    def wait_for(self, task: int) -> bytes:
        """Return the answer to a task that was begun, pickled; nothing if the process is gone."""
        while task not in self._done:
            data = self._hear()
            if not data:
                return b""
            self._heard += data
            whole = len(self._heard) - len(self._heard) % _ANSWER.size
            for number, *place in _ANSWER.iter_unpack(self._heard[:whole]):
                self._done[number] = (place[0], place[1])
            self._heard = self._heard[whole:]
        return _read(self._answers, *self._done.pop(task))

    def _hear(self) -> bytes:
        """Return what the process says next; nothing where it is gone, or as good as that."""
        if self._process.stdout is None:
            return b""
        out = self._process.stdout.fileno()
        # No select, whose descriptors are bounded.
        waiting = select.poll()
        waiting.register(out, select.POLLIN)
        if not waiting.poll(_PATIENCE * 1000):
            self._process.kill()
        return os.read(out, 1 << 16)

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        with contextlib.suppress(OSError), self._process:
            pass  # closes its pipes, and waits for it
        os.close(self._answers)


def work(marks: int, texts: int, answers: int, number: int, workers: int) -> None:
    """Do what a worker of some does, to the end of the standard input.

    The first three are the files in memory, of the marks, the texts, and its own answers.
    """
    _end_with_parent()
    asked, told = os.fdopen(os.dup(0), "rb"), os.dup(1)
    os.dup2(2, 1)  # whatever is printed by mistake would be taken for an answer
    board = mmap.mmap(marks, _TASKS)
    known: dict[str, Sketch] = {}

    def answer() -> None:
        end = 0
        with contextlib.suppress(BrokenPipeError):
            while len(place := asked.read(_PLACE.size)) == _PLACE.size:
                tasks = pickle.loads(_read(texts, *_PLACE.unpack(place)))  # noqa: S301 - as above
                for task in _share(tasks, number, workers):
                    if board[task.number] == _FREE:
                        board[task.number] = _BEGUN + number
                        text = _read(texts, task.offset, task.size).decode("utf-8", "surrogatepass")
                        found = _dump_answer(task.question, text, known)
                        _write(answers, found, end)
                        os.write(told, _ANSWER.pack(task.number, end, len(found)))
                        end += len(found)

    run_deep(answer)


def _share(tasks: Sequence[_Task], number: int, workers: int) -> Iterator[_Task]:
    """Yield the tasks of one of the workers, and then those of the others: they may be slow.

    Of a file, the same one sketches and parses.
    """
    places = sorted({task.offset for task in tasks})
    own = set(places[number::workers])
    for question in Question:
        asked = [task for task in tasks if task.question is question]
        yield from (task for task in asked if task.offset in own)
        yield from (task for task in asked if task.offset not in own)


def _dump_answer(question: Question, text: str, known: dict[str, Sketch]) -> bytes:
    """Return the answer to one question; none where who asks is to do it, and tell."""
    try:
        return pickle.dumps(_answer(question, text, known), _PROTOCOL)
    except Exception:  # noqa: BLE001 - as said
        return b""


def _end_with_parent() -> None:
    """Have the system end this process with the one that started it, even amid a long parse.

    Elsewhere than on Linux it comes to the end of its input first.
    """
    with contextlib.suppress(ImportError, OSError, AttributeError):
        import ctypes  # noqa: PLC0415 - for a worker alone

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _answer(question: Question, text: str, known: dict[str, Sketch]) -> Sketch | cst.Module | None:
    """Answer one question; ``known`` are the sketches of the files that are not parsed yet."""
    if question is Question.SKETCH:
        known[text] = sketch_text(text)
        return known[text]
    # Not before it is needed: to import LibCST takes longer than to start.
    from migrator.program.syntax import parse_text  # noqa: PLC0415

    if question is Question.REST:
        text = (known.pop(text, None) or sketch_text(text)).text
    try:
        return parse_text(text)
    except ParseError:
        return None


def count_others() -> int:
    """Return how many processors this process may use beside the one that it runs on.

    None where there are no workers: they are handed files as only POSIX has them.
    """
    if os.name != "posix":
        return 0
    affinity = getattr(os, "sched_getaffinity", None)
    return (len(affinity(0)) if affinity is not None else os.cpu_count() or 1) - 1


def _open_memory() -> int:
    """Open a file that is nowhere but in memory, or else a temporary one without a name."""
    create = getattr(os, "memfd_create", None)
    if create is not None:
        with contextlib.suppress(OSError):
            return cast("int", create("vapid-to-rest"))
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _write(file: int, data: bytes, offset: int) -> None:
    view = memoryview(data)
    while view:
        written = os.pwrite(file, view, offset)
        view, offset = view[written:], offset + written


def _read(file: int, offset: int, size: int) -> bytes:
    """Return a part of a file; less than all of it where that is cut short."""
    parts: list[bytes] = []
    while size and (data := os.pread(file, size, offset)):
        parts.append(data)
        offset, size = offset + len(data), size - len(data)
    return b"".join(parts)
