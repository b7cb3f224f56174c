import requests

HOST = "https://api.procore.com"


def replay(path):
    match path.strip("/").split("/"):
        case ["vapid", *_]:
            requests.get(HOST + path)
        case ["rest", version, *rest]:
            requests.post(f"{HOST}/rest/{version}/{'/'.join(rest)}")


def show(path):
    match path.split("/"):
        case ["", _, *rest]:
            requests.delete(HOST + path, params={"of": rest[-1]})


replay("/vapid/me")
replay("/rest/v1.1/companies")
show("/vapid/projects")
