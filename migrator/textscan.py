"""Finds Procore's vapid URLs by their text, where there is no syntax tree to follow them in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrator.evidence import is_named_after_procore, is_page_host, is_procore_host, may_be_page
from migrator.namespace import REST
from migrator.prefilter import NAMESPACE
from migrator.values import Edit, Finding, Fix, Safety, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from migrator.rules.table import RuleTable
    from migrator.source import Lines

_WORD = re.compile(rf"(?<![\w.%~-]){NAMESPACE}(?![\w-])")
_BEFORE = re.compile(r"[^\s'\"`<>()]*")
_SCHEME = re.compile(r"https?:(?:\\{0,7}/){2}(?P<host>[^\s/\\'\"`<>{}()]*)")
_PATH = re.compile(r"(?:\\{0,7}/[^\s'\"`<>()?#,;\]|\\/]*)*")
_PLACEHOLDER = re.compile(r"#\{[^}]*\}|\$\{[^}]*\}|\{\{[^}]*\}\}|\{[^}]*\}|\$\w+|<[^>]*>|:\w+")
_ESCAPED = re.compile(r"\\+/")
_SLASH = re.compile(r"\\{0,7}/")
_SLASH_BEFORE = re.compile(r"\\{0,7}/\Z")

_FAR = 2_000
"""How many characters of a URL are looked at on either side: they may be a minified file."""


@dataclass(frozen=True, slots=True)
class Mention:
    """The namespace in a URL that is Procore's by its host, or by a path that the table knows.

    ``before`` is what stands between the last blank, quote or bracket and the namespace.
    ``is_page`` says that the host is one with pages about Procore: a link to be looked at,
    which no edit sets right; ``may_be_page`` that it has pages as well as the API.
    """

    start: int
    end: int
    before: str
    by_host: bool
    is_page: bool
    may_be_page: bool

    @property
    def is_certain(self) -> bool:
        """Tell a URL of the API from what is, or may be, one that people open."""
        return not (self.is_page or self.may_be_page)


def find_mentions(text: str, table: RuleTable, hosts: Collection[str]) -> Iterator[Mention]:
    """Yield where the namespace stands in each URL that is Procore's by what is spelled there."""
    position = 0
    for word in _WORD.finditer(text):
        start, end = word.span()
        if start < position:
            continue
        path = _PATH.match(text, end, end + _FAR)
        position = path.end() if path is not None else end
        before = read_before(text, start)
        if len(before) == _FAR:
            continue
        host = host_of(before)
        rest = plain_slashes(path[0] if path is not None else "").rstrip("/.:")
        plain = f"/{NAMESPACE}{_PLACEHOLDER.sub('{}', rest)}"
        by_host = is_procore_host(host, hosts)
        is_page = not by_host and is_page_host(host)
        may_be = host is None or is_named_after_procore(host)
        if by_host or is_page or (may_be and table.knows_path(plain)):
            doubtful = host not in hosts and may_be_page(host, plain, table)
            yield Mention(start, end, before, by_host, is_page, doubtful)


def find_urls(text: str, table: RuleTable, hosts: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where the namespace stands in each URL that is Procore's beyond doubt.

    That is one with a Procore host, or with a path that the table knows.
    """
    for mention in find_mentions(text, table, hosts):
        if mention.is_certain:
            yield mention.start, mention.end


def read_before(text: str, start: int) -> str:
    """Return the part of a URL in front of a place, as far back as it can be part of it."""
    found = _BEFORE.match(text[max(0, start - _FAR) : start][::-1])
    return found[0][::-1] if found is not None else ""


def plain_slashes(text: str) -> str:
    r"""Return a text with the slashes that JSON escapes, as ``\/``, as they are."""
    return _ESCAPED.sub("/", text) if "\\" in text else text


def host_of(before: str) -> str | None:
    """Return the host that the beginning of a URL names, without user and port."""
    hosts = [found["host"] for found in _SCHEME.finditer(before)]
    name = hosts[-1].rpartition("@")[2].partition(":")[0] if hosts else ""
    return name.lower() or None


def spell_rest(text: str, start: int, end: int) -> str:
    r"""Return what takes the place of the namespace, its slash as the ones beside it: ``\/``."""
    slash = _SLASH.match(text, end) or _SLASH_BEFORE.search(text[max(0, start - 8) : start])
    return REST.replace("/", slash[0]) if slash is not None else REST


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
        above=lines.above(line),
        kind=told.kind,
    )


def edit_text(path: str, text: str, place: tuple[int, int], fix: Fix) -> Edit:
    """Return the edit that moves the namespace at a place; one of prose is made on request."""
    start, end = place
    safety = Safety.SAFE if fix is Fix.NAMESPACE else Safety.MANUAL
    new = spell_rest(text, start, end)
    return Edit(Span(path, start, end), text[start:end], new, fix, safety)
