"""Paths of the Procore API, relative to the host."""

ROOT = "/vapid"

COMPANIES = ROOT + "/companies"
SUBMITTAL_STATUSES = COMPANIES + "/{company_id}/submittal_statuses"

SUBMITTALS = {
    "list": "/vapid/projects/{project_id}/submittals",
    "packages": "/vapid/projects/{project_id}/submittal_packages",
    "item": "/vapid/projects/{project_id}/submittals/{submittal_id}",
}
