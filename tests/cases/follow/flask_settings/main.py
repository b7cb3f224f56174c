import requests
from flask import Flask, current_app


class Config:
    PROCORE_API = "https://api.procore.com/vapid"


app = Flask(__name__)
app.config.from_object(Config)
app.config["PROCORE_HOST"] = "https://api.procore.com"
app.config.update(PROCORE_ME="/vapid/me")


def companies():
    return requests.get(current_app.config["PROCORE_API"] + "/companies")


with app.app_context():
    companies()
    requests.get(app.config["PROCORE_HOST"] + current_app.config["PROCORE_ME"])
    requests.get(current_app.config.get("PROCORE_HOST") + "/vapid/projects")
