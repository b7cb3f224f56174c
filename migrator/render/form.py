"""Says what every format is: a function from a scan to a text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from migrator.values import Outcome, Scan


class Renderer(Protocol):
    """Turns a scan, and what became of its files, into a document that ends in a newline.

    The same arguments give the same text. ``today`` is the day that the document is of.
    """

    def __call__(self, scan: Scan, outcomes: Iterable[Outcome], /, *, today: date) -> str:
        """Return the document."""
