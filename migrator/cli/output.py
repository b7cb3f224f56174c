"""Where output goes: bytes to stdout, talk to stderr, documents to files; and whether in colour."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

import click

from migrator.cli.exits import RefusedError
from migrator.cli.printable import encode, printable

_PIPED_WIDTH = 100


def require_stdout() -> None:
    """Refuse, before the work and not after it, to print where there is nothing to print to."""
    if sys.stdout is None:
        raise RefusedError("standard output is closed")


def print_bytes(data: bytes) -> None:
    """Write to stdout, as is; a reader that has had enough (``| head``) ends nothing else.

    Raises RefusedError where it cannot be written, as to a full disk.
    """
    require_stdout()
    try:
        sys.stdout.flush()
        _write_all(sys.stdout.buffer, data)
    except BrokenPipeError:
        _abandon(sys.stdout)
    except OSError as error:
        _abandon(sys.stdout)
        raise RefusedError(f"cannot write to standard output: {error.strerror}") from error


def _write_all(stream: BinaryIO, data: bytes) -> None:
    """Write all of it, where Python writes a part as well: unbuffered, near the end of a disk."""
    left = memoryview(data)
    while left:
        written = stream.write(left)
        if written is None:  # it would have to wait
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        left = left[written:]
    stream.flush()


def _abandon(stream: TextIO) -> None:
    """Give what is still buffered a reader, for when the interpreter closes the stream."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


@contextmanager
def forgiving(stream: TextIO) -> Iterator[None]:
    """Go on where talk cannot be written: the exit code still says how the run ended."""
    try:
        yield
    except OSError:
        _abandon(stream)


def print_text(text: str) -> None:
    """Write a text to stdout, ending its last line where the text does not."""
    print_bytes(encode(text if text.endswith("\n") or not text else f"{text}\n"))


def say(message: str) -> None:
    """Write one line of talk to stderr."""
    with forgiving(sys.stderr):
        click.echo(printable(message), err=True)


def wants_color(stream: TextIO | None) -> bool:
    """Tell whether to colour: ``NO_COLOR``, ``FORCE_COLOR``, then what the terminal can do."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_smart_terminal(stream)


def is_smart_terminal(stream: TextIO | None) -> bool:
    """Tell whether a person watches the stream on a terminal that knows escape codes."""
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a person watches the stream; one that was closed is None."""
    return stream is not None and stream.isatty()


def text_width() -> int:
    """Return the columns of the terminal on stdout; elsewhere the same number on every run."""
    if not is_terminal(sys.stdout):
        return _PIPED_WIDTH
    return shutil.get_terminal_size((_PIPED_WIDTH, 24)).columns


def save(path: Path, data: bytes) -> None:
    """Write a document: whole or not at all, through links, keeping the mode of an old one.

    Raises ``OSError`` where that cannot be done; the old file is then as it was.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        # A device or a pipe, such as /dev/stdout: there is nothing to replace.
        target.write_bytes(data)
        return
    with tempfile.TemporaryDirectory(prefix=".vapid-to-rest-", dir=target.parent) as folder:
        # A folder, so that the file inside is made with the mode that the user's umask says.
        draft = Path(folder) / target.name
        draft.write_bytes(data)
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
