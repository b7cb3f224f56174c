import requests


def call(verb, path):
    return getattr(requests, verb)("https://api.procore.com/vapid" + path)


call("get", "/me")
call("post", "/projects")
