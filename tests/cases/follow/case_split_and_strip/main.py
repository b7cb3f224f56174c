import requests

BASE, _, NAME = "HTTPS://API.PROCORE.COM|/vapid|me".partition("|")
host = "HTTPS://API.PROCORE.COM".lower()
requests.get(host + "/vapid/me/".rstrip("/"))
requests.get(host + "/" + "vapid,companies".split(",")[0] + "/" + " companies ".strip())
