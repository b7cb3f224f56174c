__all__ = ("API", "me")

API = "https://api.procore.com/vapid"
TIMEOUT = "/vapid/companies"


def me():
    return API + "/me"
