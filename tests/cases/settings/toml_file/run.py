import tomllib

import requests

with open("sync.toml", "rb") as file:
    config = tomllib.load(file)

requests.post(config["procore"]["base"] + "/projects", json={})
