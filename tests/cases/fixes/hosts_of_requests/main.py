import requests

API = "https://app.procore.com"
WEB = "https://app.procore.com"


class Procore:
    def __init__(self, session):
        self.session = session

    def token(self):
        return requests.post("https://app.procore.com/oauth/token", data={"grant_type": "x"}).json()

    def get(self, path, **params):
        return self.session.get(API + path, params=params)


def main():
    with requests.Session() as session:
        procore = Procore(session)
        session.headers["Authorization"] = "Bearer " + procore.token()["access_token"]
        procore.get("/rest/v1.0/me")
        for project in procore.get("/vapid/projects", company_id=9).json():
            procore.get(f"/vapid/projects/{project['id']}/rfis")
            requests.head(f"{WEB}/{project['id']}/project/home")
    requests.post("https://api.procore.com/oauth/revoke", data={"token": "granted"})
    requests.get("https://sandbox.procore.com/vapid/companies")


main()
