from urllib.parse import quote, quote_plus

import requests

BASE = "https://api.procore.com/vapid"


def show(project_id, name):
    requests.get(f"{BASE}/projects/{quote(str(project_id), safe='')}/{quote('rfis')}")
    requests.get(quote(BASE + "/companies", safe=":/"))
    requests.get(f"{BASE}/me?name={quote_plus(name)}")


show(3, "Tower A")
