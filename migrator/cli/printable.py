"""Makes text fit to be shown: harmless to a terminal, and bytes in any locale."""

from __future__ import annotations


def printable(text: str) -> str:
    r"""Mask secrets, and spell out what could drive a terminal: ``ESC`` becomes ``\x1b``."""
    from migrator.render.clean import clean  # noqa: PLC0415 - for messages only

    return "\n".join(clean(line) for line in text.split("\n"))


def encode(text: str) -> bytes:
    r"""Return UTF-8, whatever the locale.

    A file name's undecodable byte arrives as a lone surrogate and leaves as its escape,
    such as ``\udcff``, which is also what JSON calls it.
    """
    return text.encode("utf-8", "backslashreplace")
