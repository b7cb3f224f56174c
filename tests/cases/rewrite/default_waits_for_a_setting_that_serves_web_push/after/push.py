import os

import requests

requests.post("https://push.example.org" + os.environ["PREFIX"] + "/subscribe", json={})
