"""What Python's templates show: format fields, ``%`` directives, ``string.Template``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migrator.evaluate import shaping
from migrator.evaluate.domain import (
    UNKNOWN,
    Arguments,
    Const,
    Hole,
    Map,
    Seq,
    Str,
    Unknown,
    plain,
)
from migrator.evaluate.strings import combine, concatenate, joined, lookup, named_one

if TYPE_CHECKING:
    from collections.abc import Callable

    from migrator.evaluate.domain import Value, Values

_FIELD = re.compile(
    r"\{\{|\}\}|\{(?P<name>[^{}:!]*)(?:!(?P<conversion>[rsa]))?"
    r"(?::(?P<spec>(?:[^{}]|\{[^{}]*\})*))?\}"
)
_PERCENT = re.compile(
    r"%(?:\((?P<name>[^)]*)\))?"
    r"(?P<spec>[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+)?)?[hlL]?[diouxXeEfFgGcrsa%])"
)
_DOLLAR = re.compile(r"\$(?:\$|(?P<name>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)\})")
_ROOT = re.compile(r"\w+")


def format_fields(template: Str, arguments: Arguments) -> Values:
    """Apply ``str.format``."""
    counter = iter(range(len(template.pieces) * 1000 + 1000))

    def field(match: re.Match[str]) -> Values:
        if match["name"] is None:
            return (plain(match[0][0]),)
        spec = match["spec"] or ""
        values = argument(match["name"] or str(next(counter)))
        return shaping.shape(values, match["conversion"] or "", None if "{" in spec else spec)

    def argument(name: str) -> Values:
        root = _ROOT.match(name)
        key = root[0] if root else ""
        values = arguments.at(int(key)) if key.isdigit() else arguments.keyword(key)
        if values is None or (root and root[0] != name):
            words = [word for word in _ROOT.findall(name) if not word.isdigit()]
            return (Unknown(words[-1] if words else None),)
        return values if key.isdigit() else _keyword_named(values, key)

    return _fill(template, _FIELD, field)


def _keyword_named(values: Values, name: str) -> Values:
    """Name a value after the field it fills where no variable does."""
    return tuple(
        named_one(value, name)
        if isinstance(value, (Unknown, Const)) and not getattr(value, "name", None)
        else value
        for value in values
    )


def format_percent(template: Str, value: Value) -> Values:
    """Apply ``%``."""
    counter = iter(range(10_000))

    def field(match: re.Match[str]) -> Values:
        if match[0].endswith("%"):
            return (plain("%"),)
        return shaping.shape(filler(match), "", match["spec"], percent=True)

    def filler(match: re.Match[str]) -> Values:
        if match["name"] is not None:
            found = lookup(value, match["name"]) if isinstance(value, Map) else None
            return _keyword_named(found or UNKNOWN, match["name"])
        if isinstance(value, Seq):
            number = next(counter)
            return value.elements[number] if number < len(value.elements) else UNKNOWN
        return (value,)

    return _fill(template, _PERCENT, field)


def format_dollar(template: Str, arguments: Arguments) -> Values:
    """Apply ``string.Template.substitute``."""
    given = arguments.positional[0][0] if arguments.positional else None

    def field(match: re.Match[str]) -> Values:
        name = match["name"] or match["braced"]
        if name is None:
            return (plain("$"),)
        found = arguments.keyword(name)
        if found is None and isinstance(given, Map):
            found = lookup(given, name)
        return _keyword_named(found or UNKNOWN, name)

    return _fill(template, _DOLLAR, field)


def _fill(
    template: Str, pattern: re.Pattern[str], field: Callable[[re.Match[str]], Values]
) -> Values:
    """Replace every field of a template by what ``field`` says of it."""
    groups: list[Values] = []
    for piece in joined(template.pieces):
        if isinstance(piece, Hole):
            groups.append((Str((piece,)),))
            continue
        start = 0
        for match in pattern.finditer(piece.text):
            groups.append((Str((piece.slice(start, match.start()),)),))
            groups.append(field(match))
            start = match.end()
        groups.append((Str((piece.slice(start, len(piece.text)),)),))
    return combine(groups, concatenate)
