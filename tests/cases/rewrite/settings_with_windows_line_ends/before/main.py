import os

import requests

requests.get(os.environ["BASE"] + "/me")
