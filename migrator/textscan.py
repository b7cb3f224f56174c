"""Finds Procore's vapid URLs by their text, where there is no syntax tree to follow them in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrator.evidence import is_procore_host
from migrator.prefilter import NAMESPACE
from migrator.values import Finding, Safety

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from migrator.rules.table import RuleTable
    from migrator.source import Lines

_URL = re.compile(
    rf"(?:https?://(?P<host>[^\s/'\"`<>{{}}()]+)(?P<prefix>[^\s'\"`<>()]*?/)?"
    rf"|(?<![\w.%~-])/?)(?P<word>{NAMESPACE})(?P<path>/[^\s'\"`<>()?#,;\]|\\]*)?(?![\w-])"
)
_PLACEHOLDER = re.compile(r"#\{[^}]*\}|\$\{[^}]*\}|\{\{[^}]*\}\}|\{[^}]*\}|\$\w+|<[^>]*>|:\w+")


def find_urls(text: str, table: RuleTable, hosts: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where the namespace stands in each URL that is Procore's beyond doubt.

    That is one with a Procore host, or with a path that the table knows.
    """
    for match in _URL.finditer(text):
        if _is_procore(match, table, hosts):
            yield match.span("word")


@dataclass(frozen=True, slots=True)
class Told:
    """What a finding by text says."""

    code: str
    message: str
    kind: str | None = None


def describe_text(path: str, lines: Lines, place: tuple[int, int], told: Told) -> Finding:
    """Return a finding for a person at a place found by text."""
    line, column = lines.place(place[0])
    end_line, end_column = lines.place(place[1])
    return Finding(
        path=path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        code=told.code,
        message=told.message,
        safety=Safety.MANUAL,
        source_line=lines.text(line),
        kind=told.kind,
    )


def _is_procore(match: re.Match[str], table: RuleTable, hosts: Collection[str]) -> bool:
    host = match["host"]
    if host is not None:
        return is_procore_host(host.rpartition("@")[2].partition(":")[0].lower(), hosts)
    path = _PLACEHOLDER.sub("{}", (match["path"] or "").rstrip("/.:"))
    return table.knows_path(f"/{NAMESPACE}{path}")
