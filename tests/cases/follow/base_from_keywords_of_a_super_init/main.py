import requests


class Base:
    def __init__(self, *, base, timeout=5, **options):
        self.base = base
        self.timeout = timeout
        self.options = options

    def get(self, path):
        return requests.get(self.base + path, timeout=self.timeout, **self.options)


class Middle(Base):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("timeout", 10)
        super().__init__(*args, **kwargs)


class Procore(Middle):
    def __init__(self, **kwargs):
        super().__init__(base="https://api.procore.com/vapid", **kwargs)


Procore(allow_redirects=False).get("/me")
