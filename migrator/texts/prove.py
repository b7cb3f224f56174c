"""Proves that an edited settings file loads to the same data but for the namespace."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

from migrator.namespace import REST
from migrator.prefilter import NAMESPACE
from migrator.program.settings import LOADING_ERRORS, find_parser
from migrator.values import Fix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from migrator.values import Edit

    Undo = Callable[[str], str]

_REST_ITEMS = REST.split("/")


def find_difference(path: str, before: str, after: str, edits: Sequence[Edit]) -> str | None:
    """Return what is wrong with a file's new text, None where it is as it should be.

    A file that could not be loaded before has no data to compare: its spans are the proof.
    """
    parse = _find_parser(path)
    try:
        old = parse(before) if parse is not None else None
    except LOADING_ERRORS:
        return None
    try:
        new = parse(after) if parse is not None else None
    except LOADING_ERRORS:
        return "it could not be loaded any more"
    return None if _is_same(old, new, _undo(_moving(edits))) else "it would load to other data"


def _find_parser(path: str) -> Callable[[str], object] | None:
    """Return what loads a file and loses nothing: neither digits nor a key that comes twice."""
    suffix = path.lower().rpartition(".")[2]
    if suffix == "json":
        return _load_json
    return _load_toml if suffix == "toml" else find_parser(path)


def _load_json(text: str) -> object:
    return json.loads(
        text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=tuple
    )


def _load_toml(text: str) -> object:
    # Not a number is equal to itself as a text only.
    return tomllib.loads(text, parse_float=str)


def _moving(edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits that change data; the others take away comments."""
    return [edit for edit in edits if edit.fix is not Fix.SUPPRESSIONS]


def _undo(edits: Sequence[Edit]) -> Undo:
    r"""Return what takes the edits back in a text, whatever escapes (``\/``) the file gave them."""
    if not edits:
        return str
    olds = {edit.new.replace("\\", ""): edit.old.replace("\\", "") for edit in edits}
    pattern = re.compile(
        "|".join(
            re.escape(new).replace("/", r"\\*/") for new in sorted(olds, key=len, reverse=True)
        )
    )
    return lambda text: pattern.sub(lambda found: olds[found[0].replace("\\", "")], text)


def _is_same(old: object, new: object, undo: Undo) -> bool:
    """Tell whether two trees are the same but for the edits. Aliases are compared once."""
    pending = [(old, new)]
    seen: set[tuple[int, int]] = set()
    while pending:
        one, other = pending.pop()
        if isinstance(one, (dict, list, tuple)):
            if (id(one), id(other)) in seen:
                continue
            seen.add((id(one), id(other)))
            if type(one) is not type(other):
                return False
            parts, others = list(_parts(one)), list(_parts(other))
            if len(parts) != len(others):
                return False
            pending.extend(zip(parts, others, strict=True))
        elif isinstance(one, str) and isinstance(other, str):
            if one != other and undo(one) != undo(other):
                return False
        elif one != other:
            return False
    return True


def _parts(value: object) -> Iterator[object]:
    """Yield what a container holds, a path in parts (``"rest", "v1.0"``) as it was before."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, inner)
        return
    items = list(value) if isinstance(value, (list, tuple)) else []
    number = 0
    while number < len(items):
        moved = items[number : number + len(_REST_ITEMS)] == _REST_ITEMS
        yield NAMESPACE if moved else items[number]
        number += len(_REST_ITEMS) if moved else 1
