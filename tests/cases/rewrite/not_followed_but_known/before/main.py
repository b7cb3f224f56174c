import requests

import transport

transport.fetch("GET", "/vapid/projects")
TABLE = {"rfis": "/vapid/projects/{project_id}/rfis"}
requests.get("https://api.procore.com/vapid/me")
