"""Loads the report templates, and has what they share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from migrator.resources import data_folder

if TYPE_CHECKING:
    from jinja2 import Environment

_QUOTED = re.compile(r"`([^`\n]+)`")


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
        finalize=_require_text,
    )
    environment.filters.update(filters)
    return environment


def cut_said(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a message in parts, and of each whether the message quotes it in backticks."""
    for number, part in enumerate(_QUOTED.split(text)):
        if part:
            yield part, number % 2 == 1


def _require_text(value: object) -> object:
    """Let through what reads as text, and raise TypeError at what would show Python's own words."""
    from jinja2 import Undefined  # noqa: PLC0415 - slow

    if isinstance(value, bool) or not isinstance(value, (str, int, float, Undefined)):
        raise TypeError(f"a template shows a {type(value).__name__}")
    return value
