"""Finds what is done with each string that spells the namespace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate.domain import External, Made, Method, Str, Text, Unknown
from migrator.namespace import NamespacedUrl, find_gap, find_namespace, find_rest, find_word
from migrator.prefilter import NAMESPACE
from migrator.sinks.libraries import BESIDE_THE_URL, PATH_METHODS, PATTERN_NAMES, TEXT_NAMES
from migrator.sinks.read import Handling, Purpose, is_client, last_name, read_call, strings_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migrator.evaluate.callgraph import CallGraph
    from migrator.evaluate.domain import Frame, Value, Values
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.module import Module
    from migrator.program.scopes import Attribute, Comparison, Site
    from migrator.program.settings import SettingsFile

_SENDING_WORDS = frozenset(
    {"request", "requests", "fetch", "call", "send", "load", "download", "pull", "query"}
    | {"api", "http", "paginate", "retrieve", "execute", "invoke", "list", "create", "update"}
)
_QUIET = frozenset({Purpose.TEXT})


@dataclass(frozen=True, slots=True)
class Use:
    """One way in which one call, or comparison, uses a URL under the namespace.

    ``node`` is the call that decided the URL, the one in the caller of a wrapper, or the
    comparison; of what a client keeps beside URLs, the literal. ``sends`` says that it
    counts as a call of the endpoint.
    """

    purpose: Purpose
    url: NamespacedUrl
    method: str | None
    module: Module | SettingsFile
    node: object
    name: str
    sends: bool
    subject: Value | None = None
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A request to a known host, with something unknown where the namespace would stand."""

    url: NamespacedUrl
    name: str | None
    module: Module
    node: cst.CSTNode


def find_uses(graph: CallGraph) -> tuple[list[Use], list[Gap]]:
    """Return every use of a string with the namespace in it, in the functions reached.

    With them come the requests of which it is not known whether they have it.
    """
    found: dict[Use | Gap, None] = {}
    for site in graph.sites():
        # path.exists() is given nothing, and says that the path is a file's.
        if site.node.args or last_name(site.node.func) in PATH_METHODS:
            found.update(dict.fromkeys(_uses_of_call(graph, site)))
    for comparison in graph.comparisons():
        found.update(dict.fromkeys(_uses_of_comparison(graph, comparison)))
    for matched in graph.matched():
        _watch_pattern(graph, matched)
    found.update(dict.fromkeys(_uses_of_attributes(graph)))
    uses = [each for each in found if isinstance(each, Use)]
    return uses, [each for each in found if isinstance(each, Gap)]


def _uses_of_call(graph: CallGraph, site: Site) -> Iterator[Use | Gap]:
    ev = graph.evaluator
    name = last_name(site.node.func)
    if name in TEXT_NAMES and isinstance(site.node.func, cst.Name):
        return
    if not graph.carrying.matters(site):
        return
    if name in PATTERN_NAMES - {"compile"} and any(map(_takes_apart, _callees(graph, site))):
        # What a pattern finds is not known: whether it is the same is to be tried.
        ev.delicate = True

    def read(frame: Frame) -> tuple[Handling, ...]:
        found, basis = ev.with_basis(lambda: read_call(ev, site, frame))
        if any(each.purpose not in _QUIET for each in found):
            for each in basis:
                ev.rests_on(each)
        return found

    for handlings, sites in graph.ways.each(site.point.scope, read):
        for handling in handlings:
            gap = find_gap(handling.value) if handling.purpose is Purpose.SEND else None
            if gap is not None:
                yield Gap(*gap, site.point.scope.module, site.node)
            urls = _urls(handling, rest=graph.carrying.rest)
            if handling.purpose is Purpose.APART or (
                not urls and handling.purpose is not Purpose.TEXT
            ):
                subject = () if handling.subject is None else (handling.subject,)
                ev.watch(handling.value, *subject)
            for url in urls:
                place = _deciding(graph, url, (site, *sites))
                yield Use(
                    handling.purpose,
                    url,
                    handling.method,
                    place.point.scope.module,
                    place.node,
                    name,
                    _sends(handling, name),
                    handling.subject,
                    handling.replaced,
                )


def _callees(graph: CallGraph, site: Site) -> Values:
    ev, point = graph.evaluator, site.point
    return ev.evaluate(site.node.func, point, ev.open_frame(point.scope))


def _takes_apart(callee: Value) -> bool:
    """Tell whether a call looks for a regular expression in a string."""
    match callee:
        case External(dotted) | Method(Made(dotted)):
            return dotted.startswith(("re.", "regex."))
        case _:
            return False


def _deciding(graph: CallGraph, url: NamespacedUrl, sites: tuple[Site, ...]) -> Site:
    """Return the call that says which endpoint is meant, of those that lead to a request.

    That is the inmost one with the last word of the path in an argument: the call of a
    wrapper rather than the request in it, but no call that only hands over an id.
    """
    words = [each.text for each in url.path if not each.text.startswith("{") and not each.via]
    if len(sites) > 1 and words:
        ev = graph.evaluator
        for site in sites:
            arguments = ev.arguments(site.node, site.point, ev.open_frame(site.point.scope))
            groups = [*arguments.positional, *(values for _, values in arguments.keywords)]
            for value in (value for values in groups for value in values):
                for text in strings_in(value):
                    if any(isinstance(p, Text) and words[-1] in p.text for p in text.pieces):
                        return site
    return sites[-1]


def _urls(handling: Handling, *, rest: bool) -> Sequence[NamespacedUrl]:
    if handling.purpose in {Purpose.PATTERN, Purpose.APART, Purpose.DATA}:
        return find_namespace(handling.value) or find_word(handling.value)
    return find_namespace(handling.value) or (find_rest(handling.value) if rest else ())


def _sends(handling: Handling, name: str) -> bool:
    match handling.purpose:
        case Purpose.SEND | Purpose.LIKELY:
            return True
        case Purpose.HAND:
            words = set(name.lower().strip("_").split("_"))
            return handling.method is not None or bool(words & _SENDING_WORDS)
        case _:
            return False


def _uses_of_attributes(graph: CallGraph) -> Iterator[Use]:
    """Yield what is set on a client and sent with each request: ``session.auth = …``."""
    project = graph.evaluator.project
    for name in BESIDE_THE_URL:
        for found in (*project.set_attributes(name), *project.altered_attributes(name)):
            if graph.has_point(found.binding.point):
                yield from _uses_of_attribute(graph, name, found)


def _uses_of_attribute(graph: CallGraph, name: str, found: Attribute) -> Iterator[Use]:
    ev, binding = graph.evaluator, found.binding
    changed = () if binding.mutation is None else binding.mutation.arguments
    nodes = [each for each in (binding.value, *changed) if each is not None]
    if not nodes or not graph.carrying.is_reached(binding.point, nodes):
        return

    def read(frame: Frame) -> tuple[Values, tuple[Values, ...]]:
        given = tuple(ev.evaluate(node, binding.point, frame) for node in nodes)
        return ev.evaluate(found.target, binding.point, frame), given

    for (owners, given), _ in graph.ways.each(binding.point.scope, read):
        if not any(is_client(owner) for owner in owners):
            continue
        for value in (value for values in given for value in values):
            for text in strings_in(value):
                for url in find_namespace(text) or find_word(text):
                    for origin in (part.origin for part in url.spelled[:1]):
                        yield Use(
                            Purpose.DATA, url, None, origin.module, origin.node, name, sends=False
                        )


def _watch_pattern(graph: CallGraph, matched: Comparison) -> None:
    """Have it tried whether a pattern still finds the namespace among the parts of a path."""
    ev, point = graph.evaluator, matched.point
    if graph.carrying.is_reached(point, (matched.left, matched.right)):
        ev.watch(*ev.evaluate(matched.left, point, ev.open_frame(point.scope)))


def _uses_of_comparison(graph: CallGraph, comparison: Comparison) -> Iterator[Use]:
    ev, point = graph.evaluator, comparison.point
    module = point.scope.module
    if not graph.carrying.is_reached(point, (comparison.left, comparison.right)):
        return

    def read(frame: Frame) -> tuple[Values, Values]:
        return (
            ev.evaluate(comparison.left, point, frame),
            ev.evaluate(comparison.right, point, frame),
        )

    for (left, right), _ in graph.ways.each(point.scope, read):
        yield from _uses_of_sides(ev, module, comparison, left, right)


def _uses_of_sides(
    ev: Evaluator, module: Module, comparison: Comparison, left: Values, right: Values
) -> Iterator[Use]:
    for mine, others in ((left, right), (right, left)):
        ev.watch(*mine)
        for value in mine:
            for text in strings_in(value):
                if not any(isinstance(p, Text) and NAMESPACE in p.text for p in text.pieces):
                    continue
                subject = next((o for o in others if isinstance(o, (Str, Unknown))), Unknown())
                for url in find_namespace(text) or find_word(text):
                    yield Use(
                        Purpose.APART, url, None, module, comparison.node, "", sends=False,
                        subject=subject,
                    )  # fmt: skip
