"""Asks of a path that the table knows, in a text file, what else it may be than Procore's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migrator.evidence import is_named_after_procore, is_procore_host
from migrator.textscan import plain_slashes

if TYPE_CHECKING:
    from collections.abc import Collection

    from migrator.textscan import Mention

ROUTE = "may be a route of a server of your own"
PAGE = "may be a page for people to read"
FILE = "may be the name of a file"

_VARIABLE = re.compile(r"#\{[^}]*\}|\$\{[^}]*\}|\{\{[^}]*\}\}|\{[^{}]*\}|\$\w+|%\w+%")
_VALUE = "\0"
_HOST = re.compile(
    r"(?:^|[/@=,;|\[])(?P<host>(?:[\w-]+\.)+[a-z]{2,}|localhost)(?::\w*)?/", re.IGNORECASE
)
_DELIMITER = re.compile(r"[=,;|&\[{}]|:(?!\d)")
_MATCHER = re.compile(r"\bPath\w*\(\s*[`'\"]/\Z")
"""The rule of a proxy that stands before servers of the project's own: ``Path(`/…`)``."""
_MOUNT = re.compile(r"[.~/$][^:]*:/")
"""A folder of the machine, and where a container sees it."""
_OPENINGS = ('"', "'", "`", "=", "}")


def find_doubt(
    text: str, mention: Mention, hosts: Collection[str], *, routes: bool = False
) -> str | None:
    """Return why a mention may be no URL of Procore's, None where that is beyond doubt.

    ``routes`` says that the file tells a server what to answer.
    """
    if mention.may_be_page:
        return PAGE
    if mention.by_host:
        return None
    before = plain_slashes(mention.before)
    host = _HOST.search(before)
    if host is not None:
        name = host["host"].lower()
        is_ours = is_procore_host(name, hosts) or is_named_after_procore(name)
        return None if is_ours else f"seems to be of {name}"
    if routes or _MATCHER.search(text, max(0, mention.start - 40), mention.start):
        return ROUTE
    if _MOUNT.fullmatch(before):
        return FILE
    lead = _DELIMITER.split(_VARIABLE.sub(_VALUE, before))[-1]
    if lead == "/" or lead.rstrip("/").endswith(_VALUE):
        return None
    return None if not lead and _opens_value(text, mention) else FILE


def _opens_value(text: str, mention: Mention) -> bool:
    """Tell a whole value from a word among others: a path without a slash is often a file's."""
    before = text[max(0, mention.start - 2) : mention.start]
    return before == ": " or before.endswith(_OPENINGS)
