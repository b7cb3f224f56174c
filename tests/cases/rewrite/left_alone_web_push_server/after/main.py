from flask import Flask, jsonify, request

app = Flask(__name__)
VAPID_PRIVATE_KEY = "k"
VAPID_CLAIMS = {"sub": "mailto:push@example.com"}


@app.get("/vapid/public-key")
def public_key():
    return jsonify(key="x")


@app.route("/vapid/subscribe", methods=["POST"])
def subscribe():
    return jsonify(ok=bool(request.json))


def test_key():
    client = app.test_client()
    assert client.get("/vapid/public-key").status_code == 200
