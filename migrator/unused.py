"""Finds comments that silence nothing: what they silenced is gone, or they never did."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from migrator.fixes.codes import CODES, UNKNOWN, UNUSED, kind_of_code
from migrator.textscan import Told, describe_text
from migrator.values import Edit, Fix, Safety, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from migrator.source import Lines
    from migrator.values import Finding, SourceFile

WHOLE_FILE = 0
"""The line under which is noted that a comment for the whole file silenced something."""

Heeded = set[tuple[int, str]]
"""The lines whose comment silenced a finding, each with the finding's code."""

SENT = frozenset(f"VAP{number:03}" for number in range(1, 10))
"""The codes of findings that a comment at a call can silence."""

_KNOWN = frozenset({*SENT, *CODES.values(), "VAP100", UNUSED, UNKNOWN})
_ALWAYS = frozenset({Fix.NAMESPACE, Fix.SUPPRESSIONS})

_WORDS = r"#[ \t]*vapid:[ \t]*(?P<what>ignore(?:-file)?)(?![\w-])"
_NAMES = r"(?:\[(?P<codes>[^\]\r\n]*)\]|(?!\[))"
_COMMENT = re.compile(rf"(?<![^\s#]){_WORDS}{_NAMES}[^#\r\n]*")
_HTML = re.compile(
    rf"<!--[ \t]*{_WORDS.replace('(?:-file)?', '')}{_NAMES}[^#\r\n]*?-->(?=[ \t]*$)", re.MULTILINE
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)?")
_CODE = re.compile(r"[^\s,][^,]*")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that is to silence something, with its reason, as it stands in a text.

    ``codes`` are its codes, with the place of what is between the brackets; None where it
    has no brackets.
    """

    start: int
    end: int
    of_file: bool
    codes: tuple[str, ...] | None
    brackets: tuple[int, int]


def find_comments(text: str, start: int = 0, end: int | None = None) -> Iterator[Comment]:
    """Yield what reads like such a comment in a part of a text."""
    if "vapid:" in text:
        yield from map(_read, _COMMENT.finditer(text, start, len(text) if end is None else end))


def find_in_lines(text: str) -> Iterator[Comment]:
    """Yield the comments of a file that is no program of Python: none inside of quotes."""
    for comment in find_comments(text):
        line = text[
            max(text.rfind("\n", 0, comment.start), text.rfind("\r", 0, comment.start)) + 1 :
        ]
        before = line[: len(line) - len(text) + comment.start]
        if not (before.count('"') % 2 or before.count("'") % 2):
            yield comment


def find_in_document(text: str) -> Iterator[Comment]:
    """Yield the comments for a line of a document: those of HTML at its end."""
    if "vapid:" in text:
        yield from map(_read, _HTML.finditer(text))


def _read(found: re.Match[str]) -> Comment:
    codes = found["codes"]
    names = None if codes is None else tuple(each.strip() for each in _CODE.findall(codes))
    of_file = found["what"] != "ignore"
    return Comment(found.start(), found.end(), of_file, names, found.span("codes"))


def report_unused(
    source: SourceFile,
    lines: Lines,
    comments: Collection[Comment],
    heeded: Heeded,
    fixes: Collection[Fix],
    *,
    editable: bool = True,
) -> Iterator[Finding]:
    """Yield a finding for each comment, or code in one, that silenced nothing.

    ``fixes`` are the kinds of edit that findings were looked for, beside the namespace's: of
    the codes of others nothing can be said.
    """
    for comment in comments:
        line, _ = lines.place(comment.start)
        found = {code for number, code in heeded if number == line}
        if comment.codes is not None and not comment.of_file:
            yield from _report_codes(source, lines, comment, found, fixes, editable=editable)
        elif not (_silences(source.text, comment, heeded) if comment.of_file else found):
            yield _report(source, lines, comment, "", _cut(source, comment, editable=editable))


def _silences(text: str, comment: Comment, heeded: Heeded) -> bool:
    """Tell whether a comment is the one that silences its file, and something in it."""
    return _is_alone(text, comment) and any(number == WHOLE_FILE for number, _ in heeded)


def _is_alone(text: str, comment: Comment) -> bool:
    """Tell a comment on a line of its own: where it silences a file, others do not."""
    before = text[: comment.start].rstrip(" \t")
    return not before or before.endswith(("\n", "\r"))


def _report_codes(
    source: SourceFile,
    lines: Lines,
    comment: Comment,
    found: set[str],
    fixes: Collection[Fix],
    *,
    editable: bool,
) -> Iterator[Finding]:
    codes = comment.codes or ()
    if UNUSED in codes:
        return
    unknown = [code for code in codes if code not in _KNOWN]
    for code in unknown or ([] if codes else [""]):
        what = f"`{code}` is no code of a finding" if code else "there is no code in the brackets"
        told = Told(UNKNOWN, f"{what}: nothing is silenced by it")
        yield describe_text(source.path, lines, (comment.start, comment.end), told)
    judged = _ALWAYS.union(fixes)
    unused = [
        code
        for code in dict.fromkeys(codes)
        if code in _KNOWN and code not in found and kind_of_code(code) in judged
    ]
    if not unused:
        return
    kept = [code for code in dict.fromkeys(codes) if code not in unused]
    edits = _cut(source, comment, editable=editable)
    if kept and edits:
        start, end = comment.brackets
        span = Span(source.path, start, end)
        edits = (replace(edits[0], span=span, old=source.text[start:end], new=", ".join(kept)),)
    yield _report(source, lines, comment, f" of {', '.join(unused)}", edits)


def _report(
    source: SourceFile, lines: Lines, comment: Comment, what: str, edits: tuple[Edit, ...]
) -> Finding:
    where = "in this file" if comment.of_file else "here"
    by = "`--fix suppressions` removes it" if edits else "remove it by hand"
    told = Told(UNUSED, f"nothing{what} is silenced {where}: {by}")
    finding = describe_text(source.path, lines, (comment.start, comment.end), told)
    if not edits:
        return finding
    return replace(finding, safety=Safety.UNSAFE, fix=Fix.SUPPRESSIONS, edits=edits)


def _cut(source: SourceFile, comment: Comment, *, editable: bool) -> tuple[Edit, ...]:
    """Return the edit that takes a comment away, with the space before it.

    A line on which nothing else stands goes with it; another comment behind it stays.
    """
    if not editable:
        return ()
    text = source.text
    start = max(text.rfind("\n", 0, comment.start), text.rfind("\r", 0, comment.start)) + 1
    before = text[start : comment.start].rstrip(" \t")
    line = _LINE.match(text, start)
    stop = line.end() if line is not None else len(text)
    content = len(text[start:stop].rstrip("\r\n")) + start
    if text[comment.end : content].strip():
        low, high = comment.start, comment.end
    elif before:
        low, high = start + len(before), content
    else:
        low, high = start, stop
    span = Span(source.path, low, high)
    return (Edit(span, text[low:high], "", Fix.SUPPRESSIONS, Safety.UNSAFE),)
