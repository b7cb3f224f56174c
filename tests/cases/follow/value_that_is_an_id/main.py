import requests

PROJECT = 562949953425831
requests.get(f"https://api.procore.com/vapid/projects/{PROJECT}/rfis")
