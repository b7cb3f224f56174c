import requests

requests.get("https://api.procore.com/vapid/me")  # vapid: ignore
requests.get("https://api.procore.com/vapid/companies")  # vapid: ignore[VAP001] until March
requests.get("https://api.procore.com/vapid/projects")  # vapid: ignore[VAP006]
