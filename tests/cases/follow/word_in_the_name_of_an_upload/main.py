import requests

NAME = "vapid"
rows = requests.get(f"https://api.procore.com/{NAME}/companies").content
requests.put("https://files.example.com/exports", files={"file": (f"{NAME}.json", rows)})
