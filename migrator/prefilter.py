"""Tells from a file's bytes whether it can spell the namespace: most files need no more."""

from __future__ import annotations

import re
import sys

TYPE_CHECKING = False  # typing's own is slow to import
if TYPE_CHECKING:
    from collections.abc import Callable

    Data = bytes | bytearray

NAMESPACE = "vapid"

HOST = "procore.com"
"""The end of the names of Procore's hosts."""

WORD = NAMESPACE.encode()

_HOST = HOST.encode()
_ALL = sys.maxsize

# A line that is continued in a literal; in a notebook, \ is spelled \\, a line end \n, and
# the next line may be a string of its own.
_CONTINUED = rb'(?:\\(?:\r\n?|\n)|\\\\(?:\\r\\n|\\[rn])(?:"\s*,\s*")?)'

# The word, or the start of it at the end of a literal: "/va" "pid", 'vapi' + 'd'. What may
# stand before it is a slash, the start of a literal, or of the text behind a field: f"{x}va".
# One pass for both, since every file takes it; in a notebook, " is spelled \".
_HINT = re.compile(
    rb"v(?:apid|(?:(?<=[/\"'}\r\n]v)|(?<=\\nv))(?:a(?:pi?)?)?(?:\\*[\"'{]|%b))" % _CONTINUED
)
# Both begin with letters, not with what stands before them: a search skips to those.
_HEAD = re.compile(rb"v(?:a(?:pi?)?)?(?=\\*[\"'{])")
_TAILS = {
    head: re.compile(WORD[len(head) :] + rb"(?![\w-])") for head in (b"v", b"va", b"vap", b"vapi")
}
_OPENS = frozenset({b'"', b"'", b"}"})
"""What a tail stands behind: the start of a literal, or the end of a field."""
_LEADS = _OPENS | {b"/"}
_LONE = frozenset({b"v", b"vapi"})
"""Heads that leave one letter on one side."""

# Where one of the letters is escaped, or the slash before them, or the quotes in a notebook.
_ESCAPE = (
    rb"(?:x(?P<x>76|61|70|69|64|2[fF])|1(?P<o>66|41|60|51|44)|(?P<s>0?57)"
    rb"|u00(?P<u>76|61|70|69|64|2[27fF])|U000000(?P<U>76|61|70|69|64|2[fF])"
    rb"|N\{(?i:latin small letter (?P<n>[vapid])|(?P<N>solidus))\})"
)
_ESCAPED = re.compile(rb"\\" + _ESCAPE)
# In code, two backslashes are one and escape nothing; in a notebook, each backslash is two.
_WAYS = (re.compile(rb"\\\\|\\" + _ESCAPE), re.compile(rb"\\\\?" + _ESCAPE))
_JOINED = re.compile(_CONTINUED)

_REST = re.compile(rb"rest/v|(?:/|[\"'])rest/?[\"'{]")

_START = 64
"""Within so many bytes, a text of two or four bytes a character has a NUL."""


def mentions(data: Data, end: int = _ALL) -> bool:
    """Tell whether a file spells ``vapid``: whole, in two literals, or with escapes.

    Here and below, only the bytes before ``end`` count.
    """
    hint = _HINT.search(data, 0, end)
    # Half of all files have no backslash, and to look for that alone takes next to no time.
    if hint is None and (data.find(b"\\", 0, end) < 0 or _ESCAPED.search(data, 0, end) is None):
        return False
    return (hint is not None and hint[0] == WORD) or _mentions(bytes(data[:end]))


def _mentions(data: bytes) -> bool:
    """Tell the same of a file that may well do so, as closely as its bytes allow."""
    ways = joined = _JOINED.sub(b"", data)
    if _ESCAPED.search(joined) is not None:
        # A raw literal has no escapes: all ways to read one are looked at.
        ways = b"\n".join({data, joined, *(way.sub(_unescape, joined) for way in _WAYS)})
    heads = {
        (ways[at.start() - 1 : at.start()], at[0])
        for at in _HEAD.finditer(ways)
        if ways[at.start() - 1 : at.start()] in _LEADS
    }
    return WORD in ways or any(_has_tail(ways, *head) for head in heads)


def _has_tail(data: bytes, before: bytes, head: bytes) -> bool:
    """Tell whether a literal begins with what completes a head, and no longer word.

    A lone letter needs a slash ``before`` it, or more text behind the tail.
    """
    alone = head in _LONE and before != b"/"
    for tail in _TAILS[head].finditer(data):
        opened = data[tail.start() - 1 : tail.start()]
        if opened in _OPENS and not (alone and data[tail.end() : tail.end() + 1] == opened):
            return True
    return False


def _unescape(match: re.Match[bytes]) -> bytes:
    code = match[match.lastgroup or 0]
    match match.lastgroup:
        case None:
            return code
        case "n":
            return code.lower()
        case "s" | "N":
            return b"/"
        case "o":
            return bytes([int(b"1" + code, 8)])
        case _:
            return bytes([int(code, 16)])


def may_send(data: Data, end: int = _ALL) -> bool:
    """Tell whether a Python file can have to do with Procore's API, by whatever namespace."""
    return data.find(_HOST, 0, end) >= 0 or mentions(data, end)


def mentions_rest(data: Data, end: int = _ALL) -> bool:
    """Tell whether a file spells ``rest`` as the segment before a version."""
    return data.find(b"rest", 0, end) >= 0 and _REST.search(data, 0, end) is not None


def mentions_either(data: Data, end: int = _ALL) -> bool:
    """Tell whether a file spells the old namespace or the new one."""
    return mentions(data, end) or mentions_rest(data, end)


def may_send_either(data: Data, end: int = _ALL) -> bool:
    """Tell whether a Python file can have to do with Procore's API, its Rest part included."""
    return may_send(data, end) or mentions_rest(data, end)


def may_call(data: Data, end: int = _ALL) -> bool:
    """Tell whether a Python file can have to do with Procore's API or its OAuth."""
    return data.find(b"oauth/", 0, end) >= 0 or may_send_either(data, end)


def is_wide(data: Data, end: int = _ALL) -> bool:
    """Tell whether a file may be UTF-16 or UTF-32, with a mark or without.

    Few texts in them have no NUL near their start.
    """
    return data.find(b"\0", 0, min(end, _START)) >= 0


def mentions_in(data: bytes, mentioning: Callable[[bytes], bool]) -> bool:
    """Ask one of the above in a way that also finds words in UTF-16 and UTF-32."""
    return mentioning(data) or (is_wide(data) and mentioning(data.replace(b"\0", b"")))
