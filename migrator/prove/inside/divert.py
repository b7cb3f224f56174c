"""Leads requests to some hosts to a server on this machine, at the level of connections.

That is below what mocks of HTTP take the place of: what a test suite answers by itself never
gets here. What nothing here knows how to lead does not get through: its host has no address.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from types import ModuleType
from typing import Any

Change = Callable[[ModuleType], None]

_SECONDS = 60
_SOCKET = socket.socket
_CONNECT = socket.create_connection


def list_hooks(ground: Any) -> dict[str, list[Change]]:
    """Return what to do to the modules of libraries, by their names."""

    def lead_connections(module: ModuleType) -> None:
        for owner in list(vars(module).values()):
            own = getattr(owner, "__module__", None) == module.__name__
            if own and isinstance(owner, type) and "connect" in vars(owner):
                owner.connect = _led_connect(vars(owner)["connect"], ground)  # type: ignore[attr-defined]

    return {
        "http.client": [lead_connections],
        "urllib3.connection": [lead_connections],
        "httplib2": [lead_connections],
        "httpcore": [lambda module: _lead_httpcore(module, ground)],
        "aiohttp.connector": [lambda module: _lead_aiohttp(module, ground)],
        "socket": [lambda module: _close(module, ground)],
    }


def _led_connect(original: Any, ground: Any) -> Any:
    def connect(self: Any) -> None:
        host = getattr(self, "_tunnel_host", None) or self.host
        # Another kind of socket is a mock that answers for hosts by itself.
        if socket.socket is not _SOCKET or not ground.is_diverted(host):
            original(self)
            return
        self.sock = _CONNECT((ground.host, ground.port), _SECONDS)
        # For urllib3, which warns of what it has not verified; it goes to this machine.
        self.is_verified = True
        self.proxy_is_verified = True

    return connect


def _lead_httpcore(module: ModuleType, ground: Any) -> None:
    def lead(pool: Any, request: Any) -> None:
        if not ground.is_diverted(request.url.host.decode("ascii", "replace")):
            return
        if "Proxy" in type(pool).__name__:
            raise module.ConnectError("no request is led through a proxy here")
        request.url = module.URL(
            scheme=b"http",
            host=ground.host.encode(),
            port=ground.port,
            target=request.url.target,
        )

    pool, async_pool = module.ConnectionPool, module.AsyncConnectionPool
    send, send_async = pool.handle_request, async_pool.handle_async_request

    def handle_request(self: Any, request: Any) -> Any:
        lead(self, request)
        return send(self, request)

    async def handle_async_request(self: Any, request: Any) -> Any:
        lead(self, request)
        return await send_async(self, request)

    pool.handle_request = handle_request
    async_pool.handle_async_request = handle_async_request


def _lead_aiohttp(module: ModuleType, ground: Any) -> None:
    connector = module.TCPConnector
    create = connector._create_connection  # noqa: SLF001 - nothing public is as low

    async def create_connection(self: Any, req: Any, *args: Any, **kwargs: Any) -> Any:
        if not ground.is_diverted(req.url.host or ""):
            return await create(self, req, *args, **kwargs)
        loop = self._loop
        _, protocol = await loop.create_connection(self._factory, ground.host, ground.port)
        return protocol

    connector._create_connection = create_connection  # noqa: SLF001


def _close(module: ModuleType, ground: Any) -> None:
    """Give the hosts no address, for whatever else would send something to them."""
    find = module.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if isinstance(name, str) and ground.is_diverted(name):
            ground.write({"unseen": name})
            raise module.gaierror(module.EAI_NONAME, f"{name} is not called in this run")
        return find(host, *args, **kwargs)

    module.getaddrinfo = getaddrinfo  # type: ignore[attr-defined] # that is the purpose
