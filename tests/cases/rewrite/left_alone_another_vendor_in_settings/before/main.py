import requests
import yaml

base = yaml.safe_load(open("config.yaml"))["base"]
requests.get(base + "/projects")
