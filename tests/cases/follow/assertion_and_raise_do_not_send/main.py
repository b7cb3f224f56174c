import requests

URL = "https://api.procore.com/vapid/companies"


def fetch(url):
    assert url.startswith("https://api.procore.com/vapid"), url
    if url.endswith("/me"):
        raise ValueError(url)
    return requests.get(url)


fetch(URL)
