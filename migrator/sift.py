"""Tells of many files at once which are to be looked at: one reading and one test a file.

Nearly all files of a project have nothing of Procore's in them. What is said of one here is
what a careful reading of it finds; one that cannot be read plainly is always to be looked at.
"""

# Only what is quick to import: where all files are clean, a run needs no more.

from __future__ import annotations

import os
import stat
import sys
from functools import partial

from migrator.prefilter import is_wide

TYPE_CHECKING = False  # typing's own is slow to import
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Self

    from migrator.prefilter import Data

    Test = Callable[[Data, int], bool]
    """Tells whether the bytes before an end are of interest."""
    File = tuple[str, Test | None]
    """A path, and what is asked of its bytes; None where only their digest is wanted."""
    Digest = Callable[[memoryview], bytes]

DIGEST_SIZE = 20

_LARGEST = 1_000_000
"""The most bytes that are read of a file."""
_FEW = 500
"""For so few files, a second process costs more than it saves."""
_MOST = 4
"""The most processes: what they share is the disk."""
_STEP = 64
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)

_read_into = getattr(os, "readv", lambda *_: -1)
"""Reads nothing where the system cannot do that: all files are looked at, as any careful way."""

_LOOK, _LEAVE = b"\1", b"\0"
_UNREAD = bytes(DIGEST_SIZE)


def sift(
    base: str,
    files: Sequence[File],
    *,
    digest: Digest | None = None,
    on_progress: Callable[[int], None] | None = None,
    processes: int | None = None,
) -> list[tuple[bool, bytes | None]]:
    """Return for each file whether it is to be looked at, and a digest if one is asked for.

    ``base`` is the folder that paths are relative to. There is no digest of a file that
    cannot be read plainly. ``on_progress`` is told how many files are done, more or less.
    ``processes`` is as many as there is work for, unless it is given.
    """
    number = processes or count_processes(len(files))
    shares = [files[start::number] for start in range(number)]

    def look(share: Sequence[File]) -> bytes:
        return b"".join(look_at(base, share, digest))

    with _Children([partial(look, each) for each in shares[1:]]) as children:
        own = bytearray()
        for done, record in enumerate(look_at(base, shares[0], digest)):
            if on_progress is not None and done % _STEP == 0:
                on_progress(done * number)
            own += record
        records = [bytes(own), *children.read()]
    size = 1 + (DIGEST_SIZE if digest else 0)
    for start, share in enumerate(shares):
        if len(records[start]) != size * len(share):
            records[start] = look(share)  # the child did not come to its end
    found = []
    for index in range(len(files)):
        at = index // number * size
        record = records[index % number][at : at + size]
        found.append((record[:1] == _LOOK, record[1:] if record[1:].strip(b"\0") else None))
    return found


def has_any(base: str, files: Sequence[File], *, processes: int | None = None) -> bool:
    """Tell whether any file is to be looked at, as soon as there is one."""
    number = processes or count_processes(len(files))
    shares = [files[start::number] for start in range(number)]

    def look(share: Sequence[File]) -> bytes:
        return _LOOK if _LOOK in look_at(base, share, None) else _LEAVE

    with _Children([partial(look, each) for each in shares[1:]]) as children:
        return look(shares[0]) == _LOOK or any(each != _LEAVE for each in children.read())


def look_at(base: str, files: Sequence[File], digest: Digest | None) -> Iterator[bytes]:
    """Yield a byte for each file, and its digest behind it: zeros where there is none."""
    buffer = bytearray(_LARGEST)
    view = memoryview(buffer)
    unread = _LOOK + (_UNREAD if digest else b"")
    for path, test in files:
        try:
            size = _read(f"{base}/{path}", buffer)
        except OSError:
            yield unread
            continue
        if size < 0:
            yield unread
            continue
        looked = test is not None and _mentions_in(buffer, size, test)
        yield (_LOOK if looked else _LEAVE) + (digest(view[:size]) if digest else b"")


def _mentions_in(buffer: bytearray, size: int, test: Test) -> bool:
    """Ask of the bytes in a buffer as ``prefilter.mentions_in`` does of a file's."""
    if test(buffer, size):
        return True
    if not is_wide(buffer, size):
        return False
    narrow = buffer[:size].replace(b"\0", b"")
    return test(narrow, len(narrow))


def _read(path: str, buffer: bytearray) -> int:
    """Read a regular file into the buffer, and return its size; -1 where that does not do.

    A buffer that is used again is spared the memory's pages, which cost more than the reading.
    """
    descriptor = os.open(path, _FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size >= len(buffer):
            return -1
        size = _read_into(descriptor, (buffer,))
    finally:
        os.close(descriptor)
    return size if size == status.st_size else -1


def count_processes(files: int) -> int:
    """Return how many processes are worth it; one where a fork is not safe."""
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    if files < _FEW or sys.platform != "linux" or not alone:
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST)


class _Children:
    """Processes that each do a part of the work, and end with the block that they are for.

    Forked: another Python would take as long to start as all of the work.
    """

    def __init__(self, works: Sequence[Callable[[], bytes]]) -> None:
        self._works = works
        self._running: list[tuple[int, int]] = []

    def __enter__(self) -> Self:
        try:
            for work in self._works:
                self._running.append(_start(work))
        except OSError:
            pass  # no more processes or files: what is missing is done by who asks for it
        return self

    def read(self) -> list[bytes]:
        """Return what each has handed back: cut off, or nothing, where it failed."""
        found = []
        for _, reading in self._running:
            parts = []
            while part := os.read(reading, 1 << 16):
                parts.append(part)
            found.append(b"".join(parts))
        return found + [b""] * (len(self._works) - len(found))

    def __exit__(self, *_: object) -> None:
        import signal  # noqa: PLC0415 - as above

        for process, reading in self._running:
            os.close(reading)
            try:
                os.kill(process, signal.SIGKILL)  # done, or of no use any more
                os.waitpid(process, 0)
            except OSError:
                pass  # whoever started this program has its children buried by the system


def _start(work: Callable[[], bytes]) -> tuple[int, int]:
    """Start a process that does some work; return its number, and where its result comes."""
    import warnings  # noqa: PLC0415 - only for many files

    reading, writing = os.pipe()
    try:
        with warnings.catch_warnings():
            # Of threads that Python has not started: none of their locks is touched here.
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if process == 0:
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as stream:
                stream.write(work())
        finally:
            # Nothing that belongs to the parent is flushed or tidied up twice.
            os._exit(0)
    os.close(writing)
    return process, reading
