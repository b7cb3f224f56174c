import requests


class Paths:
    first = "/vapid/projects"


def use(paths):
    requests.get("https://api.procore.com" + paths.first)


paths = Paths()
use(paths)
paths.first = "/vapid/me"
use(paths)
