from flask import Flask


def create_app():
    app = Flask(__name__)
    app.config.from_mapping(PROCORE_BASE="https://api.procore.com/vapid")
    app.config.from_mapping({"PROCORE_ME": "/vapid/me"})
    app.config.update(PROCORE_HOST="https://api.procore.com", PUSH="/vapid/public-key")
    return app
