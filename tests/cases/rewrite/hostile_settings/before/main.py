import json

import requests
import yaml

data = yaml.safe_load(open("endless.yaml"))
requests.get("https://api.procore.com" + data["a"][0])
requests.get(yaml.safe_load(open("anchor.yaml"))["b"])
requests.get(json.load(open("controls.json"))["url"])
