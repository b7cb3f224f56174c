import requests


def pages(url):
    while True:
        response = requests.get(url, params={"per_page": 100}, timeout=5)
        yield from response.json()
        if "next" not in response.links:
            return
        url = response.links["next"]["url"]


for row in pages("https://api.procore.com/vapid/companies"):
    print(row["id"])
