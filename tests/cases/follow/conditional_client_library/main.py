try:
    import httpx as http
except ImportError:
    import requests as http

Client = getattr(http, "Client", None) or http.Session

http.get("https://api.procore.com/vapid/me")
with Client() as client:
    client.post("https://api.procore.com/vapid/projects")
