"""Collects the minutes of a project's meetings."""

import configparser
import json
import os
import sys
import tomllib
from pathlib import Path

import requests

HERE = Path(__file__).parent
SERVER = os.environ["PROCORE_URL"]

parser = configparser.ConfigParser()
parser.read(HERE / "app.ini")
PREFIX = parser["procore"]["prefix"]

with open(HERE / "settings.json", encoding="utf-8") as file:
    PATHS = json.load(file)["paths"]
with open(HERE / "endpoints.toml", "rb") as file:
    RFIS = tomllib.load(file)["rfis"]["list"]


def meetings(project_id: int) -> list[dict]:
    return requests.get(SERVER + PATHS["meetings"].format(project_id), timeout=10).json()


def me_url(server: str) -> str:
    return server + PATHS["me"]


def main(project_id: int) -> None:
    print(requests.get(me_url(SERVER), timeout=10).json()["name"])
    print(len(meetings(project_id)))
    print(requests.get(SERVER + RFIS.format(project_id=project_id), timeout=10).status_code)
    for name in ("companies", "projects"):
        requests.get(f"{SERVER}{PREFIX}/{name}", timeout=10).raise_for_status()


if __name__ == "__main__":
    main(int(sys.argv[1]))
