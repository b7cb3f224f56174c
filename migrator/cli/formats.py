"""Turns a scan into a document in the format that was asked for."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import assert_never

from migrator.cli.options import DEFAULT_FIXES
from migrator.render.form import Renderer
from migrator.values import Fix, Outcome, Scan


class Format(StrEnum):
    """The formats of ``scan --format`` and ``report --format``."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    MARKDOWN = "markdown"
    HTML = "html"


CHECKED = tuple(form for form in Format if form not in {Format.MARKDOWN, Format.HTML})
"""The formats of ``check``: those that a program reads, or a person at a terminal."""

COMPARED = (Format.TEXT, Format.JSON, Format.MARKDOWN, Format.HTML)
"""The formats that show progress since earlier scans."""

VERIFIED = (Format.JSON, Format.MARKDOWN, Format.HTML)
"""The formats that show what a live API said of the endpoints."""

SUFFIXES = {
    ".html": Format.HTML,
    ".md": Format.MARKDOWN,
    ".json": Format.JSON,
    ".sarif": Format.SARIF,
    ".xml": Format.JUNIT,
    ".txt": Format.TEXT,
}
"""The formats of ``report``, by the suffix of its file."""

_WITH_CHANGES = frozenset({Format.MARKDOWN, Format.HTML})
"""The formats that show what the changes would be."""


def format_of(path: Path) -> Format | None:
    """Return the format that a report's suffix asks for; None where none is known."""
    return SUFFIXES.get(path.suffix.lower())


def render(
    scan: Scan,
    form: Format,
    *,
    today: date,
    color: bool,
    width: int,
    fixes: frozenset[Fix] = frozenset(),
) -> str:
    """Return the document; ``color`` and ``width`` matter to text alone.

    ``fixes`` are the kinds of edit to show beside the namespace's.
    """
    outcomes: tuple[Outcome, ...] = ()
    if form in _WITH_CHANGES:
        from migrator.rewriting import migrate_files  # noqa: PLC0415 - as above

        outcomes = migrate_files(scan, DEFAULT_FIXES | fixes)
    return _find_renderer(form, color=color, width=width)(scan, outcomes, today=today)


def _find_renderer(form: Format, *, color: bool, width: int) -> Renderer:
    """Import the one module that is needed."""
    match form:
        case Format.JSON:
            from migrator.render.jsonout import render_json  # noqa: PLC0415 - one format a run

            return render_json
        case Format.SARIF:
            from migrator.render.sarif import render_sarif  # noqa: PLC0415

            return render_sarif
        case Format.GITHUB:
            from migrator.render.annotations import render_annotations  # noqa: PLC0415

            return render_annotations
        case Format.GITLAB:
            from migrator.render.quality import render_quality  # noqa: PLC0415

            return render_quality
        case Format.JUNIT:
            from migrator.render.junit import render_junit  # noqa: PLC0415

            return render_junit
        case Format.MARKDOWN:
            from migrator.render.markdown import render_markdown  # noqa: PLC0415

            return render_markdown
        case Format.HTML:
            from migrator.render.html import render_html  # noqa: PLC0415

            return render_html
        case Format.TEXT:
            from migrator.render.text import render_text  # noqa: PLC0415

            return partial(render_text, color=color, width=width)
        case _:
            assert_never(form)
