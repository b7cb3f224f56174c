"""Renders what a live API said, as text for a person and as JSON for programs.

``verify.schema.json`` among the report templates describes the JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from migrator import __version__
from migrator.render.clean import clean, inert, mask_secrets
from migrator.render.dump import dump_json
from migrator.render.totals import say_count
from migrator.values import Checked, Verdict

SCHEMA = 1

FAILING = frozenset(
    {Verdict.NOT_FOUND, Verdict.GONE, Verdict.HEADER_MISSING, Verdict.UNAUTHORISED}
    | {Verdict.RATE_LIMITED, Verdict.UNREACHABLE}
)
"""The verdicts on endpoints that do not answer; what is forbidden exists."""

_WIDTH = max(map(len, Verdict))


def render_verified_text(rows: Iterable[Checked]) -> str:
    """Return one line an endpoint, and one with the totals."""
    rows = tuple(rows)
    lines = [_say_row(row) for row in rows]
    counts = Counter(row.verdict for row in rows)
    totals = ", ".join(f"{counts[each]} {each}" for each in Verdict if counts[each])
    lines.append(f"{say_count(len(rows), 'endpoint')}{': ' if totals else ''}{totals}")
    return "\n".join(lines) + "\n"


def _say_row(row: Checked) -> str:
    call = f"{row.method or '?'} {row.asked or row.rest}"
    reasons = [] if row.status is None else [str(row.status)]
    detail = " ".join([*reasons, row.detail]).strip()
    return inert(clean(f"{row.verdict:<{_WIDTH}}  {call}{f'  ({detail})' if detail else ''}"))


def render_verified_json(
    rows: Iterable[Checked], *, today: date, base_url: str, company: str | None, whole: bool
) -> str:
    """Return schema 1; ``whole`` is False where the run was interrupted."""
    rows = tuple(rows)
    counts = Counter(row.verdict for row in rows)
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "version": __version__,
        "date": today.isoformat(),
        "base_url": base_url,
        "company_id": company,
        "complete": whole,
        "summary": {
            "endpoints": len(rows),
            "by_verdict": {each.value: counts[each] for each in Verdict if counts[each]},
        },
        "verified": list_verified(rows),
    }
    return dump_json(document)


def list_verified(rows: Iterable[Checked]) -> list[dict[str, Any]]:
    """Return the rows as JSON has them."""
    return [
        {
            "method": row.method and mask_secrets(row.method),
            "vapid": mask_secrets(row.vapid),
            "rest": mask_secrets(row.rest),
            "verdict": row.verdict.value,
            "status": row.status,
            "asked": row.asked and mask_secrets(row.asked),
            "detail": mask_secrets(row.detail),
        }
        for row in rows
    ]
