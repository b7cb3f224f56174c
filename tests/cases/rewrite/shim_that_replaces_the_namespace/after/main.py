import requests

OLD = "https://api.procore.com/rest/v1.0/me"
requests.get(OLD.replace("/vapid/", "/rest/v1.0/"))
