"""Starts the site for a moment, subscribes to it and to the relay, and sends a test message."""

import http.client
import json
import threading
from http.server import HTTPServer

import requests

from server import Handler, subscriptions
from settings import PUSH_HOST, VAPID_CLAIMS


def subscribe_to_own_site(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/vapid/public-key")
    key = json.load(connection.getresponse())["key"]
    connection.request("POST", "/vapid/subscribe", body=json.dumps({"key": key}))
    return json.load(connection.getresponse())["id"]


def subscribe_to_relay():
    base_url = PUSH_HOST + "/vapid"
    key = requests.get(base_url + "/public-key", timeout=10).json()["key"]
    answer = requests.post(f"{base_url}/subscribe", json={"key": key, **VAPID_CLAIMS}, timeout=10)
    return key, answer.json()["id"]


def send(subscription_id, text, key):
    requests.post(
        f"{PUSH_HOST}/push/{subscription_id}",
        data=text.encode(),
        headers={"Authorization": f"vapid t=unsigned, k={key}", "TTL": "60", "Topic": "test"},
        timeout=10,
    ).raise_for_status()


def unsubscribe(subscription_id):
    url = "%s/api/vapid/subscriptions/%s" % (PUSH_HOST, subscription_id)
    requests.delete(url, timeout=10).raise_for_status()


def main():
    site = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        subscribe_to_own_site(site.server_port)
        key, subscription_id = subscribe_to_relay()
        send(subscription_id, f"{len(subscriptions)} reader", key)
        unsubscribe(subscription_id)
    finally:
        site.shutdown()
        site.server_close()


if __name__ == "__main__":
    main()
