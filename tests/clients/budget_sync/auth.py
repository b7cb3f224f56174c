"""OAuth with the client-credentials grant."""

import requests

from settings import BASE_URL, CLIENT_ID, CLIENT_SECRET


def fetch_token() -> str:
    url = BASE_URL + "/oauth/token"
    form = {
        "grant_type": "client_credentials",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
    }
    response = requests.post(url, data=form, timeout=10)
    response.raise_for_status()
    return response.json()["access_token"]


def revoke(token: str) -> None:
    url = BASE_URL + "/oauth/revoke"
    requests.post(
        url,
        data={"token": token, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET},
        timeout=10,
    )
