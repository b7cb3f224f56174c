"""Fetches a document over HTTP with bounds on everything: time, size, tries and redirects."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from migrator import __version__
from migrator.errors import MigratorError

if TYPE_CHECKING:
    import httpx

    Progress = Callable[[str, int, int], None]

LIMIT = 128 * 1024 * 1024
"""In bytes, after decompression."""

PAUSES = (0.5, 1.0, 2.0)
"""In seconds, before each further try."""

_CONNECT_SECONDS = 10.0
_READ_SECONDS = 30.0
_WHOLE_SECONDS = 600.0
_LONGEST_PAUSE = 30.0
_REDIRECTS = 5
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})


class DocumentError(MigratorError):
    """A document cannot be used; the message names it and says why."""


class _BusyError(Exception):
    """The server may answer another time, after ``pause`` seconds where it says so."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.pause = pause


def is_url(text: str) -> bool:
    """Tell an address from the name of a file."""
    return "://" in text


def name_url(url: str) -> str:
    """Return an address without what may be secret in it: user, password and query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "the address"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def fetch_url(
    url: str,
    *,
    allow_http: bool = False,
    on_progress: Progress | None = None,
) -> bytes:
    """Return what a GET of the address gives, as it was meant: decompressed and whole.

    Tries again where the server or the network may recover. Each address on the way must
    be https, unless plain http was allowed. Raises DocumentError.
    """
    name = name_url(url)
    with _open_client(name, allow_http=allow_http) as client:
        pauses = iter(PAUSES)
        while True:
            try:
                return _download(client, url, on_progress)
            except _BusyError as error:
                pause = next(pauses, None)
                if pause is None:
                    raise DocumentError(f"{name}: {error}, {len(PAUSES) + 1} times") from error
                time.sleep(min(pause if error.pause is None else error.pause, _LONGEST_PAUSE))


@contextmanager
def _open_client(name: str, *, allow_http: bool) -> Iterator[httpx.Client]:
    import httpx  # noqa: PLC0415 - slow, and for addresses only

    def check(request: httpx.Request) -> None:
        # Every request on the way, not only the first: a redirect must not weaken it.
        if request.url.scheme != "https" and not (allow_http and request.url.scheme == "http"):
            to = name_url(str(request.url))
            raise DocumentError(f"{to}: is not https; --allow-http would allow plain http")

    try:
        with httpx.Client(
            timeout=httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
            follow_redirects=False,
            event_hooks={"request": [check]},
            headers={
                "User-Agent": f"vapid-to-rest/{__version__}",
                "Accept": "application/json, application/yaml;q=0.9, */*;q=0.1",
                "Accept-Encoding": "gzip",
            },
        ) as client:
            yield client
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise DocumentError(f"{name}: cannot be fetched: {error}") from error


def _download(client: httpx.Client, url: str, on_progress: Progress | None) -> bytes:
    import httpx  # noqa: PLC0415

    try:
        # By hand: httpx would read what a redirect says, however much that is.
        for _ in range(_REDIRECTS + 1):
            with client.stream("GET", url) as response:
                if response.next_request is None:
                    _check_status(response)
                    return _read(response, on_progress)
                url = str(response.next_request.url)
    except httpx.TransportError as error:
        reason = str(error) or type(error).__name__
        raise _BusyError(f"cannot be fetched: {reason}") from error
    raise DocumentError(f"{name_url(url)}: redirects more than {_REDIRECTS} times")


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status in _AGAIN:
        wanted = response.headers.get("Retry-After", "")
        raise _BusyError(f"answered {status}", float(wanted) if wanted.isdecimal() else None)
    if status != 200:
        raise DocumentError(f"{name_url(str(response.url))}: answered {status}")


def _read(response: httpx.Response, on_progress: Progress | None) -> bytes:
    started = time.monotonic()
    name = name_url(str(response.url))
    told = response.headers.get("Content-Length", "")
    total = int(told) if told.isdecimal() and "Content-Encoding" not in response.headers else 0
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > LIMIT:
            raise DocumentError(f"{name}: is larger than {LIMIT:,} bytes")
        if time.monotonic() - started > _WHOLE_SECONDS:
            raise DocumentError(f"{name}: takes longer than {_WHOLE_SECONDS:.0f} seconds")
        if on_progress is not None:
            on_progress("downloading", len(data), max(total, len(data)))
    return bytes(data)
