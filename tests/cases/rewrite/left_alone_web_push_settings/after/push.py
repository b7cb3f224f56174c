import os

import requests

requests.post(os.environ["PUSH_URL"], json={"key": os.environ["VAPID_PUBLIC_KEY"]})
