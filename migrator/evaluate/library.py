"""What functions of the standard library, and a few like them, return."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from migrator.evaluate import joining, strings
from migrator.evaluate.domain import (
    NO_ARGUMENTS,
    UNKNOWN,
    Arguments,
    ClassValue,
    Const,
    Instance,
    Made,
    Map,
    Partial,
    Seq,
    Unknown,
    known_text,
    plain,
    union,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from migrator.evaluate.domain import Value, Values

_SAME_STRING = frozenset(
    {"builtins.str", "builtins.bytes", "builtins.format", "yarl.URL", "httpx.URL", "furl.furl"}
    | {"urllib.parse.quote", "urllib.parse.quote_plus", "urllib.parse.unquote"}
    | {"requests.utils.quote", "requests.compat.quote", "urllib.parse.urldefrag"}
    | {
        "pathlib.PurePosixPath",
        "pydantic.HttpUrl",
        "pydantic.AnyHttpUrl",
        "typing.cast",
        "sys.intern",
    }
)


_URL_JOINS = frozenset(
    {"urllib.parse.urljoin", "requests.compat.urljoin", "six.moves.urllib.parse.urljoin"}
)


URL_SPLITS = frozenset(
    {"urllib.parse.urlsplit", "urllib.parse.urlparse"}
    | {"requests.compat.urlparse", "six.moves.urllib.parse.urlparse"}
)
"""What returns an object with the parts of a URL."""


_PATH_JOINS = frozenset({"os.path.join", "posixpath.join"})


_SAME_SEQUENCE = frozenset(
    {"builtins.list", "builtins.tuple", "builtins.set", "builtins.frozenset"}
    | {"builtins.iter", "types.MappingProxyType"}
    | {"copy.copy", "copy.deepcopy", "itertools.chain.from_iterable", "collections.OrderedDict"}
    | {"tqdm.tqdm", "asyncio.as_completed"}
)


_FIELDS = frozenset({"dataclasses.field", "attr.ib", "attrs.field"})


_ANY_ELEMENT = frozenset({"random.choice", "builtins.next", "builtins.max", "builtins.min"})


def call_external(dotted: str, arguments: Arguments) -> Values:
    """Return what calling a library, by its dotted name, returns."""
    first = arguments.at(0)
    if dotted == "typing.cast":
        return arguments.at(1) or UNKNOWN
    if dotted == "asyncio.run":
        return first or UNKNOWN
    if dotted in {"pydantic.Field", "pydantic.fields.Field"} and (
        default := arguments.at(0, "default")
    ):
        return default
    if dotted in _FIELDS and (default := arguments.at(-1, "default")) is not None:
        return default
    if dotted in _SAME_STRING:
        if first is None:
            return (plain(""),) if arguments == NO_ARGUMENTS else UNKNOWN
        return tuple(_as_string(value) for value in first)
    if dotted in _URL_JOINS and len(arguments.positional) >= 2:
        return strings.combine(arguments.positional[:2], joining.join_urls)
    if dotted in _PATH_JOINS:
        return joining.join_folders(arguments.positional)
    if dotted in _SAME_SEQUENCE:
        return first or (Seq(()),)
    if dotted in _ANY_ELEMENT and first:
        return union([union(list(v.elements)) if isinstance(v, Seq) else (v,) for v in first])
    special = _SPECIAL.get(dotted)
    if special is not None:
        return special(arguments)
    return (Made(dotted, arguments),)


def _as_string(value: Value) -> Value:
    return value if isinstance(value, (Unknown, Const)) else strings.concatenate(value)


def _dict(arguments: Arguments) -> Values:
    items = tuple((plain(name), values) for name, values in arguments.keywords)
    first = arguments.at(0)
    given = first[0] if first else Map(())
    if isinstance(given, Seq):
        pairs = [e[0] for e in given.elements if len(e) == 1 and isinstance(e[0], Seq)]
        given = Map(
            tuple((p.elements[0][0], p.elements[1]) for p in pairs if len(p.elements) == 2),
            given.exact,
        )
    if not isinstance(given, Map):
        return (Map(items, exact=False),)
    merged = strings.merge_items((*given.items, *items))
    return (Map(merged, given.exact and not arguments.others),)


def _enumerate(arguments: Arguments) -> Values:
    first = arguments.at(0)
    value = first[0] if first else None
    if isinstance(value, Seq):
        return (Seq(tuple((Seq((UNKNOWN, each)),) for each in value.elements), value.exact),)
    return UNKNOWN


def _zip(arguments: Arguments) -> Values:
    columns = [each[0] for each in arguments.positional]
    if not columns or not all(isinstance(column, Seq) for column in columns):
        return UNKNOWN
    found = [column for column in columns if isinstance(column, Seq)]
    rows = zip(*(column.elements for column in found), strict=False)
    return (Seq(tuple((Seq(tuple(row)),) for row in rows), all(each.exact for each in found)),)


def _reversed(arguments: Arguments) -> Values:
    values = arguments.at(0) or UNKNOWN
    return tuple(Seq(v.elements[::-1], v.exact) if isinstance(v, Seq) else v for v in values)


def _in_any_order(arguments: Arguments) -> Values:
    """Return a sequence as one of which no element has a known place."""
    values = arguments.at(0) or UNKNOWN
    return tuple(
        Seq(v.elements, exact=len(v.elements) < 2 and v.exact) if isinstance(v, Seq) else v
        for v in values
    )


def _filter(arguments: Arguments) -> Values:
    values = arguments.at(1) or UNKNOWN
    return tuple(Seq(v.elements, exact=False) if isinstance(v, Seq) else v for v in values)


def _partial(arguments: Arguments) -> Values:
    first = arguments.at(0) or UNKNOWN
    given = Arguments(arguments.positional[1:], arguments.keywords)
    return tuple(Partial(each, given) for each in first)


def _type(arguments: Arguments) -> Values:
    first = arguments.at(0) or UNKNOWN
    return tuple(
        ClassValue(each.scope) if isinstance(each, Instance) else Unknown() for each in first
    )


def _chain(arguments: Arguments) -> Values:
    elements: list[Values] = []
    exact = True
    for each in arguments.positional:
        value = each[0]
        if isinstance(value, Seq) and len(each) == 1:
            elements.extend(value.elements)
            exact = exact and value.exact
        else:
            exact = False
    return (Seq(tuple(elements), exact),)


def _product(arguments: Arguments) -> Values:
    rows: list[tuple[Values, ...]] = [()]
    for each in arguments.positional:
        value = each[0]
        if not isinstance(value, Seq) or len(rows) * len(value.elements) > 200:
            return UNKNOWN
        rows = [(*row, element) for row in rows for element in value.elements]
    return (Seq(tuple((Seq(row),) for row in rows)),)


def _unsplit(arguments: Arguments) -> Values:
    parts = arguments.at(0)
    value = parts[0] if parts else None
    if not isinstance(value, Seq) or len(value.elements) < 3:
        return UNKNOWN
    scheme, host, path = value.elements[:3]
    return strings.combine(
        [scheme, (plain("://"),), host, path],
        lambda s, mark, h, p: strings.concatenate(
            s, mark, h, *([] if joining.starts_with_slash(p) else [plain("/")]), p
        ),
    )


def _build(arguments: Arguments) -> Values:
    """Apply ``yarl.URL.build``."""
    host = arguments.keyword("host") or arguments.keyword("authority")
    if host is None:
        return UNKNOWN
    scheme = arguments.keyword("scheme") or UNKNOWN
    urls = strings.combine([scheme, host], lambda s, h: strings.concatenate(s, plain("://"), h))
    path = arguments.keyword("path")
    return urls if path is None else strings.combine([urls, path], joining.replace_path)


def _len(arguments: Arguments) -> Values:
    given = arguments.at(0) or UNKNOWN
    value = given[0]
    if len(given) != 1:
        return UNKNOWN
    if isinstance(value, Seq):
        return (Const(len(value.elements)),) if value.exact else UNKNOWN
    text = known_text(value)
    return UNKNOWN if text is None else (Const(len(text)),)


def _fnmatch(arguments: Arguments) -> Values:
    """Apply ``fnmatch.fnmatch`` as it works where file names have upper and lower case."""
    names, patterns = arguments.at(0, "name") or UNKNOWN, arguments.at(1, "pat") or UNKNOWN
    name, pattern = known_text(names[0]), known_text(patterns[0])
    if len(names) != 1 or len(patterns) != 1 or name is None or pattern is None:
        return UNKNOWN
    return (Const(fnmatch.fnmatchcase(name, pattern)),)


def _basename(arguments: Arguments) -> Values:
    return tuple(joining.split_path(value)[1] for value in arguments.at(0, "p") or UNKNOWN)


def _dirname(arguments: Arguments) -> Values:
    return tuple(joining.split_path(value)[0] for value in arguments.at(0, "p") or UNKNOWN)


_SPECIAL: dict[str, Callable[[Arguments], Values]] = {
    "builtins.dict": _dict,
    "builtins.enumerate": _enumerate,
    "builtins.filter": _filter,
    "builtins.len": _len,
    "builtins.reversed": _reversed,
    "builtins.sorted": _in_any_order,
    "builtins.zip": _zip,
    "builtins.type": _type,
    "functools.partial": _partial,
    "itertools.chain": _chain,
    "fnmatch.fnmatch": _fnmatch,
    "fnmatch.fnmatchcase": _fnmatch,
    "itertools.product": _product,
    "os.path.basename": _basename,
    "os.path.dirname": _dirname,
    "posixpath.basename": _basename,
    "posixpath.dirname": _dirname,
    "random.sample": _in_any_order,
    "yarl.URL.build": _build,
    "urllib.parse.urlunsplit": _unsplit,
    "urllib.parse.urlunparse": _unsplit,
}
