from contextlib import contextmanager

import httpx


@contextmanager
def client():
    with httpx.Client(base_url="https://api.procore.com") as inner:
        yield inner


class Manager:
    def __enter__(self):
        return httpx.Client(base_url="https://api.procore.com")

    def __exit__(self, *error):
        return None


with client() as http:
    http.get("/vapid/me")
with Manager() as http:
    http.get("/vapid/me")
