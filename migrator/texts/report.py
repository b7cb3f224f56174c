"""Reports on files without a syntax tree, with the edits that resolve what is found."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from migrator.namespace import REST
from migrator.prefilter import NAMESPACE
from migrator.source import Lines, encode_source
from migrator.suppress import suppresses_file, suppresses_text
from migrator.texts.duplicates import DUPLICATE, find_duplicates
from migrator.texts.judge import BY_TEXT, CODE, judge_text, plan_edits
from migrator.texts.kinds import TextKind, find_kind
from migrator.textscan import Told, describe_text, edit_text, find_mentions
from migrator.unused import (
    WHOLE_FILE,
    Heeded,
    find_in_document,
    find_in_lines,
    report_unused,
)
from migrator.values import Fix, Safety

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from migrator.evidence import Evidence
    from migrator.texts.reading import Reading
    from migrator.values import Edit, Finding, SourceFile

PROSE = Told("VAP100", "mentions the old route in prose: change it by hand", "prose")
UNPARSED = Told("VAP007", "found by text, since the file cannot be parsed: change it by hand")
_TEXT = Told(CODE, "")


def report_plainly(
    source: SourceFile,
    evidence: Evidence,
    told: Told,
    fix: Fix | None = None,
    heeded: Heeded | None = None,
) -> Iterator[Finding]:
    """Yield what is found by text alone, for a person, with the edits that are made on request.

    Lines whose comment silences something are added to ``heeded``.
    """
    lines = Lines(source.text)
    is_silenced = _silencer(lines, told.code, set() if heeded is None else heeded)
    for mention in find_mentions(source.text, evidence.table, evidence.hosts):
        place = mention.start, mention.end
        finding = describe_text(source.path, lines, place, told)
        if fix is not None and mention.is_certain:
            finding = replace(finding, edits=(edit_text(source.path, source.text, place, fix),))
        if not is_silenced(finding.line):
            yield finding


def report_text(
    source: SourceFile, evidence: Evidence, reading: Reading, fixes: frozenset[Fix]
) -> Iterator[Finding]:
    """Yield the findings of a file that is not Python, with the edits that resolve them.

    Among them are the comments that silence nothing; ``fixes`` are the kinds of edit that
    are planned beside the namespace's.
    """
    heeded: Heeded = set()
    found = list(_report_places(source, evidence, reading, heeded))
    silent = suppresses_file(source.text)
    if silent:
        heeded |= {(WHOLE_FILE, finding.code) for finding in found}
        heeded |= {(WHOLE_FILE, code) for _, code in heeded}
    else:
        yield from found
    # What is found on request in settings is told elsewhere, and would be silenced there.
    if not fixes:
        yield from _report_comments(source, heeded, silent=silent)


def _report_comments(source: SourceFile, heeded: Heeded, *, silent: bool) -> Iterator[Finding]:
    kind = find_kind(source)
    if kind is TextKind.PROSE:
        comments = [] if silent else list(find_in_document(source.text))
    else:
        comments = [each for each in find_in_lines(source.text) if each.of_file or not silent]
    if comments:
        editable = kind is not TextKind.CODE and _is_exact(source)
        lines = Lines(source.text)
        yield from report_unused(source, lines, comments, heeded, (), editable=editable)


def _report_places(
    source: SourceFile, evidence: Evidence, reading: Reading, heeded: Heeded
) -> Iterator[Finding]:
    """Yield the findings at the places of a file that spell the namespace."""
    kind = find_kind(source)
    exact = _is_exact(source)
    if kind is TextKind.PROSE:
        yield from report_plainly(source, evidence, PROSE, Fix.PROSE if exact else None, heeded)
        return
    editable = kind is TextKind.SETTINGS and exact
    judged = judge_text(source, evidence, reading)
    edits = plan_edits(source, evidence, judged) if editable else {}
    duplicates = find_duplicates(source) if edits else frozenset()
    lines = Lines(source.text)
    is_silenced = _silencer(lines, CODE, heeded)
    for place in sorted({*judged, *edits}):
        finding = describe_text(source.path, lines, place, _TEXT)
        if is_silenced(finding.line):
            continue
        reason = judged[place].message if editable and place in judged else BY_TEXT
        names = reading.endpoints.get(place, ())
        message = f"{reason}: change it by hand"
        calls = reading.calls.get(place, ())
        finding = replace(finding, endpoints=names, message=message, calls=calls)
        if place in edits:
            remark = DUPLICATE if place[0] in duplicates else ""
            finding = _resolve(finding, edits[place], f"{_say(names) or reason}{remark}")
        yield finding


def _resolve(finding: Finding, edits: tuple[Edit, ...], reason: str) -> Finding:
    message = f"`{NAMESPACE}` becomes `{REST}`: {reason}"
    return replace(finding, message=message, safety=Safety.SAFE, fix=Fix.NAMESPACE, edits=edits)


def _say(names: tuple[str, ...]) -> str:
    """Say by which call a value is sent; nothing where none is known."""
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"sent by {names[0]}{more}" if names else ""


def _silencer(lines: Lines, code: str, heeded: Heeded) -> Callable[[int], bool]:
    """Return what tells whether a line is silenced, and looks at each once: it may be megabytes.

    Those that are, are added to ``heeded``.
    """

    @cache
    def is_silenced(line: int) -> bool:
        if not suppresses_text(lines.text(line), code):
            return False
        heeded.add((line, code))
        return True

    return is_silenced


def _is_exact(source: SourceFile) -> bool:
    """Tell a text that can be written back from one that was decoded for a search only.

    Those in UTF-16 and the like are the ones that are refused elsewhere.
    """
    if source.encoding not in {"utf-8", "latin-1"}:
        return False
    return encode_source(source, source.text) == source.data
