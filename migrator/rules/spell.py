"""Spells rows as the TOML that the table is written in, so that it is read fast and diffs well."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

_WIDTH = 100

Fields = Mapping[str, str | Sequence[str]]


def spell_file(
    head: str, fields: Fields, rows: Iterable[Fields], operations: Iterable[Fields] = ()
) -> str:
    """Return the text of one file: comments, the fields of the whole, and a table a row.

    A list of a rule is broken where it is wide, one of an operation never: there are
    thousands, and their sources are much the same.
    """
    blocks = [head.rstrip("\n"), _spell_fields(fields)]
    blocks += [f"[[rule]]\n{_spell_fields(row)}" for row in rows]
    blocks += [f"[[operation]]\n{_spell_fields(row, breaking=False)}" for row in operations]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _spell_fields(fields: Fields, *, breaking: bool = True) -> str:
    return "\n".join(
        f"{key} = {_spell_value(key, value, breaking=breaking)}" for key, value in fields.items()
    )


def _spell_value(key: str, value: str | Sequence[str], *, breaking: bool) -> str:
    if isinstance(value, str):
        return _quote(value)
    items = [_quote(item) for item in value]
    flat = f"[{', '.join(items)}]"
    if not breaking or len(f"{key} = {flat}") <= _WIDTH:
        return flat
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _quote(text: str) -> str:
    # JSON's escapes are TOML's, but for one character that TOML wants escaped as well.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
