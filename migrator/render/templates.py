"""Loads the report templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from migrator.resources import data_folder

if TYPE_CHECKING:
    from jinja2 import Environment


def open_templates(filters: Mapping[str, Callable[..., Any]], *, autoescape: bool) -> Environment:
    """Return an environment that knows the templates, the filters, and no name by accident."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - slow

    environment = Environment(
        loader=FileSystemLoader(data_folder("reports")),
        autoescape=autoescape,  # noqa: S701 - off for Markdown, which escapes otherwise
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(filters)
    return environment
