"""Where the literals of a module stand in its file, looked up only for files with findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.program.module import Module
from migrator.program.places import find_places
from migrator.program.settings import SettingsFile
from migrator.source import Lines
from migrator.suppress import find_suppressions, suppresses_text
from migrator.values import Span

if TYPE_CHECKING:
    from collections.abc import Collection

    import libcst as cst

    from migrator.namespace import Spelled
    from migrator.unused import Heeded


Placed = Module | SettingsFile
"""What strings are spelled in."""


class Spans:
    """The places of a module's literals, calls and comparisons, in characters of its text.

    A settings file is one literal, whose parts have places.

    Those of ``nodes`` are looked up at once; the others, should they be asked for.
    Raises ParseError where the module's places cannot be trusted.
    """

    def __init__(self, module: Module | SettingsFile, nodes: Collection[object]) -> None:
        self.module = module
        self.lines = Lines(module.source.text)
        self.heeded: Heeded = set()
        self._has_comments = "vapid:" in module.source.text
        self._orders: dict[cst.CSTNode, int] = {}
        self._found: dict[object, tuple[int, int]] = {}
        if isinstance(module, SettingsFile):
            self._found[module] = (0, len(module.source.text))
            return
        self._orders.update(module.literals.items())
        self._orders.update((site.node, site.point.order) for site in module.sites())
        self._orders.update((each.node, each.point.order) for each in module.comparisons)
        wanted = {node: order for node, order in self._orders.items() if node in nodes}
        self._place(wanted)

    def _place(self, nodes: dict[cst.CSTNode, int]) -> None:
        if isinstance(self.module, Module):
            self._found.update(find_places(self.module, nodes).items())

    def of_node(self, node: object) -> tuple[int, int]:
        """Return the start and end of a literal, call or comparison."""
        if node not in self._found:
            self._place(self._orders)
        return self._found[node]

    def of_part(self, part: Spelled) -> Span:
        """Return the run of characters that spells a part of the namespace."""
        node = part.origin.node
        start = self._found[node][0]
        low, high = part.origin.spelling.source(part.start, part.end)
        return Span(self.module.path, start + low, start + high)

    def has_comment(self, start: int, end: int, code: str) -> bool:
        """Tell whether the line of ``start`` or ``end`` has a comment that silences.

        Those that have one are noted as ``heeded``.
        """
        if not self._has_comments:
            return False
        first, _ = self.lines.place(start)
        last, _ = self.lines.place(end)
        found = {(line, code) for line in {first, last} if self._is_silenced(line, code)}
        self.heeded |= found
        return bool(found)

    def _is_silenced(self, line: int, code: str) -> bool:
        """Tell a comment that silences from the same words in a string."""
        if isinstance(self.module, SettingsFile):
            return suppresses_text(self.lines.text(line), code)
        literals = self.module.literals
        columns = find_suppressions(self.lines.text(line), code)
        return any(
            not any(start <= offset < end for start, end in map(self.of_node, literals))
            for offset in (self.lines.offset(line, column + 1) for column in columns)
        )
