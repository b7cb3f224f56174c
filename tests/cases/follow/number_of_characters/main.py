import requests

PATH = "/vapid/me"
requests.get("https://api.procore.com" + PATH, params={"length": len(PATH)})
