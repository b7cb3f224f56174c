import os

import requests
from flask import Flask

DEFAULT = "/vapid"
PREFIX = os.getenv("API_PREFIX", DEFAULT)
app = Flask(__name__)


@app.route(DEFAULT + "/public-key")
def public_key():
    return "BEl62i"


def me():
    return requests.get(f"https://api.procore.com{PREFIX}/me")
