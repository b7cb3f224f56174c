"""Asks one address for paths: few at a time, again where it may help, and never faster than told.

The token goes to that address alone: no redirect is followed to another.
"""

from __future__ import annotations

import asyncio
import importlib.util
import random
import ssl
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from migrator import __version__
from migrator.verify.address import Address, VerifyError

AGAIN = frozenset({408, 429, 500, 502, 503, 504})
"""The statuses that another time may be others."""

_LARGEST = 1024 * 1024
_LONGEST_WAIT = 60.0
_LONGEST_PAUSE = 8.0
_REDIRECTS = 5
_CONNECTS = 2
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Manner:
    """How to ask: at most so many at a time, so many more tries, and seconds.

    ``pause`` is what is waited before the second try; before each further one it is twice
    as long.
    """

    concurrency: int = 4
    retries: int = 8
    timeout: float = 30.0
    pause: float = 0.25


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; ``body`` is None where it is too long to be looked at."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = b""
    elsewhere: str | None = None
    """The host that it redirects to, which was not asked."""
    wait: float = 0.0
    """The seconds that a 429 asks to wait, where that is longer than this tool does."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing came back. ``is_certificate`` tells that a certificate does not verify."""

    reason: str
    is_certificate: bool = False
    is_connection: bool = False
    """Nobody was there at all."""


class Asker:
    """Sends GET requests to one address, and keeps the pace that its answers ask for."""

    def __init__(
        self, client: httpx.AsyncClient, manner: Manner, company: str | None = None
    ) -> None:
        self.company = company
        self._client = client
        self._manner = manner
        self._room = asyncio.Semaphore(manner.concurrency)
        self._resume = 0.0
        self._closed: Reply | None = None

    async def get(
        self, path: str, query: Mapping[str, str], *, company: bool = True
    ) -> Reply | Silence:
        """Return what a path answers in the end; ``company`` tells whether to name it."""
        headers = {"Procore-Company-Id": self.company} if company and self.company else {}
        async with self._room:
            found = await self._try(path, query, headers)
            for number in range(2, self._manner.retries + 2):
                if not _may_change(found, number):
                    break
                pause = min(self._manner.pause * 2 ** (number - 2), _LONGEST_PAUSE)
                # Not all at the same moment.
                await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - no secret
                found = await self._try(path, query, headers)
            return found

    async def _try(
        self, path: str, query: Mapping[str, str], headers: Mapping[str, str]
    ) -> Reply | Silence:
        await self._wait()
        if self._closed is not None:
            return self._closed
        try:
            found = await self._follow(httpx.URL(path, params=dict(query)), headers)
        except httpx.HTTPError as error:
            return _explain(error)
        self._heed(found)
        return self._closed or found

    async def _wait(self) -> None:
        """Wait until it is time; an answer that comes in meanwhile may put that off."""
        ahead = self._resume - time.monotonic()
        if ahead > 0:
            await asyncio.sleep(ahead)
            await self._wait()

    async def _follow(self, url: httpx.URL, headers: Mapping[str, str]) -> Reply:
        home = self._client.base_url
        for _ in range(_REDIRECTS):
            async with self._client.stream("GET", url, headers=dict(headers)) as response:
                onward = response.next_request
                if onward is None:
                    return Reply(response.status_code, response.headers, await _read(response))
                if _origin(onward.url) != _origin(home):
                    return Reply(response.status_code, response.headers, b"", onward.url.host)
                url = onward.url
        return Reply(310, {}, b"")

    def _heed(self, reply: Reply) -> None:
        """Keep the pace that an answer asks for: stop where that is for longer than a minute."""
        wait = _read_wait(reply)
        if wait is None:
            return
        if wait > _LONGEST_WAIT:
            self._closed = Reply(429, wait=wait)
        self._resume = max(self._resume, time.monotonic() + min(wait, _LONGEST_WAIT))
        if self._closed is not None:
            self._resume = 0.0


def _may_change(found: Reply | Silence, number: int) -> bool:
    if isinstance(found, Silence):
        if found.is_certificate:
            return False
        return number <= _CONNECTS or not found.is_connection
    return found.status in AGAIN and not found.wait


async def _read(response: httpx.Response) -> bytes | None:
    data = b""
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) > _LARGEST:
            return None
    return data


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _read_wait(reply: Reply) -> float | None:
    """Return the seconds until the next request, where an answer says them."""
    if reply.status in {429, 503} and (told := reply.headers.get("Retry-After", "").strip()):
        return _seconds(told)
    is_empty = reply.headers.get("X-Rate-Limit-Remaining", "").strip() == "0"
    reset = reply.headers.get("X-Rate-Limit-Reset", "").strip()
    if (reply.status == 429 or is_empty) and reset.isdecimal():
        return max(float(reset[:15]) - time.time(), 0.0)
    return None


def _seconds(text: str) -> float | None:
    if text.isdecimal():
        return float(text[:9])
    try:
        day = parsedate_to_datetime(text)
    except ValueError:
        return None
    day = day if day.tzinfo else day.replace(tzinfo=UTC)
    return min(max((day - datetime.now(UTC)).total_seconds(), 0.0), _DAY)


def _explain(error: httpx.HTTPError) -> Silence:
    """Return why nothing came back, in a few words that hold nothing of the request."""
    if fails_verification(error):
        return Silence("its certificate does not verify", is_certificate=True, is_connection=True)
    match error:
        case httpx.TimeoutException():
            reason = "no answer in time"
        case httpx.ConnectError():
            reason = "no connection"
        case httpx.TransportError():
            reason = "the connection was dropped"
        case _:
            reason = f"no readable answer ({type(error).__name__})"
    absent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
    return Silence(reason, is_connection=absent)


def fails_verification(error: BaseException) -> bool:
    """Tell whether a certificate that does not verify is what is behind an error."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


@asynccontextmanager
async def open_client(
    address: Address, token: str, manner: Manner
) -> AsyncIterator[httpx.AsyncClient]:
    """Open a pool of connections to an address, over HTTP/2 where h2 is installed."""
    limits = httpx.Limits(
        max_connections=manner.concurrency, max_keepalive_connections=manner.concurrency
    )
    try:
        client = httpx.AsyncClient(
            base_url=address.url,
            headers={
                "Authorization": f"Bearer {token}",
                "Accept": "application/json",
                "User-Agent": f"vapid-to-rest/{__version__}",
            },
            http2=importlib.util.find_spec("h2") is not None,
            timeout=manner.timeout,
            limits=limits,
            # Plain http is for the loopback: through no proxy.
            trust_env=not address.is_plain,
            follow_redirects=False,
        )
    except (OSError, ssl.SSLError) as error:
        raise VerifyError(f"SSL_CERT_FILE cannot be used: {error.strerror or error}") from error
    async with client:
        yield client
