"""Renders the migration report as Markdown, for a pull request or a wiki."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from migrator.render.clean import inert
from migrator.render.diff import SIGNS, DiffLine
from migrator.render.templates import cut_said, open_templates
from migrator.render.totals import say_count
from migrator.render.view import FilePart, Report, build_report
from migrator.values import Outcome, Safety, Scan

if TYPE_CHECKING:
    from jinja2 import Environment

# Inside a code span only these end it, end a table's cell, or still mean something to a host.
_NOT_IN_SPAN = re.compile(r"[`|\\<>&@\n]|^\s|\s$|^$")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
LIMIT = 65_536
"""Characters that GitHub takes as a comment or a description."""
FEW = 10
"""Rows of a table that is open from the start."""
MANY = 20
"""Places for a person to decide that are; more of them are folded away."""

_ALL = 10**9
# How many files with a diff, and how many rows of each table, from all to none.
_CUTS = (
    *((diffs, _ALL) for diffs in (_ALL, 50, 20, 10, 5, 2, 1, 0)),
    *((0, rows) for rows in (1_000, 500, 300, 200, 150, 100, 70, 50, 30, 20, 10, 5, 2, 1, 0)),
)

_LEAD = re.compile(r"^(\d*)([-+=.)])")
"""What would begin a list, or underline a heading, at the start of a line."""
_HOSTED = re.compile(r"[@#]")


def render_markdown(scan: Scan, outcomes: Iterable[Outcome], *, today: date) -> str:
    """Return GitHub's Markdown; text of the analysed code stays text in it.

    The same arguments give the same text. It fits into the body of a pull request: where all
    of it would not, it leaves out diffs and then rows, and says so.
    """
    template = _environment().get_template("report.md.j2")
    report = build_report(scan, outcomes, today=today)

    def show(number: int) -> str:
        shown, left = _cut(report, *_CUTS[number])
        return inert(template.render(report=shown, left=left, limit=LIMIT, few=FEW, many=MANY))

    page = show(0)
    if len(page) <= LIMIT:
        return page
    # Each cut is shorter than the one before it.
    first = bisect_left(range(len(_CUTS)), -LIMIT, lo=1, key=lambda number: -len(show(number)))
    return show(min(first, len(_CUTS) - 1))


@cache
def _environment() -> Environment:
    filters: dict[str, Callable[..., Any]] = {
        "text": escape_text,
        "said": _escape_said,
        "code": escape_code,
        "signed": _sign,
        "fence": fence,
        "tag": _tag,
        "tally": _tally,
        "counted": say_count,
    }
    return open_templates(filters, autoescape=False)


def _cut(report: Report, diffs: int, rows: int) -> tuple[Report, tuple[str, ...]]:
    """Return the report with less in it, and what was left out."""
    files = tuple(
        replace(
            part,
            items=part.items[:rows],
            prose=part.prose[:rows],
            hunks=part.hunks if number < diffs else (),
        )
        for number, part in enumerate(report.files[:rows])
    )
    shown = replace(
        report,
        endpoints=report.endpoints[:rows],
        rest=report.rest[:rows],
        manual=report.manual[:rows],
        problems=report.problems[:rows],
        files=files,
    )
    counts = (
        ("diff", _count_hunks(report.files), _count_hunks(files)),
        ("endpoint", len(report.endpoints), len(shown.endpoints)),
        ("Rest call", len(report.rest), len(shown.rest)),
        ("manual place", len(report.manual), len(shown.manual)),
        ("problem", len(report.problems), len(shown.problems)),
        ("finding", _count_items(report.files), _count_items(files)),
    )
    left = tuple(
        f"{each - kept:,} of {say_count(each, noun)}" for noun, each, kept in counts if each > kept
    )
    return shown, left


def _count_hunks(files: Iterable[FilePart]) -> int:
    return sum(bool(part.hunks) for part in files)


def _count_items(files: Iterable[FilePart]) -> int:
    return sum(len(part.items) + len(part.prose) for part in files)


def escape_text(text: str) -> str:
    """Return the text for a sentence or a table cell.

    An empty comment keeps ``@name`` and ``#1`` from becoming a mention and a reference:
    hosts look for them after the escapes are gone.
    """
    escaped = _SPECIAL.sub(r"\\\g<0>", text.replace("\n", " ").strip())
    escaped = _LEAD.sub(r"\g<1>\\\g<2>", escaped)
    return _HOSTED.sub(r"\\\g<0><!-- -->", escaped)


def escape_code(text: str) -> str:
    """Return the text as inline code, anywhere: in a sentence, a table cell, or a tag.

    Where a code span could end early, every sign becomes a character reference.
    """
    if not _NOT_IN_SPAN.search(text):
        return f"`{text}`"
    return f"<code>{escape_signs(text)}</code>"


def _escape_said(text: str) -> str:
    """Return a message for a sentence, with what it quotes in backticks as inline code."""
    return "".join(
        escape_code(part) if is_quoted else _escape_part(part) for part, is_quoted in cut_said(text)
    )


def _escape_part(text: str) -> str:
    inner = text.strip()
    before, _, after = text.partition(inner) if inner else (text, "", "")
    return f"{before}{escape_text(inner)}{after}"


def _tag(text: str) -> str:
    """Return the text as inline code where only HTML is read, as in a summary."""
    return f"<code>{html.escape(text)}</code>"


def escape_signs(text: str) -> str:
    """Return the text with every sign of ASCII as a character reference."""
    return _PUNCTUATION.sub(lambda sign: f"&#{ord(sign[0])};", text.replace("\n", " "))


def fence(lines: Iterable[str], language: str = "") -> str:
    """Return the lines as a code block whose fence is longer than any in them."""
    body = "\n".join(lines)
    longest = max((len(run) for run in re.findall(r"`+", body)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{language}\n{body}\n{ticks}"


def _tally(part: FilePart) -> str:
    """Return how many findings of each kind a file has, to stand behind its name."""
    counts = [
        f"{number:,} {safety.value}"
        for safety in Safety
        if (number := sum(item.safety is safety for item in part.items))
    ]
    if part.prose:
        counts.append(f"{len(part.prose):,} in prose")
    return f": {', '.join(counts)}" if counts else ""


def _sign(hunks: Iterable[DiffLine]) -> list[str]:
    return [f"{SIGNS[line.kind]}{line.text}" for line in hunks]
