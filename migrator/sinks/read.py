"""Reads one call: whether it sends its strings, shows them, or does something else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate import classes, joining, strings, tables
from migrator.evaluate.domain import (
    Arguments,
    ClassValue,
    Const,
    External,
    Function,
    Hole,
    Made,
    Map,
    Method,
    Partial,
    Seq,
    Str,
    Text,
    Unknown,
    drawn_from,
    known_text,
    plain,
)
from migrator.sinks import libraries
from migrator.sinks.libraries import Joining

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migrator.evaluate.domain import Frame, Value, Values
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.scopes import Site


class Purpose(Enum):
    """What a call does with a string."""

    SEND = auto()
    """Sends a request to it, by a library that is known to."""
    LIKELY = auto()
    """Is named like an HTTP verb, on an object that is not known."""
    HAND = auto()
    """Hands it to code that cannot be followed."""
    DOUBLE = auto()
    """Registers an answer to it in a test."""
    ROUTE = auto()
    """Registers or calls a route of a server of the project's own."""
    FILE = auto()
    KEY = auto()
    """Keeps something under it in a store outside the program."""
    DATA = auto()
    """Sends it beside a URL: in a header, a parameter or a body."""
    APART = auto()
    """Looks for it in another string."""
    PATTERN = auto()
    """Compiles or matches it as a regular expression."""
    TEXT = auto()
    """Shows it to a person."""


@dataclass(frozen=True, slots=True)
class Handling:
    """One string argument of a call, and what is done with it.

    ``subject`` is what the string is looked for in, where it is taken apart.
    """

    purpose: Purpose
    value: Str
    method: str | None = None
    library: str | None = None
    subject: Value | None = None
    replaced: bool = False
    """The call already puts the new namespace in place of the old one."""


def read_call(ev: Evaluator, site: Site, frame: Frame) -> tuple[Handling, ...]:
    """Return what a call does with each string it is given, in one frame."""
    callees = ev.evaluate(site.node.func, site.point, frame)
    if all(isinstance(callee, (Str, Seq, Map)) for callee in callees):
        return ()
    arguments = ev.arguments(site.node, site.point, frame)
    found: dict[Handling, None] = {}
    for callee in callees:
        for handling in read_callee(ev, site, callee, arguments):
            found[handling] = None
    if any(handling.purpose is Purpose.SEND for handling in found):
        for values in (arguments.keyword(name) for name in libraries.BESIDE_THE_URL):
            for text in (text for value in values or () for text in strings_in(value)):
                found[Handling(Purpose.DATA, text)] = None
    return tuple(found)


def last_name(node: cst.BaseExpression) -> str:
    """Return the last name of a callee: ``get`` of ``self.session.get``."""
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""


def receiver_names(node: cst.BaseExpression) -> Iterator[str]:
    """Yield the names of the objects that a callee is reached through."""
    current = node.value if isinstance(node, cst.Attribute) else None
    while current is not None:
        if isinstance(current, cst.Attribute):
            yield current.attr.value
            current = current.value
        elif isinstance(current, cst.Name):
            yield current.value
            current = None
        elif isinstance(current, cst.Call):
            yield last_name(current.func)
            current = current.func
        else:
            current = None


def read_callee(
    ev: Evaluator, site: Site, callee: Value, arguments: Arguments
) -> Iterator[Handling]:
    """Yield what a call of one value does with the strings that it is given."""
    match callee:
        case Partial(function, given):
            yield from read_callee(ev, site, function, arguments.after(given))
        case Method(receiver, name) if _is_store(_origin(receiver)):
            yield from _read_store(name, arguments)
        case External(dotted) if _is_store(dotted):
            yield from _read_store(dotted.rpartition(".")[2], arguments)
        case Function() | External(tables.PARAMETRIZE):
            # Its body is followed; and so are the rows that a test is run with.
            return
        case External(dotted):
            yield from _read_external(ev, site, dotted, arguments)
        case Method(Made(dotted, made), name):
            yield from _read_method(ev, site, dotted, made, name, arguments)
        case Method(External(dotted), ""):
            # getattr(requests, verb): any of them.
            yield from _sent(arguments, None, 0, dotted)
        case Method(Method(receiver, inner), _) if inner in libraries.BESIDE_THE_URL and is_client(
            receiver
        ):
            # session.headers.update(…): sent with each request.
            yield from _all(Purpose.DATA, arguments)
        case Method(receiver, name) if name in libraries.ROUTE_NAMES and _is_server(
            _origin(receiver)
        ):
            # app.router.add_get(…): the router of a server.
            yield from _all(Purpose.ROUTE, arguments)
        case Method(Str() as path, name) if name in libraries.PATH_METHODS:
            # (folder / name).write_text(…): joined with a slash, as URLs are.
            yield Handling(Purpose.FILE, path)
        case Method(receiver, name):
            yield from _read_apart(receiver, name, arguments)
        case _:
            yield from _read_unknown(ev, site, callee, arguments)


def is_client(value: Value) -> bool:
    """Tell whether a value may be a client of a library, which sends requests."""
    match value:
        case Made(dotted):
            return _package(dotted) in libraries.CLIENT_PACKAGES and _is_client(dotted)
        case _:
            return isinstance(value, Unknown)


def _package(dotted: str) -> str:
    return dotted.partition(".")[0]


def _is_server(dotted: str) -> bool:
    return _package(dotted) in libraries.SERVER_PACKAGES or dotted.startswith("aiohttp.web")


def _is_store(dotted: str) -> bool:
    return _package(dotted) in libraries.STORE_PACKAGES or dotted.startswith("django.core.cache.")


def _origin(value: Value) -> str:
    """Return the dotted name of what a value is reached through: of an app's router, the app."""
    while isinstance(value, Method):
        value = value.receiver
    return value.dotted if isinstance(value, (Made, External)) else ""


def _read_external(
    ev: Evaluator, site: Site, dotted: str, arguments: Arguments
) -> Iterator[Handling]:
    package, _, name = dotted.rpartition(".")
    if site.decorates or _is_server(dotted):
        yield from _all(Purpose.ROUTE, arguments)
    elif _package(dotted) in libraries.DOUBLE_PACKAGES:
        yield from _named(Purpose.DOUBLE, arguments)
    elif dotted.startswith("urllib.request."):
        yield from _read_urllib(name, arguments)
    elif _package(dotted) in libraries.CLIENT_PACKAGES:
        yield from _read_client(name, arguments, dotted)
    elif package in {"re", "regex", "re2"} and name in libraries.PATTERN_NAMES:
        yield from _pattern(name, arguments.at(0, "pattern"), arguments, 1)
    elif package == "fnmatch":
        yield from _wildcards(arguments)
    elif package in {
        "builtins",
        "os",
        "os.path",
        "pathlib",
        "posixpath",
        "io",
        "shutil",
        "logging",
    }:
        yield from _read_builtin(name, arguments)
    elif _package(dotted) not in {"functools", "operator", "typing", "string", "collections"}:
        yield from _read_unknown(ev, site, External(dotted), arguments)


def _read_builtin(name: str, arguments: Arguments) -> Iterator[Handling]:
    if name in libraries.FILE_NAMES:
        yield from _named(Purpose.FILE, arguments)
    elif name in libraries.TEXT_NAMES or name.endswith(libraries.WRAPPING_ERRORS):
        yield from _all(Purpose.TEXT, arguments)


def _read_client(name: str, arguments: Arguments, dotted: str) -> Iterator[Handling]:
    """Read a function or a bound method of a client library."""
    if name in libraries.VERBS:
        yield from _sent(arguments, name.upper(), 0, dotted)
    elif name in libraries.METHOD_FIRST:
        yield from _sent_with_method(arguments, dotted)
    elif name == "fetch":
        yield from _sent_with_method(arguments, dotted, url=0, default="GET")


def _read_urllib(name: str, arguments: Arguments) -> Iterator[Handling]:
    if name not in {"urlopen", "Request", "urlretrieve"}:
        return
    data = arguments.at(1, "data") if name != "urlretrieve" else None
    given = arguments.at(5, "method") if name == "Request" else None
    for method in _methods(given) if given else _implied(data):
        yield from _sent(arguments, method, 0, f"urllib.request.{name}", "url", "fullurl")


def _implied(data: Values | None) -> list[str | None]:
    """Return the method that urllib chooses: POST where there is a body."""
    if data is None or all(isinstance(value, Const) and value.value is None for value in data):
        return ["GET"]
    if any(isinstance(value, Const) for value in data):
        return ["GET", "POST"]
    return [None] if any(isinstance(value, Unknown) and value.name for value in data) else ["POST"]


def _read_method(
    ev: Evaluator, site: Site, dotted: str, made: Arguments, name: str, arguments: Arguments
) -> Iterator[Handling]:
    package = _package(dotted)
    if _is_server(dotted):
        yield from _all(Purpose.ROUTE, arguments)
    elif package in libraries.DOUBLE_PACKAGES:
        yield from _named(Purpose.DOUBLE, arguments)
    elif dotted.startswith("http.client."):
        if name in {"request", "putrequest"}:
            yield from _on_host(made, arguments, dotted)
    elif dotted.startswith("urllib.request.") and name == "open":
        yield from _read_urllib("urlopen", arguments)
    elif package == "httplib2" and name == "request":
        yield from _sent_with_method(arguments, dotted, url=0, default="GET")
    elif package == "urllib3" and "ConnectionPool" in dotted:
        yield from _on_host(made, arguments, dotted)
    elif package in libraries.CLIENT_PACKAGES and "Mock" not in dotted:
        if not _is_client(dotted):
            return
        if name == "":
            yield from _based(package, made, _sent(arguments, None, 0, dotted))
        else:
            yield from _based(package, made, _read_client(name, arguments, dotted))
    elif dotted in {"re.compile", "regex.compile"} and name in libraries.PATTERN_NAMES:
        yield from _pattern(name, made.at(0, "pattern"), arguments, 0)
        if name not in libraries.APART_NAMES:
            yield from _read_unknown(ev, site, Unknown(), arguments)
    elif package in {"re", "regex"} and name in libraries.APART_NAMES:
        return
    elif dotted.startswith("pathlib.") and name == "joinpath":
        yield from _named(Purpose.FILE, arguments)
    elif dotted.startswith(("logging.", "pathlib.", "argparse.", "builtins.")):
        yield from _read_builtin(name, arguments)
    elif package in libraries.HOLDERS and name in libraries.VERBS:
        # A queue, a cache or a mapping: it puts and gets, and sends nothing.
        return
    else:
        yield from _read_unknown(ev, site, Unknown(), arguments)


def _is_client(dotted: str) -> bool:
    """Tell a client from an answer: ``requests.Session`` from ``requests.get``."""
    name = dotted.rpartition(".")[2]
    return name[:1].isupper() or name in {"session", "register", "create_client", "client"}


def _read_store(name: str, arguments: Arguments) -> Iterator[Handling]:
    """Read a method of a store: what is kept in it may be a URL that is sent later."""
    if name not in libraries.KEY_FIRST:
        yield from _named(Purpose.KEY, arguments)
        return
    yield from _named(Purpose.KEY, Arguments((arguments.at(0, "key", "name") or (),)))
    kept = tuple((word, each) for word, each in arguments.keywords if word not in {"key", "name"})
    yield from _all(Purpose.HAND, Arguments(arguments.positional[1:], kept))


def _based(package: str, made: Arguments, sent: Iterator[Handling]) -> Iterator[Handling]:
    """Put the base URL of a client before what its calls are given."""
    rule = libraries.BASED_CLIENTS.get(package)
    bases: Values | None = None
    if rule is not None:
        for keyword in rule[1]:
            bases = bases or made.keyword(keyword)
        if bases is None and package in {"aiohttp", "requests_toolbelt"} and made.positional:
            bases = made.positional[0]
    if rule is None or bases is None or all(isinstance(base, Const) for base in bases):
        yield from sent
        return
    for handling in sent:
        for base in bases:
            joined = _join_base(rule[0], base, handling.value)
            if isinstance(joined, Str):
                yield Handling(handling.purpose, joined, handling.method, handling.library)


def _join_base(rule: Joining, base: Value, url: Str) -> Value:
    first = url.pieces[0] if url.pieces else None
    if isinstance(first, Text) and "://" in first.text:
        return url
    if isinstance(base, (Const, Made)):
        return url
    if rule is Joining.RELATIVE:
        return joining.join_urls(strings.concatenate(base), url)
    before = strings.strip(strings.concatenate(base), "/", left=False, right=True)
    behind = strings.strip(url, "/", left=True, right=False)
    return strings.concatenate(before, plain("/"), behind)


def _on_host(made: Arguments, arguments: Arguments, dotted: str) -> Iterator[Handling]:
    """Read a request on a connection: the host stands in what made the connection."""
    hosts = made.at(0, "host") or (Unknown(),)
    for handling in _sent_with_method(arguments, dotted):
        first = handling.value.pieces[0] if handling.value.pieces else None
        if isinstance(first, Text) and "://" in first.text:
            yield handling
            continue
        for host in hosts:
            value = strings.concatenate(plain("https://"), host, handling.value)
            yield Handling(handling.purpose, value, handling.method, handling.library)


def _sent(
    arguments: Arguments, method: str | None, position: int, library: str, *names: str
) -> Iterator[Handling]:
    urls = arguments.at(position, *(names or ("url",)))
    for value in urls or ():
        text = as_string(value)
        if text is not None:
            yield Handling(Purpose.SEND, text, method, library)


def _sent_with_method(
    arguments: Arguments, library: str, *, url: int = 1, default: str | None = None
) -> Iterator[Handling]:
    given = arguments.at(1 - url, "method")
    methods = _methods(given) if given else [default]
    for method in methods:
        yield from _sent(arguments, method, url, library, "url", "uri", "path")


def _methods(values: Values) -> list[str | None]:
    methods: dict[str | None, None] = {}
    for value in values:
        text = known_text(value)
        methods[text.upper() if text and text.isalpha() else None] = None
    return list(methods)


def as_string(value: Value) -> Str | None:
    """Return a value as a URL: a request object is the URL that it was made with."""
    match value:
        case Str():
            return value
        case Unknown(name, key):
            return Str((Hole(name, key),))
        case _:
            return None


def _all(purpose: Purpose, arguments: Arguments) -> Iterator[Handling]:
    for value in _strings(arguments):
        yield Handling(purpose, value)


def _named(purpose: Purpose, arguments: Arguments) -> Iterator[Handling]:
    """Yield every argument, also one that only the caller knows: it may be a URL."""
    for values in (*arguments.positional, *(values for _, values in arguments.keywords)):
        for value in values:
            whole = strings.concatenate(value) if drawn_from(value) else as_string(value)
            for text in strings_in(value) if whole is None else (whole,):
                yield Handling(purpose, text)


def _strings(arguments: Arguments) -> Iterator[Str]:
    """Yield every known string among arguments, those inside lists and dicts included."""
    groups = [*arguments.positional, *(values for _, values in arguments.keywords)]
    for values in groups:
        for value in values:
            yield from strings_in(value)


def strings_in(value: Value, depth: int = 0) -> Iterator[Str]:
    """Yield a string, or those in a list or dict of them."""
    match value:
        case Str():
            yield value
        case Seq(elements) if depth < 3:
            for values in elements:
                for element in values:
                    yield from strings_in(element, depth + 1)
        case Map(items) if depth < 3:
            for _, values in items:
                for element in values:
                    yield from strings_in(element, depth + 1)
        case _:
            return


def _pattern(
    name: str, patterns: Values | None, arguments: Arguments, place: int
) -> Iterator[Handling]:
    """Read what looks for a pattern in the argument at a place, or behind its replacement."""
    subjects = None
    if name != "compile":
        subjects = arguments.at(place + (name in {"sub", "subn"}), "string")
    for value in patterns or ():
        if isinstance(value, Str):
            for subject in subjects or (None,):
                yield Handling(Purpose.PATTERN, value, subject=subject)


def _wildcards(arguments: Arguments) -> Iterator[Handling]:
    subjects = arguments.at(0, "name", "names") or (Unknown(),)
    for value in arguments.at(1, "pat") or ():
        if isinstance(value, Str):
            yield Handling(Purpose.APART, value, subject=subjects[0])


def _read_apart(receiver: Value, name: str, arguments: Arguments) -> Iterator[Handling]:
    """Read a method of a string, or of what a library's object has: ``response.url``."""
    if name in libraries.APART_NAMES and isinstance(receiver, (Str, Unknown, Method)):
        yield from _apart(receiver, arguments)


def _apart(subject: Value, arguments: Arguments) -> Iterator[Handling]:
    replaced = any("rest/v" in (known_text(value) or "") for value in arguments.at(1) or ())
    for value in arguments.at(0) or ():
        for text in strings_in(value):
            yield Handling(Purpose.APART, text, subject=subject, replaced=replaced)


def _read_unknown(
    ev: Evaluator, site: Site, callee: Value, arguments: Arguments
) -> Iterator[Handling]:
    """Read a call of something that is not known, by its name."""
    func = site.node.func
    name = last_name(func)
    receivers = set(receiver_names(func))
    is_own = _is_own_class(ev, callee)
    if site.decorates or (name in libraries.ROUTE_NAMES and not is_own):
        purpose = Purpose.ROUTE
    elif receivers & libraries.DOUBLE_NAMES or name.startswith("assert"):
        yield from _named(Purpose.DOUBLE, arguments)
        return
    elif name in libraries.TEXT_NAMES or name.endswith(libraries.WRAPPING_ERRORS):
        purpose = Purpose.TEXT
    elif name in libraries.FILE_NAMES and not is_own:
        purpose = Purpose.FILE
    elif name in libraries.APART_NAMES:
        yield from _apart(callee, arguments)
        return
    else:
        yield from _guess(name, arguments)
        return
    yield from _all(purpose, arguments)


def _is_own_class(ev: Evaluator, callee: Value) -> bool:
    """Tell a class of the project, whose name says nothing, from one that a library's makes."""
    if not isinstance(callee, ClassValue):
        return False
    base = classes.external_base(ev, callee.scope)
    return base is None or not (_is_server(base.dotted) or base.dotted.startswith("pathlib."))


def _guess(name: str, arguments: Arguments) -> Iterator[Handling]:
    """Read a call that may well send: the method from its name or another argument."""
    words = name.lower().strip("_").split("_")
    verb = next((word.upper() for word in words if word in libraries.VERBS), None)
    given = [
        text.upper()
        for values in (*arguments.positional, *(v for k, v in arguments.keywords if k == "method"))
        for value in values
        if (text := known_text(value)) is not None and text.lower() in libraries.VERBS
    ]
    purpose = Purpose.LIKELY if verb or words[0] in {"request", "fetch"} else Purpose.HAND
    first = arguments.at(0, "url", "path", "endpoint", "uri")
    direct = [url for value in first or () if (url := as_string(value)) is not None]
    methods: list[str | None] = [*given] or [verb]
    for url in dict.fromkeys((*direct, *_strings(arguments))):
        if url in direct or purpose is Purpose.HAND or given:
            for method in methods:
                yield Handling(purpose, url, method)
