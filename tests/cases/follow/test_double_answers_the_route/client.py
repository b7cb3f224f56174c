import requests


def companies(session):
    return session.get("https://api.procore.com/vapid/companies")
