"""Renders the migration report as one self-contained HTML page.

The page asks nothing of anyone: style and script stand in it, and its own security policy
lets only these two run, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from migrator.render.charts import split_code
from migrator.render.diff import SIGNS, DiffLine, Kind
from migrator.render.templates import open_templates
from migrator.render.totals import say_count
from migrator.render.view import build_report
from migrator.values import Outcome, Scan

_CODE = frozenset({Kind.SAME, Kind.REMOVED, Kind.ADDED})
_PAINTED = 5_000
"""How many lines are coloured: beyond these, nobody reads them one by one."""


def render_html(scan: Scan, outcomes: Iterable[Outcome], *, today: date) -> str:
    """Return the page; the same arguments give the same text."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2, which is slow

    environment = open_templates({"count": say_count, "color": _painter()}, autoescape=True)
    style, script = (environment.get_template(f"report.{kind}").render() for kind in ("css", "js"))
    page = environment.get_template("report.html.j2").render(
        report=build_report(scan, outcomes, today=today),
        signs=SIGNS,
        # Part of the tool and not of the input: the only text that is not escaped.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=_build_policy(style, script),
    )
    # A CI runner takes this for a command wherever it stands in a line of its log.
    return page.replace("##[", "#&#35;[").replace("##vso[", "#&#35;vso[")


def _painter() -> Callable[[DiffLine, str], list[tuple[str, str]]]:
    """Return what colours the lines of diffs, as far as Pygments is there and knows the file."""
    try:
        from pygments.lexers import get_lexer_for_filename  # noqa: PLC0415 - an optional extra
        from pygments.util import ClassNotFound  # noqa: PLC0415
    except ImportError:
        return lambda line, _path: [("", line.text)]
    painted = 0

    @lru_cache(maxsize=64)
    def find_lexer(name: str) -> Any:
        try:
            return get_lexer_for_filename(name, stripnl=False, ensurenl=False)
        except ClassNotFound:
            return None

    def paint(line: DiffLine, path: str) -> list[tuple[str, str]]:
        nonlocal painted
        lexer = find_lexer(path.rpartition("/")[2]) if line.kind in _CODE else None
        if lexer is None or painted > _PAINTED:
            return [("", line.text)]
        painted += 1
        return split_code(line.text, lexer)

    return paint


def _build_policy(style: str, script: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
