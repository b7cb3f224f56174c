"""Records requests where a program hands them to an HTTP library.

That is above what mocks of HTTP take the place of (adapters, transports, connections), so
that what a test suite never sends is seen as well.
"""

from __future__ import annotations

import base64
import functools
import os
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from types import ModuleType
from typing import Any

Change = Callable[[ModuleType], None]
Read = Callable[..., "tuple[str, str, Iterable[tuple[Any, Any]], Any]"]
"""Returns the method, URL, headers and body of a request, from what a library's method is given."""

_LONGEST = 1024 * 1024
"""Of a body, in bytes: a longer one is not compared."""

_inside: ContextVar[bool] = ContextVar("inside", default=False)
"""A library that is observed is at work: what it calls to send its request is no other one."""


def list_hooks(ground: Any) -> dict[str, list[Change]]:
    """Return what to do to the modules of libraries, by their names."""

    def tell(client: str, read: Read, args: Any, kwargs: Any) -> None:
        try:
            method, url, headers, body = read(*args, **kwargs)
            _record(ground, client, _text(method), str(url), headers, body)
        except Exception as error:  # noqa: BLE001 - the program must not fail for being observed
            ground.tell_broken(client, error)

    def watch(client: str, owner: Any, name: str, read: Read) -> None:
        setattr(owner, name, _watched(getattr(owner, name), client, read, tell))

    def watch_async(client: str, owner: Any, name: str, read: Read) -> None:
        setattr(owner, name, _watched_async(getattr(owner, name), client, read, tell))

    def watch_aiohttp(module: ModuleType) -> None:
        session = module.ClientSession
        for verb in ("get", "options", "head", "post", "put", "patch", "delete"):
            watch("aiohttp", session, verb, functools.partial(_read_verb, verb.upper()))
        watch("aiohttp", session, "request", _read_aiohttp)
        watch("aiohttp", module, "request", functools.partial(_read_aiohttp, None))

    return {
        "requests.sessions": [lambda m: watch("requests", m.Session, "send", _read_requests)],
        "httpx": [
            lambda m: watch("httpx", m.Client, "send", _read_httpx),
            lambda m: watch_async("httpx", m.AsyncClient, "send", _read_httpx),
        ],
        "aiohttp": [watch_aiohttp],
        "urllib.request": [lambda m: watch("urllib", m.OpenerDirector, "open", _read_urllib)],
        "urllib3.connectionpool": [
            lambda m: watch("urllib3", m.HTTPConnectionPool, "urlopen", _read_urllib3)
        ],
        "httplib2": [lambda m: watch("httplib2", m.Http, "request", _read_httplib2)],
        "http.client": [
            lambda m: watch("http.client", m.HTTPConnection, "request", _read_stdlib),
            lambda m: watch("http.client", m.HTTPConnection, "putrequest", _read_put),
        ],
    }


def _watched(original: Any, client: str, read: Read, tell: Any) -> Any:
    @functools.wraps(original)
    def call(*args: Any, **kwargs: Any) -> Any:
        if _inside.get():
            return original(*args, **kwargs)
        tell(client, read, args, kwargs)
        token = _inside.set(True)
        try:
            return original(*args, **kwargs)
        finally:
            _inside.reset(token)

    return call


def _watched_async(original: Any, client: str, read: Read, tell: Any) -> Any:
    @functools.wraps(original)
    async def call(*args: Any, **kwargs: Any) -> Any:
        if _inside.get():
            return await original(*args, **kwargs)
        tell(client, read, args, kwargs)
        token = _inside.set(True)
        try:
            return await original(*args, **kwargs)
        finally:
            _inside.reset(token)

    return call


def _read_requests(_session: Any, request: Any, **_: Any) -> Any:
    return request.method, request.url, request.headers.items(), request.body


def _read_httpx(_client: Any, request: Any, **_: Any) -> Any:
    # A body that is not in memory is sent as it is made: it cannot be read twice.
    body = getattr(request, "_content", iter(()))
    return request.method, request.url, request.headers.multi_items(), body


def _read_aiohttp(session: Any, method: Any, url: Any, **kwargs: Any) -> Any:
    import yarl  # noqa: PLC0415 - aiohttp's own kind of URL

    whole = yarl.URL(url) if session is None else session._build_url(url)  # noqa: SLF001
    if kwargs.get("params"):
        whole = whole.extend_query(kwargs["params"])
    headers = _items(getattr(session, "headers", None)) + _items(kwargs.get("headers"))
    body = kwargs.get("data")
    if kwargs.get("json") is not None:
        body = kwargs["json"]
        headers = [*headers, ("content-type", "application/json")]
    return method, whole, headers, body


def _read_verb(method: str, session: Any, url: Any, **kwargs: Any) -> Any:
    return _read_aiohttp(session, method, url, **kwargs)


def _read_urllib(opener: Any, fullurl: Any, data: Any = None, *_: Any, **__: Any) -> Any:
    headers = list(opener.addheaders)
    if isinstance(fullurl, str):
        return "GET" if data is None else "POST", fullurl, headers, data
    headers += fullurl.header_items()
    body = fullurl.data if data is None else data
    method = "POST" if data is not None and fullurl.data is None else fullurl.get_method()
    return method, fullurl.full_url, headers, body


def _read_urllib3(
    pool: Any, method: Any, url: str, body: Any = None, headers: Any = None, *_: Any, **__: Any
) -> Any:
    given = pool.headers if headers is None else headers
    return method, _join(pool.scheme, pool.host, pool.port, url), _items(given), body


def _read_httplib2(
    _http: Any,
    uri: Any,
    method: Any = "GET",
    body: Any = None,
    headers: Any = None,
    *_: Any,
    **__: Any,
) -> Any:
    return method, uri, _items(headers), body


def _read_stdlib(
    connection: Any, method: Any, url: Any, body: Any = None, headers: Any = None, **_: Any
) -> Any:
    return method, _join(*_read_peer(connection), _text(url)), _items(headers), body


def _read_put(connection: Any, method: Any, url: Any, *_: Any, **__: Any) -> Any:
    # Headers and body follow in calls of their own: they are not compared.
    return method, _join(*_read_peer(connection), _text(url)), (), iter(())


def _read_peer(connection: Any) -> tuple[str, str, Any]:
    """Return the scheme, host and port of a connection, through whatever proxy."""
    scheme = "https" if connection.default_port == 443 else "http"
    if getattr(connection, "_tunnel_host", None):
        return scheme, connection._tunnel_host, connection._tunnel_port  # noqa: SLF001
    return scheme, connection.host, connection.port


def _join(scheme: str, host: str, port: Any, url: str) -> str:
    if "://" in url.partition("?")[0]:
        return url
    usual = {"http": 80, "https": 443}.get(scheme)
    return f"{scheme}://{host}{'' if port in (None, usual) else f':{port}'}{url}"


def _items(headers: Any) -> list[tuple[Any, Any]]:
    return list(headers.items() if hasattr(headers, "items") else headers or ())


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _record(
    ground: Any,
    client: str,
    method: str,
    url: str,
    headers: Iterable[tuple[Any, Any]],
    body: Any,
) -> None:
    caller = ground.find_caller()
    ground.write(
        {
            "client": client,
            "method": method.upper(),
            "url": url,
            "headers": [_settle(ground, _text(name), _text(value)) for name, value in headers],
            "body": _encode(body),
            "path": caller and caller[0],
            "line": caller and caller[1],
            # What pytest says of itself, such as "tests/test_a.py::test_b (call)".
            "test": os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0],
        }
    )


def _settle(ground: Any, name: str, value: str) -> list[str]:
    """Return a header with its value where that is compared: no secret gets into the record."""
    name = name.lower()
    if name == "authorization":
        return [name, value.partition(" ")[0].lower()]
    return [name, value if name in ground.compared else ""]


def _encode(body: Any) -> str | None:
    """Return a body for the record; None of one that cannot be read without using it up."""
    if body is None:
        return ""
    if isinstance(body, (dict, list, tuple)):
        # In the order of their keys, or else as they are: forms, and what is to be JSON.
        body = repr(sorted(body.items()) if isinstance(body, dict) else body)
    if isinstance(body, str):
        body = body.encode("utf-8", "surrogatepass")
    if not isinstance(body, (bytes, bytearray)) or len(body) > _LONGEST:
        return None
    return base64.b64encode(body).decode()
