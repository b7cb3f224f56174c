import requests

prepared = requests.PreparedRequest()
prepared.prepare(method="GET", url="https://api.procore.com/vapid/me")
requests.Session().send(prepared)
