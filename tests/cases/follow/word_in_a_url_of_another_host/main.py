import requests

NAME = "vapid"
requests.get(f"https://api.procore.com/{NAME}/me")
requests.get(f"https://files.example.com/exports/{NAME}.csv")
