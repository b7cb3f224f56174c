"""Other processes that sketch files ahead of the one that parses them, where there are many.

A worker is another Python with this package: it takes texts on its standard input, one at a
time, and hands back their sketches. It ends where its input does, so that none is left
behind by a run that was killed. What a worker does not do, for whatever reason, is done by
who asks for it.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, cast

from migrator.deep import run_deep
from migrator.program.sketch import Sketch, sketch_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future
    from typing import Self

ENOUGH = 100_000
"""So many characters are worth a worker: they take several times as long as it starts."""

_MOST = 3
"""The most workers that are started: one sketches about as fast as another process parses."""

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

    def hand_over(self, texts: Mapping[str, str]) -> Mapping[str, Future[bytes]]:
        """Have files sketched that are asked for next, in their order; return what comes of it.

        That is for ``take``; there is none of them where it is not worth it.
        """
        self.expect(sum(map(len, texts.values())))
        handed: dict[str, Future[bytes]] = {}
        if self.started:
            with contextlib.suppress(RuntimeError):  # no thread can be started
                for key, text in texts.items():
                    handed[key] = self._threads.submit(self._ask, text)
        return handed

    def _ask(self, text: str) -> bytes:
        """Have the next idle worker sketch a text; raises OSError or EOFError where it is gone."""
        worker = self._idle.get()
        try:
            return worker.ask(text)
        finally:
            self._idle.put(worker)


def take(handed: Future[bytes]) -> Sketch | None:
    """Return what a worker makes of a file that was handed over; None where it has not begun.

    None, too, where it has failed.
    """
    if handed.cancel():
        return None
    try:
        found = pickle.loads(handed.result())  # noqa: S301 - over a pipe that nobody else has
        return cast("Sketch", found)
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

    def ask(self, text: str) -> bytes:
        """Return the sketch of a text, pickled; raises OSError or EOFError where it is gone."""
        if self._process.stdin is None or self._process.stdout is None:
            raise EOFError
        _send(self._process.stdin, text.encode("utf-8", "surrogatepass"))
        return _receive(self._process.stdout)

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        with contextlib.suppress(OSError), self._process:
            pass  # closes its pipes, and waits for it


def work() -> None:
    """Do what a worker does, to the end of the standard input."""
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed by mistake would be taken for an answer

    def answer() -> None:
        with contextlib.suppress(EOFError, BrokenPipeError):
            while True:
                sketch = sketch_text(_receive(asked).decode("utf-8", "surrogatepass"))
                _send(told, pickle.dumps(sketch, pickle.HIGHEST_PROTOCOL))

    run_deep(answer)


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
