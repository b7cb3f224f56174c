import requests

HOST = "https://api.procore.com"
for path in list(["/vapid/companies", "/rest/v1.1/me"])[:1]:
    requests.get(HOST + path)
for path in set(["/vapid/projects"]) | {"/vapid/me"}:
    requests.get(HOST + path)
for path in ("/vapid/offices",) + tuple(["/vapid/departments"]):
    requests.get(HOST + path)
