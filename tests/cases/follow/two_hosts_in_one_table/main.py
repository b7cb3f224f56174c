import requests

SERVERS = {
    "procore": {"host": "https://api.procore.com", "root": "/vapid"},
    "forge": {"host": "https://forge.example.com", "root": "/v2"},
}


def get(server, path):
    chosen = SERVERS[server]
    return requests.get(chosen["host"] + chosen["root"] + path)


get("procore", "/me")
get("forge", "/users")
