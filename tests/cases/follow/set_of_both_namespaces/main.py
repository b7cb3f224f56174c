import requests

KNOWN = {"vapid", "rest/v1.1"}


def get(namespace, path):
    if namespace not in KNOWN:
        raise ValueError(namespace)
    return requests.get(f"https://api.procore.com/{namespace}{path}")


get("vapid", "/me")
get("rest/v1.1", "/companies")
