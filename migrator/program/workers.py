"""Other processes that read files ahead of the one that analyses them, where there are many.

First they sketch them, in the order in which they are asked for, then they parse from the last
one on, until both meet. To take over a tree costs a fifth of the parse, but the worker half
as much again as that: with one of them, it does well to do the sketches.

A worker is another Python with this package: it takes texts on its standard input, one at a
time, and answers. It ends where its input does, so that none is left behind by a run that was
killed. What a worker does not do, for whatever reason, is done by who asks for it.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, cast

from migrator.deep import run_deep
from migrator.errors import ParseError
from migrator.program.sketch import Sketch, sketch_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future
    from typing import Self

    import libcst as cst

ENOUGH = 200_000
"""So many characters are worth a worker: they take several times as long as it starts."""

_MOST = 3
"""The most workers that are started: the rest of an analysis is the work of one process."""

_PR_SET_PDEATHSIG = 1
"""Of Linux's ``prctl``: the signal that comes when the thread that started a process ends."""

_PROTOCOL = pickle.HIGHEST_PROTOCOL
_SKETCH, _REST, _WHOLE = b"s", b"r", b"w"
"""What is asked for: a sketch, the tree of what it leaves, or the tree of all of a text."""

_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from migrator.program.workers import work; work()"
)


class Workers:
    """At most ``number`` processes, started by the first work that is enough for one."""

    def __init__(self, number: int) -> None:
        self._number = min(number, _MOST)
        self.started: list[Worker] = []
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._threads = ThreadPoolExecutor(max(self._number, 1))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self.started:
            worker.end()

    def expect(self, size: int) -> None:
        """Start the workers, if so many characters are worth it."""
        if size >= ENOUGH and not self.started:
            with contextlib.suppress(OSError):
                for _ in range(self._number):
                    self.started.append(Worker())
                    self._idle.put(self.started[-1])

    def hand_over(self, texts: Mapping[str, str], *, is_whole: bool = False) -> Handed:
        """Have files read that are asked for next, in their order; return what comes of it.

        ``is_whole`` says that all of a file is to be parsed, and not what its sketch leaves.
        There is nothing where it is not worth it.
        """
        self.expect(sum(map(len, texts.values())))
        handed = Handed({}, {})
        if self.started:
            kind = _WHOLE if is_whole else _REST
            with contextlib.suppress(RuntimeError):  # no thread can be started
                for key, text in texts.items():
                    handed.sketches[key] = self._threads.submit(self._ask, _SKETCH, text)
                for key in reversed([*texts]):
                    handed.trees[key] = self._threads.submit(self._ask, kind, texts[key])
        return handed

    def _ask(self, kind: bytes, text: str) -> bytes:
        """Have the next idle worker answer; raises OSError or EOFError where it is gone."""
        worker = self._idle.get()
        try:
            return worker.ask(kind + text.encode("utf-8", "surrogatepass"))
        finally:
            self._idle.put(worker)


@dataclass(frozen=True, slots=True)
class Handed:
    """What workers make of files, by path: each thing is taken once."""

    sketches: dict[str, Future[bytes]]
    trees: dict[str, Future[bytes]]

    def take_sketch(self, path: str) -> Sketch | None:
        """Return the sketch of a file; None where no worker has begun with it, or it failed."""
        return cast("Sketch | None", _take(self.sketches.pop(path, None)))

    def take_tree(self, path: str) -> cst.Module | None:
        """Return what LibCST reads in a file, or in what its sketch leaves; None as above.

        None, too, where that cannot be parsed.
        """
        return cast("cst.Module | None", _take(self.trees.pop(path, None)))


def _take(handed: Future[bytes] | None) -> object:
    if handed is None or handed.cancel():
        return None
    try:
        return pickle.loads(handed.result())  # noqa: S301 - over a pipe that nobody else has
    except (OSError, EOFError, RecursionError, pickle.UnpicklingError):
        return None


class Worker:
    """One process, by its number among the system's."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this Python, and a program from here
            # Isolated: the folder that it starts in may hold modules of anyone.
            [sys.executable, "-I", "-c", _PROGRAM, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Ctrl-C is for the program that the person sees: it ends its workers.
            process_group=0 if os.name == "posix" else None,
        )
        self.process = self._process.pid

    def ask(self, question: bytes) -> bytes:
        """Return the answer, pickled; raises OSError or EOFError where the process is gone."""
        if self._process.stdin is None or self._process.stdout is None:
            raise EOFError
        _send(self._process.stdin, question)
        return _receive(self._process.stdout)

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        with contextlib.suppress(OSError), self._process:
            pass  # closes its pipes, and waits for it


def work() -> None:
    """Do what a worker does, to the end of the standard input."""
    _end_with_parent()
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed by mistake would be taken for an answer

    known: dict[str, Sketch] = {}

    def answer() -> None:
        with contextlib.suppress(EOFError, BrokenPipeError):
            while True:
                question = _receive(asked)
                text = question[1:].decode("utf-8", "surrogatepass")
                try:
                    found = pickle.dumps(_answer(question[:1], text, known), _PROTOCOL)
                except Exception:  # noqa: BLE001 - who asks does it again, and tells
                    found = b""
                _send(told, found)

    run_deep(answer)


def _end_with_parent() -> None:
    """Have the system end this process with the one that started it, even amid a long parse.

    Elsewhere than on Linux it comes to the end of its input first.
    """
    with contextlib.suppress(ImportError, OSError, AttributeError):
        import ctypes  # noqa: PLC0415 - for a worker alone

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _answer(kind: bytes, text: str, known: dict[str, Sketch]) -> Sketch | cst.Module | None:
    """Answer one question; ``known`` are the sketches of the files that are not parsed yet."""
    if kind == _SKETCH:
        known[text] = sketch_text(text)
        return known[text]
    # Not before it is needed: to import LibCST takes longer than to start.
    from migrator.program.syntax import parse_text  # noqa: PLC0415

    sketch = known.pop(text, None) or sketch_text(text)
    try:
        return parse_text(sketch.text if kind == _REST else text)
    except ParseError:
        return None


def count_others() -> int:
    """Return how many processors this process may use beside the one that it runs on."""
    affinity = getattr(os, "sched_getaffinity", None)
    return (len(affinity(0)) if affinity is not None else os.cpu_count() or 1) - 1


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(len(data).to_bytes(8))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    size = stream.read(8)
    data = stream.read(int.from_bytes(size))
    if len(size) < 8 or len(data) < int.from_bytes(size):
        raise EOFError
    return data
