import requests

URL = "https://api.procore.com/vapid/me"
COMMAND = ["curl", "-s", URL]
print(" ".join(COMMAND))
requests.get(COMMAND[-1])
