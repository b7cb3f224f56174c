import requests

url = "https://api.procore.com/vapid/me"


def login(url):
    return requests.post(url)


def companies():
    url = "https://api.procore.com/vapid/companies"
    return [requests.get(url) for url in [url]]


class Holder:
    url = "https://api.procore.com/vapid/projects"

    def get(self):
        return requests.get(url)


login("https://login.procore.com/oauth/token")
companies()
Holder().get()
requests.patch(Holder.url + "/3")
