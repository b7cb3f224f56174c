import requests

requests.get("https://api.procore.com/vapid/me", params={"q": "# vapid: ignore"})
requests.get("https://api.procore.com/vapid/me")  # vapid: ignore[
