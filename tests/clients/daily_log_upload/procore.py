"""A client for the daily log, on nothing but the standard library."""

import json
import os
from urllib.parse import urlencode, urljoin
from urllib.request import Request, urlopen

BASE = os.environ.get("PROCORE_URL", "https://api.procore.com")


class Procore:
    def __init__(self):
        self._token = self._refresh()

    def _refresh(self):
        form = urlencode(
            {"grant_type": "refresh_token", "refresh_token": os.environ["PROCORE_REFRESH_TOKEN"]}
        )
        with urlopen(urljoin(BASE, "/oauth/token"), data=form.encode(), timeout=10) as answer:
            return json.load(answer)["access_token"]

    def _send(self, request):
        request.add_header("Authorization", "Bearer " + self._token)
        with urlopen(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def _send_json(self, url, body):
        data = json.dumps(body).encode()
        return self._send(Request(url, data=data, headers={"Content-Type": "application/json"}))

    def vendors(self, project_id):
        url = urljoin(BASE, f"/vapid/projects/{project_id}/vendors")
        return {vendor["name"]: vendor["id"] for vendor in self._send(Request(url))}

    def manpower(self, project_id, day):
        query = urlencode({"log_date": day})
        url = urljoin(BASE, f"/vapid/projects/{project_id}/manpower_logs?{query}")
        return self._send(Request(url))

    def remove_manpower(self, project_id, log_id):
        path = f"/vapid/projects/{project_id}/manpower_logs/{log_id}"
        self._send(Request(urljoin(BASE, path), method="DELETE"))

    def add_manpower(self, project_id, entry):
        url = urljoin(BASE, f"/vapid/projects/{project_id}/manpower_logs")
        return self._send_json(url, {"manpower_log": entry})

    def add_weather(self, project_id, entry):
        url = urljoin(BASE, f"/vapid/projects/{project_id}/weather_logs")
        return self._send_json(url, {"weather_log": entry})
