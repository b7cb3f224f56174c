import requests


def fetch(path, version="vapid"):
    return requests.get(f"https://api.procore.com/{version}/{path}")


fetch("projects")
fetch("webhooks", version="rest/v1.0")
