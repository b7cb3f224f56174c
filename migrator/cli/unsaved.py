"""Takes the content of one file from stdin, for editors: the file may not be saved yet."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from migrator.cli.exits import RefusedError

_Command = TypeVar("_Command", bound=Callable[..., Any])


def stdin_option(text: str) -> Callable[[_Command], _Command]:
    """Return the option that fills ``stdin_filename``."""
    return click.option("--stdin-filename", metavar="FILE", help=text)


def read_unsaved(name: str | None, paths: tuple[str, ...]) -> dict[str, bytes]:
    """Return what stands on stdin as the content of the file that it is called; or nothing.

    Raises UsageError where there are paths as well, and RefusedError where nothing can be read.
    """
    if name is None:
        return {}
    if not name:
        raise click.BadParameter("it is empty.", param_hint="'--stdin-filename'")
    if paths != (".",):
        raise click.UsageError("--stdin-filename takes the one file from stdin: name no other.")
    if sys.stdin is None:
        raise RefusedError("standard input is closed")
    try:
        return {name: sys.stdin.buffer.read()}
    except OSError as error:
        raise RefusedError(f"cannot read standard input: {error.strerror}") from error
