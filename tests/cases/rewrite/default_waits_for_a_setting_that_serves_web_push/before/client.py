import os

import requests


def me():
    return requests.get("https://api.procore.com" + os.getenv("PREFIX", "/vapid") + "/me")
