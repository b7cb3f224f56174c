import requests

requests.get("https://api.procore.com/rest/v1.0/me", params={"q": "# vapid: ignore"})
requests.get("https://api.procore.com/rest/v1.0/me")  # vapid: ignore[
