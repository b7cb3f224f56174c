import requests

parent, _, last = "https://api.procore.com/vapid/projects".rpartition("/")
root = "https://api.procore.com/vapid/companies".rsplit("/", 1)[0]
requests.get(parent + "/me")
requests.get(f"{root}/{last}")
