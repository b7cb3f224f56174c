"""Says where a request goes after the rewrite: its route, and what may be changed beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from migrator.fixes.host import API_HOSTS, OAUTH_HOSTS
from migrator.values import Fix, Status
from migrator.verify.address import is_loopback

if TYPE_CHECKING:
    from migrator.rules.rows import Rule
    from migrator.rules.table import RuleTable

_SEGMENT = re.compile(r"(?<=/)vapid(?=/|$)")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_QUOTED = re.compile(r"(?i)(/|%2f)vapid(?=/|%2f)")
_REST = "rest/v1.0"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes, without what differs between two runs of the same code."""

    method: str
    url: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What decides where requests go: the rules, the kinds of edit, the hosts of the API."""

    rules: RuleTable
    fixes: frozenset[Fix]
    hosts: tuple[str, ...]

    def is_api(self, host: str | None) -> bool:
        """Tell whether a host is one of those that serve the API."""
        name = (host or "").lower().rstrip(".")
        return any(name == each or name.endswith(f".{each}") for each in self.hosts)


def normalise(method: str, url: str) -> Target:
    """Return the target of a request: of this machine, without the port, which is any."""
    parts = _split(url)
    host = (parts.hostname or "").lower()
    port = parts.port
    if is_loopback(host) or port == {"http": 80, "https": 443}.get(parts.scheme):
        port = None
    netloc = f"{host}:{port}" if port else host
    query = lead_text(parts.query)
    return Target(method, parts._replace(netloc=netloc, query=query, fragment="").geturl())


def lead_text(text: str) -> str:
    """Return a query or body with the namespace changed in the URLs in it."""
    return _QUOTED.sub(lambda match: f"{match[1]}rest{match[1]}v1.0", text)


def is_vapid(ground: Ground, method: str, url: str) -> bool:
    """Tell whether a request goes to the API under ``/vapid``, and not to one for Web Push."""
    parts = _split(url)
    match = _SEGMENT.search(parts.path)
    if match is None:
        return False
    if ground.is_api(parts.hostname):
        return True
    # A proxy, or a server of a test: what it is asked for tells.
    return bool(ground.rules.match(method, parts.path[match.start() - 1 :]))


def expect_targets(ground: Ground, method: str, url: str) -> Iterator[Target]:
    """Yield the targets that a request may have after the rewrite, the likeliest first."""
    if not is_vapid(ground, method, url):
        yield from _lead_host(ground, normalise(method, url))
        return
    parts = _split(url)
    start = _SEGMENT.search(parts.path).start()  # type: ignore[union-attr] # is_vapid has found it
    prefix, path = parts.path[:start], parts.path[start - 1 :]
    if Fix.MOVED in ground.fixes:
        verb, rest = find_equivalent(ground.rules, method, path)
        moved = parts._replace(path=prefix.removesuffix("/") + rest).geturl()
        yield from _lead_host(ground, normalise(verb, moved))
    led = parts._replace(path=_SEGMENT.sub(_REST, parts.path, count=1)).geturl()
    yield from _lead_host(ground, normalise(method, led))


def find_equivalent(rules: RuleTable, method: str, path: str) -> tuple[str, str]:
    """Return the method and path of the Rest operation that a request under ``/vapid`` is for.

    Where the table knows nothing else, it is the same path under ``/rest/v1.0``.
    """
    same = method, f"/{_REST}{path.removeprefix('/vapid')}"
    found = [rule for rule in rules.match(method, path) if rule.candidates]
    if len(found) != 1 or found[0].status not in {Status.MOVED, Status.NEWER_ONLY}:
        return same
    return _fill(found[0], path) or same


def _fill(rule: Rule, path: str) -> tuple[str, str] | None:
    """Return the first candidate of a rule with the values of a path; None where one is missing."""
    pattern = _PLACEHOLDER.sub("([^/]+)", re.sub(r"[.+]", r"\\\g<0>", rule.vapid))
    match = re.fullmatch(pattern, path.rstrip("/"))
    verb, _, template = rule.candidates[0].partition(" ")
    if match is None or not template.startswith("/"):
        return None
    values = dict(zip(_PLACEHOLDER.findall(rule.vapid), match.groups(), strict=True))
    if not values.keys() >= set(_PLACEHOLDER.findall(template)):
        return None
    return verb, _PLACEHOLDER.sub(lambda name: values[name[1]], template)


def _lead_host(ground: Ground, target: Target) -> Iterator[Target]:
    yield target
    if Fix.HOST in ground.fixes:
        parts = _split(target.url)
        for hosts in (API_HOSTS, OAUTH_HOSTS):
            if new := hosts.get(parts.netloc):
                yield Target(target.method, parts._replace(netloc=new).geturl())


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        # No URL at all, as a client may be given: it is compared as it is.
        return SplitResult("", "", url, "", "")
    return parts
