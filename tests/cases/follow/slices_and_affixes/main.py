import requests

URL = "https://api.procore.com/vapid/me?x=1"
requests.get(URL[:-4])
requests.get("https://api.procore.com" + "x/vapid/companies"[1:])
requests.get("<https://api.procore.com/vapid/projects>".removeprefix("<").removesuffix(">"))
