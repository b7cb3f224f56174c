import requests
from flask import Flask, request
from pywebpush import webpush

app = Flask(__name__)


@app.before_request
def skip():
    if request.path.startswith("/vapid/"):
        return None
    return requests.get("https://api.procore.com/vapid/me").json()
