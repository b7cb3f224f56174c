"""Reads what the processes of a command have recorded."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = "procore-company-id"
COMPARED = frozenset({COMPANY, "accept", "content-type"})
"""The headers whose values are recorded. Of authorization it is the scheme, of others the name."""

_BOUNDARY = re.compile(r'boundary="?([^";,\s]+)"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as it was handed to an HTTP library.

    Header names are in lower case. ``body`` is None where it cannot be compared: a stream, or
    a long one. ``path`` and ``line`` are the place in the project that sent it, None where that
    was not in the project; ``test`` is the test that ran, as pytest names it, or empty.
    """

    client: str
    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = b""
    path: str | None = None
    line: int | None = None
    test: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What was seen of one run, in its order.

    ``unseen`` are hosts of the API that something tried to reach whose requests are not seen,
    ``strays`` files that were run from the original, ``broken`` libraries that could not
    be observed, with the reason.
    """

    sent: tuple[Sent, ...]
    unseen: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


def read_record(file: Path) -> Record:
    """Return what a run has recorded, but for a line that a killed process left unfinished."""
    sent: list[Sent] = []
    others: dict[str, dict[str, None]] = {"unseen": {}, "stray": {}, "broken": {}}
    for text in file.read_bytes().splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if "method" in line:
            sent.append(_read(line))
        for kind, seen in others.items():
            if kind in line:
                reason = f" ({line['reason']})" if "reason" in line else ""
                seen[f"{line[kind]}{reason}"] = None
    return Record(
        tuple(sent), tuple(others["unseen"]), tuple(others["stray"]), tuple(others["broken"])
    )


def _read(line: dict[str, Any]) -> Sent:
    headers = tuple((name, value) for name, value in line["headers"])
    body = None if line["body"] is None else base64.b64decode(line["body"])
    for name, value in headers:
        if name == "content-type" and body and (boundary := _BOUNDARY.search(value)):
            # Made at random for each request.
            body = body.replace(boundary[1].encode(), b"BOUNDARY")
    return Sent(
        client=line["client"],
        method=line["method"],
        url=line["url"],
        headers=headers,
        body=body,
        path=line["path"],
        line=line["line"],
        test=line["test"],
    )
