"""Where output goes: bytes to stdout, talk to stderr, documents to files; and whether in colour."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TextIO

import click

_PIPED_WIDTH = 100


def printable(text: str) -> str:
    r"""Spell out what could drive a terminal: ``ESC`` becomes the four characters ``\x1b``."""
    from migrator.render.clean import visible  # noqa: PLC0415 - for messages only

    return "\n".join(visible(line) for line in text.split("\n"))


def encode(text: str) -> bytes:
    r"""Return UTF-8, whatever the locale.

    A file name's undecodable byte arrives as a lone surrogate and leaves as its escape,
    such as ``\udcff``, which is also what JSON calls it.
    """
    return text.encode("utf-8", "backslashreplace")


def print_bytes(data: bytes) -> None:
    """Write to stdout, as is; a reader that has had enough (``| head``) ends nothing else."""
    try:
        click.echo(data, nl=False)
    except BrokenPipeError:
        # Whatever is still buffered must find a reader when the interpreter closes stdout.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def print_text(text: str) -> None:
    """Write a text to stdout, ending its last line where the text does not."""
    print_bytes(encode(text if text.endswith("\n") or not text else f"{text}\n"))


def say(message: str) -> None:
    """Write one line of talk to stderr."""
    click.echo(printable(message), err=True)


def wants_color(stream: TextIO) -> bool:
    """Tell whether to colour: ``NO_COLOR``, ``FORCE_COLOR``, then what the terminal can do."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_smart_terminal(stream)


def is_smart_terminal(stream: TextIO) -> bool:
    """Tell whether a person watches the stream on a terminal that knows escape codes."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def text_width() -> int:
    """Return the columns of the terminal on stdout; elsewhere the same number on every run."""
    if not sys.stdout.isatty():
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
