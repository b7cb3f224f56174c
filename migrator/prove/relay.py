"""The server that the command's requests are led to: the stand-in, or one that passes them on.

Before the rewrite, ``/vapid`` is in service there: each of its requests gets what its Rest
equivalent answers, so that both runs of the command see the same rows.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import httpx

from migrator.prove.routes import find_equivalent
from migrator.rules.rest import load_rest
from migrator.standin.answers import HEADER, Stage
from migrator.standin.app import build_app
from migrator.standin.chaos import CALM
from migrator.standin.running import open_socket, serve_app

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from migrator.rules.table import RuleTable
    from migrator.verify.address import Address

_COMPANY = "1001"
_SECONDS = 60.0
# Those of a connection, and those that the next one makes anew.
_OWN = frozenset(
    {b"host", b"connection", b"keep-alive", b"transfer-encoding", b"content-length", b"te"}
    | {b"content-encoding", b"accept-encoding", b"upgrade", b"proxy-authorization", b"trailer"}
)


@contextmanager
def run_relay(
    own: tuple[Path, ...], today: date, address: Address | None, company: str | None, *, vapid: bool
) -> Iterator[tuple[str, int]]:
    """Run the server for as long as the context lasts; give its host and port.

    ``own`` are the files of the project's own rules. ``address`` is that of an API to pass
    requests on to, None for the stand-in; ``company`` goes into the header of requests to
    ``/vapid``, which need none. ``vapid`` says whether that is still in service.
    """
    table = load_rest(own)
    target: ASGIApp = (
        build_app(Stage(table, today), CALM, lambda _: None)
        if address is None
        else _Forwarder(address)
    )
    if address is None and company is None:
        company = _COMPANY
    app = _Front(target, table.rules if vapid else None, company)
    listening = open_socket("127.0.0.1", 0)
    with listening:
        server = serve_app(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield "127.0.0.1", listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


class _Front:
    """Takes requests as they would come to Procore's hosts, and hands them on as Rest calls."""

    def __init__(self, target: ASGIApp, vapid: RuleTable | None, company: str | None) -> None:
        self._target = target
        self._vapid = vapid
        self._company = company

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # It was to be https; links in answers say so, too.
        scope = {**scope, "scheme": "https"}
        path = scope["path"]
        if self._vapid is not None and (path == "/vapid" or path.startswith("/vapid/")):
            method, rest = find_equivalent(self._vapid, scope["method"], path)
            scope |= {"method": method, "path": rest, "raw_path": rest.encode()}
            names = {name for name, _ in scope["headers"]}
            if self._company is not None and HEADER.encode() not in names:
                header = (HEADER.encode(), self._company.encode())
                scope["headers"] = [*scope["headers"], header]
            send = _lead_links(send, rest, path)
        await self._target(scope, receive, send)


def _lead_links(send: Send, rest: str, vapid: str) -> Send:
    """Return a ``send`` that links to further pages where the first one was asked for."""
    old, new = rest.encode(), vapid.encode()

    async def lead(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                (name, value.replace(old, new) if name.lower() == b"link" else value)
                for name, value in message["headers"]
            ]
        await send(message)

    return lead


class _Forwarder:
    """Sends each request to an API that the user has named, and hands its answer back."""

    def __init__(self, address: Address) -> None:
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(name, value) for name, value in scope["headers"] if name not in _OWN]
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        base = self._address.url
        if host.startswith("login") and self._address.login is not None:
            base = self._address.login
        path = scope.get("raw_path") or scope["path"].encode()
        query = scope["query_string"]
        target = path.decode("latin-1") + (f"?{query.decode('latin-1')}" if query else "")
        body = await _read(receive)
        try:
            # One connection a request: there are few, and none outlives the run.
            async with httpx.AsyncClient(timeout=_SECONDS, trust_env=True) as client:
                answer = await client.request(
                    scope["method"], base + target, headers=headers, content=body
                )
        except httpx.HTTPError as error:
            await _respond(send, 502, [], f"{base}: {error}".encode())
            return
        kept = [(name, value) for name, value in answer.headers.raw if name.lower() not in _OWN]
        await _respond(send, answer.status_code, kept, answer.content)


async def _read(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _respond(
    send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
