"""Renders a scan for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO

from migrator.codes import say_where
from migrator.render.clean import clean, inert, visible
from migrator.render.excerpt import clean_start, cut_excerpt, shorten
from migrator.render.nothing import NOTHING
from migrator.render.nothing import say_where as say_nothing
from migrator.render.totals import (
    count,
    describe,
    group_by_file,
    is_prose,
    list_rest,
    say_count,
    say_standing,
)
from migrator.values import (
    Endpoint,
    Finding,
    Outcome,
    Place,
    Problem,
    Progress,
    RestStatus,
    Safety,
    Scan,
    Status,
)

Line = tuple[tuple[str, str], ...]
"""A line as runs of text, each with its style in the words of rich."""

_NARROWEST = 40
_SHOWN_CALLS = 3
_SHOWN_ENDPOINTS = 4
_SHOWN_LINES = 12
_LONG = 1_000
_SEVERE = ("error: ", "warning: ")

_SAFETY_STYLE = {Safety.SAFE: "green", Safety.UNSAFE: "yellow", Safety.MANUAL: "magenta"}
_STATUS_STYLE = {
    Status.DIRECT: "green",
    Status.UNVERIFIED: "yellow",
    Status.MOVED: "magenta",
    Status.NEWER_ONLY: "magenta",
    Status.MISSING: "red",
    Status.UNLISTED: "yellow",
}
_REST_STYLE = {
    RestStatus.CURRENT: "green",
    RestStatus.DEPRECATED: "yellow",
    RestStatus.SUNSET: "red",
    RestStatus.UNKNOWN: "magenta",
}


def render_text(
    scan: Scan,
    _outcomes: Iterable[Outcome] = (),
    /,
    *,
    color: bool,
    width: int,
    today: date | None = None,  # noqa: ARG001 - one signature for every format
) -> str:
    """Return findings by file, problems, the endpoints, Rest calls, and one line of totals.

    ``width`` is in terminal cells; only what cannot be broken goes beyond it. Without
    ``color`` there is no escape code in the text.
    """
    width = max(width, _NARROWEST)
    lines = [
        line
        for path, findings in group_by_file(scan.findings)
        for line in _show_file(path, findings, width)
    ]
    lines += _show_problems(scan.problems, width)
    lines += _show_endpoints(scan.endpoints, width)
    if scan.rest is not None:
        lines += _show_rest(scan, width)
    if scan.progress is not None:
        lines += _show_progress(scan.progress, width)
    if scan.findings:
        lines.append(_text((f"{say_where(scan.findings[0].code)}, and so for other codes.", "dim")))
    lines.append(_show_totals(scan))
    return _print(lines, color=color)


def _show_file(path: str, findings: list[Finding], width: int) -> Iterator[Line]:
    yield _text((visible(path), "bold"))
    code = [finding for finding in findings if not is_prose(finding)]
    places = max((len(f"{finding.line}:{finding.column}") for finding in code), default=0)
    for finding in code:
        yield from _show_finding(finding, places, width)
    prose = sorted({finding.line for finding in findings if is_prose(finding)})
    if prose:
        yield from _wrap(
            f"also mentioned in prose: {_list_lines(prose)}", width, "dim", indent="  "
        )
    yield _text()


def _show_finding(finding: Finding, places: int, width: int) -> Iterator[Line]:
    style = _SAFETY_STYLE[finding.safety]
    place = f"{finding.line}:{finding.column}"
    head = (
        (f"  {place:<{places}}  ", "bold"),
        (f"{finding.code}  ", "dim"),
        (f"{finding.safety.value:<6}  ", style),
    )
    hanging = sum(len(part) for part, _ in head)
    first, *others = _break(clean_start(finding.message, _LONG), width - hanging) or [""]
    yield _text(*head, (first, ""))
    for line in others:
        yield _text((" " * hanging + line, ""))
    yield from _show_source(finding, width, style)


def _show_source(finding: Finding, width: int, style: str) -> Iterator[Line]:
    """Yield the source line, the caret below it, and the endpoints that depend on it.

    A finding of a saved scan may have lost its line.
    """
    number = f"{finding.line:>6}"
    margin = (f"{' ' * len(number)} │ ", "dim")
    if finding.source_line:
        excerpt = cut_excerpt(finding, width=width - len(number) - 3, measure=_measure)
        before, segment = inert(excerpt.before), inert(excerpt.segment)
        yield _text(
            (f"{number} │ ", "dim"), (before, ""), (segment, f"bold {style}"), (excerpt.after, "")
        )
        arrows = "^" * max(_measure(segment), 1)
        yield _text(margin, (" " * _measure(before), ""), (arrows, f"bold {style}"))
    # A note begins with the name of its endpoint.
    plain = [
        name
        for name in finding.endpoints
        if not any(note.startswith(f"{name} → ") for note in finding.notes)
    ]
    names = [clean(name) for name in plain[:_SHOWN_ENDPOINTS]]
    if more := len(plain) - len(names):
        names.append(f"and {say_count(more, 'more endpoint')}")
    for name in names:
        yield _text(margin, (name, "cyan"))
    yield from _show_notes(finding, margin, width)


def _show_notes(finding: Finding, margin: tuple[str, str], width: int) -> Iterator[Line]:
    """Yield what is wrong with where the endpoints lead."""
    notes = [clean(note) for note in finding.notes[:_SHOWN_ENDPOINTS]]
    if more := len(finding.notes) - len(notes):
        notes.append(f"and {say_count(more, 'more note')}")
    for note in notes:
        for number, line in enumerate(_break(f"! {note}", width - len(margin[0]) - 2)):
            yield _text(margin, (line if number == 0 else f"  {line}", "yellow"))


def _show_problems(problems: tuple[Problem, ...], width: int) -> Iterator[Line]:
    if not problems:
        return
    yield _text((say_count(len(problems), "problem").capitalize(), "bold red"))
    for problem in problems:
        place = f"{visible(problem.path)}:{max(problem.line, 1)}"
        yield _text((f"  {place}", "bold"), (f"  {problem.code}", "dim"))
        yield from _wrap(clean_start(problem.message, _LONG), width, "", indent="    ")
    yield _text()


def _show_endpoints(endpoints: tuple[Endpoint, ...], width: int) -> Iterator[Line]:
    """Yield the table: the two paths one above the other, so that they need not be broken."""
    if not endpoints:
        return
    methods = max(len("METHOD"), *(len(clean(each.method or "")) for each in endpoints)) + 2
    statuses = max(len("STATUS"), *(len(each.status.value) for each in endpoints))
    natural = max(_measure(clean(path)) for each in endpoints for path in (each.vapid, each.rest))
    paths = min(natural, width - methods - statuses - 2) + 2
    margin = " " * methods
    yield _text(
        (f"{_pad('METHOD', methods)}{_pad('VAPID PATH, REST PATH, CALLS', paths)}STATUS", "dim")
    )
    for endpoint in endpoints:
        yield _text(
            (_pad(clean(endpoint.method or "?"), methods), "bold cyan"),
            (_pad(clean(endpoint.vapid), paths), ""),
            (endpoint.status.value, _STATUS_STYLE[endpoint.status]),
        )
        yield _text((margin, ""), (clean(endpoint.rest), "green"))
        yield from _show_calls(endpoint.calls, endpoint.notes, width, margin)
    yield _text()


def _show_rest(scan: Scan, width: int) -> Iterator[Line]:
    """Yield a table of the Rest calls to look at, and how many others there are."""
    listed = list_rest(scan.rest or ())
    if listed:
        methods = max(len("METHOD"), *(len(clean(each.method or "")) for each in listed)) + 2
        statuses = max(len("STATUS"), *(len(each.status.value) for each in listed))
        natural = max(len("REST PATH, CALLS"), *(_measure(clean(each.path)) for each in listed))
        paths = min(natural, width - methods - statuses - 2) + 2
        yield _text((f"{_pad('METHOD', methods)}{_pad('REST PATH, CALLS', paths)}STATUS", "dim"))
        for call in listed:
            yield _text(
                (_pad(clean(call.method or "?"), methods), "bold cyan"),
                (_pad(clean(call.path), paths), ""),
                (call.status.value, _REST_STYLE[call.status]),
            )
            yield from _show_calls(call.calls, call.notes, width, " " * methods)
    yield _text((say_standing(scan), ""))
    yield _text()


def _show_calls(
    calls: tuple[Place, ...], notes: tuple[str, ...], width: int, margin: str
) -> Iterator[Line]:
    """Yield where something is called from, and what is to be said of it."""
    yield from _wrap(_list_calls(calls), width, "dim", indent=margin)
    for note in notes:
        lead = "" if note.startswith(_SEVERE) else "note: "
        yield from _wrap(f"{lead}{clean(note)}", width, "italic", indent=margin)


def _show_progress(progress: Progress, width: int) -> Iterator[Line]:
    """Yield a row for each earlier scan, and the burn-down where there are several."""
    names = [shorten(clean(each.name), width // 2) for each in progress.earlier]
    first = max(len("SINCE"), *map(_measure, names)) + 2
    head = "".join(f"{each:>9}" for each in ("FOUND", "DONE", "NEW", "LEFT"))
    yield _text((f"{_pad('SINCE', first)}{'DATE':<10}{head}", "dim"))
    for name, each in zip(names, progress.earlier, strict=True):
        day = each.day.isoformat() if each.day else "?"
        numbers = "".join(f"{n:>9,}" for n in (each.findings, each.done, each.new, each.left))
        yield _text((_pad(name, first), "bold"), (f"{day:<10}{numbers}", ""))
    if len(progress.earlier) > 1:
        steps = " → ".join(f"{number:,}" for _, number in progress.points)
        yield from _wrap(f"Findings over time: {steps}", width, "", indent="")
    yield _text()


def _show_totals(scan: Scan) -> Line:
    totals = count(scan)
    if not (totals.findings or totals.endpoints or totals.problems):
        return _text((NOTHING, "bold green"), (say_nothing(scan.files_seen), ""))
    return _text((describe(totals), "bold"))


def _list_calls(calls: tuple[Place, ...]) -> str:
    shown = [f"{visible(call.path)}:{call.line}" for call in calls[:_SHOWN_CALLS]]
    if more := len(calls) - len(shown):
        shown.append(f"and {more:,} more")
    return ", ".join(shown)


def _list_lines(numbers: list[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:_SHOWN_LINES])
    more = len(numbers) - _SHOWN_LINES
    lead = "line" if len(numbers) == 1 else "lines"
    return f"{lead} {shown} and {more:,} more" if more > 0 else f"{lead} {shown}"


def _wrap(text: str, width: int, style: str, *, indent: str) -> Iterator[Line]:
    for line in _break(text, width - len(indent)):
        yield _text((f"{indent}{line}", style))


def _break(text: str, width: int) -> list[str]:
    """Return the text as lines, broken between words; a word that is wider stays whole."""
    lines: list[str] = []
    for word in text.split():
        if lines and _measure(lines[-1]) + 1 + _measure(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _pad(text: str, width: int) -> str:
    return text + " " * max(width - _measure(text), 2)


def _measure(text: str) -> int:
    from rich.cells import cell_len  # noqa: PLC0415

    return cell_len(text)


def _text(*parts: tuple[str, str]) -> Line:
    return tuple((inert(part), style) for part, style in parts)


def _print(lines: list[Line], *, color: bool) -> str:
    if not color:
        return "".join("".join(part for part, _ in line).rstrip() + "\n" for line in lines)
    # Slow to import, and not for a pipe or a file.
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    # An environment of its own: colour and width were decided by the caller.
    console = Console(
        file=StringIO(),
        color_system="standard",
        force_terminal=True,
        no_color=False,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    with console.capture() as capture:
        for line in lines:
            # Never markup: a square bracket of the analysed code must stay one.
            console.print(Text.assemble(*line), soft_wrap=True)
    return capture.get()
