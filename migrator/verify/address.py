"""Says which addresses may be asked, and where their tokens come from."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from migrator.errors import MigratorError

SANDBOX = "https://sandbox.procore.com"
"""Procore's developer sandbox."""

_LOGIN = {
    "api.procore.com": "login.procore.com",
    "sandbox.procore.com": "login-sandbox.procore.com",
    "api-monthly.procore.com": "login-sandbox-monthly.procore.com",
    "api.procoregov.com": "login.procoregov.com",
}


class VerifyError(MigratorError):
    """Nothing can be verified as it was asked for; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the API is: ``url`` has no path, and ``login`` is None where it is not known."""

    url: str
    login: str | None
    is_plain: bool


def read_address(text: str) -> Address:
    """Return the address that a base URL names. Raises VerifyError."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise VerifyError(f"--base-url is no address: {error}") from error
    if parts.username is not None or parts.password is not None:
        raise VerifyError("--base-url has a user or password in it: leave them out")
    if parts.scheme not in {"http", "https"} or not host:
        raise VerifyError("--base-url is not such as https://api.procore.com")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise VerifyError("--base-url has more than a host in it: leave out the path")
    if parts.scheme == "http" and not is_loopback(host):
        raise VerifyError(
            "--base-url is plain http, which would show the token to the network: use https"
        )
    name = f"[{host}]" if ":" in host else host
    url = f"{parts.scheme}://{name}" + (f":{port}" if port else "")
    login = url if is_loopback(host) else None
    if host in _LOGIN and parts.scheme == "https":
        login = f"https://{_LOGIN[host]}"
    return Address(url, login, parts.scheme == "http")


def is_loopback(host: str) -> bool:
    """Tell whether an address is one of this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
