"""Renders one line a finding, for hooks and CI."""

from __future__ import annotations

from migrator.render.clean import clean, inert, visible
from migrator.rules.match import pick_gravest
from migrator.values import Finding, Scan


def render_check(scan: Scan) -> str:
    """Return ``path:line:col: CODE message`` lines, problems among them, sorted by place.

    Each ends in a newline, and none can be taken for a command of a CI runner. Where something
    is wrong with where endpoints lead, the message ends with the most serious of it.
    """
    rows = [
        (finding.path, finding.line, finding.column, finding.code, _say(finding))
        for finding in scan.findings
    ] + [
        (problem.path, problem.line, 1, problem.code, problem.message) for problem in scan.problems
    ]
    return "".join(
        inert(f"{visible(path)}:{max(line, 1)}:{max(column, 1)}: {code} {clean(message)}") + "\n"
        for path, line, column, code, message in sorted(rows)
    )


def _say(finding: Finding) -> str:
    warning = pick_gravest(finding.notes)
    if warning is None:
        return finding.message
    name, _, target = warning.partition(" → ")
    if finding.message.endswith(f" {name}"):
        return f"{finding.message}; target: {target.partition(', ')[2]}"
    return f"{finding.message}; {warning}"
