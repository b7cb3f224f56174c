"""Decides which strings that spell the namespace are Procore's, and which something else's."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from migrator.serving import list_served
from migrator.sinks.read import Purpose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from migrator.namespace import NamespacedUrl, Spelled
    from migrator.rules.table import RuleTable
    from migrator.serving import Served
    from migrator.uses import Use

_PROCORE = re.compile(r"(?:^|[.*])procore(?:gov)?\.com$")
_ABOUT_PROCORE = re.compile(
    r"^(?:developers?|support|status|community|learn|careers)\.procore(?:gov)?\.com$"
)
_WITH_PAGES = re.compile(r"^(?:app|us\d+|uk\d+|storage)\.procore(?:gov)?\.com$")
"""Hosts of the web application and of files, of which the first has served the API as well."""
_OWN = re.compile(r"(?:^|\.)(?:localhost|local|test|invalid|example|internal|lan)$|^[^.]*$")

WEB_PUSH = frozenset(
    {"public-key", "public_key", "publickey", "private-key", "private_key", "privatekey", "key"}
    | {"keys", "subscribe", "unsubscribe", "subscription", "subscriptions", "generate", "claims"}
    | {"push", "notify", "vapid-key", "application-server-key", "public_key.txt", "rotate"}
)
"""First segments of Web Push routes (RFC 8292): another thing that is called vapid."""

_WEB_PUSH_WORDS = re.compile(
    r"VAPID_|vapid_claims|vapid_private_key|pywebpush|py_vapid|vapid t=|"
    rf"vapid/(?:{'|'.join(sorted(WEB_PUSH))})\b"
)

_SENT = frozenset({Purpose.SEND, Purpose.LIKELY})
_ASKING = _SENT | {Purpose.HAND}
_SHOWN = frozenset({Purpose.HAND, Purpose.TEXT})
_FOREIGN = frozenset({Purpose.ROUTE, Purpose.FILE, Purpose.KEY, Purpose.DATA})


def is_procore_host(host: str | None, own: Collection[str] = ()) -> bool:
    """Tell whether a host serves Procore's API, by its name or the project's settings.

    A host with its name in it is one for certain only where nobody else can own it: a
    public one may be a service of another company that has to do with Procore.
    """
    if host is None or host in own:
        return host is not None
    if _PROCORE.search(host):
        return not is_page_host(host)
    return "procore" in host and ("*" in host or _OWN.search(host) is not None)


def is_page_host(host: str | None) -> bool:
    """Tell whether a host has pages about Procore for people to read, and no API."""
    return host is not None and _ABOUT_PROCORE.search(host) is not None


def may_be_page(host: str | None, template: str, table: RuleTable) -> bool:
    """Tell whether a URL may be one that people open, for all that its host says.

    The application has pages under the name of its host, too: only a path that the table
    knows, or that is not known at all, makes the URL one of the API.
    """
    if host is None or _WITH_PAGES.search(host) is None:
        return False
    first = template.split("/")[2:3]
    return first not in ([], [""]) and "{" not in first[0] and not table.knows_path(template)


def is_named_after_procore(host: str | None) -> bool:
    """Tell whether a public host has Procore's name, so that only the path can say more."""
    return (
        host is not None
        and "procore" in host
        and _PROCORE.search(host) is None
        and not is_procore_host(host)
    )


def is_foreign_host(host: str | None, own: Collection[str] = ()) -> bool:
    """Tell whether a host is a public one of somebody else.

    Loopback, private and reserved names say nothing: a test server, a tunnel or a proxy
    of the project's own can stand for Procore. So can a public one with Procore's name,
    but not those with its documentation and its community.
    """
    if host is None or is_procore_host(host, own):
        return False
    if "*" in host or _OWN.search(host) or is_named_after_procore(host):
        return False
    try:
        return ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return True


def template_of(url: NamespacedUrl) -> str:
    """Return the path template that a URL calls: ``/vapid/projects/{project_id}``."""
    return "/".join(["/vapid", *(segment.text for segment in url.path)])


def has_known_path(url: NamespacedUrl, table: RuleTable) -> bool:
    """Tell whether the table knows the path behind the namespace."""
    return bool(url.path) and not url.attached and table.knows_path(template_of(url))


@dataclass(slots=True)
class Evidence:
    """What has been found out about the strings of one program.

    ``procore`` are the spellings that are known to be Procore's; ``bases`` the variables
    that hold the base of a URL that is.
    """

    table: RuleTable
    hosts: tuple[str, ...]
    served: frozenset[Served] = frozenset()
    """The routes under the namespace that the program serves itself."""
    web_push: bool = False
    """The program does Web Push too."""
    about_procore: bool = False
    """The program speaks of Procore, in whatever way."""
    procore: set[tuple[Spelled, ...]] = field(default_factory=set)
    bases: set[object] = field(default_factory=set)

    def is_procore(self, use: Use) -> bool:
        """Tell whether a use is one of Procore's API."""
        url = use.url
        if is_procore_host(url.host, self.hosts):
            return use.sends or use.purpose not in _SHOWN or not self.may_be_page(url)
        if is_foreign_host(url.host, self.hosts) or use.purpose in _FOREIGN:
            return False
        if self.may_ask_itself(use):
            return False
        if has_known_path(url, self.table):
            return True
        if use.purpose not in _SENT or self.is_web_push(url):
            return False
        return (
            url.spelled in self.procore
            or any("procore" in name.lower() for name in url.base_names)
            or any(key in self.bases for key in url.base if key is not None)
        )

    def may_be_page(self, url: NamespacedUrl) -> bool:
        """Tell whether a URL that nothing is known to send may be one that people open."""
        return url.host not in self.hosts and may_be_page(url.host, template_of(url), self.table)

    def may_ask_itself(self, use: Use) -> bool:
        """Tell whether a use may be a request to the program's own server: a test of it."""
        return use.purpose in _ASKING and self.may_be_served(use.url)

    def may_be_served(self, url: NamespacedUrl) -> bool:
        """Tell whether a URL may be of a route that the program serves itself.

        Such a URL has no host, or one that stands for the server, and no base.
        """
        return (
            bool(self.served)
            and not url.base
            and not is_procore_host(url.host, self.hosts)
            and (url.host is None or _OWN.search(url.host) is not None)
            and any(served.fits(url) for served in self.served)
        )

    def is_other(self, use: Use) -> bool:
        """Tell whether a use is certainly of something else."""
        if use.purpose is Purpose.KEY:
            # A store outlives the program, and others may read what is kept under it.
            return True
        if use.purpose in _FOREIGN:
            return not is_procore_host(use.url.host, self.hosts)
        return use.purpose in _SENT and (
            is_foreign_host(use.url.host, self.hosts)
            or (self.is_web_push(use.url) and not is_procore_host(use.url.host, self.hosts))
        )

    def is_web_push(self, url: NamespacedUrl) -> bool:
        """Tell whether the path behind the namespace is one of Web Push's."""
        return bool(url.path) and url.path[0].text.lower() in WEB_PUSH


def does_web_push(text: str) -> bool:
    """Tell whether a module has to do with Web Push, by the words of its libraries and routes."""
    return _WEB_PUSH_WORDS.search(text) is not None


def weigh(uses: Sequence[Use], table: RuleTable, hosts: Iterable[str]) -> Evidence:
    """Collect the evidence of all uses: what is certain of one tells of its neighbours."""
    evidence = Evidence(table, tuple(hosts), list_served(uses))
    while True:
        before = (len(evidence.procore), len(evidence.bases))
        for use in uses:
            if use.url.spelled and evidence.is_procore(use):
                evidence.procore.add(use.url.spelled)
                if (
                    use.purpose in _SENT
                    and use.url.host is None
                    and not use.url.prefix.strip("/\ue000")
                ):
                    evidence.bases.update(key for key in use.url.base[:1] if key is not None)
        if before == (len(evidence.procore), len(evidence.bases)):
            return evidence
