import requests

OLD = "https://api.procore.com/vapid/me"
requests.get(OLD.replace("/vapid/", "/rest/v1.0/"))
