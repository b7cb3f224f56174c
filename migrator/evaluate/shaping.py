"""What the format behind a colon, or a percent sign, makes of a value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migrator.evaluate import strings
from migrator.evaluate.domain import Const, Str, Text, Unknown, known_text, plain

if TYPE_CHECKING:
    from migrator.evaluate.domain import Value, Values

_FAR = re.compile(r"\d{5}|\*")
"""A width that is not to be tried, or not known."""


def shape(values: Values, conversion: str, spec: str | None, *, percent: bool = False) -> Values:
    """Return values as a replacement field shows them.

    ``spec`` is None where it is not known; with ``percent`` it is that of ``%``, with its
    type. What cannot be told becomes Unknown.
    """
    if conversion in {"", "s"} and spec in {"", "s"}:
        return values
    return tuple(_shaped(value, conversion, spec, percent=percent) for value in values)


def _shaped(value: Value, conversion: str, spec: str | None, *, percent: bool) -> Value:
    if not isinstance(value, (Str, Const)) or (isinstance(value, Const) and value.value is None):
        return value
    known = value.value if isinstance(value, Const) else known_text(value)
    if spec is None or _FAR.search(spec):
        return Unknown()
    if known is None:
        # Padding is rare; what is cut off may be the known part.
        return Unknown() if "." in spec else value
    if conversion in {"r", "a"}:
        known = repr(known)
    try:
        shaped = f"%{spec}" % (known,) if percent else format(known, spec)
    except (ValueError, TypeError):
        return Unknown()
    if isinstance(value, Const):
        return value if shaped == str(known) else Str((Text(shaped, via=value.via or ""),))
    return _spelled(value, str(known), shaped)


def _spelled(value: Str, text: str, shaped: str) -> Str:
    """Return ``shaped``, tied to what spells ``value`` where that is a part of it."""
    if text and text in shaped:
        before, _, behind = shaped.partition(text)
        return strings.concatenate(plain(before), value, plain(behind))
    return strings.cut(value, 0, len(shaped)) if text.startswith(shaped) else plain(shaped)
