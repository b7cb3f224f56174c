"""Runs commands in turn, and tells what each took; a command that fails ends it all."""

from __future__ import annotations

import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_PART = 1 << 20
_LONGEST = 1_000
"""More bytes than any proof has."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command to be timed in a folder.

    ``code`` is how it must end, and ``proof`` what it must print, as a pattern, so that no
    command is timed that does not do its work. A ``slow`` one is run fewer times.
    """

    name: str
    arguments: Sequence[str]
    folder: Path
    code: int = 0
    proof: str = ""
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """The median seconds of some runs, and the most MiB that a process of theirs had.

    A command that was ``stopped`` takes at least so long.
    """

    seconds: float
    memory: float
    runs: int
    stopped: bool = False


class FailedError(Exception):
    """A command did not do what is to be timed."""


def time_all(
    commands: Iterable[Command], runs: int, slow_runs: int, limit: float
) -> dict[str, Taken]:
    """Return what each command takes, by its name: all of them run in turn.

    One that takes longer than the limit, in seconds, is stopped, and not run again.
    """
    commands = list(commands)
    times: dict[str, list[Taken]] = {each.name: [] for each in commands}
    for number in range(max(runs, slow_runs)):
        for each in commands:
            taken = times[each.name]
            is_due = number < (slow_runs if each.slow else runs)
            if is_due and not any(before.stopped for before in taken):
                taken.append(run(each, limit))
    return {
        name: Taken(
            statistics.median(each.seconds for each in found),
            max(each.memory for each in found),
            len(found),
            any(each.stopped for each in found),
        )
        for name, found in times.items()
        if found
    }


def run(command: Command, limit: float) -> Taken:
    """Return the wall-clock seconds of one run, and its MiB; raises FailedError."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(
            command.arguments, cwd=command.folder, stdout=out, stderr=err, start_new_session=True
        )
        # With whatever processes it has started.
        stop = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        stop.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        stop.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        is_proved = any(_shows(each, command.proof) for each in (out, err))
        printed = "".join(map(_read_end, (out, err)))
    # Linux counts in KiB, macOS in bytes.
    memory = used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    if process.returncode == -signal.SIGKILL and seconds >= limit:
        return Taken(seconds, memory, 1, stopped=True)
    if process.returncode != command.code or not is_proved:
        raise FailedError(
            f"{command.name} in {command.folder.name}: exit code {process.returncode} instead of "
            f"{command.code}, or nothing like {command.proof!r} in:\n{printed}"
        )
    return Taken(seconds, memory, 1)


def _shows(stream: IO[bytes], proof: str) -> bool:
    """Tell whether a pattern is in an output, a part at a time.

    What is started by a process counts as large as that was, so this one is to stay small.
    """
    pattern = re.compile(proof.encode())
    stream.seek(0)
    before = b""
    while part := stream.read(_PART):
        if pattern.search(before + part):
            return True
        before = part[-_LONGEST:]
    return before == b"" and pattern.search(b"") is not None


def _read_end(stream: IO[bytes]) -> str:
    stream.seek(max(stream.seek(0, os.SEEK_END) - _LONGEST, 0))
    return stream.read().decode("utf-8", "replace")
