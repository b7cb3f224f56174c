from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session


class Procore:
    HOST = "https://api.procore.com"

    def __init__(self, client_id, secret):
        self.oauth = OAuth2Session(client=BackendApplicationClient(client_id=client_id))
        self.oauth.fetch_token(
            token_url="https://login.procore.com/oauth/token",
            client_id=client_id,
            client_secret=secret,
        )

    def vendors(self, company_id):
        return self.oauth.request("GET", f"{self.HOST}/vapid/companies/{company_id}/vendors")


Procore("id", "secret").vendors(5)
