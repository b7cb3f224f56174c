from authlib.integrations.flask_client import OAuth
from flask import Flask
from requests_oauthlib import OAuth2Session

session = OAuth2Session("client")
session.get("https://api.procore.com/vapid/me")
oauth = OAuth(Flask("reports"))
procore = oauth.register("procore", api_base_url="https://api.procore.com/vapid/")
procore.get("companies", token={"access_token": "t", "token_type": "Bearer"})
