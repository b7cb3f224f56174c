import requests

APP = "https://sync.example.com/vapid/callback"
requests.post("https://login.procore.com/oauth/token", data={"redirect_uri": APP})
requests.get("https://api.procore.com/vapid/me")
