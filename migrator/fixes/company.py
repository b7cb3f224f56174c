"""Plans the ``company-header`` fix: Rest calls that lack ``Procore-Company-Id`` send it.

It goes where one edit serves most calls: into the headers of the client that sends them,
else into the dict that they are given, else into a new argument.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate.domain import External, Map
from migrator.evidence import is_foreign_host, template_of
from migrator.fixes.ground import name_of, sentence
from migrator.fixes.headers import HEADER, Headers
from migrator.fixes.imports import UnknownNameError
from migrator.fixes.putting import (
    CannotPutError,
    Kind,
    Place,
    find_creation,
    place_of_holder,
    put,
    takes_argument,
)
from migrator.fixes.routes import Service
from migrator.fixes.stray import find_stray
from migrator.fixes.traffic import beside_the_url
from migrator.sinks.read import Purpose
from migrator.values import Fix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migrator.fixes.ground import Ground
    from migrator.fixes.headers import Client, Given
    from migrator.fixes.holders import Holder
    from migrator.fixes.traffic import Request
    from migrator.program.scopes import Site
    from migrator.values import Finding


@dataclass(frozen=True, slots=True, eq=False)
class _Lacking:
    """A request without the header, with what is known of its headers.

    ``call`` are those of the ways to its own headers that lack it; None where it has none.
    """

    request: Request
    client: Client | None
    call: tuple[Given, ...] | None


@dataclass(frozen=True, slots=True)
class _Shared:
    """What must not get the header, each with the reason: dicts, clients' makers and calls."""

    nodes: dict[object, str]
    counts: Counter[cst.CSTNode]
    """How many requests that lack the header each dict serves."""


def plan_headers(ground: Ground) -> Iterator[Finding | None]:
    """Yield a finding for each place that gets the header, and each call left to a person."""
    headers = Headers(ground)
    lacking: list[_Lacking] = []
    left: list[tuple[Request, str]] = []
    for request in ground.traffic.requests:
        if _needs_it(ground, request):
            found = _look_at(headers, request)
            if isinstance(found, str):
                left.append((request, found))
            elif found is not None:
                lacking.append(found)
    if lacking and (stray := find_stray(ground, _known(ground, headers))) is not None:
        reason = f"it is spelled at {stray}, and what sends that is not known"
        left += [(each.request, reason) for each in lacking]
        lacking = []
    shared = _find_shared(ground, headers, lacking)
    served: dict[Place, list[Request]] = {}
    for each in lacking:
        places = _choose(ground, each, shared)
        if isinstance(places, str):
            left.append((each.request, places))
        else:
            for place in places:
                served.setdefault(place, []).append(each.request)
    for place, requests in served.items():
        try:
            yield _describe(ground, place, requests)
        except (CannotPutError, UnknownNameError) as error:
            left += [(request, str(error)) for request in requests]
    yield from _leave(ground, left)


def _needs_it(ground: Ground, request: Request) -> bool:
    """Tell whether a request is one of Procore's Rest API that must carry the header."""
    url = request.route.url
    if not request.is_sent or request.route.service is not Service.API or url is None:
        return False
    if not ground.is_procore(request):
        return False
    rules = ground.evidence.table.match(request.method, template_of(url))
    return not rules or not all(rule.header_exempt for rule in rules)


def _look_at(headers: Headers, request: Request) -> _Lacking | str | None:
    """Return what a request lacks, why that is not known, or None where it lacks nothing."""
    if request.purpose is not Purpose.SEND:
        return "what sends it is not known"
    callee = request.callee
    if isinstance(callee, External) and callee.dotted in {"requests.Request", "httpx.Request"}:
        return "what sends it adds headers of its own"
    client, call = headers.client(request), headers.call(request)
    own = client.given if client is not None else []
    if any(given.sends for given in own):
        return None
    if call is not None:
        call = tuple(given for given in call if not given.sends)
        if not call:
            return None
    if request.site.node in headers.added:
        return None
    if client is None and headers.is_merging(request):
        return "the client that sends it is made elsewhere"
    known = [*own, *(given for given in call or () if not (client and given.is_nothing))]
    reason = next((given.unknown for given in known if given.unknown is not None), None)
    return reason or _Lacking(request, client, call)


def _known(ground: Ground, headers: Headers) -> set[object]:
    """Return the literals of the header that requests are known to send."""
    found = set(headers.spelled())
    for request in ground.traffic.requests:
        if request.purpose is Purpose.SEND:
            for given in headers.call(request) or ():
                found |= given.spelled
            client = headers.client(request)
            for given in client.given if client is not None else ():
                found |= given.spelled
    return found


def _find_shared(ground: Ground, headers: Headers, lacking: Iterable[_Lacking]) -> _Shared:
    shared = _Shared({}, Counter())
    for each in lacking:
        nodes = {h.node for given in each.call or () for h in given.holders}
        shared.counts.update(nodes)
    for request in ground.traffic.requests:
        if not request.is_sent:
            continue
        if is_foreign_host(request.route.host, ground.evidence.hosts):
            reason = f"the same headers go to {request.route.host}"
            client = headers.client(request)
            nodes = {h.node for given in headers.call(request) or () for h in given.holders}
            for node in (*nodes, request.site.node, client.maker if client else None):
                shared.nodes.setdefault(node, reason)
        for name, values in beside_the_url(request):
            for value in values:
                for holder in headers.holders.of(value) if isinstance(value, Map) else ():
                    shared.nodes.setdefault(holder.node, f"the same dict is sent as {name}")
    return shared


# Choosing


def _choose(ground: Ground, each: _Lacking, shared: _Shared) -> list[Place] | str:
    """Return where the header of a request goes, or why nowhere."""
    client = each.client
    if client is not None and client.maker not in shared.nodes:
        holders = [holder for given in client.given for holder in given.holders]
        place = _best(holders, shared) or find_creation(ground, client)
        if place is not None:
            return [place]
    given = [one for one in each.call or () if not one.is_nothing]
    if given:
        places = [_best(one.holders, shared) for one in given]
        own = _own_dict(each.request)
        if own is not None and len(given) == 1 and own not in shared.nodes:
            places = [places[0] or Place(Kind.ENTRY, each.request.module, own)]
        if None not in places and len(given) == len(each.call or ()):
            return [place for place in places if place is not None]
        reasons = [shared.nodes[h.node] for g in given for h in g.holders if h.node in shared.nodes]
        return reasons[0] if reasons else "no literal is known to make its headers"
    site = each.request.site
    if site.node in shared.nodes:
        return shared.nodes[site.node]
    if each.request.library == "urllib.request.urlopen":
        return "urlopen takes no headers: make a Request"
    if not takes_argument(site.node):
        return "its arguments are handed on, and have no headers"
    return [Place(Kind.ARGUMENT, each.request.module, site.node)]


def _own_dict(request: Request) -> cst.Dict | None:
    """Return the dict literal that a call itself has for its headers."""
    for argument in request.site.node.args:
        if argument.keyword is not None and argument.keyword.value == "headers":
            return argument.value if isinstance(argument.value, cst.Dict) else None
    return None


def _best(holders: Iterable[Holder], shared: _Shared) -> Place | None:
    """Return the dict that serves most requests, else a line that surely runs."""
    free = [each for each in holders if each.node not in shared.nodes and each.is_certain]
    dicts = [each for each in free if each.binding is None]
    chosen = max(dicts, key=lambda each: shared.counts[each.node], default=None)
    chosen = chosen or next(iter(free), None)
    return place_of_holder(chosen) if chosen is not None else None


# Findings


def _describe(ground: Ground, place: Place, requests: list[Request]) -> Finding | None:
    if place.module.path not in ground.targets:
        raise CannotPutError(f"{place.module.path}, where it would stand, is not among the files")
    where, edits = put(ground, place)
    names = [name_of(request) for request in requests]
    lack = "lack" if len(set(names)) > 1 else "lacks"
    message = f"`{HEADER}` is added to {place.kind.value}: {sentence(names)} {lack} it"
    return ground.describe(place.module, where, Fix.COMPANY_HEADER, message, edits, names)


def _leave(ground: Ground, left: Iterable[tuple[Request, str]]) -> Iterator[Finding | None]:
    """Yield a finding for each call, and reason, that is left to a person."""
    told: dict[tuple[Site, str], list[str]] = {}
    for request, reason in left:
        told.setdefault((request.site, reason), []).append(name_of(request))
    for (site, reason), names in told.items():
        module = site.point.scope.module
        place = ground.place_of(module, site.node)
        if place is not None:
            message = f"{sentence(names)} may lack `{HEADER}`: {reason}"
            yield ground.describe(module, place, Fix.COMPANY_HEADER, message, (), names)
