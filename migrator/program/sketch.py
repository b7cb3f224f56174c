"""What can be told of one file by itself, before LibCST parses what is left of it.

It needs nothing else of the project, and is little to hand on, so that another process can
find it out meanwhile.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from migrator.prefilter import may_call
from migrator.program.bodies import leave_out
from migrator.program.plain import plain_text
from migrator.program.units import read_outline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from migrator.program.bodies import LeftOut
    from migrator.program.units import Outline

_ODD = re.compile(r"\f|\r(?!\n)")
"""What the two parsers do not read as the same lines."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What Python's own parser tells of a file, and the text that is left for LibCST.

    ``left_out`` are the bodies of functions that are not in ``text``, and ``shifts`` are as
    in a Piece.
    """

    outline: Outline
    text: str
    shifts: tuple[tuple[int, int], ...] = ((0, 0),)
    left_out: Mapping[int, LeftOut] = field(default_factory=dict)


def sketch_text(text: str) -> Sketch:
    """Sketch a file, without the bodies of functions that say nothing to what is asked for."""
    plain = plain_text(text)
    outline = read_outline(plain)
    if not outline.bodies or _ODD.search(plain):
        return Sketch(outline, plain)
    return Sketch(outline, *leave_out(plain, outline.bodies, _is_wanted))


def _is_wanted(body: str) -> bool:
    """Tell whether a body spells something itself: sooner or later it is asked for."""
    return may_call(body.encode("utf-8", "replace"))
