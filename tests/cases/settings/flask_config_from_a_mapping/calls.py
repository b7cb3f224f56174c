import requests
from flask import current_app


def companies():
    return requests.get(f"{current_app.config['PROCORE_BASE']}/companies")


def me():
    return requests.get(current_app.config["PROCORE_HOST"] + current_app.config["PROCORE_ME"])
