import requests

API = {"name": "vapid", "host": "https://api.procore.com"}


def report(path):
    rows = requests.get(f"{API['host']}/{API['name']}/{path}").json()
    requests.post("https://stats.example.com/calls", json={"api": API["name"], "rows": len(rows)})


report("me")
