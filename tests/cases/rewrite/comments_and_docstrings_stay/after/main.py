"""Talks to https://api.procore.com/vapid/projects."""

import requests


def projects():
    """Call GET /vapid/projects."""
    # was: requests.get("https://api.procore.com/vapid/me")
    return requests.get("https://api.procore.com/rest/v1.0/projects")  # /vapid/projects
