from authlib.integrations.requests_client import OAuth2Session

TOKEN = {"access_token": "t", "token_type": "Bearer"}
session = OAuth2Session("id", "secret", token=TOKEN)
session.get("https://api.procore.com/vapid/me")
