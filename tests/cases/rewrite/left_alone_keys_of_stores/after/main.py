import requests
from diskcache import Cache
from django.core.cache import cache
from redis import Redis

store = Redis.from_url("redis://cache.example.com/0")


def keep(rows):
    store.set("/vapid/vendors", rows)
    store.pipeline().set("/vapid/companies", rows).execute()
    cache.set("/vapid/projects", rows)


def load():
    return store.get("/vapid/vendors"), store.delete("/vapid/me", "/vapid/vendors")


def load_others():
    return cache.get("/vapid/projects"), Cache("tmp").get("/vapid/offices")
