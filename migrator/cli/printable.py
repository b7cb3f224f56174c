"""Makes text fit to be shown: harmless to a terminal or a CI runner, and bytes in any locale."""

from __future__ import annotations


def printable(text: str) -> str:
    r"""Return one line: without secrets, without what drives a terminal or a CI runner.

    What a path or a name has in it is spelled out: ``ESC`` becomes ``\x1b``, a line end ``\n``,
    and what a runner takes for a command is broken up. What is to be several lines is shown
    line by line.
    """
    from migrator.render.clean import clean, inert  # noqa: PLC0415 - for messages only

    return inert(clean(text))


def encode(text: str) -> bytes:
    r"""Return UTF-8, whatever the locale.

    A file name's undecodable byte arrives as a lone surrogate and leaves as its escape,
    such as ``\udcff``, which is also what JSON calls it.
    """
    return text.encode("utf-8", "backslashreplace")
