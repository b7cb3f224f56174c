import requests


def fetch(url):
    return requests.get(url)


fetch("https://api.procore.com/va" "pid/me")
