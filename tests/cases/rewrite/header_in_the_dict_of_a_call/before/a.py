"""Reads projects."""

from __future__ import annotations

import json
import requests

BASE = "https://api.procore.com"


def projects(token):
    return requests.get(f"{BASE}/vapid/projects", headers={"Authorization": f"Bearer {token}"})


def rfis(token, project_id):
    return requests.get(
        f"{BASE}/rest/v1.0/projects/{project_id}/rfis",
        headers={
            'Authorization': f"Bearer {token}",
            'Accept': "application/json",  # not XML
        },
        timeout=10,
    )


def create(token, row):
    return requests.post(
        f"{BASE}/rest/v1.0/departments",
        json=row,
        headers={
            "Authorization": f"Bearer {token}",
        },
    )


def companies(token):
    requests.get(f"{BASE}/vapid/me", headers={"Authorization": f"Bearer {token}"})
    return requests.get(f"{BASE}/rest/v1.0/companies", headers={"Authorization": token})
