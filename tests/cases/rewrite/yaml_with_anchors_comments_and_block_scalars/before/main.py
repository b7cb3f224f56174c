import requests
import yaml

config = yaml.safe_load(open("config.yaml"))
requests.get(config["production"]["again"] + "/companies")
