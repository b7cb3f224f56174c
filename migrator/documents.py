"""Tells a document that this tool wrote from other files: it names old routes, and calls none."""

from __future__ import annotations

import re

_JSON = re.compile(rb'\s*\{\s*"schema": \d+,\s*"version": "[^"]*",\s*"root": "')
_TITLE = b"Migration report: Vapid to Rest v1.0"
_TOTAL = re.compile(
    rb"[\d,]+ findings? in [\d,]+ files?(: .+)? \xc2\xb7 [\d,]+ calls? of .+"
    rb"|Nothing to move: no vapid call in [\d,]+ files?.*"
)
_HEAD = 4000


def is_document(data: bytes) -> bool:
    """Tell a scan or report, in any of its formats, from its first or last line."""
    head = data[:_HEAD]
    if head.startswith(b"# " + _TITLE) or b"<title>" + _TITLE + b"</title>" in head:
        return True
    last = data.rstrip(b"\n").rpartition(b"\n")[2]
    return _JSON.match(data) is not None or _TOTAL.fullmatch(last) is not None
