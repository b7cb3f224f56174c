import httpx
import requests

with httpx.stream("GET", url="https://api.procore.com/vapid/me") as response:
    print(response)
requests.request(url="https://api.procore.com/vapid/projects", method="post")
