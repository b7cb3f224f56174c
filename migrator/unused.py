"""Finds comments that silence nothing: what they silenced is gone, or they never did."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from migrator.fixes.codes import CODES, UNKNOWN, UNUSED, kind_of_code
from migrator.textscan import Told, describe_text
from migrator.values import Edit, Fix, Safety, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

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
_NAMES = r"(?:[ \t]*\[(?P<codes>[^\]\r\n]*)\]|(?![ \t]*\[))"
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
    judged = _ALWAYS.union(fixes)
    unused = {comment: _find_unused(source, lines, comment, heeded, judged) for comment in comments}
    idle = [each for each, codes in unused.items() if _is_idle(each, codes)]
    cuts = _cut_all(source, idle) if editable else {}
    for comment, codes in unused.items():
        if comment.codes is not None and not comment.of_file:
            yield from _report_codes(source, lines, comment, codes, cuts, editable=editable)
        elif comment in idle:
            yield _report(source, lines, comment, "", cuts.get(comment, ()))


def _find_unused(
    source: SourceFile,
    lines: Lines,
    comment: Comment,
    heeded: Heeded,
    judged: Collection[Fix],
) -> tuple[str, ...] | None:
    """Return the codes of a comment that silence nothing; None where all of it does not."""
    line, _ = lines.place(comment.start)
    found = {code for number, code in heeded if number == line}
    if comment.of_file:
        return () if _silences(source.text, comment, heeded) else None
    if comment.codes is None:
        return () if found else None
    if UNUSED in comment.codes:
        return ()
    return tuple(
        code
        for code in dict.fromkeys(comment.codes)
        if code in _KNOWN and code not in found and kind_of_code(code) in judged
    )


def _is_idle(comment: Comment, unused: tuple[str, ...] | None) -> bool:
    """Tell a comment of which nothing is to stay."""
    return unused is None or (bool(unused) and set(unused).issuperset(comment.codes or ()))


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
    unused: tuple[str, ...] | None,
    cuts: Mapping[Comment, tuple[Edit, ...]],
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
    if not unused:
        return
    edits = cuts.get(comment, ())
    if not edits and editable:
        start, end = comment.brackets
        kept = ", ".join(code for code in dict.fromkeys(codes) if code not in unused)
        span = Span(source.path, start, end)
        edits = (Edit(span, source.text[start:end], kept, Fix.SUPPRESSIONS, Safety.UNSAFE),)
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


def _cut_all(source: SourceFile, idle: Iterable[Comment]) -> dict[Comment, tuple[Edit, ...]]:
    """Return the edit that takes each comment away: those in a row go together."""
    runs: list[list[Comment]] = []
    for comment in idle:
        if runs and runs[-1][-1].end == comment.start:
            runs[-1].append(comment)
        else:
            runs.append([comment])
    edits = [(run, _cut(source, run[0].start, run[-1].end)) for run in runs]
    return {comment: (edit,) for run, edit in edits for comment in run}


def _cut(source: SourceFile, start: int, end: int) -> Edit:
    """Return the edit that takes comments away, with the space before them.

    A line on which nothing else stands goes with them; another comment behind them stays.
    """
    text = source.text
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    before = text[first:start].rstrip(" \t")
    line = _LINE.match(text, first)
    stop = line.end() if line is not None else len(text)
    content = len(text[first:stop].rstrip("\r\n")) + first
    if text[end:content].strip():
        low, high = start, end
    elif before:
        low, high = first + len(before), content
    else:
        low, high = first, stop
        if stop == content:
            # The last line has no end: the one before it has none, then.
            low -= len(text[:first]) - len(text[:first].removesuffix("\n").removesuffix("\r"))
    return Edit(Span(source.path, low, high), text[low:high], "", Fix.SUPPRESSIONS, Safety.UNSAFE)
