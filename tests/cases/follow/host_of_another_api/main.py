import requests

PROCORE = "https://api.procore.com"
PUSH = "https://push.example.com"


def send(host, path):
    return requests.post(host + path)


send(PROCORE, "/vapid/projects")
send(PUSH, "/vapid/subscribe")
