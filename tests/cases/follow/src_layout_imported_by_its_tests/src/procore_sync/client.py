import httpx

from procore_sync._routes import drawings


class Client:
    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def drawings(self, project_id: int) -> list[dict]:
        return self._http.get(drawings(project_id)).json()
