from contextlib import closing, suppress

import requests

with closing(requests.Session()) as session, suppress(OSError):
    session.get("https://api.procore.com/vapid/projects")
