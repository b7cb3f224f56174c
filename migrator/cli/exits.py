"""How a run ends: its exit codes, and the error that ends it early."""

from __future__ import annotations

from enum import IntEnum

import click

from migrator.cli.printable import printable


class Exit(IntEnum):
    """The exit codes; they are a contract with hooks and CI."""

    DONE = 0
    LEFT = 1
    """Something is left to change: by this tool on request, or by a person."""
    REFUSED = 2
    """Wrong use, or nothing could be analysed."""


class RefusedError(click.ClickException):
    """Ends the run with one line on stderr: it was asked for what cannot be done."""

    exit_code = Exit.REFUSED

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))
