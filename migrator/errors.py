"""The errors that this tool raises on purpose.

::

    MigratorError
     ├─ ParseError          a text is not Python 3
     ├─ NothingToScanError  no path that was given can be analysed
     ├─ NoThreadError       the system allows no thread to work on
     └─ OverwriteError      a document would take the place of a file to be analysed
"""

from __future__ import annotations


class MigratorError(Exception):
    """What all of them have in common."""


class ParseError(MigratorError):
    """A text could not be parsed; ``line`` starts at 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


class NothingToScanError(MigratorError):
    """No path that was given can be analysed."""


class NoThreadError(MigratorError):
    """The system allows no thread to work on."""


class OverwriteError(MigratorError):
    """A document would take the place of a file to be analysed."""
