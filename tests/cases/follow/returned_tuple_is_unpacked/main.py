import requests


def endpoint(kind):
    if kind == "create":
        return "POST", "/vapid/projects"
    return "GET", "/vapid/me"


def call(kind):
    method, path = endpoint(kind)
    return requests.request(method, "https://api.procore.com" + path)


call("create")
call("read")
