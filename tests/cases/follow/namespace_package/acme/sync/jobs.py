import requests

from ..urls import API


def run():
    return requests.get(f"{API}/me")
