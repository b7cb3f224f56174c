"""Runs commands in turn, and tells what each took; a command that fails ends it all."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO


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
    """The median seconds of some runs, and the most MiB that a process of theirs had."""

    seconds: float
    memory: float
    runs: int


class FailedError(Exception):
    """A command did not do what is to be timed."""


def time_all(commands: Iterable[Command], runs: int, slow_runs: int) -> dict[str, Taken]:
    """Return what each command takes, by its name: all of them run in turn."""
    commands = list(commands)
    times: dict[str, list[tuple[float, float]]] = {each.name: [] for each in commands}
    for number in range(max(runs, slow_runs)):
        for each in commands:
            if number < (slow_runs if each.slow else runs):
                times[each.name].append(run(each))
    return {
        name: Taken(
            statistics.median(seconds for seconds, _ in found),
            max(memory for _, memory in found),
            len(found),
        )
        for name, found in times.items()
        if found
    }


def run(command: Command) -> tuple[float, float]:
    """Return the wall-clock seconds of a run, and its MiB; raises FailedError."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(command.arguments, cwd=command.folder, stdout=out, stderr=err)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        printed = "".join(_read(each) for each in (out, err))
    if process.returncode != command.code or not re.search(command.proof, printed):
        raise FailedError(
            f"{command.name} in {command.folder.name}: exit code {process.returncode} instead of "
            f"{command.code}, or nothing like {command.proof!r} in:\n{printed[-2_000:]}"
        )
    # Linux counts in KiB, macOS in bytes.
    return seconds, used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def _read(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")
