"""Comments above the calls that need a person: what is planned, and how they are known again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from migrator.codemods.suppressions import find_comments
from migrator.discover import is_notebook, is_python
from migrator.fixes.insertion import newline_at
from migrator.program.places import find_in_tree
from migrator.program.syntax import parse_text, walk
from migrator.render.clean import visible
from migrator.source import Lines
from migrator.values import Edit, Fix, Place, RestCall, Safety, Span, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from migrator.values import Endpoint, Scan, SourceFile

MARK = "# TODO(vapid-to-rest): "

_ANNOTATION = re.compile(r"[ \t]*# TODO\(vapid-to-rest\):[^\r\n]*")
_ELSEWHERE = frozenset({Status.MOVED, Status.NEWER_ONLY, Status.MISSING})
_CALL_CODE = re.compile(r"VAP0\d\d")
_SEVERITY = ("error: ", "warning: ")
_PREFIX = re.compile(r"^(?:(?:error|warning): )?(?:target )?")
_DAY, _ON_DAY = re.compile(r"\bsunset (\d{4}-\d\d-\d\d) \([^)]*\)"), r"sunset on \1"
_NEWLINE = re.compile(r"\r\n|\r|\n")


def is_annotated(data: bytes) -> bool:
    """Tell from a file's bytes whether there may be such a comment in it."""
    return MARK.strip().encode() in data


def is_annotation(line: str) -> bool:
    """Tell whether a line is a comment that this tool has put there."""
    return _ANNOTATION.fullmatch(line) is not None


def list_annotations(scan: Scan, fixes: frozenset[Fix]) -> dict[str, dict[Place, list[str]]]:
    """Return what there is to say of the calls of Python files, by path and by place.

    That is of places that only a person can change, and of calls whose endpoint is
    elsewhere, missing, deprecated or past its sunset, but for those that ``fixes`` move.
    No sentence depends on the day.
    """
    said: dict[str, dict[Place, list[str]]] = {}
    for place, text in _remarks(scan, fixes):
        if is_python(place.path) and not is_notebook(place.path):
            texts = said.setdefault(place.path, {}).setdefault(place, [])
            if text not in texts:
                texts.append(text)
    return said


def _remarks(scan: Scan, fixes: frozenset[Fix]) -> Iterator[tuple[Place, str]]:
    moved: set[tuple[str, int]] = set()
    for finding in scan.findings:
        if finding.safety is Safety.MANUAL and _CALL_CODE.fullmatch(finding.code):
            yield Place(finding.path, finding.line, finding.column), finding.message
        elif finding.fix is Fix.MOVED and Fix.MOVED in fixes:
            moved.add((finding.path, finding.line))
    calls: list[Endpoint | RestCall] = [*scan.endpoints, *(scan.rest or ())]
    for call in calls:
        places = [each for each in call.calls if (each.path, each.line) not in moved]
        for warning in _warnings(call):
            yield from ((place, warning) for place in places)


def _warnings(call: Endpoint | RestCall) -> Iterator[str]:
    """Yield what is wrong with where a call leads."""
    path = call.path if isinstance(call, RestCall) else call.rest
    name = f"{call.method} {path}" if call.method else path
    elsewhere = call.status in _ELSEWHERE
    for number, note in enumerate(call.notes):
        if note.startswith(_SEVERITY) or (elsewhere and number == 0):
            bare = _PREFIX.sub("", note).replace("; successor ", "; see ")
            yield f"{name}: {_DAY.sub(_ON_DAY, bare)}"


def plan_annotations(source: SourceFile, said: Mapping[Place, Sequence[str]]) -> list[Edit]:
    """Return the edits that put comments above the statements of calls: a line a sentence.

    A statement that has one by now keeps it as it is. Raises ParseError.
    """
    text, lines = source.text, Lines(source.text)
    statements = [each[1:] for each in find_statements(parse_text(text), text)]
    wanted: dict[int, list[str]] = {}
    for place, sentences in said.items():
        offset = lines.offset(place.line, place.column)
        around = [first for first, end in statements if first <= offset < end]
        if around:
            found = wanted.setdefault(max(around), [])
            found.extend(each for each in sentences if each not in found)
    return [
        _edit(source, first, first, "".join(_lay_out(text, first, wanted[first])))
        for first in sorted(wanted)
        if not is_annotation(_line_above(text, first))
    ]


def find_statements(tree: cst.Module, text: str) -> Iterator[tuple[cst.BaseStatement, int, int]]:
    """Yield each statement with lines of its own: where its first one starts, and its end.

    The first line is that of its decorators. A block ends with the last statement in it.
    """
    nodes = list(walk(tree))
    bodies = [each for each in nodes if isinstance(each, (cst.Module, cst.IndentedBlock))]
    statements = [each for body in bodies for each in body.body]
    tops = [_first_part(statement) for statement in statements]
    places = find_in_tree(tree, text, nodes)
    for statement, top in zip(statements, tops, strict=True):
        first = start_of_line(text, places[top][0])
        if not text[first : places[top][0]].strip(" \t"):
            yield statement, first, places[statement][1]


def _first_part(statement: cst.BaseStatement) -> cst.CSTNode:
    """Return what a statement starts with: its first decorator, or itself."""
    if isinstance(statement, (cst.FunctionDef, cst.ClassDef)) and statement.decorators:
        return statement.decorators[0]
    return statement


def start_of_line(text: str, offset: int) -> int:
    """Return where the line starts that a character stands in."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _line_above(text: str, first: int) -> str:
    """Return the line above one, by its start; empty where there is none."""
    above = text[:first].removesuffix("\n").removesuffix("\r")
    return above[start_of_line(above, len(above)) :]


def _lay_out(text: str, first: int, sentences: Sequence[str]) -> Iterator[str]:
    """Yield the lines of comments; in ASCII, which every encoding of Python code has."""
    indent = text[first : first + len(text[first:]) - len(text[first:].lstrip(" \t"))]
    for sentence in sentences:
        plain = visible(sentence).encode("ascii", "backslashreplace").decode()
        yield f"{indent}{MARK}{plain}{newline_at(text, first)}"


def plan_removals(source: SourceFile) -> list[Edit]:
    """Return the edits that take away every comment that annotates. Raises ParseError."""
    tree = parse_text(source.text)
    comments = [each for each in find_comments(tree) if is_annotation(each.value)]
    spans = find_in_tree(tree, source.text, comments)
    edits = []
    for start, end in sorted(spans[comment] for comment in comments):
        first = start_of_line(source.text, start)
        if not source.text[first:start].strip(" \t"):
            behind = _NEWLINE.match(source.text, end)
            edits.append(_edit(source, first, behind.end() if behind else end, ""))
    return edits


def _edit(source: SourceFile, start: int, end: int, new: str) -> Edit:
    span = Span(source.path, start, end)
    return Edit(span, source.text[start:end], new, Fix.ANNOTATION, Safety.SAFE)
