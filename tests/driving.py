"""Runs one program after another with every host at a recording server, whatever library sends.

Started by tests as ``python driving.py PORT``. Each line of its input is a JSON object with a
program's ``folder``, the ``driver`` that calls it, and a ``log`` for what it prints; the answer
to each is a line with the exit code. Sockets are led to the port, and TLS is left out, below
all HTTP libraries: what they send is theirs. Each program gets a process of its own; a fork has
the libraries imported already.
"""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import runpy
import socket
import ssl
import sys
from typing import Any

LIBRARIES = (
    "aiohttp",
    "authlib.integrations.flask_client",
    "authlib.integrations.httpx_client",
    "authlib.integrations.requests_client",
    "http.client",
    "httplib2",
    "httpx",
    "pydantic_settings",
    "requests",
    "requests_oauthlib",
    "requests_toolbelt.sessions",
    "urllib.request",
    "urllib3",
    "yarl",
)
LOOPBACK = "127.0.0.1"
SECONDS = 30
connect = socket.socket.connect


class PlainObject:
    """What ``SSLContext.wrap_bio`` returns, with plain text on both sides."""

    def __init__(
        self, incoming: ssl.MemoryBIO, outgoing: ssl.MemoryBIO, context: ssl.SSLContext
    ) -> None:
        self.incoming = incoming
        self.outgoing = outgoing
        self.context = context

    def read(self, size: int = 1024, buffer: memoryview | None = None) -> bytes | int:
        content = self.incoming.read(size if buffer is None else min(size, len(buffer)))
        if not content and not self.incoming.eof:
            raise ssl.SSLWantReadError
        if buffer is None:
            return content
        buffer[: len(content)] = content
        return len(content)

    def write(self, content: bytes) -> int:
        return self.outgoing.write(content)

    def pending(self) -> int:
        return self.incoming.pending

    def nothing(self, *_: object) -> None:
        """Stand for what only TLS has: a handshake, a certificate, a cipher."""

    do_handshake = unwrap = nothing
    cipher = shared_ciphers = compression = version = nothing
    getpeercert = get_channel_binding = selected_alpn_protocol = nothing


def wrap_bio(
    context: ssl.SSLContext, incoming: ssl.MemoryBIO, outgoing: ssl.MemoryBIO, *_: Any, **__: Any
) -> PlainObject:
    return PlainObject(incoming, outgoing, context)


def wrap_socket(_: ssl.SSLContext, plain: socket.socket, *__: Any, **___: Any) -> socket.socket:
    return plain


def load_nothing(*_: object, **__: object) -> None:
    """Stand for reading the certificates to trust, which takes longer than a request."""


def lead_to(port: int) -> None:
    """Lead every connection of this process to a port of the loopback, without TLS."""

    def resolve(_: object, service: str | int | None, *__: Any, **___: Any) -> list[Any]:
        number = service if isinstance(service, int) else port
        kind = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        return [(*kind, "", (LOOPBACK, number))]

    def connect_here(self: socket.socket, address: Any) -> None:
        connect(self, (LOOPBACK, port) if self.family == socket.AF_INET else address)

    patches = [
        (socket, "getaddrinfo", resolve),
        (socket.socket, "connect", connect_here),
        (ssl.SSLContext, "wrap_socket", wrap_socket),
        (ssl.SSLContext, "wrap_bio", wrap_bio),
        (ssl.SSLContext, "load_verify_locations", load_nothing),
        (ssl.SSLContext, "load_default_certs", load_nothing),
    ]
    for owner, name, replacement in patches:
        setattr(owner, name, replacement)


def drive(port: int, folder: str, driver: str, log: str) -> None:
    """Run the driver as a script whose imports are looked for in the program's folder."""
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.chdir(folder)
    sys.path[0] = folder
    sys.argv = [driver]
    lead_to(port)
    runpy.run_path(driver, run_name="__main__")


def main(port: int) -> None:
    forks = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
    if forks:
        for name in LIBRARIES:
            importlib.import_module(name)
    for line in sys.stdin:
        process = context.Process(target=drive, args=(port,), kwargs=json.loads(line))
        process.start()
        process.join(SECONDS)
        process.kill()
        process.join()
        print(process.exitcode, flush=True)  # noqa: T201 - the answer to who started this


if __name__ == "__main__":
    main(int(sys.argv[1]))
