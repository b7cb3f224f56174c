r"""Makes pieces of the analysed code harmless to show: to a terminal, a log, a reader.

``visible`` spells out what cannot be seen or drives a terminal, ``mask_secrets`` hides
passwords and tokens, ``clean`` does both. ``inert`` is for plain lines that a CI runner
may read as commands.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from migrator.render.secret import find_secrets

MASK = "***"
_SHORT = 400

_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
# Letters and marks by category, but nothing to see: fillers, joiners, the empty Braille cell.
_HIDDEN_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_COMMAND = re.compile(
    r"(?<![\w:])::(?=(?:error|warning|notice|debug|group|endgroup|echo|add-mask|add-path|add-matcher"
    r"|remove-matcher|set-env|set-output|save-state|stop-commands|internal-set-repo-path)(?:::|\s))",
    re.IGNORECASE,
)
OLD_COMMAND = re.compile(r"##(?=(?:vso|teamcity)?\[)", re.IGNORECASE)
"""What runners look for anywhere in a line."""


def is_hidden(char: str) -> bool:
    """Tell whether a character shows nothing, or does something, where it is printed.

    True for line ends and for everything that reorders text; not for a tab.
    """
    if char.isprintable():
        return char in _HIDDEN_LETTERS
    return char != "\t" and unicodedata.category(char) in _HIDDEN_CATEGORIES


def visible(text: str) -> str:
    r"""Spell out hidden characters: ESC becomes ``\x1b``, a line end ``\n``; tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char.encode("unicode_escape").decode("ascii") if is_hidden(char) else char for char in text
    )


def mask_secrets(text: str) -> str:
    """Replace each secret by three asterisks; line ends and everything else stay."""
    return _mask_short(text) if len(text) <= _SHORT else _mask(text)


def _mask(text: str) -> str:
    return mask_slice(text, find_secrets(text), 0, len(text))


# Most messages, names and notes of a scan are said many times.
_mask_short = lru_cache(maxsize=4096)(_mask)


def mask_slice(text: str, secrets: list[tuple[int, int]], start: int, end: int) -> str:
    """Return ``text[start:end]`` with a mask where a secret begins in it.

    A secret that began before ``start`` shows nothing here, so that neighbouring slices
    together show one mask.
    """
    pieces = []
    position = start
    for first, last in secrets:
        if last <= position or first >= end:
            continue
        pieces.append(text[position:first])
        if first >= start:
            pieces.append(MASK)
        position = last
    pieces.append(text[position:end])
    return "".join(pieces)


def clean(text: str) -> str:
    """Return the text with secrets masked and hidden characters spelled out."""
    return visible(mask_secrets(text))


def inert(text: str) -> str:
    r"""Break up what a CI runner takes for a command: ``::error::`` becomes ``:\x3aerror::``."""
    return OLD_COMMAND.sub(r"#\\x23", _COMMAND.sub(r":\\x3a", text))
