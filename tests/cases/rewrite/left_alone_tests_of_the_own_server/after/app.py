from flask import Blueprint, Flask

app = Flask(__name__)
vendors = Blueprint("vendors", __name__, url_prefix="/vapid/vendors")


@app.get("/vapid/me")
def me():
    return {"vapid": "key of the signed-in user"}


@app.route("/vapid/projects/<int:number>/rfis")
def rfis(number):
    return []


app.register_blueprint(vendors)
