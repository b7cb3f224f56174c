"""Says where things stand in the terms of SARIF: lines, and columns in code units of UTF-16."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.source import Lines
from migrator.values import Finding, SourceFile, Span

_BASIC = 0xFFFF
"""The last character that is one code unit; each one after it is two."""


class Regions:
    """The places in some files, of which only those with edits are known as a whole."""

    def __init__(self, sources: Iterable[SourceFile]) -> None:
        self._texts = {source.path: source.text for source in sources}
        self._lines: dict[str, Lines] = {}

    def has(self, path: str) -> bool:
        """Tell whether the text of a file is known."""
        return path in self._texts

    def of_finding(self, finding: Finding) -> dict[str, int]:
        """Return the region of a finding.

        Of a notebook whose text is not known, columns count characters.
        """
        first, last = self._line(finding, finding.line), self._line(finding, finding.end_line)
        return {
            "startLine": finding.line,
            "startColumn": _count_units(first, finding.column),
            "endLine": finding.end_line,
            "endColumn": _count_units(last, finding.end_column),
        }

    def of_span(self, span: Span) -> dict[str, int]:
        """Return the region of a run of characters in a file that is known."""
        lines = self._open(span.path)
        (line, column), (end_line, end_column) = lines.place(span.start), lines.place(span.end)
        return {
            "startLine": line,
            "startColumn": _count_units(lines.text(line), column),
            "endLine": end_line,
            "endColumn": _count_units(lines.text(end_line), end_column),
        }

    def _line(self, finding: Finding, number: int) -> str:
        if self.has(finding.path):
            return self._open(finding.path).text(number)
        # What is shown of a notebook is the line of a cell and not that of the file.
        is_shown = number == finding.line and finding.marked is None
        return finding.source_line if is_shown else ""

    def _open(self, path: str) -> Lines:
        if path not in self._lines:
            self._lines[path] = Lines(self._texts[path])
        return self._lines[path]


def _count_units(line: str, column: int) -> int:
    """Return a column that counts code units, from one that counts characters."""
    if line.isascii():
        return column
    return column + sum(ord(char) > _BASIC for char in line[: column - 1])
