import requests
from cachetools import TTLCache
from redis import Redis

store = Redis()
nearby = TTLCache(10, 10)


def fetch(path):
    store.set(path, requests.get("https://api.procore.com" + path).text)


def fetch_url(url):
    store.set(url, requests.get(url).text)


def fetch_named(path):
    store.set(path.replace("/", ":"), requests.get("https://api.procore.com" + path).text)


def fetch_nearby(path):
    nearby[path] = requests.get("https://api.procore.com" + path).text
    return nearby.get(path)


def plan():
    store.lpush("jobs", "https://api.procore.com/rest/v1.0/projects")


fetch("/vapid/vendors")
fetch_url("https://api.procore.com/vapid/companies")
fetch_named("/vapid/me")
fetch_nearby("/rest/v1.0/offices")
