import requests

HOST = "https://api.procore.com"


def each_page(fetch, path):
    for page in (1, 2):
        fetch(path, page)


def fetch(path, page):
    return requests.get(HOST + path, params={"page": page})


class Reader:
    def read(self, path, page):
        return requests.head(HOST + path, params={"page": page})


each_page(fetch, "/vapid/companies")
each_page(Reader().read, "/vapid/me")
each_page(lambda path, page: requests.options(HOST + path), "/vapid/projects")
