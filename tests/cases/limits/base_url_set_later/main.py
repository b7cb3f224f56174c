import httpx

client = httpx.Client(timeout=5)
client.base_url = "https://api.procore.com/vapid"
client.get("/me")
