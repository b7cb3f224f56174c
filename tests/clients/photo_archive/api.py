"""One thin client for every JSON API that the archive talks to."""

import httpx


class Api:
    def __init__(self, host, token=None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.http = httpx.Client(base_url=host, headers=headers, timeout=10.0)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.http.close()

    def send(self, method, path, **options):
        response = self.http.request(method, path, **options)
        response.raise_for_status()
        return response.json() if response.content else None
