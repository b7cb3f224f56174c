import requests

path = "/vapid/commitments"
path = "/vapid/me"


def fetch():
    requests.get("https://api.procore.com" + path)


fetch()
path = "/vapid/projects"
fetch()

mode = "/vapid/companies"


def reset():
    global mode
    mode = "/vapid/me"


requests.get("https://api.procore.com" + mode)
