import requests

import transport

transport.fetch("GET", "/rest/v1.0/projects")
TABLE = {"rfis": "/rest/v1.0/projects/{project_id}/rfis"}
requests.get("https://api.procore.com/rest/v1.0/me")
