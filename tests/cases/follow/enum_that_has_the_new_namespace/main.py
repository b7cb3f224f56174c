from enum import Enum, StrEnum, unique

import requests


@unique
class Api(StrEnum):
    OLD = "vapid"
    NEW = "rest/v1.0"


class Root(Enum):
    LEGACY = "/vapid"
    REST = "/rest/" + "v1.0"


class Base(Enum):
    OLD = ("https://api.procore.com/vapid", 100)
    NEW = ("https://api.procore.com/rest/v1.0", 1000)


PAGES = {Root.LEGACY: 100, Root.REST: 1000}


def get(path, api=Api.OLD):
    params = {"view": "extended"} if api is Api.OLD else {}
    return requests.get(f"https://api.procore.com/{api}/{path}", params=params)


def post(path, root):
    return requests.post(f"https://api.procore.com{root.value}{path}", json=PAGES[root])


get("me")
get("companies", api=Api.NEW)
post("/projects", Root.LEGACY)
post("/companies", Root.REST)
for base in Base:
    root, size = base.value
    requests.get(root + "/projects", params={"per_page": size})
