import httpx

BASE = httpx.URL("https://api.procore.com/vapid/")

with httpx.Client() as client:
    client.get(BASE.join("me"))
    client.get(BASE.copy_with(path="/vapid/companies"))
