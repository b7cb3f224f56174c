"""Says of edits in Python that they put the same URL into a list, tuple or set twice.

A fallback list may hold the new URL beside the old one already.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import libcst as cst

from migrator.namespace import REST
from migrator.prefilter import NAMESPACE
from migrator.program.syntax import children
from migrator.texts.duplicates import DUPLICATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migrator.program.module import Module
    from migrator.spans import Spans
    from migrator.values import Finding

_SEGMENT = re.compile(rf"(?<![\w.%~-]){NAMESPACE}(?![\w-])")


def note_duplicates(findings: Iterable[Finding], module: Module, spans: Spans) -> Iterator[Finding]:
    """Yield the findings, with a remark at those whose edit makes a duplicate."""
    found: list[tuple[int, int]] | None = None
    for finding in findings:
        if finding.fix is None or REST not in module.source.text:
            yield finding
            continue
        if found is None:
            found = [spans.of_node(node) for node in _repeated(module)]
        start = finding.edits[0].span.start
        if any(low <= start < high for low, high in found):
            yield replace(finding, message=f"{finding.message}{DUPLICATE}")
        else:
            yield finding


def _repeated(module: Module) -> Iterator[cst.SimpleString | cst.FormattedStringText]:
    """Yield the strings of each item that is spelled like another but for the namespace."""
    pending: list[cst.CSTNode] = [piece.tree for piece in module.pieces]
    while pending:
        node = pending.pop()
        pending.extend(children(node))
        if isinstance(node, (cst.List, cst.Tuple, cst.Set)):
            spelled = {element: _spell(module, element.value) for element in node.elements}
            for element, code in spelled.items():
                if _SEGMENT.sub(REST, code) in spelled.values() and NAMESPACE in code:
                    yield from _strings(element)


def _spell(module: Module, node: cst.BaseExpression) -> str:
    """Return the code of an item: quotes of either kind mean the same."""
    return module.tree.code_for_node(node).replace("'", '"')


def _strings(node: cst.CSTNode) -> Iterator[cst.SimpleString | cst.FormattedStringText]:
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, (cst.SimpleString, cst.FormattedStringText)):
            if NAMESPACE in current.value:
                yield current
        else:
            pending.extend(children(current))
