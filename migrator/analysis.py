"""Analyses the program around the files that mention the namespace."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import libcst as cst

from migrator.alternatives import find_held, find_moving, hold
from migrator.annotations import is_annotation
from migrator.callers import list_callers
from migrator.discover import find_unmoved, is_python
from migrator.duplicates import note_duplicates
from migrator.errors import ParseError
from migrator.evaluate.domain import Str, Text
from migrator.evidence import (
    Evidence,
    does_web_push,
    has_known_path,
    is_procore_host,
    template_of,
    weigh,
)
from migrator.fixes.plan import plan_fixes
from migrator.heeding import note_asides, note_callers, report_comments
from migrator.namespace import find_namespace
from migrator.notebook.locate import Locator, silences
from migrator.plan import (
    APART,
    Occurrence,
    Sent,
    decide,
    describe_occurrence,
    reads_as_prose,
)
from migrator.prefilter import (
    NAMESPACE,
    mentions,
    mentions_either,
)
from migrator.program.project import Project
from migrator.program.readers import find_readers
from migrator.program.seeds import (
    settings_split_namespace,
    spells_namespace,
)
from migrator.rehearsal.settling import settle
from migrator.restcalls import list_rest_calls, part_uses
from migrator.rules.table import load_rules
from migrator.spans import Placed, Spans
from migrator.suppress import suppresses
from migrator.texts.reading import Reading, read_uses
from migrator.texts.report import PROSE, UNPARSED, report_plainly, report_text
from migrator.textscan import Told, describe_text, edit_text, find_mentions
from migrator.together import hold_together
from migrator.tracing import load_modules, open_project, trace_from
from migrator.unused import WHOLE_FILE
from migrator.uses import Gap, find_uses
from migrator.values import Analysis, Fix, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from migrator.config import Settings
    from migrator.discover import Listing
    from migrator.evaluate.callgraph import CallGraph
    from migrator.namespace import NamespacedUrl, Spelled
    from migrator.plan import Decision
    from migrator.program.module import Module
    from migrator.program.workers import Workers
    from migrator.uses import Use
    from migrator.values import Finding, SourceFile

Decided = tuple[Occurrence, "Decision | None"]

_LONGER = Told("VAP005", "stands in a longer text: change it by hand")


def analyse_program(
    listing: Listing,
    python: Sequence[SourceFile],
    other: Sequence[SourceFile],
    settings: Settings,
    today: date,
    on_progress: Callable[[str, int, int], None] | None = None,
    *,
    rest: bool = False,
    fixes: frozenset[Fix] = frozenset(),
    workers: Workers | None = None,
) -> Analysis:
    """Follow the namespace from where ``python`` files spell it to where it is sent.

    Other modules of the project are read as far as names lead to them. Only places in
    files of the listing's targets are reported. With ``rest``, calls under the Rest
    namespace are looked for as well. ``fixes`` are further kinds to plan.
    ``workers`` read files ahead.
    """
    targets = frozenset(listing.targets)
    project = open_project(listing, [*python, *other], is_whole=bool(fixes), workers=workers)
    paths = [source.path for source in python]
    project.prepare(paths)
    readers = find_readers(project, targets, mentions_either if rest else mentions)
    modules = load_modules(project, paths, on_progress)
    every = bool(fixes) or settings_split_namespace(project)
    seeds = [each for each in modules if every or spells_namespace(each, rest=rest)]
    spelling = [*seeds, *load_modules(project, [*readers], None)]
    # A part of a project may take the namespace from the rest, which nobody has named.
    is_part = not targets.issuperset(listing.context)
    whole = [each.path for each in seeds] if is_part else []
    trace = trace_from(project, spelling, readers, rest=rest, fixes=fixes, whole=whole)
    graph = trace({})
    evaluator = graph.evaluator
    uses, gaps = find_uses(graph)
    spans, problems = _place_modules(project, [*uses, *gaps])
    uses = [use for use in uses if use.module in spans and _has_places(use, spans)]
    rest_uses, uses = part_uses(uses)
    evidence = weigh(uses, load_rules(settings.rules), settings.hosts)
    evidence.web_push = any(does_web_push(module.source.text) for module in project.modules)
    evidence.about_procore = any("procore" in m.source.text.lower() for m in project.modules)
    unmoved = find_unmoved(listing)
    held = find_held(uses, evidence, unmoved)
    program = _Program(graph, _by_module(uses), evidence, tuple(spans), today, held)
    sent = Sent([use for use in uses if _concerns(use, targets)], evidence)
    reported = [module for module in modules if module in spans and not silences(module.source)]
    apart = set(reported).difference(spelling)
    occurrences = [
        each for module in reported if module not in apart for each in _occurrences(module, program)
    ]
    decided, silenced = _decide(occurrences, program, spans)
    decided = hold_together(decided, evidence)
    if evaluator.delicate:
        moving = find_moving(uses, evidence, held, unmoved)
        decided, broken = settle(decided, moving, evidence, graph, trace)
        decided = hold_together(decided, evidence)
        held |= broken
    note_callers(uses, evidence, reported, spans)
    handled = {each.literal_node for each in occurrences}
    findings = list(_report_modules(reported, decided, handled, program, spans, sent))
    findings.extend(_report_gaps(gaps, evidence, spans))
    readings = read_uses(uses, evidence, sent, program.held, spans)
    findings.extend(_report_others(program, python, other, readings, fixes))
    if fixes:
        findings.extend(plan_fixes(graph, evidence, settings, findings, targets, fixes, spans))
    findings.extend(_report_comments(modules, program, spans, fixes))
    notebooks = Locator([*python, *(module.source for module in project.modules)])
    moved = [notebooks.finding(each) for each in findings if each.path in targets]
    problems += (each for each in project.problems.values() if each.path in targets)
    calls = list_rest_calls(rest_uses, evidence, spans, settings.rules, today)
    return Analysis(
        tuple(map(notebooks.called, sent.endpoints(evidence, spans, today))),
        (*moved, *notebooks.asides(targets, evidence)),
        (*map(notebooks.problem, problems), *notebooks.problems(targets)),
        notebooks.sources((*python, *(_further(project, python) if fixes else ()), *other)),
        len(project.modules),
        tuple(map(notebooks.called, calls)) if rest else None,
        tuple(map(notebooks.finding, _report_silenced(silenced, program, spans, sent))),
    )


def _further(project: Project, python: Sequence[SourceFile]) -> Iterator[SourceFile]:
    """Yield the files that only names led to: what is sent with a call may stand there."""
    known = {source.path for source in python}
    return (module.source for module in project.modules if module.path not in known)


@dataclass(frozen=True, slots=True)
class _Program:
    """What the findings of every module are drawn from."""

    graph: CallGraph
    uses: Mapping[Placed, Sequence[Use]]
    """By what spells the first part of each."""
    evidence: Evidence
    placed: tuple[Placed, ...]
    today: date
    held: Mapping[tuple[Spelled, ...], str]
    """Spellings that must wait for others, with the reason."""


def _by_module(uses: Iterable[Use]) -> dict[Placed, list[Use]]:
    grouped: dict[Placed, list[Use]] = {}
    for use in uses:
        if use.url.spelled:
            grouped.setdefault(use.url.spelled[0].origin.module, []).append(use)
    return grouped


def _place_modules(
    project: Project, uses: Sequence[Use | Gap]
) -> tuple[dict[Placed, Spans], list[Problem]]:
    """Find the places of the modules that are reported on."""
    wanted: dict[Placed, set[object]] = {
        module: {*_spelling(module)} for module in project.modules if mentions(module.source.data)
    }
    for use in uses:
        wanted.setdefault(use.module, set()).add(use.node)
        for part in use.url.spelled:
            wanted.setdefault(part.origin.module, set()).add(part.origin.node)
    spans: dict[Placed, Spans] = {}
    problems: list[Problem] = []
    for module in sorted(wanted, key=lambda module: module.path):
        try:
            spans[module] = Spans(module, wanted[module])
        except ParseError as error:
            message = f"cannot be edited: {error.reason}"
            problems.append(Problem(module.path, error.line, "VAP900", message))
    return spans, problems


def _has_places(use: Use, spans: dict[Placed, Spans]) -> bool:
    return all(part.origin.module in spans for part in use.url.spelled)


def _concerns(use: Use, targets: frozenset[str]) -> bool:
    """Tell a call that is in a target, or whose URL one spells, from those of others alone."""
    paths = {use.module.path, *(part.origin.module.path for part in use.url.spelled)}
    return not paths.isdisjoint(targets)


# Findings at literals


def _decide(
    occurrences: Sequence[Occurrence], program: _Program, spans: Mapping[Placed, Spans]
) -> tuple[list[Decided], list[Decided]]:
    """Return each occurrence with what is to be done with it, and apart what comments silence."""
    decided: list[Decided] = []
    silenced: list[Decided] = []
    for occurrence in occurrences:
        decision = hold(decide(occurrence, program.evidence), program.held.get(occurrence.spelled))
        is_silenced = decision is not None and _is_suppressed(occurrence, decision, spans)
        (silenced if is_silenced else decided).append((occurrence, decision))
    return decided, silenced


def _report_modules(
    modules: Sequence[Module],
    decided: Sequence[Decided],
    handled: set[object],
    program: _Program,
    spans: Mapping[Placed, Spans],
    sent: Sent,
) -> Iterator[Finding]:
    """Yield the findings of modules, at their strings and in their prose."""
    grouped: dict[object, list[Decided]] = {}
    for each in decided:
        grouped.setdefault(each[0].spelled[0].origin.module, []).append(each)
    for module in modules:
        found = list(_report_decided(grouped.get(module, ()), program, spans, sent))
        found.extend(_report_prose(module, program.evidence, spans[module], handled))
        yield from note_duplicates(found, module, spans[module])


def _report_decided(
    decided: Sequence[Decided], program: _Program, spans: Mapping[Placed, Spans], sent: Sent
) -> Iterator[Finding]:
    """Yield the findings at the strings of the program."""
    for occurrence, decision in decided:
        if decision is not None:
            names = sent.names(occurrence.spelled)
            finding = describe_occurrence(occurrence, decision, spans, names)
            notes = sent.warnings(occurrence.spelled, program.evidence.table, program.today)
            calls = list_callers(occurrence.uses, program.evidence, spans)
            yield replace(finding, notes=notes, calls=calls)


def _report_silenced(
    silenced: Sequence[Decided], program: _Program, spans: Mapping[Placed, Spans], sent: Sent
) -> Iterator[Finding]:
    """Yield the findings at the strings that a comment silences, with nothing to be done."""
    for finding in _report_decided(silenced, program, spans, sent):
        yield replace(finding, edits=())


def _occurrences(module: Module, program: _Program) -> list[Occurrence]:
    """Group what is known of each spelling that starts in a module."""
    grouped: dict[tuple[Spelled, ...], list[Use]] = {}
    for use in program.uses.get(module, ()):
        grouped.setdefault(use.url.spelled, []).append(use)
    literals = dict(_literal_urls(module, program.graph))
    for spelled in literals:
        grouped.setdefault(spelled, [])
    return [
        Occurrence(spelled, tuple(found), literals.get(spelled))
        for spelled, found in grouped.items()
        if spelled[0].origin.node not in module.prose
        and (not reads_as_prose(spelled) or any(use.purpose in APART for use in found))
    ]


def _literal_urls(
    module: Module, graph: CallGraph
) -> Iterator[tuple[tuple[Spelled, ...], NamespacedUrl]]:
    """Yield how each string that spells the namespace reads by itself."""
    ev = graph.evaluator
    for node in module.literals:
        if isinstance(node, cst.SimpleString):
            origin = ev.origin(module, node)
            if NAMESPACE in origin.spelling.value:
                for url in find_namespace(Str((Text(origin.spelling.value, origin),))):
                    yield url.spelled, url
    for formatted, point in module.formatted:
        if not graph.has_point(point):
            continue
        for value in ev.evaluate(formatted, point, ev.open_frame(point.scope)):
            if isinstance(value, Str):
                for url in find_namespace(value):
                    if url.spelled and url.spelled[0].origin.module is module:
                        yield url.spelled, url


def _is_suppressed(
    occurrence: Occurrence, decision: Decision, spans: Mapping[Placed, Spans]
) -> bool:
    """Tell whether a comment at the literal, or at every call it reaches, silences it."""
    module = occurrence.spelled[0].origin.module
    own = [each.origin.node for each in occurrence.spelled if each.origin.module is module]
    places = [spans[module].of_node(node) for node in own]
    if spans[module].has_comment(places[0][0], places[-1][1], decision.code):
        return True
    calls = {(use.module, use.node) for use in occurrence.uses}
    # All are asked, for each comment counts as used though it takes the others, too.
    silenced = [
        spans[at].has_comment(*spans[at].of_node(node), decision.code) for at, node in calls
    ]
    return bool(calls) and all(silenced)


def _report_gaps(
    gaps: Sequence[Gap], evidence: Evidence, spans: Mapping[Placed, Spans]
) -> Iterator[Finding]:
    """Yield the calls of which nobody can say whether they are of the old namespace."""
    for gap in gaps:
        known = is_procore_host(gap.url.host, evidence.hosts)
        if gap.module not in spans or not known or not has_known_path(gap.url, evidence.table):
            continue
        if silences(gap.module.source):
            spans[gap.module].heeded.add((WHOLE_FILE, "VAP009"))
            continue
        place = spans[gap.module].of_node(gap.node)
        if spans[gap.module].has_comment(*place, "VAP009"):
            continue
        what = f"`{gap.name}`" if gap.name else "an expression"
        rest = template_of(gap.url).removeprefix(f"/{NAMESPACE}")
        message = (
            f"the namespace of {rest} comes from {what}, which is not known: see to it by hand"
        )
        told = Told("VAP009", message)
        yield describe_text(gap.module.path, spans[gap.module].lines, place, told)


# Comments that silence


def _report_comments(
    modules: Sequence[Module],
    program: _Program,
    spans: Mapping[Placed, Spans],
    fixes: frozenset[Fix],
) -> Iterator[Finding]:
    """Yield the comments that silence nothing; in a silent file, the one that makes it so."""
    for module in (module for module in modules if module in spans):
        silent = silences(module.source)
        if silent:
            note_asides(module, program.evidence, spans[module])
            occurrences = _occurrences(module, program)
            if any(decide(each, program.evidence) for each in occurrences) or any(
                _report_prose(module, program.evidence, spans[module], set())
            ):
                spans[module].heeded.add((WHOLE_FILE, "VAP001"))
        yield from report_comments(module, spans[module], fixes, silent=silent)


# Findings by text


def _spelling(module: Module) -> Iterator[cst.SimpleString | cst.FormattedStringText]:
    """Yield the literals in which the word can be read as it stands."""
    return (node for node in module.literals if NAMESPACE in node.value.lower())


def _report_prose(
    module: Module, evidence: Evidence, spans: Spans, handled: set[object]
) -> Iterator[Finding]:
    """Yield what comments, docstrings and longer texts say of Procore's old routes."""
    literals = sorted((*spans.of_node(node), node in handled, node) for node in _spelling(module))
    starts = [start for start, *_ in literals]
    for mention in find_mentions(module.source.text, evidence.table, evidence.hosts):
        place = mention.start, mention.end
        number = bisect_right(starts, place[0]) - 1
        inside = number >= 0 and place[0] < literals[number][1]
        if inside and literals[number][2]:
            continue
        told = _LONGER if inside and literals[number][3] not in module.prose else PROSE
        finding = describe_text(module.path, spans.lines, place, told)
        # In a text of several lines there can be no comment but one that is part of it.
        start, end, *_ = literals[number] if inside else place
        if inside and spans.lines.place(start)[0] < spans.lines.place(end)[0]:
            is_silenced = suppresses(finding.source_line, told.code)
            spans.heeded |= {(finding.line, told.code)} if is_silenced else set()
        else:
            is_silenced = spans.has_comment(*place, told.code)
        if not is_silenced and not is_annotation(finding.source_line):
            edit = edit_text(module.path, module.source.text, place, Fix.PROSE)
            yield replace(finding, edits=(edit,) if mention.is_certain else ())


def _report_others(
    program: _Program,
    python: Sequence[SourceFile],
    other: Sequence[SourceFile],
    readings: Mapping[str, Reading],
    fixes: frozenset[Fix],
) -> Iterator[Finding]:
    """Yield the findings of files that are not Python, or cannot be parsed."""
    parsed = {module.path for module in program.placed}
    for source in (*python, *other):
        if is_python(source.path):
            if source.path not in parsed and not silences(source):
                yield from report_plainly(source, program.evidence, UNPARSED)
        else:
            reading = readings.get(source.path, Reading())
            yield from report_text(source, program.evidence, reading, fixes)
