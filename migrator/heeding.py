"""Asks of the comments of a program whether they silence anything, here or elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.callers import list_callers
from migrator.codemods.suppressions import find_comments as find_nodes
from migrator.errors import ParseError
from migrator.notebook.program import Notebook
from migrator.program.places import find_in_tree
from migrator.program.syntax import parse_text
from migrator.textscan import find_urls
from migrator.unused import SENT, WHOLE_FILE, find_comments, report_unused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from migrator.evidence import Evidence
    from migrator.program.module import Module
    from migrator.spans import Placed, Spans
    from migrator.uses import Use
    from migrator.values import Finding, Fix


def note_callers(
    uses: Iterable[Use],
    evidence: Evidence,
    reported: Collection[Placed],
    spans: Mapping[Placed, Spans],
) -> None:
    """Note comments at calls as heeded whose literal stands in a file that is not reported on.

    Nothing is known of what would be found there: a hook names only the files that changed.
    """
    by_path = {module.path: found for module, found in spans.items()}
    elsewhere = [
        use
        for use in uses
        if not use.url.spelled or use.url.spelled[0].origin.module not in reported
    ]
    for call in list_callers(elsewhere, evidence, spans):
        by_path[call.path].heeded |= {
            (line, code) for line in (call.first, call.last) for code in SENT
        }


def note_asides(module: Module, evidence: Evidence, spans: Spans) -> None:
    """Note that a comment for a whole notebook silences what is beside its program."""
    asides = module.source.asides if isinstance(module.source, Notebook) else ()
    for aside in asides:
        if any(find_urls(aside.passage.text, evidence.table, evidence.hosts)):
            spans.heeded.add((WHOLE_FILE, "VAP008"))


def report_comments(
    module: Module, spans: Spans, fixes: Collection[Fix], *, silent: bool
) -> Iterator[Finding]:
    """Yield the comments of a module that silence nothing.

    In a file that is ``silent``, only the one that makes it so is looked at.
    """
    text = module.source.text
    if "vapid:" not in text:
        return
    try:
        tree = parse_text(text)
        places = sorted(find_in_tree(tree, text, list(find_nodes(tree))).values())
    except ParseError:
        return  # its places cannot be trusted, so nothing is said of them
    comments = [each for start, end in places for each in find_comments(text, start, end)]
    judged = [each for each in comments if each.of_file or not silent]
    yield from report_unused(module.source, spans.lines, judged, spans.heeded, fixes)
