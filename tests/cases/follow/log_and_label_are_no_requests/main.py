import logging

import requests

BASE = "https://api.procore.com/vapid"
LABELS = {"/vapid/programs": "Programs"}


def get(path):
    logging.info("GET %s%s", BASE, path)
    return requests.get(BASE + path, headers={"X-Path": path})


get("/me")
print(LABELS.get("/vapid/programs"))
