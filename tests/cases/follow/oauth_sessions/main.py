from authlib.integrations.flask_client import OAuth
from requests_oauthlib import OAuth2Session

session = OAuth2Session("client")
session.get("https://api.procore.com/vapid/me")
oauth = OAuth()
procore = oauth.register("procore", api_base_url="https://api.procore.com/vapid/")
procore.get("companies")
