"""What Python's templates show: format fields, ``%`` directives, ``string.Template``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migrator.evaluate.domain import (
    UNKNOWN,
    Arguments,
    Const,
    Hole,
    Made,
    Map,
    Method,
    Seq,
    Str,
    Text,
    Unknown,
    known_text,
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
_SPEC = re.compile(r"(?:.?[<>=^])?[-+ ]?#?0?\d{0,2}[,_]?(?:\.\d{1,2})?[a-zA-Z%]?", re.DOTALL)
"""Format specifications that are applied: no width that a URL could not have."""
_DIRECTIVE = re.compile(
    r"%(?:\([^)]*\))?([#0\- +]*\d{0,2}(?:\.\d{1,2})?)[hlL]?([diouxXeEfFgGcrsa])"
)
_PERCENT = re.compile(
    r"%(?:\((?P<name>[^)]*)\))?[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?[diouxXeEfFgGcrsa%]"
)
_DOLLAR = re.compile(r"\$(?:\$|(?P<name>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)\})")
_ROOT = re.compile(r"\w+")


def shown(value: Value, spec: str | None, conversion: str | None = None) -> Value:
    """Return a value as a format specification shows it; None is one that is not known."""
    if not spec and spec is not None and conversion in {None, "s"}:
        return value
    raw = _raw(value)
    if raw is not None and spec is not None and _SPEC.fullmatch(spec):
        try:
            text = format(_CONVERSIONS[conversion](raw), spec)
        except (ValueError, TypeError):
            return Unknown()
        return value if text == raw else plain(text)
    return _vague(value)


def _raw(value: Value) -> str | float | None:
    """Return a known string or number as Python's own value."""
    if isinstance(value, Const):
        return value.value if not isinstance(value.value, bool) else None
    return known_text(value)


def _vague(value: Value) -> Value:
    """Return something unknown with the name of what fills it."""
    match value:
        case Unknown():
            return value
        case Str((Hole(name, key),)):
            return Unknown(name, key)
        case Const(_, via) | Made(_, _, via) | Method(_, _, via) | Str((Text(via=via),)):
            return Unknown(via)
        case _:
            return Unknown()


_CONVERSIONS: dict[str | None, Callable[[str | float], str | float]] = {
    None: lambda value: value,
    "s": str,
    "r": repr,
    "a": ascii,
}


def format_fields(template: Str, arguments: Arguments) -> Values:
    """Apply ``str.format``."""
    counter = iter(range(len(template.pieces) * 1000 + 1000))

    def field(match: re.Match[str]) -> Values:
        if match["name"] is None:
            return (plain(match[0][0]),)
        spec = match["spec"] or ""
        values = argument(match["name"] or str(next(counter)))
        return tuple(
            shown(value, None if "{" in spec else spec, match["conversion"]) for value in values
        )

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
        return tuple(_directed(each, match[0]) for each in filler(match))

    def filler(match: re.Match[str]) -> Values:
        if match["name"] is not None:
            found = lookup(value, match["name"]) if isinstance(value, Map) else None
            return _keyword_named(found or UNKNOWN, match["name"])
        if isinstance(value, Seq):
            number = next(counter)
            return value.elements[number] if number < len(value.elements) else UNKNOWN
        return (value,)

    return _fill(template, _PERCENT, field)


def _directed(value: Value, directive: str) -> Value:
    """Return a value as one directive of ``%`` shows it."""
    match = _DIRECTIVE.fullmatch(directive)
    if match is None:
        return _vague(value)
    flags, letter = match.groups()
    raw = _raw(value)
    if not flags and (letter == "s" or (letter in "di" and not isinstance(raw, (str, float)))):
        return value
    if raw is None:
        return _vague(value)
    try:
        text = f"%{flags}{letter}" % raw
    except (ValueError, TypeError, OverflowError):
        return Unknown()
    return value if text == raw else plain(text)


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
