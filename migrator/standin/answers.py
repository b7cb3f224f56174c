"""Says what the stand-in answers to a request: from the table, and from what it is told.

Known of Procore: the paths, the methods and the sunsets; that a Rest call must carry
``Procore-Company-Id``, the message where it is missing, and the two calls that need none;
that lists come in pages with a ``Link`` header. Invented: every row, the statuses of refusals,
and what ``/vapid`` answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from migrator.rules.operations import Operation
from migrator.rules.rest import RestTable
from migrator.standin.rows import (
    count_rows,
    first_id,
    list_rows,
    make_company,
    make_me,
    make_row,
)

HEADER = "procore-company-id"
MISSING_HEADER = "Missing Procore-Company-Id header!"
SERVICE = "service-"
"""How a token begins that was issued for client credentials: it needs the header everywhere."""

_COMPANIES = ("1001", "1002")
_EXEMPT = frozenset({"/rest/v1.0/me", "/rest/v1.0/companies"})
_PAGE = 25
_LARGEST_PAGE = 1_000
_OLD_VERSION = re.compile(r"/rest/v1\.\d+/")
_PLURAL = re.compile(r"(?<!s)s$|^(?:equipment|directory|people)$")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request; header names are in lower case, ``base`` is the address that it came to."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes = b""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: its body is JSON, or nothing where it is None."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


DROPPED = Answer(0)
"""No answer: the connection is closed in the middle."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What the stand-in knows: the table, the day, and what it was told.

    ``companies`` are the ids that it takes; empty for any. ``forced`` are answers by
    operation, such as ``GET /rest/v1.0/me``: a status, ``drop``, or ``wrapped`` for a body that
    stands in an object. ``issued`` are the tokens that it takes; None for any.
    """

    table: RestTable
    today: date
    companies: tuple[str, ...] = ()
    forced: Mapping[str, str] = field(default_factory=dict)
    issued: set[str] | None = None


def answer(stage: Stage, asked: Asked) -> Answer:
    """Return the answer to a request that nothing goes wrong with."""
    path = asked.path.rstrip("/")
    if path == "/oauth/token":
        return _issue(stage, asked)
    token = _token_of(asked)
    if not token or (stage.issued is not None and token not in stage.issued):
        return _refuse(401, "Unauthorized: an access token is needed, as Authorization: Bearer …")
    if not path.startswith("/rest/"):
        return _refuse(404, "Not found")
    method = "GET" if asked.method == "HEAD" else asked.method
    found = stage.table.match(method, path)
    if not found:
        known = stage.table.match(None, path)
        return _refuse(405, "Method not allowed") if known else _refuse(404, "Not found")
    operation = found[0]
    if operation.sunset is not None and operation.sunset <= stage.today:
        return _refuse(410, f"Gone: out of service since {operation.sunset}")
    if refusal := _check_company(stage, asked, path, token):
        return refusal
    forced = stage.forced.get(f"{method} {operation.rest}")
    if forced == "drop":
        return DROPPED
    if forced is not None and forced.isdecimal():
        return _force(int(forced))
    given = _serve(stage, asked, path, operation)
    return Answer(given.status, {"result": given.body}, {}) if forced == "wrapped" else given


def _force(status: int) -> Answer:
    headers = {"Retry-After": "0"} if status == 429 else {}
    return Answer(status, {"errors": f"Answered {status}, as asked for"}, headers)


def _refuse(status: int, message: str) -> Answer:
    return Answer(status, {"errors": message})


def _token_of(asked: Asked) -> str:
    scheme, _, token = asked.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _issue(stage: Stage, asked: Asked) -> Answer:
    """Answer a request for a token. What is issued says nothing: it is no real one."""
    if asked.method != "POST":
        return _refuse(405, "Method not allowed")
    text = asked.body.decode("utf-8", "replace")
    try:
        fields = json.loads(text) if text.startswith("{") else dict(parse_qsl(text))
    except ValueError:
        fields = {}
    grant = fields.get("grant_type")
    if not isinstance(grant, str):
        return Answer(400, {"error": "invalid_request", "error_description": "no grant_type"})
    number = first_id(f"{grant} {fields.get('client_id')}")
    token = f"{SERVICE if grant == 'client_credentials' else ''}stand-in-{number}"
    if stage.issued is not None:
        stage.issued.add(token)
    return Answer(200, {"access_token": token, "token_type": "Bearer", "expires_in": 5400})


def _check_company(stage: Stage, asked: Asked, path: str, token: str) -> Answer | None:
    """Return the refusal of a request for what its header says of the company, or None."""
    company = asked.headers.get(HEADER, "").strip()
    if not company:
        is_exempt = path in _EXEMPT and asked.method in {"GET", "HEAD"}
        if is_exempt and not token.startswith(SERVICE):
            return None
        return _refuse(400, MISSING_HEADER)
    if not company.isdecimal() or (stage.companies and company not in stage.companies):
        return _refuse(403, "Forbidden: the token has no access to this company")
    return None


def _serve(stage: Stage, asked: Asked, path: str, operation: Operation) -> Answer:
    collection, _, last = path.rpartition("/")
    match asked.method:
        case "DELETE":
            return Answer(204)
        case "POST":
            row = make_row(path, str(first_id(path) + count_rows(path)))
            return Answer(201, _wrap(path, row | _sent(asked)))
        case "PATCH" | "PUT":
            return Answer(200, _wrap(path, make_row(collection, last) | _sent(asked)))
        case _:
            pass
    if path.endswith("/me"):
        return Answer(200, _wrap(path, make_me()))
    if path == "/rest/v1.0/companies":
        companies = [make_company(each) for each in stage.companies or _COMPANIES]
        return _page(asked, path, len(companies), lambda first, end: companies[first:end])
    if is_list(operation):
        return _page(asked, path, count_rows(path), lambda first, end: list_rows(path, first, end))
    return Answer(200, _wrap(path, make_row(collection, last)))


def is_list(operation: Operation) -> bool:
    """Tell whether an operation answers with a list: by its row's name, else by its last word."""
    if operation.rule is not None:
        return operation.rule.endswith(".list")
    last = operation.rest.rpartition("/")[2]
    return not last.startswith("{") and _PLURAL.search(last) is not None


def _page(asked: Asked, path: str, total: int, rows: Any) -> Answer:
    query = parse_qsl(asked.query, keep_blank_values=True)
    given = dict(query)
    page = _number(given.get("page"), 1)
    size = min(_number(given.get("per_page"), _PAGE), _LARGEST_PAGE)
    pages = max(-(-total // size), 1)
    first = (page - 1) * size
    body = rows(min(first, total), min(first + size, total))
    others = [(key, value) for key, value in query if key not in {"page", "per_page"}]

    def link(number: int, rel: str) -> str:
        text = urlencode([*others, ("page", number), ("per_page", size)])
        return f'<{asked.base}{path}?{text}>; rel="{rel}"'

    links = [link(page + 1, "next"), link(pages, "last")] if page < pages else []
    links += [link(1, "first"), link(page - 1, "prev")] if page > 1 else []
    headers = {"Total": str(total), "Per-Page": str(size)}
    return Answer(200, _wrap(path, body), headers | ({"Link": ", ".join(links)} if links else {}))


def _number(text: str | None, default: int) -> int:
    """Return a positive number of a few digits, else the default."""
    return int(text) if text and re.fullmatch(r"[1-9][0-9]{0,6}", text) else default


def _wrap(path: str, body: Any) -> Any:
    """Return the body as the API version has it: from 2.0 on, it stands in an object."""
    return body if _OLD_VERSION.match(path) else {"data": body}


def _sent(asked: Asked) -> dict[str, Any]:
    """Return the fields that a request sets: those in the one object that it wraps them in."""
    try:
        fields = json.loads(asked.body)
    except (ValueError, RecursionError):
        return {}
    if isinstance(fields, dict) and len(fields) == 1:
        (inner,) = fields.values()
        fields = inner if isinstance(inner, dict) else fields
    return fields if isinstance(fields, dict) else {}
