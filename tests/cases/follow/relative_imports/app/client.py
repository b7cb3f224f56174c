import requests

from . import urls
from .sub import API


def me():
    assert API == urls.API
    return requests.get(f"{API}/me")
