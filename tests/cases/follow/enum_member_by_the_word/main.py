from enum import Enum

import requests


class Api(Enum):
    OLD = "vapid"
    NEW = "rest/v1.1"


def get(path, name="vapid"):
    return requests.get(f"https://api.procore.com/{Api(name).value}/{path}")


get("me")
get("companies", name="rest/v1.1")
