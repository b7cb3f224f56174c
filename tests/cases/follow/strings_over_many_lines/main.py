import requests


def rfi(project_id, rfi_id):
    url = (
        "https://api.procore.com"
        "/vapid"
        f"/projects/{project_id}"
        f"/rfis/"
        + str(rfi_id)
    )
    other = "https://api.procore.com\
/vapid/me"
    third = """https://api.procore.com/\
vapid/companies"""
    return requests.get(url), requests.get(other), requests.get(third)


rfi(3, 9)
