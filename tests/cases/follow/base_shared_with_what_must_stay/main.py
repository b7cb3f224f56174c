import requests

API = "https://api.procore.com"
OLD = API + "/vapid"


def get(path, base=API):
    return requests.get(base + path)


get("/me", base=OLD)
get("/rest/v1.1/companies")
get("/vapid/projects")
