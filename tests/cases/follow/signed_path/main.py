import hashlib
import hmac

import requests


def get(path):
    signature = hmac.new(b"key", f"GET {path}".encode(), hashlib.sha256).hexdigest()
    return requests.get("https://api.procore.com" + path, headers={"X-Length": str(len(signature))})


get("/vapid/me")
