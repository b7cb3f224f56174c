from typing import Final, Literal, TypedDict, cast

import requests

Verb = Literal["GET", "POST"]
BASE: Final[str] = "https://api.procore.com/vapid"


class Call(TypedDict, total=False):
    method: Verb
    path: str


calls: list[Call] = [{"method": "GET", "path": "/me"}, Call(method="POST", path="/projects")]
for call in calls:
    requests.request(call["method"], BASE + cast(str, call["path"]))
