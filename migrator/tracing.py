"""Opens the project around the files to look at, and traces what spells the namespace in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.discover import is_notebook, is_python, is_settings
from migrator.evaluate.callgraph import CallGraph
from migrator.evaluate.evaluator import Evaluator
from migrator.fixes.plan import follow_more
from migrator.fixes.tracking import TrackingEvaluator
from migrator.notebook.program import open_notebook
from migrator.prefilter import may_call, may_send, may_send_either
from migrator.program.carriers import find_carriers
from migrator.program.project import Project
from migrator.program.seeds import settings_split_namespace, splits_namespace
from migrator.source import look_into, read_listed
from migrator.values import Fix, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from migrator.discover import Listing
    from migrator.evaluate.evaluator import Changes
    from migrator.program.module import Module
    from migrator.program.workers import Workers
    from migrator.values import SourceFile


def open_project(
    listing: Listing,
    python: Sequence[SourceFile],
    *,
    is_whole: bool = False,
    workers: Workers | None = None,
) -> Project:
    """Return the project of a listing, with ``python`` as it was read already.

    ``workers`` read its files ahead.
    """
    known = {source.path: source for source in python}

    def read(path: str) -> SourceFile | Problem:
        if path in known:
            return known[path]
        found = open_notebook(read_listed(listing, path))
        return found if found is not None else Problem(path, 1, "VAP902", "cannot be read")

    def look(path: str) -> bytes | None:
        is_plain = path not in known and path not in listing.instead and not is_notebook(path)
        return look_into(listing.base, path) if is_plain else None

    paths = {*listing.context, *(path for path in known if is_python(path))}
    settings = sorted({*listing.settings, *filter(is_settings, known)})
    return Project(
        paths,
        read,
        settings,
        look=look,
        is_whole=is_whole,
        workers=workers,
        folder=listing.folder,
    )


def load_modules(
    project: Project, paths: Sequence[str], on_progress: Callable[[str, int, int], None] | None
) -> list[Module]:
    """Parse modules; those that cannot be parsed are among the project's problems."""
    modules: list[Module] = []
    for number, path in enumerate(paths):
        if on_progress is not None:
            on_progress("parsing", number, len(paths))
        module = project.module(path)
        if module is not None:
            modules.append(module)
    return modules


def trace_from(
    project: Project,
    spelling: Sequence[Module],
    readers: Mapping[str, Callable[[bytes], object]],
    *,
    rest: bool,
    fixes: frozenset[Fix],
    whole: Iterable[str] = (),
) -> Callable[[Changes], CallGraph]:
    """Return what traces the modules that spell the namespace, and those they hand it on to.

    ``readers`` are those that read it from settings, with what finds the place in them.
    It is told what literals to take for changed. Callees are traced as calls lead to them.
    ``whole`` are modules of which all is traced.
    """
    splits = settings_split_namespace(project) or any(map(splits_namespace, spelling))
    spells: Callable[[bytes], object] = may_call if fixes else may_send_either if rest else may_send
    if splits:
        spells = bool  # either part may stand in any statement
    starts = {module.path: [spells] for module in spelling}
    for path, reads in readers.items():
        starts.setdefault(path, []).append(reads)
    carriers = find_carriers(project, starts, whole)
    project.prepare(carriers.paths)
    visited = load_modules(project, carriers.paths, None)

    def trace(changes: Changes) -> CallGraph:
        evaluator = TrackingEvaluator if fixes else Evaluator
        # A fix on request looks at more than the namespace.
        graph = CallGraph(evaluator(project, changes), None if fixes else carriers)
        graph.carrying.rest, graph.carrying.splits = rest, splits
        if fixes:
            follow_more(graph)
        graph.visit(visited)
        graph.settle()
        return graph

    return trace
