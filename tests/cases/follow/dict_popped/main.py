import requests

options = {"path": "/vapid/offices", "timeout": 5}
path = options.pop("path")
requests.get("https://api.procore.com" + path, **options)
