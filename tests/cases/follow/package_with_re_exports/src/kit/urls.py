HOST = "https://api.procore.com"
API = HOST + "/vapid"
