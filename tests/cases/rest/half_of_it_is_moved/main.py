import os
import urllib.request

BASE = os.environ.get("API_BASE", "http://localhost:3000")


def send(path, method="GET"):
    with urllib.request.urlopen(urllib.request.Request(BASE + path, method=method)) as answer:
        return answer.read()


send("/vapid/projects/12/rfis")
send("/rest/v1.0/requested_changes", method="POST")
send("/rest/v1.0/something_else")
