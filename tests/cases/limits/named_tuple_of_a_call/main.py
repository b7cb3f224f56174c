from collections import namedtuple

import requests

Route = namedtuple("Route", ["path", "method"], defaults=["GET"])
ME = Route("/vapid/me")
CREATE = Route("/vapid/projects", method="POST")

requests.request(ME.method, "https://api.procore.com" + ME.path)
requests.request(CREATE.method, "https://api.procore.com" + CREATE.path)
