"""A session that knows the host and the token, and turns failures into one error."""

import requests


class ProcoreError(Exception):
    """Procore refused a request."""


class ProcoreSession:
    def __init__(self, base_url, token, session=None):
        self.base_url = base_url.rstrip("/")
        self.session = session or requests.Session()
        self.session.headers.update({"Authorization": f"Bearer {token}"})

    def get(self, path, **params):
        return self._checked(self.session.get(self.base_url + path, params=params)).json()

    def patch(self, path, body):
        return self._checked(self.session.patch(self.base_url + path, json=body)).json()

    def delete(self, path):
        self._checked(self.session.delete(self.base_url + path))

    @staticmethod
    def _checked(response):
        if not response.ok:
            raise ProcoreError(f"{response.status_code}: {response.text[:200]}")
        return response
