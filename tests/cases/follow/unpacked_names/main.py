import requests

HOST, (FIRST, *REST) = "https://api.procore.com", ("/vapid/me", "/oauth")
one, two = HOST + FIRST, f"{HOST}/vapid/projects"
requests.get(one)
requests.post(two)
