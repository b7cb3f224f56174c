"""Finds an access token: in the environment, or by client credentials that stand there."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from migrator.verify.address import Address, VerifyError
from migrator.verify.asking import fails_verification

TOKEN = "PROCORE_ACCESS_TOKEN"  # noqa: S105 - the name of a variable
CLIENT = "PROCORE_CLIENT_ID"
SECRET = "PROCORE_CLIENT_SECRET"  # noqa: S105 - the name of a variable


def find_token(address: Address, environment: Mapping[str, str], timeout: float) -> str:
    """Return a token for an address. Raises VerifyError, which holds no secret."""
    token = environment.get(TOKEN, "").strip() or _exchange(address, environment, timeout)
    if not token.isascii() or not token.isprintable() or " " in token:
        raise VerifyError(f"the access token has signs in it that no token has: look at {TOKEN}")
    return token


def _exchange(address: Address, environment: Mapping[str, str], timeout: float) -> str:
    client, secret = environment.get(CLIENT, "").strip(), environment.get(SECRET, "").strip()
    if not client or not secret:
        raise VerifyError(f"there is no access token: set {TOKEN}, or {CLIENT} and {SECRET}")
    if address.login is None:
        raise VerifyError(
            f"the login host of {address.url} is not known: get a token there, and set {TOKEN}"
        )
    fields = {"grant_type": "client_credentials", "client_id": client, "client_secret": secret}
    url = f"{address.login}/oauth/token"
    try:
        with httpx.Client(timeout=timeout, trust_env=not address.is_plain) as session:
            response = session.post(url, data=fields)
        token = response.json().get("access_token") if response.is_success else None
    except (httpx.HTTPError, OSError) as error:
        if fails_verification(error):
            raise VerifyError(describe_certificate(address.login)) from error
        raise VerifyError(describe_absence(address.login)) from error
    except (ValueError, AttributeError) as error:
        raise VerifyError(f"{url} answers with something that is no token") from error
    if not isinstance(token, str) or not token:
        raise VerifyError(
            f"{url} answers {response.status_code} to the client credentials: look at "
            f"{CLIENT} and {SECRET}, and whether they are for that environment"
        )
    return token


def describe_certificate(url: str) -> str:
    """Return what to do about a certificate that does not verify."""
    return (
        f"the certificate of {url} does not verify: if a proxy of yours stands in between, set "
        "SSL_CERT_FILE to a file with its certificate; else do not send a token there"
    )


def describe_absence(url: str) -> str:
    """Return what to do about an address that does not answer."""
    return (
        f"{url} does not answer: look at --base-url, the network and, where you need one, "
        "the proxy (HTTPS_PROXY)"
    )
