"""Compares a project's change orders with the ledger and flags those that are not booked."""

import os
import sys

import requests

import ledger
from urls import VERSION, event_url, project_url, resource


class Audit:
    def __init__(self, host, project_id):
        self.host = host
        self.project_id = project_id
        self.auth = {"Authorization": "Bearer %s" % os.environ["PROCORE_TOKEN"]}

    def read(self, url, **query):
        response = requests.get(url, params=query, headers=self.auth, timeout=10)
        response.raise_for_status()
        return response.json()

    def heading(self):
        url = project_url(self.host, self.project_id)
        project = self.read(url)
        vendors = self.read(url + "/vendors")
        return "%s, %d vendors" % (project["name"], len(vendors))

    def packages(self):
        url = resource(self.host, "change_order_packages")
        for package in self.read(url, project_id=self.project_id):
            package_id = str(package["id"])
            yield self.read("/".join((url, package_id)), project_id=self.project_id)

    def types(self):
        url = "%s/%s/change_types" % (self.host, VERSION)
        return {row["id"]: row["name"] for row in self.read(url)}

    def events(self):
        url = "{}/{}/change_events".format(self.host, VERSION)
        return [row["id"] for row in self.read(url, project_id=self.project_id)]

    def flag(self, event_id):
        """Mark the event unless somebody has closed it meanwhile."""
        url = event_url(self.host, event_id)
        if self.read(url)["status"] == "closed":
            return False
        body = {"change_event": {"description": "Not booked in the ledger"}}
        requests.patch(url, json=body, headers=self.auth, timeout=10).raise_for_status()
        return True


def main(host, project_id):
    audit = Audit(host.rstrip("/"), int(project_id))
    print(audit.heading())
    print(len(audit.types()), "change types")
    for package in audit.packages():
        print("package %(number)s is %(status)s" % package)
    booked = ledger.booked(audit.project_id)
    missing = [event_id for event_id in audit.events() if not booked.get(event_id)]
    flagged = [event_id for event_id in missing if audit.flag(event_id)]
    ledger.record(audit.project_id, flagged)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: main.py HOST PROJECT_ID")
    main(*sys.argv[1:])
