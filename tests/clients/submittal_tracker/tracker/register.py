"""What we do with submittals."""

from .endpoints import *


class Register:
    """The submittals of one project."""

    def __init__(self, api, project_id):
        self.api = api
        self.project_id = project_id

    def open_items(self):
        path = SUBMITTALS["list"].format(project_id=self.project_id)
        return [item for item in self.api.get(path) if item["status"] != "void"]

    def packages(self):
        return self.api.get(SUBMITTALS["packages"].format(project_id=self.project_id))

    def _item_path(self, submittal_id):
        return SUBMITTALS["item"].format(project_id=self.project_id, submittal_id=submittal_id)

    def details(self, submittal_id):
        return self.api.get(self._item_path(submittal_id))

    def close(self, submittal_id, status_id):
        body = {"submittal": {"status_id": status_id}}
        return self.api.patch(self._item_path(submittal_id), body)

    def discard(self, submittal_id):
        self.api.delete(self._item_path(submittal_id))


def closed_status(api):
    """Return the id of the first status of the first company that means closed."""
    company_id = api.get(COMPANIES)[0]["id"]
    statuses = api.get(SUBMITTAL_STATUSES.format(company_id=company_id))
    return next((status["id"] for status in statuses if status["status"] == "closed"), 2)
