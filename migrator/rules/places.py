"""Finds where the rows and fields of a TOML text stand, which ``tomllib`` does not tell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

WHOLE = -1
"""In place of the number of a row: the fields that stand before the first."""

RULE = "rule"
OPERATION = "operation"
_LISTS = (RULE, OPERATION)
"""The lists of rows that a file can have; each counts its own."""

_TEXT_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*",
    re.DOTALL,
)
_BRACKET_OR_END = re.compile(r"[\[\]{}\n]")
_STATEMENT = re.compile(r"[ \t]*(?:\[(?P<many>\[)?(?P<name>[^\]]*)\]|(?P<key>[^=\n]+?)[ \t]*=)")
_ITEM = re.compile(r"[\[{]|[\]}]|[^\s\[\]{},]+")
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")

_Key = tuple[str, int, str | None, int | None]


class Places:
    """The places of one text: of a row, of a field of it, or of an item of that field's list.

    Rows count from 0, lines and columns from 1. What has no place of its own, such as a
    field that is absent, has the one of what it would stand in.
    """

    def __init__(self, text: str) -> None:
        self._lines = [0, *(match.end() for match in re.finditer(r"\n", text))]
        self._offsets: dict[_Key, int] = {}
        for key, offset in _find_offsets(text):
            self._offsets.setdefault(key, offset)

    def find(
        self, row: int, key: str | None = None, item: int | None = None, *, rows: str = RULE
    ) -> tuple[int, int]:
        """Return the line and column; ``rows`` names the list that the row stands in."""
        name = "" if row == WHOLE else rows
        wanted: tuple[_Key, ...] = (
            (name, row, key, item),
            (name, row, key, None),
            (name, row, None, None),
        )
        offset = next((self._offsets[each] for each in wanted if each in self._offsets), 0)
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def place_of(message: str, text: str) -> tuple[int, int, str]:
    """Return where a text stops being TOML, line and column, and why, as ``tomllib`` tells it."""
    match = _AT.search(message)
    if match is None or match[1] is None:
        line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
    else:
        line, column = int(match[1]), int(match[2])
    return line, column, _AT.sub("", message)


def _find_offsets(text: str) -> Iterator[tuple[_Key, int]]:
    """Yield each place of a text that is known to be TOML."""
    counts = dict.fromkeys(_LISTS, WHOLE)
    rows, row, start, foreign = "", WHOLE, 0, False
    for line in _mask(text).split("\n"):
        if match := _STATEMENT.match(line):
            at = start + len(line) - len(line.lstrip())
            if match["key"] is None:
                name = text[start + match.start("name") : start + match.end("name")].strip()
                foreign = name.strip("\"'") not in _LISTS
                if foreign:
                    first = name.split(".")[0].strip(" \"'")
                    yield ("", WHOLE, first, None), at
                else:
                    rows = name.strip("\"'")
                    counts[rows] = row = counts[rows] + 1
                    yield (rows, row, None, None), at
            elif not foreign:
                key = text[start + match.start("key") : start + match.end("key")]
                key = key.strip(" \t\"'")
                yield (rows, row, key, None), at
                for number, offset in enumerate(_find_items(line, match.end())):
                    yield (rows, row, key, number), start + offset
                    if row == WHOLE and key in _LISTS:
                        yield (key, number, None, None), start + offset
        start += len(line) + 1


def _mask(text: str) -> str:
    """Return the text, as long as before, with a line for each statement and nothing quoted."""
    masked = list(_TEXT_OR_COMMENT.sub(_cover, text))
    depth = 0
    for match in _BRACKET_OR_END.finditer("".join(masked)):
        if match[0] == "\n":
            masked[match.start()] = " " if depth else "\n"
        else:
            depth += 1 if match[0] in "[{" else -1
    return "".join(masked)


def _cover(match: re.Match[str]) -> str:
    return (" " if match[0].startswith("#") else "_") * len(match[0])


def _find_items(line: str, start: int) -> Iterator[int]:
    """Yield where the items of a list begin; nothing where the value is none."""
    depth = 0
    for match in _ITEM.finditer(line, start):
        if match[0] in "]}":
            depth -= 1
            continue
        if depth == 1:
            yield match.start()
        if match[0] in "[{":
            depth += 1
        elif depth == 0:
            return
