import requests

requests.get("https://app.procore.com/rest/v1.0/me")  # vapid: ignore[VAP010] the old gateway
requests.get("https://app.procore.com/rest/v1.0/companies")
