from urllib.parse import urlsplit

import requests

parts = urlsplit("https://api.procore.com/vapid/programs?page=2")
requests.get(f"{parts.scheme}://{parts.netloc}{parts.path}")
