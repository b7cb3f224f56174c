import requests

HOST = "https://api.procore.com"


class Base:
    def __init__(self, url):
        self.url = url
        if not self.url.endswith("/"):
            self.url += "/"

    def list(self, name):
        return requests.get(self.url + name.lstrip("/"))


def send(endpoint):
    if endpoint and not endpoint.startswith("/"):
        endpoint = "/" + endpoint
    return requests.delete(HOST + endpoint)


Base(HOST + "/vapid").list("companies")
Base("https://sandbox.procore.com/vapid/").list("/me")
send("vapid/projects/7/rfis/8")
send("/vapid/projects/7/submittals/9")
