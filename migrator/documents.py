"""Tells a document that this tool wrote from other files: it names old routes, and calls none."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

_JSON = re.compile(rb'\s*\{\s*"schema": \d+,\s*"version": "[^"]*",\s*"root": "')
_TITLE = b"Migration report: Vapid to Rest v1.0"
_TOTAL = re.compile(
    rb"[\d,]+ findings? in [\d,]+ files?(: .+)? \xc2\xb7 [\d,]+ calls? of .+"
    rb"|Nothing to move: no vapid call in [\d,]+ files?.*"
)
_OTHERS = re.compile(
    rb'\s*\{\s*"\$schema": "[^"]*",\s*"version": "2\.1\.0",\s*"runs": \[\s*\{\s*"tool": \{\s*'
    rb'"driver": \{\s*"name": "vapid-to-rest"'
    rb'|\s*\[\s*\{\s*"check_name": "VAP\d{3}"'
    rb"|\[\]\s*\Z"
    rb'|<\?xml [^>]*\?>\s*<testsuites name="vapid-to-rest"'
    rb"|::(?:error|warning|notice) file=[^\n]*,title=VAP\d{3}"
)
"""SARIF, GitLab's list, JUnit's XML and GitHub's commands, as this tool writes them."""

_HEAD = 4000

BASELINE = "vapid-to-rest baseline"
"""The key in the first line of a list of known findings; its value is the version."""

_BASELINE = b'{"%s": ' % BASELINE.encode()


def is_document(data: bytes) -> bool:
    """Tell a scan, report or baseline, in any format, from its first or last line."""
    data = data.removeprefix(BOM_UTF8)  # an editor may have put it there
    head = data[:_HEAD]
    if head.startswith((b"# " + _TITLE, _BASELINE)) or b"<title>" + _TITLE + b"</title>" in head:
        return True
    if _OTHERS.match(head):
        return True
    last = data.rstrip(b"\n").rpartition(b"\n")[2]
    return _JSON.match(data) is not None or _TOTAL.fullmatch(last) is not None
