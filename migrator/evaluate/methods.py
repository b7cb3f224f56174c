"""What the methods of strings, lists and dicts return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.evaluate import joining, library, strings, templates
from migrator.evaluate.domain import (
    UNKNOWN,
    Arguments,
    Const,
    Made,
    Map,
    Seq,
    Str,
    known_text,
    union,
)

if TYPE_CHECKING:
    from migrator.evaluate.domain import Value, Values


def call_method(receiver: Value, name: str, arguments: Arguments) -> Values:
    """Return what a method of a string, list, dict or library object returns."""
    match receiver:
        case Str():
            return _string_method(receiver, name, arguments)
        case Map():
            return _map_method(receiver, name, arguments)
        case Seq() if name == "copy":
            return (receiver,)
        case Seq() if name in {"pop", "popleft"}:
            return union(list(receiver.elements) or [UNKNOWN])
        case Made(dotted, inner) if dotted == "string.Template" and name.endswith("substitute"):
            given = inner.at(0)
            template = given[0] if given else None
            if isinstance(template, Str):
                return templates.format_dollar(template, arguments)
            return UNKNOWN
        case Made("environs.Env" | "starlette.config.Config"):
            return library.read_environment(arguments)
        case Made(dotted):
            return (Made(f"{dotted}.{name}", arguments),)
        case _:
            return UNKNOWN


def _string_method(value: Str, name: str, arguments: Arguments) -> Values:
    first = arguments.at(0)
    text = known_text(first[0]) if first else None
    if name == "format":
        return templates.format_fields(value, arguments)
    if name == "format_map":
        given = first[0] if first else None
        items = given.items if isinstance(given, Map) else ()
        keywords = tuple((known_text(key) or "", values) for key, values in items)
        return templates.format_fields(value, Arguments(keywords=keywords))
    if name == "join" and first:
        return union([strings.join_strings(value, each) for each in first])
    if name in {"strip", "lstrip", "rstrip"}:
        characters = text if text is not None else " \t\n\r\f\v"
        left, right = name != "rstrip", name != "lstrip"
        return (strings.strip(value, characters, left=left, right=right),)
    if name in {"removeprefix", "removesuffix"} and text is not None:
        return (strings.remove_affix(value, text, prefix=name == "removeprefix"),)
    if name == "replace" and len(arguments.positional) >= 2 and text is not None:
        return tuple(strings.substitute(value, text, new) for new in arguments.positional[1])
    return _string_shape(value, name, arguments, text)


def _string_shape(value: Str, name: str, arguments: Arguments, text: str | None) -> Values:
    if name in {"encode", "decode", "human_repr", "with_query", "update_query", "expandtabs"}:
        return (value,)
    if name in {"upper", "lower", "title", "capitalize", "casefold"}:
        return (strings.change_case(value, lambda characters: getattr(characters, name)()),)
    if name in {"split", "rsplit"} and text:
        found = strings.split(value, text, 1 << 30)
        return UNKNOWN if found is None or len(arguments.positional) > 1 else (found,)
    if name == "joinpath":
        return strings.combine([(value,), *arguments.positional], _join_all)
    return UNKNOWN


def _join_all(*values: Value) -> Value:
    joined = values[0]
    for value in values[1:]:
        joined = joining.join_path(joined, value)
    return joined


def _map_method(value: Map, name: str, arguments: Arguments) -> Values:
    first = arguments.at(0)
    if name in {"get", "pop", "setdefault"} and first:
        key = known_text(first[0])
        if key is None:
            return union([values for _, values in value.items] or [UNKNOWN])
        found = strings.lookup(value, key)
        if found is not None:
            return found
        return arguments.at(1) or (UNKNOWN if not value.exact else (Const(None),))
    if name == "keys":
        return (Seq(tuple((key,) for key, _ in value.items), value.exact),)
    if name == "values":
        return (Seq(tuple(values for _, values in value.items), value.exact),)
    if name == "items":
        pairs = tuple((Seq(((key,), values)),) for key, values in value.items)
        return (Seq(pairs, value.exact),)
    if name == "copy":
        return (value,)
    return UNKNOWN
