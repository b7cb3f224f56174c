import requests


class Routes:
    table = {"me": "/me"}

    def __getitem__(self, name):
        return "https://api.procore.com/vapid" + self.table[name]

    def __getattr__(self, name):
        return f"https://api.procore.com/vapid/{name}"

    def __iter__(self):
        yield self["me"]


routes = Routes()
requests.get(routes["me"])
requests.get(routes.companies)
for url in routes:
    requests.head(url)
