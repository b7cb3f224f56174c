import re

import requests

LINE = re.compile(r"(?P<verb>[A-Z]+) (?P<path>/vapid/\S+) (?P<status>\d{3})")
OLD = re.compile(r"GET /vapid/(\w+)")
PATH = re.compile(r"^/vapid/(\w+)$")
WORDS = re.compile(r"the vapid (\w+)")


def fetch(path):
    if not OLD.match(f"GET {path}") or not PATH.match(path):
        raise PermissionError(path)
    return requests.get("https://api.procore.com" + path)


def read(line):
    if line.startswith("GET /vapid/") or WORDS.match(line):
        return LINE.match(line)
    raise ValueError("no line about /vapid/ at all")


fetch("/vapid/me")


def check(answer, *_, **__):
    if not re.match(r"(GET|POST) /vapid/\w+", f"{answer.request.method} {answer.request.path_url}"):
        raise PermissionError(answer.url)
