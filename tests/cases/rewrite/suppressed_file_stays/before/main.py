# vapid: ignore-file
import requests

requests.get("https://api.procore.com/vapid/me")
