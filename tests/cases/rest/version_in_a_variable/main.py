import requests

HOST = "https://api.procore.com"
NEWER = "2.0"
OLDER = "v1.0"


def url(version, path):
    return f"{HOST}/rest/{version}/{path}"


def register(company_id):
    return requests.get(f"{HOST}/rest/v{NEWER}/companies/{company_id}/equipment_register")


def equipment():
    return requests.get(url(OLDER, "equipment"))


register(7)
equipment()
