import requests
import yaml

with open("config.yaml") as file:
    config = yaml.safe_load(file)

requests.get("https://api.procore.com" + config["prefix"] + "/me")
requests.get("https://api.other.example.org" + config["prefix"] + "/orders")
requests.get(config["projects"])
