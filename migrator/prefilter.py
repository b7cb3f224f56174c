"""Tells from a file's bytes whether it can spell the namespace: most files need no more."""

from __future__ import annotations

import re

TYPE_CHECKING = False  # typing's own is slow to import
if TYPE_CHECKING:
    from collections.abc import Callable

NAMESPACE = "vapid"

HOST = "procore.com"
"""The end of the names of Procore's hosts."""

WORD = NAMESPACE.encode()

# Literals that are put together in place: "va" "pid", 'vapi' + 'd'. The heads are rare;
# a tail such as 'd is not. In a notebook, " is spelled \".
_HEAD = re.compile(rb"(v(?:a(?:pi?)?)?)\\?[\"']")

_REST = re.compile(rb"rest/v|(?:/|[\"'])rest/?[\"'{]")

_START = 64
"""Within so many bytes, a text of two or four bytes a character has a NUL."""

_ESCAPES = (b"\\x", b"\\u00", b"\\U0000", b"\\1")
_SPELLED = re.compile(
    b"".join(
        rb"(?:%c|\\x%02x|\\%03o|\\u%04x|\\U%08x)" % (letter, letter, letter, letter, letter)
        for letter in WORD
    ),
    re.IGNORECASE,
)


def mentions(data: bytes) -> bool:
    """Tell whether a file spells ``vapid``: whole, in two literals, or with escapes."""
    if WORD in data:
        return True
    for head in set(_HEAD.findall(data)):
        tail = WORD[len(head) :]
        if b'"' + tail in data or b"'" + tail in data:
            return True
    return any(escape in data for escape in _ESCAPES) and _SPELLED.search(data) is not None


def may_send(data: bytes) -> bool:
    """Tell whether a Python file can have to do with Procore's API, by whatever namespace."""
    return HOST.encode() in data or mentions(data)


def mentions_rest(data: bytes) -> bool:
    """Tell whether a file spells ``rest`` as the segment before a version."""
    return b"rest" in data and _REST.search(data) is not None


def mentions_either(data: bytes) -> bool:
    """Tell whether a file spells the old namespace or the new one."""
    return mentions(data) or mentions_rest(data)


def may_send_either(data: bytes) -> bool:
    """Tell whether a Python file can have to do with Procore's API, its Rest part included."""
    return may_send(data) or mentions_rest(data)


def may_call(data: bytes) -> bool:
    """Tell whether a Python file can have to do with Procore's API or its OAuth."""
    return b"oauth/" in data or may_send_either(data)


def mentions_in(data: bytes, mentioning: Callable[[bytes], bool]) -> bool:
    """Ask one of the above in a way that also finds words in UTF-16 and UTF-32.

    Few texts in them have no NUL near their start, with a mark or without.
    """
    return mentioning(data) or (b"\0" in data[:_START] and mentioning(data.replace(b"\0", b"")))
