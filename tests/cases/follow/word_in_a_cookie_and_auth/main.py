import requests

API = "vapid"
session = requests.Session()
session.headers.update({"User-Agent": f"sync ({API})"})
session.cookies.set("api", API)
session.auth = (API, "secret")
session.get("https://api.procore.com/" + API + "/me")
