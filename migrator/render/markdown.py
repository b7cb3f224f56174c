"""Renders the migration report as Markdown, for a pull request or a wiki."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from migrator.render.clean import inert
from migrator.render.cutting import CUTS, FEWER_ROWS, cut_report
from migrator.render.diff import SIGNS, DiffLine
from migrator.render.templates import cut_said, open_templates
from migrator.render.totals import say_count
from migrator.render.view import FilePart, build_report
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

_LEAD = re.compile(r"^(\d*)([-+=.)])")
"""What would begin a list, or underline a heading, at the start of a line."""
_HOSTED = re.compile(r"[@#]")
_REFERENCE = re.compile(r"\bGH-(?=\d)|\b(?=[a-f]*\d)[0-9a-f]{7,40}\b", re.IGNORECASE)
"""What a host may take for an issue or a commit, of which it needs seven digits."""
_FEW_DIGITS = re.compile(r"[0-9a-f]{6}|GH-", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"(?!.*www\.)(?:[^\W_]|(?<=[^\W_])_(?=[^\W_])|[./-])+", re.IGNORECASE)
"""A name in which Markdown reads nothing but text."""


def render_markdown(scan: Scan, outcomes: Iterable[Outcome], *, today: date) -> str:
    """Return GitHub's Markdown; text of the analysed code stays text in it.

    The same arguments give the same text. It fits into the body of a pull request: where all
    of it would not, it leaves out diffs, then what goes on and on in one row, then rows, and
    says so.
    """
    template = _environment().get_template("report.md.j2")
    report = build_report(scan, outcomes, today=today)

    @cache
    def show(number: int) -> str:
        shown, left = cut_report(report, CUTS[number])
        return inert(template.render(report=shown, left=left, limit=LIMIT, few=FEW, many=MANY))

    def find(low: int, high: int) -> str:
        # Each cut is shorter than the one before it.
        first = bisect_left(range(high), -LIMIT, lo=low, key=lambda number: -len(show(number)))
        return show(min(first, high - 1))

    # Where so many rows do not fit, there is no need to look at how much longer all of it is.
    if len(show(FEWER_ROWS)) > LIMIT:
        return find(FEWER_ROWS + 1, len(CUTS))
    return show(0) if len(show(0)) <= LIMIT else find(1, FEWER_ROWS + 1)


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


def escape_text(text: str) -> str:
    """Return the text for a sentence or a table cell.

    An empty comment keeps ``@name``, ``#1``, ``GH-1`` and the digits of a commit from becoming
    a mention or a reference: hosts look for them after the escapes are gone.
    """
    escaped = _SPECIAL.sub(r"\\\g<0>", text.replace("\n", " ").strip())
    escaped = _LEAD.sub(r"\g<1>\\\g<2>", escaped)
    escaped = _HOSTED.sub(r"\\\g<0><!-- -->", escaped)
    return _REFERENCE.sub(lambda found: _FEW_DIGITS.sub(r"\g<0><!-- -->", found[0]), escaped)


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
    """Return the text as inline code in HTML, as in a summary.

    Where a host shows tags as text, it reads Markdown between them: what could be any becomes
    character references.
    """
    return f"<code>{text if _PLAIN_NAME.fullmatch(text) else escape_signs(text)}</code>"


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
