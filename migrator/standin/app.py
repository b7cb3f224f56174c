"""The ASGI application of the stand-in: decides what goes wrong, answers, and records.

Starlette and uvicorn come with the extra ``serve``; nothing else imports this module.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from migrator.standin.answers import DROPPED, Answer, Asked, Stage, answer
from migrator.standin.chaos import Chaos, Fate, decide
from migrator.standin.record import write_line

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

Record = Callable[[str], None]
"""Takes one line of JSON a request."""

_LIMIT = 3_600
"""Requests in an hour, as the headers tell; nobody is held to it."""
_BODY = 16 * 1024 * 1024


class _Dropped(Response):
    """Promises more than it sends: the server closes the connection in the middle."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        headers = [(b"content-length", b"1000"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"[", "more_body": True})


class _Service:
    """Answers every request; counts them, since chance depends on how often one was asked."""

    def __init__(self, stage: Stage, chaos: Chaos, record: Record) -> None:
        self._stage = stage
        self._chaos = chaos
        self._record = record
        self._counts: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.respond(Request(scope, receive))
        await response(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        """Return what a request gets, after it was recorded."""
        asked = await _read(request)
        call = f"{asked.method} {asked.path}"
        self._counts[call] += 1
        fate = decide(self._chaos, call, self._counts[call])
        if fate.delay:
            await asyncio.sleep(fate.delay)
        given = self._suffer(asked, fate)
        number = self._counts.total()
        self._record(write_line(number, asked, None if given is None else given.status))
        return _Dropped() if given is None else _respond(given, number)

    def _suffer(self, asked: Asked, fate: Fate) -> Answer | None:
        """Return what chance makes of an answer; None where the connection is dropped."""
        if fate.drop:
            return None
        if fate.status == 429:
            wait = str(self._chaos.wait)
            return Answer(429, {"errors": "Too many requests"}, {"Retry-After": wait})
        if fate.status is not None:
            return Answer(fate.status, {"errors": "Something went wrong, by chance"})
        given = answer(self._stage, asked)
        return None if given is DROPPED else given


async def _read(request: Request) -> Asked:
    body = b""
    async for chunk in request.stream():
        # A longer one is read to its end and kept in part: it is no file server.
        body += chunk[: max(_BODY - len(body), 0)]
    return Asked(
        request.method,
        request.url.path,
        request.url.query,
        {name.lower(): value for name, value in request.headers.items()},
        body,
        f"{request.url.scheme}://{request.url.netloc}",
    )


def _respond(given: Answer, number: int) -> Response:
    headers = {
        "X-Rate-Limit-Limit": str(_LIMIT),
        "X-Rate-Limit-Remaining": str(_LIMIT - number % _LIMIT),
        "X-Rate-Limit-Reset": str(int(time.time()) + _LIMIT),
    }
    if given.body is None:
        return Response(status_code=given.status, headers=headers | dict(given.headers))
    text = json.dumps(given.body)
    return Response(
        text, given.status, headers | dict(given.headers), media_type="application/json"
    )


def build_app(stage: Stage, chaos: Chaos, record: Record) -> Starlette:
    """Return the application; it answers any method and path."""
    # An instance and not a function: Starlette then lets every method through.
    return Starlette(routes=[Route("/{path:path}", _Service(stage, chaos, record))])
