import requests

from .config import HOST

__all__ = ["fetch"]


def fetch(path):
    return requests.get(HOST + path)
