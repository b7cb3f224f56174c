"""Takes back what the rehearsal has shown to be wrong, and adds what must change in step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.plan import Decision, is_pattern
from migrator.rehearsal.deciding import rehearse
from migrator.render.excerpt import shorten
from migrator.values import Safety

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from migrator.evaluate.callgraph import CallGraph
    from migrator.evaluate.evaluator import Changes
    from migrator.evidence import Evidence
    from migrator.plan import Occurrence
    from migrator.rehearsal.deciding import Spelling, Verdict

    Decided = tuple[Occurrence, Decision | None]

_LONG = 60
"""How many characters of code a message quotes."""


def settle(
    decided: Sequence[Decided],
    settings: Sequence[Spelling],
    evidence: Evidence,
    graph: CallGraph,
    trace: Callable[[Changes], CallGraph],
) -> tuple[list[Decided], dict[Spelling, str]]:
    """Return the decisions of a program of which every use agrees with every edit.

    ``settings`` are the spellings in settings files that are to be edited as well; with the
    decisions comes why some of them must not be. ``trace`` follows the program with changes
    made to it.
    """
    safe = [
        occurrence.spelled
        for occurrence, decision in decided
        if decision is not None and decision.safety is Safety.SAFE and not is_pattern(occurrence)
    ]
    if not safe and not settings:
        return list(decided), {}
    others = [
        occurrence.spelled
        for occurrence, decision in decided
        if (decision is None or decision.safety is Safety.MANUAL)
        and not any(evidence.is_other(use) for use in occurrence.uses)
    ]
    verdict = rehearse(graph, trace, [*safe, *settings], others)
    revised = [(each, _revised(each, decision, verdict)) for each, decision in decided]
    broken = verdict.broken
    return revised, {each: _reason(broken[each]) for each in settings if each in broken}


def _revised(
    occurrence: Occurrence, decision: Decision | None, verdict: Verdict
) -> Decision | None:
    new = verdict.in_step.get(occurrence.spelled)
    if new is not None:
        return Decision("VAP003", "moves in step with the URL", Safety.SAFE, new)
    node = verdict.broken.get(occurrence.spelled)
    if node is None:
        return decision
    return Decision("VAP006", _reason(node), Safety.MANUAL)


def _reason(node: cst.CSTNode) -> str:
    if isinstance(node, cst.MatchValue):
        return f"changed here, a pattern with `{_excerpt(node.value)}` would no longer match"
    if isinstance(node, (cst.BaseString, cst.Tuple)):
        return f"changed here, it would be the same member of the enum as `{_excerpt(node)}`"
    return f"changed here, `{_excerpt(node)}` would no longer do the same"


def _excerpt(node: cst.CSTNode) -> str:
    """Return the code of a node in short: of a call, what is called."""
    shown = node.func if isinstance(node, cst.Call) else node
    code = " ".join(cst.Module([]).code_for_node(shown).split())
    return shorten(f"{code}(…)" if isinstance(node, cst.Call) else code, _LONG)
