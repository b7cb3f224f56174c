import requests
from django.conf import settings


def sync(project_id):
    return requests.get(f"{settings.PROCORE_API}/projects/{project_id}/submittals")
