import requests

NAMESPACE = "vapid"


def call(path, namespace=NAMESPACE):
    if namespace == NAMESPACE:
        print("old")
    return requests.get(f"https://api.procore.com/{namespace}/{path}")


call("me")
