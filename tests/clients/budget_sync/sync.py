"""Brings cost codes and budget line items of every project in line with the ledger."""

import logging

import requests

from auth import fetch_token, revoke
from settings import BASE_URL, COMPANY_ID

log = logging.getLogger("budget_sync")

LEDGER = {
    "01-500": "Temporary facilities",
    "03-300": "Cast-in-place concrete",
}


def active_projects(session: requests.Session) -> list[int]:
    path = "/vapid/projects"
    url = BASE_URL + path
    response = session.get(url, params={"company_id": COMPANY_ID, "filters[active]": "true"})
    response.raise_for_status()
    return [project["id"] for project in response.json()]


def add_missing_codes(session: requests.Session, project_id: int) -> int:
    """Create the ledger's cost codes that the project lacks; return how many."""
    path = "/vapid/cost_codes"
    url = BASE_URL + path
    response = session.get(url, params={"project_id": project_id})
    response.raise_for_status()
    known = {code.get("full_code") for code in response.json()}
    added = 0
    for code, name in LEDGER.items():
        if code in known:
            continue
        body = {"project_id": project_id, "cost_code": {"code": code, "name": name}}
        session.post(url, json=body).raise_for_status()
        added += 1
    return added


def settle(session: requests.Session, project_id: int) -> None:
    """Write the approved modifications into the line items that they belong to."""
    path = f"/vapid/projects/{project_id}/budget_modifications"
    url = BASE_URL + path
    modifications = session.get(url).json()

    path = "/vapid/budget_line_items"
    url = BASE_URL + path
    items = session.get(url, params={"project_id": project_id}).json()

    for item in items:
        item_id = item["id"]
        amount = sum(change.get("amount", 0) for change in modifications if change["id"] == item_id)
        url = f"{BASE_URL}/vapid/budget_line_items/{item_id}"
        answer = session.patch(
            url,
            json={"project_id": project_id, "budget_line_item": {"modified_amount": amount}},
        )
        if not answer.ok:
            log.warning("line item %s was refused: %s", item_id, answer.text)


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    token = fetch_token()
    try:
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {token}"
            for project_id in active_projects(session):
                log.info(
                    "project %s: %d codes added", project_id, add_missing_codes(session, project_id)
                )
                settle(session, project_id)
    finally:
        revoke(token)


if __name__ == "__main__":
    main()
