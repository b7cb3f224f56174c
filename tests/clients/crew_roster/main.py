"""Prints who works where, and adds a person."""

import sys

import requests
from settings import PREFIX, SERVER, USERS


def projects(company: int) -> list[dict]:
    url = f"{SERVER}{PREFIX}/projects"
    return requests.get(url, params={"company_id": company}, timeout=10).json()


def people(project: int) -> list[dict]:
    return requests.get(f"{SERVER}{PREFIX}/projects/{project}/users", timeout=10).json()


def add(company: int, name: str) -> int:
    response = requests.post(
        SERVER + USERS.format(company=company), json={"user": {"name": name}}, timeout=10
    )
    response.raise_for_status()
    return response.json()["id"]


if __name__ == "__main__":
    company = int(sys.argv[1])
    for project in projects(company):
        print(project["name"], [person["name"] for person in people(project["id"])])
    print(add(company, "New Person"))
