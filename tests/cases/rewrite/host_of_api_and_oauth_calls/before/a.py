import requests

TOKENS = "https://app.procore.com/oauth/token"


def token():
    return requests.post(TOKENS, data={"grant_type": "refresh_token"}).json()["access_token"]


def projects():
    return requests.get(
        "https://app.procore.com/vapid/projects", headers={"Authorization": f"Bearer {token()}"}
    )


def companies():
    return requests.get("https://APP.procore.com:443/rest/v1.0/companies")


def webhooks(company_id):
    return requests.get(f"https://app.procore.com/rest/v2.0/companies/{company_id}/webhooks/hooks")


def authorize(session):
    return session.get("https://api.procore.com/oauth/authorize", params={"client_id": 1})
