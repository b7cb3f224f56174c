import os

import requests

requests.post(os.environ["PUSH_URL"] + "/subscribe", json={"key": os.environ["VAPID_PUBLIC_KEY"]})
