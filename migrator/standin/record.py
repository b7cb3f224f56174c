"""Turns a request into the line that is kept of it: without what is secret in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from migrator.render.clean import MASK, mask_secrets
from migrator.standin.answers import Asked

_SECRET_HEADERS = frozenset(
    {"authorization", "cookie", "proxy-authorization", "x-api-key", "x-auth-token"}
)
_SECRET_WORDS = ("token", "secret", "password", "passwd", "code", "key", "signature", "assertion")
_LONGEST = 10_000


def write_line(number: int, asked: Asked, status: int | None) -> str:
    """Return one line of JSON; ``status`` is None where the connection was dropped."""
    line = {
        "number": number,
        "method": mask_secrets(asked.method),
        "path": mask_secrets(asked.path),
        "query": _mask_query(asked.query),
        "headers": _mask_headers(asked.headers),
        "body": _mask_body(asked),
        "status": status,
    }
    return json.dumps(line, ensure_ascii=True) + "\n"


def _is_telling(name: str) -> bool:
    return any(word in name.lower() for word in _SECRET_WORDS)


def _mask_headers(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name: _mask_header(value) if name in _SECRET_HEADERS or _is_telling(name) else value
        for name, value in headers.items()
    }


def _mask_header(value: str) -> str:
    """Return the scheme of what authorises, which tells a client's mistakes, and a mask."""
    scheme, _, rest = value.partition(" ")
    return f"{scheme} {MASK}" if rest and scheme.lower() in {"bearer", "basic"} else MASK


def _mask_query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    if not any(_is_telling(name) for name, _ in pairs):
        return query
    return urlencode([(name, MASK if _is_telling(name) else text) for name, text in pairs])


def _mask_body(asked: Asked) -> Any:
    """Return a JSON body as it is but for secrets, another's text, or its size."""
    if not asked.body:
        return None
    if asked.path.startswith("/oauth/"):
        return MASK
    if len(asked.body) > _LONGEST:
        return f"{len(asked.body)} bytes"
    try:
        return _mask_value(json.loads(asked.body))
    except (ValueError, RecursionError):
        pass
    try:
        text = asked.body.decode()
    except UnicodeDecodeError:
        return f"{len(asked.body)} bytes"
    is_form = "form-urlencoded" in asked.headers.get("content-type", "")
    return _mask_query(text) if is_form else mask_secrets(text)


def _mask_value(value: Any) -> Any:
    match value:
        case dict():
            return {
                name: MASK if _is_telling(name) and below else _mask_value(below)
                for name, below in value.items()
            }
        case list():
            return [_mask_value(each) for each in value]
        case _:
            return value
