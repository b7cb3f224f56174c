import requests
import yaml


def load(path):
    with open(path) as file:
        return yaml.safe_load(file)


for job in load("jobs.yaml")["jobs"]:
    requests.get("{host}{base}{path}".format(**job))
