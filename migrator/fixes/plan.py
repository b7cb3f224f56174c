"""Plans the kinds of edit that were asked for, each by its own module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.fixes.company import plan_headers
from migrator.fixes.ground import Ground
from migrator.fixes.host import plan_hosts
from migrator.fixes.moved import plan_moves
from migrator.fixes.traffic import WORDS, watch
from migrator.values import Fix

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from migrator.config import Settings
    from migrator.evaluate.callgraph import CallGraph
    from migrator.evidence import Evidence
    from migrator.spans import Placed, Spans
    from migrator.values import Finding

_PLANNERS: dict[Fix, Callable[[Ground], Iterable[Finding | None]]] = {
    Fix.HOST: plan_hosts,
    Fix.MOVED: plan_moves,
    Fix.COMPANY_HEADER: plan_headers,
}

REQUESTED = frozenset(_PLANNERS)
"""The kinds that are made, and shown, on request only."""


def follow_more(graph: CallGraph) -> None:
    """Have strings followed, too, that do not spell the old namespace."""
    graph.carrying.also = WORDS


def plan_fixes(
    graph: CallGraph,
    evidence: Evidence,
    settings: Settings,
    findings: Iterable[Finding],
    targets: Iterable[str],
    fixes: Collection[Fix],
    spans: Mapping[Placed, Spans],
) -> Iterator[Finding]:
    """Yield the findings of the kinds asked for; ``findings`` are those of the namespace.

    ``targets`` are the files that may be edited, and ``spans`` the places that are known.
    """
    traffic = watch(graph)
    ground = Ground(
        graph, traffic, evidence, settings, tuple(findings), frozenset(targets), {**spans}
    )
    for fix, plan in _PLANNERS.items():
        if fix in fixes:
            yield from (finding for finding in plan(ground) if finding is not None)
