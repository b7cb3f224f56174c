"""Renders the migration report as Markdown, for a pull request or a wiki."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from migrator.render.clean import inert
from migrator.render.diff import SIGNS, DiffLine
from migrator.render.templates import open_templates
from migrator.render.view import build_report
from migrator.values import Outcome, Scan

# Inside a code span only these end it, end a table's cell, or still mean something to a host.
_NOT_IN_SPAN = re.compile(r"[`|\\<>&@\n]|^\s|\s$|^$")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$]|:(?=//)")
_HOSTED = re.compile(r"[@#]")


def render_markdown(scan: Scan, outcomes: Iterable[Outcome], *, today: date) -> str:
    """Return GitHub's Markdown; text of the analysed code stays text in it.

    The same arguments give the same text.
    """
    filters: dict[str, Callable[..., Any]] = {
        "text": escape_text,
        "code": escape_code,
        "signed": _sign,
        "fence": fence,
    }
    environment = open_templates(filters, autoescape=False)
    page = environment.get_template("report.md.j2").render(
        report=build_report(scan, outcomes, today=today)
    )
    return inert(page)


def escape_text(text: str) -> str:
    """Return the text for a sentence or a table cell.

    An empty comment keeps ``@name`` and ``#1`` from becoming a mention and a reference:
    hosts look for them after the escapes are gone.
    """
    escaped = _SPECIAL.sub(r"\\\g<0>", text.replace("\n", " "))
    return _HOSTED.sub(r"\\\g<0><!-- -->", escaped)


def escape_code(text: str) -> str:
    """Return the text as inline code, anywhere: in a sentence, a table cell, or a tag.

    Where a code span could end early, every sign becomes a character reference.
    """
    if not _NOT_IN_SPAN.search(text):
        return f"`{text}`"
    return f"<code>{escape_signs(text)}</code>"


def escape_signs(text: str) -> str:
    """Return the text with every sign of ASCII as a character reference."""
    return _PUNCTUATION.sub(lambda sign: f"&#{ord(sign[0])};", text.replace("\n", " "))


def fence(lines: Iterable[str], language: str = "") -> str:
    """Return the lines as a code block whose fence is longer than any in them."""
    body = "\n".join(lines)
    longest = max((len(run) for run in re.findall(r"`+", body)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{language}\n{body}\n{ticks}"


def _sign(hunks: Iterable[DiffLine]) -> list[str]:
    return [f"{SIGNS[line.kind]}{line.text}" for line in hunks]
