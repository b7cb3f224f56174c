import requests

API = "https://api.procore.com"


def fetch(noun):
    return requests.get(f"{API}/vapid/{noun}", timeout=10)


def ask(path):
    return requests.get(API + path, timeout=10)
