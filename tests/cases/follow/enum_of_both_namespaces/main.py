from enum import StrEnum

import requests


class Api(StrEnum):
    OLD = "vapid"
    NEW = "rest/v1.1"


def get(path, api=Api.OLD):
    params = {"view": "extended"} if api is Api.OLD else {}
    return requests.get(f"https://api.procore.com/{api}/{path}", params=params)


get("me")
get("companies", api=Api.NEW)
