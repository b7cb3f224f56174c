"""The routes that browsers use: the key, and where to leave a subscription."""

import json
from http.server import BaseHTTPRequestHandler

from settings import VAPID_PUBLIC_KEY

subscriptions = []


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/vapid/public-key":
            self.reply({"key": VAPID_PUBLIC_KEY})
        elif self.path.startswith("/vapid/"):
            self.send_error(405)
        else:
            self.send_error(404)

    def do_POST(self):
        if self.path != "/vapid/subscribe":
            self.send_error(404)
            return
        length = int(self.headers["Content-Length"])
        subscriptions.append(json.loads(self.rfile.read(length)))
        self.reply({"id": len(subscriptions)})

    def reply(self, body):
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format, *args):
        pass
