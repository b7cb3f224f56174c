"""Tells which calls may be of a route that the program serves itself, as its tests make them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrator.sinks.libraries import PREFIX_NAMES, ROUTE_NAMES, VERBS
from migrator.sinks.read import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migrator.namespace import NamespacedUrl
    from migrator.uses import Use

_REST_OF_A_PATH = re.compile(r"<path:|:path\}|\*|\.\+")
_FILLED = re.compile(r"[<{(:\[]")
_REGISTERING = ROUTE_NAMES | VERBS | {"register"}


@dataclass(frozen=True, slots=True)
class Served:
    """A route of the program's own: what stands before the namespace, and the segments behind.

    ``is_prefix`` says that further routes may be below it.
    """

    before: str
    segments: tuple[str, ...]
    is_prefix: bool

    def fits(self, url: NamespacedUrl) -> bool:
        """Tell whether a request to a URL, whatever its host, may be one of this route."""
        if not url.prefix.strip("/").endswith(self.before):
            return False
        asked = [segment.text for segment in url.path]
        for number, segment in enumerate(self.segments):
            if _REST_OF_A_PATH.search(segment):
                return True
            if number == len(asked):
                return False
            if _FILLED.search(segment) or asked[number].startswith("{"):
                continue
            if segment != asked[number]:
                return False
        return self.is_prefix or len(asked) == len(self.segments)


def list_served(uses: Iterable[Use]) -> frozenset[Served]:
    """Return the routes under the namespace that a program registers, or asks itself for."""
    return frozenset(
        Served(
            use.url.prefix.strip("/"),
            tuple(segment.text for segment in use.url.path),
            not use.url.path or use.name in PREFIX_NAMES,
        )
        for use in uses
        if use.purpose is Purpose.ROUTE
        and use.url.host is None
        and not use.url.base
        and use.name in _REGISTERING
    )
