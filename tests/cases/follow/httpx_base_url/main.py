import httpx

with httpx.Client(base_url="https://api.procore.com/vapid") as client:
    client.get("/me")
    client.get("companies")
    client.get("https://login.procore.com/oauth/token/info")
