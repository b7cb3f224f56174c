"""Plans the ``host`` fix: API and OAuth calls go to the hosts that serve them by now.

Procore's production API moved from app.procore.com to api.procore.com, and its OAuth to
login.procore.com; app.procore.com serves pages for people. Other hosts are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from migrator.evaluate.domain import Made, Str, Text
from migrator.fixes.compared import find_compared
from migrator.fixes.ground import name_of, sentence
from migrator.fixes.routes import Service, find_routes, flatten, read_route
from migrator.fixes.traffic import named
from migrator.program.module import Module
from migrator.sinks.read import Purpose, strings_in
from migrator.values import Edit, Fix, Safety, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migrator.fixes.compared import Compared
    from migrator.fixes.ground import Ground
    from migrator.fixes.routes import Route, Spot
    from migrator.fixes.traffic import Request
    from migrator.values import Finding

API_HOSTS = {"app.procore.com": "api.procore.com"}
OAUTH_HOSTS = {"app.procore.com": "login.procore.com", "api.procore.com": "login.procore.com"}
_KEPT = {
    "sandbox.procore.com": "login-sandbox.procore.com",
    "api-monthly.procore.com": "login-sandbox-monthly.procore.com",
    "api.procoregov.com": "login.procoregov.com",
}
"""Hosts that are kept, each with the one that is documented for its OAuth."""
_OBSOLETE = frozenset({"api-sandbox.procore.com"})

_FOLLOWED = ("http.client.", "urllib3.")

_SENT = frozenset({Purpose.SEND, Purpose.LIKELY, Purpose.HAND})
_SERVED = frozenset({Service.API, Service.OAUTH})
_CALLS = {
    Service.API: "API calls",
    Service.OAUTH: "OAuth calls",
    Service.OPEN: "calls whose path is not known",
}


@dataclass(slots=True)
class _Spelled:
    """One literal's spelling of a host, with all that is made of it."""

    spot: Spot
    host: str
    requests: list[Request] = field(default_factory=list)
    strings: list[tuple[Str, Route]] = field(default_factory=list)

    def sent(self) -> dict[Service, list[str]]:
        """Return the names of the calls that are sent, by service."""
        found: dict[Service, list[str]] = {}
        for request in self.requests:
            if request.route.service in _SERVED and request.purpose in _SENT:
                found.setdefault(request.route.service, []).append(name_of(request))
        if not found and any(r.route.service is Service.OPEN and r.is_sent for r in self.requests):
            found[Service.OPEN] = []
        return found

    def services(self) -> set[Service]:
        """Return the services whose URLs are spelled with it."""
        return {route.service for _, route in self.strings} & _SERVED


def plan_hosts(ground: Ground) -> Iterator[Finding]:
    """Yield a finding for each literal that spells the host of a call which is served elsewhere.

    What a test expects, or something is looked up by, moves in step: where all calls of the
    same service do.
    """
    spelled = _collect(ground)
    compared = find_compared(ground)
    looked = _find_looked_for(ground, compared)
    moving: set[tuple[str, Service]] = set()
    staying: set[tuple[str, Service]] = set()
    for each in spelled:
        sent = each.sent()
        finding = _decide(ground, each, sent, looked) if sent else None
        known = moving if finding is not None and finding.edits else staying
        known.update((each.host, service) for service in sent)
        if finding is not None:
            yield finding
    expected = {read_route(text).spot for text, _, _ in compared}
    for each in spelled:
        if not each.sent() and _is_expected(each, expected):
            services = [s for s in each.services() if (each.host, s) in moving - staying]
            finding = _decide(ground, each, {s: [] for s in services}, looked) if services else None
            if finding is not None:
                yield finding


def _target(service: Service, host: str) -> str | None:
    return (OAUTH_HOSTS if service is Service.OAUTH else API_HOSTS).get(host)


def _collect(ground: Ground) -> list[_Spelled]:
    """Group all that is known by the literal that spells a host."""
    found: dict[Spot, _Spelled] = {}
    hosts = {*API_HOSTS, *OAUTH_HOSTS, *_KEPT, *_OBSOLETE}

    def group(route: Route) -> _Spelled | None:
        if route.host not in hosts or route.spot is None:
            return None
        return found.setdefault(route.spot, _Spelled(route.spot, route.host))

    for request in ground.traffic.requests:
        spelled = group(request.route)
        if spelled is not None:
            spelled.requests.append(request)
    whole = dict.fromkeys([r.text for r in ground.traffic.requests] + [*ground.traffic.strings])
    for text, route in (pair for each in whole for pair in find_routes(each)):
        spelled = group(route)
        if spelled is not None:
            spelled.strings.append((text, route))
    return list(found.values())


def _find_looked_for(ground: Ground, compared: list[Compared]) -> dict[str, str]:
    """Return the hosts that code looks for in URLs, each with where it does so."""
    found: dict[str, str] = {}
    for text, module, node in compared:
        flat = flatten(text).replace("\\", "").lower()
        for host in {*API_HOSTS, *OAUTH_HOSTS}:
            if host in flat and read_route(text).service not in _SERVED:
                place, spans = ground.place_of(module, node), ground.spans(module)
                if place is not None and spans is not None:
                    found.setdefault(host, f"{module.path}:{spans.lines.place(place[0])[0]}")
    return found


def _is_expected(each: _Spelled, expected: set[Spot | None]) -> bool:
    """Tell a URL that a test expects or answers: it moves in step with the code."""
    return each.spot in expected or any(
        request.purpose is Purpose.DOUBLE for request in each.requests
    )


def _decide(
    ground: Ground, each: _Spelled, sent: dict[Service, list[str]], looked: dict[str, str]
) -> Finding | None:
    targets = {service: _target(service, each.host) for service in sent}
    reason = _kept(each.host, sent)
    if not any(targets.values()) and reason is None:
        return None
    reason = reason or _against(ground, each)
    if reason is None and each.host in looked:
        reason = f"the code looks for `{each.host}` in URLs, at {looked[each.host]}"
    module = each.spot.origin.module
    if reason is None and not isinstance(module, Module):
        reason = "it is spelled in a file that is not Python"
    place = ground.place_of_spot(each.spot)
    if place is None:
        return None
    names = [name for group in sent.values() for name in group]
    service, target = max(targets.items(), key=lambda item: item[1] is not None)
    if reason is not None:
        message = f"the host of {_CALLS[service]}, `{each.host}`: {reason}"
        return ground.describe(module, place, Fix.HOST, message, (), names)
    old = module.source.text[slice(*place)]
    edit = Edit(Span(module.path, *place), old, target or old, Fix.HOST, Safety.UNSAFE)
    by = f"sent by {sentence(names)}" if names else "expected by a test"
    message = f"`{old}` becomes `{target}`, which serves {_CALLS[service]}: {by}"
    return ground.describe(module, place, Fix.HOST, message, (edit,), names)


def _kept(host: str, sent: dict[Service, list[str]]) -> str | None:
    """Return what a person should know of a host that is kept."""
    if host in _OBSOLETE:
        return "this host is obsolete"
    if host in _KEPT and Service.OAUTH in sent:
        return f"`{_KEPT[host]}` is documented for OAuth here; see to it by hand"
    return None


def _against(ground: Ground, each: _Spelled) -> str | None:
    """Return what speaks against an edit: a use of the literal that does not agree."""
    if len(each.services()) > 1:
        return f"the literal also serves OAuth, which `{OAUTH_HOSTS[each.host]}` serves by now"
    for request in each.requests:
        if request.route.service is not Service.NONE:
            continue
        if request.purpose is Purpose.HAND and not _is_followed(ground, each, request):
            return f"the literal is also handed to {named(request.site)}(), which is not followed"
        if request.is_sent:
            return "the literal is also sent as it is"
    for text, route in each.strings:
        shown = flatten(text).replace("\ue000", "{}").strip()
        if route.service is Service.OTHER or (
            route.service is Service.OPEN and not shown.endswith(("{}", "{}/"))
        ):
            return f"the literal also spells {shown}, which is not known to be an API call"
    if any(route.service is Service.OPEN for _, route in each.strings):
        return "the literal is also joined with a path that is not known"
    return None


def _is_followed(ground: Ground, each: _Spelled, request: Request) -> bool:
    """Tell whether what a call returns is known to have in it what it is given.

    That is a string, or a connection whose requests are read with its host.
    """
    ev, site = ground.graph.evaluator, request.site
    values = ev.evaluate(site.node, site.point, ev.open_frame(site.point.scope))
    if any(isinstance(value, Made) and value.dotted.startswith(_FOLLOWED) for value in values):
        return True
    return any(
        isinstance(piece, Text) and piece.origin is each.spot.origin
        for value in values
        for text in strings_in(value)
        for piece in text.pieces
    )
