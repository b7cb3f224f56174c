import requests

state = {"url": None}
holder = [None]


def configure(host="https://api.procore.com"):
    state["url"] = host + "/vapid/me"
    holder[0] = f"{host}/vapid/companies"


configure()
requests.get(state["url"])
requests.get(holder[0])
