import requests


def urls():
    yield "https://api.procore.com/vapid/me"
    yield "https://api.procore.com/vapid/companies"


for url in urls():
    requests.get(url)
