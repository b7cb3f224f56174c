import httpx

with httpx.Client(base_url="https://sandbox.procore.com/rest/v1.0/") as client:
    client.get("links")
    client.get("me")
    client.delete("links/9")
    client.request("PUT", "nowhere/at/all")
