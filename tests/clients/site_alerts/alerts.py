"""Pushes yesterday's incidents of every project to the superintendents' browsers."""

import base64
import hashlib
import hmac
import json
import os
import sys
from datetime import datetime, timedelta, timezone

import requests

PROCORE_URL = os.environ.get("PROCORE_URL", "https://api.procore.com")
PUSH_URL = os.environ.get("PUSH_URL", "https://push.example.com")
VAPID_PRIVATE_KEY = os.environ["VAPID_PRIVATE_KEY"]
VAPID_CLAIMS = {"sub": "mailto:site-alerts@example.com"}


def procore(path):
    token = os.environ["PROCORE_TOKEN"]
    response = requests.get(
        PROCORE_URL + path, headers={"Authorization": f"Bearer {token}"}, timeout=10
    )
    response.raise_for_status()
    return response.json()


def incidents(project_id, day):
    rows = procore(f"/vapid/projects/{project_id}/incidents")
    rows += procore(f"/vapid/projects/{project_id}/accident_logs?log_date={day:%Y-%m-%d}")
    return [row["title"] for row in rows]


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def vapid_headers(audience, day):
    """Sign a token as the relay wants it; it holds until the end of the next day."""
    expires = int((day + timedelta(days=1)).timestamp())
    head = encode(b'{"typ":"JWT","alg":"HS256"}')
    claims = encode(json.dumps({"aud": audience, "exp": expires, **VAPID_CLAIMS}).encode())
    secret = base64.b64decode(VAPID_PRIVATE_KEY)
    signature = hmac.new(secret, f"{head}.{claims}".encode(), hashlib.sha256).digest()
    public_key = requests.get(f"{PUSH_URL}/vapid/public-key", timeout=10).json()["key"]
    return {"Authorization": f"vapid t={head}.{claims}.{encode(signature)}, k={public_key}"}


def subscribe(topic):
    url = f"{PUSH_URL}/vapid/subscribe"
    return requests.post(url, json={"topic": topic}, timeout=10).json()["id"]


def push(subscription_id, texts, day):
    requests.post(
        f"{PUSH_URL}/send/{subscription_id}",
        json={"title": f"{len(texts)} incidents", "body": "\n".join(texts)},
        headers={**vapid_headers("https://push.example.com", day), "TTL": "3600"},
        timeout=10,
    ).raise_for_status()


def main(day):
    for project in procore("/vapid/projects?company_id=9"):
        texts = incidents(project["id"], day)
        if texts:
            push(subscribe(f"project-{project['id']}"), texts, day)


if __name__ == "__main__":
    main(datetime.strptime(sys.argv[1], "%Y-%m-%d").replace(tzinfo=timezone.utc))
