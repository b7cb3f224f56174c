"""Says which calls, by their lines, what is spelled at a place gets to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.values import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from migrator.evidence import Evidence
    from migrator.spans import Placed, Spans
    from migrator.uses import Use


def list_callers(
    uses: Iterable[Use], evidence: Evidence, spans: Mapping[Placed, Spans]
) -> tuple[Stretch, ...]:
    """Return the lines of the uses that are Procore's, in order, each once."""
    return tuple(sorted({_stretch(use, spans) for use in uses if evidence.is_procore(use)}))


def _stretch(use: Use, spans: Mapping[Placed, Spans]) -> Stretch:
    start, end = spans[use.module].of_node(use.node)
    lines = spans[use.module].lines
    return Stretch(use.module.path, lines.place(start)[0], lines.place(end)[0])
