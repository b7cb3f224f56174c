"""What the methods of strings, lists and dicts return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.evaluate import comparing, joining, library, strings, templates
from migrator.evaluate.domain import (
    UNKNOWN,
    Arguments,
    Const,
    Made,
    Map,
    Seq,
    Str,
    drawn_from,
    known_text,
    plain,
    spells,
    union,
    whole_number,
)

if TYPE_CHECKING:
    from migrator.evaluate.domain import Value, Values


_OPENED = frozenset({"builtins.open", "io.open", "codecs.open", "pathlib.Path"})
_READ = frozenset({"open", "read", "read_text", "read_bytes", "resolve", "absolute", "expanduser"})


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
        case Made(dotted, given) if dotted in library.URL_SPLITS and name == "geturl":
            return given.at(0, "url", "urlstring") or UNKNOWN
        case Made(dotted, given) if dotted in library.URL_SPLITS and name == "_replace":
            replaced = _with_path(given.at(0, "url", "urlstring"), arguments)
            return (Made(dotted, Arguments((replaced,))),)
        case Made(dotted) if dotted in _OPENED and name in _READ:
            return (receiver,)
        case Made(dotted, given) if drawn_from(receiver):
            # A group of a match is of what was matched.
            both = Arguments(given.positional + arguments.positional, given.keywords)
            return (Made(f"{dotted}.{name}", both),)
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
    if name in {"with_path", "copy_with"}:
        return _with_path((value,), arguments)
    if name == "join" and first and isinstance(first[0], Str) and spells(value, "://"):
        # A string joins what is in a list; a URL of yarl or httpx, a link.
        return strings.combine([(value,), first], joining.join_urls)
    if name == "join" and first:
        return union([strings.join_strings(value, each) for each in first])
    if name in {"strip", "lstrip", "rstrip"}:
        characters = text if text is not None else " \t\n\r\f\v"
        left, right = name != "rstrip", name != "lstrip"
        return (strings.strip(value, characters, left=left, right=right),)
    if name in {"removeprefix", "removesuffix"} and text is not None:
        return (strings.remove_affix(value, text, prefix=name == "removeprefix"),)
    if name == "replace" and len(arguments.positional) >= 2 and text is not None:
        count = _limit(arguments, 2, "count")
        if count is None:
            return UNKNOWN
        return tuple(strings.substitute(value, text, new, count) for new in arguments.positional[1])
    return _string_shape(value, name, arguments, text)


def _with_path(urls: Values | None, arguments: Arguments) -> Values:
    """Return URLs with another path, UNKNOWN where more of them is another."""
    path = arguments.at(0, "path")
    if urls is None or path is None or any(key != "path" for key, _ in arguments.keywords):
        return UNKNOWN
    return strings.combine([urls, path], joining.replace_path)


def _string_shape(value: Str, name: str, arguments: Arguments, text: str | None) -> Values:
    if name in {"encode", "decode", "human_repr", "with_query", "update_query", "expandtabs"}:
        return (value,)
    if name in {"upper", "lower", "title", "capitalize", "casefold"}:
        return (strings.change_case(value, lambda characters: getattr(characters, name)()),)
    if name in {"split", "rsplit"} and text:
        return _split(value, name, text, _limit(arguments, 1, "maxsplit"))
    if name in {"partition", "rpartition"} and text:
        return _partition(value, name, text)
    if name in {"startswith", "endswith"} and len(arguments.positional) == 1:
        has_affix = comparing.starts if name == "startswith" else comparing.ends
        answers = [has_affix(value, each) for each in arguments.positional[0]]
        return UNKNOWN if None in answers else tuple(Const(each) for each in dict.fromkeys(answers))
    if name in {"find", "index", "count"} and text is not None and len(arguments.positional) == 1:
        return _counted(value, name, text)
    if name in _READ:
        # Of a path that was joined: what is read is what it names.
        return (Made("builtins.open", Arguments(((value,),))),)
    if name == "joinpath":
        return strings.combine([(value,), *arguments.positional], _join_all)
    return UNKNOWN


def _counted(value: Str, name: str, text: str) -> Values:
    known = known_text(value)
    if known is None:
        return UNKNOWN
    if name == "count":
        return (Const(known.count(text)),)
    return (Const(known.index(text)),) if text in known else UNKNOWN


def _limit(arguments: Arguments, position: int, name: str) -> int | None:
    """Return how often a method does what it does: -1 where always, None where not known."""
    given = arguments.at(position, name)
    return -1 if given is None else whole_number(given[0]) if len(given) == 1 else None


def _split(value: Str, name: str, separator: str, limit: int | None) -> Values:
    if limit is None:
        return UNKNOWN
    found = strings.split(value, separator, 1 << 30)
    if found is None or limit < 0 or len(found.elements) <= limit + 1:
        return (found,) if found is not None else UNKNOWN
    if name == "split":
        found = strings.split(value, separator, limit)
        return (found,) if found is not None else UNKNOWN
    at = len(found.elements) - limit
    head = strings.join_strings(plain(separator), Seq(found.elements[:at]))
    return (Seq((head, *found.elements[at:])),)


def _partition(value: Str, name: str, separator: str) -> Values:
    whole = "split" if name == "partition" else "rsplit"
    found = _split(value, whole, separator, 1)[0]
    if not isinstance(found, Seq):
        return UNKNOWN
    empty = (plain(""),)
    if len(found.elements) == 1:
        parts = (*found.elements, empty, empty)
        return (Seq(parts if name == "partition" else parts[::-1]),)
    return (Seq((found.elements[0], (plain(separator),), found.elements[1])),)


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
