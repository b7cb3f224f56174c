"""Copies the equipment of every company into a list."""

import os
import sys
from pathlib import Path

import httpx
import yaml

with open(Path(__file__).parent / "config.yaml", encoding="utf-8") as file:
    CONFIG = yaml.safe_load(file)["procore"]

PATHS = CONFIG["paths"]


def main() -> None:
    with httpx.Client(base_url=os.environ["PROCORE_URL"]) as client:
        for company in client.get(PATHS["companies"]).json():
            path = PATHS["equipment"].format(company_id=company["id"])
            for machine in client.get(path).json():
                print(company["name"], machine["name"])
            client.get(PATHS["vendors"].format(company_id=company["id"]))
        me = client.get(CONFIG["prefix"] + "/me")
        sys.stdout.write(me.json()["name"] + "\n")


if __name__ == "__main__":
    main()
