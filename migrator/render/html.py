"""Renders the migration report as one self-contained HTML page.

The page asks nothing of anyone: style and script stand in it, and its own security policy
lets only these two run, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from migrator.render.burndown import HEIGHT, WIDTH
from migrator.render.clean import OLD_COMMAND
from migrator.render.color import make_painter
from migrator.render.templates import cut_said, open_templates
from migrator.render.totals import say_count
from migrator.render.view import build_report
from migrator.values import Outcome, Scan

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_COMMAND = re.compile(r"^([^\S\n]*)::", re.MULTILINE)


def render_html(scan: Scan, outcomes: Iterable[Outcome], *, today: date) -> str:
    """Return the page; the same arguments give the same text."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2, which is slow

    environment = _environment()
    style, script = (environment.get_template(f"report.{kind}").render() for kind in ("css", "js"))
    page = environment.get_template("report.html.j2").render(
        report=build_report(scan, outcomes, today=today),
        picture=(WIDTH, HEIGHT),
        paint=make_painter(),
        # Part of the tool and not of the input: the only text that is not escaped.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=_build_policy(style, script),
    )
    # A CI runner takes these for commands: at the start of a line of its log, or anywhere in it.
    page = _COMMAND.sub(r"\g<1>&#58;:", page)
    return OLD_COMMAND.sub("#&#35;", page)


@cache
def _environment() -> Environment:
    return open_templates({"count": say_count, "said": _mark_said}, autoescape=True)


def _mark_said(text: str) -> Markup:
    """Return a message with what it quotes in backticks as code."""
    from markupsafe import Markup  # noqa: PLC0415 - as above

    return Markup("").join(
        Markup("<code>{}</code>").format(part) if is_quoted else part
        for part, is_quoted in cut_said(text)
    )


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
