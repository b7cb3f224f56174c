import requests


class Loop(Loop):
    base = "https://api.procore.com"


def down(n, path):
    if n:
        return down(n - 1, path)
    return requests.get(Loop.base + path)


a = b
b = a + "/vapid"
down(3, "/vapid/me")
x = lambda: x()
requests.get(x() + b)
