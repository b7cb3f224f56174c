"""Says how long the operations that a call leads to are in service, and what comes after them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from migrator.rules.fields import Ending
from migrator.rules.rows import Rule
from migrator.values import Basis, Outlook, Successor

NONE_KNOWN = Outlook()


def look_ahead(rows: Sequence[Ending]) -> Outlook:
    """Return the outlook of rows that a call may mean: the first of their days counts."""
    return Outlook(
        deprecated=min((each.deprecated for each in rows if each.deprecated), default=None),
        sunset=min((each.sunset for each in rows if each.sunset), default=None),
        successors=tuple(dict.fromkeys(_list_successors(rows))),
    )


def _list_successors(rows: Iterable[Ending]) -> Iterable[Successor]:
    for row in rows:
        if isinstance(row, Rule):
            yield from (Successor(call, Basis.LISTED) for call in row.candidates)
        if row.successor is not None and row.successor_basis is not None:
            yield Successor(row.successor, Basis(row.successor_basis))
