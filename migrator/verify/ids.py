"""Finds values for the placeholders of a path: those that are given, or the first of a list.

Each list is asked for once in a run, and for one page.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Mapping
from urllib.parse import quote

from migrator.rules.rest import RestTable
from migrator.verify.asking import Asker, Reply, Silence
from migrator.verify.bodies import list_ids

COMPANIES = "/rest/v1.0/companies"
PROJECTS = "/rest/v1.0/projects"
EXEMPT = frozenset({"/rest/v1.0/me", COMPANIES})
"""What needs no ``Procore-Company-Id``."""

_HOLE = re.compile(r"\{([^{}]*)\}")
_OWNERS = {"companies": "company_id", "projects": "project_id"}


class NoIdError(Exception):
    """No value is known for a placeholder; the text says why and what to do.

    ``found`` is what the list answered that was to have it, if there is one.
    """

    def __init__(self, reason: str, found: Reply | Silence | None = None) -> None:
        super().__init__(reason)
        self.found = found


class Ids:
    """Remembers what was found out, for all paths of a run."""

    def __init__(self, asker: Asker, table: RestTable, given: Mapping[str, str]) -> None:
        self._asker = asker
        self._table = table
        self._given = given
        self._lists: dict[str, asyncio.Task[str]] = {}

    async def fill(self, path: str) -> str:
        """Return a path with a value for every placeholder. Raises NoIdError."""
        segments = path.split("/")
        names = self._name_holes(path)
        for number, segment in enumerate(segments):
            if "{" in segment:
                prefix = "/".join(segments[:number])
                segments[number] = await self._fill_segment(segment, names[number], prefix)
        return "/".join(segments)

    async def choose_query(self, path: str) -> dict[str, str]:
        """Return the ids that a path has no room for: Procore then takes them in the query."""
        if path in EXEMPT or "/companies/" in path or "/projects/" in path:
            return {}
        company = self._find_company()
        query = {} if company is None else {"company_id": company}
        if path != PROJECTS:
            with contextlib.suppress(NoIdError):
                query["project_id"] = await self._find_project()
        return query

    def _name_holes(self, path: str) -> list[str]:
        """Return the segments of the row that a path matches, or the path's own."""
        found = {operation.rest for operation in self._table.match("GET", path)}
        return (found.pop() if len(found) == 1 else path).split("/")

    async def _fill_segment(self, segment: str, row: str, prefix: str) -> str:
        hole = _HOLE.search(segment)
        own = hole[1] if hole else ""
        known = _HOLE.fullmatch(row)
        name = known[1] if known else own
        for each in (own, name):
            if each in self._given:
                return _HOLE.sub(_quote(self._given[each]), segment)
        if not _HOLE.fullmatch(segment) or (known is None and "{" not in row):
            raise NoIdError(f"no value is known for {segment}: give --param {own or 'NAME'}=…")
        owner = _OWNERS.get(prefix.rpartition("/")[2], name)
        if owner == "company_id":
            company = self._find_company()
            if company is None:
                raise NoIdError("the company is not known: give --company-id")
            return _quote(company)
        if owner == "project_id":
            return _quote(await self._find_project())
        return _quote(await self._find_first(prefix, name))

    def _find_company(self) -> str | None:
        return self._given.get("company_id") or self._asker.company

    async def _find_project(self) -> str:
        return self._given.get("project_id") or await self._find_first(PROJECTS, "project_id")

    async def _find_first(self, path: str, name: str) -> str:
        """Return the id of the first item of a list. Raises NoIdError."""
        if not self._table.match("GET", path):
            raise NoIdError(f"no list is known to have {{{name}}}: give --param {name}=…")
        if path not in self._lists:
            self._lists[path] = asyncio.ensure_future(self._walk(path, name))
        # Of several that wait for it, one that is cancelled must not take it from the others.
        return await asyncio.shield(self._lists[path])

    async def _walk(self, path: str, name: str) -> str:
        query = await self.choose_query(path)
        found = await self._asker.get(path, query | {"per_page": "1"})
        match found:
            case Reply(status=200, body=body):
                ids = list_ids(body)
                if ids:
                    return ids[0]
                why = "has no items"
            case Reply(status=status):
                why = f"answers {status}"
            case Silence(reason=reason):
                why = reason
        raise NoIdError(
            f"no {{{name}}} is known, as GET {path}: {why}; give --param {name}=…", found
        )


def _quote(text: str) -> str:
    """Return a value as one segment of a path. Raises NoIdError."""
    if text in {".", ".."}:
        raise NoIdError(f"{text!r} is no id")
    return quote(text, safe="")
