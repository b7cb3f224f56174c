import pathlib

import requests


class Route:
    def __init__(self, path):
        self.path = path


class Url(str):
    pass


class Path:
    def __init__(self, *parts):
        self.parts = parts

    def __truediv__(self, part):
        return Path(*self.parts, part)

    def __str__(self):
        return "/" + "/".join(self.parts)


class PurePath(pathlib.PurePosixPath):
    pass


API = Path("rest/v1.0")


def me():
    requests.get("https://api.procore.com" + Route("/rest/v1.0/me").path)
    requests.get(f"https://api.procore.com{API / 'companies'}")
    return Url("/rest/v1.0/projects"), PurePath("/vapid/vendors")
