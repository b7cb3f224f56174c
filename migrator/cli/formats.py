"""Turns a scan into a document in the format that was asked for."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from migrator.cli.options import DEFAULT_FIXES
from migrator.values import Fix, Outcome, Scan


class Format(StrEnum):
    """The formats of ``scan --format``."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


SUFFIXES = {".html": Format.HTML, ".md": Format.MARKDOWN, ".json": Format.JSON}
"""The formats of ``report``, by the suffix of its file."""


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
    match form:
        case Format.TEXT:
            from migrator.render.text import render_text  # noqa: PLC0415 - one format a run

            return render_text(scan, color=color, width=width)
        case Format.JSON:
            from migrator.render.jsonout import render_json  # noqa: PLC0415

            return render_json(scan)
        case Format.MARKDOWN:
            from migrator.render.markdown import render_markdown  # noqa: PLC0415

            return render_markdown(scan, _migrate(scan, fixes), today=today)
        case Format.HTML:
            from migrator.render.html import render_html  # noqa: PLC0415

            return render_html(scan, _migrate(scan, fixes), today=today)
        case _:
            assert_never(form)


def _migrate(scan: Scan, fixes: frozenset[Fix]) -> tuple[Outcome, ...]:
    from migrator.pipeline import migrate_files  # noqa: PLC0415 - for reports only

    return migrate_files(scan, DEFAULT_FIXES | fixes)
