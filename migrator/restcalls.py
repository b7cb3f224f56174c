"""Lists the calls under the Rest namespace, and how their operations stand.

They are found as vapid calls are, and never edited: what is wrong with where a vapid call
leads must not be forgotten once its namespace is swapped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from migrator.evidence import is_foreign_host, is_procore_host
from migrator.plan import place_of, with_query
from migrator.rules.rest import load_rest
from migrator.rules.standing import describe_rest
from migrator.sinks.read import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from migrator.evidence import Evidence
    from migrator.namespace import NamespacedUrl, Spelled
    from migrator.rules.rest import RestTable
    from migrator.spans import Placed, Spans
    from migrator.uses import Use
    from migrator.values import RestCall

_SENT = frozenset({Purpose.SEND, Purpose.LIKELY})
_FULL_VERSION = re.compile(r"v\d+\.\d+")
_TELLING = 2
"""Words behind the version that tell by themselves whose path it is."""


def part_uses(uses: Iterable[Use]) -> tuple[list[Use], list[Use]]:
    """Return the uses under the Rest namespace, and those under the old one."""
    rest: list[Use] = []
    vapid: list[Use] = []
    for use in uses:
        (rest if use.url.rest else vapid).append(use)
    return rest, vapid


def list_rest_calls(
    uses: Sequence[Use],
    evidence: Evidence,
    spans: Mapping[Placed, Spans],
    own: tuple[Path, ...],
    today: date,
) -> tuple[RestCall, ...]:
    """Return what is sent to Procore's Rest API, in order of path and method.

    ``evidence`` is that of the vapid calls: a base that they share is Procore's. ``own``
    are files of rows of the project's own.
    """
    sent = [use for use in uses if use.sends and _is_known(use.url)]
    if not sent:
        return ()
    table = load_rest(own)
    places: dict[tuple[str | None, str], list[Use]] = {}
    for use in _weigh(sent, table, evidence):
        places.setdefault((use.method, _settle(use.url, table)), []).append(use)
    named = {path for method, path in places if method is not None}
    calls: list[RestCall] = []
    for (method, path), found in sorted(
        places.items(), key=lambda item: (item[0][1], item[0][0] or "")
    ):
        if method is not None or path not in named:
            at = tuple(sorted({place_of(use, spans) for use in found}))
            calls.append(with_query(describe_rest(table, method, path, at, today), found))
    return tuple(calls)


def _is_known(url: NamespacedUrl) -> bool:
    """Tell whether the resource that a URL names is known, behind the version."""
    return len(url.path) > 1 and not url.path[1].open


@dataclass(slots=True)
class _Known:
    """What is known to be Procore's: spellings, its base or the variables that hold it."""

    spelled: set[tuple[Spelled, ...]] = field(default_factory=set)
    bases: set[object] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    """Names of the project's own network, such as that of a proxy."""


def _weigh(uses: Sequence[Use], table: RestTable, evidence: Evidence) -> list[Use]:
    """Return the uses that are Procore's: what is certain of one tells of its neighbours."""
    known = _Known(bases=set(evidence.bases))
    while True:
        before = (len(known.spelled), len(known.bases), len(known.hosts))
        ours = [use for use in uses if _is_procore(use, table, evidence, known)]
        for use in ours:
            if use.url.spelled:
                known.spelled.add(use.url.spelled)
            if use.url.host is not None:
                known.hosts.add(use.url.host)
            if _has_bare_base(use):
                known.bases.update(key for key in use.url.base[:1] if key is not None)
        if before == (len(known.spelled), len(known.bases), len(known.hosts)):
            return ours


def _has_bare_base(use: Use) -> bool:
    """Tell whether nothing but one variable stands before the namespace."""
    url = use.url
    return use.purpose in _SENT and url.host is None and not url.prefix.strip("/\ue000")


def _is_procore(use: Use, table: RestTable, evidence: Evidence, known: _Known) -> bool:
    """Tell whether a use is one of Procore's API.

    The word ``rest`` tells nothing, and other vendors have a ``/rest/v1`` too: only a whole
    path of the table counts, and one with a single word only where the program speaks of
    Procore.
    """
    url = use.url
    if is_procore_host(url.host, evidence.hosts):
        return True
    if is_foreign_host(url.host, evidence.hosts) or not _FULL_VERSION.fullmatch(url.path[0].text):
        return False
    words = table.count_words(_template(url))
    if words >= _TELLING or (words and (evidence.about_procore or evidence.procore)):
        return True
    return use.purpose in _SENT and (
        url.spelled in known.spelled
        or url.host in known.hosts
        or any("procore" in name.lower() for name in url.base_names)
        or any(key in known.bases for key in url.base if key is not None)
    )


def _template(url: NamespacedUrl) -> str:
    return "/".join(["/rest", *(segment.text for segment in url.path)])


def _settle(url: NamespacedUrl, table: RestTable) -> str:
    """Return the path template, values that came through a variable named after it."""
    segments = ["/rest", *(segment.text for segment in url.path)]
    for number, segment in enumerate(url.path, start=1):
        if segment.via is None or segment.text.startswith("{"):
            continue
        opened = [*segments]
        opened[number] = f"{{{segment.via}}}" if segment.via else "{}"
        if not table.spells_segment("/".join(segments), number) and table.count_words(
            "/".join(opened)
        ):
            segments = opened
    return "/".join(segments)
