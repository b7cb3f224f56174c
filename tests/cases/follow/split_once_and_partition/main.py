import requests

HOST = "https://api.procore.com/vapid/"
spec = "GET=me=x"
requests.get(HOST + spec.split("=", 1)[1].partition("=")[0])
requests.get(HOST + "get|a|projects".rsplit("|", 1)[-1])
requests.get(HOST + "a@@".replace("a@", "companies", 1).replace("@", ""))
text = "commitments?page=2"
requests.get(HOST + text[: text.index("?")])
