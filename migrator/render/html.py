"""Renders the migration report as one self-contained HTML page.

The page asks nothing of anyone: style and script stand in it, and its own security policy
lets only these two run, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from datetime import date

from migrator.render.diff import SIGNS
from migrator.render.templates import open_templates
from migrator.render.totals import say_count
from migrator.render.view import build_report
from migrator.values import Outcome, Scan


def render_html(scan: Scan, outcomes: Iterable[Outcome], *, today: date) -> str:
    """Return the page; the same arguments give the same text."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2, which is slow

    environment = open_templates({"count": say_count}, autoescape=True)
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
