from pathlib import Path

import requests

FOLDER = Path("answers")
API = "https://api.procore.com"


def keep(path):
    (FOLDER / path.strip("/").replace("/", "-")).write_text(requests.get(API + path).text)


def load(path):
    file = (FOLDER / path.lstrip("/")).with_suffix(".json")
    return file.read_text() if file.exists() else requests.get(API + path).text


def load_named(path):
    file = FOLDER / (path.strip("/").replace("/", "_") + ".json")
    return None if file.exists() else requests.get(API + path).text


def load_joined(path):
    file = FOLDER.joinpath(path.strip("/"))
    return None if file.exists() else requests.get(API + path).text


def load_last(path):
    file = FOLDER / (path.rsplit("/", 1)[1] + ".json")
    return None if file.exists() else requests.get(API + path).text


FOLDER.mkdir(exist_ok=True)
keep("/vapid/me")
load("/vapid/companies")
load_named("/vapid/projects")
load_joined("/vapid/vendors")
load_last("/vapid/offices")
