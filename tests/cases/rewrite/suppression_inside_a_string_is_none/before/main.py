import requests

requests.get("https://api.procore.com/vapid/me", params={"q": "# vapid: ignore"})
requests.get("https://api.procore.com/vapid/me")  # vapid: ignore[
requests.get("https://api.procore.com/vapid/me", params={"q": "# vapid: ignore"})  # vapid: ignore
NOTICE = """
# vapid: ignore-file
"""
