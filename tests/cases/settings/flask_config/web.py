import requests
from flask import Flask, current_app

app = Flask(__name__)
app.config.from_object("config.Config")
app.config["PROCORE_HOST"] = "https://api.procore.com"


@app.route("/rfis/<int:project_id>")
def rfis(project_id):
    base = current_app.config["PROCORE_BASE"]
    return requests.get(f"{base}/projects/{project_id}/rfis").json()


@app.route("/me")
def me():
    return requests.get(app.config.get("PROCORE_HOST") + "/vapid/me").json()
