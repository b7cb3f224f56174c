import httpx

OPTIONS = {"base_url": "https://api.procore.com/vapid/", "timeout": 5}
client = httpx.Client(**OPTIONS)
client.get("me")
client.request("DELETE", url="projects/3")
